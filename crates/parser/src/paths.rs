//! Paths as they are named in reports.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// A path as reports show it: relative to the working directory, `/`-separated, `.` for the working directory itself.
///
/// Only the text of the paths is looked at. `working_dir` is absolute; `path` is relative to it or absolute.
#[must_use]
pub fn shown_path(working_dir: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let from = absolute(working_dir, Utf8Path::new(""));
    let to = absolute(working_dir, path);
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..");
    let down = to.components().skip(shared).map(|component| component.as_str());
    let steps: Vec<&str> = up.chain(down).collect();
    if steps.is_empty() { ".".into() } else { steps.join("/").into() }
}

/// An absolute path without `.` and `..`, by its text alone.
pub(crate) fn absolute(working_dir: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let mut absolute = Utf8PathBuf::new();
    for component in working_dir.join(path).components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => drop(absolute.pop()),
            other => absolute.push(other),
        }
    }
    absolute
}
