//! The pipeline from paths to a report: what the command line and a language server have in common.
//!
//! Knows no arguments, no terminal and no output format.

mod analysis;
mod confidence;
mod config;
mod cross_stack;
mod defaults;
mod doubts;
mod each_root;
mod fingerprint;
mod foreign;
mod inputs;
mod instances;
mod links;
mod merge;
mod networks;
mod options;
mod outcome;
mod plan;
mod scope;
mod selection;
mod suppressions;
mod views;

pub use config::{Config, Level};
pub use instances::{RootInstances, instances, to_json};
pub use networks::{RootNetwork, networks};
pub use options::{Options, UsageError, Variable};
pub use plan::{PlanSource, instances_of_plan, lint_plan};
pub use selection::{Selection, nearest_rule};
pub use views::{diagrams, explain_path, paths};

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use privatelint_diagnostics::{Problem, Report, RuleInfo, Summary};
use privatelint_evaluator::RepositoryFiles;
use privatelint_parser::{FileSystem, Workspace};

use crate::cross_stack::CrossStack;

/// The rules, as reports show them, by name.
#[must_use]
pub fn rules() -> Vec<RuleInfo> {
    privatelint_checks::rules().iter().map(|rule| rule.info()).collect()
}

/// Reads, evaluates and checks everything under the paths.
///
/// # Errors
///
/// Only for what the caller asked wrongly: a rule that does not exist. What is wrong with the files is in the report.
pub fn lint(fs: &dyn FileSystem, options: &Options) -> Result<Report, UsageError> {
    let selection = Selection::of(options)?;
    let workspace = scope::load(fs, options);
    let selection = selection.expecting(options.config.expectations(&workspace.files));
    let asked = scope::Asked::new(&workspace, options);
    let files = RepositoryFiles::new(fs, &options.working_dir, &options.paths);
    let stacks = CrossStack::new(&workspace, options, &files);
    let roots = stacks.roots(&asked);
    let modules: Vec<Utf8PathBuf> = roots.iter().map(|root| root.module.clone()).collect();
    let reached = scope::reachable(&workspace, &modules);
    let mut outcome = analysis::analyse(&stacks, &roots, &reached, &selection);
    outcome.problems.extend(stacks.notes());
    outcome.problems.extend(config::without_meaning(selection.expectations(), &outcome.meant));
    let undeclared = inputs::undeclared(&workspace.modules, &modules, options);
    let nothing_found = workspace.files.is_empty() && workspace.problems.is_empty();
    let mut report = conclude(workspace, &asked, &modules, &reached, outcome, options, &selection);
    if nothing_found {
        report.problems.extend(scope::nothing_found(options));
    }
    report.problems.extend(undeclared);
    in_order(&mut report.problems);
    Ok(report)
}

/// What there is to report of all that was found.
fn conclude(
    workspace: Workspace,
    asked: &scope::Asked,
    roots: &[Utf8PathBuf],
    reached: &BTreeSet<Utf8PathBuf>,
    mut outcome: outcome::Outcome,
    options: &Options,
    selection: &Selection,
) -> Report {
    let suppressed = if options.no_ignores {
        0
    } else {
        let context = suppressions::Context {
            workspace: &workspace,
            reached,
            doubts: &outcome.doubts,
            problems: &outcome.problems,
            is_partial: outcome.is_partial,
            selection,
            today: &options.today,
        };
        suppressions::apply(&context, &mut outcome.findings)
    };
    let mut findings = merge::merge(outcome.findings);
    for finding in &mut findings {
        finding.severity = selection.severity(finding.rule).unwrap_or(finding.severity);
    }
    findings.retain(|finding| {
        finding.severity >= options.min_severity
            && finding.confidence >= options.min_confidence
            && asked.includes(&workspace, finding)
    });
    let mut problems = workspace.problems;
    problems.retain(|problem| {
        let path = problem.span.map(|span| workspace.files.get(span.file).path());
        path.or(problem.path.as_deref()).is_none_or(|path| {
            asked.concerns(reached, path)
                || options.config.concerns(&options.working_dir, path)
                || options.names_var_file(path)
        })
    });
    problems.extend(outcome.problems);
    problems.extend(options.config.problems(&workspace.files));
    in_order(&mut problems);
    outcome.undecided.extend(foreign::missing(&outcome.missing));
    let undecided = merge::undecided(outcome.undecided);
    let summary = Summary {
        files: workspace
            .files
            .iter()
            .filter(|(id, file)| {
                !workspace.foreign.contains(id) && asked.concerns(reached, file.path())
            })
            .count(),
        roots: roots.len(),
        endpoints: outcome.endpoints,
        suppressed,
        undecided: undecided.iter().map(|undecided| undecided.count).sum(),
    };
    Report {
        files: workspace.files,
        findings,
        problems,
        undecided,
        summary,
        rules: selection.infos(),
    }
}

/// Sorts problems by place, each once.
fn in_order(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| (a.span, &a.path, &a.message).cmp(&(b.span, &b.path, &b.message)));
    problems.dedup();
}
