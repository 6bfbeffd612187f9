//! Functions on strings.

use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation as _;

use super::FunctionError;
use super::limits::{check_bytes, check_elements};
use super::signature::{Args, Function, NUMBER, STRING, STRINGS};
use crate::{TextPart, Tri, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("chomp", &[STRING], |args| text(args.text(0)?.trim_end_matches(['\r', '\n']))),
    Function::new("endswith", &[STRING.unknown(), STRING], |args| {
        let suffix = args.text(1)?;
        affix(args, suffix, <[_]>::last, |a, b| a.ends_with(b), |known| suffix.ends_with(known))
    }),
    Function::new("indent", &[NUMBER, STRING], indent),
    Function::variadic("join", &[STRING], STRINGS.with_unknown_elements(), join),
    Function::new("lower", &[STRING.unknown()], |args| each_part(args, str::to_lowercase)),
    Function::new("split", &[STRING, STRING], split),
    Function::new("startswith", &[STRING.unknown(), STRING], |args| {
        let prefix = args.text(1)?;
        affix(
            args,
            prefix,
            <[_]>::first,
            |a, b| a.starts_with(b),
            |known| prefix.starts_with(known),
        )
    }),
    Function::new("strcontains", &[STRING.unknown(), STRING], strcontains),
    Function::new("strrev", &[STRING], |args| {
        text(graphemes(args.text(0)?).rev().collect::<String>())
    }),
    Function::new("substr", &[STRING, NUMBER, NUMBER], substr),
    Function::new("title", &[STRING], title),
    Function::new("trim", &[STRING, STRING], |args| {
        let cut = args.text(1)?;
        text(args.text(0)?.trim_matches(|c| cut.contains(c)))
    }),
    Function::new("trimprefix", &[STRING, STRING], |args| {
        let (whole, prefix) = (args.text(0)?, args.text(1)?);
        text(whole.strip_prefix(prefix).unwrap_or(whole))
    }),
    Function::new("trimspace", &[STRING], |args| text(args.text(0)?.trim())),
    Function::new("trimsuffix", &[STRING, STRING], |args| {
        let (whole, suffix) = (args.text(0)?, args.text(1)?);
        text(whole.strip_suffix(suffix).unwrap_or(whole))
    }),
    Function::new("upper", &[STRING.unknown()], |args| each_part(args, str::to_uppercase)),
];

/// What a reader takes for one character: Terraform counts these.
pub(super) fn graphemes(text: &str) -> unicode_segmentation::Graphemes<'_> {
    text.graphemes(true)
}

fn text(text: impl Into<SmolStr>) -> Result<Value, FunctionError> {
    Ok(Value::string(text))
}

/// Applies a function on letters to the known parts of a string.
fn each_part(args: Args<'_>, change: fn(&str) -> String) -> Result<Value, FunctionError> {
    match args.value(0)? {
        Value::String(known) => text(change(known)),
        Value::Unknown(Unknown::Text(parts)) => {
            Ok(Unknown::text(parts.iter().map(|part| match part {
                TextPart::Known(known) => TextPart::Known(change(known).into()),
                TextPart::Unknown(unknown) => {
                    TextPart::Unknown(Unknown::derived([&Value::Unknown(unknown.clone())]))
                }
            })))
        }
        _ => Ok(args.derived()),
    }
}

fn answer(tri: Tri, args: Args<'_>) -> Value {
    match tri {
        Tri::Yes => Value::Bool(true),
        Tri::No => Value::Bool(false),
        Tri::Unknown => args.derived(),
    }
}

/// Whether a string has this at one of its ends. The part at that end decides if it is known and long enough, or different.
fn affix(
    args: Args<'_>,
    wanted: &str,
    end: fn(&[TextPart]) -> Option<&TextPart>,
    has: fn(&str, &str) -> bool,
    could_grow: impl Fn(&str) -> bool,
) -> Result<Value, FunctionError> {
    if wanted.is_empty() {
        return Ok(Value::Bool(true));
    }
    let tri = match args.value(0)? {
        Value::String(known) => has(known, wanted).into(),
        Value::Unknown(Unknown::Text(parts)) => match end(parts) {
            Some(TextPart::Known(known)) if has(known, wanted) => Tri::Yes,
            Some(TextPart::Known(known)) if !could_grow(known) => Tri::No,
            _ => Tri::Unknown,
        },
        _ => Tri::Unknown,
    };
    Ok(answer(tri, args))
}

