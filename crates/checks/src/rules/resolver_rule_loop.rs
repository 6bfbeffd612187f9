//! `resolver-rule-loop`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Multiplicity, Tri, Value};
use privatelint_network::resources::{ResolverEndpoint, ResolverRule};
use privatelint_network::{Argument, Network, Ref};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Route 53 Resolver rules that forward to an inbound resolver endpoint of a VPC in which the rule itself holds.
    ///
    /// ## Why is this bad
    ///
    /// A query in that VPC leaves through the outbound endpoint, comes back through the inbound one, meets the same rule again and leaves again, until it times out. No name below the rule's domain resolves. AWS asks not to associate a rule with the VPC of the inbound endpoint that it leads to.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   count = 2
    ///
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = cidrsubnet(aws_vpc.hub.cidr_block, 8, count.index)
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns[0].id
    ///     ip        = "10.0.0.10"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns[1].id
    ///     ip        = "10.0.1.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "internal" {
    ///   domain_name          = "internal.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "10.0.0.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "hub" {
    ///   resolver_rule_id = aws_route53_resolver_rule.internal.id
    ///   vpc_id           = aws_vpc.hub.id
    /// }
    /// ```
    ///
    /// The targets are read from the endpoint, and the rule goes to all VPCs, the hub among them:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "this" {
    ///   for_each = { hub = "10.0.0.0/16", app = "10.1.0.0/16" }
    ///
    ///   cidr_block           = each.value
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   count = 2
    ///
    ///   vpc_id     = aws_vpc.this["hub"].id
    ///   cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns[0].id
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns[1].id
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "internal" {
    ///   domain_name          = "internal.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = tolist(aws_route53_resolver_endpoint.in.ip_address)[0].ip
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "all" {
    ///   for_each = aws_vpc.this
    ///
    ///   resolver_rule_id = aws_route53_resolver_rule.internal.id
    ///   vpc_id           = each.value.id
    /// }
    /// ```
    ///
    /// Instead, associate the rule with the other VPCs only:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc" "app" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   count = 2
    ///
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = cidrsubnet(aws_vpc.hub.cidr_block, 8, count.index)
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns[0].id
    ///     ip        = "10.0.0.10"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns[1].id
    ///     ip        = "10.0.1.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "internal" {
    ///   domain_name          = "internal.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "10.0.0.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "app" {
    ///   resolver_rule_id = aws_route53_resolver_rule.internal.id
    ///   vpc_id           = aws_vpc.app.id
    /// }
    /// ```
    ///
    /// Where the rule forwards to is not known:
    ///
    /// ```hcl,silent
    /// variable "target" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns.id
    ///     ip        = "10.0.0.10"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns.id
    ///     ip        = "10.0.0.11"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "internal" {
    ///   domain_name          = "internal.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = var.target
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "hub" {
    ///   resolver_rule_id = aws_route53_resolver_rule.internal.id
    ///   vpc_id           = aws_vpc.hub.id
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the targets, the endpoint's VPC or the VPCs of the rule are not known. Where the way back leads over a name server on premises, which the code does not show.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-resolver-endpoints.html>
    pub(crate) static RESOLVER_RULE_LOOP = {
        name: "resolver-rule-loop",
        summary: "A resolver rule forwards to an inbound endpoint of a VPC in which it holds: queries go round",
        category: Connectivity,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for rule in network.resolver_rules.iter().filter(|rule| rule.forwards.is_yes()) {
        for endpoint in network.resolver_endpoints.iter().filter(|of| of.inbound.is_yes()) {
            let Some(target) = target_in(rule, endpoint) else { continue };
            if let Some(association) = shared_vpc(network, rule, endpoint) {
                report(cx, rule, endpoint, target, association);
                break;
            }
        }
    }
}

/// The place where a rule names an address of an endpoint, if it certainly does.
fn target_in(rule: &ResolverRule<'_>, endpoint: &ResolverEndpoint<'_>) -> Option<Span> {
    if endpoint.instance.multiplicity != Multiplicity::One {
        return None;
    }
    let own: Vec<Argument> = endpoint
        .instance
        .body
        .nested("ip_address")
        .into_iter()
        .filter(|block| block.multiplicity == Multiplicity::One)
        .map(|block| Argument::of(&block.body, "ip"))
        .collect();
    let targets = rule.instance.body.nested("target_ip").into_iter();
    let targets = targets.map(|block| Argument::of(&block.body, "ip"));
    let named = targets.filter(|target| {
        let is_written = own.iter().any(|ip| target.value.equals(&ip.value).is_yes());
        let mut named = Vec::new();
        target.value.for_each_address(&mut |address| named.push(address.clone()));
        // What is computed from the endpoint alone is one of its addresses.
        let is_read = named.first() == Some(&endpoint.instance.address)
            && named.iter().all(|address| *address == endpoint.instance.address);
        target.value != Value::Null && (is_written || is_read)
    });
    named.map(|target| target.span.unwrap_or(rule.instance.header)).next()
}

/// The association of a rule with the VPC of an endpoint, if there certainly is one.
fn shared_vpc(
    network: &Network<'_>,
    rule: &ResolverRule<'_>,
    endpoint: &ResolverEndpoint<'_>,
) -> Option<Span> {
    let certain = endpoint.subnets.items.iter().filter(|member| member.there.is_yes());
    let subnet = certain.filter_map(|member| network.subnet(member.target.managed()?)).next()?;
    let vpc @ Ref::Managed(_) = &subnet.vpc else { return None };
    let shared =
        rule.vpcs.items.iter().find(|member| {
            Tri::all([member.there, network.same_vpc(&member.target, vpc)]).is_yes()
        });
    shared.map(|member| member.span)
}

fn report(
    cx: &Cx<'_>,
    rule: &ResolverRule<'_>,
    endpoint: &ResolverEndpoint<'_>,
    target: Span,
    association: Span,
) {
    let message = format!(
        "`{}` forwards to `{}`, an inbound endpoint of a VPC that the rule is associated with: queries loop",
        rule.instance.address, endpoint.instance.address,
    );
    cx.report(rule.instance, target, message)
        .label("leads back into the VPC")
        .evidence(association, "the rule holds in the endpoint's VPC")
        .evidence(endpoint.instance.header, "takes the query in again")
        .help("remove the association with this VPC, which resolves the names by itself");
}
