//! What workloads need.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::{Row, rows};
use crate::resources::EndpointType;

/// A service that a kind of workload needs, or may need.
#[derive(Debug)]
pub(crate) struct NeedOf {
    /// The kind of workload: `ecs-fargate`.
    pub(crate) workload: String,
    /// The short name of the service, or [`INTERNET`].
    pub(crate) service: String,
    /// The type of endpoint that it must be, if only one will do.
    pub(crate) via: Option<EndpointType>,
    /// Whether AWS's documentation says that it is needed whenever the conditions hold.
    pub(crate) required: bool,
    /// When it is needed, in words.
    pub(crate) condition: String,
    /// The names of the conditions that code decides. All of them must hold.
    pub(crate) decided_by: Vec<String>,
    /// Where that is written.
    pub(crate) source: String,
}

/// Stands for a service where a workload needs addresses that no VPC endpoint leads to.
pub const INTERNET: &str = "internet";

/// What workloads of a resource type need or may need, in the order of the table.
pub(crate) fn needs_of(kind: &str) -> &'static [&'static NeedOf] {
    static NEEDS: OnceLock<Vec<(NeedOf, Vec<String>)>> = OnceLock::new();
    static BY_TYPE: OnceLock<BTreeMap<&'static str, Vec<&'static NeedOf>>> = OnceLock::new();
    let by_type = BY_TYPE.get_or_init(|| {
        let all = NEEDS.get_or_init(|| {
            let rows = rows(TABLE).filter_map(|row| {
                Some((need_of(&row)?, row.list("types").map(Into::into).collect()))
            });
            rows.collect()
        });
        let mut found: BTreeMap<&str, Vec<&NeedOf>> = BTreeMap::new();
        for (need, types) in all {
            for kind in types {
                found.entry(kind).or_default().push(need);
            }
        }
        found
    });
    by_type.get(kind).map_or(&[], Vec::as_slice)
}

const TABLE: &str = include_str!("../../facts/workloads.csv");

/// A row, unless it says what is not needed or what Terraform's code does not ask for.
fn need_of(row: &Row) -> Option<NeedOf> {
    let required = match row.get("need") {
        "required" => true,
        "conditional" | "optional" => false,
        _ => return None,
    };
    let service = row.get("service");
    (!service.is_empty()).then(|| NeedOf {
        workload: row.get("workload").into(),
        service: service.into(),
        via: EndpointType::named(row.get("via")),
        required,
        condition: row.get("condition").into(),
        decided_by: row.list("decided_by").map(Into::into).collect(),
        source: row.get("source").into(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::attach::{Is, attachment};
    use super::super::conditions::condition;
    use super::super::services::service;
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        let mut count = 0;
        for row in rows(TABLE) {
            count += 1;
            let workload = row.get("workload");
            let needs = ["required", "conditional", "optional", "not required", "managed"];
            assert!(needs.contains(&row.get("need")), "{workload}");
            for column in ["source", "confidence", "date"] {
                assert!(!row.get(column).is_empty(), "{column} of {workload}");
            }
            let name = row.get("service");
            assert!(name.is_empty() || name == INTERNET || service(name).is_some(), "{name}");
            if let Some(via) = EndpointType::named(row.get("via")) {
                assert!(service(name).unwrap().offers(via), "{name}");
            }
        }
        assert_eq!(count + 1, TABLE.lines().count());
    }

    #[test]
    fn every_condition_is_there_for_every_type() {
        for row in rows(TABLE) {
            for kind in row.list("types") {
                assert_eq!(attachment(kind).unwrap().is, Is::Workload, "{kind}");
                for name in row.list("decided_by") {
                    assert!(!condition(name, kind).is_empty(), "{name} for {kind}");
                }
            }
        }
    }
}
