//! Functions on any collection.

use super::FunctionError;
use super::signature::{ANY, Args, BOOLS, Function};
use super::string::graphemes;
use crate::convert::{kind, unified};
use crate::{Tri, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("alltrue", &[BOOLS.with_unknown_elements()], alltrue),
    Function::new("anytrue", &[BOOLS.with_unknown_elements()], anytrue),
    Function::variadic("coalesce", &[], ANY.nullable().unknown(), coalesce),
    Function::new("contains", &[ANY.with_unknown_elements(), ANY.unknown()], contains),
    Function::new("length", &[ANY.with_unknown_elements()], length),
    Function::new("one", &[ANY.with_unknown_elements()], one),
];

fn answer(tri: Tri, args: Args<'_>) -> Value {
    match tri {
        Tri::Yes => Value::Bool(true),
        Tri::No => Value::Bool(false),
        Tri::Unknown => args.derived(),
    }
}

/// A bool of a list; `null` is not true.
fn is_true(value: &Value) -> Tri {
    match value {
        Value::Bool(true) => Tri::Yes,
        Value::Unknown(_) => Tri::Unknown,
        _ => Tri::No,
    }
}

fn alltrue(args: Args<'_>) -> Result<Value, FunctionError> {
    Ok(answer(Tri::all(args.elements(0)?.iter().map(is_true)), args))
}

fn anytrue(args: Args<'_>) -> Result<Value, FunctionError> {
    Ok(answer(Tri::any(args.elements(0)?.iter().map(is_true)), args))
}

/// The first argument that is neither `null` nor an empty string, with the type that all have in common.
fn coalesce(args: Args<'_>) -> Result<Value, FunctionError> {
    if args.all().is_empty() {
        return Err(FunctionError::new("an argument is required"));
    }
    let Ok(values) = unified(args.all()) else {
        return Err(FunctionError::new("all arguments must have the same type"));
    };
    for value in values {
        match &value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            // A string with a known part is neither `null` nor empty.
            Value::Unknown(Unknown::Text(_)) => return Ok(value),
            Value::Unknown(_) => return Ok(args.derived()),
            Value::String(_) => return Ok(value),
            // What is not known may be a string, and make this one too.
            _ if args.all().iter().any(|other| !other.is_known()) => return Ok(args.derived()),
            _ => return Ok(value),
        }
    }
    Err(FunctionError::new("all arguments are `null` or empty strings"))
}

fn contains(args: Args<'_>) -> Result<Value, FunctionError> {
    let elements = args.elements(0)?;
    let wanted = args.value(1)?;
    Ok(answer(Tri::any(elements.iter().map(|element| element.equals(wanted))), args))
}

fn length(args: Args<'_>) -> Result<Value, FunctionError> {
    match args.value(0)? {
        Value::String(text) => Ok(Value::number(graphemes(text).count())),
        Value::List(elements) | Value::Tuple(elements) => Ok(Value::number(elements.len())),
        Value::Set(elements) if elements.len() <= 1 => Ok(Value::number(elements.len())),
        // Unknown elements of a set may turn out to be equal.
        set @ Value::Set(elements) => Ok(match set.is_wholly_known() {
            true => Value::number(elements.len()),
            false => args.derived(),
        }),
        Value::Map(entries) => Ok(Value::number(entries.len())),
        Value::Object(object) => Ok(match object.rest {
            None => Value::number(object.attributes.len()),
            Some(_) => args.derived(),
        }),
        other => Err(FunctionError::at(
            0,
            format!("a collection or a string is required, not {}", kind(other)),
        )),
    }
}

fn one(args: Args<'_>) -> Result<Value, FunctionError> {
    match args.elements(0)? {
        [] => Ok(Value::Null),
        [only] => Ok(only.clone()),
        _ if matches!(args.value(0)?, Value::Set(_)) && !args.value(0)?.is_wholly_known() => {
            Ok(args.derived())
        }
        _ => Err(FunctionError::at(0, "the list has more than one element")),
    }
}
