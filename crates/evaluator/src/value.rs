//! Values as Terraform has them, and the ways in which they can be unknown.
//!
//! Marks are not kept: what is `sensitive` has its value as in a plan's JSON, `ephemeral` variables and outputs are like others, and whether Terraform would refuse
//! to hand a marked value on is not looked at. `issensitive` is unknown for that reason. What an `ephemeral` block reads is unknown.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::{Number, TextPart, Tri, Unknown};

/// The nodes that a value may have to be walked.
const MOST_NODES: usize = 1_000_000;

/// How deep collections may be inside each other in a value that is walked.
const MOST_DEPTH: usize = 256;

/// The pairs of nodes that one comparison looks at. Alternatives inside alternatives are compared each with each.
const MOST_COMPARISONS: usize = 2 * MOST_NODES;

/// What stands for the unknowns of a value that cannot be walked.
static TOO_LARGE: Unknown = Unknown::Error;

/// A value of an expression.
///
/// Collections are shared: cloning a value never copies elements.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`: for an argument, the same as leaving it out.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(SmolStr),
    /// A list: elements of one type.
    List(Arc<Vec<Value>>),
    /// A set: sorted, without two elements that are certainly equal.
    Set(Arc<Vec<Value>>),
    /// A map: values of one type.
    Map(Arc<BTreeMap<SmolStr, Value>>),
    /// A tuple: `[…]` before any conversion.
    Tuple(Arc<Vec<Value>>),
    /// An object: `{…}` before any conversion, or a resource instance.
    Object(Arc<Object>),
    /// Not known, with the reason.
    Unknown(Unknown),
}

/// The attributes of an object value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    /// What is known to be there; the values may be unknown.
    pub attributes: BTreeMap<SmolStr, Value>,
    /// Present if the object has more attributes than these: what those are. A resource instance has all the attributes of
    /// its schema, of which the code writes only some.
    pub rest: Option<Unknown>,
}

impl Value {
    /// A string value.
    pub fn string(text: impl Into<SmolStr>) -> Self {
        Self::String(text.into())
    }

    /// A number value.
    pub fn number(number: impl Into<Number>) -> Self {
        Self::Number(number.into())
    }

    /// A tuple value.
    #[must_use]
    pub fn tuple(elements: Vec<Self>) -> Self {
        Self::Tuple(Arc::new(elements))
    }

    /// A list value, whose elements the caller made one type.
    #[must_use]
    pub fn list(elements: Vec<Self>) -> Self {
        Self::List(Arc::new(elements))
    }

    /// A map value, whose elements the caller made one type.
    #[must_use]
    pub fn map(elements: BTreeMap<SmolStr, Self>) -> Self {
        Self::Map(Arc::new(elements))
    }

    /// An object value with exactly these attributes.
    #[must_use]
    pub fn object(attributes: BTreeMap<SmolStr, Self>) -> Self {
        Self::Object(Arc::new(Object { attributes, rest: None }))
    }

    /// The value, with another one in the place of `null`: also where it is only perhaps `null`.
    #[must_use]
    pub fn unless_null(&self, other: impl Fn() -> Self) -> Self {
        match self {
            Self::Null => other(),
            Self::Unknown(Unknown::OneOf(arms)) if arms.iter().any(Self::is_null) => {
                Unknown::one_of(
                    arms.iter().map(|arm| if arm.is_null() { other() } else { arm.clone() }),
                )
            }
            value => value.clone(),
        }
    }

    /// How many nodes it has, at most as many as can be walked.
    #[must_use]
    pub fn nodes(&self) -> usize {
        let mut left = MOST_NODES;
        walk(self, MOST_DEPTH, &mut left, &mut |_| true);
        MOST_NODES - left
    }

    /// Whether the value itself is known; its elements may not be.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// Whether it is known and `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the value can be walked from end to end: it has a bearable number of nodes, and a bearable depth.
    ///
    /// Elements are shared, so that a list of the same list twice, thirty times over, costs nothing to make and everything to walk.
    /// Whoever walks a value asks this first; a value that cannot be walked counts as unknown.
    #[must_use]
    pub fn is_walkable(&self) -> bool {
        walk(self, MOST_DEPTH, &mut MOST_NODES.clone(), &mut |_| true)
    }

    /// Whether it has at most so many nodes, and not more than so many inside each other.
    pub(crate) fn is_within(&self, mut nodes: usize, depth: usize) -> bool {
        walk(self, depth, &mut nodes, &mut |_| true)
    }

    /// The first unknown inside it, at any depth. A value that is too large to be walked has one.
    #[must_use]
    pub fn first_unknown(&self) -> Option<&Unknown> {
        let mut found = None;
        let walked = walk(self, MOST_DEPTH, &mut MOST_NODES.clone(), &mut |value| {
            found = match value {
                Self::Unknown(unknown) => Some(unknown),
                Self::Object(object) => object.rest.as_ref(),
                _ => None,
            };
            found.is_none()
        });
        if walked || found.is_some() { found } else { Some(&TOO_LARGE) }
    }

    /// Whether it and everything inside it is known.
    #[must_use]
    pub fn is_wholly_known(&self) -> bool {
        self.first_unknown().is_none()
    }

