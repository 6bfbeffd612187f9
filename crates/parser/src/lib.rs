//! Finds, reads and parses Terraform files, and puts a directory's files together to a module.
//!
//! Knows no values and no AWS. The only crate that sees the types of the parser libraries.

mod assembly;
mod discovery;
mod filesystem;
mod json;
mod load;
pub mod module;
mod native;
mod parse;
mod paths;
mod remote;
mod roots;
#[cfg(test)]
mod show;
pub mod suppression;
pub mod syntax;
pub mod terragrunt;
mod workspace;

pub use discovery::repository_boundaries;
pub use filesystem::{
    Depth, Entry, EntryKind, FileSystem, MemoryFileSystem, OsFileSystem, is_skipped_directory,
};
pub use load::{LoadRequest, load};
pub use parse::{Parsed, STACK_BYTES, parse_expression, parse_file, parse_template};
pub use paths::shown_path;
pub use remote::Stub;
pub use workspace::{VarFile, Workspace};
