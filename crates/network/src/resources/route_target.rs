//! What routes send to.

use privatelint_evaluator::{Address, Tri, Unknown, Value};

use super::route_table::Given;
use super::{
    CarrierGatewayId, EgressOnlyGatewayId, EndpointId, FirewallId, InternetGatewayId, NatGatewayId,
    PeeringId, TransitGatewayId, VpnGatewayId,
};
use crate::Ref;
use crate::graph::{Graph, any_unknown};

/// What a route sends to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Anything inside the VPC: the route says `local`.
    Local,
    /// A NAT gateway.
    Nat(Ref<NatGatewayId>),
    /// An internet gateway.
    Internet(Ref<InternetGatewayId>),
    /// An egress-only internet gateway.
    EgressOnly(Ref<EgressOnlyGatewayId>),
    /// A virtual private gateway.
    VpnGateway(Ref<VpnGatewayId>),
    /// `gateway_id`, and it is not known whether that is an internet gateway or a virtual private gateway.
    Gateway(Unknown),
    /// A carrier gateway.
    Carrier(Ref<CarrierGatewayId>),
    /// A transit gateway.
    TransitGateway(Ref<TransitGatewayId>),
    /// A peering connection.
    Peering(Ref<PeeringId>),
    /// A Gateway Load Balancer endpoint, or one of which it is not known what it is.
    Endpoint(Ref<EndpointId>),
    /// One of the endpoints that a firewall of AWS Network Firewall makes.
    Firewall(FirewallId),
    /// A network interface: a NAT instance or an appliance.
    NetworkInterface(Value),
    /// An instance: a NAT instance or an appliance.
    Instance(Value),
    /// Cloud WAN.
    CoreNetwork(Value),
    /// An Outpost's gateway.
    LocalGateway(Value),
    /// A network of Oracle Database@AWS.
    OdbNetwork(Value),
    /// One of these, because a condition is not known.
    OneOf(Vec<Target>),
    /// Not known.
    Unknown,
}

impl Target {
    /// What to call it in a sentence: `a NAT gateway`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Local => "the VPC itself",
            Self::Nat(_) => "a NAT gateway",
            Self::Internet(_) => "an internet gateway",
            Self::EgressOnly(_) => "an egress-only internet gateway",
            Self::VpnGateway(_) => "a virtual private gateway",
            Self::Gateway(_) => "a gateway",
            Self::Carrier(_) => "a carrier gateway",
            Self::TransitGateway(_) => "a transit gateway",
            Self::Peering(_) => "a peering connection",
            Self::Endpoint(_) => "an endpoint",
            Self::Firewall(_) => "a firewall",
            Self::NetworkInterface(_) => "a network interface",
            Self::Instance(_) => "an instance",
            Self::CoreNetwork(_) => "a core network",
            Self::LocalGateway(_) => "a local gateway",
            Self::OdbNetwork(_) => "an ODB network",
            Self::OneOf(_) => "one of several targets",
            Self::Unknown => "something that is not known",
        }
    }

    /// The resource that the value of a network interface, an instance, a core network or a local gateway comes from.
    #[must_use]
    pub fn written_address(&self) -> Option<Address> {
        let (Self::NetworkInterface(value)
        | Self::Instance(value)
        | Self::CoreNetwork(value)
        | Self::LocalGateway(value)
        | Self::OdbNetwork(value)) = self
        else {
            return None;
        };
        let mut found = None;
        value.for_each_address(&mut |address| {
            found.get_or_insert_with(|| address.clone());
        });
        found
    }
}

/// The arguments that name what a route sends to.
pub(super) const TARGETS: [&str; 12] = [
    "nat_gateway_id",
    "gateway_id",
    "transit_gateway_id",
    "vpc_peering_connection_id",
    "vpc_endpoint_id",
    "network_interface_id",
    "instance_id",
    "egress_only_gateway_id",
    "core_network_arn",
    "local_gateway_id",
    "carrier_gateway_id",
    "odb_network_arn",
];

