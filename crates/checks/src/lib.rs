//! The rules, one file each, and the small kit they are written with.
//!
//! A rule sees the network, and what the repository expects of it. It knows no syntax, no evaluation, no configuration file and no output.

mod clients;
mod context;
mod doubt;
mod endpoint;
mod expectation;
mod hub;
mod inspection;
mod rule;
mod rules;
mod service;
mod way_out;
mod words;
mod zones;

pub use context::{Cx, Finding, Outcome, suppression_finding};
pub use expectation::{Expectation, Place, Way};
pub use rule::{Check, Rule, run, run_on_conditions, run_on_expectations};

/// Every rule, by name.
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    rules::RULES
}
