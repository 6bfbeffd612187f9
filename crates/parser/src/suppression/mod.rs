//! `# privatelint: ignore[…]` comments.

mod directive;
mod target;

use std::ops::Range;

use privatelint_diagnostics::{FileId, LineIndex, Problem, ProblemKind, Span};
use smol_str::SmolStr;

use crate::syntax::Body;
use directive::{Directive, Malformed};
pub(crate) use target::{Target, of_block};

/// A suppression comment, understood.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The comment.
    pub comment: Span,
    /// The rules it names, each with its place.
    pub rules: Vec<(SmolStr, Span)>,
    /// What it covers: a line, an attribute or block with everything in it, or the whole file.
    pub covers: Span,
    /// Whether it stands on a `module` block, and therefore covers what the called module contains too: the block's name.
    pub module_call: Option<SmolStr>,
    /// `until=YYYY-MM-DD`: the last day on which it holds.
    pub until: Option<SmolStr>,
    /// The reason given.
    pub reason: String,
}

/// Finds the suppressions among the comments of a file in native syntax.
pub(crate) fn in_comments(
    file: FileId,
    text: &str,
    comments: &[Range<usize>],
    body: &Body,
    problems: &mut Vec<Problem>,
) -> Vec<Suppression> {
    let mut found = Vec::new();
    let mut lines = None;
    for comment in comments {
        let source = text.get(comment.clone()).unwrap_or_default();
        let (inner, offset) = without_marks(source);
        // The common case by far.
        if !inner.trim_start().get(..1).is_some_and(|first| first.eq_ignore_ascii_case("p")) {
            continue;
        }
        let place = span(file, comment.start, comment.end);
        let Some(parsed) = directive::parse(inner) else { continue };
        let whole_file = parsed.as_ref().is_ok_and(|directive| directive.whole_file);
        let target = if whole_file {
            Target { covers: span(file, 0, text.len()), module_call: None }
        } else {
            let lines = lines.get_or_insert_with(|| LineIndex::new(text));
            target::of_comment(file, text, lines, comment, body)
        };
        found.extend(suppression(parsed, place, inner, comment.start + offset, target, problems));
    }
    found
}

/// Reads a suppression in a string that is a comment, as JSON has them. `inner` is the place of the string's text.
pub(crate) fn in_string(
    text: &str,
    inner: Span,
    target: Target,
    problems: &mut Vec<Problem>,
) -> Option<Suppression> {
    let parsed = directive::parse(text)?;
    suppression(parsed, inner, text, inner.range().start, target, problems)
}

fn suppression(
    parsed: Result<Directive, Malformed>,
    comment: Span,
    text: &str,
    base: usize,
    target: Target,
    problems: &mut Vec<Problem>,
) -> Option<Suppression> {
    let at = |range: Range<usize>| span(comment.file, base + range.start, base + range.end);
    let word = |range: &Range<usize>| SmolStr::new(text.get(range.clone()).unwrap_or_default());
    match parsed {
        Ok(directive) => Some(Suppression {
            comment,
            rules: directive.rules.iter().map(|rule| (word(rule), at(rule.clone()))).collect(),
            covers: target.covers,
            module_call: target.module_call,
            until: directive.until.as_ref().map(word),
            reason: directive.reason,
        }),
        Err(malformed) => {
            let place = at(malformed.range);
            problems.push(
                Problem::at(ProblemKind::Syntax, place, malformed.message).help(malformed.help),
            );
            None
        }
    }
}

/// A comment's text without `#`, `//` or `/* */`, and where that begins.
fn without_marks(comment: &str) -> (&str, usize) {
    if let Some(inner) = comment.strip_prefix("/*") {
        return (inner.strip_suffix("*/").unwrap_or(inner), 2);
    }
    match comment.strip_prefix("//") {
        Some(inner) => (inner, 2),
        None => (comment.strip_prefix('#').unwrap_or(comment), 1),
    }
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, offset(start), offset(end))
}

#[cfg(test)]
mod tests;
