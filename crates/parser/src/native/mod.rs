//! Native syntax: `.tf`, `.tofu`, `.tfvars`.
//!
//! A file is parsed item by item, so that a broken block hides no other.

mod convert;
mod error;
mod keys;
mod scan;
mod template;

use std::collections::HashSet;
use std::ops::Range;

use privatelint_diagnostics::{FileId, Problem, ProblemKind, Span};

use crate::syntax::{Body, Expr, ExprKind};
use convert::Converter;
pub(crate) use convert::Place;
pub(crate) use scan::FileKind;
use scan::{Item, ItemState, Refusal, Scanner};

/// How often the rest of a file is looked at anew because a block in it does not end.
const MAX_RESUMES: usize = 20;

/// How many problems of a file are worth reading.
const MAX_PROBLEMS: usize = 100;

/// What a file holds.
pub(crate) struct NativeFile {
    pub(crate) body: Body,
    /// The comments, but those in and above broken items.
    pub(crate) comments: Vec<Range<usize>>,
    pub(crate) problems: Vec<Problem>,
}

/// Parses a file.
pub(crate) fn parse_file(file: FileId, text: &str, kind: FileKind) -> NativeFile {
    let mut scanner = Scanner::new(text, kind);
    let mut body = Body::default();
    let mut problems = Vec::new();
    let mut resumes = 0;
    // Behind a broken item, what is not at the left margin is its remains.
    let mut in_remains = false;
    let mut broken_parts: Vec<Range<usize>> = Vec::new();
    let mut sound_end = 0;
    while let Some(item) = scanner.next_item() {
        if in_remains && !scan::is_at_margin(text, item.range.start) {
            broken_parts.push(item.range);
            continue;
        }
        if problems.len() >= MAX_PROBLEMS {
            problems.push(given_up(file, item.range.start, "too many errors in this file"));
            break;
        }
        let broken = parse_item(file, text, &scanner, &item, &mut body, &mut problems);
        in_remains = broken;
        if broken && scanner.is_open() {
            resumes += 1;
            let behind = match &item.state {
                ItemState::Refused(refusal) if refusal.range.end < text.len() => refusal.range.end,
                _ => item.range.start,
            };
            if resumes > MAX_RESUMES {
                let why = "too many blocks of this file do not end";
                problems.push(given_up(file, item.range.start, why));
                break;
            }
            scanner.resume_behind(behind);
        }
        if broken {
            broken_parts.push(sound_end..scanner.position());
        }
        sound_end = scanner.position();
    }
    leave_out_repeated(&mut body, &mut problems);
    let mut comments = scanner.into_comments();
    if !broken_parts.is_empty() {
        comments.retain(|comment| {
            let next = broken_parts.partition_point(|part| part.start <= comment.start);
            let part = next.checked_sub(1).and_then(|before| broken_parts.get(before));
            !part.is_some_and(|part| part.contains(&comment.start))
        });
    }
    NativeFile { body, comments, problems }
}

fn given_up(file: FileId, at: usize, why: &str) -> Problem {
    let message = format!("{why}; the rest was not looked at");
    Problem::at(ProblemKind::Syntax, span(file, at..at), message)
}

/// Adds an item to the body; says whether it is broken.
fn parse_item(
    file: FileId,
    text: &str,
    scanner: &Scanner<'_>,
    item: &Item,
    body: &mut Body,
    problems: &mut Vec<Problem>,
) -> bool {
    let place = span(file, item.range.clone());
    let seen = scanner.text(item.range.clone());
    if let ItemState::Refused(refusal) = &item.state
        && refusal.is_limit
    {
        problems.push(refused(file, refusal));
        return true;
    }
    match (hcl_edit::parser::parse_body(seen), &item.state) {
        (Ok(parsed), ItemState::Balanced) => {
            let source = text.get(item.range.clone()).unwrap_or_default();
            let is_hidden_key = |start| scanner.is_hidden_key(start);
            let mut converter =
                Converter::new(file, source, Place::At(item.range.start), &is_hidden_key);
            let Body { attributes, blocks } = converter.body(&parsed, place);
            body.attributes.extend(attributes);
            body.blocks.extend(blocks);
            problems.extend(converter.into_problems());
            return false;
        }
        (Err(error), ItemState::Refused(refusal)) if is_before(text, item, &error, refusal) => {
            problems.push(syntax_error(file, seen, item.range.start, &error));
        }
        (_, ItemState::Refused(refusal)) => problems.push(refused(file, refusal)),
        (Err(error), ItemState::Unclosed(bracket))
            if bracket.is_block && is_at_end(seen, &error) && !ends_in_a_name(seen) =>
        {
            let place = span(file, bracket.at..bracket.at + 1);
            problems.push(
                Problem::at(ProblemKind::Syntax, place, "this block has no closing brace")
                    .help("a brace may be missing or too many elsewhere in the file"),
            );
        }
        (Ok(_), ItemState::Unclosed(bracket)) => {
            let place = span(file, bracket.at..bracket.at + 1);
            problems.push(Problem::at(ProblemKind::Syntax, place, "this bracket is not closed"));
        }
        (Err(error), _) => {
            problems.push(syntax_error(file, seen, item.range.start, &error));
        }
    }
    true
}

