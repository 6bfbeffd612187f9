//! `privatelint lint`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

use camino::Utf8Path;
use privatelint_diagnostics::{Report, Severity};
use privatelint_linter::Options;
use privatelint_parser::OsFileSystem;
use privatelint_reporter::{Format, Options as Drawing};

use crate::args::{Global, Lint};
use crate::error::{CliError, Exit};
use crate::{color, environment, output};

/// The file that GitHub shows on the run's page.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

pub(crate) fn run(args: &Lint, global: &Global) -> Result<Exit, CliError> {
    let begun = Instant::now();
    let options = Options {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        min_severity: args.min_severity,
        min_confidence: args.min_confidence,
        no_ignores: args.no_ignores,
        ..super::options(args.paths.clone(), &args.configuration, &args.sources)?
    };
    let fail_on = args.fail_on.or(options.config.fail_on).unwrap_or(Severity::Warning);
    let report = match &args.plan {
        Some(plan) => {
            let options = super::one_path(options)?;
            privatelint_linter::lint_plan(&OsFileSystem, &options, super::plan(plan)?)?
        }
        None => privatelint_linter::lint(&OsFileSystem, &options)?,
    };
    print(&report, args, global)?;
    for (format, path) in &args.outputs {
        write_file(&report, *format, path, args)?;
    }
    if global.verbose > 0 {
        let summary = &report.summary;
        let elapsed = begun.elapsed().as_secs_f64();
        output::note(&format!(
            "{} files, {} root modules, {elapsed:.2} s",
            summary.files, summary.roots
        ));
    }
    Ok(exit(&report, args, fail_on))
}

fn print(report: &Report, args: &Lint, global: &Global) -> Result<(), CliError> {
    if global.quiet > 1 {
        return Ok(());
    }
    let default = if environment::is_agent() { Format::Concise } else { Format::Human };
    let format = args.format.unwrap_or(default);
    let drawing = Drawing {
        color: color::stdout_is_colored(global.color),
        width: environment::width(),
        unicode: environment::is_unicode(),
        coverage: args.coverage,
        summary: global.quiet == 0,
        step_summary: environment::variable(STEP_SUMMARY).is_some_and(|path| !path.is_empty()),
    };
    output::document(|out| privatelint_reporter::write(report, format, &drawing, out))?;
    match environment::variable(STEP_SUMMARY) {
        Some(path) if format == Format::Github && !path.is_empty() => {
            step_summary(report, path.as_ref())
        }
        _ => Ok(()),
    }
}

fn write_file(
    report: &Report,
    format: Format,
    path: &Utf8Path,
    args: &Lint,
) -> Result<(), CliError> {
    let drawing = Drawing { coverage: args.coverage, ..Drawing::default() };
    let write = || {
        let mut out = BufWriter::new(File::create(path)?);
        privatelint_reporter::write(report, format, &drawing, &mut out)?;
        out.flush()
    };
    write().map_err(|error| CliError::File { path: path.to_string(), error })
}

/// GitHub shows what is appended to this file on the run's page.
fn step_summary(report: &Report, path: &Utf8Path) -> Result<(), CliError> {
    let append = || {
        let mut file = File::options().append(true).create(true).open(path)?;
        file.write_all(privatelint_reporter::step_summary(report).as_bytes())
    };
    append().map_err(|error| CliError::File { path: path.to_string(), error })
}

fn exit(report: &Report, args: &Lint, fail_on: Severity) -> Exit {
    if report.problems.iter().any(|problem| problem.kind.is_fatal()) {
        Exit::Failed
    } else if !args.exit_zero && report.findings.iter().any(|finding| finding.severity >= fail_on) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
