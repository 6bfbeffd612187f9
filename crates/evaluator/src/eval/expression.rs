//! Expressions to values.

use privatelint_diagnostics::Span;
use privatelint_parser::syntax::{
    BinaryOp, Call, Conditional, Expr, ExprKind, ObjectItem, Splat, Step,
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::convert::{self, NotUnified, kind, unified};
use crate::eval::budget::{STACK_LEFT_BYTES, STACK_STEP_BYTES};
use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::operators::{self, each_arm};
use crate::eval::scope::Scope;
use crate::eval::traversal;
use crate::functions;
use crate::{Number, Tri, Unknown, Value};

impl Engine<'_> {
    /// The value of an expression.
    ///
    /// # Errors
    ///
    /// If Terraform would reject it. Unknown values are no error.
    pub(super) fn evaluate(&mut self, expr: &Expr, scope: Scope<'_>) -> Evaluated {
        self.budget.enter(expr.span)?;
        let result = stacker::maybe_grow(STACK_LEFT_BYTES, STACK_STEP_BYTES, || {
            self.evaluate_kind(expr, scope)
        });
        self.budget.leave();
        result
    }

    fn evaluate_kind(&mut self, expr: &Expr, scope: Scope<'_>) -> Evaluated {
        match &expr.kind {
            ExprKind::Null => Ok(Value::Null),
            ExprKind::Bool(bool) => Ok(Value::Bool(*bool)),
            ExprKind::Number(written) => match Number::parse(written) {
                Some(number) => Ok(Value::Number(number)),
                None => Err(EvalError::new(expr.span, "this number is too large")),
            },
            ExprKind::String(text) => Ok(Value::String(text.clone())),
            ExprKind::Template(parts) => self.template(parts, expr.span, scope),
            ExprKind::Tuple(elements) => {
                self.budget.elements(elements.len(), expr.span)?;
                let values: Evaluated<Vec<_>> =
                    elements.iter().map(|element| self.evaluate(element, scope)).collect();
                Ok(Value::tuple(values?))
            }
            ExprKind::Object(items) => self.object(items, expr.span, scope),
            ExprKind::Variable(name) => self.name(name, expr.span, scope),
            ExprKind::GetAttr(source, name) => {
                if let Some(value) = self.reference(expr, scope)? {
                    return Ok(value);
                }
                let source = self.evaluate(source, scope)?;
                self.may_fail |= may_lack(&source, &name.text);
                traversal::attribute(&source, &name.text, name.span)
            }
            ExprKind::Index(source, key) => {
                let source = self.evaluate(source, scope)?;
                let key_value = self.evaluate(key, scope)?;
                self.may_fail |= !source.is_known() || !key_value.is_known();
                traversal::index(&source, &key_value, key.span)
            }
            ExprKind::Splat(splat) => self.splat(splat, scope),
            ExprKind::Unary(op, operand) => {
                let operand = self.evaluate(operand, scope)?;
                operators::unary(*op, &operand, expr.span)
            }
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, expr.span, scope),
            ExprKind::Conditional(conditional) => self.conditional(conditional, expr.span, scope),
            ExprKind::For(for_expr) => self.for_expr(for_expr, expr.span, scope),
            ExprKind::Call(call) => self.call(call, expr.span, scope),
            ExprKind::Parens(inner) => self.evaluate(inner, scope),
            ExprKind::Invalid => Err(EvalError::reported_elsewhere(expr.span)),
        }
    }

    fn object(&mut self, items: &[ObjectItem], span: Span, scope: Scope<'_>) -> Evaluated {
        self.budget.elements(items.len(), span)?;
        let mut attributes = BTreeMap::new();
        let mut unknown_key = None;
        for item in items {
            let key = self.evaluate(&item.key, scope)?;
            let value = self.evaluate(&item.value, scope)?;
            match convert::text(&key) {
                Some(key) => {
                    attributes.insert(key, value);
                }
                None if !key.is_known() => unknown_key = Some(Unknown::derived([&key, &value])),
                None => {
                    return Err(EvalError::new(item.key.span, "the key of an object is a string"));
                }
            }
        }
        Ok(match unknown_key {
            Some(unknown) => Value::Unknown(unknown),
            None => Value::object(attributes),
        })
    }

    fn splat(&mut self, splat: &Splat, scope: Scope<'_>) -> Evaluated {
        let source = match self.module_for_splat(splat, scope)? {
            Some(source) => source,
            None => self.evaluate(&splat.source, scope)?,
        };
        self.splat_value(&source, splat, scope)
    }

    fn splat_value(&mut self, source: &Value, splat: &Splat, scope: Scope<'_>) -> Evaluated {
        self.splat_steps(source, &splat.steps, splat.source.span, scope)
    }

    /// Applies steps to each element of a value.
    fn splat_steps(
        &mut self,
        source: &Value,
        steps: &[Step],
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        if let Value::Unknown(Unknown::OneOf(arms)) = source {
            return each_arm(&arms.clone(), |arm| self.splat_steps(arm, steps, span, scope));
        }
        match traversal::splat_elements(source) {
            Err(unknown) => self.steps(Value::Unknown(unknown), steps, span, scope),
            Ok(elements) => {
                self.budget.elements(elements.len(), span)?;
                let values: Evaluated<Vec<_>> = elements
                    .into_iter()
                    .map(|element| self.steps(element, steps, span, scope))
                    .collect();
                Ok(Value::tuple(values?))
            }
        }
    }

    fn steps(
        &mut self,
        mut value: Value,
        steps: &[Step],
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        for step in steps {
            value = match step {
                Step::Attr(name) => {
                    self.may_fail |= may_lack(&value, &name.text);
                    traversal::attribute(&value, &name.text, name.span)?
                }
                Step::Index(key) => {
                    let key_value = self.evaluate(key, scope)?;
                    traversal::index(&value, &key_value, key.span)?
                }
                Step::Splat(inner) => self.splat_steps(&value, inner, span, scope)?,
            };
        }
        Ok(value)
    }

    fn binary(
        &mut self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        let left_value = self.evaluate(left, scope)?;
        let decides = match op {
            BinaryOp::And => operators::tri(&left_value, left.span)? == Tri::No,
            BinaryOp::Or => operators::tri(&left_value, left.span)? == Tri::Yes,
            _ => false,
        };
        if decides {
            return Ok(Value::Bool(op == BinaryOp::Or));
        }
        let right_value = self.evaluate(right, scope)?;
        if matches!(op, BinaryOp::Eq | BinaryOp::NotEq) {
            // Whole collections are compared in one step: they pay by size.
            self.budget.elements(left_value.nodes() + right_value.nodes(), span)?;
            if self.comparisons_are_loose && operators::depends_on_types(&left_value, &right_value)
            {
                return Ok(Value::Unknown(operators::schema()));
            }
        }
        operators::binary(op, &left_value, &right_value, span)
    }

    fn conditional(
        &mut self,
        conditional: &Conditional,
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        let condition = self.evaluate(&conditional.condition, scope)?;
        let chosen = operators::tri(&condition, conditional.condition.span)?;
        let then = self.evaluate(&conditional.then, scope);
        let otherwise = self.evaluate(&conditional.otherwise, scope);
        // Both arms get one type, but an error in the arm that is not taken does not count.
        match chosen {
            Tri::Yes => with_type_of(then?, otherwise, span),
            Tri::No => with_type_of(otherwise?, then, span),
            Tri::Unknown => {
                let arms =
                    [then, otherwise].map(|arm| arm.unwrap_or(Value::Unknown(Unknown::Error)));
                Ok(Unknown::one_of(same_type(arms.to_vec(), span)?))
            }
        }
    }

    fn call(&mut self, call: &Call, span: Span, scope: Scope<'_>) -> Evaluated {
        match call.name.text.as_str() {
            "try" | "core::try" => return self.try_call(&call.args, span, scope),
            "can" | "core::can" => return self.can_call(&call.args, span, scope),
            _ => {}
        }
        let mut args: Vec<Value> = Vec::with_capacity(call.args.len());
        for (at, arg) in call.args.iter().enumerate() {
            let value = self.evaluate(arg, scope)?;
            if !(call.expand_last && at + 1 == call.args.len()) {
                args.push(value);
                continue;
            }
            match (value.as_elements(), &value) {
                (Some(elements), _) => args.extend(elements.iter().cloned()),
                (None, Value::Unknown(_)) => {
                    return Ok(Value::Unknown(Unknown::derived(args.iter().chain([&value]))));
                }
                (None, _) => {
                    return Err(EvalError::new(arg.span, "`...` needs a list, a set or a tuple"));
                }
            }
        }
        if let Some(result) = self.template_call(call, &args, span) {
            return result;
        }
        functions::call_with(&call.name.text, &args, &self.files).map_err(|error| {
            let place =
                error.argument.and_then(|at| call.args.get(at)).map_or(span, |arg| arg.span);
            let wrong = EvalError::new(place, format!("`{}`: {}", call.name.text, error.message));
            if error.is_missing_file { wrong.missing_file() } else { wrong }
        })
    }

    fn try_call(&mut self, args: &[Expr], span: Span, scope: Scope<'_>) -> Evaluated {
        let mut perhaps = Vec::new();
        let mut last_error = EvalError::new(span, "`try` needs an argument");
        for arg in args {
            match self.attempt(arg, scope)? {
                Attempt::Succeeds(value) => {
                    perhaps.push(value);
                    return Ok(Unknown::one_of(perhaps));
                }
                Attempt::MayFail(value) => perhaps.push(value),
                Attempt::Fails(error) => last_error = error,
            }
        }
        if perhaps.is_empty() { Err(last_error) } else { Ok(Unknown::one_of(perhaps)) }
    }

    fn can_call(&mut self, args: &[Expr], span: Span, scope: Scope<'_>) -> Evaluated {
        let [arg] = args else {
            return Err(EvalError::new(span, "`can` takes one argument"));
        };
        Ok(match self.attempt(arg, scope)? {
            Attempt::Succeeds(_) => Value::Bool(true),
            Attempt::MayFail(value) if value.is_wholly_known() => {
                Value::Unknown(Unknown::OneOf(Arc::new(vec![true.into(), false.into()])))
            }
            Attempt::MayFail(value) => Value::Unknown(Unknown::derived([&value])),
            Attempt::Fails(_) => Value::Bool(false),
        })
    }

    /// Evaluates an expression whose errors are caught. An error that Terraform would not see is not caught.
    fn attempt(&mut self, expr: &Expr, scope: Scope<'_>) -> Evaluated<Attempt> {
        let outer = std::mem::take(&mut self.may_fail);
        let result = self.evaluate(expr, scope);
        let may_fail = std::mem::replace(&mut self.may_fail, outer);
        match result {
            Ok(value) if !may_fail && certainly_succeeds(&value) => Ok(Attempt::Succeeds(value)),
            Ok(value) => Ok(Attempt::MayFail(value)),
            Err(error) if error.is_caught() => Ok(Attempt::Fails(error)),
            Err(error) => Err(error),
        }
    }
}

