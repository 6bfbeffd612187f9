//! Evaluates each root, builds its network and runs the rules over it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_checks::{Check, Finding, Outcome as Said, Rule, run_on_conditions};
use privatelint_diagnostics::{Annotation, Confidence, Problem, ProblemKind, Span, Undecided};
use privatelint_evaluator::{
    Address, Conditions, Defaults, Evaluation, Request, check_references, evaluate,
};
use privatelint_network::Network;
use privatelint_parser::Workspace;
use rayon::prelude::*;

use crate::cross_stack::{CrossStack, Root};
use crate::doubts;
use crate::foreign;
use crate::options::Options;
use crate::scope::{directory, reachable};
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
    /// The calls of modules whose code is not here: what each calls, and its place.
    pub(crate) missing: BTreeSet<(String, Span)>,
}

pub(crate) fn analyse(
    stacks: &CrossStack<'_>,
    roots: &[Root],
    reached: &BTreeSet<Utf8PathBuf>,
    options: &Options,
    selection: &Selection,
) -> Outcome {
    let workspace = stacks.workspace;
    let outcomes: Vec<Outcome> = roots
        .par_iter()
        .map(|root| {
            let run = || analyse_root(stacks, root, options, selection);
            catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| failed(&root.name))
        })
        .collect();
    let mut all = Outcome::default();
    for outcome in outcomes {
        all.findings.extend(outcome.findings);
        all.undecided.extend(outcome.undecided);
        all.doubts.extend(outcome.doubts);
        all.problems.extend(outcome.problems);
        all.endpoints += outcome.endpoints;
        all.missing.extend(outcome.missing);
    }
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

fn analyse_root(
    stacks: &CrossStack<'_>,
    root: &Root,
    options: &Options,
    selection: &Selection,
) -> Outcome {
    let workspace = stacks.workspace;
    let inputs = stacks.inputs(root);
    let library = options.variables.is_empty()
        && !stacks.is_unit(root)
        && is_library(workspace, &root.module);
    let request = Request {
        workspace,
        root: &root.module,
        inputs: &inputs,
        defaults: stacks.defaults(root),
        resolver: &stacks.reader(root),
        files: stacks.files,
        wants: &privatelint_network::wants,
    };
    let mut evaluation = evaluate(request);
    let mut problems = std::mem::take(&mut evaluation.problems);
    problems.retain(|problem| !library || problem.kind != ProblemKind::Evaluation);
    forgive_defaults(&request, &mut problems);
    // With its defaults alone, a module for others to call need not meet its own conditions.
    let conditions = if library || !selection.rules().any(reads_conditions) {
        Conditions::default()
    } else {
        evaluation.conditions()
    };
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let mut outcome =
        Outcome { problems, endpoints: network.endpoints.len(), ..Outcome::default() };
    let missing = evaluation.missing_modules.iter();
    outcome.missing.extend(missing.map(|missing| (missing.source.to_string(), missing.span)));
    apply_rules(selection, &network, &conditions, &mut outcome);
    doubts::name_resources(&mut outcome.undecided, &evaluation.instances);
    doubts::find_reasons(&mut outcome.undecided, &mut evaluation);
    say_where(&mut outcome.findings, &root.name, &mut evaluation);
    doubt_defaults(&request, selection, &mut outcome.findings);
    doubt_descriptions(&request, selection, &mut outcome.findings);
    if outcome.findings.iter().any(|finding| finding.is_completable) {
        doubt_exported(&evaluation.exported(), &mut outcome.findings);
    }
    outcome
}

