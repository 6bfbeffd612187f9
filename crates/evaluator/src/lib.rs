//! Computes what Terraform would: values with unknowns, and the resource instances that a root module makes.
//!
//! Knows no AWS. Nothing that a user wrote is an error of a function here: it is a value that is unknown, and a problem.

mod address;
pub mod convert;
mod cycles;
mod eval;
mod files;
pub mod functions;
mod instance;
mod listed;
mod number;
mod other_root;
mod plan;
mod references;
mod resolver;
mod scoped;
mod tri;
pub mod types;
mod unknown;
mod value;

pub use address::{Address, InstanceKey, Mode, ModuleAddress};
pub use cycles::{References, cycles, is_cycle};
pub use eval::{
    Condition, ConditionKind, Conditions, Defaults, Evaluation, Input, Inputs, Request, evaluate,
};
pub use files::{FileAccess, FileError, NoFiles, RepositoryFiles};
pub use instance::{
    AttributeValue, BlockValue, BodyValue, Instance, MissingModule, Multiplicity, Provider,
};
pub use listed::{Listed, Place};
pub use number::Number;
pub use plan::{Difference, NotAPlan, Plan, PlannedData};
pub use references::check_references;
pub use resolver::{DataResolver, DataSource, NoAnswers, Reads};
pub use tri::Tri;
pub use unknown::{Attribute, ModuleOutput, TextPart, Unknown};
pub use value::{Object, Value};
