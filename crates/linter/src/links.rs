//! Data sources that match something in this tree by its tags: what follows if it is that.
//!
//! A match does not make it certain, so that everything is analysed without links first, and what is found so stands. Then each root module is
//! analysed again as if what its data sources match were what they read: what is found only so is at most likely, and says on what it rests.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use privatelint_checks::{Check, Finding};
use privatelint_diagnostics::{Annotation, Cause, Confidence, Undecided};
use privatelint_evaluator::types::Type;
use privatelint_evaluator::{
    Address, Conditions, DataResolver, DataSource, Reads, Request, Value, evaluate,
};
use privatelint_network::Network;
use privatelint_network::found::{Declared, Found, answers, found, seeks};
use privatelint_parser::Workspace;
use rayon::prelude::*;
use smol_str::SmolStr;

use crate::analysis::say_where;
use crate::confidence::{doubt_defaults, doubt_descriptions, doubt_exported};
use crate::cross_stack::{CrossStack, Root};
use crate::foreign;
use crate::outcome::{Outcome, run};
use crate::selection::Selection;

/// With more links than these, it is not looked at on which of them a finding rests.
const MOST_TRIED: usize = 6;

/// The most links that a finding names where it is not known on which it rests.
const MOST_NAMED: usize = 3;

/// Whether any data source in the tree may match something by what it is like.
pub(crate) fn any_seeks(workspace: &Workspace) -> bool {
    let mut modules = workspace.modules.values();
    modules.any(|module| module.resources.keys().any(|key| seeks(key.mode, &key.kind)))
}

/// Adds to what was said about the root modules, all in the same order, what follows from links.
pub(crate) fn add(
    stacks: &CrossStack<'_>,
    roots: &[Root],
    selection: &Selection,
    declared: &[Declared],
    outcomes: &mut [Outcome],
) {
    outcomes.par_iter_mut().zip(roots).enumerate().for_each(|(at, (outcome, root))| {
        let found = found(at, declared);
        say_where_declared(&mut outcome.undecided, &found, at, roots);
        let own: Vec<Found> = found.into_iter().filter(|found| found.root == at).collect();
        if own.is_empty() {
            return;
        }
        let linked = || of_root(stacks, root, selection, &own, &outcome.findings);
        // A panic is a fault of ours in what is an addition: what was found before stands.
        let linked = catch_unwind(AssertUnwindSafe(linked));
        let Ok((more, doubted)) = linked else {
            outcome.problems.push(crate::outcome::failure(&root.name));
            return;
        };
        for (finding, is_doubted) in outcome.findings.iter_mut().zip(doubted) {
            if is_doubted {
                doubt(finding, &own, stacks.workspace);
            }
        }
        outcome.findings.extend(more);
    });
}

/// Says of what is not known where it is declared, as it seems.
fn say_where_declared(undecided: &mut [Undecided], found: &[Found], own: usize, roots: &[Root]) {
    for undecided in undecided {
        if !matches!(undecided.cause, Cause::Data | Cause::Elsewhere) {
            continue;
        }
        let Some(about) = &undecided.about else { continue };
        let Some(found) = found.iter().find(|found| found.data.address.to_string() == *about)
        else {
            continue;
        };
        let root = roots.get(found.root).filter(|_| found.root != own);
        let place = root.map_or_else(|| "here".to_owned(), |root| format!("in `{}`", root.name));
        let made = names(found);
        undecided.because = format!(
            "{}; it is declared {place} as {made}, matched by its {}",
            undecided.because, found.by
        );
        if root.is_none() {
            undecided.resolve = format!("refer to {made} itself");
        }
    }
}

/// What a data source matches, to be read.
fn names(found: &Found) -> String {
    let quoted = |made: &privatelint_evaluator::Instance| format!("`{}`", made.address);
    match found.made.as_slice() {
        [first, second, more, ..] if found.made.len() > 3 => format!(
            "{}, {}, {} and {} more",
            quoted(first),
            quoted(second),
            quoted(more),
            found.made.len() - 3
        ),
        made => made.iter().map(quoted).collect::<Vec<_>>().join(", "),
    }
}

