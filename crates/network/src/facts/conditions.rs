//! Conditions on which it depends what a workload needs: each has a name and says what to read and what it must be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::table::rows;

/// A way in which a condition may hold for a resource type.
#[derive(Debug)]
pub(crate) struct Condition {
    /// The way from the workload to the resource that decides; empty if it does itself.
    pub(crate) via: Vec<Step>,
    /// The arguments that decide, any of them.
    pub(crate) paths: Vec<Vec<String>>,
    /// What they must be.
    pub(crate) test: Test,
    /// What they are if they are left out.
    pub(crate) default: Default,
    /// The condition as part of a sentence: "a container logs with `awslogs`".
    pub(crate) says: String,
}

/// A step from one resource to another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the one that an argument names.
    To {
        /// The arguments, any of them.
        paths: Vec<Vec<String>>,
        /// The type of the other resource.
        kind: String,
        /// The argument by which it may be named apart from its id.
        name: String,
    },
    /// To those that name this one.
    From {
        /// The type of the other resources.
        kind: String,
        /// Their argument.
        path: Vec<String>,
        /// The argument of this one that the other may repeat.
        name: Option<String>,
    },
}

/// What the values at a path must be. It is enough that one of them is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// Like the first pattern that fits says.
    Matches(Vec<Pattern>),
    /// There, whatever they are.
    Given,
    /// A version from this one on, or one of these words.
    AtLeast(String, Vec<String>),
    /// A version before this one.
    Below(String),
    /// The region of the resource is one of these.
    Region(Vec<String>),
    /// Nothing is asked.
    Always,
    /// It never holds.
    Never,
    /// The code does not decide it.
    Unknown,
}

/// A pattern for a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Whether what fits holds.
    pub(crate) holds: bool,
    /// What fits.
    pub(crate) fits: Fits,
}

/// What a pattern fits.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fits {
    /// Text: `**` stands for any, `*` for any without `/` and `:`.
    Text(String),
    /// Attributes of resources of a type that begin like this; all if it is empty.
    Attribute(String, String),
}

/// What an argument is that is left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Default {
    /// Nothing.
    Nothing,
    /// This.
    Text(String),
    /// Decided elsewhere.
    Unknown,
}

/// The ways in which a condition may hold for a resource type.
pub(crate) fn condition(name: &str, kind: &str) -> &'static [Condition] {
    let found = conditions().get(name).and_then(|by_kind| by_kind.get(kind));
    found.map_or(&[], Vec::as_slice)
}

/// The resource types that decide conditions.
pub(crate) fn deciding_types() -> &'static BTreeSet<&'static str> {
    static TYPES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let all = conditions().values().flat_map(BTreeMap::values).flatten();
        all.flat_map(|condition| &condition.via)
            .map(|step| match step {
                Step::To { kind, .. } | Step::From { kind, .. } => kind.as_str(),
            })
            .collect()
    })
}

const TABLE: &str = include_str!("../../facts/conditions.csv");

type ByName = BTreeMap<String, BTreeMap<String, Vec<Condition>>>;

fn conditions() -> &'static ByName {
    static CONDITIONS: OnceLock<ByName> = OnceLock::new();
    CONDITIONS.get_or_init(|| {
        let mut found = ByName::new();
        for row in rows(TABLE) {
            let Some(test) = Test::of(row.get("test"), row.list("values")) else { continue };
            let condition = Condition {
                via: row.get("via").split(", ").filter_map(Step::of).collect(),
                paths: paths(row.get("path")),
                test,
                default: match row.get("default") {
                    "" => Default::Nothing,
                    "?" => Default::Unknown,
                    text => Default::Text(text.into()),
                },
                says: row.get("says").into(),
            };
            let by_kind = found.entry(row.get("condition").into()).or_default();
            by_kind.entry(row.get("type").into()).or_default().push(condition);
        }
        found
    })
}

fn paths(text: &str) -> Vec<Vec<String>> {
    text.split('|').filter(|path| !path.is_empty()).map(path).collect()
}

fn path(text: &str) -> Vec<String> {
    text.split('.').map(Into::into).collect()
}

impl Step {
    /// `argument|argument>type.name` or `<type.argument=name`.
    fn of(text: &str) -> Option<Self> {
        if let Some(from) = text.strip_prefix('<') {
            let (from, name) = match from.split_once('=') {
                Some((from, name)) => (from, Some(name.into())),
                None => (from, None),
            };
            let (kind, argument) = from.split_once('.')?;
            return Some(Self::From { kind: kind.into(), path: path(argument), name });
        }
        let (arguments, to) = text.split_once('>')?;
        let (kind, name) = to.split_once('.')?;
        Some(Self::To { paths: paths(arguments), kind: kind.into(), name: name.into() })
    }
}

impl Test {
    fn of<'v>(name: &str, mut values: impl Iterator<Item = &'v str>) -> Option<Self> {
        Some(match name {
            "matches" => Self::Matches(values.map(Pattern::of).collect()),
            "given" => Self::Given,
            "at least" => Self::AtLeast(values.next()?.into(), values.map(Into::into).collect()),
            "below" => Self::Below(values.next()?.into()),
            "region" => Self::Region(values.map(Into::into).collect()),
            "always" => Self::Always,
            "never" => Self::Never,
            "unknown" => Self::Unknown,
            _ => return None,
        })
    }
}

impl Pattern {
    /// Text, `@type.attribute`, either of them with `!` in front.
    fn of(text: &str) -> Self {
        let (holds, text) = match text.strip_prefix('!') {
            Some(rest) => (false, rest),
            None => (true, text),
        };
        let fits = match text.strip_prefix('@') {
            Some(attribute) => {
                let (kind, path) = attribute.split_once('.').unwrap_or((attribute, ""));
                Fits::Attribute(kind.into(), path.into())
            }
            None => Fits::Text(text.into()),
        };
        Self { holds, fits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        let mut count = 0;
        for row in rows(TABLE) {
            count += 1;
            let name = row.get("condition");
            assert!(Test::of(row.get("test"), row.list("values")).is_some(), "{name}");
            for step in row.get("via").split(", ").filter(|step| !step.is_empty()) {
                assert!(Step::of(step).is_some(), "{step}");
            }
            for column in ["says", "source", "date"] {
                assert!(!row.get(column).is_empty(), "{column} of {name}");
            }
        }
        assert_eq!(count + 1, TABLE.lines().count());
    }
}
