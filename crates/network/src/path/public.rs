//! The way to a service's public addresses: by the routes of the subnets that it passes.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri};

use super::way::{Stop, Way};
use super::{Blocker, Kind, Path, Question};
use crate::questions::routes::{Leads, To};
use crate::resources::{
    EndpointId, EndpointType, FirewallId, InternetGateway, InternetGatewayId, NatGatewayId,
    RouteTable, SubnetId, Target,
};
use crate::{Doubt, Flag, Members, Ref};

/// The most subnets that a way is followed through: inspection, then translation, is three.
const MOST_SUBNETS: usize = 8;

/// A packet on its way to the service's public addresses.
#[derive(Debug, Clone)]
pub(super) struct Packet {
    /// The way so far.
    pub(super) way: Way,
    /// The subnets that it came through.
    pub(super) passed: Vec<SubnetId>,
    /// Whether it is still in the VPC that it comes from: gateway endpoints are for such packets only.
    pub(super) is_at_home: bool,
    /// Whether its source is a public address by now.
    pub(super) is_translated: bool,
}

impl<'n, 'a> Question<'_, 'n, 'a> {
    /// The way to the service's public addresses from the place of the question.
    pub(super) fn to_public_addresses(&self, way: Way) -> Path {
        match self.guard_departure(way) {
            Ok(way) => {
                let packet =
                    Packet { way, passed: Vec::new(), is_at_home: true, is_translated: false };
                self.forward(packet, self.from.subnet)
            }
            Err(path) => path,
        }
    }

    /// Where a subnet sends a packet.
    pub(super) fn forward(&self, mut packet: Packet, subnet: SubnetId) -> Path {
        let Some(place) = self.network.subnet(subnet) else { return packet.way.lost([]) };
        let instance = place.instance;
        if packet.passed.contains(&subnet) || packet.passed.len() >= MOST_SUBNETS {
            return packet.way.stopped(Stop::of(
                Blocker::DeadEnd,
                instance,
                format!("the routes lead back to `{}`", instance.address),
                "route the subnet of the endpoint or NAT gateway on to the internet",
            ));
        }
        packet.passed.push(subnet);
        let of = self.network.table_of(subnet);
        let tables = of.table.candidates();
        let is_one_of_these = of.table.unknown().is_none() && !tables.is_empty();
        let paths = tables.iter().filter_map(|table| {
            let table = self.network.route_table(*table)?;
            Some(self.by_table(packet.clone(), table, instance))
        });
        let mut paths: Vec<Path> = paths.collect();
        let mut of = of;
        if packet.passed.len() == 1
            && let Some(unknown) = place.ipv6_native.unknown.as_ref()
            && place.ipv6_native.is.is_unknown()
        {
            of.doubts.push(Doubt::of_unknown(unknown, place.ipv6_native.span));
        }
        match paths.len() {
            0 => packet.way.lost(of.doubts),
            1 => paths.swap_remove(0).unless(of.doubts),
            // Whichever table it is, the way is the same.
            _ if is_one_of_these && same_end(&paths) => paths.swap_remove(0),
            _ => paths.swap_remove(0).unless(of.doubts),
        }
    }

    fn by_table(&self, packet: Packet, table: &'n RouteTable<'a>, of: &Instance) -> Path {
        let to = if self.is_over_ipv6(&packet) {
            // Without IPv4 addresses a client reaches those of others through the translation that DNS64 gives their names.
            To::Translated
        } else if packet.is_at_home && self.has_gateway_endpoints() {
            To::Service(self.name)
        } else {
            To::Internet
        };
        let next = self.network.next_hop(table.id, &to);
        let lead =
            |leads: &Leads<'n>, packet: Packet| self.by_leads(packet, leads, next.span, table, of);
        if next.doubts.is_empty() && next.others.is_empty() {
            return lead(&next.target, packet);
        }
        // Whichever route it is, the way may be the same.
        let ways = [&next.target].into_iter().chain(&next.others);
        let mut paths: Vec<Path> = ways.map(|leads| lead(leads, packet.clone())).collect();
        let is_one_of_these = !next.others.is_empty() && paths.iter().all(Path::is_decided);
        if is_one_of_these && same_end(&paths) {
            return paths.swap_remove(0);
        }
        paths.swap_remove(0).unless(next.doubts)
    }

    /// Whether a packet has IPv6 addresses, because its subnet has no others.
    fn is_over_ipv6(&self, packet: &Packet) -> bool {
        let native = self.network.subnet(self.from.subnet).map(|subnet| subnet.ipv6_native.is);
        native == Some(Tri::Yes) && !packet.is_translated
    }

    /// Whether the service is one of those with gateway endpoints.
    pub(super) fn has_gateway_endpoints(&self) -> bool {
        self.service.is_some_and(|service| service.offers(EndpointType::Gateway))
    }

    fn by_leads(
        &self,
        packet: Packet,
        leads: &Leads<'n>,
        span: Option<Span>,
        table: &'n RouteTable<'a>,
        of: &Instance,
    ) -> Path {
        match leads {
            Leads::GatewayEndpoint(endpoint) => {
                self.by_gateway_endpoint(packet.way, *endpoint, span)
            }
            Leads::Route(route) => {
                let mut packet = packet;
                let address = &table.instance.address;
                let target = name_of(&route.target);
                packet.way.step(
                    format!("`{address}` sends it to {target}"),
                    route.by,
                    Some(route.span),
                );
                let is_untranslated = self.is_over_ipv6(&packet)
                    && matches!(route.target, Target::EgressOnly(_) | Target::Internet(_));
                let path = self.by_target(packet, &route.target, route.span);
                path.unless(
                    is_untranslated.then(|| dual_stack(Some(route.span))).into_iter().collect(),
                )
            }
            Leads::Propagated(span) => packet.way.lost([on_premises(Some(*span))]),
            Leads::Nothing | Leads::Local => {
                let because = if table.is_implicit {
                    format!(
                        "`{}` uses the main route table of its VPC, which has local routes only",
                        of.address
                    )
                } else {
                    format!("`{}` has no route to the service", table.instance.address)
                };
                let address = &of.address;
                let open_by = if self.has_gateway_endpoints() {
                    format!(
                        "add the route table of `{address}` to a gateway endpoint for the service"
                    )
                } else {
                    format!(
                        "make an interface endpoint for the service, or route `{address}` to a NAT gateway"
                    )
                };
                let over_ipv6 = self.doubts_about_ipv6(&packet, table);
                let stop = Stop::of(Blocker::NoRoute, table.instance, because, open_by);
                match over_ipv6 {
                    Some(doubt) => packet.way.ends(Kind::Internet).unless(vec![doubt]),
                    None => packet.way.stopped(stop),
                }
            }
        }
    }

    /// Why traffic that IPv4 does not lead out may get out all the same: over IPv6, if the client uses the service's dual-stack names.
    fn doubts_about_ipv6(&self, packet: &Packet, table: &'n RouteTable<'a>) -> Option<Doubt> {
        let subnet = self.network.subnet(self.from.subnet)?;
        let has_ipv6 = packet.is_at_home
            && packet.passed.as_slice() == [self.from.subnet]
            && (!subnet.ipv6_cidr_block.unset().is_yes() || !subnet.ipv6_native.is.is_no());
        if !has_ipv6 {
            return None;
        }
        let next = self.network.next_hop(table.id, &To::InternetV6);
        let leads_out = |leads: &Leads<'n>| {
            matches!(leads.target(), Some(Target::EgressOnly(_) | Target::Internet(_)))
        };
        leads_out(&next.target).then(|| dual_stack(next.span))
    }

    /// Where a packet goes from what a route sends it to.
    fn by_target(&self, packet: Packet, target: &'n Target, span: Span) -> Path {
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
        let has_own = instance.body.blocks.iter().any(|block| block.kind == "network_interface");
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

    /// On from one of several subnets: which of them is not asked where all lead the same way.
    pub(super) fn onward(
        &self,
        packet: Packet,
        subnets: &Members<'a, SubnetId>,
        through: &Instance,
    ) -> Path {
        let managed: Vec<SubnetId> =
            subnets.items.iter().filter_map(|member| member.target.managed()).collect();
        let all = subnets.is_complete() && managed.len() == subnets.items.len();
        let ways = managed.iter().map(|subnet| self.forward(packet.clone(), *subnet));
        let mut paths: Vec<Path> = ways.collect();
        if paths.is_empty() {
            let doubts = subnets
                .doubts
                .iter()
                .cloned()
                .chain([out_of_sight(&format!("`{}`", through.address), through.header)]);
            return packet.way.lost(doubts);
        }
        let same = same_end(&paths);
        let path = paths.swap_remove(0);
        if same && all {
            return path;
        }
        let mut doubts = subnets.doubts.clone();
        if !same {
            doubts.push(Doubt::new(
                format!("the subnets of `{}` have different ways on", through.address),
                "route them alike, or name the endpoint of one zone",
                Some(through.header),
            ));
        }
        path.unless(doubts)
    }
}

