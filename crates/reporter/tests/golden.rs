//! Every format on one report, compared with a file byte by byte. `UPDATE_GOLDEN=1 cargo test -p privatelint-reporter`
//! writes the files anew.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

mod fixture;

use std::path::Path;
use std::{env, fs};

use privatelint_diagnostics::{Report, Summary};
use privatelint_reporter::{
    Format, Options, RulesFormat, ansi_to_svg, explain, step_summary, write, write_coverage,
    write_rules,
};

#[track_caller]
fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    #[expect(clippy::disallowed_methods, reason = "a test reads its own golden file")]
    let golden = fs::read_to_string(&path).unwrap();
    assert!(text == golden, "{name} differs; this is what was written:\n{text}");
}

fn written(report: &Report, format: Format, options: &Options) -> String {
    let mut out = Vec::new();
    write(report, format, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn human() {
    let text = written(&fixture::report(), Format::Human, &Options::default());
    assert!(!text.contains('\u{1b}'));
    check("human.txt", &text);
}

#[test]
fn human_in_colour() {
    let options = Options { color: true, ..Options::default() };
    let text = written(&fixture::report(), Format::Human, &options);
    check("human-colour.txt", &text);
    check("human.svg", &ansi_to_svg(&text, "privatelint lint"));
}

#[test]
fn human_in_ascii_and_narrow() {
    let options = Options { unicode: false, width: 60, ..Options::default() };
    check("human-ascii.txt", &written(&fixture::report(), Format::Human, &options));
}

#[test]
fn concise() {
    check("concise.txt", &written(&fixture::report(), Format::Concise, &Options::default()));
}

#[test]
fn json() {
    check("report.json", &written(&fixture::report(), Format::Json, &Options::default()));
}

#[test]
fn github() {
    check("github.txt", &written(&fixture::report(), Format::Github, &Options::default()));
}

#[test]
fn sarif() {
    check("report.sarif", &written(&fixture::report(), Format::Sarif, &Options::default()));
}

#[test]
fn summary() {
    check("step-summary.md", &step_summary(&fixture::report()));
}

#[test]
fn coverage() {
    let mut out = Vec::new();
    write_coverage(&fixture::report(), &Options::default(), &mut out).unwrap();
    check("coverage.txt", &String::from_utf8(out).unwrap());
}

#[test]
fn rules() {
    for format in RulesFormat::ALL {
        let mut out = Vec::new();
        write_rules(&fixture::rules(), format, &Options::default(), &mut out).unwrap();
        check(&format!("rules-{}.txt", format.as_str()), &String::from_utf8(out).unwrap());
    }
}

#[test]
fn explanation() {
    let mut out = Vec::new();
    explain(&fixture::rules()[2], &Options::default(), &mut out).unwrap();
    check("explain.txt", &String::from_utf8(out).unwrap());
}

#[test]
fn a_clean_run_says_so() {
    let summary = Summary { files: 41, endpoints: 7, ..Summary::default() };
    let report = Report { summary, ..Report::default() };
    let line = "no findings in 41 files, 7 endpoints\n";
    assert_eq!(written(&report, Format::Human, &Options::default()), line);
    assert_eq!(written(&report, Format::Concise, &Options::default()), line);
    assert_eq!(written(&report, Format::Github, &Options::default()), "");
}

#[test]
fn many_problems_that_are_not_fatal_are_counted() {
    let mut report = fixture::report();
    let module = report.problems.pop().unwrap();
    report.problems = vec![module; 8];
    report.findings.clear();
    let text = written(&report, Format::Human, &Options::default());
    assert_eq!(text.matches("warning[module]: module `::error::x`").count(), 5);
    assert!(text.contains(
        "warning[module]: 3 more problems like these: `--format concise` lists them all\n"
    ));
    let text = written(&report, Format::Concise, &Options::default());
    assert_eq!(text.matches("warning[module]").count(), 8);
}

#[test]
fn machine_formats_are_never_coloured() {
    let options = Options { color: true, ..Options::default() };
    for format in Format::ALL.into_iter().filter(|format| format.is_machine()) {
        assert!(!written(&fixture::report(), format, &options).contains('\u{1b}'));
    }
}
