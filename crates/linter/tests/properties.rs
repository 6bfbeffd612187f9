//! Properties of the whole pipeline, over every example of every rule page and every fixture.

#![expect(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops where its data is not as it must be"
)]

mod support;

use std::collections::BTreeMap;

use camino::Utf8Path;
use privatelint_diagnostics::{Confidence, FileId, Report, Span};
use privatelint_linter::Variable;
use privatelint_parser::parse_file;
use privatelint_parser::syntax::{Body, Expr, ExprKind, ObjectItem, TemplatePart};
use support::{children, examples, lint_texts, lint_texts_with, repository};

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
        for Literal { file: at, expr } in literals(&project) {
            let span = expr.span;
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
            project.iter().map(|(path, text)| (path.clone(), reverse_blocks(path, text))).collect();
        assert_eq!(by_rule(&lint(&reversed)), before);
        let split: Project =
            project.iter().flat_map(|(path, text)| split_blocks(path, text)).collect();
        assert_eq!(by_rule(&lint(&split)), before);
    }
}

/// The order of the keys of a map never changes what is found.
#[test]
fn the_order_of_map_keys_does_not_matter() {
    let mut reversed_maps = 0;
    for project in projects_and_cases() {
        let mut changed = project.clone();
        for (_, text) in &mut changed {
            reversed_maps += reverse_maps(text);
        }
        assert_eq!(by_rule(&lint(&changed)), by_rule(&lint(&project)), "{changed:?}");
    }
    assert!(reversed_maps > 20, "only {reversed_maps} maps have several keys");
}

/// A value that the command line gives is worth what the same value as default is, but for how sure a finding is: a default is not all that may come.
#[test]
fn a_value_from_the_command_line_is_the_same_as_a_default() {
    let mut tried = 0;
    for project in projects_and_cases() {
        for literal in root_literals(&project) {
            let Some((kind, plain)) = typed(&literal.expr) else { continue };
            let mut with_default = project.clone();
            let text = &mut with_default[literal.file].1;
            let written = text[literal.expr.span.range()].to_owned();
            text.replace_range(literal.expr.span.range(), "var.given_value");
            let mut with_flag = with_default.clone();
            let declared = |default: &str| {
                format!("\nvariable \"given_value\" {{\n  type = {kind}\n{default}}}\n")
            };
            with_default[literal.file].1 += &declared(&format!("  default = {written}\n"));
            with_flag[literal.file].1 += &declared("");
            let value = Variable::Value("given_value".to_owned(), plain);
            let files: Vec<_> = with_flag.iter().map(|(path, text)| (&**path, &**text)).collect();
            let given = lint_texts_with(&files, |options| options.variables.push(value));
            let default = lint(&with_default);
            let found = |report: &Report| summarise(report).into_keys().collect::<Vec<_>>();
            assert_eq!(found(&given), found(&default), "{}", with_default[literal.file].1);
            tried += 1;
        }
    }
    assert!(tried > 400, "only {tried} literals were tried");
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
    projects.extend(children(&repository().join("fixtures")).iter().map(|dir| files_of(dir)));
    assert!(!projects.is_empty());
    projects
}

/// These, and the cases of all rules.
fn projects_and_cases() -> Vec<Project> {
    let rules = children(&repository().join("crates/checks/tests/cases"));
    let cases = rules.iter().flat_map(|rule| children(rule));
    projects().into_iter().chain(cases.map(|case| files_of(&case))).collect()
}

/// The files of a directory, or the one file that is the project.
fn files_of(path: &Utf8Path) -> Project {
    if path.is_file() {
        #[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
        return vec![("main.tf".to_owned(), std::fs::read_to_string(path).unwrap())];
    }
    let report = support::lint_project(path);
    let files = report.files.iter();
    files.map(|(_, file)| (file.path().to_string(), file.text().to_owned())).collect()
}

/// A literal of a project: its file, and the expression.
struct Literal {
    file: usize,
    expr: Expr,
}

