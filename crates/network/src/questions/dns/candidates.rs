//! What may know a name in a VPC: interface endpoints, private hosted zones, rules, and Route 53 Profiles, which bring all of these.

use privatelint_diagnostics::{Annotation, Cause, Span};
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use super::flag_doubt;
use super::names::{Fit, Name};
use crate::facts;
use crate::graph::{Part, exists};
use crate::kinds::Role;
use crate::resources::{
    Endpoint, EndpointType, HostedZone, HostedZoneId, ProfileId, ResolverRule, ResolverRuleId, Vpc,
    VpcId,
};
use crate::{Argument, Doubt, Members, Network, Ref};

/// Something that may know the name.
pub(super) struct Candidate<'n, 'a> {
    /// How many labels of the name it knows.
    pub(super) depth: usize,
    /// Which comes first of two that know the same.
    pub(super) rank: u8,
    /// Whether it knows the name. Never no.
    pub(super) there: Tri,
    pub(super) what: What<'n, 'a>,
    pub(super) span: Span,
    /// Why it may not be there.
    pub(super) doubts: Vec<Doubt>,
}

pub(super) enum What<'n, 'a> {
    Rule {
        /// Whether queries leave; no for a rule that keeps them here.
        forwards: Tri,
    },
    Zone(&'n HostedZone<'a>),
    /// A zone from elsewhere, whose records are not known.
    ZoneElsewhere,
    Endpoint(&'n Endpoint<'a>),
}

/// What comes first of two that know the same part of the name.
const RANK_OF_RULES: u8 = 0;
const RANK_OF_ZONES: u8 = 1;
const RANK_OF_ENDPOINTS: u8 = 2;
/// What may be about any name. An endpoint comes before it: a zone of the endpoint's own name is refused, and a rule for it would make
/// the endpoint useless.
const RANK_OF_ANYTHING: u8 = 3;

