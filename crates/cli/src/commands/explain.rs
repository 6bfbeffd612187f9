//! `privatelint explain`.

use privatelint_reporter::Options;

use crate::args::{Explain, Global};
use crate::error::{CliError, Exit};
use crate::{color, environment, output};

pub(crate) fn run(args: &Explain, global: &Global) -> Result<Exit, CliError> {
    let rules = privatelint_linter::rules();
    let Some(rule) = rules.iter().find(|rule| rule.name == args.rule) else {
        let hint = match privatelint_linter::nearest_rule(&args.rule) {
            Some(near) => format!(": did you mean `{near}`?"),
            None => ": `privatelint rules` lists them".to_owned(),
        };
        return Err(CliError::NoSuchRule { name: args.rule.clone(), hint });
    };
    let options = Options {
        color: color::stdout_is_colored(global.color),
        width: environment::width(),
        unicode: environment::is_unicode(),
        ..Options::default()
    };
    output::document(|out| privatelint_reporter::explain(rule, &options, out))?;
    Ok(Exit::Clean)
}
