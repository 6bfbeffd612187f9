//! Comparing a value of ours with the plan's.

use privatelint_evaluator::{Value, functions};
use serde_json::Value as Json;

/// How many attributes agree, and what is to be said of the others.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) agree: usize,
    pub(crate) unknown: Vec<Note>,
    pub(crate) contradict: Vec<Note>,
}

/// Something that does not agree, and where.
pub(crate) struct Note {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Count {
    fn unknown(&mut self, path: &str, text: impl Into<String>) {
        self.unknown.push(Note { path: path.to_owned(), text: text.into() });
    }

    fn contradiction(&mut self, path: &str, text: impl Into<String>) {
        self.contradict.push(Note { path: path.to_owned(), text: text.into() });
    }
}

/// Compares a value of ours with the plan's; `true` in an unknown tree means that this side does not know.
pub(crate) fn value(
    path: &str,
    ours: &Json,
    our_unknown: &Json,
    theirs: &Json,
    their_unknown: &Json,
    count: &mut Count,
) {
    if their_unknown == &Json::Bool(true) {
        return;
    }
    if our_unknown == &Json::Bool(true) {
        count.unknown(path, format!("the plan says {theirs}"));
        return;
    }
    match (ours, theirs) {
        (Json::Object(ours), Json::Object(theirs)) => {
            for (name, ours) in ours {
                let Some(their) = theirs.get(name) else { continue };
                let at = |tree: &Json| tree.get(name).cloned().unwrap_or(Json::Null);
                value(
                    &format!("{path}.{name}"),
                    ours,
                    &at(our_unknown),
                    their,
                    &at(their_unknown),
                    count,
                );
            }
        }
        (Json::Array(ours), Json::Array(theirs)) => {
            elements(path, ours, our_unknown, theirs, their_unknown, count);
        }
        // A nested block that the schema holds as one object.
        (Json::Array(one), Json::Object(_)) if one.len() == 1 => {
            let at = |tree: &Json| tree.get(0).cloned().unwrap_or(Json::Null);
            for ours in one {
                value(path, ours, &at(our_unknown), theirs, their_unknown, count);
            }
        }
        (Json::Null, _) => {}
        _ if same(path, ours, theirs) => count.agree += 1,
        _ => {
            count.contradiction(path, format!("we say {ours}, the plan says {theirs}"));
        }
    }
}

/// Lists, and sets, whose order a plan chooses itself.
fn elements(
    path: &str,
    ours: &[Json],
    our_unknown: &Json,
    theirs: &[Json],
    their_unknown: &Json,
    count: &mut Count,
) {
    let tree = |trees: &Json, at: usize| trees.get(at).cloned().unwrap_or(Json::Null);
    let undecided = ours.len() != theirs.len() && contains_unknown(our_unknown);
    if undecided {
        count.unknown(path, format!("the plan has {} elements", theirs.len()));
        return;
    }
    if scalars(ours)
        && scalars(theirs)
        && !contains_unknown(our_unknown)
        && !contains_unknown(their_unknown)
    {
        let sorted = |list: &[Json]| {
            let mut texts: Vec<String> = list.iter().map(text).collect();
            texts.sort();
            texts.dedup();
            texts
        };
        if sorted(ours) == sorted(theirs) {
            count.agree += 1;
        } else {
            count.contradiction(path, format!("we say {ours:?}, the plan says {theirs:?}"));
        }
        return;
    }
    let mut left: Vec<usize> = (0..theirs.len()).collect();
    for (at, our) in ours.iter().enumerate() {
        // The element that contradicts least is the one that is meant.
        let trial = |other: &usize| {
            let mut trial = Count::default();
            let their = theirs.get(*other).unwrap_or(&Json::Null);
            value(
                path,
                our,
                &tree(our_unknown, at),
                their,
                &tree(their_unknown, *other),
                &mut trial,
            );
            (trial.contradict.len(), trial.unknown.len(), usize::abs_diff(at, *other))
        };
        let Some(best) = left.iter().copied().min_by_key(trial) else {
            count.contradiction(path, format!("the plan has only {} elements", theirs.len()));
            return;
        };
        left.retain(|other| *other != best);
        let their = theirs.get(best).unwrap_or(&Json::Null);
        value(
            &format!("{path}[{at}]"),
            our,
            &tree(our_unknown, at),
            their,
            &tree(their_unknown, best),
            count,
        );
    }
}

fn scalars(list: &[Json]) -> bool {
    list.iter().all(|element| !element.is_object() && !element.is_array())
}

fn contains_unknown(tree: &Json) -> bool {
    match tree {
        Json::Bool(unknown) => *unknown,
        Json::Array(trees) => trees.iter().any(contains_unknown),
        Json::Object(trees) => trees.values().any(contains_unknown),
        _ => false,
    }
}

/// Equal after what the provider makes of what is written: it converts strings, numbers and bools to what its schema says, writes JSON anew, keeps
/// no empty collections, writes protocols in lower case and names of zones without the dot at their end, keeps the hash of user data and a key without its line end.
fn same(path: &str, ours: &Json, theirs: &Json) -> bool {
    if ours == theirs || text(ours) == text(theirs) || is_empty(ours) && is_empty(theirs) {
        return true;
    }
    if path.ends_with("protocol") && text(ours).eq_ignore_ascii_case(&text(theirs)) {
        return true;
    }
    if path.ends_with(".name") && text(ours).trim_end_matches('.') == text(theirs) {
        return true;
    }
    if let (Some(a), Some(b)) = (ours.as_f64(), theirs.as_f64()) {
        return a == b;
    }
    if path.ends_with(".public_key") && text(ours).trim() == text(theirs) {
        return true;
    }
    if path.ends_with(".user_data") && hash(&text(ours)).as_deref() == theirs.as_str() {
        return true;
    }
    let document =
        |json: &Json| json.as_str().and_then(|text| serde_json::from_str::<Json>(text).ok());
    matches!((document(ours), document(theirs)), (Some(a), Some(b)) if a == b)
}

pub(crate) fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Array(elements) => elements.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

/// What the provider keeps of a text that may be long.
fn hash(text: &str) -> Option<String> {
    let hash = functions::call("sha1", &[Value::string(text)]).ok()?;
    hash.as_str().map(str::to_owned)
}

fn text(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
