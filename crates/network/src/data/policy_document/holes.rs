//! Unknown texts in a document: each stands behind a mark until the document is written.

use privatelint_evaluator::{TextPart, Unknown, Value};

/// Marks the place of an unknown part. It is no character, so no text of a user has it, and JSON needs no escape for it.
pub(super) const MARK: char = '\u{fdd0}';

/// The unknown parts of a document.
#[derive(Default)]
pub(super) struct Holes(Vec<Unknown>);

impl Holes {
    /// A text in which marks stand for what is not known.
    pub(super) fn text(&mut self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => (!text.contains(MARK)).then(|| text.to_string()),
            Value::Bool(bool) => Some(bool.to_string()),
            Value::Number(number) => Some(number.to_string()),
            Value::Unknown(Unknown::Text(parts)) => {
                let mut text = String::new();
                for part in parts.iter() {
                    match part {
                        TextPart::Known(known) if known.contains(MARK) => return None,
                        TextPart::Known(known) => text.push_str(known),
                        TextPart::Unknown(unknown) => text.push_str(&self.mark(unknown)),
                    }
                }
                Some(text)
            }
            Value::Unknown(unknown) => Some(self.mark(unknown)),
            _ => None,
        }
    }

    fn mark(&mut self, unknown: &Unknown) -> String {
        self.0.push(unknown.clone());
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// The text with the unknown parts in the place of their marks.
    pub(super) fn fill(&self, text: &str) -> Value {
        Unknown::text(text.split(MARK).enumerate().map(|(at, piece)| {
            // Marks come in pairs: every second piece is between two.
            match piece
                .parse::<usize>()
                .ok()
                .filter(|_| at % 2 == 1)
                .and_then(|hole| self.0.get(hole))
            {
                Some(unknown) => TextPart::Unknown(unknown.clone()),
                None => TextPart::Known(piece.into()),
            }
        }))
    }
}
