//! `yamldecode` and `yamlencode`.
//!
//! The syntax is YAML 1.2's. What a scalar without quotes means is Terraform's own choice between 1.1 and 1.2.

use std::collections::{BTreeMap, HashMap};

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use smol_str::{SmolStr, SmolStrBuilder};
use time::{Date, Month, UtcOffset};

use super::FunctionError;
use super::date;
use super::limits::{MOST_NESTING, check_bytes, check_elements};
use super::signature::{ANY, Function, STRING};
use super::yaml_emitter;
use crate::{Number, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("yamldecode", &[STRING], |args| {
        let text = args.text(0)?;
        check_bytes(text.len())?;
        decode(text)
    }),
    Function::new("yamlencode", &[ANY.nullable()], |args| {
        yaml_emitter::encode(args.value(0)?).map(Value::string)
    }),
];

/// The tags of YAML itself.
const CORE: &str = "tag:yaml.org,2002:";

fn not_evaluated() -> Value {
    Value::Unknown(Unknown::Function("yamldecode".into()))
}

fn wrong(message: impl Into<String>) -> FunctionError {
    FunctionError::at(0, message)
}

/// A sequence or mapping whose end was not seen.
struct Open {
    anchor: usize,
    contents: Contents,
}

enum Contents {
    Sequence(Vec<Value>),
    Mapping { entries: BTreeMap<SmolStr, Value>, key: Option<Key> },
}

enum Key {
    Name(SmolStr),
    /// `<<`: the entries of the value are entries here.
    Merge,
}

fn decode(text: &str) -> Result<Value, FunctionError> {
    if text
        .trim_start()
        .strip_prefix("%YAML")
        .is_some_and(|version| !version.trim_start().starts_with("1.1"))
    {
        return Err(wrong("only version 1.1 of YAML can be asked for"));
    }
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Value> = HashMap::new();
    let mut result = None;
    let mut count = 0;
    for event in Parser::new_from_str(text) {
        // Terraform's parser takes some of what this one refuses.
        let Ok((event, _)) = event else { return Ok(not_evaluated()) };
        count += 1;
        check_elements(count)?;
        let (value, anchor) = match event {
            Event::DocumentStart(_) if result.is_some() => {
                return Err(wrong("there is more than one document"));
            }
            Event::SequenceStart(anchor, tag) => {
                check_tag(tag.as_deref(), "seq")?;
                push(&mut open, anchor, Contents::Sequence(Vec::new()))?;
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                check_tag(tag.as_deref(), "map")?;
                push(&mut open, anchor, Contents::Mapping { entries: BTreeMap::new(), key: None })?;
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open { anchor, contents: Contents::Sequence(elements) }) => {
                    (Value::tuple(elements), anchor)
                }
                Some(Open { anchor, contents: Contents::Mapping { entries, .. } }) => {
                    (Value::object(entries), anchor)
                }
                None => continue,
            },
            Event::Alias(anchor) => match anchors.get(&anchor) {
                Some(value) => (value.clone(), 0),
                None => return Err(wrong("an alias refers to what it is a part of")),
            },
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(Open { contents: Contents::Mapping { key: key @ None, .. }, .. }) =
                    open.last_mut()
                    && text == "<<"
                    && style == ScalarStyle::Plain
                {
                    *key = Some(Key::Merge);
                    continue;
                }
                (scalar(&text, style, tag.as_deref())?, anchor)
            }
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, value.clone());
        }
        match open.last_mut().map(|open| &mut open.contents) {
            None => result = Some(value),
            Some(Contents::Sequence(elements)) => elements.push(value),
            Some(Contents::Mapping { entries, key }) => match key.take() {
                None => *key = Some(Key::Name(name(&value)?)),
                Some(Key::Name(name)) => drop(entries.insert(name, value)),
                Some(Key::Merge) => match value.as_entries() {
                    Some(merged) => {
                        // The same mapping may be merged again and again.
                        count = count.saturating_add(merged.len());
                        check_elements(count)?;
                        entries.extend(merged.iter().map(|(k, v)| (k.clone(), v.clone())));
                    }
                    None => return Err(wrong("only a mapping can be merged with `<<`")),
                },
            },
        }
    }
    match result {
        Some(value) if value.is_walkable() => Ok(value),
        Some(_) => Err(wrong("the document has too many values")),
        None => Err(wrong("there is no document")),
    }
}

fn push(open: &mut Vec<Open>, anchor: usize, contents: Contents) -> Result<(), FunctionError> {
    if open.len() >= MOST_NESTING {
        return Err(wrong("the document is nested too deeply"));
    }
    open.push(Open { anchor, contents });
    Ok(())
}

