//! Which gateway endpoints does a route table have?

use std::collections::HashMap;

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Tri, Value};

use super::{Candidate, ENDPOINT_BITS, Leads, doubt_about};
use crate::addresses::Lie;
use crate::answer::tidy;
use crate::graph::{Graph, exists};
use crate::resources::{
    Endpoint, EndpointId, EndpointType, RouteTable, RouteTableId, VpcId, main_table_of,
};
use crate::{Doubt, Network, Ref};

/// A gateway endpoint of a route table.
#[derive(Debug, Clone)]
pub struct TableEndpoint {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// Whether it certainly is a gateway endpoint of the table. Never no.
    pub there: Tri,
    /// What attaches it.
    pub span: Span,
    /// Why it is not certain.
    pub doubts: Vec<Doubt>,
}
impl<'a> Network<'a> {
    /// The gateway endpoints of a route table, certain and possible ones.
    #[must_use]
    pub fn gateway_endpoints_of(&self, table: RouteTableId) -> Vec<TableEndpoint> {
        let Some(table) = self.route_table(table) else { return Vec::new() };
        let mut found: Vec<TableEndpoint> = Vec::new();
        let named = self.gateway_routes.named.get(&table.id).into_iter().flatten();
        let vpc = table.vpc.managed().filter(|_| table.is_implicit);
        let main = vpc.and_then(|vpc| self.gateway_routes.of_main.get(&vpc)).into_iter().flatten();
        for attached in named.chain(main) {
            let Some(endpoint) = self.endpoint(attached.endpoint) else { continue };
            let is_gateway = endpoint.is_type(EndpointType::Gateway);
            let there = Tri::all([attached.there, is_gateway, exists(endpoint.instance)]);
            if there.is_no() || found.iter().any(|other| other.endpoint == endpoint.id) {
                continue;
            }
            let doubts = if there.is_yes() {
                Vec::new()
            } else {
                attachment_doubts(endpoint, attached.span)
            };
            found.push(TableEndpoint { endpoint: endpoint.id, there, span: attached.span, doubts });
        }
        for id in &self.gateway_routes.open {
            let Some(endpoint) = self.endpoint(*id) else { continue };
            let may_be = endpoint
                .is_type(EndpointType::Gateway)
                .and(self.same_vpc(&endpoint.vpc, &table.vpc));
            if may_be.is_no() || found.iter().any(|other| other.endpoint == *id) {
                continue;
            }
            let span = endpoint.route_tables.span.unwrap_or(endpoint.instance.header);
            let doubts = attachment_doubts(endpoint, span);
            found.push(TableEndpoint { endpoint: *id, there: Tri::Unknown, span, doubts });
        }
        found
    }

    pub(super) fn endpoint_candidates<'n>(
        &'n self,
        table: &'n RouteTable<'a>,
        service: &str,
    ) -> Vec<Candidate<'n>> {
        let mut candidates = Vec::new();
        for found in self.gateway_endpoints_of(table.id) {
            let Some(endpoint) = self.endpoint(found.endpoint) else { continue };
            let is_service = endpoint.service.is(service);
            let there = found.there.and(is_service);
            if there.is_no() || self.is_of_other_region(endpoint) {
                continue;
            }
            let mut doubts = found.doubts;
            if let (Tri::Unknown, Value::Unknown(unknown)) =
                (is_service, &endpoint.service_name.value)
            {
                doubts.push(Doubt::of_unknown(unknown, endpoint.service_name.span));
            }
            candidates.push(Candidate {
                lie: Lie::Inside,
                bits: ENDPOINT_BITS,
                there,
                leads: Leads::GatewayEndpoint(endpoint.id),
                span: Some(found.span),
                doubts,
            });
        }
        candidates
    }

    /// Whether an endpoint asks for a service of another region than its own, where it cannot be made.
    fn is_of_other_region(&self, endpoint: &Endpoint<'_>) -> bool {
        let own = self.region_of(endpoint.instance);
        let wanted = endpoint.service.region.as_deref();
        own.known().zip(wanted).is_some_and(|(own, wanted)| own != wanted)
    }
}

fn attachment_doubts(endpoint: &Endpoint<'_>, span: Span) -> Vec<Doubt> {
    let mut doubts = endpoint.route_tables.doubts.clone();
    if exists(endpoint.instance).is_unknown() {
        doubts.push(Doubt::of_multiplicity(endpoint.instance));
    }
    if let Value::Unknown(unknown) = &endpoint.endpoint_type.value {
        doubts.push(Doubt::of_unknown(unknown, endpoint.endpoint_type.span));
    }
    let members = endpoint.route_tables.items.iter();
    doubts.extend(members.filter(|member| member.there.is_unknown()).map(|member| {
        let unknown = member.value.first_unknown();
        unknown.map_or_else(
            || doubt_about(member.by, "attaches a route table"),
            |unknown| Doubt::of_unknown(unknown, Some(member.span)),
        )
    }));
    if doubts.is_empty() {
        doubts.push(Doubt::new(
            format!("`{}` may be attached to it", endpoint.instance.address),
            "name the route tables in it directly",
            Some(span),
        ));
    }
    tidy(doubts)
}

/// The route tables of gateway endpoints, by the table.
#[derive(Debug, Default)]
pub(crate) struct GatewayRoutes {
    named: HashMap<RouteTableId, Vec<Attached>>,
    /// Those attached to the table that AWS makes with a VPC.
    of_main: HashMap<VpcId, Vec<Attached>>,
    /// The endpoints that may be attached to any table.
    open: Vec<EndpointId>,
}

#[derive(Debug)]
struct Attached {
    endpoint: EndpointId,
    there: Tri,
    span: Span,
}

impl GatewayRoutes {
    pub(crate) fn new(graph: &Graph<'_>, endpoints: &[Endpoint<'_>]) -> Self {
        let mut found = Self::default();
        for endpoint in endpoints {
            if endpoint.is_type(EndpointType::Gateway).is_no() {
                continue;
            }
            let mut is_open = !endpoint.route_tables.doubts.is_empty();
            for member in &endpoint.route_tables.items {
                let attached = |there| Attached { endpoint: endpoint.id, there, span: member.span };
                match &member.target {
                    Ref::Managed(table) => {
                        found.named.entry(*table).or_default().push(attached(member.there));
                    }
                    Ref::External(value) => {
                        if let Some(vpc) = main_table_of(graph, value) {
                            found.of_main.entry(vpc).or_default().push(attached(member.there));
                        }
                    }
                    several @ Ref::OneOf(_) => {
                        for table in several.candidates() {
                            let there = Tri::Unknown;
                            found.named.entry(table).or_default().push(attached(there));
                        }
                        is_open |= several.unknown().is_some();
                    }
                    Ref::Maybe(_) => is_open = true,
                    Ref::Absent => {}
                }
            }
            if is_open {
                found.open.push(endpoint.id);
            }
        }
        found
    }
}
