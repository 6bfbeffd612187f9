//! AWS Network Firewall: firewalls with an endpoint in each of their subnets.

use privatelint_evaluator::{Instance, Multiplicity, Tri, Value};

use super::{FirewallId, SubnetId, VpcId};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::{Argument, Doubt, Member, Members, Ref, Written};

/// `aws_networkfirewall_firewall`.
#[derive(Debug)]
pub struct Firewall<'a> {
    /// Its id in the network.
    pub id: FirewallId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// The subnets with its endpoints: `subnet_mapping`.
    pub subnets: Members<'a, SubnetId>,
}

pub(crate) fn firewalls<'a>(graph: &Graph<'a>) -> Vec<Firewall<'a>> {
    let instances = graph.with_role(Role::Firewall).iter().enumerate();
    instances
        .map(|(at, instance)| Firewall {
            id: FirewallId::at(at),
            instance,
            vpc: graph.resolve(&Argument::of(&instance.body, "vpc_id").value),
            subnets: subnets_of_blocks(graph, instance, "subnet_mapping"),
        })
        .collect()
}

/// The subnets that the nested blocks of a type name, one each.
pub(super) fn subnets_of_blocks<'a>(
    graph: &Graph<'a>,
    instance: &'a Instance,
    kind: &str,
) -> Members<'a, SubnetId> {
    let mut members = Members { items: Vec::new(), doubts: Vec::new(), span: None };
    for block in instance.body.nested(kind) {
        members.span = members.span.or(Some(block.span));
        let value = Argument::of(&block.body, "subnet_id").value;
        let there = match block.multiplicity {
            Multiplicity::One => Tri::Yes,
            Multiplicity::Unknown => {
                let unknown = value.first_unknown();
                let unknown = unknown.or(instance.body.get(kind).and_then(Value::first_unknown));
                members.doubts.push(match unknown {
                    Some(unknown) => Doubt::of_unknown(unknown, Some(block.span)),
                    None => Doubt::new(
                        "in how many subnets it is is not known",
                        "give the variables in `for_each` a value",
                        Some(block.span),
                    ),
                });
                Tri::Unknown
            }
        };
        if value.is_null() {
            continue;
        }
        members.items.push(Member {
            target: graph.resolve(&value),
            value,
            there,
            written: Written::Inline,
            span: block.span,
            by: instance,
        });
    }
    members
}
