//! The commands, one file each.

pub(crate) mod explain;
pub(crate) mod instances;
pub(crate) mod lint;
pub(crate) mod rules;

use std::io::Read as _;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_linter::{Config, Options, PlanSource};
use privatelint_parser::OsFileSystem;

use crate::args::{Configuration, Sources};
use crate::environment;
use crate::error::CliError;

/// What both `lint` and `instances` ask for.
fn options(
    paths: Vec<Utf8PathBuf>,
    configuration: &Configuration,
    sources: &Sources,
) -> Result<Options, CliError> {
    let working_dir = environment::working_dir()?;
    let config = match &configuration.config {
        _ if configuration.isolated => Config::default(),
        Some(path) => Config::read(&OsFileSystem, &working_dir, path),
        None => Config::find(&OsFileSystem, &working_dir, &paths),
    };
    Ok(Options {
        variables: sources.variables.clone(),
        environment: environment::terraform_variables(),
        config,
        ..Options::everything(working_dir, paths, &environment::today())
    })
}

/// The plan that `--plan` names.
fn plan(path: &Utf8Path) -> Result<PlanSource, CliError> {
    if path != "-" {
        return Ok(PlanSource::File(path.to_owned()));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(CliError::Stdin)?;
    Ok(PlanSource::Stdin(bytes))
}

/// A plan is of one root module.
fn one_path(options: Options) -> Result<Options, CliError> {
    if options.paths.len() > 1 { Err(CliError::SeveralPaths) } else { Ok(options) }
}
