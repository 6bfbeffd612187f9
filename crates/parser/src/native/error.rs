//! hcl-edit's errors in our words, where Terraform would see them.

use std::ops::Range;

/// What is said instead of a message that begins like this.
const MESSAGES: [(&str, &str); 12] = [
    ("invalid expression;", "a value is expected here"),
    ("invalid nesting depth", "more than 64 levels of nesting"),
    ("invalid binary operation; expected at most", "more than 128 operators in a row"),
    ("invalid attribute; expected unique", "this attribute is set a second time"),
    ("invalid structure;", "`=`, a label or `{` is expected behind the name"),
    (
        "invalid object item; expected `}`",
        "a comma or a line break is expected between the items of an object",
    ),
    ("invalid object value assignment", "`=` or `:` is expected behind the key"),
    ("invalid traversal operator", "an attribute name must follow the dot"),
    ("invalid escape sequence", "there is no such escape sequence"),
    ("invalid unicode", "`\\u` has four hexadecimal digits behind it, `\\U` eight"),
    (
        "invalid block body",
        "a block holds one attribute in its line, or begins with a line break and ends with `}`",
    ),
    ("expected newline or eof", "a line break is expected here"),
];

/// The message for a user.
pub(super) fn message(error: &hcl_edit::parser::Error) -> &str {
    let message = error.message();
    let ours = MESSAGES.iter().find(|(begin, _)| message.starts_with(begin));
    ours.map_or(message, |(_, ours)| ours)
}

/// Whether hcl-edit refuses something that Terraform reads, because there is too much of it.
pub(super) fn is_limit(error: &hcl_edit::parser::Error) -> bool {
    ["invalid nesting depth", "invalid binary operation; expected at most"]
        .iter()
        .any(|begin| error.message().starts_with(begin))
}

/// The place in the text that hcl-edit saw: a word, a character, or nothing at the end of a line.
pub(super) fn range(seen: &str, error: &hcl_edit::parser::Error) -> Range<usize> {
    let mut start = error.location().offset();
    if error.message().starts_with("invalid object value assignment") {
        // hcl-edit points behind the character that should have been `=`.
        start = seen.floor_char_boundary(start.saturating_sub(1));
    }
    let rest = seen.get(start..).unwrap_or_default();
    let word = rest.find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '-')));
    let length = match word.unwrap_or(rest.len()) {
        0 => rest.chars().next().filter(|char| !char.is_whitespace()).map_or(0, char::len_utf8),
        length => length,
    };
    start..start + length
}
