//! Functions with regular expressions.
//!
//! Terraform's are RE2's. The `regex` crate matches the same way and reads nearly the same syntax: the differences are
//! rewritten here.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::{Captures, Regex};

use super::FunctionError;
use super::limits::{check_bytes, check_elements};
use super::signature::{Args, Function, STRING};
use crate::{Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("regex", &[STRING, STRING], |args| {
        let Some(regex) = compile(args.text(0)?, 0)? else { return Ok(too_large("regex")) };
        match regex.captures(args.text(1)?) {
            Some(captures) => Ok(result(&regex, &captures)),
            None => Err(FunctionError::at(1, "the pattern matches nothing in it")),
        }
    }),
    Function::new("regexall", &[STRING, STRING], |args| {
        let Some(regex) = compile(args.text(0)?, 0)? else { return Ok(too_large("regexall")) };
        let all: Vec<Value> =
            regex.captures_iter(args.text(1)?).map(|captures| result(&regex, &captures)).collect();
        check_elements(all.len())?;
        Ok(Value::list(all))
    }),
    Function::new("replace", &[STRING, STRING, STRING], replace),
];

/// The most bytes that a compiled pattern takes; patterns come from an untrusted tree.
const MOST_PATTERN_BYTES: usize = 1 << 20;

/// The most bytes that one match is replaced by.
const MOST_EXPANDED_BYTES: usize = 64 << 20;

/// The most patterns that are kept compiled.
const MOST_COMPILED: usize = 256;

fn too_large(function: &str) -> Value {
    Value::Unknown(Unknown::Function(function.into()))
}

thread_local! {
    static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// The compiled pattern; `None` if it is too large for us.
fn compile(pattern: &str, argument: usize) -> Result<Option<Regex>, FunctionError> {
    if let Some(regex) = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned()) {
        return Ok(Some(regex));
    }
    let built = regex::RegexBuilder::new(&rewrite(pattern))
        .size_limit(MOST_PATTERN_BYTES)
        .dfa_size_limit(MOST_PATTERN_BYTES)
        .build();
    match built {
        Ok(regex) => {
            COMPILED.with_borrow_mut(|compiled| {
                if compiled.len() >= MOST_COMPILED {
                    compiled.clear();
                }
                compiled.insert(pattern.into(), regex.clone());
            });
            Ok(Some(regex))
        }
        Err(regex::Error::CompiledTooBig(_)) => Ok(None),
        Err(error) => {
            let shown = error.to_string();
            let reason = shown.lines().last().unwrap_or_default().trim_start_matches("error: ");
            Err(FunctionError::at(argument, format!("this is no regular expression: {reason}")))
        }
    }
}

/// The pattern in the syntax of the `regex` crate: classes such as `\d` are ASCII, a brace or bracket that starts nothing stands
/// for itself, and `\Q…\E` quotes.
fn rewrite(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = after;
        match c {
            '\\' => {
                let Some(escaped) = after.chars().next() else {
                    out.push('\\');
                    break;
                };
                rest = after.get(escaped.len_utf8()..).unwrap_or_default();
                match escaped {
                    'd' => out.push_str("[0-9]"),
                    'D' => out.push_str("[^0-9]"),
                    'w' => out.push_str("[0-9A-Za-z_]"),
                    'W' => out.push_str("[^0-9A-Za-z_]"),
                    's' => out.push_str(r"[\t\n\f\r ]"),
                    'S' => out.push_str(r"[^\t\n\f\r ]"),
                    'b' if !in_class => out.push_str(r"(?-u:\b)"),
                    'Q' if !in_class => {
                        let (quoted, after) = rest.split_once(r"\E").unwrap_or((rest, ""));
                        out.push_str(&regex::escape(quoted));
                        rest = after;
                    }
                    '<' | '>' => out.push(escaped),
                    'p' | 'P' | 'x' if rest.starts_with('{') => {
                        let end = rest.find('}').map_or(rest.len(), |at| at + 1);
                        let (braced, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                        out.push('\\');
                        out.push(escaped);
                        out.push_str(braced);
                        rest = after;
                    }
                    other => {
                        out.push('\\');
                        out.push(other);
                    }
                }
            }
            '[' if !in_class => {
                in_class = true;
                out.push('[');
                if let Some(negated) = rest.strip_prefix('^') {
                    out.push('^');
                    rest = negated;
                }
                // The first bracket of a class stands for itself.
                if let Some(first) = rest.strip_prefix(']') {
                    out.push_str(r"\]");
                    rest = first;
                }
            }
            '[' => {
                match rest
                    .find(":]")
                    .filter(|_| rest.starts_with(':'))
                    .and_then(|at| rest.get(..at + 2))
                {
                    Some(named) => {
                        out.push('[');
                        out.push_str(named);
                        rest = rest.get(named.len()..).unwrap_or_default();
                    }
                    None => out.push_str(r"\["),
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            // These are operators on classes there, and plain characters in RE2 where they are doubled.
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            '{' if !in_class && !starts_repetition(rest) => out.push_str(r"\{"),
            other => out.push(other),
        }
    }
    out
}

/// Whether this, behind a `{`, is `2}`, `2,}` or `2,3}`.
fn starts_repetition(rest: &str) -> bool {
    let Some((inside, _)) = rest.split_once('}') else { return false };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match inside.split_once(',') {
        None => number(inside),
        Some((least, "")) => number(least),
        Some((least, most)) => number(least) && number(most),
    }
}

/// What a match gives: the text, a tuple of the groups, or an object of the named groups.
fn result(regex: &Regex, captures: &Captures<'_>) -> Value {
    let group = |at: usize| match captures.get(at) {
        Some(found) => Value::string(found.as_str()),
        None => Value::Null,
    };
    if regex.captures_len() == 1 {
        return group(0);
    }
    let named: std::collections::BTreeMap<_, _> = regex
        .capture_names()
        .enumerate()
        .filter_map(|(at, name)| Some((name?.into(), group(at))))
        .collect();
    if named.is_empty() {
        return Value::tuple((1..regex.captures_len()).map(group).collect());
    }
    Value::object(named)
}

/// A text between slashes is a pattern.
fn replace(args: Args<'_>) -> Result<Value, FunctionError> {
    let (whole, wanted, replacement) = (args.text(0)?, args.text(1)?, args.text(2)?);
    let pattern = wanted.strip_prefix('/').and_then(|inner| inner.strip_suffix('/'));
    if let Some(pattern) = pattern {
        let Some(regex) = compile(pattern, 1)? else { return Ok(too_large("replace")) };
        // A group is at most as long as the whole.
        let longest = replacement.matches('$').count().saturating_mul(whole.len());
        if longest > MOST_EXPANDED_BYTES {
            return Ok(too_large("replace"));
        }
        return replace_matches(&regex, whole, replacement);
    }
    let count = whole.matches(wanted).count();
    check_bytes(whole.len().saturating_add(count.saturating_mul(replacement.len())))?;
    Ok(Value::string(whole.replace(wanted, replacement)))
}

fn replace_matches(regex: &Regex, whole: &str, replacement: &str) -> Result<Value, FunctionError> {
    let mut out = String::new();
    let mut end = 0;
    for captures in regex.captures_iter(whole) {
        let Some(found) = captures.get(0) else { continue };
        out.push_str(whole.get(end..found.start()).unwrap_or_default());
        captures.expand(replacement, &mut out);
        check_bytes(out.len())?;
        end = found.end();
    }
    out.push_str(whole.get(end..).unwrap_or_default());
    Ok(Value::string(out))
}
