//! Route tables with their routes and associations, inline and standalone.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{BodyValue, Instance, InstanceKey, Multiplicity, Tri, Unknown, Value};

use super::{InternetGatewayId, NatGatewayId, RouteTableId, SubnetId, VpcId};
use crate::answer::tidy;
use crate::graph::{Graph, is_adopted};
use crate::kinds::Role;
use crate::members::links;
use crate::{Argument, Doubt, Ref, Written};

/// `aws_route_table` or `aws_default_route_table`.
#[derive(Debug)]
pub struct RouteTable<'a> {
    /// Its id in the network.
    pub id: RouteTableId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// Whether subnets without an association of their own use it.
    pub is_main: Tri,
    /// Its routes, inline ones first.
    pub routes: Vec<Route<'a>>,
    /// Why there may be more routes.
    pub route_doubts: Vec<Doubt>,
    /// The subnets that are associated with it.
    pub associations: Vec<SubnetAssociation<'a>>,
    /// Why there may be more associations.
    pub association_doubts: Vec<Doubt>,
}

/// A route.
#[derive(Debug, Clone)]
pub struct Route<'a> {
    /// Whether it is certainly a route of this table.
    pub there: Tri,
    /// Where it leads to: a CIDR block, or a prefix list's id.
    pub destination: Value,
    /// What the destination is sent to.
    pub target: Target,
    /// How it is written.
    pub written: Written,
    /// The nested block, or the header of the `aws_route`.
    pub span: Span,
    /// The resource instance that writes it.
    pub by: &'a Instance,
}

/// What a route sends to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A NAT gateway.
    Nat(Ref<NatGatewayId>),
    /// `gateway_id`: an internet gateway or a virtual private gateway.
    Gateway(Ref<InternetGatewayId>, Value),
    /// Another target: the argument that names it, and its value.
    Other(&'static str, Value),
    /// Not known.
    Unknown,
}

/// A subnet that uses a route table.
#[derive(Debug, Clone)]
pub struct SubnetAssociation<'a> {
    /// The subnet.
    pub subnet: Ref<SubnetId>,
    /// Whether it certainly is associated with this table.
    pub there: Tri,
    /// The header of the association.
    pub span: Span,
    /// The association's instance.
    pub by: &'a Instance,
}

pub(crate) fn route_tables<'a>(graph: &Graph<'a>) -> Vec<RouteTable<'a>> {
    let instances = graph.with_role(Role::RouteTable).iter().enumerate();
    instances.map(|(at, instance)| route_table(graph, RouteTableId::at(at), instance)).collect()
}

fn route_table<'a>(graph: &Graph<'a>, id: RouteTableId, instance: &'a Instance) -> RouteTable<'a> {
    let vpc = graph.vpc_of(instance);
    let mut routes = Vec::new();
    let mut route_doubts = Vec::new();
    for block in instance.body.nested("route") {
        let whole = block.multiplicity == Multiplicity::One;
        if !whole {
            let unknown = instance.body.get("route").and_then(Value::first_unknown);
            let doubt = Doubt::new(
                "its routes are not known",
                "give the variables in them a value",
                Some(block.span),
            );
            route_doubts.push(
                unknown.map_or(doubt, |unknown| Doubt::of_unknown(unknown, Some(block.span))),
            );
            if block.body.attributes.is_empty() {
                continue;
            }
        }
        let there = if whole { Tri::Yes } else { Tri::Unknown };
        routes.push(route(graph, &block.body, there, Written::Inline, block.span, instance));
    }
    for by in graph.with_role(Role::Route).iter().copied() {
        let linked = links(graph, by, "route_table_id", id);
        let Some(doubt) = linked.doubt else { continue };
        route_doubts.extend(doubt);
        routes.push(route(graph, &by.body, linked.there, Written::Standalone, by.header, by));
    }
    let mut associations = Vec::new();
    let mut association_doubts = Vec::new();
    for by in graph.with_role(Role::SubnetRoutes).iter().copied() {
        let linked = links(graph, by, "route_table_id", id);
        let Some(doubt) = linked.doubt else { continue };
        association_doubts.extend(doubt);
        let subnet = graph.resolve(&Argument::of(&by.body, "subnet_id").value);
        associations.push(SubnetAssociation { subnet, there: linked.there, span: by.header, by });
    }
    for module in graph.missing.iter().filter(|module| module.is_given(&instance.address)) {
        route_doubts.push(module.doubt());
        association_doubts.push(module.doubt());
    }
    RouteTable {
        id,
        instance,
        is_main: is_main(graph, id, instance, &vpc),
        vpc,
        routes,
        route_doubts: tidy(route_doubts),
        associations,
        association_doubts: tidy(association_doubts),
    }
}

/// The table that AWS made is the main one unless an association puts another in its place.
fn is_main(graph: &Graph<'_>, id: RouteTableId, instance: &Instance, vpc: &Ref<VpcId>) -> Tri {
    let associations = graph.with_role(Role::MainRoutes).iter();
    let made_main = Tri::any(associations.map(|by| links(graph, by, "route_table_id", id).there));
    if !is_adopted(instance) {
        return made_main;
    }
    let replaced = graph.with_role(Role::MainRoutes).iter().any(|by| {
        let of = graph.vpc_of(by);
        vpc.managed().is_none_or(|vpc| !graph.links_to(&of, vpc).is_no())
    });
    if replaced { made_main.or(Tri::Unknown) } else { Tri::Yes }
}

/// The arguments that name where a route leads to.
const DESTINATIONS: [&str; 6] = [
    "cidr_block",
    "destination_cidr_block",
    "ipv6_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
    "prefix_list_id",
];

/// The arguments that name what a route sends to.
const TARGETS: [&str; 12] = [
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

fn route<'a>(
    graph: &Graph<'a>,
    body: &BodyValue,
    there: Tri,
    written: Written,
    span: Span,
    by: &'a Instance,
) -> Route<'a> {
    // Left out and the empty text, which the object form of routes needs, are the same.
    let given = |name: &'static str| {
        let argument = Argument::of(body, name);
        let given = if is_computed_id(&argument.value) {
            Tri::Yes
        } else {
            !argument.unset().or(argument.is(""))
        };
        (name, argument.value, given)
    };
    let first = |names: &[&'static str]| {
        let arguments: Vec<_> =
            names.iter().map(|name| given(name)).filter(|(_, _, given)| !given.is_no()).collect();
        let certain = arguments.iter().find(|(_, _, given)| given.is_yes());
        certain.or(arguments.first()).cloned()
    };
    let destination = first(&DESTINATIONS);
    let target = first(&TARGETS);
    let sure = |found: &Option<(&str, Value, Tri)>| {
        found.as_ref().map_or(Tri::Unknown, |(_, _, given)| *given)
    };
    let there = Tri::all([there, sure(&destination), sure(&target)]);
    Route {
        there,
        destination: destination.map_or(Value::Null, |(_, value, _)| value),
        target: match target {
            Some(("nat_gateway_id", value, _)) => Target::Nat(graph.resolve(&value)),
            Some(("gateway_id", value, _)) => Target::Gateway(graph.resolve(&value), value),
            Some((name, value, _)) => Target::Other(name, value),
            None => Target::Unknown,
        },
        written,
        span,
        by,
    }
}

/// Whether a value is an id that a resource computes: it is there, and not the empty text.
fn is_computed_id(value: &Value) -> bool {
    matches!(
        value,
        Value::Unknown(Unknown::Computed(attribute))
            if attribute.path == "id" && attribute.of.key != InstanceKey::Unknown
    )
}
