//! One type for several values.
//!
//! The type of a value that is not known, or is `null`, is taken to be that of the others.

use std::collections::BTreeMap;

use super::convert_small;
use crate::types::{Field, Type};
use crate::{Unknown, Value};

/// The nodes of a value that gets the type of others.
const MOST_NODES: usize = 50_000;

/// How deep such a value may be: for each level what is inside is looked at once more.
const MOST_LEVELS: usize = 12;

/// The nodes of a deeper one.
const MOST_NODES_IF_DEEP: usize = 2_000;

/// The values made one type, as the arms of a conditional or the elements of a list are; unchanged if there is no such type.
#[must_use]
pub fn unify(values: Vec<Value>) -> Vec<Value> {
    unified(&values).unwrap_or(values)
}

/// Why values are not made one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotUnified {
    /// There is no such type, whatever their unknowns turn out to be.
    Different,
    /// There may be one: they are too large to look for it, or the type of something in them is not known.
    Unclear,
}

/// The values made one type.
pub(crate) fn unified(values: &[Value]) -> Result<Vec<Value>, NotUnified> {
    let same_primitive = values.windows(2).all(|pair| {
        matches!(
            pair,
            [Value::String(_), Value::String(_)]
                | [Value::Number(_), Value::Number(_)]
                | [Value::Bool(_), Value::Bool(_)]
        )
    });
    if same_primitive {
        return Ok(values.to_vec());
    }
    let is_bearable = |value: &Value| {
        value.is_within(MOST_NODES, MOST_LEVELS) || value.is_within(MOST_NODES_IF_DEEP, usize::MAX)
    };
    if !values.iter().all(is_bearable) {
        return Err(NotUnified::Unclear);
    }
    // What attributes an open object has is not known: no type keeps them all.
    if values.iter().any(has_open_object) {
        return Ok(values.to_vec());
    }
    let Some(ty) = common(values.iter().map(type_of).collect()) else {
        let is_open = values.iter().any(has_open_type);
        return Err(if is_open { NotUnified::Unclear } else { NotUnified::Different });
    };
    let converted = values.iter().map(|value| convert_small(value, &ty));
    converted.collect::<Result<_, _>>().map_err(|_| NotUnified::Different)
}

fn has_open_object(value: &Value) -> bool {
    match value {
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            elements.iter().any(has_open_object)
        }
        Value::Map(entries) => entries.values().any(has_open_object),
        Value::Object(object) => {
            object.rest.is_some() || object.attributes.values().any(has_open_object)
        }
        Value::Unknown(Unknown::OneOf(arms)) => arms.iter().any(has_open_object),
        _ => false,
    }
}

/// Whether the type of something in a value is not known. Numbers and bools have no type in common, and with a string among them they have.
fn has_open_type(value: &Value) -> bool {
    match value {
        Value::Null | Value::Unknown(_) => true,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        Value::List(elements) | Value::Set(elements) => {
            elements.is_empty() || elements.iter().any(has_open_type)
        }
        Value::Map(entries) => entries.is_empty() || entries.values().any(has_open_type),
        Value::Tuple(elements) => elements.iter().any(has_open_type),
        Value::Object(object) => {
            object.rest.is_some() || object.attributes.values().any(has_open_type)
        }
    }
}

/// The type of a value; `any` for what is not known.
fn type_of(value: &Value) -> Type {
    // An empty collection has no element that tells; one without a common type is not made by anything.
    let of_elements =
        |elements: &[Value]| common(elements.iter().map(type_of).collect()).unwrap_or(Type::Any);
    match value {
        Value::Null => Type::Any,
        Value::Unknown(Unknown::Text(_)) => Type::String,
        Value::Unknown(Unknown::OneOf(arms)) => {
            common(arms.iter().map(type_of).collect()).unwrap_or(Type::Any)
        }
        Value::Unknown(_) => Type::Any,
        Value::Bool(_) => Type::Bool,
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::String,
        Value::List(elements) => Type::list(of_elements(elements)),
        Value::Set(elements) => Type::set(of_elements(elements)),
        Value::Map(entries) => {
            Type::map(common(entries.values().map(type_of).collect()).unwrap_or(Type::Any))
        }
        Value::Tuple(elements) => Type::Tuple(elements.iter().map(type_of).collect()),
        Value::Object(object) => Type::Object(
            object
                .attributes
                .iter()
                .map(|(name, value)| (name.clone(), Field::required(type_of(value))))
                .collect(),
        ),
    }
}

