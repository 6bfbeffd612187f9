//! What runs in the network, and which services it needs.

mod condition;
mod document;
mod link;
mod pattern;
mod placement;
mod read;

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::{Instance, Mode, Tri};

pub(crate) use link::Instances;

use crate::answer::tidy;
use crate::facts::{self, Is, NeedOf, RunsAs, attachment, condition as condition_of, needs_of};
use crate::graph::{Graph, exists};
use crate::resources::{EndpointType, SecurityGroupId, SubnetId, VpcId};
use crate::{Doubt, Members, Network, Ref};

/// A resource that its arguments place in subnets, apart from the parts of the network itself.
#[derive(Debug)]
pub struct Workload<'a> {
    /// The resource instance.
    pub instance: &'a Instance,
    /// Whether it is certainly there.
    pub there: Tri,
    /// Its subnets, those of a subnet group or launch template included.
    pub subnets: Members<'a, SubnetId>,
    /// Its security groups. None, without a doubt, means the VPC's default group.
    pub groups: Members<'a, SecurityGroupId>,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// Whether it has public addresses.
    pub public: Tri,
}

/// A service that a workload needs, or may need.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The kind of workload that needs it: `ecs-fargate`. A resource may be of several kinds.
    pub workload: &'static str,
    /// The short name of the service, or [`INTERNET`](crate::facts::INTERNET) for addresses that no VPC endpoint leads to.
    pub service: &'static str,
    /// The type of endpoint that it must be, if AWS says that only one will do.
    pub via: Option<EndpointType>,
    /// Why, as part of a sentence: "a container logs with `awslogs`".
    pub why: String,
    /// Whether it is certainly needed.
    pub certainty: Certainty,
    /// Whether what the code decides is so: never no.
    pub there: Tri,
    /// The places that make it so.
    pub evidence: Vec<Annotation>,
    /// If [`Need::there`] is unknown: what stands in the way.
    pub doubts: Vec<Doubt>,
    /// Where AWS says that it is needed.
    pub source: &'static str,
}

/// How sure a need is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It depends on what the code does not show: what software does, or a value that is not known.
    Possible,
    /// The workload does not work without it.
    Required,
}

impl<'a> Network<'a> {
    /// The resources that run in the network, by address.
    #[must_use]
    pub fn workloads(&self) -> &[Workload<'a>] {
        &self.workloads
    }
}

impl<'a> Workload<'a> {
    /// What the code of its user runs as in it, if it runs any.
    #[must_use]
    pub fn runs_as(&self) -> Option<RunsAs> {
        facts::runs_as(&self.instance.address.kind)
    }

    /// The services that it needs or may need, each once, in the order of the table.
    #[must_use]
    pub fn needs(&self, network: &Network<'a>) -> Vec<Need> {
        let mut found: Vec<Need> = Vec::new();
        for row in needs_of(&self.instance.address.kind) {
            let Some(need) = self.need(network, row) else { continue };
            match found.iter_mut().find(|other| other.service == need.service) {
                Some(other) if other.certainty < need.certainty => *other = need,
                Some(_) => {}
                None => found.push(need),
            }
        }
        found
    }

    /// The need of a row, unless one of its conditions certainly does not hold.
    fn need(&self, network: &Network<'a>, row: &'static NeedOf) -> Option<Need> {
        let mut there = Tri::Yes;
        let mut says: Vec<&str> = Vec::new();
        let mut evidence = Vec::new();
        let mut doubts = Vec::new();
        for name in &row.decided_by {
            let (answer, said) = condition::holds(network, &network.related, self.instance, name);
            if answer.is.is_no() {
                return None;
            }
            there = there.and(answer.is);
            says.push(said);
            evidence.extend(answer.evidence);
            doubts.extend(answer.doubts);
        }
        let required = row.required && there.is_yes();
        Some(Need {
            workload: row.workload.as_str(),
            service: row.service.as_str(),
            via: row.via,
            why: match says.last() {
                Some(last) if row.required => (*last).to_owned(),
                _ => row.condition.clone(),
            },
            certainty: if required { Certainty::Required } else { Certainty::Possible },
            there,
            evidence,
            doubts: tidy(doubts),
            source: row.source.as_str(),
        })
    }
}

/// The workloads among the instances, by address.
pub(crate) fn workloads<'a>(graph: &Graph<'a>, related: &Instances<'a>) -> Vec<Workload<'a>> {
    let managed = graph.instances.iter().filter(|of| of.address.mode == Mode::Managed);
    let placed = managed.filter(|instance| {
        attachment(&instance.address.kind).is_some_and(|found| found.is == Is::Workload)
    });
    placed.filter_map(|instance| workload(graph, related, instance)).collect()
}

fn workload<'a>(
    graph: &Graph<'a>,
    related: &Instances<'a>,
    instance: &'a Instance,
) -> Option<Workload<'a>> {
    let placement = placement::placement(graph, related, instance)?;
    let public = placement.public.or(elastic_ip(related, instance)).or(by_interfaces(instance));
    Some(Workload {
        instance,
        there: exists(instance),
        subnets: placement.subnets,
        groups: placement.groups,
        vpc: placement.vpc,
        public,
    })
}

/// An instance that is given its network interfaces has the addresses that those are given.
fn by_interfaces(instance: &Instance) -> Tri {
    if instance.body.nested("network_interface").is_empty() { Tri::No } else { Tri::Unknown }
}

/// Whether an address is attached to it apart from its own arguments.
fn elastic_ip<'a>(related: &Instances<'a>, instance: &'a Instance) -> Tri {
    let mut is = Tri::No;
    for way in condition_of("elastic_ip", &instance.address.kind) {
        let linked = related.follow(instance, &way.via);
        is = is.or(Tri::any(linked.instances.iter().map(|(_, there)| *there)));
        if !linked.doubts.is_empty() {
            is = is.or(Tri::Unknown);
        }
    }
    is
}
