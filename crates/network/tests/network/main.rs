//! The network as it is made of Terraform text: parsed, evaluated, built, asked.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its data is not as it must be"
)]

mod acls;
mod data_sources;
mod documents;
mod lists;
mod model;
mod names;
mod questions;
mod resources;
mod routes;
mod security;
mod support;
mod transit;
mod workloads;
mod zone_names;
