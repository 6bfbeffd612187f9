//! One way step by step, for people.

use std::io;

use privatelint_diagnostics::Files;
use privatelint_diagnostics::paths::{Explanation, Sign, Step};

use super::{cell, remarks};
use crate::human::prose::{Footer, title};
use crate::{Options, text};

/// More doubts than this about one way are counted.
const MOST_DOUBTS: usize = 4;

pub(super) fn write(
    explanations: &[Explanation],
    files: &Files,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for (at, explanation) in explanations.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", draw(explanation, files, options))?;
    }
    Ok(())
}

fn draw(explanation: &Explanation, files: &Files, options: &Options) -> String {
    let Explanation { from, to, cell, .. } = explanation;
    let glyph = cell::glyph(cell.sign, options);
    let heading = format!("{glyph} {from} to {to}: {}", cell::long(cell));
    let mut footer = Footer::new(options);
    let step = |step: &Step| {
        let place = step.span.map(|span| remarks::position(files, span, options));
        (place.unwrap_or_default(), step.what.clone())
    };
    footer.list("path", &explanation.steps.iter().map(step).collect::<Vec<_>>());
    if let Some(remark) = cell.remark.as_ref().filter(|_| cell.sign == Sign::Blocked) {
        remarks::push(&mut footer, cell.sign, remark, files, options);
    }
    for doubt in explanation.doubts.iter().take(MOST_DOUBTS) {
        remarks::push(&mut footer, Sign::Undecided, doubt, files, options);
    }
    if let Some(more) = explanation.doubts.len().checked_sub(MOST_DOUBTS).filter(|n| *n > 0) {
        footer.line("open", &format!("and {}", text::count(more, "more reason")));
    }
    footer.place("root", &text::path(&explanation.root, options.unicode));
    title(&heading, options) + &footer.finish()
}
