//! Instances from a plan alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use privatelint_diagnostics::{FileId, Span};
use privatelint_parser::module::Mode;
use serde_json::Value as Json;
use smol_str::SmolStr;

use super::configuration::{Look, expressions, is_leaf};
use super::document::ResourceConfig;
use super::names::{Step, path};
use super::values::{at, known, merged};
use super::{Plan, Planned, entries, names};
use crate::{
    AttributeValue, BlockValue, BodyValue, Instance, ModuleAddress, Multiplicity, Provider,
    Unknown, Value,
};

impl Plan {
    /// The instances, by address, as far as the plan alone tells them. Their places are in the plan's text, which is that file.
    #[must_use]
    pub fn instances(&self, file: FileId) -> Vec<Instance> {
        let mut providers = BTreeMap::new();
        self.planned.iter().map(|one| self.instance(one, file, &mut providers)).collect()
    }

    fn instance(
        &self,
        one: &Planned,
        file: FileId,
        providers: &mut BTreeMap<String, Arc<Provider>>,
    ) -> Instance {
        let place = self.place(one, file);
        let config = self.resource_config(&one.address);
        let key = config.and_then(|config| config.provider_config_key.as_deref());
        let key = key.unwrap_or_default();
        let provider = providers
            .entry(key.to_owned())
            .or_insert_with(|| Arc::new(self.provider(key, &one.address.kind)));
        Instance {
            address: one.address.clone(),
            multiplicity: Multiplicity::One,
            multiplicity_unknown: None,
            body: self.body(one, config, place),
            header: place,
            span: place,
            provider: Arc::clone(provider),
            depends_on: config
                .into_iter()
                .flat_map(|it| &it.depends_on)
                .map(SmolStr::from)
                .collect(),
            calls: Vec::new(),
        }
    }

    /// What the configuration writes, with the plan's values.
    fn body(&self, one: &Planned, config: Option<&ResourceConfig>, place: Span) -> BodyValue {
        let mut body = BodyValue::default();
        for name in names_of(one) {
            let expression = config.map(|config| config.expressions.get(name.as_str()));
            let value = self.attribute(one, config, &name);
            let is_written = match expression {
                Some(Some(_)) => true,
                // Blocks that are made dynamically are not in a configuration, nor are those that the provider also takes as an argument.
                Some(None) => !value.is_null() && is_blocks(&value),
                // Without a configuration, everything may be written, what is not known too.
                None => true,
            };
            if is_written && !value.is_null() {
                let is_block = match expression.flatten() {
                    Some(expression) => !is_leaf(expression),
                    None => is_blocks(&value),
                };
                add(&mut body, name, value, is_block, place);
            }
        }
        body
    }

    /// The value of an argument; unknown ones as the configuration's references tell them.
    pub(super) fn attribute(
        &self,
        one: &Planned,
        config: Option<&ResourceConfig>,
        name: &SmolStr,
    ) -> Value {
        let mut steps = vec![Step::Name(name.clone())];
        let (json, tree) = (part(&one.values, name), part(&one.unknown, name));
        merged(json, tree, &mut steps, &mut |steps| self.unknown(one, config, steps))
    }

    /// What is to be said of a value at a path that the plan does not know.
    pub(super) fn unknown(
        &self,
        one: &Planned,
        config: Option<&ResourceConfig>,
        steps: &[Step],
    ) -> Value {
        let itself = Unknown::attribute(one.address.clone(), path(steps));
        let Some(config) = config else { return Value::Unknown(itself) };
        let written = expressions(&config.expressions, steps);
        // A provider may take an empty list for none and compute one; what is written is empty all the same.
        let is_empty = |it: &&Json| {
            it.get("constant_value").and_then(Json::as_array).is_some_and(Vec::is_empty)
        };
        if let [only] = written.as_slice()
            && is_empty(only)
        {
            return Value::tuple(Vec::new());
        }
        let is_collection =
            matches!(at(&one.sensitive, steps), Some(Json::Array(_) | Json::Object(_)));
        self.origins(&one.address.module, &written, &config.for_each_expression, Look::Unknown)
            .value(is_collection, itself)
    }

