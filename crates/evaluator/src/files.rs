//! The door through which functions such as `file` read files.

use std::cell::Cell;
use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_parser::{Depth, EntryKind, FileSystem, repository_boundaries, shown_path};
use smol_str::SmolStr;

use crate::{Unknown, Value};

/// The longest file that a function reads. Strings that functions make have the same limit.
const MOST_FILE_BYTES: u64 = 4 << 20;

/// What the functions of one root read in all.
const MOST_BYTES_IN_ALL: u64 = 256 << 20;

/// The entries that are looked at for one `fileset`.
const MOST_ENTRIES: usize = 50_000;

/// Directories whose contents belong to the machine and not to the code.
const NOT_OF_THE_CODE: [&str; 2] = [".git", ".terraform"];

/// Reads the files that a configuration names. Paths are relative to the working directory of the run, or absolute.
///
/// The scanned tree is untrusted: whoever implements this reads nothing outside of its repository.
pub trait FileAccess: Sync {
    /// The contents of a file.
    ///
    /// # Errors
    ///
    /// If there is no such file, or if it must not be read.
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError>;

    /// Whether there is a file.
    ///
    /// # Errors
    ///
    /// If something else is there, or if it must not be looked at.
    fn exists(&self, path: &Utf8Path) -> Result<bool, FileError>;

    /// The files below a directory, relative to it. Empty if there is no such directory.
    ///
    /// # Errors
    ///
    /// If it must not be read, or holds too much.
    fn list(&self, dir: &Utf8Path) -> Result<BTreeSet<Utf8PathBuf>, FileError>;
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// Nothing is there.
    Missing,
    /// Something is there that is no file.
    NoFile,
    /// It is not looked at, which says nothing about what Terraform would find: the reason, as the end of a sentence about it.
    NotRead(SmolStr),
}

impl FileError {
    fn not_read(why: impl Into<SmolStr>) -> Self {
        Self::NotRead(why.into())
    }
}

/// Reads nothing: what depends on a file is not known.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl FileAccess for NoFiles {
    fn read(&self, _: &Utf8Path) -> Result<Vec<u8>, FileError> {
        Err(FileError::not_read("is not read in this run"))
    }

    fn exists(&self, path: &Utf8Path) -> Result<bool, FileError> {
        self.read(path).map(|_| true)
    }

    fn list(&self, dir: &Utf8Path) -> Result<BTreeSet<Utf8PathBuf>, FileError> {
        self.read(dir).map(|_| BTreeSet::new())
    }
}

/// The files of the repositories that a run looks at: those in which it looks for modules.
pub struct RepositoryFiles<'f> {
    fs: &'f dyn FileSystem,
    working_dir: &'f Utf8Path,
    /// Directories without links in their names, which are not left.
    boundaries: Vec<Utf8PathBuf>,
}

impl<'f> RepositoryFiles<'f> {
    /// The files that may be read where these paths are looked at.
    #[must_use]
    pub fn new(fs: &'f dyn FileSystem, working_dir: &'f Utf8Path, paths: &[Utf8PathBuf]) -> Self {
        Self { fs, working_dir, boundaries: repository_boundaries(fs, working_dir, paths) }
    }