/// Whether paths have the same end.
fn same_end(paths: &[Path]) -> bool {
    paths.windows(2).all(|pair| match pair {
        [a, b] => {
            let by = |path: &Path| path.blocked.as_ref().map(|blocked| blocked.by);
            (a.kind, a.perhaps, a.inspected, by(a)) == (b.kind, b.perhaps, b.inspected, by(b))
        }
        _ => true,
    })
}

fn name_of(target: &Target) -> String {
    target
        .written_address()
        .map_or_else(|| target.as_str().to_owned(), |address| format!("`{address}`"))
}

pub(super) fn out_of_sight(what: &str, span: Span) -> Doubt {
    Doubt::new(
        format!("what is behind {what} is not in this code"),
        "lint it together with the code that declares it",
        Some(span),
    )
    .of_kind(privatelint_diagnostics::Cause::Elsewhere)
}

/// The usual names of most services have IPv4 addresses only.
fn dual_stack(span: Option<Span>) -> Doubt {
    Doubt::new(
        "whether clients use the names of the service that have IPv6 addresses is not known",
        "add an IPv4 route or an endpoint",
        span,
    )
}

fn on_premises(span: Option<Span>) -> Doubt {
    Doubt::new(
        "whether on premises forwards it to the service is not in this code",
        "nothing here shows it",
        span,
    )
    .of_kind(privatelint_diagnostics::Cause::Elsewhere)
}

fn appliance(span: Span) -> Doubt {
    Doubt::new(
        "whether an instance or a network interface forwards it is not in this code",
        "use a NAT gateway, or an endpoint",
        Some(span),
    )
    .of_kind(privatelint_diagnostics::Cause::Elsewhere)
}
