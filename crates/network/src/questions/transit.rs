//! Where does a transit gateway send what comes in through an attachment?

use privatelint_diagnostics::{Cause, Span};
use privatelint_evaluator::{Instance, Tri, Value};

use crate::addresses::{Addresses, Family, Lie, block};
use crate::answer::tidy;
use crate::graph::exists;
use crate::resources::{
    AttachmentKind, PrefixListId, TransitGatewayAttachment, TransitGatewayAttachmentId,
    TransitGatewayId, TransitGatewayRoute, TransitGatewayRouteTable,
};
use crate::{Doubt, Network, Ref};

/// Where a transit gateway sends traffic.
#[derive(Debug, Clone)]
pub struct TransitHop<'n> {
    /// Where to, as far as the code shows it.
    pub target: Behind,
    /// Whether that is certain: yes or unknown.
    pub there: Tri,
    /// The resource that makes it so: a route, a propagation, or the attachment that adds its own routes.
    pub by: Option<&'n Instance>,
    /// Its line of code.
    pub span: Option<Span>,
    /// Why it is not certain.
    pub doubts: Vec<Doubt>,
}

/// What is behind a transit gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// An attachment that is declared here.
    Attachment(TransitGatewayAttachmentId),
    /// An attachment that is not declared here.
    Elsewhere,
    /// A route drops the traffic.
    Dropped,
    /// No route.
    Nothing,
    /// Not known.
    Unknown,
}

/// The route table that an attachment is associated with.
enum Table<'n, 'a> {
    Declared(&'n TransitGatewayRouteTable<'a>),
    /// The default one of a declared transit gateway.
    Default(TransitGatewayId),
    Unknown(Doubt),
}

/// A route of a transit gateway, or what stands for one.
struct Candidate<'n> {
    lie: Lie,
    bits: u8,
    /// A static route wins over an equal one that is propagated.
    is_static: bool,
    there: Tri,
    target: Behind,
    by: &'n Instance,
}

