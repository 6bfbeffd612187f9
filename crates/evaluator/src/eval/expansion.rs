//! `count` and `for_each`: which instances a block has.

use std::collections::{BTreeMap, BTreeSet};

use privatelint_parser::syntax::{Block, Expr};
use smol_str::SmolStr;

use crate::convert;
use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::modules::ModuleId;
use crate::eval::scope::{Each, Scope};
use crate::{InstanceKey, Multiplicity, Unknown, Value};

/// The instances of a block.
#[derive(Debug)]
pub(super) struct Expansion {
    pub(super) instances: Vec<Expanded>,
    pub(super) shape: Shape,
    /// Why it is not known which of the instances there are.
    pub(super) unknown_because: Option<Unknown>,
}

/// One instance of a block.
#[derive(Debug)]
pub(super) struct Expanded {
    pub(super) key: InstanceKey,
    pub(super) each: Each,
    pub(super) multiplicity: Multiplicity,
}

/// How the instances make one value.
#[derive(Debug)]
pub(super) enum Shape {
    /// The one instance.
    Single,
    /// A tuple: of the first `n` instances, for one of these `n`.
    Count(Vec<usize>),
    /// An object: of the instances with these keys, for one of these sets.
    ForEach(Vec<BTreeSet<SmolStr>>),
    /// It is not known what instances there are.
    Unknown,
}

impl Expansion {
    fn single() -> Self {
        let only = Expanded {
            key: InstanceKey::None,
            each: Each::default(),
            multiplicity: Multiplicity::One,
        };
        Self { instances: vec![only], shape: Shape::Single, unknown_because: None }
    }

    fn unknown(each: Each, why: Unknown) -> Self {
        let any = Expanded { key: InstanceKey::Unknown, each, multiplicity: Multiplicity::Unknown };
        Self { instances: vec![any], shape: Shape::Unknown, unknown_because: Some(why) }
    }

    /// The value of the whole block, from the values of its instances.
    pub(super) fn value(&self, values: &[Value], all: impl FnOnce() -> Unknown) -> Value {
        match &self.shape {
            Shape::Single => values.first().cloned().unwrap_or(Value::Unknown(Unknown::Error)),
            Shape::Count(counts) => Unknown::one_of(
                counts.iter().map(|n| Value::tuple(values.iter().take(*n).cloned().collect())),
            ),
            Shape::ForEach(sets) => Unknown::one_of(sets.iter().map(|keys| {
                let entries = self.instances.iter().zip(values).filter_map(|(instance, value)| {
                    let InstanceKey::String(key) = &instance.key else { return None };
                    keys.contains(key).then(|| (key.clone(), value.clone()))
                });
                Value::object(entries.collect())
            })),
            Shape::Unknown => Value::Unknown(all()),
        }
    }
}

