//! What could not be decided, why, and what would decide it.

use std::io;

use privatelint_diagnostics::{Report, Undecided};

use crate::human::prose::{Footer, title};
use crate::place::Place;
use crate::{Options, concise, text};

/// Writes the questions that a run could not decide.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_coverage(
    report: &Report,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for undecided in &report.undecided {
        writeln!(out, "{}", question(report, undecided, options))?;
    }
    let number = report.undecided.iter().map(|it| it.count).sum();
    match number {
        0 => writeln!(out, "every question could be decided"),
        _ => writeln!(out, "{} undecided", text::count(number, "question")),
    }
}

fn question(report: &Report, undecided: &Undecided, options: &Options) -> String {
    let times = match undecided.count {
        0 | 1 => String::new(),
        several => format!(" ({several} times)"),
    };
    let title = title(&format!("{}{times}", undecided.question), options);
    let mut footer = Footer::new(options);
    if let Some(span) = undecided.span {
        footer.place("code", &concise::position(Place::new(&report.files, span), options));
    }
    footer.line("note", &undecided.because);
    footer.line("help", &undecided.resolve);
    title + &footer.finish()
}
