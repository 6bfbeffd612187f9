//! Which files a run reads.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Problem, ProblemKind};
use rayon::prelude::*;

use crate::filesystem::{Depth, Entry, EntryKind, FileSystem};
use crate::paths::{absolute, shown_path};
use crate::remote::{self, Description, Installed, Manifest};

/// Files beyond this size are not read: no Terraform file is that long, and offsets have 32 bits.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Where `terraform init` says what it brought.
const MANIFEST: &str = ".terraform/modules/modules.json";

/// Everything that was found.
#[derive(Default)]
pub(crate) struct Discovered {
    pub(crate) files: Vec<FoundFile>,
    /// Directories in which there is a variable file of any name.
    pub(crate) with_variables: BTreeSet<Utf8PathBuf>,
    /// Directories that have another name by way of a symbolic link: to the name under which they were read.
    pub(crate) aliases: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    /// What `terraform init` brought, by the root's directory: each with its own.
    pub(crate) installed: BTreeMap<Utf8PathBuf, Vec<(Utf8PathBuf, Installed)>>,
    /// The users' descriptions of modules.
    pub(crate) descriptions: Vec<Description>,
    /// Files that may be Terragrunt's, by their names.
    pub(crate) terragrunt: Vec<Utf8PathBuf>,
    /// The directories that something leads to and that are out of the repository.
    pub(crate) outside: BTreeSet<Utf8PathBuf>,
    pub(crate) problems: Vec<Problem>,
}

/// A file that was read.
pub(crate) struct FoundFile {
    /// Its path, absolute.
    pub(crate) path: Utf8PathBuf,
    pub(crate) text: String,
    pub(crate) role: Role,
}

/// What a file is for, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Configuration,
    /// Variables that Terraform reads by itself.
    Variables,
    /// Variables that are read if the user says so.
    OtherVariables,
    None,
}

fn role(name: &str) -> Role {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    if name.starts_with('.') || name.ends_with('~') || name.starts_with('#') && name.ends_with('#')
    {
        Role::None
    } else if stem.ends_with(".tf") || stem.ends_with(".tofu") {
        Role::Configuration
    } else if stem == "terraform.tfvars" || stem.ends_with(".auto.tfvars") {
        Role::Variables
    } else if stem.ends_with(".tfvars") {
        Role::OtherVariables
    } else {
        Role::None
    }
}

/// Finds and reads what the paths need. Nothing outside of a path's repository is read.
pub(crate) fn discover(
    fs: &dyn FileSystem,
    working_dir: &Utf8Path,
    paths: &[Utf8PathBuf],
    stubs: &[Utf8PathBuf],
) -> Discovered {
    let mut search = Search {
        fs,
        working_dir,
        stubs: stubs.iter().map(|dir| absolute(working_dir, dir)).collect(),
        boundaries: Vec::new(),
        directories: HashMap::new(),
        paths: HashSet::new(),
        looked_at: 0,
        found: Discovered::default(),
    };
    for path in paths {
        let path = absolute(working_dir, path);
        match (fs.kind(&path), fs.canonical(&path)) {
            (Ok(EntryKind::Directory), Ok(canonical)) => {
                search.boundaries.push(boundary(fs, working_dir, &canonical));
                search.tree(&path);
            }
            (Ok(EntryKind::File), Ok(canonical)) => {
                // The roots that a file belongs to may be anywhere in its repository.
                let parent = fs.canonical(path.parent().unwrap_or(&path));
                let parent = parent.unwrap_or_else(|_| canonical.clone());
                let boundary = boundary(fs, working_dir, &parent);
                if !canonical.starts_with(&boundary) {
                    search.unreadable(&path, "leads out of the repository and is not read");
                    continue;
                }
                search.boundaries.push(boundary.clone());
                search.tree(&boundary);
                // Unless it is in a hidden directory, this one was found by now.
                if let Some(dir) = path.parent()
                    && search.enter(dir)
                {
                    search.list(dir, Depth::Directory);
                }
            }
            (Ok(_), Ok(_)) => search.unreadable(&path, "is neither a file nor a directory"),
            (Err(error), _) | (_, Err(error)) => {
                search.unreadable(&path, &format!("cannot be read: {error}"))
            }
        }
    }
    search.called_modules();
    search.installed_modules();
    search.called_modules();
    search.descriptions();
    prefer_tofu(&mut search.found.files);
    search.found
}

