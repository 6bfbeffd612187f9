//! What the tests of the pipeline share.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]
#![expect(dead_code, reason = "every test file uses another part of it")]

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Report, RuleInfo};
use privatelint_linter::{Config, Options, lint};
use privatelint_parser::{FileSystem, MemoryFileSystem, OsFileSystem};

/// The day that tests live on.
pub(crate) const TODAY: &str = "2026-01-15";

/// Everything under the working directory.
pub(crate) fn options(working_dir: &Utf8Path) -> Options {
    Options::everything(working_dir.to_owned(), vec![".".into()], TODAY)
}

/// Lints files that exist only here.
pub(crate) fn lint_texts(files: &[(&str, &str)]) -> Report {
    lint_texts_with(files, |_| {})
}

/// The same with other options.
pub(crate) fn lint_texts_with(files: &[(&str, &str)], edit: impl FnOnce(&mut Options)) -> Report {
    let root = Utf8Path::new("/project");
    let files = files.iter().map(|(path, text)| (root.join(path), (*text).to_owned()));
    let fs = MemoryFileSystem::new(files);
    let mut options = options(root);
    options.config = Config::find(&fs, root, &options.paths);
    edit(&mut options);
    run(&fs, &options)
}

/// Lints a project of the repository.
pub(crate) fn lint_project(dir: &Utf8Path) -> Report {
    run(&OsFileSystem, &options(dir))
}

fn run(fs: &dyn FileSystem, options: &Options) -> Report {
    lint(fs, options).unwrap()
}

/// The checkout.
pub(crate) fn repository() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// A rule in a line of a file.
pub(crate) type Place = (Utf8PathBuf, u32, String);

/// What `# expect: rule-a, rule-b` comments say, in the files of a report.
pub(crate) fn expected(report: &Report) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for (_, file) in report.files.iter() {
        for (number, line) in (1..).zip(file.text().lines()) {
            let Some((_, rules)) = line.split_once("# expect: ") else { continue };
            for rule in rules.split(',') {
                places.insert((file.path().to_owned(), number, rule.trim().to_owned()));
            }
        }
    }
    places
}

/// Where the findings of a report are.
pub(crate) fn found(report: &Report) -> BTreeSet<Place> {
    let place = |finding: &privatelint_diagnostics::Diagnostic| {
        let file = report.files.get(finding.primary.span.file);
        (
            file.path().to_owned(),
            file.position(finding.primary.span.start).line,
            finding.rule.to_owned(),
        )
    };
    report.findings.iter().map(place).collect()
}

/// The directories and single files directly below a directory, by name.
pub(crate) fn children(dir: &Utf8Path) -> Vec<Utf8PathBuf> {
    let Ok(entries) = dir.read_dir_utf8() else { return Vec::new() };
    let mut children: Vec<_> = entries.map(|entry| entry.unwrap().into_path()).collect();
    children.sort();
    children
}

/// A code block of a rule page that is run.
pub(crate) struct Example {
    pub(crate) fires: bool,
    pub(crate) text: String,
    /// The files in it: `# file: path` begins one.
    pub(crate) files: Vec<(String, String)>,
}

/// The examples of a rule page, in their order.
pub(crate) fn examples(rule: &RuleInfo) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut current: Option<(bool, String)> = None;
    for line in rule.page.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (&mut current, line) {
            (None, "```hcl,fires") => current = Some((true, String::new())),
            (None, "```hcl,silent") => current = Some((false, String::new())),
            (Some((fires, text)), "```") => {
                examples.push(Example { fires: *fires, files: files(text), text: text.clone() });
                current = None;
            }
            (Some((_, text)), line) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) => {}
        }
    }
    examples
}

pub(crate) fn files(text: &str) -> Vec<(String, String)> {
    let mut files = vec![("main.tf".to_owned(), String::new())];
    for line in text.lines() {
        match line.strip_prefix("# file: ") {
            Some(path) => files.push((path.trim().to_owned(), String::new())),
            None => {
                let (_, text) = files.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    files.retain(|(_, text)| !text.trim().is_empty());
    files
}
