//! Evaluates each root module for those who look at what it makes, without rules: `instances`, `paths`, `graph`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use privatelint_diagnostics::{Problem, Report};
use privatelint_evaluator::{Defaults, Evaluation, Mode, RepositoryFiles, Request, evaluate};
use privatelint_parser::{FileSystem, Workspace};
use rayon::prelude::*;

use crate::cross_stack::{CrossStack, Root};
use crate::options::Options;
use crate::{outcome, scope};

/// What is looked at.
pub(crate) struct Wanted {
    /// The resources and data sources, by type.
    pub(crate) wants: fn(Mode, &str) -> bool,
    /// Whether a module that others call shows what its defaults alone make of it.
    pub(crate) takes_defaults: bool,
}

/// Reads everything under the paths, evaluates each root and looks at it. The answers are in the order of the roots. The report has no
/// findings, only what stood in the way.
pub(crate) fn each_root<T: Send>(
    fs: &dyn FileSystem,
    options: &Options,
    wanted: &Wanted,
    look: impl Fn(&Workspace, &Root, &mut Evaluation<'_>) -> T + Sync,
) -> (Vec<T>, Report) {
    let workspace = scope::load(fs, options);
    let files = RepositoryFiles::new(fs, &options.working_dir, &options.paths);
    let stacks = CrossStack::new(&workspace, options, &files);
    let roots = stacks.roots(&scope::Asked::new(&workspace, options));
    let looked_at: Vec<(Option<T>, Vec<Problem>)> = roots
        .par_iter()
        .map(|root| {
            let inputs = stacks.inputs(root);
            let takes_defaults = wanted.takes_defaults && !stacks.is_unit(root);
            let request = Request {
                workspace: &workspace,
                root: &root.module,
                inputs: &inputs,
                defaults: if takes_defaults { Defaults::Taken } else { stacks.defaults(root) },
                resolver: &stacks.reader(root),
                files: &files,
                wants: &wanted.wants,
            };
            // A panic is a fault of ours in one root; the others are shown.
            let answer = catch_unwind(AssertUnwindSafe(|| {
                let mut evaluation = evaluate(request);
                let answer = look(&workspace, root, &mut evaluation);
                (answer, evaluation.problems)
            }));
            match answer {
                Ok((answer, problems)) => (Some(answer), problems),
                Err(_) => (None, vec![outcome::failure(&root.name)]),
            }
        })
        .collect();
    let foreign = workspace.foreign;
    let mut report =
        Report { problems: workspace.problems, files: workspace.files, ..Report::default() };
    report.problems.extend(options.config.problems(&report.files));
    report.summary.roots = roots.len();
    report.summary.files = report.files.len() - foreign.len();
    let mut answers = Vec::with_capacity(looked_at.len());
    for (answer, problems) in looked_at {
        answers.extend(answer);
        report.problems.extend(problems);
    }
    let is_own = |problem: &Problem| problem.span.is_none_or(|span| !foreign.contains(&span.file));
    report.problems.retain(is_own);
    (answers, report)
}
