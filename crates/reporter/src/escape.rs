//! Escaping for each target language. Each function takes any text and returns one that the target reads as that text.

use crate::text;

/// The message of a workflow command.
pub(crate) fn command_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
pub(crate) fn command_property(text: &str) -> String {
    command_message(text).replace(':', "%3A").replace(',', "%2C")
}

/// A relative URI reference for a path with `/`.
///
/// Everything but unreserved characters is encoded, so that no path can look like a scheme, a query or a fragment.
pub(crate) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                out.extend([hex(byte >> 4), hex(byte & 15)]);
            }
        }
    }
    out
}

fn hex(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase()
}

/// Text inside a paragraph or a table cell of GitHub's Markdown: no markup, no HTML, no mention, no formula, no line break.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text::one_line(text, true).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '~' | '$' | '|' | '#' | '!' => {
                out.extend(['\\', c]);
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A backslash does not stop a mention; a character without width does.
            '@' => out.push_str("@&#8203;"),
            _ => out.push(c),
        }
    }
    out
}

/// Text between tags or in a quoted attribute of XML. Characters that XML 1.0 cannot hold become visible.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ if c.is_control() => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// A finished JSON document, in which only strings can hold a character outside ASCII or a `#`: what a terminal or
/// a log would act on is written as an escape, so that the document means the same and is safe to print.
pub(crate) fn json_document(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(c) = rest.chars().next() {
        let harmless = c == '\n' || text::glyph(c, rest, true) == text::Glyph::Same;
        if harmless {
            out.push(c);
        } else {
            push_json_escape(&mut out, c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    out
}

fn push_json_escape(out: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Awkward texts, for properties that hold for all texts.
    fn awkward() -> impl Iterator<Item = String> {
        let pieces = [
            "",
            "%",
            "\r\n",
            "\n::error::x",
            ":",
            ",",
            "`",
            "|",
            "<b>",
            "@me",
            "\u{1b}[0m",
            "é",
            "東",
            "\\",
            "##[group]",
            "${x}",
            "a b",
            "\u{202e}",
            "\u{fffe}",
            "&amp;",
            "\"",
            "'",
            "](x)",
            "\u{e0041}",
        ];
        pieces.into_iter().flat_map(move |a| pieces.map(move |b| format!("x{a}{b}y")))
    }

    fn undo_percent(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.as_bytes();
        while let Some((&first, tail)) = rest.split_first() {
            if first == b'%' {
                let digits = std::str::from_utf8(&tail[..2]).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = &tail[2..];
            } else {
                bytes.push(first);
                rest = tail;
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn percent_escapes_can_be_undone_and_end_no_line() {
        for text in awkward() {
            for escaped in [command_message(&text), command_property(&text), uri(&text)] {
                assert_eq!(undo_percent(&escaped), text);
                assert!(!escaped.contains(['\r', '\n']));
            }
            assert!(!command_property(&text).contains([':', ',']));
            assert!(uri(&text).is_ascii());
        }
    }

    #[test]
    fn percent_is_escaped_first() {
        assert_eq!(command_message("50%\r\n"), "50%25%0D%0A");
        assert_eq!(command_property("a:b,c%0A"), "a%3Ab%2Cc%250A");
    }

    #[test]
    fn uris_keep_slashes() {
        assert_eq!(uri("live/a b#1?/ä.tf"), "live/a%20b%231%3F/%C3%A4.tf");
        assert_eq!(uri("c:/x"), "c%3A/x");
    }

    #[test]
    fn markdown_has_no_markup_left() {
        assert_eq!(
            markdown("`a|b` <img> @me *x* [l](u) ${v}\nnext"),
            "\\`a\\|b\\` &lt;img&gt; @&#8203;me \\*x\\* \\[l\\](u) \\$\\{v\\} next"
        );
        for text in awkward() {
            let escaped = markdown(&text);
            assert!(!escaped.contains(['\n', '\r', '<', '>', '\u{1b}']), "{escaped:?}");
            assert!(!escaped.replace("\\|", "").contains('|'));
            assert!(!escaped.replace("@&#8203;", "").contains('@'));
        }
    }

    #[test]
    fn xml_has_no_tag_and_no_control_character_left() {
        assert_eq!(xml("<a b='c'>&\"\u{1b}"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\u{fffd}");
        for text in awkward() {
            assert!(!xml(&text).contains(['<', '>', '"', '\'', '\u{1b}', '\r', '\u{fffe}']));
        }
    }

    #[test]
    fn json_documents_mean_the_same() {
        for text in awkward() {
            let document = serde_json::to_string_pretty(&[&text]).unwrap();
            let escaped = json_document(&document);
            assert_eq!(serde_json::from_str::<[String; 1]>(&escaped).unwrap(), [text]);
            assert!(!escaped.contains("##["));
            assert!(!escaped.chars().any(|c| c != '\n' && text::is_unsafe(c)));
        }
    }
}
