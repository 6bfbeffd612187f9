//! `endpoint-sg-missing-ingress-443`.

use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::facts::{HTTPS, NameForm};
use privatelint_network::resources::{
    Direction, Endpoint, EndpointType, Rule, SecurityGroup, SecurityGroupId,
};
use privatelint_network::{Network, Written};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds security groups of interface endpoints that let no HTTPS in: no rule of any group of the endpoint allows TCP port 443 from anybody. All forms of rules count: inline ones, `aws_security_group_rule` and `aws_vpc_security_group_ingress_rule`; from addresses, prefix lists, other groups or the group itself.
    ///
    /// ## Why is this bad
    ///
    /// Clients reach an AWS service through an interface endpoint by HTTPS, and the network interfaces of the endpoint have the security group. Without such a rule every connection is dropped without an answer: clients wait until they time out. With private DNS on that is worse than no endpoint at all, because the public address is no longer found either.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     protocol    = "tcp"
    ///     from_port   = 80
    ///     to_port     = 80
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// A module whose group has a rule for the way out only:
    ///
    /// ```hcl,fires
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id     = "vpc-0a1b2c3d4e5f60718"
    ///   subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
    ///   services   = ["ecr.api", "ecr.dkr", "logs"]
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// variable "services" {
    ///   type = set(string)
    /// }
    ///
    /// resource "aws_security_group" "this" {
    ///   vpc_id = var.vpc_id
    /// }
    ///
    /// resource "aws_vpc_security_group_egress_rule" "https" {
    ///   security_group_id = aws_security_group.this.id
    ///   cidr_ipv4         = "0.0.0.0/0"
    ///   ip_protocol       = "tcp"
    ///   from_port         = 443
    ///   to_port           = 443
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = var.services
    ///
    ///   vpc_id             = var.vpc_id
    ///   service_name       = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type  = "Interface"
    ///   subnet_ids         = var.subnet_ids
    ///   security_group_ids = [aws_security_group.this.id]
    /// }
    /// ```
    ///
    /// Instead, let the clients in:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_security_group_ingress_rule" "https" {
    ///   security_group_id = aws_security_group.endpoints.id
    ///   cidr_ipv4         = aws_vpc.main.cidr_block
    ///   ip_protocol       = "tcp"
    ///   from_port         = 443
    ///   to_port           = 443
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// Which port this is is not known:
    ///
    /// ```hcl,silent
    /// variable "port" {
    ///   type = number
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    ///
    ///   ingress {
    ///     protocol    = "tcp"
    ///     from_port   = var.port
    ///     to_port     = var.port
    ///     cidr_blocks = ["10.0.0.0/16"]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = "vpc-0a1b2c3d4e5f60718"
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
    ///   security_group_ids = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For services that listen on other ports, or on others too, such as `email-smtp` and `iot.data`, and for endpoint services of others, whose port only they know. For an endpoint without a security group, which gets the default one of its VPC. Where one of the groups is not declared here, where a rule, its ports, its source or the group it belongs to is not known, and where a module whose code is not there is given the group.
    ///
    /// A finding about a group without inline rules is *likely* and not *certain*: another configuration can add rules to it.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    pub(crate) static ENDPOINT_SG_MISSING_INGRESS_443 = {
        name: "endpoint-sg-missing-ingress-443",
        summary: "No security group of an interface endpoint lets HTTPS in",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most endpoints to show with a group: it is the group that is to be edited.
const MOST_ENDPOINTS: usize = 3;

/// Endpoints that have the same security groups, none of which lets HTTPS in.
struct Closed<'e, 'a> {
    groups: Vec<SecurityGroupId>,
    endpoints: Vec<&'e Endpoint<'a>>,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut closed: Vec<Closed<'_, '_>> = Vec::new();
    for endpoint in &network.endpoints {
        let Some(groups) = closed_groups(cx, network, endpoint) else { continue };
        match closed.iter_mut().find(|closed| closed.groups == groups) {
            Some(closed) => closed.endpoints.push(endpoint),
            None => closed.push(Closed { groups, endpoints: vec![endpoint] }),
        }
    }
    for closed in &closed {
        report(cx, network, closed);
    }
}

