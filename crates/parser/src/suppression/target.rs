//! What a suppression comment covers.

use std::ops::Range;

use privatelint_diagnostics::{FileId, LineIndex, Span};
use smol_str::SmolStr;

use super::span;
use crate::syntax::{Attribute, Block, Body, Expr, ExprKind};

/// What is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) covers: Span,
    /// The module call whose module is covered too.
    pub(crate) module_call: Option<SmolStr>,
}

/// At the end of a line: that line. On its own line: what is below, with everything in it.
pub(super) fn of_comment(
    file: FileId,
    text: &str,
    lines: &LineIndex,
    comment: &Range<usize>,
    body: &Body,
) -> Target {
    let place = span(file, comment.start, comment.end);
    let line_start = lines.line_start(lines.line(place.start)) as usize;
    let last_line = lines.line(place.end);
    let line_end = match lines.line_start(last_line + 1) as usize {
        next if last_line < lines.line_count() => next - 1,
        _ => text.len(),
    };
    let blank = |range: Range<usize>| text.get(range).is_none_or(|part| part.trim().is_empty());
    let line = span(file, line_start, line_end);
    if blank(line_start..comment.start) && blank(comment.end..line_end) {
        return below(body, place).unwrap_or(Target { covers: line, module_call: None });
    }
    // On the line that opens a module block it is on the block.
    match last_before(&body.blocks, |block| block.span.start, line.end) {
        Some(block) if block.kind.text == "module" && line.contains(block.header) => {
            of_block(block)
        }
        _ => Target { covers: line, module_call: None },
    }
}

/// The first attribute, block or object item behind a comment, among those that the comment stands with.
fn below(body: &Body, comment: Span) -> Option<Target> {
    let block_start = |block: &Block| block.span.start;
    let attribute_start = |attribute: &Attribute| attribute.name.span.start;
    if let Some(block) = last_before(&body.blocks, block_start, comment.start)
        && block.span.contains(comment)
    {
        return below(&block.body, comment);
    }
    if let Some(attribute) = last_before(&body.attributes, attribute_start, comment.start)
        && attribute.value.span.contains(comment)
    {
        return below_in_value(&attribute.value, comment);
    }
    let attribute = first_from(&body.attributes, attribute_start, comment.end);
    let block = first_from(&body.blocks, block_start, comment.end);
    match (attribute, block) {
        (Some(attribute), block)
            if block.is_none_or(|block| attribute_start(attribute) < block_start(block)) =>
        {
            Some(Target { covers: attribute.span(), module_call: None })
        }
        (_, block) => block.map(of_block),
    }
}

/// The last item that begins before an offset; items are in source order.
fn last_before<T>(items: &[T], start: impl Fn(&T) -> u32, offset: u32) -> Option<&T> {
    items.get(items.partition_point(|item| start(item) < offset).checked_sub(1)?)
}

/// The first item that begins at an offset or behind it.
fn first_from<T>(items: &[T], start: impl Fn(&T) -> u32, offset: u32) -> Option<&T> {
    items.get(items.partition_point(|item| start(item) < offset))
}

/// The object item or list element behind a comment within a value.
fn below_in_value(value: &Expr, comment: Span) -> Option<Target> {
    let mut inner = None;
    value.each_child(&mut |child| {
        if child.span.contains(comment) {
            inner = Some(child);
        }
    });
    if let Some(inner) = inner {
        return below_in_value(inner, comment);
    }
    let covers = match &value.kind {
        ExprKind::Object(items) => {
            let item = items.iter().filter(|item| item.key.span.start >= comment.end);
            let item = item.min_by_key(|item| item.key.span.start)?;
            item.key.span.to(item.value.span)
        }
        _ => {
            let mut next: Option<Span> = None;
            value.each_child(&mut |child| {
                if child.span.start >= comment.end
                    && next.is_none_or(|next| child.span.start < next.start)
                {
                    next = Some(child.span);
                }
            });
            next?
        }
    };
    Some(Target { covers, module_call: None })
}

/// A block with everything in it.
pub(crate) fn of_block(block: &Block) -> Target {
    let is_call = block.kind.text == "module";
    let name = block.labels.first().filter(|_| is_call).map(|label| label.text.clone());
    Target { covers: block.span, module_call: name }
}