/// How an expression whose errors are caught ends.
enum Attempt {
    /// Without an error, whatever the unknown values are.
    Succeeds(Value),
    /// With this value or an error.
    MayFail(Value),
    /// With an error.
    Fails(EvalError),
}

/// Whether a step into a value is an error for some of what the value may be. The `id` of an instance exists.
fn may_lack(source: &Value, name: &str) -> bool {
    match source {
        Value::Unknown(_) => true,
        Value::Object(object) => {
            object.rest.is_some() && !object.attributes.contains_key(name) && name != "id"
        }
        _ => false,
    }
}

/// The chosen arm of a condition, with the type that both arms have in common.
fn with_type_of(chosen: Value, other: Evaluated, span: Span) -> Evaluated {
    let Ok(other) = other else { return Ok(chosen) };
    let both = same_type(vec![chosen, other], span)?;
    Ok(both.into_iter().next().unwrap_or(Value::Unknown(Unknown::Error)))
}

/// The results of a conditional as values of one type.
fn same_type(values: Vec<Value>, span: Span) -> Evaluated<Vec<Value>> {
    match unified(&values) {
        Ok(unified) => Ok(unified),
        Err(NotUnified::Unclear) => Ok(values),
        Err(NotUnified::Different) => {
            let kinds: Vec<_> = values.iter().map(kind).collect();
            let message = match kinds.as_slice() {
                [a, b] if a != b => {
                    format!(
                        "the results of a conditional have one type: here one is {a}, the other {b}"
                    )
                }
                _ => "the results of a conditional have one type: here what is inside them differs"
                    .to_owned(),
            };
            Err(EvalError::new(span, message).help("use `null` for a result that is not there"))
        }
    }
}

