//! Where the file is.

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Problem, ProblemKind};
use privatelint_parser::{EntryKind, FileSystem, repository_boundaries, shown_path};

use super::Config;

/// The name of the file.
const NAME: &str = ".privatelint.hcl";

/// The largest file that is read.
const MOST_BYTES: u64 = 1024 * 1024;

impl Config {
    /// The file of the repository that the first path is in: the nearest one from there up to the directory with `.git`. Without a repository only
    /// the directory itself and those up to the working directory are looked at.
    #[must_use]
    pub fn find(fs: &dyn FileSystem, working_dir: &Utf8Path, paths: &[Utf8PathBuf]) -> Self {
        let first = paths.first().map_or(Utf8Path::new("."), |path| path.as_path());
        let Ok(start) = fs.canonical(&working_dir.join(first)) else { return Self::default() };
        let is_there = |path: &Utf8Path, wanted| fs.kind(path).is_ok_and(|kind| kind == wanted);
        let home = fs.canonical(working_dir).ok();
        let repository = start.ancestors().find(|dir| fs.kind(&dir.join(".git")).is_ok());
        let last = repository.or(home.as_deref().filter(|home| start.starts_with(home)));
        for dir in start.ancestors() {
            let path = dir.join(NAME);
            if is_there(dir, EntryKind::Directory) && is_there(&path, EntryKind::File) {
                return Self::read(fs, working_dir, &path);
            }
            let is_alone = last.is_none() && is_there(dir, EntryKind::Directory);
            if Some(dir) == last || is_alone {
                break;
            }
        }
        Self::default()
    }

    /// The file at a path.
    #[must_use]
    pub fn read(fs: &dyn FileSystem, working_dir: &Utf8Path, path: &Utf8Path) -> Self {
        let path = working_dir.join(path);
        let shown = match (fs.canonical(working_dir), fs.canonical(&path)) {
            (Ok(working_dir), Ok(path)) => shown_path(&working_dir, &path),
            _ => shown_path(working_dir, &path),
        };
        let problem = |why: String| Self {
            problems: vec![Problem::in_path(ProblemKind::Read, &shown, format!("{shown} {why}"))],
            ..Self::default()
        };
        let bytes = match fs.read(&path, MOST_BYTES + 1) {
            Ok(bytes) => bytes,
            Err(error) => return problem(format!("cannot be read: {error}")),
        };
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
            return problem("is larger than 1 MiB and is not read".to_owned());
        }
        let Ok(text) = String::from_utf8(bytes) else {
            return problem("is not UTF-8".to_owned());
        };
        let dir = path.parent().unwrap_or(&path);
        let mut config = Self::parse(dir, &text);
        config.check_stubs(fs, dir);
        if !config.problems.is_empty() || !config.expected.is_empty() {
            config.source = Some((shown, text));
        }
        config
    }

    /// Points at the stubs that cannot be read, and forgets them.
    fn check_stubs(&mut self, fs: &dyn FileSystem, dir: &Utf8Path) {
        let boundaries = repository_boundaries(fs, dir, &[dir.to_owned()]);
        let stubs = std::mem::take(&mut self.stubs).into_iter();
        for (stub, place) in stubs.zip(std::mem::take(&mut self.stub_places)) {
            let canonical = fs.canonical(&stub);
            let is_inside = |path: &Utf8PathBuf| boundaries.iter().any(|it| path.starts_with(it));
            let why = match (&canonical, fs.kind(&stub)) {
                (Ok(canonical), _) if !is_inside(canonical) => {
                    "this leads out of the repository and is not read"
                }
                (Ok(_), Ok(EntryKind::Directory)) => {
                    self.stubs.push(stub);
                    continue;
                }
                (Ok(_), Ok(_)) => "this is no directory: stubs are directories of modules",
                _ => "there is no such directory",
            };
            self.wrong(place, why, None);
        }
    }
}
