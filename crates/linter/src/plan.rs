//! Plans as the source of instances: what `lint --plan` and `instances --plan` do.
//!
//! The plan says what there will be. The code beside it says where that is written, and what the unknown values mean: it is evaluated with the variables
//! and the data of the plan, and both are put together. Without the code, the plan is all there is, and findings point into it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_checks::{Check, Finding, run_on_conditions};
use privatelint_diagnostics::{Confidence, FileId, Problem, ProblemKind, Report, SourceFile};
use privatelint_evaluator::{
    Conditions, Defaults, Evaluation, Input, Inputs, Instance, Mode, NotAPlan, Plan, PlannedData,
    RepositoryFiles, Request, evaluate,
};
use privatelint_network::{AwsData, Network};
use privatelint_parser::module::ResourceKey;
use privatelint_parser::{FileSystem, Workspace, shown_path};

use crate::analysis;
use crate::confidence::doubt_exported;
use crate::options::{Options, UsageError};
use crate::outcome::{self, Outcome};
use crate::selection::Selection;
use crate::{RootInstances, conclude, doubts, foreign, scope};

/// The most blocks that are named of those which only a plan or only the code has.
const MOST_NAMED: usize = 3;

/// The largest plan that is read.
const MOST_BYTES: u64 = 1 << 30;

/// Where a plan comes from.
#[derive(Debug, Clone)]
pub enum PlanSource {
    /// A file, relative to the working directory or absolute.
    File(Utf8PathBuf),
    /// What was read from the standard input.
    Stdin(Vec<u8>),
}

/// Checks what a plan makes. The code is looked for under the paths of the options.
///
/// # Errors
///
/// Only for what the caller asked wrongly. What is wrong with the plan is in the report.
pub fn lint_plan(
    fs: &dyn FileSystem,
    options: &Options,
    source: PlanSource,
) -> Result<Report, UsageError> {
    let selection = Selection::of(options)?;
    let loaded = match load(fs, options, source) {
        Ok(loaded) => loaded,
        Err(problem) => return Ok(failed(problem)),
    };
    let Loaded { workspace, plan, root, file } = loaded;
    let asked = scope::Asked::new(&workspace, options);
    let roots: Vec<Utf8PathBuf> = root.iter().cloned().collect();
    let reached = scope::reachable(&workspace, &roots);
    let shown = root.clone().unwrap_or_else(|| place(options));
    let outcome = on_large_stack(|| match &root {
        Some(root) => with_code(fs, &workspace, root, &plan, file, options, &selection),
        None => without_code(&plan, file, &shown, &selection),
    });
    let mut outcome = outcome.unwrap_or_else(|| Outcome::failed(&shown));
    outcome.is_partial = true;
    // The plan is not part of the code, wherever it lies.
    let counted = asked.concerns(&reached, workspace.files.get(file).path());
    let fit = misfit(&plan, &workspace, root.as_deref(), file);
    let mut report = conclude(workspace, &asked, &roots, &reached, outcome, options, &selection);
    // What the plan was made from was there and right when it was made.
    report.problems.retain(|problem| problem.kind.is_fatal() || problem.kind == ProblemKind::Limit);
    report.problems.extend(about(&plan, file));
    report.problems.extend(fit);
    report.summary.roots = 1;
    report.summary.files = report.summary.files.saturating_sub(usize::from(counted)).max(1);
    Ok(report)
}

/// The instances of a plan.
pub fn instances_of_plan(
    fs: &dyn FileSystem,
    options: &Options,
    source: PlanSource,
) -> (Vec<RootInstances>, Report) {
    let Loaded { workspace, plan, root, file } = match load(fs, options, source) {
        Ok(loaded) => loaded,
        Err(problem) => return (Vec::new(), failed(problem)),
    };
    let instances = on_large_stack(|| match &root {
        Some(root) => {
            let (inputs, files) = (inputs(&plan), repository(fs, options));
            let data = PlannedData { plan: &plan, otherwise: &AwsData };
            let request = request(&workspace, root, &inputs, &data, &files);
            let evaluation = evaluate(Request { wants: &|_, _| true, ..request });
            plan.join(&evaluation.instances, &evaluation.missing_modules, file)
        }
        None => plan.instances(file),
    });
    let root = root.unwrap_or_else(|| place(options));
    let mut report = Report { problems: about(&plan, file), ..Report::default() };
    report.problems.extend(instances.is_none().then(|| outcome::failure(&root)));
    report.files = workspace.files;
    let instances = instances.unwrap_or_default();
    (vec![RootInstances { root, instances }], report)
}

