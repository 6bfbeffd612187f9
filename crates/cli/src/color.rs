//! Whether stdout is coloured.

use std::io::IsTerminal;

use crate::args::ColorChoice;
use crate::environment::variable;

/// `--color` beats `NO_COLOR` beats `CLICOLOR_FORCE` and `FORCE_COLOR` beat `CLICOLOR=0` beats what stdout is.
pub(crate) fn stdout_is_colored(choice: ColorChoice) -> bool {
    decide(choice, variable, std::io::stdout().is_terminal())
}

fn decide(
    choice: ColorChoice,
    variable: impl Fn(&str) -> Option<String>,
    is_terminal: bool,
) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let forced = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
        ColorChoice::Auto if variable("CLICOLOR").as_deref() == Some("0") => false,
        ColorChoice::Auto => is_terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(choice: ColorChoice, environment: &[(&str, &str)], is_terminal: bool, expected: bool) {
        let variable = |name: &str| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(
            decide(choice, variable, is_terminal),
            expected,
            "{choice:?} {environment:?} {is_terminal}"
        );
    }

    #[test]
    fn the_flag_beats_the_environment_and_that_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        check(Auto, &[], true, true);
        check(Auto, &[], false, false);
        check(Auto, &[("TERM", "dumb")], true, false);
        check(Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], true, false);
        check(Auto, &[("NO_COLOR", "")], true, true);
        check(Auto, &[("FORCE_COLOR", "1"), ("CLICOLOR", "0")], false, true);
        check(Auto, &[("CLICOLOR_FORCE", "0")], false, false);
        check(Auto, &[("CLICOLOR", "0")], true, false);
        check(Always, &[("NO_COLOR", "1")], false, true);
        check(Never, &[("FORCE_COLOR", "1")], true, false);
    }
}