    /// A provider configuration, by its key.
    fn provider(&self, key: &str, kind: &str) -> Provider {
        let Some(config) = self.document.configuration.provider_config.get(key) else {
            let name = kind.split('_').next().unwrap_or(kind).into();
            return Provider { name, ..Provider::default() };
        };
        let module = names::module(&config.module_address).unwrap_or_default();
        let attributes = config.expressions.iter().filter(|(_, it)| is_leaf(it));
        let attributes = attributes.map(|(name, expression)| {
            let value = self.provider_value(&module, expression);
            (name.as_str().into(), AttributeValue { value, span: Span::default() })
        });
        Provider {
            name: config.name.as_str().into(),
            alias: config.alias.as_deref().map(SmolStr::from),
            body: Some(BodyValue { attributes: attributes.collect(), blocks: Vec::new() }),
            module,
            span: None,
        }
    }

    /// The value of a provider's argument: a constant, or a variable of the root module as it is.
    fn provider_value(&self, module: &ModuleAddress, expression: &Json) -> Value {
        match expression.get("constant_value") {
            // Of JSON syntax, a plan has the template itself.
            Some(Json::String(text)) if text.contains("${") || text.contains("%{") => {}
            Some(constant) => return known(constant),
            None => {}
        }
        let references = expression.get("references").and_then(Json::as_array);
        let references: Vec<&str> =
            references.into_iter().flatten().filter_map(Json::as_str).collect();
        let name = match references.as_slice() {
            [one] if module.is_root() => one.strip_prefix("var."),
            _ => None,
        };
        let variable = name.and_then(|name| self.document.variables.get(name));
        let unknown = || Value::Unknown(Unknown::Environment("the provider's argument".into()));
        // With other text around it, it is not a word.
        variable.map(|it| known(&it.value)).unwrap_or_else(unknown)
    }
}

/// The arguments that a plan has, known or not.
pub(super) fn names_of(one: &Planned) -> Vec<SmolStr> {
    let values = entries(&one.values).into_iter().flatten();
    let unknown = entries(&one.unknown).into_iter().flatten();
    let mut names: Vec<SmolStr> =
        values.chain(unknown).map(|(name, _)| name.as_str().into()).collect();
    names.sort();
    names.dedup();
    // A data source's answers are not its arguments, and a plan without a configuration cannot tell them apart.
    if one.address.mode == Mode::Data {
        names.retain(|name| name != "id" || !one.exists);
    }
    names
}

pub(super) fn part<'j>(json: &'j Json, name: &str) -> &'j Json {
    json.get(name).unwrap_or(&Json::Null)
}

/// Whether a value can be nested blocks: objects, at least one, and nothing else.
pub(super) fn is_blocks(value: &Value) -> bool {
    value.as_elements().is_some_and(|elements| {
        !elements.is_empty() && elements.iter().all(|it| matches!(it, Value::Object(_)))
    })
}

/// Adds an argument to a body, as nested blocks if it is them.
fn add(body: &mut BodyValue, name: SmolStr, value: Value, is_block: bool, span: Span) {
    match &value {
        Value::Object(_) if is_block => body.blocks.push(block(&name, &value, span)),
        _ if is_block && is_blocks(&value) => {
            let elements = value.as_elements().into_iter().flatten();
            body.blocks.extend(elements.map(|element| block(&name, element, span)));
        }
        Value::Unknown(_) if is_block => body.blocks.push(BlockValue {
            multiplicity: Multiplicity::Unknown,
            ..block(&name, &Value::Null, span)
        }),
        // A block that is not there.
        _ if is_block && value.as_elements().is_some_and(<[Value]>::is_empty) => {}
        _ => drop(body.attributes.insert(name, AttributeValue { value, span })),
    }
}

/// A nested block from what a plan has of it.
pub(super) fn block(kind: &SmolStr, value: &Value, span: Span) -> BlockValue {
    let mut body = BodyValue::default();
    for (name, value) in value.as_entries().into_iter().flatten() {
        if !value.is_null() {
            add(&mut body, name.clone(), value.clone(), is_blocks(value), span);
        }
    }
    BlockValue {
        kind: kind.clone(),
        labels: Vec::new(),
        span,
        multiplicity: Multiplicity::One,
        body,
    }
}
