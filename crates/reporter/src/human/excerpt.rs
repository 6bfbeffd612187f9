//! Some consecutive lines of a file as they are drawn, and where the places of the file are in them.
//!
//! What is drawn is not what is in the file: tabs are spaces, unsafe characters have become visible ones, line ends are
//! all alike, and lines that are too long have been cut to the part that matters. The renderer sees the drawn text only,
//! so its columns are right without its knowing.

use std::ops::Range;

use privatelint_diagnostics::{SourceFile, Span};

use crate::text::{Glyph, glyph};

/// Where tabs lead.
const TAB: usize = 4;

/// How many characters a column may take: accents have no width of their own.
const CHARS_PER_COLUMN: usize = 8;

/// Consecutive lines of one file.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The number of the first line, from 1.
    pub(super) first: u32,
    /// The lines. Each ends in a space and a line feed, so that there is something to underline at its end.
    pub(super) text: String,
    lines: Vec<Line>,
}

/// One line of an excerpt.
#[derive(Debug)]
struct Line {
    /// Where it begins in the excerpt's text.
    start: usize,
    /// The end of what is drawn, before the space.
    end: usize,
    /// For each character of the file that is drawn: where it begins in the file and where in the excerpt's text.
    marks: Vec<(u32, usize)>,
}

/// How lines are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// The columns for the code.
    pub(super) width: usize,
    /// Whether other characters than ASCII may stand for what cannot be shown.
    pub(super) unicode: bool,
}

impl Style {
    fn ellipsis(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}

impl Excerpt {
    /// Draws the lines. A line that is too long is cut around the first of the `labels` that begin in it.
    pub(super) fn new(file: &SourceFile, lines: Range<u32>, labels: &[Span], style: Style) -> Self {
        let mut excerpt = Self { first: lines.start, ..Self::default() };
        for number in lines {
            let (start, text) = line(file, number);
            let end = start.saturating_add(u32::try_from(text.len()).unwrap_or(u32::MAX));
            let focus = labels.iter().filter(|span| (start..=end).contains(&span.start)).min();
            excerpt.push(text, start, focus.map(|span| (span.start - start) as usize), style);
        }
        excerpt
    }

    fn push(&mut self, line: &str, offset: u32, focus: Option<usize>, style: Style) {
        let start = self.text.len();
        let mut drawn = Line { start, end: start, marks: Vec::new() };
        let from = cut_from(line, focus, style);
        if from > 0 {
            self.text.push_str(style.ellipsis());
        }
        let mut column = self.text.get(start..).map_or(0, width);
        let to = cut_to(line, from, column, style);
        let part = line.get(from..to).unwrap_or("");
        for (at, c) in part.char_indices() {
            let at = u32::try_from(from + at).unwrap_or(u32::MAX);
            drawn.marks.push((offset.saturating_add(at), self.text.len()));
            let shown = shown(c, line.get(at as usize..).unwrap_or(""), column, style);
            column += width(&shown);
            self.text.push_str(&shown);
        }
        if to < line.len() {
            self.text.push_str(style.ellipsis());
        }
        drawn.end = self.text.len();
        self.text.push_str(" \n");
        self.lines.push(drawn);
    }

    /// Where a span lies in the text: never empty, and never past a line's end and its space.
    pub(super) fn range(&self, file: &SourceFile, span: Span) -> Range<usize> {
        let start = self.place(file, span.start);
        let end = self.place(file, span.end);
        let width =
            self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..end.max(start + width)
    }

    /// The column under which a range's label is written: that of its middle, or none if it goes over several lines.
    pub(super) fn column(&self, range: &Range<usize>) -> usize {
        let middle = range.start + range.len() / 2;
        let line = self.lines.iter().rev().find(|line| line.start <= range.start);
        match line {
            Some(line) if range.end <= line.end + 1 => {
                let middle = self.text.floor_char_boundary(middle);
                self.text.get(line.start..middle).map_or(0, width)
            }
            _ => 0,
        }
    }

