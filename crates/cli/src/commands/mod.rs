//! The commands, one file each.

pub(crate) mod explain;
pub(crate) mod graph;
pub(crate) mod instances;
pub(crate) mod lint;
pub(crate) mod paths;
pub(crate) mod rules;

use std::io::Read as _;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::Report;
use privatelint_linter::{Config, Options, PlanSource};
use privatelint_parser::OsFileSystem;
use privatelint_reporter::{Format, Options as Drawing};

use crate::args::{Configuration, Global, Sources};
use crate::error::{CliError, Exit};
use crate::{environment, output};

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

/// Says on stderr what stood in the way of a command that shows something, and how it ends.
fn conclude(mut report: Report, global: &Global) -> Result<Exit, CliError> {
    report.findings.clear();
    if global.quiet == 0 && !report.problems.is_empty() {
        let drawing = Drawing { summary: false, ..Drawing::default() };
        let mut text = Vec::new();
        privatelint_reporter::write(&report, Format::Concise, &drawing, &mut text)?;
        output::note(String::from_utf8_lossy(&text).trim_end());
    }
    if report.files.is_empty() && report.problems.is_empty() {
        output::note("error: no Terraform files were found");
        return Ok(Exit::Failed);
    }
    let failed = report.problems.iter().any(|problem| problem.kind.is_fatal());
    Ok(if failed { Exit::Failed } else { Exit::Clean })
}
