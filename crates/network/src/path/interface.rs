//! The way to an endpoint that the service's name resolves to, and the way through a gateway endpoint.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;

use super::way::{Stop, Way};
use super::{Blocker, Kind, Path, Question};
use crate::Doubt;
use crate::addresses::Family;
use crate::policy::{self, Reading};
use crate::questions::routes::To;
use crate::resources::{Endpoint, EndpointId, Target};

impl<'n, 'a> Question<'_, 'n, 'a> {
    /// The way to an interface endpoint, in this VPC or in another one.
    pub(super) fn to_endpoint(&self, mut way: Way, endpoint: EndpointId) -> Path {
        let Some(endpoint) = self.network.endpoint(endpoint) else { return way.lost([]) };
        way.step(
            format!("{} resolves to `{}`", self.name, endpoint.instance.address),
            endpoint.instance,
            None,
        );
        match endpoint.subnets.is_empty() {
            Tri::Yes => {
                return way.stopped(Stop::of(
                    Blocker::EndpointWithoutSubnets,
                    endpoint.instance,
                    format!(
                        "`{}` has no subnets, so no network interface",
                        endpoint.instance.address
                    ),
                    "set `subnet_ids`",
                ));
            }
            Tri::Unknown => way.doubts.extend(endpoint.subnets.doubts.iter().cloned()),
            Tri::No => {}
        }
        let is_here = self.network.same_vpc(&endpoint.vpc, &self.from.vpc);
        match is_here {
            Tri::Yes => {
                way.inspected |= self.is_inspected_inside(endpoint);
                self.by_endpoint(way, endpoint, Kind::InterfaceEndpoint)
            }
            Tri::No => self.to_endpoint_of_other_vpc(way, endpoint),
            Tri::Unknown => {
                let doubts = endpoint
                    .vpc
                    .unknown()
                    .map(|unknown| Doubt::of_unknown(unknown, endpoint.vpc_id.span));
                self.by_endpoint(way, endpoint, Kind::InterfaceEndpoint)
                    .unless(doubts.into_iter().collect())
            }
        }
    }

    /// Whether a route of the client's subnet to the endpoint's subnets leads through a firewall, which a route more specific than the VPC's
    /// own does.
    fn is_inspected_inside(&self, endpoint: &Endpoint<'a>) -> bool {
        let of = self.network.table_of(self.from.subnet);
        let Some(table) = of.table.managed() else { return false };
        let mut subnets = endpoint.subnets.items.iter().filter_map(|it| it.target.managed());
        subnets.any(|subnet| {
            let to = To::Addresses(self.network.addresses_in(subnet, Family::V4));
            let next = self.network.next_hop(table, &to);
            matches!(next.target.target(), Some(Target::Firewall(_) | Target::Endpoint(_)))
        })
    }

    /// The rest of the way to an endpoint that packets find: its guards and its policy.
    pub(super) fn by_endpoint(&self, way: Way, endpoint: &'n Endpoint<'a>, kind: Kind) -> Path {
        let way = match self.guard_endpoint(way, endpoint) {
            Ok(way) => way,
            Err(path) => return path,
        };
        self.by_policy(way, endpoint, kind)
    }

    /// The way through a gateway endpoint that a route table has.
    pub(super) fn by_gateway_endpoint(
        &self,
        mut way: Way,
        endpoint: EndpointId,
        span: Option<Span>,
    ) -> Path {
        let Some(endpoint) = self.network.endpoint(endpoint) else { return way.lost([]) };
        way.step(
            format!("`{}` takes it to {}", endpoint.instance.address, self.name),
            endpoint.instance,
            span,
        );
        self.by_policy(way, endpoint, Kind::GatewayEndpoint)
    }

    fn by_policy(&self, mut way: Way, endpoint: &Endpoint<'_>, kind: Kind) -> Path {
        match allows_anything(&policy::read(&endpoint.policy.value)) {
            Tri::Yes => way.ends(kind),
            Tri::No => way.stopped(
                Stop::of(
                    Blocker::EndpointPolicy,
                    endpoint.instance,
                    format!("the policy of `{}` allows nothing", endpoint.instance.address),
                    "allow the requests that clients make in `policy`",
                )
                .at(endpoint.policy.span),
            ),
            Tri::Unknown => {
                if let Some(unknown) = endpoint.policy.value.first_unknown() {
                    way.doubts.push(Doubt::of_unknown(unknown, endpoint.policy.span));
                }
                way.ends(kind)
            }
        }
    }
}

/// Whether a policy lets any request through at all. What a policy allows to whom is not a question of the way.
fn allows_anything(policy: &Reading) -> Tri {
    let policy = match policy {
        Reading::Policy(policy) => policy,
        Reading::Absent => return Tri::Yes,
        Reading::Invalid(_) | Reading::Unknown => return Tri::Unknown,
    };
    let denies_all = policy.statements.iter().any(|statement| {
        statement.allows.is_no()
            && statement.conditions.is_empty()
            && !statement.not_action
            && !statement.not_resource
            && !statement.not_principal
            && statement.actions.iter().any(|action| action == "*")
            && statement.resources.iter().any(|resource| resource == "*")
            && statement.principals.iter().any(|(_, id)| id == "*")
    });
    if denies_all {
        return Tri::No;
    }
    Tri::any(policy.statements.iter().map(|statement| statement.allows))
}
