//! Coloured terminal output as a picture, for pages that cannot show a terminal.

use std::fmt::Write as _;

use textwrap::core::display_width;

use crate::escape::xml;

const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: f32 = 19.0;
const MARGIN: f32 = 18.0;
const BAR: f32 = 34.0;

/// A dark terminal window that shows `text`, whose SGR escape sequences become styles. Other escape sequences are left out.
/// The picture needs no font of its own and is the same for the same text.
#[must_use]
pub fn ansi_to_svg(text: &str, title: &str) -> String {
    let lines: Vec<Vec<Run>> = lines(text);
    let columns = lines.iter().map(|line| columns(line)).max().unwrap_or(0).max(40);
    let width = 2.0 * MARGIN + cells(columns) * CELL_WIDTH;
    let height = BAR + 2.0 * MARGIN + cells(lines.len()) * CELL_HEIGHT - 6.0;
    let mut out = window(width, height, title);
    let mut y = BAR + MARGIN + 8.0;
    for line in &lines {
        push_line(&mut out, line, y);
        y += CELL_HEIGHT;
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// The picture's size is a small number: no precision is lost.
fn cells(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

fn window(width: f32, height: f32, title: &str) -> String {
    let title = xml(title);
    let middle = width / 2.0;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1} {height:.1}" width="{width:.1}" height="{height:.1}" role="img" aria-label="{title}">
<title>{title}</title>
<rect x="0.5" y="0.5" width="{:.1}" height="{:.1}" rx="9" fill="#16181d" stroke="#30343d"/>
<circle cx="20" cy="18" r="6" fill="#ff5f57"/><circle cx="40" cy="18" r="6" fill="#febc2e"/><circle cx="60" cy="18" r="6" fill="#28c840"/>
<text x="{middle:.1}" y="23" text-anchor="middle" font-family="system-ui, sans-serif" font-size="13" fill="#8b93a3">{title}</text>
<g font-family="ui-monospace, 'SF Mono', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="14" fill="#d7dae0">
"##,
        width - 1.0,
        height - 1.0,
    )
}

/// Each run has its own place, so that the columns are right whatever the font. Its spaces may not break, because viewers
/// collapse the others.
fn push_line(out: &mut String, line: &[Run], y: f32) {
    let mut column = 0;
    for run in line {
        let text = run.text.trim_start_matches(' ');
        let x = MARGIN + cells(column + run.text.len() - text.len()) * CELL_WIDTH;
        column += display_width(&run.text);
        let text = text.trim_end_matches(' ');
        if !text.is_empty() {
            let length = cells(display_width(text)) * CELL_WIDTH;
            let _ = writeln!(
                out,
                r#"<text x="{x:.1}" y="{y:.1}" textLength="{length:.1}"{}>{}</text>"#,
                run.style.attributes(),
                xml(text).replace(' ', "\u{a0}")
            );
        }
    }
}

/// Some text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    text: String,
    style: Style,
}

fn columns(line: &[Run]) -> usize {
    line.iter().map(|run| display_width(&run.text)).sum()
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    color: Option<String>,
    bold: bool,
    faint: bool,
    italic: bool,
    underline: bool,
}

