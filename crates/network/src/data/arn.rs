//! `aws_arn`.

use privatelint_evaluator::{DataSource, Value};

use super::{Answers, known};

/// The parts of a known ARN.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let Some(arn) = data.body.get("arn").and_then(Value::as_str) else { return Answers::new() };
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, resource] = parts.as_slice() else {
        return Answers::new();
    };
    known([
        ("id", arn),
        ("arn", arn),
        ("partition", partition),
        ("service", service),
        ("region", region),
        ("account", account),
        ("resource", resource),
    ])
}
