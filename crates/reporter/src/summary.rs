//! The line that counts.

use privatelint_diagnostics::{Report, Severity};

use crate::style::{Palette, paint};
use crate::text::count;

/// What was found, in how much code, and what was left out: `3 errors, 1 warning in 41 files, 7 endpoints; 2 questions
/// undecided (--coverage)`.
#[must_use]
pub fn summary_line(report: &Report) -> String {
    painted(report, Palette::new(false))
}

/// The same with each severity in its colour.
pub(crate) fn painted(report: &Report, palette: Palette) -> String {
    let summary = &report.summary;
    let mut line = format!(
        "{} in {}, {}",
        findings(report, palette),
        count(summary.files, "file"),
        count(summary.endpoints, "endpoint")
    );
    let rest = [
        (report.problems.len(), "problem", ""),
        (summary.suppressed, "finding", " suppressed"),
        (summary.undecided, "question", " undecided (--coverage)"),
    ];
    for (number, noun, what) in rest {
        if number > 0 {
            line.push_str(&format!("; {}{what}", count(number, noun)));
        }
    }
    line
}

/// The findings by severity, the worst first.
fn findings(report: &Report, palette: Palette) -> String {
    let counted: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter_map(|severity| {
            let words = counted(report.count(severity), severity)?;
            Some(paint(&words, palette.severity(severity)))
        })
        .collect();
    match counted.is_empty() {
        true if report.problems.is_empty() => paint("no findings", palette.good()),
        true => paint("no findings", palette.strong()),
        false => counted.join(", "),
    }
}

fn counted(number: usize, severity: Severity) -> Option<String> {
    match (number, severity) {
        (0, _) => None,
        // "Info" has no plural.
        (_, Severity::Info) => Some(format!("{number} info")),
        _ => Some(count(number, severity.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use privatelint_diagnostics::{Problem, ProblemKind, Summary};

    use super::*;

    #[track_caller]
    fn check(summary: Summary, problems: usize, line: &str) {
        let problem = Problem::in_path(ProblemKind::Read, "a.tf", "not UTF-8");
        let report = Report { summary, problems: vec![problem; problems], ..Report::default() };
        assert_eq!(summary_line(&report), line);
    }

    #[test]
    fn only_what_there_is_is_counted() {
        let clean = Summary { files: 41, endpoints: 7, ..Summary::default() };
        check(clean.clone(), 0, "no findings in 41 files, 7 endpoints");
        check(
            Summary { files: 1, endpoints: 1, suppressed: 1, undecided: 2, ..clean.clone() },
            0,
            "no findings in 1 file, 1 endpoint; 1 finding suppressed; 2 questions undecided (--coverage)",
        );
        check(clean, 2, "no findings in 41 files, 7 endpoints; 2 problems");
    }
}
