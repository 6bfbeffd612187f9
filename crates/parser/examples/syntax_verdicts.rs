//! Prints what the parser says of each file named on the command line or on standard input: the path, `ok` or
//! `err`, and the lines of its syntax errors, separated by tabs. Made for comparing with another parser.

use std::io::{self, BufRead as _, Write as _};

use camino::Utf8Path;
use privatelint_diagnostics::{FileId, LineIndex, ProblemKind};
use privatelint_parser::{FileSystem as _, OsFileSystem, parse_file};

fn main() -> io::Result<()> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        paths = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    }
    let mut out = io::stdout().lock();
    for path in paths {
        let path = Utf8Path::new(&path);
        let bytes = OsFileSystem.read(path, u64::MAX)?;
        let text = String::from_utf8_lossy(&bytes);
        let parsed = parse_file(FileId(0), path, &text);
        let lines = LineIndex::new(&text);
        let errors = parsed.problems.iter().filter(|problem| problem.kind == ProblemKind::Syntax);
        let mut at: Vec<(u32, &str)> = errors
            .filter_map(|problem| Some((lines.line(problem.span?.start), problem.message.as_str())))
            .collect();
        at.sort_unstable();
        let numbers: Vec<String> = at.iter().map(|(line, _)| line.to_string()).collect();
        let messages: Vec<&str> = at.iter().map(|(_, message)| *message).collect();
        let verdict = if at.is_empty() { "ok" } else { "err" };
        writeln!(out, "{path}\t{verdict}\t{}\t{}", numbers.join(","), messages.join(" | "))?;
    }
    Ok(())
}
