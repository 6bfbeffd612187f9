//! `central-phz-incomplete`.

use privatelint_network::resources::{HostedZone, Record};
use privatelint_network::{Network, ServiceInZone};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds private hosted zones that lead the name of a service to an endpoint and leave out other names of the same service in the zone.
    ///
    /// ## Why is this bad
    ///
    /// A private hosted zone answers every name below its own: one without a record does not exist in the VPCs of the zone, and is not looked up in public. A zone for S3 with a record for `s3.eu-west-1.amazonaws.com` alone answers for no bucket, because their names begin with the bucket's: `*.s3.eu-west-1.amazonaws.com` is missing.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "s3" {
    ///   name = "s3.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "s3" {
    ///   zone_id = aws_route53_zone.s3.zone_id
    ///   name    = "s3.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.s3.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.s3.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// A module makes the zone and the record at its top for each service:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// module "endpoint" {
    ///   source   = "./modules/endpoint"
    ///   for_each = toset(["kms", "s3"])
    ///
    ///   service = each.key
    ///   vpc_id  = aws_vpc.main.id
    /// }
    ///
    /// # file: modules/endpoint/main.tf
    /// variable "service" {
    ///   type = string
    /// }
    ///
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${var.service}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "this" {
    ///   name = "${var.service}.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = var.vpc_id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "apex" {
    ///   zone_id = aws_route53_zone.this.zone_id
    ///   name    = ""
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.this.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.this.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// Instead, add the record for the other names:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "s3" {
    ///   name = "s3.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "s3" {
    ///   for_each = toset(["", "*"])
    ///
    ///   zone_id = aws_route53_zone.s3.zone_id
    ///   name    = each.key
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.s3.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.s3.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// The names of more records are not known:
    ///
    /// ```hcl,silent
    /// variable "buckets" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "s3" {
    ///   name = "s3.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "s3" {
    ///   for_each = toset(concat([""], var.buckets))
    ///
    ///   zone_id = aws_route53_zone.s3.zone_id
    ///   name    = each.key
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.s3.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.s3.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For a zone without a record that leads to an endpoint, and for one that does not answer the service's first name, which `hosted-zone-shadows-service-name` reports. Where one of its records may answer the name: one for a single bucket or API too, because then the others are perhaps not meant. For a zone around the names of several services. Another configuration can add records, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html>
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    pub(crate) static CENTRAL_PHZ_INCOMPLETE = {
        name: "central-phz-incomplete",
        summary: "A private hosted zone for an endpoint leaves out names of the service, which do not resolve then",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for zone in network.hosted_zones.iter().filter(|zone| !zone.is_private().is_no()) {
        let own = network.services_in_zone(zone.id).into_iter().find(|of| of.is_own);
        let Some(own) = own else { continue };
        let Some(record) = leads_to_endpoint(network, zone, &own) else { continue };
        let missing = network.names_without_record(zone.id, &own);
        if !missing.is_empty() && !missing.contains(&own.name()) {
            report(cx, zone, &own, record, &missing);
        }
    }
}

/// A record of a zone that certainly leads to an endpoint for the service.
fn leads_to_endpoint<'z, 'a>(
    network: &Network<'_>,
    zone: &'z HostedZone<'a>,
    of: &ServiceInZone,
) -> Option<&'z Record<'a>> {
    zone.records.iter().filter(|record| record.there.is_yes()).find(|record| {
        let endpoint = record.endpoint.managed().and_then(|id| network.endpoint(id));
        endpoint.is_some_and(|endpoint| endpoint.service.is(&of.service.short_name).is_yes())
    })
}

fn report(
    cx: &Cx<'_>,
    zone: &HostedZone<'_>,
    of: &ServiceInZone,
    record: &Record<'_>,
    missing: &[String],
) {
    let names: Vec<_> = missing.iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(" and ");
    let span = zone.name.span.unwrap_or(zone.instance.header);
    let message = format!(
        "the hosted zone for `{}` has no record for {names}: these names do not resolve in its VPCs",
        of.service.short_name,
    );
    cx.report(zone.instance, span, message)
        .label("answers for all names below this one")
        .evidence(record.name.span.unwrap_or(record.span), "leads this name to the endpoint")
        .help(format!("add a record for {names} with the same alias"))
        .unless_completed_elsewhere();
}
