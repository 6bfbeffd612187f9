//! What the tests of the evaluator share.

use std::collections::BTreeMap;

use camino::Utf8Path;
use privatelint_evaluator::{
    BodyValue, DataResolver, DataSource, Defaults, Evaluation, Inputs, Multiplicity, NoAnswers,
    NoFiles, Request, TextPart, Unknown, Value, evaluate,
};
use privatelint_parser::Workspace;
use smol_str::SmolStr;

/// Evaluates the root module of a project and hands it to a closure.
pub(crate) fn with<T>(files: &[(&str, &str)], look: impl FnOnce(&mut Evaluation<'_>) -> T) -> T {
    with_inputs(files, &Inputs::default(), &NoAnswers, look)
}

pub(crate) fn with_inputs<T>(
    files: &[(&str, &str)],
    inputs: &Inputs,
    resolver: &dyn DataResolver,
    look: impl FnOnce(&mut Evaluation<'_>) -> T,
) -> T {
    let workspace = Workspace::from_texts(files);
    assert!(workspace.problems.is_empty(), "{:#?}", workspace.problems);
    let mut evaluation = evaluate(Request {
        workspace: &workspace,
        root: Utf8Path::new("."),
        inputs,
        defaults: Defaults::Taken,
        resolver,
        files: &NoFiles,
        wants: &|_, _| true,
    });
    look(&mut evaluation)
}

/// `address.attribute = value` of every attribute of every instance, and the problems.
pub(crate) fn show(evaluation: &Evaluation<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for instance in &evaluation.instances {
        let perhaps = match instance.multiplicity {
            Multiplicity::One => "",
            Multiplicity::Unknown => "perhaps ",
        };
        let address = &instance.address;
        if instance.body.attributes.is_empty() && instance.body.blocks.is_empty() {
            lines.push(format!("{perhaps}{address}"));
        }
        body(&format!("{perhaps}{address}"), &instance.body, &mut lines);
    }
    lines.extend(evaluation.problems.iter().map(|problem| format!("! {}", problem.message)));
    lines
}

fn body(path: &str, body: &BodyValue, lines: &mut Vec<String>) {
    for (name, attribute) in &body.attributes {
        lines.push(format!("{path}.{name} = {}", text(&attribute.value)));
    }
    for block in &body.blocks {
        let perhaps = match block.multiplicity {
            Multiplicity::One => "",
            Multiplicity::Unknown => "?",
        };
        let labels: String = block.labels.iter().map(|label| format!(" {}", text(label))).collect();
        let path = format!("{path}.{}{labels}{perhaps}", block.kind);
        if block.body.attributes.is_empty() && block.body.blocks.is_empty() {
            lines.push(path.clone());
        }
        self::body(&path, &block.body, lines);
    }
}

/// A value in one line; unknown ones in angle brackets with their reason.
pub(crate) fn text(value: &Value) -> String {
    let list = |open: &str, elements: &[Value], close: &str| {
        format!("{open}{}{close}", elements.iter().map(text).collect::<Vec<_>>().join(", "))
    };
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::List(elements) | Value::Tuple(elements) => list("[", elements, "]"),
        Value::Set(elements) => list("set[", elements, "]"),
        Value::Map(map) => entries_of(map, false),
        Value::Object(object) => entries_of(&object.attributes, object.rest.is_some()),
        Value::Unknown(unknown) => reason(unknown),
    }
}

fn entries_of(entries: &BTreeMap<SmolStr, Value>, open: bool) -> String {
    let mut parts: Vec<_> =
        entries.iter().map(|(name, value)| format!("{name}: {}", text(value))).collect();
    if open {
        parts.push("..".to_owned());
    }
    format!("{{{}}}", parts.join(", "))
}

fn reason(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Computed(attribute) | Unknown::Data(attribute) => {
            format!("<{} {}>", attribute.of, attribute.path).replace(" >", ">")
        }
        Unknown::Variable(name) => format!("<var.{name}>"),
        Unknown::ModuleMissing(output) => format!("<{} {}>", output.module, output.path),
        Unknown::Text(parts) => {
            let part = |part: &TextPart| match part {
                TextPart::Known(text) => text.to_string(),
                TextPart::Unknown(unknown) => reason(unknown),
            };
            format!("\"{}\"", parts.iter().map(part).collect::<String>())
        }
        Unknown::OneOf(arms) => {
            format!("<{}>", arms.iter().map(text).collect::<Vec<_>>().join(" | "))
        }
        Unknown::Derived(causes) => {
            format!("<from {}>", causes.iter().map(reason).collect::<Vec<_>>().join(", "))
        }
        Unknown::Function(name) => format!("<{name}()>"),
        Unknown::File(why) => format!("<{why}>"),
        Unknown::Instance(address) => format!("<{address}>"),
        Unknown::Cycle => "<cycle>".to_owned(),
        Unknown::Error => "<error>".to_owned(),
        Unknown::Environment(name) => format!("<{name}>"),
    }
}

/// Answers `data "region"` with a name.
pub(crate) struct Region;

impl DataResolver for Region {
    fn resolve(&self, data: &DataSource<'_>) -> BTreeMap<SmolStr, Value> {
        let region = data.provider.body.as_ref().and_then(|body| body.get("region")).cloned();
        match (data.address.kind.as_str(), region) {
            ("region", Some(region)) => [("name".into(), region)].into(),
            _ => BTreeMap::new(),
        }
    }
}
