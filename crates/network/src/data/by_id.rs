//! Data sources that read something that is made here, and name it by its id.

use privatelint_evaluator::{DataSource, InstanceKey, Mode, Reads, Unknown, Value};

use crate::facts::reads_by_id;

/// The instance that a data source reads, if its id is that of one.
pub(super) fn reads(data: &DataSource<'_>) -> Option<Reads> {
    let by_id = reads_by_id().get(data.address.kind.as_str())?;
    let Value::Unknown(Unknown::Computed(id)) = data.body.get(&by_id.argument)? else {
        return None;
    };
    let is_one = id.path == "id"
        && id.of.mode == Mode::Managed
        && id.of.key != InstanceKey::Unknown
        && by_id.resources.iter().any(|resource| *resource == id.of.kind);
    is_one.then(|| Reads {
        instance: id.of.clone(),
        attributes: by_id
            .attributes
            .iter()
            .map(|(name, there)| (name.as_str().into(), there.as_str().into()))
            .collect(),
    })
}
