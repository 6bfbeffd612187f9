//! The services that a view is about.

use std::collections::BTreeSet;

use privatelint_evaluator::Value;
use privatelint_network::Network;
use privatelint_network::facts::{INTERNET, ServiceName, service};
use privatelint_network::resources::Endpoint;

use super::places::Place;
use crate::UsageError;

/// The services of these names, by name.
pub(super) fn asked(names: &[String]) -> Result<BTreeSet<&'static str>, UsageError> {
    names.iter().map(|name| named(name)).collect()
}

/// The short name of the service that a user names, in short or in full.
pub(super) fn named(name: &str) -> Result<&'static str, UsageError> {
    if let Some(service) = service(name) {
        return Ok(service.short_name.as_str());
    }
    let parsed = ServiceName::parse(&Value::string(name));
    parsed.short_name().ok_or_else(|| UsageError::UnknownService {
        name: name.to_owned(),
        nearest: parsed.suggestions().first().map(|it| it.service.short_name.clone()),
    })
}

/// The services that are of interest in a VPC: those that it has an endpoint for and those that something in it needs. In a VPC without
/// either, those that another one has an endpoint for: it may be the hub.
pub(super) fn of_interest(network: &Network<'_>, place: &Place<'_, '_>) -> BTreeSet<&'static str> {
    let mut services = of_endpoints(place.endpoints(network));
    let needs = place.workloads(network).into_iter().flat_map(|workload| workload.needs(network));
    services.extend(needs.map(|need| need.service).filter(|service| *service != INTERNET));
    if services.is_empty() { of_endpoints(network.endpoints.iter()) } else { services }
}

fn of_endpoints<'n, 'a: 'n>(
    endpoints: impl Iterator<Item = &'n Endpoint<'a>>,
) -> BTreeSet<&'static str> {
    let services = endpoints.filter_map(|endpoint| endpoint.service.service);
    let named = services.filter(|service| !service.is_endpoint_service());
    named.map(|service| service.short_name.as_str()).collect()
}
