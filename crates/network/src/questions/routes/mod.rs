//! Where does a route table send traffic?

mod gateway;
mod table;

pub(crate) use gateway::GatewayRoutes;
pub use gateway::TableEndpoint;
pub use table::{How, TableOf};

use ipnet::IpNet;
use privatelint_diagnostics::{Cause, Span};
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use crate::addresses::{Addresses, Family, Lie, block};
use crate::answer::tidy;
use crate::graph::exists;
use crate::resources::{EndpointId, PrefixListId, Route, RouteTable, RouteTableId, Target};
use crate::{Doubt, Network, Ref};

/// Where traffic is to go.
#[derive(Debug, Clone)]
pub enum To<'t> {
    /// The public IPv4 addresses.
    Internet,
    /// The public IPv6 addresses.
    InternetV6,
    /// The IPv6 addresses that DNS64 gives public IPv4 addresses, and NAT gateways translate: RFC 6052.
    Translated,
    /// The public IPv4 addresses of a service, by its short name: a gateway endpoint has routes to those of `s3` and `dynamodb`.
    Service(&'t str),
    /// A block of addresses.
    Cidr(IpNet),
    /// Addresses of which perhaps not all is known.
    Addresses(Addresses),
}

/// Where a route table sends traffic.
#[derive(Debug, Clone)]
pub struct NextHop<'n> {
    /// Where to, as far as the code shows it.
    pub target: Leads<'n>,
    /// Whether that is certain: yes or unknown.
    pub there: Tri,
    /// The route or the endpoint's association with the table.
    pub span: Option<Span>,
    /// Where else it may send it, the most likely first.
    pub others: Vec<Leads<'n>>,
    /// Why it is not certain.
    pub doubts: Vec<Doubt>,
}

/// What a route table has for a destination.
#[derive(Debug, Clone, Copy)]
pub enum Leads<'n> {
    /// It is in the VPC.
    Local,
    /// A gateway endpoint that is attached to the table.
    GatewayEndpoint(EndpointId),
    /// A route.
    Route(&'n Route<'n>),
    /// A virtual private gateway that adds routes: the resource or argument that lets it is there.
    Propagated(Span),
    /// No route: the traffic is dropped.
    Nothing,
}