fn refused(file: FileId, refusal: &Refusal) -> Problem {
    let place = span(file, refusal.range.clone());
    let kind = if refusal.is_limit { ProblemKind::Limit } else { ProblemKind::Syntax };
    let mut problem = Problem::at(kind, place, refusal.message.as_str());
    problem.help = refusal.help.map(str::to_owned);
    problem
}

/// Whether hcl-edit's error lies in a line before the one that Terraform's scanner refuses.
fn is_before(text: &str, item: &Item, error: &hcl_edit::parser::Error, refusal: &Refusal) -> bool {
    let at = item.range.start + error.location().offset();
    // These are reported where a block or heredoc begins whose end hcl-edit does not find.
    let is_vague = ["invalid block body", "unexpected token", "expected heredoc end delimiter"];
    !is_vague.iter().any(|message| error.message().starts_with(message))
        && text.get(at..refusal.range.start).is_some_and(|between| between.contains('\n'))
}

fn is_at_end(seen: &str, error: &hcl_edit::parser::Error) -> bool {
    seen.get(error.location().offset() + 1..).is_none_or(|rest| rest.trim().is_empty())
}

/// Parses a text that is one expression: the value of `--var`, or an expression in a JSON file.
pub(crate) fn parse_expr(file: FileId, text: &str, place: Place) -> (Expr, Vec<Problem>) {
    match hcl_edit::parser::parse_expr(text) {
        Ok(expr) => {
            let mut converter = Converter::new(file, text, place, &|_| false);
            let expr = converter.expr(&expr, whole(file, text, place), 0);
            (expr, converter.into_problems())
        }
        Err(error) => invalid(file, text, place, &error),
    }
}

/// Parses a text that is a template, without quotes and escapes.
pub(crate) fn parse_template(file: FileId, text: &str, place: Place) -> (Expr, Vec<Problem>) {
    match hcl_edit::parser::parse_template(text) {
        Ok(template) => {
            let mut converter = Converter::new(file, text, place, &|_| false);
            let expr = converter.whole_template(&template, whole(file, text, place));
            (expr, converter.into_problems())
        }
        Err(error) => invalid(file, text, place, &error),
    }
}

/// Parses a text that is a template as a file has it: like a heredoc, without escapes.
pub(crate) fn parse_template_file(file: FileId, text: &str) -> (Expr, Vec<Problem>) {
    let place = Place::At(0);
    match hcl_edit::parser::parse_template(text) {
        Ok(template) => {
            let mut converter = Converter::new(file, text, place, &|_| false);
            let expr = converter.template_file(&template, whole(file, text, place));
            (expr, converter.into_problems())
        }
        Err(error) => invalid(file, text, place, &error),
    }
}

fn invalid(
    file: FileId,
    text: &str,
    place: Place,
    error: &hcl_edit::parser::Error,
) -> (Expr, Vec<Problem>) {
    let span = whole(file, text, place);
    let problem = match place {
        Place::At(base) => syntax_error(file, text, base, error),
        Place::Within(span) => Problem::at(ProblemKind::Syntax, span, error::message(error)),
    };
    (Expr { kind: ExprKind::Invalid, span }, vec![problem])
}

fn whole(file: FileId, text: &str, place: Place) -> Span {
    match place {
        Place::At(base) => span(file, base..base + text.len()),
        Place::Within(span) => span,
    }
}

/// A second attribute of the same name at the top level; hcl-edit finds those within blocks.
fn leave_out_repeated(body: &mut Body, problems: &mut Vec<Problem>) {
    let mut seen = HashSet::new();
    body.attributes.retain(|attribute| {
        let is_new = seen.insert(attribute.name.text.clone());
        if !is_new {
            let message = format!("`{}` is set a second time", attribute.name.text);
            problems.push(Problem::at(ProblemKind::Syntax, attribute.name.span, message));
        }
        is_new
    });
}

/// Whether the last line is a lone name: the beginning of a statement, which is then what is wrong.
fn ends_in_a_name(text: &str) -> bool {
    let line = text.trim_end().lines().next_back().unwrap_or_default().trim();
    line.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-'))
}

fn syntax_error(file: FileId, seen: &str, base: usize, error: &hcl_edit::parser::Error) -> Problem {
    let range = error::range(seen, error);
    let place = span(file, base + range.start..base + range.end);
    let kind = if error::is_limit(error) { ProblemKind::Limit } else { ProblemKind::Syntax };
    Problem::at(kind, place, error::message(error))
}

fn span(file: FileId, range: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, offset(range.start), offset(range.end))
}

#[cfg(test)]
mod tests;
