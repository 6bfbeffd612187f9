//! What GitHub's runner makes of workflow commands: it keeps ten of a level, and drops those with a column range over
//! several lines.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

mod fixture;

use privatelint_diagnostics::{Confidence, Diagnostic, FileId, Report, Severity, Span};
use privatelint_reporter::{Format, Options, write};

fn commands(report: &Report, step_summary: bool) -> Vec<String> {
    let mut out = Vec::new();
    let options = Options { step_summary, ..Options::default() };
    write(report, Format::Github, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

/// A report with findings of these kinds only, each with its number as message.
fn report(kinds: impl IntoIterator<Item = (Severity, Confidence)>) -> Report {
    let mut report = fixture::report();
    report.problems.clear();
    let model = report.findings.remove(0);
    report.findings = kinds
        .into_iter()
        .enumerate()
        .map(|(number, (severity, confidence))| Diagnostic {
            severity,
            confidence,
            message: format!("number {number}"),
            help: None,
            ..model.clone()
        })
        .collect();
    report
}

#[test]
fn ten_of_a_level_are_shown_and_the_last_one_counts_the_rest() {
    let kinds = [(Severity::Warning, Confidence::Certain); 13];
    let commands = commands(&report(kinds), false);
    assert_eq!(commands.len(), 10);
    assert!(commands[8].ends_with("number 8"));
    assert!(commands[9].ends_with("number 9%0Aand 3 more warnings"));
}

#[test]
fn the_rest_is_in_the_step_summary() {
    let kinds = [(Severity::Info, Confidence::Certain); 11];
    let commands = commands(&report(kinds), true);
    assert!(commands[9].ends_with("number 9%0Aand 1 more notice: the step summary lists them"));
}

#[test]
fn exactly_ten_need_no_word() {
    let commands = commands(&report([(Severity::Error, Confidence::Certain); 10]), true);
    assert!(commands[9].ends_with("number 9"));
}

#[test]
fn the_worst_and_surest_come_first() {
    let kinds = [
        (Severity::Info, Confidence::Certain),
        (Severity::Error, Confidence::Possible),
        (Severity::Warning, Confidence::Likely),
        (Severity::Error, Confidence::Certain),
    ];
    let order: String = commands(&report(kinds), false)
        .iter()
        .map(|command| command.chars().last().unwrap())
        .collect();
    assert_eq!(order, "3120");
}

#[test]
fn columns_are_given_on_one_line_only() {
    let mut report = report([(Severity::Error, Confidence::Certain)]);
    let text = report.files.get(FileId(1)).text();
    let end = |lines: usize| {
        let bytes: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
        Span::new(FileId(1), 0, u32::try_from(bytes).unwrap())
    };
    let (one, two) = (end(1), end(2));
    report.findings[0].primary.span = one;
    assert!(commands(&report, false)[0].contains(",line=1,endLine=1,col=1,endColumn=35,"));
    report.findings[0].primary.span = two;
    assert!(commands(&report, false)[0].contains(",line=1,endLine=2,title="));
}

#[test]
fn every_line_is_one_command() {
    for command in commands(&fixture::report(), true) {
        let level = ["::error ", "::warning ", "::notice "];
        assert!(level.iter().any(|level| command.starts_with(level)), "{command}");
        let properties = command.split("::").nth(1).unwrap();
        assert!(
            properties.split(' ').skip(1).collect::<String>().split(',').all(|it| it.contains('='))
        );
    }
}
