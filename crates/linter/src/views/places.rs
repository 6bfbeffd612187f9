//! The VPCs of a network, and what is in each of them. Subnets of a VPC that is not declared are in a place of their own.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri, Unknown, Value};
use privatelint_network::resources::{Endpoint, Subnet, Vpc, VpcId};
use privatelint_network::{Network, Ref, Workload};

/// A VPC, declared or not.
pub(super) struct Place<'n, 'a> {
    /// What it is called.
    pub(super) name: String,
    /// Its resource, if it is declared.
    pub(super) vpc: Option<&'n Vpc<'a>>,
    /// The reference that names it.
    pub(super) reference: Ref<VpcId>,
    /// The subnets in it, by address.
    pub(super) subnets: Vec<&'n Subnet<'a>>,
}

/// The places of a network: declared VPCs by address, then the others in the order of their first subnet.
pub(super) fn places<'n, 'a>(network: &'n Network<'a>) -> Vec<Place<'n, 'a>> {
    let mut places: Vec<Place<'n, 'a>> = network
        .vpcs
        .iter()
        .map(|vpc| Place {
            name: vpc.instance.address.to_string(),
            vpc: Some(vpc),
            reference: Ref::Managed(vpc.id),
            subnets: Vec::new(),
        })
        .collect();
    for subnet in &network.subnets {
        let is_its = |place: &&mut Place<'_, '_>| {
            network.same_vpc(&place.reference, &subnet.vpc).is_yes()
                || place.reference == subnet.vpc
        };
        match places.iter_mut().find(is_its) {
            Some(place) => place.subnets.push(subnet),
            None => places.push(Place {
                name: format!("VPC {}", described(&subnet.vpc)),
                vpc: None,
                reference: subnet.vpc.clone(),
                subnets: vec![subnet],
            }),
        }
    }
    places
}

impl<'n, 'a> Place<'n, 'a> {
    /// Where it is declared.
    pub(super) fn span(&self) -> Option<Span> {
        self.vpc.map(|vpc| vpc.instance.header)
    }

    /// The address range as it is written.
    pub(super) fn detail(&self) -> String {
        self.vpc.and_then(|vpc| vpc.cidr_block.value.as_str()).unwrap_or_default().to_owned()
    }

    /// Whether something is in it, as far as the code shows.
    pub(super) fn holds(&self, network: &Network<'_>, vpc: &Ref<VpcId>) -> bool {
        network.same_vpc(&self.reference, vpc).is_yes() || self.reference == *vpc
    }

    /// The endpoints in it.
    pub(super) fn endpoints(
        &self,
        network: &'n Network<'a>,
    ) -> impl Iterator<Item = &'n Endpoint<'a>> {
        network.endpoints.iter().filter(|endpoint| self.holds(network, &endpoint.vpc))
    }

    /// What runs in it.
    pub(super) fn workloads(&self, network: &'n Network<'a>) -> Vec<&'n Workload<'a>> {
        let is_its = |workload: &&Workload<'a>| {
            self.holds(network, &workload.vpc)
                || subnets_of(network, workload)
                    .iter()
                    .any(|subnet| self.holds(network, &subnet.vpc))
        };
        network.workloads().iter().filter(is_its).collect()
    }
}

/// The declared subnets that a workload is, or may be, in.
pub(super) fn subnets_of<'n, 'a>(
    network: &'n Network<'a>,
    workload: &Workload<'a>,
) -> Vec<&'n Subnet<'a>> {
    let members = workload.subnets.items.iter().filter(|member| member.there != Tri::No);
    let mut ids: Vec<_> = members.flat_map(|member| member.target.candidates()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| network.subnet(id)).collect()
}

/// What an object that is not declared here is called.
pub(super) fn described<I>(reference: &Ref<I>) -> String {
    match reference {
        Ref::External(value) => value_described(value),
        Ref::Maybe(unknown) => unknown_described(unknown),
        Ref::OneOf(_) => "that depends on a condition".to_owned(),
        Ref::Absent => "of the account by default".to_owned(),
        Ref::Managed(_) => "declared here".to_owned(),
    }
}

fn value_described(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Unknown(unknown) => unknown_described(unknown),
        _ => "not declared here".to_owned(),
    }
}

fn unknown_described(unknown: &Unknown) -> String {
    if let Unknown::Variable(name) = unknown {
        return format!("var.{name}");
    }
    let mut found = None;
    unknown.for_each_address(&mut |address| {
        found.get_or_insert_with(|| address.to_string());
    });
    found.unwrap_or_else(|| "not known".to_owned())
}

/// Whether an address that a user writes means an instance: its own address, or that of its block.
pub(super) fn means(written: &str, instance: &Instance) -> bool {
    let address = instance.address.to_string();
    address == written
        || address
            .strip_prefix(written)
            .is_some_and(|key| key.starts_with('[') && key.ends_with(']') && !key.contains("]."))
}

/// The known address that is most like a written one.
pub(super) fn nearest(written: &str, known: &[String]) -> Option<String> {
    let furthest = written.chars().count() / 3;
    let near = known.iter().map(|name| (strsim::osa_distance(written, name), name));
    near.filter(|(distance, _)| *distance <= furthest).min().map(|(_, name)| name.clone())
}
