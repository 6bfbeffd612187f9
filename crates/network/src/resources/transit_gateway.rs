//! Transit gateways with their attachments and route tables.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri, Value};

use super::{
    PrefixListId, SubnetId, TransitGatewayAttachmentId, TransitGatewayId,
    TransitGatewayRouteTableId, VpcId, VpnGatewayId,
};
use crate::answer::tidy;
use crate::argument::agree;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::{add_owned, inline};
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Flag, Members, Ref};

/// `aws_ec2_transit_gateway`.
#[derive(Debug)]
pub struct TransitGateway<'a> {
    /// Its id in the network.
    pub id: TransitGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Whether attachments are associated with its default route table unless they say otherwise.
    pub default_association: Tri,
    /// Whether attachments propagate to its default route table unless they say otherwise.
    pub default_propagation: Tri,
    /// `dns_support`: whether public names of instances in one attached VPC have their private addresses in the others.
    pub dns_support: Tri,
}

/// Something that is attached to a transit gateway.
#[derive(Debug)]
pub struct TransitGatewayAttachment<'a> {
    /// Its id in the network.
    pub id: TransitGatewayAttachmentId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// What it is.
    pub kind: AttachmentKind,
    /// The transit gateway; absent for a VPN connection or an association of a virtual private gateway.
    pub gateway: Ref<TransitGatewayId>,
    /// The VPC, of an attachment of one; otherwise absent.
    pub vpc: Ref<VpcId>,
    /// The subnets with its network interfaces.
    pub subnets: Members<'a, SubnetId>,
    /// Whether it is associated with the default route table of the transit gateway; that of the gateway if it says nothing.
    pub default_association: Tri,
    /// Whether it propagates to the default route table of the transit gateway; that of the gateway if it says nothing.
    pub default_propagation: Tri,
    /// The route tables with which a resource associates it; one at most.
    pub associations: Members<'a, TransitGatewayRouteTableId>,
    /// The route tables to which a resource lets it propagate its routes.
    pub propagations: Members<'a, TransitGatewayRouteTableId>,
}

/// What is attached to a transit gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttachmentKind {
    /// A VPC.
    Vpc,
    /// Another transit gateway.
    Peering,
    /// An appliance, over another attachment.
    Connect,
    /// A VPN connection.
    Vpn,
    /// A Direct Connect gateway.
    DirectConnect,
}

/// `aws_ec2_transit_gateway_route_table`.
#[derive(Debug)]
pub struct TransitGatewayRouteTable<'a> {
    /// Its id in the network.
    pub id: TransitGatewayRouteTableId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The transit gateway.
    pub gateway: Ref<TransitGatewayId>,
    /// Its static routes.
    pub routes: Vec<TransitGatewayRoute<'a>>,
    /// Why there may be more static routes.
    pub route_doubts: Vec<Doubt>,
    /// The attachments whose traffic it routes.
    pub associations: Members<'a, TransitGatewayAttachmentId>,
    /// The attachments that add routes to themselves.
    pub propagations: Members<'a, TransitGatewayAttachmentId>,
}

/// `aws_ec2_transit_gateway_route` or `aws_ec2_transit_gateway_prefix_list_reference`.
#[derive(Debug, Clone)]
pub struct TransitGatewayRoute<'a> {
    /// Whether it is certainly a route of the table.
    pub there: Tri,
    /// The CIDR block; `Null` if it has a prefix list.
    pub destination: Value,
    /// The prefix list.
    pub prefix_list: Ref<PrefixListId>,
    /// The attachment to which it sends; absent for one that drops what it matches.
    pub attachment: Ref<TransitGatewayAttachmentId>,
    /// Whether it drops what it matches.
    pub blackhole: Tri,
    /// The table as the route names it: also one that is not declared, such as the default one of a transit gateway.
    pub table: Value,
    /// The header of the route.
    pub span: Span,
    /// The resource instance.
    pub by: &'a Instance,
}

pub(crate) fn transit_gateways<'a>(graph: &Graph<'a>) -> Vec<TransitGateway<'a>> {
    let instances = graph.with_role(Role::TransitGateway).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let enabled = |name| is_enabled(&Argument::of(&instance.body, name));
            TransitGateway {
                id: TransitGatewayId::at(at),
                instance,
                default_association: enabled("default_route_table_association"),
                default_propagation: enabled("default_route_table_propagation"),
                dns_support: enabled("dns_support"),
            }
        })
        .collect()
}

/// Whether an argument says `enable`, which is what it is if it is left out.
fn is_enabled(argument: &Argument) -> Tri {
    agree(argument.value.alternatives().iter().map(|value| match value {
        Value::Null => Tri::Yes,
        value => value.equals(&Value::string("enable")),
    }))
}

