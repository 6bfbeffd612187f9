//! Values that go from one root module to another.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::{Address, Attribute, ModuleAddress, ModuleOutput, Object, TextPart, Unknown, Value};

/// The nodes of a value that goes from one root module to another.
const MOST_NODES: usize = 10_000;

/// How deep it may be.
const MOST_LEVELS: usize = 64;

impl Value {
    /// The value of another root module, as `reader` sees it.
    ///
    /// An instance of `root` stays the same instance for everybody who reads it, and is none of the reader's own, unless `reader` is
    /// the root module that has it. What only `root` could tell, such as its variables, is like nothing of the reader's.
    #[must_use]
    pub fn of_other_root(&self, root: &str, reader: &str) -> Self {
        // Nothing is shared between roots: what is large would be copied for each that reads it.
        if !self.is_within(MOST_NODES, MOST_LEVELS) {
            return Self::Unknown(
                Unknown::derived([self]).moved(&|_| ModuleAddress::default().in_other_root(root)),
            );
        }
        self.moved(&|module| {
            let of = module.other_root().unwrap_or(root);
            let is_own = of == reader;
            match (is_own, module.other_root()) {
                (true, _) => module.in_its_root(),
                (false, Some(_)) => module.clone(),
                (false, None) => module.in_other_root(root),
            }
        })
    }

    fn moved(&self, place: &dyn Fn(&ModuleAddress) -> ModuleAddress) -> Self {
        let all = |elements: &[Self]| {
            Arc::new(elements.iter().map(|element| element.moved(place)).collect::<Vec<_>>())
        };
        let entries = |entries: &BTreeMap<SmolStr, Self>| -> BTreeMap<SmolStr, Self> {
            entries.iter().map(|(name, value)| (name.clone(), value.moved(place))).collect()
        };
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => self.clone(),
            Self::List(elements) => Self::List(all(elements)),
            Self::Set(elements) => Self::Set(all(elements)),
            Self::Tuple(elements) => Self::Tuple(all(elements)),
            Self::Map(map) => Self::Map(Arc::new(entries(map))),
            Self::Object(object) => Self::Object(Arc::new(Object {
                attributes: entries(&object.attributes),
                rest: object.rest.as_ref().map(|rest| rest.moved(place)),
            })),
            Self::Unknown(unknown) => Self::Unknown(unknown.moved(place)),
        }
    }
}

impl Unknown {
    fn moved(&self, place: &dyn Fn(&ModuleAddress) -> ModuleAddress) -> Self {
        let address = |of: &Address| Address { module: place(&of.module), ..of.clone() };
        let attribute = |attribute: &Attribute| {
            Arc::new(Attribute {
                of: address(&attribute.of),
                path: attribute.path.clone(),
                listed: attribute.listed,
            })
        };
        match self {
            Self::Computed(of) => Self::Computed(attribute(of)),
            Self::Data(of) => Self::Data(attribute(of)),
            Self::ModuleMissing(output) => Self::ModuleMissing(Arc::new(ModuleOutput {
                module: place(&output.module),
                path: output.path.clone(),
            })),
            Self::Text(parts) => {
                let parts = parts.iter().map(|part| match part {
                    TextPart::Known(text) => TextPart::Known(text.clone()),
                    TextPart::Unknown(unknown) => TextPart::Unknown(unknown.moved(place)),
                });
                Self::Text(Arc::new(parts.collect()))
            }
            Self::OneOf(arms) => {
                Self::OneOf(Arc::new(arms.iter().map(|arm| arm.moved(place)).collect()))
            }
            Self::Derived(causes) => {
                Self::Derived(Arc::new(causes.iter().map(|cause| cause.moved(place)).collect()))
            }
            Self::Instance(of) => Self::Instance(Arc::new(address(of))),
            // Names that mean something else in every root module: no two of them are the same value.
            Self::Variable(_) | Self::Environment(_) => Self::Derived(Arc::new(vec![self.clone()])),
            Self::Function(_) | Self::File(_) | Self::Cycle | Self::Error => self.clone(),
        }
    }
}
