//! A rule's page in a terminal: Markdown with headings, emphasis, code, lists and links, readable without colour.

use std::io;

use owo_colors::Style;
use privatelint_diagnostics::RuleInfo;
use pulldown_cmark::{CodeBlockKind, Event, Options as Markdown, Parser, Tag, TagEnd};
use textwrap::{WordSeparator, WordSplitter};

use crate::Options;
use crate::human::severity_word;
use crate::style::{Palette, paint};

/// Prose is not set wider than this, however wide the terminal.
const MEASURE: usize = 90;

/// Writes one rule's page.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn explain(rule: &RuleInfo, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let palette = Palette::new(options.color);
    writeln!(
        out,
        "{} {} {}",
        paint(rule.name, palette.strong()),
        paint(&format!("({},", rule.category.as_str()), palette.faint()),
        severity_word(rule.severity, palette) + &paint(")", palette.faint()),
    )?;
    writeln!(out, "{}\n", rule.summary)?;
    write!(out, "{}", page_text(&rule.page, options))?;
    if !rule.url.is_empty() {
        writeln!(out, "\n{}", paint(&rule.url, palette.faint()))?;
    }
    Ok(())
}

/// Markdown as text for a terminal.
pub(crate) fn page_text(markdown: &str, options: &Options) -> String {
    let mut page = Page::new(options);
    for event in Parser::new_ext(markdown, Markdown::ENABLE_TABLES) {
        page.event(event);
    }
    page.flush();
    page.text
}

/// A list that is being set.
struct List {
    /// The next number, if its items have numbers.
    next: Option<u64>,
    /// The columns that the mark of its current item takes.
    indent: usize,
}

/// A page that is being set.
struct Page {
    text: String,
    palette: Palette,
    unicode: bool,
    width: usize,
    /// The words of the paragraph so far, with styles in them.
    line: String,
    /// The lists around the current place.
    lists: Vec<List>,
    /// The mark of the item whose first paragraph is being read.
    mark: Option<String>,
    strong: usize,
    heading: bool,
    code_block: bool,
    link: Option<String>,
    /// The cells of the table so far, the head first.
    rows: Vec<Vec<String>>,
}

impl Page {
    fn new(options: &Options) -> Self {
        Self {
            text: String::new(),
            palette: Palette::new(options.color),
            unicode: options.unicode,
            width: options.width.clamp(40, MEASURE),
            line: String::new(),
            lists: Vec::new(),
            mark: None,
            strong: 0,
            heading: false,
            code_block: false,
            link: None,
            rows: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code_block => self.code_lines(&text),
            Event::Text(text) => self.words(&text),
            Event::Code(code) => self.code(&code),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.flush(),
            Event::Rule => self.paragraph_gap(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.mark.is_none() => self.paragraph_gap(),
            Tag::Heading { .. } => {
                self.paragraph_gap();
                self.heading = true;
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.paragraph_gap();
                }
                self.lists.push(List { next: first, indent: 0 });
            }
            Tag::Item => self.start_item(),
            Tag::Strong | Tag::Emphasis => self.strong += 1,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            Tag::Table(_) => self.paragraph_gap(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = false;
            }
            TagEnd::CodeBlock => self.code_block = false,
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Strong | TagEnd::Emphasis => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                self.rows.last_mut().unwrap_or(&mut Vec::new()).push(cell);
            }
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.flush();
        self.paragraph_gap();
        self.code_block = true;
        // `hcl,fires` and `hcl,silent` say what the rule does with the example.
        if let CodeBlockKind::Fenced(info) = kind {
            let verdict = info.split(',').map(str::trim).find_map(|word| match word {
                "fires" => Some("reported:"),
                "silent" => Some("not reported:"),
                _ => None,
            });
            if let Some(verdict) = verdict {
                let line = format!("{}{}\n", self.indent(), paint(verdict, self.palette.faint()));
                self.text.push_str(&line);
            }
        }
    }

    fn start_item(&mut self) {
        self.flush();
        let bullet = if self.unicode { "• " } else { "- " };
        let Some(list) = self.lists.last_mut() else { return };
        let mark = match list.next {
            Some(number) => {
                list.next = number.checked_add(1);
                format!("{number}. ")
            }
            None => bullet.to_owned(),
        };
        list.indent = textwrap::core::display_width(&mark);
        self.mark = Some(mark);
    }

    fn words(&mut self, text: &str) {
        let style = if self.strong > 0 { self.palette.strong() } else { Style::new() };
        self.push_styled(text, style);
    }

    fn code(&mut self, code: &str) {
        self.push_styled(&format!("`{code}`"), self.palette.code());
    }

    /// Styles each word on its own, so that no style reaches over the end of a line.
    fn push_styled(&mut self, text: &str, style: Style) {
        for (number, word) in text.split(' ').enumerate() {
            if number > 0 {
                self.line.push(' ');
            }
            if !word.is_empty() {
                self.line.push_str(&paint(word, style));
            }
        }
    }

    /// The address of a link stands after its words, unless they are the same.
    fn end_link(&mut self) {
        let Some(url) = self.link.take() else { return };
        if !self.line.contains(&url) && !url.starts_with('#') {
            self.line.push_str(&paint(&format!(" <{url}>"), self.palette.faint()));
        }
    }

    fn code_lines(&mut self, text: &str) {
        let indent = format!("{}    ", self.indent());
        for line in text.lines() {
            let line = format!("{indent}{}", paint(line, self.palette.code()));
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// Columns as wide as their widest cell. Cells are short in rule pages and are not wrapped.
    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
        let width = |text: &str| textwrap::core::display_width(text);
        let widths: Vec<usize> = (0..columns)
            .map(|column| rows.iter().map(|row| width(&cell(row, column))).max().unwrap_or(0))
            .collect();
        for (number, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (column, widest) in widths.iter().enumerate() {
                let text = cell(row, column);
                let gap = " ".repeat(widest.saturating_sub(width(&text)) + 2);
                line.push_str(&format!("{text}{gap}"));
            }
            self.text.push_str(&format!("{}{}\n", self.indent(), line.trim_end()));
            if number == 0 {
                let bar = if self.unicode { "─" } else { "-" };
                let bars: Vec<String> = widths.iter().map(|widest| bar.repeat(*widest)).collect();
                let bars = paint(&bars.join("  "), self.palette.faint());
                self.text.push_str(&format!("{}{bars}\n", self.indent()));
            }
        }
    }

    fn indent(&self) -> String {
        " ".repeat(self.lists.iter().map(|list| list.indent).sum())
    }

    /// Sets the paragraph so far.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if self.heading {
            self.text.push_str(&self.heading_lines(line));
            return;
        }
        let rest = self.indent();
        let mark = self.mark.take().unwrap_or_default();
        // The mark stands in the indentation of its item.
        let before = rest.len().saturating_sub(textwrap::core::display_width(&mark));
        let first = format!("{}{mark}", " ".repeat(before));
        let layout = textwrap::Options::new(self.width)
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(line, layout) {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Underlined, so that a heading is one without colour too.
    fn heading_lines(&self, line: &str) -> String {
        let bar = if self.unicode { "─" } else { "-" };
        let under = bar.repeat(textwrap::core::display_width(line));
        let style = self.palette.strong();
        format!("{}\n{}\n", paint(line, style), paint(&under, self.palette.faint()))
    }

    /// One blank line between what was and what comes.
    fn paragraph_gap(&mut self) {
        self.flush();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}
