//! The network of each root, for those who ask about it: `paths`, `graph`, tests.

use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::Utf8Path;
use privatelint_diagnostics::{Problem, Report, Span};
use privatelint_evaluator::{Evaluation, RepositoryFiles, Request, evaluate};
use privatelint_network::Network;
use privatelint_parser::FileSystem;
use rayon::prelude::*;

use crate::cross_stack::CrossStack;
use crate::options::Options;
use crate::{foreign, outcome, scope};

/// A root module whose network is looked at.
pub struct RootNetwork<'n, 'a> {
    /// The root's directory.
    pub root: &'n Utf8Path,
    /// Its network.
    pub network: &'n Network<'a>,
    /// Its evaluation, from which the way of a value is traced.
    pub evaluation: &'n Evaluation<'n>,
    /// The place that the user can edit for one in the code that was read; none if no code of the user leads there.
    pub home: &'n (dyn Fn(Span) -> Option<Span> + Sync),
}

/// Reads and evaluates everything under the paths, and looks at the network of each root. The answers are in the order of the roots. The
/// report has no findings, only what stood in the way.
pub fn networks<T: Send>(
    fs: &dyn FileSystem,
    options: &Options,
    look: impl Fn(&RootNetwork<'_, '_>) -> T + Sync,
) -> (Vec<T>, Report) {
    let workspace = scope::load(fs, options);
    let files = RepositoryFiles::new(fs, &options.working_dir, &options.paths);
    let stacks = CrossStack::new(&workspace, options, &files);
    let roots = stacks.roots(&scope::Asked::new(&workspace, options));
    let looked_at: Vec<(Option<T>, Vec<Problem>)> = roots
        .par_iter()
        .map(|root| {
            let inputs = stacks.inputs(root);
            let request = Request {
                workspace: &workspace,
                root: &root.module,
                inputs: &inputs,
                defaults: stacks.defaults(root),
                resolver: &stacks.reader(root),
                files: &files,
                wants: &privatelint_network::wants,
            };
            // A panic is a fault of ours in one root; the others are shown.
            let answer = catch_unwind(AssertUnwindSafe(|| {
                let evaluation = evaluate(request);
                let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
                let root_module = &root.module;
                let root = &root.name;
                let home = foreign::homeward(&workspace, root_module);
                let answer = look(&RootNetwork {
                    root,
                    network: &network,
                    evaluation: &evaluation,
                    home: &home,
                });
                (answer, evaluation.problems.clone())
            }));
            match answer {
                Ok((answer, problems)) => (Some(answer), problems),
                Err(_) => (None, vec![outcome::failure(&root.name)]),
            }
        })
        .collect();
    let not_own = workspace.foreign;
    let mut report =
        Report { problems: workspace.problems, files: workspace.files, ..Report::default() };
    report.problems.extend(options.config.problems(&report.files));
    report.summary.roots = roots.len();
    report.summary.files = report.files.len() - not_own.len();
    let mut answers = Vec::with_capacity(looked_at.len());
    for (answer, problems) in looked_at {
        answers.extend(answer);
        report.problems.extend(problems);
    }
    let is_own = |problem: &Problem| problem.span.is_none_or(|span| !not_own.contains(&span.file));
    report.problems.retain(is_own);
    (answers, report)
}
