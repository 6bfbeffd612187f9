//! How sure findings about the conditions of module authors are, and how they are suppressed.

mod support;

use privatelint_diagnostics::Confidence;
use support::lint_texts;

const PROVIDER: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";

/// Each finding as `severity confidence line: message`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let report = lint_texts(&[("main.tf", text)]);
    let show = |finding: &privatelint_diagnostics::Diagnostic| {
        let line = report.files.get(finding.primary.span.file).position(finding.primary.span.start);
        let (severity, confidence) = (finding.severity.as_str(), finding.confidence.as_str());
        format!("{severity} {confidence} {}: {}", line.line, finding.message)
    };
    let found: Vec<_> = report.findings.iter().map(show).collect();
    assert_eq!(found, expected, "{:#?}", report.problems);
}

fn output(condition: &str) -> String {
    format!(
        "output \"o\" {{\n  value = 1\n  precondition {{\n    condition     = {condition}\n    error_message = \"Not so.\"\n  }}\n}}\n"
    )
}

#[test]
fn what_rests_on_defaults_is_less_sure() {
    let with =
        |variables: &str, condition: &str| format!("{PROVIDER}{}{variables}", output(condition));
    let says = |confidence: &str| {
        format!("error {confidence} 7: a precondition of the output `o` fails: Not so")
    };
    check(&with("", "1 > 2"), &[&says("certain")]);
    let default = "variable \"a\" {\n  default = 1\n}\n";
    check(&with(default, "1 > 2"), &[&says("certain")]);
    check(&with(default, "var.a > 2"), &[&says("likely")]);
    let another = format!("{default}variable \"b\" {{}}\n");
    check(&with(&another, "var.a > 2"), &[&says("possible")]);
    check(&with(&another, "1 > 2"), &[&says("certain")]);
    check(&with(&another, "var.b > 2"), &[]);
}

/// Such a default may be there to make sure that a value is given.
#[test]
fn a_default_that_fails_its_own_validation_is_possible() {
    let variable = "variable \"a\" {\n  default = \"\"\n  validation {\n    condition     = var.a != \"\"\n    error_message = \"Set it.\"\n  }\n}\n";
    check(
        &format!("{PROVIDER}{variable}"),
        &["error possible 5: `var.a` fails its validation: Set it"],
    );
    // Without a provider or a backend it is a module for others.
    check(variable, &[]);
}

#[test]
fn a_check_block_only_warns() {
    check(
        "check \"c\" {\n  assert {\n    condition     = false\n    error_message = \"Never.\"\n  }\n}\n",
        &["warning certain 3: the check `c` fails: Never"],
    );
}

#[test]
fn a_suppression_hides_it_and_is_useless_where_it_holds() {
    let with = |condition: &str| {
        let ignore = "# privatelint: ignore[failed-condition] known\n    condition  ";
        format!(
            "{PROVIDER}variable \"b\" {{}}\n{}",
            output(condition).replace("condition  ", ignore)
        )
    };
    check(&with("1 > 2"), &[]);
    check(&with("var.b"), &[]);
    check(
        &with("1 < 2"),
        &["warning certain 8: this suppression of `failed-condition` hides nothing"],
    );
}

/// A module for others to call is not run with its defaults, so only what fails whatever it is given is told.
#[test]
fn a_literal_that_fails_is_told_of_a_module_for_others_too() {
    let inner = "variable \"name\" {\n  validation {\n    condition     = length(var.name) > 2\n    error_message = \"Too short.\"\n  }\n}\n";
    let found = |argument: &str| {
        let outer = format!(
            "variable \"v\" {{\n  default = \"ab\"\n}}\nmodule \"m\" {{\n  source = \"./m\"\n  name   = {argument}\n}}\n"
        );
        let report = lint_texts(&[("main.tf", &outer), ("m/main.tf", inner)]);
        report.findings.iter().map(|it| (it.rule, it.confidence)).collect::<Vec<_>>()
    };
    assert_eq!(found("\"ab\""), [("failed-condition", Confidence::Certain)]);
    assert_eq!(found("var.v"), []);
}