pub(crate) fn attachments<'a>(
    graph: &Graph<'a>,
    gateways: &[TransitGateway<'a>],
) -> Vec<TransitGatewayAttachment<'a>> {
    let role = |role| graph.with_role(role).iter().copied();
    let associations = ByOwner::new(graph, role(Role::TransitAssociation), ATTACHMENT);
    let propagations = ByOwner::new(graph, role(Role::TransitPropagation), ATTACHMENT);
    let instances = graph.with_role(Role::TransitGatewayAttachment).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = TransitGatewayAttachmentId::at(at);
            let kind = kind(instance);
            let gateway = gateway(graph, instance, kind);
            let of_gateway = gateway.managed().and_then(|id| gateways.get(id.index()));
            let default = |argument: &str, of_gateway: Option<Tri>| {
                let own = Flag::of(&instance.body, argument, true);
                // What it says counts; a transit gateway from elsewhere is set up as nobody here knows.
                if own.unset.is_no() {
                    own.is
                } else {
                    own.is.and(of_gateway.unwrap_or(Tri::Unknown))
                }
            };
            let mut associated = empty();
            add_owned(&mut associated, graph, &associations, TABLE, id);
            let mut propagated = empty();
            add_owned(&mut propagated, graph, &propagations, TABLE, id);
            TransitGatewayAttachment {
                id,
                instance,
                kind,
                vpc: graph.resolve(&Argument::of(&instance.body, "vpc_id").value),
                subnets: inline(graph, instance, "subnet_ids"),
                default_association: default(
                    "transit_gateway_default_route_table_association",
                    of_gateway.map(|gateway| gateway.default_association),
                ),
                default_propagation: default(
                    "transit_gateway_default_route_table_propagation",
                    of_gateway.map(|gateway| gateway.default_propagation),
                ),
                gateway,
                associations: associated,
                propagations: propagated,
            }
        })
        .collect()
}

fn kind(instance: &Instance) -> AttachmentKind {
    match instance.address.kind.as_str() {
        "aws_dx_gateway_association" => AttachmentKind::DirectConnect,
        "aws_ec2_transit_gateway_connect" => AttachmentKind::Connect,
        "aws_ec2_transit_gateway_peering_attachment" => AttachmentKind::Peering,
        "aws_vpn_connection" => AttachmentKind::Vpn,
        _ => AttachmentKind::Vpc,
    }
}

fn gateway(graph: &Graph<'_>, instance: &Instance, kind: AttachmentKind) -> Ref<TransitGatewayId> {
    let argument = match kind {
        AttachmentKind::DirectConnect => "associated_gateway_id",
        _ => "transit_gateway_id",
    };
    let value = Argument::of(&instance.body, argument).value;
    // A Direct Connect gateway is associated with either kind of gateway.
    let of_vpc: Ref<VpnGatewayId> = graph.resolve(&value);
    if of_vpc.managed().is_some() { Ref::Absent } else { graph.resolve(&value) }
}

/// The arguments by which associations, propagations and routes name both ends.
const ATTACHMENT: &str = "transit_gateway_attachment_id";
const TABLE: &str = "transit_gateway_route_table_id";

fn empty<'a, I>() -> Members<'a, I> {
    Members { items: Vec::new(), doubts: Vec::new(), span: None }
}

pub(crate) fn transit_gateway_route_tables<'a>(
    graph: &Graph<'a>,
) -> Vec<TransitGatewayRouteTable<'a>> {
    let role = |role| graph.with_role(role).iter().copied();
    let routes = ByOwner::new(graph, role(Role::TransitRoute), TABLE);
    let associations = ByOwner::new(graph, role(Role::TransitAssociation), TABLE);
    let propagations = ByOwner::new(graph, role(Role::TransitPropagation), TABLE);
    let instances = graph.with_role(Role::TransitGatewayRouteTable).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = TransitGatewayRouteTableId::at(at);
            let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
            let given: Vec<Doubt> = modules.map(|module| module.doubt()).collect();
            let mut route_doubts = given.clone();
            let own = routes.of(graph, id).into_iter().map(|(by, linked)| {
                route_doubts.extend(linked.doubt.flatten());
                route(graph, by, linked.there)
            });
            let own = own.collect();
            let mut associated = empty();
            add_owned(&mut associated, graph, &associations, ATTACHMENT, id);
            associated.doubts.extend(given.iter().cloned());
            let mut propagated = empty();
            add_owned(&mut propagated, graph, &propagations, ATTACHMENT, id);
            propagated.doubts.extend(given);
            TransitGatewayRouteTable {
                id,
                instance,
                gateway: graph.resolve(&Argument::of(&instance.body, "transit_gateway_id").value),
                routes: own,
                route_doubts: tidy(route_doubts),
                associations: associated,
                propagations: propagated,
            }
        })
        .collect()
}

/// The routes of tables that are not declared: the default ones of transit gateways, and those from elsewhere.
pub(crate) fn other_transit_gateway_routes<'a>(graph: &Graph<'a>) -> Vec<TransitGatewayRoute<'a>> {
    let routes = graph.with_role(Role::TransitRoute).iter().copied();
    let of_other = routes.filter(|by| {
        let table =
            graph.resolve::<TransitGatewayRouteTableId>(&Argument::of(&by.body, TABLE).value);
        matches!(table, Ref::External(_))
    });
    of_other.map(|by| route(graph, by, crate::graph::exists(by))).collect()
}

fn route<'a>(graph: &Graph<'a>, by: &'a Instance, there: Tri) -> TransitGatewayRoute<'a> {
    TransitGatewayRoute {
        there,
        destination: Argument::of(&by.body, "destination_cidr_block").value,
        prefix_list: graph.resolve(&Argument::of(&by.body, "prefix_list_id").value),
        attachment: graph.resolve(&Argument::of(&by.body, ATTACHMENT).value),
        blackhole: Flag::of(&by.body, "blackhole", false).is,
        table: Argument::of(&by.body, TABLE).value,
        span: by.header,
        by,
    }
}
