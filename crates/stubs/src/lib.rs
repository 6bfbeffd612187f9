//! Descriptions of public Terraform modules, for where their code is not at hand: what they make of the network, and nothing else.
//!
//! A description is Terraform of our own in `modules/<namespace>__<name>__<provider>[__<submodule>]/v<version>/*.tf`, with the inputs
//! and outputs of the module that it stands for. `v5` holds for version 5.0.0 and later, up to the next one that is described.
//! A file `like` in it names the directory of another description: what that has and this one has not is in this one, too, so that
//! a version holds what became different. Its `…_override.tf` change single arguments, as Terraform merges such files.
//! This crate only carries the texts: whoever reads them decides which call they answer.

mod list;

/// The type of the data sources that stand for what a description leaves out: nothing of them is known.
pub const LEFT_OUT: &str = "unmodelled";

/// The description of one module from one version on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stub {
    /// The name of its directory: `terraform-aws-modules__vpc__aws`.
    pub module: &'static str,
    /// The name of the directory in it: `v6`, `v5.1`.
    pub since: &'static str,
    /// Its files: names and texts.
    pub files: &'static [(&'static str, &'static str)],
}

/// All descriptions, by module and directory.
#[must_use]
pub fn all() -> &'static [Stub] {
    list::STUBS
}
