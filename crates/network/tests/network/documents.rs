//! `aws_iam_policy_document` against what the provider renders.

use std::collections::BTreeMap;

use crate::support::{endpoint, with};
use privatelint_evaluator::Value;

const DOCUMENTS: &str = include_str!("documents/main.tf");
const ANSWERS: &str = include_str!("documents/answers.json");

#[test]
fn documents_are_rendered_as_the_provider_renders_them() {
    let answers: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(ANSWERS).unwrap();
    assert!(answers.len() >= 30);
    let mut text = DOCUMENTS.to_owned();
    for (document, attributes) in &answers {
        for attribute in attributes.keys() {
            text.push_str(&format!(
                "resource \"aws_vpc_endpoint\" \"{document}_{attribute}\" {{ policy = data.aws_iam_policy_document.{document}.{attribute} }}\n"
            ));
        }
    }
    with(&[("main.tf", &text)], |network| {
        for (document, attributes) in &answers {
            for (attribute, expected) in attributes {
                let rendered = &endpoint(network, &format!("{document}_{attribute}")).policy.value;
                assert_eq!(rendered, &Value::string(expected.as_str()), "{document}.{attribute}");
            }
        }
    });
}

/// The policy that a document makes.
fn policy(document: &str) -> Value {
    let text = format!(
        "variable \"v\" {{}}\ndata \"aws_iam_policy_document\" \"d\" {{\n{document}\n}}\nresource \"aws_vpc_endpoint\" \"e\" {{ policy = data.aws_iam_policy_document.d.minified_json }}"
    );
    with(&[("main.tf", &text)], |network| endpoint(network, "e").policy.value.clone())
}

/// Whether the value cannot be any of these texts, or the first of them can.
#[track_caller]
fn check(document: &str, can_be: &str, cannot_be: &str) {
    let value = policy(document);
    assert!(value.equals(&Value::string(can_be)).is_unknown(), "{value:?}");
    assert!(value.equals(&Value::string(cannot_be)).is_no(), "{value:?}");
}

#[test]
fn unknown_texts_in_merged_documents_stay_where_they_are() {
    let document = r#"
        source_policy_documents = ["{\"Statement\": [{\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"s3:${var.v}\"}]}"]
        statement {
          sid       = "B"
          actions   = ["a"]
          resources = [var.v]
        }"#;
    check(
        document,
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:x"},{"Sid":"B","Effect":"Allow","Action":"a","Resource":"x"}]}"#,
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"B","Effect":"Allow","Action":"a","Resource":"x"}]}"#,
    );
}

#[test]
fn what_does_not_decide_the_structure_is_not_known() {
    for document in [
        "source_policy_documents = [var.v]",
        "source_policy_documents = var.v",
        "override_policy_documents = [\"{\"]",
        "override_policy_documents = [\"[]\"]",
        "override_policy_documents = [\"{\\\"Statement\\\": {}}\"]",
        "source_policy_documents = [jsonencode({ Statement = var.v })]",
        "override_policy_documents = [jsonencode({ Statement = [{ Sid = var.v }] })]\nstatement { sid = \"A\" }",
    ] {
        let value = policy(document);
        let other = Value::string("{}");
        assert!(value.equals(&other).is_unknown(), "{document}: {value:?}");
    }
}
