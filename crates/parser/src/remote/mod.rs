//! Modules that are called from elsewhere: what `terraform init` brought, and descriptions that stand for what it would bring.

mod address;
mod description;
mod manifest;
mod version;

pub use description::Stub;

pub(crate) use description::{Description, Descriptions, of_files};
pub(crate) use manifest::{Installed, Manifest, resolve};
