//! `privatelint rules`.

use privatelint_reporter::{Options, write_rules};

use crate::args::{Global, Rules};
use crate::error::{CliError, Exit};
use crate::{color, environment, output};

pub(crate) fn run(args: &Rules, global: &Global) -> Result<Exit, CliError> {
    let options = Options {
        color: color::stdout_is_colored(global.color),
        width: environment::width(),
        unicode: environment::is_unicode(),
        ..Options::default()
    };
    output::document(|out| write_rules(&privatelint_linter::rules(), args.format, &options, out))?;
    Ok(Exit::Clean)
}
