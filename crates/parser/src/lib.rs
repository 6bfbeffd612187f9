//! Finds, reads and parses Terraform files, and puts a directory's files together to a module.
//!
//! Knows no values and no AWS. The only crate that sees the types of the parser libraries.

pub mod module;
pub mod suppression;
pub mod syntax;
mod workspace;

pub use workspace::{VarFile, Workspace};
