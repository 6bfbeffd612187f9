//! `cross-az-endpoint-traffic`.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::Multiplicity;
use privatelint_network::resources::{EndpointService, LoadBalancer, SubnetId};
use privatelint_network::{Network, Ref};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::zones::{all_subnets, count_zones, zone_name};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Network Load Balancers behind an endpoint service that are in one availability zone and spread their traffic over all zones, in a VPC that has more.
    ///
    /// ## Why is this bad
    ///
    /// Consumers can make their endpoint only in the zones of the load balancer, and lose the service with the one zone that it is in. With `enable_cross_zone_load_balancing` what arrives there goes on to targets in the other zones, which is billed by the gigabyte: the price of several zones is paid without their resilience.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
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
    /// resource "aws_lb" "service" {
    ///   load_balancer_type               = "network"
    ///   internal                         = true
    ///   subnets                          = [aws_subnet.a.id]
    ///   enable_cross_zone_load_balancing = true
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "service" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.service.arn]
    /// }
    /// ```
    ///
    /// The first of several subnets, handed to a module:
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
    ///   cidr_block = "10.0.0.0/16"
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
    /// module "service" {
    ///   source = "./modules/service"
    ///
    ///   subnet_ids = [aws_subnet.app[0].id]
    /// }
    ///
    /// # file: modules/service/main.tf
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_lb" "this" {
    ///   load_balancer_type               = "network"
    ///   internal                         = true
    ///   subnets                          = var.subnet_ids
    ///   enable_cross_zone_load_balancing = true
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "this" {
    ///   acceptance_required        = true
    ///   network_load_balancer_arns = [aws_lb.this.arn]
    /// }
    /// ```
    ///
    /// Instead, a subnet of every zone:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1${each.key}"
    ///   cidr_block        = each.value
    /// }
    ///
    /// resource "aws_lb" "service" {
    ///   load_balancer_type               = "network"
    ///   internal                         = true
    ///   subnets                          = [for subnet in aws_subnet.app : subnet.id]
    ///   enable_cross_zone_load_balancing = true
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "service" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.service.arn]
    /// }
    /// ```
    ///
    /// In which subnets the load balancer is, is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_lb" "service" {
    ///   load_balancer_type               = "network"
    ///   internal                         = true
    ///   subnets                          = var.subnet_ids
    ///   enable_cross_zone_load_balancing = true
    /// }
    ///
    /// resource "aws_vpc_endpoint_service" "service" {
    ///   acceptance_required        = false
    ///   network_load_balancer_arns = [aws_lb.service.arn]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Without cross-zone load balancing, which is off unless it is switched on. In a VPC whose subnets are all in one zone. Where the subnets of the load balancer are not known. Interface endpoints in fewer zones than their clients are other rules' matter.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html>
    /// - <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html>
    pub(crate) static CROSS_AZ_ENDPOINT_TRAFFIC = {
        name: "cross-az-endpoint-traffic",
        summary: "An endpoint service's load balancer is in one availability zone and sends what it gets to others",
        category: Cost,
        severity: Info,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut reported: Vec<Span> = Vec::new();
    for service in &network.endpoint_services {
        if service.instance.multiplicity != Multiplicity::One {
            continue;
        }
        let members = service.network_load_balancers.items.iter();
        let balancers = members
            .filter(|member| member.there.is_yes())
            .filter_map(|member| network.load_balancer(member.target.managed()?));
        for balancer in balancers {
            let Some(subnet) = only_zone(network, balancer) else { continue };
            let span = span_of(balancer);
            if !reported.contains(&span) {
                reported.push(span);
                report(cx, network, service, balancer, subnet);
            }
        }
    }
}

fn span_of(balancer: &LoadBalancer<'_>) -> Span {
    let span = balancer.subnets.span.or(balancer.subnet_mapping.span);
    span.unwrap_or(balancer.instance.header)
}

/// A subnet of a load balancer, if it certainly spreads over the zones of its VPC and all of its subnets are in one.
fn only_zone(network: &Network<'_>, balancer: &LoadBalancer<'_>) -> Option<SubnetId> {
    if balancer.cross_zone.value.as_bool() != Some(true) {
        return None;
    }
    let mut subnets = all_subnets(&balancer.subnets)?;
    subnets.extend(all_subnets(&balancer.subnet_mapping)?);
    let first = *subnets.first()?;
    let is_one = subnets.iter().all(|subnet| network.same_zone(*subnet, first).is_yes());
    let vpc = network.subnet(first)?.vpc.managed()?;
    let others: Vec<SubnetId> = network
        .subnets
        .iter()
        .filter(|subnet| subnet.vpc == Ref::Managed(vpc))
        .filter(|subnet| subnet.instance.multiplicity == Multiplicity::One)
        .map(|subnet| subnet.id)
        .collect();
    (is_one && count_zones(network, &others) > 1).then_some(first)
}

fn report(
    cx: &Cx<'_>,
    network: &Network<'_>,
    service: &EndpointService<'_>,
    balancer: &LoadBalancer<'_>,
    subnet: SubnetId,
) {
    let zone = zone_name(network, subnet);
    let message = format!(
        "the endpoint service's load balancer is in {zone} only and sends what it gets to every zone, which is billed by the gigabyte"
    );
    let mut report = cx
        .report(balancer.instance, span_of(balancer), message)
        .label("one zone")
        .help("name a subnet of every zone in `subnets`, or switch cross-zone load balancing off")
        .confidence(Confidence::Likely);
    if let Some(span) = balancer.cross_zone.span {
        report = report.evidence_once(span, "traffic leaves the zone");
    }
    report
        .evidence_once(service.instance.header, "consumers reach it through this endpoint service");
}
