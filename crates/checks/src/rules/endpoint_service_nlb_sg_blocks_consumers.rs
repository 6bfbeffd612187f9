//! `endpoint-service-nlb-sg-blocks-consumers`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Multiplicity, Tri, Value};
use privatelint_network::addresses::{Addresses, Family, Lie, block};
use privatelint_network::resources::{
    Direction, EndpointService, LoadBalancer, Rule, SecurityGroup, Source, Vpc,
};
use privatelint_network::{Argument, Network};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Network Load Balancers behind an endpoint service whose security groups let in nothing but the provider's own VPC, while the rules count for traffic through AWS PrivateLink.
    ///
    /// ## Why is this bad
    ///
    /// `enforce_security_group_inbound_rules_on_private_link_traffic` is on unless it is switched off. Then the rules see the private addresses of the clients in the consumers' VPCs, not those of the provider's: a group that lets in the own CIDR block drops what every consumer sends. The endpoint connection is accepted, and everything times out.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "nlb" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_security_group" "nlb" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_lb" "service" {
    ///   load_balancer_type = "network"
    ///   internal           = true
    ///   subnets            = [aws_subnet.nlb.id]
    ///   security_groups    = [aws_security_group.nlb.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "service" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.service.arn]
    /// }
    /// ```
    ///
    /// Several services, each with a load balancer from a module:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "nlb" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// module "service" {
    ///   source   = "./modules/service"
    ///   for_each = { api = 443, metrics = 9090 }
    ///
    ///   port      = each.value
    ///   vpc_id    = aws_vpc.main.id
    ///   subnet_id = aws_subnet.nlb.id
    ///   clients   = "10.0.0.0/16"
    /// }
    ///
    /// # file: modules/service/main.tf
    /// variable "port" {
    ///   type = number
    /// }
    ///
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_id" {
    ///   type = string
    /// }
    ///
    /// variable "clients" {
    ///   type = string
    /// }
    ///
    /// resource "aws_security_group" "this" {
    ///   vpc_id = var.vpc_id
    /// }
    ///
    /// resource "aws_vpc_security_group_ingress_rule" "this" {
    ///   security_group_id = aws_security_group.this.id
    ///   cidr_ipv4         = var.clients
    ///   ip_protocol       = "tcp"
    ///   from_port         = var.port
    ///   to_port           = var.port
    /// }
    ///
    /// resource "aws_lb" "this" {
    ///   load_balancer_type = "network"
    ///   internal           = true
    ///   subnets            = [var.subnet_id]
    ///   security_groups    = [aws_security_group.this.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "this" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.this.arn]
    /// }
    /// ```
    ///
    /// Instead, let the endpoint service decide who comes in:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "nlb" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_security_group" "nlb" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_lb" "service" {
    ///   load_balancer_type = "network"
    ///   internal           = true
    ///   subnets            = [aws_subnet.nlb.id]
    ///   security_groups    = [aws_security_group.nlb.id]
    ///
    ///   enforce_security_group_inbound_rules_on_private_link_traffic = "off"
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "service" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.service.arn]
    /// }
    /// ```
    ///
    /// Whom the group lets in is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "consumer_cidrs" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "nlb" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_security_group" "nlb" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = var.consumer_cidrs
    ///   }
    /// }
    ///
    /// resource "aws_lb" "service" {
    ///   load_balancer_type = "network"
    ///   internal           = true
    ///   subnets            = [aws_subnet.nlb.id]
    ///   security_groups    = [aws_security_group.nlb.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "service" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.service.arn]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For load balancers without security groups, which let everybody in. Where a rule lets in any address outside the provider's VPC, or a prefix list. Where the groups, their rules or the blocks of the VPC are not all known.
    ///
    /// Consumers whose addresses are those of the provider's VPC, because their networks overlap, cannot be seen, nor rules that another configuration adds, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html>
    pub(crate) static ENDPOINT_SERVICE_NLB_SG_BLOCKS_CONSUMERS = {
        name: "endpoint-service-nlb-sg-blocks-consumers",
        summary: "The load balancer of an endpoint service lets in its own VPC only, and the rules count for consumers too",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The argument that takes traffic through AWS PrivateLink out of the rules.
const ENFORCE: &str = "enforce_security_group_inbound_rules_on_private_link_traffic";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut reported: Vec<Span> = Vec::new();
    for service in &network.endpoint_services {
        if service.instance.multiplicity != Multiplicity::One {
            continue;
        }
        let members = service.network_load_balancers.items.iter();
        let balancers = members
            .filter(|member| member.there.is_yes())
            .filter_map(|member| network.load_balancer(member.target.managed()?));
        for balancer in balancers {
            let Some(groups) = closed_groups(network, balancer) else { continue };
            let span = span_of(balancer);
            if !reported.contains(&span) {
                reported.push(span);
                report(cx, service, balancer, &groups);
            }
        }
    }
}

