//! `jsonencode` and `jsondecode`.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use smol_str::SmolStr;

use super::FunctionError;
use super::limits::{MOST_NESTING, check_bytes};
use super::signature::{ANY, Function, STRING};
use crate::{Number, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("jsondecode", &[STRING], |args| {
        let text = args.text(0)?;
        check_bytes(text.len())?;
        match serde_json::from_str(text) {
            Ok(json) => decode(json),
            Err(error) => Err(FunctionError::at(0, format!("this is no JSON: {error}"))),
        }
    }),
    Function::new("jsonencode", &[ANY.nullable()], |args| {
        Ok(Value::string(encode(args.value(0)?)?))
    }),
];

/// A known value as JSON, without white space.
pub(super) fn encode(value: &Value) -> Result<String, FunctionError> {
    let mut out = String::new();
    write(value, &mut out, 0)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String, depth: usize) -> Result<(), FunctionError> {
    if depth > MOST_NESTING {
        return Err(FunctionError::at(0, "the value is nested too deeply"));
    }
    check_bytes(out.len())?;
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => write_string(text, out),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            out.push('[');
            for (at, element) in elements.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(element, out, depth + 1)?;
            }
            out.push(']');
        }
        Value::Map(entries) => write_entries(entries, out, depth)?,
        Value::Object(object) => write_entries(&object.attributes, out, depth)?,
        Value::Unknown(_) => return Err(FunctionError::at(0, "the value is not known")),
    }
    Ok(())
}

fn write_entries(
    entries: &BTreeMap<SmolStr, Value>,
    out: &mut String,
    depth: usize,
) -> Result<(), FunctionError> {
    out.push('{');
    for (at, (key, value)) in entries.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_string(key, out);
        out.push(':');
        write(value, out, depth + 1)?;
    }
    out.push('}');
    Ok(())
}

/// What could end a script element, or a line in old JavaScript, is escaped too.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn decode(json: Json) -> Result<Value, FunctionError> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(bool),
        Json::Number(number) => match Number::parse(&number.to_string()) {
            Some(number) => Value::Number(number),
            None => return Err(FunctionError::at(0, format!("the number {number} is too large"))),
        },
        Json::String(text) => Value::string(text),
        Json::Array(elements) => {
            Value::tuple(elements.into_iter().map(decode).collect::<Result<_, _>>()?)
        }
        Json::Object(entries) => {
            let decoded: Result<BTreeMap<SmolStr, Value>, _> = entries
                .into_iter()
                .map(|(key, value)| Ok((SmolStr::from(key), decode(value)?)))
                .collect();
            Value::object(decoded?)
        }
    })
}
