//! Prints what is loaded from the directories and files named on the command line: roots, problems and how much there is.

use std::io::{self, Write as _};

use camino::Utf8PathBuf;
use privatelint_parser::{LoadRequest, OsFileSystem, load};

fn main() -> io::Result<()> {
    let working_dir = Utf8PathBuf::try_from(std::env::current_dir()?).map_err(io::Error::other)?;
    let paths = std::env::args().skip(1).map(Utf8PathBuf::from).collect();
    let workspace =
        load(&OsFileSystem, &LoadRequest { working_dir, paths, ..LoadRequest::default() });
    let mut out = io::stdout().lock();
    for root in &workspace.roots {
        writeln!(out, "root {root}")?;
    }
    for problem in &workspace.problems {
        let place = problem.span.map(|span| {
            let (start, _) = workspace.files.positions(span);
            format!("{}:{}:{}", workspace.files.get(span.file).path(), start.line, start.column)
        });
        let kind = problem.kind.as_str();
        writeln!(out, "{kind} {}: {}", place.unwrap_or_default(), problem.message)?;
    }
    writeln!(
        out,
        "{} files, {} modules, {} roots, {} problems",
        workspace.files.len(),
        workspace.modules.len(),
        workspace.roots.len(),
        workspace.problems.len()
    )
}
