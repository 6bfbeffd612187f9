//! The networks of a root as a picture.

use std::collections::BTreeSet;

use privatelint_diagnostics::Diagnostic;
use privatelint_diagnostics::diagram::{Diagram, EdgeKind, NodeKind, Way};
use privatelint_diagnostics::paths::Sign;
use privatelint_evaluator::{Tri, Unknown, Value};
use privatelint_network::path::Kind;
use privatelint_network::resources::{Endpoint, EndpointType, RouteTable, Subnet};
use privatelint_network::{Members, Network};

use super::exits::{self, INTERNET};
use super::nodes::Canvas;
use super::places::{Place, places};
use super::{services, ways};

pub(super) fn root(
    name: &str,
    network: &Network<'_>,
    findings: &[Diagnostic],
    asked: &BTreeSet<&'static str>,
) -> Diagram {
    let mut canvas = Canvas::new(name, findings);
    for place in places(network) {
        let has_endpoints = place.endpoints(network).next().is_some();
        if !place.subnets.is_empty() || has_endpoints {
            draw(&mut canvas, network, &place, asked);
        }
    }
    canvas.diagram
}

fn draw(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    place: &Place<'_, '_>,
    asked: &BTreeSet<&'static str>,
) {
    let frame = match place.vpc {
        Some(vpc) => canvas.resource(NodeKind::Network, "VPC", vpc.instance, None),
        None => canvas.other(NodeKind::Network, "VPC", &place.name, None),
    };
    canvas.detail(frame, place.detail());
    let subnets = subnets(canvas, place, frame);
    tables(canvas, network, place, frame, &subnets);
    for nat in &network.nat_gateways {
        let Some(node) = canvas.of(&nat.instance.address) else { continue };
        for subnet in nat.subnet.candidates() {
            leads_out(canvas, subnets_node(&subnets, subnet.index()), node);
        }
    }
    let mut ends: Vec<(&'static str, usize)> = Vec::new();
    for endpoint in place.endpoints(network) {
        self::endpoint(canvas, network, endpoint, frame, &subnets, &mut ends);
    }
    for it in &network.transit_gateway_attachments {
        if let Some(node) = canvas.of(&it.instance.address) {
            interfaces(canvas, node, &it.subnets, &subnets);
        }
    }
    for it in &network.firewalls {
        if let Some(node) = canvas.of(&it.instance.address) {
            interfaces(canvas, node, &it.subnets, &subnets);
        }
    }
    let mut wanted = services::of_interest(network, place);
    wanted.extend(asked);
    for service in wanted {
        if !ends.iter().any(|(name, _)| *name == service) {
            ends.push((service, canvas.other(NodeKind::Service, "service", service, None)));
        }
    }
    for (subnet, node) in &subnets {
        for (service, end) in &ends {
            way(canvas, network, (subnet, *node), (service, *end));
        }
    }
}

/// A subnet with its node.
type Drawn<'n, 'a> = (&'n Subnet<'a>, usize);

fn subnets_node(subnets: &[Drawn<'_, '_>], index: usize) -> Option<usize> {
    subnets.iter().find(|(subnet, _)| subnet.id.index() == index).map(|(_, node)| *node)
}

/// Draws the zones with the subnets in them.
fn subnets<'n, 'a>(
    canvas: &mut Canvas<'_>,
    place: &Place<'n, 'a>,
    frame: usize,
) -> Vec<Drawn<'n, 'a>> {
    let mut zones: Vec<(String, usize)> = Vec::new();
    let mut names: Vec<String> = place.subnets.iter().map(|subnet| zone(subnet)).collect();
    names.sort();
    names.dedup();
    for name in names {
        let node = match name.as_str() {
            "" => frame,
            name => canvas.other(NodeKind::Zone, "availability zone", name, Some(frame)),
        };
        zones.push((name, node));
    }
    let mut drawn = Vec::new();
    for subnet in &place.subnets {
        let name = zone(subnet);
        let parent = zones.iter().find(|(zone, _)| *zone == name).map_or(frame, |(_, node)| *node);
        let node = canvas.resource(NodeKind::Subnet, "subnet", subnet.instance, Some(parent));
        canvas.detail(node, subnet.cidr_block.value.as_str().unwrap_or_default());
        drawn.push((*subnet, node));
    }
    drawn
}

/// What the zone of a subnet is called: its name, or where the code takes it from.
fn zone(subnet: &Subnet<'_>) -> String {
    let value =
        if subnet.zone.value.is_null() { &subnet.zone_id.value } else { &subnet.zone.value };
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        Value::Unknown(Unknown::Data(attribute) | Unknown::Computed(attribute)) => {
            format!("{}.{}", attribute.of.name, attribute.path)
        }
        Value::Unknown(Unknown::Variable(name)) => format!("var.{name}"),
        _ => "zone not known".to_owned(),
    }
}