impl<'a> Network<'a> {
    /// Everything that knows the name in a VPC, or may.
    pub(super) fn candidates<'n>(
        &'n self,
        own: &Vpc<'_>,
        service: &str,
        name: &Name,
        region: &Value,
        open: &mut Vec<Doubt>,
    ) -> Vec<Candidate<'n, 'a>> {
        let vpc = Ref::Managed(own.id);
        let mut found = Vec::new();
        // Private names need both; without host names the public answer is given.
        let attributes = own.dns_support.is.and(own.dns_hostnames.is);
        let attribute_doubt = flag_doubt(&own.dns_hostnames);
        if !attributes.is_no() {
            let endpoints = self.answering_endpoints(&vpc, service, name, region);
            let zones = self.zones_of(&vpc, name);
            for mut candidate in endpoints.into_iter().chain(zones) {
                if attributes.is_unknown() {
                    candidate.there = candidate.there.and(attributes);
                    candidate.doubts.extend(attribute_doubt.clone());
                }
                found.push(candidate);
            }
        }
        for rule in &self.resolver_rules {
            found.extend(self.rule(rule, self.is_in(&rule.vpcs, &vpc), name));
        }
        for by in self.graph.with_role(Role::ResolverRuleVpc) {
            let id = Argument::of(&by.body, "resolver_rule_id").value;
            let rule = self.graph.resolve::<ResolverRuleId>(&id);
            let is_open = self.elsewhere(by, "vpc_id", &vpc, &rule).is_some();
            if is_open && !name.fit(&self.argument_of_data(&id, "domain_name")).is.is_no() {
                open.push(not_seen(by));
            }
        }
        self.add_profiles(&vpc, service, name, region, &mut found, open);
        found
    }

    /// The interface endpoints whose private names answer in a VPC, or may.
    fn answering_endpoints<'n>(
        &'n self,
        vpc: &Ref<VpcId>,
        service: &str,
        name: &Name,
        region: &Value,
    ) -> Vec<Candidate<'n, 'a>> {
        let in_vpc = self.endpoints_of(vpc).into_iter();
        in_vpc
            .filter_map(|found| {
                let endpoint = self.endpoint(found.endpoint)?;
                let there = found.there.and(answers(endpoint, service, region));
                (!there.is_no()).then(|| self.endpoint_candidate(endpoint, there, vpc, name))
            })
            .collect()
    }

    fn endpoint_candidate<'n>(
        &'n self,
        endpoint: &'n Endpoint<'a>,
        there: Tri,
        vpc: &Ref<VpcId>,
        name: &Name,
    ) -> Candidate<'n, 'a> {
        let doubts = match flag_doubt(&endpoint.private_dns) {
            _ if there.is_yes() => Vec::new(),
            Some(doubt) if endpoint.private_dns.is.is_unknown() => vec![doubt],
            _ => vec![self.doubt_about(endpoint, vpc)],
        };
        Candidate {
            depth: name.len(),
            rank: RANK_OF_ENDPOINTS,
            there,
            what: What::Endpoint(endpoint),
            span: endpoint.private_dns.span.unwrap_or(endpoint.instance.header),
            doubts,
        }
    }

    /// The private zones that answer in a VPC and that the name is in, or may be.
    fn zones_of<'n>(&'n self, vpc: &Ref<VpcId>, name: &Name) -> Vec<Candidate<'n, 'a>> {
        let mut found = Vec::new();
        for zone in &self.hosted_zones {
            found.extend(self.zone(zone, self.is_in(&zone.vpcs, vpc), name));
        }
        for by in self.graph.with_role(Role::ZoneVpc) {
            let id = Argument::of(&by.body, "zone_id").value;
            let zone = self.graph.resolve::<HostedZoneId>(&id);
            let Some(there) = self.elsewhere(by, "vpc_id", vpc, &zone) else { continue };
            let fit = name.fit(&self.argument_of_data(&id, "name"));
            let there = there.and(fit.is);
            if there.is_no() {
                continue;
            }
            found.push(Candidate {
                depth: fit.depth,
                rank: rank(RANK_OF_ZONES, fit),
                there,
                what: What::ZoneElsewhere,
                span: by.header,
                doubts: vec![
                    Doubt::new(
                        format!("`{}` brings a hosted zone of other code into the VPC", by.address),
                        "lint it together with the code that declares the zone",
                        Some(by.header),
                    )
                    .of_kind(Cause::Elsewhere),
                ],
            });
        }
        found
    }

    fn zone<'n>(
        &'n self,
        zone: &'n HostedZone<'a>,
        in_vpc: Tri,
        name: &Name,
    ) -> Option<Candidate<'n, 'a>> {
        let fit @ Fit { is, depth } = name.fit(&zone.name.value);
        let there = Tri::all([in_vpc, exists(zone.instance), is]);
        if there.is_no() {
            return None;
        }
        let unknown = zone.name.value.first_unknown();
        let doubt = match unknown {
            _ if exists(zone.instance).is_unknown() => Doubt::of_multiplicity(zone.instance),
            Some(unknown) if is.is_unknown() => Doubt::of_unknown(unknown, zone.name.span),
            _ => Doubt::new(
                format!("`{}` may answer in the VPC", zone.instance.address),
                "name the VPC in it directly",
                Some(zone.instance.header),
            ),
        };
        Some(Candidate {
            depth,
            rank: rank(RANK_OF_ZONES, fit),
            there,
            what: What::Zone(zone),
            span: zone.name.span.unwrap_or(zone.instance.header),
            doubts: if there.is_yes() { Vec::new() } else { vec![doubt] },
        })
    }

    fn rule<'n>(
        &'n self,
        rule: &'n ResolverRule<'a>,
        in_vpc: Tri,
        name: &Name,
    ) -> Option<Candidate<'n, 'a>> {
        let fit @ Fit { is, depth } = name.fit(&rule.domain_name.value);
        let there = Tri::all([in_vpc, exists(rule.instance), is]);
        // Whether it forwards matters only where it is known to be there.
        let certain = if rule.forwards.is_unknown() { there.and(Tri::Unknown) } else { there };
        if there.is_no() {
            return None;
        }
        let unknown = rule.domain_name.value.first_unknown();
        let doubt = match unknown {
            _ if exists(rule.instance).is_unknown() => Doubt::of_multiplicity(rule.instance),
            Some(unknown) if is.is_unknown() => Doubt::of_unknown(unknown, rule.domain_name.span),
            _ => Doubt::new(
                format!("`{}` may forward the name", rule.instance.address),
                "name the VPC and the type in it directly",
                Some(rule.instance.header),
            ),
        };
        Some(Candidate {
            depth,
            rank: rank(RANK_OF_RULES, fit),
            there: certain,
            what: What::Rule { forwards: rule.forwards },
            span: rule.domain_name.span.unwrap_or(rule.instance.header),
            doubts: if certain.is_yes() { Vec::new() } else { vec![doubt] },
        })
    }

    /// What Route 53 Profiles bring into a VPC.
    fn add_profiles<'n>(
        &'n self,
        vpc: &Ref<VpcId>,
        service: &str,
        name: &Name,
        region: &Value,
        found: &mut Vec<Candidate<'n, 'a>>,
        open: &mut Vec<Doubt>,
    ) {
        for profile in &self.profiles {
            let in_vpc = self.is_in(&profile.vpcs, vpc).and(exists(profile.instance));
            if in_vpc.is_no() {
                continue;
            }
            open.extend(profile.doubts.iter().cloned());
            for part in &profile.parts {
                let there = part.there.and(in_vpc);
                let zone = part.zone.managed().and_then(|zone| self.hosted_zone(zone));
                let rule = part.rule.managed().and_then(|rule| self.resolver_rule(rule));
                let endpoint = part.endpoint.managed().and_then(|id| self.endpoint(id));
                match (zone, rule, endpoint) {
                    (Some(zone), _, _) => found.extend(self.zone(zone, there, name)),
                    (_, Some(rule), _) => found.extend(self.rule(rule, there, name)),
                    (_, _, Some(endpoint)) => {
                        let there = there.and(answers(endpoint, service, region));
                        if !there.is_no() {
                            found.push(self.endpoint_candidate(endpoint, there, vpc, name));
                        }
                    }
                    _ if there.is_no() => {}
                    _ => open.push(not_seen(part.by)),
                }
            }
        }
        for by in self.graph.with_role(Role::ProfileVpc) {
            let id = Argument::of(&by.body, "profile_id").value;
            let profile = self.graph.resolve::<ProfileId>(&id);
            if self.elsewhere(by, "resource_id", vpc, &profile).is_some() {
                open.push(not_seen(by));
            }
        }
    }

    /// Whether a VPC is among those that something is associated with.
    pub(super) fn is_in(&self, vpcs: &Members<'_, VpcId>, vpc: &Ref<VpcId>) -> Tri {
        let named = Tri::any(
            vpcs.items.iter().map(|member| self.same_vpc(&member.target, vpc).and(member.there)),
        );
        if vpcs.doubts.is_empty() { named } else { named.or(Tri::Unknown) }
    }

    /// Whether an association brings something into a VPC that is not declared here; `None` if it does not.
    fn elsewhere<I: Part>(
        &self,
        by: &Instance,
        argument: &str,
        vpc: &Ref<VpcId>,
        what: &Ref<I>,
    ) -> Option<Tri> {
        let is_declared = match what {
            Ref::Managed(_) | Ref::Absent => true,
            Ref::OneOf(_) => what.unknown().is_none() && !what.candidates().is_empty(),
            Ref::External(_) | Ref::Maybe(_) => false,
        };
        let of = self.graph.resolve::<VpcId>(&Argument::of(&by.body, argument).value);
        let there = self.same_vpc(&of, vpc).and(exists(by));
        (!is_declared && !there.is_no()).then_some(there)
    }

    /// What an argument of the data source says that finds something.
    fn argument_of_data(&self, id: &Value, argument: &str) -> Value {
        let not_known = || match id {
            Value::Unknown(unknown) => Value::Unknown(unknown.clone()),
            _ => Value::Unknown(Unknown::Environment("the name".into())),
        };
        let Value::Unknown(Unknown::Data(attribute)) = id else { return not_known() };
        let written = self.instance_at(&attribute.of).and_then(|data| data.body.get(argument));
        written.filter(|value| !value.is_null()).cloned().unwrap_or_else(not_known)
    }

    /// Endpoints of the service that do not answer for its name, as the reason why something else does.
    pub(super) fn silent_endpoints(&self, vpc: &Ref<VpcId>, service: &str) -> Vec<Annotation> {
        let in_vpc = self.endpoints_of(vpc).into_iter().filter(|found| found.there.is_yes());
        let silent = in_vpc.filter_map(|found| {
            let endpoint = self.endpoint(found.endpoint)?;
            let is_it = endpoint.is_type(EndpointType::Interface).and(endpoint.service.is(service));
            if !is_it.is_yes() {
                return None;
            }
            let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
            if endpoint.private_dns.is.is_no() {
                Some(Annotation::new(span, "its private DNS is off"))
            } else if endpoint.private_dns.is.is_yes() && inbound_only(endpoint, service).is_yes() {
                let span = endpoint.dns_options.span.unwrap_or(span);
                Some(Annotation::new(
                    span,
                    "its private DNS is for inbound resolver endpoints only",
                ))
            } else {
                None
            }
        });
        silent.collect()
    }
}

