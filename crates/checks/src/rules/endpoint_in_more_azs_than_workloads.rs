//! `endpoint-in-more-azs-than-workloads`.

use std::collections::BTreeMap;

use privatelint_diagnostics::{Confidence, Span};
use privatelint_network::resources::{Endpoint, EndpointType, SubnetId};
use privatelint_network::{Network, Ref, Workload};

use crate::clients::{runs_code, workloads_in};
use crate::context::Cx;
use crate::endpoint;
use crate::rule::{Check, declare_rule};
use crate::words::listed;
use crate::zones::{all_subnets, count_zones, has_zone_of, zone_name};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints in three or more availability zones of a VPC whose workloads all run in fewer zones, two of which have the endpoint.
    ///
    /// ## Why is this bad
    ///
    /// An interface endpoint is billed by the hour in each of its zones. In a zone without clients it serves nobody: two zones are enough for the service to survive the loss of one.
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
    ///   min_size            = 2
    ///   max_size            = 2
    ///   vpc_zone_identifier = [aws_subnet.app["a"].id, aws_subnet.app["b"].id]
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
    /// Every subnet, handed to a module with many endpoints:
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
    ///     subnets = slice(aws_subnet.app[*].id, 0, 2)
    ///   }
    /// }
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id     = aws_vpc.main.id
    ///   subnet_ids = aws_subnet.app[*].id
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
    /// Instead, the zones of the workloads:
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
    ///   min_size            = 2
    ///   max_size            = 2
    ///   vpc_zone_identifier = [aws_subnet.app["a"].id, aws_subnet.app["b"].id]
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
    /// Where a workload runs is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "worker_subnet_ids" {
    ///   type = list(string)
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
    ///   min_size            = 2
    ///   max_size            = 2
    ///   vpc_zone_identifier = [aws_subnet.app["a"].id, aws_subnet.app["b"].id]
    /// }
    ///
    /// resource "aws_autoscaling_group" "workers" {
    ///   min_size            = 2
    ///   max_size            = 2
    ///   vpc_zone_identifier = var.worker_subnet_ids
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
    /// ## When it stays silent
    ///
    /// Where the code shows no machine, container or function in the VPC: the code that has them is elsewhere. Where one of the workloads, its subnets or their zones are not known, and where the VPC is, or may be, connected to somewhere else, as clients come from there too. Where fewer than two zones would be left.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://aws.amazon.com/privatelink/pricing/>
    pub(crate) static ENDPOINT_IN_MORE_AZS_THAN_WORKLOADS = {
        name: "endpoint-in-more-azs-than-workloads",
        summary: "An interface endpoint is billed in an availability zone in which no workload of its VPC runs",
        category: Cost,
        severity: Info,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The fewest zones that are left to an endpoint: one more than what may fail.
const FEWEST_LEFT: usize = 2;

/// The most zones that are named and shown.
const MOST_SHOWN: usize = 3;

/// Endpoints of one block in zones without clients.
struct Idle<'n, 'a> {
    endpoints: Vec<&'n Endpoint<'a>>,
    workload: &'n Workload<'a>,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut found: BTreeMap<(Span, Vec<SubnetId>), Idle<'_, '_>> = BTreeMap::new();
    for endpoint in &network.endpoints {
        let Some((span, subnets, workload)) = idle(network, endpoint) else { continue };
        let idle = found
            .entry((span, subnets))
            .or_insert_with(|| Idle { endpoints: Vec::new(), workload });
        idle.endpoints.push(endpoint);
    }
    for ((span, subnets), idle) in &found {
        report(cx, network, *span, subnets, idle);
    }
}

/// The place to edit, with the endpoint's subnets in zones without workloads, and a workload that uses its service.
fn idle<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &Endpoint<'_>,
) -> Option<(Span, Vec<SubnetId>, &'n Workload<'a>)> {
    let Ref::Managed(vpc) = endpoint.vpc else { return None };
    if !endpoint.is_type(EndpointType::Interface).is_yes() {
        return None;
    }
    let own = all_subnets(&endpoint.subnets).filter(|own| own.len() > FEWEST_LEFT)?;
    if !network.has_remote_side(&endpoint.vpc).is.is_no() {
        return None;
    }
    let mut used: Vec<SubnetId> = Vec::new();
    for workload in network.workloads() {
        match workload.vpc.managed() {
            Some(other) if other != vpc => continue,
            Some(_) => {}
            // It may be here.
            None => return None,
        }
        used.extend(all_subnets(&workload.subnets)?);
    }
    let user = workloads_in(network, vpc).find(|workload| runs_code(workload))?;
    let idle: Vec<SubnetId> =
        own.iter().copied().filter(|subnet| has_zone_of(network, &used, *subnet).is_no()).collect();
    let left: Vec<SubnetId> = own.into_iter().filter(|subnet| !idle.contains(subnet)).collect();
    if idle.is_empty() || count_zones(network, &left) < FEWEST_LEFT {
        return None;
    }
    let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
    Some((span, idle, user))
}

fn report(
    cx: &Cx<'_>,
    network: &Network<'_>,
    span: Span,
    subnets: &[SubnetId],
    idle: &Idle<'_, '_>,
) {
    let Some(first) = idle.endpoints.first() else { return };
    let zones: Vec<_> = subnets.iter().map(|subnet| zone_name(network, *subnet)).collect();
    let zones = listed(&zones, MOST_SHOWN);
    let (what, are) = match idle.endpoints.as_slice() {
        [only] => (endpoint::describe(only), "is"),
        several => (format!("endpoints for {}", endpoint::services(several)), "are"),
    };
    let message =
        format!("the {what} {are} billed in {zones} too, where no workload of the VPC runs");
    let mut report = cx
        .report(first.instance, span, message)
        .label("a zone without clients")
        .help(format!("leave the subnet of {zones} out of `subnet_ids`"))
        .confidence(Confidence::Likely);
    for subnet in subnets.iter().take(MOST_SHOWN).filter_map(|id| network.subnet(*id)) {
        report = report.evidence_once(subnet.instance.header, "nothing runs in its zone");
    }
    report.evidence_once(idle.workload.instance.header, "runs in other zones");
}
