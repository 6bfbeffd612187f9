//! Signs that a VPC is reached from elsewhere: from on premises, or from other VPCs.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Multiplicity, Tri, Unknown, Value};

use super::{RouteTable, SubnetId, Target, VpcId, VpnGatewayId};
use crate::graph::{Graph, exists};
use crate::kinds::Role;
use crate::{Argument, Ref};

/// Something that connects a VPC to somewhere else.
#[derive(Debug)]
pub struct RemoteSide<'a> {
    /// The resource instance.
    pub instance: &'a Instance,
    /// What kind of connection it is.
    pub kind: RemoteKind,
    /// The VPC; [`Ref::Maybe`] where the connection does not say.
    pub vpc: Ref<VpcId>,
    /// Whether it certainly is a connection and there.
    pub there: Tri,
    /// The place to show.
    pub span: Span,
}

/// How a VPC is connected to somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemoteKind {
    /// A virtual private gateway or a VPN connection.
    Vpn,
    /// Direct Connect.
    DirectConnect,
    /// A transit gateway attachment.
    TransitGateway,
    /// A Cloud WAN attachment.
    CloudWan,
    /// VPC peering.
    Peering,
    /// Client VPN.
    ClientVpn,
    /// A Route 53 Resolver endpoint for inbound queries.
    InboundResolver,
}

impl RemoteKind {
    /// What to call it in a sentence.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vpn => "a VPN",
            Self::DirectConnect => "Direct Connect",
            Self::TransitGateway => "a transit gateway",
            Self::CloudWan => "Cloud WAN",
            Self::Peering => "VPC peering",
            Self::ClientVpn => "client VPN",
            Self::InboundResolver => "an inbound resolver endpoint",
        }
    }
}

