//! What rules about endpoints share.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::{Instance, Multiplicity};
use privatelint_network::resources::{Endpoint, EndpointType};
use privatelint_network::{Members, Network};

use crate::words::listed;

/// The most services that a message names.
const MOST_NAMES: usize = 4;

/// Endpoints with the same fault at the same place: the instances of one block that `for_each` or `count` makes.
#[derive(Debug)]
pub(crate) struct SamePlace<'e, 'a> {
    /// The place.
    pub(crate) span: Span,
    /// The first of them, by address.
    pub(crate) first: &'e Endpoint<'a>,
    /// All of them, by address.
    pub(crate) endpoints: Vec<&'e Endpoint<'a>>,
}

/// The endpoints of a network that have a fault, which `fault` finds with its place, by place.
pub(crate) fn faulty<'e, 'a>(
    network: &'e Network<'a>,
    mut fault: impl FnMut(&'e Endpoint<'a>) -> Option<Span>,
) -> Vec<SamePlace<'e, 'a>> {
    let endpoints = network.endpoints.iter();
    by_place(endpoints.filter_map(|endpoint| Some((fault(endpoint)?, endpoint))))
}

/// Gathers endpoints that have a fault at a place, so that one block is one finding. The instances of one module stay together; another
/// call of it is another matter.
pub(crate) fn by_place<'e, 'a>(
    faults: impl IntoIterator<Item = (Span, &'e Endpoint<'a>)>,
) -> Vec<SamePlace<'e, 'a>> {
    let mut places: Vec<SamePlace<'e, 'a>> = Vec::new();
    for (span, endpoint) in faults {
        let module = &endpoint.instance.address.module;
        let same = places
            .iter_mut()
            .find(|place| place.span == span && place.first.instance.address.module == *module);
        match same {
            Some(place) => place.endpoints.push(endpoint),
            None => places.push(SamePlace { span, first: endpoint, endpoints: vec![endpoint] }),
        }
    }
    places
}

impl<'a> SamePlace<'_, 'a> {
    /// The instance to report about: the first that is certainly there, if one is.
    pub(crate) fn instance(&self) -> &'a Instance {
        let mut instances = self.endpoints.iter().map(|endpoint| endpoint.instance);
        instances
            .find(|instance| instance.multiplicity == Multiplicity::One)
            .unwrap_or(self.first.instance)
    }

    /// What the endpoints are called in a message.
    pub(crate) fn describe(&self) -> String {
        match self.endpoints.as_slice() {
            [endpoint] => format!("the {}", describe(endpoint)),
            endpoints if endpoints.iter().all(|endpoint| service(endpoint).is_some()) => {
                format!("the endpoints for {}", services(endpoints))
            }
            _ => format!("the endpoints of {}", block(self.first)),
        }
    }

    /// `is` or `are`, as [`SamePlace::describe`] needs it.
    pub(crate) fn be(&self) -> &'static str {
        self.verb("is", "are")
    }

    /// The form of a verb that agrees with [`SamePlace::describe`].
    pub(crate) fn verb(&self, of_one: &'static str, of_many: &'static str) -> &'static str {
        if self.endpoints.len() == 1 { of_one } else { of_many }
    }

    /// Whether the services of all of its endpoints certainly have endpoints of a type: then that type may be what is meant.
    pub(crate) fn all_offer(&self, kind: EndpointType) -> bool {
        self.endpoints
            .iter()
            .all(|endpoint| endpoint.service.service.is_some_and(|service| service.offers(kind)))
    }
}

/// How sure it is that an endpoint has no more than what the code attaches to it. A list that is written is meant to be the whole; without
/// one, another configuration may have the associations.
pub(crate) fn confidence_in_lack<I>(members: &Members<'_, I>) -> Confidence {
    if members.span.is_some() { Confidence::Certain } else { Confidence::Likely }
}

/// What an endpoint is called in a message: by its type and service, as far as they are known.
pub(crate) fn describe(endpoint: &Endpoint<'_>) -> String {
    let kind = match endpoint.known_type() {
        Some(EndpointType::Gateway) => "gateway endpoint",
        Some(EndpointType::Interface) => "interface endpoint",
        Some(EndpointType::GatewayLoadBalancer) => "Gateway Load Balancer endpoint",
        Some(EndpointType::Resource) => "resource endpoint",
        Some(EndpointType::ServiceNetwork) => "service network endpoint",
        None => "endpoint",
    };
    match service(endpoint) {
        Some(service) => format!("{kind} for `{service}`"),
        None => format!("{kind} {}", block(endpoint)),
    }
}

/// The names of the services of endpoints, each once: "`ecr.api`, `ecr.dkr` and `logs`".
pub(crate) fn services(endpoints: &[&Endpoint<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for endpoint in endpoints {
        let name = match service(endpoint) {
            Some(service) => format!("`{service}`"),
            None => block(endpoint),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    listed(&names, MOST_NAMES)
}

/// What the service of an endpoint is called in a message: its short name, or the whole name of a service that AWS does not run.
fn service<'e>(endpoint: &'e Endpoint<'_>) -> Option<&'e str> {
    // A row that stands for the endpoint services of everybody has no name of its own.
    let row = endpoint.service.service.filter(|service| !service.is_endpoint_service());
    row.map(|service| service.short_name.as_str()).or_else(|| endpoint.service_name.value.as_str())
}

/// The block that makes an endpoint, as its module calls it: the same words for every call of the module.
fn block(endpoint: &Endpoint<'_>) -> String {
    let address = &endpoint.instance.address;
    format!("`{}.{}`", address.kind, address.name)
}
