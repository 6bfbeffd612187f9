//! Conversion between types, and finding one type for several values.

mod order;
mod unify;

use std::collections::BTreeMap;
use std::fmt;

use smol_str::{SmolStr, ToSmolStr};

pub(crate) use self::order::set;
pub use self::unify::unify;
pub(crate) use self::unify::{NotUnified, unified};
use crate::types::{Field, Type};
use crate::{Number, Object, Unknown, Value};

/// Why a value cannot become one of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvertError {
    /// Where inside the value: `.subnets[0]`; empty for the value itself.
    pub path: String,
    /// What is required there, without a full stop: `a number is required`.
    pub message: String,
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "{}: {}", path.trim_start_matches('.'), self.message),
        }
    }
}

impl ConvertError {
    fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    fn inside(mut self, step: impl fmt::Display) -> Self {
        self.path.insert_str(0, &step.to_string());
        self
    }
}

/// The value as one of a type, as Terraform converts it.
///
/// # Errors
///
/// If Terraform would reject the value. An unknown value is no error and stays unknown.
pub fn convert(value: &Value, ty: &Type) -> Result<Value, ConvertError> {
    if matches!(value, Value::List(_) | Value::Set(_) | Value::Map(_) | Value::Tuple(_))
        || matches!(value, Value::Object(_))
    {
        if *ty == Type::Any {
            return Ok(value.clone());
        }
        if !value.is_walkable() {
            return Err(ConvertError::new("this value has too many elements"));
        }
    }
    convert_small(value, ty)
}

/// A primitive value as text; `None` for what is not known or has no text.
pub(crate) fn text(value: &Value) -> Option<SmolStr> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_smolstr()),
        Value::Bool(bool) => Some(bool.to_smolstr()),
        _ => None,
    }
}

fn convert_small(value: &Value, ty: &Type) -> Result<Value, ConvertError> {
    match (ty, value) {
        (Type::Any, _) | (_, Value::Null) => Ok(value.clone()),
        (_, Value::Unknown(Unknown::OneOf(arms))) => one_of(arms, ty),
        (_, Value::Unknown(_)) => Ok(value.clone()),
        (Type::Bool, _) => boolean(value),
        (Type::Number, _) => number(value),
        (Type::String, _) => match text(value) {
            Some(text) => Ok(Value::String(text)),
            None => Err(required(ty, value)),
        },
        (Type::List(element), _) => match elements(value, element, ty)? {
            Some(elements) => Ok(Value::list(elements)),
            None => Ok(Value::Unknown(Unknown::derived([value]))),
        },
        (Type::Set(element), _) => match elements(value, element, ty)? {
            Some(elements) => Ok(set(elements)),
            None => Ok(Value::Unknown(Unknown::derived([value]))),
        },
        (Type::Map(element), _) => map(value, element, ty),
        (Type::Tuple(types), Value::Tuple(elements)) => {
            if types.len() != elements.len() {
                let message = format!("a tuple of {} elements is required", types.len());
                return Err(ConvertError::new(message));
            }
            let converted: Result<Vec<_>, _> = elements
                .iter()
                .zip(types)
                .enumerate()
                .map(|(at, (element, ty))| {
                    convert_small(element, ty).map_err(|e| e.inside(format_args!("[{at}]")))
                })
                .collect();
            Ok(Value::tuple(converted?))
        }
        (Type::Tuple(_), _) => Err(required(ty, value)),
        (Type::Object(fields), Value::Object(object)) => {
            object_of(&object.attributes, object.rest.as_ref(), fields)
        }
        (Type::Object(fields), Value::Map(entries)) => object_of(entries, None, fields),
        (Type::Object(_), _) => Err(required(ty, value)),
    }
}

/// Which arm it is decides whether the conversion fails: it certainly does only if it does for each.
fn one_of(arms: &[Value], ty: &Type) -> Result<Value, ConvertError> {
    let results: Vec<_> = arms.iter().map(|arm| convert_small(arm, ty)).collect();
    if let Some(Err(error)) = results.first()
        && results.iter().all(Result::is_err)
    {
        return Err(error.clone());
    }
    let values = results.into_iter().map(|arm| arm.unwrap_or(Value::Unknown(Unknown::Error)));
    Ok(Unknown::one_of(values))
}

fn boolean(value: &Value) -> Result<Value, ConvertError> {
    match value {
        Value::Bool(_) => Ok(value.clone()),
        Value::String(text) => match text.as_str() {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(ConvertError::new("a bool is required")),
        },
        _ => Err(required(&Type::Bool, value)),
    }
}

