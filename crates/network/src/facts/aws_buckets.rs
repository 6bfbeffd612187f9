//! Buckets of AWS itself that services keep things in which their clients fetch.

use std::sync::OnceLock;

use super::table::rows;

/// A bucket of AWS that the clients of a service read.
#[derive(Debug)]
pub struct AwsBucket {
    name: String,
    /// The short name of the service whose clients read it.
    pub service: String,
    /// What is in it.
    pub what: String,
}

impl AwsBucket {
    /// Its name in a region.
    #[must_use]
    pub fn name_in(&self, region: &str) -> String {
        self.name.replace("{region}", region)
    }
}

/// The buckets of AWS that clients of services cannot do without.
#[must_use]
pub fn aws_buckets() -> &'static [AwsBucket] {
    static BUCKETS: OnceLock<Vec<AwsBucket>> = OnceLock::new();
    BUCKETS.get_or_init(|| {
        rows(include_str!("../../facts/aws_buckets.csv"))
            .map(|row| AwsBucket {
                name: row.get("bucket").into(),
                service: row.get("service").into(),
                what: row.get("what").into(),
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_service_and_a_region() {
        assert!(!aws_buckets().is_empty());
        for bucket in aws_buckets() {
            assert!(bucket.name.contains("{region}"), "{bucket:?}");
            assert!(super::super::service(&bucket.service).is_some(), "{bucket:?}");
            assert!(!bucket.what.is_empty(), "{bucket:?}");
        }
    }
}
