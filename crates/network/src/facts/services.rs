//! The services that have VPC endpoints.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::partitions::partitions;
use super::table::rows;
use crate::resources::EndpointType;

/// The TCP port of HTTPS, on which nearly every service listens.
pub const HTTPS: u16 = 443;

/// A row of the service table.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// The last part of its name: `s3`, `ecr.api`.
    pub short_name: String,
    /// What AWS calls it: `Amazon S3`.
    pub title: String,
    /// The name with a place for the region: `com.amazonaws.{region}.s3`.
    pub pattern: String,
    /// The endpoint types that it offers.
    pub endpoint_types: Vec<EndpointType>,
    /// Whether it has a private DNS name; `None` if that is not known.
    pub private_dns: Option<bool>,
    /// Whether [`Service::private_dns`] is documented, and not only derived from the names of the service's hosts.
    pub private_dns_documented: bool,
    /// Its private DNS names, with `{region}`.
    pub private_dns_names: Vec<String>,
    /// The TCP ports that clients use; empty if they depend on whoever runs the service.
    pub ports: Vec<u16>,
    /// Whether it takes an endpoint policy; `None` if that is not known.
    pub endpoint_policy: Option<bool>,
    /// Whether endpoints in other regions can reach it.
    pub cross_region: bool,
}

impl Service {
    /// Whether it offers endpoints of that type.
    #[must_use]
    pub fn offers(&self, kind: EndpointType) -> bool {
        self.endpoint_types.contains(&kind)
    }

    /// Whether its name has the place of an endpoint service's own id: it stands for all that customers run.
    #[must_use]
    pub fn is_endpoint_service(&self) -> bool {
        self.short_name == ENDPOINT_SERVICE_ID
    }

    /// Its full name in a region, with the prefix that the region's partition uses for it.
    #[must_use]
    pub fn name_in(&self, region: &str) -> String {
        match partition_names().get(&(region.into(), self.short_name.clone())) {
            Some(exception) => exception.name.clone(),
            None => self.pattern.replace(REGION, region),
        }
    }
}

/// The place of the region in a name.
pub(super) const REGION: &str = "{region}";

/// The place of the id in the name of a customer's endpoint service.
pub(super) const ENDPOINT_SERVICE_ID: &str = "{vpce-svc-id}";

/// A service whose name in a region does not follow the pattern.
#[derive(Debug)]
pub(super) struct PartitionName {
    pub(super) name: String,
    /// Whether the name by the pattern is in use too.
    pub(super) common_name_too: bool,
}

/// All services, in the order of their short names.
#[must_use]
pub fn services() -> &'static [Service] {
    static SERVICES: OnceLock<Vec<Service>> = OnceLock::new();
    SERVICES.get_or_init(|| {
        rows(include_str!("../../facts/services.csv"))
            .map(|row| Service {
                short_name: row.get("short_name").into(),
                title: row.get("title").into(),
                pattern: row.get("name").into(),
                endpoint_types: row
                    .list("endpoint_types")
                    .filter_map(EndpointType::named)
                    .collect(),
                private_dns: match row.get("private_dns") {
                    "yes" | "derived" => Some(true),
                    "no" => Some(false),
                    _ => None,
                },
                private_dns_documented: row.get("private_dns") != "derived",
                private_dns_names: row.list("private_dns_names").map(Into::into).collect(),
                ports: row.list("ports").filter_map(|port| port.parse().ok()).collect(),
                endpoint_policy: match row.get("endpoint_policy") {
                    "yes" => Some(true),
                    "no" => Some(false),
                    _ => None,
                },
                cross_region: row.get("cross_region") == "yes",
            })
            .collect()
    })
}

/// The service with that short name; of two with one name, the first.
#[must_use]
pub fn service(short_name: &str) -> Option<&'static Service> {
    static BY_NAME: OnceLock<BTreeMap<&'static str, &'static Service>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        services().iter().rev().map(|service| (service.short_name.as_str(), service)).collect()
    });
    by_name.get(short_name).copied()
}

/// The names that do not follow the pattern, by region and short name.
pub(super) fn partition_names() -> &'static BTreeMap<(String, String), PartitionName> {
    static NAMES: OnceLock<BTreeMap<(String, String), PartitionName>> = OnceLock::new();
    NAMES.get_or_init(|| {
        rows(include_str!("../../facts/partition_names.csv"))
            .map(|row| {
                let key = (row.get("region").into(), row.get("short_name").into());
                let name = PartitionName {
                    name: row.get("name").into(),
                    common_name_too: !row.get("common_name_for").is_empty(),
                };
                (key, name)
            })
            .collect()
    })
}

/// What may stand before the region in a name: the part of each pattern before it, and the prefix of each partition.
pub(super) fn name_prefixes() -> &'static [String] {
    static PREFIXES: OnceLock<Vec<String>> = OnceLock::new();
    PREFIXES.get_or_init(|| {
        let of_patterns = services().iter().filter_map(|service| {
            service
                .pattern
                .split_once(REGION)
                .map(|(before, _)| before.trim_end_matches('.').to_owned())
        });
        let of_partitions =
            partitions().iter().map(|partition| partition.reverse_dns_prefix.clone());
        let mut prefixes: Vec<_> = of_patterns.chain(of_partitions).collect();
        prefixes.sort();
        prefixes.dedup();
        prefixes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        assert_eq!(include_str!("../../facts/services.csv").lines().count(), services().len() + 1);
        for service in services() {
            assert!(!service.endpoint_types.is_empty(), "{}", service.short_name);
            assert!(
                !service.ports.is_empty() || service.is_endpoint_service(),
                "{}",
                service.short_name
            );
        }
        let names = include_str!("../../facts/partition_names.csv").lines().count();
        assert_eq!(names, partition_names().len() + 1);
    }

    #[test]
    fn every_row_names_its_source_and_date() {
        for (table, columns) in [
            (include_str!("../../facts/services.csv"), ["source", "date"]),
            (include_str!("../../facts/partition_names.csv"), ["source", "date"]),
            (include_str!("../../facts/partitions.csv"), ["source", "date"]),
            (include_str!("../../facts/misspellings.csv"), ["source", "date"]),
            (include_str!("../../facts/perimeter_keys.csv"), ["source", "date"]),
            (include_str!("../../facts/regions.csv"), ["source", "date"]),
            (include_str!("../../facts/distinct_lists.csv"), ["source", "date"]),
            (include_str!("../../facts/reads_by_id.csv"), ["source", "date"]),
        ] {
            for row in rows(table) {
                for column in columns {
                    assert!(!row.get(column).is_empty(), "{column} in {table:.40}");
                }
            }
        }
    }

    #[test]
    fn names_follow_the_partition() {
        let name = |short_name: &str, region: &str| {
            service(short_name).map(|s| s.name_in(region)).unwrap_or_default()
        };
        assert_eq!(name("s3", "eu-west-1"), "com.amazonaws.eu-west-1.s3");
        assert_eq!(name("ecr.api", "cn-north-1"), "cn.com.amazonaws.cn-north-1.ecr.api");
        assert_eq!(name("logs", "cn-north-1"), "com.amazonaws.cn-north-1.logs");
        assert_eq!(name("iam", "us-east-1"), "com.amazonaws.iam");
        assert_eq!(name("sagemaker.notebook", "us-east-1"), "aws.sagemaker.us-east-1.notebook");
    }
}
