//! `jsonencode` and `jsondecode`.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use smol_str::SmolStr;

use super::FunctionError;
use super::limits::{MOST_NESTING, check_bytes};
use super::signature::{ANY, Function, STRING};
use crate::{Number, TextPart, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("jsondecode", &[STRING], |args| {
        let text = args.text(0)?;
        check_bytes(text.len())?;
        match serde_json::from_str(text) {
            Ok(json) => decode(json),
            Err(error) => Err(FunctionError::at(0, format!("this is no JSON: {error}"))),
        }
    }),
    Function::new("jsonencode", &[ANY.nullable().with_unknown_elements()], |args| {
        let mut out = Out::default();
        write(args.value(0)?, &mut out, 0)?;
        Ok(out.finish())
    }),
];

/// A known value as JSON, without white space.
pub(super) fn encode(value: &Value) -> Result<String, FunctionError> {
    let mut out = Out::default();
    write(value, &mut out, 0)?;
    match out.finish() {
        Value::String(text) => Ok(text.into()),
        _ => Err(FunctionError::at(0, "the value is not known")),
    }
}

/// A document as far as it is written. What is not known of it is a part of its own.
#[derive(Default)]
struct Out {
    parts: Vec<TextPart>,
    text: String,
    /// The bytes in `parts`.
    bytes: usize,
}

impl Out {
    fn push_unknown(&mut self, unknown: &Unknown) {
        self.bytes = self.bytes.saturating_add(self.text.len());
        self.parts.push(TextPart::Known(std::mem::take(&mut self.text).into()));
        self.parts.push(TextPart::Unknown(unknown.clone()));
    }

    fn finish(mut self) -> Value {
        if self.parts.is_empty() {
            return Value::string(self.text);
        }
        self.parts.push(TextPart::Known(self.text.into()));
        Unknown::text(self.parts)
    }
}

fn write(value: &Value, out: &mut Out, depth: usize) -> Result<(), FunctionError> {
    if depth > MOST_NESTING {
        return Err(FunctionError::at(0, "the value is nested too deeply"));
    }
    check_bytes(out.bytes.saturating_add(out.text.len()))?;
    match value {
        Value::Null => out.text.push_str("null"),
        Value::Bool(bool) => out.text.push_str(if *bool { "true" } else { "false" }),
        Value::Number(number) => out.text.push_str(&number.to_string()),
        Value::String(text) => write_string(text, &mut out.text),
        // How many elements a set has is known only if all of them are.
        Value::Set(elements) if !elements.iter().all(Value::is_wholly_known) => {
            out.push_unknown(&Unknown::derived(elements.iter()));
        }
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            out.text.push('[');
            for (at, element) in elements.iter().enumerate() {
                if at > 0 {
                    out.text.push(',');
                }
                write(element, out, depth + 1)?;
            }
            out.text.push(']');
        }
        Value::Map(entries) => write_entries(entries, out, depth)?,
        Value::Object(object) => match &object.rest {
            Some(unknown) => out.push_unknown(unknown),
            None => write_entries(&object.attributes, out, depth)?,
        },
        Value::Unknown(Unknown::Text(parts)) => {
            out.text.push('"');
            for part in parts.iter() {
                match part {
                    TextPart::Known(text) => write_escaped(text, &mut out.text),
                    TextPart::Unknown(unknown) => out.push_unknown(unknown),
                }
            }
            out.text.push('"');
        }
        Value::Unknown(unknown) => out.push_unknown(unknown),
    }
    Ok(())
}

fn write_entries(
    entries: &BTreeMap<SmolStr, Value>,
    out: &mut Out,
    depth: usize,
) -> Result<(), FunctionError> {
    out.text.push('{');
    for (at, (key, value)) in entries.iter().enumerate() {
        if at > 0 {
            out.text.push(',');
        }
        write_string(key, &mut out.text);
        out.text.push(':');
        write(value, out, depth + 1)?;
    }
    out.text.push('}');
    Ok(())
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    write_escaped(text, out);
    out.push('"');
}

/// What could end a script element, or a line in old JavaScript, is escaped too.
fn write_escaped(text: &str, out: &mut String) {
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