    /// The text of a known string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// A known boolean, also written as a string, as providers convert it.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(bool) => Some(*bool),
            Self::String(text) => match text.as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A known number, also written as a string, as providers convert it.
    #[must_use]
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::String(text) => Number::parse(text),
            _ => None,
        }
    }

    /// The elements of a known list, set or tuple.
    #[must_use]
    pub fn as_elements(&self) -> Option<&[Self]> {
        match self {
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => Some(elements),
            _ => None,
        }
    }

    /// The keys and values of a known map or object. An object's further attributes are not among them.
    #[must_use]
    pub fn as_entries(&self) -> Option<&BTreeMap<SmolStr, Self>> {
        match self {
            Self::Map(entries) => Some(entries),
            Self::Object(object) => Some(&object.attributes),
            _ => None,
        }
    }

    /// What the values that this one may be are: the arms of a condition that is not known, otherwise itself.
    #[must_use]
    pub fn alternatives(&self) -> &[Self] {
        match self {
            Self::Unknown(Unknown::OneOf(arms)) => arms,
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether two values are equal as `==` compares them, where that can be said.
    #[must_use]
    pub fn equals(&self, other: &Self) -> Tri {
        if self.is_walkable() && other.is_walkable() {
            self.equals_within(other, &mut MOST_COMPARISONS.clone())
        } else {
            Tri::Unknown
        }
    }

    fn equals_within(&self, other: &Self, left: &mut usize) -> Tri {
        let Some(rest) = left.checked_sub(1) else { return Tri::Unknown };
        *left = rest;
        match (self, other) {
            (Self::Unknown(a), Self::Unknown(b)) if a.certainly_equals(b) => Tri::Yes,
            (Self::Unknown(a), Self::Unknown(b)) if a.certainly_differs(b) => Tri::No,
            (Self::Unknown(Unknown::OneOf(arms)), one)
            | (one, Self::Unknown(Unknown::OneOf(arms))) => {
                let answers: Vec<_> = arms.iter().map(|arm| arm.equals_within(one, left)).collect();
                match answers.first() {
                    Some(first) if answers.iter().all(|answer| answer == first) => *first,
                    _ => Tri::Unknown,
                }
            }
            (Self::Unknown(Unknown::Text(parts)), Self::String(text))
            | (Self::String(text), Self::Unknown(Unknown::Text(parts))) => {
                if crate::unknown::can_be(parts, text) { Tri::Unknown } else { Tri::No }
            }
            (Self::Unknown(_), _) | (_, Self::Unknown(_)) => Tri::Unknown,
            (Self::Null, Self::Null) => Tri::Yes,
            (Self::Bool(a), Self::Bool(b)) => (a == b).into(),
            (Self::Number(a), Self::Number(b)) => (a == b).into(),
            (Self::String(a), Self::String(b)) => (a == b).into(),
            (Self::List(a), Self::List(b)) | (Self::Tuple(a), Self::Tuple(b)) => {
                equal_elements(a, b, left)
            }
            (Self::Set(a), Self::Set(b)) => equal_sets(a, b, left),
            (Self::Map(a), Self::Map(b)) => equal_entries(a, b, left),
            (Self::Object(a), Self::Object(b)) => {
                if a.rest.is_some() || b.rest.is_some() {
                    Tri::Unknown
                } else {
                    equal_entries(&a.attributes, &b.attributes, left)
                }
            }
            // Values of different types are never equal: `==` does not convert.
            _ => Tri::No,
        }
    }
}

/// Visits a value and everything inside it, from the outside, until a visit says `false`; `false` too if it is too large or too deep.
fn walk<'v>(
    value: &'v Value,
    depth: usize,
    nodes: &mut usize,
    visit: &mut dyn FnMut(&'v Value) -> bool,
) -> bool {
    let (Some(depth), Some(rest)) = (depth.checked_sub(1), nodes.checked_sub(1)) else {
        return false;
    };
    *nodes = rest;
    if !visit(value) {
        return false;
    }
    let inside = |value| walk(value, depth, nodes, visit);
    match value {
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            elements.iter().all(inside)
        }
        Value::Map(entries) => entries.values().all(inside),
        Value::Object(object) => object.attributes.values().all(inside),
        Value::Unknown(unknown) => walk_unknown(unknown, depth, nodes, visit),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Goes on with the values that an unknown one may be or is made of, and counts the unknown ones that it is computed from.
fn walk_unknown<'v>(
    unknown: &'v Unknown,
    depth: usize,
    nodes: &mut usize,
    visit: &mut dyn FnMut(&'v Value) -> bool,
) -> bool {
    let (Some(depth), Some(rest)) = (depth.checked_sub(1), nodes.checked_sub(1)) else {
        return false;
    };
    *nodes = rest;
    match unknown {
        Unknown::OneOf(arms) => arms.iter().all(|arm| walk(arm, depth, nodes, visit)),
        Unknown::Derived(causes) => {
            causes.iter().all(|cause| walk_unknown(cause, depth, nodes, visit))
        }
        Unknown::Text(parts) => parts.iter().all(|part| match part {
            TextPart::Known(_) => true,
            TextPart::Unknown(unknown) => walk_unknown(unknown, depth, nodes, visit),
        }),
        _ => true,
    }
}

fn equal_elements(a: &[Value], b: &[Value], left: &mut usize) -> Tri {
    if a.len() != b.len() {
        return Tri::No;
    }
    Tri::all(a.iter().zip(b).map(|(a, b)| a.equals_within(b, left)))
}

fn equal_sets(a: &[Value], b: &[Value], left: &mut usize) -> Tri {
    let known = |set: &[Value]| set.iter().all(Value::is_wholly_known);
    if known(a) && known(b) { equal_elements(a, b, left) } else { Tri::Unknown }
}

fn equal_entries(
    a: &BTreeMap<SmolStr, Value>,
    b: &BTreeMap<SmolStr, Value>,
    left: &mut usize,
) -> Tri {
    if a.len() != b.len() || !a.keys().eq(b.keys()) {
        return Tri::No;
    }
    Tri::all(a.values().zip(b.values()).map(|(a, b)| a.equals_within(b, left)))
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}
