//! Everything that was read for a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8PathBuf;
use privatelint_diagnostics::{FileId, Files, Problem};

use crate::module::Module;
use crate::suppression::Suppression;
use crate::syntax::Body;
use crate::terragrunt::Terragrunt;

/// The files of a run, parsed, and the modules they make.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The texts.
    pub files: Files,
    /// The files that the user does not edit: installed modules, and descriptions of modules. Nothing is reported in them.
    pub foreign: BTreeSet<FileId>,
    /// Every directory with Terraform files, by its path as reports show it. A description that is built in has a path that no
    /// directory has.
    pub modules: BTreeMap<Utf8PathBuf, Arc<Module>>,
    /// Variable files that Terraform reads by itself, by the directory they are in, in Terraform's order of precedence (the last wins).
    pub var_files: BTreeMap<Utf8PathBuf, Vec<VarFile>>,
    /// Variable files that the user names, by their paths as the user wrote them.
    pub given_var_files: BTreeMap<Utf8PathBuf, VarFile>,
    /// The Terragrunt files, if there are units.
    pub terragrunt: Option<Arc<Terragrunt>>,
    /// The directories that are root modules, sorted.
    pub roots: Vec<Utf8PathBuf>,
    /// Suppression comments, by file and position.
    pub suppressions: Vec<Suppression>,
    /// What could not be read, parsed or put together, by path and position.
    pub problems: Vec<Problem>,
}

/// A parsed `.tfvars` or `.tfvars.json` file.
#[derive(Debug, Clone)]
pub struct VarFile {
    /// Its path as reports show it.
    pub path: Utf8PathBuf,
    /// Its assignments.
    pub body: Arc<Body>,
}
