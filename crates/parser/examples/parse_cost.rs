//! Parses the files named on standard input, one a line, with hcl-edit alone (`hcl-edit`) or with this crate (`ours`),
//! and prints how many there were. Made for counting instructions: the files are read before anything is parsed.

use std::io::{self, BufRead as _, Write as _};

use camino::Utf8Path;
use privatelint_diagnostics::FileId;
use privatelint_parser::{FileSystem as _, OsFileSystem, parse_file};

fn main() -> io::Result<()> {
    let ours = std::env::args().nth(1).as_deref() == Some("ours");
    let mut files = Vec::new();
    for path in io::stdin().lock().lines() {
        let path = path?;
        let bytes = OsFileSystem.read(Utf8Path::new(&path), u64::MAX)?;
        files.push((path, String::from_utf8_lossy(&bytes).into_owned()));
    }
    let mut accepted = 0;
    for (path, text) in &files {
        accepted += usize::from(if ours {
            parse_file(FileId(0), Utf8Path::new(path), text).problems.is_empty()
        } else {
            hcl_edit::parser::parse_body(text).is_ok()
        });
    }
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    writeln!(io::stdout(), "{accepted} of {} files, {bytes} bytes", files.len())
}
