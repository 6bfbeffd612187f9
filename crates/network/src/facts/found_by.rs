//! By what data sources find things that code elsewhere makes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::rows;

/// A data source that looks for things by what they are like.
#[derive(Debug)]
pub(crate) struct FoundBy {
    /// The attribute that lists the ids of what it finds; `None` if it finds exactly one thing.
    pub(crate) ids: Option<String>,
    /// The resource types that make such things.
    pub(crate) resources: Vec<String>,
    /// Whether AWS makes such things too, which nothing but their lack of tags tells from what code makes.
    pub(crate) needs_tag: bool,
    /// The arguments, and the filters as `filter:name`, each with the attribute that it compares and that attribute's default.
    criteria: BTreeMap<String, (String, Option<String>)>,
}

impl FoundBy {
    /// What an argument, or a filter as `filter:name`, compares: the attribute, and its value where the code does not write it.
    pub(crate) fn criterion(&self, name: &str) -> Option<(&str, Option<&str>)> {
        self.criteria.get(name).map(|(attribute, default)| (attribute.as_str(), default.as_deref()))
    }
}

/// How a type of data source finds things, if it does by what they are like.
pub(crate) fn found_by(data_source: &str) -> Option<&'static FoundBy> {
    static FOUND: OnceLock<BTreeMap<String, FoundBy>> = OnceLock::new();
    let all = FOUND.get_or_init(|| {
        rows(include_str!("../../facts/found_by.csv"))
            .map(|row| {
                let criteria = row.list("criteria").filter_map(|criterion| {
                    let (name, attribute) = criterion.split_once('=')?;
                    let compared = match attribute.split_once('|') {
                        Some((attribute, default)) => (attribute.into(), Some(default.into())),
                        None => (attribute.into(), None),
                    };
                    Some((name.to_owned(), compared))
                });
                let found = FoundBy {
                    ids: Some(row.get("ids")).filter(|ids| !ids.is_empty()).map(Into::into),
                    resources: row.list("resources").map(Into::into).collect(),
                    needs_tag: row.get("needs_tag") == "yes",
                    criteria: criteria.collect(),
                };
                (row.get("data_source").into(), found)
            })
            .collect()
    });
    all.get(data_source)
}
