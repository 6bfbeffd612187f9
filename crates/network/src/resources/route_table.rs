//! Route tables with their routes and associations, inline and standalone.

use std::collections::{BTreeSet, HashMap};

use privatelint_diagnostics::{Cause, Span};
use privatelint_evaluator::{BodyValue, Instance, InstanceKey, Multiplicity, Tri, Unknown, Value};

use super::route_target::{TARGETS, Target, target};
use super::{RouteTableId, SubnetId, VpcId, VpnGatewayId};
use crate::addresses::Family;
use crate::answer::tidy;
use crate::graph::{Graph, exists, is_adopted};
use crate::kinds::Role;
use crate::members::{Linked, add_linked, add_owned, inline};
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Members, Ref, Written};

/// `aws_route_table` or `aws_default_route_table`.
#[derive(Debug)]
pub struct RouteTable<'a> {
    /// Its id in the network.
    pub id: RouteTableId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Whether no resource declares it: it is the main table that AWS makes with the VPC that is its instance.
    pub is_implicit: bool,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// Whether subnets without an association of their own use it.
    pub is_main: Tri,
    /// Its routes, inline ones first.
    pub routes: Vec<Route<'a>>,
    /// Why there may be more routes.
    pub route_doubts: Vec<Doubt>,
    /// Why there may be more routes than are listed here, certain or not: a subset of `route_doubts`.
    pub unseen_routes: Vec<Doubt>,
    /// The virtual private gateways that may add routes to it.
    pub propagating: Members<'a, VpnGatewayId>,
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
    /// The version of IP of its destination; `None` for a prefix list.
    pub family: Option<Family>,
    /// What the destination is sent to.
    pub target: Target,
    /// How it is written.
    pub written: Written,
    /// The nested block, or the header of the `aws_route`.
    pub span: Span,
    /// The resource instance that writes it.
    pub by: &'a Instance,
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
    let parts = Parts::new(graph);
    let instances = graph.with_role(Role::RouteTable).iter().enumerate();
    instances
        .map(|(at, instance)| route_table(graph, RouteTableId::at(at), instance, &parts))
        .collect()
}

/// The standalone resources that belong to tables.
struct Parts<'a> {
    routes: ByOwner<'a, RouteTableId>,
    subnets: ByOwner<'a, RouteTableId>,
    propagations: ByOwner<'a, RouteTableId>,
    main: ByOwner<'a, RouteTableId>,
    main_of: ByOwner<'a, VpcId>,
}

impl<'a> Parts<'a> {
    fn new(graph: &Graph<'a>) -> Self {
        let role = |role| graph.with_role(role).iter().copied();
        Self {
            routes: ByOwner::new(graph, role(Role::Route), "route_table_id"),
            subnets: ByOwner::new(graph, role(Role::SubnetRoutes), "route_table_id"),
            propagations: ByOwner::new(graph, role(Role::VpnRoutes), "route_table_id"),
            main: ByOwner::new(graph, role(Role::MainRoutes), "route_table_id"),
            main_of: ByOwner::new(graph, role(Role::MainRoutes), "vpc_id"),
        }
    }
}

