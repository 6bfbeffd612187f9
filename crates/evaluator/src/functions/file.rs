//! Functions that read files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use globset::GlobBuilder;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use smol_str::SmolStr;

use super::FunctionError;
use super::limits::check_bytes;
use super::signature::{Args, Function, STRING};
use crate::convert::set;
use crate::files::{FileError, Files, not_read};
use crate::{Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("file", &[STRING], |args| match text_of_file(args.files(), args.text(0)?) {
        Ok(text) => Ok(Value::string(text)),
        Err(NoText::Wrong(error)) => Err(error),
        Err(NoText::Unknown(value)) => Ok(value),
    }),
    Function::new("filebase64", &[STRING], |args| {
        of_bytes(args, |bytes| {
            check_bytes(bytes.len())?;
            Ok(STANDARD.encode(bytes))
        })
    }),
    Function::new("filebase64sha256", &[STRING], base64::<Sha256>),
    Function::new("filebase64sha512", &[STRING], base64::<Sha512>),
    Function::new("fileexists", &[STRING], |args| {
        let path = args.text(0)?;
        match args.files().exists(path) {
            Ok(exists) => Ok(Value::Bool(exists)),
            Err(error) => unread(path, error),
        }
    }),
    Function::new("filemd5", &[STRING], hex::<Md5>),
    Function::new("fileset", &[STRING, STRING], fileset),
    Function::new("filesha1", &[STRING], hex::<Sha1>),
    Function::new("filesha256", &[STRING], hex::<Sha256>),
    Function::new("filesha512", &[STRING], hex::<Sha512>),
];

/// Why a file gives no text.
pub(crate) enum NoText {
    /// Terraform would fail: what it would say.
    Wrong(FunctionError),
    /// What it holds is not known.
    Unknown(Value),
}

/// The contents of a file as a string.
pub(crate) fn text_of_file(files: &Files<'_>, path: &str) -> Result<SmolStr, NoText> {
    match files.read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(text.into()),
            Err(_) => {
                let message = format!("`{path}` is not UTF-8: `filebase64` reads it");
                Err(NoText::Wrong(FunctionError::at(0, message)))
            }
        },
        Err(error) => match unread(path, error) {
            Ok(value) => Err(NoText::Unknown(value)),
            Err(error) => Err(NoText::Wrong(error)),
        },
    }
}

fn unread(path: &str, error: FileError) -> Result<Value, FunctionError> {
    match error {
        FileError::Missing => Err(FunctionError {
            is_missing_file: true,
            ..FunctionError::at(0, format!("there is no file `{path}`"))
        }),
        FileError::NoFile => Err(FunctionError::at(0, format!("`{path}` is no file"))),
        FileError::NotRead(why) => Ok(not_read(path, &why)),
    }
}

fn of_bytes(
    args: Args<'_>,
    make: impl FnOnce(&[u8]) -> Result<String, FunctionError>,
) -> Result<Value, FunctionError> {
    let path = args.text(0)?;
    match args.files().read(path) {
        Ok(bytes) => make(&bytes).map(Value::string),
        Err(error) => unread(path, error),
    }
}

fn hex<D: Digest>(args: Args<'_>) -> Result<Value, FunctionError> {
    of_bytes(args, |bytes| Ok(D::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()))
}

fn base64<D: Digest>(args: Args<'_>) -> Result<Value, FunctionError> {
    of_bytes(args, |bytes| Ok(STANDARD.encode(D::digest(bytes))))
}

/// A pattern without detours.
fn clean(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The files below a directory whose paths match a pattern.
fn fileset(args: Args<'_>) -> Result<Value, FunctionError> {
    let (dir, pattern) = (args.text(0)?, clean(args.text(1)?));
    // There, this is no negation.
    if pattern.contains("[!") {
        return Ok(Value::Unknown(Unknown::Function("fileset".into())));
    }
    // The part of the pattern before the first wildcard says where to look.
    let fixed = pattern
        .split_once(['*', '?', '[', '{', '\\'])
        .map_or(pattern.as_str(), |(before, _)| before)
        .rsplit_once('/')
        .map_or("", |(before, _)| before);
    let glob = GlobBuilder::new(&pattern)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
        .map_err(|error| FunctionError::at(1, format!("this is no pattern: {}", error.kind())))?
        .compile_matcher();
    let below = if fixed.is_empty() { dir.to_owned() } else { format!("{dir}/{fixed}") };
    match args.files().list(&below) {
        Ok(files) => {
            let paths = files.iter().map(|path| match fixed {
                "" => path.to_string(),
                fixed => format!("{fixed}/{path}"),
            });
            Ok(set(paths.filter(|path| glob.is_match(path)).map(Value::string).collect()))
        }
        Err(FileError::NotRead(why)) => Ok(not_read(&below, &why)),
        Err(FileError::Missing | FileError::NoFile) => Ok(set(Vec::new())),
    }
}
