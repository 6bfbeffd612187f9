//! What a plan says of managed resource instances.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// A managed resource instance in a plan.
#[derive(Default)]
pub(crate) struct Planned {
    /// Its values, `null` where they are not known.
    pub(crate) values: Json,
    /// A tree of their shape, `true` where they are not known.
    pub(crate) unknown: Json,
    /// The names of the arguments and blocks that its code writes.
    pub(crate) written: BTreeSet<String>,
}

/// The managed instances of a plan, by address.
pub(crate) fn instances(plan: &Json) -> BTreeMap<String, Planned> {
    let mut written = BTreeMap::new();
    in_code(plan.pointer("/configuration/root_module"), "", &mut written);
    let mut all = BTreeMap::new();
    in_values(plan.pointer("/planned_values/root_module"), &mut all);
    for (address, planned) in &mut all {
        if let Some(names) = written.get(&without_keys(address)) {
            planned.written.clone_from(names);
        }
    }
    for change in list(plan.get("resource_changes")) {
        if let Some(planned) = all.get_mut(text(change, "address")) {
            planned.unknown =
                change.pointer("/change/after_unknown").cloned().unwrap_or(Json::Null);
        }
    }
    all
}

fn in_values(module: Option<&Json>, all: &mut BTreeMap<String, Planned>) {
    let Some(module) = module else { return };
    for resource in list(module.get("resources")) {
        if text(resource, "mode") == "managed" {
            let values = resource.get("values").cloned().unwrap_or(Json::Null);
            let planned = Planned { values, ..Planned::default() };
            all.insert(text(resource, "address").to_owned(), planned);
        }
    }
    for child in list(module.get("child_modules")) {
        in_values(Some(child), all);
    }
}

/// The names that each resource's code writes, by address without keys.
fn in_code(module: Option<&Json>, prefix: &str, all: &mut BTreeMap<String, BTreeSet<String>>) {
    let Some(module) = module else { return };
    for resource in list(module.get("resources")) {
        let names = resource.get("expressions").and_then(Json::as_object).into_iter().flatten();
        let names = names.map(|(name, _)| name.clone()).collect();
        all.insert(format!("{prefix}{}", text(resource, "address")), names);
    }
    let calls = module.get("module_calls").and_then(Json::as_object).into_iter().flatten();
    for (name, call) in calls {
        in_code(call.get("module"), &format!("{prefix}module.{name}."), all);
    }
}

/// An address without the keys of `count` and `for_each`, which may hold dots and brackets within quotes.
fn without_keys(address: &str) -> String {
    let mut kept = String::with_capacity(address.len());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for char in address.chars() {
        match char {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => depth = depth.saturating_add(1),
            ']' if !quoted => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(char),
            _ => {}
        }
    }
    kept
}

fn list(json: Option<&Json>) -> impl Iterator<Item = &Json> {
    json.and_then(Json::as_array).into_iter().flatten()
}

fn text<'j>(json: &'j Json, name: &str) -> &'j str {
    json.get(name).and_then(Json::as_str).unwrap_or_default()
}