fn route_table<'a>(
    graph: &Graph<'a>,
    id: RouteTableId,
    instance: &'a Instance,
    parts: &Parts<'a>,
) -> RouteTable<'a> {
    let vpc = graph.vpc_of(instance);
    let mut routes = Vec::new();
    let mut route_doubts = Vec::new();
    let mut unseen_routes = Vec::new();
    for block in instance.body.nested("route") {
        let whole = block.multiplicity == Multiplicity::One;
        if !whole {
            let unknown = instance.body.get("route").and_then(Value::first_unknown);
            let doubt = Doubt::new(
                "its routes are not known",
                "give the variables in them a value",
                Some(block.span),
            );
            let doubt =
                unknown.map_or(doubt, |unknown| Doubt::of_unknown(unknown, Some(block.span)));
            route_doubts.push(doubt.clone());
            if block.body.attributes.is_empty() {
                unseen_routes.push(doubt);
                continue;
            }
        }
        let there = if whole { Tri::Yes } else { Tri::Unknown };
        routes.push(route(graph, &block.body, there, Written::Inline, block.span, instance));
    }
    for (by, linked) in parts.routes.of(graph, id) {
        route_doubts.extend(linked.doubt.flatten());
        routes.push(route(graph, &by.body, linked.there, Written::Standalone, by.header, by));
    }
    let mut associations = Vec::new();
    let mut association_doubts = Vec::new();
    for (by, linked) in parts.subnets.of(graph, id) {
        association_doubts.extend(linked.doubt.flatten());
        let subnet = graph.resolve(&Argument::of(&by.body, "subnet_id").value);
        associations.push(SubnetAssociation { subnet, there: linked.there, span: by.header, by });
    }
    for module in graph.missing.iter().filter(|module| module.is_given(&instance.address)) {
        route_doubts.push(module.doubt());
        unseen_routes.push(module.doubt());
        association_doubts.push(module.doubt());
    }
    let mut propagating = inline(graph, instance, "propagating_vgws");
    add_owned(&mut propagating, graph, &parts.propagations, "vpn_gateway_id", id);
    RouteTable {
        id,
        instance,
        is_implicit: false,
        is_main: is_main(graph, id, instance, &vpc, parts),
        vpc,
        routes,
        route_doubts: tidy(route_doubts),
        unseen_routes: tidy(unseen_routes),
        propagating,
        associations,
        association_doubts: tidy(association_doubts),
    }
}

/// The table that AWS made is the main one unless an association puts another in its place.
fn is_main(
    graph: &Graph<'_>,
    id: RouteTableId,
    instance: &Instance,
    vpc: &Ref<VpcId>,
    parts: &Parts<'_>,
) -> Tri {
    let made_main = Tri::any(parts.main.of(graph, id).into_iter().map(|(_, linked)| linked.there));
    if !is_adopted(instance) {
        return made_main;
    }
    let replaced = match vpc.managed() {
        Some(vpc) => !parts.main_of.of(graph, vpc).is_empty(),
        None => !graph.with_role(Role::MainRoutes).is_empty(),
    };
    if replaced { made_main.or(Tri::Unknown) } else { Tri::Yes }
}

/// The main tables that AWS makes with the declared VPCs and that no resource adopts. They come after the declared ones.
pub(crate) fn implicit_tables<'a>(
    graph: &Graph<'a>,
    declared: &[RouteTable<'a>],
) -> Vec<RouteTable<'a>> {
    let adopted: BTreeSet<VpcId> = declared
        .iter()
        .filter(|table| is_adopted(table.instance))
        .filter_map(|table| table.vpc.managed())
        .collect();
    let names_main = |by: &&'a Instance| {
        let table = Argument::of(&by.body, "route_table_id").value;
        main_table_of(graph, &table).is_some()
    };
    let of_main = |role| -> HashMap<VpcId, Vec<&'a Instance>> {
        let mut found: HashMap<VpcId, Vec<&'a Instance>> = HashMap::new();
        for by in graph.with_role(role).iter().copied().filter(names_main) {
            let table = Argument::of(&by.body, "route_table_id").value;
            if let Some(vpc) = main_table_of(graph, &table) {
                found.entry(vpc).or_default().push(by);
            }
        }
        found
    };
    let routes = of_main(Role::Route);
    let subnets = of_main(Role::SubnetRoutes);
    let propagations = of_main(Role::VpnRoutes);
    let main_of = ByOwner::new(graph, graph.with_role(Role::MainRoutes).iter().copied(), "vpc_id");
    let certain = |by: &Instance| Linked {
        there: exists(by),
        doubt: Some(exists(by).is_unknown().then(|| Doubt::of_multiplicity(by))),
    };

    let vpcs = graph.with_role(Role::Vpc).iter().copied().enumerate();
    let vpcs = vpcs.map(|(at, instance)| (VpcId::at(at), instance));
    let vpcs = vpcs.filter(|(vpc, _)| !adopted.contains(vpc));
    vpcs.enumerate()
        .map(|(at, (vpc, instance))| {
            let own =
                |of: &HashMap<VpcId, Vec<&'a Instance>>| of.get(&vpc).cloned().unwrap_or_default();
            let given = graph.missing.iter().filter(|module| module.is_given(&instance.address));
            let mut route_doubts: Vec<Doubt> = given.map(|module| module.doubt()).collect();
            let association_doubts = route_doubts.clone();
            let mut unseen_routes = route_doubts.clone();
            if is_adopted(instance) {
                // AWS makes the default VPC with a route to the internet; what the account made of it since is not in the code.
                unseen_routes.push(
                    Doubt::new(
                        format!(
                            "the main route table of `{}` is what the account made of it",
                            instance.address
                        ),
                        "declare it as `aws_default_route_table`",
                        Some(instance.header),
                    )
                    .of_kind(Cause::Elsewhere),
                );
            }
            let routes = own(&routes).into_iter().map(|by| {
                route_doubts.extend(certain(by).doubt.flatten());
                route(graph, &by.body, exists(by), Written::Standalone, by.header, by)
            });
            let routes = routes.collect();
            let associations = own(&subnets).into_iter().map(|by| SubnetAssociation {
                subnet: graph.resolve(&Argument::of(&by.body, "subnet_id").value),
                there: exists(by),
                span: by.header,
                by,
            });
            let mut propagating = Members { items: Vec::new(), doubts: Vec::new(), span: None };
            let links = own(&propagations).into_iter().map(|by| (by, certain(by)));
            add_linked(&mut propagating, graph, links, "vpn_gateway_id");
            let replaced = Tri::any(main_of.of(graph, vpc).iter().map(|(_, linked)| linked.there));
            RouteTable {
                id: RouteTableId::at(declared.len().saturating_add(at)),
                instance,
                is_implicit: true,
                vpc: Ref::Managed(vpc),
                is_main: !replaced,
                routes,
                route_doubts: tidy(route_doubts),
                unseen_routes,
                propagating,
                associations: associations.collect(),
                association_doubts,
            }
        })
        .collect()
}

