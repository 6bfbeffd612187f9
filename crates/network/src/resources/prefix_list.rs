//! Managed prefix lists with their entries, inline and standalone.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Multiplicity, Tri, Value};

use super::PrefixListId;
use crate::answer::tidy;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::owners::ByOwner;
use crate::{Argument, Doubt};

/// `aws_ec2_managed_prefix_list`.
#[derive(Debug)]
pub struct PrefixList<'a> {
    /// Its id in the network.
    pub id: PrefixListId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its entries, inline ones first.
    pub entries: Vec<PrefixListEntry>,
    /// Why there may be more entries; empty if these are all.
    pub doubts: Vec<Doubt>,
}

/// A CIDR block in a prefix list.
#[derive(Debug, Clone)]
pub struct PrefixListEntry {
    /// Whether it is certainly an entry.
    pub there: Tri,
    /// The CIDR block.
    pub cidr: Value,
    /// The nested block, or the header of the entry's resource.
    pub span: Span,
}

pub(crate) fn prefix_lists<'a>(graph: &Graph<'a>) -> Vec<PrefixList<'a>> {
    let standalone = graph.with_role(Role::PrefixListEntry).iter().copied();
    let standalone = ByOwner::new(graph, standalone, "prefix_list_id");
    let instances = graph.with_role(Role::PrefixList).iter().enumerate();
    instances
        .map(|(at, instance)| prefix_list(graph, PrefixListId::at(at), instance, &standalone))
        .collect()
}

fn prefix_list<'a>(
    graph: &Graph<'a>,
    id: PrefixListId,
    instance: &'a Instance,
    standalone: &ByOwner<'a, PrefixListId>,
) -> PrefixList<'a> {
    let mut entries = Vec::new();
    let mut doubts = Vec::new();
    for block in instance.body.nested("entry") {
        let cidr = Argument::of(&block.body, "cidr").value;
        let there = match block.multiplicity {
            Multiplicity::One => Tri::Yes,
            Multiplicity::Unknown => {
                let unknown = cidr.first_unknown();
                let unknown = unknown.or(instance.body.get("entry").and_then(Value::first_unknown));
                doubts.push(match unknown {
                    Some(unknown) => Doubt::of_unknown(unknown, Some(block.span)),
                    None => Doubt::new(
                        "how many entries there are is not known",
                        "give the variables in `for_each` a value",
                        Some(block.span),
                    ),
                });
                Tri::Unknown
            }
        };
        if !cidr.is_null() {
            entries.push(PrefixListEntry { there, cidr, span: block.span });
        }
    }
    for (by, linked) in standalone.of(graph, id) {
        doubts.extend(linked.doubt.flatten());
        let cidr = Argument::of(&by.body, "cidr").value;
        entries.push(PrefixListEntry { there: linked.there, cidr, span: by.header });
    }
    let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
    doubts.extend(modules.map(|module| module.doubt()));
    PrefixList { id, instance, entries, doubts: tidy(doubts) }
}