fn strcontains(args: Args<'_>) -> Result<Value, FunctionError> {
    let wanted = args.text(1)?;
    let tri = match args.value(0)? {
        Value::String(known) => known.contains(wanted).into(),
        Value::Unknown(Unknown::Text(parts)) => {
            let has = |part: &TextPart| match part {
                TextPart::Known(known) => known.contains(wanted),
                TextPart::Unknown(_) => false,
            };
            if parts.iter().any(has) { Tri::Yes } else { Tri::Unknown }
        }
        _ => Tri::Unknown,
    };
    Ok(answer(tri, args))
}

fn indent(args: Args<'_>) -> Result<Value, FunctionError> {
    let (spaces, written) = (args.size(0)?, args.text(1)?);
    let lines = written.matches('\n').count();
    check_bytes(written.len().saturating_add(lines.saturating_mul(spaces)))?;
    if lines == 0 {
        return text(written);
    }
    text(written.replace('\n', &format!("\n{}", " ".repeat(spaces))))
}

/// Elements that are not known are unknown parts of the result.
fn join(args: Args<'_>) -> Result<Value, FunctionError> {
    let separator = args.text(0)?;
    let lists = args.from(1);
    if lists.is_empty() {
        return Err(FunctionError::new("a list is required"));
    }
    let mut parts = Vec::new();
    let mut bytes: usize = 0;
    for (list, value) in lists.iter().enumerate() {
        for (at, element) in value.as_elements().unwrap_or_default().iter().enumerate() {
            if !parts.is_empty() {
                parts.push(TextPart::Known(separator.into()));
                bytes = bytes.saturating_add(separator.len());
            }
            parts.push(match element {
                Value::String(text) => {
                    bytes = bytes.saturating_add(text.len());
                    TextPart::Known(text.clone())
                }
                Value::Unknown(unknown) => TextPart::Unknown(unknown.clone()),
                _ => {
                    let message = format!("element {at} is `null`");
                    return Err(FunctionError::at(list + 1, message));
                }
            });
        }
    }
    check_bytes(bytes)?;
    if parts.iter().all(|part| matches!(part, TextPart::Known(_))) {
        // Merging parts one by one would copy what is joined already each time.
        let mut whole = String::with_capacity(bytes);
        for part in &parts {
            if let TextPart::Known(known) = part {
                whole.push_str(known);
            }
        }
        return text(whole);
    }
    // A number or bool that becomes the only part must still become a string.
    if let [TextPart::Unknown(only)] = parts.as_slice()
        && !matches!(only, Unknown::Text(_))
    {
        return Ok(Value::Unknown(only.clone()));
    }
    Ok(Unknown::text(parts))
}

fn split(args: Args<'_>) -> Result<Value, FunctionError> {
    let (separator, whole) = (args.text(0)?, args.text(1)?);
    let parts: Vec<Value> = match separator {
        "" => whole.chars().map(|c| Value::string(c.to_string())).collect(),
        separator => whole.split(separator).map(Value::string).collect(),
    };
    check_elements(parts.len())?;
    Ok(Value::list(parts))
}

fn substr(args: Args<'_>) -> Result<Value, FunctionError> {
    let whole = args.text(0)?;
    let (mut offset, length) = (args.integer(1)?, args.integer(2)?);
    if offset < 0 {
        let count = i64::try_from(graphemes(whole).count()).unwrap_or(i64::MAX);
        // An offset before the start is the start.
        offset = offset.saturating_add(count).max(0);
    }
    let offset = usize::try_from(offset).unwrap_or_default();
    let rest = graphemes(whole).skip(offset);
    text(match usize::try_from(length) {
        Ok(0) => String::new(),
        Ok(length) => rest.take(length).collect::<String>(),
        Err(_) => rest.collect::<String>(),
    })
}

/// The first letter of each word in upper case; what separates words is what is neither letter, digit nor `_`.
fn title(args: Args<'_>) -> Result<Value, FunctionError> {
    let mut out = String::new();
    let mut inside = false;
    for c in args.text(0)?.chars() {
        if inside {
            out.push(c);
        } else {
            out.extend(c.to_uppercase());
        }
        inside =
            if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { !c.is_whitespace() };
    }
    text(out)
}
