//! Evaluates each root, builds its network and runs the rules over it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_checks::Finding;
use privatelint_diagnostics::{Annotation, Problem, ProblemKind};
use privatelint_evaluator::{
    Conditions, Defaults, Evaluation, Request, check_references, evaluate,
};
use privatelint_network::Network;
use privatelint_parser::module::Mode;
use rayon::prelude::*;

use crate::confidence::{doubt_defaults, doubt_descriptions, doubt_exported};
use crate::cross_stack::{CrossStack, Root};
use crate::defaults::forgive_defaults;
use crate::doubts;
use crate::foreign;
use crate::outcome::{Outcome, conditions};
use crate::selection::Selection;

pub(crate) fn analyse(
    stacks: &CrossStack<'_>,
    roots: &[Root],
    reached: &BTreeSet<Utf8PathBuf>,
    selection: &Selection,
) -> Outcome {
    let workspace = stacks.workspace;
    let outcomes: Vec<Outcome> = roots
        .par_iter()
        .map(|root| {
            let run = || analyse_root(stacks, root, selection);
            catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Outcome::failed(&root.name))
        })
        .collect();
    let mut all = Outcome::default();
    outcomes.into_iter().for_each(|outcome| all.add(outcome));
    let undeclared: Vec<Vec<Problem>> = reached
        .par_iter()
        .filter(|dir| !stacks.may_be_extended(dir))
        .filter_map(|dir| workspace.modules.get(dir))
        .filter(|module| !module.is_foreign())
        .map(|module| check_references(workspace, module))
        .collect();
    all.problems.extend(undeclared.into_iter().flatten());
    all
}

fn analyse_root(stacks: &CrossStack<'_>, root: &Root, selection: &Selection) -> Outcome {
    let workspace = stacks.workspace;
    let inputs = stacks.inputs(root);
    let request = Request {
        workspace,
        root: &root.module,
        inputs: &inputs,
        defaults: stacks.defaults(root),
        resolver: &stacks.reader(root),
        files: stacks.files,
        wants: &privatelint_network::wants,
    };
    let library = request.defaults == Defaults::TakenUnlessEmpty;
    let mut evaluation = evaluate(request);
    let mut problems = std::mem::take(&mut evaluation.problems);
    problems.retain(|problem| !library || problem.kind != ProblemKind::Evaluation);
    forgive_defaults(&request, &mut problems);
    // With its defaults alone, a module for others to call need not meet its own conditions; others fail whatever it is given.
    let conditions = if library {
        let wants: &(dyn Fn(Mode, &str) -> bool + Sync) = &|_, _| false;
        let mut open = evaluate(Request { defaults: Defaults::Unknown, wants, ..request });
        Conditions { inputs_are_missing: false, ..conditions(selection, &mut open) }
    } else {
        conditions(selection, &mut evaluation)
    };
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let mut outcome = Outcome::of_rules(selection, &network, &conditions);
    outcome.problems.extend(problems);
    let missing = evaluation.missing_modules.iter();
    outcome.missing.extend(missing.map(|missing| (missing.source.to_string(), missing.span)));
    doubts::name_resources(&mut outcome.undecided, &evaluation.instances);
    doubts::find_reasons(&mut outcome.undecided, &mut evaluation);
    say_where(&mut outcome.findings, &root.name, &mut evaluation);
    doubt_defaults(&request, selection, &mut outcome.findings);
    doubt_descriptions(&request, selection, &mut outcome.findings);
    doubt_exported(|| evaluation.exported(), &mut outcome.findings);
    foreign::bring_home(workspace, &root.module, &mut outcome);
    outcome
}

/// Gives findings their root, and the way that leads to them from there.
pub(crate) fn say_where(
    findings: &mut [Finding],
    root: &Utf8Path,
    evaluation: &mut Evaluation<'_>,
) {
    for finding in findings {
        root.as_str().clone_into(&mut finding.diagnostic.root);
        if let Some(instance) = &finding.instance {
            finding.diagnostic.trace =
                evaluation.trace(&instance.address, finding.diagnostic.primary.span);
            // Without a way that leads out of a module, the call is what connects the finding to the root.
            if let (true, Some(call)) =
                (finding.diagnostic.trace.is_empty(), instance.calls.first())
            {
                let through = Annotation::new(*call, "made through this call");
                finding.diagnostic.evidence.push(through);
            }
        }
    }
}
