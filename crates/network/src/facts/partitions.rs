//! Partitions and regions.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::rows;

/// A partition of AWS.
#[derive(Debug)]
pub struct Partition {
    /// Its name: `aws-cn`.
    pub name: String,
    /// What its host names end with: `amazonaws.com.cn`.
    pub dns_suffix: String,
    /// The same backwards, with which names of endpoint services begin: `cn.com.amazonaws`.
    pub reverse_dns_prefix: String,
    region_prefixes: Vec<String>,
}

/// All partitions.
pub(crate) fn partitions() -> &'static [Partition] {
    static PARTITIONS: OnceLock<Vec<Partition>> = OnceLock::new();
    PARTITIONS.get_or_init(|| {
        rows(include_str!("../../facts/partitions.csv"))
            .map(|row| Partition {
                name: row.get("partition").into(),
                dns_suffix: row.get("dns_suffix").into(),
                reverse_dns_prefix: row.get("reverse_dns_prefix").into(),
                region_prefixes: row.list("region_prefixes").map(Into::into).collect(),
            })
            .collect()
    })
}

/// The partition of a region, by how the region's name begins: new regions need no new row.
#[must_use]
pub fn partition_of(region: &str) -> Option<&'static Partition> {
    if !has_region_shape(region) {
        return None;
    }
    let matching = partitions().iter().flat_map(|partition| {
        let prefixes = partition.region_prefixes.iter();
        prefixes
            .filter(|prefix| region.starts_with(prefix.as_str()))
            .map(move |prefix| (prefix.len(), partition))
    });
    matching.max_by_key(|(length, _)| *length).map(|(_, partition)| partition)
}

/// Whether a text is the name of a region, known today or not.
#[must_use]
pub fn is_region(text: &str) -> bool {
    partition_of(text).is_some()
}

/// What AWS calls a region: `Europe (Ireland)`.
#[must_use]
pub fn description_of(region: &str) -> Option<&'static str> {
    static DESCRIPTIONS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let descriptions = DESCRIPTIONS.get_or_init(|| {
        rows(include_str!("../../facts/regions.csv"))
            .map(|row| (row.get("region").into(), row.get("description").into()))
            .collect()
    });
    descriptions.get(region).map(String::as_str)
}

/// Words with hyphens between them and a number at the end: `ap-southeast-2`.
fn has_region_shape(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && words.contains('-')
        && words.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(region: &str, partition: &str) {
        assert_eq!(partition_of(region).map_or("", |p| p.name.as_str()), partition, "{region}");
    }

    #[test]
    fn every_region_of_the_table_is_one() {
        for row in rows(include_str!("../../facts/regions.csv")) {
            assert!(is_region(row.get("region")), "{}", row.get("region"));
        }
        assert_eq!(description_of("eu-west-1"), Some("Europe (Ireland)"));
    }

    #[test]
    fn the_longest_prefix_decides_a_regions_partition() {
        check("us-east-1", "aws");
        check("us-gov-west-1", "aws-us-gov");
        check("us-iso-east-1", "aws-iso");
        check("us-isob-east-1", "aws-iso-b");
        check("cn-northwest-1", "aws-cn");
        check("eusc-de-east-1", "aws-eusc");
        check("eu-central-9", "aws");
        check("us-east-1a", "");
        check("s3", "");
        check("us-1", "");
    }
}
