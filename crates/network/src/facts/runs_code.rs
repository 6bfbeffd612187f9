//! The types of workloads in which a user's own code runs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::rows;

/// What a user's code runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunsAs {
    /// A function.
    Function,
    /// A container.
    Container,
    /// A machine.
    Machine,
}

/// What the code of a user runs as in a resource of a type, if it runs there.
pub(crate) fn runs_as(kind: &str) -> Option<RunsAs> {
    static TYPES: OnceLock<BTreeMap<String, RunsAs>> = OnceLock::new();
    let types = TYPES.get_or_init(|| {
        rows(include_str!("../../facts/runs_code.csv"))
            .filter_map(|row| {
                let runs = match row.get("runs") {
                    "function" => RunsAs::Function,
                    "container" => RunsAs::Container,
                    "machine" => RunsAs::Machine,
                    _ => return None,
                };
                Some((row.get("type").into(), runs))
            })
            .collect()
    });
    types.get(kind).copied()
}