/// Draws the route tables that are declared in the VPC or used by its subnets, with their routes.
fn tables(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    place: &Place<'_, '_>,
    frame: usize,
    subnets: &[Drawn<'_, '_>],
) {
    let used: Vec<_> = subnets.iter().map(|(subnet, _)| network.table_of(subnet.id)).collect();
    let is_used = |table: &RouteTable<'_>| {
        used.iter().any(|used| used.table.candidates().contains(&table.id))
    };
    let declared = network.route_tables.iter().filter(|it| place.holds(network, &it.vpc));
    let implicit = network.implicit_tables.iter().filter(|it| is_used(it));
    for table in declared.chain(implicit) {
        let node = if table.is_implicit {
            let node = canvas.other(NodeKind::RouteTable, "route table", "main table", Some(frame));
            canvas.detail(node, "as AWS makes it");
            node
        } else {
            let word = "route table";
            canvas.resource(NodeKind::RouteTable, word, table.instance, Some(frame))
        };
        for ((_, subnet), used) in subnets.iter().zip(&used) {
            if used.table.candidates().contains(&table.id) {
                let certain = used.table.managed().is_some() && used.doubts.is_empty();
                let there = if certain { Tri::Yes } else { Tri::Unknown };
                let span = used.evidence.first().map(|it| it.span);
                canvas.edge(EdgeKind::Uses, (*subnet, node), "", span, there);
            }
        }
        for route in &table.routes {
            exits::route(canvas, network, place, node, frame, route);
        }
    }
}

/// What is in a subnet leads to where the subnet's own table leads.
fn leads_out(canvas: &mut Canvas<'_>, subnet: Option<usize>, node: usize) {
    let Some(subnet) = subnet else { return };
    canvas.edge(EdgeKind::In, (node, subnet), "", None, Tri::Yes);
    let edges = &canvas.diagram.edges;
    let tables = edges.iter().filter(|it| it.from == subnet && it.kind == EdgeKind::Uses);
    let exits: Vec<usize> = tables
        .flat_map(|uses| edges.iter().filter(move |it| it.from == uses.to))
        .filter(|it| it.kind == EdgeKind::Route && it.to != node)
        .map(|it| it.to)
        .filter(|to| canvas.diagram.nodes.get(*to).is_some_and(|it| it.word == "internet gateway"))
        .collect();
    for exit in exits {
        canvas.edge(EdgeKind::LeadsTo, (node, exit), "", None, Tri::Yes);
    }
}

