//! Do the security groups of one end of a connection let it through?
//!
//! Security groups remember connections: an answer goes the way that the request came, so that only the request is asked for.

mod cover;
mod default_group;
mod prefix_lists;

use privatelint_diagnostics::{Annotation, Cause};
use privatelint_evaluator::Tri;

use self::cover::{Coverage, Opening, Weigh};
pub use self::default_group::DefaultGroup;
use crate::addresses::{Addresses, Family};
use crate::answer::tidy;
use crate::questions::inbound::doubt_about;
use crate::resources::{Direction, SecurityGroup, SecurityGroupId, VpcId};
use crate::{Answer, Doubt, Members, Network, Ref};

/// One end of a connection: network interfaces in a VPC.
#[derive(Debug, Clone)]
pub struct End<'n, 'a> {
    /// Its security groups; one that has none has the VPC's default one. `None` if it may have any, as whatever a subnet holds.
    pub groups: Option<&'n Members<'a, SecurityGroupId>>,
    /// Its VPC.
    pub vpc: &'n Ref<VpcId>,
    /// Where its addresses are; empty if nothing is known of them.
    pub addresses: Vec<Addresses>,
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub enum Peer<'n, 'a> {
    /// Network interfaces in a VPC.
    End(&'n End<'n, 'a>),
    /// The public addresses of an AWS service, by its short name, or any of the internet.
    Public(Option<&'n str>, Family),
}

/// Whether security groups let a connection through.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Whether they do.
    pub allowed: Answer,
    /// The groups whose members they let through, where it is not known which groups the other end has.
    pub only_for: Vec<Ref<SecurityGroupId>>,
}

impl Network<'_> {
    /// Whether the security groups of one end let TCP to a port through: out of it to the peer, or into it from the peer.
    ///
    /// Yes only if they do for every address of the peer, no only if for none. A group that is declared here and has no rule for a
    /// direction lets nothing through in it: the provider removes the rule that AWS makes for what goes out.
    #[must_use]
    pub fn group_passes(
        &self,
        own: &End<'_, '_>,
        direction: Direction,
        peer: &Peer<'_, '_>,
        port: u16,
    ) -> Passage {
        let Some(members) = own.groups else {
            let doubt = Doubt::new(
                "which security groups it has is not known",
                "ask for a resource that names its security groups",
                None,
            );
            return Passage::of(Answer::unknown(vec![doubt]));
        };
        let mut groups = Groups::default();
        groups.doubts.extend(members.doubts.iter().cloned());
        for member in &members.items {
            if member.there.is_unknown() {
                groups.perhaps.push(
                    Doubt::new(
                        "whether a security group is attached depends on what is not known",
                        "give the variables in it a value with `--var` or `--var-file`",
                        Some(member.span),
                    )
                    .of_kind(Cause::Condition),
                );
            }
            self.add(&mut groups, &member.target, member.there, &mut |unknown| {
                Doubt::of_unknown(unknown, Some(member.span))
            });
        }
        if members.is_empty().is_yes() {
            match self.default_group(own.vpc) {
                DefaultGroup::Adopted(id) => {
                    self.add(&mut groups, &Ref::Managed(id), Tri::Yes, &mut |unknown| {
                        Doubt::of_unknown(unknown, None)
                    });
                }
                DefaultGroup::OfAws => return self.untouched_default(own, direction, peer),
                DefaultGroup::Unknown(doubts) => groups.doubts.extend(doubts),
            }
        }
        self.weigh(&groups, direction, peer, port)
    }

    /// Adds the groups that a reference may mean.
    fn add<'n>(
        &'n self,
        groups: &mut Groups<'n>,
        target: &Ref<SecurityGroupId>,
        there: Tri,
        doubt: &mut dyn FnMut(&privatelint_evaluator::Unknown) -> Doubt,
    ) {
        match target {
            Ref::Managed(id) => {
                if let Some(group) = self.security_group(*id) {
                    groups.choices.push(Choice { arms: vec![Some(group)], there });
                }
            }
            Ref::OneOf(arms) => {
                let arms: Vec<_> = arms
                    .iter()
                    .map(|arm| arm.managed().and_then(|id| self.security_group(id)))
                    .collect();
                if arms.iter().any(Option::is_none) {
                    match target.unknown() {
                        Some(unknown) => groups.doubts.push(doubt(unknown)),
                        None => groups.doubts.push(elsewhere()),
                    }
                }
                groups.perhaps.push(
                    Doubt::new(
                        "which security group is used depends on a condition that is not known",
                        "give the variables in it a value with `--var` or `--var-file`",
                        None,
                    )
                    .of_kind(Cause::Condition),
                );
                groups.choices.push(Choice { arms, there });
            }
            Ref::Maybe(unknown) => groups.doubts.push(doubt(unknown)),
            Ref::External(_) => groups.doubts.push(elsewhere()),
            Ref::Absent => {}
        }
    }

