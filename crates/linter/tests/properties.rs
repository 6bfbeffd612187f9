//! Properties of the whole pipeline, over every example of every rule page and every fixture.

#![expect(clippy::string_slice, reason = "a test stops where its data is not as it must be")]

mod support;

use std::collections::BTreeMap;

use privatelint_diagnostics::{Confidence, FileId, Report, Span};
use privatelint_parser::parse_file;
use privatelint_parser::syntax::{Body, Expr, ExprKind, TemplatePart};
use support::{children, examples, lint_texts, repository};

type Project = Vec<(String, String)>;

/// Blocks whose attributes are values that the network is made of.
const WITH_VALUES: [&str; 5] = ["resource", "data", "locals", "module", "provider"];

/// Attributes that Terraform itself wants as literals, or that are no values.
const LITERAL: [&str; 5] = ["source", "version", "alias", "providers", "depends_on"];

/// Making a literal unknown may only remove findings or make them less sure: what is not known is never taken for wrong.
#[test]
fn a_literal_made_unknown_never_adds_a_finding() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for project in projects() {
        let before = summarise(&lint(&project));
        for (at, span) in literals(&project) {
            let mut changed = project.clone();
            let text = &mut changed[at].1;
            text.replace_range(span.range(), "data.hidden_value.it.value");
            text.push_str("\ndata \"hidden_value\" \"it\" {}\n");
            let after = lint(&changed);
            tried += 1;
            for (finding, confidence) in summarise(&after) {
                if before.get(&finding).is_none_or(|sure| *sure < confidence) {
                    let (path, text) = &project[at];
                    let literal = &text[span.range()];
                    let line = text[..span.range().start].lines().count();
                    failures
                        .push(format!("{path}:{line}: {literal} unknown adds {finding:?}\n{text}"));
                }
            }
        }
    }
    assert!(tried > 500, "only {tried} literals were tried");
    assert!(failures.is_empty(), "{} of {tried}:\n{}", failures.len(), failures.join("\n"));
}

/// The order of the blocks of a file, and of the files that hold them, never changes what is found.
#[test]
fn the_order_of_blocks_and_files_does_not_matter() {
    for project in projects() {
        let before = by_rule(&lint(&project));
        let reversed: Project =
            project.iter().map(|(path, text)| (path.clone(), reverse_blocks(text))).collect();
        assert_eq!(by_rule(&lint(&reversed)), before);
        let split: Project =
            project.iter().flat_map(|(path, text)| split_blocks(path, text)).collect();
        assert_eq!(by_rule(&lint(&split)), before);
    }
}

/// The same input gives the same bytes.
#[test]
fn two_runs_say_the_same() {
    for project in projects() {
        let [a, b] = [lint(&project), lint(&project)];
        assert_eq!(a.findings, b.findings);
        assert_eq!(a.undecided, b.undecided);
        assert_eq!(a.problems, b.problems);
    }
}

/// Every span lies inside its file, on character boundaries.
#[test]
fn spans_lie_inside_their_files() {
    for project in projects() {
        let report = lint(&project);
        for finding in &report.findings {
            let places = finding.evidence.iter().chain(&finding.trace).chain([&finding.primary]);
            for place in places {
                let text = report.files.get(place.span.file).text();
                assert!(text.get(place.span.range()).is_some(), "{finding:#?}");
            }
        }
    }
}

fn lint(project: &Project) -> Report {
    let files: Vec<_> = project.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    lint_texts(&files)
}

/// The findings by rule and resource block, with how sure the surest is. Findings about comments are not about values.
fn summarise(report: &Report) -> BTreeMap<(&'static str, String), Confidence> {
    let mut summary = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.rule != "useless-suppression") {
        let resource = without_keys(finding.resource.as_deref().unwrap_or_default());
        let sure = summary.entry((finding.rule, resource)).or_insert(finding.confidence);
        *sure = (*sure).max(finding.confidence);
    }
    summary
}