/// What the arguments of a route that are given, or perhaps given, name. A route has one target: of several that are perhaps given, one is.
pub(super) fn target(graph: &Graph<'_>, given: &[Given]) -> (Target, Tri) {
    if let Some(certain) = given.iter().find(|given| given.there.is_yes()) {
        return (named(graph, certain.name, &certain.value), Tri::Yes);
    }
    match given {
        [] => (Target::Unknown, Tri::Unknown),
        // Without a target a route is none: what is the only one that may be given is given.
        [only] => (named(graph, only.name, &only.value), Tri::Yes),
        several => {
            let targets = several.iter().map(|given| named(graph, given.name, &given.value));
            (Target::OneOf(targets.collect()), Tri::Unknown)
        }
    }
}

fn named(graph: &Graph<'_>, argument: &str, value: &Value) -> Target {
    // An argument that is given is not null, whatever its value may be otherwise.
    let given;
    let value = match value {
        Value::Unknown(Unknown::OneOf(arms)) if arms.iter().any(is_nothing) => {
            given = Unknown::one_of(arms.iter().filter(|arm| !is_nothing(arm)).cloned());
            &given
        }
        value => value,
    };
    match argument {
        "nat_gateway_id" => Target::Nat(graph.resolve(value)),
        "gateway_id" => gateway(graph, value),
        "transit_gateway_id" => Target::TransitGateway(graph.resolve(value)),
        "vpc_peering_connection_id" => Target::Peering(graph.resolve(value)),
        "vpc_endpoint_id" => endpoint(graph, value),
        "network_interface_id" => Target::NetworkInterface(value.clone()),
        "instance_id" => Target::Instance(value.clone()),
        "egress_only_gateway_id" => Target::EgressOnly(graph.resolve(value)),
        "core_network_arn" => Target::CoreNetwork(value.clone()),
        "local_gateway_id" => Target::LocalGateway(value.clone()),
        "carrier_gateway_id" => Target::Carrier(graph.resolve(value)),
        "odb_network_arn" => Target::OdbNetwork(value.clone()),
        _ => Target::Unknown,
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// `gateway_id` holds an internet gateway, a virtual private gateway, an endpoint, or `local`.
fn gateway(graph: &Graph<'_>, value: &Value) -> Target {
    match value {
        Value::String(text) if text == "local" => Target::Local,
        Value::String(text) if text.starts_with("vgw-") => {
            Target::VpnGateway(Ref::External(value.clone()))
        }
        Value::String(text) if text.starts_with("vpce-") => {
            Target::Endpoint(Ref::External(value.clone()))
        }
        Value::Unknown(Unknown::OneOf(arms)) => {
            let mut targets: Vec<Target> = Vec::new();
            for arm in arms.iter() {
                let target = gateway(graph, arm);
                if !targets.contains(&target) {
                    targets.push(target);
                }
            }
            if targets.len() == 1 { targets.swap_remove(0) } else { Target::OneOf(targets) }
        }
        Value::Unknown(unknown) => {
            let of = match unknown {
                Unknown::Computed(attribute) | Unknown::Data(attribute) => {
                    attribute.of.kind.as_str()
                }
                _ => "",
            };
            match of {
                "aws_internet_gateway" | "aws_default_internet_gateway" => {
                    Target::Internet(graph.resolve(value))
                }
                "aws_vpn_gateway" => Target::VpnGateway(graph.resolve(value)),
                "aws_vpc_endpoint" => Target::Endpoint(graph.resolve(value)),
                _ => Target::Gateway(unknown.clone()),
            }
        }
        _ => Target::Internet(graph.resolve(value)),
    }
}

/// The endpoints of a firewall are picked from a list that it computes.
fn endpoint(graph: &Graph<'_>, value: &Value) -> Target {
    let mut firewall = None;
    any_unknown(value, &mut |unknown| {
        if let Unknown::Computed(attribute) = unknown {
            firewall = firewall.or_else(|| graph.managed(&attribute.of));
        }
        firewall.is_some()
    });
    firewall.map_or_else(|| Target::Endpoint(graph.resolve(value)), Target::Firewall)
}
