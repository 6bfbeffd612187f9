//! `templatefile` and `templatestring`: templates that are a value, evaluated with only the variables that are given.

use std::collections::BTreeSet;
use std::sync::Arc;

use privatelint_diagnostics::Span;
use privatelint_parser::parse_template;
use privatelint_parser::syntax::{Call, Expr, ExprKind};
use smol_str::SmolStr;

use crate::convert;
use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::modules::ModuleId;
use crate::eval::scope::{Binding, Scope};
use crate::functions::{NoText, text_of_file};
use crate::scoped::free_names;
use crate::{Unknown, Value};

/// The templates that are kept parsed.
const MOST_KEPT: usize = 256;

/// The variables that one template may use.
const MOST_VARIABLES: usize = 1_000;

/// A call of one of the functions.
struct Rendering<'c> {
    call: &'c Call,
    span: Span,
    is_file: bool,
}

impl Rendering<'_> {
    fn wrong(&self, argument: Option<usize>, message: &str) -> EvalError {
        let place = argument.and_then(|at| self.call.args.get(at));
        let name = if self.is_file { "templatefile" } else { "templatestring" };
        EvalError::new(place.map_or(self.span, |arg| arg.span), format!("`{name}`: {message}"))
    }
}

/// A parsed template.
#[derive(Clone)]
pub(super) struct TemplateFile {
    /// `None` if it could not be parsed.
    expr: Option<Arc<Expr>>,
    /// The names that it needs from outside.
    names: Arc<BTreeSet<SmolStr>>,
}

impl TemplateFile {
    fn parse(text: &str) -> Self {
        let (expr, problems) = parse_template(text);
        let names = Arc::new(free_names(&expr));
        let expr = problems.is_empty().then(|| Arc::new(expr));
        Self { expr, names }
    }
}

impl Engine<'_> {
    /// The value of a call of `templatefile` or `templatestring`; `None` if it is of another function.
    pub(super) fn template_call(
        &mut self,
        call: &Call,
        args: &[Value],
        span: Span,
    ) -> Option<Evaluated> {
        match call.name.text.as_str() {
            "templatefile" | "core::templatefile" => {
                Some(self.render(&Rendering { call, span, is_file: true }, args))
            }
            "templatestring" | "core::templatestring" => {
                Some(self.render(&Rendering { call, span, is_file: false }, args))
            }
            _ => None,
        }
    }

    fn render(&mut self, what: &Rendering<'_>, args: &[Value]) -> Evaluated {
        let [source, vars] = args else {
            return Err(what.wrong(None, &format!("2 arguments expected, {} given", args.len())));
        };
        if self.in_template {
            return Err(what.wrong(None, "a template must not render another template"));
        }
        if let Some(at) = args.iter().position(Value::is_null) {
            return Err(what.wrong(Some(at), "the argument must not be `null`"));
        }
        if !what.is_file && what.call.args.first().is_some_and(|arg| !is_reference(arg)) {
            return Err(what.wrong(Some(0), "the template must be a reference to a string"));
        }
        let derived = || Ok(Value::Unknown(Unknown::derived(args)));
        if !source.is_known() {
            return derived();
        }
        // A number is no template.
        let text =
            if what.is_file { convert::text(source) } else { source.as_str().map(Into::into) };
        let Some(source) = text else {
            return Err(what.wrong(Some(0), "a string is required"));
        };
        let (place, template) = if what.is_file {
            match self.template_file(&source) {
                Ok(template) => (format!("`{source}`"), template),
                Err(NoText::Wrong(error)) => {
                    let wrong = what.wrong(Some(0), &error.message);
                    return Err(if error.is_missing_file { wrong.missing_file() } else { wrong });
                }
                Err(NoText::Unknown(value)) => return Ok(value),
            }
        } else {
            // Each time it is parsed anew.
            self.budget.elements(source.len() / 16, what.span)?;
            ("the template".to_owned(), TemplateFile::parse(&source))
        };
        // Terraform may read what we do not.
        let Some(expr) = template.expr else {
            let why = format!("{place} is no template that could be understood");
            return Ok(Value::Unknown(Unknown::File(why.into())));
        };
        let Some(given) = vars.as_entries() else {
            return match vars {
                Value::Unknown(_) => derived(),
                _ => Err(what.wrong(Some(1), "an object or a map is required")),
            };
        };
        if let Some(name) = given.keys().find(|name| !is_name(name)) {
            return Err(what.wrong(Some(1), &format!("{name:?} is no name of a variable")));
        }
        let mut needed = Vec::new();
        for name in template.names.iter() {
            match given.get(name) {
                Some(value) => needed.push((name.as_str(), value.clone())),
                None if matches!(vars, Value::Object(object) if object.rest.is_some()) => {
                    return derived();
                }
                None => {
                    let message = format!("{place} needs `{name}`, which is not given");
                    return Err(what.wrong(Some(1), &message));
                }
            }
        }
        if needed.len() > MOST_VARIABLES {
            return Err(what.wrong(None, "the template has too many variables").limit());
        }
        match self.with_variables(&expr, &needed, None) {
            Ok(Value::Null) => Err(what.wrong(None, "the result of the template is `null`")),
            // What stands in the template has no place in the files of the run.
            Err(error) => Err(error.moved(what.span, &format!("in {place}: "))),
            ok => ok,
        }
    }

    /// Binds the variables one behind the other, and evaluates the template inside the last.
    fn with_variables(
        &mut self,
        expr: &Expr,
        variables: &[(&str, Value)],
        outer: Option<&Binding<'_>>,
    ) -> Evaluated {
        if let Some(((name, value), rest)) = variables.split_first() {
            let binding = Binding { name, value: value.clone(), outer };
            return self.with_variables(expr, rest, Some(&binding));
        }
        let scope = Scope { bindings: outer, ..Scope::of_module(ModuleId::ROOT) };
        self.in_template = true;
        let result = self.evaluate(expr, scope);
        self.in_template = false;
        result
    }

    fn template_file(&mut self, path: &SmolStr) -> Result<TemplateFile, NoText> {
        if let Some(template) = self.templates.get(path) {
            return Ok(template.clone());
        }
        let text = text_of_file(&self.files, path)?;
        let template = TemplateFile::parse(&text);
        if self.templates.len() < MOST_KEPT {
            self.templates.insert(path.clone(), template.clone());
        }
        Ok(template)
    }
}

/// Whether an expression is a reference to a value that stands elsewhere.
fn is_reference(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) => true,
        ExprKind::GetAttr(source, _) | ExprKind::Index(source, _) => is_reference(source),
        _ => false,
    }
}

fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
