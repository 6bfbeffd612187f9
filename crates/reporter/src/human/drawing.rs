//! One excerpt with its marks, drawn by miette.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use owo_colors::Style;

use super::excerpt::Excerpt;
use crate::Options;
use crate::style::{Palette, paint};

/// What is drawn below the code.
#[derive(Debug)]
pub(super) struct Mark {
    /// What is underlined, in the excerpt's text.
    pub(super) range: Range<usize>,
    /// What is written below; may be empty, may have several lines.
    pub(super) message: String,
    /// The style of both.
    pub(super) style: Style,
}

/// An excerpt as miette wants it.
#[derive(Debug)]
pub(super) struct Drawing {
    excerpt: Excerpt,
    marks: Vec<Mark>,
    color: bool,
    unicode: bool,
}

impl Drawing {
    /// The marks are in the order of their places.
    pub(super) fn new(excerpt: Excerpt, marks: Vec<Mark>, options: &Options) -> Self {
        Self { excerpt, marks, color: options.color, unicode: options.unicode }
    }

    /// The numbered lines with what is below them. Numbers are `digits` wide.
    pub(super) fn lines(&self, digits: usize) -> String {
        if self.marks.is_empty() {
            return self.plain_lines(digits);
        }
        let mut drawn = String::new();
        let handler = GraphicalReportHandler::new_themed(self.theme())
            .with_context_lines(usize::MAX)
            .without_cause_chain()
            .without_syntax_highlighting()
            .with_links(false)
            .with_width(usize::MAX);
        if handler.render_report(&mut drawn, self).is_err() {
            return self.plain_lines(digits);
        }
        // A line for the message, which is empty, and the two ends of a frame are around the code.
        let lines: Vec<&str> = drawn.lines().collect();
        let code = lines.len().saturating_sub(3);
        // miette makes numbers as wide as the last one.
        let margin = " ".repeat(digits.saturating_sub(self.last().to_string().len()));
        let line = |line: &&str| format!("{margin}{}\n", line.trim_end());
        lines.iter().skip(2).take(code).map(line).collect()
    }

    /// The same without marks, where miette would draw nothing.
    fn plain_lines(&self, digits: usize) -> String {
        let faint = Palette::new(self.color).faint();
        let bar = self.characters().vbar;
        let line = |(number, text): (u32, &str)| {
            let number = paint(&format!("{number:>digits$}"), faint);
            format!("{}\n", format!(" {number} {bar} {text}").trim_end())
        };
        (self.excerpt.first..).zip(self.excerpt.text.lines()).map(line).collect()
    }

    /// The number of the last line.
    fn last(&self) -> u32 {
        let count = u32::try_from(self.excerpt.text.lines().count()).unwrap_or(1);
        self.excerpt.first.saturating_add(count.saturating_sub(1))
    }

    fn characters(&self) -> ThemeCharacters {
        if self.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() }
    }

    /// miette gives the highlights to the labels in the order of their places.
    fn theme(&self) -> GraphicalTheme {
        let styles = ThemeStyles {
            linum: Palette::new(self.color).faint(),
            highlights: self.marks.iter().map(|mark| mark.style).collect(),
            ..ThemeStyles::none()
        };
        GraphicalTheme { characters: self.characters(), styles }
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = |mark: &Mark| {
            let message = (!mark.message.is_empty()).then(|| mark.message.clone());
            LabeledSpan::new(message, mark.range.start, mark.range.len())
        };
        Some(Box::new(self.marks.iter().map(label)))
    }
}

impl SourceCode for Drawing {
    /// All of the excerpt, whatever span is asked for: nothing in it is too much.
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new(
            self.excerpt.text.as_bytes(),
            SourceSpan::from((0, self.excerpt.text.len())),
            self.excerpt.first.saturating_sub(1) as usize,
            0,
            self.excerpt.text.lines().count(),
        )))
    }
}
