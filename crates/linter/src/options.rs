//! What a caller asks for.

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Confidence, Severity};
use privatelint_parser::shown_path;
use thiserror::Error;

use crate::Config;

/// What to lint, and what to say about it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The directory that paths in the report are relative to; absolute.
    pub working_dir: Utf8PathBuf,
    /// Files and directories, relative to the working directory or absolute.
    pub paths: Vec<Utf8PathBuf>,
    /// Rules or categories to run; all if empty.
    pub select: Vec<String>,
    /// Rules or categories not to run.
    pub ignore: Vec<String>,
    /// Findings below it are not reported.
    pub min_severity: Severity,
    /// Findings below it are not reported.
    pub min_confidence: Confidence,
    /// Values for variables of root modules, the last one of a name wins; before them come the files that Terraform reads by itself.
    pub variables: Vec<Variable>,
    /// Values of `TF_VAR_…`: name without the prefix, and text. Every other source beats them.
    pub environment: Vec<(String, String)>,
    /// Whether suppression comments are disregarded.
    pub no_ignores: bool,
    /// Today, as `YYYY-MM-DD`: suppressions expire.
    pub today: String,
    /// What the repository's configuration says.
    pub config: Config,
}

impl Options {
    /// Everything that all rules find under these paths, however severe and sure it is.
    #[must_use]
    pub fn everything(working_dir: Utf8PathBuf, paths: Vec<Utf8PathBuf>, today: &str) -> Self {
        Self {
            working_dir,
            paths,
            select: Vec::new(),
            ignore: Vec::new(),
            min_severity: Severity::Info,
            min_confidence: Confidence::Possible,
            variables: Vec::new(),
            environment: Vec::new(),
            no_ignores: false,
            today: today.to_owned(),
            config: Config::default(),
        }
    }
}

impl Options {
    /// Whether a path, as reports show it, is that of a variable file that was asked for.
    pub(crate) fn names_var_file(&self, path: &Utf8Path) -> bool {
        self.variables.iter().any(|variable| match variable {
            Variable::File(file) => shown_path(&self.working_dir, file) == path,
            Variable::Value(..) => false,
        })
    }
}

/// A source of variable values from the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variable {
    /// `--var-file`.
    File(Utf8PathBuf),
    /// `--var name=text`.
    Value(String, String),
}

/// A request that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UsageError {
    /// A rule or category that does not exist.
    #[error("there is no rule or category `{name}`{}", hint(.nearest))]
    UnknownRule {
        /// As given.
        name: String,
        /// The name that is most like it.
        nearest: Option<String>,
    },
    /// An AWS service that does not exist.
    #[error("there is no service `{name}` with VPC endpoints{}", near(.nearest))]
    UnknownService {
        /// As given.
        name: String,
        /// The name that is most like it.
        nearest: Option<String>,
    },
    /// An address that no subnet and no workload has.
    #[error("there is no subnet and no workload `{name}`{}", near(.nearest))]
    NoSuchPlace {
        /// As given.
        name: String,
        /// The address that is most like it.
        nearest: Option<String>,
    },
}

fn near(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|nearest| format!(": did you mean `{nearest}`?")).unwrap_or_default()
}

fn hint(nearest: &Option<String>) -> String {
    match nearest {
        Some(nearest) => format!(": did you mean `{nearest}`?"),
        None => ": `privatelint rules` lists them".to_owned(),
    }
}
