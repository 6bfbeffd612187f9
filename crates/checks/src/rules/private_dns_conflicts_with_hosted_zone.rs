//! `private-dns-conflicts-with-hosted-zone`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::resources::{Endpoint, EndpointType, HostedZone};
use privatelint_network::{Network, Ref, SameName};

use crate::context::Cx;
use crate::doubt;
use crate::endpoint::by_place;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints with private DNS in a VPC that has a private hosted zone of the same name, and two private hosted zones of one name in one VPC.
    ///
    /// ## Why is this bad
    ///
    /// For private DNS, AWS associates a zone of its own with the VPC. A VPC has only one zone of a name, so that the second of the two is refused:
    ///
    /// ```text
    /// private-dns-enabled cannot be set because there is already a conflicting DNS domain for kms.eu-west-1.amazonaws.com in the VPC vpc-...
    /// ```
    ///
    /// The other way round, Route 53 answers `ConflictingDomainExists`. `terraform plan` is clean.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// A module makes a zone for each service, and an association brings them into the VPC:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// module "zones" {
    ///   source = "./modules/zones"
    ///   vpc_id = aws_vpc.hub.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "api" {
    ///   for_each = toset(["ecr.api", "sts"])
    ///
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// # file: modules/zones/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_route53_zone" "service" {
    ///   for_each = toset(["api.ecr", "sts"])
    ///
    ///   name = "${each.key}.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = var.vpc_id
    ///   }
    /// }
    /// ```
    ///
    /// Instead, let one of them answer:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    /// ```
    ///
    /// Whether the endpoint has private DNS is not known:
    ///
    /// ```hcl,silent
    /// variable "private_dns" {
    ///   type = bool
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = var.private_dns
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For a zone whose name only contains the endpoint's, as `amazonaws.com`, or is below it: both can be in one VPC. For an S3 endpoint whose names are for inbound resolver endpoints only. For a zone that comes into the VPC with a Route 53 Profile, and for one that is made without a VPC and therefore public. Where the VPC, the zone's name or private DNS is not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html>
    pub(crate) static PRIVATE_DNS_CONFLICTS_WITH_HOSTED_ZONE = {
        name: "private-dns-conflicts-with-hosted-zone",
        summary: "A private hosted zone has the name that an endpoint's private DNS needs in the same VPC",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    check_endpoints(cx, network);
    check_zones(cx, network);
}

fn check_endpoints(cx: &Cx<'_>, network: &Network<'_>) {
    let mut conflicts: Vec<(Span, &Endpoint<'_>, SameName)> = Vec::new();
    for endpoint in &network.endpoints {
        for same in network.zones_named_as(endpoint.id) {
            let own = claims_names(endpoint);
            let private = network.hosted_zone(same.zone).map_or(Tri::No, |zone| zone.is_private());
            let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
            let answers = network.zone_answers_in(same.zone, &endpoint.vpc);
            match Tri::all([own, same.is, private, answers]) {
                Tri::Yes => conflicts.push((span, endpoint, same)),
                Tri::Unknown if same.is.is_yes() => {
                    let doubts = [
                        doubt::of_argument(own, &endpoint.endpoint_type),
                        doubt::of_flag(&endpoint.private_dns),
                    ];
                    let vpcs = network.hosted_zone(same.zone);
                    let vpcs = vpcs.map(|zone| doubt::of_members(&zone.vpcs)).unwrap_or_default();
                    let doubts = doubts.into_iter().flatten().chain(vpcs);
                    let question = "has the VPC a hosted zone of the endpoint's name?";
                    doubt::undecided(cx, span, question, doubts);
                }
                Tri::Unknown | Tri::No => {}
            }
        }
    }
    for place in by_place(conflicts.iter().map(|(span, endpoint, _)| (*span, *endpoint))) {
        let own = conflicts.iter().filter(|(span, endpoint, _)| {
            *span == place.span && place.endpoints.iter().any(|of| of.id == endpoint.id)
        });
        let same: Vec<&SameName> = own.map(|(_, _, same)| same).collect();
        let zones: Vec<&HostedZone<'_>> =
            same.iter().filter_map(|same| network.hosted_zone(same.zone)).collect();
        let (Some(first), Some(zone)) = (same.first(), zones.first()) else { continue };
        let message = format!(
            "{} cannot have private DNS: `{}` already has the name `{}` in the VPC",
            place.describe(),
            zone.instance.address,
            first.name,
        );
        let mut report = cx
            .report(place.instance(), place.span, message)
            .label("needs a zone of the same name")
            .help("set `private_dns_enabled = false`, or take the hosted zone out of this VPC");
        for zone in zones {
            let span = zone.name.span.unwrap_or(zone.instance.header);
            report = report.evidence(span, "the zone's name");
            let member = zone
                .vpcs
                .items
                .iter()
                .find(|member| network.same_vpc(&member.target, &place.first.vpc).is_yes());
            if let Some(member) = member {
                report = report.evidence(member.span, "answers in the same VPC");
            }
        }
        drop(report);
    }
}

/// Whether an endpoint makes AWS associate a zone of its own with the VPC.
fn claims_names(endpoint: &Endpoint<'_>) -> Tri {
    let with_gateway = endpoint.service.service.is_some_and(|of| of.offers(EndpointType::Gateway));
    let inbound_only = if with_gateway { endpoint.inbound_only() } else { Tri::No };
    Tri::all([endpoint.is_type(EndpointType::Interface), endpoint.private_dns.is, !inbound_only])
}

fn check_zones(cx: &Cx<'_>, network: &Network<'_>) {
    for (at, zone) in network.hosted_zones.iter().enumerate() {
        let earlier = network.hosted_zones.iter().take(at);
        for other in earlier.filter(|other| have_one_name(zone, other)) {
            let shared = zone.vpcs.items.iter().find(|member| {
                member.there.is_yes()
                    && !matches!(member.target, Ref::Absent)
                    && network.zone_answers_in(other.id, &member.target).is_yes()
            });
            let is_there = zone.instance.multiplicity == Multiplicity::One;
            let are_private = zone.is_private().and(other.is_private()).is_yes();
            let Some(member) = shared.filter(|_| is_there && are_private) else { continue };
            let span = zone.name.span.unwrap_or(zone.instance.header);
            let message = format!(
                "`{}` and `{}` have one name and are in one VPC: the second is refused",
                other.instance.address, zone.instance.address,
            );
            let mut report = cx
                .report(zone.instance, span, message)
                .label("the same name")
                .evidence(member.span, "in this VPC")
                .help("put the records of both into one zone");
            if let Some(name) = other.name.span.filter(|name| *name != span) {
                report = report.evidence(name, "the other zone");
            }
            drop(report);
        }
    }
}

/// Whether two zones certainly have the same name.
fn have_one_name(a: &HostedZone<'_>, b: &HostedZone<'_>) -> bool {
    let name = |zone: &HostedZone<'_>| {
        let name = zone.name.value.as_str()?;
        Some(name.trim_end_matches('.').to_ascii_lowercase())
    };
    name(a).is_some_and(|own| Some(own) == name(b))
}
