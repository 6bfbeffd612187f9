//! The security group that AWS makes with a VPC, which whatever names no group has.

use privatelint_diagnostics::Cause;
use privatelint_evaluator::{InstanceKey, Tri, Unknown, Value};

use super::{End, Passage, Peer};
use crate::answer::tidy;
use crate::graph::{exists, is_adopted};
use crate::kinds::Role;
use crate::resources::{Direction, SecurityGroupId, VpcId};
use crate::{Answer, Argument, Doubt, Network, Ref};

/// What is known of a VPC's default group.
#[derive(Debug, Clone)]
pub enum DefaultGroup {
    /// Adopted by a resource here, which leaves it only the rules that it has here.
    Adopted(SecurityGroupId),
    /// As AWS makes it: everything out, and in from its own members.
    OfAws,
    /// Not known.
    Unknown(Vec<Doubt>),
}

impl Network<'_> {
    /// The default security group of a VPC: what names no group has it.
    #[must_use]
    pub fn default_group(&self, vpc: &Ref<VpcId>) -> DefaultGroup {
        let mut doubts = Vec::new();
        for group in self.security_groups.iter().filter(|group| is_adopted(group.instance)) {
            match self.same_vpc(&group.vpc, vpc).and(exists(group.instance)) {
                Tri::Yes => return DefaultGroup::Adopted(group.id),
                Tri::Unknown => doubts.push(Doubt::new(
                    format!("`{}` may be the VPC's default security group", group.instance.address),
                    "name its VPC in it directly",
                    Some(group.instance.header),
                )),
                Tri::No => {}
            }
        }
        doubts.extend(self.unseen(vpc));
        // Rules may be added to it without adopting it.
        for by in self.graph.with_role(Role::SecurityGroupRule) {
            let group = Argument::of(&by.body, "security_group_id").value;
            if !self.is_default_group(&self.graph.resolve(&group), vpc).is_no() {
                doubts.push(
                    Doubt::new(
                        format!(
                            "`{}` may be a rule of the VPC's default security group",
                            by.address
                        ),
                        "declare the group with `aws_default_security_group`",
                        Some(by.header),
                    )
                    .of_kind(Cause::Elsewhere),
                );
            }
        }
        if doubts.is_empty() { DefaultGroup::OfAws } else { DefaultGroup::Unknown(tidy(doubts)) }
    }

    /// Whether a group is a VPC's default one.
    pub(super) fn is_default_group(&self, group: &Ref<SecurityGroupId>, vpc: &Ref<VpcId>) -> Tri {
        match group {
            Ref::Managed(id) => match self.security_group(*id) {
                Some(group) if is_adopted(group.instance) => self.same_vpc(&group.vpc, vpc),
                _ => Tri::No,
            },
            Ref::External(Value::Unknown(Unknown::Computed(attribute)))
                if attribute.path == "default_security_group_id" =>
            {
                let own = vpc.managed().and_then(|id| self.vpc(id));
                match own {
                    Some(own) if own.instance.address.key != InstanceKey::Unknown => {
                        (own.instance.address == attribute.of).into()
                    }
                    _ => Tri::Unknown,
                }
            }
            Ref::OneOf(arms) => {
                crate::argument::agree(arms.iter().map(|arm| self.is_default_group(arm, vpc)))
            }
            Ref::Absent => Tri::No,
            Ref::External(_) | Ref::Maybe(_) => Tri::Unknown,
        }
    }

    /// What a default group lets through that is as AWS makes it.
    pub(super) fn untouched_default(
        &self,
        own: &End<'_, '_>,
        direction: Direction,
        peer: &Peer<'_, '_>,
    ) -> Passage {
        if direction == Direction::Egress {
            return Passage::of(Answer::yes(Vec::new()));
        }
        let Peer::End(other) = peer else { return Passage::of(Answer::no(Vec::new())) };
        let is_member = match other.groups {
            None => Tri::Unknown,
            Some(groups) => {
                let named = groups
                    .items
                    .iter()
                    .map(|member| self.is_default_group(&member.target, own.vpc).and(member.there));
                let unnamed = groups.is_empty().and(self.same_vpc(own.vpc, other.vpc));
                Tri::any(named.chain([unnamed]))
            }
        };
        Passage::of(match is_member {
            Tri::Yes => Answer::yes(Vec::new()),
            Tri::No => Answer::no(Vec::new()),
            Tri::Unknown => Answer::unknown(vec![Doubt::new(
                "the VPC's default security group lets only its own members in",
                "give it a security group of its own",
                None,
            )]),
        })
    }
}
