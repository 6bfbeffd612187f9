//! The command line: arguments, streams and exit codes, as data in `cmd/`.

/// `TRYCMD=overwrite cargo test -p privatelint --test cmd` writes what is printed into the cases.
#[test]
fn commands() {
    let cases = trycmd::TestCases::new();
    // The surroundings of whoever runs the tests say nothing.
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "GITHUB_STEP_SUMMARY"] {
        cases.env(name, "");
    }
    for name in
        ["AI_AGENT", "CLAUDECODE", "CODEX_SANDBOX", "CURSOR_AGENT", "GEMINI_CLI", "OPENCODE"]
    {
        cases.env(name, "");
    }
    cases.env("LC_ALL", "C.UTF-8").case("tests/cmd/*.toml");
}
