//! Whether a value, as far as it is known, is what a condition asks for.

use privatelint_evaluator::{Attribute, TextPart, Tri, Unknown, Value};

use crate::argument::agree;
use crate::facts::{Fits, Pattern};

/// The most characters of a text that is compared with patterns.
const MOST_CHARS: usize = 4096;

/// What the first pattern that fits says; no if none fits.
pub(super) fn matches(value: &Value, patterns: &[Pattern]) -> Tri {
    if let Value::Unknown(Unknown::OneOf(arms)) = value {
        return agree(arms.iter().map(|arm| matches(arm, patterns)));
    }
    let Some((first, rest)) = patterns.split_first() else { return Tri::No };
    match fits(value, &first.fits) {
        Tri::Yes => first.holds.into(),
        Tri::No => matches(value, rest),
        Tri::Unknown => agree([first.holds.into(), matches(value, rest)]),
    }
}

fn fits(value: &Value, pattern: &Fits) -> Tri {
    match pattern {
        Fits::Text(pattern) => fits_text(value, pattern),
        Fits::Attribute(kind, path) => match attribute(value) {
            Some(of) => (of.of.kind == kind.as_str() && of.path.starts_with(path.as_str())).into(),
            // What is written is text, which is compared with the other patterns.
            None => Tri::No,
        },
    }
}

/// The attribute that a value is, or begins with.
fn attribute(value: &Value) -> Option<&Attribute> {
    match value {
        Value::Unknown(Unknown::Computed(attribute) | Unknown::Data(attribute)) => Some(attribute),
        Value::Unknown(Unknown::Text(parts)) => match parts.first() {
            Some(TextPart::Unknown(Unknown::Computed(attribute) | Unknown::Data(attribute))) => {
                Some(attribute)
            }
            _ => None,
        },
        _ => None,
    }
}