    /// The real name of what is at a path, if it may be looked at.
    fn inside(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FileError> {
        let path = self.working_dir.join(path);
        let is_inside = |real: &Utf8Path| self.boundaries.iter().any(|dir| real.starts_with(dir));
        match self.fs.canonical(&path) {
            Ok(real) if is_inside(&real) => Ok(real),
            // Whether something is there is told only of what is inside: all else depends on the machine.
            Err(_) if self.nearest(&path).is_some_and(|dir| is_inside(&dir)) => {
                Err(FileError::Missing)
            }
            _ => Err(FileError::not_read("lies outside of the repository")),
        }
    }

    /// The directory in which a path to nothing stops to exist.
    fn nearest(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let path = self.working_dir.join(shown_path(self.working_dir, path));
        path.ancestors().find_map(|dir| self.fs.canonical(dir).ok())
    }
}

impl FileAccess for RepositoryFiles<'_> {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FileError> {
        let real = self.inside(path)?;
        match self.fs.kind(&real) {
            Ok(EntryKind::File) => {}
            Ok(_) => return Err(FileError::NoFile),
            Err(_) => return Err(FileError::Missing),
        }
        let bytes = self
            .fs
            .read(&real, MOST_FILE_BYTES + 1)
            .map_err(|error| FileError::not_read(format!("cannot be read: {error}")))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_FILE_BYTES) {
            let most = MOST_FILE_BYTES >> 20;
            return Err(FileError::not_read(format!("is larger than {most} MiB and is not read")));
        }
        Ok(bytes)
    }

    fn exists(&self, path: &Utf8Path) -> Result<bool, FileError> {
        let real = match self.inside(path) {
            Err(FileError::Missing) => return Ok(false),
            real => real?,
        };
        match self.fs.kind(&real) {
            Ok(EntryKind::File) => Ok(true),
            Ok(_) => Err(FileError::NoFile),
            Err(_) => Ok(false),
        }
    }

    fn list(&self, dir: &Utf8Path) -> Result<BTreeSet<Utf8PathBuf>, FileError> {
        let mut files = BTreeSet::new();
        let top = match self.inside(dir) {
            Err(FileError::Missing) => return Ok(files),
            top => top?,
        };
        let mut waiting = vec![top.clone()];
        let mut seen = 0;
        while let Some(dir) = waiting.pop() {
            for entry in self.fs.walk(&dir, Depth::Entries) {
                seen += 1;
                if seen > MOST_ENTRIES {
                    return Err(FileError::not_read("holds too many files to look at"));
                }
                let entry = entry
                    .map_err(|error| FileError::not_read(format!("cannot be read: {error}")))?;
                let name = entry.path.file_name().unwrap_or_default();
                match entry.kind {
                    EntryKind::Directory if NOT_OF_THE_CODE.contains(&name) => {}
                    EntryKind::Directory if entry.is_link => {
                        return Err(FileError::not_read("holds a link to a directory"));
                    }
                    EntryKind::Directory => waiting.push(entry.path),
                    EntryKind::File => {
                        files.extend(entry.path.strip_prefix(&top).map(Utf8Path::to_owned).ok());
                    }
                    EntryKind::Other => {}
                }
            }
        }
        Ok(files)
    }
}

/// What the functions of one root see of the files, and how much of them they may still read.
pub(crate) struct Files<'w> {
    access: &'w dyn FileAccess,
    /// The root module's directory, in which Terraform runs.
    root: &'w Utf8Path,
    left: Cell<u64>,
}

impl<'w> Files<'w> {
    pub(crate) fn new(access: &'w dyn FileAccess, root: &'w Utf8Path) -> Self {
        Self { access, root, left: Cell::new(MOST_BYTES_IN_ALL) }
    }

    /// What functions see that are called outside of a configuration.
    pub(crate) fn none() -> Files<'static> {
        Files::new(&NoFiles, Utf8Path::new("."))
    }

    /// The contents of the file that a function is asked for.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if self.left.get() == 0 {
            return Err(FileError::not_read("is one file too many to read"));
        }
        let bytes = self.access.read(&self.root.join(path))?;
        // An empty file is not free either.
        let cost = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_add(1 << 10);
        self.left.set(self.left.get().saturating_sub(cost));
        Ok(bytes)
    }

    pub(crate) fn exists(&self, path: &str) -> Result<bool, FileError> {
        self.access.exists(&self.root.join(path))
    }

    pub(crate) fn list(&self, dir: &str) -> Result<BTreeSet<Utf8PathBuf>, FileError> {
        if self.left.get() == 0 {
            return Err(FileError::not_read("is one directory too many to read"));
        }
        let files = self.access.list(&self.root.join(dir))?;
        let cost =
            u64::try_from(files.len()).unwrap_or(u64::MAX).saturating_add(1).saturating_mul(1 << 7);
        self.left.set(self.left.get().saturating_sub(cost));
        Ok(files)
    }
}

/// What depends on a file that is not looked at.
pub(crate) fn not_read(path: &str, why: &str) -> Value {
    Value::Unknown(Unknown::File(format!("`{path}` {why}").into()))
}