/// The literals of a project, by file and place.
fn literals(project: &Project) -> Vec<Literal> {
    let mut found = Vec::new();
    for (at, (path, text)) in project.iter().enumerate() {
        let parsed = parse_file(FileId(0), path.as_str().into(), text);
        for block in parsed
            .body
            .blocks
            .iter()
            .filter(|block| WITH_VALUES.contains(&block.kind.text.as_str()))
        {
            let mut keep = |expr: &Expr| found.push(Literal { file: at, expr: expr.clone() });
            in_body(&block.body, &mut keep);
        }
    }
    found
}

/// Those of the root module; a variable of a called module gets its value from the call.
fn root_literals(project: &Project) -> Vec<Literal> {
    let mut literals = literals(project);
    literals
        .retain(|literal| project.get(literal.file).is_some_and(|(path, _)| !path.contains('/')));
    literals
}

/// The type of a literal, and its text as a command line has it.
fn typed(literal: &Expr) -> Option<(&'static str, String)> {
    match &literal.kind {
        ExprKind::Bool(bool) => Some(("bool", bool.to_string())),
        ExprKind::String(text) => Some(("string", text.to_string())),
        _ => None,
    }
}

/// Reverses the entries of each map and object that has no other in it; says how many it reversed.
fn reverse_maps(text: &mut String) -> usize {
    let parsed = parse_file(FileId(0), "main.tf".into(), text);
    let mut maps: Vec<Vec<Span>> = Vec::new();
    for block in &parsed.body.blocks {
        in_all(&block.body, &mut |expr| {
            let ExprKind::Object(items) = &expr.kind else { return };
            let is_innermost =
                items.iter().all(|item| !matches!(item.value.kind, ExprKind::Object(_)));
            if items.len() > 1 && is_innermost {
                let whole =
                    |item: &ObjectItem| Span { start: item.key.span.start, ..item.value.span };
                maps.push(items.iter().map(whole).collect());
            }
        });
    }
    let old = text.clone();
    let mut places: Vec<(Span, Span)> = Vec::new();
    for map in &maps {
        places.extend(map.iter().copied().zip(map.iter().rev().copied()));
    }
    // From the end, so that the places before stay where they are.
    places.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    for (place, other) in places {
        text.replace_range(place.range(), &old[other.range()]);
    }
    maps.len()
}

fn in_all(body: &Body, visit: &mut dyn FnMut(&Expr)) {
    fn inside(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
        visit(expr);
        expr.each_child(&mut |child| inside(child, visit));
    }
    body.attributes.iter().for_each(|attribute| inside(&attribute.value, visit));
    body.blocks.iter().for_each(|block| in_all(&block.body, visit));
}

fn in_body(body: &Body, visit: &mut dyn FnMut(&Expr)) {
    for attribute in
        body.attributes.iter().filter(|attribute| !LITERAL.contains(&attribute.name.text.as_str()))
    {
        in_expr(&attribute.value, visit);
    }
    for block in &body.blocks {
        in_body(&block.body, visit);
    }
}

fn in_expr(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    match &expr.kind {
        ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Null => {
            visit(expr);
        }
        ExprKind::Tuple(elements) => {
            elements.iter().for_each(|element| in_expr(element, visit));
            visit(expr);
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

fn reverse_blocks(path: &str, text: &str) -> String {
    // Blocks of JSON are not text that can be moved, and variable files have none.
    if text.trim_start().starts_with('{') || path.ends_with(".tfvars") {
        return text.to_owned();
    }
    let mut blocks = blocks("main.tf", text);
    blocks.reverse();
    blocks.join("\n\n") + "\n"
}

fn split_blocks(path: &str, text: &str) -> Project {
    if path.ends_with(".tfvars") || path.ends_with(".privatelint.hcl") {
        return vec![(path.to_owned(), text.to_owned())];
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let blocks = blocks(path, text);
    let count = blocks.len();
    let file =
        |(at, block): (usize, String)| (format!("{stem}_{:03}.tf", count - at), block + "\n");
    blocks.into_iter().enumerate().map(file).collect()
}
