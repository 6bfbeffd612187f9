//! The language of Graphviz.

use std::fmt::Write as _;

use privatelint_diagnostics::diagram::{Diagram, Edge, EdgeKind, Node, NodeKind};

use super::lines;
use super::shapes::{colors, severity_color};
use crate::text;

/// One graph of all diagrams, each in a frame if there are several.
pub(super) fn draw(diagrams: &[Diagram]) -> String {
    let mut out = "digraph network {
  rankdir=LR
  compound=true
  fontname=\"Helvetica\"
  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", fontname=\"Helvetica\", fontsize=11]
  edge [fontname=\"Helvetica\", fontsize=9, color=\"#64748b\"]
"
    .to_owned();
    for (number, diagram) in diagrams.iter().enumerate() {
        let framed = diagrams.len() > 1;
        if framed {
            let title = quoted(&diagram.title);
            let _ = writeln!(out, "  subgraph cluster_g{number} {{\n  label={title}");
        }
        for (at, node) in diagram.nodes.iter().enumerate() {
            if node.parent.is_none() {
                push_node(&mut out, diagram, number, at, node, 1);
            }
        }
        if framed {
            out.push_str("  }\n");
        }
        for edge in &diagram.edges {
            push_edge(&mut out, number, edge);
        }
    }
    out.push_str("}\n");
    out
}

/// A node with everything that is in it. What is in something stands after it, so that this ends.
fn push_node(
    out: &mut String,
    diagram: &Diagram,
    number: usize,
    at: usize,
    node: &Node,
    depth: usize,
) {
    let indent = "  ".repeat(depth);
    let label: Vec<String> = lines(node).iter().map(|line| escaped(line)).collect();
    let label = label.join("\\n");
    let (fill, stroke) = colors(node.kind);
    let stroke = node.severity().map_or(stroke, severity_color);
    let width = if node.marks.is_empty() { 1 } else { 3 };
    if matches!(node.kind, NodeKind::Network | NodeKind::Zone) {
        let _ = writeln!(
            out,
            "{indent}subgraph cluster_g{number}n{at} {{\n{indent}  label=\"{label}\"\n{indent}  style=\"rounded,filled\"\n{indent}  fillcolor=\"{fill}\"\n{indent}  color=\"{stroke}\"\n{indent}  penwidth={width}"
        );
        for (child, node) in diagram.nodes.iter().enumerate().skip(at + 1) {
            if node.parent == Some(at) {
                push_node(out, diagram, number, child, node, depth + 1);
            }
        }
        let _ = writeln!(out, "{indent}}}");
        return;
    }
    let shape = if node.kind == NodeKind::Service { ", shape=ellipse" } else { "" };
    let style = if node.perhaps { ", style=\"rounded,filled,dashed\"" } else { "" };
    let _ = writeln!(
        out,
        "{indent}g{number}n{at} [label=\"{label}\", fillcolor=\"{fill}\", color=\"{stroke}\", penwidth={width}{shape}{style}]"
    );
}

fn push_edge(out: &mut String, number: usize, edge: &Edge) {
    let mut attributes = Vec::new();
    if !edge.label.is_empty() {
        attributes.push(format!("label={}", quoted(&edge.label)));
    }
    match edge.kind {
        EdgeKind::InterfaceIn | EdgeKind::In => {
            attributes.extend(["style=dotted, arrowhead=none, constraint=false".to_owned()]);
        }
        _ if edge.perhaps => attributes.push("style=dashed".to_owned()),
        EdgeKind::Uses => attributes.push("arrowhead=none".to_owned()),
        EdgeKind::Route | EdgeKind::LeadsTo => {}
    }
    let (from, to) = (edge.from, edge.to);
    let attributes = match attributes.join(", ") {
        none if none.is_empty() => none,
        some => format!(" [{some}]"),
    };
    let _ = writeln!(out, "  g{number}n{from} -> g{number}n{to}{attributes}");
}

fn quoted(content: &str) -> String {
    format!("\"{}\"", escaped(&text::one_line(content, true)))
}

/// Text inside quotes: a backslash would begin an order, and an ampersand an entity.
fn escaped(content: &str) -> String {
    content.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_string() {
        assert_eq!(quoted("a[\"k\"]\\"), r#""a[\"k\"]\\""#);
        assert_eq!(quoted("\\N\n<b>&lt;"), r#""\\N <b>&amp;lt;""#);
    }
}
