//! One finding where several roots find the same.

use std::collections::BTreeMap;

use privatelint_checks::Finding;
use privatelint_diagnostics::{Annotation, Diagnostic, Undecided};

use crate::fingerprint::fingerprint;

/// The findings by place, each once. What several roots or several instances of a module find at one place is one
/// finding, as sure as the surest, which names the others.
pub(crate) fn merge(findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut merged: BTreeMap<_, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let key = (diagnostic.primary.span, diagnostic.rule, diagnostic.message.clone());
        merged.entry(key).or_default().push(finding);
    }
    let mut ordinals: BTreeMap<_, usize> = BTreeMap::new();
    merged
        .into_values()
        .filter_map(one)
        .map(|mut diagnostic| {
            let key = (diagnostic.rule, diagnostic.resource.clone(), diagnostic.root.clone());
            let nth = ordinals.entry(key).or_default();
            diagnostic.fingerprint = fingerprint(&diagnostic, *nth);
            *nth += 1;
            diagnostic
        })
        .collect()
}

/// The surest of the findings at one place, with the calls through which the others were found.
fn one(findings: Vec<Finding>) -> Option<Diagnostic> {
    let mut findings = findings.into_iter();
    let mut best = findings.next()?;
    let mut others = Vec::new();
    for finding in findings {
        if finding.diagnostic.confidence > best.diagnostic.confidence {
            others.push(std::mem::replace(&mut best, finding));
        } else {
            others.push(finding);
        }
    }
    let mut also: Vec<Annotation> = others.iter().filter_map(|other| call(other, &best)).collect();
    also.sort_by_key(|annotation| annotation.span);
    also.dedup();
    best.diagnostic.evidence.extend(also);
    Some(best.diagnostic)
}

/// The call in the root module through which a finding was found, if it is not the one of the best finding.
fn call(finding: &Finding, best: &Finding) -> Option<Annotation> {
    let outermost = |finding: &Finding| finding.instance.as_ref()?.calls.first().copied();
    let call = outermost(finding)?;
    (Some(call) != outermost(best)).then(|| Annotation::new(call, "found through this call too"))
}

/// The undecided questions, equal ones counted together, by question.
pub(crate) fn undecided(all: Vec<Undecided>) -> Vec<Undecided> {
    let mut merged: BTreeMap<(String, String, String), Undecided> = BTreeMap::new();
    for undecided in all {
        let key =
            (undecided.question.clone(), undecided.because.clone(), undecided.resolve.clone());
        match merged.get_mut(&key) {
            Some(seen) => {
                seen.count += undecided.count;
                seen.asked.extend(undecided.asked);
                seen.at = seen.at.into_iter().chain(undecided.at).min();
                seen.span = seen.span.into_iter().chain(undecided.span).min();
            }
            None => {
                merged.insert(key, undecided);
            }
        }
    }
    merged.into_values().collect()
}
