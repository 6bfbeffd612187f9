//! One cell in a terminal: a sign that is read without colour, and a word.

use owo_colors::Style;
use privatelint_diagnostics::paths::{Cell, Sign};

use crate::Options;
use crate::style::Palette;

/// What follows the word of a way that is inspected.
pub(super) const INSPECTED: char = '*';

/// The sign as a character.
pub(super) fn glyph(sign: Sign, options: &Options) -> char {
    match (sign, options.unicode) {
        (Sign::Private, true) => '●',
        (Sign::Private, false) => '+',
        (Sign::Elsewhere, true) => '◆',
        (Sign::Elsewhere, false) => '>',
        (Sign::Public, true) => '○',
        (Sign::Public, false) => 'o',
        (Sign::Blocked, true) => '✗',
        (Sign::Blocked, false) => 'x',
        (Sign::Undecided, _) => '?',
    }
}

pub(super) fn style(sign: Sign, options: &Options) -> Style {
    let palette = Palette::new(options.color);
    match sign {
        Sign::Private => palette.good(),
        Sign::Elsewhere => palette.key(),
        Sign::Public => palette.public(),
        Sign::Blocked => palette.bad(),
        Sign::Undecided => palette.faint(),
    }
}

/// What stands in a table: `● gateway`, `? nat`.
pub(super) fn short(cell: &Cell, options: &Options) -> String {
    let word = cell.perhaps.as_ref().unwrap_or(&cell.word);
    let word = word.strip_suffix(" endpoint").unwrap_or(word);
    let inspected = if cell.inspected { INSPECTED.to_string() } else { String::new() };
    format!("{} {word}{inspected}", glyph(cell.sign, options))
}

/// The same in full, for prose: `unknown, perhaps nat`, `none (no route)`.
pub(super) fn long(cell: &Cell) -> String {
    let mut words = cell.word.clone();
    if let Some(perhaps) = &cell.perhaps {
        words.push_str(&format!(", perhaps {perhaps}"));
    }
    if cell.inspected {
        words.push_str(", inspected on the way");
    }
    if let Some(blocker) = &cell.blocker {
        words.push_str(&format!(" ({blocker})"));
    }
    words
}

/// Whether two cells look the same: what there is to say of them may differ.
pub(super) fn same(a: &Cell, b: &Cell) -> bool {
    (a.sign, &a.word, &a.perhaps, a.inspected, &a.blocker)
        == (b.sign, &b.word, &b.perhaps, b.inspected, &b.blocker)
}
