//! What data sources have in common with each other and with resources.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::table::rows;

/// A data source that finds a thing by its id.
#[derive(Debug)]
pub(crate) struct ReadById {
    /// The argument that is the id.
    pub(crate) argument: String,
    /// The resource types that make such things.
    pub(crate) resources: Vec<String>,
    /// The attributes that both have: the data source's name, and the resource's.
    pub(crate) attributes: Vec<(String, String)>,
}

/// The data sources that find a thing by its id, by their types.
pub(crate) fn reads_by_id() -> &'static BTreeMap<String, ReadById> {
    static READS: OnceLock<BTreeMap<String, ReadById>> = OnceLock::new();
    READS.get_or_init(|| {
        rows(include_str!("../../facts/reads_by_id.csv"))
            .map(|row| {
                let attributes = row.list("attributes").map(|attribute| {
                    let (name, there) = attribute.split_once('=').unwrap_or((attribute, attribute));
                    (name.to_owned(), there.to_owned())
                });
                let read = ReadById {
                    argument: row.get("argument").into(),
                    resources: row.list("resources").map(Into::into).collect(),
                    attributes: attributes.collect(),
                };
                (row.get("data_source").into(), read)
            })
            .collect()
    })
}

/// The lists of a data source whose elements differ from each other, each with whether it is sorted.
pub(crate) fn distinct_lists(data_source: &str) -> &'static [(String, bool)] {
    static LISTS: OnceLock<BTreeMap<String, Vec<(String, bool)>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut lists: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for row in rows(include_str!("../../facts/distinct_lists.csv")) {
            let list = (row.get("attribute").into(), row.get("sorted") == "yes");
            lists.entry(row.get("data_source").into()).or_default().push(list);
        }
        lists
    });
    lists.get(data_source).map_or(&[], Vec::as_slice)
}
