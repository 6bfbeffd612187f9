//! References to what is not declared: what Terraform reports before it evaluates anything.

use std::collections::{BTreeMap, BTreeSet};

use privatelint_diagnostics::{Problem, ProblemKind, Span};
use privatelint_parser::Workspace;
use privatelint_parser::module::{Mode, Module, ModuleCall, ResourceKey, Source};
use privatelint_parser::syntax::{Body, Expr, ExprKind, Ident};
use smol_str::SmolStr;

use crate::eval::CALL_ARGUMENTS;
use crate::scoped::{self, Bound};

/// Names that every module has, or that mean something only in places that are not evaluated.
const OTHER_ROOTS: [&str; 7] =
    ["each", "count", "self", "path", "terraform", "ephemeral", "resource"];

/// Arguments whose names are not references to values: provider configurations and attributes of the block itself.
pub(crate) const NOT_VALUES: [&str; 4] = ["provider", "providers", "ignore_changes", "depends_on"];

/// What a module refers to without declaring it, and what it passes to modules that do not take it; by place.
///
/// A module with a file that could not be parsed is passed over: the declaration may be in the part that is missing.
#[must_use]
pub fn check_references(workspace: &Workspace, module: &Module) -> Vec<Problem> {
    let broken = |problem: &Problem| {
        problem.kind.is_fatal()
            && problem.span.is_some_and(|span| module.files.contains(&span.file))
    };
    if workspace.problems.iter().any(broken) {
        return Vec::new();
    }
    let mut walk =
        Walk { undeclared: BTreeMap::new(), module, bound: Bound::default(), problems: Vec::new() };
    for local in module.locals.values() {
        walk.expr(&local.value);
    }
    for output in module.outputs.values() {
        output.value.iter().for_each(|value| walk.expr(value));
    }
    for block in module.resources.values() {
        walk.body(&block.body);
    }
    for provider in &module.providers {
        walk.body(&provider.block.body);
    }
    for call in module.calls.values() {
        walk.body(&call.block.body);
        walk.inputs(workspace, call);
    }
    let Walk { undeclared, mut problems, .. } = walk;
    if undeclared.len() > MOST_UNDECLARED {
        problems.extend(gathered(&undeclared));
    } else {
        problems.extend(undeclared.into_values());
    }
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// With more undeclared names than these, the files that declare them are not there: generated, or left out.
const MOST_UNDECLARED: usize = 3;

struct Walk<'m> {
    /// The names that are not declared, as they are written, each with its problem at the first place that uses it: where a file is
    /// generated at run time, its names are used a hundred times.
    undeclared: BTreeMap<String, Problem>,
    module: &'m Module,
    bound: Bound,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    fn body(&mut self, body: &Body) {
        let mut bound = std::mem::take(&mut self.bound);
        let visit = &mut |expr: &Expr, bound: &Bound| self.reference(expr, bound);
        scoped::walk_body(body, &NOT_VALUES, &mut bound, visit);
        self.bound = bound;
    }

    fn expr(&mut self, expr: &Expr) {
        let mut bound = std::mem::take(&mut self.bound);
        scoped::walk(expr, &mut bound, &mut |expr, bound| self.reference(expr, bound));
        self.bound = bound;
    }

    /// Checks a reference; `false` if the expression is none as a whole.
    fn reference(&mut self, expr: &Expr, bound: &Bound) -> bool {
        let ExprKind::GetAttr(source, name) = &expr.kind else { return false };
        match &source.kind {
            ExprKind::Variable(root) if !bound.contains(root) => {
                match root.as_str() {
                    "var" => self.declared("variable", "var.", name, &self.module.variables),
                    "local" => self.declared("local value", "local.", name, &self.module.locals),
                    "module" => self.declared("module call", "module.", name, &self.module.calls),
                    // `data.type` alone is the inside of `data.type.name`, which was seen first.
                    "data" => {}
                    root if OTHER_ROOTS.contains(&root) => {}
                    _ => self.resource(Mode::Managed, root, name, expr.span),
                }
                true
            }
            ExprKind::GetAttr(inner, kind) => match &inner.kind {
                ExprKind::Variable(root) if root == "data" && !bound.contains(root) => {
                    self.resource(Mode::Data, &kind.text, name, expr.span);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn declared<T>(
        &mut self,
        what: &str,
        prefix: &str,
        name: &Ident,
        names: &BTreeMap<SmolStr, T>,
    ) {
        if names.contains_key(&name.text) {
            return;
        }
        self.undeclared(format!("{prefix}{}", name.text), name.span, |written| {
            let message = format!("`{written}` is used, but this module declares no such {what}");
            (message, nearest(&name.text, names.keys()).map(|near| format!("{prefix}{near}")))
        });
    }

    fn resource(&mut self, mode: Mode, kind: &str, name: &Ident, span: Span) {
        let key = ResourceKey { mode, kind: kind.into(), name: name.text.clone() };
        let resources = &self.module.resources;
        if resources.contains_key(&key) {
            return;
        }
        let data = if mode == Mode::Data { "data." } else { "" };
        self.undeclared(format!("{data}{kind}.{}", name.text), span, |written| {
            let of_kind = resources.keys().filter(|key| key.mode == mode && key.kind == kind);
            let near = nearest(&name.text, of_kind.map(|key| &key.name));
            let message = format!("`{written}` is used, but this module does not declare it");
            (message, near.map(|near| format!("{data}{kind}.{near}")))
        });
    }

    /// Notes a name that is not declared; what to say of it is made only once.
    fn undeclared(
        &mut self,
        written: String,
        span: Span,
        say: impl FnOnce(&str) -> (String, Option<String>),
    ) {
        match self.undeclared.get_mut(&written) {
            Some(problem) => problem.span = problem.span.map(|first| first.min(span)),
            None => {
                let (message, near) = say(&written);
                self.undeclared.insert(written, problem(span, message, near));
            }
        }
    }

    /// Arguments of a call that the called module has no variable for.
    fn inputs(&mut self, workspace: &Workspace, call: &ModuleCall) {
        if call.block.body.attribute("source").is_none() {
            let message = format!("the call of module `{}` has no `source`", call.name.text);
            self.report(call.block.header, message, None);
        }
        let Source::Local(dir) = &call.source else { return };
        let Some(called) = workspace.modules.get(dir) else { return };
        // A description need not know all inputs of what it describes.
        if called.description().is_some() {
            return;
        }
        let files: BTreeSet<_> = called.files.iter().collect();
        let broken = |problem: &Problem| {
            problem.kind.is_fatal() && problem.span.is_some_and(|span| files.contains(&span.file))
        };
        if workspace.problems.iter().any(broken) {
            return;
        }
        for argument in &call.block.body.attributes {
            let name = &argument.name;
            if CALL_ARGUMENTS.contains(&name.text.as_str())
                || called.variables.contains_key(&name.text)
            {
                continue;
            }
            let message = format!("the module in `{dir}` has no variable `{}`", name.text);
            self.report(name.span, message, nearest(&name.text, called.variables.keys()));
        }
    }

    fn report(&mut self, span: Span, message: String, near: Option<String>) {
        self.problems.push(problem(span, message, near));
    }
}

fn problem(span: Span, message: String, near: Option<String>) -> Problem {
    let problem = Problem::at(ProblemKind::Evaluation, span, message);
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}

/// One problem for all names that are not declared, in the place of one for each.
fn gathered(undeclared: &BTreeMap<String, Problem>) -> Option<Problem> {
    let span = undeclared.values().filter_map(|problem| problem.span).min()?;
    let first: Vec<_> =
        undeclared.keys().take(MOST_UNDECLARED).map(|name| format!("`{name}`")).collect();
    let more = undeclared.len().saturating_sub(first.len());
    let names = first.join(", ");
    let message =
        format!("this module uses {names} and {more} more names that it does not declare");
    let problem = Problem::at(ProblemKind::Evaluation, span, message);
    Some(problem.help("if files with their declarations are generated, generate them first"))
}

/// The declared name that is most like a name that is not declared.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n SmolStr>) -> Option<String> {
    let close = names.map(|near| (strsim::damerau_levenshtein(name, near), near));
    let (distance, near) = close.min()?;
    (distance <= name.len().div_ceil(3)).then(|| near.to_string())
}
