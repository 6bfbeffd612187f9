//! `privatelint graph`.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use privatelint_diagnostics::Confidence;
use privatelint_linter::Options;
use privatelint_parser::OsFileSystem;
use privatelint_reporter::{GraphFormat, graph};

use crate::args::{Global, Graph};
use crate::error::{CliError, Exit};
use crate::output;

pub(crate) fn run(args: &Graph, global: &Global) -> Result<Exit, CliError> {
    let options = Options {
        min_confidence: Confidence::Likely,
        ..super::options(vec![args.path.clone()], &args.configuration, &args.sources)?
    };
    let format = if args.html { GraphFormat::Html } else { args.format };
    let (diagrams, report) = privatelint_linter::diagrams(&OsFileSystem, &options, &args.services)?;
    match &args.output {
        None => output::document(|out| graph::write(&diagrams, &report.files, format, out))?,
        Some(path) => {
            let write = || {
                let mut out = BufWriter::new(File::create(path)?);
                graph::write(&diagrams, &report.files, format, &mut out)?;
                out.flush()
            };
            write().map_err(|error| CliError::File { path: path.to_string(), error })?;
        }
    }
    super::conclude(report, global)
}
