//! What is attached to something, inline and by association resources.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use crate::answer::tidy;
use crate::graph::{Graph, Part, exists};
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Member, Members, Ref, Written};

/// The things that an inline argument lists.
pub(crate) fn inline<'a, I: Part>(
    graph: &Graph<'a>,
    by: &'a Instance,
    argument: &str,
) -> Members<'a, I> {
    let argument = Argument::of(&by.body, argument);
    let mut members = Members { items: Vec::new(), doubts: Vec::new(), span: argument.span };
    let Some(span) = argument.span else { return members };
    add_list(&mut members, graph, &argument.value, span, by);
    members
}

/// The one thing that an inline argument names.
pub(crate) fn single<'a, I: Part>(
    graph: &Graph<'a>,
    by: &'a Instance,
    argument: &str,
) -> Members<'a, I> {
    let Argument { value, span } = Argument::of(&by.body, argument);
    let mut members = Members { items: Vec::new(), doubts: Vec::new(), span };
    let target = graph.resolve(&value);
    if let Some(span) = span
        && target != Ref::Absent
    {
        // An id that a resource computes is there.
        let there = match target.managed() {
            Some(id) => graph.links_to(&target, id),
            None => !crate::argument::unset(&value),
        };
        if let (Tri::Unknown, Value::Unknown(unknown)) = (there, &value) {
            members.doubts.push(Doubt::of_unknown(unknown, Some(span)));
        }
        members.items.push(Member { target, value, there, written: Written::Inline, span, by });
    }
    members
}

/// Adds the things that the value of an inline argument lists.
pub(crate) fn add_list<'a, I: Part>(
    members: &mut Members<'a, I>,
    graph: &Graph<'a>,
    value: &Value,
    span: Span,
    by: &'a Instance,
) {
    let mut add = |value: &Value, there: Tri| {
        members.items.push(Member {
            target: graph.resolve(value),
            value: value.clone(),
            there,
            written: Written::Inline,
            span,
            by,
        });
    };
    match value {
        Value::Null => {}
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            for element in elements.iter().filter(|element| !element.is_null()) {
                add(element, Tri::Yes);
            }
        }
        Value::Unknown(unknown @ Unknown::OneOf(arms)) => {
            let lists: Vec<Option<&[Value]>> = arms
                .iter()
                .map(|arm| if arm.is_null() { Some([].as_slice()) } else { arm.as_elements() })
                .collect();
            let mut seen: Vec<&Value> = Vec::new();
            for element in lists.iter().flatten().copied().flatten() {
                if seen.contains(&element) || element.is_null() {
                    continue;
                }
                seen.push(element);
                let in_all =
                    lists.iter().all(|list| list.is_some_and(|list| list.contains(element)));
                add(element, if in_all { Tri::Yes } else { Tri::Unknown });
            }
            if lists.iter().any(Option::is_none) {
                members.doubts.push(Doubt::of_unknown(unknown, Some(span)));
            }
        }
        Value::Unknown(unknown) => {
            // All instances of a block of which it is not known how many there are: any of them may be meant.
            if let Unknown::Computed(_) = unknown
                && graph.resolve::<I>(value).managed().is_some()
            {
                add(value, Tri::Unknown);
            }
            members.doubts.push(Doubt::of_unknown(unknown, Some(span)));
        }
        // A single value where a list is wanted is an error that the provider reports.
        single => add(single, Tri::Yes),
    }
}

/// Adds what association resources attach to an owner: what their argument of that name says.
pub(crate) fn add_owned<'a, O: Part, I: Part>(
    members: &mut Members<'a, I>,
    graph: &Graph<'a>,
    associations: &ByOwner<'a, O>,
    attached: &str,
    owner: O,
) {
    add_linked(members, graph, associations.of(graph, owner), attached);
}

/// Adds what association resources attach that are known to be an owner's.
pub(crate) fn add_linked<'a, I: Part>(
    members: &mut Members<'a, I>,
    graph: &Graph<'a>,
    associations: impl IntoIterator<Item = (&'a Instance, Linked)>,
    attached: &str,
) {
    for (by, linked) in associations {
        let value = Argument::of(&by.body, attached).value;
        members.items.push(Member {
            target: graph.resolve(&value),
            value,
            there: linked.there,
            written: Written::Standalone,
            span: by.header,
            by,
        });
        members.doubts.extend(linked.doubt.flatten());
    }
    members.doubts = tidy(std::mem::take(&mut members.doubts));
}

/// Whether a standalone resource belongs to an owner.
#[derive(Debug, Clone)]
pub(crate) struct Linked {
    pub(crate) there: Tri,
    /// `None` if it certainly does not. Otherwise why there may be more than this one, if there may.
    pub(crate) doubt: Option<Option<Doubt>>,
}

/// Whether the argument of a standalone resource names this owner.
pub(crate) fn links<O: Part>(graph: &Graph<'_>, by: &Instance, argument: &str, owner: O) -> Linked {
    let named = Argument::of(&by.body, argument);
    let linked = graph.links_to(&graph.resolve(&named.value), owner);
    if linked.is_no() {
        return Linked { there: Tri::No, doubt: None };
    }
    let doubt = match (&named.value, exists(by)) {
        (Value::Unknown(unknown), Tri::Yes) if linked.is_unknown() => {
            Some(Doubt::of_unknown(unknown, named.span))
        }
        (_, Tri::Unknown) => Some(Doubt::of_multiplicity(by)),
        _ => None,
    };
    Linked { there: linked.and(exists(by)), doubt: Some(doubt) }
}
