//! Workflow commands, which GitHub Actions turns into annotations on a pull request.
//!
//! GitHub keeps ten annotations of each level for a step, and the log shows nothing of a command but its message.

use std::cmp::Reverse;
use std::io;

use privatelint_diagnostics::{Diagnostic, Problem, Report, Severity};

use crate::escape::{command_message, command_property};
use crate::place::{Place, problem_path};
use crate::{Options, text};

/// How many annotations of one level GitHub shows for a step.
const LIMIT: usize = 10;

/// One annotation before it is escaped.
struct Annotation<'a> {
    severity: Severity,
    title: String,
    path: Option<&'a str>,
    place: Option<Place<'a>>,
    message: String,
    help: Option<&'a str>,
}

pub(crate) fn write(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let annotations = annotations(report);
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let of_level: Vec<_> = annotations.iter().filter(|it| it.severity == severity).collect();
        let hidden = of_level.len().saturating_sub(LIMIT);
        for (number, annotation) in of_level.iter().take(LIMIT).enumerate() {
            let hidden = if number + 1 == LIMIT { hidden } else { 0 };
            writeln!(out, "{}", command(annotation, hidden, options))?;
        }
    }
    Ok(())
}

/// What there is to say, within a level the most certain first. What kept a file from being read comes before findings in
/// other files, and what could not be evaluated after them.
fn annotations(report: &Report) -> Vec<Annotation<'_>> {
    let (fatal, other): (Vec<_>, Vec<_>) =
        report.problems.iter().partition(|problem| problem.kind.is_fatal());
    let mut findings: Vec<&Diagnostic> = report.findings.iter().collect();
    findings.sort_by_key(|finding| Reverse(finding.confidence));
    let problem = |it| of_problem(report, it);
    fatal
        .into_iter()
        .map(problem)
        .chain(findings.into_iter().map(|it| of_finding(report, it)))
        .chain(other.into_iter().map(problem))
        .collect()
}

fn of_finding<'a>(report: &'a Report, finding: &'a Diagnostic) -> Annotation<'a> {
    let place = Place::trimmed(&report.files, finding.primary.span);
    Annotation {
        severity: finding.severity,
        title: format!("privatelint: {}", finding.rule),
        path: Some(place.path),
        place: Some(place),
        message: finding.message.clone(),
        help: finding.help.as_deref(),
    }
}

fn of_problem<'a>(report: &'a Report, problem: &'a Problem) -> Annotation<'a> {
    Annotation {
        severity: crate::problem_severity(problem),
        title: format!("privatelint: {}", problem.kind.as_str()),
        path: problem_path(&report.files, problem),
        place: problem.span.map(|span| Place::trimmed(&report.files, span)),
        message: problem.message.clone(),
        help: problem.help.as_deref(),
    }
}

fn command(annotation: &Annotation<'_>, hidden: usize, options: &Options) -> String {
    let level = match annotation.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let properties: Vec<String> = properties(annotation)
        .into_iter()
        .map(|(name, value)| format!("{name}={}", command_property(&value)))
        .collect();
    let message = command_message(&message(annotation, hidden, level, options));
    format!("::{level} {}::{message}", properties.join(","))
}

/// GitHub drops an annotation that has columns and more than one line.
fn properties(annotation: &Annotation<'_>) -> Vec<(&'static str, String)> {
    let mut properties = Vec::new();
    if let Some(path) = annotation.path {
        properties.push(("file", text::one_line(path, true)));
    }
    if let Some(Place { start, end, .. }) = annotation.place {
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    properties.push(("title", annotation.title.clone()));
    properties
}

fn message(annotation: &Annotation<'_>, hidden: usize, level: &str, options: &Options) -> String {
    let at = match (annotation.place, annotation.path) {
        (Some(Place { path, start, .. }), _) => format!("{path}:{}:{}: ", start.line, start.column),
        (None, Some(path)) => format!("{path}: "),
        (None, None) => String::new(),
    };
    let mut message = text::one_line(&format!("{at}{}", annotation.message), true);
    if let Some(help) = annotation.help {
        message.push_str(&format!("\nhelp: {}", text::one_line(help, true)));
    }
    if hidden > 0 {
        let more = text::count(hidden, &format!("more {level}"));
        let place = if options.step_summary { ": the step summary lists them" } else { "" };
        message.push_str(&format!("\nand {more}{place}"));
    }
    message
}
