//! Resource instances and the values of references to them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use privatelint_diagnostics::Span;
use privatelint_parser::module::{Mode, ResourceKey};
use privatelint_parser::syntax::{Block, Expr, ExprKind};
use smol_str::SmolStr;

use crate::convert::convert;
use crate::eval::engine::{Engine, Slot};
use crate::eval::error::Evaluated;
use crate::eval::modules::ModuleId;
use crate::eval::reference::UNDECLARED;
use crate::eval::scope::Scope;
use crate::eval::traversal;
use crate::{
    Address, BlockValue, BodyValue, DataSource, Instance, InstanceKey, Multiplicity, Object, Reads,
    Unknown, Value,
};

/// The arguments and blocks of a resource that are Terraform's own.
const META_ARGUMENTS: [&str; 7] =
    ["count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"];

/// The instances of a `resource` or `data` block in one module instance.
pub(super) struct ResourceInstances {
    pub(super) instances: Vec<Instance>,
    /// What a reference to the whole block is.
    pub(super) value: Value,
}

impl<'w> Engine<'w> {
    /// The value of a reference to a whole `resource` or `data` block.
    pub(super) fn resource_value(
        &mut self,
        module: ModuleId,
        key: &ResourceKey,
        span: Span,
    ) -> Evaluated {
        let declared = self.module(module).code.and_then(|code| code.resources.get_key_value(key));
        let Some((key, block)) = declared else { return Ok(UNDECLARED) };
        let instances = self.resource_instances(module, key, block, span)?;
        Ok(instances.value.clone())
    }

    /// The instances of a `resource` or `data` block.
    pub(super) fn resource_instances(
        &mut self,
        module: ModuleId,
        key: &'w ResourceKey,
        block: &'w Block,
        span: Span,
    ) -> Evaluated<Arc<ResourceInstances>> {
        match Slot::begin(self.resources.entry((module, key))) {
            Ok(Some(instances)) => return Ok(instances),
            Ok(None) => {}
            Err(cycle) => {
                let data = if key.mode == Mode::Data { "data." } else { "" };
                return Err(cycle.error(&format!("`{data}{}.{}`", key.kind, key.name), span));
            }
        }
        let instances = Arc::new(self.compute_instances(module, key, block));
        self.resources.insert((module, key), Slot::Done(Arc::clone(&instances)));
        Ok(instances)
    }

    fn compute_instances(
        &mut self,
        module: ModuleId,
        key: &ResourceKey,
        block: &Block,
    ) -> ResourceInstances {
        let within = self.module(module).clone();
        let expansion = self.within(within.multiplicity, |engine| engine.expand(block, module));
        let provider =
            self.within(within.multiplicity, |engine| engine.provider_of(block, &key.kind, module));
        let address = |instance: InstanceKey| Address {
            module: within.address.clone(),
            mode: key.mode,
            kind: key.kind.clone(),
            name: key.name.clone(),
            key: instance,
        };
        let depends_on = depends_on(block);
        let mut instances = Vec::with_capacity(expansion.instances.len());
        let mut values = Vec::with_capacity(expansion.instances.len());
        for expanded in &expansion.instances {
            let scope = Scope::of_module(module).with_each(&expanded.each);
            let certain = within.multiplicity == Multiplicity::One
                && expanded.multiplicity == Multiplicity::One;
            let multiplicity = if certain { Multiplicity::One } else { Multiplicity::Unknown };
            let body = self
                .within(multiplicity, |engine| engine.body(&block.body, &META_ARGUMENTS, scope));
            let unknown_because =
                within.unknown_because.clone().or(expansion.unknown_because.clone());
            let instance = Instance {
                address: address(expanded.key.clone()),
                multiplicity,
                multiplicity_unknown: unknown_because.filter(|_| !certain),
                body,
                header: block.header,
                span: block.span,
                provider: Arc::clone(&provider),
                depends_on: depends_on.clone(),
                calls: within.calls.clone(),
            };
            values.push(self.instance_value(&instance));
            instances.push(instance);
        }
        let value = expansion.value(&values, || {
            Unknown::attribute(address(InstanceKey::Unknown), SmolStr::default())
        });
        ResourceInstances { instances, value }
    }