/// Runs the rules over a network.
pub(crate) fn apply_rules(
    selection: &Selection,
    network: &Network<'_>,
    conditions: &Conditions,
    outcome: &mut Outcome,
) {
    for rule in selection.rules() {
        let said = run(rule, network, conditions);
        outcome.findings.extend(said.findings);
        let places = said.undecided.iter().filter_map(|undecided| undecided.span);
        outcome.doubts.extend(places.map(|place| (rule.name, place)));
        outcome.undecided.extend(said.undecided);
        outcome.problems.extend(said.problems);
    }
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

fn reads_conditions(rule: &'static Rule) -> bool {
    matches!(rule.check, Check::Conditions(_))
}

fn run(rule: &'static Rule, network: &Network<'_>, conditions: &Conditions) -> Said {
    match rule.check {
        Check::Conditions(_) => run_on_conditions(rule, conditions),
        Check::Network(_) | Check::Suppressions => privatelint_checks::run(rule, network),
    }
}

/// What the defaults of a root's variables are worth.
pub(crate) fn defaults(workspace: &Workspace, root: &Utf8Path, options: &Options) -> Defaults {
    if has_unread_variables(workspace, root) {
        Defaults::Unknown
    } else if options.variables.is_empty() && is_library(workspace, root) {
        Defaults::TakenUnlessEmpty
    } else {
        Defaults::Taken
    }
}

/// Lowers what holds only with the defaults of the root's variables: whoever applies it may give others. What is certain holds without them.
fn doubt_defaults(request: &Request<'_>, selection: &Selection, findings: &mut [Finding]) {
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

/// Drops the errors that Terraform would see only with the defaults of a root to which no file gives values: others give them, on a command line that is not here.
fn forgive_defaults(request: &Request<'_>, problems: &mut Vec<Problem>) {
    let rests_on_defaults = |problem: &Problem| problem.kind == ProblemKind::Evaluation;
    let is_given = !request.inputs.values.is_empty() || !has_defaults(request);
    if is_given || !problems.iter().any(rests_on_defaults) {
        return;
    }
    let without = evaluate(Request { defaults: Defaults::Unknown, ..*request }).problems;
    problems.retain(|problem| !rests_on_defaults(problem) || without.contains(problem));
}

/// Whether a variable of the root has nothing but its default.
fn has_defaults(request: &Request<'_>) -> bool {
    let module = request.workspace.modules.get(request.root);
    module.is_some_and(|module| {
        let mut variables = module.variables.values();
        variables.any(|variable| {
            variable.default.is_some() && !request.inputs.values.contains_key(&variable.name.text)
        })
    })
}

/// Lowers what holds only because of what descriptions say of modules whose code is not here.
fn doubt_descriptions(request: &Request<'_>, selection: &Selection, findings: &mut [Finding]) {
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
    let conditions = if selection.rules().any(reads_conditions) {
        evaluation.conditions()
    } else {
        Conditions::default()
    };
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let mut found = BTreeMap::new();
    for finding in selection.rules().flat_map(|rule| run(rule, &network, &conditions).findings) {
        let diagnostic = finding.diagnostic;
        let sure = found.entry((diagnostic.rule, diagnostic.primary.span));
        let sure = sure.or_insert(diagnostic.confidence);
        *sure = (*sure).max(diagnostic.confidence);
    }
    found
}

/// Lowers what says that an instance lacks something, if the root hands the instance on: other code may attach it.
pub(crate) fn doubt_exported(exported: &BTreeSet<Address>, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.is_completable) {
        let address = finding.instance.as_ref().map(|instance| &instance.address);
        if address.is_some_and(|address| exported.contains(address)) {
            finding.diagnostic.confidence = Confidence::Possible;
        }
    }
}

/// Whether there is a variable file of the root that could not be read: encrypted, or broken. It gives values that are not known.
fn has_unread_variables(workspace: &Workspace, root: &Utf8Path) -> bool {
    workspace.problems.iter().filter(|problem| problem.kind.is_fatal()).any(|problem| {
        let path = problem.span.map(|span| workspace.files.get(span.file).path());
        path.or(problem.path.as_deref()).is_some_and(|path| {
            let name = path.as_str();
            (name.ends_with(".tfvars") || name.ends_with(".tfvars.json"))
                && path.parent().map(directory) == Some(root)
        })
    })
}

/// Whether a root is a module for others to call: nothing says that it is applied as it is, and it has variables with defaults. With its defaults alone it need
/// not work, so an error in its expressions is none.
fn is_library(workspace: &Workspace, root: &Utf8Path) -> bool {
    workspace.modules.get(root).is_some_and(|module| {
        module.variables.values().any(|variable| variable.default.is_some())
            && module.providers.is_empty()
            && !module.settings.has_backend
            && !workspace.var_files.contains_key(root)
    })
}

fn failed(root: &Utf8Path) -> Outcome {
    Outcome { problems: vec![failure(root)], ..Outcome::default() }
}

/// What is said of a root in which we panicked.
pub(crate) fn failure(root: &Utf8Path) -> Problem {
    let message = "analysing this root failed: this is a fault of privatelint";
    Problem::in_path(ProblemKind::Internal, root, message)
        .help("please report it; all other roots were analysed")
}
