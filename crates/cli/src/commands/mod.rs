//! The commands, one file each.

pub(crate) mod explain;
pub(crate) mod instances;
pub(crate) mod lint;
pub(crate) mod rules;

use camino::Utf8PathBuf;
use privatelint_diagnostics::{Confidence, Severity};
use privatelint_linter::Options;

use crate::args::Sources;
use crate::environment;
use crate::error::CliError;

/// What both `lint` and `instances` ask for.
fn options(paths: Vec<Utf8PathBuf>, sources: &Sources) -> Result<Options, CliError> {
    Ok(Options {
        working_dir: environment::working_dir()?,
        paths,
        select: Vec::new(),
        ignore: Vec::new(),
        min_severity: Severity::Info,
        min_confidence: Confidence::Possible,
        variables: sources.variables.clone(),
        environment: environment::terraform_variables(),
        no_ignores: false,
        today: environment::today(),
    })
}
