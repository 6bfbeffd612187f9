//! What rules about the route tables of subnets share: which subnets a table serves, and where it sends what leaves the VPC.

use std::collections::{BTreeMap, BTreeSet};

use privatelint_diagnostics::Span;
use privatelint_evaluator::Multiplicity;
use privatelint_network::resources::{EndpointType, RouteTableId, SubnetId, Target};
use privatelint_network::{Doubt, Leads, Network, To};

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
#[derive(Debug, Default)]
pub(crate) struct Parts {
    certain: BTreeSet<SubnetId>,
    /// Those that perhaps do, with the reason.
    perhaps: BTreeMap<SubnetId, Doubt>,
}

impl Parts {
    pub(crate) fn of(network: &Network<'_>) -> Self {
        let firewalls = network.firewalls.iter().map(|it| (&it.subnets, &it.vpc, it.instance));
        let attachments = network.transit_gateway_attachments.iter();
        let attachments = attachments.map(|it| (&it.subnets, &it.vpc, it.instance));
        let appliances = network
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.is_type(EndpointType::GatewayLoadBalancer).is_yes())
            .map(|endpoint| (&endpoint.subnets, &endpoint.vpc, endpoint.instance));
        let gateways = network.nat_gateways.iter().filter_map(|gateway| gateway.subnet.managed());
        let mut parts = Self { certain: gateways.collect(), perhaps: BTreeMap::new() };
        for (members, vpc, instance) in firewalls.chain(attachments).chain(appliances) {
            let named = members.items.iter().flat_map(|member| member.target.candidates());
            parts.certain.extend(named);
            let unknown = members.items.iter().find_map(|member| member.target.unknown());
            let doubt = members.doubts.first().cloned();
            let doubt = doubt.or(unknown.map(|it| Doubt::of_unknown(it, Some(instance.header))));
            let Some(doubt) = doubt else { continue };
            // Any subnet of the VPC may be one of those that are not known.
            let own = network.subnets.iter();
            for subnet in own.filter(|subnet| !network.same_vpc(&subnet.vpc, vpc).is_no()) {
                parts.perhaps.entry(subnet.id).or_insert_with(|| doubt.clone());
            }
        }
        parts
    }

    /// Whether a subnet holds such a part, or may.
    pub(crate) fn may_be_in(&self, subnet: SubnetId) -> bool {
        self.certain.contains(&subnet) || self.perhaps.contains_key(&subnet)
    }

    /// Why it is not known whether a subnet holds such a part, if it is not.
    pub(crate) fn doubt_about(&self, subnet: SubnetId) -> Option<&Doubt> {
        self.perhaps.get(&subnet).filter(|_| !self.certain.contains(&subnet))
    }
}
