//! Answers to data sources that follow from their arguments.

mod endpoint_service;
mod policy_document;
mod region;

use std::collections::BTreeMap;

use privatelint_evaluator::{DataResolver, DataSource, Value};
use smol_str::SmolStr;

/// Answers AWS data sources without asking AWS.
#[derive(Debug, Clone, Copy, Default)]
pub struct AwsData;

/// Attributes with their values.
type Answers = BTreeMap<SmolStr, Value>;

/// Answers one type of data source.
type Answerer = fn(&DataSource<'_>) -> Answers;

/// The data sources that have an answer, with what gives it.
const ANSWERS: &[(&str, Answerer)] = &[
    ("aws_iam_policy_document", policy_document::answer),
    ("aws_partition", region::partition),
    ("aws_region", region::region),
    ("aws_vpc_endpoint_service", endpoint_service::answer),
];

impl DataResolver for AwsData {
    fn resolve(&self, data: &DataSource<'_>) -> Answers {
        let answer = ANSWERS.iter().find(|(kind, _)| *kind == data.address.kind);
        answer.map(|(_, answer)| answer(data)).unwrap_or_default()
    }
}
