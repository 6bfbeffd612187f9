//! Which part of a peer do the rules of security groups cover?

use privatelint_evaluator::{Tri, Value};

use super::prefix_lists::PrefixList;
use super::{End, Peer};
use crate::addresses::{Addresses, Blocks, Lie};
use crate::resources::{Rule, SecurityGroupId, Source};
use crate::{Doubt, Network, Ref};

/// A rule that lets a port through.
#[derive(Debug, Clone)]
pub(super) struct Opening<'n> {
    pub(super) rule: &'n Rule<'n>,
    pub(super) group: SecurityGroupId,
    /// Whether it certainly does. Never no.
    pub(super) there: Tri,
}

/// What counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weigh {
    /// What certainly covers.
    Certain,
    /// What perhaps covers too.
    Possible,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coverage {
    All,
    Part,
    Nothing,
}

/// What rules cover, and by which of them.
pub(super) struct Cover<'n> {
    pub(super) coverage: Coverage,
    /// The rules that cover something.
    pub(super) by: Vec<Opening<'n>>,
    /// Why it is not known of some.
    pub(super) doubts: Vec<Doubt>,
    /// The groups whose members are covered, if the peer may be one.
    pub(super) only_for: Vec<Ref<SecurityGroupId>>,
}

/// What of one place is not covered yet.
struct Left {
    addresses: Addresses,
    is_covered: bool,
    blocks: Option<Blocks>,
}

/// Whether a source certainly has all of a peer.
enum Has {
    /// Each block, and whether it is certainly one.
    Blocks(Vec<(Value, Tri)>, Vec<Doubt>),
    Whole(Tri, Vec<Doubt>),
}

