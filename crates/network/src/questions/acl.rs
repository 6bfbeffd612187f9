//! Does the network ACL of a subnet let packets through?
//!
//! ACLs remember nothing: the request and the answer are asked for one by one. The first rule that matches decides, in the order of the
//! rules' numbers; what none matches is stopped.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use privatelint_diagnostics::{Annotation, Cause};
use privatelint_evaluator::{Number, Tri, Value};

use crate::addresses::{Addresses, Family, Lie, block};
use crate::answer::tidy;
use crate::argument::agree;
use crate::graph::exists;
use crate::kinds::Role;
use crate::questions::inbound::doubt_of;
use crate::questions::security::Peer;
use crate::resources::{AclRule, Direction, NetworkAcl, NetworkAclId, SubnetId};
use crate::{Answer, Argument, Doubt, Network, Ref};

/// The pieces that packets may fall into before an ACL is too involved to say anything of it.
const MOST_PIECES: usize = 2048;

/// How long the prefix of a block is that a rule may stop without stopping a whole service: one that keeps a few hosts away.
const MINOR: (u8, u8) = (16, 32);

/// The ports to which answers go: those that clients choose for their end of a connection.
pub const ANSWER_PORTS: RangeInclusive<u16> = 1024..=65535;

/// The ACL of a subnet.
enum AclOf<'n, 'a> {
    Declared(&'n NetworkAcl<'a>),
    /// As AWS makes it: it lets everything through.
    OfAws,
    Unknown,
}

impl<'a> Network<'a> {
    /// Whether the network ACL of a subnet lets TCP between the subnet and a peer through, to ports at the side where packets go.
    ///
    /// Traffic inside the subnet never meets its ACL.
    #[must_use]
    pub fn acl_passes(
        &self,
        subnet: SubnetId,
        direction: Direction,
        peer: &Peer<'_, '_>,
        ports: RangeInclusive<u16>,
    ) -> Answer {
        let (acl, mut doubts) = self.acl_of(subnet);
        let acl = match acl {
            AclOf::Declared(acl) => acl,
            AclOf::OfAws => return unless(Answer::yes(Vec::new()), doubts),
            AclOf::Unknown => return Answer::unknown(tidy(doubts)),
        };
        // A rule of the other direction is no reason for doubt.
        let is_of_other = |doubt: &&Doubt| {
            let mut rules = acl.rules.iter().filter(|rule| Some(rule.span) == doubt.span);
            rules.any(|rule| rule.direction.is_some_and(|own| own != direction))
        };
        doubts.extend(acl.doubts.iter().filter(|doubt| !is_of_other(doubt)).cloned());
        let own = [Family::V4, Family::V6].map(|family| self.addresses_in(subnet, family));
        let places = match peer {
            Peer::Public(_, family) => vec![Addresses::public(*family)],
            Peer::End(end) if end.addresses.is_empty() => {
                vec![Addresses::somewhere(Family::V4, Vec::new())]
            }
            Peer::End(end) => {
                let others = end.addresses.iter().filter(|place| {
                    place.written.is_null() || !own.iter().any(|own| own == *place)
                });
                others.cloned().collect()
            }
        };
        let packets = Packets { places, is_public: matches!(peer, Peer::Public(..)), ports };
        unless(decide(acl, direction, &packets), doubts)
    }

