//! `aws_region` and `aws_partition`.

use privatelint_evaluator::{DataSource, Value};

use super::Answers;
use crate::facts::partition_of;
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
    if let Value::Unknown(privatelint_evaluator::Unknown::Environment(_)) = name {
        return Answers::new();
    }
    ["name", "region", "id"].into_iter().map(|attribute| (attribute.into(), name.clone())).collect()
}

/// The partition of the provider's region.
pub(super) fn partition(data: &DataSource<'_>) -> Answers {
    let region = region::region_value(data.body, data.provider);
    let Some(partition) = region.as_str().and_then(partition_of) else { return Answers::new() };
    let answers = [
        ("id", &partition.name),
        ("partition", &partition.name),
        ("dns_suffix", &partition.dns_suffix),
        ("reverse_dns_prefix", &partition.reverse_dns_prefix),
    ];
    answers
        .into_iter()
        .map(|(attribute, text)| (attribute.into(), Value::string(text.as_str())))
        .collect()
}
