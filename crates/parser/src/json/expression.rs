//! Expressions in JSON: strings are templates, references or just strings, depending on where they stand.

use jsonc_parser::ast::{StringLit, Value};
use privatelint_diagnostics::{Problem, ProblemKind, Span};
use smol_str::SmolStr;

use super::Reader;
use super::shape::Reading;
use crate::native::{self, Place};
use crate::syntax::{Expr, ExprKind, ObjectItem, UnaryOp};

/// How many levels a value may have.
pub(crate) const MAX_DEPTH: usize = 64;

impl<'t> Reader<'t> {
    pub(super) fn expr(&mut self, value: &Value<'t>, reading: Reading, depth: usize) -> Expr {
        let span = self.span(value);
        if depth > MAX_DEPTH {
            let message = format!("this value has more than {MAX_DEPTH} levels");
            self.problems.push(Problem::at(ProblemKind::Syntax, span, message));
            return Expr { kind: ExprKind::Invalid, span };
        }
        let kind = match value {
            Value::NullKeyword(_) => ExprKind::Null,
            Value::BooleanLit(bool) => ExprKind::Bool(bool.value),
            Value::NumberLit(number) => self.number(number.value, span),
            Value::StringLit(string) => return self.string(string, reading),
            Value::Array(array) => {
                let elements = array.elements.iter();
                ExprKind::Tuple(
                    elements.map(|element| self.expr(element, reading, depth + 1)).collect(),
                )
            }
            Value::Object(object) => {
                let mut items = Vec::with_capacity(object.properties.len());
                for property in &object.properties {
                    let value = self.expr(&property.value, reading, depth + 1);
                    let key = match (&property.name, reading) {
                        (jsonc_parser::ast::ObjectPropName::String(name), Reading::Template) => {
                            self.string(name, reading)
                        }
                        (name, _) => Expr {
                            kind: ExprKind::String(name.as_str().into()),
                            span: self.span(name),
                        },
                    };
                    items.push(ObjectItem { key, value });
                }
                ExprKind::Object(items)
            }
        };
        Expr { kind, span }
    }

    fn number(&self, text: &str, span: Span) -> ExprKind {
        match text.strip_prefix('-') {
            None => ExprKind::Number(text.into()),
            Some(digits) => {
                let start = (span.start + 1).min(span.end);
                let kind = ExprKind::Number(digits.into());
                let number = Expr { kind, span: Span::new(span.file, start, span.end) };
                ExprKind::Unary(UnaryOp::Neg, Box::new(number))
            }
        }
    }

    fn string(&mut self, string: &StringLit<'t>, reading: Reading) -> Expr {
        let span = self.span(string);
        let text = string.value.as_ref();
        let is_plain = !text.contains("${") && !text.contains("%{");
        if reading == Reading::Literal || reading == Reading::Template && is_plain {
            return Expr { kind: ExprKind::String(SmolStr::new(text)), span };
        }
        let quotes_only = span.range().len() == text.len() + 2;
        let place =
            if quotes_only { Place::At(span.range().start + 1) } else { Place::Within(span) };
        let (expr, problems) = match reading {
            Reading::Reference => native::parse_expr(self.file, text, place),
            Reading::Template | Reading::Literal => native::parse_template(self.file, text, place),
        };
        self.problems.extend(problems);
        expr
    }
}
