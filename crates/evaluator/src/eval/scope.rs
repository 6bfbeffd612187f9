//! What names mean where an expression stands.

use crate::Value;
use crate::eval::modules::ModuleId;

/// Where an expression is evaluated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The module instance whose names are meant.
    pub(super) module: ModuleId,
    /// `each` and `count` of the block around it.
    pub(super) each: Option<&'a Each>,
    /// The names that `for` expressions, template loops and `dynamic` blocks bind.
    pub(super) bindings: Option<&'a Binding<'a>>,
}

/// `each` and `count` in one instance of a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Each {
    /// `each.key`.
    pub(super) key: Option<Value>,
    /// `each.value`.
    pub(super) value: Option<Value>,
    /// `count.index`.
    pub(super) index: Option<Value>,
}

/// A bound name; a list from the innermost outwards.
#[derive(Debug)]
pub(super) struct Binding<'a> {
    pub(super) name: &'a str,
    pub(super) value: Value,
    pub(super) outer: Option<&'a Binding<'a>>,
}

impl<'a> Scope<'a> {
    pub(super) fn of_module(module: ModuleId) -> Self {
        Self { module, each: None, bindings: None }
    }

    pub(super) fn with_each(self, each: &'a Each) -> Self {
        Self { each: Some(each), ..self }
    }

    pub(super) fn with_bindings(self, bindings: &'a Binding<'a>) -> Self {
        Self { bindings: Some(bindings), ..self }
    }

    /// The value bound to a name.
    pub(super) fn bound(&self, name: &str) -> Option<&'a Value> {
        let mut binding = self.bindings;
        while let Some(at) = binding {
            if at.name == name {
                return Some(&at.value);
            }
            binding = at.outer;
        }
        None
    }
}
