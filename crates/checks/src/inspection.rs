//! What rules about Gateway Load Balancer endpoints and firewalls share: which subnets send what leaves the VPC through one.

use privatelint_evaluator::{Instance, Multiplicity};
use privatelint_network::resources::{
    Endpoint, EndpointId, EndpointType, FirewallId, Route, RouteTable, Subnet, SubnetId, Target,
};
use privatelint_network::{Leads, Network, To};

/// What inspects traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inspector {
    /// A Gateway Load Balancer endpoint.
    Endpoint(EndpointId),
    /// A firewall of AWS Network Firewall, by any of its endpoints.
    Firewall(FirewallId),
}

/// A route that certainly decides where a subnet sends what leaves the VPC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Default<'n, 'a> {
    /// The subnet's route table.
    pub(crate) table: &'n RouteTable<'a>,
    /// The route; `None` if the table certainly has none.
    pub(crate) route: Option<&'n Route<'n>>,
}

/// A subnet that certainly sends what leaves the VPC to an inspector.
#[derive(Debug, Clone)]
pub(crate) struct Inspected<'n, 'a> {
    /// The subnet.
    pub(crate) subnet: &'n Subnet<'a>,
    /// The route.
    pub(crate) route: &'n Route<'n>,
    /// The inspector.
    pub(crate) by: Inspector,
}

impl Inspector {
    /// Its resource.
    pub(crate) fn instance<'a>(self, network: &Network<'a>) -> Option<&'a Instance> {
        match self {
            Self::Endpoint(id) => network.endpoint(id).map(|endpoint| endpoint.instance),
            Self::Firewall(id) => network.firewall(id).map(|firewall| firewall.instance),
        }
    }

    /// The subnets that it is in, if all of them are known and declared here.
    pub(crate) fn subnets(self, network: &Network<'_>) -> Option<Vec<SubnetId>> {
        let members = match self {
            Self::Endpoint(id) => &network.endpoint(id)?.subnets,
            Self::Firewall(id) => &network.firewall(id)?.subnets,
        };
        if !members.is_complete() || members.items.is_empty() {
            return None;
        }
        members.items.iter().map(|member| member.target.managed()).collect()
    }

    /// What a route certainly sends to, if that inspects.
    pub(crate) fn of(network: &Network<'_>, target: &Target) -> Option<Self> {
        match target {
            Target::Firewall(id) => Some(Self::Firewall(*id)),
            Target::Endpoint(endpoint) => {
                let endpoint = network.endpoint(endpoint.managed()?)?;
                is_of_appliances(endpoint).then_some(Self::Endpoint(endpoint.id))
            }
            _ => None,
        }
    }
}

/// Whether an endpoint is certainly one of a Gateway Load Balancer.
pub(crate) fn is_of_appliances(endpoint: &Endpoint<'_>) -> bool {
    endpoint.is_type(EndpointType::GatewayLoadBalancer).is_yes()
        && endpoint.instance.multiplicity == Multiplicity::One
}

/// What certainly decides where a subnet sends what leaves the VPC; `None` if that is not known.
pub(crate) fn default_of<'n, 'a>(
    network: &'n Network<'a>,
    subnet: SubnetId,
) -> Option<Default<'n, 'a>> {
    let of = network.table_of(subnet);
    let table = network.route_table(of.table.managed()?).filter(|_| of.doubts.is_empty())?;
    let next = network.next_hop(table.id, &To::Internet);
    if !next.there.is_yes() {
        return None;
    }
    match next.target {
        Leads::Route(route) => Some(Default { table, route: Some(route) }),
        Leads::Nothing => Some(Default { table, route: None }),
        Leads::Local | Leads::GatewayEndpoint(_) | Leads::Propagated(_) => None,
    }
}

/// The subnets that certainly send what leaves the VPC to an inspector, by address.
pub(crate) fn inspected<'n, 'a>(network: &'n Network<'a>) -> Vec<Inspected<'n, 'a>> {
    let has_inspectors =
        !network.firewalls.is_empty() || network.endpoints.iter().any(is_of_appliances);
    if !has_inspectors {
        return Vec::new();
    }
    let subnets = network.subnets.iter();
    let subnets = subnets.filter(|subnet| subnet.instance.multiplicity == Multiplicity::One);
    subnets
        .filter_map(|subnet| {
            let route = default_of(network, subnet.id)?.route?;
            let by = Inspector::of(network, &route.target)?;
            Some(Inspected { subnet, route, by })
        })
        .collect()
}
