//! The way to a service's public addresses: by the routes of the subnets that it passes.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri};

use super::gateways::{on_premises, out_of_sight};
use super::way::{Stop, Way};
use super::{Blocker, Kind, Path, Question};
use crate::questions::routes::{Leads, To};
use crate::resources::{EndpointType, RouteTable, SubnetId, Target};
use crate::{Doubt, Members};

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
        let mut of = self.network.table_of(subnet);
        let tables = of.table.candidates();
        let is_one_of_these = of.table.unknown().is_none();
        let paths = tables.iter().filter_map(|table| {
            let table = self.network.route_table(*table)?;
            Some(self.by_table(packet.clone(), table, instance))
        });
        let mut paths: Vec<Path> = paths.collect();
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
pub(super) fn same_end(paths: &[Path]) -> bool {
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

/// The usual names of most services have IPv4 addresses only.
fn dual_stack(span: Option<Span>) -> Doubt {
    Doubt::new(
        "whether clients use the names of the service that have IPv6 addresses is not known",
        "add an IPv4 route or an endpoint",
        span,
    )
}
