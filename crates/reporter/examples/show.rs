//! Prints the fixture of the tests as a terminal would show it: `cargo run -p privatelint-reporter --example show`.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use std::io::{self, Write as _};

use privatelint_reporter::{Format, Options, RulesFormat, explain, write, write_rules};

fn main() -> io::Result<()> {
    let options = Options { color: true, ..Options::default() };
    let mut out = io::stdout().lock();
    write(&fixture::report(), Format::Human, &options, &mut out)?;
    writeln!(out)?;
    write(&fixture::report(), Format::Concise, &options, &mut out)?;
    writeln!(out)?;
    write_rules(&fixture::rules(), RulesFormat::Human, &options, &mut out)?;
    writeln!(out)?;
    if let Some(rule) = fixture::rules().first() {
        explain(rule, &options, &mut out)?;
    }
    Ok(())
}