    /// What the rules of all groups together let through.
    fn weigh(
        &self,
        groups: &Groups<'_>,
        direction: Direction,
        peer: &Peer<'_, '_>,
        port: u16,
    ) -> Passage {
        let mut certain = Vec::new();
        let mut possible = Vec::new();
        let mut doubts = groups.doubts.clone();
        let mut closed = Vec::new();
        let mut is_certain = false;
        for choice in &groups.choices {
            let arms: Vec<Option<Vec<Opening<'_>>>> = choice
                .arms
                .iter()
                .map(|group| group.map(|group| openings(group, choice.there, direction, port)))
                .collect();
            if let [Some(only)] = arms.as_slice() {
                certain.extend(only.iter().filter(|opening| opening.there.is_yes()).cloned());
            } else {
                // Whatever is chosen, each alone lets it through.
                is_certain |= choice.there.is_yes()
                    && arms.iter().all(|arm| {
                        arm.as_ref().is_some_and(|arm| {
                            let certain: Vec<_> = arm
                                .iter()
                                .filter(|opening| opening.there.is_yes())
                                .cloned()
                                .collect();
                            self.cover(&certain, peer, Weigh::Certain).coverage == Coverage::All
                        })
                    });
            }
            possible.extend(arms.into_iter().flatten().flatten());
            for group in choice.arms.iter().flatten() {
                doubts.extend(group.doubts_about(direction).cloned());
                closed.extend(closed_by(group, direction, port));
            }
        }
        let surely = self.cover(&certain, peer, Weigh::Certain);
        if is_certain || surely.coverage == Coverage::All {
            let by = if surely.by.is_empty() { &possible } else { &surely.by };
            let evidence = by.iter().map(|opening| {
                let message = match direction {
                    Direction::Ingress => "lets it in",
                    Direction::Egress => "lets it out",
                };
                Annotation::new(opening.rule.span, message)
            });
            return Passage::of(Answer::yes(evidence.collect()));
        }
        let perhaps = self.cover(&possible, peer, Weigh::Possible);
        if perhaps.coverage == Coverage::Nothing && doubts.is_empty() {
            return Passage::of(Answer::no(closed));
        }
        doubts.extend(groups.perhaps.iter().cloned());
        doubts.extend(perhaps.doubts);
        let uncertain = perhaps.by.iter().filter(|opening| !opening.there.is_yes());
        doubts.extend(uncertain.map(|opening| doubt_about(opening.rule)));
        if doubts.is_empty() {
            doubts.push(Doubt::new(
                "security groups let it through for a part of the addresses only",
                "name the other end by its security group, or by the whole block of its VPC",
                perhaps.by.first().map(|opening| opening.rule.span),
            ));
        }
        Passage { allowed: Answer::unknown(tidy(doubts)), only_for: perhaps.only_for }
    }
}

impl Passage {
    fn of(allowed: Answer) -> Self {
        Self { allowed, only_for: Vec::new() }
    }
}

/// The groups of an end.
#[derive(Default)]
struct Groups<'n> {
    choices: Vec<Choice<'n>>,
    /// Why there may be more, or rules of theirs that cannot be seen.
    doubts: Vec<Doubt>,
    /// Why it is not known which of those that can be seen there are.
    perhaps: Vec<Doubt>,
}

/// One group, or one of several because a condition is not known. `None` for one that is not declared here.
struct Choice<'n> {
    arms: Vec<Option<&'n SecurityGroup<'n>>>,
    there: Tri,
}

/// The rules of a group that let a port through in a direction, from or to somebody.
fn openings<'n>(
    group: &'n SecurityGroup<'n>,
    there: Tri,
    direction: Direction,
    port: u16,
) -> Vec<Opening<'n>> {
    let open = group.rules.iter().filter_map(|rule| {
        let own = rule.direction.map_or(Tri::Unknown, |own| (own == direction).into());
        let there = Tri::all([there, rule.there, own, rule.covers(port)]);
        (!there.is_no()).then_some(Opening { rule, group: group.id, there })
    });
    open.collect()
}

/// Where a group shows that it does not let something through.
fn closed_by(group: &SecurityGroup<'_>, direction: Direction, port: u16) -> Vec<Annotation> {
    let open = openings(group, Tri::Yes, direction, port);
    let (way, side) = match direction {
        Direction::Ingress => ("in", "from others"),
        Direction::Egress => ("out", "to others"),
    };
    let address = &group.instance.address;
    if open.is_empty() {
        let message = format!("no rule of `{address}` lets TCP {port} {way}");
        return vec![Annotation::new(group.instance.header, message)];
    }
    open.iter()
        .map(|opening| {
            Annotation::new(opening.rule.span, format!("lets TCP {port} {way}, but only {side}"))
        })
        .collect()
}

fn elsewhere() -> Doubt {
    Doubt::new(
        "the security group is not declared here",
        "lint it together with the code that declares it",
        None,
    )
    .of_kind(Cause::Elsewhere)
}
