//! Answers with what makes them so, and what stands in their way.

use privatelint_diagnostics::{Annotation, Span};
use privatelint_evaluator::{Instance, TextPart, Tri, Unknown};

/// The answer to a question about the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer.
    pub is: Tri,
    /// The places that make it so, in the order in which to show them.
    pub evidence: Vec<Annotation>,
    /// If it is [`Tri::Unknown`]: what stands in the way. Otherwise empty.
    pub doubts: Vec<Doubt>,
}

/// Why a question has no answer, and what would give it one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// The reason, without a full stop: "variable `vpc_id` has no value".
    pub because: String,
    /// What the user can do, as an order: "pass its value with `--var` or `--var-file`".
    pub resolve: String,
    /// The place, if there is one.
    pub span: Option<Span>,
}

impl Answer {
    /// Yes, because of these places.
    #[must_use]
    pub fn yes(evidence: Vec<Annotation>) -> Self {
        Self { is: Tri::Yes, evidence, doubts: Vec::new() }
    }

    /// No, because of these places.
    #[must_use]
    pub fn no(evidence: Vec<Annotation>) -> Self {
        Self { is: Tri::No, evidence, doubts: Vec::new() }
    }

    /// Not decided, for these reasons.
    #[must_use]
    pub fn unknown(doubts: Vec<Doubt>) -> Self {
        Self { is: Tri::Unknown, evidence: Vec::new(), doubts }
    }
}

impl Doubt {
    /// A reason with a way out.
    #[must_use]
    pub fn new(because: impl Into<String>, resolve: impl Into<String>, span: Option<Span>) -> Self {
        Self { because: because.into(), resolve: resolve.into(), span }
    }

    /// The reason that a value at a place is not known.
    #[must_use]
    pub fn of_unknown(unknown: &Unknown, span: Option<Span>) -> Self {
        match unknown {
            Unknown::Variable(name) => Self::new(
                format!("variable `{name}` has no value"),
                "pass its value with `--var` or `--var-file`",
                span,
            ),
            Unknown::ModuleMissing(output) => Self::new(
                format!("the code of `{}` is not there", output.module),
                "run `terraform init`, which puts it under `.terraform/modules`",
                span,
            ),
            Unknown::Computed(attribute) => Self::new(
                format!(
                    "`{}` is known only after the apply",
                    path(&attribute.of.to_string(), &attribute.path)
                ),
                "write the value in the code, if it does not depend on AWS",
                span,
            ),
            Unknown::Data(attribute) => Self::new(
                format!("`{}` is read from AWS", path(&attribute.of.to_string(), &attribute.path)),
                "make it a variable, and pass its value with `--var-file`",
                span,
            ),
            Unknown::Function(name) => Self::new(
                format!("the result of `{name}` is not known"),
                "write its result in the code, if it is always the same",
                span,
            ),
            Unknown::Instance(address) => Self::new(
                format!(
                    "`count` or `for_each` of `{}.{}` is not known",
                    address.kind, address.name
                ),
                "give the variables in it a value with `--var` or `--var-file`",
                span,
            ),
            Unknown::Environment(name) => Self::new(
                format!("`{name}` is decided when Terraform runs"),
                "use a variable, and pass its value with `--var`",
                span,
            ),
            Unknown::Text(parts) => {
                let unknown = parts.iter().find_map(|part| match part {
                    TextPart::Unknown(unknown) => Some(unknown),
                    TextPart::Known(_) => None,
                });
                unknown.map_or_else(
                    || Self::of_unknown(&Unknown::Error, span),
                    |u| Self::of_unknown(u, span),
                )
            }
            Unknown::OneOf(_) => Self::new(
                "a condition in it is not known",
                "give the variables in the condition a value with `--var` or `--var-file`",
                span,
            ),
            Unknown::Derived(causes) => match causes.first() {
                Some(cause) => Self::of_unknown(cause, span),
                None => Self::of_unknown(&Unknown::Error, span),
            },
            Unknown::Cycle | Unknown::Error => Self::new(
                "the expression has an error",
                "mend the problem that is reported for it",
                span,
            ),
        }
    }

    /// The reason that it is not known whether an instance is there.
    #[must_use]
    pub fn of_multiplicity(instance: &Instance) -> Self {
        let span = Some(instance.header);
        match &instance.multiplicity_unknown {
            Some(unknown) => Self::of_unknown(unknown, span),
            None => Self::of_unknown(&Unknown::Instance(instance.address.clone().into()), span),
        }
    }
}

fn path(address: &str, path: &str) -> String {
    match path.chars().next() {
        None => address.to_owned(),
        Some('[') => format!("{address}{path}"),
        Some(_) => format!("{address}.{path}"),
    }
}

/// Sorts reasons and drops those said twice.
pub(crate) fn tidy(mut doubts: Vec<Doubt>) -> Vec<Doubt> {
    doubts.sort();
    doubts.dedup();
    doubts
}
