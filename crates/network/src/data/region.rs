//! `aws_region` and `aws_partition`.

use privatelint_evaluator::{DataSource, Unknown, Value};

use super::{Answers, known};
use crate::facts::{description_of, partition_of};
use crate::questions::region;

/// The region that is asked for, or the provider's.
pub(super) fn region(data: &DataSource<'_>) -> Answers {
    // `name` is the older argument, `region` the newer one.
    let asked = data.body.get("name").or_else(|| data.body.get("region"));
    // Found by its endpoint: which one that is, only AWS says.
    if data.body.get("endpoint").is_some() {
        return Answers::new();
    }
    let of_provider = || region::region_value(data.body, data.provider);
    let name = asked.map_or_else(of_provider, |asked| asked.unless_null(of_provider));
    if let Value::Unknown(Unknown::Environment(_)) = name {
        return Answers::new();
    }
    let mut answers = name.as_str().map(described).unwrap_or_default();
    for attribute in ["name", "region", "id"] {
        answers.insert(attribute.into(), name.clone());
    }
    answers
}

fn described(region: &str) -> Answers {
    let mut answers = Answers::new();
    if let Some(description) = description_of(region) {
        answers.extend(known([("description", description)]));
    }
    if let Some(partition) = partition_of(region) {
        let endpoint = format!("ec2.{region}.{}", partition.dns_suffix);
        answers.extend(known([("endpoint", endpoint.as_str())]));
    }
    answers
}

/// The partition of the provider's region.
pub(super) fn partition(data: &DataSource<'_>) -> Answers {
    let region = region::region_value(data.body, data.provider);
    let Some(partition) = region.as_str().and_then(partition_of) else { return Answers::new() };
    known([
        ("id", partition.name.as_str()),
        ("partition", partition.name.as_str()),
        ("dns_suffix", partition.dns_suffix.as_str()),
        ("reverse_dns_prefix", partition.reverse_dns_prefix.as_str()),
    ])
}