/// The VPC whose own main table a value names.
pub(crate) fn main_table_of(graph: &Graph<'_>, value: &Value) -> Option<VpcId> {
    match value {
        Value::Unknown(Unknown::Computed(attribute))
            if ["main_route_table_id", "default_route_table_id"]
                .contains(&attribute.path.as_str()) =>
        {
            graph.managed(&attribute.of)
        }
        _ => None,
    }
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

/// The version of IP of the addresses in an argument; prefix lists have either.
fn family(argument: &str) -> Option<Family> {
    match argument {
        "cidr_block" | "destination_cidr_block" => Some(Family::V4),
        "ipv6_cidr_block" | "destination_ipv6_cidr_block" => Some(Family::V6),
        _ => None,
    }
}

fn route<'a>(
    graph: &Graph<'a>,
    body: &BodyValue,
    there: Tri,
    written: Written,
    span: Span,
    by: &'a Instance,
) -> Route<'a> {
    let destinations = given(body, &DESTINATIONS);
    let certain = destinations.iter().find(|given| given.there.is_yes());
    let destination = certain.or(destinations.first());
    let is_destined = match destinations.as_slice() {
        // Without a destination a route is none, as without a target.
        [_] => Tri::Yes,
        _ => destination.map_or(Tri::Unknown, |given| given.there),
    };
    let targets = given(body, &TARGETS);
    let (target, is_given) = target(graph, &targets);
    let there = Tri::all([there, is_destined, is_given]);
    Route {
        there,
        destination: destination.map_or(Value::Null, |given| given.value.clone()),
        family: destination.and_then(|given| family(given.name)),
        target,
        written,
        span,
        by,
    }
}

/// An argument that is given, or perhaps given.
pub(super) struct Given {
    pub(super) name: &'static str,
    pub(super) value: Value,
    pub(super) there: Tri,
}

fn given(body: &BodyValue, names: &[&'static str]) -> Vec<Given> {
    // Left out and the empty text, which the object form of routes needs, are the same.
    let given = names.iter().map(|name| {
        let argument = Argument::of(body, name);
        let there = if is_computed_id(&argument.value) {
            Tri::Yes
        } else {
            !argument.unset().or(argument.is(""))
        };
        Given { name, value: argument.value, there }
    });
    given.filter(|given| !given.there.is_no()).collect()
}

/// Whether a value is an id that a resource computes: it is there, and not the empty text.
fn is_computed_id(value: &Value) -> bool {
    matches!(
        value,
        Value::Unknown(Unknown::Computed(attribute))
            if attribute.path == "id" && attribute.of.key != InstanceKey::Unknown
    )
}
