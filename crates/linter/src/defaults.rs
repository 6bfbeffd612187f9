//! What the defaults of a root module's variables are worth.

use camino::Utf8Path;
use privatelint_diagnostics::{Problem, ProblemKind};
use privatelint_evaluator::{Defaults, Request, evaluate};
use privatelint_parser::Workspace;

use crate::options::Options;
use crate::scope::directory;

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

/// Drops the errors that Terraform would see only with the defaults of a root to which no file gives values: others give them, on a command line that is not here.
pub(crate) fn forgive_defaults(request: &Request<'_>, problems: &mut Vec<Problem>) {
    let rests_on_defaults = |problem: &Problem| problem.kind == ProblemKind::Evaluation;
    let is_given = !request.inputs.values.is_empty() || !has_defaults(request);
    if is_given || !problems.iter().any(rests_on_defaults) {
        return;
    }
    let without = evaluate(Request { defaults: Defaults::Unknown, ..*request }).problems;
    problems.retain(|problem| !rests_on_defaults(problem) || without.contains(problem));
}

/// Whether a variable of the root has nothing but its default.
pub(crate) fn has_defaults(request: &Request<'_>) -> bool {
    let module = request.workspace.modules.get(request.root);
    module.is_some_and(|module| {
        let mut variables = module.variables.values();
        variables.any(|variable| {
            variable.default.is_some() && !request.inputs.values.contains_key(&variable.name.text)
        })
    })
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
