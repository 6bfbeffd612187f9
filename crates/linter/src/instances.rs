//! Resource instances as a plan shows them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::Utf8PathBuf;
use privatelint_diagnostics::{Problem, Report};
use privatelint_evaluator::{
    BodyValue, Defaults, Instance, InstanceKey, Mode, Multiplicity, Number, RepositoryFiles,
    Request, Value, evaluate,
};
use privatelint_parser::FileSystem;
use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::cross_stack::CrossStack;
use crate::options::Options;
use crate::outcome;
use crate::scope;

/// The instances of a root module.
pub struct RootInstances {
    /// The root's directory.
    pub root: Utf8PathBuf,
    /// Its instances, by address.
    pub instances: Vec<Instance>,
}

/// Evaluates everything under the paths. The report has no findings, only what stood in the way.
pub fn instances(fs: &dyn FileSystem, options: &Options) -> (Vec<RootInstances>, Report) {
    let workspace = scope::load(fs, options);
    let files = RepositoryFiles::new(fs, &options.working_dir, &options.paths);
    let stacks = CrossStack::new(&workspace, options, &files);
    let roots = stacks.roots(&scope::Asked::new(&workspace, options));
    let evaluated: Vec<(RootInstances, Vec<Problem>)> = roots
        .par_iter()
        .map(|root| {
            let inputs = stacks.inputs(root);
            let is_unit = stacks.is_unit(root);
            let defaults = if is_unit { stacks.defaults(root) } else { Defaults::Taken };
            let request = Request {
                workspace: &workspace,
                root: &root.module,
                inputs: &inputs,
                defaults,
                resolver: &stacks.reader(root),
                files: &files,
                wants: &|_, _| true,
            };
            // A panic is a fault of ours in one root; the others are shown.
            let evaluated = catch_unwind(AssertUnwindSafe(|| {
                let mut evaluation = evaluate(request);
                let instances = &mut evaluation.instances;
                instances.retain(|it| it.address.kind != privatelint_stubs::LEFT_OUT);
                (evaluation.instances, evaluation.problems)
            }));
            let (instances, problems) =
                evaluated.unwrap_or_else(|_| (Vec::new(), vec![outcome::failure(&root.name)]));
            (RootInstances { root: root.name.clone(), instances }, problems)
        })
        .collect();
    let foreign = workspace.foreign;
    let mut report =
        Report { problems: workspace.problems, files: workspace.files, ..Report::default() };
    report.problems.extend(options.config.problems(&report.files));
    report.summary.roots = roots.len();
    report.summary.files = report.files.len() - foreign.len();
    let mut result = Vec::with_capacity(evaluated.len());
    for (instances, problems) in evaluated {
        result.push(instances);
        report.problems.extend(problems);
    }
    let is_own = |problem: &Problem| problem.span.is_none_or(|span| !foreign.contains(&span.file));
    report.problems.retain(is_own);
    (result, report)
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