/// What is found in a root module only if its data sources read what they match, and which of the findings are not found then.
fn of_root(
    stacks: &CrossStack<'_>,
    root: &Root,
    selection: &Selection,
    links: &[Found],
    before: &[Finding],
) -> (Vec<Finding>, Vec<bool>) {
    let inputs = stacks.inputs(root);
    let reader = stacks.reader(root);
    let resolver = Linked::new(&reader, links.iter());
    let request = Request {
        workspace: stacks.workspace,
        root: &root.module,
        inputs: &inputs,
        defaults: stacks.defaults(root),
        resolver: &resolver,
        files: stacks.files,
        wants: &privatelint_network::wants,
    };
    let mut evaluation = evaluate(request);
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let all = of_networks(selection, &network);
    let known: BTreeSet<Key> = before.iter().map(key).collect();
    let now: BTreeSet<Key> = all.iter().map(key).collect();
    let doubted = before.iter().map(|finding| !now.contains(&key(finding)));
    let is_of_network = |finding: &Finding| {
        let mut rules = selection.rules();
        rules.any(|rule| {
            rule.name == finding.diagnostic.rule && matches!(rule.check, Check::Network(_))
        })
    };
    let doubted = doubted.zip(before).map(|(gone, finding)| gone && is_of_network(finding));
    let doubted = doubted.collect();
    let mut more: Vec<Finding> =
        all.into_iter().filter(|finding| !known.contains(&key(finding))).collect();
    if more.is_empty() {
        return (more, doubted);
    }
    say_where(&mut more, &root.name, &mut evaluation);
    doubt_defaults(&request, selection, &mut more);
    doubt_descriptions(&request, selection, &mut more);
    doubt_exported(|| evaluation.exported(), &mut more);
    let rest = |reader: &dyn DataResolver, left_out: usize| -> BTreeSet<Key> {
        let others = links.iter().enumerate().filter(|(at, _)| *at != left_out);
        let resolver = Linked::new(reader, others.map(|(_, link)| link));
        let evaluation = evaluate(Request { resolver: &resolver, ..request });
        let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
        of_networks(selection, &network).iter().map(key).collect()
    };
    let without: Vec<BTreeSet<Key>> = match links.len() {
        2..=MOST_TRIED => (0..links.len()).map(|at| rest(&reader, at)).collect(),
        _ => Vec::new(),
    };
    for finding in &mut more {
        at_most_likely(finding);
        let key = key(finding);
        let needed = links.iter().zip(&without).filter(|(_, found)| !found.contains(&key));
        let mut named: Vec<&Found> = needed.map(|(link, _)| link).collect();
        if named.is_empty() {
            named = links.iter().take(MOST_NAMED).collect();
        }
        for link in named {
            let message = format!("matches {} by its {}", names(link), link.by);
            finding.diagnostic.evidence.push(Annotation::new(link.data.header, message));
        }
    }
    let mut found = Outcome { findings: more, ..Outcome::default() };
    foreign::bring_home(stacks.workspace, &root.module, &mut found);
    (found.findings, doubted)
}

/// The findings about a network alone.
fn of_networks(selection: &Selection, network: &Network<'_>) -> Vec<Finding> {
    let conditions = Conditions::default();
    run(selection, network, &conditions)
        .filter(|(rule, _)| matches!(rule.check, Check::Network(_)))
        .flat_map(|(_, said)| said.findings)
        .collect()
}

/// What tells two findings of one root module apart: the rule, and the resource that it is about, wherever it is shown.
type Key = (&'static str, String);

fn key(finding: &Finding) -> Key {
    let diagnostic = &finding.diagnostic;
    (diagnostic.rule, diagnostic.resource.clone().unwrap_or_else(|| diagnostic.message.clone()))
}

fn at_most_likely(finding: &mut Finding) {
    let confidence = &mut finding.diagnostic.confidence;
    *confidence = (*confidence).min(Confidence::Likely);
}

/// Says of a finding that it does not hold if the data sources read what they match.
fn doubt(finding: &mut Finding, links: &[Found], workspace: &Workspace) {
    let diagnostic = &mut finding.diagnostic;
    diagnostic.confidence = diagnostic.confidence.min(Confidence::Possible);
    let shown = links.iter().filter(|link| !workspace.foreign.contains(&link.data.header.file));
    for link in shown.take(MOST_NAMED) {
        let message = format!(
            "matches {} by its {}: if it is that, this does not hold",
            names(link),
            link.by
        );
        diagnostic.evidence.push(Annotation::new(link.data.header, message));
    }
}

/// Answers data sources as if they read what they match.
struct Linked<'l> {
    otherwise: &'l dyn DataResolver,
    answers: BTreeMap<&'l Address, BTreeMap<SmolStr, Value>>,
}

impl<'l> Linked<'l> {
    fn new(otherwise: &'l dyn DataResolver, links: impl Iterator<Item = &'l Found>) -> Self {
        let answers = links.map(|link| (&link.data.address, answers(link))).collect();
        Self { otherwise, answers }
    }
}

impl DataResolver for Linked<'_> {
    fn resolve(&self, data: &DataSource<'_>) -> BTreeMap<SmolStr, Value> {
        let mut all = self.otherwise.resolve(data);
        all.extend(self.answers.get(data.address).cloned().unwrap_or_default());
        all
    }

    fn argument_type(&self, resource: &str, argument: &str) -> Option<&Type> {
        self.otherwise.argument_type(resource, argument)
    }

    fn reads(&self, data: &DataSource<'_>) -> Option<Reads> {
        self.otherwise.reads(data)
    }
}