impl<'n> Leads<'n> {
    /// What the route sends to, if it is a route.
    #[must_use]
    pub fn target(&self) -> Option<&'n Target> {
        match self {
            Self::Route(route) => Some(&route.target),
            _ => None,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Local, Self::Local) | (Self::Nothing, Self::Nothing) => true,
            (Self::GatewayEndpoint(a), Self::GatewayEndpoint(b)) => a == b,
            (Self::Route(a), Self::Route(b)) => a.target == b.target,
            (Self::Route(route), Self::Local) | (Self::Local, Self::Route(route)) => {
                route.target == Target::Local
            }
            _ => false,
        }
    }
}
impl<'a> Network<'a> {
    /// Where a route table sends traffic: the most specific route decides.
    #[must_use]
    pub fn next_hop(&self, table: RouteTableId, to: &To<'_>) -> NextHop<'_> {
        let Some(table) = self.route_table(table) else {
            return NextHop {
                target: Leads::Nothing,
                there: Tri::Unknown,
                span: None,
                others: Vec::new(),
                doubts: Vec::new(),
            };
        };
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        if let To::Service(service) = to {
            candidates.extend(self.endpoint_candidates(table, service));
        }
        let addresses = match to {
            To::Internet | To::Service(_) => Addresses::public(Family::V4),
            To::InternetV6 => Addresses::public(Family::V6),
            To::Translated => Addresses::written(Family::V6, Value::string(TRANSLATED), Vec::new()),
            To::Cidr(block) => {
                Addresses::written(Family::of(block), Value::string(block.to_string()), Vec::new())
            }
            To::Addresses(addresses) => addresses.clone(),
        };
        let is_public = !matches!(to, To::Cidr(_) | To::Addresses(_));
        if !is_public {
            candidates.extend(self.local_candidates(table, &addresses));
        }
        for route in &table.routes {
            candidates.extend(self.route_candidate(route, &addresses));
        }
        self.choose(table, candidates, is_public)
    }

    fn local_candidates<'n>(
        &'n self,
        table: &'n RouteTable<'a>,
        addresses: &Addresses,
    ) -> Vec<Candidate<'n>> {
        let Some(vpc) = table.vpc.managed().and_then(|vpc| self.vpc(vpc)) else {
            // The VPC's addresses are not known.
            let unknown = table.vpc.unknown();
            let doubt = unknown.map_or_else(
                || {
                    Doubt::new(
                        "the addresses of the VPC are not known",
                        "lint it together with the code that declares it",
                        Some(table.instance.header),
                    )
                    .of_kind(Cause::Elsewhere)
                },
                |unknown| Doubt::of_unknown(unknown, Some(table.instance.header)),
            );
            return vec![Candidate {
                lie: Lie::Unknown,
                bits: 0,
                there: Tri::Unknown,
                leads: Leads::Local,
                span: None,
                doubts: vec![doubt],
            }];
        };
        let ranges = match addresses.family {
            Family::V4 => &vpc.ipv4,
            Family::V6 => &vpc.ipv6,
        };
        let candidates = ranges.iter().map(|range| Candidate {
            lie: addresses.lie_to(&range.value),
            bits: block(&range.value).map_or(0, |block| block.prefix_len()),
            there: range.there,
            leads: Leads::Local,
            span: range.span,
            doubts: match range.value.first_unknown() {
                Some(unknown) => vec![Doubt::of_unknown(unknown, range.span)],
                None => vpc.cidr_doubts.clone(),
            },
        });
        candidates.filter(|candidate| candidate.lie != Lie::Outside).collect()
    }

    fn route_candidate<'n>(
        &'n self,
        route: &'n Route<'n>,
        addresses: &Addresses,
    ) -> Option<Candidate<'n>> {
        let (lie, bits, mut doubts) = self.lie_of(&route.destination, addresses);
        let is_other_family = route.family.is_some_and(|family| family != addresses.family);
        if lie == Lie::Outside || route.there.is_no() || is_other_family {
            return None;
        }
        let leads = if route.target == Target::Local { Leads::Local } else { Leads::Route(route) };
        if lie == Lie::Unknown && doubts.is_empty() {
            doubts.extend(
                route
                    .destination
                    .first_unknown()
                    .map(|unknown| Doubt::of_unknown(unknown, Some(route.span))),
            );
        }
        if route.there.is_unknown() {
            doubts.push(doubt_about(route.by, "adds a route"));
        }
        if let Lie::Partly(part) = lie {
            doubts.push(Doubt::new(
                format!("`{part}` is routed differently"),
                "route the addresses of the service explicitly",
                Some(route.span),
            ));
        }
        Some(Candidate { lie, bits, there: route.there, leads, span: Some(route.span), doubts })
    }

    /// How addresses lie to the destination of a route, and how specific that is.
    fn lie_of(&self, destination: &Value, addresses: &Addresses) -> (Lie, u8, Vec<Doubt>) {
        match self.graph.resolve::<PrefixListId>(destination) {
            Ref::Managed(list) => self.lie_to_list(list, addresses),
            _ if destination.as_str().is_some_and(|text| text.starts_with("pl-")) => {
                let doubt = Doubt::new(
                    "what is in a prefix list from elsewhere is not known",
                    "declare the prefix list in this code",
                    None,
                );
                (Lie::Unknown, 0, vec![doubt.of_kind(Cause::Elsewhere)])
            }
            _ => {
                let bits = block(destination).map_or(0, |block| block.prefix_len());
                (addresses.lie_to(destination), bits, Vec::new())
            }
        }
    }

    fn lie_to_list(&self, list: PrefixListId, addresses: &Addresses) -> (Lie, u8, Vec<Doubt>) {
        let Some(list) = self.prefix_list(list) else { return (Lie::Unknown, 0, Vec::new()) };
        let mut best = (Lie::Outside, 0);
        let mut doubts = list.doubts.clone();
        for entry in &list.entries {
            let bits = block(&entry.cidr).map_or(0, |block| block.prefix_len());
            match addresses.lie_to(&entry.cidr) {
                Lie::Inside if entry.there.is_yes() => {
                    if best.0 != Lie::Inside || bits >= best.1 {
                        best = (Lie::Inside, bits);
                    }
                }
                lie @ Lie::Partly(_) if best.0 == Lie::Outside => best = (lie, bits),
                Lie::Inside | Lie::Unknown => {
                    let unknown = entry.cidr.first_unknown();
                    doubts.extend(
                        unknown.map(|unknown| Doubt::of_unknown(unknown, Some(entry.span))),
                    );
                    if best.0 == Lie::Outside {
                        best = (Lie::Unknown, 0);
                    }
                }
                Lie::Partly(_) | Lie::Outside => {}
            }
        }
        if best.0 == Lie::Outside && !doubts.is_empty() {
            best = (Lie::Unknown, 0);
        }
        if best.0 != Lie::Unknown {
            doubts.clear();
        }
        (best.0, best.1, doubts)
    }

    /// The most specific candidate that is certain, and what speaks against it.
    fn choose<'n>(
        &'n self,
        table: &'n RouteTable<'a>,
        candidates: Vec<Candidate<'n>>,
        is_public: bool,
    ) -> NextHop<'n> {
        let is_certain =
            |candidate: &Candidate<'_>| candidate.there.is_yes() && candidate.lie == Lie::Inside;
        let mut winner: Option<&Candidate<'n>> = None;
        for candidate in candidates.iter().filter(|candidate| is_certain(candidate)) {
            if winner.is_none_or(|winner| candidate.bits > winner.bits) {
                winner = Some(candidate);
            }
        }
        let by_endpoint =
            winner.is_some_and(|winner| matches!(winner.leads, Leads::GatewayEndpoint(_)));
        let speaks_against = |candidate: &&Candidate<'n>| {
            let Some(winner) = winner else { return true };
            let stronger = match candidate.lie {
                Lie::Inside => candidate.there.is_unknown() && candidate.bits > winner.bits,
                // A block of public addresses that is routed by itself is seldom the service's; it is said where it may be.
                Lie::Partly(_) => true,
                Lie::Unknown => !by_endpoint,
                Lie::Outside => false,
            };
            stronger && !candidate.leads.is_same(&winner.leads)
        };
        let mut against: Vec<&Candidate<'n>> = candidates.iter().filter(speaks_against).collect();
        against.sort_by_key(|candidate| (rank(candidate), u8::MAX - candidate.bits));
        let mut doubts: Vec<Doubt> =
            against.iter().flat_map(|candidate| candidate.doubts.iter().cloned()).collect();
        let mut others: Vec<Leads<'n>> = against.iter().map(|candidate| candidate.leads).collect();

        // What a virtual private gateway adds is known to the other side only; a route that is written wins over an equal one.
        let is_local = winner.is_some_and(|winner| matches!(winner.leads, Leads::Local));
        if winner.is_none() || (!is_public && !is_local) {
            for member in &table.propagating.items {
                others.push(Leads::Propagated(member.span));
                doubts.push(Doubt::new(
                    "a virtual private gateway adds routes that the other side names",
                    "write the routes that must be there in the code",
                    Some(member.span),
                ));
            }
            doubts.extend(table.propagating.doubts.iter().cloned());
        }
        if !by_endpoint && !is_local {
            doubts.extend(table.unseen_routes.iter().cloned());
        }
        if doubts.is_empty() && !others.is_empty() {
            // Where several routes may be meant, the addresses themselves are what is not known.
            doubts.push(Doubt::new(
                "the addresses that a route is looked up for are not known",
                "write their CIDR block in the code, or give the variables in it a value",
                Some(table.instance.header),
            ));
        }
        let doubts = tidy(doubts);
        let there = if doubts.is_empty() && others.is_empty() { Tri::Yes } else { Tri::Unknown };
        match winner {
            Some(winner) => {
                NextHop { target: winner.leads, there, span: winner.span, others, doubts }
            }
            None if others.is_empty() => {
                NextHop { target: Leads::Nothing, there, span: None, others, doubts }
            }
            None => {
                let target = others.remove(0);
                let span = against.first().and_then(|candidate| candidate.span);
                NextHop { target, there: Tri::Unknown, span, others, doubts }
            }
        }
    }
}