/// How many types there are of each kind that unifies in its own way.
#[derive(Default)]
struct Census {
    primitives: usize,
    lists: usize,
    sets: usize,
    maps: usize,
    tuples: usize,
    objects: usize,
}

/// The type that values of all these types can be converted to without surprise.
fn common(mut types: Vec<Type>) -> Option<Type> {
    types.retain(|ty| *ty != Type::Any);
    let Some(first) = types.first() else { return Some(Type::Any) };
    if types.iter().all(|ty| ty == first) {
        return types.pop();
    }
    let mut census = Census::default();
    for ty in &types {
        match ty {
            Type::List(_) => census.lists += 1,
            Type::Set(_) => census.sets += 1,
            Type::Map(_) => census.maps += 1,
            Type::Tuple(_) => census.tuples += 1,
            Type::Object(_) => census.objects += 1,
            Type::Any | Type::Bool | Type::Number | Type::String => census.primitives += 1,
        }
    }
    let all = types.len();
    if census.primitives == all {
        // Numbers and bools both become strings, but never each other.
        return types.contains(&Type::String).then_some(Type::String);
    }
    if census.objects == all {
        return common_object(&types);
    }
    if census.tuples == all {
        return common_tuple(&types);
    }
    if census.maps + census.objects == all {
        return elements_of(&types).map(Type::map);
    }
    if census.lists + census.tuples + census.sets == all {
        let element = elements_of(&types)?;
        return Some(if census.lists > 0 { Type::list(element) } else { Type::set(element) });
    }
    None
}

/// One type for the elements of all these types.
fn elements_of(types: &[Type]) -> Option<Type> {
    let mut elements = Vec::new();
    for ty in types {
        match ty {
            Type::List(element) | Type::Set(element) | Type::Map(element) => {
                elements.push(element.as_ref().clone());
            }
            Type::Tuple(inner) => elements.extend(inner.iter().cloned()),
            Type::Object(fields) => elements.extend(fields.values().map(|f| f.ty.clone())),
            Type::Any | Type::Bool | Type::Number | Type::String => {}
        }
    }
    common(elements)
}

/// Objects with the same attributes stay objects; otherwise they are maps, if their attributes have one type.
fn common_object(types: &[Type]) -> Option<Type> {
    let fields: Vec<&BTreeMap<_, Field>> = types
        .iter()
        .filter_map(|ty| match ty {
            Type::Object(fields) => Some(fields),
            _ => None,
        })
        .collect();
    let first = fields.first()?;
    if fields.iter().any(|other| !other.keys().eq(first.keys())) {
        return elements_of(types).map(Type::map);
    }
    let mut result = BTreeMap::new();
    for name in first.keys() {
        let across = fields.iter().filter_map(|fields| fields.get(name)).map(|f| f.ty.clone());
        result.insert(name.clone(), Field::required(common(across.collect())?));
    }
    Some(Type::Object(result))
}

/// Tuples of the same length stay tuples; otherwise they are lists, if their elements have one type.
fn common_tuple(types: &[Type]) -> Option<Type> {
    let tuples: Vec<&Vec<Type>> = types
        .iter()
        .filter_map(|ty| match ty {
            Type::Tuple(elements) => Some(elements),
            _ => None,
        })
        .collect();
    let first = tuples.first()?;
    if tuples.iter().any(|other| other.len() != first.len()) {
        return elements_of(types).map(Type::list);
    }
    let mut result = Vec::new();
    for at in 0..first.len() {
        let across = tuples.iter().filter_map(|tuple| tuple.get(at).cloned());
        result.push(common(across.collect())?);
    }
    Some(Type::Tuple(result))
}
