//! One line for each problem and each finding.

use std::io;

use privatelint_diagnostics::{Confidence, Diagnostic, Problem, Report};

use crate::place::{Place, problem_path};
use crate::style::{Palette, paint};
use crate::{Options, summary_line, text, write_coverage};

pub(crate) fn write(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    for problem in &report.problems {
        writeln!(out, "{}", problem_line(report, problem, options))?;
    }
    for finding in &report.findings {
        writeln!(out, "{}", finding_line(report, finding, options))?;
    }
    if options.coverage {
        write_coverage(report, options, out)?;
    }
    if options.summary {
        writeln!(out, "{}", summary_line(report))?;
    }
    Ok(())
}

fn finding_line(report: &Report, finding: &Diagnostic, options: &Options) -> String {
    let palette = Palette::new(options.color);
    let place = Place::new(&report.files, finding.primary.span);
    let doubt = match finding.confidence {
        Confidence::Certain => String::new(),
        confidence => format!(" ({})", confidence.as_str()),
    };
    let kind = format!("{}[{}]", finding.severity.as_str(), finding.rule);
    format!(
        "{}: {}{doubt}: {}",
        paint(&position(place, options), palette.path()),
        paint(&kind, palette.severity(finding.severity)),
        text::one_line(&finding.message, options.unicode)
    )
}

fn problem_line(report: &Report, problem: &Problem, options: &Options) -> String {
    let palette = Palette::new(options.color);
    let at = match problem.span {
        Some(span) => position(Place::new(&report.files, span), options),
        None => text::path(problem_path(&report.files, problem).unwrap_or("."), options.unicode),
    };
    let severity = crate::problem_severity(problem);
    let kind = format!("{}[{}]", severity.as_str(), problem.kind.as_str());
    format!(
        "{}: {}: {}",
        paint(&at, palette.path()),
        paint(&kind, palette.severity(severity)),
        text::one_line(&problem.message, options.unicode)
    )
}

/// `path:line:column` as editors and terminals make links of.
pub(crate) fn position(place: Place<'_>, options: &Options) -> String {
    let path = text::path(place.path, options.unicode);
    format!("{path}:{}:{}", place.start.line, place.start.column)
}
