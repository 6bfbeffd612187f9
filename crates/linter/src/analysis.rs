//! Evaluates each root, builds its network and runs the rules over it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_checks::Finding;
use privatelint_diagnostics::{Annotation, Confidence, Problem, ProblemKind, Span, Undecided};
use privatelint_evaluator::{Defaults, Evaluation, Request, check_references, evaluate};
use privatelint_network::{AwsData, Network};
use privatelint_parser::Workspace;
use rayon::prelude::*;

use crate::options::Options;
use crate::scope::directory;
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
}

pub(crate) fn analyse(
    workspace: &Workspace,
    roots: &[Utf8PathBuf],
    reached: &BTreeSet<Utf8PathBuf>,
    options: &Options,
    selection: &Selection,
) -> Outcome {
    let outcomes: Vec<Outcome> = roots
        .par_iter()
        .map(|root| {
            let run = || analyse_root(workspace, root, options, selection);
            catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| failed(root))
        })
        .collect();
    let mut all = Outcome::default();
    for outcome in outcomes {
        all.findings.extend(outcome.findings);
        all.undecided.extend(outcome.undecided);
        all.doubts.extend(outcome.doubts);
        all.problems.extend(outcome.problems);
        all.endpoints += outcome.endpoints;
    }
    let undeclared: Vec<Vec<Problem>> = reached
        .par_iter()
        .filter_map(|dir| workspace.modules.get(dir))
        .map(|module| check_references(workspace, module))
        .collect();
    all.problems.extend(undeclared.into_iter().flatten());
    all
}

fn analyse_root(
    workspace: &Workspace,
    root: &Utf8Path,
    options: &Options,
    selection: &Selection,
) -> Outcome {
    let inputs = crate::inputs::inputs(workspace, root, options);
    let library = options.variables.is_empty() && is_library(workspace, root);
    let defaults = if has_unread_variables(workspace, root) {
        Defaults::Unknown
    } else if library {
        Defaults::TakenUnlessEmpty
    } else {
        Defaults::Taken
    };
    let request = Request {
        workspace,
        root,
        inputs: &inputs,
        defaults,
        resolver: &AwsData,
        wants: &privatelint_network::wants,
    };
    let mut evaluation = evaluate(request);
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let mut problems = std::mem::take(&mut evaluation.problems);
    problems.retain(|problem| !library || problem.kind != ProblemKind::Evaluation);
    let mut outcome =
        Outcome { problems, endpoints: network.endpoints.len(), ..Outcome::default() };
    for rule in selection.rules() {
        let said = privatelint_checks::run(rule, &network);
        outcome.findings.extend(said.findings);
        let places = said.undecided.iter().filter_map(|undecided| undecided.span);
        outcome.doubts.extend(places.map(|place| (rule.name, place)));
        outcome.undecided.extend(said.undecided);
        outcome.problems.extend(said.problems);
    }
    for finding in &mut outcome.findings {
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
    doubt_defaults(&request, selection, &mut outcome.findings);
    doubt_exported(&mut evaluation, &mut outcome.findings);
    outcome
}

/// Lowers what holds only with the defaults of the root's variables: whoever applies it may give others. What is certain holds without them.
fn doubt_defaults(request: &Request<'_>, selection: &Selection, findings: &mut [Finding]) {
    let is_certain = |finding: &Finding| finding.diagnostic.confidence == Confidence::Certain;
    let module = request.workspace.modules.get(request.root);
    let has_defaults = module.is_some_and(|module| {
        let mut variables = module.variables.values();
        variables.any(|variable| {
            variable.default.is_some() && !request.inputs.values.contains_key(&variable.name.text)
        })
    });
    let concerns = |finding: &Finding| is_certain(finding) || finding.is_completable;
    if !has_defaults || request.defaults == Defaults::Unknown || !findings.iter().any(concerns) {
        return;
    }
    let evaluation = evaluate(Request { defaults: Defaults::Unknown, ..*request });
    let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
    let mut without = BTreeMap::new();
    for finding in
        selection.rules().flat_map(|rule| privatelint_checks::run(rule, &network).findings)
    {
        let diagnostic = finding.diagnostic;
        let sure = without.entry((diagnostic.rule, diagnostic.primary.span));
        let sure = sure.or_insert(diagnostic.confidence);
        *sure = (*sure).max(diagnostic.confidence);
    }
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

/// Lowers what says that an instance lacks something, if the root hands the instance on: other code may attach it.
fn doubt_exported(evaluation: &mut Evaluation<'_>, findings: &mut [Finding]) {
    if !findings.iter().any(|finding| finding.is_completable) {
        return;
    }
    let exported = evaluation.exported();
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
