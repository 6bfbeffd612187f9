//! A flowchart for Markdown.

use std::fmt::Write as _;

use privatelint_diagnostics::diagram::{Diagram, Edge, EdgeKind, Node, NodeKind};

use super::lines;
use crate::text;

/// One flowchart of all diagrams, each in a frame if there are several.
pub(super) fn draw(diagrams: &[Diagram]) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (number, diagram) in diagrams.iter().enumerate() {
        let framed = diagrams.len() > 1;
        if framed {
            let _ = writeln!(out, "  subgraph g{number} [\"{}\"]", escape(&diagram.title));
        }
        for (at, node) in diagram.nodes.iter().enumerate() {
            if node.parent.is_none() {
                push_node(&mut out, diagram, number, at, node, 1);
            }
        }
        if framed {
            out.push_str("  end\n");
        }
        for edge in &diagram.edges {
            push_edge(&mut out, number, edge);
        }
        push_classes(&mut out, diagram, number);
    }
    out.push_str(CLASSES);
    out
}

/// The colours, which are few: Mermaid has a theme of its own.
const CLASSES: &str = "  classDef gateway-endpoint fill:#e6f5eb,stroke:#2b8a3e,color:#0f172a
  classDef interface-endpoint fill:#e5effc,stroke:#1864ab,color:#0f172a
  classDef gateway fill:#fff3e0,stroke:#c2590a,color:#0f172a
  classDef error stroke:#d92d20,stroke-width:3px
  classDef warning stroke:#d97706,stroke-width:3px
  classDef info stroke:#0284c7,stroke-width:3px
";

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
    let label = lines(node).iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>");
    let name = format!("g{number}n{at}");
    if !matches!(node.kind, NodeKind::Network | NodeKind::Zone) {
        let (open, close) = match node.kind {
            NodeKind::Service => ("([", "])"),
            NodeKind::Outside => ("(", ")"),
            NodeKind::GatewayEndpoint | NodeKind::InterfaceEndpoint => ("{{", "}}"),
            _ => ("[", "]"),
        };
        let _ = writeln!(out, "{indent}{name}{open}\"{label}\"{close}");
        return;
    }
    let _ = writeln!(out, "{indent}subgraph {name} [\"{label}\"]");
    for (child, node) in diagram.nodes.iter().enumerate().skip(at + 1) {
        if node.parent == Some(at) {
            push_node(out, diagram, number, child, node, depth + 1);
        }
    }
    let _ = writeln!(out, "{indent}end");
}

fn push_edge(out: &mut String, number: usize, edge: &Edge) {
    let arrow = match edge.kind {
        _ if edge.perhaps => "-.->",
        EdgeKind::Uses => "---",
        EdgeKind::InterfaceIn | EdgeKind::In => "-.-",
        EdgeKind::Route | EdgeKind::LeadsTo => "-->",
    };
    let label = match edge.label.as_str() {
        "" => String::new(),
        label => format!("|\"{}\"|", escape(&text::one_line(label, true))),
    };
    let (from, to) = (edge.from, edge.to);
    let _ = writeln!(out, "  g{number}n{from} {arrow}{label} g{number}n{to}");
}

fn push_classes(out: &mut String, diagram: &Diagram, number: usize) {
    for (at, node) in diagram.nodes.iter().enumerate() {
        let kind = match node.kind {
            NodeKind::GatewayEndpoint | NodeKind::InterfaceEndpoint | NodeKind::Gateway => {
                Some(node.kind.as_str())
            }
            _ => None,
        };
        let severity = node.severity().map(|severity| severity.as_str());
        for class in [kind, severity].into_iter().flatten() {
            let _ = writeln!(out, "  class g{number}n{at} {class}");
        }
    }
}

/// Text inside quotes. Mermaid reads entities that begin with `#`, and HTML, so that what could be either is written as an entity.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text::one_line(text, true).chars() {
        match c {
            ' ' | '.' | ',' | ':' | '/' | '-' | '_' | '(' | ')' | '[' | ']' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_label_or_is_markup() {
        assert_eq!(escape("a[\"k\"]"), "a[#34;k#34;]");
        assert_eq!(escape("<b>#x;`\n%%{init}"), "#60;b#62;#35;x#59;#96; #37;#37;#123;init#125;");
        assert_eq!(escape("größer 10.0.0.0/8"), "größer 10.0.0.0/8");
    }
}