fn number(value: &Value) -> Result<Value, ConvertError> {
    match value {
        Value::Number(_) => Ok(value.clone()),
        Value::String(text) => match Number::parse(text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(ConvertError::new("a number is required")),
        },
        _ => Err(required(&Type::Number, value)),
    }
}

/// The elements of a list, set or tuple, converted. `None` if it is not known how many there are.
fn elements(value: &Value, element: &Type, ty: &Type) -> Result<Option<Vec<Value>>, ConvertError> {
    let Some(elements) = value.as_elements() else { return Err(required(ty, value)) };
    // Unknown elements of a set may turn out to be equal, and their place in the order is not known.
    let scattered = matches!(value, Value::Set(_)) && matches!(ty, Type::List(_));
    if scattered && elements.len() > 1 && !value.is_wholly_known() {
        return Ok(None);
    }
    let converted: Result<Vec<_>, _> = elements
        .iter()
        .enumerate()
        .map(|(at, value)| {
            convert_small(value, element).map_err(|e| e.inside(format_args!("[{at}]")))
        })
        .collect();
    let converted = converted?;
    if !element.has_any() {
        return Ok(Some(converted));
    }
    let kind = if matches!(ty, Type::Set(_)) { "set" } else { "list" };
    match unified(&converted) {
        Ok(unified) => Ok(Some(unified)),
        Err(NotUnified::Unclear) => Ok(Some(converted)),
        Err(NotUnified::Different) => {
            Err(ConvertError::new(format!("all {kind} elements must have the same type")))
        }
    }
}

fn map(value: &Value, element: &Type, ty: &Type) -> Result<Value, ConvertError> {
    let Some(entries) = value.as_entries() else { return Err(required(ty, value)) };
    let mut converted = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        let value =
            convert_small(value, element).map_err(|e| e.inside(format_args!("[{name:?}]")))?;
        converted.push(value);
    }
    let rest = match value {
        Value::Object(object) => object.rest.clone(),
        _ => None,
    };
    if let Some(rest) = rest {
        // What further keys the map has is not known: that is what an open object says.
        let attributes = entries.keys().cloned().zip(converted).collect();
        return Ok(Value::Object(Object { attributes, rest: Some(rest) }.into()));
    }
    if element.has_any() {
        match unified(&converted) {
            Ok(unified) => converted = unified,
            Err(NotUnified::Unclear) => {}
            Err(NotUnified::Different) => {
                return Err(ConvertError::new("all map elements must have the same type"));
            }
        }
    }
    Ok(Value::map(entries.keys().cloned().zip(converted).collect()))
}

fn object_of(
    attributes: &BTreeMap<SmolStr, Value>,
    rest: Option<&Unknown>,
    fields: &BTreeMap<SmolStr, Field>,
) -> Result<Value, ConvertError> {
    let mut converted = BTreeMap::new();
    for (name, field) in fields {
        let given = match (attributes.get(name), rest) {
            (Some(value), _) => Some(value.clone()),
            (None, Some(rest)) => Some(Value::Unknown(rest.step(name))),
            (None, None) => None,
        };
        let value = match (given, &field.default) {
            (None | Some(Value::Null), Some(default)) => default.clone(),
            (Some(value), _) => value,
            (None, None) if field.optional => Value::Null,
            (None, None) => {
                return Err(ConvertError::new(format!("attribute \"{name}\" is required")));
            }
        };
        let value =
            convert_small(&value, &field.ty).map_err(|e| e.inside(format_args!(".{name}")))?;
        converted.insert(name.clone(), value);
    }
    Ok(Value::Object(Object { attributes: converted, rest: None }.into()))
}

/// What is required instead of this value.
fn required(ty: &Type, value: &Value) -> ConvertError {
    let wanted = match ty {
        Type::Any => "a value",
        Type::Bool => "a bool",
        Type::Number => "a number",
        Type::String => "a string",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Tuple(_) => "a tuple",
        Type::Object(_) => "an object",
    };
    ConvertError::new(format!("{wanted} is required, but this is {}", kind(value)))
}

/// The kind of a value, for messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Set(_) => "a set",
        Value::Map(_) => "a map",
        Value::Tuple(_) => "a tuple",
        Value::Object(_) => "an object",
        Value::Unknown(_) => "not known",
    }
}
