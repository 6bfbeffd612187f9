//! Availability zones of subnets.

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::{InstanceKey, Provider, Tri, Unknown, Value};

use crate::answer::tidy;
use crate::argument::agree;
use crate::graph::exists;
use crate::resources::{EndpointId, Subnet, SubnetId, VpcId};
use crate::{Answer, Doubt, Members, Network, Ref};

/// Two subnets of one endpoint that share, or may share, a zone.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedZone {
    /// The position of the first in the endpoint's subnets.
    pub first: usize,
    /// The position of the second.
    pub second: usize,
    /// Whether they are in one zone. Never no.
    pub same: Tri,
    /// The zone as the first one's code gives it.
    pub zone: Value,
}

/// The most subnets that are compared with each other. An endpoint has at most one in each zone, and no region has ten.
const MOST_COMPARED: usize = 24;

fn too_many() -> Doubt {
    Doubt::new(
        format!("only the first {MOST_COMPARED} subnets are compared"),
        "list one subnet of each availability zone",
        None,
    )
}

impl Network<'_> {
    /// The pairs of subnets of an endpoint that are, or may be, in one availability zone. A subnet listed twice is no pair.
    #[must_use]
    pub fn shared_zones(&self, endpoint: EndpointId) -> Vec<SharedZone> {
        let mut found = Vec::new();
        let Some(endpoint) = self.endpoint(endpoint) else { return found };
        let members: Vec<_> =
            endpoint.subnets.items.iter().take(MOST_COMPARED).enumerate().collect();
        if endpoint.subnets.items.len() > MOST_COMPARED {
            let (first, second) = (0, MOST_COMPARED);
            found.push(SharedZone { first, second, same: Tri::Unknown, zone: Value::Null });
        }
        for (at, (first, a)) in members.iter().enumerate() {
            let Ref::Managed(a_id) = a.target else { continue };
            for (second, b) in members.iter().skip(at + 1) {
                let Ref::Managed(b_id) = b.target else { continue };
                if a_id == b_id {
                    continue;
                }
                let same = Tri::all([a.there, b.there, self.same_zone(a_id, b_id)]);
                if same.is_no() {
                    continue;
                }
                let zone =
                    self.subnet(a_id).map_or(Value::Null, |subnet| match &subnet.zone.value {
                        Value::Null => subnet.zone_id.value.clone(),
                        zone => zone.clone(),
                    });
                found.push(SharedZone { first: *first, second: *second, same, zone });
            }
        }
        found
    }

    /// Whether two declared subnets are in one availability zone.
    #[must_use]
    pub fn same_zone(&self, a: SubnetId, b: SubnetId) -> Tri {
        let (Some(subnet_a), Some(subnet_b)) = (self.subnet(a), self.subnet(b)) else {
            return Tri::Unknown;
        };
        // One instance that stands for several subnets stands for several zones.
        if a == b && subnet_a.instance.address.key != InstanceKey::Unknown {
            return Tri::Yes;
        }
        let by_name = same_zone_name(&subnet_a.zone.value, &subnet_b.zone.value);
        let by_id = same_zone_name(&subnet_a.zone_id.value, &subnet_b.zone_id.value);
        // Names of zones mean different zones in different accounts.
        if !same_configuration(&subnet_a.instance.provider, &subnet_b.instance.provider)
            && !by_id.is_yes()
        {
            return Tri::Unknown;
        }
        match (by_name, by_id) {
            (Tri::Unknown, by_id) => by_id,
            (by_name, _) => by_name,
        }
    }

    /// Whether a VPC has subnets in at least two availability zones; the evidence is two of them.
    #[must_use]
    pub fn has_subnets_in_two_zones(&self, vpc: &Ref<VpcId>) -> Answer {
        let own: Vec<(&Subnet<'_>, Tri)> = self
            .subnets
            .iter()
            .map(|subnet| (subnet, self.same_vpc(&subnet.vpc, vpc).and(exists(subnet.instance))))
            .filter(|(_, there)| !there.is_no())
            .collect();
        let mut doubts = Vec::new();
        if own.len() > MOST_COMPARED {
            doubts.push(too_many());
        }
        let own: Vec<_> = own.into_iter().take(MOST_COMPARED).collect();
        let mut doubtful: Option<&Subnet<'_>> = None;
        for (at, (a, a_there)) in own.iter().enumerate() {
            if a_there.is_unknown() {
                doubts.push(doubt_about(a));
            }
            for (b, b_there) in own.iter().skip(at + 1) {
                match Tri::all([*a_there, *b_there, !self.same_zone(a.id, b.id)]) {
                    Tri::Yes => {
                        return Answer::yes(vec![
                            Annotation::new(a.instance.header, "one zone"),
                            Annotation::new(b.instance.header, "another zone"),
                        ]);
                    }
                    Tri::Unknown if doubtful.is_none() => doubtful = Some(*b),
                    Tri::Unknown | Tri::No => {}
                }
            }
        }
        doubts.extend(doubtful.map(doubt_about));
        doubts.extend(self.unseen(vpc));
        if doubts.is_empty() { Answer::no(Vec::new()) } else { Answer::unknown(tidy(doubts)) }
    }

    /// Whether all subnets of an endpoint are in one availability zone; no if there are none or if two are in different ones.
    #[must_use]
    pub fn is_in_one_zone(&self, endpoint: EndpointId) -> Answer {
        match self.endpoint(endpoint) {
            Some(endpoint) => self.are_in_one_zone(&endpoint.subnets),
            None => Answer::unknown(Vec::new()),
        }
    }

    /// Whether all of these subnets are in one availability zone; no if there are none or if two are in different ones.
    #[must_use]
    pub fn are_in_one_zone(&self, subnets: &Members<'_, SubnetId>) -> Answer {
        let mut doubts = subnets.doubts.clone();
        if subnets.items.len() > MOST_COMPARED {
            doubts.push(too_many());
        }
        let members: Vec<_> = subnets.items.iter().take(MOST_COMPARED).collect();
        let mut unknown_pair = None;
        for (at, a) in members.iter().enumerate() {
            if a.there.is_unknown() {
                doubts.push(Doubt::new(
                    "not all of its subnets are known",
                    "give the variables in them a value",
                    Some(a.span),
                ));
            }
            if let Ref::Managed(id) = a.target
                && self
                    .subnet(id)
                    .is_some_and(|subnet| subnet.instance.address.key == InstanceKey::Unknown)
            {
                doubts.extend(self.subnet(id).map(doubt_about));
            }
            for b in members.iter().skip(at + 1) {
                let same = match (&a.target, &b.target) {
                    (Ref::Managed(a), Ref::Managed(b)) => self.same_zone(*a, *b),
                    (a, b) => self.same_subnet(a, b).or(Tri::Unknown),
                };
                match Tri::all([a.there, b.there, !same]) {
                    Tri::Yes => {
                        return Answer::no(vec![
                            Annotation::new(a.span, ""),
                            Annotation::new(b.span, ""),
                        ]);
                    }
                    // The first such pair is as good a reason as the others.
                    Tri::Unknown if unknown_pair.is_none() => unknown_pair = Some(b.span),
                    Tri::Unknown => {}
                    Tri::No => {}
                }
            }
        }
        doubts.extend(unknown_pair.map(|span| {
            Doubt::new(
                "the availability zones of its subnets are not known",
                "write them in the code, or give the variables in them a value",
                Some(span),
            )
        }));
        match members.first() {
            _ if !doubts.is_empty() => Answer::unknown(tidy(doubts)),
            None => Answer::no(Vec::new()),
            Some(first) => Answer::yes(vec![Annotation::new(first.span, "the only zone")]),
        }
    }
}

fn same_configuration(a: &Provider, b: &Provider) -> bool {
    (&a.name, &a.module, &a.alias) == (&b.name, &b.module, &b.alias)
}

fn doubt_about(subnet: &Subnet<'_>) -> Doubt {
    match subnet.zone.value.first_unknown() {
        _ if exists(subnet.instance).is_unknown() => Doubt::of_multiplicity(subnet.instance),
        Some(unknown) => Doubt::of_unknown(unknown, subnet.zone.span),
        None => Doubt::new(
            format!("the availability zone of `{}` is not written", subnet.instance.address),
            "set `availability_zone`",
            Some(subnet.instance.header),
        ),
    }
}

/// Whether two values name one zone. A zone that is left out is AWS's choice.
fn same_zone_name(a: &Value, b: &Value) -> Tri {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => Tri::Unknown,
        (Value::Unknown(Unknown::OneOf(arms)), other)
        | (other, Value::Unknown(Unknown::OneOf(arms))) => {
            agree(arms.iter().map(|arm| same_zone_name(arm, other)))
        }
        (a, b) => a.equals(b),
    }
}
