//! Spans as the lines and columns that formats print.

use privatelint_diagnostics::{Files, Position, Problem, Span};

/// Where something is, as people count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// The path as reports show it: not escaped.
    pub(crate) path: &'a str,
    /// The first character.
    pub(crate) start: Position,
    /// The one after the last.
    pub(crate) end: Position,
}

impl<'a> Place<'a> {
    /// The span as it is.
    pub(crate) fn new(files: &'a Files, span: Span) -> Self {
        let (start, end) = files.positions(span);
        Self { path: files.get(span.file).path().as_str(), start, end }
    }

    /// The part of the span that is on its first line, without the line break.
    pub(crate) fn on_one_line(files: &'a Files, span: Span) -> Self {
        Self::new(files, first_line(files, span))
    }

    /// The span without line breaks at its end: they would make the last line one too many.
    pub(crate) fn trimmed(files: &'a Files, span: Span) -> Self {
        Self::new(files, trimmed(files, span))
    }
}

/// The span without line breaks at its end.
pub(crate) fn trimmed(files: &Files, span: Span) -> Span {
    let text = files.snippet(span);
    shortened(span, text.trim_end_matches(['\r', '\n']).len())
}

/// The part of the span that is on its first line.
pub(crate) fn first_line(files: &Files, span: Span) -> Span {
    let text = files.snippet(span);
    shortened(span, text.lines().next().unwrap_or("").len())
}

fn shortened(span: Span, len: usize) -> Span {
    let len = u32::try_from(len).unwrap_or(u32::MAX);
    Span::new(span.file, span.start, span.start.saturating_add(len).min(span.end))
}

/// The path that a problem is about, if it is about one.
pub(crate) fn problem_path<'a>(files: &'a Files, problem: &'a Problem) -> Option<&'a str> {
    match problem.span {
        Some(span) => Some(files.get(span.file).path().as_str()),
        None => problem.path.as_ref().map(|path| path.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use privatelint_diagnostics::{FileId, SourceFile};

    use super::*;

    #[track_caller]
    fn check(text: &str, from: u32, to: u32, one_line: (u32, u32), trimmed: (u32, u32)) {
        let files = Files::new(vec![SourceFile::new("a.tf", text)]);
        let span = Span::new(FileId(0), from, to);
        let end = |place: Place<'_>| (place.end.line, place.end.column);
        assert_eq!(end(Place::on_one_line(&files, span)), one_line);
        assert_eq!(end(Place::trimmed(&files, span)), trimmed);
    }

    #[test]
    fn ends_are_where_people_see_them() {
        check("ab\ncd\n", 0, 2, (1, 3), (1, 3));
        check("ab\ncd\n", 0, 3, (1, 3), (1, 3));
        check("ab\r\ncd\n", 0, 4, (1, 3), (1, 3));
        check("ab\ncd\n", 0, 5, (1, 3), (2, 3));
        check("ab", 2, 2, (1, 3), (1, 3));
        check("ab", 7, 9, (1, 3), (1, 3));
    }
}
