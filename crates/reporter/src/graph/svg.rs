//! The picture as SVG.

use std::fmt::Write as _;

use privatelint_diagnostics::diagram::{Diagram, Edge, EdgeKind, Node, NodeKind};
use privatelint_diagnostics::{Files, Severity};

use super::layout::{
    Area, BADGE, Layout, badges, badges_in_line, is_inside, layer, layout, route_line, routes,
    start,
};
use super::shapes::{
    DETAIL, HEADING, LABEL, LINE, SANS, SMALL, colors, push_bar, push_box, push_number, push_text,
    severity_color, table_color,
};
use super::{notes, place};
use crate::escape::xml;
use crate::text;

/// The space around everything.
const MARGIN: i32 = 20;

/// The height of a diagram's title.
const TITLE: i32 = 34;

/// All diagrams below each other.
pub(super) fn draw(diagrams: &[Diagram], files: &Files) -> String {
    let mut body = String::new();
    let (mut width, mut y) = (400, MARGIN);
    for (number, diagram) in diagrams.iter().enumerate() {
        let layout = layout(diagram);
        let mut title = String::new();
        push_text(&mut title, 0, 16, &diagram.title, HEADING, 900);
        let _ = writeln!(body, r#"<g transform="translate({MARGIN} {y})">"#);
        body.push_str(&title);
        let _ = writeln!(body, r#"<g transform="translate(0 {TITLE})">"#);
        push_diagram(&mut body, diagram, &layout, number, files);
        let (below, notes_width) = notes::push(&mut body, diagram, &layout);
        body.push_str("</g>\n</g>\n");
        width = width.max(layout.width.max(notes_width) + 2 * MARGIN);
        y += TITLE + below + MARGIN;
    }
    if diagrams.is_empty() {
        push_text(&mut body, MARGIN, y + 16, "no networks are declared here", DETAIL, 360);
        y += 2 * MARGIN;
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" width="{width}" height="{y}" role="img" aria-label="networks" font-family="{}">
<rect width="{width}" height="{y}" fill="#ffffff"/>
{body}</svg>
"##,
        xml(SANS)
    )
}

fn push_diagram(
    out: &mut String,
    diagram: &Diagram,
    layout: &Layout,
    number: usize,
    files: &Files,
) {
    let frames = |node: &Node| matches!(node.kind, NodeKind::Network | NodeKind::Zone);
    let nodes = || diagram.nodes.iter().enumerate();
    for (at, node) in nodes().filter(|(_, node)| frames(node)) {
        push_node(out, diagram, layout, (number, at), node, files);
    }
    for (at, edge) in diagram.edges.iter().enumerate().filter(|(_, it)| !is_inside(it.kind)) {
        push_edge(out, diagram, layout, (number, at), edge, files);
    }
    for (at, node) in nodes().filter(|(_, node)| !frames(node)) {
        push_node(out, diagram, layout, (number, at), node, files);
    }
}

/// The colour of a table, by its place among the tables.
fn color(diagram: &Diagram, table: usize) -> &'static str {
    let tables = diagram.nodes.iter().take(table);
    table_color(tables.filter(|node| node.kind == NodeKind::RouteTable).count())
}

/// The colour of an edge: that of its table, if it has one.
fn edge_color(diagram: &Diagram, edge: &Edge) -> &'static str {
    match edge.kind {
        EdgeKind::Uses => color(diagram, edge.to),
        EdgeKind::Route => color(diagram, edge.from),
        EdgeKind::InterfaceIn | EdgeKind::In | EdgeKind::LeadsTo => LINE,
    }
}

