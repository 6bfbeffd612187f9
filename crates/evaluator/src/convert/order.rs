//! The order of a set's elements.

use std::cmp::Ordering;

use crate::{Tri, Value};

/// The most unknown elements of a set that are compared with each other.
const MOST_COMPARED: usize = 64;

/// A set of these elements, which are of one type: sorted as Terraform sorts them, certainly equal ones once.
pub(crate) fn set(mut elements: Vec<Value>) -> Value {
    let Some(first) = elements.first() else { return Value::Set(Vec::new().into()) };
    let primitive = matches!(first, Value::Bool(_) | Value::Number(_) | Value::String(_));
    if primitive && elements.iter().all(Value::is_known) {
        elements.sort_by(compare);
    } else {
        elements.sort_by_cached_key(Key::of);
    }
    elements.dedup_by(|a, b| a.equals(b) == Tri::Yes);
    // Equal unknown values are not always neighbours.
    let known = elements.iter().take_while(|element| element.is_wholly_known()).count();
    if elements.len() - known <= MOST_COMPARED {
        let unknown = elements.split_off(known);
        for element in unknown {
            let before = elements.get(known..).unwrap_or_default();
            if !before.iter().any(|other| other.equals(&element) == Tri::Yes) {
                elements.push(element);
            }
        }
    }
    Value::Set(elements.into())
}

/// `null` comes last but for the unknown. What has no order of its own is ordered by the text that Terraform hashes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Bool(bool),
    Number(crate::Number),
    Text(String),
    Null,
    Unknown,
}

impl Key {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::Number(number) => Self::Number(*number),
            Value::String(text) => Self::Text(text.to_string()),
            value if !value.is_wholly_known() => Self::Unknown,
            value => {
                let mut out = String::new();
                write_key(value, &mut out);
                Self::Text(out)
            }
        }
    }
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        _ => Key::of(a).cmp(&Key::of(b)),
    }
}

fn write_key(value: &Value, out: &mut String) {
    let sequence = |elements: &[Value], open: char, close: char, out: &mut String| {
        out.push(open);
        for element in elements {
            write_key(element, out);
            out.push(';');
        }
        out.push(close);
    };
    match value {
        Value::Null => out.push('~'),
        Value::Unknown(_) => out.push('?'),
        Value::Bool(true) => out.push('T'),
        Value::Bool(false) => out.push('F'),
        Value::Number(number) => {
            out.push_str(&crate::functions::number_in_general_form(*number, 10));
        }
        Value::String(text) => out.push_str(&format!("{text:?}")),
        Value::List(elements) | Value::Set(elements) => sequence(elements, '[', ']', out),
        Value::Tuple(elements) => sequence(elements, '<', '>', out),
        Value::Map(entries) => {
            out.push('{');
            for (name, value) in entries.iter() {
                out.push_str(&format!("{name:?}:"));
                write_key(value, out);
                out.push(';');
            }
            out.push('}');
        }
        Value::Object(object) => {
            out.push('<');
            for value in object.attributes.values() {
                write_key(value, out);
                out.push(';');
            }
            out.push('>');
        }
    }
}
