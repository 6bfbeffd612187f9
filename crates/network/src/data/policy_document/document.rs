//! A policy document as the provider holds it: how documents merge, and how one is written.

use serde_json::{Map, Value as Json, json};

use super::holes::MARK;
use super::{Sorted, one_or_many};

/// A policy document.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) version: String,
    /// `Id`; empty if there is none.
    pub(super) id: String,
    pub(super) statements: Vec<Statement>,
}

/// A statement of a document.
#[derive(Debug)]
pub(super) struct Statement {
    /// `Sid`; empty if there is none.
    pub(super) sid: String,
    /// Everything behind it.
    pub(super) rest: Map<String, Json>,
}

impl Document {
    /// Adds another document: its statements take the places of those with the same id. `None` if an id is not known that may
    /// be that of another statement.
    pub(super) fn merge(&mut self, other: Self) -> Option<()> {
        if !other.id.is_empty() {
            self.id = other.id;
        }
        // Versions are dates: the later one is greater.
        if other.version > self.version {
            if self.version.contains(MARK)
                || other.version.contains(MARK) && !self.version.is_empty()
            {
                return None;
            }
            self.version = other.version;
        }
        let before = self.statements.len();
        for statement in other.statements {
            let (earlier, _) = self.statements.split_at_checked(before)?;
            let doubtful = |sid: &str| sid.contains(MARK);
            let undecided = !statement.sid.is_empty()
                && earlier.iter().any(|other| {
                    !other.sid.is_empty() && (doubtful(&other.sid) || doubtful(&statement.sid))
                });
            if undecided {
                return None;
            }
            let same = self
                .statements
                .iter_mut()
                .find(|other| !statement.sid.is_empty() && other.sid == statement.sid);
            match same {
                Some(same) => *same = statement,
                None => self.statements.push(statement),
            }
        }
        Some(())
    }

    /// Whether a statement of both has the same id.
    pub(super) fn shares_a_sid_with(&self, other: &Self) -> bool {
        let mut sids = other.statements.iter().filter(|other| !other.sid.is_empty());
        sids.any(|other| self.statements.iter().any(|own| own.sid == other.sid))
    }

    /// With a line for each part; `None` if it cannot be written.
    pub(super) fn pretty(&self) -> Option<String> {
        serde_json::to_string_pretty(&self.to_json()).ok().map(|json| escape(&json))
    }

    /// Without any space between its parts; `None` if it cannot be written.
    pub(super) fn minified(&self) -> Option<String> {
        serde_json::to_string(&self.to_json()).ok().map(|json| escape(&json))
    }

    fn to_json(&self) -> Json {
        let mut document = Map::new();
        for (name, text) in [("Version", &self.version), ("Id", &self.id)] {
            if !text.is_empty() {
                document.insert(name.into(), Json::String(text.clone()));
            }
        }
        if !self.statements.is_empty() {
            let statements = self.statements.iter().map(Statement::to_json).collect();
            document.insert("Statement".into(), Json::Array(statements));
        }
        Json::Object(document)
    }
}

impl Statement {
    fn to_json(&self) -> Json {
        let mut statement = Map::new();
        if !self.sid.is_empty() {
            statement.insert("Sid".into(), Json::String(self.sid.clone()));
        }
        statement.extend(self.rest.clone());
        Json::Object(statement)
    }
}

/// Principals as type and identifiers.
pub(super) fn principals(blocks: Vec<(String, Vec<String>)>) -> Json {
    // Anybody of any type is written as a bare star.
    if let [(kind, ids)] = blocks.as_slice()
        && kind == "*"
        && ids.as_slice() == ["*"]
    {
        return "*".into();
    }
    let mut by_type: Sorted<Json> = Sorted::new();
    for (kind, mut ids) in blocks {
        ids.sort_by(|a, b| b.cmp(a));
        match by_type.remove(&kind) {
            None => by_type.insert(kind, one_or_many(ids)),
            Some(before) => by_type.insert(kind, appended(before, ids)),
        };
    }
    json!(by_type)
}

/// A list that goes on with these texts.
pub(super) fn appended(before: Json, texts: Vec<String>) -> Json {
    let mut all = match before {
        Json::Array(all) => all,
        one => vec![one],
    };
    all.extend(texts.into_iter().map(Json::String));
    Json::Array(all)
}

/// Conditions as operator, key and values; the values of one key are together.
pub(super) fn conditions(conditions: Vec<(String, String, Vec<String>)>) -> Json {
    let mut by_operator: Sorted<Sorted<Vec<String>>> = Sorted::new();
    for (operator, key, values) in conditions {
        by_operator.entry(operator).or_default().entry(key).or_default().extend(values);
    }
    let written = by_operator.into_iter().map(|(operator, keys)| {
        let keys = keys.into_iter().map(|(key, values)| (key, one_or_many(values)));
        (operator, keys.collect::<Sorted<_>>())
    });
    json!(written.collect::<Sorted<_>>())
}

/// The provider's JSON is safe to put into a web page.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '&' | '<' | '>' | '\u{2028}' | '\u{2029}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    escaped
}
