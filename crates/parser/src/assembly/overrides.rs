//! Override files: what they say replaces, piece by piece, what the other files say.

use std::collections::{BTreeSet, HashMap};

use privatelint_diagnostics::{Problem, ProblemKind};
use smol_str::SmolStr;

use super::declarations::{Declarations, check_header, provider_key, stray_attribute, title};
use super::{resource_key, settings};
use crate::syntax::{Block, Body};

/// Merges an override file into what the files before it declare.
pub(super) fn apply(declarations: &mut Declarations, body: Body, problems: &mut Vec<Problem>) {
    for attribute in &body.attributes {
        problems.push(stray_attribute(attribute));
    }
    for block in body.blocks {
        if !check_header(&block, problems) {
            continue;
        }
        let name = block.labels.last().map(|label| label.text.clone()).unwrap_or_default();
        let base = match block.kind.text.as_str() {
            "variable" => declarations.variables.get_mut(&name),
            "output" => declarations.outputs.get_mut(&name),
            "module" => declarations.calls.get_mut(&name),
            "resource" | "data" => {
                resource_key(&block).and_then(|key| declarations.resources.get_mut(&key))
            }
            "provider" => {
                let key = provider_key(&block);
                match declarations.provider_index.get(&key) {
                    Some(index) => declarations.providers.get_mut(*index),
                    // A default configuration that is not written is empty, and may be overridden.
                    None if key.1.is_none() => {
                        declarations.provider_index.insert(key, declarations.providers.len());
                        declarations.providers.push(block);
                        continue;
                    }
                    None => None,
                }
            }
            "locals" => {
                for attribute in block.body.attributes {
                    match declarations.locals.get_mut(&attribute.name.text) {
                        Some(base) => *base = attribute,
                        None => problems.push(missing(
                            &format!("local.{}", attribute.name.text),
                            attribute.name.span,
                        )),
                    }
                }
                continue;
            }
            "terraform" => {
                settings::merge(&mut declarations.settings, &block);
                continue;
            }
            _ => continue,
        };
        match base {
            Some(base) => merge(base, block),
            None => problems.push(missing(&title(&block), block.header)),
        }
    }
}

/// Attributes replace those of the same name; nested blocks replace all blocks of their type. `lifecycle` is merged
/// like a block of its own, and `depends_on` cannot be overridden.
fn merge(base: &mut Block, over: Block) {
    let places: HashMap<SmolStr, usize> = (0..)
        .zip(&base.body.attributes)
        .map(|(place, attribute)| (attribute.name.text.clone(), place))
        .collect();
    for attribute in over.body.attributes {
        if attribute.name.text == "depends_on" {
            continue;
        }
        let place = places.get(&attribute.name.text);
        match place.and_then(|place| base.body.attributes.get_mut(*place)) {
            Some(old) => *old = attribute,
            None => base.body.attributes.push(attribute),
        }
    }
    let (lifecycle, blocks): (Vec<Block>, Vec<Block>) =
        over.body.blocks.into_iter().partition(|block| block.kind.text == "lifecycle");
    for block in lifecycle {
        match base.body.blocks.iter_mut().find(|old| old.kind.text == "lifecycle") {
            Some(old) => merge(old, block),
            None => base.body.blocks.push(block),
        }
    }
    let replaced: BTreeSet<SmolStr> = blocks.iter().map(repeatable_type).collect();
    base.body.blocks.retain(|old| !replaced.contains(&repeatable_type(old)));
    base.body.blocks.extend(blocks);
}

/// The type of the blocks that a nested block stands for: a `dynamic` block stands for those it generates.
fn repeatable_type(block: &Block) -> SmolStr {
    match block.labels.first() {
        Some(label) if block.kind.text == "dynamic" => label.text.clone(),
        _ => block.kind.text.clone(),
    }
}

fn missing(what: &str, place: privatelint_diagnostics::Span) -> Problem {
    let message = format!("{what} overrides nothing: no other file of this module declares it");
    Problem::at(ProblemKind::Module, place, message)
        .help("declare it in a file that does not end in `_override`")
}