fn name(key: &Value) -> Result<SmolStr, FunctionError> {
    crate::convert::text(key).ok_or_else(|| wrong("only a string can be the key of a mapping"))
}

fn check_tag(tag: Option<&Tag>, expected: &str) -> Result<(), FunctionError> {
    match tag {
        None => Ok(()),
        Some(tag) if tag.handle == CORE && tag.suffix == expected => Ok(()),
        Some(tag) => {
            Err(wrong(format!("the tag `{}{}` has no meaning here", tag.handle, tag.suffix)))
        }
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, FunctionError> {
    let plain = style == ScalarStyle::Plain;
    let Some(tag) = tag else {
        return Ok(if plain { meant(text) } else { Value::string(text) });
    };
    if tag.handle != CORE {
        return Err(wrong(format!("the tag `{}{}` has no meaning here", tag.handle, tag.suffix)));
    }
    let value = meant(text);
    match (tag.suffix.as_str(), &value) {
        ("str", _) | ("binary", _) => Ok(Value::string(text)),
        ("null", _) => Ok(Value::Null),
        // What quotes mean with such a tag is an accident of the implementation.
        ("int" | "float" | "bool" | "timestamp", _) if !plain => Ok(not_evaluated()),
        ("int", Value::Number(number)) if number.is_integer() => Ok(value),
        ("float", Value::Number(_)) | ("bool", Value::Bool(_)) => Ok(value),
        ("timestamp", _) => match timestamp(text) {
            Some(time) => Ok(time),
            None => Err(wrong(format!("{text:?} is no time"))),
        },
        (kind, _) => Err(wrong(format!("{text:?} is not of the type `!!{kind}`"))),
    }
}

/// What a scalar without quotes means.
fn meant(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" | "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return Value::Bool(true);
        }
        "false" | "False" | "FALSE" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return Value::Bool(false);
        }
        // Infinite numbers are no values of the configuration language that anything else takes.
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF"
        | ".nan" | ".NaN" | ".NAN" => return not_evaluated(),
        _ => {}
    }
    number(text).or_else(|| timestamp(text)).unwrap_or_else(|| Value::string(text))
}

fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let based = |digits: &str, base| match i128::from_str_radix(digits, base) {
        Ok(int) if !digits.starts_with(['-', '+']) => Some(Value::Number(Number::from_i128(int))),
        _ => None,
    };
    if let Some(hex) = text.strip_prefix("0x") {
        return based(hex, 16);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return based(octal, 8);
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    if let Some(exponent) = exponent {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        if exponent.is_empty() || !is_digits(exponent) {
            return None;
        }
    }
    Number::parse(text).map(Value::Number)
}

/// A date, or a date and a time; Terraform makes it a string in one form.
fn timestamp(text: &str) -> Option<Value> {
    let starts = text.bytes().take_while(u8::is_ascii_digit).count() == 4;
    if !starts {
        return None;
    }
    let at = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(at)?;
    let numbers: Vec<&str> = day.split('-').collect();
    let [year, month, day] = numbers.as_slice() else { return None };
    let short = |text: &str| matches!(text.len(), 1 | 2).then(|| text.parse::<u8>().ok()).flatten();
    let month = Month::try_from(short(month)?).ok()?;
    let day = Date::from_calendar_date(year.parse().ok()?, month, short(day)?).ok()?;
    let day = format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day());
    let Some(separator) = rest.chars().next() else {
        return Some(Value::string(format!("{day}T00:00:00Z")));
    };
    let clock = rest.strip_prefix(separator)?;
    let (clock, zone) = match (separator, clock.find(['Z', '+', '-'])) {
        (' ', None) => (clock, "Z"),
        (' ', Some(_)) | (_, None) => return None,
        (_, Some(at)) => clock.split_at_checked(at)?,
    };
    let mut full = SmolStrBuilder::new();
    for (at, part) in clock.split(':').enumerate() {
        let (whole, fraction) = part.split_once('.').unwrap_or((part, ""));
        if at > 0 {
            full.push(':');
        }
        full.push_str(&format!("{whole:0>2}"));
        if !fraction.is_empty() {
            full.push('.');
            full.push_str(fraction);
        }
    }
    let time = date::parse(&format!("{day}T{}{zone}", full.finish()))?;
    let zone = if time.offset() == UtcOffset::UTC { "Z" } else { zone };
    let (hour, minute, second) = time.to_hms();
    Some(Value::string(format!("{day}T{hour:02}:{minute:02}:{second:02}{zone}")))
}