/// The directory that must not be left: the repository; without one the working directory, if it holds the path; else the path.
fn boundary(fs: &dyn FileSystem, working_dir: &Utf8Path, canonical: &Utf8Path) -> Utf8PathBuf {
    let repository = canonical.ancestors().find(|dir| fs.kind(&dir.join(".git")).is_ok());
    if let Some(repository) = repository {
        return repository.to_owned();
    }
    match fs.canonical(working_dir) {
        Ok(working_dir) if canonical.starts_with(&working_dir) => working_dir,
        _ => canonical.to_owned(),
    }
}

/// The directories that a run on these paths does not leave: it reads nothing outside of them. Without links in their names.
#[must_use]
pub fn repository_boundaries(
    fs: &dyn FileSystem,
    working_dir: &Utf8Path,
    paths: &[Utf8PathBuf],
) -> Vec<Utf8PathBuf> {
    let mut boundaries = BTreeSet::new();
    for path in paths {
        let path = absolute(working_dir, path);
        let dir = match fs.kind(&path) {
            Ok(EntryKind::Directory) => Some(path.as_path()),
            _ => path.parent(),
        };
        let dir = dir.and_then(|dir| fs.canonical(dir).ok());
        boundaries.extend(dir.map(|dir| boundary(fs, working_dir, &dir)));
    }
    boundaries.into_iter().collect()
}

struct Search<'a> {
    fs: &'a dyn FileSystem,
    working_dir: &'a Utf8Path,
    /// Directories of descriptions, which are no modules of their own.
    stubs: Vec<Utf8PathBuf>,
    /// Canonical directories that must not be left.
    boundaries: Vec<Utf8PathBuf>,
    /// Canonical directories that were listed, with the names under which they were.
    directories: HashMap<String, Utf8PathBuf>,
    /// The files that were read. As texts: to compare paths is slow.
    paths: HashSet<String>,
    /// How many of the files were searched for calls.
    looked_at: usize,
    found: Discovered,
}

