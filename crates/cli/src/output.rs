//! Writing to stdout and stderr.

use std::io::{self, BufWriter, Write};

use crate::error::CliError;

/// Writes a document to stdout at once. A reader that has enough is an error of its own.
pub(crate) fn document(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CliError> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Writes a note to stderr. If nobody reads there, nothing is lost.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
