//! Resource instances: what evaluation is for.

use std::collections::BTreeMap;
use std::sync::Arc;

use privatelint_diagnostics::Span;
use smol_str::SmolStr;

use crate::{Address, ModuleAddress, Unknown, Value};

/// How many instances an [`Instance`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Multiplicity {
    /// Exactly one.
    One,
    /// None, one or more: `count` or `for_each` of it or of a module around it is not known.
    Unknown,
}

/// A resource or data source instance with its values.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Its address.
    pub address: Address,
    /// How many instances it stands for.
    pub multiplicity: Multiplicity,
    /// Why that is not known, if it is not.
    pub multiplicity_unknown: Option<Unknown>,
    /// What the code writes, evaluated. Meta-arguments are not among it.
    pub body: BodyValue,
    /// From `resource` to the last label.
    pub header: Span,
    /// The whole block.
    pub span: Span,
    /// The provider configuration that it uses.
    pub provider: Arc<Provider>,
    /// `depends_on`: the addresses of the resources named, as written, within the same module: `aws_vpc_endpoint.s3`.
    pub depends_on: Vec<SmolStr>,
    /// The calls that lead to its module from the root: the place of each `module` block's header, outermost first.
    pub calls: Vec<Span>,
}

/// The values in a body.
#[derive(Debug, Clone, Default)]
pub struct BodyValue {
    /// `name = value`.
    pub attributes: BTreeMap<SmolStr, AttributeValue>,
    /// Nested blocks, with `dynamic` ones expanded, in source order.
    pub blocks: Vec<BlockValue>,
}

/// An evaluated attribute.
#[derive(Debug, Clone)]
pub struct AttributeValue {
    /// Its value.
    pub value: Value,
    /// From its name to the end of its value.
    pub span: Span,
}

/// An evaluated nested block.
#[derive(Debug, Clone)]
pub struct BlockValue {
    /// Its type.
    pub kind: SmolStr,
    /// Its labels; few providers have any.
    pub labels: Vec<Value>,
    /// Its header; for a `dynamic` block the header of that.
    pub span: Span,
    /// Whether it is there: unknown for a `dynamic` block over something that is not known.
    pub multiplicity: Multiplicity,
    /// What is in it.
    pub body: BodyValue,
}

impl BodyValue {
    /// The value of an attribute; `null` and left out are the same.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.attributes.get(name).map(|attribute| &attribute.value).filter(|value| !value.is_null())
    }

    /// The place of an attribute, if the code writes it.
    #[must_use]
    pub fn span_of(&self, name: &str) -> Option<Span> {
        self.attributes.get(name).map(|attribute| attribute.span)
    }

    /// The nested blocks of a type, however they are written: as blocks, or as an attribute that is an object or
    /// a collection of objects (JSON syntax, and arguments that the provider allows both ways).
    ///
    /// Something that is not known counts as a block of unknown multiplicity without attributes.
    #[must_use]
    pub fn nested(&self, kind: &str) -> Vec<BlockValue> {
        let mut found: Vec<_> =
            self.blocks.iter().filter(|block| block.kind == kind).cloned().collect();
        if let Some(attribute) = self.attributes.get(kind) {
            from_value(kind, attribute.span, &attribute.value, &mut found);
        }
        found
    }
}

fn from_value(kind: &str, span: Span, value: &Value, found: &mut Vec<BlockValue>) {
    let block = |multiplicity, body| BlockValue {
        kind: kind.into(),
        labels: Vec::new(),
        span,
        multiplicity,
        body,
    };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            for element in elements.iter() {
                from_value(kind, span, element, found);
            }
        }
        Value::Map(_) | Value::Object(_) => {
            let attributes =
                value.as_entries().into_iter().flatten().map(|(name, value)| {
                    (name.clone(), AttributeValue { value: value.clone(), span })
                });
            let body = BodyValue { attributes: attributes.collect(), blocks: Vec::new() };
            found.push(block(Multiplicity::One, body));
        }
        Value::Unknown(_) => found.push(block(Multiplicity::Unknown, BodyValue::default())),
    }
}

/// A provider configuration, as one module sees it.
#[derive(Debug, Clone, Default)]
pub struct Provider {
    /// Its local name: `aws`.
    pub name: SmolStr,
    /// The module instance whose `provider` block it is, and the alias. Two resources with equal ones use the same configuration.
    pub module: ModuleAddress,
    /// `alias`.
    pub alias: Option<SmolStr>,
    /// What the block says; `None` if there is no block: then the environment decides.
    pub body: Option<BodyValue>,
    /// The block's header.
    pub span: Option<Span>,
}

/// A call of a module whose code is not there.
#[derive(Debug, Clone)]
pub struct MissingModule {
    /// The module instance that it would be.
    pub address: ModuleAddress,
    /// `source`, as written.
    pub source: SmolStr,
    /// The inputs, evaluated.
    pub inputs: BTreeMap<SmolStr, AttributeValue>,
    /// The `module` block's header.
    pub span: Span,
}
