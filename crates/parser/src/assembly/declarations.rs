//! What the blocks of a module's files declare, before they are understood.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use privatelint_diagnostics::{Problem, ProblemKind};
use smol_str::SmolStr;

use super::{literal, resource_key, settings};
use crate::module::{ResourceKey, Settings};
use crate::syntax::{Attribute, Block, Body};

/// The block types of Terraform's and OpenTofu's top level, with the names of their labels.
const BLOCK_TYPES: [(&str, &[&str]); 16] = [
    ("terraform", &[]),
    ("variable", &["name"]),
    ("locals", &[]),
    ("output", &["name"]),
    ("module", &["name"]),
    ("resource", &["type", "name"]),
    ("data", &["type", "name"]),
    ("ephemeral", &["type", "name"]),
    ("action", &["type", "name"]),
    ("provider", &["name"]),
    ("check", &["name"]),
    ("moved", &[]),
    ("import", &[]),
    ("removed", &[]),
    ("required_providers", &[]),
    ("language", &[]),
];

/// Blocks by what they declare. The first of two with the same name counts; the second is a problem.
#[derive(Default)]
pub(super) struct Declarations {
    pub(super) variables: BTreeMap<SmolStr, Block>,
    pub(super) locals: BTreeMap<SmolStr, Attribute>,
    pub(super) outputs: BTreeMap<SmolStr, Block>,
    pub(super) resources: BTreeMap<ResourceKey, Block>,
    pub(super) calls: BTreeMap<SmolStr, Block>,
    pub(super) checks: BTreeMap<SmolStr, Block>,
    pub(super) providers: Vec<Block>,
    /// Where in `providers` each local name and alias is.
    pub(super) provider_index: BTreeMap<ProviderKey, usize>,
    pub(super) settings: Settings,
}

impl Declarations {
    /// Adds what a file declares that does not override others.
    pub(super) fn add(&mut self, body: Body, problems: &mut Vec<Problem>) {
        for attribute in &body.attributes {
            problems.push(stray_attribute(attribute));
        }
        for block in body.blocks {
            if check_header(&block, problems) {
                self.block(block, problems);
            }
        }
    }

    fn block(&mut self, block: Block, problems: &mut Vec<Problem>) {
        let name = block.labels.last().map(|label| label.text.clone()).unwrap_or_default();
        match block.kind.text.as_str() {
            "variable" => insert(&mut self.variables, name, block, problems),
            "output" => insert(&mut self.outputs, name, block, problems),
            "module" => insert(&mut self.calls, name, block, problems),
            "check" => insert(&mut self.checks, name, block, problems),
            "resource" | "data" => {
                if let Some(key) = resource_key(&block) {
                    insert(&mut self.resources, key, block, problems);
                }
            }
            "locals" => self.locals(block.body.attributes, problems),
            "provider" => self.provider(block, problems),
            "terraform" => settings::merge(&mut self.settings, &block),
            // Nothing in the other blocks declares what a rule could look at.
            _ => {}
        }
    }

    fn locals(&mut self, attributes: Vec<Attribute>, problems: &mut Vec<Problem>) {
        for attribute in attributes {
            match self.locals.entry(attribute.name.text.clone()) {
                Entry::Vacant(entry) => drop(entry.insert(attribute)),
                Entry::Occupied(_) => {
                    let message = format!("local.{} is declared twice", attribute.name.text);
                    problems.push(Problem::at(ProblemKind::Module, attribute.name.span, message));
                }
            }
        }
    }

    fn provider(&mut self, block: Block, problems: &mut Vec<Problem>) {
        match self.provider_index.entry(provider_key(&block)) {
            Entry::Vacant(entry) => {
                entry.insert(self.providers.len());
                self.providers.push(block);
            }
            Entry::Occupied(_) => problems.push(duplicate(&block)),
        }
    }
}

/// A provider's local name and alias.
pub(super) type ProviderKey = (SmolStr, Option<SmolStr>);

/// The local name and the alias.
pub(super) fn provider_key(block: &Block) -> ProviderKey {
    let name = block.labels.first().map(|label| label.text.clone()).unwrap_or_default();
    let alias = block.body.attribute("alias").and_then(|attribute| literal(&attribute.value));
    (name, alias)
}

fn insert<K: Ord>(
    into: &mut BTreeMap<K, Block>,
    key: K,
    block: Block,
    problems: &mut Vec<Problem>,
) {
    match into.entry(key) {
        Entry::Vacant(entry) => drop(entry.insert(block)),
        Entry::Occupied(_) => problems.push(duplicate(&block)),
    }
}

fn duplicate(block: &Block) -> Problem {
    let message = format!("{} is declared twice in this module", title(block));
    Problem::at(ProblemKind::Module, block.header, message)
        .help("rename one of the two; only the first is analysed")
}

/// A block as its header says it: `resource "aws_vpc" "main"`.
pub(super) fn title(block: &Block) -> String {
    let mut title = block.kind.text.to_string();
    for label in &block.labels {
        title.push_str(&format!(" \"{}\"", label.text));
    }
    title
}

pub(super) fn stray_attribute(attribute: &Attribute) -> Problem {
    let message = format!("`{}` is set outside of a block", attribute.name.text);
    Problem::at(ProblemKind::Module, attribute.name.span, message)
        .help("values belong into a block, such as `locals`, or into a `.tfvars` file")
}

/// Whether a top-level block is of a known type and has its labels.
pub(super) fn check_header(block: &Block, problems: &mut Vec<Problem>) -> bool {
    let kind = block.kind.text.as_str();
    let Some((_, labels)) = BLOCK_TYPES.iter().find(|(known, _)| *known == kind) else {
        let message = format!("Terraform has no block of type `{kind}` here");
        let problem = Problem::at(ProblemKind::Module, block.header, message);
        problems.push(match nearest(kind, BLOCK_TYPES.iter().map(|(known, _)| *known)) {
            Some(known) => problem.help(format!("did you mean `{known}`?")),
            None => problem,
        });
        return false;
    };
    if block.labels.len() == labels.len() {
        return true;
    }
    let expected = match labels {
        [] => "no label".to_owned(),
        [one] => format!("one label: its {one}"),
        _ => format!("{} labels: its {}", labels.len(), labels.join(" and its ")),
    };
    let message = format!("a `{kind}` block has {expected}; here are {}", block.labels.len());
    problems.push(Problem::at(ProblemKind::Module, block.header, message));
    false
}

fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let near = known.map(|known| (strsim::damerau_levenshtein(word, known), known));
    near.filter(|(distance, known)| *distance <= 1 + known.len() / 4).min().map(|(_, known)| known)
}
