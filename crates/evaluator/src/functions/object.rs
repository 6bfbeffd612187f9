//! Functions on maps and objects.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::FunctionError;
use super::limits::check_elements;
use super::signature::{ANY, Args, Function, STRING, STRING_LISTS, STRINGS};
use crate::convert::{convert, kind};
use crate::types::Type;
use crate::{Object, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("keys", &[ANY.with_unknown_elements()], keys),
    Function::variadic(
        "lookup",
        &[ANY.unknown(), STRING.unknown()],
        ANY.nullable().unknown(),
        lookup,
    ),
    Function::variadic("merge", &[], ANY.nullable().unknown(), merge),
    Function::new("transpose", &[STRING_LISTS], transpose),
    Function::new("values", &[ANY.with_unknown_elements()], values),
    Function::new("zipmap", &[STRINGS, ANY.with_unknown_elements()], zipmap),
];

/// The entries of a map or object, and what further attributes it may have.
fn entries(
    value: &Value,
    at: usize,
) -> Result<(&BTreeMap<SmolStr, Value>, Option<&Unknown>), FunctionError> {
    match value {
        Value::Map(entries) => Ok((entries, None)),
        Value::Object(object) => Ok((&object.attributes, object.rest.as_ref())),
        other => {
            let message = format!("a map or an object is required, not {}", kind(other));
            Err(FunctionError::at(at, message))
        }
    }
}

fn keys(args: Args<'_>) -> Result<Value, FunctionError> {
    let value = args.value(0)?;
    let (entries, rest) = entries(value, 0)?;
    if rest.is_some() {
        return Ok(args.derived());
    }
    let keys = entries.keys().cloned().map(Value::String).collect();
    Ok(if matches!(value, Value::Map(_)) { Value::list(keys) } else { Value::tuple(keys) })
}

fn values(args: Args<'_>) -> Result<Value, FunctionError> {
    let value = args.value(0)?;
    let (entries, rest) = entries(value, 0)?;
    if rest.is_some() {
        return Ok(args.derived());
    }
    let values = entries.values().cloned().collect();
    Ok(if matches!(value, Value::Map(_)) { Value::list(values) } else { Value::tuple(values) })
}

fn lookup(args: Args<'_>) -> Result<Value, FunctionError> {
    let default = args.from(2).first();
    if args.all().len() > 3 {
        return Err(FunctionError::new("two or three arguments are required"));
    }
    let map = args.value(0)?;
    if !map.is_known() {
        return Ok(args.derived());
    }
    let (entries, rest) = entries(map, 0)?;
    let Some(key) = args.value(1)?.as_str() else {
        return Ok(match rest {
            Some(_) => args.derived(),
            None => Unknown::one_of(entries.values().chain(default).cloned()),
        });
    };
    match (entries.get(key), rest, default) {
        (Some(value), ..) => Ok(value.clone()),
        (None, Some(rest), default) => {
            let perhaps = Value::Unknown(rest.step(key));
            Ok(Unknown::one_of([perhaps].into_iter().chain(default.cloned())))
        }
        (None, None, Some(default)) => like_the_others(map, default),
        (None, None, None) => Err(FunctionError::at(1, format!("there is no key \"{key}\""))),
    }
}

/// The default of a map's elements is converted to their type.
fn like_the_others(map: &Value, default: &Value) -> Result<Value, FunctionError> {
    let Value::Map(entries) = map else { return Ok(default.clone()) };
    let ty = match entries.values().find(|value| value.is_known() && !value.is_null()) {
        Some(Value::Bool(_)) => Type::Bool,
        Some(Value::Number(_)) => Type::Number,
        Some(Value::String(_)) => Type::String,
        _ => return Ok(default.clone()),
    };
    convert(default, &ty).map_err(|error| FunctionError::at(2, error.to_string()))
}

/// Later arguments win. Behind an argument that is not known, its keys are not known either: the result is then an object of
/// which some attributes are.
fn merge(args: Args<'_>) -> Result<Value, FunctionError> {
    let mut merged: BTreeMap<SmolStr, Value> = BTreeMap::new();
    let mut open: Vec<&Value> = Vec::new();
    let mut maps = args.all().iter().any(|value| !value.is_null());
    for (at, value) in args.all().iter().enumerate() {
        let rest = match value {
            Value::Null => continue,
            Value::Unknown(unknown) => Some(unknown),
            value => entries(value, at)?.1,
        };
        if let Some(rest) = rest {
            for (key, before) in &mut merged {
                let other = Value::Unknown(rest.step(key));
                *before = Unknown::one_of([before.clone(), other]);
            }
            open.push(value);
        }
        maps &= matches!(value, Value::Map(_));
        let known = value.as_entries().into_iter().flatten();
        merged.extend(known.map(|(key, value)| (key.clone(), value.clone())));
        check_elements(merged.len())?;
    }
    if !open.is_empty()
        && open.len() == args.all().len()
        && open.iter().all(|value| !value.is_known())
    {
        return Ok(args.derived());
    }
    if !open.is_empty() {
        let rest = match open.as_slice() {
            [Value::Unknown(unknown)] => unknown.clone(),
            [Value::Object(object)] => object.rest.clone().unwrap_or(Unknown::Error),
            several => Unknown::derived(several.iter().copied()),
        };
        return Ok(Value::Object(Object { attributes: merged, rest: Some(rest) }.into()));
    }
    let one_type = |values: &[Value]| {
        values.windows(2).all(|pair| match pair {
            [a, b] => {
                kind(a) == kind(b) || a.is_null() || !a.is_known() || b.is_null() || !b.is_known()
            }
            _ => true,
        })
    };
    let values: Vec<Value> = merged.values().cloned().collect();
    Ok(if maps && one_type(&values) { Value::map(merged) } else { Value::object(merged) })
}

fn transpose(args: Args<'_>) -> Result<Value, FunctionError> {
    let (entries, _) = entries(args.value(0)?, 0)?;
    let mut result: BTreeMap<SmolStr, Vec<Value>> = BTreeMap::new();
    for (key, list) in entries {
        for element in list.as_elements().unwrap_or_default() {
            let Value::String(text) = element else {
                return Err(FunctionError::at(0, "a list must not contain `null`"));
            };
            result.entry(text.clone()).or_default().push(Value::String(key.clone()));
        }
    }
    Ok(Value::map(result.into_iter().map(|(key, list)| (key, Value::list(list))).collect()))
}

fn zipmap(args: Args<'_>) -> Result<Value, FunctionError> {
    let keys = args.elements(0)?;
    let values = args.value(1)?;
    let elements = match values {
        Value::List(elements) | Value::Tuple(elements) => elements,
        other => {
            let message = format!("a list or a tuple is required, not {}", kind(other));
            return Err(FunctionError::at(1, message));
        }
    };
    if keys.len() != elements.len() {
        let message =
            format!("there must be as many values as keys: {} and {}", elements.len(), keys.len());
        return Err(FunctionError::at(1, message));
    }
    let mut result = BTreeMap::new();
    for (key, value) in keys.iter().zip(elements.iter()) {
        let Value::String(key) = key else {
            return Err(FunctionError::at(0, "a key must not be `null`"));
        };
        result.insert(key.clone(), value.clone());
    }
    Ok(if matches!(values, Value::List(_)) { Value::map(result) } else { Value::object(result) })
}
