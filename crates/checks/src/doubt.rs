//! How a rule says that something in its way is not known.

use privatelint_diagnostics::{Cause, Span};
use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::{Argument, Doubt, Flag, Member, Members};

use crate::context::Cx;

/// Says that a question could not be decided, with the first of the reasons: one way out at a time is what a reader can follow.
pub(crate) fn undecided(
    cx: &Cx<'_>,
    span: Span,
    question: &str,
    doubts: impl IntoIterator<Item = Doubt>,
) {
    let doubt = doubts.into_iter().next().unwrap_or_else(|| {
        Doubt::new(
            "values that it depends on are not known",
            "give the variables in them a value with `--var-file`",
            None,
        )
    });
    cx.undecided(span, question, doubt);
}

/// The reason that an argument stands in the way of an answer, if that answer is unknown because of it.
pub(crate) fn of_argument(answer: Tri, argument: &Argument) -> Option<Doubt> {
    let unknown = argument.value.first_unknown().filter(|_| answer.is_unknown())?;
    Some(Doubt::of_unknown(unknown, argument.span))
}

/// The reason that a switch is not known, if it is not.
pub(crate) fn of_flag(flag: &Flag) -> Option<Doubt> {
    let unknown = flag.unknown.as_ref().filter(|_| flag.is.is_unknown())?;
    Some(Doubt::of_unknown(unknown, flag.span))
}

/// The reasons that it is not known what is attached: those given, or that something is attached only perhaps.
pub(crate) fn of_members<I>(members: &Members<'_, I>) -> Vec<Doubt> {
    if !members.doubts.is_empty() {
        return members.doubts.clone();
    }
    let perhaps = members.items.iter().filter(|member| member.there.is_unknown());
    perhaps.map(doubt_about).collect()
}

fn doubt_about<I>(member: &Member<'_, I>) -> Doubt {
    match member.by.multiplicity {
        Multiplicity::Unknown => Doubt::of_multiplicity(member.by),
        Multiplicity::One => Doubt::new(
            "a condition in it is not known",
            "give the variables in the condition a value with `--var` or `--var-file`",
            Some(member.span),
        )
        .of_kind(Cause::Condition),
    }
}
