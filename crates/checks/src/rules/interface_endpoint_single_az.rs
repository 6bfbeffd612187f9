//! `interface-endpoint-single-az`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints all of whose subnets are in one availability zone, in a VPC that has subnets in two or more.
    ///
    /// ## Why is this bad
    ///
    /// The endpoint is as available as that zone. When the zone fails, clients in the other zones lose the service too, although they are fine themselves; and until then their traffic crosses zones, which is billed by the gigabyte and adds latency.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "a" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_subnet" "b" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1b"
    ///   cidr_block        = "10.0.2.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.a.id]
    /// }
    /// ```
    ///
    /// The first of many subnets, handed to a module:
    ///
    /// ```hcl,fires
    /// locals {
    ///   zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = local.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    /// }
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id     = aws_vpc.main.id
    ///   subnet_ids = [aws_subnet.private[0].id]
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
    /// resource "aws_vpc_endpoint" "secrets" {
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.secretsmanager"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = var.subnet_ids
    /// }
    /// ```
    ///
    /// Instead, a subnet of every zone:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1${each.key}"
    ///   cidr_block        = each.value
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
    /// }
    /// ```
    ///
    /// An endpoint of its own for every zone is a design, and no oversight:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1${each.key}"
    ///   cidr_block        = each.value
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   for_each = aws_subnet.private
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [each.value.id]
    /// }
    /// ```
    ///
    /// How many subnets these are is not known:
    ///
    /// ```hcl,silent
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = var.subnet_ids
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// In a VPC whose subnets are all in one zone, as in many development environments. Where the same VPC has another endpoint for the service in one zone, so that each may serve its own. Where the subnets, their zones or their number are not known, and where a module whose code is not there may add a subnet.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>
    pub(crate) static INTERFACE_ENDPOINT_SINGLE_AZ = {
        name: "interface-endpoint-single-az",
        summary: "An interface endpoint is in one availability zone of a VPC that has more",
        category: Resilience,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, network, endpoint)) {
        let (instance, first) = (place.instance(), place.first);
        let message = format!(
            "{} {} in one availability zone of a VPC that has more",
            place.describe(),
            place.be()
        );
        let mut report = cx.report(instance, place.span, message).label("all in one zone");
        let zones = network.has_subnets_in_two_zones(&first.vpc).evidence;
        match zones.as_slice() {
            [one, other] if one.span == other.span => {
                report = report.evidence(one.span, "the VPC's subnets are in several zones");
            }
            zones => {
                for zone in zones {
                    report = report.evidence(zone.span, zone.message.clone());
                }
            }
        }
        report
            .help("list one subnet of every availability zone that has clients in `subnet_ids`")
            .confidence(endpoint::confidence_in_lack(&first.subnets));
    }
}

/// The place to edit, if the endpoint is in one zone and its VPC in more.
fn fault(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let interface = endpoint.is_type(EndpointType::Interface);
    let one_zone = network.is_in_one_zone(endpoint.id);
    if interface.and(one_zone.is).is_no() {
        return None;
    }
    let more_zones = network.has_subnets_in_two_zones(&endpoint.vpc);
    let alone = !has_sibling(network, endpoint);
    let single = Tri::all([interface, one_zone.is, more_zones.is, alone]);
    let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
    if single.is_unknown() {
        let doubts = doubt::of_argument(interface, &endpoint.endpoint_type)
            .into_iter()
            .chain(one_zone.doubts)
            .chain(more_zones.doubts)
            .chain(doubt::of_argument(alone, &endpoint.service_name));
        doubt::undecided(cx, span, "is the endpoint in more than one availability zone?", doubts);
    }
    single.is_yes().then_some(span)
}

/// Whether the VPC has another interface endpoint for the same service in one zone: then each may be there for its own.
fn has_sibling(network: &Network<'_>, endpoint: &Endpoint<'_>) -> Tri {
    let others = network
        .endpoints_of(&endpoint.vpc)
        .into_iter()
        .filter(|other| other.endpoint != endpoint.id);
    Tri::any(others.filter_map(|found| {
        let other = network.endpoint(found.endpoint)?;
        let same = other.service_name.value.equals(&endpoint.service_name.value);
        let candidate = Tri::all([found.there, same, other.is_type(EndpointType::Interface)]);
        (!candidate.is_no()).then(|| candidate.and(network.is_in_one_zone(other.id).is))
    }))
}
