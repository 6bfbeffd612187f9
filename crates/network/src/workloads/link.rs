//! From a resource to others: those that its arguments name, and those that name it.

use std::collections::BTreeMap;

use privatelint_diagnostics::Cause;
use privatelint_evaluator::{Address, Attribute, Instance, Mode, TextPart, Tri, Unknown, Value};

use super::read::{FoundValue, read, read_any};
use crate::Doubt;
use crate::argument::agree;
use crate::facts::Step;
use crate::graph::exists;

/// The managed instances by type, and each by its address.
#[derive(Debug, Default)]
pub(crate) struct Instances<'a> {
    by_kind: BTreeMap<&'a str, Vec<&'a Instance>>,
}

/// The resources at the end of a way.
#[derive(Debug, Default)]
pub(super) struct Linked<'a> {
    /// Those that are seen, each with whether it certainly is one.
    pub(super) instances: Vec<(&'a Instance, Tri)>,
    /// Why there may be others.
    pub(super) doubts: Vec<Doubt>,
}

impl<'a> Instances<'a> {
    pub(crate) fn new(instances: &'a [Instance]) -> Self {
        let mut by_kind: BTreeMap<&str, Vec<&Instance>> = BTreeMap::new();
        for instance in instances.iter().filter(|of| of.address.mode == Mode::Managed) {
            by_kind.entry(instance.address.kind.as_str()).or_default().push(instance);
        }
        Self { by_kind }
    }

    pub(super) fn of_kind(&self, kind: &str) -> &[&'a Instance] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    fn at(&self, address: &Address) -> Option<&'a Instance> {
        // The instances of a type keep the order of their addresses.
        let list = self.of_kind(&address.kind);
        let at = list.binary_search_by(|instance| instance.address.cmp(address)).ok()?;
        list.get(at).copied()
    }

    /// The resources at the end of a way that begins at one.
    pub(super) fn follow(&self, from: &'a Instance, way: &[Step]) -> Linked<'a> {
        let mut linked = Linked { instances: vec![(from, Tri::Yes)], doubts: Vec::new() };
        for step in way {
            let mut next = Linked { instances: Vec::new(), doubts: linked.doubts };
            for (from, there) in linked.instances {
                match step {
                    Step::To { paths, kind, name } => {
                        let named = read_any(&from.body, paths);
                        next.doubts.extend(named.doubts);
                        for value in &named.values {
                            let found = self.named(value, kind, name);
                            next.add(found, there.and(value.there));
                        }
                    }
                    Step::From { kind, path, name } => {
                        next.add(self.naming(from, kind, path, name.as_deref()), there);
                    }
                }
            }
            linked = next;
        }
        linked
    }

    /// The resource of a type that a value names, by an attribute of it or by its own name.
    pub(super) fn named(&self, found: &FoundValue, kind: &str, name: &str) -> Linked<'a> {
        let doubt = |unknown: &Unknown| Doubt::of_unknown(unknown, Some(found.span));
        match &found.value {
            Value::Null => Linked::default(),
            Value::String(text) if text.is_empty() => Linked::default(),
            Value::Unknown(unknown @ Unknown::OneOf(arms)) => {
                let mut linked = Linked::default();
                for arm in arms.iter() {
                    let arm =
                        FoundValue { value: arm.clone(), there: found.there, span: found.span };
                    linked.add(self.named(&arm, kind, name), Tri::Unknown);
                }
                linked.doubts.push(doubt(unknown));
                linked
            }
            value => {
                if let Some(attribute) = attribute_of(value, kind) {
                    return match self.at(&attribute.of) {
                        Some(instance) => Linked::one(instance, Tri::Yes),
                        None => Linked::doubted(match value {
                            Value::Unknown(unknown) => doubt(unknown),
                            _ => elsewhere(kind, found),
                        }),
                    };
                }
                if is_of_another_type(value, kind) {
                    return Linked::default();
                }
                self.with_name(found, kind, name)
            }
        }
    }

    /// The resource of a type whose own name a value is.
    fn with_name(&self, found: &FoundValue, kind: &str, name: &str) -> Linked<'a> {
        let mut linked = Linked::default();
        for candidate in self.of_kind(kind) {
            let Some(own) = candidate.body.get(name) else { continue };
            match is_name(&found.value, own) {
                Tri::Yes => return Linked::one(candidate, Tri::Yes),
                Tri::Unknown => linked.instances.push((candidate, Tri::Unknown)),
                Tri::No => {}
            }
        }
        linked.doubts.push(match &found.value {
            Value::Unknown(unknown) => Doubt::of_unknown(unknown, Some(found.span)),
            _ => elsewhere(kind, found),
        });
        linked
    }

