//! `hosted-zone-shadows-service-name`.

use privatelint_evaluator::Tri;
use privatelint_network::resources::{EndpointType, HostedZone, Vpc};
use privatelint_network::{Certainty, Network, Ref, Resolved, ServiceInZone};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds private hosted zones that take the name of an AWS service in a VPC and have no record that answers it.
    ///
    /// ## Why is this bad
    ///
    /// In the VPCs of a private hosted zone, Route 53 Resolver answers every name in the zone from its records. A name without a record does not exist (`NXDOMAIN`): the public addresses are not asked for. The service is then out of reach for everything in the VPC.
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
    /// ```
    ///
    /// A zone for each service, and a record at the wrong name:
    ///
    /// ```hcl,fires
    /// locals {
    ///   zones = {
    ///     sts = "sts.eu-west-1.amazonaws.com"
    ///     dkr = "dkr.ecr.eu-west-1.amazonaws.com"
    ///   }
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "service" {
    ///   for_each = { sts = "sts", dkr = "ecr.dkr" }
    ///
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.value}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "service" {
    ///   for_each = local.zones
    ///
    ///   name = each.value
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "apex" {
    ///   for_each = local.zones
    ///
    ///   zone_id = aws_route53_zone.service[each.key].zone_id
    ///   name    = each.value
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.service[each.key].dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.service[each.key].dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// Instead, add a record for the name that clients ask for:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "dkr" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "dkr" {
    ///   name = "dkr.ecr.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "registries" {
    ///   zone_id = aws_route53_zone.dkr.zone_id
    ///   name    = "*.dkr.ecr.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.dkr.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.dkr.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// The names of the records are not known:
    ///
    /// ```hcl,silent
    /// variable "names" {
    ///   type = list(string)
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
    /// resource "aws_route53_record" "kms" {
    ///   for_each = toset(var.names)
    ///
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = each.key
    ///   type    = "A"
    ///   ttl     = 60
    ///   records = ["10.0.0.10"]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where a record may answer: of a module that was not read, or with a name that is not known. Where an interface endpoint in the VPC may have private DNS for the same names, which AWS refuses: `private-dns-conflicts-with-hosted-zone`. For a zone around the names of many services, as `eu-west-1.amazonaws.com`, unless it has no records at all or a workload in the VPC certainly needs a service that it does not answer for. For public zones. Records that another configuration adds cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html>
    /// - <https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html>
    pub(crate) static HOSTED_ZONE_SHADOWS_SERVICE_NAME = {
        name: "hosted-zone-shadows-service-name",
        summary: "A private hosted zone takes the name of an AWS service and does not answer it",
        category: Connectivity,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for zone in network.hosted_zones.iter().filter(|zone| !zone.is_private().is_no()) {
        let inside = network.services_in_zone(zone.id);
        if inside.is_empty() {
            continue;
        }
        let vpcs = network.vpcs.iter();
        let vpcs =
            vpcs.filter(|vpc| network.zone_answers_in(zone.id, &Ref::Managed(vpc.id)).is_yes());
        for vpc in vpcs {
            let lost: Vec<_> = inside
                .iter()
                .filter(|of| matters(network, zone, vpc, of) && is_lost(network, zone, vpc, of))
                .collect();
            if let Some(first) = lost.first() {
                report(cx, zone, vpc, first, lost.len());
                // One zone is one finding, however many VPCs it is in.
                break;
            }
        }
    }
}

/// Whether it is certainly no intention that the zone does not answer for a service.
fn matters(
    network: &Network<'_>,
    zone: &HostedZone<'_>,
    vpc: &Vpc<'_>,
    of: &ServiceInZone,
) -> bool {
    of.is_own
        || (zone.records.is_empty() && zone.record_doubts.is_empty())
        || is_needed(network, vpc, &of.service.short_name)
}

/// Whether a workload in a VPC certainly needs a service.
fn is_needed(network: &Network<'_>, vpc: &Vpc<'_>, service: &str) -> bool {
    let workloads = network.workloads().iter().filter(|workload| {
        workload.there.is_yes() && network.is_vpc(&workload.vpc, vpc.id).is_yes()
    });
    workloads.into_iter().any(|workload| {
        let needs = workload.needs(network);
        needs.iter().any(|need| {
            need.service == service && need.certainty == Certainty::Required && need.there.is_yes()
        })
    })
}

/// Whether the name of a service certainly has no answer in a VPC because of the zone.
fn is_lost(
    network: &Network<'_>,
    zone: &HostedZone<'_>,
    vpc: &Vpc<'_>,
    of: &ServiceInZone,
) -> bool {
    let service = &of.service.short_name;
    let answer = network.resolve_service(vpc.id, service, of.region.as_deref());
    let span = zone.name.span.unwrap_or(zone.instance.header);
    answer.to == Resolved::Nothing
        && answer.doubts.is_empty()
        && answer.evidence.iter().any(|place| place.span == span)
        && !has_private_dns(network, vpc, service)
}

/// Whether an interface endpoint in a VPC has, or may have, the private names of a service.
fn has_private_dns(network: &Network<'_>, vpc: &Vpc<'_>, service: &str) -> bool {
    let found = network.endpoints_of(&Ref::Managed(vpc.id)).into_iter();
    let mut endpoints = found.filter_map(|found| network.endpoint(found.endpoint));
    endpoints.any(|endpoint| {
        let answers = [
            endpoint.is_type(EndpointType::Interface),
            endpoint.service.is(service),
            endpoint.private_dns.is,
        ];
        !Tri::all(answers).is_no()
    })
}

fn report(cx: &Cx<'_>, zone: &HostedZone<'_>, vpc: &Vpc<'_>, first: &ServiceInZone, lost: usize) {
    let span = zone.name.span.unwrap_or(zone.instance.header);
    let name = zone.name.value.as_str().unwrap_or_default();
    let what = match lost {
        1 => format!("`{}`", first.service.short_name),
        _ => format!("`{}` and {} more services", first.service.short_name, lost.saturating_sub(1)),
    };
    let message = format!(
        "the hosted zone `{name}` has no record for {what}: the name does not resolve in `{}`",
        vpc.instance.address,
    );
    let mut report = cx
        .report(zone.instance, span, message)
        .label("no record answers")
        .help(format!("add a record for `{}` to the zone, or remove the zone", first.name()));
    if let Some(member) =
        zone.vpcs.items.iter().find(|member| member.target == Ref::Managed(vpc.id))
    {
        report = report.evidence(member.span, "answers in this VPC");
    }
    for record in zone.records.iter().take(MOST_RECORDS) {
        report = report.evidence(record.name.span.unwrap_or(record.span), "another name");
    }
    report.unless_completed_elsewhere();
}

/// The most records that a finding shows.
const MOST_RECORDS: usize = 3;
