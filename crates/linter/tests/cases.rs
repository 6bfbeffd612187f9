//! Whole projects with the findings expected of them: what is missing and what is not expected both fail.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]

mod support;

use std::collections::BTreeSet;

use camino::Utf8Path;
use privatelint_diagnostics::Report;
use support::{Place, children, expected, found, lint_project, repository};

/// The projects of `fixtures`: every finding is expected, of whatever rule.
#[test]
fn fixtures() {
    let mut failures = Vec::new();
    for project in children(&repository().join("fixtures")) {
        let report = lint_project(&project);
        failures.extend(difference(&project, &expected(&report), &found(&report)));
        failures.extend(problems(&project, &report));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The cases of one rule: only its own findings count.
#[test]
fn cases_of_rules() {
    let mut failures = Vec::new();
    for dir in children(&repository().join("crates/checks/tests/cases")) {
        let rule = dir.file_name().unwrap();
        assert!(
            privatelint_linter::rules().iter().any(|known| known.name == rule),
            "no rule {rule}"
        );
        for case in children(&dir) {
            let report = if case.is_dir() { lint_project(&case) } else { lint_file(&case) };
            let of_rule = |places: BTreeSet<Place>| -> BTreeSet<Place> {
                places.into_iter().filter(|(_, _, name)| name == rule).collect()
            };
            failures.extend(difference(
                &case,
                &of_rule(expected(&report)),
                &of_rule(found(&report)),
            ));
            failures.extend(problems(&case, &report));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A case that is one file is a project of its own.
fn lint_file(path: &Utf8Path) -> Report {
    #[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
    let text = std::fs::read_to_string(path).unwrap();
    support::lint_texts(&[("main.tf", &text)])
}

fn difference(case: &Utf8Path, expected: &BTreeSet<Place>, found: &BTreeSet<Place>) -> Vec<String> {
    let show =
        |what: &str, (path, line, rule): &Place| format!("{case}: {what} {path}:{line} {rule}");
    let missing = expected.difference(found).map(|place| show("missing", place));
    let surplus = found.difference(expected).map(|place| show("not expected", place));
    missing.chain(surplus).collect()
}

fn problems(case: &Utf8Path, report: &Report) -> Vec<String> {
    report.problems.iter().map(|problem| format!("{case}: {}", problem.message)).collect()
}
