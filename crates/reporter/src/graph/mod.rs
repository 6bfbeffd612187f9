//! Networks as a picture: for Markdown (Mermaid), for Graphviz (DOT), as SVG with a layout of our own, and as a page in which
//! paths can be followed.
//!
//! Everything that is written in a picture comes from the scanned tree and is escaped for the language of the picture.

mod dot;
mod html;
mod layout;
mod mermaid;
mod notes;
mod shapes;
mod spread;
mod svg;

use std::io;

use privatelint_diagnostics::Files;
use privatelint_diagnostics::diagram::{Diagram, Node};

use crate::place::Place;
use crate::{GraphFormat, text};

/// Writes one picture of all diagrams. The files are those of the run that the diagrams are from.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(
    diagrams: &[Diagram],
    files: &Files,
    format: GraphFormat,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let text = match format {
        GraphFormat::Mermaid => mermaid::draw(diagrams),
        GraphFormat::Dot => dot::draw(diagrams),
        GraphFormat::Svg => svg::draw(diagrams, files),
        GraphFormat::Html => html::draw(diagrams, files)?,
    };
    out.write_all(text.as_bytes())
}

/// `path:line`, as a reader looks it up.
fn place(files: &Files, span: privatelint_diagnostics::Span) -> String {
    let place = Place::new(files, span);
    format!("{}:{}", text::one_line(place.path, true), place.start.line)
}

/// What is written in a node of a picture without a layout of our own: label and detail.
fn lines(node: &Node) -> Vec<String> {
    let mut lines = vec![text::one_line(&node.label, true)];
    if !node.detail.is_empty() {
        lines.push(text::one_line(&node.detail, true));
    }
    lines.extend(node.marks.iter().map(|mark| {
        let rule = text::one_line(&mark.rule, true);
        format!("{}: {rule}", mark.severity.as_str())
    }));
    lines
}