    /// The ACL of a subnet, and why it may be another one.
    fn acl_of(&self, id: SubnetId) -> (AclOf<'_, 'a>, Vec<Doubt>) {
        let Some(subnet) = self.subnet(id) else { return (AclOf::Unknown, Vec::new()) };
        let mut doubts: Vec<Doubt> = Vec::new();
        let given = |module: &&crate::graph::Missing<'_>| module.is_given(&subnet.instance.address);
        doubts.extend(self.graph.missing.iter().filter(given).map(|module| module.doubt()));
        let mut found = Vec::new();
        for acl in &self.network_acls {
            let named = acl.subnets.items.iter().map(|member| {
                self.same_subnet(&member.target, &Ref::Managed(id)).and(member.there)
            });
            match Tri::any(named).and(exists(acl.instance)) {
                Tri::Yes => found.push(acl),
                Tri::No if acl.subnets.doubts.is_empty() => {}
                Tri::No | Tri::Unknown if self.same_vpc(&acl.vpc, &subnet.vpc).is_no() => {}
                Tri::No | Tri::Unknown => {
                    doubts.extend(acl.subnets.doubts.iter().cloned());
                    doubts.push(perhaps(acl, "may be the network ACL of the subnet"));
                }
            }
        }
        for by in self.graph.with_role(Role::AclSubnet) {
            let named = self.graph.resolve(&Argument::of(&by.body, "subnet_id").value);
            let acl: Ref<NetworkAclId> =
                self.graph.resolve(&Argument::of(&by.body, "network_acl_id").value);
            let is_elsewhere = matches!(acl, Ref::External(_) | Ref::Maybe(_));
            if is_elsewhere && !self.same_subnet(&named, &Ref::Managed(id)).is_no() {
                doubts.push(
                    Doubt::new(
                        format!("`{}` may give the subnet a network ACL of other code", by.address),
                        "lint it together with the code that declares the network ACL",
                        Some(by.header),
                    )
                    .of_kind(Cause::Elsewhere),
                );
            }
        }
        match found.as_slice() {
            // What is associated by its name is so whatever else may be.
            [only] => return (AclOf::Declared(only), Vec::new()),
            [_, ..] => {
                let two = "name the subnet in one network ACL only";
                doubts.push(Doubt::new("several network ACLs name the subnet", two, None));
                return (AclOf::Unknown, tidy(doubts));
            }
            [] => {}
        }
        let mut default = AclOf::OfAws;
        for acl in self.network_acls.iter().filter(|acl| acl.is_default()) {
            match self.same_vpc(&acl.vpc, &subnet.vpc).and(exists(acl.instance)) {
                Tri::Yes => default = AclOf::Declared(acl),
                Tri::Unknown => doubts.push(perhaps(acl, "may be the default network ACL")),
                Tri::No => {}
            }
        }
        if subnet.vpc.managed().is_none() && matches!(default, AclOf::OfAws) {
            doubts.push(
                Doubt::new(
                    "the subnet's VPC is not declared here, so that its default network ACL is not known",
                    "lint it together with the code that declares the VPC",
                    Some(subnet.instance.header),
                )
                .of_kind(Cause::Elsewhere),
            );
        }
        (default, tidy(doubts))
    }
}

/// The answer, if there are no doubts about it.
fn unless(answer: Answer, doubts: Vec<Doubt>) -> Answer {
    if doubts.is_empty() {
        return answer;
    }
    Answer::unknown(tidy(doubts.into_iter().chain(answer.doubts).collect()))
}

fn perhaps(acl: &NetworkAcl<'_>, what: &str) -> Doubt {
    if exists(acl.instance).is_unknown() {
        return Doubt::of_multiplicity(acl.instance);
    }
    Doubt::new(
        format!("`{}` {what}", acl.instance.address),
        "name its subnets in it directly",
        Some(acl.instance.header),
    )
}

/// Packets from or to somewhere.
struct Packets {
    places: Vec<Addresses>,
    is_public: bool,
    ports: RangeInclusive<u16>,
}

/// A part of the packets that no rule has decided yet.
struct Piece {
    place: Addresses,
    first: u16,
    last: u16,
}

/// Where a rule stands among the others.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    First,
    Numbered(Number),
    Last,
}

/// Which way what is not known counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lean {
    /// Rules that perhaps let something through do, those that perhaps stop it do not.
    Open,
    /// The other way round.
    Shut,
}

/// What becomes of packets, by which rules.
#[derive(Default)]
struct Outcome<'n> {
    allowed: Vec<&'n AclRule<'n>>,
    stopped: Vec<&'n AclRule<'n>>,
    /// Whether something meets no rule.
    unmatched: bool,
    /// Whether there were too many pieces.
    is_too_much: bool,
}

