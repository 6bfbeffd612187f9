//! `gwlbe-cross-az-route`.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, Subnet};

use crate::context::Cx;
use crate::inspection::{Inspected, Inspector, inspected, is_of_appliances};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds route tables that send traffic to a Gateway Load Balancer endpoint in another availability zone, though the subnet's own zone has one.
    ///
    /// ## Why is this bad
    ///
    /// Traffic crosses zones for nothing: AWS bills it in both directions, and a failure of the other zone takes this one down too. With an endpoint in each zone, somebody meant each zone to use its own.
    ///
    /// ## Examples
    ///
    /// Both subnets use one table:
    ///
    /// ```hcl,fires
    /// locals {
    ///   zones = toset(["eu-west-1a", "eu-west-1b"])
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   for_each = local.zones
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = each.key == "eu-west-1a" ? "10.0.0.0/24" : "10.0.1.0/24"
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_subnet" "inspection" {
    ///   for_each = local.zones
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = each.key == "eu-west-1a" ? "10.0.2.0/24" : "10.0.3.0/24"
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   for_each = aws_subnet.inspection
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [each.value.id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = "0.0.0.0/0"
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection["eu-west-1a"].id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   for_each = aws_subnet.app
    ///
    ///   subnet_id      = each.value.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    /// ```
    ///
    /// The endpoints are swapped:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = "10.0.0.0/24"
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_subnet" "inspection" {
    ///   for_each = { "eu-west-1a" = "10.0.2.0/24", "eu-west-1b" = "10.0.3.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_vpc_endpoint" "a" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [aws_subnet.inspection["eu-west-1a"].id]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "b" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [aws_subnet.inspection["eu-west-1b"].id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route" "app" {
    ///   route_table_id         = aws_route_table.app.id
    ///   destination_cidr_block = "0.0.0.0/0"
    ///   vpc_endpoint_id        = aws_vpc_endpoint.b.id
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    /// ```
    ///
    /// Instead, use a table for each zone:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   for_each = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_subnet" "inspection" {
    ///   for_each = { "eu-west-1a" = "10.0.2.0/24", "eu-west-1b" = "10.0.3.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   for_each = aws_subnet.inspection
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [each.value.id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   for_each = aws_subnet.app
    ///
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = "0.0.0.0/0"
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection[each.key].id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   for_each = aws_subnet.app
    ///
    ///   subnet_id      = each.value.id
    ///   route_table_id = aws_route_table.app[each.key].id
    /// }
    /// ```
    ///
    /// The zones are not known:
    ///
    /// ```hcl,silent
    /// variable "zones" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   count = 2
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = "10.0.${count.index}.0/24"
    ///   availability_zone = var.zones[count.index]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "inspection" {
    ///   count = 2
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718"
    ///   vpc_endpoint_type = "GatewayLoadBalancer"
    ///   subnet_ids        = [aws_subnet.app[count.index].id]
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = "0.0.0.0/0"
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection[0].id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   count = 2
    ///
    ///   subnet_id      = aws_subnet.app[count.index].id
    ///   route_table_id = aws_route_table.app.id
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the subnet's own zone has no endpoint of the service, which `gwlbe-not-per-az` reports. Where a zone, a route table or the default route is not known. For the endpoints of AWS Network Firewall, whose zone a route does not tell.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html>
    pub(crate) static GWLBE_CROSS_AZ_ROUTE = {
        name: "gwlbe-cross-az-route",
        summary: "A subnet uses the inspection endpoint of another availability zone, though its own has one",
        category: Resilience,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut seen: Vec<Span> = Vec::new();
    for of in inspected(network) {
        let Inspector::Endpoint(endpoint) = of.by else { continue };
        let Some(endpoint) = network.endpoint(endpoint) else { continue };
        let Some(away) = zone_of(network, endpoint) else { continue };
        if !network.same_zone(of.subnet.id, away.id).is_no() || seen.contains(&of.route.span) {
            continue;
        }
        if let Some(nearer) = nearer(network, &of, endpoint) {
            seen.push(of.route.span);
            report(cx, &of, endpoint, away, nearer);
        }
    }
}

/// The subnet that an endpoint is in.
fn zone_of<'n, 'a>(network: &'n Network<'a>, endpoint: &Endpoint<'_>) -> Option<&'n Subnet<'a>> {
    let subnets = Inspector::Endpoint(endpoint.id).subnets(network)?;
    network.subnet(*subnets.first()?)
}

/// Another endpoint of the same service that is certainly in the zone of the subnet.
fn nearer<'n, 'a>(
    network: &'n Network<'a>,
    of: &Inspected<'_, '_>,
    used: &Endpoint<'_>,
) -> Option<&'n Endpoint<'a>> {
    network.endpoints.iter().filter(|other| is_of_appliances(other)).find(|other| {
        let zone = zone_of(network, other);
        let in_zone = zone.map_or(Tri::Unknown, |zone| network.same_zone(zone.id, of.subnet.id));
        other.id != used.id
            && Tri::all([
                other.service_name.value.equals(&used.service_name.value),
                network.same_vpc(&other.vpc, &used.vpc),
                in_zone,
            ])
            .is_yes()
    })
}

fn report(
    cx: &Cx<'_>,
    of: &Inspected<'_, '_>,
    endpoint: &Endpoint<'_>,
    away: &Subnet<'_>,
    nearer: &Endpoint<'_>,
) {
    let zone = |subnet: &Subnet<'_>| match subnet.zone.value.as_str() {
        Some(zone) => format!("`{zone}`"),
        None => "another zone".to_owned(),
    };
    let message = format!(
        "`{}` in {} sends its traffic through `{}` in {}: its own zone has an endpoint",
        of.subnet.instance.address,
        zone(of.subnet),
        endpoint.instance.address,
        zone(away),
    );
    cx.report(of.route.by, of.route.span, message)
        .label("leads into another zone")
        .evidence(of.subnet.instance.header, "uses this route")
        .evidence(nearer.instance.header, "the endpoint of its own zone")
        .help(format!(
            "use a route table for each zone, here with a route to `{}`",
            nearer.instance.address
        ))
        .confidence(Confidence::Likely);
}
