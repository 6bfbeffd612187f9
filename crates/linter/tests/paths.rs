//! The table of small networks: how traffic from each place reaches each service.
//!
//! Every file of `paths/` has a base that its cases share. A case is a name, the answers expected of it and what it adds to the base.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]
#![expect(clippy::disallowed_methods, reason = "the table is the repository's own, not a user's")]

mod support;

use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_linter::networks;
use privatelint_network::path::Path;
use privatelint_parser::MemoryFileSystem;

/// A network and what is expected of it.
#[derive(Debug, Default)]
struct Case {
    name: String,
    /// The places, services and answers.
    expectations: Vec<(String, String, String)>,
    without_base: bool,
    text: String,
}

/// The fewest cases that the table has.
const FEWEST_CASES: usize = 120;

#[test]
fn every_network_has_the_path_that_the_table_says() {
    let mut failures = String::new();
    let mut count = 0;
    for file in support::children(&directory()) {
        let text = std::fs::read_to_string(&file).unwrap();
        let (base, cases) = parse(&text);
        for case in &cases {
            count += 1;
            assert!(!case.expectations.is_empty(), "{file}: {} expects nothing", case.name);
            let text =
                if case.without_base { case.text.clone() } else { base.clone() + &case.text };
            for (from, service, expected) in &case.expectations {
                let found = answer(&text, from, service);
                let first = found.lines().next().unwrap_or_default();
                // Of a plain `unknown` nothing is said of what the code shows.
                let is_met =
                    first == expected || (expected == "unknown" && first.starts_with("unknown"));
                if !is_met {
                    let name = file.file_stem().unwrap_or_default();
                    writeln!(
                        failures,
                        "{name}: {}\n  {from} {service}: expected {expected}, found {found}",
                        case.name
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(count >= FEWEST_CASES, "{count} cases");
}

fn directory() -> Utf8PathBuf {
    support::repository().join("crates/linter/tests/paths")
}

fn parse(text: &str) -> (String, Vec<Case>) {
    let mut base = String::new();
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if line.trim() == "#base" {
            continue;
        }
        if let Some(name) = line.strip_prefix("#case ") {
            cases.push(Case { name: name.trim().to_owned(), ..Case::default() });
            continue;
        }
        match cases.last_mut() {
            None => {
                base.push_str(line);
                base.push('\n');
            }
            Some(case) if line.trim() == "#nobase" => case.without_base = true,
            Some(case) => match line.strip_prefix("#expect ") {
                Some(expectation) => case.expectations.push(expectation_of(expectation)),
                None => {
                    case.text.push_str(line);
                    case.text.push('\n');
                }
            },
        }
    }
    (base, cases)
}

fn expectation_of(line: &str) -> (String, String, String) {
    let (question, answer) = line.split_once(": ").unwrap();
    let (from, service) = question.trim().rsplit_once(' ').unwrap();
    (from.to_owned(), service.to_owned(), answer.trim().to_owned())
}

/// The answer in the table's words; below it, the way and the doubts.
fn answer(text: &str, from: &str, service: &str) -> String {
    let root = Utf8Path::new("/project");
    let files = support::files(text).into_iter().map(|(path, text)| (root.join(path), text));
    let fs = MemoryFileSystem::new(files);
    let (answers, report) = networks(&fs, &support::options(root), |root| {
        let network = root.network;
        // Of a workload in a subnet that is not declared here nothing is known.
        let mut workloads = network.workloads().iter();
        let is_elsewhere = workloads.any(|it| it.instance.address.to_string() == from);
        let elsewhere = is_elsewhere.then(|| "unknown".to_owned());
        network.place(from).map(|from| describe(&network.path(&from, service))).or(elsewhere)
    });
    let problems: Vec<_> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    let answer = answers.into_iter().flatten().next();
    answer.unwrap_or_else(|| format!("no such place, {problems:?}"))
}

fn describe(path: &Path) -> String {
    let mut text = path.kind.as_str().to_owned();
    if let Some(blocked) = &path.blocked {
        write!(text, " ({})", blocked.by.as_str()).unwrap();
    }
    if let Some(perhaps) = path.perhaps {
        write!(text, " (perhaps {})", perhaps.as_str()).unwrap();
    }
    if path.inspected {
        text.push_str(", inspected");
    }
    for hop in &path.hops {
        write!(text, "\n    - {}", hop.what).unwrap();
    }
    for doubt in &path.doubts {
        write!(text, "\n    ? {}", doubt.because).unwrap();
    }
    text
}
