//! Puts a plan and the evaluated code together: values from the plan, places and what unknown values mean from the code.

use std::collections::HashMap;

use privatelint_diagnostics::{FileId, Span};
use smol_str::SmolStr;

use super::document::ResourceConfig;
use super::instances::{block, is_blocks, names_of};
use super::{Plan, Planned};
use crate::{
    Address, AttributeValue, BlockValue, BodyValue, Instance, InstanceKey, MissingModule,
    ModuleAddress, Multiplicity, Unknown, Value, convert,
};

impl Plan {
    /// The plan's instances, by address, as the code writes them. `evaluated` are those of the same root module, evaluated with the plan's variables
    /// and data, `missing` the calls without code; what the plan has and the code has not stays as the plan alone tells it, with places in `file`.
    #[must_use]
    pub fn join(
        &self,
        evaluated: &[Instance],
        missing: &[MissingModule],
        file: FileId,
    ) -> Vec<Instance> {
        let calls = calls(evaluated, missing);
        let exact: HashMap<&Address, &Instance> =
            evaluated.iter().map(|instance| (&instance.address, instance)).collect();
        // Where the code alone does not say which instances there are, one stands for all.
        let any: HashMap<Address, &Instance> =
            evaluated.iter().map(|instance| (without_keys(&instance.address), instance)).collect();
        let mut joined = self.instances(file);
        for (instance, one) in joined.iter_mut().zip(&self.planned) {
            let config = self.resource_config(&one.address);
            if let Some(code) = exact.get(&one.address) {
                self.join_one(instance, one, config, code, true);
            } else if let Some(code) = any.get(&without_keys(&one.address)) {
                self.join_one(instance, one, config, code, false);
            } else if let Some(calls) = nearest(&calls, &one.address.module)
                && let Some(call) = calls.last()
            {
                // The code of the module is not there: the call is where it can be changed.
                instance.header = *call;
                instance.span = *call;
                instance.calls.clone_from(calls);
                place_all(&mut instance.body, *call);
            }
        }
        joined
    }

    fn join_one(
        &self,
        instance: &mut Instance,
        one: &Planned,
        config: Option<&ResourceConfig>,
        code: &Instance,
        is_same: bool,
    ) {
        instance.header = code.header;
        instance.span = code.span;
        instance.calls.clone_from(&code.calls);
        instance.depends_on.clone_from(&code.depends_on);
        if code.provider.body.is_some() || instance.provider.body.is_none() {
            instance.provider = code.provider.clone();
        }
        let mut body = BodyValue::default();
        for name in names_of(one) {
            let planned = self.attribute(one, config, &name);
            if let Some(written) = code.body.attributes.get(&name) {
                let value = if is_same { refined(planned, &written.value) } else { planned };
                body.attributes.insert(name, AttributeValue { value, span: written.span });
                continue;
            }
            let blocks: Vec<&BlockValue> =
                code.body.blocks.iter().filter(|block| block.kind == name).collect();
            if !blocks.is_empty() {
                body.blocks.extend(join_blocks(&name, planned, &blocks, code, is_same));
            } else if !one.exists && is_blocks(&planned) {
                // Made by a `dynamic` block over something that only the plan knows.
                let elements = planned.as_elements().into_iter().flatten();
                body.blocks.extend(elements.map(|element| block(&name, element, code.header)));
            }
        }
        // What the code writes and the plan does not have: the provider's schema has no such thing, or it keeps it to itself.
        for (name, attribute) in &code.body.attributes {
            if is_same && !has(one, name) {
                body.attributes.insert(name.clone(), attribute.clone());
            }
        }
        instance.body = body;
    }
}

/// The calls that lead to each module, by its address without keys.
fn calls(evaluated: &[Instance], missing: &[MissingModule]) -> HashMap<ModuleAddress, Vec<Span>> {
    let mut calls: HashMap<ModuleAddress, Vec<Span>> = evaluated
        .iter()
        .map(|instance| (module_without_keys(&instance.address.module), instance.calls.clone()))
        .collect();
    for module in missing {
        let outer = module.address.0.split_last().map(|(_, outer)| ModuleAddress(outer.into()));
        let outer = outer.map(|outer| module_without_keys(&outer)).unwrap_or_default();
        let mut through = calls.get(&outer).cloned().unwrap_or_default();
        through.push(module.span);
        calls.insert(module_without_keys(&module.address), through);
    }
    calls
}

/// The calls that lead to a module, or to the nearest one around it of which they are known.
fn nearest<'c>(
    calls: &'c HashMap<ModuleAddress, Vec<Span>>,
    module: &ModuleAddress,
) -> Option<&'c Vec<Span>> {
    let module = module_without_keys(module);
    let around = (1..=module.0.len()).rev().filter_map(|end| module.0.get(..end));
    around.filter_map(|around| calls.get(&ModuleAddress(around.into()))).next()
}

fn place_all(body: &mut BodyValue, place: Span) {
    for attribute in body.attributes.values_mut() {
        attribute.span = place;
    }
    for block in &mut body.blocks {
        block.span = place;
        place_all(&mut block.body, place);
    }
}

fn has(one: &Planned, name: &str) -> bool {
    one.values.get(name).is_some() || one.unknown.get(name).is_some()
}

