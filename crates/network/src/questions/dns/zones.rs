//! Which private hosted zones have the names of AWS services, and do they answer for all of them?

use privatelint_evaluator::{Tri, Value};

use super::names::Name;
use crate::facts::{Service, is_region, services};
use crate::graph::exists;
use crate::questions::region::region_value;
use crate::resources::{EndpointId, HostedZone, HostedZoneId, VpcId};
use crate::{Network, Ref};

/// What stands before the names of a service that are different for every bucket, API or registry.
const WILDCARD: &str = "*.";

/// The placeholder of the region in a service's private names.
const REGION: &str = "{region}";

/// A hosted zone with the name of one that AWS makes for an endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct SameName {
    /// The zone.
    pub zone: HostedZoneId,
    /// The name, as far as it is known.
    pub name: String,
    /// Whether it certainly has that name. Never no.
    pub is: Tri,
}

/// A service whose default name is in a hosted zone.
#[derive(Debug, Clone)]
pub struct ServiceInZone {
    /// The service.
    pub service: &'static Service,
    /// The region that the zone's name says, if it says one.
    pub region: Option<String>,
    /// Whether the zone is for names of this service alone.
    pub is_own: bool,
}

impl ServiceInZone {
    /// The default name of the service, as far as it is known: `*.` stands for the name of a registry, a bucket or an API.
    #[must_use]
    pub fn name(&self) -> String {
        let pattern = self.service.private_dns_names.first().map_or("", String::as_str);
        in_region(pattern, self.region.as_deref())
    }
}

impl Network<'_> {
    /// The hosted zones that have the name of one that AWS makes for the private DNS names of an endpoint, certainly or perhaps.
    #[must_use]
    pub fn zones_named_as(&self, endpoint: EndpointId) -> Vec<SameName> {
        let mut found: Vec<SameName> = Vec::new();
        let Some(endpoint) = self.endpoint(endpoint) else { return found };
        let Some(service) = endpoint.service.service else { return found };
        let region = match &endpoint.service.region {
            Some(region) => Value::string(region.clone()),
            None => region_value(&endpoint.instance.body, &endpoint.instance.provider),
        };
        for pattern in &service.private_dns_names {
            let own = Name::of_pattern(pattern.strip_prefix(WILDCARD).unwrap_or(pattern), &region);
            for zone in &self.hosted_zones {
                let fit = own.fit(&zone.name.value);
                let is = fit.is.and((fit.depth == own.len()).into());
                if is.is_no() || found.iter().any(|other| other.zone == zone.id) {
                    continue;
                }
                found.push(SameName { zone: zone.id, name: own.to_string(), is });
            }
        }
        found
    }

    /// Whether a hosted zone answers in a VPC: whether it is there and associated with it.
    #[must_use]
    pub fn zone_answers_in(&self, zone: HostedZoneId, vpc: &Ref<VpcId>) -> Tri {
        self.hosted_zone(zone)
            .map_or(Tri::No, |zone| self.is_in(&zone.vpcs, vpc).and(exists(zone.instance)))
    }

    /// The services whose default names are in a hosted zone, by short name; none if the zone's name is not known.
    #[must_use]
    pub fn services_in_zone(&self, zone: HostedZoneId) -> Vec<ServiceInZone> {
        let Some(name) = self.hosted_zone(zone).and_then(|zone| zone_name(zone)) else {
            return Vec::new();
        };
        let region = name.split('.').find(|label| is_region(label)).map(str::to_owned);
        let inside = services().iter().filter_map(|service| {
            let own = in_region(service.private_dns_names.first()?, region.as_deref());
            let own = own.strip_prefix(WILDCARD).unwrap_or(&own);
            let is_own = own == name;
            let is_inside = own.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('.'));
            (is_own || is_inside).then(|| ServiceInZone { service, region: region.clone(), is_own })
        });
        inside.collect()
    }

    /// The private DNS names of a service that are in a hosted zone and that certainly no record of it answers. None if there may be
    /// records that are not seen.
    #[must_use]
    pub fn names_without_record(&self, zone: HostedZoneId, of: &ServiceInZone) -> Vec<String> {
        let Some(zone) = self.hosted_zone(zone) else { return Vec::new() };
        let Some(region) = &of.region else { return Vec::new() };
        let region_value = Value::string(region.clone());
        let patterns = of.service.private_dns_names.iter();
        let missing = patterns.filter(|pattern| {
            let name = Name::of_pattern(pattern, &region_value);
            let (to, _, doubts) = self.in_zone(zone, &name);
            name.fit(&zone.name.value).is.is_yes()
                && to == super::Resolved::Nothing
                && doubts.is_empty()
        });
        missing.map(|pattern| in_region(pattern, Some(region))).collect()
    }
}

/// The name of a zone without the dot at its end, if it is known.
fn zone_name(zone: &HostedZone<'_>) -> Option<String> {
    Some(zone.name.value.as_str()?.trim_end_matches('.').to_ascii_lowercase())
        .filter(|name| !name.is_empty())
}

fn in_region(pattern: &str, region: Option<&str>) -> String {
    region.map_or_else(|| pattern.to_owned(), |region| pattern.replace(REGION, region))
}
