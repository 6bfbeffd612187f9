//! `private-dns-only-in-hub`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;
use privatelint_network::facts::HTTPS;
use privatelint_network::resources::{Direction, Endpoint, EndpointType, Source, Vpc};
use privatelint_network::{Network, Ref, Resolved};

use crate::context::Cx;
use crate::endpoint::by_place;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints with private DNS that let another VPC in, while that VPC still resolves the service to its public addresses.
    ///
    /// ## Why is this bad
    ///
    /// The names that private DNS gives an endpoint answer in the endpoint's own VPC only. A VPC that is connected by a transit gateway or by peering does not see them, whatever routes and security groups allow: its clients keep using the public addresses, or fail where there is no way to the internet.
    ///
    /// The names go to other VPCs with a private hosted zone that has an alias to the endpoint (and private DNS off), or with a Route 53 Profile that has the endpoint in it.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
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
    /// resource "aws_vpc_peering_connection" "app" {
    ///   vpc_id      = aws_vpc.app.id
    ///   peer_vpc_id = aws_vpc.hub.id
    ///   auto_accept = true
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.hub.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.hub.cidr_block, aws_vpc.app.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// One block makes the endpoints, and the VPCs hang on a transit gateway:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   for_each = { hub = "10.0.0.0/16", app = "10.1.0.0/16" }
    ///
    ///   cidr_block           = each.value
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_vpc_attachment" "this" {
    ///   for_each = aws_vpc.this
    ///
    ///   transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
    ///   vpc_id             = each.value.id
    ///   subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.this["hub"].id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = ["10.0.0.0/16", "10.1.0.0/16"]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "api" {
    ///   for_each = toset(["ssm", "sts"])
    ///
    ///   vpc_id              = aws_vpc.this["hub"].id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Instead, give the name to both VPCs with a hosted zone:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
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
    /// resource "aws_vpc_peering_connection" "app" {
    ///   vpc_id      = aws_vpc.app.id
    ///   peer_vpc_id = aws_vpc.hub.id
    ///   auto_accept = true
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.hub.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.hub.cidr_block, aws_vpc.app.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.hub.id
    ///   }
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.app.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "kms" {
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = "kms.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.kms.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.kms.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// Which VPCs are let in is not known:
    ///
    /// ```hcl,silent
    /// variable "client_cidrs" {
    ///   type = list(string)
    /// }
    ///
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
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
    /// resource "aws_vpc_peering_connection" "app" {
    ///   vpc_id      = aws_vpc.app.id
    ///   peer_vpc_id = aws_vpc.hub.id
    ///   auto_accept = true
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.hub.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = var.client_cidrs
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Unless a rule of the endpoint's security group names the other VPC's CIDR block: that shows who is meant to use it. Where the two VPCs are not both declared here, or one of them is connected to nothing. Where a hosted zone, a profile, a resolver rule or an endpoint of its own answers in the other VPC, or may. Where something uses the endpoint's own names (`dns_entry`). Another configuration can bring the names, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>
    pub(crate) static PRIVATE_DNS_ONLY_IN_HUB = {
        name: "private-dns-only-in-hub",
        summary: "An endpoint lets another VPC in, which does not get its private DNS names",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The attributes through which clients use an endpoint without its private names.
const OWN_NAMES: [&str; 2] = ["dns_entry", "network_interface_ids"];

/// A VPC that an endpoint lets in without giving it its names.
struct Stranded<'n, 'a> {
    endpoint: &'n Endpoint<'a>,
    spoke: &'n Vpc<'a>,
    /// The rule that lets it in.
    rule: Span,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut found: Vec<Stranded<'_, '_>> = Vec::new();
    for endpoint in network.endpoints.iter().filter(|endpoint| has_names(endpoint).is_yes()) {
        let Some(hub) = endpoint.vpc.managed() else { continue };
        let connected = |vpc| network.has_remote_side(&Ref::Managed(vpc)).is.is_yes();
        for spoke in network.vpcs.iter().filter(|vpc| vpc.id != hub) {
            let Some(rule) = rule_for(network, endpoint, spoke) else { continue };
            if connected(hub) && connected(spoke.id) && asks_in_public(network, endpoint, spoke) {
                found.push(Stranded { endpoint, spoke, rule });
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let used_by_name = network.read_by(&OWN_NAMES);
    found.retain(|one| !used_by_name.contains(&one.endpoint.instance.address));
    let span = |one: &Stranded<'_, '_>| {
        one.endpoint.private_dns.span.unwrap_or(one.endpoint.instance.header)
    };
    let faults = found.iter().map(|one| (span(one), one.endpoint));
    let mut places = by_place(faults);
    for place in &mut places {
        place.endpoints.dedup_by_key(|endpoint| endpoint.id);
        let own = found.iter().filter(|one| one.endpoint.id == place.first.id);
        let own: Vec<_> = own.collect();
        let Some(first) = own.first() else { continue };
        let others = match own.len() {
            1 => String::new(),
            more => format!(" and {} more VPCs", more.saturating_sub(1)),
        };
        let message = format!(
            "`{}`{others} is let in by {} but does not get the private DNS names, which answer in the endpoint's own VPC only",
            first.spoke.instance.address,
            place.describe(),
        );
        cx.report(place.instance(), place.span, message)
            .label("for the endpoint's own VPC")
            .evidence(first.rule, "lets the other VPC in")
            .evidence(first.spoke.instance.header, "still gets the public addresses")
            .help("add a private hosted zone with an alias to the endpoint and set `private_dns_enabled = false`, or share the endpoint with a Route 53 Profile")
            .unless_completed_elsewhere();
    }
}

/// Whether the private DNS of an endpoint answers in its VPC.
fn has_names(endpoint: &Endpoint<'_>) -> Tri {
    let with_gateway = endpoint.service.service.is_some_and(|of| of.offers(EndpointType::Gateway));
    let inbound_only = if with_gateway { endpoint.inbound_only() } else { Tri::No };
    Tri::all([endpoint.is_type(EndpointType::Interface), endpoint.private_dns.is, !inbound_only])
}

/// The rule of an endpoint's security groups that certainly lets in the CIDR block of a VPC, and names just that.
fn rule_for(network: &Network<'_>, endpoint: &Endpoint<'_>, spoke: &Vpc<'_>) -> Option<Span> {
    let block = &spoke.cidr_block.value;
    if block.is_null() {
        return None;
    }
    let certain = endpoint.security_groups.items.iter().filter(|member| member.there.is_yes());
    let groups = certain.filter_map(|member| network.security_group(member.target.managed()?));
    let mut rules = groups.flat_map(|group| &group.rules);
    let rule = rules.find(|rule| {
        rule.lets_tcp_through(Direction::Ingress, HTTPS).is_yes()
            && rule.sources.iter().any(|source| match source {
                Source::Cidr(cidr) => cidr.equals(block).is_yes(),
                _ => false,
            })
    });
    rule.map(|rule| rule.span)
}

/// Whether clients in a VPC certainly get the public addresses of an endpoint's service, which the endpoint is of the same region as.
fn asks_in_public(network: &Network<'_>, endpoint: &Endpoint<'_>, spoke: &Vpc<'_>) -> bool {
    let Some(service) = endpoint.service.short_name() else { return false };
    let region = network.region_of(spoke.instance);
    let same_region = match (&endpoint.service.region, region.known()) {
        (Some(own), Some(region)) => own == region,
        _ => {
            let (own, other) = (&endpoint.instance.provider, &spoke.instance.provider);
            (&own.name, &own.module, &own.alias) == (&other.name, &other.module, &other.alias)
        }
    };
    let answer = network.resolve_service(spoke.id, service, region.known());
    same_region && answer.to == Resolved::Public
}
