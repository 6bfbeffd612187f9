//! `for` expressions.

use std::collections::BTreeMap;

use privatelint_diagnostics::Span;
use privatelint_parser::syntax::{Expr, ForExpr};
use smol_str::SmolStr;

use crate::convert;
use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::expression::iterate;
use crate::eval::operators::{self, each_arm};
use crate::eval::scope::{Binding, Scope};
use crate::{Tri, Unknown, Value};

impl Engine<'_> {
    pub(super) fn for_expr(&mut self, expr: &ForExpr, span: Span, scope: Scope<'_>) -> Evaluated {
        let collection = self.evaluate(&expr.collection, scope)?;
        self.for_over(expr, &collection, span, scope)
    }

    fn for_over(
        &mut self,
        expr: &ForExpr,
        collection: &Value,
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        if let Value::Unknown(Unknown::OneOf(arms)) = collection {
            return each_arm(arms, |arm| self.for_over(expr, arm, span, scope));
        }
        let Some(items) = iterate(collection, expr.collection.span)? else {
            return Ok(Value::Unknown(Unknown::derived([collection])));
        };
        self.budget.elements(items.len(), span)?;
        let mut result = Collected::default();
        for (key, value) in items {
            let outer = scope.bindings;
            let key_binding =
                expr.key_name.as_ref().map(|name| Binding { name: &name.text, value: key, outer });
            let bound = Binding {
                name: &expr.value_name.text,
                value,
                outer: key_binding.as_ref().or(outer),
            };
            self.for_item(expr, scope.with_bindings(&bound), &mut result)?;
        }
        Ok(result.finish(expr))
    }

    fn for_item(
        &mut self,
        expr: &ForExpr,
        scope: Scope<'_>,
        result: &mut Collected,
    ) -> Evaluated<()> {
        if let Some(condition) = &expr.condition {
            let value = self.evaluate(condition, scope)?;
            match operators::tri(&value, condition.span)? {
                Tri::Yes => {}
                Tri::No => return Ok(()),
                // Whether this item is there decides the length: the whole is unknown.
                Tri::Unknown => result.undecided.push(value),
            }
        }
        let Some(key) = &expr.key else {
            result.elements.push(self.evaluate(&expr.value, scope)?);
            return Ok(());
        };
        let key_value = self.evaluate(key, scope)?;
        let value = self.evaluate(&expr.value, scope)?;
        match convert::text(&key_value) {
            Some(name) => result.insert(name, value, expr.grouping, key),
            None if !key_value.is_known() => {
                result.undecided.push(key_value);
                result.undecided.push(value);
                Ok(())
            }
            None => Err(EvalError::new(key.span, "the key of an object is a string")),
        }
    }
}

/// The items so far.
#[derive(Default)]
struct Collected {
    elements: Vec<Value>,
    groups: BTreeMap<SmolStr, Vec<Value>>,
    undecided: Vec<Value>,
}

impl Collected {
    fn insert(&mut self, name: SmolStr, value: Value, grouping: bool, key: &Expr) -> Evaluated<()> {
        let group = self.groups.entry(name).or_default();
        // An item that is perhaps not there may be what the key is free for.
        if !grouping && !group.is_empty() && self.undecided.is_empty() {
            return Err(EvalError::new(
                key.span,
                "two items of this `for` expression have the same key",
            )
            .help("put `...` behind the value to collect the values of equal keys"));
        }
        group.push(value);
        Ok(())
    }

    fn finish(self, expr: &ForExpr) -> Value {
        if !self.undecided.is_empty() {
            let values =
                self.undecided.iter().chain(&self.elements).chain(self.groups.values().flatten());
            return Value::Unknown(Unknown::derived(values));
        }
        if expr.key.is_none() {
            return Value::tuple(self.elements);
        }
        let entry = |mut group: Vec<Value>| match expr.grouping {
            true => Value::tuple(group),
            false => group.pop().unwrap_or(Value::Null),
        };
        Value::object(self.groups.into_iter().map(|(name, group)| (name, entry(group))).collect())
    }
}