impl<'a> Network<'a> {
    /// Where a transit gateway sends what comes in through an attachment and is for these addresses: the most specific route of the table
    /// that the attachment is associated with decides. Attachments that propagate add routes to their own addresses.
    #[must_use]
    pub fn transit_hop(&self, from: TransitGatewayAttachmentId, to: &Addresses) -> TransitHop<'_> {
        let unknown = |doubts| TransitHop {
            target: Behind::Unknown,
            there: Tri::Unknown,
            by: None,
            span: None,
            doubts,
        };
        let Some(from) = self.transit_gateway_attachment(from) else { return unknown(Vec::new()) };
        match self.table_of_attachment(from) {
            Table::Unknown(doubt) => unknown(vec![doubt]),
            Table::Declared(table) => {
                let mut candidates: Vec<_> =
                    table.routes.iter().filter_map(|route| self.static_route(route, to)).collect();
                for member in &table.propagations.items {
                    let attachment = member.target.managed();
                    let attachment = attachment.and_then(|id| self.transit_gateway_attachment(id));
                    let propagated = self.propagated(attachment, member.there, member.by, to);
                    candidates.extend(propagated);
                }
                let unseen = [&table.route_doubts, &table.propagations.doubts];
                choose(candidates, unseen.into_iter().flatten().cloned().collect())
            }
            Table::Default(gateway) => {
                let own = self.other_transit_gateway_routes.iter();
                let own = own.filter(|route| self.is_default_table(&route.table, gateway));
                let mut candidates: Vec<_> =
                    own.filter_map(|route| self.static_route(route, to)).collect();
                for attachment in &self.transit_gateway_attachments {
                    let there = attachment
                        .default_propagation
                        .and(exists(attachment.instance))
                        .and((attachment.gateway.managed() == Some(gateway)).into());
                    if !there.is_no() {
                        let by = attachment.instance;
                        candidates.extend(self.propagated(Some(attachment), there, by, to));
                    }
                }
                let gateway = self.transit_gateway(gateway).map(|gateway| gateway.instance);
                let modules = self.graph.missing.iter().filter(|module| {
                    gateway.is_some_and(|gateway| module.is_given(&gateway.address))
                });
                choose(candidates, modules.map(|module| module.doubt()).collect())
            }
        }
    }

    fn table_of_attachment(&self, from: &TransitGatewayAttachment<'a>) -> Table<'_, 'a> {
        let span = Some(from.instance.header);
        let elsewhere = |what: &str| {
            let doubt = Doubt::new(what, "lint it together with the code that declares it", span);
            Table::Unknown(doubt.of_kind(Cause::Elsewhere))
        };
        if let Some(member) = from.associations.items.first() {
            if member.there.is_unknown() {
                let doubt = from.associations.doubts.first().cloned();
                return Table::Unknown(doubt.unwrap_or_else(|| Doubt::of_multiplicity(member.by)));
            }
            let declared = member.target.managed();
            if let Some(table) = declared.and_then(|id| self.transit_gateway_route_table(id)) {
                return Table::Declared(table);
            }
            let of_gateway = from.gateway.managed();
            return match of_gateway.filter(|id| self.is_default_table(&member.value, *id)) {
                Some(gateway) => Table::Default(gateway),
                None => elsewhere("its route table of the transit gateway is not declared here"),
            };
        }
        match (from.default_association, from.gateway.managed()) {
            (Tri::Yes, Some(gateway)) => Table::Default(gateway),
            (_, None) => elsewhere("the transit gateway is not declared here"),
            (Tri::No, Some(_)) => elsewhere("no code here associates it with a route table"),
            (Tri::Unknown, Some(_)) => Table::Unknown(Doubt::new(
                "whether it is associated with the default route table is not known",
                "write `transit_gateway_default_route_table_association` in the attachment",
                span,
            )),
        }
    }

    /// Whether a value names the default route table of a transit gateway.
    fn is_default_table(&self, table: &Value, gateway: TransitGatewayId) -> bool {
        let mut found = false;
        table.for_each_address(&mut |address| {
            found |= self.graph.managed(address) == Some(gateway);
        });
        found
    }

    fn static_route<'n>(
        &'n self,
        route: &'n TransitGatewayRoute<'a>,
        to: &Addresses,
    ) -> Option<Candidate<'n>> {
        let (lie, bits) = match &route.prefix_list {
            Ref::Absent => (to.lie_to(&route.destination), bits(&route.destination)),
            list => self.lie_to_entries(list.managed(), to),
        };
        let target = match (route.blackhole, &route.attachment) {
            (Tri::Yes, _) => Behind::Dropped,
            (Tri::Unknown, _) => Behind::Unknown,
            (Tri::No, Ref::Managed(attachment)) => Behind::Attachment(*attachment),
            (Tri::No, Ref::External(_)) => Behind::Elsewhere,
            (Tri::No, _) => Behind::Unknown,
        };
        let by = route.by;
        (lie != Lie::Outside).then_some(Candidate {
            lie,
            bits,
            is_static: true,
            there: route.there,
            target,
            by,
        })
    }

    fn lie_to_entries(&self, list: Option<PrefixListId>, to: &Addresses) -> (Lie, u8) {
        let Some(list) = list.and_then(|list| self.prefix_list(list)) else {
            return (Lie::Unknown, 0);
        };
        let mut lies: Vec<_> = list
            .entries
            .iter()
            .map(|entry| (to.lie_to(&entry.cidr).min_certain(entry.there), bits(&entry.cidr)))
            .collect();
        if !list.doubts.is_empty() {
            lies.push((Lie::Unknown, 0));
        }
        let inside =
            lies.iter().filter(|(lie, _)| *lie == Lie::Inside).max_by_key(|(_, bits)| *bits);
        let other = || lies.iter().find(|(lie, _)| *lie != Lie::Outside);
        inside.or_else(other).copied().unwrap_or((Lie::Outside, 0))
    }

    /// The routes that an attachment adds: to the ranges of its VPC. What a VPN or Direct Connect adds only the other side knows.
    fn propagated<'n>(
        &'n self,
        attachment: Option<&'n TransitGatewayAttachment<'a>>,
        there: Tri,
        by: &'n Instance,
        to: &Addresses,
    ) -> Vec<Candidate<'n>> {
        let unknown = |target| {
            let lie = Lie::Unknown;
            vec![Candidate { lie, bits: 0, is_static: false, there, target, by }]
        };
        let Some(attachment) = attachment else { return unknown(Behind::Elsewhere) };
        let target = Behind::Attachment(attachment.id);
        match attachment.kind {
            // Peering attachments have static routes only.
            AttachmentKind::Peering => Vec::new(),
            AttachmentKind::Connect | AttachmentKind::Vpn | AttachmentKind::DirectConnect => {
                unknown(target)
            }
            AttachmentKind::Vpc => {
                let vpc = attachment.vpc.managed().and_then(|vpc| self.vpc(vpc));
                let Some(vpc) = vpc else { return unknown(target) };
                let ranges = match to.family {
                    Family::V4 => &vpc.ipv4,
                    Family::V6 => &vpc.ipv6,
                };
                let candidates = ranges.iter().map(|range| Candidate {
                    lie: to.lie_to(&range.value),
                    bits: bits(&range.value),
                    is_static: false,
                    there: there.and(range.there),
                    target,
                    by,
                });
                candidates.filter(|candidate| candidate.lie != Lie::Outside).collect()
            }
        }
    }
}

