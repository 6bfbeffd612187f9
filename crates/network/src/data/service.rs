//! `aws_service`.

use privatelint_evaluator::{DataSource, Value};

use super::{Answers, known};
use crate::facts::partition_of;
use crate::questions::region;

/// The names of a service, from one of them or from its short name and the region.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let Some(name) = reverse_dns_name(data) else { return Answers::new() };
    let mut words: Vec<_> = name.rsplitn(3, '.').collect();
    let [service, region, prefix] = words.as_slice() else { return Answers::new() };
    let Some(partition) = partition_of(region) else { return Answers::new() };
    let (service, region, prefix) = (*service, *region, *prefix);
    words = name.split('.').rev().collect();
    known([
        ("id", name.as_str()),
        ("reverse_dns_name", name.as_str()),
        ("dns_name", words.join(".").as_str()),
        ("service_id", service),
        ("region", region),
        ("reverse_dns_prefix", prefix),
        ("partition", partition.name.as_str()),
    ])
}

/// The name with the region in it: `com.amazonaws.eu-west-1.s3`.
fn reverse_dns_name(data: &DataSource<'_>) -> Option<String> {
    let text =
        |argument| data.body.get(argument).map(|value| value.as_str().map(str::to_lowercase));
    match (text("reverse_dns_name"), text("dns_name")) {
        (Some(name), _) => return name,
        (None, Some(name)) => return Some(name?.split('.').rev().collect::<Vec<_>>().join(".")),
        (None, None) => {}
    }
    let region = region::region_value(data.body, data.provider);
    let region = region.as_str()?;
    let prefix = match data.body.get("reverse_dns_prefix").map(Value::as_str) {
        Some(prefix) => prefix?,
        None => &partition_of(region)?.reverse_dns_prefix,
    };
    Some(format!("{prefix}.{region}.{}", text("service_id")??).to_lowercase())
}
