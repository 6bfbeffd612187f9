//! The values at a path of arguments, through nested blocks, objects and documents.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{BodyValue, Multiplicity, Tri, Unknown, Value};

use super::document::document;
use crate::Doubt;

/// What stands at a path.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The values, `null` left out. Lists are not taken apart.
    pub(super) values: Vec<FoundValue>,
    /// Why there may be more; empty if these are all.
    pub(super) doubts: Vec<Doubt>,
}

/// A value at a path.
#[derive(Debug)]
pub(super) struct FoundValue {
    pub(super) value: Value,
    /// Unknown if a block or a document around it is perhaps not there.
    pub(super) there: Tri,
    pub(super) span: Span,
}

/// How deep a value is searched: a path has few steps, and lists may stand in lists between them.
const DEEPEST: usize = 32;

/// The values at a path in a body.
pub(super) fn read(body: &BodyValue, path: &[String]) -> Found {
    let mut found = Found::default();
    in_body(body, path, Tri::Yes, &mut found);
    found
}

/// The values at any of several paths.
pub(super) fn read_any(body: &BodyValue, paths: &[Vec<String>]) -> Found {
    let mut found = Found::default();
    for path in paths {
        in_body(body, path, Tri::Yes, &mut found);
    }
    found
}

impl Found {
    /// The values, with lists taken apart.
    pub(super) fn flat(self) -> Self {
        let mut flat = Self { values: Vec::new(), doubts: self.doubts };
        for found in self.values {
            let at = Place { there: found.there, span: found.span };
            in_value(&found.value, &[], at, DEEPEST, &mut flat);
        }
        flat
    }
}

#[derive(Debug, Clone, Copy)]
struct Place {
    there: Tri,
    span: Span,
}

fn in_body(body: &BodyValue, path: &[String], there: Tri, found: &mut Found) {
    let Some((step, rest)) = path.split_first() else { return };
    if let Some(attribute) = body.attributes.get(step.as_str()) {
        let at = Place { there, span: attribute.span };
        if rest.is_empty() {
            if !attribute.value.is_null() {
                let value = attribute.value.clone();
                found.values.push(FoundValue { value, there, span: at.span });
            }
        } else {
            in_value(&attribute.value, rest, at, DEEPEST, found);
        }
    }
    for block in body.blocks.iter().filter(|block| block.kind == step.as_str()) {
        let certain = block.multiplicity == Multiplicity::One;
        if !certain && block.body.attributes.is_empty() && block.body.blocks.is_empty() {
            found.doubts.push(Doubt::new(
                format!("what is in `{step}` is not known"),
                "give the variables in it a value with `--var` or `--var-file`",
                Some(block.span),
            ));
        }
        let there = there.and(if certain { Tri::Yes } else { Tri::Unknown });
        in_body(&block.body, rest, there, found);
    }
}

fn in_value(value: &Value, path: &[String], at: Place, depth: usize, found: &mut Found) {
    let Some(depth) = depth.checked_sub(1) else {
        found.doubts.push(Doubt::of_unknown(&Unknown::Error, Some(at.span)));
        return;
    };
    match (value, path.split_first()) {
        (Value::Null, _) => {}
        (Value::List(elements) | Value::Set(elements) | Value::Tuple(elements), _) => {
            for element in elements.iter() {
                in_value(element, path, at, depth, found);
            }
        }
        (value, None) => {
            found.values.push(FoundValue { value: value.clone(), there: at.there, span: at.span });
        }
        (Value::Map(entries), Some((step, rest))) => {
            if let Some(value) = entries.get(step.as_str()) {
                in_value(value, rest, at, depth, found);
            }
        }
        (Value::Object(object), Some((step, rest))) => {
            match (object.attributes.get(step.as_str()), &object.rest) {
                (Some(value), _) => in_value(value, rest, at, depth, found),
                (None, Some(unknown)) => {
                    found.doubts.push(Doubt::of_unknown(unknown, Some(at.span)));
                }
                (None, None) => {}
            }
        }
        (Value::Unknown(Unknown::OneOf(arms)), Some(_)) => {
            let at = Place { there: at.there.and(Tri::Unknown), ..at };
            for arm in arms.iter() {
                in_value(arm, path, at, depth, found);
            }
        }
        (value @ (Value::String(_) | Value::Unknown(_)), Some(_)) => match document(value) {
            Ok(Some(document)) => in_value(&document, path, at, depth, found),
            Ok(None) => {}
            Err(unknown) => found.doubts.push(Doubt::of_unknown(&unknown, Some(at.span))),
        },
        (Value::Bool(_) | Value::Number(_), Some(_)) => {}
    }
}
