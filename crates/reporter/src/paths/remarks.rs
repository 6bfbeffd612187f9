//! What stops traffic, and what is not decided, below the table.

use std::collections::BTreeSet;

use privatelint_diagnostics::paths::{Cell, Remark, Sign};
use privatelint_diagnostics::{Files, Span};

use super::cell;
use super::table::Group;
use crate::human::prose::{Footer, title};
use crate::place::Place;
use crate::{Options, concise, text};

/// More remarks than this on one network are counted.
const MOST: usize = 8;

/// What is said of one or more cells.
struct Said<'m> {
    cell: &'m Cell,
    remark: &'m Remark,
    from: Vec<String>,
    to: Vec<&'m str>,
}

/// The remarks on a table, one for all services of which the same is said, and which they are.
pub(super) fn draw<'m>(
    services: &'m [String],
    groups: &[Group<'m>],
    files: &Files,
    options: &Options,
) -> (String, BTreeSet<&'m Remark>) {
    let mut all: Vec<Said<'_>> = Vec::new();
    for group in groups {
        let first = all.len();
        for (service, cell) in services.iter().zip(group.cells()) {
            if !matches!(cell.sign, Sign::Blocked | Sign::Undecided) {
                continue;
            }
            let Some(remark) = &cell.remark else { continue };
            let mut own = all.iter_mut().skip(first);
            match own.find(|said| said.remark == remark && cell::same(said.cell, cell)) {
                Some(said) => said.to.push(service),
                None => {
                    let from = group.names(options);
                    all.push(Said { cell, remark, from, to: vec![service] });
                }
            }
        }
    }
    // What certainly fails comes first.
    all.sort_by_key(|said| said.cell.sign);
    let mut out = String::new();
    let mut shown = BTreeSet::new();
    for said in all.iter().take(MOST) {
        out.push_str(&said.draw(files, options));
        shown.insert(said.remark);
    }
    if let Some(more) = all.len().checked_sub(MOST).filter(|more| *more > 0) {
        let more = text::count(more, "more remark");
        out.push_str(&title(
            &format!("and {more}: `--from SUBNET --to SERVICE` explains one cell"),
            options,
        ));
    }
    (out, shown)
}

impl Said<'_> {
    fn draw(&self, files: &Files, options: &Options) -> String {
        let glyph = cell::glyph(self.cell.sign, options);
        let heading = format!(
            "{glyph} {} to {}: {}",
            self.from.join(", "),
            self.to.join(", "),
            cell::long(self.cell)
        );
        let mut footer = Footer::new(options);
        push(&mut footer, self.cell.sign, self.remark, files, options);
        title(&heading, options) + &footer.finish()
    }
}

/// A reason with its place and its way out.
pub(super) fn push(
    footer: &mut Footer<'_>,
    sign: Sign,
    remark: &Remark,
    files: &Files,
    options: &Options,
) {
    footer.line(if sign == Sign::Blocked { "stop" } else { "open" }, &remark.because);
    if let Some(span) = remark.span {
        footer.place("code", &position(files, span, options));
    }
    if !remark.help.is_empty() {
        footer.line("help", &remark.help);
    }
}

/// A place as a link.
pub(super) fn position(files: &Files, span: Span, options: &Options) -> String {
    concise::position(Place::new(files, span), options)
}