    fn place(&self, file: &SourceFile, offset: u32) -> usize {
        let number = file.lines().line(offset).saturating_sub(self.first) as usize;
        let Some(line) = self.lines.get(number.min(self.lines.len().saturating_sub(1))) else {
            return 0;
        };
        let next = line.marks.partition_point(|(at, _)| *at < offset);
        match line.marks.get(next) {
            // What is left of the part that is drawn lies under the ellipsis.
            Some(_) if next == 0 && line.marks.first().is_some_and(|mark| mark.0 > offset) => {
                line.start
            }
            Some((_, at)) => *at,
            None => line.end,
        }
    }
}

/// A line without its end, and where it begins. Empty past the end of the file.
pub(super) fn line(file: &SourceFile, number: u32) -> (u32, &str) {
    let lines = file.lines();
    let start = lines.line_start(number);
    let end = match number < lines.line_count() {
        true => lines.line_start(number.saturating_add(1)) as usize,
        false => file.text().len(),
    };
    let text = file.text().get(start as usize..end).unwrap_or("");
    let text = text.strip_suffix('\n').unwrap_or(text);
    (start, text.strip_suffix('\r').unwrap_or(text))
}

/// How one character is drawn at a column.
fn shown(c: char, rest: &str, column: usize, style: Style) -> String {
    match (c, glyph(c, rest, style.unicode)) {
        ('\t', _) => " ".repeat(TAB - column % TAB),
        // A byte order mark is not part of the code.
        ('\u{feff}', _) if column == 0 => String::new(),
        (_, Glyph::Same) => c.to_string(),
        (_, Glyph::Instead(other)) => other.to_string(),
        (_, Glyph::Apart) => format!("{c} "),
    }
}

fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Where drawing a line from `from` and `column` on ends: at its end, or where there is still room for an ellipsis.
/// Looks no further than the columns there are, and at no more characters than can sensibly be in them: some have no
/// width.
fn cut_to(line: &str, from: usize, column: usize, style: Style) -> usize {
    let room = style.width.saturating_sub(width(style.ellipsis()));
    let (mut column, mut fitting) = (column, from);
    for (number, (at, c)) in line.get(from..).unwrap_or("").char_indices().enumerate() {
        let at = from + at;
        column += width(&shown(c, line.get(at..).unwrap_or(""), column, style));
        if column > style.width || number > style.width * CHARS_PER_COLUMN {
            return fitting;
        }
        if column <= room {
            fitting = at + c.len_utf8();
        }
    }
    line.len()
}

/// The offset from which a line is drawn: 0, unless what matters would lie too far to the right.
fn cut_from(line: &str, focus: Option<usize>, style: Style) -> usize {
    let Some(focus) = focus else { return 0 };
    if cut_to(line, 0, 0, style) == line.len() {
        return 0;
    }
    // What matters should begin in the left two thirds.
    let before = line.get(..focus).unwrap_or("");
    if cut_to(before, 0, 0, Style { width: style.width * 2 / 3, ..style }) == before.len() {
        return 0;
    }
    let mut columns = 0;
    for (number, (at, c)) in before.char_indices().rev().enumerate() {
        columns += width(&shown(c, "", 0, style));
        if columns > style.width / 3 || number > style.width * CHARS_PER_COLUMN {
            return at + c.len_utf8();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use privatelint_diagnostics::FileId;

    use super::*;

    /// `^` marks the ends of a span in the fixture; the drawn line has the span in `«»`.
    #[track_caller]
    fn check(fixture: &str, width: usize, drawn: &str) {
        let from = fixture.find('^').unwrap();
        let to = fixture.rfind('^').unwrap() - 1;
        let file = SourceFile::new("a.tf", fixture.replace('^', ""));
        let offset = |at: usize| u32::try_from(at).unwrap();
        let span = Span::new(FileId(0), offset(from), offset(to));
        let (first, last) = (file.lines().line(span.start), file.lines().line(span.end));
        let style = Style { width, unicode: true };
        let excerpt = Excerpt::new(&file, first..last + 1, &[span], style);
        let range = excerpt.range(&file, span);
        let mut text = excerpt.text.clone();
        text.insert(range.end, '»');
        text.insert(range.start, '«');
        assert_eq!(text, drawn);
    }

    #[test]
    fn plain_lines_stay() {
        check("a = ^1^\nb", 40, "a = «1» \n");
        check("a = ^1\nb^", 40, "a = «1 \nb» \n");
    }

    #[test]
    fn there_is_always_something_to_underline() {
        check("a^^b", 40, "a«b» \n");
        check("ab^^\n", 40, "ab« »\n");
        check("ab\n^^", 40, "« »\n");
        check("^^", 40, "« »\n");
    }

    #[test]
    fn line_ends_do_not_matter() {
        check("ab^\r\n^cd", 40, "ab« \n»cd \n");
        check("^ab^\r\n", 40, "«ab» \n");
    }

    #[test]
    fn tabs_lead_to_columns() {
        check("\t^a^\tb", 40, "    «a»   b \n");
        check("a^\t^b", 40, "a«   »b \n");
    }

    #[test]
    fn unsafe_characters_are_visible_and_keep_their_place() {
        check("a\u{1b}[1m^b^\u{202e}", 40, "a␛[1m«b»\u{fffd} \n");
        check("\u{feff}^a^", 40, "«a» \n");
        check("##[x] ^a^", 40, "# #[x] «a» \n");
        check("東^京^", 40, "東«京» \n");
    }

    #[test]
    fn characters_without_width_do_not_pile_up() {
        let file = SourceFile::new("a.tf", "a\u{301}".repeat(9) + &"\u{301}".repeat(1_000_000));
        let excerpt = Excerpt::new(&file, 1..2, &[], Style { width: 10, unicode: true });
        assert!(excerpt.text.chars().count() < 100);
    }

    #[test]
    fn long_lines_are_cut() {
        check("^abc^defghijklmnop", 10, "«abc»defghi… \n");
        check("abcdefghijklmnop^qrs^tuvwxyz0123456789", 12, "…mnop«qrs»tuv… \n");
        check("abcdefghijklmnop^qrs^", 12, "…mnop«qrs» \n");
        check("^abcdefghijklmnop^", 10, "«abcdefghi…» \n");
        check("abcdefghij^^", 10, "abcdefghij« »\n");
        check("東京東京^東^京東京", 10, "…京«東»京東… \n");
    }
}
