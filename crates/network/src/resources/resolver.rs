//! Route 53 Resolver: endpoints for queries in and out, rules that forward names, and the VPCs of rules.

use privatelint_evaluator::{Instance, Tri};

use super::firewall::subnets_of_blocks;
use super::{ResolverEndpointId, ResolverRuleId, SecurityGroupId, SubnetId, VpcId};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::{add_owned, inline};
use crate::owners::ByOwner;
use crate::{Argument, Members, Ref};

/// `aws_route53_resolver_endpoint`.
#[derive(Debug)]
pub struct ResolverEndpoint<'a> {
    /// Its id in the network.
    pub id: ResolverEndpointId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Whether queries come in through it; otherwise they go out.
    pub inbound: Tri,
    /// The subnets with its addresses.
    pub subnets: Members<'a, SubnetId>,
    /// Its security groups.
    pub security_groups: Members<'a, SecurityGroupId>,
}

/// `aws_route53_resolver_rule`.
#[derive(Debug)]
pub struct ResolverRule<'a> {
    /// Its id in the network.
    pub id: ResolverRuleId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `domain_name`: the rule is for this name and all below it.
    pub domain_name: Argument,
    /// Whether it sends queries to other name servers; a rule of type `SYSTEM` takes names out of what others forward.
    pub forwards: Tri,
    /// Through which endpoint queries leave.
    pub endpoint: Ref<ResolverEndpointId>,
    /// The VPCs in which it holds.
    pub vpcs: Members<'a, VpcId>,
}

pub(crate) fn resolver_endpoints<'a>(graph: &Graph<'a>) -> Vec<ResolverEndpoint<'a>> {
    let instances = graph.with_role(Role::ResolverEndpoint).iter().enumerate();
    instances
        .map(|(at, instance)| ResolverEndpoint {
            id: ResolverEndpointId::at(at),
            instance,
            inbound: Argument::of(&instance.body, "direction").is("INBOUND"),
            subnets: subnets_of_blocks(graph, instance, "ip_address"),
            security_groups: inline(graph, instance, "security_group_ids"),
        })
        .collect()
}

pub(crate) fn resolver_rules<'a>(graph: &Graph<'a>) -> Vec<ResolverRule<'a>> {
    let associations = graph.with_role(Role::ResolverRuleVpc).iter().copied();
    let associations = ByOwner::new(graph, associations, "resolver_rule_id");
    let instances = graph.with_role(Role::ResolverRule).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = ResolverRuleId::at(at);
            let mut vpcs = Members { items: Vec::new(), doubts: Vec::new(), span: None };
            add_owned(&mut vpcs, graph, &associations, "vpc_id", id);
            let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
            vpcs.doubts.extend(modules.map(|module| module.doubt()));
            ResolverRule {
                id,
                instance,
                domain_name: Argument::of(&instance.body, "domain_name"),
                forwards: Argument::of(&instance.body, "rule_type").is("FORWARD"),
                endpoint: graph
                    .resolve(&Argument::of(&instance.body, "resolver_endpoint_id").value),
                vpcs,
            }
        })
        .collect()
}
