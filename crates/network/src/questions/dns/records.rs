//! What does a private hosted zone answer for a name?

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::Tri;

use super::Resolved;
use super::names::Name;
use crate::graph::exists;
use crate::resources::{HostedZone, Record};
use crate::{Doubt, Network};

impl Network<'_> {
    /// What a zone answers, and by which record.
    pub(super) fn in_zone(
        &self,
        zone: &HostedZone<'_>,
        name: &Name,
    ) -> (Resolved, Option<Annotation>, Vec<Doubt>) {
        let mut doubts = zone.record_doubts.clone();
        let mut matching: Vec<(usize, &Record<'_>)> = Vec::new();
        for record in &zone.records {
            let kind = Tri::any(["A", "CNAME"].map(|kind| record.kind.is(kind)));
            let fit = name.fit_record(&record.name.value, &zone.name.value);
            match Tri::all([record.there, kind, fit.is]) {
                Tri::No => {}
                Tri::Yes => matching.push((fit.depth, record)),
                Tri::Unknown => {
                    let unknown = record.name.value.first_unknown();
                    doubts.push(match unknown {
                        _ if exists(record.by).is_unknown() => Doubt::of_multiplicity(record.by),
                        Some(unknown) => Doubt::of_unknown(unknown, record.name.span),
                        None => Doubt::new(
                            format!("`{}` may be the record of the name", record.by.address),
                            "name the zone in it directly",
                            Some(record.span),
                        ),
                    });
                }
            }
        }
        let best = matching.iter().max_by_key(|(depth, _)| *depth);
        let Some((_, record)) = best else {
            let to = if doubts.is_empty() { Resolved::Nothing } else { Resolved::Unknown };
            return (to, None, doubts);
        };
        let annotation = Annotation::new(record.span, format!("answers `{name}`"));
        let endpoint = record.endpoint.managed();
        if endpoint.is_some() {
            // The record is there whatever else may be.
            doubts.clear();
        } else if let Some(unknown) = record.endpoint.unknown() {
            doubts.push(Doubt::of_unknown(unknown, Some(record.span)));
        }
        (Resolved::Zone(zone.id, endpoint), Some(annotation), doubts)
    }
}
