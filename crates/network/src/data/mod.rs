//! Answers to data sources that follow from their arguments.

mod account;
mod arn;
mod by_id;
mod default_tags;
mod endpoint_service;
mod lists;
mod policy_document;
mod region;
mod service;

use std::collections::BTreeMap;

use privatelint_evaluator::types::Type;
use privatelint_evaluator::{DataResolver, DataSource, Reads, Value};
use smol_str::SmolStr;

use crate::facts;

/// Answers AWS data sources without asking AWS.
#[derive(Debug, Clone, Copy, Default)]
pub struct AwsData;

/// Attributes with their values.
type Answers = BTreeMap<SmolStr, Value>;

/// Answers one type of data source.
type Answerer = fn(&DataSource<'_>) -> Answers;

/// The data sources that have an answer, with what gives it.
const ANSWERS: &[(&str, Answerer)] = &[
    ("aws_arn", arn::answer),
    ("aws_caller_identity", account::answer),
    ("aws_default_tags", default_tags::answer),
    ("aws_iam_policy_document", policy_document::answer),
    ("aws_partition", region::partition),
    ("aws_region", region::region),
    ("aws_service", service::answer),
    ("aws_vpc_endpoint_service", endpoint_service::answer),
];

/// Answers from texts that are known.
fn known<'a>(answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Answers {
    answers.into_iter().map(|(name, text)| (name.into(), Value::string(text))).collect()
}

impl DataResolver for AwsData {
    fn resolve(&self, data: &DataSource<'_>) -> Answers {
        let answer = ANSWERS.iter().find(|(kind, _)| *kind == data.address.kind);
        let mut answers = lists::answer(data);
        answers.extend(answer.map(|(_, answer)| answer(data)).unwrap_or_default());
        answers
    }

    fn argument_type(&self, resource: &str, argument: &str) -> Option<&Type> {
        facts::argument_type(resource, argument)
    }

    fn reads(&self, data: &DataSource<'_>) -> Option<Reads> {
        by_id::reads(data)
    }
}
