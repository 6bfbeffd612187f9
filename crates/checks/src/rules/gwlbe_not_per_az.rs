//! `gwlbe-not-per-az`.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::SubnetId;

use crate::context::Cx;
use crate::inspection::{Inspected, Inspector, inspected, is_of_appliances};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds subnets whose traffic is inspected in another availability zone, because their own zone has no Gateway Load Balancer endpoint, or no endpoint of the firewall.
    ///
    /// ## Why is this bad
    ///
    /// If the zone with the endpoint fails, everything in the other zones loses its way out as well. Until then traffic between zones is billed. AWS recommends an endpoint in each zone that sends traffic.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
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
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = "10.0.2.0/24"
    ///   availability_zone = "eu-west-1a"
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
    /// resource "aws_route_table_association" "app" {
    ///   for_each = aws_subnet.app
    ///
    ///   subnet_id      = each.value.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    /// ```
    ///
    /// A firewall of AWS Network Firewall in one of two zones:
    ///
    /// ```hcl,fires
    /// locals {
    ///   zones = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
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
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_subnet" "firewall" {
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = "10.0.2.0/28"
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_networkfirewall_firewall" "main" {
    ///   name                = "main"
    ///   vpc_id              = aws_vpc.main.id
    ///   firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/main"
    ///
    ///   subnet_mapping {
    ///     subnet_id = aws_subnet.firewall.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   for_each = local.zones
    ///
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route" "app" {
    ///   for_each = local.zones
    ///
    ///   route_table_id         = aws_route_table.app[each.key].id
    ///   destination_cidr_block = "0.0.0.0/0"
    ///   vpc_endpoint_id        = tolist(aws_networkfirewall_firewall.main.firewall_status[0].sync_states)[0].attachment[0].endpoint_id
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   for_each = local.zones
    ///
    ///   subnet_id      = aws_subnet.app[each.key].id
    ///   route_table_id = aws_route_table.app[each.key].id
    /// }
    /// ```
    ///
    /// Instead, have an endpoint in each zone:
    ///
    /// ```hcl,silent
    /// locals {
    ///   zones = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
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
    ///   for_each = local.zones
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
    ///   for_each = local.zones
    ///
    ///   subnet_id      = aws_subnet.app[each.key].id
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
    /// resource "aws_subnet" "inspection" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.2.0/24"
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
    /// Where every inspected subnet is in the one zone of the endpoint. Where another endpoint of the service, or one of which the service or the subnet is not known, may be in the zone; `gwlbe-cross-az-route` says where a nearer one is not used. Where a zone, a route table or the default route is not known. An endpoint that another configuration has in the zone cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html>
    /// - <https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-two-zone-igw.html>
    pub(crate) static GWLBE_NOT_PER_AZ = {
        name: "gwlbe-not-per-az",
        summary: "An availability zone whose traffic is inspected has no inspection endpoint",
        category: Resilience,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let without: Vec<Inspected<'_, '_>> =
        inspected(network).into_iter().filter(|of| endpoints_near(network, of).is_no()).collect();
    let mut seen: Vec<Span> = Vec::new();
    for of in &without {
        let Some(inspector) = of.by.instance(network) else { continue };
        // One inspector is one finding, however many subnets it is far from.
        if seen.contains(&inspector.header) {
            continue;
        }
        seen.push(inspector.header);
        let same = without.iter().filter(|other| {
            other.by.instance(network).is_some_and(|other| other.header == inspector.header)
        });
        let mut zones: Vec<String> = Vec::new();
        for other in same {
            let name = match other.subnet.zone.value.as_str() {
                Some(zone) => format!("`{zone}`"),
                None => format!("the zone of `{}`", other.subnet.instance.address),
            };
            if !zones.contains(&name) {
                zones.push(name);
            }
        }
        report(cx, network, of, &zones);
    }
}

/// Whether an endpoint that could inspect the traffic of a subnet is in the subnet's zone.
fn endpoints_near(network: &Network<'_>, of: &Inspected<'_, '_>) -> Tri {
    let near = |subnets: Option<Vec<SubnetId>>| match subnets {
        Some(subnets) => Tri::any(subnets.iter().map(|id| network.same_zone(*id, of.subnet.id))),
        None => Tri::Unknown,
    };
    let Inspector::Endpoint(used) = of.by else { return near(of.by.subnets(network)) };
    let Some(used) = network.endpoint(used) else { return Tri::Unknown };
    let others = network.endpoints.iter().filter(|other| {
        let is_other_kind = !is_of_appliances(other) && other.known_type().is_some();
        let answers = [
            other.service_name.value.equals(&used.service_name.value),
            network.same_vpc(&other.vpc, &used.vpc),
        ];
        !is_other_kind && !Tri::all(answers).is_no()
    });
    Tri::any(others.map(|other| near(Inspector::Endpoint(other.id).subnets(network))))
}

fn report(cx: &Cx<'_>, network: &Network<'_>, of: &Inspected<'_, '_>, zones: &[String]) {
    let Some(inspector) = of.by.instance(network) else { return };
    let what = match of.by {
        Inspector::Endpoint(_) => "endpoint",
        Inspector::Firewall(_) => "firewall",
    };
    let zones = zones.join(" and ");
    let message = format!(
        "traffic from {zones} goes to another availability zone for inspection: the {what} `{}` is not there",
        inspector.address,
    );
    let help = match of.by {
        Inspector::Endpoint(_) => format!("add an endpoint in {zones} and route its subnets to it"),
        Inspector::Firewall(_) => {
            format!("add a `subnet_mapping` in {zones} and route its subnets to that endpoint")
        }
    };
    cx.report(inspector, inspector.header, message)
        .label("in another zone only")
        .evidence(of.subnet.instance.header, "its traffic crosses zones")
        .evidence(of.route.span, "by this route")
        .help(help)
        .confidence(Confidence::Likely);
}
