//! What the rules say about root modules.

use std::collections::BTreeSet;

use camino::Utf8Path;
use privatelint_checks::{
    Check, Finding, Outcome as Said, Rule, run_on_conditions, run_on_expectations,
};
use privatelint_diagnostics::{Problem, ProblemKind, Span, Undecided};
use privatelint_evaluator::{Conditions, Evaluation};
use privatelint_network::Network;

use crate::selection::Selection;

/// What the rules said about all roots, in the order of the roots.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) findings: Vec<Finding>,
    pub(crate) undecided: Vec<Undecided>,
    /// The rules that could not decide something, with the place.
    pub(crate) doubts: Vec<(&'static str, Span)>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) endpoints: usize,
    /// Whether it is about one plan of the code, which may make less than another: nothing, if it destroys.
    pub(crate) is_partial: bool,
    /// The calls of modules whose code is not here: what each calls, and its place.
    pub(crate) missing: BTreeSet<(String, Span)>,
    /// The patterns of expectations that mean something, by their places in the configuration.
    pub(crate) meant: BTreeSet<Span>,
}

impl Outcome {
    /// What the rules say about one network.
    pub(crate) fn of_rules(
        selection: &Selection,
        network: &Network<'_>,
        conditions: &Conditions,
    ) -> Self {
        let mut outcome = Self { endpoints: network.endpoints.len(), ..Self::default() };
        for (rule, said) in run(selection, network, conditions) {
            outcome.findings.extend(said.findings);
            let places = said.undecided.iter().filter_map(|undecided| undecided.span);
            outcome.doubts.extend(places.map(|place| (rule.name, place)));
            outcome.undecided.extend(said.undecided);
            outcome.problems.extend(said.problems);
            outcome.meant.extend(said.meant);
        }
        outcome
    }

    /// Adds what was said about another root.
    pub(crate) fn add(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.undecided.extend(other.undecided);
        self.doubts.extend(other.doubts);
        self.problems.extend(other.problems);
        self.endpoints += other.endpoints;
        self.missing.extend(other.missing);
        self.meant.extend(other.meant);
    }

    /// What is said of a root in which we panicked.
    pub(crate) fn failed(root: &Utf8Path) -> Self {
        Self { problems: vec![failure(root)], ..Self::default() }
    }
}

/// Runs the selected rules, each on what it reads.
pub(crate) fn run<'r>(
    selection: &'r Selection,
    network: &'r Network<'_>,
    conditions: &'r Conditions,
) -> impl Iterator<Item = (&'static Rule, Said)> + 'r {
    selection.rules().map(|rule| {
        let said = match rule.check {
            Check::Conditions(_) => run_on_conditions(rule, conditions),
            Check::Expectations(_) => run_on_expectations(rule, network, selection.expectations()),
            Check::Network(_) | Check::Suppressions => privatelint_checks::run(rule, network),
        };
        (rule, said)
    })
}

/// The conditions that a root's modules state, if a selected rule reads them.
pub(crate) fn conditions(selection: &Selection, evaluation: &mut Evaluation<'_>) -> Conditions {
    let mut rules = selection.rules();
    if rules.any(|rule| matches!(rule.check, Check::Conditions(_))) {
        evaluation.conditions()
    } else {
        Conditions::default()
    }
}

/// Says that we panicked in a root.
pub(crate) fn failure(root: &Utf8Path) -> Problem {
    let message = "analysing this root failed: this is a fault of privatelint";
    Problem::in_path(ProblemKind::Internal, root, message)
        .help("please report it; all other roots were analysed")
}
