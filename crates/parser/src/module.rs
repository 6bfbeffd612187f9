//! A Terraform module: the blocks of one directory's files, by what they declare.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;
use privatelint_diagnostics::{FileId, Span};
use smol_str::SmolStr;

use crate::syntax::{Attribute, Block, Expr, Ident};

/// The module in one directory, with override files merged in.
#[derive(Debug, Clone, Default)]
pub struct Module {
    /// The directory as reports show it: relative to the working directory, `.` for itself.
    pub dir: Utf8PathBuf,
    /// Its files, in the order of their names.
    pub files: Vec<FileId>,
    /// `variable`.
    pub variables: BTreeMap<SmolStr, Variable>,
    /// `locals`, each attribute.
    pub locals: BTreeMap<SmolStr, Arc<Attribute>>,
    /// `output`.
    pub outputs: BTreeMap<SmolStr, Output>,
    /// `resource` and `data`.
    pub resources: BTreeMap<ResourceKey, Arc<Block>>,
    /// `module`.
    pub calls: BTreeMap<SmolStr, ModuleCall>,
    /// `provider`, in source order.
    pub providers: Vec<ProviderConfig>,
    /// `check`.
    pub checks: BTreeMap<SmolStr, Arc<Block>>,
    /// `terraform`, merged.
    pub settings: Settings,
    /// Whose code it is.
    pub origin: Origin,
}

/// Whose code a module is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Origin {
    /// The user's: findings in it are reported.
    #[default]
    Repository,
    /// A copy that `terraform init` made. It is read and never reported in.
    Installed,
    /// A description that stands for code that is not here. What rests on it is not certain.
    Described {
        /// How a report names it: `the built-in description of terraform-aws-modules/vpc/aws 6`.
        title: SmolStr,
    },
}

impl Module {
    /// Whether it is code that the user does not edit.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.origin != Origin::Repository
    }

    /// How a report names the description that the module is; `None` for code.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        match &self.origin {
            Origin::Described { title } => Some(title),
            Origin::Repository | Origin::Installed => None,
        }
    }
}

/// Whether Terraform manages an object or only reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `resource`.
    Managed,
    /// `data`.
    Data,
}

/// What names a resource within its module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceKey {
    /// `resource` or `data`.
    pub mode: Mode,
    /// The type: `aws_vpc`.
    pub kind: SmolStr,
    /// The name.
    pub name: SmolStr,
}

/// A `variable` block.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name.
    pub name: Ident,
    /// The type constraint, as an expression.
    pub type_constraint: Option<Expr>,
    /// The default.
    pub default: Option<Expr>,
    /// `nullable`; true unless said otherwise.
    pub nullable: bool,
    /// The whole block.
    pub block: Arc<Block>,
}

/// An `output` block.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name.
    pub name: Ident,
    /// The value; absent only in broken code.
    pub value: Option<Expr>,
    /// The whole block.
    pub block: Arc<Block>,
}

/// A `module` block.
#[derive(Debug, Clone)]
pub struct ModuleCall {
    /// Its name.
    pub name: Ident,
    /// Where the module comes from.
    pub source: Source,
    /// The place of `source`, or of the block's header.
    pub source_span: Span,
    /// `version`, as written.
    pub version: Option<SmolStr>,
    /// The whole block: `count`, `for_each`, `providers` and the inputs are its attributes.
    pub block: Arc<Block>,
}

/// Where a module comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A directory that was loaded: a key of [`Workspace::modules`](crate::Workspace::modules). For a remote module it is what was
    /// installed, or what describes it.
    Local(Utf8PathBuf),
    /// A local path that leads to nothing, or out of the repository. Reported as a problem where it was loaded.
    MissingLocal(SmolStr),
    /// A registry address, a git address, …, as written, whose code is not here.
    Remote(SmolStr),
    /// `source` is absent or not a literal.
    Unknown,
}

/// A `provider` block.
#[derive(Debug, Clone)]
pub struct ProviderConfig {
    /// The provider's local name: `aws`.
    pub name: Ident,
    /// `alias`.
    pub alias: Option<SmolStr>,
    /// The whole block.
    pub block: Arc<Block>,
}

/// What `terraform` blocks say.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether there is a `backend`, `cloud` or `state_store` block.
    pub has_backend: bool,
    /// The `backend` or `cloud` block, the last one.
    pub backend: Option<Arc<Block>>,
    /// `required_providers`: local name to version constraint as written, and the place.
    pub required_providers: BTreeMap<SmolStr, RequiredProvider>,
}

/// An entry of `required_providers`.
#[derive(Debug, Clone)]
pub struct RequiredProvider {
    /// `source`, if it is a literal.
    pub source: Option<SmolStr>,
    /// `version`, if it is a literal.
    pub version: Option<SmolStr>,
    /// `configuration_aliases`, as written: `aws.peer`.
    pub configuration_aliases: Vec<SmolStr>,
    /// The entry's place.
    pub span: Span,
}
