//! Follows the references that a plan's configuration writes, to what an unknown value comes from.
//!
//! A plan says which names an expression has in it, not what it does with them. One unknown name is taken for the value; of several, the value is
//! derived.

use std::collections::BTreeSet;
use std::sync::Arc;

use privatelint_parser::module::Mode;
use serde_json::{Map, Value as Json};

use super::Plan;
use super::document::{ModuleConfig, ResourceConfig};
use super::names::{Reference, Step, longest, path};
use super::values::{at, is_unknown};
use crate::{Address, InstanceKey, ModuleAddress, Unknown, Value};

/// How many calls and outputs a reference is followed through.
const DEEPEST: usize = 32;

/// The most origins that one value keeps.
const MOST_ORIGINS: usize = 64;

/// What an unknown value comes from.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// Attributes of instances, each once, and whether each is a collection.
    found: Vec<(Unknown, bool)>,
    /// Whether it may come from something else, or from more than one attribute of an instance.
    vague: bool,
    seen: BTreeSet<(ModuleAddress, String)>,
}

impl Origins {
    /// The value, if it is one attribute as it is. `wants_collection` says what the value is.
    pub(super) fn exact(&self, wants_collection: bool) -> Option<Value> {
        let ([(origin, is_collection)], false) = (self.found.as_slice(), self.vague) else {
            return None;
        };
        let origin = Value::Unknown(origin.clone());
        match (wants_collection, is_collection) {
            (true, false) => Some(Value::tuple(vec![origin])),
            (false, true) => None,
            _ => Some(origin),
        }
    }

    /// The value, whatever it is: itself where nothing else is known of it.
    pub(super) fn value(self, wants_collection: bool, itself: Unknown) -> Value {
        if let Some(exact) = self.exact(wants_collection) {
            return exact;
        }
        let mut causes: Vec<Unknown> = self.found.into_iter().map(|(origin, _)| origin).collect();
        if causes.is_empty() {
            return Value::Unknown(itself);
        }
        if self.vague {
            causes.push(itself);
        }
        Value::Unknown(Unknown::Derived(Arc::new(causes)))
    }

    /// The instances that it may come from.
    pub(super) fn addresses(&self) -> BTreeSet<Address> {
        let mut addresses = BTreeSet::new();
        for (origin, _) in &self.found {
            origin.for_each_address(&mut |address| {
                addresses.insert(address.clone());
            });
        }
        addresses
    }

    fn add(&mut self, origin: Unknown, is_collection: bool) {
        if self.found.len() >= MOST_ORIGINS {
            self.vague = true;
        } else if !self.found.iter().any(|(seen, _)| *seen == origin) {
            self.found.push((origin, is_collection));
        }
    }
}

/// Which origins are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Those that are not known.
    Unknown,
    /// All.
    All,
}

impl Plan {
    /// The configuration of a module.
    pub(super) fn module_config(&self, module: &ModuleAddress) -> Option<&ModuleConfig> {
        let root = &self.document.configuration.root_module;
        module.0.iter().try_fold(root, |config, (name, _)| {
            config.module_calls.get(name.as_str()).map(|call| &call.module)
        })
    }

    /// The configuration of a resource's block.
    pub(super) fn resource_config(&self, address: &Address) -> Option<&ResourceConfig> {
        let mode = if address.mode == Mode::Managed { "managed" } else { "data" };
        self.module_config(&address.module)?.resources.iter().find(|config| {
            config.name == address.name.as_str()
                && config.kind == address.kind.as_str()
                && config.mode == mode
        })
    }

    /// What an expression of a block in a module comes from.
    pub(super) fn origins(
        &self,
        module: &ModuleAddress,
        expressions: &[&Json],
        for_each: &Json,
        look: Look,
    ) -> Origins {
        let mut origins = Origins::default();
        for expression in expressions {
            self.follow(module, expression, for_each, look, DEEPEST, &mut origins);
        }
        origins
    }