/// The security groups of an endpoint, if it needs HTTPS and certainly none of them lets it in.
fn closed_groups(
    cx: &Cx<'_>,
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
) -> Option<Vec<SecurityGroupId>> {
    let interface = endpoint.is_type(EndpointType::Interface);
    let https = speaks_https(endpoint);
    let asks = interface.and(https);
    if asks.is_no() {
        return None;
    }
    let allowed = network.inbound(endpoint.id, HTTPS).allowed;
    let closed = asks.and(!allowed.is);
    if closed.is_unknown() {
        let span = endpoint.security_groups.span.unwrap_or(endpoint.instance.header);
        let doubts = [
            doubt::of_argument(interface, &endpoint.endpoint_type),
            doubt::of_argument(https, &endpoint.service_name),
        ];
        let doubts = doubts.into_iter().flatten().chain(allowed.doubts);
        doubt::undecided(cx, span, "does the security group of the endpoint let HTTPS in?", doubts);
    }
    if !closed.is_yes() {
        return None;
    }
    let mut groups: Vec<_> =
        endpoint.security_groups.items.iter().filter_map(|group| group.target.managed()).collect();
    groups.sort_unstable();
    groups.dedup();
    (!groups.is_empty()).then_some(groups)
}

/// Whether HTTPS is the only way to the service. On which port somebody's own service listens only they know.
fn speaks_https(endpoint: &Endpoint<'_>) -> Tri {
    match (endpoint.service.service, &endpoint.service.form) {
        (Some(service), _) => (service.ports == [HTTPS]).into(),
        (None, NameForm::Unknown) => Tri::Unknown,
        (None, _) => Tri::No,
    }
}

fn report(cx: &Cx<'_>, network: &Network<'_>, closed: &Closed<'_, '_>) {
    let groups: Vec<_> =
        closed.groups.iter().filter_map(|id| network.security_group(*id)).collect();
    let Some(first) = groups.first() else { return };
    let message = format!(
        "the security group of the endpoint for {} lets no HTTPS in: clients time out",
        endpoint::services(&closed.endpoints)
    );
    let mut report = cx
        .report(first.instance, first.instance.header, message)
        .label("no rule for TCP port 443 inbound")
        .help("add an ingress rule for TCP port 443 from the VPC's CIDR block");
    for group in groups.iter().skip(1) {
        report = report.evidence(group.instance.header, "nor has this group one");
    }
    for group in &groups {
        for rule in group.rules.iter().filter(|rule| rule.direction == Some(Direction::Ingress)) {
            report = report.evidence(rule.span, what_it_lets_in(rule));
        }
    }
    let mut headers: Vec<_> =
        closed.endpoints.iter().map(|endpoint| endpoint.instance.header).collect();
    headers.sort_unstable();
    headers.dedup();
    for header in headers.into_iter().take(MOST_ENDPOINTS) {
        report = report.evidence(header, "reached through this group");
    }
    let some_endpoint =
        closed.endpoints.iter().any(|endpoint| endpoint.instance.multiplicity == Multiplicity::One);
    if !some_endpoint || !groups.iter().all(|group| has_inline_ingress(group)) {
        report.unless_completed_elsewhere();
    }
}

/// What a rule that does not let HTTPS in lets in instead.
fn what_it_lets_in(rule: &Rule<'_>) -> String {
    if rule.covers(HTTPS).is_yes() {
        return "lets nobody in: it has no source".into();
    }
    let protocol = rule.protocol.as_str().unwrap_or("another protocol");
    match (rule.from_port.as_number(), rule.to_port.as_number()) {
        (Some(from), Some(to)) if from == to => format!("lets in {protocol} {from} only"),
        (Some(from), Some(to)) => format!("lets in {protocol} {from} to {to} only"),
        _ => format!("lets in {protocol} only"),
    }
}

/// Whether the group's own block lists its ingress rules: then the provider removes what anybody else adds.
fn has_inline_ingress(group: &SecurityGroup<'_>) -> bool {
    group
        .rules
        .iter()
        .any(|rule| rule.written == Written::Inline && rule.direction == Some(Direction::Ingress))
}
