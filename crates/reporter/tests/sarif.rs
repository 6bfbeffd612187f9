//! SARIF output against the published schema, and what GitHub asks for beyond it.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

mod fixture;

use privatelint_diagnostics::Report;
use privatelint_reporter::{Format, Options, write};
use serde_json::Value;

const SCHEMA: &str = include_str!("data/sarif-schema-2.1.0.json");

fn sarif(report: &Report) -> Value {
    let mut out = Vec::new();
    write(report, Format::Sarif, &Options::default(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[track_caller]
fn check_schema(document: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn a_full_report_is_valid() {
    check_schema(&sarif(&fixture::report()));
}

#[test]
fn an_empty_report_is_valid() {
    check_schema(&sarif(&Report::default()));
}

/// Otherwise the two tests above could pass for want of a working validator.
#[test]
#[should_panic = "startLine"]
fn the_schema_finds_what_is_wrong() {
    let mut document = sarif(&fixture::report());
    let region = "/runs/0/results/0/locations/0/physicalLocation/region/startLine";
    *document.pointer_mut(region).unwrap() = Value::from(0);
    check_schema(&document);
}

#[test]
fn results_lie_on_one_line_and_point_to_their_rules() {
    let document = sarif(&fixture::report());
    let run = &document["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], region["endLine"]);
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    }
}

#[test]
fn only_security_rules_have_a_security_severity() {
    let document = sarif(&fixture::report());
    for rule in document["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        let properties = &rule["properties"];
        let security =
            properties["tags"].as_array().is_some_and(|it| it.contains(&"security".into()));
        assert_eq!(properties["security-severity"].is_string(), security, "{}", rule["id"]);
    }
}

#[test]
fn equal_fingerprints_are_numbered() {
    let mut report = fixture::report();
    let twin = report.findings[0].clone();
    report.findings.insert(1, twin);
    let document = sarif(&report);
    let hash = |result: usize| {
        let result = &document["runs"][0]["results"][result];
        result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().to_owned()
    };
    assert_eq!(hash(0).strip_suffix(":1"), hash(1).strip_suffix(":2"));
}