fn decide(acl: &NetworkAcl<'_>, direction: Direction, packets: &Packets) -> Answer {
    let shut = run(acl, direction, packets, Lean::Shut);
    let open = run(acl, direction, packets, Lean::Open);
    let is_shut_open = shut.stopped.is_empty() && !shut.unmatched && !shut.is_too_much;
    if is_shut_open {
        let by = shut.allowed.iter().map(|rule| Annotation::new(rule.span, "lets it through"));
        return Answer::yes(by.collect());
    }
    if open.allowed.is_empty() && !open.is_too_much {
        let mut by: Vec<_> =
            open.stopped.iter().map(|rule| Annotation::new(rule.span, "stops it")).collect();
        if open.unmatched {
            let way = match direction {
                Direction::Ingress => "in",
                Direction::Egress => "out",
            };
            let message = format!("no rule of `{}` lets it {way}", acl.instance.address);
            by.push(Annotation::new(acl.instance.header, message));
        }
        return Answer::no(by);
    }
    let mut doubts = Vec::new();
    for rule in acl.rules.iter().filter(|rule| !is_certain(rule)) {
        if rule.direction.is_none_or(|own| own == direction) {
            doubts.push(doubt_of(rule.by, rule.span, parts(rule).into_iter()));
        }
    }
    let unknown_place = packets.places.iter().find(|place| place.blocks.is_none());
    if let Some(place) = unknown_place {
        doubts.push(match place.written.first_unknown() {
            Some(unknown) => Doubt::of_unknown(unknown, None),
            None => Doubt::new(
                "the addresses at the other end are not known",
                "lint it together with the code that declares its subnet",
                None,
            ),
        });
    }
    if doubts.is_empty() {
        doubts.push(Doubt::new(
            format!("`{}` lets a part of it through only", acl.instance.address),
            "let the whole block of the VPC through, and ports 1024 to 65535 for answers",
            Some(acl.instance.header),
        ));
    }
    Answer::unknown(tidy(doubts))
}

/// Whether all of a rule is known.
fn is_certain(rule: &AclRule<'_>) -> bool {
    rule.there.is_yes()
        && rule.direction.is_some()
        && !rule.allows.is_unknown()
        && parts(rule).iter().all(|value| value.is_known())
}

fn parts<'r>(rule: &'r AclRule<'_>) -> [&'r Value; 6] {
    [&rule.number, &rule.protocol, &rule.from_port, &rule.to_port, &rule.ipv4, &rule.ipv6]
}

fn run<'n>(
    acl: &'n NetworkAcl<'_>,
    direction: Direction,
    packets: &Packets,
    lean: Lean,
) -> Outcome<'n> {
    let leaning = match lean {
        Lean::Open => Tri::Yes,
        Lean::Shut => Tri::No,
    };
    let mut ordered: Vec<(Place, &AclRule<'_>)> = Vec::new();
    for rule in &acl.rules {
        let leans = rule.allows == leaning || rule.allows.is_unknown();
        // Where a rule stands that is not known, it is in the first place if that helps, and in the last if not.
        let place = match rule.number.as_number() {
            Some(number) => Place::Numbered(number),
            None if leans => Place::First,
            None => Place::Last,
        };
        ordered.push((place, rule));
    }
    ordered.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(Ordering::Equal));

    let mut outcome = Outcome::default();
    let (first, last) = (*packets.ports.start(), *packets.ports.end());
    let mut pieces: Vec<Piece> =
        packets.places.iter().map(|place| Piece { place: place.clone(), first, last }).collect();
    for (_, rule) in ordered {
        let own = rule.direction.map_or(Tri::Unknown, |own| (own == direction).into());
        let there = rule.there.and(own);
        let leans = rule.allows == leaning || rule.allows.is_unknown();
        let allows = if rule.allows.is_unknown() { leaning } else { rule.allows };
        if there.is_no() || (there.is_unknown() && !leans) {
            continue;
        }
        let mut left = Vec::new();
        let mut decides = false;
        for piece in pieces {
            decides |= piece.meet(rule, leans, packets.is_public && allows.is_no(), &mut left);
        }
        pieces = left;
        if decides {
            if allows.is_yes() { outcome.allowed.push(rule) } else { outcome.stopped.push(rule) }
        }
        if pieces.len() > MOST_PIECES {
            outcome.is_too_much = true;
            break;
        }
    }
    outcome.unmatched = !pieces.is_empty();
    outcome
}

