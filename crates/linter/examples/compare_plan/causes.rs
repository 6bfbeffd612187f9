//! Why the evaluator does not know what a plan knows.

use privatelint_evaluator::{BodyValue, Instance, TextPart, Unknown, Value};

/// What decides an attribute that the evaluator does not know, in a few words. Two attributes with the same cause have the same words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cause {
    /// The words.
    pub(crate) text: String,
    /// Whether the answer is outside the files: AWS gives it (a data source, what the provider adds), or whoever runs Terraform.
    pub(crate) is_outside: bool,
}

impl Cause {
    fn outside(text: String) -> Self {
        Self { text, is_outside: true }
    }

    fn ours(text: &str) -> Self {
        Self { text: text.to_owned(), is_outside: false }
    }
}

/// The cause of what is unknown in an attribute, or in the nested blocks of a type.
///
/// Something outside the files counts only if everything that is unknown there comes from outside.
pub(crate) fn of_attribute(instance: &Instance, name: &str) -> Cause {
    let mut causes = Vec::new();
    in_body(&instance.body, Some(name), &mut causes);
    choose(causes)
}

/// The cause of an instance standing for an unknown number of them.
pub(crate) fn of_multiplicity(instance: &Instance) -> Cause {
    let mut causes = Vec::new();
    if let Some(unknown) = &instance.multiplicity_unknown {
        of_unknown(unknown, &mut causes);
    }
    choose(causes)
}

fn choose(mut causes: Vec<Cause>) -> Cause {
    causes.sort();
    let ours = causes.iter().position(|cause| !cause.is_outside);
    match ours.or((!causes.is_empty()).then_some(0)) {
        Some(at) => causes.swap_remove(at),
        None => Cause::ours("no reason is kept"),
    }
}

fn in_body(body: &BodyValue, only: Option<&str>, causes: &mut Vec<Cause>) {
    let is_asked = |name: &str| only.is_none_or(|only| only == name);
    for (name, attribute) in &body.attributes {
        if is_asked(name) {
            in_value(&attribute.value, causes);
        }
    }
    for block in body.blocks.iter().filter(|block| is_asked(&block.kind)) {
        in_body(&block.body, None, causes);
        if block.multiplicity == privatelint_evaluator::Multiplicity::Unknown {
            causes.push(Cause::ours("a dynamic block over something unknown"));
        }
    }
}

fn in_value(value: &Value, causes: &mut Vec<Cause>) {
    if let Value::Unknown(unknown) = value {
        of_unknown(unknown, causes);
    }
    for element in value.as_elements().into_iter().flatten() {
        in_value(element, causes);
    }
    for element in value.as_entries().into_iter().flat_map(|entries| entries.values()) {
        in_value(element, causes);
    }
}

fn of_unknown(unknown: &Unknown, causes: &mut Vec<Cause>) {
    match unknown {
        Unknown::Data(attribute) => {
            causes.push(Cause::outside(format!("data source {}", attribute.of.kind)));
        }
        Unknown::Computed(attribute) => {
            causes.push(Cause::outside(format!(
                "the provider gives {}.{}",
                attribute.of.kind, attribute.path
            )));
        }
        Unknown::Environment(name) => {
            causes.push(Cause::outside(format!("whoever runs Terraform decides {name}")));
        }
        Unknown::Variable(name) => {
            causes.push(Cause { text: format!("variable {name}"), is_outside: false });
        }
        Unknown::ModuleMissing(_) => causes.push(Cause::ours("a module whose code is not there")),
        Unknown::Function(name) => {
            causes.push(Cause { text: format!("function {name}"), is_outside: false });
        }
        Unknown::File(what) => {
            causes.push(Cause { text: format!("file {what}"), is_outside: false });
        }
        Unknown::Instance(_) => causes.push(Cause::ours("which instances there are")),
        Unknown::Cycle => causes.push(Cause::ours("a cycle")),
        Unknown::Error => causes.push(Cause::ours("an error")),
        Unknown::Text(parts) => {
            for part in parts.iter() {
                if let TextPart::Unknown(unknown) = part {
                    of_unknown(unknown, causes);
                }
            }
        }
        Unknown::OneOf(arms) => {
            // The condition is not kept; its arms are known or say why they are not.
            if arms.iter().all(Value::is_known) {
                causes.push(Cause::ours("a condition that is not known"));
            }
            for arm in arms.iter() {
                in_value(arm, causes);
            }
        }
        Unknown::Derived(from) => {
            for unknown in from.iter() {
                of_unknown(unknown, causes);
            }
        }
    }
}