impl Style {
    fn attributes(&self) -> String {
        let mut out = String::new();
        if let Some(color) = &self.color {
            let _ = write!(out, r#" fill="{color}""#);
        }
        let rest = [
            (self.bold, r#" font-weight="bold""#),
            (self.faint, r#" opacity="0.6""#),
            (self.italic, r#" font-style="italic""#),
            (self.underline, r#" text-decoration="underline""#),
        ];
        out.extend(rest.into_iter().filter(|(on, _)| *on).map(|(_, attribute)| attribute));
        out
    }

    /// Applies the parameters of one SGR sequence.
    fn apply(&mut self, parameters: &str) {
        let mut codes = parameters.split(';').map(|code| code.parse::<u8>().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.faint = true,
                3 => self.italic = true,
                4 => self.underline = true,
                22 => (self.bold, self.faint) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                30..=37 => self.color = Some(indexed(code - 30)),
                90..=97 => self.color = Some(indexed(code - 90 + 8)),
                38 => self.color = extended(&mut codes),
                39 => self.color = None,
                48 => drop(extended(&mut codes)),
                _ => {}
            }
        }
    }
}

/// The colour after a 38 or a 48.
fn extended(codes: &mut impl Iterator<Item = u8>) -> Option<String> {
    match codes.next()? {
        5 => codes.next().map(indexed),
        2 => {
            let (r, g, b) = (codes.next()?, codes.next()?, codes.next()?);
            Some(format!("#{r:02x}{g:02x}{b:02x}"))
        }
        _ => None,
    }
}

/// A colour of the table of 256.
fn indexed(code: u8) -> String {
    const FIRST: [&str; 16] = [
        "#3b404a", "#e5534b", "#57ab5a", "#d9a53f", "#539bf5", "#b083f0", "#39c5cf", "#c8ccd4",
        "#6b7280", "#ff6b64", "#7ee787", "#f2cc60", "#79b8ff", "#d2a8ff", "#56d4dd", "#ffffff",
    ];
    if let Some(color) = FIRST.get(usize::from(code)) {
        return (*color).to_owned();
    }
    if code >= 232 {
        let grey = 8 + (code - 232) * 10;
        return format!("#{grey:02x}{grey:02x}{grey:02x}");
    }
    let cube = code - 16;
    let level = |step: u8| if step == 0 { 0 } else { 55 + step * 40 };
    let (r, g, b) = (level(cube / 36), level(cube / 6 % 6), level(cube % 6));
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The lines of a text in runs of one style.
fn lines(text: &str) -> Vec<Vec<Run>> {
    let mut style = Style::default();
    let line = |line: &str| runs(line, &mut style);
    text.trim_end_matches('\n').split('\n').map(line).collect()
}

fn runs(line: &str, style: &mut Style) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut pieces = line.split('\u{1b}');
    push_run(&mut runs, pieces.next().unwrap_or(""), style);
    for piece in pieces {
        let Some(sequence) = piece.strip_prefix('[') else { continue };
        let end = sequence.find(|c: char| ('@'..='~').contains(&c)).unwrap_or(sequence.len());
        let (parameters, rest) = sequence.split_at_checked(end).unwrap_or((sequence, ""));
        if rest.starts_with('m') {
            style.apply(parameters);
        }
        let mut after = rest.chars();
        let _ = after.next();
        push_run(&mut runs, after.as_str(), style);
    }
    runs
}

fn push_run(runs: &mut Vec<Run>, text: &str, style: &Style) {
    if !text.is_empty() {
        runs.push(Run { text: text.to_owned(), style: style.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, drawn: &[&str]) {
        let svg = ansi_to_svg(text, "t");
        let texts: Vec<&str> = svg.lines().filter(|line| line.contains("textLength")).collect();
        assert_eq!(texts, drawn);
    }

    #[test]
    fn styles_become_attributes() {
        check(
            " a \u{1b}[1;91mb\u{1b}[0m",
            &[
                r#"<text x="26.4" y="60.0" textLength="8.4">a</text>"#,
                r##"<text x="43.2" y="60.0" textLength="8.4" fill="#ff6b64" font-weight="bold">b</text>"##,
            ],
        );
        check(
            "\u{1b}[38;5;196;4mx\n\u{1b}[24;38;2;1;2;255;3my\u{1b}[39;23;2mz",
            &[
                r##"<text x="18.0" y="60.0" textLength="8.4" fill="#ff0000" text-decoration="underline">x</text>"##,
                r##"<text x="18.0" y="79.0" textLength="8.4" fill="#0102ff" font-style="italic">y</text>"##,
                r#"<text x="26.4" y="79.0" textLength="8.4" opacity="0.6">z</text>"#,
            ],
        );
    }

    #[test]
    fn markup_is_text_and_other_sequences_are_left_out() {
        check(
            "< &\u{1b}[2J\u{1b}7",
            &["<text x=\"18.0\" y=\"60.0\" textLength=\"25.2\">&lt;\u{a0}&amp;</text>"],
        );
        assert!(ansi_to_svg("", "<b>").contains("<title>&lt;b&gt;</title>"));
        check("\u{1b}[", &[]);
        check("\u{1b}[38;5mx", &[r#"<text x="18.0" y="60.0" textLength="8.4">x</text>"#]);
    }

    #[test]
    fn every_index_is_a_colour() {
        for code in 0..=255 {
            let color = indexed(code);
            assert!(color.len() == 7 && color.starts_with('#'), "{color}");
        }
    }
}