/// How the VPC of a connection is found.
#[derive(Debug, Clone, Copy)]
enum By {
    /// An argument that holds the VPC's id or ARN.
    Vpc(&'static str),
    /// An argument that holds the id of one of its subnets.
    Subnet(&'static str),
    /// The nested blocks of that type, each with `subnet_id`.
    SubnetBlocks(&'static str),
    /// An argument that holds the id of a virtual private gateway.
    VpnGateway(&'static str),
    /// Nothing in it tells.
    Nothing,
}

/// The connections: the type, the kind, and the ways to its VPCs. One that says several things makes several connections.
const CONNECTIONS: &[(&str, RemoteKind, &[By])] = &[
    (
        "aws_dx_gateway_association",
        RemoteKind::DirectConnect,
        &[By::VpnGateway("associated_gateway_id")],
    ),
    (
        "aws_dx_gateway_association_proposal",
        RemoteKind::DirectConnect,
        &[By::VpnGateway("associated_gateway_id")],
    ),
    (
        "aws_dx_hosted_private_virtual_interface_accepter",
        RemoteKind::DirectConnect,
        &[By::VpnGateway("vpn_gateway_id")],
    ),
    (
        "aws_dx_private_virtual_interface",
        RemoteKind::DirectConnect,
        &[By::VpnGateway("vpn_gateway_id")],
    ),
    ("aws_ec2_client_vpn_endpoint", RemoteKind::ClientVpn, &[By::Vpc("vpc_id")]),
    ("aws_ec2_client_vpn_network_association", RemoteKind::ClientVpn, &[By::Subnet("subnet_id")]),
    ("aws_ec2_transit_gateway_vpc_attachment", RemoteKind::TransitGateway, &[By::Vpc("vpc_id")]),
    ("aws_networkmanager_vpc_attachment", RemoteKind::CloudWan, &[By::Vpc("vpc_arn")]),
    (
        "aws_route53_resolver_endpoint",
        RemoteKind::InboundResolver,
        &[By::SubnetBlocks("ip_address")],
    ),
    (
        "aws_vpc_peering_connection",
        RemoteKind::Peering,
        &[By::Vpc("vpc_id"), By::Vpc("peer_vpc_id")],
    ),
    ("aws_vpc_peering_connection_accepter", RemoteKind::Peering, &[By::Nothing]),
    ("aws_vpn_connection", RemoteKind::Vpn, &[By::VpnGateway("vpn_gateway_id")]),
    ("aws_vpn_gateway", RemoteKind::Vpn, &[By::Vpc("vpc_id")]),
    ("aws_vpn_gateway_attachment", RemoteKind::Vpn, &[By::Vpc("vpc_id")]),
];

/// What connections are in the network.
const ROLES: [Role; 6] = [
    Role::Peering,
    Role::PeeringPart,
    Role::Remote,
    Role::ResolverEndpoint,
    Role::TransitGatewayAttachment,
    Role::VpnGateway,
];

pub(crate) fn remote_sides<'a>(
    graph: &Graph<'a>,
    route_tables: &[RouteTable<'a>],
) -> Vec<RemoteSide<'a>> {
    let mut sides = Vec::new();
    for instance in ROLES.iter().flat_map(|role| graph.with_role(*role)).copied() {
        let Some((_, kind, ways)) =
            CONNECTIONS.iter().find(|(name, _, _)| *name == instance.address.kind)
        else {
            continue;
        };
        // Only resolver endpoints have a direction; one for outbound queries is no way in.
        let inbound = Argument::of(&instance.body, "direction");
        let there = if inbound.unset().is_yes() { Tri::Yes } else { inbound.is("INBOUND") };
        let there = there.and(exists(instance));
        if there.is_no() {
            continue;
        }
        for vpc in ways.iter().flat_map(|way| vpcs(graph, instance, *way)) {
            sides.push(RemoteSide { instance, kind: *kind, vpc, there, span: instance.header });
        }
    }
    for table in route_tables {
        for route in &table.routes {
            let target = match &route.target {
                Target::OneOf(targets) => targets.first().unwrap_or(&Target::Unknown),
                target => target,
            };
            let kind = match target {
                Target::CoreNetwork(_) => RemoteKind::CloudWan,
                Target::TransitGateway(_) => RemoteKind::TransitGateway,
                Target::Peering(_) => RemoteKind::Peering,
                _ => continue,
            };
            sides.push(RemoteSide {
                instance: route.by,
                kind,
                vpc: table.vpc.clone(),
                there: route.there.and(exists(table.instance)),
                span: route.span,
            });
        }
    }
    sides.sort_by(|a, b| (&a.instance.address, a.span).cmp(&(&b.instance.address, b.span)));
    sides
}

fn vpcs(graph: &Graph<'_>, instance: &Instance, way: By) -> Vec<Ref<VpcId>> {
    let unknown =
        |argument: &str| Ref::Maybe(Unknown::attribute(instance.address.clone(), argument));
    let found = match way {
        By::Vpc(argument) => graph.resolve(&Argument::of(&instance.body, argument).value),
        By::Subnet(argument) => vpc_of_subnet(graph, &Argument::of(&instance.body, argument).value),
        By::SubnetBlocks(kind) => {
            let blocks = instance.body.nested(kind);
            let first = blocks.iter().find(|block| block.multiplicity == Multiplicity::One);
            first.map_or(Ref::Absent, |block| {
                vpc_of_subnet(graph, &Argument::of(&block.body, "subnet_id").value)
            })
        }
        By::VpnGateway(argument) => {
            let gateway = graph.resolve(&Argument::of(&instance.body, argument).value);
            vpc_of_vpn_gateway(graph, &gateway)
        }
        By::Nothing => Ref::Absent,
    };
    // A connection that does not tell its VPC may be any VPC's.
    vec![if found == Ref::Absent { unknown("vpc_id") } else { found }]
}

fn vpc_of_vpn_gateway(graph: &Graph<'_>, gateway: &Ref<VpnGatewayId>) -> Ref<VpcId> {
    match gateway.managed().and_then(|gateway| graph.instance(gateway)) {
        Some(gateway) => graph.resolve(&Argument::of(&gateway.body, "vpc_id").value),
        None => Ref::Absent,
    }
}

fn vpc_of_subnet(graph: &Graph<'_>, id: &Value) -> Ref<VpcId> {
    match graph.resolve::<SubnetId>(id) {
        Ref::Managed(subnet) => {
            graph.instance(subnet).map_or(Ref::Absent, |subnet| graph.vpc_of(subnet))
        }
        // A subnet from elsewhere is in a VPC from elsewhere.
        Ref::External(value) => Ref::External(Value::Unknown(Unknown::derived([&value]))),
        _ => Ref::Absent,
    }
}