impl Network<'_> {
    /// What of a peer these rules cover.
    pub(super) fn cover<'n>(
        &self,
        openings: &[Opening<'n>],
        peer: &Peer<'_, '_>,
        weigh: Weigh,
    ) -> Cover<'n> {
        let mut left: Vec<Left> = places(peer)
            .into_iter()
            .map(|addresses| Left {
                blocks: addresses.blocks.clone(),
                is_covered: false,
                addresses,
            })
            .collect();
        let mut cover = Cover {
            coverage: Coverage::Nothing,
            by: Vec::new(),
            doubts: Vec::new(),
            only_for: Vec::new(),
        };
        for opening in openings {
            let mut covers = false;
            for source in &opening.rule.sources {
                match self.has(source, opening, peer, &mut cover) {
                    Has::Whole(Tri::No, _) => {}
                    Has::Whole(Tri::Unknown, _) if weigh == Weigh::Certain => {}
                    Has::Whole(_, doubts) => {
                        covers = true;
                        cover.doubts.extend(doubts);
                        left.iter_mut().for_each(|left| left.is_covered = true);
                    }
                    Has::Blocks(blocks, doubts) => {
                        let may_be_more = !doubts.is_empty() && weigh == Weigh::Possible;
                        covers |= may_be_more;
                        cover.doubts.extend(doubts);
                        for left in &mut left {
                            left.is_covered |= may_be_more;
                            for (block, there) in &blocks {
                                if weigh == Weigh::Possible || there.is_yes() {
                                    covers |= left.take(block, weigh, opening, &mut cover.doubts);
                                }
                            }
                        }
                    }
                }
            }
            if covers {
                cover.by.push(opening.clone());
            }
        }
        cover.coverage = if left.iter().all(Left::is_done) {
            Coverage::All
        } else if cover.by.is_empty() {
            Coverage::Nothing
        } else {
            Coverage::Part
        };
        cover
    }

    fn has(
        &self,
        source: &Source,
        opening: &Opening<'_>,
        peer: &Peer<'_, '_>,
        cover: &mut Cover<'_>,
    ) -> Has {
        let span = opening.rule.span;
        match source {
            Source::Cidr(block) => Has::Blocks(vec![(block.clone(), Tri::Yes)], Vec::new()),
            Source::PrefixList(id) => self.has_list(self.list_of_id(id), opening, peer),
            Source::Group(group) => self.has_members(group, opening, peer, cover),
            Source::Itself => self.has_members(&Ref::Managed(opening.group), opening, peer, cover),
            Source::Unknown(value) => match self.list_of_blocks(value) {
                Some(list) => self.has_list(list, opening, peer),
                None => {
                    let doubt = match value.first_unknown() {
                        Some(unknown) => Doubt::of_unknown(unknown, Some(span)),
                        None => Doubt::new(
                            "whom a rule lets through is not known",
                            "give the variables in it a value",
                            Some(span),
                        ),
                    };
                    Has::Whole(Tri::Unknown, vec![doubt])
                }
            },
        }
    }

    /// Whether a prefix list has the addresses of a peer.
    fn has_list(&self, list: PrefixList, opening: &Opening<'_>, peer: &Peer<'_, '_>) -> Has {
        let span = Some(opening.rule.span);
        match list {
            PrefixList::Service(name) => match peer {
                // The list of a service holds public addresses only.
                Peer::End(_) => Has::Whole(Tri::No, Vec::new()),
                Peer::Public(Some(service), _) => {
                    let doubt = name.value.first_unknown().map(|u| Doubt::of_unknown(u, span));
                    Has::Whole(name.is(service), doubt.into_iter().collect())
                }
                Peer::Public(None, _) => Has::Whole(
                    Tri::Unknown,
                    vec![Doubt::new(
                        "a rule lets only the addresses of one service through",
                        "ask for that service",
                        span,
                    )],
                ),
            },
            PrefixList::Blocks(blocks, doubts) => Has::Blocks(blocks, doubts),
            PrefixList::Unknown(unknown) => {
                let doubt = match unknown {
                    Some(unknown) => Doubt::of_unknown(&unknown, span),
                    None => Doubt::new(
                        "which addresses a prefix list has is not known",
                        "name the prefix list by `data.aws_ec2_managed_prefix_list`",
                        span,
                    ),
                };
                Has::Whole(Tri::Unknown, vec![doubt])
            }
        }
    }

    /// Whether the peer is a member of a group.
    fn has_members(
        &self,
        group: &Ref<SecurityGroupId>,
        opening: &Opening<'_>,
        peer: &Peer<'_, '_>,
        cover: &mut Cover<'_>,
    ) -> Has {
        let Peer::End(end) = peer else { return Has::Whole(Tri::No, Vec::new()) };
        let is = self.is_member(end, group);
        if !is.is_unknown() {
            return Has::Whole(is, Vec::new());
        }
        if !cover.only_for.contains(group) {
            cover.only_for.push(group.clone());
        }
        let group = match group {
            Ref::Managed(id) => self
                .security_group(*id)
                .map_or_else(String::new, |group| format!("`{}`", group.instance.address)),
            _ => "another group".to_owned(),
        };
        let doubt = Doubt::new(
            format!(
                "a rule lets only members of {group} through, and whether it is one is not known"
            ),
            "ask for a resource that names its security groups",
            Some(opening.rule.span),
        );
        Has::Whole(Tri::Unknown, vec![doubt])
    }

    /// Whether an end is a member of a group.
    pub(super) fn is_member(&self, end: &End<'_, '_>, group: &Ref<SecurityGroupId>) -> Tri {
        let Some(groups) = end.groups else { return Tri::Unknown };
        let own = Tri::any(
            groups
                .items
                .iter()
                .map(|member| self.same_security_group(&member.target, group).and(member.there)),
        );
        if own.is_yes() {
            return own;
        }
        let default = match groups.is_empty() {
            Tri::No => Tri::No,
            may_be_empty => may_be_empty.and(self.is_default_group(group, end.vpc)),
        };
        let unseen = if groups.doubts.is_empty() { Tri::No } else { Tri::Unknown };
        Tri::any([own, default, unseen])
    }
}

impl Left {
    /// Takes what a block covers away. Whether it covers anything.
    fn take(
        &mut self,
        block: &Value,
        weigh: Weigh,
        opening: &Opening<'_>,
        doubts: &mut Vec<Doubt>,
    ) -> bool {
        match self.addresses.lie_to(block) {
            Lie::Inside => {
                self.is_covered = true;
                true
            }
            Lie::Partly(part) => {
                if let Some(blocks) = &mut self.blocks {
                    blocks.remove(&part);
                }
                true
            }
            Lie::Outside => false,
            Lie::Unknown if weigh == Weigh::Certain => false,
            Lie::Unknown => {
                self.is_covered = true;
                let span = Some(opening.rule.span);
                let unknown = block.first_unknown().or(self.addresses.written.first_unknown());
                doubts.push(match unknown {
                    Some(unknown) => Doubt::of_unknown(unknown, span),
                    None => Doubt::new(
                        "the addresses at the other end are not known",
                        "lint it together with the code that declares its subnet",
                        span,
                    ),
                });
                true
            }
        }
    }

    fn is_done(&self) -> bool {
        self.is_covered || self.blocks.as_ref().is_some_and(Blocks::is_empty)
    }
}

/// Where the addresses of a peer are.
fn places(peer: &Peer<'_, '_>) -> Vec<Addresses> {
    match peer {
        Peer::End(end) if end.addresses.is_empty() => {
            vec![Addresses::somewhere(crate::addresses::Family::V4, Vec::new())]
        }
        Peer::End(end) => end.addresses.clone(),
        Peer::Public(_, family) => vec![Addresses::public(*family)],
    }
}
