//! `aws_iam_policy_document`, as the provider renders it.

mod document;
mod holes;
mod set_order;
mod source;

use std::collections::BTreeMap;

use privatelint_evaluator::{BlockValue, BodyValue, DataSource, Multiplicity, Value};
use serde_json::{Map, Value as Json, json};

use self::document::{Document, Statement};
use self::holes::Holes;
use super::Answers;

/// What the provider says for the version where the code says nothing.
const DEFAULT_VERSION: &str = "2012-10-17";

/// The lists of a statement that are taken as they are, with their names in the document.
const ACTIONS: [(&str, &str); 2] = [("actions", "Action"), ("not_actions", "NotAction")];

/// The lists of a statement in which `&{` stands for `${`, with their names in the document.
const RESOURCES: [(&str, &str); 2] = [("resources", "Resource"), ("not_resources", "NotResource")];

/// The document, if all of its structure is known; unknown texts inside it stay unknown.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let mut holes = Holes::default();
    let Some(document) = merged(data.body, &mut holes) else { return Answers::new() };
    let (Some(json), Some(minified)) = (document.pretty(), document.minified()) else {
        return Answers::new();
    };
    let json = holes.fill(&json);
    let id = json.as_str().map(|json| Value::string(set_order::hash(json).to_string()));
    let answers =
        [("json", Some(json)), ("minified_json", Some(holes.fill(&minified))), ("id", id)];
    answers.into_iter().filter_map(|(name, value)| Some((name.into(), value?))).collect()
}

/// The sources, what the code writes, and what overrides it: each after the other.
fn merged(body: &BodyValue, holes: &mut Holes) -> Option<Document> {
    let mut merged = Document::default();
    for source in source::documents(body, "source_policy_documents", holes)? {
        // A statement id that is in two sources is an error.
        if merged.shares_a_sid_with(&source) {
            return None;
        }
        merged.merge(source)?;
    }
    merged.merge(own(body, holes)?)?;
    for overriding in source::documents(body, "override_policy_documents", holes)? {
        merged.merge(overriding)?;
    }
    Some(merged)
}

fn own(body: &BodyValue, holes: &mut Holes) -> Option<Document> {
    let version = match body.get("version") {
        None => DEFAULT_VERSION.to_owned(),
        Some(version) => holes.text(version)?,
    };
    let id = body.get("policy_id").map(|id| holes.text(id));
    let id = match id {
        None => String::new(),
        Some(id) => id?,
    };
    let statements: Option<Vec<_>> =
        certain(body, "statement")?.iter().map(|block| statement(&block.body, holes)).collect();
    Some(Document { version, id, statements: statements? })
}

fn statement(body: &BodyValue, holes: &mut Holes) -> Option<Statement> {
    let sid = match body.get("sid") {
        None => String::new(),
        Some(sid) => holes.text(sid)?,
    };
    let effect = match body.get("effect") {
        None => "Allow".into(),
        Some(effect) => holes.text(effect)?,
    };
    let mut rest = Map::new();
    rest.insert("Effect".into(), Json::String(effect));
    for (argument, name) in ACTIONS {
        let texts = set_of_texts(body, argument, holes)?;
        if !texts.is_empty() {
            rest.insert(name.into(), one_or_many(texts));
        }
    }
    for (argument, name) in RESOURCES {
        let texts = set_of_texts(body, argument, holes)?;
        if !texts.is_empty() {
            rest.insert(name.into(), one_or_many(with_variables(texts)));
        }
    }
    for (block, name) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        let principals = principals(body, block, holes)?;
        if !principals.is_empty() {
            rest.insert(name.into(), document::principals(principals));
        }
    }
    let conditions = conditions(body, holes)?;
    if !conditions.is_empty() {
        rest.insert("Condition".into(), document::conditions(conditions));
    }
    Some(Statement { sid, rest })
}

/// The principals by type, in the order in which the provider sees their blocks.
fn principals(
    body: &BodyValue,
    kind: &str,
    holes: &mut Holes,
) -> Option<Vec<(String, Vec<String>)>> {
    let mut blocks = Vec::new();
    for block in certain(body, kind)? {
        let kind = holes.text(block.body.get("type")?)?;
        let ids = set_of_texts(&block.body, "identifiers", holes)?;
        let key = format!("identifiers:{{{}}};type:{kind};", set_order::members(&ids));
        blocks.push((key, (kind, with_variables(ids))));
    }
    Some(set_order::in_order(blocks))
}

/// The conditions as operator, key and values, in the order in which the provider sees their blocks; values keep their own.
fn conditions(body: &BodyValue, holes: &mut Holes) -> Option<Vec<(String, String, Vec<String>)>> {
    let mut blocks = Vec::new();
    for block in certain(body, "condition")? {
        let operator = holes.text(block.body.get("test")?)?;
        let variable = holes.text(block.body.get("variable")?)?;
        let values = texts(&block.body, "values", holes)?;
        let listed: String = values.iter().map(|value| format!("{value};")).collect();
        let key = format!("test:{operator};values:({listed});variable:{variable};");
        blocks.push((key, (operator, variable, with_variables(values))));
    }
    Some(set_order::in_order(blocks))
}

/// The blocks of a type, if it is known which there are.
fn certain(body: &BodyValue, kind: &str) -> Option<Vec<BlockValue>> {
    let blocks = body.nested(kind);
    blocks.iter().all(|block| block.multiplicity == Multiplicity::One).then_some(blocks)
}

fn texts(body: &BodyValue, argument: &str, holes: &mut Holes) -> Option<Vec<String>> {
    let Some(value) = body.get(argument) else { return Some(Vec::new()) };
    value.as_elements()?.iter().map(|element| holes.text(element)).collect()
}

/// The texts of a set, backwards, as the provider writes them.
fn set_of_texts(body: &BodyValue, argument: &str, holes: &mut Holes) -> Option<Vec<String>> {
    let mut texts = texts(body, argument, holes)?;
    texts.sort_by(|a, b| b.cmp(a));
    texts.dedup();
    Some(texts)
}

/// With `${` for the `&{` that is written because Terraform would take that for its own.
fn with_variables(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().map(|text| text.replace("&{", "${")).collect()
}

/// One alone stands without a list.
fn one_or_many(mut texts: Vec<String>) -> Json {
    match texts.len() {
        1 => Json::String(texts.swap_remove(0)),
        _ => json!(texts),
    }
}

/// Objects of a document have their keys in order.
type Sorted<T> = BTreeMap<String, T>;
