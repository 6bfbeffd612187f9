//! What a rule is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use privatelint_diagnostics::{Category, Problem, ProblemKind, RuleInfo, Severity};
use privatelint_evaluator::Conditions;
use privatelint_network::Network;

use crate::Expectation;
use crate::context::{Cx, Outcome};

/// Where the rule pages are on the web.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules");

/// A rule: what it says of itself, and its check. Made by `declare_rule!`.
#[derive(Debug)]
pub struct Rule {
    /// The name in kebab case: the file's name.
    pub name: &'static str,
    /// What it finds, in one sentence without a full stop.
    pub summary: &'static str,
    /// What it is about.
    pub category: Category,
    /// The severity of its findings: their impact if they are right.
    pub severity: Severity,
    /// Whether it runs only for those who ask for it by name.
    pub opt_in: bool,
    /// The version it came with.
    pub since: &'static str,
    /// Its page in Markdown: the doc comment.
    pub page: &'static str,
    /// The file that declares it.
    pub file: &'static str,
    /// What it reads.
    pub check: Check,
}

/// What a rule reads.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// The network of one root module.
    Network(fn(&Cx<'_>, &Network<'_>)),
    /// The conditions that the authors of modules wrote, in one root module.
    Conditions(fn(&Cx<'_>, &Conditions)),
    /// The network of one root module, and what the repository expects of its paths.
    Expectations(fn(&Cx<'_>, &Network<'_>, &[Expectation])),
    /// The suppression comments: it says nothing by itself, whoever applies them says it in its name.
    Suppressions,
}

impl Rule {
    /// What reports show of it.
    #[must_use]
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            name: self.name,
            summary: self.summary,
            category: self.category,
            severity: self.severity,
            opt_in: self.opt_in,
            page: self.page.lines().map(|line| format!("{}\n", unindented(line))).collect(),
            url: format!("{PAGES}/{}.md", self.name),
        }
    }
}

/// A line of a doc comment without the space that separates it from the slashes.
fn unindented(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line)
}

/// Runs a rule over a network. If it panics, what it found before counts, and the panic becomes a problem.
#[must_use]
pub fn run(rule: &'static Rule, network: &Network<'_>) -> Outcome {
    guarded(rule, |cx| {
        if let Check::Network(check) = rule.check {
            check(cx, network);
        }
    })
}

/// Runs a rule over the conditions of a root module, as [`run`] does over its network.
#[must_use]
pub fn run_on_conditions(rule: &'static Rule, conditions: &Conditions) -> Outcome {
    guarded(rule, |cx| {
        if let Check::Conditions(check) = rule.check {
            check(cx, conditions);
        }
    })
}

/// Runs a rule over what is expected of a network, as [`run`] does over the network alone.
#[must_use]
pub fn run_on_expectations(
    rule: &'static Rule,
    network: &Network<'_>,
    expectations: &[Expectation],
) -> Outcome {
    guarded(rule, |cx| {
        if let Check::Expectations(check) = rule.check {
            check(cx, network, expectations);
        }
    })
}

fn guarded(rule: &'static Rule, check: impl FnOnce(&Cx<'_>)) -> Outcome {
    let cx = Cx::new(rule);
    let result = catch_unwind(AssertUnwindSafe(|| check(&cx)));
    let mut outcome = cx.finish();
    if result.is_err() {
        let message = format!("the rule `{}` failed: this is a fault of privatelint", rule.name);
        let problem =
            Problem { kind: ProblemKind::Internal, message, help: None, span: None, path: None };
        outcome.problems.push(problem.help("please report it; all other rules have run"));
    }
    outcome
}

/// Declares a rule as a `static`. The doc comment becomes its page.
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        $vis:vis static $ident:ident = {
            name: $name:literal,
            summary: $summary:literal,
            category: $category:ident,
            severity: $severity:ident,
            $(opt_in: $opt_in:literal,)?
            since: $since:literal,
            check: $check:expr $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        $vis static $ident: $crate::Rule = $crate::Rule {
            name: $name,
            summary: $summary,
            category: privatelint_diagnostics::Category::$category,
            severity: privatelint_diagnostics::Severity::$severity,
            opt_in: false $(|| $opt_in)?,
            since: $since,
            page: concat!($($doc, "\n"),+),
            file: file!(),
            check: $check,
        };
    };
}

pub(crate) use declare_rule;

#[cfg(test)]
mod tests {
    use privatelint_network::Doubt;

    use super::*;

    declare_rule! {
        /// Panics, after it found something or before.
        static PANICS = {
            name: "panics",
            summary: "Panics",
            category: Hygiene,
            severity: Info,
            since: "0.1.0",
            check: Check::Network(panics),
        }
    }

    fn panics(cx: &Cx<'_>, _: &Network<'_>) {
        cx.undecided(
            privatelint_diagnostics::Span::default(),
            "is it?",
            Doubt::new("it panics", "mend it", None),
        );
        panic!("a fault");
    }

    #[test]
    fn a_panic_in_a_rule_is_a_problem_and_loses_nothing() {
        let outcome = run(&PANICS, &Network::build(&[], &[]));
        assert_eq!(outcome.undecided.len(), 1);
        let kinds: Vec<_> = outcome.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::Internal]);
    }
}
