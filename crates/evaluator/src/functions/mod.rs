//! Terraform's built-in functions.
//!
//! Each family has a file with a table: name, parameters, code. What all functions have in common is done once, in
//! `signature`: the number of arguments, their conversion, `null`, and what an unknown argument means.

mod collection;
mod conversion;
mod date;
mod encoding;
mod file;
mod format;
mod hash;
mod ip;
mod json;
mod limits;
mod numeric;
mod object;
mod path;
mod pattern;
mod provider;
mod sequence;
mod set;
mod signature;
mod string;
mod yaml;
mod yaml_emitter;

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use smol_str::SmolStr;

pub(crate) use self::file::{NoText, text_of_file};
pub(crate) use self::format::number_in_general_form;
use self::signature::Function;
use crate::files::Files;
use crate::{Unknown, Value};

/// Why a call failed, as Terraform would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    /// What is wrong, without a full stop.
    pub message: String,
    /// The argument that is wrong, from 0.
    pub argument: Option<usize>,
    /// Whether a file is not there that may be made before Terraform runs: an archive that a build makes, a key that is not committed.
    pub is_missing_file: bool,
}

impl FunctionError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), argument: None, is_missing_file: false }
    }

    fn at(argument: usize, message: impl Into<String>) -> Self {
        Self { argument: Some(argument), ..Self::new(message) }
    }
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Calls a function with evaluated arguments (`...` already expanded). `try` and `can` are not functions here: they take expressions.
///
/// # Errors
///
/// If there is no such function, or Terraform would reject the call with these arguments. An unknown argument is
/// no error: the result is then unknown.
pub fn call(name: &str, args: &[Value]) -> Result<Value, FunctionError> {
    call_with(name, args, &Files::none())
}

/// Calls a function that may read files.
pub(crate) fn call_with(
    name: &str,
    args: &[Value],
    files: &Files<'_>,
) -> Result<Value, FunctionError> {
    let name = name.strip_prefix("core::").unwrap_or(name);
    match TABLE.get(name) {
        Some(function) => function.call(args, files),
        None if name.starts_with("provider::") || NOT_EVALUATED.contains(&name) => {
            Ok(Value::Unknown(Unknown::Function(SmolStr::new(name))))
        }
        None => Err(unknown_function(name)),
    }
}

/// The names of all functions, but those of providers that are not evaluated.
pub fn names() -> impl Iterator<Item = &'static str> {
    let evaluated = FAMILIES.iter().copied().flatten().map(|function| function.name);
    evaluated.chain(NOT_EVALUATED.iter().copied()).chain(SPECIAL.iter().copied())
}

/// Functions that are known and not evaluated: their result depends on the machine, is another one each time, is made with a
/// private key, or says how Terraform hides a value. What `base64gzip` makes depends on the version of a library.
const NOT_EVALUATED: &[&str] = &[
    "abspath",
    "base64gzip",
    "bcrypt",
    "issensitive",
    "pathexpand",
    "plantimestamp",
    "rsadecrypt",
    "timestamp",
    "uuid",
];

/// Functions that take expressions or evaluate some, and so are not in a table; here they can be suggested.
const SPECIAL: &[&str] = &["can", "templatefile", "templatestring", "try"];

static FAMILIES: &[&[Function]] = &[
    collection::FUNCTIONS,
    conversion::FUNCTIONS,
    date::FUNCTIONS,
    encoding::FUNCTIONS,
    file::FUNCTIONS,
    format::FUNCTIONS,
    hash::FUNCTIONS,
    ip::FUNCTIONS,
    json::FUNCTIONS,
    numeric::FUNCTIONS,
    object::FUNCTIONS,
    path::FUNCTIONS,
    pattern::FUNCTIONS,
    provider::FUNCTIONS,
    sequence::FUNCTIONS,
    set::FUNCTIONS,
    string::FUNCTIONS,
    yaml::FUNCTIONS,
];

static TABLE: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    FAMILIES.iter().copied().flatten().map(|function| (function.name, function)).collect()
});

fn unknown_function(name: &str) -> FunctionError {
    let replacement = match name {
        "list" => Some("`list` is gone since Terraform 0.12: write `tolist([…])`"),
        "map" => Some("`map` is gone since Terraform 0.12: write `tomap({…})`"),
        _ => None,
    };
    if let Some(message) = replacement {
        return FunctionError::new(message);
    }
    FunctionError::new(match closest(name, names()) {
        Some(similar) => {
            format!("there is no function `{name}`: did you mean `{similar}`?")
        }
        None => format!("there is no function `{name}`"),
    })
}

/// The candidate that a misspelt name probably means.
pub(crate) fn closest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let distance = |candidate: &str| strsim::damerau_levenshtein(name, candidate);
    let most = (name.len() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_stands_in_one_table_and_once() {
        let mut seen = BTreeSet::new();
        for function in FAMILIES.iter().copied().flatten() {
            assert!(seen.insert(function.name), "{} twice", function.name);
            assert!(!NOT_EVALUATED.contains(&function.name), "{} is evaluated", function.name);
        }
        assert!(seen.len() >= 80, "{}", seen.len());
        assert!(NOT_EVALUATED.is_sorted());
    }

    #[track_caller]
    fn check(name: &str, message: &str) {
        assert_eq!(call(name, &[]).unwrap_err().message, message);
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        check("lenght", "there is no function `lenght`: did you mean `length`?");
        check("tolst", "there is no function `tolst`: did you mean `tolist`?");
        check("frobnicate", "there is no function `frobnicate`");
        check("map", "`map` is gone since Terraform 0.12: write `tomap({…})`");
        check("core::lenght", "there is no function `lenght`: did you mean `length`?");
    }

    #[test]
    fn functions_of_providers_and_of_the_machine_are_unknown() {
        for name in ["provider::aws::user_agent", "abspath", "timestamp", "core::uuid"] {
            assert!(matches!(call(name, &[]), Ok(Value::Unknown(Unknown::Function(_)))), "{name}");
        }
    }

    #[test]
    fn the_namespace_of_built_in_functions_can_be_written() {
        let args = [Value::number(1_i64), Value::number(2_i64)];
        assert_eq!(call("core::max", &args), Ok(Value::number(2_i64)));
    }
}
