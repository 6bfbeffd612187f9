//! `aws_vpc_endpoint_service`.

use privatelint_evaluator::{BlockValue, DataSource, Multiplicity, TextPart, Unknown, Value};

use super::Answers;
use crate::Argument;
use crate::facts::{ServiceName, partition_of};
use crate::questions::region;
use crate::resources::EndpointType;

/// The service by its name, or by its short name in the region. The rest comes from the table of services where that is sure.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let mut answers = Answers::new();
    let Some(name) = service_name(data) else { return answers };
    let service =
        ServiceName::parse(&name).service.filter(|service| !service.is_endpoint_service());
    let service_type = service_type(data).or_else(|| {
        let [only] = service?.endpoint_types.as_slice() else { return None };
        Some(Value::string(only.as_str()))
    });
    if let Some(region) = ServiceName::parse(&name).region {
        answers.insert("region".into(), Value::String(region));
    }
    answers.insert("service_name".into(), name);
    if let Some(policy) = service.and_then(|service| service.endpoint_policy) {
        answers.insert("vpc_endpoint_policy_supported".into(), policy.into());
    }
    if let Some(service_type) = service_type {
        if let (Some(service), Some(EndpointType::Interface)) =
            (service, service_type.as_str().and_then(EndpointType::named))
        {
            answers.extend(
                private_dns_name(data, service).map(|name| ("private_dns_name".into(), name)),
            );
        }
        answers.insert("service_type".into(), service_type);
    }
    answers
}

fn service_name(data: &DataSource<'_>) -> Option<Value> {
    if let Some(name) =
        data.body.get("service_name").cloned().or_else(|| filter(data, "service-name"))
    {
        return Some(name);
    }
    // The provider puts the common prefix before it in every partition.
    let service = data.body.get("service")?;
    let region = region::region_value(data.body, data.provider);
    Some(text(&["com.amazonaws.".into(), region, ".".into(), service.clone()]))
}

fn service_type(data: &DataSource<'_>) -> Option<Value> {
    data.body.get("service_type").cloned().or_else(|| filter(data, "service-type"))
}

/// The value of the filter of that name, if it has one.
fn filter(data: &DataSource<'_>, name: &str) -> Option<Value> {
    let blocks = data.body.nested("filter");
    // A filter that is perhaps there, or of which it is not known what it filters, may be any.
    let is_certain = |block: &BlockValue| {
        block.multiplicity == Multiplicity::One
            && Argument::of(&block.body, "name").value.is_known()
    };
    if !blocks.iter().all(is_certain) {
        return None;
    }
    let mut named =
        blocks.iter().filter(|block| Argument::of(&block.body, "name").is(name).is_yes());
    let (filter, None) = (named.next()?, named.next()) else { return None };
    let [only] = filter.body.get("values")?.as_elements()? else { return None };
    // A filter's value with a wildcard in it stands for many, and what is not known may have one.
    let is_exact = only.as_str().is_some_and(|text| !text.contains(['*', '?']));
    is_exact.then(|| only.clone())
}

fn private_dns_name(data: &DataSource<'_>, service: &crate::facts::Service) -> Option<Value> {
    let region = region::region_value(data.body, data.provider);
    let region = region.as_str()?;
    let partition = partition_of(region)?;
    let [name] = service.private_dns_names.as_slice() else { return None };
    // The names in the table are those of the partition that most people use.
    (service.private_dns_documented && partition.name == "aws")
        .then(|| Value::string(name.replace("{region}", region)))
}

/// One text from several.
fn text(parts: &[Value]) -> Value {
    Unknown::text(parts.iter().map(|part| match part {
        Value::String(text) => TextPart::Known(text.clone()),
        Value::Unknown(unknown) => TextPart::Unknown(unknown.clone()),
        other => TextPart::Unknown(Unknown::derived([other])),
    }))
}