struct Loaded {
    workspace: Workspace,
    plan: Plan,
    /// The root module that was planned, if its code is there.
    root: Option<Utf8PathBuf>,
    /// The plan, as the last file of the workspace.
    file: FileId,
}

fn load(fs: &dyn FileSystem, options: &Options, source: PlanSource) -> Result<Loaded, Problem> {
    let (name, bytes) = match source {
        PlanSource::Stdin(bytes) => (Utf8PathBuf::from("<stdin>"), bytes),
        PlanSource::File(path) => {
            let name = shown_path(&options.working_dir, &path);
            let bytes = fs.read(&options.working_dir.join(&path), MOST_BYTES).map_err(|error| {
                let message = format!("cannot read the plan: {error}");
                Problem::in_path(ProblemKind::Read, &name, message)
            })?;
            (name, bytes)
        }
    };
    let plan = Plan::read(bytes).map_err(|NotAPlan { message, help }| {
        Problem::in_path(ProblemKind::Syntax, &name, message).help(help)
    })?;
    let mut workspace = scope::load(fs, options);
    let root = root_of(&plan, &workspace, &place(options));
    let file = workspace.files.add(SourceFile::new(name, plan.text()));
    Ok(Loaded { workspace, plan, root, file })
}

/// The directory that was asked for.
fn place(options: &Options) -> Utf8PathBuf {
    let path = options.paths.first().map_or(Utf8Path::new("."), Utf8PathBuf::as_path);
    shown_path(&options.working_dir, path)
}

/// The directory whose root module was planned: the one that was asked for, or the only one below it that declares all that the plan's root
/// module does.
fn root_of(plan: &Plan, workspace: &Workspace, asked: &Utf8Path) -> Option<Utf8PathBuf> {
    let (resources, calls) = plan.root_names();
    let total = resources.len() + calls.len();
    let declared = |dir: &Utf8Path| {
        let Some(module) = workspace.modules.get(dir) else { return 0 };
        let has = |(mode, kind, name): &&(Mode, &str, &str)| {
            let key = ResourceKey { mode: *mode, kind: (*kind).into(), name: (*name).into() };
            module.resources.contains_key(&key)
        };
        resources.iter().filter(has).count()
            + calls.iter().filter(|name| module.calls.contains_key(**name)).count()
    };
    // Code that was edited since still tells most of the places.
    if declared(asked) * 2 > total {
        return Some(asked.to_owned());
    }
    let mut all = workspace.roots.iter().filter(|dir| total > 0 && declared(dir) == total);
    match (all.next(), all.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

fn with_code(
    fs: &dyn FileSystem,
    workspace: &Workspace,
    root: &Utf8Path,
    plan: &Plan,
    file: FileId,
    options: &Options,
    selection: &Selection,
) -> Outcome {
    let (inputs, files) = (inputs(plan), repository(fs, options));
    let data = PlannedData { plan, otherwise: &AwsData };
    let mut evaluation = evaluate(request(workspace, root, &inputs, &data, &files));
    let mut instances = plan.join(&evaluation.instances, &evaluation.missing_modules, file);
    plan.link_ids(&mut instances);
    let mut outcome = check(&instances, selection);
    doubts::find_reasons(&mut outcome.undecided, &mut evaluation);
    analysis::say_where(&mut outcome.findings, root, &mut evaluation);
    doubt_exported(|| evaluation.exported(), &mut outcome.findings);
    doubt_incomplete(plan, &mut outcome.findings);
    outcome.findings.extend(failed_conditions(plan, root, selection, &mut evaluation));
    foreign::bring_home(workspace, root, &mut outcome);
    outcome
}

fn without_code(plan: &Plan, file: FileId, root: &Utf8Path, selection: &Selection) -> Outcome {
    let mut instances = plan.instances(file);
    plan.link_ids(&mut instances);
    let mut outcome = check(&instances, selection);
    for finding in &mut outcome.findings {
        root.as_str().clone_into(&mut finding.diagnostic.root);
        // A plan does not show `dynamic` blocks over something that is not known.
        at_most_likely(finding);
    }
    doubt_exported(|| plan.exported(), &mut outcome.findings);
    outcome
}

fn check(instances: &[Instance], selection: &Selection) -> Outcome {
    let network = Network::build(instances, &[]);
    let mut outcome = Outcome::of_rules(selection, &network, &Conditions::default());
    doubts::name_resources(&mut outcome.undecided, instances);
    outcome
}

/// What the plan says of the conditions of authors: Terraform has evaluated them, with all values.
fn failed_conditions(
    plan: &Plan,
    root: &Utf8Path,
    selection: &Selection,
    evaluation: &mut Evaluation<'_>,
) -> Vec<Finding> {
    let conditions = evaluation.planned_conditions(plan);
    let rules = selection.rules().filter(|rule| matches!(rule.check, Check::Conditions(_)));
    let mut findings: Vec<Finding> =
        rules.flat_map(|rule| run_on_conditions(rule, &conditions).findings).collect();
    analysis::say_where(&mut findings, root, evaluation);
    findings
}

/// What is lacking may be there, outside of what the plan was limited to.
fn doubt_incomplete(plan: &Plan, findings: &mut [Finding]) {
    if !plan.is_complete() {
        findings.iter_mut().for_each(at_most_likely);
    }
}

fn at_most_likely(finding: &mut Finding) {
    let confidence = &mut finding.diagnostic.confidence;
    *confidence = (*confidence).min(Confidence::Likely);
}

fn inputs(plan: &Plan) -> Inputs {
    let values: BTreeMap<_, _> =
        plan.variables().into_iter().map(|(name, value)| (name, Input::Value(value))).collect();
    Inputs { values }
}

fn repository<'f>(fs: &'f dyn FileSystem, options: &'f Options) -> RepositoryFiles<'f> {
    RepositoryFiles::new(fs, &options.working_dir, &options.paths)
}

fn request<'w>(
    workspace: &'w Workspace,
    root: &'w Utf8Path,
    inputs: &'w Inputs,
    resolver: &'w PlannedData<'w>,
    files: &'w RepositoryFiles<'w>,
) -> Request<'w> {
    Request {
        workspace,
        root,
        inputs,
        defaults: Defaults::Taken,
        resolver,
        files,
        wants: &privatelint_network::wants,
    }
}

