//! Files, places in them, and what is said about them: the vocabulary that every other crate shares.
//!
//! This crate knows no Terraform, no AWS, no rule and no output format.

mod diagnostic;
pub mod diagram;
mod files;
mod line_index;
pub mod paths;
mod problem;
mod report;
mod rule;
mod span;
mod undecided;

pub use diagnostic::{Annotation, Confidence, Diagnostic, Edit, Fix, Safety, Severity};
pub use files::{Files, SourceFile};
pub use line_index::{LineIndex, Position};
pub use problem::{Problem, ProblemKind};
pub use report::{Report, Summary};
pub use rule::{Category, RuleInfo};
pub use span::{FileId, Span};
pub use undecided::{Asked, Cause, Undecided};
