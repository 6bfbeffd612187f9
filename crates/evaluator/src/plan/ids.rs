//! Links ids that are known back to the objects that have them.
//!
//! A plan for what exists already knows every id. `vpc_id = "vpc-1"` says less than that it is the id of the VPC which is
//! declared beside it.

use std::collections::HashMap;

use privatelint_parser::module::Mode;
use serde_json::Value as Json;
use smol_str::SmolStr;

use super::Plan;
use crate::{Address, AttributeValue, BodyValue, Instance, Unknown, Value};

/// The attributes by which others name an object.
const NAMES: [&str; 2] = ["id", "arn"];

impl Plan {
    /// Puts, in place of every id that is known, the link to the managed instance whose id it is.
    pub fn link_ids(&self, instances: &mut [Instance]) {
        let owners = self.owners();
        if owners.is_empty() {
            return;
        }
        for instance in instances {
            let itself = instance.address.clone();
            link_body(&mut instance.body, &itself, &owners);
        }
    }

    /// The ids, each with its owner and attribute. One that several have, or that is also an argument of its owner (then it is a name, or another's
    /// id), is left out.
    fn owners(&self) -> HashMap<&str, Unknown> {
        let mut owners: HashMap<&str, Option<Unknown>> = HashMap::new();
        for one in self.planned.iter().filter(|one| one.address.mode == Mode::Managed) {
            let Some(attributes) = one.values.as_object() else { continue };
            for name in NAMES {
                let Some(id) = attributes.get(name).and_then(Json::as_str) else { continue };
                let is_elsewhere = attributes.iter().any(|(other, value)| {
                    !NAMES.contains(&other.as_str()) && value.as_str() == Some(id)
                });
                if id.is_empty() || is_elsewhere {
                    continue;
                }
                let owner = Unknown::attribute(one.address.clone(), name);
                owners
                    .entry(id)
                    .and_modify(|seen| {
                        // An object whose id is its ARN is one owner all the same.
                        let same = matches!(
                            seen,
                            Some(Unknown::Computed(seen)) if seen.of == one.address
                        );
                        if !same {
                            *seen = None;
                        }
                    })
                    .or_insert(Some(owner));
            }
        }
        owners.into_iter().filter_map(|(id, owner)| Some((id, owner?))).collect()
    }
}

fn link_body(body: &mut BodyValue, itself: &Address, owners: &HashMap<&str, Unknown>) {
    for (name, AttributeValue { value, .. }) in &mut body.attributes {
        if !NAMES.contains(&name.as_str())
            && let Some(linked) = linked(value, itself, owners)
        {
            *value = linked;
        }
    }
    for block in &mut body.blocks {
        link_body(&mut block.body, itself, owners);
    }
}

/// The value with links in it, if there are any.
fn linked(value: &Value, itself: &Address, owners: &HashMap<&str, Unknown>) -> Option<Value> {
    let of_elements = |elements: &[Value]| {
        let links: Vec<_> = elements.iter().map(|it| linked(it, itself, owners)).collect();
        links.iter().any(Option::is_some).then(|| {
            let both = elements.iter().zip(links);
            both.map(|(element, link)| link.unwrap_or_else(|| element.clone())).collect::<Vec<_>>()
        })
    };
    match value {
        Value::String(id) => match owners.get(id.as_str())? {
            Unknown::Computed(owner) if owner.of == *itself => None,
            owner => Some(Value::Unknown(owner.clone())),
        },
        Value::List(elements) => of_elements(elements).map(Value::list),
        Value::Tuple(elements) | Value::Set(elements) => of_elements(elements).map(Value::tuple),
        Value::Object(object) => {
            let mut changed = false;
            let attributes = object.attributes.iter().map(|(name, value)| {
                let link = linked(value, itself, owners);
                changed |= link.is_some();
                (name.clone(), link.unwrap_or_else(|| value.clone()))
            });
            let attributes: std::collections::BTreeMap<SmolStr, Value> = attributes.collect();
            changed.then(|| Value::object(attributes))
        }
        _ => None,
    }
}
