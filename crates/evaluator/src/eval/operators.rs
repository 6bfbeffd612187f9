//! Unary and binary operators on values.

use privatelint_diagnostics::Span;
use privatelint_parser::syntax::{BinaryOp, UnaryOp};

use crate::convert;
use crate::eval::error::{EvalError, Evaluated};
use crate::{Number, Tri, Unknown, Value};

pub(super) fn unary(op: UnaryOp, operand: &Value, span: Span) -> Evaluated {
    if let Value::Unknown(Unknown::OneOf(arms)) = operand {
        return each_arm(arms, |arm| unary(op, arm, span));
    }
    if !operand.is_known() {
        return Ok(Value::Unknown(Unknown::derived([operand])));
    }
    match op {
        UnaryOp::Neg => Ok(Value::Number(number(operand, span)?.negated())),
        UnaryOp::Not => Ok(Value::Bool(!bool(operand, span)?)),
    }
}

/// The value of `left op right`. `&&` and `||` have been decided by their left side already where that can decide them.
pub(super) fn binary(op: BinaryOp, left: &Value, right: &Value, span: Span) -> Evaluated {
    match op {
        BinaryOp::Eq => return Ok(answer(left.equals(right), left, right)),
        BinaryOp::NotEq => return Ok(answer(!left.equals(right), left, right)),
        BinaryOp::And | BinaryOp::Or => return logical(op, left, right, span),
        _ => {}
    }
    match (left, right) {
        (Value::Unknown(Unknown::OneOf(arms)), _) => {
            return each_arm(arms, |arm| binary(op, arm, right, span));
        }
        (_, Value::Unknown(Unknown::OneOf(arms))) => {
            return each_arm(arms, |arm| binary(op, left, arm, span));
        }
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => {
            return Ok(Value::Unknown(Unknown::derived([left, right])));
        }
        _ => {}
    }
    let (a, b) = (number(left, span)?, number(right, span)?);
    let result = match op {
        BinaryOp::Less => return Ok(Value::Bool(a < b)),
        BinaryOp::LessEq => return Ok(Value::Bool(a <= b)),
        BinaryOp::Greater => return Ok(Value::Bool(a > b)),
        BinaryOp::GreaterEq => return Ok(Value::Bool(a >= b)),
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => a.checked_mul(b),
        BinaryOp::Div => a.checked_div(b),
        BinaryOp::Mod => a.checked_rem(b),
        BinaryOp::Eq | BinaryOp::NotEq | BinaryOp::And | BinaryOp::Or => None,
    };
    match result {
        Some(result) => Ok(Value::Number(result)),
        None if matches!(op, BinaryOp::Div | BinaryOp::Mod) => {
            Err(EvalError::new(span, "division by zero"))
        }
        None => Err(EvalError::new(span, "the result is too large a number")),
    }
}

/// Applies an operation to what a value may be. An arm that fails stays an alternative: which one it is decides whether the whole fails.
pub(super) fn each_arm(arms: &[Value], mut apply: impl FnMut(&Value) -> Evaluated) -> Evaluated {
    let results = arms.iter().map(|arm| apply(arm).unwrap_or(Value::Unknown(Unknown::Error)));
    Ok(Unknown::one_of(results))
}

/// What decides a comparison that depends on types.
pub(super) fn schema() -> Unknown {
    Unknown::Environment("the provider's schema".into())
}

/// Whether `==` of two values is decided by their types: both are collections, or the text of both is the same.
pub(super) fn depends_on_types(left: &Value, right: &Value) -> bool {
    let is_collection =
        |value: &Value| value.as_elements().is_some() || value.as_entries().is_some();
    let mut pairs =
        left.alternatives().iter().flat_map(|a| right.alternatives().iter().map(move |b| (a, b)));
    pairs.any(|(a, b)| {
        let same_text = || {
            let a_text = convert::text(a);
            a_text.is_some() && a_text == convert::text(b)
        };
        is_collection(a) && is_collection(b)
            || std::mem::discriminant(a) != std::mem::discriminant(b) && same_text()
    })
}

fn logical(op: BinaryOp, left: &Value, right: &Value, span: Span) -> Evaluated {
    let (a, b) = (tri(left, span)?, tri(right, span)?);
    let result = if op == BinaryOp::And { a.and(b) } else { a.or(b) };
    Ok(answer(result, left, right))
}

fn answer(tri: Tri, left: &Value, right: &Value) -> Value {
    match tri {
        Tri::Yes => Value::Bool(true),
        Tri::No => Value::Bool(false),
        Tri::Unknown => Value::Unknown(Unknown::derived([left, right])),
    }
}

pub(super) fn tri(value: &Value, span: Span) -> Evaluated<Tri> {
    if value.is_known() { bool(value, span).map(Tri::from) } else { Ok(Tri::Unknown) }
}

pub(super) fn bool(value: &Value, span: Span) -> Evaluated<bool> {
    match value {
        Value::Bool(bool) => Ok(*bool),
        Value::String(text) if text == "true" => Ok(true),
        Value::String(text) if text == "false" => Ok(false),
        Value::Null => Err(EvalError::new(span, "`null` is used where a bool is required")),
        _ => Err(EvalError::new(span, "a bool is required")),
    }
}

fn number(value: &Value, span: Span) -> Evaluated<Number> {
    match value {
        Value::Null => Err(EvalError::new(span, "`null` is used where a number is required")),
        value => value.as_number().ok_or_else(|| EvalError::new(span, "a number is required")),
    }
}
