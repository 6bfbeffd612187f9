//! The picture in a page of its own, in which paths can be followed.
//!
//! The page needs nothing but itself, and may do nothing: its policy lets run exactly our script and use exactly our style
//! sheet, each by its hash, and lets nothing be loaded or sent. What comes from the scanned tree is text in the picture, or a
//! string in a data block that no browser runs.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use privatelint_diagnostics::Files;
use privatelint_diagnostics::diagram::{Diagram, EdgeKind, Node, Way};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{place, svg};
use crate::text;

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

pub(super) fn draw(diagrams: &[Diagram], files: &Files) -> io::Result<String> {
    let picture = svg::draw(diagrams, files);
    let data: Vec<Data> = diagrams.iter().map(|diagram| data(diagram, files)).collect();
    let data = in_script(&serde_json::to_string(&data)?);
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    Ok(format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>How traffic gets there</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<div id="picture">
{picture}</div>
<aside>
<p id="hint">Click a subnet and a service to see the way between them. Esc ends it.</p>
<div id="way"></div>
<div id="about"></div>
</aside>
</main>
<script type="application/json" id="data">{data}</script>
<script>{SCRIPT}</script>
</body>
</html>
"#
    ))
}

/// What a policy calls a script or a style sheet.
fn hash(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// JSON in an element that ends at its end tag and nowhere else: in it, these characters stand in strings only.
fn in_script(json: &str) -> String {
    let json = json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e");
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A diagram as the script reads it.
#[derive(Serialize)]
struct Data {
    nodes: Vec<NodeData>,
    /// The drawn edges, by their number in the picture: from, to.
    edges: Vec<Option<(usize, usize)>>,
    ways: Vec<WayData>,
}

#[derive(Serialize)]
struct NodeData {
    kind: &'static str,
    word: String,
    name: String,
    detail: String,
    place: String,
    perhaps: bool,
    marks: Vec<(&'static str, String, String)>,
}

#[derive(Serialize)]
struct WayData {
    from: usize,
    to: usize,
    word: String,
    open: bool,
    nodes: Vec<usize>,
    steps: Vec<(String, String)>,
}

fn data(diagram: &Diagram, files: &Files) -> Data {
    let drawn = |kind| !matches!(kind, EdgeKind::InterfaceIn | EdgeKind::In);
    Data {
        nodes: diagram.nodes.iter().map(|it| node(it, files)).collect(),
        edges: diagram
            .edges
            .iter()
            .map(|edge| drawn(edge.kind).then_some((edge.from, edge.to)))
            .collect(),
        ways: diagram.ways.iter().map(|it| way(it, files)).collect(),
    }
}

fn node(node: &Node, files: &Files) -> NodeData {
    let shown = |content: &str| text::one_line(content, true);
    NodeData {
        kind: node.kind.as_str(),
        word: shown(&node.word),
        name: shown(node.address.as_deref().unwrap_or(&node.label)),
        detail: shown(&node.detail),
        place: node.span.map(|span| place(files, span)).unwrap_or_default(),
        perhaps: node.perhaps,
        marks: node
            .marks
            .iter()
            .map(|mark| (mark.severity.as_str(), shown(&mark.rule), shown(&mark.message)))
            .collect(),
    }
}

fn way(way: &Way, files: &Files) -> WayData {
    let step = |(what, span): &(String, Option<_>)| {
        (text::one_line(what, true), span.map(|span| place(files, span)).unwrap_or_default())
    };
    WayData {
        from: way.from,
        to: way.to,
        word: text::one_line(&way.word, true),
        open: way.open,
        nodes: way.nodes.clone(),
        steps: way.steps.iter().map(step).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_as_browsers_compute_them() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn data_cannot_end_its_element() {
        let json = in_script(r#"["</script><!-- & \u2028"]"#);
        assert!(!json.contains(['<', '>', '&']));
        assert_eq!(
            serde_json::from_str::<[String; 1]>(&json).unwrap(),
            ["</script><!-- & \u{2028}"]
        );
    }
}
