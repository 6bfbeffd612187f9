//! Condition keys that limit a policy to an account or an organization.

use std::sync::OnceLock;

use super::table::rows;

/// What a condition key limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// Who asks.
    Principal,
    /// Whose the resource is.
    Resource,
}

/// What a condition on this key limits, if it is one that limits; keys are case-insensitive.
#[must_use]
pub fn perimeter_key(key: &str) -> Option<Limits> {
    static KEYS: OnceLock<Vec<(String, Limits)>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        rows(include_str!("../../facts/perimeter_keys.csv"))
            .filter_map(|row| {
                let limits = match row.get("limits") {
                    "principal" => Limits::Principal,
                    "resource" => Limits::Resource,
                    _ => return None,
                };
                Some((row.get("key").into(), limits))
            })
            .collect()
    });
    keys.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, limits)| *limits)
}