/// Whether an expression that gave this value succeeds whatever its unknowns turn out to be.
///
/// The `id` of an instance that is there exists; any other step into something unknown may turn out to be an error.
fn certainly_succeeds(value: &Value) -> bool {
    match value {
        Value::Unknown(Unknown::Computed(attribute)) => {
            attribute.path == "id" && attribute.of.key != crate::InstanceKey::Unknown
        }
        Value::Unknown(Unknown::OneOf(arms)) => arms.iter().all(certainly_succeeds),
        Value::Unknown(_) => false,
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            elements.iter().all(certainly_succeeds)
        }
        Value::Map(entries) => entries.values().all(certainly_succeeds),
        Value::Object(object) => object.attributes.values().all(certainly_succeeds),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// The keys and values that `for`, `dynamic` and template loops iterate over.
///
/// `None` if it is not known what there is; the error says that the value cannot be iterated over.
pub(super) fn iterate(value: &Value, span: Span) -> Evaluated<Option<Vec<(Value, Value)>>> {
    let by_name = |entries: &BTreeMap<SmolStr, Value>| {
        entries.iter().map(|(key, value)| (Value::String(key.clone()), value.clone())).collect()
    };
    match value {
        Value::List(elements) | Value::Tuple(elements) => Ok(Some(
            elements.iter().enumerate().map(|(at, v)| (Value::number(at), v.clone())).collect(),
        )),
        Value::Set(elements) => {
            // Unknown elements of a set may turn out to be equal to others.
            let known = elements.len() <= 1 || elements.iter().all(Value::is_wholly_known);
            Ok(known.then(|| elements.iter().map(|v| (v.clone(), v.clone())).collect()))
        }
        Value::Map(entries) => Ok(Some(by_name(entries))),
        Value::Object(object) if object.rest.is_none() => Ok(Some(by_name(&object.attributes))),
        Value::Object(_) | Value::Unknown(_) => Ok(None),
        Value::Null => Err(EvalError::new(span, "`null` cannot be iterated over")),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(EvalError::new(span, "this value is no collection: it cannot be iterated over"))
        }
    }
}
