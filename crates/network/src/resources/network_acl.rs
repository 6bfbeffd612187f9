//! Network ACLs with their rules and subnets, inline and standalone.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{BodyValue, Instance, Multiplicity, Tri, Value};

use super::{Direction, NetworkAclId, SubnetId, VpcId};
use crate::answer::tidy;
use crate::argument::agree;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::{add_owned, inline};
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Flag, Members, Ref, Written};

/// `aws_network_acl` or `aws_default_network_acl`.
///
/// A declared one has the rules that the code writes and no others: the provider removes those that AWS puts into the default ACL. One
/// without rules lets nothing through.
#[derive(Debug)]
pub struct NetworkAcl<'a> {
    /// Its id in the network.
    pub id: NetworkAclId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// Its rules, inline ones first; not in the order of their numbers.
    pub rules: Vec<AclRule<'a>>,
    /// Why there may be more rules; empty if these are all.
    pub doubts: Vec<Doubt>,
    /// The subnets that are associated with it: `subnet_ids` and `aws_network_acl_association`.
    pub subnets: Members<'a, SubnetId>,
}

/// A rule of a network ACL.
#[derive(Debug, Clone)]
pub struct AclRule<'a> {
    /// Whether it is certainly a rule of this ACL.
    pub there: Tri,
    /// Which way; `None` if that is not known.
    pub direction: Option<Direction>,
    /// Its number: the lowest one that matches decides.
    pub number: Value,
    /// Whether it lets traffic through or stops it.
    pub allows: Tri,
    /// The protocol as written: `tcp`, `6`, `-1`, `all`.
    pub protocol: Value,
    /// The first port.
    pub from_port: Value,
    /// The last port.
    pub to_port: Value,
    /// The IPv4 range; `Null` if it has none.
    pub ipv4: Value,
    /// The IPv6 range; `Null` if it has none.
    pub ipv6: Value,
    /// How it is written.
    pub written: Written,
    /// The nested block, or the header of the rule's resource.
    pub span: Span,
    /// The resource instance that writes it.
    pub by: &'a Instance,
}

impl NetworkAcl<'_> {
    /// Whether it is the one that subnets without an association use.
    #[must_use]
    pub fn is_default(&self) -> bool {
        crate::graph::is_adopted(self.instance)
    }
}

pub(crate) fn network_acls<'a>(graph: &Graph<'a>) -> Vec<NetworkAcl<'a>> {
    let role = |role| graph.with_role(role).iter().copied();
    let rules = ByOwner::new(graph, role(Role::AclRule), "network_acl_id");
    let subnets = ByOwner::new(graph, role(Role::AclSubnet), "network_acl_id");
    let instances = graph.with_role(Role::NetworkAcl).iter().enumerate();
    instances
        .map(|(at, instance)| network_acl(graph, NetworkAclId::at(at), instance, &rules, &subnets))
        .collect()
}

fn network_acl<'a>(
    graph: &Graph<'a>,
    id: NetworkAclId,
    instance: &'a Instance,
    standalone: &ByOwner<'a, NetworkAclId>,
    associations: &ByOwner<'a, NetworkAclId>,
) -> NetworkAcl<'a> {
    let mut rules = Vec::new();
    let mut doubts = Vec::new();
    for (kind, direction) in [("ingress", Direction::Ingress), ("egress", Direction::Egress)] {
        for block in instance.body.nested(kind) {
            let whole = block.multiplicity == Multiplicity::One;
            if !whole {
                let attributes = block.body.attributes.values().map(|attribute| &attribute.value);
                let unknown =
                    attributes.chain(instance.body.get(kind)).find_map(Value::first_unknown);
                doubts.push(match unknown {
                    Some(unknown) => Doubt::of_unknown(unknown, Some(block.span)),
                    None => Doubt::new(
                        "how many rules there are is not known",
                        "give the variables in `for_each` a value",
                        Some(block.span),
                    ),
                });
                if block.body.attributes.is_empty() {
                    continue;
                }
            }
            let written = AclRule {
                there: if whole { Tri::Yes } else { Tri::Unknown },
                direction: Some(direction),
                number: Argument::of(&block.body, "rule_no").value,
                allows: allows(&Argument::of(&block.body, "action")),
                written: Written::Inline,
                span: block.span,
                ..rule(&block.body, instance)
            };
            rules.push(written);
        }
    }
    for (by, linked) in standalone.of(graph, id) {
        doubts.extend(linked.doubt.flatten());
        let egress = Flag::of(&by.body, "egress", false).is;
        rules.push(AclRule {
            there: linked.there,
            direction: match egress {
                Tri::Yes => Some(Direction::Egress),
                Tri::No => Some(Direction::Ingress),
                Tri::Unknown => None,
            },
            number: Argument::of(&by.body, "rule_number").value,
            allows: allows(&Argument::of(&by.body, "rule_action")),
            ..rule(&by.body, by)
        });
    }
    let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
    doubts.extend(modules.map(|module| module.doubt()));

    let mut subnets = inline(graph, instance, "subnet_ids");
    add_owned(&mut subnets, graph, associations, "subnet_id", id);
    NetworkAcl { id, instance, vpc: graph.vpc_of(instance), rules, doubts: tidy(doubts), subnets }
}

/// What both forms of rules call alike.
fn rule<'a>(body: &BodyValue, by: &'a Instance) -> AclRule<'a> {
    // The object form of inline rules writes an empty text for what is left out.
    let range = |name: &str| match Argument::of(body, name).value {
        Value::String(text) if text.is_empty() => Value::Null,
        value => value,
    };
    AclRule {
        there: Tri::Unknown,
        direction: None,
        number: Value::Null,
        allows: Tri::Unknown,
        protocol: Argument::of(body, "protocol").value,
        from_port: Argument::of(body, "from_port").value,
        to_port: Argument::of(body, "to_port").value,
        ipv4: range("cidr_block"),
        ipv6: range("ipv6_cidr_block"),
        written: Written::Standalone,
        span: by.header,
        by,
    }
}

fn allows(action: &Argument) -> Tri {
    agree(action.value.alternatives().iter().map(|action| match action {
        Value::String(text) => text.eq_ignore_ascii_case("allow").into(),
        _ => Tri::Unknown,
    }))
}
