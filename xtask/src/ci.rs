//! What CI runs.

use std::process::Command;

use crate::codegen::root;

/// The steps, in the order of what fails fastest. The last is the README's test command.
const STEPS: [&[&str]; 5] = [
    &["cargo", "fmt", "--all", "--check"],
    &["cargo", "xtask", "codegen", "--check"],
    &["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
    &["cargo", "doc", "--workspace", "--no-deps", "--locked"],
    &["cargo", "test", "--workspace"],
];

/// Runs every step; the first that fails ends it.
pub(crate) fn run() -> Result<(), String> {
    for step in STEPS {
        let Some((program, args)) = step.split_first() else { continue };
        let shown = step.join(" ");
        let status = Command::new(program)
            .args(args)
            .current_dir(root())
            .env("RUSTDOCFLAGS", "-D warnings")
            .status()
            .map_err(|error| format!("{shown}: {error}"))?;
        if !status.success() {
            return Err(format!("{shown}: {status}"));
        }
    }
    Ok(())
}
