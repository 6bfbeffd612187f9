//! Answers with what makes them so, and what stands in their way.

use privatelint_diagnostics::{Annotation, Cause, Span};
use privatelint_evaluator::{Address, Instance, InstanceKey, Mode, TextPart, Tri, Unknown};

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
    /// The kind of the reason.
    pub cause: Cause,
    /// The address that stands for all instances of a block, if how many there are is the reason, or that of a data source which is.
    pub about: Option<String>,
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
        Self {
            because: because.into(),
            resolve: resolve.into(),
            span,
            cause: Cause::default(),
            about: None,
        }
    }

    /// The same, of a kind.
    #[must_use]
    pub fn of_kind(self, cause: Cause) -> Self {
        Self { cause, ..self }
    }

    /// The same, because of a data source.
    pub(crate) fn about(self, data: &Address) -> Self {
        Self { about: Some(data.to_string()), ..self }
    }

    /// The reason that a value at a place is not known.
    #[must_use]
    pub fn of_unknown(unknown: &Unknown, span: Option<Span>) -> Self {
        match unknown {
            Unknown::Variable(name) => Self::new(
                format!("variable `{name}` has no value"),
                "pass its value with `--var` or `--var-file`",
                span,
            )
            .of_kind(Cause::Variable),
            Unknown::ModuleMissing(output) => Self::new(
                format!("the code of `{}` is not there", output.module),
                "run `terraform init`, which puts it under `.terraform/modules`",
                span,
            )
            .of_kind(Cause::Module),
            Unknown::Computed(attribute) if is_of_any(&attribute.of) => {
                Self::of_block(&attribute.of, span)
            }
            Unknown::Computed(attribute) => Self::new(
                format!(
                    "`{}` is known only after the apply",
                    path(&attribute.of.to_string(), &attribute.path)
                ),
                "write the value in the code, if it does not depend on AWS",
                span,
            )
            .of_kind(Cause::Apply),
            Unknown::Data(attribute) if is_of_any(&attribute.of) => {
                Self::of_block(&attribute.of, span)
            }
            Unknown::Data(attribute) => Self::new(
                format!("`{}` is read from AWS", path(&attribute.of.to_string(), &attribute.path)),
                "make it a variable, and pass its value with `--var-file`",
                span,
            )
            .of_kind(Cause::Data)
            .about(&attribute.of),
            Unknown::Function(name) => Self::new(
                format!("the result of `{name}` is not known"),
                "write its result in the code, if it is always the same",
                span,
            )
            .of_kind(Cause::Function),
            Unknown::File(why) => Self::new(
                why.as_str(),
                "write what is in it into the code, or pass it as a variable",
                span,
            )
            .of_kind(Cause::File),
            Unknown::Instance(address) => Self::of_block(address, span),
            Unknown::Environment(name) => Self::new(
                format!("`{name}` is decided when Terraform runs"),
                "use a variable, and pass its value with `--var`",
                span,
            )
            .of_kind(Cause::Run),
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
            )
            .of_kind(Cause::Condition),
            Unknown::Derived(causes) => match causes.first() {
                Some(cause) => Self::of_unknown(cause, span),
                None => Self::of_unknown(&Unknown::Error, span),
            },
            Unknown::Cycle | Unknown::Error => Self::new(
                "the expression has an error",
                "mend the problem that is reported for it",
                span,
            )
            .of_kind(Cause::Error),
        }
    }

    /// The reason that it is not known how many instances of a block there are.
    fn of_block(block: &Address, span: Option<Span>) -> Self {
        let data = if block.mode == Mode::Data { "data." } else { "" };
        let because =
            format!("how many `{data}{}.{}` there are is not known", block.kind, block.name);
        let resolve =
            "give the variables in its `count` or `for_each` a value with `--var` or `--var-file`";
        let about = Some(block.to_string());
        Self { about, ..Self::new(because, resolve, span).of_kind(Cause::Count) }
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

/// Whether an address stands for all instances of a block.
fn is_of_any(address: &Address) -> bool {
    let keys = address.module.0.iter().map(|(_, key)| key).chain([&address.key]);
    keys.into_iter().any(|key| *key == InstanceKey::Unknown)
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
