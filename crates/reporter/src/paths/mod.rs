//! How traffic gets from subnets to services: a table for people, and a document.

mod cell;
mod explanation;
mod human;
mod json;
mod names;
mod remarks;
mod table;
mod workloads;

use std::io;

use privatelint_diagnostics::Report;
use privatelint_diagnostics::paths::{Explanation, Matrix};

use crate::{Options, PathsFormat};

/// Writes the ways in all networks. The report is the one of the same run: its files are where places are.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(
    matrix: &Matrix,
    report: &Report,
    format: PathsFormat,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        PathsFormat::Human => human::write(matrix, &report.files, options, out),
        PathsFormat::Json => json::write(matrix, report, out),
    }
}

/// Writes single ways step by step.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_explanations(
    explanations: &[Explanation],
    report: &Report,
    format: PathsFormat,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        PathsFormat::Human => explanation::write(explanations, &report.files, options, out),
        PathsFormat::Json => json::write_explanations(explanations, report, out),
    }
}