    /// The resources of a type that name one.
    fn naming(
        &self,
        named: &Instance,
        kind: &str,
        path: &[String],
        own: Option<&str>,
    ) -> Linked<'a> {
        let own = own.and_then(|own| named.body.get(own));
        let mut linked = Linked::default();
        for candidate in self.of_kind(kind) {
            let found = read(&candidate.body, path).flat();
            let names =
                found.values.iter().map(|found| found.there.and(names(&found.value, named, own)));
            let mut is = Tri::any(names);
            if !found.doubts.is_empty() {
                is = is.or(Tri::Unknown);
                linked.doubts.extend(found.doubts);
            }
            if is.is_no() {
                continue;
            }
            if exists(candidate).is_unknown() {
                linked.doubts.push(Doubt::of_multiplicity(candidate));
            }
            for found in &found.values {
                if let (Tri::Unknown, Value::Unknown(unknown)) = (is, &found.value) {
                    linked.doubts.push(Doubt::of_unknown(unknown, Some(found.span)));
                }
            }
            linked.instances.push((candidate, is.and(exists(candidate))));
        }
        linked
    }
}

impl<'a> Linked<'a> {
    fn one(instance: &'a Instance, there: Tri) -> Self {
        Self { instances: vec![(instance, there)], doubts: Vec::new() }
    }

    fn doubted(doubt: Doubt) -> Self {
        Self { instances: Vec::new(), doubts: vec![doubt] }
    }

    fn add(&mut self, other: Self, there: Tri) {
        let instances = other.instances.into_iter();
        self.instances.extend(instances.map(|(instance, is)| (instance, is.and(there))));
        self.doubts.extend(other.doubts);
    }
}

fn elsewhere(kind: &str, found: &FoundValue) -> Doubt {
    Doubt::new(
        format!("the `{kind}` that it names is not declared here"),
        "lint it together with the code that declares it",
        Some(found.span),
    )
    .of_kind(Cause::Elsewhere)
}

/// The attribute of a managed resource of a type that a value is, or is made of.
fn attribute_of<'v>(value: &'v Value, kind: &str) -> Option<&'v Attribute> {
    let is = |unknown: &'v Unknown| match unknown {
        Unknown::Computed(attribute) if attribute.of.kind == kind => Some(attribute.as_ref()),
        _ => None,
    };
    match value {
        Value::Unknown(Unknown::Text(parts)) => parts.iter().find_map(|part| match part {
            TextPart::Unknown(unknown) => is(unknown),
            TextPart::Known(_) => None,
        }),
        Value::Unknown(unknown) => is(unknown),
        _ => None,
    }
}

/// Whether a value is an attribute of a resource of another type, one that is not there to hold values for others.
fn is_of_another_type(value: &Value, kind: &str) -> bool {
    match value {
        Value::Unknown(Unknown::Computed(attribute)) => {
            attribute.of.kind != kind && crate::wants(Mode::Managed, &attribute.of.kind)
        }
        _ => false,
    }
}

/// Whether a value is a resource's own name, alone or with a version after it.
fn is_name(value: &Value, own: &Value) -> Tri {
    if let (Value::String(text), Value::String(own)) = (value, own)
        && let Some(rest) = text.strip_prefix(own.as_str())
    {
        return (rest.is_empty() || rest.starts_with(':')).into();
    }
    if let (Value::Unknown(Unknown::Text(parts)), Value::String(own)) = (value, own)
        && let Some(TextPart::Known(first)) = parts.first()
        && first.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with(':'))
    {
        return Tri::Yes;
    }
    match value {
        // An attribute of another resource is not the written name of this one.
        Value::Unknown(Unknown::Computed(_)) => Tri::No,
        value => value.equals(own),
    }
}

/// Whether a value names a resource, whose own name is the other.
fn names(value: &Value, named: &Instance, own: Option<&Value>) -> Tri {
    if let Value::Unknown(Unknown::OneOf(arms)) = value {
        return agree(arms.iter().map(|arm| names(arm, named, own)));
    }
    match attribute_of(value, &named.address.kind) {
        Some(attribute) => (attribute.of == named.address).into(),
        None => match (value, own) {
            (Value::Unknown(Unknown::Computed(_)), _) => Tri::No,
            (value, Some(own)) => value.equals(own),
            (Value::Unknown(_), None) => Tri::Unknown,
            (_, None) => Tri::No,
        },
    }
}
