//! SARIF 2.1.0, in the subset that GitHub reads.
//!
//! A pull request shows an alert only if all lines of its region are in the diff, so a result is anchored to one line.
//! Suppressed findings are not in a report at all: GitHub would show them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use privatelint_diagnostics::{
    Annotation, Category, Confidence, Diagnostic, Edit, Files, Fix, Problem, Report, RuleInfo,
    Severity, Span,
};
use serde_json::{Value, json};

use crate::explain::page_text;
use crate::json::write_document;
use crate::place::{Place, problem_path};
use crate::{Options, escape, text};

/// GitHub takes no more results in one run.
const RESULT_LIMIT: usize = 25_000;

/// GitHub takes 1,000 locations for a result and shows 100.
const LOCATION_LIMIT: usize = 100;

/// GitHub cuts longer descriptions.
const DESCRIPTION_LIMIT: usize = 1_024;

pub(crate) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report)],
    });
    write_document(&document, out)
}

fn run(report: &Report) -> Value {
    let rules = rules(report);
    let findings = kept(&report.findings, RESULT_LIMIT);
    let left_out = report.findings.len() - findings.len();
    json!({
        "tool": { "driver": {
            "name": "privatelint",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": rules.iter().map(|(_, rule)| rule).collect::<Vec<_>>(),
        } },
        "automationDetails": { "id": "privatelint/" },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(report, left_out)],
        "results": results(report, &findings, &rules),
    })
}

/// The findings that fit, in the order of the report: when there are too many, the worst and then the surest.
fn kept(findings: &[Diagnostic], limit: usize) -> Vec<&Diagnostic> {
    let mut numbered: Vec<(usize, &Diagnostic)> = findings.iter().enumerate().collect();
    if numbered.len() > limit {
        numbered.sort_by_key(|(_, finding)| Reverse((finding.severity, finding.confidence)));
        numbered.truncate(limit);
        numbered.sort_by_key(|(number, _)| *number);
    }
    numbered.into_iter().map(|(_, finding)| finding).collect()
}

/// The active rules, and whatever else a finding names, each with its name.
fn rules(report: &Report) -> Vec<(&str, Value)> {
    let mut precision: BTreeMap<&str, Confidence> = BTreeMap::new();
    for finding in &report.findings {
        let least = precision.entry(finding.rule).or_insert(finding.confidence);
        *least = (*least).min(finding.confidence);
    }
    let mut rules: Vec<(&str, Value)> = report
        .rules
        .iter()
        .map(|rule| (rule.name, reporting_descriptor(rule, precision.get(rule.name).copied())))
        .collect();
    for name in precision.keys().filter(|name| report.rule(name).is_none()) {
        let text = json!({ "text": name });
        rules.push((
            name,
            json!({
                "id": name,
                "name": name,
                "shortDescription": text,
                "fullDescription": text,
                "help": text,
            }),
        ));
    }
    rules
}

/// A rule. `precision` belongs to a finding here and to a rule in SARIF, so it is that of the least sure finding.
fn reporting_descriptor(rule: &RuleInfo, confidence: Option<Confidence>) -> Value {
    let mut properties = json!({
        "tags": tags(rule.category),
        "problem.severity": match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "recommendation",
        },
        "precision": match confidence {
            None | Some(Confidence::Certain) => "very-high",
            Some(Confidence::Likely) => "high",
            Some(Confidence::Possible) => "medium",
        },
    });
    if let (Category::Security, Some(properties)) = (rule.category, properties.as_object_mut()) {
        properties.insert("security-severity".to_owned(), json!(security_severity(rule.severity)));
    }
    json!({
        "id": rule.name,
        "name": rule.name,
        "shortDescription": { "text": shortened(rule.summary) },
        "fullDescription": description(first_paragraph(rule)),
        "defaultConfiguration": { "level": level(rule.severity) },
        "helpUri": rule.url,
        "help": { "text": page_text(&rule.page, &Options::default()), "markdown": rule.page },
        "properties": properties,
    })
}

/// Markdown with the text for those who cannot read it.
fn description(markdown: &str) -> Value {
    let text = page_text(markdown, &Options::default());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    json!({ "text": shortened(&text), "markdown": shortened(markdown) })
}

fn tags(category: Category) -> [&'static str; 3] {
    ["aws", "terraform", category.as_str()]
}

/// A score as CVSS has it, in the band that GitHub names high, medium or low.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "8.0",
        Severity::Warning => "5.0",
        Severity::Info => "2.0",
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The first paragraph of the page that is prose; the summary if there is none.
fn first_paragraph(rule: &RuleInfo) -> &str {
    rule.page
        .split("\n\n")
        .map(str::trim)
        .find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with(['#', '`', '<']))
        .unwrap_or(rule.summary)
}

fn shortened(text: &str) -> String {
    text.chars().take(DESCRIPTION_LIMIT).collect()
}

fn results(report: &Report, findings: &[&Diagnostic], rules: &[(&str, Value)]) -> Vec<Value> {
    let mut same: BTreeMap<&str, usize> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let number = same.entry(&finding.fingerprint).or_insert(0);
            *number += 1;
            let rule = rules.iter().position(|(name, _)| *name == finding.rule);
            result(&report.files, finding, rule, *number)
        })
        .collect()
}

