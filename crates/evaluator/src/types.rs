//! Type constraints.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::Value;

/// A type constraint of a variable or a function's parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `any`: whatever it is; inside a collection, one type for all elements.
    Any,
    /// `bool`.
    Bool,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `list(t)`.
    List(Box<Type>),
    /// `set(t)`.
    Set(Box<Type>),
    /// `map(t)`.
    Map(Box<Type>),
    /// `tuple([t, …])`.
    Tuple(Vec<Type>),
    /// `object({ name = t, … })`.
    Object(BTreeMap<SmolStr, Field>),
}

/// An attribute of an object type.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out.
    pub optional: bool,
    /// The value it then has; `null` without one.
    pub default: Option<Value>,
}