impl Piece {
    /// Takes what a rule matches away and puts the rest where the next rule finds it. Whether it matches anything.
    fn meet(self, rule: &AclRule<'_>, leans: bool, spares_few: bool, left: &mut Vec<Self>) -> bool {
        let (ports, covers_ports) = match ports_of(rule) {
            Some((from, to)) => ((from, to), true),
            None => ((0, u16::MAX), false),
        };
        let is_tcp = is_tcp(rule);
        let (from, to) = (self.first.max(ports.0), self.last.min(ports.1));
        if is_tcp.is_no() || from > to || ((is_tcp.is_unknown() || !covers_ports) && !leans) {
            left.push(self);
            return false;
        }
        let range = match self.place.family {
            Family::V4 => &rule.ipv4,
            Family::V6 => &rule.ipv6,
        };
        let lie = if range.is_null() { Lie::Outside } else { self.place.lie_to(range) };
        let inside = match lie {
            Lie::Outside => None,
            Lie::Unknown if !leans => None,
            Lie::Inside | Lie::Unknown => Some(self.place.clone()),
            Lie::Partly(_) if spares_few && is_minor(range) => None,
            Lie::Partly(part) => {
                let blocks = self.place.blocks.clone().unwrap_or_default();
                let (inside, outside) = blocks.split(&part);
                let place = |blocks| Addresses {
                    blocks: Some(blocks),
                    written: Value::Null,
                    ..self.place.clone()
                };
                left.push(Self { place: place(outside), ..self });
                Some(place(inside))
            }
        };
        let Some(place) = inside else {
            left.push(self);
            return false;
        };
        if let Some(before) = from.checked_sub(1).filter(|before| *before >= self.first) {
            left.push(Self { place: place.clone(), first: self.first, last: before });
        }
        if let Some(after) = to.checked_add(1).filter(|after| *after <= self.last) {
            left.push(Self { place, first: after, last: self.last });
        }
        true
    }
}

fn is_minor(range: &Value) -> bool {
    block(range).is_some_and(|block| match Family::of(&block) {
        Family::V4 => block.prefix_len() >= MINOR.0,
        Family::V6 => block.prefix_len() >= MINOR.1,
    })
}

/// Whether a rule is about TCP, or about every protocol.
fn is_tcp(rule: &AclRule<'_>) -> Tri {
    agree(rule.protocol.alternatives().iter().map(|protocol| {
        let name = match protocol {
            Value::String(text) => text.to_ascii_lowercase(),
            Value::Number(number) => number.to_string(),
            _ => return Tri::Unknown,
        };
        ["-1", "all", "tcp", "6"].contains(&name.as_str()).into()
    }))
}

/// The ports of a rule: all for every protocol. `None` if they are not known.
fn ports_of(rule: &AclRule<'_>) -> Option<(u16, u16)> {
    let protocol = match &rule.protocol {
        Value::String(text) => text.to_ascii_lowercase(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    if protocol == "-1" || protocol == "all" {
        return Some((0, u16::MAX));
    }
    let port = |value: &Value| {
        let text = value.as_number()?.to_string();
        let port: i64 = text.parse().ok()?;
        // The API takes -1 for all.
        u16::try_from(port.max(0)).ok()
    };
    Some((port(&rule.from_port)?, port(&rule.to_port)?))
}
