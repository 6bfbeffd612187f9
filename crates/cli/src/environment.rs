//! What the process's surroundings say.

use camino::Utf8PathBuf;

use crate::error::CliError;

/// Variables by which coding agents make themselves known: they read one line per finding better than drawings.
const AGENTS: [&str; 6] =
    ["AI_AGENT", "CLAUDECODE", "CODEX_SANDBOX", "CURSOR_AGENT", "GEMINI_CLI", "OPENCODE"];

/// An environment variable that is UTF-8.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether a coding agent runs us.
pub(crate) fn is_agent() -> bool {
    AGENTS.iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

/// `TF_VAR_…`, by name without the prefix.
pub(crate) fn terraform_variables() -> Vec<(String, String)> {
    let all = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        Some((name.strip_prefix("TF_VAR_")?.to_owned(), value.into_string().ok()?))
    });
    let mut all: Vec<_> = all.collect();
    all.sort();
    all
}

/// The working directory.
pub(crate) fn working_dir() -> Result<Utf8PathBuf, CliError> {
    let dir = std::env::current_dir().map_err(CliError::WorkingDir)?;
    Utf8PathBuf::from_path_buf(dir).map_err(|dir| CliError::NotUtf8(dir.display().to_string()))
}

/// Today in UTC, as `YYYY-MM-DD`.
pub(crate) fn today() -> String {
    let today = time::OffsetDateTime::now_utc().date();
    format!("{:04}-{:02}-{:02}", today.year(), u8::from(today.month()), today.day())
}

/// The width to draw in: that of the terminal that stdout is, within what reads well.
pub(crate) fn width() -> usize {
    const DEFAULT: u16 = 100;
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    let width = terminal.map_or(DEFAULT, |(width, _)| width.0);
    usize::from(width.clamp(60, 140))
}

/// Whether the terminal shows more than ASCII.
pub(crate) fn is_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    cfg!(not(unix))
        || locale.is_none_or(|locale| locale.is_empty() || locale.to_uppercase().contains("UTF"))
}
