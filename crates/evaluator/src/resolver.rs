//! The door through which what only a provider knows gets in.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::types::Type;
use crate::{Address, BodyValue, Provider, Value};

/// A data source that asks for its attributes.
#[derive(Debug)]
pub struct DataSource<'a> {
    /// Its address; `address.kind` is the data source's type.
    pub address: &'a Address,
    /// Its arguments, evaluated.
    pub body: &'a BodyValue,
    /// The provider configuration that it uses.
    pub provider: &'a Provider,
}

/// Knows the provider: answers data sources whose attributes follow from their arguments alone, and says of what types arguments are.
///
/// The evaluator knows no provider: whoever does, implements this.
pub trait DataResolver: Sync {
    /// The attributes that are known. All others, and all of a data source that it does not know, stay unknown.
    fn resolve(&self, data: &DataSource<'_>) -> BTreeMap<SmolStr, Value>;

    /// The type that the provider gives to an argument of a resource: whoever refers to the argument sees its value as one of that type.
    fn argument_type(&self, _resource: &str, _argument: &str) -> Option<&Type> {
        None
    }

    /// The managed instance that a data source reads, if its arguments name one.
    fn reads(&self, _: &DataSource<'_>) -> Option<Reads> {
        None
    }
}

/// What a data source reads of a managed instance: its attributes are that instance's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reads {
    /// The instance.
    pub instance: Address,
    /// The attributes of the data source, each with the name that the instance has for it.
    pub attributes: Vec<(SmolStr, SmolStr)>,
}

/// Answers nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoAnswers;

impl DataResolver for NoAnswers {
    fn resolve(&self, _: &DataSource<'_>) -> BTreeMap<SmolStr, Value> {
        BTreeMap::new()
    }
}
