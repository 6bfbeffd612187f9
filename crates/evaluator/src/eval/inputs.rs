//! Values for the root module's variables, from outside the code.

use std::collections::BTreeMap;
use std::sync::Arc;

use privatelint_diagnostics::Span;
use privatelint_parser::module::Variable;
use privatelint_parser::syntax::{Expr, ExprKind};
use smol_str::SmolStr;

use crate::Value;
use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::modules::ModuleId;
use crate::eval::scope::Scope;
use crate::types::Type;

/// Values for the root module's variables, in Terraform's order of precedence already: one per name.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// By the variable's name.
    pub values: BTreeMap<SmolStr, Input>,
}

/// One value.
#[derive(Debug, Clone)]
pub enum Input {
    /// From a variable file.
    Expression(Arc<Expr>),
    /// From `--var` or `TF_VAR_…`: a string for a variable that takes strings or has no type, otherwise an expression.
    Text {
        /// As given.
        text: SmolStr,
        /// The text as an expression, if it is one.
        expression: Option<Arc<Expr>>,
    },
    /// From something that was evaluated before.
    Value(Value),
}

impl Engine<'_> {
    /// The value given for a variable of the root module, and the place to blame for it.
    pub(super) fn input(
        &mut self,
        variable: &Variable,
        ty: Option<&Type>,
    ) -> Evaluated<Option<(Value, Span)>> {
        let inputs = self.inputs;
        let Some(input) = inputs.values.get(&variable.name.text) else { return Ok(None) };
        let scope = Scope::of_module(ModuleId::ROOT);
        Ok(Some(match input {
            Input::Expression(expr) => {
                if names_something(expr) {
                    let message =
                        "a value for a variable is a literal: it cannot refer to anything";
                    return Err(EvalError::new(expr.span, message).structural());
                }
                (self.evaluate(expr, scope)?, expr.span)
            }
            Input::Value(value) => (value.clone(), variable.name.span),
            Input::Text { text, expression } => {
                let takes_text =
                    matches!(ty, None | Some(Type::String | Type::Number | Type::Bool));
                let value = match expression {
                    _ if takes_text => Value::String(text.clone()),
                    Some(expr) if !names_something(expr) => self.evaluate(expr, scope)?,
                    _ => return Err(not_a_literal(variable)),
                };
                (value, variable.name.span)
            }
        }))
    }
}

fn not_a_literal(variable: &Variable) -> EvalError {
    let message = format!("the value given for `{}` does not fit its type", variable.name.text);
    EvalError::new(variable.name.span, message)
        .help("a list, map or object is written as in Terraform, in quotes for the shell: --var 'x=[\"a\"]'")
        .structural()
}

/// Whether an expression refers to something.
fn names_something(expr: &Expr) -> bool {
    let mut found = matches!(expr.kind, ExprKind::Variable(_) | ExprKind::Call(_));
    expr.each_child(&mut |child| found = found || names_something(child));
    found
}
