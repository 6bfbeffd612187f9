//! The Markdown of a step summary in GitHub Actions.

use privatelint_diagnostics::{Diagnostic, Problem, Report};

use crate::escape::markdown;
use crate::place::{Place, problem_path};
use crate::{summary_line, text};

/// GitHub rejects a summary of more than 1 MiB as a whole.
const LIMIT: usize = 1 << 20;

/// Room for the line that says how many rows were left out.
const RESERVE: usize = 256;

/// The whole table as Markdown for `$GITHUB_STEP_SUMMARY`, at most 1 MiB: rows that do not fit are counted instead.
#[must_use]
pub fn step_summary(report: &Report) -> String {
    let mut out = format!("### privatelint\n\n{}\n", markdown(&summary_line(report)));
    let problems = report.problems.iter().map(|problem| problem_row(report, problem));
    let findings = report.findings.iter().map(|finding| finding_row(report, finding));
    let mut left_out = 0usize;
    let mut has_rows = false;
    for row in problems.chain(findings) {
        if !has_rows {
            out.push_str("\n| severity | rule | where | message |\n| --- | --- | --- | --- |\n");
            has_rows = true;
        }
        if left_out > 0 || out.len().saturating_add(row.len()) > LIMIT - RESERVE {
            left_out += 1;
        } else {
            out.push_str(&row);
        }
    }
    if left_out > 0 {
        out.push_str(&format!("\nand {}\n", text::count(left_out, "more row")));
    }
    out
}

fn finding_row(report: &Report, finding: &Diagnostic) -> String {
    let place = Place::new(&report.files, finding.primary.span);
    let rule = match report.rule(finding.rule) {
        Some(rule) => {
            format!("[{}]({})", markdown(finding.rule), rule.url.replace(['(', ')', ' '], ""))
        }
        None => markdown(finding.rule),
    };
    row(finding.severity.as_str(), &rule, &position(place), &finding.message)
}

fn problem_row(report: &Report, problem: &Problem) -> String {
    let at = match problem.span {
        Some(span) => position(Place::new(&report.files, span)),
        None => problem_path(&report.files, problem).unwrap_or("").to_owned(),
    };
    let severity = crate::problem_severity(problem).as_str();
    row(severity, problem.kind.as_str(), &at, &problem.message)
}

fn position(place: Place<'_>) -> String {
    format!("{}:{}:{}", place.path, place.start.line, place.start.column)
}

fn row(severity: &str, rule: &str, at: &str, message: &str) -> String {
    format!("| {severity} | {rule} | {} | {} |\n", markdown(at), markdown(message))
}

#[cfg(test)]
mod tests {
    use privatelint_diagnostics::ProblemKind;

    use super::*;

    #[test]
    fn a_clean_run_has_no_table() {
        let summary = step_summary(&Report::default());
        assert_eq!(summary, "### privatelint\n\nno findings in 0 files, 0 endpoints\n");
    }

    #[test]
    fn it_never_grows_too_large() {
        let problem = |_| Problem::in_path(ProblemKind::Read, "a|b.tf", "@x ".repeat(5_000));
        let report = Report { problems: (0..200).map(problem).collect(), ..Report::default() };
        let summary = step_summary(&report);
        assert!(summary.len() <= LIMIT, "{}", summary.len());
        let rows = summary.matches("| error | read | a\\|b.tf |").count();
        assert!(rows > 10);
        assert!(summary.ends_with(&format!("\nand {} more rows\n", 200 - rows)));
    }
}
