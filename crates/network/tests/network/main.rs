//! The network as it is made of Terraform text: parsed, evaluated, built, asked.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its data is not as it must be"
)]

mod data_sources;
mod documents;
mod lists;
mod questions;
mod resources;
mod support;
