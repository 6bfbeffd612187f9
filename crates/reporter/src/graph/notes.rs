//! What stands below a picture: what its signs mean, and the findings that are marked in it.

use privatelint_diagnostics::diagram::{Diagram, NodeKind};

use super::layout::Layout;
use super::shapes::{DETAIL, SMALL, colors, push_number, push_text, severity_color, text_width};

/// More findings than this are counted.
const MOST_FINDINGS: usize = 14;

const LINE: i32 = 19;

/// Writes the notes below everything that is placed; where they end, and how wide they are.
pub(super) fn push(out: &mut String, diagram: &Diagram, layout: &Layout) -> (i32, i32) {
    let mut y = layout.height + 26;
    let mut width = 0;
    let has_numbers = layout.numbers.iter().any(Option::is_some);
    let is_doubtful = diagram.nodes.iter().any(|node| node.perhaps)
        || diagram.edges.iter().any(|edge| edge.perhaps);
    if has_numbers {
        let (_, fill) = colors(NodeKind::InterfaceEndpoint);
        push_number(out, 10, y - 4, "1", fill);
        let what =
            "in a subnet: the endpoint or gateway of that number has a network interface there";
        push_text(out, 26, y, what, DETAIL, 900);
        width = 26 + text_width(what, DETAIL);
        y += LINE;
    }
    if is_doubtful {
        let what = "dashed: not certain to be there";
        push_text(out, 2, y, what, DETAIL, 900);
        y += LINE;
    }
    let marked =
        diagram.nodes.iter().flat_map(|node| node.marks.iter().map(move |mark| (node, mark)));
    let mut findings: Vec<_> = marked.collect();
    findings.sort_by_key(|(_, mark)| std::cmp::Reverse(mark.severity));
    for (node, mark) in findings.iter().take(MOST_FINDINGS) {
        push_number(out, 10, y - 4, "!", severity_color(mark.severity));
        let name = node.address.as_deref().unwrap_or(&node.label);
        let line = format!("{}  {name}", mark.rule);
        push_text(out, 26, y, &line, SMALL, 900);
        width = width.max(26 + text_width(&line, SMALL).min(900));
        y += LINE;
    }
    if let Some(more) = findings.len().checked_sub(MOST_FINDINGS).filter(|more| *more > 0) {
        push_text(out, 26, y, &format!("and {more} more"), DETAIL, 900);
        y += LINE;
    }
    (y - LINE + 6, width)
}
