//! Resource instances as a plan shows them.

use camino::Utf8PathBuf;
use privatelint_diagnostics::Report;
use privatelint_evaluator::{BodyValue, Instance, InstanceKey, Mode, Multiplicity, Number, Value};
use privatelint_parser::FileSystem;
use serde_json::{Map, Value as Json, json};

use crate::each_root::{Wanted, each_root};
use crate::options::Options;

/// The instances of a root module.
pub struct RootInstances {
    /// The root's directory.
    pub root: Utf8PathBuf,
    /// Its instances, by address.
    pub instances: Vec<Instance>,
}

/// Evaluates everything under the paths. The report has no findings, only what stood in the way.
pub fn instances(fs: &dyn FileSystem, options: &Options) -> (Vec<RootInstances>, Report) {
    let wanted = Wanted { wants: |_, _| true, takes_defaults: true };
    each_root(fs, options, &wanted, |_, root, evaluation| {
        let mut instances = std::mem::take(&mut evaluation.instances);
        instances.retain(|it| it.address.kind != privatelint_stubs::LEFT_OUT);
        RootInstances { root: root.name.clone(), instances }
    })
}

/// The document that `instances --format json` prints: version 1.
#[must_use]
pub fn to_json(roots: &[RootInstances]) -> Json {
    let root = |root: &RootInstances| {
        let resources: Vec<Json> = root.instances.iter().map(resource).collect();
        json!({ "path": root.root.as_str(), "resources": resources })
    };
    json!({ "version": 1, "roots": roots.iter().map(root).collect::<Vec<_>>() })
}

fn resource(instance: &Instance) -> Json {
    let address = &instance.address;
    let (values, unknown) = body(&instance.body);
    let mut object = Map::new();
    object.insert("address".into(), address.to_string().into());
    let mode = if address.mode == Mode::Managed { "managed" } else { "data" };
    object.insert("mode".into(), mode.into());
    object.insert("type".into(), address.kind.as_str().into());
    object.insert("name".into(), address.name.as_str().into());
    match &address.key {
        InstanceKey::None => {}
        InstanceKey::Int(index) => drop(object.insert("index".into(), (*index).into())),
        InstanceKey::String(key) => drop(object.insert("index".into(), key.as_str().into())),
        InstanceKey::Unknown => drop(object.insert("index".into(), Json::Null)),
    }
    if instance.multiplicity == Multiplicity::Unknown {
        object.insert("multiplicity".into(), "unknown".into());
    }
    object.insert("values".into(), values);
    object.insert("unknown".into(), unknown);
    object.into()
}

/// A body and its parallel tree of what is unknown. Nested blocks of one type are a list.
fn body(body: &BodyValue) -> (Json, Json) {
    let mut values = Map::new();
    let mut unknown = Map::new();
    for (name, attribute) in &body.attributes {
        let (value, tree) = split(&attribute.value);
        values.insert(name.to_string(), value);
        if !is_empty(&tree) {
            unknown.insert(name.to_string(), tree);
        }
    }
    for block in &body.blocks {
        let (value, tree) = match block.multiplicity {
            Multiplicity::One => self::body(&block.body),
            Multiplicity::Unknown => (Json::Null, true.into()),
        };
        for (all, one) in [(&mut values, value), (&mut unknown, tree)] {
            let list = all.entry(block.kind.to_string()).or_insert_with(|| Json::Array(Vec::new()));
            if let Json::Array(list) = list {
                list.push(one);
            }
        }
    }
    unknown.retain(|_, tree| !is_empty(tree));
    (values.into(), unknown.into())
}

/// A value with `null` where it is unknown, and a tree of its shape with `true` there.
fn split(value: &Value) -> (Json, Json) {
    match value {
        Value::Null => (Json::Null, false.into()),
        Value::Bool(bool) => ((*bool).into(), false.into()),
        Value::Number(number) => (json_number(*number), false.into()),
        Value::String(text) => (text.as_str().into(), false.into()),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            let (values, trees): (Vec<_>, Vec<_>) = elements.iter().map(split).unzip();
            (values.into(), trees.into())
        }
        Value::Map(_) | Value::Object(_) => {
            let entries = value.as_entries().into_iter().flatten();
            let mut values = Map::new();
            let mut trees = Map::new();
            for (name, entry) in entries {
                let (value, tree) = split(entry);
                values.insert(name.to_string(), value);
                if !is_empty(&tree) {
                    trees.insert(name.to_string(), tree);
                }
            }
            (values.into(), trees.into())
        }
        Value::Unknown(_) => (Json::Null, true.into()),
    }
}

/// Whether a tree has no `true` in it.
fn is_empty(tree: &Json) -> bool {
    match tree {
        Json::Bool(unknown) => !unknown,
        Json::Array(trees) => trees.iter().all(is_empty),
        Json::Object(trees) => trees.values().all(is_empty),
        _ => true,
    }
}

fn json_number(number: Number) -> Json {
    match number.as_i64() {
        Some(int) => int.into(),
        None => serde_json::Number::from_f64(number.as_f64()).map_or(Json::Null, Json::Number),
    }
}
