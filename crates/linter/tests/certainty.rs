//! How much the findings of the rules' cases matter, and how sure they are: what the places in the cases do not tell.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]

mod support;

use privatelint_diagnostics::{Confidence, Severity};

/// Checks the severity and the confidence of a rule's findings in one of its cases, in the order of the report.
#[track_caller]
fn check(rule: &str, case: &str, expected: &[(Severity, Confidence)]) {
    let cases = support::repository().join("crates/checks/tests/cases").join(rule);
    let report = if cases.join(case).is_dir() {
        support::lint_project(&cases.join(case))
    } else {
        #[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
        let text = std::fs::read_to_string(cases.join(format!("{case}.tf"))).unwrap();
        support::lint_texts(&[("main.tf", &text)])
    };
    let of_rule = report.findings.iter().filter(|finding| finding.rule == rule);
    let found: Vec<_> = of_rule.map(|finding| (finding.severity, finding.confidence)).collect();
    assert_eq!(found, expected, "{rule}/{case}");
}

const SURE_ERROR: (Severity, Confidence) = (Severity::Error, Confidence::Certain);
const LIKELY_ERROR: (Severity, Confidence) = (Severity::Error, Confidence::Likely);
const SURE_WARNING: (Severity, Confidence) = (Severity::Warning, Confidence::Certain);
const LIKELY_WARNING: (Severity, Confidence) = (Severity::Warning, Confidence::Likely);
const LIKELY_INFO: (Severity, Confidence) = (Severity::Info, Confidence::Likely);

#[test]
fn an_empty_list_may_be_filled_elsewhere() {
    check("gateway-endpoint-without-route-tables", "empty_list", &[LIKELY_ERROR]);
    check("gateway-endpoint-without-route-tables", "express", &[LIKELY_ERROR]);
    check("interface-endpoint-without-subnets", "empty_list", &[LIKELY_ERROR]);
    check("interface-endpoint-without-subnets", "resource", &[LIKELY_ERROR]);
    check("interface-endpoint-single-az", "another_service", &[SURE_WARNING]);
    check("interface-endpoint-single-az", "only_by_association", &[LIKELY_WARNING]);
}

#[test]
fn an_unknown_number_of_endpoints_is_at_most_likely() {
    check("gateway-endpoint-without-route-tables", "unknown_count", &[LIKELY_ERROR]);
}

#[test]
fn one_block_is_one_finding() {
    check("interface-endpoint-single-az", "many_services", &[SURE_WARNING]);
    check("endpoint-sg-missing-ingress-443", "many_endpoints_one_group", &[LIKELY_WARNING]);
    check("endpoint-policy-wildcard", "one_policy_for_many", &[SURE_WARNING]);
}

#[test]
fn inline_rules_are_all_that_there_are() {
    check("endpoint-sg-missing-ingress-443", "udp", &[SURE_WARNING]);
    check("endpoint-sg-missing-ingress-443", "no_rules", &[LIKELY_WARNING]);
}

#[test]
fn dynamodb_is_a_note_unless_it_is_used() {
    check("nat-without-free-gateway-endpoint", "dynamodb_missing", &[LIKELY_INFO]);
    check("nat-without-free-gateway-endpoint", "dynamodb_table", &[LIKELY_WARNING]);
    check("nat-without-free-gateway-endpoint", "dynamodb_policy", &[LIKELY_WARNING]);
}

#[test]
fn a_vpc_of_its_own_has_no_endpoint_from_before() {
    check("s3-inbound-only-needs-gateway", "no_block", &[SURE_ERROR]);
    check("s3-inbound-only-needs-gateway", "default_vpc", &[LIKELY_ERROR]);
}

#[test]
fn a_connection_may_be_made_elsewhere() {
    check("s3-interface-private-dns-without-on-premises", "no_block", &[LIKELY_WARNING]);
}