/// How often each rule found something, and how sure it was. Where one finding stands for several resources, the first place in the order of files
/// names it, so that is left out.
fn by_rule(report: &Report) -> BTreeMap<(&'static str, Confidence), usize> {
    let mut counts = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((finding.rule, finding.confidence)).or_insert(0) += 1;
    }
    counts
}

/// An address without instance keys: a key that becomes unknown changes them.
fn without_keys(address: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in address.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

fn projects() -> Vec<Project> {
    let mut projects: Vec<Project> = Vec::new();
    for rule in privatelint_linter::rules() {
        projects.extend(examples(&rule).into_iter().map(|example| example.files));
    }
    for fixture in children(&repository().join("fixtures")) {
        let report = support::lint_project(&fixture);
        let files =
            report.files.iter().map(|(_, file)| (file.path().to_string(), file.text().to_owned()));
        projects.push(files.collect());
    }
    assert!(!projects.is_empty());
    projects
}

/// The literals of a project, by file and place.
fn literals(project: &Project) -> Vec<(usize, Span)> {
    let mut found = Vec::new();
    for (at, (path, text)) in project.iter().enumerate() {
        let parsed = parse_file(FileId(0), path.as_str().into(), text);
        for block in parsed
            .body
            .blocks
            .iter()
            .filter(|block| WITH_VALUES.contains(&block.kind.text.as_str()))
        {
            in_body(&block.body, &mut |span| found.push((at, span)));
        }
    }
    found
}

fn in_body(body: &Body, visit: &mut dyn FnMut(Span)) {
    for attribute in
        body.attributes.iter().filter(|attribute| !LITERAL.contains(&attribute.name.text.as_str()))
    {
        in_expr(&attribute.value, visit);
    }
    for block in &body.blocks {
        in_body(&block.body, visit);
    }
}

fn in_expr(expr: &Expr, visit: &mut dyn FnMut(Span)) {
    match &expr.kind {
        ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Null => {
            visit(expr.span)
        }
        ExprKind::Tuple(elements) => {
            elements.iter().for_each(|element| in_expr(element, visit));
            visit(expr.span);
        }
        ExprKind::Object(items) => items.iter().for_each(|item| in_expr(&item.value, visit)),
        ExprKind::Template(parts) => {
            for part in parts {
                if let TemplatePart::Interpolation(inner) = part {
                    in_expr(inner, visit);
                }
            }
        }
        ExprKind::Parens(inner) => in_expr(inner, visit),
        ExprKind::Conditional(conditional) => {
            in_expr(&conditional.condition, visit);
            in_expr(&conditional.then, visit);
            in_expr(&conditional.otherwise, visit);
        }
        ExprKind::For(for_expr) => in_expr(&for_expr.collection, visit),
        ExprKind::Call(call) => call.args.iter().for_each(|arg| in_expr(arg, visit)),
        _ => {}
    }
}

/// The top-level blocks of a file as texts, each with the comments before it.
fn blocks(path: &str, text: &str) -> Vec<String> {
    let parsed = parse_file(FileId(0), path.into(), text);
    let mut from = 0;
    let mut blocks = Vec::new();
    for block in &parsed.body.blocks {
        let to = block.span.range().end;
        // A comment behind the closing brace belongs to the line of the block.
        let to = text[to..].find('\n').map_or(text.len(), |line| to + line);
        blocks.push(text[from..to].trim_start().to_owned());
        from = to;
    }
    blocks
}

fn reverse_blocks(text: &str) -> String {
    // Blocks of JSON are not text that can be moved.
    if text.trim_start().starts_with('{') {
        return text.to_owned();
    }
    let mut blocks = blocks("main.tf", text);
    blocks.reverse();
    blocks.join("\n\n") + "\n"
}

fn split_blocks(path: &str, text: &str) -> Project {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let blocks = blocks(path, text);
    let count = blocks.len();
    let file =
        |(at, block): (usize, String)| (format!("{stem}_{:03}.tf", count - at), block + "\n");
    blocks.into_iter().enumerate().map(file).collect()
}
