//! How sure a finding is: what it rests on besides the code that is here.

use std::collections::{BTreeMap, BTreeSet};

use privatelint_checks::Finding;
use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::{Address, Defaults, Request, evaluate};
use privatelint_network::Network;

use crate::defaults::has_defaults;
use crate::foreign;
use crate::outcome::{conditions, run};
use crate::scope::reachable;
use crate::selection::Selection;

/// Lowers what holds only with the defaults of the root's variables: whoever applies it may give others. What is certain holds without them.
pub(crate) fn doubt_defaults(
    request: &Request<'_>,
    selection: &Selection,
    findings: &mut [Finding],
) {
    let is_certain = |finding: &Finding| finding.diagnostic.confidence == Confidence::Certain;
    let concerns = |finding: &Finding| is_certain(finding) || finding.is_completable;
    if !has_defaults(request)
        || request.defaults == Defaults::Unknown
        || !findings.iter().any(concerns)
    {
        return;
    }
    let without = confidences(Request { defaults: Defaults::Unknown, ..*request }, selection);
    for Finding { diagnostic, is_completable, .. } in findings {
        let most = match without.get(&(diagnostic.rule, diagnostic.primary.span)) {
            Some(confidence) => (*confidence).max(Confidence::Likely),
            // What is lacking may be there with other values than the defaults, which are not meant to be used.
            None if *is_completable => Confidence::Possible,
            None => Confidence::Likely,
        };
        diagnostic.confidence = diagnostic.confidence.min(most);
    }
}

/// Lowers what holds only because of what descriptions say of modules whose code is not here.
pub(crate) fn doubt_descriptions(
    request: &Request<'_>,
    selection: &Selection,
    findings: &mut [Finding],
) {
    let workspace = request.workspace;
    let reached = reachable(workspace, &[request.root.to_owned()]);
    let mut described = reached.iter().filter_map(|dir| workspace.modules.get(dir));
    if findings.is_empty() || !described.any(|module| module.description().is_some()) {
        return;
    }
    let undescribed = foreign::undescribed(workspace);
    let without = confidences(Request { workspace: &undescribed, ..*request }, selection);
    for Finding { diagnostic, rests_on_description, .. } in findings {
        let without = without.get(&(diagnostic.rule, diagnostic.primary.span));
        if without.is_none_or(|without| *without < diagnostic.confidence) {
            diagnostic.confidence = diagnostic.confidence.min(Confidence::Likely);
            *rests_on_description = true;
        }
    }
}

/// How sure the rules are of what they find under another request: the surest of each rule at each place.
fn confidences(
    request: Request<'_>,
    selection: &Selection,
) -> BTreeMap<(&'static str, Span), Confidence> {
    let mut evaluation = evaluate(request);
    let conditions = conditions(selection, &mut evaluation);
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let mut found = BTreeMap::new();
    for finding in run(selection, &network, &conditions).flat_map(|(_, said)| said.findings) {
        let diagnostic = finding.diagnostic;
        let sure = found.entry((diagnostic.rule, diagnostic.primary.span));
        let sure = sure.or_insert(diagnostic.confidence);
        *sure = (*sure).max(diagnostic.confidence);
    }
    found
}

/// Lowers what says that an instance lacks something, if the root hands the instance on: other code may attach it.
pub(crate) fn doubt_exported(
    exported: impl FnOnce() -> BTreeSet<Address>,
    findings: &mut [Finding],
) {
    let concerns = |finding: &Finding| finding.is_completable || finding.rests_on_absence;
    if !findings.iter().any(concerns) {
        return;
    }
    let exported = exported();
    for finding in findings.iter_mut().filter(|finding| concerns(finding)) {
        let address = finding.instance.as_ref().map(|instance| &instance.address);
        if address.is_some_and(|address| exported.contains(address)) {
            finding.diagnostic.confidence = Confidence::Possible;
        }
    }
}
