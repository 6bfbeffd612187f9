//! Attribute access, indexes and splats on values.

use privatelint_diagnostics::Span;

use crate::convert;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::operators::each_arm;
use crate::{InstanceKey, Unknown, Value};

/// `value.name`.
pub(super) fn attribute(value: &Value, name: &str, span: Span) -> Evaluated {
    match value {
        Value::Object(object) => match (object.attributes.get(name), &object.rest) {
            (Some(value), _) => Ok(value.clone()),
            (None, Some(rest)) => Ok(Value::Unknown(rest.step(name))),
            (None, None) => {
                Err(EvalError::new(span, format!("this object has no attribute `{name}`")))
            }
        },
        Value::Map(entries) => entries
            .get(name)
            .cloned()
            .ok_or_else(|| EvalError::new(span, format!("this map has no element `{name}`"))),
        Value::Unknown(Unknown::OneOf(arms)) => each_arm(arms, |arm| attribute(arm, name, span)),
        Value::Unknown(unknown) => Ok(Value::Unknown(unknown.step(name))),
        Value::Null => Err(EvalError::new(span, format!("`null` has no attribute `{name}`"))),
        Value::List(_) | Value::Set(_) | Value::Tuple(_) => Err(EvalError::new(
            span,
            format!("a list or set has no attribute `{name}`: an index or a splat is needed"),
        )),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(EvalError::new(span, format!("this value has no attribute `{name}`")))
        }
    }
}

/// `value[key]`.
pub(super) fn index(value: &Value, key: &Value, span: Span) -> Evaluated {
    match (value, key) {
        (Value::Unknown(Unknown::OneOf(arms)), _) => each_arm(arms, |arm| index(arm, key, span)),
        (_, Value::Unknown(Unknown::OneOf(keys))) => each_arm(keys, |key| index(value, key, span)),
        (Value::Unknown(unknown), _) => Ok(Value::Unknown(element_of(unknown, key))),
        (Value::Null, _) => Err(EvalError::new(span, "`null` has no elements")),
        (Value::List(elements) | Value::Tuple(elements), Value::Unknown(_)) => {
            Ok(Unknown::one_of(elements.iter().cloned()))
        }
        (Value::Map(entries), Value::Unknown(_)) => Ok(Unknown::one_of(entries.values().cloned())),
        (Value::Object(object), Value::Unknown(_)) if object.rest.is_none() => {
            Ok(Unknown::one_of(object.attributes.values().cloned()))
        }
        (Value::Object(_), Value::Unknown(_)) => Ok(Value::Unknown(Unknown::derived([value, key]))),
        (Value::List(elements) | Value::Tuple(elements), key) => {
            let Some(number) = key.as_number() else {
                return Err(EvalError::new(span, "an index into a list is a number"));
            };
            let element = number
                .as_i64()
                .and_then(|at| usize::try_from(at).ok())
                .and_then(|at| elements.get(at));
            element.cloned().ok_or_else(|| {
                EvalError::new(
                    span,
                    format!("there is no element {number} in a list of {}", elements.len()),
                )
            })
        }
        (Value::Map(_) | Value::Object(_), key) => {
            let Some(name) = convert::text(key) else {
                return Err(EvalError::new(span, "a key is a string"));
            };
            attribute(value, &name, span)
        }
        (Value::Set(_), _) => Err(EvalError::new(span, "the elements of a set have no index")),
        (Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {
            Err(EvalError::new(span, "this value has no elements"))
        }
    }
}

/// The elements that a splat visits; `Err` holds the unknown that stands for all of them.
pub(super) fn splat_elements(value: &Value) -> Result<Vec<Value>, Unknown> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            Ok(elements.as_ref().clone())
        }
        Value::Unknown(unknown) => Err(any_element_of(unknown)),
        single => Ok(vec![single.clone()]),
    }
}

fn element_of(unknown: &Unknown, key: &Value) -> Unknown {
    if is_all_instances(unknown) {
        return unknown.clone();
    }
    match convert::text(key) {
        Some(text) if matches!(key, Value::Number(_)) => unknown.step(&format!("[{text}]")),
        Some(text) => unknown.step(&format!("[{text:?}]")),
        None => Unknown::derived([&Value::Unknown(unknown.clone()), key]),
    }
}

fn any_element_of(unknown: &Unknown) -> Unknown {
    if is_all_instances(unknown) || unknown.is_list() {
        unknown.clone()
    } else {
        unknown.step("[*]")
    }
}

/// Whether the value is a whole resource of which it is not known what instances it has: each of them is the same to us.
fn is_all_instances(unknown: &Unknown) -> bool {
    match unknown {
        Unknown::Computed(attribute) | Unknown::Data(attribute) => {
            attribute.path.is_empty() && attribute.of.key == InstanceKey::Unknown
        }
        _ => false,
    }
}
