//! JSON as values, with what is unknown in it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::names::Step;
use crate::{InstanceKey, Number, Value};

/// A JSON value that is known.
pub(super) fn known(json: &Json) -> Value {
    merged(json, &Json::Null, &mut Vec::new(), &mut |_| Value::Null)
}

/// A JSON value and its tree of what is unknown, as a plan has both. `unknown` gives the value at a path that is not known.
pub(super) fn merged(
    json: &Json,
    tree: &Json,
    path: &mut Vec<Step>,
    unknown: &mut dyn FnMut(&[Step]) -> Value,
) -> Value {
    if tree == &Json::Bool(true) {
        return unknown(path);
    }
    match (json, tree) {
        (Json::Array(elements), tree) => {
            let elements: Vec<Value> = elements
                .iter()
                .enumerate()
                .map(|(at, element)| {
                    path.push(Step::Index(InstanceKey::Int(i64::try_from(at).unwrap_or(i64::MAX))));
                    let tree = tree.get(at).unwrap_or(&Json::Null);
                    let value = merged(element, tree, path, unknown);
                    path.pop();
                    value
                })
                .collect();
            collection(elements)
        }
        (Json::Object(entries), tree) => object(entries, tree.as_object(), path, unknown),
        // An object of which nothing is known has no value at all.
        (Json::Null, Json::Object(trees)) if has_unknown(tree) => {
            object(&Map::new(), Some(trees), path, unknown)
        }
        (Json::Null, _) => Value::Null,
        (Json::Bool(bool), _) => Value::Bool(*bool),
        (Json::String(text), _) => Value::string(text.as_str()),
        (Json::Number(number), _) => Number::parse(&number.to_string())
            .or_else(|| number.as_f64().and_then(Number::from_f64))
            .map_or(Value::Null, Value::Number),
    }
}

fn object(
    entries: &Map<String, Json>,
    trees: Option<&Map<String, Json>>,
    path: &mut Vec<Step>,
    unknown: &mut dyn FnMut(&[Step]) -> Value,
) -> Value {
    let only_unknown = trees.into_iter().flatten().map(|(name, _)| name);
    let names = entries.keys().chain(only_unknown.filter(|name| !entries.contains_key(*name)));
    let mut attributes = BTreeMap::new();
    for name in names {
        let tree = trees.and_then(|trees| trees.get(name)).unwrap_or(&Json::Null);
        let json = entries.get(name).unwrap_or(&Json::Null);
        path.push(Step::Name(name.as_str().into()));
        attributes.insert(name.as_str().into(), merged(json, tree, path, unknown));
        path.pop();
    }
    Value::object(attributes)
}

/// A list where all elements are of one simple type, so that it converts as the provider's does.
fn collection(elements: Vec<Value>) -> Value {
    let strings = elements.iter().all(|element| matches!(element, Value::String(_)));
    let numbers = elements.iter().all(|element| matches!(element, Value::Number(_)));
    if strings || numbers { Value::list(elements) } else { Value::tuple(elements) }
}

/// Whether a tree says that something is unknown.
pub(super) fn has_unknown(tree: &Json) -> bool {
    match tree {
        Json::Bool(unknown) => *unknown,
        Json::Array(trees) => trees.iter().any(has_unknown),
        Json::Object(trees) => trees.values().any(has_unknown),
        Json::Null | Json::Number(_) | Json::String(_) => false,
    }
}

/// What is at a path; `None` where it ends early.
pub(super) fn at<'j>(json: &'j Json, path: &[Step]) -> Option<&'j Json> {
    path.iter().try_fold(json, |json, step| match step {
        Step::Name(name) => json.get(name.as_str()),
        Step::Index(InstanceKey::Int(at)) => json.get(usize::try_from(*at).ok()?),
        Step::Index(InstanceKey::String(key)) => json.get(key.as_str()),
        Step::Index(_) => None,
    })
}

/// Whether something at a path may be unknown: also where it lies inside something that is unknown as a whole.
pub(super) fn is_unknown(tree: &Json, path: &[Step]) -> bool {
    for end in 0..=path.len() {
        match path.get(..end).and_then(|path| at(tree, path)) {
            Some(Json::Bool(true)) => return true,
            Some(_) => {}
            None => return false,
        }
    }
    at(tree, path).is_some_and(has_unknown)
}
