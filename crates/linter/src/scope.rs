//! What is read, which roots are analysed, and which findings are asked for.

use std::collections::{BTreeSet, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Diagnostic, Problem, ProblemKind};
use privatelint_parser::module::Source;
use privatelint_parser::{FileSystem, LoadRequest, Stub, Workspace, shown_path};

use crate::options::{Options, Variable};

pub(crate) fn load(fs: &dyn FileSystem, options: &Options) -> Workspace {
    let var_files = options.variables.iter().filter_map(|variable| match variable {
        Variable::File(path) => Some(path.clone()),
        Variable::Value(..) => None,
    });
    let request = LoadRequest {
        working_dir: options.working_dir.clone(),
        paths: options.paths.clone(),
        var_files: var_files.collect(),
        stub_dirs: options.config.stubs.clone(),
        stubs: built_in_stubs(),
        texts: options.config.texts(),
    };
    privatelint_parser::load(fs, &request)
}

fn built_in_stubs() -> Vec<Stub> {
    let stubs = privatelint_stubs::all().iter();
    stubs.map(|stub| Stub { module: stub.module, since: stub.since, files: stub.files }).collect()
}

/// What is said where the paths hold nothing to lint.
pub(crate) fn nothing_found(options: &Options) -> Vec<Problem> {
    let shown = options.paths.iter().map(|path| shown_path(&options.working_dir, path));
    let problem = |path: Utf8PathBuf| {
        let message = format!("no Terraform files were found in {path}");
        Problem::in_path(ProblemKind::Read, path, message)
    };
    shown.map(problem).collect()
}

/// What the caller asked for, as it is named in reports.
pub(crate) struct Asked {
    files: BTreeSet<Utf8PathBuf>,
    directories: Vec<Utf8PathBuf>,
}

impl Asked {
    pub(crate) fn new(workspace: &Workspace, options: &Options) -> Self {
        let read: HashSet<&str> =
            workspace.files.iter().map(|(_, file)| file.path().as_str()).collect();
        let shown = options.paths.iter().map(|path| shown_path(&options.working_dir, path));
        // A variable file that Terraform does not read by itself is none of the files that were read.
        let is_file = |path: &Utf8PathBuf| {
            read.contains(path.as_str())
                || path.as_str().ends_with(".tfvars")
                || path.as_str().ends_with(".tfvars.json")
        };
        let (files, directories): (Vec<_>, Vec<_>) = shown.partition(is_file);
        Self { files: files.into_iter().collect(), directories }
    }

    /// The roots to analyse: those below a directory that is asked for, and those that a file that is asked for belongs to.
    pub(crate) fn roots(&self, workspace: &Workspace) -> Vec<Utf8PathBuf> {
        let wanted = |root: &&Utf8PathBuf| self.includes_root(workspace, root, root);
        workspace.roots.iter().filter(wanted).cloned().collect()
    }

    /// Whether a root of that name, which is made of a module, is to be analysed.
    pub(crate) fn includes_root(
        &self,
        workspace: &Workspace,
        name: &Utf8Path,
        module: &Utf8PathBuf,
    ) -> bool {
        let dirs: BTreeSet<&Utf8Path> =
            self.files.iter().filter_map(|file| file.parent()).map(directory).collect();
        self.is_below_directory(name)
            || !dirs.is_empty()
                && reachable(workspace, std::slice::from_ref(module))
                    .iter()
                    .any(|dir| dirs.contains(dir.as_path()))
    }

    /// Whether a finding is to be shown: if only files are asked for, only what is to be edited in them.
    pub(crate) fn includes(&self, workspace: &Workspace, finding: &Diagnostic) -> bool {
        let mut places =
            finding.trace.iter().chain([&finding.primary]).map(|place| place.span.file);
        self.is_below_directory(Utf8Path::new(&finding.root))
            || places.any(|file| self.files.contains(workspace.files.get(file).path()))
    }

    /// Whether something about a file concerns the run: it is below what is asked for, or part of a root that is analysed.
    pub(crate) fn concerns(&self, reached: &BTreeSet<Utf8PathBuf>, path: &Utf8Path) -> bool {
        let dir = path.parent().map_or(path, directory);
        self.files.contains(path)
            || self.is_below_directory(dir)
            || self.directories.iter().any(|asked| asked == path)
            || reached.contains(dir)
    }

    fn is_below_directory(&self, root: &Utf8Path) -> bool {
        self.directories.iter().any(|dir| match dir.as_str() {
            "." => !root.starts_with(".."),
            _ => root.starts_with(dir),
        })
    }
}

/// The directories of the modules that roots are made of.
pub(crate) fn reachable(workspace: &Workspace, roots: &[Utf8PathBuf]) -> BTreeSet<Utf8PathBuf> {
    let mut reached = BTreeSet::new();
    let mut waiting = roots.to_vec();
    while let Some(dir) = waiting.pop() {
        let Some(module) = workspace.modules.get(&dir) else { continue };
        if reached.insert(dir) {
            waiting.extend(module.calls.values().filter_map(|call| match &call.source {
                Source::Local(dir) => Some(dir.clone()),
                _ => None,
            }));
        }
    }
    reached
}

/// A file's directory as modules are named: `.` for the working directory.
pub(crate) fn directory(parent: &Utf8Path) -> &Utf8Path {
    if parent.as_str().is_empty() { Utf8Path::new(".") } else { parent }
}
