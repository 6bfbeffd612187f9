//! Why questions were not decided: from what a rule saw to what the user can do something about.

use privatelint_diagnostics::{Cause, Span, Undecided};
use privatelint_evaluator::{Address, Evaluation, Instance, InstanceKey, Unknown};
use privatelint_network::Doubt;

/// How often a reason is followed to another one.
const DEEPEST: usize = 8;

/// Names the resources that questions are about.
pub(crate) fn name_resources(undecided: &mut [Undecided], instances: &[Instance]) {
    for asked in undecided.iter_mut().flat_map(|it| &mut it.asked) {
        let Some(place) = asked.span else { continue };
        let mut at = instances.iter().filter(|instance| instance.span.contains(place));
        let Some(first) = at.next() else { continue };
        // Of several instances of a block it is the block.
        let address = match at.next() {
            None => first.address.clone(),
            Some(_) => Address { key: InstanceKey::None, ..first.address.clone() },
        };
        asked.resource = Some(address.to_string());
    }
}

/// Puts the reason of a condition, a `count` or a `for_each` in the place of that.
pub(crate) fn find_reasons(undecided: &mut [Undecided], evaluation: &mut Evaluation<'_>) {
    for undecided in undecided {
        for _ in 0..DEEPEST {
            let reason = match (undecided.cause, &undecided.about, undecided.at) {
                (Cause::Count, Some(block), _) => of_block(block, evaluation),
                (Cause::Condition, _, Some(at)) => of_condition(at, evaluation),
                _ => None,
            };
            let Some((unknown, at)) = reason else { break };
            let doubt = Doubt::of_unknown(&unknown, at);
            if (&doubt.because, doubt.span) == (&undecided.because, undecided.at) {
                break;
            }
            undecided.because = doubt.because;
            undecided.resolve = doubt.resolve;
            undecided.cause = doubt.cause;
            undecided.about = doubt.about;
            undecided.at = doubt.span;
        }
    }
}

fn of_block(block: &str, evaluation: &Evaluation<'_>) -> Option<(Unknown, Option<Span>)> {
    let mut instances = evaluation.instances.iter();
    let instance = instances.find(|instance| instance.address.to_string() == block)?;
    Some((instance.multiplicity_unknown.clone()?, None))
}

fn of_condition(at: Span, evaluation: &mut Evaluation<'_>) -> Option<(Unknown, Option<Span>)> {
    let mut instances = evaluation.instances.iter();
    let instance = instances.find(|instance| instance.span.contains(at))?;
    let address = instance.address.clone();
    Some((evaluation.condition_behind(&address, at)?, None))
}
