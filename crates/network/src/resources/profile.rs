//! Route 53 Profiles: DNS settings that several VPCs share.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri};

use super::{EndpointId, HostedZoneId, ProfileId, ResolverRuleId, VpcId};
use crate::answer::tidy;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::add_owned;
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Members, Ref};

/// `aws_route53profiles_profile`.
#[derive(Debug)]
pub struct Profile<'a> {
    /// Its id in the network.
    pub id: ProfileId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The VPCs that it is associated with.
    pub vpcs: Members<'a, VpcId>,
    /// What is in it.
    pub parts: Vec<ProfilePart<'a>>,
    /// Why there may be more in it.
    pub doubts: Vec<Doubt>,
}

/// Something in a profile: a private hosted zone, a resolver rule, or an interface endpoint whose private names all its VPCs get.
#[derive(Debug, Clone)]
pub struct ProfilePart<'a> {
    /// Whether it is certainly in the profile.
    pub there: Tri,
    /// The hosted zone that it may be; absent if it is something else.
    pub zone: Ref<HostedZoneId>,
    /// The rule that it may be; absent if it is something else.
    pub rule: Ref<ResolverRuleId>,
    /// The endpoint that it may be; absent if it is something else.
    pub endpoint: Ref<EndpointId>,
    /// `resource_arn`.
    pub resource: Argument,
    /// The header of the association.
    pub span: Span,
    /// The association's instance.
    pub by: &'a Instance,
}

pub(crate) fn profiles<'a>(graph: &Graph<'a>) -> Vec<Profile<'a>> {
    let role = |role| graph.with_role(role).iter().copied();
    let vpcs = ByOwner::new(graph, role(Role::ProfileVpc), "profile_id");
    let parts = ByOwner::new(graph, role(Role::ProfilePart), "profile_id");
    let instances = graph.with_role(Role::Profile).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = ProfileId::at(at);
            let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
            let mut doubts: Vec<Doubt> = modules.map(|module| module.doubt()).collect();
            let mut associated = Members { items: Vec::new(), doubts: doubts.clone(), span: None };
            add_owned(&mut associated, graph, &vpcs, "resource_id", id);
            let parts = parts.of(graph, id).into_iter().map(|(by, linked)| {
                doubts.extend(linked.doubt.flatten());
                part(graph, by, linked.there)
            });
            let parts = parts.collect();
            Profile { id, instance, vpcs: associated, parts, doubts: tidy(doubts) }
        })
        .collect()
}

fn part<'a>(graph: &Graph<'a>, by: &'a Instance, there: Tri) -> ProfilePart<'a> {
    let resource = Argument::of(&by.body, "resource_arn");
    let zone: Ref<HostedZoneId> = graph.resolve(&resource.value);
    let rule: Ref<ResolverRuleId> = graph.resolve(&resource.value);
    let endpoint: Ref<EndpointId> = graph.resolve(&resource.value);
    // What is certainly one of them is none of the others.
    let [is_zone, is_rule, is_endpoint] =
        [zone.managed().is_some(), rule.managed().is_some(), endpoint.managed().is_some()];
    ProfilePart {
        there,
        zone: if is_rule || is_endpoint { Ref::Absent } else { zone },
        rule: if is_zone || is_endpoint { Ref::Absent } else { rule },
        endpoint: if is_zone || is_rule { Ref::Absent } else { endpoint },
        resource,
        span: by.header,
        by,
    }
}