impl Engine<'_> {
    /// The instances that a block of a module has.
    pub(super) fn expand(&mut self, block: &Block, module: ModuleId) -> Expansion {
        let result = if let (Some(count), Some(_)) =
            (block.body.attribute("count"), block.body.attribute("for_each"))
        {
            Err(EvalError::new(count.name.span, "a block has either `count` or `for_each`")
                .help("remove one of them")
                .structural())
        } else if let Some(count) = block.body.attribute("count") {
            self.expand_count(&count.value, module)
        } else if let Some(for_each) = block.body.attribute("for_each") {
            self.expand_for_each(&for_each.value, module)
        } else {
            return Expansion::single();
        };
        result.unwrap_or_else(|error| {
            self.report(error);
            let unknown = || Some(Value::Unknown(Unknown::Error));
            Expansion::unknown(
                Each { key: unknown(), value: unknown(), index: unknown() },
                Unknown::Error,
            )
        })
    }

    fn expand_count(&mut self, expr: &Expr, module: ModuleId) -> Evaluated<Expansion> {
        let value = self.evaluate(expr, Scope::of_module(module))?;
        let mut counts = Vec::new();
        for arm in value.alternatives() {
            match only_if_taken(count(arm, expr), &value)? {
                Some(count) => counts.push(count),
                None => {
                    let why = Unknown::derived([&value]);
                    let index = Some(Value::Unknown(why.clone()));
                    return Ok(Expansion::unknown(Each { index, ..Each::default() }, why));
                }
            }
        }
        counts.sort_unstable();
        counts.dedup();
        let (least, most) = (
            counts.first().copied().unwrap_or_default(),
            counts.last().copied().unwrap_or_default(),
        );
        if !self.budget.instances(most) {
            return Err(EvalError::new(
                expr.span,
                format!("{most} instances are too many to look at"),
            )
            .help("the block is treated as having an unknown number of instances")
            .limit());
        }
        let instances = (0..most).map(|at| Expanded {
            key: InstanceKey::Int(i64::try_from(at).unwrap_or(i64::MAX)),
            each: Each { index: Some(Value::number(at)), ..Each::default() },
            multiplicity: if at < least { Multiplicity::One } else { Multiplicity::Unknown },
        });
        Ok(Expansion {
            instances: instances.collect(),
            unknown_because: (counts.len() > 1).then(|| Unknown::derived([&value])),
            shape: Shape::Count(counts),
        })
    }

    fn expand_for_each(&mut self, expr: &Expr, module: ModuleId) -> Evaluated<Expansion> {
        let value = self.evaluate(expr, Scope::of_module(module))?;
        let mut arms = Vec::new();
        for arm in value.alternatives() {
            match only_if_taken(for_each_entries(arm, expr), &value)? {
                Some(entries) => arms.push(entries),
                None => {
                    let why = Unknown::derived([&value]);
                    let each = Value::Unknown(why.clone());
                    let each = Each { key: Some(each.clone()), value: Some(each), index: None };
                    return Ok(Expansion::unknown(each, why));
                }
            }
        }
        let keys: BTreeSet<SmolStr> = arms.iter().flat_map(BTreeMap::keys).cloned().collect();
        if !self.budget.instances(keys.len()) {
            return Err(EvalError::new(
                expr.span,
                format!("{} instances are too many to look at", keys.len()),
            )
            .help("the block is treated as having an unknown number of instances")
            .limit());
        }
        let instance = |key: &SmolStr| {
            let values: Vec<_> = arms.iter().filter_map(|arm| arm.get(key).cloned()).collect();
            let multiplicity =
                if values.len() == arms.len() { Multiplicity::One } else { Multiplicity::Unknown };
            let each = Each {
                key: Some(Value::String(key.clone())),
                value: Some(Unknown::one_of(values)),
                index: None,
            };
            Expanded { key: InstanceKey::String(key.clone()), each, multiplicity }
        };
        Ok(Expansion {
            instances: keys.iter().map(instance).collect(),
            unknown_because: (arms.len() > 1).then(|| Unknown::derived([&value])),
            shape: Shape::ForEach(arms.into_iter().map(|arm| arm.into_keys().collect()).collect()),
        })
    }
}

/// An alternative that Terraform rejects is an error only if it is the one that is taken: among others it is unknown.
fn only_if_taken<T>(arm: Evaluated<Option<T>>, value: &Value) -> Evaluated<Option<T>> {
    if value.is_known() { arm } else { Ok(arm.unwrap_or(None)) }
}

/// A known `count`.
fn count(value: &Value, expr: &Expr) -> Evaluated<Option<usize>> {
    match value {
        Value::Unknown(_) => Ok(None),
        Value::Null => Err(EvalError::new(expr.span, "`count` is null")),
        value => {
            let number = value.as_number().and_then(crate::Number::as_i64);
            let count = number.and_then(|n| usize::try_from(n).ok());
            count
                .map(Some)
                .ok_or_else(|| EvalError::new(expr.span, "`count` is a whole number from 0"))
        }
    }
}

/// The keys and values of a known `for_each`.
fn for_each_entries(value: &Value, expr: &Expr) -> Evaluated<Option<BTreeMap<SmolStr, Value>>> {
    match value {
        Value::Unknown(_) => Ok(None),
        Value::Map(entries) => Ok(Some(entries.as_ref().clone())),
        Value::Object(object) if object.rest.is_none() => Ok(Some(object.attributes.clone())),
        Value::Object(_) => Ok(None),
        Value::Set(elements) => {
            let mut entries = BTreeMap::new();
            for element in elements.iter() {
                match (convert::text(element), element) {
                    (Some(key), _) => {
                        entries.insert(key.clone(), Value::String(key));
                    }
                    (None, Value::Unknown(_)) => return Ok(None),
                    (None, _) => {
                        return Err(EvalError::new(expr.span, "`for_each` needs a set of strings"));
                    }
                }
            }
            Ok(Some(entries))
        }
        Value::Null => {
            Err(EvalError::new(expr.span, "`for_each` is null").help("use `{}` for no instances"))
        }
        // Terraform converts the empty list of `condition ? [] : toset(…)` to the type of the other arm.
        Value::List(elements) | Value::Tuple(elements) if elements.is_empty() => {
            Ok(Some(BTreeMap::new()))
        }
        Value::List(_) | Value::Tuple(_) => Err(EvalError::new(
            expr.span,
            "`for_each` needs a map or a set of strings, and this is a list",
        )
        .help("wrap it in `toset(…)`")),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(EvalError::new(expr.span, "`for_each` needs a map or a set of strings"))
        }
    }
}
