//! What routes of a picture lead to.

use privatelint_diagnostics::diagram::{EdgeKind, NodeKind};
use privatelint_evaluator::{Instance, Tri, Value};
use privatelint_network::resources::{Route, Target, TransitGatewayId};
use privatelint_network::{Network, Ref};

use super::nodes::Canvas;
use super::places::{Place, described};

/// What the internet is called in a picture.
pub(super) const INTERNET: &str = "internet";

/// Draws a route of a table that is drawn, and what it leads to if that is not drawn yet.
pub(super) fn route(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    place: &Place<'_, '_>,
    table: usize,
    frame: usize,
    route: &Route<'_>,
) {
    if route.there == Tri::No {
        return;
    }
    let label = destination(network, route);
    for target in alternatives(&route.target) {
        let there = if std::ptr::eq(target, &route.target) { route.there } else { Tri::Unknown };
        let Some(node) = exit(canvas, network, place, frame, target) else { continue };
        canvas.edge(EdgeKind::Route, (table, node), &label, Some(route.span), there);
    }
}

fn alternatives(target: &Target) -> Vec<&Target> {
    match target {
        Target::OneOf(targets) => targets.iter().collect(),
        target => vec![target],
    }
}

/// The destination as it is written, shortly.
fn destination(network: &Network<'_>, route: &Route<'_>) -> String {
    match &route.destination {
        Value::String(text) => text.to_string(),
        Value::Unknown(unknown) => {
            let mut found = None;
            unknown.for_each_address(&mut |address| {
                found.get_or_insert_with(|| address.clone());
            });
            let Some(address) = found else { return "destination not known".to_owned() };
            let is_vpc =
                |vpc: &&privatelint_network::resources::Vpc<'_>| vpc.instance.address == address;
            match network.vpcs.iter().find(is_vpc) {
                Some(vpc) => {
                    vpc.cidr_block.value.as_str().map_or_else(|| address.to_string(), str::to_owned)
                }
                None => format!("{}{}", address.name, address.key),
            }
        }
        _ => "destination not known".to_owned(),
    }
}

/// The node that a route's target is. None for what leads nowhere outside.
fn exit(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    place: &Place<'_, '_>,
    frame: usize,
    target: &Target,
) -> Option<usize> {
    let gateway =
        |canvas: &mut Canvas<'_>, word: &str, instance: Option<&Instance>, name: String| {
            let node = match instance {
                Some(instance) => canvas.resource(NodeKind::Gateway, word, instance, Some(frame)),
                None => canvas.other_in(NodeKind::Gateway, word, &name, frame),
            };
            canvas.detail(node, word);
            node
        };
    let node = match target {
        Target::Local => return None,
        Target::Nat(nat) => {
            let declared = nat.managed().and_then(|id| network.nat_gateway(id));
            gateway(canvas, "NAT gateway", declared.map(|it| it.instance), described(nat))
        }
        Target::Internet(gate) => {
            let declared = gate.managed().and_then(|id| network.internet_gateway(id));
            let instance = declared.map(|it| it.instance);
            let node = gateway(canvas, "internet gateway", instance, described(gate));
            to_internet(canvas, node);
            node
        }
        Target::EgressOnly(gate) => {
            let instance = gate
                .managed()
                .and_then(|id| network.egress_only_gateways.get(id.index()).map(|it| it.instance));
            let node = gateway(canvas, "egress-only gateway", instance, described(gate));
            to_internet(canvas, node);
            node
        }
        Target::VpnGateway(gate) => {
            let instance = gate
                .managed()
                .and_then(|id| network.vpn_gateways.get(id.index()).map(|it| it.instance));
            let node = gateway(canvas, "virtual private gateway", instance, described(gate));
            let outside = canvas.shared(NodeKind::Outside, "another network", "on premises");
            canvas.edge(EdgeKind::LeadsTo, (node, outside), "", None, Tri::Yes);
            node
        }
        Target::Carrier(gate) => {
            let instance = gate
                .managed()
                .and_then(|id| network.carrier_gateways.get(id.index()).map(|it| it.instance));
            gateway(canvas, "carrier gateway", instance, described(gate))
        }
        Target::TransitGateway(gate) => transit_gateway(canvas, network, place, frame, gate),
        Target::Peering(peering) => {
            let declared = peering.managed().and_then(|id| network.peerings.get(id.index()));
            match declared {
                Some(it) => {
                    let word = "peering connection";
                    let node = canvas.resource(NodeKind::Outside, word, it.instance, None);
                    canvas.detail(node, word);
                    node
                }
                None => canvas.shared(
                    NodeKind::Outside,
                    "peering connection",
                    &format!("peering {}", described(peering)),
                ),
            }
        }
        Target::Endpoint(endpoint) => {
            let declared = endpoint.managed().and_then(|id| network.endpoint(id));
            let word = "Gateway Load Balancer endpoint";
            gateway(canvas, word, declared.map(|it| it.instance), described(endpoint))
        }
        Target::Firewall(id) => {
            let declared = network.firewalls.get(id.index());
            gateway(canvas, "firewall", declared.map(|it| it.instance), "firewall".to_owned())
        }
        Target::NetworkInterface(_)
        | Target::Instance(_)
        | Target::CoreNetwork(_)
        | Target::LocalGateway(_)
        | Target::OdbNetwork(_) => {
            let word = target.as_str().trim_start_matches("an ").trim_start_matches("a ");
            let name = target.written_address().map(|address| address.to_string());
            gateway(canvas, word, None, name.unwrap_or_else(|| word.to_owned()))
        }
        Target::Gateway(_) => gateway(canvas, "gateway", None, "a gateway".to_owned()),
        Target::OneOf(_) | Target::Unknown => {
            gateway(canvas, "target", None, "not known".to_owned())
        }
    };
    Some(node)
}

/// A line from a gateway to the internet.
fn to_internet(canvas: &mut Canvas<'_>, gateway: usize) {
    let internet = canvas.shared(NodeKind::Outside, "the internet", INTERNET);
    canvas.edge(EdgeKind::LeadsTo, (gateway, internet), "", None, Tri::Yes);
}

/// A transit gateway, behind the attachment through which the VPC reaches it if that is declared.
fn transit_gateway(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    place: &Place<'_, '_>,
    frame: usize,
    gateway: &Ref<TransitGatewayId>,
) -> usize {
    let word = "transit gateway";
    let declared = gateway.managed().and_then(|id| network.transit_gateways.get(id.index()));
    let outside = match declared {
        Some(it) => {
            let node = canvas.resource(NodeKind::Outside, word, it.instance, None);
            canvas.detail(node, word);
            node
        }
        None => canvas.shared(
            NodeKind::Outside,
            word,
            &format!("transit gateway {}", described(gateway)),
        ),
    };
    let attachments = network.transit_gateway_attachments.iter();
    let attachment = attachments
        .filter(|it| it.gateway == *gateway && place.holds(network, &it.vpc))
        .map(|it| it.instance)
        .next();
    let Some(attachment) = attachment else { return outside };
    let node =
        canvas.resource(NodeKind::Gateway, "transit gateway attachment", attachment, Some(frame));
    canvas.detail(node, "transit gateway attachment");
    canvas.edge(EdgeKind::LeadsTo, (node, outside), "", Some(attachment.header), Tri::Yes);
    node
}
