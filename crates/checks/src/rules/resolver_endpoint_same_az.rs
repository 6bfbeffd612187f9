//! `resolver-endpoint-same-az`.

use privatelint_evaluator::Multiplicity;
use privatelint_network::Network;

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Route 53 Resolver endpoints whose addresses are all in one availability zone.
    ///
    /// ## Why is this bad
    ///
    /// Two addresses are asked for so that one remains if a zone fails. With both in one zone, that failure takes name resolution between the VPC and the other network away, for every zone. The provider counts the addresses and does not look at their zones.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_subnet" "a" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = "10.0.0.0/24"
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.a.id
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.a.id
    ///   }
    /// }
    /// ```
    ///
    /// Two subnets that a block makes in one zone:
    ///
    /// ```hcl,fires
    /// resource "aws_subnet" "dns" {
    ///   for_each = { first = "10.0.0.0/24", second = "10.0.1.0/24" }
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = each.value
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "out" {
    ///   direction          = "OUTBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   dynamic "ip_address" {
    ///     for_each = aws_subnet.dns
    ///
    ///     content {
    ///       subnet_id = ip_address.value.id
    ///     }
    ///   }
    /// }
    /// ```
    ///
    /// Instead, take a subnet of another zone:
    ///
    /// ```hcl,silent
    /// resource "aws_subnet" "dns" {
    ///   for_each = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "out" {
    ///   direction          = "OUTBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   dynamic "ip_address" {
    ///     for_each = aws_subnet.dns
    ///
    ///     content {
    ///       subnet_id = ip_address.value.id
    ///     }
    ///   }
    /// }
    /// ```
    ///
    /// The zones are not known:
    ///
    /// ```hcl,silent
    /// variable "zones" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   count = 2
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = "10.0.${count.index}.0/24"
    ///   availability_zone = var.zones[count.index]
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
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where a subnet is not declared here or the zones are not known. For an endpoint on an Outpost. For one with a single address, which the provider refuses.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-resolver-endpoint-high-availability.html>
    pub(crate) static RESOLVER_ENDPOINT_SAME_AZ = {
        name: "resolver-endpoint-same-az",
        summary: "All addresses of a resolver endpoint are in one availability zone",
        category: Resilience,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in network.resolver_endpoints.iter().filter(|of| of.subnets.items.len() > 1) {
        if endpoint.instance.body.get("outpost_arn").is_some() {
            continue;
        }
        let answer = network.are_in_one_zone(&endpoint.subnets);
        let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
        if answer.is.is_unknown() {
            let question = "are the resolver endpoint's addresses in two zones?";
            doubt::undecided(cx, span, question, answer.doubts);
            continue;
        }
        if answer.is.is_no() {
            continue;
        }
        let subnets = endpoint.subnets.items.iter();
        let subnets = subnets.filter_map(|member| network.subnet(member.target.managed()?));
        let mut zones = subnets.filter(|of| of.instance.multiplicity == Multiplicity::One);
        let first = zones.next();
        let zone = first.and_then(|subnet| subnet.zone.value.as_str());
        let message = format!(
            "all addresses of the resolver endpoint `{}` are in {}",
            endpoint.instance.address,
            zone.map_or_else(|| "one availability zone".to_owned(), |zone| format!("`{zone}`")),
        );
        let mut report = cx
            .report(endpoint.instance, span, message)
            .label("the only zone")
            .help("put the second address into a subnet of another availability zone");
        if let Some(subnet) = first {
            let span = subnet.zone.span.unwrap_or(subnet.instance.header);
            report = report.evidence(span, "the zone");
        }
        drop(report);
    }
}