/// The blocks of one kind. What the code writes comes in its order; a plan may sort them.
fn join_blocks(
    kind: &SmolStr,
    planned: Value,
    written: &[&BlockValue],
    code: &Instance,
    is_same: bool,
) -> Vec<BlockValue> {
    let single = [planned.clone()];
    let elements: &[Value] = match &planned {
        Value::Object(_) => &single,
        value => match value.as_elements() {
            Some(elements) => elements,
            // Not known as a whole: what the code says of them.
            None if is_same && !planned.is_null() => {
                return written.iter().map(|block| (*block).clone()).collect();
            }
            None => &[],
        },
    };
    let mut left: Vec<&BlockValue> = written.to_vec();
    elements
        .iter()
        .map(|element| {
            let planned = block(kind, element, code.header);
            let Some(at) = left.iter().position(|written| fits(&planned.body, &written.body))
            else {
                // One `dynamic` block makes several; the place is the same.
                let span = written.first().map_or(code.header, |block| block.span);
                return block(kind, element, span);
            };
            let is_one = left.get(at).is_some_and(|it| it.multiplicity == Multiplicity::One);
            // A block that stands for several is the place of all of them.
            let found = if is_one { Some(left.remove(at)) } else { left.get(at).copied() };
            match found {
                Some(found) => join_block(planned, found, is_same && is_one),
                None => planned,
            }
        })
        .collect()
}

fn join_block(planned: BlockValue, written: &BlockValue, is_same: bool) -> BlockValue {
    let mut body = BodyValue::default();
    for (name, AttributeValue { value, span }) in planned.body.attributes {
        let Some(code) = written.body.attributes.get(&name) else {
            // The provider fills in what the code leaves out: what is empty or not known says nothing.
            if value.is_known() && !is_empty(&value) {
                body.attributes.insert(name, AttributeValue { value, span: written.span });
            }
            continue;
        };
        let value = if is_same { refined(value, &code.value) } else { value };
        let span = if code.span.is_empty() { span } else { code.span };
        body.attributes.insert(name, AttributeValue { value, span });
    }
    for inner in planned.body.blocks {
        let found = written.body.blocks.iter().find(|block| block.kind == inner.kind);
        match (found, written.body.attributes.get(&inner.kind)) {
            (Some(found), _) => body.blocks.push(join_block(inner, found, is_same)),
            (None, Some(attribute)) => {
                body.blocks.push(BlockValue { span: attribute.span, ..inner });
            }
            (None, None) => body.blocks.push(BlockValue { span: written.span, ..inner }),
        }
    }
    BlockValue { span: written.span, body, ..planned }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        value => value.as_elements().is_some_and(<[Value]>::is_empty),
    }
}

/// Whether nothing that the code says of a block is otherwise in the plan's.
fn fits(planned: &BodyValue, written: &BodyValue) -> bool {
    written.attributes.iter().all(|(name, code)| {
        let Some(plan) = planned.attributes.get(name) else {
            return code.value.is_null() || !code.value.is_wholly_known() || is_empty(&code.value);
        };
        fits_value(&plan.value, &code.value)
    })
}

fn fits_value(plan: &Value, code: &Value) -> bool {
    if !plan.is_wholly_known() || !code.is_wholly_known() {
        return true;
    }
    match (plan.as_elements(), code.as_elements()) {
        (Some(a), Some(b)) => {
            a.len() == b.len() && a.iter().all(|plan| b.iter().any(|code| fits_value(plan, code)))
        }
        (None, None) => match (convert::text(plan), convert::text(code)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        },
        _ => false,
    }
}

/// The plan's value, and where it does not know it what the code says that it is.
fn refined(plan: Value, code: &Value) -> Value {
    match (&plan, code) {
        (Value::Unknown(_), Value::Unknown(unknown)) if says_nothing(unknown) => plan,
        (Value::Unknown(_), code) => code.clone(),
        (Value::Tuple(plans) | Value::List(plans), code) if !plan.is_wholly_known() => {
            match code.as_elements() {
                Some(codes) if codes.len() == plans.len() => Value::tuple(
                    plans
                        .iter()
                        .zip(codes)
                        .map(|(plan, code)| refined(plan.clone(), code))
                        .collect(),
                ),
                _ => plan,
            }
        }
        (Value::Object(plans), Value::Object(codes)) if !plan.is_wholly_known() => {
            let attributes = plans.attributes.iter().map(|(name, value)| {
                let code = codes.attributes.get(name);
                (name.clone(), code.map_or(value.clone(), |code| refined(value.clone(), code)))
            });
            Value::object(attributes.collect())
        }
        _ => plan,
    }
}

/// Whether the code's reason for an unknown value is one of the evaluator's own, so that the plan's is better.
fn says_nothing(unknown: &Unknown) -> bool {
    match unknown {
        Unknown::Computed(_) | Unknown::Data(_) | Unknown::OneOf(_) | Unknown::Text(_) => false,
        Unknown::Derived(causes) => causes.iter().all(says_nothing),
        _ => true,
    }
}

/// The address of a block, in which nothing says which instance.
fn without_keys(address: &Address) -> Address {
    Address {
        module: module_without_keys(&address.module),
        key: InstanceKey::None,
        ..address.clone()
    }
}

fn module_without_keys(module: &ModuleAddress) -> ModuleAddress {
    ModuleAddress(module.0.iter().map(|(name, _)| (name.clone(), InstanceKey::None)).collect())
}
