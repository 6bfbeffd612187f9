//! Evaluates each root, builds its network and runs the rules over it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_checks::Finding;
use privatelint_diagnostics::{Annotation, Problem, ProblemKind};
use privatelint_evaluator::{
    Conditions, Defaults, Evaluation, References, Request, check_references, cycles, evaluate,
    is_cycle,
};
use privatelint_network::Network;
use privatelint_network::found::Declared;
use privatelint_parser::Workspace;
use privatelint_parser::module::Mode;
use rayon::prelude::*;

use crate::confidence::{doubt_defaults, doubt_descriptions, doubt_exported};
use crate::cross_stack::{CrossStack, Root};
use crate::defaults::forgive_defaults;
use crate::doubts;
use crate::foreign;
use crate::links;
use crate::outcome::{Outcome, conditions};
use crate::selection::Selection;

pub(crate) fn analyse(
    stacks: &CrossStack<'_>,
    roots: &[Root],
    reached: &BTreeSet<Utf8PathBuf>,
    selection: &Selection,
) -> Outcome {
    let workspace = stacks.workspace;
    let is_linked = links::any_seeks(workspace);
    let analysed = roots.par_iter().map(|root| {
        let run = || analyse_root(stacks, root, selection, is_linked);
        let failed = |_| (Outcome::failed(&root.name), Declared::default());
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(failed)
    });
    let (mut outcomes, declared): (Vec<Outcome>, Vec<Declared>) = analysed.unzip();
    if is_linked {
        links::add(stacks, roots, selection, &declared, &mut outcomes);
    }
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
    let cycles = cycles_in(workspace, reached);
    // Where something evaluates a cycle, it says less of it.
    if !cycles.is_empty() {
        all.problems.retain(|problem| !is_cycle(problem));
    }
    all.problems.extend(cycles);
    all
}

/// What depends on itself, whether or not anything asks for it.
fn cycles_in(workspace: &Workspace, reached: &BTreeSet<Utf8PathBuf>) -> Vec<Problem> {
    let modules = reached.par_iter().filter_map(|dir| workspace.modules.get_key_value(dir));
    let references: BTreeMap<&Utf8Path, References<'_>> =
        modules.map(|(dir, module)| (dir.as_path(), References::of(module))).collect();
    cycles(&references)
}

fn analyse_root(
    stacks: &CrossStack<'_>,
    root: &Root,
    selection: &Selection,
    is_linked: bool,
) -> (Outcome, Declared) {
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
    let mut exported = network.handed_on();
    outcome.problems.extend(problems);
    let missing = evaluation.missing_modules.iter();
    outcome.missing.extend(missing.map(|missing| (missing.source.to_string(), missing.span)));
    doubts::name_resources(&mut outcome.undecided, &evaluation.instances);
    doubts::find_reasons(&mut outcome.undecided, &mut evaluation);
    say_where(&mut outcome.findings, &root.name, &mut evaluation);
    doubt_defaults(&request, selection, &mut outcome.findings);
    doubt_descriptions(&request, selection, &mut outcome.findings);
    doubt_exported(
        || {
            exported.append(&mut evaluation.exported());
            exported
        },
        &mut outcome.findings,
    );
    foreign::bring_home(workspace, &root.module, &mut outcome);
    let declared = if is_linked {
        Declared::of(&evaluation.instances, &evaluation.missing_modules)
    } else {
        Declared::default()
    };
    (outcome, declared)
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