/// A finding. Two findings with one fingerprint would be one alert, so they are numbered.
fn result(files: &Files, finding: &Diagnostic, rule: Option<usize>, number: usize) -> Value {
    let related = finding.evidence.iter().take(LOCATION_LIMIT).zip(1..);
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": result_message(finding) },
        "locations": [{ "physicalLocation": on_one_line(files, finding.primary.span) }],
        "relatedLocations": related.map(|(it, id)| location(files, it, Some(id))).collect::<Vec<_>>(),
        "partialFingerprints": {
            "primaryLocationLineHash": format!("{}:{number}", finding.fingerprint),
        },
        "properties": {
            "confidence": finding.confidence.as_str(),
            "resource": finding.resource,
            "root": finding.root,
            "environments": finding.environments,
        },
    });
    if let Some(result) = result.as_object_mut() {
        if !finding.trace.is_empty() {
            result.insert("codeFlows".to_owned(), code_flows(files, &finding.trace));
        }
        if let Some(fix) = &finding.fix {
            result.insert("fixes".to_owned(), fixes(files, fix));
        }
        result.retain(|_, value| !value.is_null());
    }
    result
}

fn result_message(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => message(&format!("{}. {help}", finding.message)),
        None => message(&finding.message),
    }
}

/// A message in which nothing is a link.
fn message(text: &str) -> String {
    text::one_line(text, true).replace("](", "] (")
}

fn location(files: &Files, annotation: &Annotation, id: Option<usize>) -> Value {
    let mut location = json!({
        "id": id,
        "physicalLocation": on_one_line(files, annotation.span),
        "message": { "text": message(&annotation.message) },
    });
    if let Some(location) = location.as_object_mut() {
        location.retain(|_, value| !value.is_null());
    }
    location
}

fn on_one_line(files: &Files, span: Span) -> Value {
    let place = Place::on_one_line(files, span);
    json!({ "artifactLocation": { "uri": escape::uri(place.path) }, "region": region(place) })
}

fn region(place: Place<'_>) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

/// The way of the decisive value.
fn code_flows(files: &Files, trace: &[Annotation]) -> Value {
    let steps: Vec<Value> = trace
        .iter()
        .take(LOCATION_LIMIT)
        .map(|step| json!({ "location": location(files, step, None) }))
        .collect();
    json!([{ "threadFlows": [{ "locations": steps }] }])
}

fn fixes(files: &Files, fix: &Fix) -> Value {
    let mut by_file: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for Edit { span, replacement } in &fix.edits {
        let place = Place::new(files, *span);
        by_file.entry(place.path).or_default().push(json!({
            "deletedRegion": region(place),
            "insertedContent": { "text": replacement },
        }));
    }
    let changes: Vec<Value> = by_file
        .into_iter()
        .map(|(path, replacements)| {
            json!({
                "artifactLocation": { "uri": escape::uri(path) },
                "replacements": replacements,
            })
        })
        .collect();
    json!([{ "description": { "text": message(&fix.title) }, "artifactChanges": changes }])
}

/// What stood in the way of the run.
fn invocation(report: &Report, left_out: usize) -> Value {
    let mut notifications: Vec<Value> =
        report.problems.iter().map(|problem| notification(&report.files, problem)).collect();
    if left_out > 0 {
        let text = format!("{} left out: too many for one run", text::count(left_out, "finding"));
        notifications.push(json!({ "level": "warning", "message": { "text": text } }));
    }
    json!({
        "executionSuccessful": !report.problems.iter().any(|problem| problem.kind.is_fatal()),
        "toolExecutionNotifications": notifications,
    })
}

fn notification(files: &Files, problem: &Problem) -> Value {
    let text = match &problem.help {
        Some(help) => format!("{}. {help}", problem.message),
        None => problem.message.clone(),
    };
    let physical = match problem.span {
        Some(span) => Some(on_one_line(files, span)),
        None => problem_path(files, problem)
            .map(|path| json!({ "artifactLocation": { "uri": escape::uri(path) } })),
    };
    let locations: Vec<Value> =
        physical.into_iter().map(|it| json!({ "physicalLocation": it })).collect();
    json!({
        "descriptor": { "id": problem.kind.as_str() },
        "level": level(crate::problem_severity(problem)),
        "message": { "text": message(&text) },
        "locations": locations,
    })
}

#[cfg(test)]
mod tests {
    use privatelint_diagnostics::FileId;

    use super::*;

    fn finding(severity: Severity, confidence: Confidence) -> Diagnostic {
        Diagnostic {
            rule: "some-rule",
            severity,
            confidence,
            message: "m".to_owned(),
            help: None,
            primary: Annotation::new(Span::new(FileId(0), 0, 0), ""),
            evidence: vec![],
            trace: vec![],
            fix: None,
            resource: None,
            root: ".".to_owned(),
            environments: vec![],
            fingerprint: "f".to_owned(),
        }
    }

    #[test]
    fn the_least_important_findings_are_left_out_when_there_are_too_many() {
        let findings = [
            finding(Severity::Info, Confidence::Certain),
            finding(Severity::Warning, Confidence::Possible),
            finding(Severity::Warning, Confidence::Certain),
            finding(Severity::Error, Confidence::Possible),
        ];
        let kept_of = |limit| {
            let at = |it: &&Diagnostic| findings.iter().position(|other| std::ptr::eq(*it, other));
            kept(&findings, limit).iter().filter_map(at).collect::<Vec<_>>()
        };
        assert_eq!(kept_of(4), [0, 1, 2, 3]);
        assert_eq!(kept_of(2), [2, 3]);
        assert_eq!(kept_of(3), [1, 2, 3]);
    }

    #[test]
    fn what_is_left_out_is_said() {
        let invocation = invocation(&Report::default(), 5);
        let text = &invocation["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(text, "5 findings left out: too many for one run");
    }

    #[test]
    fn nothing_in_a_message_is_a_link() {
        assert_eq!(message("[here](1)\nx"), "[here] (1) x");
    }
}
