//! Everything that was read for a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;
use privatelint_diagnostics::{Files, Problem};

use crate::module::Module;
use crate::suppression::Suppression;
use crate::syntax::Body;

/// The files of a run, parsed, and the modules they make.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The texts.
    pub files: Files,
    /// Every directory with Terraform files, by its path as reports show it.
    pub modules: BTreeMap<Utf8PathBuf, Arc<Module>>,
    /// Variable files that Terraform reads by itself, by the directory they are in, in Terraform's order of precedence (the last wins).
    pub var_files: BTreeMap<Utf8PathBuf, Vec<VarFile>>,
    /// Variable files that the user names, by their paths as the user wrote them.
    pub given_var_files: BTreeMap<Utf8PathBuf, VarFile>,
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