impl Lie {
    /// The same of a block that is perhaps not there.
    fn min_certain(self, there: Tri) -> Self {
        if self == Self::Outside || there.is_yes() { self } else { Self::Unknown }
    }
}

fn bits(value: &Value) -> u8 {
    block(value).map_or(0, |block| block.prefix_len())
}

fn choose(candidates: Vec<Candidate<'_>>, unseen: Vec<Doubt>) -> TransitHop<'_> {
    let strength = |candidate: &Candidate<'_>| (candidate.bits, candidate.is_static);
    let certain = candidates
        .iter()
        .filter(|candidate| candidate.lie == Lie::Inside && candidate.there.is_yes())
        .max_by_key(|candidate| strength(candidate));
    let speaks_against = |candidate: &&Candidate<'_>| match certain {
        None => true,
        Some(winner) => {
            candidate.target != winner.target
                && match candidate.lie {
                    Lie::Inside => {
                        candidate.there.is_unknown() && strength(candidate) > strength(winner)
                    }
                    Lie::Partly(_) | Lie::Unknown => true,
                    Lie::Outside => false,
                }
        }
    };
    let against: Vec<_> = candidates.iter().filter(speaks_against).collect();
    let mut doubts: Vec<Doubt> = against
        .iter()
        .map(|candidate| {
            if exists(candidate.by).is_unknown() {
                return Doubt::of_multiplicity(candidate.by);
            }
            Doubt::new(
                format!("`{}` may add a route for it", candidate.by.address),
                "give the variables in it a value",
                Some(candidate.by.header),
            )
        })
        .collect();
    let likely = against
        .iter()
        .max_by_key(|candidate| (candidate.lie == Lie::Inside, strength(candidate)))
        .copied();
    if certain.is_none() {
        doubts.extend(unseen);
    }
    let doubts = tidy(doubts);
    let there = if doubts.is_empty() { Tri::Yes } else { Tri::Unknown };
    let shown = certain.or(likely);
    TransitHop {
        target: shown.map_or(Behind::Nothing, |shown| shown.target),
        there,
        by: shown.map(|shown| shown.by),
        span: shown.map(|shown| shown.by.header),
        doubts,
    }
}
