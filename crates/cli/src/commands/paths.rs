//! `privatelint paths`.

use std::io;

use privatelint_parser::OsFileSystem;
use privatelint_reporter::{Options as Drawing, paths};

use crate::args::{Global, Paths};
use crate::error::{CliError, Exit};
use crate::{color, environment, output};

pub(crate) fn run(args: &Paths, global: &Global) -> Result<Exit, CliError> {
    let options = super::options(vec![args.path.clone()], &args.configuration, &args.sources)?;
    let drawing = Drawing {
        color: color::stdout_is_colored(global.color),
        width: environment::width(),
        unicode: environment::is_unicode(),
        summary: global.quiet == 0,
        ..Drawing::default()
    };
    let report = match (&args.from, &args.to) {
        (Some(from), Some(to)) => {
            let (ways, report) =
                privatelint_linter::explain_path(&OsFileSystem, &options, from, to)?;
            print(global, |out| {
                paths::write_explanations(&ways, &report, args.format, &drawing, out)
            })?;
            report
        }
        _ => {
            let (matrix, report) =
                privatelint_linter::paths(&OsFileSystem, &options, &args.services)?;
            print(global, |out| paths::write(&matrix, &report, args.format, &drawing, out))?;
            report
        }
    };
    super::conclude(report, global)
}

fn print(
    global: &Global,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), CliError> {
    if global.quiet > 1 { Ok(()) } else { output::document(write) }
}
