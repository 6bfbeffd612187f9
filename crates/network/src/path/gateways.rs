//! What stands at the end of routes: gateways, firewalls and appliances.

use privatelint_diagnostics::{Cause, Span};
use privatelint_evaluator::{Instance, Tri};

use super::public::{Packet, same_end};
use super::way::Stop;
use super::{Blocker, Kind, Path, Question};
use crate::resources::{
    EndpointId, FirewallId, InternetGateway, InternetGatewayId, NatGatewayId, Target,
};
use crate::{Doubt, Flag, Ref};

impl<'n, 'a> Question<'_, 'n, 'a> {
    /// Where a packet goes from what a route sends it to.
    pub(super) fn by_target(&self, packet: Packet, target: &'n Target, span: Span) -> Path {
        match target {
            Target::Nat(nat) => self.by_nat(packet, nat, span),
            Target::Internet(gateway) => self.by_internet_gateway(packet, gateway, span),
            Target::EgressOnly(_) => packet.way.ends(Kind::Internet),
            Target::Endpoint(endpoint) => self.by_appliance(packet, endpoint, span),
            Target::Firewall(firewall) => self.by_firewall(packet, *firewall),
            Target::TransitGateway(gateway) => self.by_transit_gateway(packet, gateway, span),
            Target::Peering(_) => packet.way.stopped(Stop {
                by: Blocker::DeadEnd,
                because: "a peering connection does not lead to the internet".into(),
                address: None,
                span: Some(span),
                open_by: "route it to a NAT gateway, a transit gateway or an endpoint".into(),
            }),
            Target::VpnGateway(_) => {
                packet.way.ends_out_of_sight(Kind::Hub, on_premises(Some(span)))
            }
            Target::CoreNetwork(_) | Target::LocalGateway(_) | Target::OdbNetwork(_) => {
                packet.way.ends_out_of_sight(Kind::Hub, out_of_sight(target.as_str(), span))
            }
            Target::Carrier(_) => packet.way.ends(Kind::Internet),
            Target::NetworkInterface(_) | Target::Instance(_) => match self.checks_source(target) {
                Some(instance) => packet.way.stopped(Stop::of(
                    Blocker::DeadEnd,
                    instance,
                    format!("`{}` drops what is not for itself", instance.address),
                    "set `source_dest_check = false`, or use a NAT gateway",
                )),
                None => packet.way.ends_out_of_sight(Kind::Nat, appliance(span)),
            },
            Target::OneOf(targets) => {
                let ways =
                    targets.iter().map(|target| self.by_target(packet.clone(), target, span));
                let mut paths: Vec<Path> = ways.collect();
                let doubt = Doubt::new(
                    "where a route leads depends on a condition that is not known",
                    "give the variables in it a value with `--var` or `--var-file`",
                    Some(span),
                );
                match paths.is_empty() {
                    true => packet.way.lost([doubt]),
                    false if same_end(&paths) => paths.swap_remove(0),
                    false => paths.swap_remove(0).unless(vec![doubt]),
                }
            }
            Target::Local => packet.way.lost([]),
            Target::Gateway(unknown) => packet.way.lost([Doubt::of_unknown(unknown, Some(span))]),
            Target::Unknown => packet.way.lost([Doubt::new(
                "what a route sends to is not known",
                "give the variables in it a value",
                Some(span),
            )]),
        }
    }

    /// The instance or network interface behind a route, if it certainly takes only packets that are for itself: what its
    /// `source_dest_check` says, which is on unless it is switched off.
    fn checks_source(&self, target: &Target) -> Option<&'n Instance> {
        let address = target.written_address()?;
        let instance = self.network.instance_at(&address)?;
        let decides = ["aws_instance", "aws_network_interface"].contains(&address.kind.as_str());
        let checks = Flag::of(&instance.body, "source_dest_check", true).is;
        // An interface of an instance may be one that it names, and is that one's to decide.
        let has_own = !instance.body.nested("network_interface").is_empty();
        (decides && checks.is_yes() && !has_own).then_some(instance)
    }

    fn by_nat(&self, packet: Packet, nat: &Ref<NatGatewayId>, span: Span) -> Path {
        let Some(nat) = nat.managed().and_then(|id| self.network.nat_gateway(id)) else {
            // A NAT gateway that exists apart from this code is there to be used.
            let unknown = nat.unknown().map(|unknown| Doubt::of_unknown(unknown, Some(span)));
            return packet.way.ends(Kind::Nat).unless(unknown.into_iter().collect());
        };
        if nat.public.is_no() {
            return packet.way.stopped(Stop::of(
                Blocker::DeadEnd,
                nat.instance,
                format!("`{}` is private: it has no public address", nat.instance.address),
                "route it to a public NAT gateway",
            ));
        }
        let doubts = if nat.public.is_unknown() {
            vec![Doubt::new(
                "whether the NAT gateway is public is not known",
                "give `connectivity_type` a value",
                Some(span),
            )]
        } else {
            Vec::new()
        };
        let Some(subnet) = nat.subnet.managed().filter(|_| nat.regional.is_no()) else {
            let unknown =
                nat.subnet.unknown().map(|unknown| Doubt::of_unknown(unknown, Some(span)));
            let doubts = doubts.into_iter().chain(unknown);
            return packet.way.ends(Kind::Nat).unless(doubts.collect());
        };
        let mut packet = packet;
        let what = format!("`{}` gives it a public address", nat.instance.address);
        packet.way.step(what, nat.instance, None);
        packet.way = match self.guard_translation(packet.way, subnet) {
            Ok(way) => way,
            Err(path) => return path.unless(doubts),
        };
        packet.is_translated = true;
        // A NAT gateway sends nothing through endpoints.
        packet.is_at_home = false;
        let mut onward = self.forward(packet, subnet).behind(Kind::Nat);
        if let Some(blocked) = &mut onward.blocked {
            blocked.by = Blocker::DeadEnd;
            blocked.because = format!(
                "`{}` has no way to the internet: {}",
                nat.instance.address, blocked.because
            );
        }
        onward.unless(doubts)
    }

    fn by_internet_gateway(
        &self,
        packet: Packet,
        gateway: &Ref<InternetGatewayId>,
        span: Span,
    ) -> Path {
        let mut packet = packet;
        if let Some(gateway) = gateway.managed().and_then(|id| self.network.internet_gateway(id)) {
            let what = format!("`{}` takes it to the internet", gateway.instance.address);
            packet.way.step(what, gateway.instance, None);
            if let Some(stop) = self.is_gateway_of_other(gateway, &packet) {
                return packet.way.stopped(stop);
            }
        }
        if packet.is_translated {
            return packet.way.ends(Kind::Internet);
        }
        match self.from.public {
            Tri::Yes => packet.way.ends(Kind::Internet),
            Tri::No => packet.way.stopped(Stop {
                by: Blocker::NoPublicAddress,
                because: format!(
                    "`{}` has no public address, which an internet gateway needs",
                    self.from.instance.address
                ),
                address: Some(self.from.instance.address.clone()),
                span: Some(self.from.instance.header),
                open_by: "give it a public address, or route its subnet to a NAT gateway".into(),
            }),
            Tri::Unknown => packet.way.ends(Kind::Internet).unless(vec![Doubt::new(
                format!(
                    "whether `{}` has a public address is not known",
                    self.from.instance.address
                ),
                "say so in its code",
                Some(span),
            )]),
        }
    }

    /// What stops a packet at an internet gateway that is certainly not attached to the VPC that the packet is in.
    fn is_gateway_of_other(&self, gateway: &InternetGateway<'a>, packet: &Packet) -> Option<Stop> {
        let here = &self.network.subnet(*packet.passed.last()?)?.vpc;
        let attached = &gateway.attached;
        let elsewhere = attached.items.iter().all(|member| {
            member.there.is_no() || self.network.same_vpc(&member.target, here).is_no()
        });
        (attached.doubts.is_empty() && elsewhere).then(|| {
            Stop::of(
                Blocker::DeadEnd,
                gateway.instance,
                format!("`{}` is not attached to the VPC", gateway.instance.address),
                "route to the internet gateway of the VPC",
            )
        })
    }

    /// Through a Gateway Load Balancer endpoint, and on from its subnet.
    fn by_appliance(&self, mut packet: Packet, endpoint: &Ref<EndpointId>, span: Span) -> Path {
        packet.way.inspected = true;
        let Some(endpoint) = endpoint.managed().and_then(|id| self.network.endpoint(id)) else {
            return packet.way.lost([out_of_sight("an endpoint", span)]);
        };
        let what = format!("`{}` has it inspected", endpoint.instance.address);
        packet.way.step(what, endpoint.instance, None);
        self.onward(packet, &endpoint.subnets, endpoint.instance)
    }

    /// Through an endpoint of a firewall, and on from its subnet.
    fn by_firewall(&self, mut packet: Packet, firewall: FirewallId) -> Path {
        packet.way.inspected = true;
        let Some(firewall) = self.network.firewall(firewall) else {
            return packet.way.lost([]);
        };
        let what = format!("`{}` inspects it", firewall.instance.address);
        packet.way.step(what, firewall.instance, None);
        self.onward(packet, &firewall.subnets, firewall.instance)
    }
}

/// Why a way is not known beyond something that other code declares.
pub(super) fn out_of_sight(what: &str, span: Span) -> Doubt {
    Doubt::new(
        format!("what is behind {what} is not in this code"),
        "lint it together with the code that declares it",
        Some(span),
    )
    .of_kind(Cause::Elsewhere)
}

pub(super) fn on_premises(span: Option<Span>) -> Doubt {
    Doubt::new(
        "whether on premises forwards it to the service is not in this code",
        "nothing here shows it",
        span,
    )
    .of_kind(Cause::Elsewhere)
}

fn appliance(span: Span) -> Doubt {
    Doubt::new(
        "whether an instance or a network interface forwards it is not in this code",
        "use a NAT gateway, or an endpoint",
        Some(span),
    )
    .of_kind(Cause::Elsewhere)
}
