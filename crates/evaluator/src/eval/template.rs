//! Templates to strings.

use privatelint_diagnostics::Span;
use privatelint_parser::syntax::TemplatePart;

use crate::convert;
use crate::eval::budget::MOST_TEXT_BYTES;
use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::expression::iterate;
use crate::eval::operators;
use crate::eval::scope::{Binding, Scope};
use crate::{TextPart, Tri, Unknown, Value};

impl Engine<'_> {
    pub(super) fn template(
        &mut self,
        parts: &[TemplatePart],
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        // A template that is one interpolation is that value, whatever its type.
        if let [TemplatePart::Interpolation(expr)] = parts {
            return self.evaluate(expr, scope);
        }
        let mut out = Vec::new();
        let mut bytes = 0;
        self.template_parts(parts, span, scope, &mut out, &mut bytes)?;
        Ok(Unknown::text(out))
    }

    fn template_parts(
        &mut self,
        parts: &[TemplatePart],
        span: Span,
        scope: Scope<'_>,
        out: &mut Vec<TextPart>,
        bytes: &mut usize,
    ) -> Evaluated<()> {
        for part in parts {
            match part {
                TemplatePart::Literal(text) => {
                    push(out, TextPart::Known(text.clone()), bytes, span)?
                }
                TemplatePart::Interpolation(expr) => {
                    let value = self.evaluate(expr, scope)?;
                    push(out, as_part(&value, expr.span)?, bytes, span)?;
                }
                TemplatePart::If { condition, then, otherwise } => {
                    let value = self.evaluate(condition, scope)?;
                    match operators::tri(&value, condition.span)? {
                        Tri::Yes => self.template_parts(then, span, scope, out, bytes)?,
                        Tri::No => self.template_parts(otherwise, span, scope, out, bytes)?,
                        Tri::Unknown => {
                            out.push(TextPart::Unknown(Unknown::derived([&value])));
                        }
                    }
                }
                TemplatePart::For { key, value, collection, body } => {
                    let over = self.evaluate(collection, scope)?;
                    let Some(items) = iterate(&over, collection.span)? else {
                        out.push(TextPart::Unknown(Unknown::derived([&over])));
                        continue;
                    };
                    for (item_key, item) in items {
                        let outer = scope.bindings;
                        let key_binding = key.as_ref().map(|key| Binding {
                            name: &key.text,
                            value: item_key,
                            outer,
                        });
                        let bound = Binding {
                            name: &value.text,
                            value: item,
                            outer: key_binding.as_ref().or(outer),
                        };
                        self.template_parts(body, span, scope.with_bindings(&bound), out, bytes)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn push(out: &mut Vec<TextPart>, part: TextPart, bytes: &mut usize, span: Span) -> Evaluated<()> {
    if let TextPart::Known(text) = &part {
        *bytes = bytes.saturating_add(text.len());
        if *bytes > MOST_TEXT_BYTES {
            let limit = MOST_TEXT_BYTES >> 20;
            return Err(EvalError::new(span, format!("this string is longer than {limit} MiB"))
                .help("the value is treated as unknown")
                .limit());
        }
    }
    out.push(part);
    Ok(())
}

fn as_part(value: &Value, span: Span) -> Evaluated<TextPart> {
    match (convert::text(value), value) {
        (Some(text), _) => Ok(TextPart::Known(text)),
        (None, Value::Unknown(unknown)) => Ok(TextPart::Unknown(unknown.clone())),
        (None, Value::Null) => Err(EvalError::new(span, "`null` cannot be part of a string")),
        (None, _) => Err(EvalError::new(span, "a collection cannot be part of a string")
            .help("use `join` or `jsonencode`")),
    }
}
