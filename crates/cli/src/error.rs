//! Exit codes, and what goes wrong outside the linted files.

use std::io;
use std::process::ExitCode;

use thiserror::Error;

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: nothing at or above `--fail-on`.
    Clean,
    /// 1: findings at or above `--fail-on`.
    Findings,
    /// 2: wrong usage, input that cannot be read or parsed, or a fault of ours.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not do its work.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// Whoever reads our output has enough.
    #[error("broken pipe")]
    BrokenPipe,
    #[error("cannot write the output: {0}")]
    Stdout(io::Error),
    #[error("cannot read the plan from stdin: {0}")]
    Stdin(io::Error),
    #[error("a plan is of one root module: give one PATH with `--plan`")]
    SeveralPaths,
    #[error("cannot write `{path}`: {error}")]
    File { path: String, error: io::Error },
    #[error("cannot find the working directory: {0}")]
    WorkingDir(io::Error),
    #[error("the working directory `{0}` is not UTF-8")]
    NotUtf8(String),
    #[error("cannot start threads: {0}")]
    Threads(String),
    #[error(transparent)]
    Usage(#[from] privatelint_linter::UsageError),
    #[error("there is no rule `{name}`{hint}")]
    NoSuchRule { name: String, hint: String },
    #[error("cannot print the instances: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::Stdout(error)
        }
    }
}
