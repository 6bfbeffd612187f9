//! Values for a root module's variables, from all sources, in Terraform's order of precedence.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Problem, ProblemKind};
use privatelint_evaluator::{Input, Inputs};
use privatelint_parser::module::Module;
use privatelint_parser::{VarFile, Workspace, parse_expression};

use crate::options::{Options, Variable};

/// The environment is beaten by the files that Terraform reads by itself, and those by the command line, in the order given.
pub(crate) fn inputs(workspace: &Workspace, root: &Utf8Path, options: &Options) -> Inputs {
    let mut inputs = Inputs::default();
    for (name, text) in &options.environment {
        inputs.values.insert(name.into(), from_text(text));
    }
    for file in workspace.var_files.get(root).into_iter().flatten() {
        from_file(&mut inputs, file);
    }
    for variable in &options.variables {
        match variable {
            Variable::File(path) => {
                if let Some(file) = workspace.given_var_files.get(path) {
                    from_file(&mut inputs, file);
                }
            }
            Variable::Value(name, text) => {
                inputs.values.insert(name.into(), from_text(text));
            }
        }
    }
    inputs
}

/// The names given on the command line that no root module has a variable for.
pub(crate) fn undeclared(
    modules: &BTreeMap<Utf8PathBuf, Arc<Module>>,
    roots: &[Utf8PathBuf],
    options: &Options,
) -> Vec<Problem> {
    let is_declared = |name: &str| {
        let mut modules = roots.iter().filter_map(|root| modules.get(root));
        modules.any(|module| module.variables.contains_key(name))
    };
    let names = options.variables.iter().filter_map(|variable| match variable {
        Variable::Value(name, _) => Some(name.as_str()),
        Variable::File(_) => None,
    });
    names
        .filter(|name| !is_declared(name))
        .map(|name| Problem {
            kind: ProblemKind::Evaluation,
            message: format!("no root module declares the variable `{name}` that `--var` sets"),
            help: Some("check its name".to_owned()),
            span: None,
            path: None,
        })
        .collect()
}

fn from_file(inputs: &mut Inputs, file: &VarFile) {
    for attribute in &file.body.attributes {
        let value = Input::Expression(Arc::new(attribute.value.clone()));
        inputs.values.insert(attribute.name.text.clone(), value);
    }
}

fn from_text(text: &str) -> Input {
    let (expression, problems) = parse_expression(text);
    let expression = problems.is_empty().then(|| Arc::new(expression));
    Input::Text { text: text.into(), expression }
}
