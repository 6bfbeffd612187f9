//! The command line.

mod args;
mod color;
mod commands;
mod environment;
mod error;
mod output;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::error::{CliError, Exit};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let result = configure_threads().and_then(|()| match &args.command {
        Command::Lint(lint) => commands::lint::run(lint, &args.global),
        Command::Paths(paths) => commands::paths::run(paths, &args.global),
        Command::Graph(graph) => commands::graph::run(graph, &args.global),
        Command::Rules(rules) => commands::rules::run(rules, &args.global),
        Command::Explain(explain) => commands::explain::run(explain, &args.global),
        Command::Instances(instances) => commands::instances::run(instances, &args.global),
    });
    match result {
        Ok(exit) => exit.into(),
        Err(CliError::BrokenPipe) => Exit::Clean.into(),
        Err(error) => {
            output::note(&format!("error: {error}"));
            Exit::Failed.into()
        }
    }
}

/// Prints help and version to stdout with exit code 0, wrong usage to stderr with 2.
fn usage(error: &clap::Error) -> ExitCode {
    match error.print() {
        Ok(()) if !error.use_stderr() => Exit::Clean.into(),
        _ => if error.use_stderr() { Exit::Failed } else { Exit::Clean }.into(),
    }
}

/// Parsing needs more stack than a thread has by default: deep nesting is a diagnostic, not a crash.
fn configure_threads() -> Result<(), CliError> {
    rayon::ThreadPoolBuilder::new()
        .stack_size(privatelint_parser::STACK_BYTES)
        .build_global()
        .map_err(|error| CliError::Threads(error.to_string()))
}
