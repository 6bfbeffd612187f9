//! Generated files, and what CI runs.
//!
//! Depends on none of the project's crates: it mends them when they do not compile.

mod ci;
mod codegen;
mod functions;
mod rule_file;
mod stub_list;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  codegen           write the lists of rules and stubs, and the rule pages
  codegen --check   fail if they are stale
  functions         ask Terraform again for the tables of built-in functions
  functions --check fail if it answers otherwise
  ci                what CI runs, in its order";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["codegen"] => codegen::write(),
        ["codegen", "--check"] => codegen::check(),
        ["functions"] => functions::write(),
        ["functions", "--check"] => functions::check(),
        ["ci"] => ci::run(),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}
