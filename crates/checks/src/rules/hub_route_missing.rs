//! `hub-route-missing`.

use privatelint_evaluator::Address;
use privatelint_network::Network;
use privatelint_network::path::Blocker;

use crate::context::Cx;
use crate::endpoint::services;
use crate::hub::{Cut, cut_by};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds VPCs whose names lead to an endpoint of another VPC without a route there, or without one back.
    ///
    /// ## Why is this bad
    ///
    /// A hosted zone or a Route 53 Profile makes the service's name resolve to the private addresses of the central endpoint. Without a route to them, through a transit gateway or a peering connection, requests go nowhere. The route back, in the route table of the endpoint's subnets, is easily forgotten: they are often left with the main table. Clients time out, while the plan and the apply are clean.
    ///
    /// ## Examples
    ///
    /// The spoke resolves `kms` to the hub's endpoint, and its subnet has no route to the hub:
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
    /// resource "aws_vpc" "spoke" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "hub" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "spoke" {
    ///   vpc_id     = aws_vpc.spoke.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_route_table" "spoke" {
    ///   vpc_id = aws_vpc.spoke.id
    /// }
    ///
    /// resource "aws_route_table_association" "spoke" {
    ///   subnet_id      = aws_subnet.spoke.id
    ///   route_table_id = aws_route_table.spoke.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.hub.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.spoke.id
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
    /// There is a way to the hub, and none back; a module makes the spoke:
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
    /// resource "aws_subnet" "hub" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_ec2_transit_gateway" "main" {}
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.hub.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = module.spoke.vpc_id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "kms" {
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = ""
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.kms.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.kms.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    ///
    /// module "spoke" {
    ///   source             = "./modules/spoke"
    ///   transit_gateway_id = aws_ec2_transit_gateway.main.id
    /// }
    ///
    /// # file: modules/spoke/main.tf
    /// variable "transit_gateway_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.this.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route" "hub" {
    ///   route_table_id         = aws_route_table.app.id
    ///   destination_cidr_block = "10.0.0.0/8"
    ///   transit_gateway_id     = var.transit_gateway_id
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// output "vpc_id" {
    ///   value = aws_vpc.this.id
    /// }
    /// ```
    ///
    /// Instead, route in both directions:
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
    /// resource "aws_vpc" "spoke" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_peering_connection" "spoke" {
    ///   vpc_id      = aws_vpc.spoke.id
    ///   peer_vpc_id = aws_vpc.hub.id
    ///   auto_accept = true
    /// }
    ///
    /// resource "aws_subnet" "hub" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "spoke" {
    ///   vpc_id     = aws_vpc.spoke.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_default_route_table" "spoke" {
    ///   default_route_table_id = aws_vpc.spoke.default_route_table_id
    ///
    ///   route {
    ///     cidr_block                = aws_vpc.hub.cidr_block
    ///     vpc_peering_connection_id = aws_vpc_peering_connection.spoke.id
    ///   }
    /// }
    ///
    /// resource "aws_default_route_table" "hub" {
    ///   default_route_table_id = aws_vpc.hub.default_route_table_id
    ///
    ///   route {
    ///     cidr_block                = aws_vpc.spoke.cidr_block
    ///     vpc_peering_connection_id = aws_vpc_peering_connection.spoke.id
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.hub.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.spoke.id
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
    /// The routes of the spoke are not known:
    ///
    /// ```hcl,silent
    /// variable "routes" {
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
    /// resource "aws_vpc" "spoke" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "spoke" {
    ///   vpc_id     = aws_vpc.spoke.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_default_route_table" "spoke" {
    ///   default_route_table_id = aws_vpc.spoke.default_route_table_id
    ///
    ///   dynamic "route" {
    ///     for_each = var.routes
    ///
    ///     content {
    ///       cidr_block         = route.value
    ///       transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
    ///     }
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.spoke.id
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
    /// ## When it stays silent
    ///
    /// Unless both VPCs are declared in the configuration and the name certainly leads to the endpoint. Where a route table, one of its routes or its association is not known, and where a virtual private gateway adds routes. What a transit gateway does with the traffic is not looked at. Another configuration can add routes, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html>
    pub(crate) static HUB_ROUTE_MISSING = {
        name: "hub-route-missing",
        summary: "A VPC resolves a service to an endpoint of another VPC and has no route there or back",
        category: Connectivity,
        severity: Info,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let cuts = cut_by(network, Blocker::NoRoute);
    let mut seen: Vec<Option<&Address>> = Vec::new();
    for cut in &cuts {
        // What lacks the route is one finding, however many subnets and services suffer.
        let table = cut.blocked.address.as_ref();
        if seen.contains(&table) {
            continue;
        }
        seen.push(table);
        let same: Vec<&Cut<'_, '_>> =
            cuts.iter().filter(|other| other.blocked.address.as_ref() == table).collect();
        report(cx, network, cut, &same);
    }
}

fn report(cx: &Cx<'_>, network: &Network<'_>, cut: &Cut<'_, '_>, same: &[&Cut<'_, '_>]) {
    let mut endpoints: Vec<_> = same.iter().map(|cut| cut.remote.endpoint).collect();
    endpoints.sort_by_key(|endpoint| endpoint.id);
    endpoints.dedup_by_key(|endpoint| endpoint.id);
    let message = format!(
        "`{}` resolves {} to endpoints of another VPC and does not reach them: {}",
        cut.remote.spoke.instance.address,
        services(&endpoints),
        cut.blocked.because,
    );
    let holder = cut.blocked.address.as_ref();
    let holder = holder.and_then(|address| {
        network.all_route_tables().map(|table| table.instance).find(|of| of.address == *address)
    });
    let instance = holder.unwrap_or(cut.subnet.instance);
    let span = cut.blocked.span.unwrap_or(instance.header);
    cx.report(instance, span, message)
        .label("no route")
        .evidence(cut.subnet.instance.header, "from here")
        .evidence(cut.remote.endpoint.instance.header, "to this endpoint")
        .help(cut.blocked.open_by.clone())
        .unless_completed_elsewhere();
}
