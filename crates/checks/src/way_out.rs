//! What rules about the route tables of subnets share: which subnets a table serves, and where it sends what leaves the VPC.

use std::collections::{BTreeMap, BTreeSet};

use privatelint_diagnostics::Span;
use privatelint_evaluator::Multiplicity;
use privatelint_network::resources::{EndpointType, RouteTableId, SubnetId, Target};
use privatelint_network::{Leads, Network, To};

/// Where a route table sends traffic to public addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WayOut {
    /// To an internet gateway: its subnets are public.
    Internet,
    /// To a NAT gateway.
    Nat,
    /// Elsewhere: to a transit gateway, an appliance or on premises.
    Elsewhere,
    /// Nowhere: its subnets are isolated.
    Nothing,
    /// Not known.
    Unknown,
}

/// Where a route table sends traffic to public IPv4 addresses, with the route.
pub(crate) fn way_out(network: &Network<'_>, table: RouteTableId) -> (WayOut, Option<Span>) {
    let next = network.next_hop(table, &To::Internet);
    if !next.there.is_yes() || !next.doubts.is_empty() {
        return (WayOut::Unknown, next.span);
    }
    let way = match next.target {
        Leads::Nothing | Leads::Local => WayOut::Nothing,
        Leads::Propagated(_) | Leads::GatewayEndpoint(_) => WayOut::Elsewhere,
        Leads::Route(route) => match &route.target {
            Target::Internet(_) => WayOut::Internet,
            Target::Nat(_) => WayOut::Nat,
            Target::Gateway(_) | Target::OneOf(_) | Target::Unknown => WayOut::Unknown,
            _ => WayOut::Elsewhere,
        },
    };
    (way, next.span)
}

/// The route table of a subnet, if it is certainly that one.
pub(crate) fn certain_table(network: &Network<'_>, subnet: SubnetId) -> Option<RouteTableId> {
    let of = network.table_of(subnet);
    of.table.managed().filter(|_| of.doubts.is_empty())
}

/// The route tables that certainly serve subnets that are certainly there, with those subnets.
pub(crate) fn subnets_by_table(network: &Network<'_>) -> BTreeMap<RouteTableId, Vec<SubnetId>> {
    let mut tables: BTreeMap<RouteTableId, Vec<SubnetId>> = BTreeMap::new();
    for subnet in &network.subnets {
        if subnet.instance.multiplicity == Multiplicity::One
            && let Some(table) = certain_table(network, subnet.id)
        {
            tables.entry(table).or_default().push(subnet.id);
        }
    }
    tables
}

/// The subnets that hold parts of the network through which the traffic of others comes: firewalls, appliances, transit gateway attachments
/// and NAT gateways. No client is normally in them.
pub(crate) fn subnets_of_parts(network: &Network<'_>) -> BTreeSet<SubnetId> {
    let firewalls = network.firewalls.iter().map(|firewall| (&firewall.subnets, &firewall.vpc));
    let attachments = network.transit_gateway_attachments.iter().map(|it| (&it.subnets, &it.vpc));
    let appliances = network
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.is_type(EndpointType::GatewayLoadBalancer).is_yes())
        .map(|endpoint| (&endpoint.subnets, &endpoint.vpc));
    let gateways = network.nat_gateways.iter().filter_map(|gateway| gateway.subnet.managed());
    let mut found: BTreeSet<SubnetId> = gateways.collect();
    for (members, vpc) in firewalls.chain(attachments).chain(appliances) {
        found.extend(members.items.iter().flat_map(|member| member.target.candidates()));
        let may_be_any = !members.doubts.is_empty()
            || members.items.iter().any(|member| member.target.unknown().is_some());
        if may_be_any {
            // Any subnet of the VPC may be one of those that are not known.
            let own = network.subnets.iter();
            let own = own.filter(|subnet| !network.same_vpc(&subnet.vpc, vpc).is_no());
            found.extend(own.map(|subnet| subnet.id));
        }
    }
    found
}
