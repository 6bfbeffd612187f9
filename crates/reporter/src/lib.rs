//! Output formats, one file each.
//!
//! This crate shows a finished [`Report`] and never decides anything about it. It knows no Terraform, no AWS and no
//! terminal: whether to colour and how wide to draw is told to it in [`Options`]. Text that comes from the scanned tree
//! passes through `text` or `escape` on its way out.

mod concise;
mod coverage;
mod escape;
mod explain;
mod format;
mod github;
pub mod graph;
mod human;
mod json;
pub mod paths;
mod place;
mod rules;
mod sarif;
mod step_summary;
mod style;
mod summary;
mod svg;
mod text;

use std::io;

use privatelint_diagnostics::{Problem, Report, Severity};

pub use coverage::write_coverage;
pub use explain::explain;
pub use format::{Format, GraphFormat, PathsFormat, RulesFormat, UnknownFormat};
pub use rules::write_rules;
pub use step_summary::step_summary;
pub use summary::summary_line;
pub use svg::ansi_to_svg;

/// What the reader's end can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether to colour. Machine formats never do.
    pub color: bool,
    /// Whether box-drawing characters may be used; otherwise ASCII takes their place.
    pub unicode: bool,
    /// The columns to draw in.
    pub width: usize,
    /// Whether the formats for people list what could not be decided.
    pub coverage: bool,
    /// Whether the formats for people end with the line that counts.
    pub summary: bool,
    /// Whether the run also writes a step summary, which the `github` format then points to.
    pub step_summary: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            width: 100,
            coverage: false,
            summary: true,
            step_summary: false,
        }
    }
}

/// Writes the whole report in a format.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(
    report: &Report,
    format: Format,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, options, out),
        Format::Concise => concise::write(report, options, out),
        Format::Json => json::write(report, out),
        Format::Github => github::write(report, options, out),
        Format::Sarif => sarif::write(report, out),
    }
}

/// The severity word of a problem, which is not a finding and has none of its own.
fn problem_severity(problem: &Problem) -> Severity {
    if problem.kind.is_fatal() { Severity::Error } else { Severity::Warning }
}
