//! `endpoint-azs-do-not-cover-workload-azs`.

use std::collections::BTreeMap;

use privatelint_diagnostics::{Confidence, Span};
use privatelint_network::resources::{Endpoint, EndpointType, SubnetId};
use privatelint_network::{Network, Ref, Workload};

use crate::clients::{runs_code, workloads_in};
use crate::context::Cx;
use crate::endpoint;
use crate::rule::{Check, declare_rule};
use crate::words::listed;
use crate::zones::{all_subnets, has_zone_of, zone_name};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints in several availability zones, but not in all in which machines, containers or functions of the VPC run.
    ///
    /// ## Why is this bad
    ///
    /// The workloads in the zone that is left out reach the service through another zone: their traffic is billed for crossing zones, and they lose the service when that zone fails although their own is fine. It happens when a zone is added to the subnets of the workloads and not to those of the endpoints.
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
    /// resource "aws_subnet" "app" {
    ///   for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24", c = "10.0.3.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1${each.key}"
    ///   cidr_block        = each.value
    /// }
    ///
    /// resource "aws_autoscaling_group" "app" {
    ///   min_size            = 3
    ///   max_size            = 3
    ///   vpc_zone_identifier = [for subnet in aws_subnet.app : subnet.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ssm" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ssm"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app["a"].id, aws_subnet.app["b"].id]
    /// }
    /// ```
    ///
    /// Two of three subnets, handed to a module:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// locals {
    ///   zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = local.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    /// }
    ///
    /// resource "aws_ecs_service" "app" {
    ///   name        = "app"
    ///   cluster     = "main"
    ///   launch_type = "FARGATE"
    ///
    ///   network_configuration {
    ///     subnets = aws_subnet.app[*].id
    ///   }
    /// }
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id     = aws_vpc.main.id
    ///   subnet_ids = slice(aws_subnet.app[*].id, 0, 2)
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
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(["ecr.api", "ecr.dkr", "logs"])
    ///
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = var.subnet_ids
    /// }
    /// ```
    ///
    /// Instead, all of them:
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
    /// resource "aws_subnet" "app" {
    ///   for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24", c = "10.0.3.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1${each.key}"
    ///   cidr_block        = each.value
    /// }
    ///
    /// resource "aws_autoscaling_group" "app" {
    ///   min_size            = 3
    ///   max_size            = 3
    ///   vpc_zone_identifier = [for subnet in aws_subnet.app : subnet.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ssm" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ssm"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [for subnet in aws_subnet.app : subnet.id]
    /// }
    /// ```
    ///
    /// In which zone a subnet is, is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "third_zone" {
    ///   type = string
    /// }
    ///
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
    /// resource "aws_subnet" "c" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = var.third_zone
    ///   cidr_block        = "10.0.3.0/24"
    /// }
    ///
    /// resource "aws_autoscaling_group" "app" {
    ///   min_size            = 3
    ///   max_size            = 3
    ///   vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ssm" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ssm"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For endpoints in one zone, which another rule reports. Where the VPC has another endpoint for the same service. For databases and load balancers, which are no clients of AWS services. Where the subnets, their zones or their number are not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>
    pub(crate) static ENDPOINT_AZS_DO_NOT_COVER_WORKLOAD_AZS = {
        name: "endpoint-azs-do-not-cover-workload-azs",
        summary: "An interface endpoint is not in every availability zone in which workloads use it",
        category: Resilience,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most zones and workloads that are named and shown.
const MOST_SHOWN: usize = 3;

/// Endpoints of one block that leave out the zones of these subnets.
struct Gap<'n, 'a> {
    endpoints: Vec<&'n Endpoint<'a>>,
    workload: &'n Workload<'a>,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut gaps: BTreeMap<(Span, Vec<SubnetId>), Gap<'_, '_>> = BTreeMap::new();
    for endpoint in &network.endpoints {
        let Some((span, subnets, workload)) = gap(network, endpoint) else { continue };
        let gap =
            gaps.entry((span, subnets)).or_insert_with(|| Gap { endpoints: Vec::new(), workload });
        gap.endpoints.push(endpoint);
    }
    for ((span, subnets), gap) in &gaps {
        report(cx, network, *span, subnets, gap);
    }
}

/// The place to edit, with one subnet of each zone that is left out, and a workload there.
fn gap<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &Endpoint<'_>,
) -> Option<(Span, Vec<SubnetId>, &'n Workload<'a>)> {
    let service = endpoint.service.service.filter(|service| !service.is_endpoint_service())?;
    let Ref::Managed(vpc) = endpoint.vpc else { return None };
    let is_interface = endpoint.is_type(EndpointType::Interface).is_yes();
    if !is_interface || !network.is_in_one_zone(endpoint.id).is.is_no() {
        return None;
    }
    let own = all_subnets(&endpoint.subnets).filter(|own| !own.is_empty())?;
    let siblings = network.endpoints_of(&endpoint.vpc).into_iter();
    let mut siblings = siblings.filter_map(|found| network.endpoint(found.endpoint));
    let has_sibling = siblings
        .any(|other| other.id != endpoint.id && !other.service.is(&service.short_name).is_no());
    if has_sibling {
        return None;
    }
    let mut left_out: Vec<SubnetId> = Vec::new();
    let mut user = None;
    for workload in workloads_in(network, vpc) {
        if !runs_code(workload) {
            continue;
        }
        let Some(subnets) = all_subnets(&workload.subnets) else { continue };
        for subnet in subnets {
            if has_zone_of(network, &own, subnet).is_no() {
                user.get_or_insert(workload);
                if has_zone_of(network, &left_out, subnet).is_no() {
                    left_out.push(subnet);
                }
            }
        }
    }
    let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
    Some((span, left_out, user?))
}

fn report(cx: &Cx<'_>, network: &Network<'_>, span: Span, subnets: &[SubnetId], gap: &Gap<'_, '_>) {
    let Some(first) = gap.endpoints.first() else { return };
    let zones: Vec<_> = subnets.iter().map(|subnet| zone_name(network, *subnet)).collect();
    let zones = listed(&zones, MOST_SHOWN);
    let workload = gap.workload.instance.address.within_module();
    let (what, are) = match gap.endpoints.as_slice() {
        [only] => (endpoint::describe(only), "is"),
        several => (format!("endpoints for {}", endpoint::services(several)), "are"),
    };
    let message = format!("the {what} {are} not in {zones}, where `{workload}` runs");
    let mut report = cx
        .report(first.instance, span, message)
        .label("not every zone of its clients")
        .help(format!("add a subnet of {zones} to `subnet_ids`"))
        .confidence(Confidence::Likely);
    for subnet in subnets.iter().take(MOST_SHOWN).filter_map(|id| network.subnet(*id)) {
        report = report.evidence_once(subnet.instance.header, "a zone without the endpoint");
    }
    report.evidence_once(gap.workload.instance.header, "runs there");
}
