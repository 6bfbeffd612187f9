//! Functions on file names. They look at no file.

use super::signature::{Function, STRING};
use crate::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("basename", &[STRING], |args| Ok(Value::string(basename(args.text(0)?)))),
    Function::new("dirname", &[STRING], |args| Ok(Value::string(dirname(args.text(0)?)))),
];

fn basename(path: &str) -> &str {
    if path.is_empty() {
        return ".";
    }
    match path.trim_end_matches('/').rsplit('/').next() {
        None | Some("") => "/",
        Some(name) => name,
    }
}

/// What is before the last `/`, without detours: `a//b/../c/d` is in `a/c`.
fn dirname(path: &str) -> String {
    let directory = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("");
    let rooted = directory.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&"..") | None if !rooted => parts.push(".."),
                _ => drop(parts.pop()),
            },
            name => parts.push(name),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".into(),
        (false, false) => joined,
    }
}
