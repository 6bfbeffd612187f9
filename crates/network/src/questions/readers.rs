//! Which resources are read by an attribute?

use std::collections::BTreeSet;

use privatelint_evaluator::{Address, BodyValue, Mode, Unknown};

use crate::Network;
use crate::graph::any_unknown;
use crate::kinds::HANDS_ON;

impl Network<'_> {
    /// The resource instances of which something in the network reads one of these attributes, or all of them at once.
    #[must_use]
    pub fn read_by(&self, attributes: &[&str]) -> BTreeSet<Address> {
        let mut found = BTreeSet::new();
        for instance in self.instances {
            add(&mut found, &instance.body, attributes);
        }
        found
    }

    /// The resource instances of which an attribute is kept where other code reads it, as in a parameter of Systems Manager: that code may
    /// attach to them what they lack.
    #[must_use]
    pub fn handed_on(&self) -> BTreeSet<Address> {
        let mut found = BTreeSet::new();
        let keepers = self.instances.iter().filter(|instance| {
            instance.address.mode == Mode::Managed
                && HANDS_ON.contains(&instance.address.kind.as_str())
        });
        for keeper in keepers {
            for attribute in keeper.body.attributes.values() {
                attribute.value.for_each_address(&mut |address| {
                    found.insert(address.clone());
                });
            }
        }
        found
    }
}

fn add(found: &mut BTreeSet<Address>, body: &BodyValue, attributes: &[&str]) {
    for attribute in body.attributes.values() {
        any_unknown(&attribute.value, &mut |unknown| {
            if let Unknown::Computed(read) = unknown
                && (read.path.is_empty()
                    || attributes.iter().any(|name| read.path.starts_with(name)))
            {
                found.insert(read.of.clone());
            }
            false
        });
    }
    for block in &body.blocks {
        add(found, &block.body, attributes);
    }
}
