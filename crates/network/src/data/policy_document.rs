//! `aws_iam_policy_document`, as the provider renders it.

use std::collections::BTreeMap;

use privatelint_evaluator::{
    BlockValue, BodyValue, DataSource, Multiplicity, TextPart, Unknown, Value,
};
use serde_json::{Map, Value as Json, json};

use super::Answers;

/// The arguments that bring in other documents, which are not merged here.
const OTHER_DOCUMENTS: [&str; 4] =
    ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];

/// The lists of a statement, with their names in the document.
const LISTS: [(&str, &str); 4] = [
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
];

/// The document, if all of its structure is known; unknown texts inside it stay unknown.
pub(super) fn answer(data: &DataSource<'_>) -> Answers {
    let mut holes = Holes::default();
    let Some(document) = document(data.body, &mut holes) else { return Answers::new() };
    let mut answers = Answers::new();
    let rendered = [
        ("json", serde_json::to_string_pretty(&document)),
        ("minified_json", serde_json::to_string(&document)),
    ];
    for (attribute, text) in rendered {
        if let Ok(text) = text {
            answers.insert(attribute.into(), holes.fill(&escape_for_html(&text)));
        }
    }
    answers
}

fn document(body: &BodyValue, holes: &mut Holes) -> Option<Json> {
    let others = OTHER_DOCUMENTS.iter().filter_map(|name| body.get(name));
    if others
        .into_iter()
        .any(|value| value.as_elements().is_none_or(|elements| !elements.is_empty()))
    {
        return None;
    }
    let mut document = Map::new();
    document.insert(
        "Version".into(),
        match body.get("version") {
            None => "2012-10-17".into(),
            Some(version) => Json::String(holes.text(version)?),
        },
    );
    if let Some(id) = body.get("policy_id") {
        document.insert("Id".into(), Json::String(holes.text(id)?));
    }
    let mut statements: Vec<Json> = Vec::new();
    for block in certain(body, "statement")? {
        statements.push(statement(&block.body, holes)?);
    }
    if !statements.is_empty() {
        document.insert("Statement".into(), Json::Array(statements));
    }
    Some(Json::Object(document))
}

fn statement(body: &BodyValue, holes: &mut Holes) -> Option<Json> {
    let mut statement = Map::new();
    if let Some(sid) = body.get("sid").filter(|sid| **sid != Value::string("")) {
        statement.insert("Sid".into(), Json::String(holes.text(sid)?));
    }
    let effect = match body.get("effect") {
        None => "Allow".into(),
        Some(effect) => holes.text(effect)?,
    };
    statement.insert("Effect".into(), Json::String(effect));
    for (argument, name) in LISTS {
        let texts = texts(body, argument, holes)?;
        if !texts.is_empty() {
            statement.insert(name.into(), sorted(texts));
        }
    }
    for (block, name) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        let principals = principals(body, block, holes)?;
        statement.extend(principals.map(|principals| (name.to_owned(), principals)));
    }
    let conditions = conditions(body, holes)?;
    if !conditions.is_empty() {
        statement.insert("Condition".into(), json!(conditions));
    }
    Some(Json::Object(statement))
}

fn principals(body: &BodyValue, block: &str, holes: &mut Holes) -> Option<Option<Json>> {
    let mut by_type: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let blocks = certain(body, block)?;
    for block in &blocks {
        let kind = holes.text(block.body.get("type")?)?;
        by_type.entry(kind).or_default().extend(texts(&block.body, "identifiers", holes)?);
    }
    // Anybody of any type is written as a bare star.
    let anybody = blocks.len() == 1 && by_type.get("*").is_some_and(|ids| ids.as_slice() == ["*"]);
    Some(match by_type.is_empty() {
        true => None,
        false if anybody => Some("*".into()),
        false => Some(json!(
            by_type.into_iter().map(|(kind, ids)| (kind, sorted(ids))).collect::<BTreeMap<_, _>>()
        )),
    })
}

/// The conditions by operator and key; values keep their order.
fn conditions(
    body: &BodyValue,
    holes: &mut Holes,
) -> Option<BTreeMap<String, BTreeMap<String, Json>>> {
    let mut by_operator: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for block in certain(body, "condition")? {
        let operator = holes.text(block.body.get("test")?)?;
        let key = holes.text(block.body.get("variable")?)?;
        let values = texts(&block.body, "values", holes)?;
        by_operator.entry(operator).or_default().entry(key).or_default().extend(values);
    }
    let of_key = |(key, values): (String, Vec<String>)| (key, one_or_many(values));
    Some(
        by_operator
            .into_iter()
            .map(|(operator, keys)| (operator, keys.into_iter().map(of_key).collect()))
            .collect(),
    )
}

/// The blocks of a type, if it is known which there are.
fn certain(body: &BodyValue, kind: &str) -> Option<Vec<BlockValue>> {
    let blocks = body.nested(kind);
    blocks.iter().all(|block| block.multiplicity == Multiplicity::One).then_some(blocks)
}

/// The texts of a list, with `&{` for the `${` that Terraform would take for its own.
fn texts(body: &BodyValue, argument: &str, holes: &mut Holes) -> Option<Vec<String>> {
    let Some(value) = body.get(argument) else { return Some(Vec::new()) };
    let texts: Option<Vec<_>> =
        value.as_elements()?.iter().map(|element| holes.text(element)).collect();
    texts.map(|texts| texts.into_iter().map(|text| text.replace("&{", "${")).collect())
}

/// A set as the provider writes it: backwards, and one alone without a list.
fn sorted(mut texts: Vec<String>) -> Json {
    texts.sort_by(|a, b| b.cmp(a));
    texts.dedup();
    one_or_many(texts)
}

fn one_or_many(mut texts: Vec<String>) -> Json {
    match texts.len() {
        1 => Json::String(texts.swap_remove(0)),
        _ => json!(texts),
    }
}

/// The provider's JSON is safe to put into a web page.
fn escape_for_html(json: &str) -> String {
    json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

/// The unknown parts of a document, each behind a mark in its text.
#[derive(Default)]
struct Holes(Vec<Unknown>);

/// Marks the place of an unknown part. It is no character, so no text of a user has it, and JSON needs no escape for it.
const MARK: char = '\u{fdd0}';

impl Holes {
    /// A text in which marks stand for what is not known.
    fn text(&mut self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => (!text.contains(MARK)).then(|| text.to_string()),
            Value::Bool(bool) => Some(bool.to_string()),
            Value::Number(number) => Some(number.to_string()),
            Value::Unknown(Unknown::Text(parts)) => {
                let mut text = String::new();
                for part in parts.iter() {
                    match part {
                        TextPart::Known(known) if known.contains(MARK) => return None,
                        TextPart::Known(known) => text.push_str(known),
                        TextPart::Unknown(unknown) => text.push_str(&self.mark(unknown)),
                    }
                }
                Some(text)
            }
            Value::Unknown(unknown) => Some(self.mark(unknown)),
            _ => None,
        }
    }

    fn mark(&mut self, unknown: &Unknown) -> String {
        self.0.push(unknown.clone());
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// The text with the unknown parts in the place of their marks.
    fn fill(&self, text: &str) -> Value {
        Unknown::text(text.split(MARK).enumerate().map(|(at, piece)| {
            // Marks come in pairs: every second piece is between two.
            match piece
                .parse::<usize>()
                .ok()
                .filter(|_| at % 2 == 1)
                .and_then(|hole| self.0.get(hole))
            {
                Some(unknown) => TextPart::Unknown(unknown.clone()),
                None => TextPart::Known(piece.into()),
            }
        }))
    }
}
