//! The outputs of the root module.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::eval::Evaluation;
use crate::eval::engine::Object;
use crate::eval::modules::ModuleId;
use crate::eval::scope::Scope;
use crate::{Unknown, Value};

impl Evaluation<'_> {
    /// The value of one of the root module's outputs. What is wrong in it is unknown.
    #[must_use]
    pub fn output(&mut self, name: &str) -> Option<Value> {
        let (name, output) =
            self.engine.module(ModuleId::ROOT).code?.outputs.get_key_value(name)?;
        let Some(expr) = &output.value else { return Some(Value::Unknown(Unknown::Error)) };
        let object = Object::Output(name.clone());
        let value = self.engine.memoised(ModuleId::ROOT, object, expr.span, |engine| {
            engine.evaluate(expr, Scope::of_module(ModuleId::ROOT))
        });
        Some(value.unwrap_or(Value::Unknown(Unknown::Error)))
    }

    /// The values of the root module's outputs, by name.
    #[must_use]
    pub fn outputs(&mut self) -> BTreeMap<SmolStr, Value> {
        let Some(code) = self.engine.module(ModuleId::ROOT).code else { return BTreeMap::new() };
        let names = code.outputs.keys();
        names.filter_map(|name| Some((name.clone(), self.output(name)?))).collect()
    }
}