impl Search<'_> {
    /// Reads everything below a directory, and below the directories that links in it lead to.
    fn tree(&mut self, dir: &Utf8Path) {
        let mut waiting = vec![dir.to_owned()];
        while let Some(dir) = waiting.pop() {
            if self.enter(&dir) {
                waiting.extend(self.list(&dir, Depth::Tree));
            }
        }
    }

    /// Whether a directory may be read and was not yet.
    fn enter(&mut self, dir: &Utf8Path) -> bool {
        match self.fs.canonical(dir) {
            Ok(canonical) => self.enter_as(dir, canonical),
            Err(_) => false,
        }
    }

    /// The same for a directory that was found in one that was entered, and that is no link: in a directory that has its
    /// real name it has its real name too.
    fn enter_found(&mut self, dir: &Utf8Path) -> bool {
        let parent = dir.parent().map(Utf8Path::as_str).unwrap_or_default();
        match self.directories.get(parent) {
            Some(entered) if entered == parent => self.enter_as(dir, dir.to_owned()),
            _ => self.enter(dir),
        }
    }

    fn enter_as(&mut self, dir: &Utf8Path, canonical: Utf8PathBuf) -> bool {
        if !self.is_inside(&canonical) {
            self.found.outside.insert(dir.to_owned());
            return false;
        }
        match self.directories.get(canonical.as_str()) {
            Some(known) => {
                if known != dir {
                    self.found.aliases.insert(dir.to_owned(), known.clone());
                }
                false
            }
            None => {
                self.directories.insert(canonical.into_string(), dir.to_owned());
                true
            }
        }
    }

    fn is_inside(&self, canonical: &Utf8Path) -> bool {
        self.boundaries.iter().any(|boundary| canonical.starts_with(boundary))
    }

    /// Reads the files of a directory or tree that was entered; returns the directories that links lead to.
    fn list(&mut self, dir: &Utf8Path, depth: Depth) -> Vec<Utf8PathBuf> {
        let mut linked = Vec::new();
        let mut files = Vec::new();
        // Directories that were read under another name.
        let mut foreign: Vec<Utf8PathBuf> = Vec::new();
        for entry in self.fs.walk(dir, depth) {
            match entry {
                Ok(entry) => match entry.kind {
                    EntryKind::Directory if entry.is_link => {
                        linked.extend(self.fs.canonical(&entry.path).ok());
                    }
                    EntryKind::Directory if self.stubs.contains(&entry.path) => {
                        foreign.push(entry.path);
                    }
                    EntryKind::Directory if depth == Depth::Tree => {
                        let is_new = self.enter_found(&entry.path);
                        foreign.extend(
                            Some(entry.path)
                                .filter(|path| !is_new && self.found.aliases.contains_key(path)),
                        );
                    }
                    EntryKind::Other => self.odd(&entry.path),
                    EntryKind::File if !foreign.iter().any(|dir| entry.path.starts_with(dir)) => {
                        files.extend(self.wanted(entry));
                    }
                    _ => {}
                },
                Err(error) => self.unreadable(dir, &format!("cannot be read: {error}")),
            }
        }
        let (fs, working_dir) = (self.fs, self.working_dir);
        let read = files.into_par_iter().map(|(path, role)| match read(fs, working_dir, &path) {
            Ok(text) => Ok(FoundFile { path, text, role }),
            Err(problem) => Err(problem),
        });
        for file in read.collect::<Vec<_>>() {
            match file {
                Ok(file) => self.found.files.push(file),
                Err(problem) => self.found.problems.push(problem),
            }
        }
        linked
    }

    /// The path and role of a file that is to be read.
    fn wanted(&mut self, entry: Entry) -> Option<(Utf8PathBuf, Role)> {
        let role = role(entry.path.file_name()?);
        if role == Role::None && is_hcl(&entry) {
            self.found.terragrunt.push(entry.path);
            return None;
        }
        if role == Role::None {
            return None;
        }
        if role != Role::Configuration {
            self.found.with_variables.insert(entry.path.parent()?.to_owned());
        }
        if role == Role::OtherVariables || !self.paths.insert(entry.path.as_str().to_owned()) {
            return None;
        }
        if entry.is_link {
            match self.fs.canonical(&entry.path) {
                Ok(canonical) if self.is_inside(&canonical) => {}
                Ok(_) => {
                    self.unreadable(&entry.path, "leads out of the repository and is not read");
                    return None;
                }
                Err(error) => {
                    self.unreadable(&entry.path, &format!("cannot be read: {error}"));
                    return None;
                }
            }
        }
        Some((entry.path, role))
    }

    /// Reads the directories that modules are called from and that are not below a path: beside it, or hidden.
    fn called_modules(&mut self) {
        while self.looked_at < self.found.files.len() {
            let mut targets = BTreeSet::new();
            for file in self.found.files.iter().skip(self.looked_at) {
                let dir = file.path.parent().unwrap_or(&file.path);
                let sources =
                    local_sources(&file.text).filter(|_| file.role == Role::Configuration);
                targets.extend(sources.map(|source| absolute(dir, Utf8Path::new(source))));
            }
            self.looked_at = self.found.files.len();
            for target in targets {
                if self.enter(&target) {
                    // Links are not followed here: only the directory itself is called.
                    self.list(&target, Depth::Directory);
                }
            }
        }
    }

    /// Reads the modules that `terraform init` brought for the directories that were read.
    fn installed_modules(&mut self) {
        let files = self.found.files.iter().filter(|file| file.role == Role::Configuration);
        let dirs: BTreeSet<Utf8PathBuf> =
            files.filter_map(|file| file.path.parent()).map(Utf8Path::to_owned).collect();
        for dir in dirs {
            let manifest = dir.join(MANIFEST);
            let is_there = self.fs.kind(&manifest).is_ok_and(|kind| kind == EntryKind::File);
            let canonical = self.fs.canonical(&manifest).ok().filter(|_| is_there);
            if !canonical.is_some_and(|canonical| self.is_inside(&canonical)) {
                continue;
            }
            let Ok(text) = read(self.fs, self.working_dir, &manifest) else { continue };
            // One that is broken is as none: `terraform init` writes it again.
            let manifest: Manifest = serde_json::from_str(&text).unwrap_or_default();
            let mut installed = Vec::with_capacity(manifest.modules.len());
            for module in manifest.modules {
                let target = absolute(&dir, Utf8Path::new(&module.dir));
                if self.enter(&target) {
                    self.list(&target, Depth::Directory);
                }
                let target = self.found.aliases.get(&target).cloned().unwrap_or(target);
                installed.push((target, module));
            }
            self.found.installed.insert(dir, installed);
        }
    }

    /// Reads the descriptions of modules that the user keeps.
    fn descriptions(&mut self) {
        for dir in std::mem::take(&mut self.stubs) {
            match self.fs.canonical(&dir) {
                Ok(canonical) if self.is_inside(&canonical) => {}
                Ok(_) => {
                    self.unreadable(&dir, "leads out of the repository and is not read");
                    continue;
                }
                Err(error) => {
                    self.unreadable(&dir, &format!("cannot be read: {error}"));
                    continue;
                }
            }
            let mut files = Vec::new();
            for entry in self.fs.walk(&dir, Depth::Tree) {
                match entry {
                    // Links could lead anywhere, and nobody needs them here.
                    Ok(entry) if entry.is_link || entry.kind != EntryKind::File => {}
                    Ok(entry) if entry.path.file_name().map(role) == Some(Role::Configuration) => {
                        match read(self.fs, self.working_dir, &entry.path) {
                            Ok(text) => files.push((entry.path, text)),
                            Err(problem) => self.found.problems.push(problem),
                        }
                    }
                    Ok(_) => {}
                    Err(error) => self.unreadable(&dir, &format!("cannot be read: {error}")),
                }
            }
            let problems = &mut self.found.problems;
            let described = remote::of_files(self.working_dir, &dir, files, problems);
            self.found.descriptions.extend(described);
        }
    }

    /// Something that has the name of a Terraform file and is none.
    fn odd(&mut self, path: &Utf8Path) {
        let role = path.file_name().map_or(Role::None, role);
        if !matches!(role, Role::None | Role::OtherVariables) {
            self.unreadable(path, "is no file, or a link that leads nowhere");
        }
    }

    fn unreadable(&mut self, path: &Utf8Path, why: &str) {
        let shown = shown_path(self.working_dir, path);
        let message = format!("{shown} {why}");
        self.found.problems.push(Problem::in_path(ProblemKind::Read, shown, message));
    }
}