fn push_edge(
    out: &mut String,
    diagram: &Diagram,
    layout: &Layout,
    (number, at): (usize, usize),
    edge: &Edge,
    files: &Files,
) {
    let (x, y) = start(diagram, layout, at);
    let end = layout.area(edge.to);
    let curve = if layer(diagram, edge.from) == layer(diagram, edge.to) {
        // Beside the layer that both are in.
        let (right, middle) = (end.right(), end.middle());
        let out = x.max(right) + 34;
        format!("M{x} {y}C{out} {y} {out} {middle} {right} {middle}")
    } else {
        let (to_x, to_y) =
            if end.x >= x { (end.x, end.middle()) } else { (end.right(), end.middle()) };
        let bend = ((to_x - x) / 2).clamp(-70, 70);
        format!("M{x} {y}C{} {y} {} {to_y} {to_x} {to_y}", x + bend, to_x - bend)
    };
    let dash = if edge.perhaps { r#" stroke-dasharray="5 4""# } else { "" };
    let _ = writeln!(
        out,
        r#"<path class="edge" id="g{number}e{at}" d="{curve}" fill="none" stroke="{}" stroke-width="1.4" stroke-opacity="0.75"{dash}>{}</path>"#,
        edge_color(diagram, edge),
        title(&edge_title(diagram, edge, files))
    );
}

/// What hovering over an edge shows.
fn edge_title(diagram: &Diagram, edge: &Edge, files: &Files) -> String {
    let name = |node: usize| diagram.nodes.get(node).map_or("", |node| node.label.as_str());
    let mut line = format!("{} → {}", name(edge.from), name(edge.to));
    if !edge.label.is_empty() {
        line.push_str(&format!("  {}", edge.label));
    }
    if edge.perhaps {
        line.push_str("  (perhaps)");
    }
    let at = edge.span.map(|span| place(files, span));
    [Some(line), at].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn title(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(|line| xml(&text::one_line(line, true))).collect();
    format!("<title>{}</title>", lines.join("\n"))
}

fn push_node(
    out: &mut String,
    diagram: &Diagram,
    layout: &Layout,
    (number, at): (usize, usize),
    node: &Node,
    files: &Files,
) {
    let kind = node.kind.as_str();
    let _ = writeln!(
        out,
        r#"<g class="node {kind}" id="g{number}n{at}">{}"#,
        title(&node_title(node, files))
    );
    let area = layout.area(at);
    match node.kind {
        NodeKind::Network | NodeKind::Zone => push_frame(out, node, area),
        NodeKind::Subnet => push_subnet(out, diagram, layout, at, node),
        NodeKind::RouteTable => push_table(out, diagram, layout, at, node),
        _ => push_plain(out, layout, at, node),
    }
    push_marks(out, node, area);
    out.push_str("</g>\n");
}

/// What hovering over a node shows.
fn node_title(node: &Node, files: &Files) -> String {
    let name = node.address.as_deref().unwrap_or(&node.label);
    let mut lines = vec![format!("{}: {name}", node.word)];
    if node.perhaps {
        lines.push("not certain to be there".to_owned());
    }
    lines.extend(Some(node.detail.clone()).filter(|detail| !detail.is_empty()));
    lines.extend(node.span.map(|span| place(files, span)));
    lines.extend(node.marks.iter().map(|mark| {
        let message = text::one_line(&mark.message, true);
        format!("{}[{}]: {message}", mark.severity.as_str(), mark.rule)
    }));
    lines.iter().map(|line| text::one_line(line, true)).collect::<Vec<_>>().join("\n")
}

fn push_frame(out: &mut String, node: &Node, area: Area) {
    let is_network = node.kind == NodeKind::Network;
    let radius = if is_network { 10 } else { 6 };
    push_box(out, area, radius, colors(node.kind), node.perhaps);
    let (set, y) = if is_network { (HEADING, area.y + 20) } else { (DETAIL, area.y + 16) };
    let heading = match node.detail.as_str() {
        "" => node.label.clone(),
        detail => format!("{}  {detail}", node.label),
    };
    push_text(out, area.x + 14, y, &heading, set, area.width - 28);
}

fn push_subnet(out: &mut String, diagram: &Diagram, layout: &Layout, at: usize, node: &Node) {
    let area = layout.area(at);
    push_box(out, area, 5, colors(node.kind), node.perhaps);
    // The colour of its table at the side where the line begins.
    let mut edges = diagram.edges.iter();
    if let Some(uses) = edges.find(|edge| edge.from == at && edge.kind == EdgeKind::Uses) {
        let bar = Area { x: area.right() - 5, width: 5, ..area };
        push_bar(out, bar, 2, color(diagram, uses.to));
    }
    push_label(out, node, area);
    let in_line = badges_in_line();
    for (place, (number, of)) in badges(diagram, layout, at).into_iter().enumerate() {
        let offset = |it: usize| i32::try_from(it).unwrap_or(0) * BADGE;
        let (x, y) = (offset(place % in_line), offset(place / in_line));
        let kind = diagram.nodes.get(of).map_or(NodeKind::Gateway, |node| node.kind);
        let (_, fill) = colors(kind);
        push_number(out, area.x + 19 + x, area.y + 48 + y, &number.to_string(), fill);
    }
}

fn push_table(out: &mut String, diagram: &Diagram, layout: &Layout, at: usize, node: &Node) {
    let area = layout.area(at);
    let color = color(diagram, at);
    let (fill, _) = colors(node.kind);
    push_box(out, area, 5, (fill, color), node.perhaps);
    push_bar(out, Area { width: 5, ..area }, 2, color);
    push_text(out, area.x + 14, area.y + 18, &node.label, LABEL, area.width - 24);
    if !node.detail.is_empty() {
        push_text(out, area.x + 14, area.y + 33, &node.detail, DETAIL, area.width - 24);
    }
    for (line, edge) in (0i32..).zip(routes(diagram, at)) {
        let Some(edge) = diagram.edges.get(edge) else { continue };
        let y = route_line(diagram, at, area, line);
        let perhaps = if edge.perhaps { "? " } else { "" };
        let label = format!("{perhaps}{}", edge.label);
        let _ = writeln!(
            out,
            r##"<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#e2e8f0"/>"##,
            area.x + 10,
            y - 8,
            area.right() - 4,
            y - 8
        );
        push_text(out, area.x + 14, y + 4, &label, SMALL, area.width - 24);
    }
}

fn push_plain(out: &mut String, layout: &Layout, at: usize, node: &Node) {
    let area = layout.area(at);
    let radius = match node.kind {
        NodeKind::Service => area.height / 2,
        NodeKind::Outside => 12,
        _ => 5,
    };
    push_box(out, area, radius, colors(node.kind), node.perhaps);
    match layout.number(at) {
        Some(number) => {
            let (_, fill) = colors(node.kind);
            push_number(out, area.x + 16, area.middle(), &number.to_string(), fill);
            let inner = Area { x: area.x + 20, width: area.width - 20, ..area };
            push_label(out, node, inner);
        }
        None if node.detail.is_empty() => {
            push_text(out, area.x + 14, area.middle() + 4, &node.label, LABEL, area.width - 26);
        }
        None => push_label(out, node, area),
    }
}

fn push_label(out: &mut String, node: &Node, area: Area) {
    push_text(out, area.x + 12, area.y + 17, &node.label, LABEL, area.width - 26);
    push_text(out, area.x + 12, area.y + 33, &node.detail, DETAIL, area.width - 26);
}

/// How many findings there are, in the colour of the worst, at the upper right corner.
fn push_marks(out: &mut String, node: &Node, area: Area) {
    let Some(severity) = node.severity() else { return };
    let sign = match (severity, node.marks.len()) {
        (Severity::Info, 1) => "i".to_owned(),
        (_, 1) => "!".to_owned(),
        (_, several) => format!("!{several}"),
    };
    push_number(out, area.right() - 8, area.y, &sign, severity_color(severity));
}
