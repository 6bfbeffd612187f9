//! Code with labels: decides which lines of which files are shown, and frames them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use owo_colors::Style;
use privatelint_diagnostics::{Annotation, FileId, Files, Severity, SourceFile, Span};

use super::drawing::{Drawing, Mark};
use super::excerpt::{self, Excerpt};
use crate::place::{self, Place};
use crate::style::{Palette, paint};
use crate::{Options, concise, text};

/// Of a longer span the first line is shown, which says what it is.
const SPAN_LINES: u32 = 5;

/// The columns between the middle of an underline and the label below it.
const LABEL_LEAD: usize = 5;

/// Labels are at least as wide as this before they are wrapped.
const LABEL_WIDTH: usize = 30;

/// The beginning of a block that is longer than this is not looked for.
const LOOK_BACK: u32 = 300;

/// A place to draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'a> {
    span: Span,
    message: &'a str,
    primary: bool,
}

impl<'a> Label<'a> {
    pub(super) fn primary(annotation: &'a Annotation) -> Self {
        Self { span: annotation.span, message: &annotation.message, primary: true }
    }

    pub(super) fn secondary(annotation: &'a Annotation) -> Self {
        Self { span: annotation.span, message: &annotation.message, primary: false }
    }

    /// A primary place without a word.
    pub(super) fn bare(span: Span) -> Self {
        Self { span, message: "", primary: true }
    }
}

/// All labels, in one frame for each file, the one with the first label on top.
pub(super) fn draw(
    files: &Files,
    labels: &[Label<'_>],
    severity: Severity,
    options: &Options,
) -> String {
    let mut by_file: BTreeMap<FileId, Vec<Label<'_>>> = BTreeMap::new();
    for label in labels {
        let shown = Label { span: shown_span(files, label.span), ..*label };
        by_file.entry(label.span.file).or_default().push(shown);
    }
    let mut order: Vec<(FileId, Vec<Label<'_>>)> = by_file.into_iter().collect();
    order.sort_by_key(|(id, labels)| (!labels.iter().any(|label| label.primary), *id));
    let parts: Vec<Part<'_>> =
        order.into_iter().map(|(id, labels)| Part::new(files, id, labels)).collect();
    let last = parts.iter().flat_map(|part| &part.runs).map(|run| run.end).max().unwrap_or(1);
    let pen = Pen { severity, options, digits: last.saturating_sub(1).to_string().len() };
    parts.iter().map(|part| pen.part(part)).collect()
}

/// What is shown of one file.
struct Part<'a> {
    file: &'a SourceFile,
    /// What the frame's first line says.
    place: Place<'a>,
    labels: Vec<Label<'a>>,
    /// Consecutive lines, from 1.
    runs: Vec<Range<u32>>,
}

impl<'a> Part<'a> {
    fn new(files: &'a Files, id: FileId, labels: Vec<Label<'a>>) -> Self {
        let file = files.get(id);
        let first = labels.iter().find(|label| label.primary).or(labels.first());
        let place = Place::new(files, first.map_or(Span::new(id, 0, 0), |label| label.span));
        let runs = runs(file, &labels);
        Self { file, place, labels, runs }
    }
}

/// What of a span is drawn.
fn shown_span(files: &Files, span: Span) -> Span {
    let whole = place::trimmed(files, span);
    let (start, end) = files.positions(whole);
    if end.line - start.line < SPAN_LINES { whole } else { place::first_line(files, span) }
}

/// The lines to show, as runs of consecutive ones: those with a label, their neighbours that are not blank, the first line
/// of the block that the primary label is in, and the line between two that are shown.
fn runs(file: &SourceFile, labels: &[Label<'_>]) -> Vec<Range<u32>> {
    let mut shown = BTreeSet::new();
    let count = file.lines().line_count();
    for label in labels {
        let first = file.lines().line(label.span.start);
        let last = file.lines().line(label.span.end);
        shown.extend(first..=last);
        for near in [first.saturating_sub(1), last.saturating_add(1)] {
            let exists = (1..=count).contains(&near);
            if exists && !excerpt::line(file, near).1.trim().is_empty() {
                shown.insert(near);
            }
        }
        if label.primary {
            shown.extend(opening_line(file, first));
        }
    }
    let mut runs: Vec<Range<u32>> = Vec::new();
    for line in shown {
        match runs.last_mut() {
            Some(run) if line <= run.end + 1 => run.end = line + 1,
            _ => runs.push(line..line + 1),
        }
    }
    runs
}

/// The line that opens the outermost block around an indented line, told by indentation alone: the code need not parse.
fn opening_line(file: &SourceFile, line: u32) -> Option<u32> {
    let is_inner = |text: &str| text.is_empty() || text.starts_with([' ', '\t', '#']);
    if !excerpt::line(file, line).1.starts_with([' ', '\t']) {
        return None;
    }
    let above = (line.saturating_sub(LOOK_BACK).max(1)..line).rev();
    let opening = above.into_iter().find(|&line| !is_inner(excerpt::line(file, line).1))?;
    let text = excerpt::line(file, opening).1;
    let opens = text.trim_end().ends_with('{') && text.starts_with(|c: char| c.is_alphabetic());
    opens.then_some(opening)
}

/// What every frame of a finding has in common.
struct Pen<'a> {
    severity: Severity,
    options: &'a Options,
    /// The width of the line numbers.
    digits: usize,
}

impl Pen<'_> {
    /// One frame around all runs of a file.
    fn part(&self, part: &Part<'_>) -> String {
        let palette = Palette::new(self.options.color);
        let margin = " ".repeat(self.digits + 2);
        let (top, between, bottom) = if self.options.unicode {
            ("╭─", "┆", "╰────")
        } else {
            (",-", ":", "`----")
        };
        let place = paint(&concise::position(part.place, self.options), palette.path());
        let mut out = format!("{margin}{top}[{place}]\n");
        for (number, run) in part.runs.iter().enumerate() {
            if number > 0 {
                out.push_str(&format!("{margin}{}\n", paint(between, palette.faint())));
            }
            out.push_str(&self.run(part, run));
        }
        out.push_str(&format!("{margin}{bottom}\n"));
        out
    }

    /// The lines of one run with what is written below them.
    fn run(&self, part: &Part<'_>, run: &Range<u32>) -> String {
        let width = self.options.width.clamp(40, 400).saturating_sub(self.digits + 4).max(20);
        let begins_here =
            |label: &&Label<'_>| run.contains(&part.file.lines().line(label.span.start));
        let mut labels: Vec<Label<'_>> = part.labels.iter().filter(begins_here).copied().collect();
        labels.sort_by_key(|label| (label.span, !label.primary));
        let spans: Vec<Span> = labels.iter().map(|label| label.span).collect();
        let style = excerpt::Style { width, unicode: self.options.unicode };
        let excerpt = Excerpt::new(part.file, run.clone(), &spans, style);
        let marks =
            labels.iter().map(|label| self.mark(part.file, &excerpt, label, width)).collect();
        Drawing::new(excerpt, marks, self.options).lines(self.digits)
    }

    fn mark(&self, file: &SourceFile, excerpt: &Excerpt, label: &Label<'_>, width: usize) -> Mark {
        let palette = Palette::new(self.options.color);
        let range = excerpt.range(file, label.span);
        let message = text::one_line(label.message, self.options.unicode);
        let room = width.saturating_sub(excerpt.column(&range) + LABEL_LEAD);
        let message = textwrap::wrap(&message, room.max(LABEL_WIDTH)).join("\n");
        let style: Style =
            if label.primary { palette.severity(self.severity) } else { palette.secondary() };
        Mark { range, message, style }
    }
}
