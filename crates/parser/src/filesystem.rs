//! All access to files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

/// What an entry of a directory is, symbolic links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A device, a pipe, a link that leads nowhere.
    Other,
}

/// A file or directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path, absolute.
    pub path: Utf8PathBuf,
    /// What it is.
    pub kind: EntryKind,
    /// Whether it is reached through a symbolic link.
    pub is_link: bool,
}

/// How far below a directory [`FileSystem::walk`] goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The directory's own entries.
    Directory,
    /// The directory's own entries, with the directories that are skipped elsewhere.
    Entries,
    /// Everything below it but what is in skipped directories.
    Tree,
}

/// Where files come from: the disk, a test, an editor.
pub trait FileSystem: Sync {
    /// The entries below a directory, sorted by path. Symbolic links are listed and not followed; directories that
    /// [`is_skipped_directory`] names are listed only for [`Depth::Entries`].
    fn walk(&self, dir: &Utf8Path, depth: Depth) -> Vec<io::Result<Entry>>;

    /// What is at a path, symbolic links followed.
    ///
    /// # Errors
    ///
    /// If nothing is there.
    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind>;

    /// The path without symbolic links, `.` and `..`.
    ///
    /// # Errors
    ///
    /// If nothing is there.
    fn canonical(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf>;

    /// The first `limit` bytes of a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>>;
}

/// Whether a directory of that name is never searched: downloads, hidden directories and Node's modules.
#[must_use]
pub fn is_skipped_directory(name: &str) -> bool {
    name == "node_modules" || name.starts_with('.') && name != "." && name != ".."
}

/// The disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsFileSystem;

impl FileSystem for OsFileSystem {
    fn walk(&self, dir: &Utf8Path, depth: Depth) -> Vec<io::Result<Entry>> {
        let walk = WalkDir::new(dir).min_depth(1).sort_by_file_name();
        let walk = if depth == Depth::Tree { walk } else { walk.max_depth(1) };
        let wanted = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            depth == Depth::Entries
                || entry.depth() == 0
                || !(entry.file_type().is_dir() && is_skipped_directory(&name))
        };
        walk.into_iter().filter_entry(wanted).map(|entry| os_entry(entry?)).collect()
    }

    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind> {
        let kind = path.metadata()?;
        Ok(if kind.is_file() {
            EntryKind::File
        } else if kind.is_dir() {
            EntryKind::Directory
        } else {
            EntryKind::Other
        })
    }

    fn canonical(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        path.canonicalize_utf8()
    }

    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = File::open(path)?;
        // One byte more than there is, so that the end is seen without growing.
        let size = file.metadata()?.len().saturating_add(1).min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

fn os_entry(entry: walkdir::DirEntry) -> io::Result<Entry> {
    let is_link = entry.path_is_symlink();
    let kind = entry.file_type();
    let path = Utf8PathBuf::from_path_buf(entry.into_path()).map_err(|path| {
        let message = format!("{} is not a UTF-8 file name", path.display());
        io::Error::new(io::ErrorKind::InvalidData, message)
    })?;
    let kind = if is_link {
        OsFileSystem.kind(&path).unwrap_or(EntryKind::Other)
    } else if kind.is_file() {
        EntryKind::File
    } else if kind.is_dir() {
        EntryKind::Directory
    } else {
        EntryKind::Other
    };
    Ok(Entry { path, kind, is_link })
}

/// Files in memory. Paths are absolute, or relative to `/`.
#[derive(Debug, Clone, Default)]
pub struct MemoryFileSystem {
    files: BTreeMap<Utf8PathBuf, Arc<[u8]>>,
}

impl MemoryFileSystem {
    /// The files with these paths and contents.
    pub fn new<P: AsRef<str>, C: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, C)>) -> Self {
        let absolute = |path: &str| crate::paths::absolute("/".into(), path.into());
        let files = files.into_iter();
        Self {
            files: files
                .map(|(path, text)| (absolute(path.as_ref()), text.as_ref().into()))
                .collect(),
        }
    }

    fn below<'f>(&'f self, dir: &'f Utf8Path) -> impl Iterator<Item = &'f Utf8PathBuf> {
        self.files.keys().filter(move |path| path.starts_with(dir) && *path != dir)
    }
}

impl FileSystem for MemoryFileSystem {
    fn walk(&self, dir: &Utf8Path, depth: Depth) -> Vec<io::Result<Entry>> {
        let mut entries = BTreeMap::new();
        for path in self.below(dir) {
            let ancestors = path.ancestors().take_while(|ancestor| *ancestor != dir);
            let skipped = |path: &Utf8Path| path.file_name().is_some_and(is_skipped_directory);
            if depth != Depth::Entries && ancestors.clone().skip(1).any(skipped) {
                continue;
            }
            for ancestor in ancestors {
                if depth == Depth::Tree || ancestor.parent() == Some(dir) {
                    let kind =
                        if ancestor == path { EntryKind::File } else { EntryKind::Directory };
                    entries.insert(ancestor.to_owned(), kind);
                }
            }
        }
        entries.into_iter().map(|(path, kind)| Ok(Entry { path, kind, is_link: false })).collect()
    }

    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind> {
        if self.files.contains_key(path) {
            Ok(EntryKind::File)
        } else if path == "/" || self.below(path).next().is_some() {
            Ok(EntryKind::Directory)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn canonical(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        let path = crate::paths::absolute("/".into(), path);
        self.kind(&path).map(|_| path)
    }

    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(bytes.iter().take(limit).copied().collect())
    }
}