    /// What a reference to an instance is: what the code writes, and an open end for what the provider adds.
    pub(super) fn instance_value(&mut self, instance: &Instance) -> Value {
        // `null` leaves the value to the provider, as leaving the argument out does.
        let whole = Unknown::attribute(instance.address.clone(), SmolStr::default());
        let mut attributes = written(&instance.body, &whole);
        for (name, value) in &mut attributes {
            let ty = self.resolver.argument_type(&instance.address.kind, name);
            let ty = ty.filter(|_| instance.address.mode == Mode::Managed);
            if let Some(Ok(converted)) = ty.map(|ty| convert(value, ty)) {
                *value = converted;
            }
        }
        let kinds: BTreeSet<&SmolStr> =
            instance.body.blocks.iter().map(|block| &block.kind).collect();
        for kind in kinds {
            if let Some(value) = blocks_value(instance, kind) {
                attributes.insert(kind.clone(), value);
            }
        }
        if instance.address.mode == Mode::Data {
            let data = DataSource {
                address: &instance.address,
                body: &instance.body,
                provider: &instance.provider,
            };
            let reads = self.resolver.reads(&data);
            let answers = self.resolver.resolve(&data);
            attributes.extend(reads.map(|reads| self.read(&reads)).unwrap_or_default());
            attributes.extend(answers);
        }
        Value::Object(Arc::new(Object { attributes, rest: Some(whole) }))
    }
}

impl Engine<'_> {
    /// The attributes of a data source that reads a managed instance.
    fn read(&mut self, reads: &Reads) -> BTreeMap<SmolStr, Value> {
        let Some(instance) = self.instance_at(&reads.instance) else { return BTreeMap::new() };
        let of_instance = |(name, there): &(SmolStr, SmolStr)| {
            Some((name.clone(), traversal::attribute(&instance, there, Span::default()).ok()?))
        };
        reads.attributes.iter().filter_map(of_instance).collect()
    }

    /// The value of a managed instance, if it is known which one is meant.
    fn instance_at(&mut self, address: &Address) -> Option<Value> {
        let module = self.modules.iter().position(|module| module.address == address.module)?;
        let module = ModuleId(u32::try_from(module).ok()?);
        let key = ResourceKey {
            mode: address.mode,
            kind: address.kind.clone(),
            name: address.name.clone(),
        };
        let (key, _) = self.module(module).code?.resources.get_key_value(&key)?;
        let Some(Slot::Done(instances)) = self.resources.get(&(module, key)) else { return None };
        let instances = Arc::clone(instances);
        let instance = instances.instances.iter().find(|instance| instance.address == *address)?;
        Some(self.instance_value(instance))
    }
}

/// The value of an instance's nested blocks of one type, if there is exactly one: whether several are a list or a
/// set, and in which order, only the provider's schema says.
fn blocks_value(instance: &Instance, kind: &str) -> Option<Value> {
    let mut of_kind = instance.body.blocks.iter().filter(|block| block.kind == kind);
    let (block, None) = (of_kind.next()?, of_kind.next()) else { return None };
    if block.multiplicity != Multiplicity::One {
        return None;
    }
    let path = format!("{kind}[0]");
    Some(Value::list(vec![block_value(block, Unknown::attribute(instance.address.clone(), path))]))
}

fn block_value(block: &BlockValue, rest: Unknown) -> Value {
    let attributes = written(&block.body, &rest);
    Value::Object(Arc::new(Object { attributes, rest: Some(rest) }))
}

/// What the code writes of a resource or nested block. `null`, also as one of several alternatives, leaves the value to the provider.
fn written(body: &BodyValue, whole: &Unknown) -> BTreeMap<SmolStr, Value> {
    let attributes = body.attributes.iter().filter(|(_, attribute)| !attribute.value.is_null());
    attributes
        .map(|(name, attribute)| {
            let computed = || Value::Unknown(whole.step(name));
            (name.clone(), attribute.value.unless_null(computed))
        })
        .collect()
}

/// The resources that `depends_on` names.
fn depends_on(block: &Block) -> Vec<SmolStr> {
    let Some(attribute) = block.body.attribute("depends_on") else { return Vec::new() };
    let ExprKind::Tuple(elements) = &attribute.value.kind else { return Vec::new() };
    elements.iter().filter_map(dotted).map(SmolStr::from).collect()
}

/// A reference as it is written, without indexes.
fn dotted(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Variable(name) => Some(name.to_string()),
        ExprKind::GetAttr(source, name) => Some(format!("{}.{}", dotted(source)?, name.text)),
        ExprKind::Index(source, _) => dotted(source),
        ExprKind::String(text) => Some(text.to_string()),
        _ => None,
    }
}
