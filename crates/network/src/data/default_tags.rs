//! `aws_default_tags`.

use std::collections::BTreeMap;

use privatelint_evaluator::{DataSource, Multiplicity, Value};

use super::{Answers, known};
use crate::facts::partition_of;
use crate::questions::region;

/// The tags that the provider block says. Without a block the environment may say some.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let Some(provider) = &data.provider.body else { return Answers::new() };
    let blocks = provider.nested("default_tags");
    let tags = match blocks.as_slice() {
        [] => Value::map(BTreeMap::new()),
        [block] if block.multiplicity == Multiplicity::One => match block.body.get("tags") {
            Some(tags) => tags.clone(),
            None => Value::map(BTreeMap::new()),
        },
        _ => return Answers::new(),
    };
    let mut answers: Answers = [("tags".into(), tags)].into();
    let region = region::region_value(data.body, data.provider);
    if let Some(partition) = region.as_str().and_then(partition_of) {
        answers.extend(known([("id", partition.name.as_str())]));
    }
    answers
}