/// Draws an endpoint, where it is, and the service that it leads to.
fn endpoint(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
    frame: usize,
    subnets: &[Drawn<'_, '_>],
    ends: &mut Vec<(&'static str, usize)>,
) {
    let (kind, word) = match endpoint.known_type() {
        Some(EndpointType::Gateway) => (NodeKind::GatewayEndpoint, "gateway endpoint"),
        Some(EndpointType::Interface) => (NodeKind::InterfaceEndpoint, "interface endpoint"),
        Some(EndpointType::GatewayLoadBalancer) => {
            (NodeKind::Gateway, "Gateway Load Balancer endpoint")
        }
        Some(EndpointType::Resource) => (NodeKind::InterfaceEndpoint, "resource endpoint"),
        Some(EndpointType::ServiceNetwork) => {
            (NodeKind::InterfaceEndpoint, "service network endpoint")
        }
        None => (NodeKind::InterfaceEndpoint, "endpoint of a type that is not known"),
    };
    let node = canvas.resource(kind, word, endpoint.instance, Some(frame));
    canvas.detail(node, word);
    let name = endpoint.service.service.filter(|service| !service.is_endpoint_service());
    for table in &endpoint.route_tables.items {
        for id in table.target.candidates() {
            let declared = network.route_table(id).filter(|table| !table.is_implicit);
            let drawn = declared.and_then(|table| canvas.of(&table.instance.address));
            if let Some(drawn) = drawn {
                let label = name.map_or("prefix list", |service| service.short_name.as_str());
                canvas.edge(EdgeKind::Route, (drawn, node), label, Some(table.span), table.there);
            }
        }
    }
    interfaces(canvas, node, &endpoint.subnets, subnets);
    match name.map(|service| service.short_name.as_str()) {
        Some(service) => {
            let end = match ends.iter().find(|(name, _)| *name == service) {
                Some((_, end)) => *end,
                None => {
                    let end = canvas.other(NodeKind::Service, "service", service, None);
                    ends.push((service, end));
                    end
                }
            };
            canvas.edge(EdgeKind::LeadsTo, (node, end), "", None, Tri::Yes);
        }
        None => {
            let written = endpoint.service_name.value.as_str().unwrap_or("endpoint service");
            let end = canvas.other(NodeKind::Service, "endpoint service", written, None);
            canvas.edge(EdgeKind::LeadsTo, (node, end), "", None, Tri::Yes);
        }
    }
}

/// Draws in which subnets something has network interfaces.
fn interfaces(
    canvas: &mut Canvas<'_>,
    node: usize,
    members: &Members<'_, privatelint_network::resources::SubnetId>,
    subnets: &[Drawn<'_, '_>],
) {
    for member in members.items.iter().filter(|member| member.there != Tri::No) {
        for id in member.target.candidates() {
            if let Some(subnet) = subnets_node(subnets, id.index()) {
                let edge = (node, subnet);
                canvas.edge(EdgeKind::InterfaceIn, edge, "", Some(member.span), member.there);
            }
        }
    }
}

/// Adds the way from a subnet to a service.
fn way(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    (subnet, from): (&Subnet<'_>, usize),
    (service, to): (&str, usize),
) {
    let path = ways::of_subnet(network, subnet, service);
    let cell = ways::cell(&path);
    let mut nodes = vec![from];
    for address in path.hops.iter().filter_map(|hop| hop.address.as_ref()) {
        if let Some(node) = canvas.of(address)
            && !nodes.contains(&node)
            && canvas.diagram.nodes.get(node).is_some_and(|it| it.kind != NodeKind::Network)
        {
            nodes.push(node);
        }
    }
    let open = cell.sign != Sign::Blocked && cell.sign != Sign::Undecided;
    if open {
        if matches!(path.kind, Kind::Nat | Kind::Internet) {
            nodes.push(canvas.shared(NodeKind::Outside, "the internet", INTERNET));
        }
        nodes.push(to);
        nodes = bridged(&canvas.diagram, &nodes);
    }
    let mut word = cell.word.clone();
    let said = [cell.perhaps.map(|it| format!("perhaps {it}")), cell.blocker.clone()];
    for more in said.into_iter().flatten() {
        word.push_str(&format!(", {more}"));
    }
    let mut steps: Vec<_> = path.hops.iter().map(|hop| (hop.what.clone(), hop.span)).collect();
    if let Some(remark) = cell.remark {
        steps.push((remark.because, remark.span));
        if !remark.help.is_empty() {
            steps.push((remark.help, None));
        }
    }
    canvas.diagram.ways.push(Way { from, to, word, open, nodes, steps });
}

/// The nodes of a way with what stands between two of them that no line connects, if one thing does: a gateway, which no step names.
fn bridged(diagram: &Diagram, nodes: &[usize]) -> Vec<usize> {
    let leads = |from: usize, to: usize| {
        let mut edges = diagram.edges.iter();
        edges.any(|edge| edge.from == from && edge.to == to)
    };
    let mut way: Vec<usize> = Vec::with_capacity(nodes.len() + 1);
    for node in nodes.iter().copied() {
        if let Some(before) = way.last().copied()
            && !leads(before, node)
        {
            let exits = diagram.edges.iter().filter(|edge| edge.from == before);
            let between = exits.map(|edge| edge.to).find(|exit| leads(*exit, node));
            way.extend(between.filter(|exit| !nodes.contains(exit)));
        }
        way.push(node);
    }
    way
}
