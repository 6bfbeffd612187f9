//! `privatelint instances`.

use privatelint_parser::OsFileSystem;
use privatelint_reporter::{Format, Options};

use crate::args::{Global, Instances};
use crate::error::{CliError, Exit};
use crate::output;

pub(crate) fn run(args: &Instances, global: &Global) -> Result<Exit, CliError> {
    let options = super::options(vec![args.path.clone()], &args.configuration, &args.sources)?;
    let (roots, report) = match &args.plan {
        Some(plan) => {
            let plan = super::plan(plan)?;
            privatelint_linter::instances_of_plan(&OsFileSystem, &options, plan)
        }
        None => privatelint_linter::instances(&OsFileSystem, &options),
    };
    let document = serde_json::to_string_pretty(&privatelint_linter::to_json(&roots))?;
    output::document(|out| writeln!(out, "{document}"))?;
    if global.quiet == 0 && !report.problems.is_empty() {
        let mut problems = Vec::new();
        privatelint_reporter::write(&report, Format::Concise, &Options::default(), &mut problems)?;
        output::note(String::from_utf8_lossy(&problems).trim_end());
    }
    if roots.is_empty() && args.plan.is_none() {
        output::note("error: no Terraform files were found");
    }
    let failed = roots.is_empty() || report.problems.iter().any(|problem| problem.kind.is_fatal());
    Ok(if failed { Exit::Failed } else { Exit::Clean })
}
