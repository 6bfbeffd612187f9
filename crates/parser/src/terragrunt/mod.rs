//! Terragrunt's configuration: `terragrunt.hcl`, and the files that it includes and reads.
//!
//! A file becomes a module of our own making, which the evaluator understands: its `locals` are locals, its inputs are outputs, and what only
//! Terragrunt knows (`include`, `dependency`, its functions) are data sources, for which whoever evaluates the module has the answers.

mod translate;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::FileId;
use rayon::prelude::*;

use crate::discovery;
use crate::filesystem::FileSystem;
use crate::native::{self, FileKind, NativeFile};
use crate::paths::shown_path;
use crate::syntax::Ident;
use crate::workspace::Workspace;

/// The file that makes a directory a unit.
const UNIT: &str = "terragrunt.hcl";

/// The names of data sources and outputs in the module that a file becomes.
pub mod names {
    /// The data source that an `include` block becomes.
    pub const INCLUDE: &str = "terragrunt_include";
    /// The data source that a `dependency` block becomes.
    pub const DEPENDENCY: &str = "terragrunt_dependency";
    /// The data source that a call of a function of Terragrunt becomes. Its `function` is the name, `argument_0` and so on are the arguments, and
    /// its `result` is the value.
    pub const FUNCTION: &str = "terragrunt_function";
    /// The output that is the source of the module.
    pub const SOURCE: &str = "source";
    /// The output that is all inputs, where they are not an object as it is written.
    pub const INPUTS: &str = "inputs";
    /// What the name of an output begins with that is one input.
    pub const INPUT: &str = "inputs.";
    /// What the name of an output begins with that is one local value.
    pub const LOCAL: &str = "locals.";
    /// What the name of an output begins with that is the path of an included file.
    pub const INCLUDE_PATH: &str = "include.";
    /// What the name of an output begins with that is the name of a backend, or an argument of it.
    pub const BACKEND: &str = "remote_state.backend";
    /// What the name of an output begins with that is the configuration of a backend.
    pub const BACKEND_CONFIG: &str = "remote_state.config";
}

/// The Terragrunt files of a run.
#[derive(Debug)]
pub struct Terragrunt {
    /// The directory that shown paths are relative to; absolute.
    pub working_dir: Utf8PathBuf,
    /// The repository, absolute, if there is one around the working directory.
    pub repository: Option<Utf8PathBuf>,
    /// The files, by their paths as they are shown.
    pub files: BTreeMap<Utf8PathBuf, TerragruntFile>,
    /// The modules that the files become, by the files' paths.
    pub code: Workspace,
}

/// What a Terragrunt file says that is no expression.
#[derive(Debug, Clone, Default)]
pub struct TerragruntFile {
    /// The `include` blocks, in their order.
    pub includes: Vec<Include>,
    /// Whether its `terraform` block has a `source`.
    pub has_source: bool,
    /// Whether files are written beside the module's own.
    pub generates: bool,
    /// Whether arguments are added to Terraform's command line, which may give variables.
    pub has_extra_arguments: bool,
}

/// An `include` block.
#[derive(Debug, Clone)]
pub struct Include {
    /// Its label; empty if it has none.
    pub name: Ident,
    /// How the inputs of both files become one.
    pub merge: Merge,
}

/// How the inputs of an included file and those of the file that includes it become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// Those of the included file do not count.
    None,
    /// One by one: those of the including file win.
    Shallow,
    /// Inputs that both have are merged in turn, or the strategy is not known.
    Deep,
}

impl Terragrunt {
    /// The files that make their directories units, if they say where a module is.
    pub fn unit_files(&self) -> impl Iterator<Item = (&Utf8Path, &TerragruntFile)> {
        let files = self.files.iter().filter(|(path, _)| path.file_name() == Some(UNIT));
        files.map(|(path, file)| (path.as_path(), file))
    }
}

/// Reads the files with these absolute paths, if a unit is among them.
pub(crate) fn load(
    fs: &dyn FileSystem,
    working_dir: &Utf8Path,
    paths: &[Utf8PathBuf],
) -> Option<Arc<Terragrunt>> {
    if !paths.iter().any(|path| path.file_name() == Some(UNIT)) {
        return None;
    }
    let read = paths.par_iter().filter_map(|path| {
        let text = discovery::read(fs, working_dir, path).ok()?;
        // Its expressions lie in no file of a run: nothing is reported in them.
        let NativeFile { body, problems, .. } =
            native::parse_file(FileId(u32::MAX), &text, FileKind::Configuration);
        // What is half understood may mean something else.
        let is_sound = problems.iter().all(|problem| !problem.kind.is_fatal());
        is_sound.then(|| (shown_path(working_dir, path), translate::file(body)))
    });
    let mut terragrunt = Terragrunt {
        working_dir: working_dir.to_owned(),
        repository: working_dir
            .ancestors()
            .find(|dir| fs.kind(&dir.join(".git")).is_ok())
            .map(Utf8Path::to_owned),
        files: BTreeMap::new(),
        code: Workspace::default(),
    };
    for (path, (file, mut module)) in read.collect::<Vec<_>>() {
        module.dir = path.parent().map_or_else(Utf8PathBuf::new, Utf8Path::to_owned);
        if module.dir.as_str().is_empty() {
            module.dir = ".".into();
        }
        terragrunt.code.modules.insert(path.clone(), Arc::new(module));
        terragrunt.files.insert(path, file);
    }
    Some(Arc::new(terragrunt))
}

#[cfg(test)]
mod tests;
