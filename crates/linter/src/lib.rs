//! The pipeline from paths to a report: what the command line and a language server have in common.
//!
//! Knows no arguments, no terminal and no output format.

mod analysis;
mod fingerprint;
mod inputs;
mod instances;
mod merge;
mod options;
mod scope;
mod selection;
mod suppressions;

pub use instances::{RootInstances, instances, to_json};
pub use options::{Options, UsageError, Variable};
pub use selection::{Selection, nearest_rule};

use privatelint_diagnostics::{Report, RuleInfo, Summary};
use privatelint_parser::FileSystem;

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
    let selection = Selection::new(&options.select, &options.ignore)?;
    let workspace = scope::load(fs, options);
    let asked = scope::Asked::new(&workspace, options);
    let roots = asked.roots(&workspace);
    let reached = scope::reachable(&workspace, &roots);
    let mut outcome = analysis::analyse(&workspace, &roots, &reached, options, &selection);
    let suppressed = if options.no_ignores {
        0
    } else {
        let context = suppressions::Context {
            workspace: &workspace,
            reached: &reached,
            doubts: &outcome.doubts,
            problems: &outcome.problems,
            selection: &selection,
            today: &options.today,
        };
        suppressions::apply(&context, &mut outcome.findings)
    };
    let mut findings = merge::merge(outcome.findings);
    findings.retain(|finding| {
        finding.severity >= options.min_severity
            && finding.confidence >= options.min_confidence
            && asked.includes(&workspace, finding)
    });
    let mut problems = workspace.problems;
    if workspace.files.is_empty() && problems.is_empty() {
        problems.extend(scope::nothing_found(options));
    }
    problems.retain(|problem| {
        let path = problem.span.map(|span| workspace.files.get(span.file).path());
        path.or(problem.path.as_deref()).is_none_or(|path| asked.concerns(&reached, path))
    });
    problems.extend(outcome.problems);
    problems.extend(inputs::undeclared(&workspace.modules, &roots, options));
    problems.sort_by(|a, b| (a.span, &a.path, &a.message).cmp(&(b.span, &b.path, &b.message)));
    problems.dedup();
    let undecided = merge::undecided(outcome.undecided);
    let summary = Summary {
        files: workspace
            .files
            .iter()
            .filter(|(_, file)| asked.concerns(&reached, file.path()))
            .count(),
        roots: roots.len(),
        endpoints: outcome.endpoints,
        suppressed,
        undecided: undecided.iter().map(|undecided| undecided.count).sum(),
    };
    Ok(Report {
        files: workspace.files,
        findings,
        problems,
        undecided,
        summary,
        rules: selection.rules().map(|rule| rule.info()).collect(),
    })
}