/// Reads a file as text.
pub(crate) fn read(
    fs: &dyn FileSystem,
    working_dir: &Utf8Path,
    path: &Utf8Path,
) -> Result<String, Problem> {
    let problem = |why: &str| {
        let shown = shown_path(working_dir, path);
        let message = format!("{shown} {why}");
        Problem::in_path(ProblemKind::Read, shown, message)
    };
    let bytes = fs
        .read(path, MAX_BYTES + 1)
        .map_err(|error| problem(&format!("cannot be read: {error}")))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(problem("is larger than 16 MiB and is not read"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        problem(&format!("is not UTF-8 (line {line})")).help("save the file as UTF-8")
    })
}

/// Strings that may be local module sources, before anything is parsed. Too many do no harm but the reading.
fn local_sources(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("source").filter_map(|(at, word)| {
        let rest = text.get(at + word.len()..)?.trim_start_matches(['"', ' ', '\t']);
        let rest =
            rest.strip_prefix(['=', ':'])?.trim_start_matches([' ', '\t']).strip_prefix('"')?;
        let (source, _) = rest.split_once('"')?;
        is_local(source).then_some(source)
    })
}

/// Whether a file may be one of Terragrunt's.
fn is_hcl(entry: &Entry) -> bool {
    let name = entry.path.file_name().unwrap_or_default();
    name.ends_with(".hcl") && !name.starts_with('.') && !entry.is_link
}

/// Whether a module's source is a path, as Terraform decides it.
pub(crate) fn is_local(source: &str) -> bool {
    source.starts_with("./") || source.starts_with("../")
}

/// Where `x.tf` and `x.tofu` both exist, only the second counts.
fn prefer_tofu(files: &mut Vec<FoundFile>) {
    let beaten: HashSet<String> = files
        .iter()
        .filter_map(|file| match file.path.as_str().strip_suffix(".tofu") {
            Some(stem) => Some(format!("{stem}.tf")),
            None => Some(format!("{}.tf.json", file.path.as_str().strip_suffix(".tofu.json")?)),
        })
        .collect();
    if !beaten.is_empty() {
        files.retain(|file| !beaten.contains(file.path.as_str()));
    }
}