    fn follow(
        &self,
        module: &ModuleAddress,
        expression: &Json,
        for_each: &Json,
        look: Look,
        depth: usize,
        origins: &mut Origins,
    ) {
        let Some(depth) = depth.checked_sub(1) else {
            origins.vague = true;
            return;
        };
        for reference in longest(&references(expression)) {
            if !origins.seen.insert((module.clone(), reference.to_owned())) {
                continue;
            }
            match Reference::parse(reference) {
                Reference::Resource { mode, kind, name, key, path } => {
                    let block = Address {
                        module: module.clone(),
                        mode,
                        kind,
                        name,
                        key: key.clone().unwrap_or(InstanceKey::None),
                    };
                    self.add_resource(&block, key.as_ref(), &path, look, origins);
                }
                Reference::Module { name, key, output } => {
                    self.follow_output(
                        module,
                        (&name, key.as_ref()),
                        output.as_deref(),
                        look,
                        depth,
                        origins,
                    );
                }
                Reference::Variable(name) => {
                    let Some(((call_name, _), outer)) = module.0.split_last() else { continue };
                    let outer = ModuleAddress(outer.into());
                    let call = self
                        .module_config(&outer)
                        .and_then(|config| config.module_calls.get(call_name.as_str()));
                    let Some(call) = call else { continue };
                    if let Some(argument) = call.expressions.get(name.as_str()) {
                        let for_each = &call.for_each_expression;
                        self.follow(&outer, argument, for_each, look, depth, origins);
                    }
                }
                Reference::Each => {
                    // Of what is iterated over, which value is meant is not said.
                    origins.vague = true;
                    self.follow(module, for_each, &Json::Null, look, depth, origins);
                }
                Reference::Local => origins.vague = true,
                Reference::Known => {}
            }
        }
    }

    fn follow_output(
        &self,
        module: &ModuleAddress,
        (name, key): (&str, Option<&InstanceKey>),
        output: Option<&str>,
        look: Look,
        depth: usize,
        origins: &mut Origins,
    ) {
        let children: BTreeSet<&ModuleAddress> = self.children(module, name);
        let wanted = |child: &&&ModuleAddress| {
            key.is_none() || child.0.last().is_some_and(|(_, its)| Some(its) == key)
        };
        for child in children.iter().filter(wanted) {
            let Some(config) = self.module_config(child) else { continue };
            let outputs = config
                .outputs
                .iter()
                .filter(|(name, _)| output.is_none_or(|output| output == name.as_str()));
            for (_, output) in outputs {
                let found = &output.expression;
                self.follow(child, found, &Json::Null, look, depth, origins);
            }
        }
    }

    fn add_resource(
        &self,
        block: &Address,
        key: Option<&InstanceKey>,
        steps: &[Step],
        look: Look,
        origins: &mut Origins,
    ) {
        let instances: Vec<_> = self
            .of_block(block)
            .iter()
            .filter(|one| key.is_none_or(|key| one.address.key == *key))
            .collect();
        for one in &instances {
            if look == Look::Unknown && !is_unknown(&one.unknown, steps) {
                continue;
            }
            let is_collection =
                matches!(at(&one.sensitive, steps), Some(Json::Array(_) | Json::Object(_)));
            origins.add(Unknown::attribute(one.address.clone(), path(steps)), is_collection);
            // Which attribute of it, or which instance, is not said.
            origins.vague |= steps.is_empty() || instances.len() > 1;
        }
    }
}

/// The expressions at a path below a block's; several where it is not known which of several nested blocks is meant.
pub(super) fn expressions<'c>(block: &'c Map<String, Json>, steps: &[Step]) -> Vec<&'c Json> {
    let Some((Step::Name(first), rest)) = steps.split_first() else { return Vec::new() };
    let mut found: Vec<&Json> = block.get(first.as_str()).into_iter().collect();
    for step in rest {
        if found.iter().all(|expression| is_leaf(expression)) {
            break;
        }
        found = found
            .into_iter()
            .flat_map(|expression| match (expression, step) {
                (Json::Array(blocks), Step::Index(_)) => blocks.iter().collect(),
                (Json::Object(_), Step::Name(name)) if !is_leaf(expression) => {
                    expression.get(name.as_str()).into_iter().collect()
                }
                (other, _) => vec![other],
            })
            .collect();
    }
    found
}

/// Whether it is an expression and not a block of them.
pub(super) fn is_leaf(expression: &Json) -> bool {
    expression.as_object().is_some_and(|object| {
        object.is_empty()
            || object.contains_key("references")
            || object.contains_key("constant_value")
    })
}

fn references(expression: &Json) -> Vec<&str> {
    let names = expression.get("references").and_then(Json::as_array);
    names.into_iter().flatten().filter_map(Json::as_str).collect()
}
