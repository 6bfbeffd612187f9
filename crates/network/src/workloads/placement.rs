//! Where a workload is: its subnets, security groups and VPC, and whether it has public addresses.

use privatelint_evaluator::{Instance, Tri, Value};

use super::link::Instances;
use super::read::{FoundValue, read};
use crate::answer::tidy;
use crate::argument::agree;
use crate::facts::{Attachment, Names, Otherwise, attachment};
use crate::graph::{Graph, Part};
use crate::members::add_list;
use crate::resources::{SecurityGroupId, SubnetId, VpcId};
use crate::{Doubt, Flag, Member, Members, Ref, Written};

/// How many templates and groups one after the other say where a workload is.
const DEEPEST: usize = 4;

/// Where a workload is.
pub(super) struct Placement<'a> {
    pub(super) subnets: Members<'a, SubnetId>,
    pub(super) groups: Members<'a, SecurityGroupId>,
    pub(super) vpc: Ref<VpcId>,
    /// What the code says of a public address.
    pub(super) public: Tri,
}

/// Where a resource is, if its arguments place it in subnets.
pub(super) fn placement<'a>(
    graph: &Graph<'a>,
    instances: &Instances<'a>,
    instance: &'a Instance,
) -> Option<Placement<'a>> {
    let attachment = attachment(&instance.address.kind)?;
    let mut subnets = none();
    let mut groups = none();
    let at = At { graph, instances, instance, attachment };
    at.add(Names::Subnet, &mut subnets, DEEPEST);
    at.add(Names::SecurityGroup, &mut groups, DEEPEST);
    if subnets.items.is_empty() && subnets.doubts.is_empty() {
        return None;
    }
    if groups.items.is_empty() && attachment.naming(Names::SecurityGroup).next().is_none() {
        groups.doubts.push(Doubt::new(
            format!("`{}` is given its security groups elsewhere", instance.address),
            "look at them in AWS",
            Some(instance.header),
        ));
    }
    subnets.doubts = tidy(subnets.doubts);
    groups.doubts = tidy(groups.doubts);
    let vpc = at.vpc(&subnets);
    let public = at.public(&subnets);
    Some(Placement { subnets, groups, vpc, public })
}

fn none<'a, I>() -> Members<'a, I> {
    Members { items: Vec::new(), doubts: Vec::new(), span: None }
}

/// A resource with what the table says of its type.
struct At<'n, 'a> {
    graph: &'n Graph<'a>,
    instances: &'n Instances<'a>,
    instance: &'a Instance,
    attachment: &'static Attachment,
}

