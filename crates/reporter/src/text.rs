//! Text from the scanned tree, made safe to show in a terminal or in the log of a CI system.
//!
//! Two things may not get through: characters that move the cursor, change the state of the terminal or hide or reorder
//! what is read; and words that a CI runner takes for an order when it sees them in the log.

/// How one character is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// As it is.
    Same,
    /// By another one of width one.
    Instead(char),
    /// As it is, with a space after it, so that the word that it begins is no order any more.
    Apart,
}

/// How `c` is shown where `rest`, which begins with it, stands. Tabs and line breaks are the caller's business.
pub(crate) fn glyph(c: char, rest: &str, unicode: bool) -> Glyph {
    match c {
        '\t' | '\n' => Glyph::Same,
        '#' if begins_log_command(rest) => Glyph::Apart,
        ' '..='~' => Glyph::Same,
        _ if !is_unsafe(c) => Glyph::Same,
        _ if !unicode => Glyph::Instead('?'),
        // The control pictures of Unicode stand in the order of the control characters.
        '\0'..='\u{1f}' => {
            Glyph::Instead(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'))
        }
        '\u{7f}' => Glyph::Instead('\u{2421}'),
        _ => Glyph::Instead('\u{fffd}'),
    }
}

/// Whether a character does something else than showing itself: control characters, line and paragraph separators,
/// bidirectional controls, and characters that nobody sees. The zero-width joiners stay: scripts and emoji need them.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether a log reader may take an order from here: `##[error]` (anywhere in a line, on GitHub and Azure), `##vso[`,
/// `##teamcity[`.
fn begins_log_command(rest: &str) -> bool {
    rest.strip_prefix("##").is_some_and(|name| {
        name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[')
    })
}

/// A text of one line: line breaks and tabs become spaces, everything unsafe becomes visible.
pub(crate) fn one_line(text: &str, unicode: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match (c, glyph(c, rest, unicode)) {
            ('\r', _) if rest.starts_with("\r\n") => {}
            ('\n' | '\t', _) => out.push(' '),
            (_, Glyph::Same) => out.push(c),
            (_, Glyph::Instead(shown)) => out.push(shown),
            (_, Glyph::Apart) => out.extend([c, ' ']),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    out
}

/// A path that may stand at the beginning of a line.
pub(crate) fn path(path: &str, unicode: bool) -> String {
    let shown = one_line(path, unicode);
    if shown.trim_start().starts_with("::") { format!("./{shown}") } else { shown }
}

/// A line of prose that stands alone in its line. GitHub takes a line that begins with `::` after trimming for a
/// workflow command.
pub(crate) fn line_start(line: &str) -> String {
    match line.trim_start().strip_prefix("::") {
        Some(rest) => format!(": :{rest}"),
        None => line.to_owned(),
    }
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(one_line(text, true), shown);
    }

    #[test]
    fn harmless_text_stays() {
        check("route table `a` → b, größer, 東京 👩‍💻", "route table `a` → b, größer, 東京 👩‍💻");
        check("arn:aws:s3:::bucket # comment ## two", "arn:aws:s3:::bucket # comment ## two");
    }

    #[test]
    fn escape_sequences_become_visible() {
        check("\u{1b}[31mred\u{1b}[0m", "␛[31mred␛[0m");
        check("\u{1b}]8;;http://x\u{7}click", "␛]8;;http://x␇click");
        check("\u{9b}2J", "\u{fffd}2J");
        check("a\u{7f}b\0", "a␡b␀");
    }

    #[test]
    fn reordering_and_hidden_text_become_visible() {
        check("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
        check("x\u{2028}y", "x\u{fffd}y");
    }

    #[test]
    fn line_breaks_and_tabs_become_spaces() {
        check("a\r\nb\nc\td\re", "a b c d␍e");
    }

    #[test]
    fn log_commands_come_apart() {
        check("##[add-mask]x", "# #[add-mask]x");
        check("###[group]", "## #[group]");
        check("##vso[task.setvariable]", "# #vso[task.setvariable]");
        assert_eq!(line_start("  ::error::x"), ": :error::x");
        assert_eq!(line_start("a ::error::x"), "a ::error::x");
        assert_eq!(path("::error::x/main.tf", true), "./::error::x/main.tf");
    }

    #[test]
    fn without_unicode_a_question_mark_stands_for_all() {
        assert_eq!(one_line("a\u{1b}b\u{202e}", false), "a?b?");
    }

    /// Every character on its own and between others: what is left is never unsafe and never an order.
    #[test]
    fn nothing_unsafe_is_left() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            for unicode in [true, false] {
                let shown = one_line(&format!("x{c}y"), unicode);
                assert!(!shown.chars().any(is_unsafe), "{c:?} gives {shown:?}");
            }
        }
    }
}
