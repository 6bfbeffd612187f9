//! The few elements that a picture is made of, and its colours.

use std::fmt::Write as _;

use privatelint_diagnostics::Severity;
use privatelint_diagnostics::diagram::NodeKind;
use textwrap::core::display_width;

use super::layout::Area;
use crate::escape::xml;
use crate::text;

/// The fonts: pictures need none of their own.
pub(super) const SANS: &str = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
pub(super) const MONO: &str =
    "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";

/// The colours of route tables and of the lines from and to them. They differ in hue and in lightness.
const TABLES: [&str; 8] =
    ["#0b7285", "#c2255c", "#5f3dc4", "#2b8a3e", "#d9480f", "#1864ab", "#862e9c", "#7a5c00"];

/// The colour of lines that belong to no table.
pub(super) const LINE: &str = "#64748b";

/// The colour of the table that is the n-th.
pub(super) fn table_color(number: usize) -> &'static str {
    TABLES.get(number % TABLES.len()).copied().unwrap_or(LINE)
}

/// What a box is filled and drawn with.
pub(super) fn colors(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Network => ("#f8fafc", "#475569"),
        NodeKind::Zone => ("#f1f5f9", "#94a3b8"),
        NodeKind::Subnet | NodeKind::RouteTable => ("#ffffff", "#94a3b8"),
        NodeKind::GatewayEndpoint => ("#e6f5eb", "#2b8a3e"),
        NodeKind::InterfaceEndpoint => ("#e5effc", "#1864ab"),
        NodeKind::Gateway => ("#fff3e0", "#c2590a"),
        NodeKind::Outside => ("#f1f5f9", "#64748b"),
        NodeKind::Service => ("#ffffff", "#334155"),
    }
}

/// The colour of a finding.
pub(super) fn severity_color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "#d92d20",
        Severity::Warning => "#d97706",
        Severity::Info => "#0284c7",
    }
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) size: i32,
    pub(super) mono: bool,
    pub(super) bold: bool,
    pub(super) color: &'static str,
}

pub(super) const LABEL: Type = Type { size: 12, mono: true, bold: false, color: "#0f172a" };
pub(super) const DETAIL: Type = Type { size: 11, mono: false, bold: false, color: "#475569" };
pub(super) const HEADING: Type = Type { size: 13, mono: true, bold: true, color: "#0f172a" };
pub(super) const SMALL: Type = Type { size: 11, mono: true, bold: false, color: "#334155" };

/// A text with its baseline at `y`, no wider than `room`.
pub(super) fn push_text(out: &mut String, x: i32, y: i32, content: &str, set: Type, room: i32) {
    let shown = fit(content, set, room);
    if shown.is_empty() {
        return;
    }
    let family = if set.mono { format!(r#" font-family="{}""#, xml(MONO)) } else { String::new() };
    let weight = if set.bold { r#" font-weight="600""# } else { "" };
    let (size, color) = (set.size, set.color);
    let _ = writeln!(
        out,
        r#"<text x="{x}" y="{y}" font-size="{size}"{family}{weight} fill="{color}">{}</text>"#,
        xml(&shown)
    );
}

/// About how wide a text is. Browsers choose the font, so that nobody knows.
pub(super) fn text_width(content: &str, set: Type) -> i32 {
    // In tenths of a pixel for each pixel of the font's size.
    let per_column = if set.mono || set.bold { 62 } else { 56 };
    let columns = i32::try_from(display_width(content)).unwrap_or(i32::MAX / 1000);
    columns.saturating_mul(per_column).saturating_mul(set.size) / 100
}

/// A text in one line that has room, its middle left out if it has not: addresses differ at their ends.
pub(super) fn fit(content: &str, set: Type, room: i32) -> String {
    let content = text::one_line(content, true);
    if text_width(&content, set) <= room {
        return content;
    }
    let per_column = text_width("0", Type { size: set.size * 100, ..set }).max(1);
    let columns = usize::try_from(room.saturating_mul(100) / per_column).unwrap_or(0);
    let Some(columns) = columns.checked_sub(1).filter(|columns| *columns > 1) else {
        return "…".to_owned();
    };
    let head = take(content.chars(), columns / 2);
    let tail: String = take(content.chars().rev(), columns - columns / 2).chars().rev().collect();
    format!("{head}…{tail}")
}

/// As many characters as have room.
fn take(characters: impl Iterator<Item = char>, columns: usize) -> String {
    let mut taken = String::new();
    for c in characters {
        if display_width(&taken) + display_width(c.encode_utf8(&mut [0; 4])) > columns {
            break;
        }
        taken.push(c);
    }
    taken
}

/// A box with round corners.
pub(super) fn push_box(
    out: &mut String,
    area: Area,
    radius: i32,
    (fill, stroke): (&str, &str),
    dashed: bool,
) {
    let Area { x, y, width, height } = area;
    let dash = if dashed { r#" stroke-dasharray="5 4""# } else { "" };
    let _ = writeln!(
        out,
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}" stroke="{stroke}"{dash}/>"#
    );
}

/// A filled area without an edge.
pub(super) fn push_bar(out: &mut String, area: Area, radius: i32, fill: &str) {
    let Area { x, y, width, height } = area;
    let _ = writeln!(
        out,
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}"/>"#
    );
}

/// A small number on a coloured ground, with its middle there.
pub(super) fn push_number(out: &mut String, x: i32, y: i32, number: &str, fill: &str) {
    let half = if number.len() > 2 { 11 } else { 8 };
    let _ = writeln!(
        out,
        r##"<rect x="{}" y="{}" width="{}" height="15" rx="7" fill="{fill}"/><text x="{x}" y="{}" font-size="10" font-weight="600" text-anchor="middle" fill="#ffffff">{}</text>"##,
        x - half,
        y - 7,
        2 * half,
        y + 4,
        xml(number)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_too_long_keep_their_ends() {
        assert_eq!(fit("short", LABEL, 100), "short");
        let shown = fit("module.network.aws_subnet.private[\"eu-central-1a\"]", LABEL, 150);
        assert!(shown.starts_with("module.ne") && shown.ends_with("ral-1a\"]"), "{shown}");
        assert!(text_width(&shown, LABEL) <= 150);
        assert_eq!(fit("東京東京東京東京", LABEL, 60), "東…東京");
        assert_eq!(fit("anything", LABEL, 0), "…");
        assert_eq!(fit("", LABEL, 0), "");
    }
}
