//! The words above and below the code.

use privatelint_diagnostics::Severity;
use textwrap::{WordSeparator, WordSplitter};

use crate::style::{Palette, paint};
use crate::{Options, text};

/// Prose is not set wider than this, however wide the terminal: nobody reads such lines.
const MEASURE: usize = 110;

/// The indentation of the words that a footer line begins with, and of its text.
const KEY_INDENT: &str = "  ";
const TEXT_INDENT: &str = "        ";

/// Severity, rule and message.
pub(crate) fn header(severity: Severity, name: &str, message: &str, options: &Options) -> String {
    let palette = Palette::new(options.color);
    let name = text::one_line(name, options.unicode);
    let lead = format!("{}[{name}]: ", severity.as_str());
    let lines = wrapped(message, options, textwrap::core::display_width(&lead), 2);
    let mut out = paint(&format!("{}[{name}]", severity.as_str()), palette.severity(severity));
    out.push_str(&paint(":", palette.strong()));
    for (number, line) in lines.iter().enumerate() {
        out.push_str(if number == 0 { " " } else { "  " });
        out.push_str(&paint(line, palette.strong()));
        out.push('\n');
    }
    out
}

/// A line that others belong to.
pub(crate) fn title(message: &str, options: &Options) -> String {
    let style = Palette::new(options.color).strong();
    let lines = wrapped(message, options, 0, 2);
    let indent = |(number, line): (usize, &String)| {
        format!("{}{}\n", if number == 0 { "" } else { "  " }, paint(line, style))
    };
    lines.iter().enumerate().map(indent).collect()
}

/// `message` in lines of which the first has `first` columns less and every other `rest`.
fn wrapped(message: &str, options: &Options, first: usize, rest: usize) -> Vec<String> {
    let width = options.width.clamp(40, MEASURE);
    let (first, rest) = (" ".repeat(first.min(width / 2)), " ".repeat(rest.min(width / 2)));
    // Names, addresses and URLs are copied from here: no line ends inside one.
    let layout = textwrap::Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let shown = text::one_line(message, options.unicode);
    textwrap::wrap(&shown, layout).iter().map(|line| text::line_start(line.trim())).collect()
}

/// The lines below the code, each with a word that says what it is.
pub(crate) struct Footer<'a> {
    options: &'a Options,
    palette: Palette,
    text: String,
}

impl<'a> Footer<'a> {
    pub(crate) fn new(options: &'a Options) -> Self {
        Self { options, palette: Palette::new(options.color), text: String::new() }
    }

    /// One entry, wrapped.
    pub(crate) fn line(&mut self, key: &str, message: &str) {
        let indent = TEXT_INDENT.len();
        let lines = wrapped(message, self.options, indent, indent);
        for (number, line) in lines.iter().enumerate() {
            if number == 0 {
                self.key(key);
            } else {
                self.text.push_str(TEXT_INDENT);
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// One place.
    pub(crate) fn place(&mut self, key: &str, place: &str) {
        self.key(key);
        self.text.push_str(&format!("{}\n", paint(place, self.palette.path())));
    }

    /// Numbered steps: where, and what happens there, in two columns.
    pub(crate) fn list(&mut self, key: &str, steps: &[(String, String)]) {
        let width = |step: &(String, String)| textwrap::core::display_width(&step.0);
        let widest = steps.iter().map(width).max().unwrap_or(0).min(MEASURE / 2);
        let digits = steps.len().to_string().len();
        for (step, number) in steps.iter().zip(1usize..) {
            if number == 1 {
                self.key(key);
            } else {
                self.text.push_str(TEXT_INDENT);
            }
            let place = paint(&step.0, self.palette.path());
            let gap = " ".repeat(widest.saturating_sub(width(step)) + 2);
            let message = text::one_line(&step.1, self.options.unicode);
            let line = format!("{number:>digits$}. {place}{gap}{message}");
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// Where the rule is explained.
    pub(crate) fn docs(&mut self, rule: &str, url: Option<&str>) {
        let command = format!("privatelint explain {}", text::one_line(rule, self.options.unicode));
        let url = url.map(|url| text::one_line(url, self.options.unicode)).unwrap_or_default();
        let together = TEXT_INDENT.len() + command.len() + 3 + url.len();
        let between = if together <= self.options.width { "   " } else { "\n        " };
        let line = if url.is_empty() { command } else { format!("{command}{between}{url}") };
        self.key("docs");
        for (number, part) in line.lines().enumerate() {
            if number > 0 {
                self.text.push_str(TEXT_INDENT);
            }
            self.text.push_str(&paint(part.trim_start_matches("        "), self.palette.faint()));
            self.text.push('\n');
        }
    }

    fn key(&mut self, key: &str) {
        self.text.push_str(KEY_INDENT);
        self.text.push_str(&paint(key, self.palette.key()));
        self.text.push_str(": ");
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}
