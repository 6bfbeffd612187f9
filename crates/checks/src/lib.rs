//! The rules, one file each, and the small kit they are written with.
//!
//! A rule sees the network. It knows no syntax, no evaluation, no configuration and no output.

mod context;
mod doubt;
mod endpoint;
mod rule;
mod rules;
mod service;

pub use context::{Cx, Finding, Outcome, suppression_finding};
pub use rule::{Check, Rule, run, run_on_conditions};

/// Every rule, by name.
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    rules::RULES
}
