//! Whether a condition of the table holds for a workload.

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use super::link::Instances;
use super::pattern::{is_at_least, matches};
use super::read::read_any;
use crate::answer::tidy;
use crate::argument::agree;
use crate::facts::{Condition, Test, Unset, condition};
use crate::{Answer, Doubt, Network};

/// Whether a condition holds for a workload, with what it says.
pub(super) fn holds<'a>(
    network: &Network<'a>,
    instances: &Instances<'a>,
    workload: &'a Instance,
    name: &str,
) -> (Answer, &'static str) {
    let ways = condition(name, &workload.address.kind);
    let says = ways.first().map_or("", |way| way.says.as_str());
    let mut is = if ways.is_empty() { Tri::Unknown } else { Tri::No };
    let mut doubts = Vec::new();
    for way in ways {
        let answer = holds_by(network, instances, workload, way);
        if answer.is.is_yes() {
            return (answer, way.says.as_str());
        }
        is = is.or(answer.is);
        doubts.extend(answer.doubts);
    }
    let answer = if is.is_no() { Answer::no(Vec::new()) } else { Answer::unknown(tidy(doubts)) };
    (answer, says)
}

fn holds_by<'a>(
    network: &Network<'a>,
    instances: &Instances<'a>,
    workload: &'a Instance,
    way: &Condition,
) -> Answer {
    let linked = instances.follow(workload, &way.via);
    let mut is = if linked.doubts.is_empty() { Tri::No } else { Tri::Unknown };
    let mut doubts = linked.doubts;
    for (instance, there) in linked.instances {
        let answer = decide(network, instance, way);
        let here = there.and(answer.is);
        if here.is_yes() {
            return answer;
        }
        is = is.or(here);
        if here.is_unknown() {
            doubts.extend(answer.doubts);
        }
    }
    if is.is_no() { Answer::no(Vec::new()) } else { Answer::unknown(doubts) }
}

/// Whether what a resource says is what the condition asks for.
fn decide(network: &Network<'_>, instance: &Instance, way: &Condition) -> Answer {
    match &way.test {
        Test::Always => return Answer::yes(Vec::new()),
        Test::Never => return Answer::no(Vec::new()),
        Test::Unknown => {
            let doubt = Doubt::new(way.says.as_str(), "", Some(instance.header));
            return Answer::unknown(vec![doubt]);
        }
        Test::Region(regions) => {
            return match network.region_of(instance) {
                crate::Region::Known(name, span)
                    if regions.iter().any(|region| *region == name) =>
                {
                    Answer::yes(span.map(|span| Annotation::new(span, "")).into_iter().collect())
                }
                crate::Region::Known(..) => Answer::no(Vec::new()),
                crate::Region::Unknown(Some(unknown)) => {
                    Answer::unknown(vec![Doubt::of_unknown(&unknown, None)])
                }
                crate::Region::Unknown(None) => Answer::unknown(vec![Doubt::of_unknown(
                    &Unknown::Environment("the provider's region".into()),
                    None,
                )]),
            };
        }
        Test::Matches(_) | Test::Given | Test::AtLeast(..) | Test::Below(_) => {}
    }
    let found = read_any(&instance.body, &way.paths).flat();
    let mut doubts = found.doubts;
    let mut is = if doubts.is_empty() { Tri::No } else { Tri::Unknown };
    let mut certain = false;
    for found in &found.values {
        let passes = passes(&found.value, &way.test);
        let here = found.there.and(passes);
        if here.is_yes() {
            return Answer::yes(vec![Annotation::new(found.span, way.says.as_str())]);
        }
        if here.is_unknown()
            && let Some(unknown) = found.value.first_unknown()
        {
            doubts.push(Doubt::of_unknown(unknown, Some(found.span)));
        }
        is = is.or(here);
        certain |= found.there.is_yes();
    }
    // What is left out, or perhaps left out, is what it is by default.
    if !certain {
        let by_default = match &way.default {
            Unset::Nothing => Tri::No,
            Unset::Text(text) => passes(&Value::string(text.as_str()), &way.test),
            Unset::Unknown => Tri::Unknown,
        };
        let nothing_else = found.values.is_empty() && doubts.is_empty();
        is = if nothing_else { by_default } else { agree([is, by_default]) };
        if by_default.is_unknown() {
            let argument = way.paths.first().and_then(|path| path.last());
            doubts.push(Doubt::new(
                format!("`{}` is left out", argument.map_or("", String::as_str)),
                "write it in the code",
                Some(instance.header),
            ));
        }
    }
    match is {
        Tri::Yes => Answer::yes(vec![Annotation::new(instance.header, way.says.as_str())]),
        Tri::No => Answer::no(Vec::new()),
        Tri::Unknown => Answer::unknown(doubts),
    }
}

/// Whether a value is what a test asks for.
fn passes(value: &Value, test: &Test) -> Tri {
    if let Value::Unknown(Unknown::OneOf(arms)) = value {
        return agree(arms.iter().map(|arm| passes(arm, test)));
    }
    match (test, value) {
        (Test::Matches(patterns), value) => matches(value, patterns),
        (Test::Given, Value::Null) => Tri::No,
        (Test::Given, Value::String(text)) => (!text.is_empty()).into(),
        // What another resource computes is there once that resource is; text of known parts is never null.
        (Test::Given, Value::Unknown(Unknown::Computed(_) | Unknown::Text(_))) => Tri::Yes,
        (Test::Given, Value::Unknown(_)) => Tri::Unknown,
        (Test::Given, _) => Tri::Yes,
        (Test::AtLeast(least, words), Value::String(text)) => {
            if words.iter().any(|word| word == text) {
                Tri::Yes
            } else {
                is_at_least(text, least).map_or(Tri::Unknown, Tri::from)
            }
        }
        (Test::Below(limit), Value::String(text)) => {
            // A word that is no version names the latest one.
            is_at_least(text, limit).map_or(Tri::No, |is| (!is).into())
        }
        _ => Tri::Unknown,
    }
}