fn span_of(balancer: &LoadBalancer<'_>) -> Span {
    let enforce = Argument::of(&balancer.instance.body, ENFORCE);
    enforce.span.or(balancer.security_groups.span).unwrap_or(balancer.instance.header)
}

/// The security groups of a load balancer, if they certainly let in its own VPC only, and count for traffic through AWS PrivateLink.
fn closed_groups<'n, 'a>(
    network: &'n Network<'a>,
    balancer: &LoadBalancer<'_>,
) -> Option<Vec<&'n SecurityGroup<'a>>> {
    let enforce = Argument::of(&balancer.instance.body, ENFORCE);
    let counts = enforce.unset().or(enforce.is("on"));
    let members = &balancer.security_groups;
    if !balancer.kind.is("network").and(counts).is_yes()
        || !members.is_empty().is_no()
        || !members.is_complete()
    {
        return None;
    }
    let groups: Option<Vec<_>> = members
        .items
        .iter()
        .map(|member| network.security_group(member.target.managed()?))
        .collect();
    let groups = groups?;
    let vpc = vpc_of(network, balancer)?;
    let is_closed = groups.iter().all(|group| {
        group.doubts_about(Direction::Ingress).next().is_none()
            && group.rules.iter().all(|rule| is_for_own(rule, vpc))
    });
    is_closed.then_some(groups)
}

fn vpc_of<'n, 'a>(network: &'n Network<'a>, balancer: &LoadBalancer<'_>) -> Option<&'n Vpc<'a>> {
    let mut subnets = balancer.subnets.items.iter().chain(&balancer.subnet_mapping.items);
    let subnet = subnets.find_map(|member| network.subnet(member.target.managed()?))?;
    network.vpc(subnet.vpc.managed()?)
}

/// Whether a rule certainly lets in nothing from outside the VPC.
fn is_for_own(rule: &Rule<'_>, vpc: &Vpc<'_>) -> bool {
    match rule.direction {
        Some(Direction::Egress) => true,
        None => false,
        Some(Direction::Ingress) => rule.sources.iter().all(|source| match source {
            Source::Cidr(cidr) => is_inside(cidr, vpc),
            Source::Group(_) | Source::Itself => true,
            Source::PrefixList(_) | Source::Unknown(_) => false,
        }),
    }
}

fn is_inside(cidr: &Value, vpc: &Vpc<'_>) -> bool {
    vpc.ipv4.iter().chain(&vpc.ipv6).any(|own| {
        let family = block(cidr).map_or(Family::V4, |block| Family::of(&block));
        let same = cidr.equals(&own.value) == Tri::Yes;
        same || Addresses::written(family, cidr.clone(), Vec::new()).lie_to(&own.value)
            == Lie::Inside
    })
}

fn report(
    cx: &Cx<'_>,
    service: &EndpointService<'_>,
    balancer: &LoadBalancer<'_>,
    groups: &[&SecurityGroup<'_>],
) {
    let message = "the endpoint service's load balancer lets in its own VPC only: what consumers send through AWS PrivateLink is dropped";
    let mut report = cx
        .report(balancer.instance, span_of(balancer), message)
        .label("its rules count for consumers too")
        .help(format!("set `{ENFORCE} = \"off\"`, or let the consumers' CIDR blocks in"));
    for group in groups {
        let mut ingress =
            group.rules.iter().filter(|rule| rule.direction == Some(Direction::Ingress)).peekable();
        if ingress.peek().is_none() {
            report = report.evidence_once(group.instance.header, "lets nobody in");
        }
        for rule in ingress {
            report = report.evidence_once(rule.span, "lets in the provider's VPC only");
        }
    }
    report
        .evidence_once(service.instance.header, "the endpoint service")
        .unless_attached_elsewhere();
}
