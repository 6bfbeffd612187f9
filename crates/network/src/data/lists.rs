//! Data sources that are lists of things that AWS has: how many is not known, but no two are the same.

use privatelint_evaluator::{DataSource, Unknown, Value};

use super::Answers;
use crate::facts::distinct_lists;

/// The lists whose elements differ from each other.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let lists = distinct_lists(&data.address.kind).iter().map(|(attribute, sorted)| {
        let list = Unknown::distinct_elements(data.address.clone(), attribute, *sorted);
        (attribute.as_str().into(), Value::Unknown(list))
    });
    lists.collect()
}