impl<'n, 'a> At<'n, 'a> {
    /// Adds what the arguments name, those of the groups and templates that they name included.
    fn add<I: Part>(&self, names: Names, members: &mut Members<'a, I>, depth: usize) {
        for placing in self.attachment.naming(names) {
            let found = read(&self.instance.body, &placing.path);
            members.doubts.extend(found.doubts);
            for found in found.values {
                self.add_value(&found, placing.several, members);
            }
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        let through: &[Names] = match names {
            Names::Subnet => &[Names::SubnetGroup, Names::Template],
            _ => &[Names::Template],
        };
        // What a resource says itself is not taken from its template.
        if !members.items.is_empty() || !members.doubts.is_empty() {
            return;
        }
        for names_of in through {
            for (other, there) in self.others(*names_of, &mut members.doubts) {
                let before = members.items.len();
                other.add(names, members, depth);
                for item in members.items.iter_mut().skip(before) {
                    item.there = item.there.and(there);
                }
            }
        }
    }

    fn add_value<I: Part>(&self, found: &FoundValue, several: bool, members: &mut Members<'a, I>) {
        let before = members.items.len();
        if several {
            add_list(members, self.graph, &found.value, found.span, self.instance);
        } else {
            let target = self.graph.resolve(&found.value);
            if target == Ref::Absent {
                return;
            }
            members.items.push(Member {
                target,
                value: found.value.clone(),
                there: Tri::Yes,
                written: Written::Inline,
                span: found.span,
                by: self.instance,
            });
        }
        members.span = members.span.or(Some(found.span));
        for item in members.items.iter_mut().skip(before) {
            item.there = item.there.and(found.there);
        }
    }

    /// The groups or templates that the arguments name.
    fn others(&self, names: Names, doubts: &mut Vec<Doubt>) -> Vec<(At<'n, 'a>, Tri)> {
        let mut others: Vec<(At<'n, 'a>, Tri)> = Vec::new();
        for placing in self.attachment.naming(names) {
            let Some(kind) = &placing.of else { continue };
            let Some(other) = attachment(kind) else { continue };
            let own_name = other.naming(Names::OwnName).next();
            let name = own_name.and_then(|placing| placing.path.last()).map_or("", String::as_str);
            let found = read(&self.instance.body, &placing.path);
            doubts.extend(found.doubts);
            for found in &found.values {
                let linked = self.instances.named(found, kind, name);
                doubts.extend(linked.doubts);
                others.extend(linked.instances.into_iter().map(|(instance, there)| {
                    let at = At {
                        graph: self.graph,
                        instances: self.instances,
                        instance,
                        attachment: other,
                    };
                    (at, there.and(found.there))
                }));
            }
        }
        others
    }

    /// The VPC that the arguments name, otherwise the one that all subnets are in.
    fn vpc(&self, subnets: &Members<'a, SubnetId>) -> Ref<VpcId> {
        for placing in self.attachment.naming(Names::Vpc) {
            let found = read(&self.instance.body, &placing.path);
            if let Some(found) = found.values.first() {
                return self.graph.resolve(&found.value);
            }
        }
        let mut vpcs = subnets.items.iter().map(|subnet| match subnet.target {
            Ref::Managed(id) => self.graph.instance(id).map(|subnet| self.graph.vpc_of(subnet)),
            _ => None,
        });
        let unknown = || {
            let of = subnets.items.iter().find_map(|subnet| subnet.target.unknown().cloned());
            of.unwrap_or_else(|| {
                privatelint_evaluator::Unknown::attribute(self.instance.address.clone(), "vpc_id")
            })
        };
        let Some(Some(first)) = vpcs.next() else { return Ref::Maybe(unknown()) };
        // Subnets that are not known are in the same VPC as those that are, or AWS refuses them.
        let others: Vec<_> = vpcs.flatten().filter(|vpc| *vpc != first).collect();
        if others.is_empty() { first } else { Ref::Maybe(unknown()) }
    }

    /// Whether it has a public address.
    fn public(&self, subnets: &Members<'a, SubnetId>) -> Tri {
        self.says_public(DEEPEST).unwrap_or_else(|| self.by_subnets(subnets))
    }

    /// What the arguments say of a public address; `None` if the subnets decide.
    fn says_public(&self, depth: usize) -> Option<Tri> {
        let mut decided_by_subnet = false;
        for placing in self.attachment.naming(Names::PublicAddress) {
            decided_by_subnet |= placing.default == Otherwise::Subnet;
            let found = read(&self.instance.body, &placing.path).values;
            let mut said = found.iter().map(|found| {
                let is = agree(found.value.alternatives().iter().map(switched));
                if found.there.is_yes() { is } else { Tri::Unknown }
            });
            if let Some(first) = said.next() {
                return Some(agree([first].into_iter().chain(said)));
            }
        }
        if let Some(depth) = depth.checked_sub(1) {
            let mut doubts = Vec::new();
            let templates = self.others(Names::Template, &mut doubts);
            let said: Vec<_> =
                templates.iter().filter_map(|(other, _)| other.says_public(depth)).collect();
            if !said.is_empty() {
                return Some(agree(said));
            }
            if !doubts.is_empty() {
                return Some(Tri::Unknown);
            }
        }
        if decided_by_subnet { None } else { Some(Tri::No) }
    }

    fn by_subnets(&self, subnets: &Members<'a, SubnetId>) -> Tri {
        let by_subnet = subnets.items.iter().map(|subnet| match subnet.target {
            Ref::Managed(id) => self.graph.instance(id).map_or(Tri::Unknown, |subnet| {
                let default = crate::graph::is_adopted(subnet);
                Flag::of(&subnet.body, "map_public_ip_on_launch", default).is
            }),
            _ => Tri::Unknown,
        });
        agree(by_subnet)
    }
}

/// Whether a switch is on; some are written as a word.
fn switched(value: &Value) -> Tri {
    match value.as_str() {
        Some("ENABLED") => Tri::Yes,
        Some("DISABLED") => Tri::No,
        _ => value.as_bool().map_or(Tri::Unknown, Tri::from),
    }
}
