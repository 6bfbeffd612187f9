//! The rule pages: their form, and that their examples do what they say.

mod support;

use privatelint_diagnostics::RuleInfo;
use support::{Example, examples};

const HEADINGS: [&str; 5] = [
    "## What it does",
    "## Why is this bad",
    "## Examples",
    "## When it stays silent",
    "## References",
];

#[test]
fn pages_have_the_same_headings_in_the_same_order() {
    for rule in privatelint_linter::rules() {
        let headings: Vec<_> =
            rule.page.lines().map(str::trim).filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.name);
    }
}

#[test]
fn names_are_those_of_the_files_and_sorted() {
    let rules = privatelint_checks::rules();
    for rule in rules {
        let file = rule.file.replace('\\', "/");
        let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".rs")).unwrap();
        assert_eq!(stem.replace('_', "-"), rule.name);
        assert!(!rule.summary.ends_with('.'), "{}: {}", rule.name, rule.summary);
    }
    assert!(rules.windows(2).all(|pair| pair[0].name < pair[1].name), "sorted and unique");
}

#[test]
fn examples_do_what_they_say() {
    let mut failures = Vec::new();
    for rule in privatelint_linter::rules() {
        let examples = examples(&rule);
        let firing = examples.iter().filter(|example| example.fires).count();
        if firing < 1 || examples.len() - firing < 1 {
            failures.push(format!("{}: {firing} of {} examples fire", rule.name, examples.len()));
        }
        for example in &examples {
            failures.extend(run(&rule, example));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A rule of the network says nothing where what decides is not known: a page shows it.
#[test]
fn pages_show_an_unknown_value() {
    for rule in privatelint_linter::rules().iter().filter(|rule| rule.name != "useless-suppression")
    {
        let unknown = |example: &Example| {
            !example.fires
                && (example.text.contains("variable \"") || example.text.contains("data \""))
        };
        assert!(examples(rule).iter().any(unknown), "{}", rule.name);
    }
}

fn run(rule: &RuleInfo, example: &Example) -> Option<String> {
    let files: Vec<_> =
        example.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let report = support::lint_texts_with(&files, |options| {
        if rule.opt_in {
            options.select = vec![rule.name.to_owned()];
        }
    });
    let of_rule = report.findings.iter().filter(|finding| finding.rule == rule.name);
    let problems: Vec<_> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    if (of_rule.count() > 0) == example.fires && problems.is_empty() {
        return None;
    }
    let expected = if example.fires { "fire" } else { "stay silent" };
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.rule, finding.message.as_str())).collect();
    Some(format!(
        "{} should {expected} on\n{}\nfound {found:#?}\nproblems {problems:#?}\nundecided {:#?}",
        rule.name, example.text, report.undecided
    ))
}
