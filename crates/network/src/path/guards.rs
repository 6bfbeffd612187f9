//! The guards on a way: security groups and network ACLs, in both directions.

use std::ops::RangeInclusive;

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;

use super::way::{Stop, Way};
use super::{Blocker, Path, Question};
use crate::addresses::Family;
use crate::questions::security::{End, Peer};
use crate::resources::{Direction, Endpoint, SubnetId};
use crate::{Answer, Members};

/// The ports that clients are answered on.
const EPHEMERAL: RangeInclusive<u16> = 1024..=65535;

/// The ports that are asked for together where not all are open.
const PART: u16 = 1024;

/// The parts, of 63 from 1024 on, that are to be open for clients to be answered.
const MOST_PARTS: usize = 60;

impl<'n, 'a> Question<'_, 'n, 'a> {
    /// The client's end of the connection.
    fn client(&self) -> End<'_, 'a> {
        End {
            groups: self.from.groups,
            vpc: &self.from.vpc,
            addresses: vec![self.network.addresses_in(self.from.subnet, Family::V4)],
        }
    }

    /// Whether the client's own guards let it talk to the service's public addresses.
    pub(super) fn guard_departure(&self, way: Way) -> Result<Way, Path> {
        let peer = Peer::Public(Some(self.name), Family::V4);
        let way = self.guard_client(way, &peer)?;
        self.guard_subnet(way, self.from.subnet, &peer)
    }

    /// Whether the client's security groups let it out.
    fn guard_client(&self, mut way: Way, peer: &Peer<'_, '_>) -> Result<Way, Path> {
        // Any client in a subnet has groups of its own, of which nothing is asked.
        if self.from.groups.is_none() {
            return Ok(way);
        }
        let port = self.port;
        let passage = self.network.group_passes(&self.client(), Direction::Egress, peer, port);
        let stop = || Stop {
            by: Blocker::ClientSecurityGroup,
            because: first_message(&passage.allowed, "its security groups let nothing out to it"),
            address: Some(self.from.instance.address.clone()),
            span: first_span(&passage.allowed).or(Some(self.from.instance.header)),
            open_by: format!("add an egress rule for TCP port {port} to it"),
        };
        match passage.allowed.is {
            Tri::Yes => Ok(way),
            Tri::No => Err(way.stopped(stop())),
            Tri::Unknown => {
                way.doubts.extend(passage.allowed.doubts);
                Ok(way)
            }
        }
    }

    /// Whether the network ACL of a subnet lets requests out of it to a peer, and the answers in.
    pub(super) fn guard_subnet(
        &self,
        way: Way,
        subnet: SubnetId,
        peer: &Peer<'_, '_>,
    ) -> Result<Way, Path> {
        let port = self.port;
        let way = self.guard_by_acl(way, subnet, Direction::Egress, peer, port..=port, false)?;
        self.guard_by_acl(way, subnet, Direction::Ingress, peer, EPHEMERAL, true)
    }

    /// Whether the network ACL of a NAT gateway's subnet lets requests of the client in and its answers out to it, and the same with
    /// the service.
    pub(super) fn guard_translation(&self, way: Way, subnet: SubnetId) -> Result<Way, Path> {
        if subnet == self.from.subnet {
            return Ok(way);
        }
        let port = self.port;
        let client = self.client();
        let peer = Peer::End(&client);
        let way = self.guard_by_acl(way, subnet, Direction::Ingress, &peer, port..=port, false)?;
        let way = self.guard_by_acl(way, subnet, Direction::Egress, &peer, EPHEMERAL, true)?;
        self.guard_subnet(way, subnet, &Peer::Public(Some(self.name), Family::V4))
    }

    /// Whether a network ACL lets packets of a peer through; `answers` says whether they are answers.
    fn guard_by_acl(
        &self,
        mut way: Way,
        subnet: SubnetId,
        direction: Direction,
        peer: &Peer<'_, '_>,
        ports: RangeInclusive<u16>,
        answers: bool,
    ) -> Result<Way, Path> {
        let Some(place) = self.network.subnet(subnet) else { return Ok(way) };
        let answer = self.network.acl_passes(subnet, direction, peer, ports.clone());
        let way_word = if direction == Direction::Ingress { "into" } else { "out of" };
        let what = if answers { "the answers" } else { "the requests" };
        let ports = match (ports.start(), ports.end()) {
            (first, last) if first == last => format!("TCP port {first}"),
            (first, last) => format!("TCP ports {first} to {last}"),
        };
        let word = if direction == Direction::Ingress { "ingress" } else { "egress" };
        match answer.is {
            Tri::Yes => Ok(way),
            Tri::No => Err(way.stopped(Stop {
                by: if answers { Blocker::NetworkAclReturn } else { Blocker::NetworkAcl },
                because: format!(
                    "the network ACL of `{}` does not let {what} {way_word} the subnet",
                    place.instance.address
                ),
                address: Some(place.instance.address.clone()),
                span: first_span(&answer).or(Some(place.instance.header)),
                open_by: format!("add an {word} rule for {ports} to the network ACL"),
            })),
            Tri::Unknown if answers && self.lets_most_answers(subnet, direction, peer) => Ok(way),
            Tri::Unknown => {
                way.doubts.extend(answer.doubts);
                Ok(way)
            }
        }
    }

    /// Whether a network ACL lets answers through on nearly every port: those that deny one port to all, such as that of remote desktops,
    /// stop no client.
    fn lets_most_answers(
        &self,
        subnet: SubnetId,
        direction: Direction,
        peer: &Peer<'_, '_>,
    ) -> bool {
        let open = (1..=u16::MAX / PART).filter(|part| {
            let first = part.saturating_mul(PART);
            let ports = first..=first.saturating_add(PART - 1);
            self.network.acl_passes(subnet, direction, peer, ports).is.is_yes()
        });
        open.count() >= MOST_PARTS
    }

    /// Whether the way from the client to an interface endpoint, and back, is open. `subnets` are those of the endpoint.
    pub(super) fn guard_endpoint(&self, way: Way, endpoint: &'n Endpoint<'a>) -> Result<Way, Path> {
        let port = self.port;
        let members = &endpoint.subnets;
        let addresses = self.network.addresses_of(members, &endpoint.vpc, Family::V4);
        let end = End { groups: Some(&endpoint.security_groups), vpc: &endpoint.vpc, addresses };
        let client = self.client();
        let mut way = self.guard_client(way, &Peer::End(&end))?;
        let passage =
            self.network.group_passes(&end, Direction::Ingress, &Peer::End(&client), port);
        match passage.allowed.is {
            Tri::Yes => {}
            Tri::No => {
                let because = first_message(&passage.allowed, "its security groups let nobody in");
                let instance = endpoint.instance;
                let open_by =
                    format!("let TCP port {port} in from the client's subnet or security group");
                let stop = Stop::of(Blocker::EndpointSecurityGroup, instance, because, open_by);
                return Err(way.stopped(stop.at(first_span(&passage.allowed))));
            }
            // A subnet has clients of any group: those of the groups that are let in are.
            Tri::Unknown
                if self.from.groups.is_none()
                    && (!passage.only_for.is_empty()
                        || endpoint.security_groups.is_empty().is_yes()) =>
            {
                let what = "lets in the members of certain security groups only";
                way.step(what, endpoint.instance, None);
            }
            Tri::Unknown => way.doubts.extend(passage.allowed.doubts),
        }
        self.guard_between(way, &end, &client, members)
    }

    /// Whether the network ACLs between a client and the interfaces of an endpoint let requests and answers through. Inside one subnet
    /// there is none. Each zone has an interface of its own: one that is reached is enough.
    fn guard_between(
        &self,
        way: Way,
        end: &End<'_, 'a>,
        client: &End<'_, 'a>,
        subnets: &Members<'a, SubnetId>,
    ) -> Result<Way, Path> {
        let targets: Vec<SubnetId> =
            subnets.items.iter().filter_map(|member| member.target.managed()).collect();
        if targets.contains(&self.from.subnet) || targets.is_empty() {
            return Ok(way);
        }
        let way = self.guard_subnet(way, self.from.subnet, &Peer::End(end))?;
        let port = self.port;
        let mut stopped = None;
        for target in targets {
            let peer = Peer::End(client);
            let tried = self
                .guard_by_acl(way.clone(), target, Direction::Ingress, &peer, port..=port, false)
                .and_then(|way| {
                    self.guard_by_acl(way, target, Direction::Egress, &peer, EPHEMERAL, true)
                });
            match tried {
                Ok(way) => return Ok(way),
                Err(path) => stopped = stopped.or(Some(path)),
            }
        }
        match stopped {
            Some(path) => Err(path),
            None => Ok(way),
        }
    }
}

fn first_span(answer: &Answer) -> Option<Span> {
    answer.evidence.first().map(|place| place.span)
}

fn first_message(answer: &Answer, otherwise: &str) -> String {
    let message = answer.evidence.first().map(|place| place.message.as_str());
    message.filter(|message| !message.is_empty()).unwrap_or(otherwise).to_owned()
}