/// What there is to say about the plan itself.
fn about(plan: &Plan, file: FileId) -> Vec<Problem> {
    let place = privatelint_diagnostics::Span::new(file, 0, 0);
    let incomplete = || {
        let message =
            "this plan is not complete: it was limited to targets, or stopped at an error";
        Problem::at(ProblemKind::Limit, place, message)
            .help("plan without `-target`; what is not in the plan was not looked at")
    };
    if plan.is_complete() { Vec::new() } else { vec![incomplete()] }
}

/// Says that a plan was made of other code than that beside it.
fn misfit(
    plan: &Plan,
    workspace: &Workspace,
    root: Option<&Utf8Path>,
    file: FileId,
) -> Option<Problem> {
    let place = privatelint_diagnostics::Span::new(file, 0, 0);
    let difference = plan.difference(workspace, root?);
    let only = |names: &BTreeSet<String>, whose: &str| {
        let first: Vec<_> = names.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
        let more = match names.len().saturating_sub(first.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!first.is_empty()).then(|| format!("only {whose} has {}{more}", first.join(", ")))
    };
    let planned = only(&difference.only_planned, "the plan");
    let written = only(&difference.only_written, "the code");
    let parts: Vec<String> = planned.into_iter().chain(written).collect();
    (!parts.is_empty()).then(|| {
        let message =
            format!("this plan was made of other code than that beside it: {}", parts.join("; "));
        Problem::at(ProblemKind::Limit, place, message)
            .help("plan again, or check the code out that was planned: what there is comes from the plan, and the places from the code")
    })
}

fn failed(problem: Problem) -> Report {
    Report { problems: vec![problem], ..Report::default() }
}

/// Runs on a thread that has the stack for deep code; `None` if we panicked.
fn on_large_stack<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    let mut result = None;
    rayon::scope(|scope| {
        scope.spawn(|_| result = catch_unwind(AssertUnwindSafe(run)).ok());
    });
    result
}