/// Whether an endpoint that is in a VPC answers there for the default name of a service in a region.
fn answers(endpoint: &Endpoint<'_>, service: &str, region: &Value) -> Tri {
    let of_region = match (&endpoint.service_region.value, &endpoint.service.region) {
        // Without `service_region`, an endpoint is of the VPC's own region, or cannot be made.
        (Value::Null, Some(own)) if region.is_known() => Value::String(own.clone()).equals(region),
        (Value::Null, _) => Tri::Yes,
        (other, _) => other.equals(region),
    };
    Tri::all([
        endpoint.is_type(EndpointType::Interface),
        endpoint.service.is(service),
        endpoint.private_dns.is,
        !inbound_only(endpoint, service),
        of_region,
    ])
}

/// Whether the names of an endpoint of a service are for inbound resolver endpoints only, which concerns services alone that have gateway
/// endpoints too.
fn inbound_only(endpoint: &Endpoint<'_>, service: &str) -> Tri {
    match facts::service(service) {
        Some(service) if !service.offers(EndpointType::Gateway) => Tri::No,
        _ => endpoint.inbound_only(),
    }
}

fn rank(rank: u8, fit: Fit) -> u8 {
    if fit.is.is_unknown() { RANK_OF_ANYTHING } else { rank }
}

fn not_seen(by: &Instance) -> Doubt {
    Doubt::new(
        format!("`{}` may bring DNS settings of other code into the VPC", by.address),
        "lint it together with the code that declares them",
        Some(by.header),
    )
    .of_kind(Cause::Elsewhere)
}
