//! Pictures of networks, compared with files byte by byte, and what must hold for each of them whatever it shows.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

mod networks;

use std::path::Path;
use std::{env, fs};

use privatelint_diagnostics::diagram::Diagram;
use privatelint_reporter::{GraphFormat, graph};

fn drawn(diagrams: &[Diagram], format: GraphFormat) -> String {
    let mut out = Vec::new();
    graph::write(diagrams, &networks::report().files, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    #[expect(clippy::disallowed_methods, reason = "a test reads its own golden file")]
    let golden = fs::read_to_string(&path).unwrap();
    assert!(text == golden, "{name} differs; this is what was written:\n{text}");
}

#[test]
fn mermaid() {
    check("graph.mmd", &drawn(&[networks::diagram()], GraphFormat::Mermaid));
}

#[test]
fn dot() {
    check("graph.dot", &drawn(&[networks::diagram()], GraphFormat::Dot));
}

#[test]
fn svg() {
    let svg = drawn(&[networks::diagram()], GraphFormat::Svg);
    check("graph.svg", &svg);
    // The same picture is on the command's page.
    check("../../../../docs/images/graph.svg", &svg);
}

#[test]
fn html() {
    check("graph.html", &drawn(&[networks::diagram()], GraphFormat::Html));
}

#[test]
fn nothing_at_all() {
    check("graph-empty.svg", &drawn(&[], GraphFormat::Svg));
    assert!(drawn(&[], GraphFormat::Mermaid).starts_with("flowchart LR\n"));
    assert!(drawn(&[], GraphFormat::Dot).ends_with("}\n"));
    assert!(drawn(&[], GraphFormat::Html).contains("no networks are declared here"));
}

/// Pictures whose texts try to get out, alone and beside another one.
fn pictures() -> Vec<Vec<Diagram>> {
    vec![
        vec![networks::diagram()],
        vec![networks::hostile()],
        vec![networks::diagram(), networks::hostile(), Diagram::default()],
    ]
}

#[test]
fn svg_is_well_formed_and_has_no_element_that_acts() {
    for diagrams in pictures() {
        let svg = drawn(&diagrams, GraphFormat::Svg);
        let document = roxmltree::Document::parse(&svg).unwrap();
        let known = ["svg", "g", "rect", "line", "path", "text", "title"];
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(&element.tag_name().name()), "{element:?}");
            for attribute in element.attributes() {
                assert!(!attribute.name().starts_with("on"), "{attribute:?}");
                assert!(!attribute.name().ends_with("href"), "{attribute:?}");
            }
        }
        assert!(!svg.contains(['\u{1b}', '\u{202e}']));
    }
}

#[test]
fn every_node_and_every_line_has_a_name_of_its_own() {
    let diagrams = [networks::diagram(), networks::diagram()];
    let svg = drawn(&diagrams, GraphFormat::Svg);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let mut names: Vec<_> = document.descendants().filter_map(|it| it.attribute("id")).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for (number, diagram) in diagrams.iter().enumerate() {
        for node in 0..diagram.nodes.len() {
            assert!(names.contains(&format!("g{number}n{node}").as_str()));
        }
    }
}

#[test]
fn nothing_overlaps() {
    let svg = drawn(&[networks::diagram()], GraphFormat::Svg);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let number = |node: roxmltree::Node<'_, '_>, name| -> i32 {
        node.attribute(name).unwrap().parse().unwrap()
    };
    let boxes: Vec<[i32; 4]> = document
        .descendants()
        .filter(|it| it.attribute("class").is_some_and(|class| class.starts_with("node ")))
        .filter(|it| !it.attribute("class").unwrap().ends_with("network"))
        .filter(|it| !it.attribute("class").unwrap().ends_with("zone"))
        .map(|it| {
            let rect = it.children().find(|child| child.has_tag_name("rect"));
            let rect =
                rect.or_else(|| it.descendants().find(|child| child.tag_name().name() == "rect"));
            ["x", "y", "width", "height"].map(|name| number(rect.unwrap(), name))
        })
        .collect();
    assert_eq!(boxes.len(), 9 + 5 + 4 + 10 + 11);
    for (at, [x, y, width, height]) in boxes.iter().enumerate() {
        for [other_x, other_y, other_width, other_height] in boxes.iter().skip(at + 1) {
            let apart = x + width <= *other_x
                || other_x + other_width <= *x
                || y + height <= *other_y
                || other_y + other_height <= *y;
            assert!(apart, "{x} {y} and {other_x} {other_y}");
        }
    }
}

#[test]
fn a_page_runs_our_script_only() {
    for diagrams in pictures() {
        let html = drawn(&diagrams, GraphFormat::Html);
        assert_eq!(html.matches("<script").count(), 2);
        assert_eq!(html.matches("</script").count(), 2);
        assert_eq!(html.matches("<style>").count(), 1);
        assert!(!html.contains("unsafe-inline") && !html.contains("http-equiv=\"refresh"));
        let namespace = html.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(html.matches("http").count(), namespace + 1, "only the policy's http-equiv");
    }
}

#[test]
fn quotes_and_lines_are_balanced_in_the_languages() {
    for diagrams in pictures() {
        for format in [GraphFormat::Mermaid, GraphFormat::Dot] {
            let text = drawn(&diagrams, format);
            for line in text.lines() {
                let line = line.replace("\\\\", "").replace("\\\"", "");
                assert_eq!(line.matches('"').count() % 2, 0, "{line}");
            }
            assert!(!text.contains(['\u{1b}', '\u{202e}']));
        }
        let mermaid = drawn(&diagrams, GraphFormat::Mermaid);
        assert!(!mermaid.contains("<script") && !mermaid.contains('`'));
    }
}
