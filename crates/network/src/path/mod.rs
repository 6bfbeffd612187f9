//! How does traffic from a place in a VPC reach an AWS service?
//!
//! Names first: what the client's name lookup returns decides between an interface endpoint and the service's public addresses, and only for
//! the latter do the routes of the subnet matter. Then the guards on the way, in both directions.

mod from;
mod gateways;
mod guards;
mod interface;
mod kind;
mod other_network;
mod public;
mod way;

pub use from::From;
pub use kind::{Blocked, Blocker, Hop, Kind, Path};

use privatelint_diagnostics::Cause;
use privatelint_evaluator::Tri;

use self::way::{Stop, Way};
use crate::facts::{self, HTTPS, Service};
use crate::questions::dns::Resolved;
use crate::resources::{EndpointId, EndpointType};
use crate::{Doubt, Network};

/// A question: from where, to which service.
pub(crate) struct Question<'q, 'n, 'a> {
    pub(crate) network: &'n Network<'a>,
    pub(crate) from: &'q From<'n, 'a>,
    /// The service's short name.
    pub(crate) name: &'q str,
    pub(crate) service: Option<&'static Service>,
    /// The TCP port of the service.
    pub(crate) port: u16,
}

impl<'a> Network<'a> {
    /// How traffic from a place reaches public addresses of the internet on the port of HTTPS, whatever a name resolves to.
    #[must_use]
    pub fn path_to_internet(&self, from: &From<'_, 'a>) -> Path {
        let question = Question { network: self, from, name: "", service: None, port: HTTPS };
        question.to_public_addresses(Way::default())
    }

    /// How traffic from a place reaches a service, by the service's short name: `s3`, `ecr.api`.
    ///
    /// The path is that of a client that uses the service's usual name in the region of its VPC, on the service's port: of several, the
    /// first that is not stopped.
    #[must_use]
    pub fn path(&self, from: &From<'_, 'a>, service: &str) -> Path {
        let facts = facts::service(service);
        let ports = facts.map(|facts| facts.ports.as_slice()).filter(|ports| !ports.is_empty());
        let ask =
            |port| Question { network: self, from, name: service, service: facts, port }.path();
        let mut stopped = None;
        for port in ports.unwrap_or(&[HTTPS]) {
            let path = ask(*port);
            if path.kind != Kind::None {
                return path;
            }
            stopped.get_or_insert(path);
        }
        stopped.unwrap_or_else(|| ask(HTTPS))
    }
}

impl<'n> Question<'_, 'n, '_> {
    fn path(&self) -> Path {
        let way = Way::default();
        let Some(vpc) = self.from.vpc.managed().and_then(|id| self.network.vpc(id)) else {
            // Which names, tables and endpoints a VPC of other code has, only that code says.
            let path = match self.endpoint_by_name() {
                Some(endpoint) => self.to_endpoint(way, endpoint),
                None => self.to_public_addresses(way),
            };
            return path.unless(self.network.unseen(&self.from.vpc));
        };
        let answer = self.network.name_of_service(vpc, self.name);
        let mut found = way;
        found.evidence(&answer.evidence);
        match answer.to {
            Resolved::Endpoint(endpoint) | Resolved::Zone(_, Some(endpoint)) => {
                self.to_endpoint(found, endpoint).unless(answer.doubts)
            }
            Resolved::Zone(_, None) => found.lost(answer.doubts.into_iter().chain([Doubt::new(
                format!(
                    "what the hosted zone answers for {} is not an endpoint of this code",
                    self.name
                ),
                "declare the endpoint in the code that is linted",
                None,
            )])),
            Resolved::Nothing => {
                let because = answer
                    .evidence
                    .last()
                    .map_or("the name has no answer", |place| &place.message)
                    .to_owned();
                let open_by = "give the name an answer: a record, or `enable_dns_support = true`";
                let stop = Stop::of(Blocker::NameLookup, vpc.instance, because, open_by);
                let span = answer.evidence.last().map(|place| place.span);
                found.stopped(stop.at(span)).unless(answer.doubts)
            }
            Resolved::Public => self.to_public_addresses(found).unless(answer.doubts),
            // Name servers of the user's own may forward to the VPC's, or not.
            Resolved::CustomResolver => {
                let doubt = Doubt::new(
                    "what name servers that are not the VPC's own answer is not in the code",
                    "forward the names of AWS from them to the VPC's resolver",
                    answer.evidence.first().map(|place| place.span),
                );
                let doubts = answer.doubts.into_iter().chain([doubt.of_kind(Cause::Elsewhere)]);
                self.to_public_addresses(found).unless(doubts.collect())
            }
            Resolved::Unknown => match answer.perhaps {
                Some(endpoint) => self.to_endpoint(found, endpoint).unless(answer.doubts),
                None => self.to_public_addresses(found).unless(answer.doubts),
            },
        }
    }

    /// The interface endpoint whose private names answer in a VPC of other code, if its DNS attributes are on.
    fn endpoint_by_name(&self) -> Option<EndpointId> {
        let found = self.network.endpoints_of(&self.from.vpc).into_iter();
        let mut endpoints = found.filter_map(|found| self.network.endpoint(found.endpoint));
        let answers = endpoints.find(|endpoint| {
            let has_names = Tri::all([
                endpoint.is_type(EndpointType::Interface),
                endpoint.service.is(self.name),
                endpoint.private_dns.is,
            ]);
            has_names.is_yes() && (!self.has_gateway_endpoints() || endpoint.inbound_only().is_no())
        });
        answers.map(|endpoint| endpoint.id)
    }
}
