//! What does the name of a service resolve to for a client in a VPC?
//!
//! The VPC's resolver takes the most specific of what knows the name: private hosted zones, the names of interface endpoints, and rules that
//! forward, which come before a zone of the same name. Without any of these the public addresses of the service are the answer.

mod candidates;
mod names;
mod records;
mod servers;
mod zones;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::{Tri, Value};
use smol_str::SmolStr;

use self::candidates::{Candidate, What};
use self::names::Name;
pub use self::zones::{SameName, ServiceInZone};
use crate::answer::tidy;
use crate::questions::region::region_value;
use crate::resources::{EndpointId, HostedZoneId, Vpc, VpcId};
use crate::{Doubt, Flag, Network, Ref};

/// What a name lookup ends at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// The private addresses of an interface endpoint whose private DNS names answer in the VPC.
    Endpoint(EndpointId),
    /// The record of a private hosted zone, and the endpoint that it leads to, if that is declared here.
    Zone(HostedZoneId, Option<EndpointId>),
    /// The public addresses of the service.
    Public,
    /// Nothing: the private hosted zone that the name is in has no record for it, or the VPC resolves no names.
    Nothing,
    /// Whatever name servers answer that are not the VPC's own: those of its DHCP options, or those to which a rule forwards.
    CustomResolver,
    /// Not known.
    Unknown,
}

/// What a name lookup ends at, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct NameAnswer {
    /// What it ends at, as far as the code shows it.
    pub to: Resolved,
    /// The endpoint that it perhaps ends at, if that is not known.
    pub perhaps: Option<EndpointId>,
    /// The places that make it so.
    pub evidence: Vec<Annotation>,
    /// Why it may end at something else. Never empty for [`Resolved::Unknown`], always for [`Resolved::Public`].
    pub doubts: Vec<Doubt>,
}

/// The names that have been looked up, by VPC and service: every subnet and workload of a VPC gets the same answers.
pub(crate) type Names = Mutex<HashMap<(VpcId, SmolStr), NameAnswer>>;

impl<'a> Network<'a> {
    /// What the default name of a service answers a client in a VPC, in the VPC's own region. Each name is looked up once.
    pub(crate) fn name_of_service(&self, vpc: &Vpc<'_>, service: &str) -> NameAnswer {
        let names = || self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = (vpc.id, SmolStr::from(service));
        if let Some(answer) = names().get(&asked) {
            return answer.clone();
        }
        let region = self.region_of(vpc.instance);
        let answer = self.resolve_service(vpc.id, service, region.known());
        names().insert(asked, answer.clone());
        answer
    }

    /// What the default name of a service, by its short name, answers a client in a VPC. The region is that of the VPC unless it is given.
    #[must_use]
    pub fn resolve_service(&self, vpc: VpcId, service: &str, region: Option<&str>) -> NameAnswer {
        let Some(own) = self.vpc(vpc) else {
            return NameAnswer::new(Resolved::Unknown, Vec::new(), Vec::new());
        };
        let mut doubts = Vec::new();
        match self.own_resolver(own) {
            servers::Servers::Own => {}
            servers::Servers::Others(evidence) => {
                return NameAnswer::new(Resolved::CustomResolver, evidence, doubts);
            }
            servers::Servers::Unknown(why) => doubts.extend(why),
        }
        match own.dns_support.is {
            Tri::Yes => {}
            Tri::No => {
                let span = own.dns_support.span.unwrap_or(own.instance.header);
                let evidence = vec![Annotation::new(span, "the VPC resolves no names")];
                return NameAnswer::new(Resolved::Nothing, evidence, doubts);
            }
            Tri::Unknown => doubts.extend(flag_doubt(&own.dns_support)),
        }
        let region = match region {
            Some(region) => Value::string(region),
            None => region_value(&own.instance.body, &own.instance.provider),
        };
        let name = Name::of_service(service, &region);
        let mut open = Vec::new();
        let mut candidates = self.candidates(own, service, &name, &region, &mut open);
        candidates.sort_by_key(|one| (Reverse(one.depth), one.rank, one.span));
        open.extend(self.unseen(&Ref::Managed(vpc)));
        self.first(own, service, &name, candidates, doubts, open)
    }

    fn first(
        &self,
        own: &Vpc<'_>,
        service: &str,
        name: &Name,
        candidates: Vec<Candidate<'_, 'a>>,
        mut doubts: Vec<Doubt>,
        open: Vec<Doubt>,
    ) -> NameAnswer {
        let vpc = Ref::Managed(own.id);
        let mut keeps_here = false;
        let mut perhaps = None;
        for candidate in candidates {
            if keeps_here && matches!(candidate.what, What::Rule { .. }) {
                continue;
            }
            if !candidate.there.is_yes() {
                if let What::Endpoint(endpoint) = &candidate.what {
                    perhaps.get_or_insert(endpoint.id);
                }
                doubts.extend(candidate.doubts);
                continue;
            }
            let is_exact = candidate.depth == name.len();
            let mut evidence = vec![Annotation::new(candidate.span, "")];
            let mut say = |message: String| {
                if let Some(annotation) = evidence.first_mut() {
                    annotation.message = message;
                }
            };
            let to = match &candidate.what {
                What::Rule { forwards: Tri::No } => {
                    keeps_here = true;
                    continue;
                }
                What::Rule { .. } => {
                    say(format!("forwards `{name}` to other name servers"));
                    Resolved::CustomResolver
                }
                What::ZoneElsewhere => {
                    doubts.extend(candidate.doubts);
                    return NameAnswer {
                        perhaps,
                        ..NameAnswer::new(Resolved::Unknown, evidence, doubts)
                    };
                }
                What::Endpoint(endpoint) => {
                    say(format!("its private DNS answers `{name}`"));
                    Resolved::Endpoint(endpoint.id)
                }
                What::Zone(zone) => {
                    let (to, record, open) = self.in_zone(zone, name);
                    match record {
                        Some(record) => evidence.push(record),
                        None => say(format!("has no record for `{name}`")),
                    }
                    doubts.extend(open);
                    to
                }
            };
            if !is_exact {
                // What is not seen may know more of the name.
                doubts.extend(open);
            }
            return NameAnswer::new(to, evidence, doubts);
        }
        doubts.extend(self.looked_up_endpoints(&vpc, service));
        doubts.extend(open);
        let to = if doubts.is_empty() { Resolved::Public } else { Resolved::Unknown };
        let evidence = self.silent_endpoints(&vpc, service);
        NameAnswer { perhaps, ..NameAnswer::new(to, evidence, doubts) }
    }
}

impl NameAnswer {
    fn new(to: Resolved, evidence: Vec<Annotation>, doubts: Vec<Doubt>) -> Self {
        Self { to, perhaps: None, evidence, doubts: tidy(doubts) }
    }
}

fn flag_doubt(flag: &Flag) -> Option<Doubt> {
    flag.unknown.as_ref().map(|unknown| Doubt::of_unknown(unknown, flag.span))
}