/// A route of a table, or what stands for one.
struct Candidate<'n> {
    /// How the addresses lie to its destination.
    lie: Lie,
    /// How specific its destination is.
    bits: u8,
    there: Tri,
    leads: Leads<'n>,
    span: Option<Span>,
    /// What is not known of it.
    doubts: Vec<Doubt>,
}

/// The well-known prefix of RFC 6052.
const TRANSLATED: &str = "64:ff9b::/96";

/// The routes of a gateway endpoint win over all that are not routes to the service's own addresses.
const ENDPOINT_BITS: u8 = u8::MAX;

/// The more likely, the smaller.
fn rank(candidate: &Candidate<'_>) -> u8 {
    match candidate.lie {
        Lie::Inside => 0,
        Lie::Unknown => 1,
        Lie::Partly(_) => 2,
        Lie::Outside => 3,
    }
}
/// Why it is not known whether an instance does something.
fn doubt_about(by: &Instance, does: &str) -> Doubt {
    if exists(by).is_unknown() {
        return Doubt::of_multiplicity(by);
    }
    let mut unknown = by.body.attributes.values().filter_map(|attribute| {
        attribute.value.first_unknown().map(|unknown| (unknown, attribute.span))
    });
    // What AWS computes is there: what the code leaves open decides.
    let decides = unknown.clone().find(|(unknown, _)| !matches!(unknown, Unknown::Computed(_)));
    match decides.or_else(|| unknown.next()) {
        Some((unknown, span)) => Doubt::of_unknown(unknown, Some(span)),
        None => Doubt::new(
            format!("`{}` perhaps {does}", by.address),
            "give the variables in it a value",
            Some(by.header),
        ),
    }
}
