//! Standalone resources by the owner that they name: an association by its subnet, a rule by its group.
//!
//! Each is looked up once, so that a thousand rules of a hundred groups are a thousand look-ups.

use std::collections::HashMap;
use std::marker::PhantomData;

use privatelint_evaluator::Instance;

use crate::Ref;
use crate::argument::Argument;
use crate::graph::{Graph, Part, is_adopted};
use crate::members::{Linked, links};

/// Standalone resources by the owner that an argument of theirs names.
#[derive(Debug)]
pub(crate) struct ByOwner<'a, O> {
    instances: Vec<&'a Instance>,
    argument: &'static str,
    /// Those that name one declared owner, by its position.
    named: HashMap<usize, Vec<usize>>,
    /// Those whose owner is not declared: an adopted object may be it.
    external: Vec<usize>,
    /// Those that may belong to one of several, or to any.
    open: Vec<usize>,
    owner: PhantomData<O>,
}

impl<'a, O: Part> ByOwner<'a, O> {
    /// The resources by their argument of that name.
    pub(crate) fn new(
        graph: &Graph<'a>,
        instances: impl IntoIterator<Item = &'a Instance>,
        argument: &'static str,
    ) -> Self {
        let mut found = Self {
            instances: Vec::new(),
            argument,
            named: HashMap::new(),
            external: Vec::new(),
            open: Vec::new(),
            owner: PhantomData,
        };
        for (at, instance) in instances.into_iter().enumerate() {
            found.instances.push(instance);
            match graph.resolve::<O>(&Argument::of(&instance.body, argument).value) {
                Ref::Managed(owner) => found.named.entry(owner.position()).or_default().push(at),
                Ref::External(_) => found.external.push(at),
                Ref::OneOf(_) | Ref::Maybe(_) => found.open.push(at),
                Ref::Absent => {}
            }
        }
        found
    }

    /// Those that are certainly or perhaps an owner's, by address.
    pub(crate) fn of(&self, graph: &Graph<'a>, owner: O) -> Vec<(&'a Instance, Linked)> {
        let adopted = graph.instance(owner).is_some_and(is_adopted);
        let named = self.named.get(&owner.position()).into_iter().flatten();
        let external = self.external.iter().filter(|_| adopted);
        let mut positions: Vec<usize> = named.chain(external).chain(&self.open).copied().collect();
        positions.sort_unstable();
        let instances = positions.into_iter().filter_map(|at| self.instances.get(at).copied());
        instances
            .map(|by| (by, links(graph, by, self.argument, owner)))
            .filter(|(_, linked)| linked.doubt.is_some())
            .collect()
    }
}