fn fits_text(value: &Value, pattern: &str) -> Tri {
    let text: Vec<Piece> = match value {
        Value::String(text) => text.chars().map(Piece::One).collect(),
        Value::Bool(bool) => bool.to_string().chars().map(Piece::One).collect(),
        Value::Number(number) => number.to_string().chars().map(Piece::One).collect(),
        Value::Unknown(Unknown::Text(parts)) => parts.iter().flat_map(pieces).collect(),
        Value::Unknown(_) => vec![Piece::Unknown],
        _ => return Tri::No,
    };
    if text.len() > MOST_CHARS {
        return Tri::Unknown;
    }
    let pattern = compiled(pattern);
    if fit(&pattern, &text, false) {
        Tri::Yes
    } else if fit(&pattern, &text, true) {
        Tri::Unknown
    } else {
        Tri::No
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    One(char),
    /// Any text, which the pattern lets through.
    Any,
    /// Any text that has no separator.
    Segment,
    /// Some text, which is not known.
    Unknown,
}

/// What separates the parts of an ARN, or an image's registry, name and tag.
const SEPARATORS: [char; 2] = ['/', ':'];

/// The pieces of a pattern: `**` is any text, `*` any without a separator.
fn compiled(pattern: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for c in pattern.chars() {
        match (c, pieces.last_mut()) {
            ('*', Some(last @ Piece::Segment)) => *last = Piece::Any,
            ('*', _) => pieces.push(Piece::Segment),
            (c, _) => pieces.push(Piece::One(c)),
        }
    }
    pieces
}

fn pieces(part: &TextPart) -> Vec<Piece> {
    match part {
        TextPart::Known(known) => known.chars().map(Piece::One).collect(),
        TextPart::Unknown(_) => vec![Piece::Unknown],
    }
}

/// Whether a text fits a pattern: whatever its unknown parts are, or if they are what the pattern wants.
fn fit(pattern: &[Piece], text: &[Piece], unknown_suits: bool) -> bool {
    // Whether the rest of the text, from each place on, fits the rest of the pattern: row by row from the end.
    let mut below: Vec<bool> = vec![false; text.len() + 1];
    for at in (0..=text.len()).rev() {
        let rest = text.get(at..).unwrap_or_default();
        let left_out = unknown_suits && rest.iter().all(|piece| *piece == Piece::Unknown);
        if let Some(place) = below.get_mut(at) {
            *place = rest.is_empty() || left_out;
        }
    }
    for piece in pattern.iter().rev() {
        let mut row = vec![false; text.len() + 1];
        for at in (0..=text.len()).rev() {
            let skip_pattern = below.get(at).copied().unwrap_or_default();
            let skip_both = below.get(at + 1).copied().unwrap_or_default();
            let skip_text = row.get(at + 1).copied().unwrap_or_default();
            let here = match (piece, text.get(at)) {
                (Piece::Any | Piece::Segment, None) => skip_pattern,
                (Piece::Segment, Some(Piece::One(c))) if SEPARATORS.contains(c) => skip_pattern,
                // Text that is not known is taken to have no separator where the pattern wants none.
                (Piece::Any | Piece::Segment, Some(_)) => skip_pattern || skip_text,
                (_, Some(Piece::Unknown)) => unknown_suits && (skip_pattern || skip_text),
                (piece, Some(other)) => piece == other && skip_both,
                (_, None) => false,
            };
            if let Some(place) = row.get_mut(at) {
                *place = here;
            }
        }
        below = row;
    }
    below.first().copied().unwrap_or_default()
}

/// Whether a version is at least another; `None` if one of them is none.
pub(super) fn is_at_least(version: &str, least: &str) -> Option<bool> {
    Some(numbers(version)? >= numbers(least)?)
}

/// The numbers of `emr-7.1.0`. Zeros at the end count as left out.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut found = Vec::new();
    for part in digits.split('.') {
        found.push(part.parse().ok()?);
    }
    while found.last() == Some(&0) {
        found.pop();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(written: &str) -> Value {
        let parts = written.split('?').enumerate().flat_map(|(at, known)| {
            let unknown = TextPart::Unknown(Unknown::Variable("x".into()));
            (at > 0).then_some(unknown).into_iter().chain([TextPart::Known(known.into())])
        });
        Unknown::text(parts)
    }

    #[track_caller]
    fn check(written: &str, pattern: &str, expected: Tri) {
        assert_eq!(fits_text(&text(written), pattern), expected, "{written} {pattern}");
    }

    #[test]
    fn stars_stand_for_any_text() {
        check("awslogs", "awslogs", Tri::Yes);
        check("awslog", "awslogs", Tri::No);
        check("awslogs2", "awslogs", Tri::No);
        check("1.dkr.ecr.eu-west-1.amazonaws.com/a:1", "*.dkr.ecr.*.amazonaws.com/**", Tri::Yes);
        check("nginx", "*.dkr.ecr.*.amazonaws.com/**", Tri::No);
        check("", "*", Tri::Yes);
        check("", "a*", Tri::No);
        check("a/b", "*", Tri::No);
        check("a/b:c", "**", Tri::Yes);
        check("arn:aws:s3:::b", "arn:*:s3:**", Tri::Yes);
    }

    #[test]
    fn text_that_is_not_known_may_fit() {
        check("?", "*", Tri::Yes);
        check("?", "a", Tri::Unknown);
        check("?.dkr.ecr.?.amazonaws.com/?", "*.dkr.ecr.*.amazonaws.com/**", Tri::Yes);
        check("?/app:?", "*.dkr.ecr.*.amazonaws.com/**", Tri::Unknown);
        check("docker.io/?", "*.dkr.ecr.*.amazonaws.com/**", Tri::No);
        check("nginx:?", "*.dkr.ecr.*.amazonaws.com/**", Tri::No);
        check("arn:?:ssm:x", "arn:*:secretsmanager:**", Tri::Unknown);
        check("arn:aws:ssm?", "arn:*:secretsmanager:**", Tri::No);
        check("arn:aws:?", "arn:*:secretsmanager:**", Tri::Unknown);
        check("/a/?", "arn:*", Tri::No);
        check("a?", "a", Tri::Unknown);
        check("?b", "a", Tri::No);
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert_eq!(is_at_least("1.4.0", "1.4.0"), Some(true));
        assert_eq!(is_at_least("1.4", "1.4.0"), Some(true));
        assert_eq!(is_at_least("1.10.0", "1.4.0"), Some(true));
        assert_eq!(is_at_least("emr-7.9.0", "emr-8.0.0"), Some(false));
        assert_eq!(is_at_least("LATEST", "1.4.0"), None);
    }
}
