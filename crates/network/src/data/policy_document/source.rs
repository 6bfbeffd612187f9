//! Documents that an `aws_iam_policy_document` is given as text.

use privatelint_evaluator::{BodyValue, Value};
use serde_json::{Map, Value as Json};

use super::document::{Document, Statement, conditions, principals};
use super::holes::Holes;

/// The elements of a statement that are kept as they are, in the order in which they are written.
const AS_THEY_ARE: [&str; 4] = ["Action", "NotAction", "Resource", "NotResource"];

/// The documents of an argument; `None` if one of them is not known or is none.
pub(super) fn documents(
    body: &BodyValue,
    argument: &str,
    holes: &mut Holes,
) -> Option<Vec<Document>> {
    let Some(value) = body.get(argument) else { return Some(Vec::new()) };
    let elements = value.as_elements()?.iter().filter(|element| !element.is_null());
    elements.map(|element| document(element, holes)).collect()
}

fn document(value: &Value, holes: &mut Holes) -> Option<Document> {
    // A mark that stands outside of every string makes it no JSON: what is there is not known.
    let Json::Object(json) = serde_json::from_str(&holes.text(value)?).ok()? else { return None };
    let statements = match get(&json, "Statement") {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(statements)) => {
            statements.iter().map(statement).collect::<Option<Vec<_>>>()?
        }
        Some(_) => return None,
    };
    Some(Document { version: text(&json, "Version")?, id: text(&json, "Id")?, statements })
}

fn statement(json: &Json) -> Option<Statement> {
    let Json::Object(json) = json else { return None };
    let mut rest = Map::new();
    let effect = text(json, "Effect")?;
    if !effect.is_empty() {
        rest.insert("Effect".into(), Json::String(effect));
    }
    for name in AS_THEY_ARE {
        if let Some(value) = get(json, name).filter(|value| !value.is_null()) {
            rest.insert(name.into(), value.clone());
        }
    }
    for name in ["Principal", "NotPrincipal"] {
        if let Some(value) = get(json, name).filter(|value| !value.is_null())
            && let Some(principals) = principals_of(value)?
        {
            rest.insert(name.into(), principals);
        }
    }
    if let Some(value) = get(json, "Condition").filter(|value| !value.is_null()) {
        let read = conditions_of(value)?;
        if !read.is_empty() {
            rest.insert("Condition".into(), conditions(read));
        }
    }
    Some(Statement { sid: text(json, "Sid")?, rest })
}

/// The principals; `Some(None)` if there are none.
fn principals_of(json: &Json) -> Option<Option<Json>> {
    match json {
        // Any text at all stands for anybody.
        Json::String(_) => Some(Some("*".into())),
        Json::Object(by_type) if by_type.is_empty() => Some(None),
        Json::Object(by_type) => {
            if let Some(Json::String(only)) = by_type.get("*").filter(|_| by_type.len() == 1)
                && only == "*"
            {
                return Some(Some("*".into()));
            }
            let mut all = Map::new();
            for (kind, ids) in by_type {
                let written = match ids {
                    Json::String(id) => Json::String(id.clone()),
                    Json::Array(ids) => {
                        let ids = strings(ids)?;
                        match principals(vec![(kind.clone(), ids.clone())]) {
                            star @ Json::String(_) if by_type.len() == 1 => {
                                return Some(Some(star));
                            }
                            // A list of one stays a list here.
                            _ => {
                                Json::Array(backwards(ids).into_iter().map(Json::String).collect())
                            }
                        }
                    }
                    _ => return None,
                };
                all.insert(kind.clone(), written);
            }
            let mut keys: Vec<_> = all.into_iter().collect();
            keys.sort_by(|(a, _), (b, _)| a.cmp(b));
            Some(Some(Json::Object(keys.into_iter().collect())))
        }
        _ => None,
    }
}

fn conditions_of(json: &Json) -> Option<Vec<(String, String, Vec<String>)>> {
    let Json::Object(operators) = json else { return None };
    let mut all = Vec::new();
    for (operator, keys) in operators {
        let Json::Object(keys) = keys else { return None };
        for (key, values) in keys {
            let values = match values {
                Json::String(value) => vec![value.clone()],
                Json::Bool(value) => vec![value.to_string()],
                Json::Array(values) => strings(values)?,
                // Versions of the provider differ in what they make of others.
                _ => return None,
            };
            all.push((operator.clone(), key.clone(), values));
        }
    }
    Some(all)
}

fn backwards(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_by(|a, b| b.cmp(a));
    texts
}

fn strings(elements: &[Json]) -> Option<Vec<String>> {
    elements.iter().map(|element| element.as_str().map(Into::into)).collect()
}

/// The text of an element; empty if it is not there.
fn text(object: &Map<String, Json>, name: &str) -> Option<String> {
    match get(object, name) {
        None | Some(Json::Null) => Some(String::new()),
        Some(Json::String(text)) => Some(text.clone()),
        Some(_) => None,
    }
}

/// An element by its name, whatever its case.
fn get<'j>(object: &'j Map<String, Json>, name: &str) -> Option<&'j Json> {
    object.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
