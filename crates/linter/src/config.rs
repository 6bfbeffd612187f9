//! `.privatelint.hcl`: what a repository wants of every run. It is data: nothing in it is evaluated.

mod expect;
mod find;
mod read;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{FileId, Files, Problem, Severity, Span};
use privatelint_parser::shown_path;

/// What the file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The directories with the repository's own descriptions of modules; absolute.
    pub stubs: Vec<Utf8PathBuf>,
    /// The places that name them.
    stub_places: Vec<Span>,
    /// The severity from which on findings fail the run.
    pub fail_on: Option<Severity>,
    /// What is said of rules, by name.
    pub rules: BTreeMap<String, Level>,
    /// What is expected of paths, as it is written.
    expected: Vec<expect::Expected>,
    /// The file, if something in it is to be pointed at: what is wrong, or what is expected.
    source: Option<(Utf8PathBuf, String)>,
    problems: Vec<Problem>,
}

/// What a rule is worth to the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It does not run.
    Off,
    /// Its findings have this severity.
    Severity(Severity),
}

pub(crate) use expect::without_meaning;

impl Config {
    /// Whether a path, as reports show it, is in a directory that the configuration names.
    pub(crate) fn concerns(&self, working_dir: &Utf8Path, path: &Utf8Path) -> bool {
        self.stubs.iter().any(|dir| path.starts_with(shown_path(working_dir, dir)))
    }

    /// The text that the problems point into, if there are any.
    pub(crate) fn texts(&self) -> Vec<(Utf8PathBuf, String)> {
        self.source.iter().cloned().collect()
    }

    /// The file among the files of the run.
    fn file(&self, files: &Files) -> Option<FileId> {
        let path = self.source.as_ref().map(|(path, _)| path.as_path());
        files.iter().find(|(_, file)| Some(file.path()) == path).map(|(id, _)| id)
    }

    /// What is wrong with the file, with places among the files of the run.
    pub(crate) fn problems(&self, files: &Files) -> Vec<Problem> {
        let id = self.file(files);
        let moved = self.problems.iter().cloned().map(|mut problem| {
            if let (Some(span), Some(id)) = (&mut problem.span, id) {
                span.file = id;
            }
            problem
        });
        moved.collect()
    }
}
