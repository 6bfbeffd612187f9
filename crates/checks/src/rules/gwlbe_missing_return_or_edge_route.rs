//! `gwlbe-missing-return-or-edge-route`.

use privatelint_diagnostics::{Annotation, Confidence, Span};
use privatelint_evaluator::{Tri, Value};
use privatelint_network::addresses::Family;
use privatelint_network::resources::{InternetGatewayId, RouteTable, Subnet, Target};
use privatelint_network::{Leads, Network, Ref, To};

use crate::context::Cx;
use crate::inspection::{Inspected, Inspector, default_of, inspected};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds inspection of internet traffic with one of its three legs missing: a subnet sends its traffic through a Gateway Load Balancer endpoint or a firewall, and
    ///
    /// - the endpoint's subnet has no route out of the VPC, or
    /// - the internet gateway behind it has no route table that leads traffic for that subnet back through the endpoint.
    ///
    /// ## Why is this bad
    ///
    /// Without a route in the endpoint's subnet, everything is dropped after inspection. Without the route at the internet gateway, answers reach the subnet directly, past the inspection. The appliance sees only half of each connection: stateful rules drop it, and requests from outside are not inspected at all. AWS does not support asymmetric routing through a firewall.
    ///
    /// ## Examples
    ///
    /// The way out is inspected, the way in is not:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "web" {
    ///   vpc_id                  = aws_vpc.main.id
    ///   cidr_block              = "10.0.0.0/24"
    ///   map_public_ip_on_launch = true
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
    /// resource "aws_route_table" "web" {
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
    /// resource "aws_route_table_association" "web" {
    ///   subnet_id      = aws_subnet.web.id
    ///   route_table_id = aws_route_table.web.id
    /// }
    ///
    /// resource "aws_route_table_association" "inspection" {
    ///   subnet_id      = aws_subnet.inspection.id
    ///   route_table_id = aws_route_table.inspection.id
    /// }
    /// ```
    ///
    /// The subnets of a firewall have no default route:
    ///
    /// ```hcl,fires
    /// locals {
    ///   tiers = { app = "10.0.0.0/24", firewall = "10.0.1.0/28" }
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "this" {
    ///   for_each = local.tiers
    ///
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = each.value
    /// }
    ///
    /// resource "aws_networkfirewall_firewall" "main" {
    ///   name                = "main"
    ///   vpc_id              = aws_vpc.main.id
    ///   firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/main"
    ///
    ///   subnet_mapping {
    ///     subnet_id = aws_subnet.this["firewall"].id
    ///   }
    /// }
    ///
    /// resource "aws_route_table" "this" {
    ///   for_each = local.tiers
    ///
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route" "app" {
    ///   route_table_id         = aws_route_table.this["app"].id
    ///   destination_cidr_block = "0.0.0.0/0"
    ///   vpc_endpoint_id        = tolist(aws_networkfirewall_firewall.main.firewall_status[0].sync_states)[0].attachment[0].endpoint_id
    /// }
    ///
    /// resource "aws_route_table_association" "this" {
    ///   for_each = local.tiers
    ///
    ///   subnet_id      = aws_subnet.this[each.key].id
    ///   route_table_id = aws_route_table.this[each.key].id
    /// }
    /// ```
    ///
    /// Instead, associate a route table with the internet gateway:
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
    /// resource "aws_subnet" "web" {
    ///   vpc_id                  = aws_vpc.main.id
    ///   cidr_block              = "10.0.0.0/24"
    ///   map_public_ip_on_launch = true
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
    /// resource "aws_route_table" "web" {
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
    /// resource "aws_route_table" "edge" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block      = aws_subnet.web.cidr_block
    ///     vpc_endpoint_id = aws_vpc_endpoint.inspection.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "web" {
    ///   subnet_id      = aws_subnet.web.id
    ///   route_table_id = aws_route_table.web.id
    /// }
    ///
    /// resource "aws_route_table_association" "inspection" {
    ///   subnet_id      = aws_subnet.inspection.id
    ///   route_table_id = aws_route_table.inspection.id
    /// }
    ///
    /// resource "aws_route_table_association" "edge" {
    ///   gateway_id     = aws_internet_gateway.main.id
    ///   route_table_id = aws_route_table.edge.id
    /// }
    /// ```
    ///
    /// The routes of the internet gateway are not known:
    ///
    /// ```hcl,silent
    /// variable "edge_routes" {
    ///   type = map(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "web" {
    ///   vpc_id                  = aws_vpc.main.id
    ///   cidr_block              = "10.0.0.0/24"
    ///   map_public_ip_on_launch = true
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
    /// resource "aws_route_table" "web" {
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
    /// resource "aws_route_table" "edge" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route" "edge" {
    ///   for_each = var.edge_routes
    ///
    ///   route_table_id         = aws_route_table.edge.id
    ///   destination_cidr_block = each.key
    ///   vpc_endpoint_id        = each.value
    /// }
    ///
    /// resource "aws_route_table_association" "web" {
    ///   subnet_id      = aws_subnet.web.id
    ///   route_table_id = aws_route_table.web.id
    /// }
    ///
    /// resource "aws_route_table_association" "inspection" {
    ///   subnet_id      = aws_subnet.inspection.id
    ///   route_table_id = aws_route_table.inspection.id
    /// }
    ///
    /// resource "aws_route_table_association" "edge" {
    ///   gateway_id     = aws_internet_gateway.main.id
    ///   route_table_id = aws_route_table.edge.id
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For an endpoint whose subnet leads on to a NAT gateway or a transit gateway: there answers come back on the same way, or another network decides. For an endpoint whose subnet has routes to other networks but no default route: it inspects what goes between those. Where the endpoint is in the subnet that it inspects, which `gwlbe-in-protected-subnet` reports. Where a route table, one of its routes or its association is not known, and where a module that was not read is given one of them. Another configuration can add routes, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html>
    /// - <https://docs.aws.amazon.com/network-firewall/latest/developerguide/asymmetric-routing.html>
    /// - <https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/getting-started.html>
    pub(crate) static GWLBE_MISSING_RETURN_OR_EDGE_ROUTE = {
        name: "gwlbe-missing-return-or-edge-route",
        summary: "Traffic is inspected in one direction only, or has no way on after inspection",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut seen: Vec<Span> = Vec::new();
    for of in inspected(network) {
        let Some(subnets) = of.by.subnets(network) else { continue };
        if subnets.contains(&of.subnet.id) {
            continue;
        }
        for own in subnets.iter().filter_map(|id| network.subnet(*id)) {
            let Some(onward) = default_of(network, own.id) else { continue };
            let Some(route) = onward.route else {
                // With routes to other networks it inspects what goes between those.
                let is_bare = onward.table.routes.is_empty();
                if is_bare && !seen.contains(&own.instance.header) {
                    seen.push(own.instance.header);
                    report_dead_end(cx, network, &of, own, onward.table);
                }
                break;
            };
            let Target::Internet(Ref::Managed(gateway)) = &route.target else { continue };
            let back = way_back(network, *gateway, of.subnet);
            if back.is.is_no() && !seen.contains(&of.route.span) {
                seen.push(of.route.span);
                report_asymmetric(cx, network, &of, *gateway, back.evidence);
            }
            break;
        }
    }
}

/// Whether an internet gateway sends what is for a subnet to an inspector; the evidence is where it does not.
struct WayBack {
    is: Tri,
    evidence: Option<Annotation>,
}

fn way_back(network: &Network<'_>, gateway: InternetGatewayId, subnet: &Subnet<'_>) -> WayBack {
    let none = WayBack { is: Tri::No, evidence: None };
    let unknown = WayBack { is: Tri::Unknown, evidence: None };
    let Some(instance) = network.internet_gateway(gateway).map(|gateway| gateway.instance) else {
        return unknown;
    };
    if !network.unseen(&subnet.vpc).is_empty() {
        return unknown;
    }
    for table in &network.route_tables {
        for association in &table.associations {
            let named = association.by.body.get("gateway_id").unwrap_or(&Value::Null);
            if named.is_null() {
                continue;
            }
            let mut addresses = Vec::new();
            named.for_each_address(&mut |address| addresses.push(address.clone()));
            if !addresses.is_empty() && !addresses.contains(&instance.address) {
                continue;
            }
            if addresses.is_empty() || !association.there.is_yes() {
                return unknown;
            }
            // How specific a route is decides, which only written blocks tell.
            let blocks = table.routes.iter().map(|route| &route.destination);
            let mut blocks = blocks.chain([&subnet.cidr_block.value]);
            if !blocks.all(Value::is_known) {
                return unknown;
            }
            let to = To::Addresses(network.addresses_in(subnet.id, Family::V4));
            let next = network.next_hop(table.id, &to);
            let inspector = next.target.target().and_then(|to| Inspector::of(network, to));
            return match (inspector, next.target, next.there) {
                (Some(_), _, _) => WayBack { is: Tri::Yes, evidence: None },
                (None, Leads::Local | Leads::Nothing, Tri::Yes) => WayBack {
                    is: Tri::No,
                    evidence: Some(Annotation::new(
                        table.instance.header,
                        "the gateway's table, without a route for the subnet",
                    )),
                },
                _ => unknown,
            };
        }
    }
    none
}

fn report_dead_end(
    cx: &Cx<'_>,
    network: &Network<'_>,
    of: &Inspected<'_, '_>,
    own: &Subnet<'_>,
    table: &RouteTable<'_>,
) {
    let Some(inspector) = of.by.instance(network) else { return };
    let message = format!(
        "what `{}` sends to `{}` is dropped after inspection: `{}` has local routes only",
        of.subnet.instance.address, inspector.address, own.instance.address,
    );
    cx.report(own.instance, own.instance.header, message)
        .label("no way on from here")
        .evidence(table.instance.header, "its route table")
        .evidence(of.route.span, "sends traffic here")
        .help("add a default route to an internet gateway, a NAT gateway or a transit gateway to the subnet's route table")
        .unless_completed_elsewhere();
}

fn report_asymmetric(
    cx: &Cx<'_>,
    network: &Network<'_>,
    of: &Inspected<'_, '_>,
    gateway: InternetGatewayId,
    evidence: Option<Annotation>,
) {
    let Some(gateway) = network.internet_gateway(gateway).map(|gateway| gateway.instance) else {
        return;
    };
    let message = format!(
        "traffic of `{}` is inspected on its way out only: `{}` sends answers to the subnet directly",
        of.subnet.instance.address, gateway.address,
    );
    let mut report = cx
        .report(of.subnet.instance, of.route.span, message)
        .label("the way out is inspected")
        .evidence(gateway.header, "the way in is not")
        .help("associate a route table with the internet gateway (`gateway_id`) that leads the subnet's CIDR block to the same endpoint")
        .confidence(Confidence::Likely);
    if let Some(place) = evidence {
        report = report.evidence(place.span, place.message);
    }
    drop(report);
}
