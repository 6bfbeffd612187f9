//! `gwlbe-in-protected-subnet`.

use privatelint_diagnostics::Span;
use privatelint_network::Network;

use crate::context::Cx;
use crate::inspection::{Inspector, inspected};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Gateway Load Balancer endpoints, and firewalls of AWS Network Firewall, in a subnet whose default route leads to themselves.
    ///
    /// ## Why is this bad
    ///
    /// What comes back from inspection is routed by the table of the endpoint's own subnet. If that sends it to the endpoint again, it goes round and never leaves. The endpoint needs a subnet of its own, whose route table leads on to the internet, a NAT gateway or a transit gateway.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [aws_subnet.app.id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = "0.0.0.0/0"
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    /// ```
    ///
    /// One table for all subnets of the zone:
    ///
    /// ```hcl,fires
    /// locals {
    ///   subnets = { app = "10.0.0.0/24", inspection = "10.0.1.0/24" }
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "this" {
    ///   for_each = local.subnets
    ///
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = each.value
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [aws_subnet.this["inspection"].id]
    /// }
    ///
    /// resource "aws_route_table" "all" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route" "default" {
    ///   route_table_id         = aws_route_table.all.id
    ///   destination_cidr_block = "0.0.0.0/0"
    ///   vpc_endpoint_id        = aws_vpc_endpoint.inspection.id
    /// }
    ///
    /// resource "aws_route_table_association" "all" {
    ///   for_each = aws_subnet.this
    ///
    ///   subnet_id      = each.value.id
    ///   route_table_id = aws_route_table.all.id
    /// }
    /// ```
    ///
    /// Instead, put the endpoint into a subnet with a table of its own:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "inspection" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [aws_subnet.inspection.id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = "0.0.0.0/0"
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table" "inspection" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block = "0.0.0.0/0"
    ///     gateway_id = aws_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_route_table_association" "inspection" {
    ///   subnet_id      = aws_subnet.inspection.id
    ///   route_table_id = aws_route_table.inspection.id
    /// }
    /// ```
    ///
    /// The subnet of the endpoint is not known:
    ///
    /// ```hcl,silent
    /// variable "inspection_subnet_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [var.inspection_subnet_id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = "0.0.0.0/0"
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the endpoint's subnet, its route table or the default route is not known. For a default route to another endpoint.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html>
    /// - <https://docs.aws.amazon.com/network-firewall/latest/developerguide/route-tables.html>
    pub(crate) static GWLBE_IN_PROTECTED_SUBNET = {
        name: "gwlbe-in-protected-subnet",
        summary: "The subnet of an inspection endpoint sends everything to that endpoint: traffic goes round",
        category: Connectivity,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut seen: Vec<(Span, Inspector)> = Vec::new();
    for of in inspected(network) {
        let Some(subnets) = of.by.subnets(network) else { continue };
        let Some(inspector) = of.by.instance(network) else { continue };
        let is_known = seen.contains(&(of.route.span, of.by));
        if !subnets.contains(&of.subnet.id) || is_known {
            continue;
        }
        seen.push((of.route.span, of.by));
        let what = match of.by {
            Inspector::Endpoint(_) => "endpoint",
            Inspector::Firewall(_) => "firewall",
        };
        let message = format!(
            "the {what} `{}` is in `{}`, whose default route leads back to it: traffic never gets on",
            inspector.address, of.subnet.instance.address,
        );
        cx.report(of.route.by, of.route.span, message)
            .label(format!("leads to the {what} in the same subnet"))
            .evidence(inspector.header, "in this subnet")
            .evidence(of.subnet.instance.header, "sends everything here")
            .help(format!(
                "put the {what} into a subnet of its own, with a default route to an internet, NAT or transit gateway"
            ));
    }
}
