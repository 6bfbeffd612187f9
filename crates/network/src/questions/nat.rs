//! Which route tables of a VPC send what they have no better route for to a NAT gateway?

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Tri, Value};

use crate::graph::exists;
use crate::resources::{NatGatewayId, RouteTableId, Target, VpcId};
use crate::{Network, Ref};

/// A default route to a NAT gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct NatRoute {
    /// The route table.
    pub route_table: RouteTableId,
    /// The NAT gateway, if it is declared here.
    pub nat: Ref<NatGatewayId>,
    /// The route.
    pub span: Span,
    /// Yes if it certainly is one, leads to the internet and is in the VPC; unknown if perhaps. Never no.
    pub there: Tri,
}

/// Every IPv4 address.
const EVERYWHERE: &str = "0.0.0.0/0";

impl Network<'_> {
    /// The default routes to public NAT gateways in a VPC, certain and possible ones, by route table.
    #[must_use]
    pub fn nat_default_routes(&self, vpc: &Ref<VpcId>) -> Vec<NatRoute> {
        let mut found = Vec::new();
        for table in &self.route_tables {
            let in_vpc = self.same_vpc(&table.vpc, vpc).and(exists(table.instance));
            if in_vpc.is_no() {
                continue;
            }
            for route in &table.routes {
                let nat = match &route.target {
                    Target::Nat(nat) => nat,
                    // The route is then only perhaps there.
                    Target::OneOf(targets) => match targets.iter().find_map(nat_of) {
                        Some(nat) => nat,
                        None => continue,
                    },
                    _ => continue,
                };
                let default = route.destination.equals(&Value::string(EVERYWHERE));
                let there = Tri::all([in_vpc, route.there, default, self.is_public(nat)]);
                if !there.is_no() {
                    found.push(NatRoute {
                        route_table: table.id,
                        nat: nat.clone(),
                        span: route.span,
                        there,
                    });
                }
            }
        }
        found
    }

    fn is_public(&self, nat: &Ref<NatGatewayId>) -> Tri {
        match nat {
            Ref::Managed(id) => self
                .nat_gateway(*id)
                .map_or(Tri::Unknown, |nat| nat.public.and(exists(nat.instance))),
            Ref::OneOf(arms) => crate::argument::agree(arms.iter().map(|arm| self.is_public(arm))),
            Ref::Absent => Tri::No,
            Ref::External(_) | Ref::Maybe(_) => Tri::Unknown,
        }
    }
}

fn nat_of(target: &Target) -> Option<&Ref<NatGatewayId>> {
    match target {
        Target::Nat(nat) => Some(nat),
        _ => None,
    }
}
