//! Text that is a JSON document, read as far as it is known.

use std::collections::BTreeMap;

use privatelint_evaluator::{Number, TextPart, Unknown, Value};
use serde_json::Value as Json;
use smol_str::SmolStr;

/// The longest document that is read.
const MOST_BYTES: usize = 1 << 20;

/// Stands around the number of an unknown part.
const MARK: char = '\u{fffd}';

/// The document in a text: an unknown value for each that is not known. `None` if it is no document; the reason if it is not known at all.
pub(super) fn document(text: &Value) -> Result<Option<Value>, Unknown> {
    match text {
        Value::String(text) => Ok(parse(text).map(|json| value(json, &[]))),
        Value::Unknown(Unknown::Text(parts)) => {
            let (text, unknown) = joined(parts);
            match parse(&text) {
                Some(json) => Ok(Some(value(json, &unknown))),
                None => Err(Unknown::Text(parts.clone())),
            }
        }
        Value::Unknown(unknown) => Err(unknown.clone()),
        _ => Ok(None),
    }
}

fn parse(text: &str) -> Option<Json> {
    (text.len() <= MOST_BYTES).then(|| serde_json::from_str(text).ok()).flatten()
}

/// The text with a mark for each unknown part: inside a string the mark is a part of it, elsewhere it is a string of its own.
fn joined(parts: &[TextPart]) -> (String, Vec<&Unknown>) {
    let mut text = String::new();
    let mut unknown = Vec::new();
    let mut in_string = false;
    let mut escaped = false;
    for part in parts {
        match part {
            TextPart::Known(known) => {
                for c in known.chars() {
                    match c {
                        _ if escaped => escaped = false,
                        '\\' if in_string => escaped = true,
                        '"' => in_string = !in_string,
                        _ => {}
                    }
                    // What the code writes must not look like a mark.
                    text.push(if c == MARK { ' ' } else { c });
                }
            }
            TextPart::Unknown(part) => {
                let mark = format!("{MARK}{}{MARK}", unknown.len());
                text.push_str(&if in_string { mark } else { format!("\"{mark}\"") });
                unknown.push(part);
            }
        }
    }
    (text, unknown)
}

/// The parser refuses what is nested too deeply, so this ends.
fn value(json: Json, unknown: &[&Unknown]) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(bool),
        Json::Number(number) => {
            Number::parse(&number.to_string()).map_or(Value::Null, Value::Number)
        }
        Json::String(text) => marked(&text, unknown),
        Json::Array(elements) => {
            Value::tuple(elements.into_iter().map(|element| value(element, unknown)).collect())
        }
        Json::Object(entries) => {
            let entries: BTreeMap<SmolStr, Value> =
                entries.into_iter().map(|(key, json)| (key.into(), value(json, unknown))).collect();
            Value::object(entries)
        }
    }
}

/// A string of which the marked parts are unknown.
fn marked(text: &str, unknown: &[&Unknown]) -> Value {
    // Marks come in pairs, so every other piece is the number of an unknown part.
    let parts = text.split(MARK).enumerate().map(|(at, piece)| {
        let part = piece.parse().ok().filter(|_| at % 2 == 1);
        match part.and_then(|part: usize| unknown.get(part)) {
            Some(unknown) => TextPart::Unknown((*unknown).clone()),
            None => TextPart::Known(piece.into()),
        }
    });
    Unknown::text(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> TextPart {
        TextPart::Unknown(Unknown::Variable(name.into()))
    }

    fn known(text: &str) -> TextPart {
        TextPart::Known(text.into())
    }

    #[track_caller]
    fn check(parts: impl IntoIterator<Item = TextPart>, path: &str, expected: Value) {
        let document = document(&Unknown::text(parts)).unwrap().unwrap();
        assert_eq!(document.as_entries().unwrap().get(path), Some(&expected));
    }

    #[test]
    fn parts_that_are_not_known_stay_unknown() {
        let document =
            || [known(r#"{"a":"x/"#), variable("t"), known(r#"","b":"#), variable("n"), known("}")];
        check(document(), "a", Unknown::text([known("x/"), variable("t")]));
        check(document(), "b", Unknown::text([variable("n")]));
        check([known(r#"{"a":"q\""#), variable("t"), known(r#""}"#)], "a", {
            Unknown::text([known("q\""), variable("t")])
        });
    }

    #[test]
    fn other_text_is_no_document() {
        assert_eq!(document(&Value::string("arn:aws:s3:::b")), Ok(None));
        assert_eq!(
            document(&Value::Unknown(Unknown::Variable("x".into()))),
            Err(Unknown::Variable("x".into()))
        );
        let text = Unknown::text([known("{"), variable("x")]);
        assert!(document(&text).is_err());
    }
}
