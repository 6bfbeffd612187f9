//! Arguments as the code writes them.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{BodyValue, Tri, Unknown, Value};

/// An argument with the place where the code writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its value; `Null` if it is left out.
    pub value: Value,
    /// From its name to the end of its value; `None` if it is left out.
    pub span: Option<Span>,
}

/// An argument that switches something on or off.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// Whether it is on; the provider's default if the code does not say.
    pub is: Tri,
    /// Whether the code says nothing: the argument is left out or `null`. Unknown if the value may be `null`.
    pub unset: Tri,
    /// Where the code writes it.
    pub span: Option<Span>,
    /// Why it is not known, if it is not.
    pub unknown: Option<Unknown>,
}

impl Argument {
    /// The argument of that name in a body.
    #[must_use]
    pub fn of(body: &BodyValue, name: &str) -> Self {
        match body.attributes.get(name) {
            Some(attribute) => Self { value: attribute.value.clone(), span: Some(attribute.span) },
            None => Self { value: Value::Null, span: None },
        }
    }

    /// Whether it is left out or `null`; unknown if its value may turn out `null`.
    #[must_use]
    pub fn unset(&self) -> Tri {
        unset(&self.value)
    }

    /// Whether it is this text; an argument that is left out is not.
    #[must_use]
    pub fn is(&self, text: &str) -> Tri {
        self.value.equals(&Value::string(text))
    }
}

impl Flag {
    /// The switch of that name in a body, with the provider's default.
    #[must_use]
    pub fn of(body: &BodyValue, name: &str, default: bool) -> Self {
        let argument = Argument::of(body, name);
        let unknown = match &argument.value {
            Value::Unknown(unknown) => Some(unknown.clone()),
            _ => None,
        };
        let is = switched(&argument.value, default);
        Self { is, unset: argument.unset(), span: argument.span, unknown }
    }
}

impl Flag {
    /// A switch that is off because what it belongs to is not there.
    pub(crate) fn off() -> Self {
        Self { is: Tri::No, unset: Tri::Yes, span: None, unknown: None }
    }
}

fn switched(value: &Value, default: bool) -> Tri {
    match value {
        Value::Null => default.into(),
        Value::Unknown(Unknown::OneOf(arms)) => {
            agree(arms.iter().map(|arm| switched(arm, default)))
        }
        value => value.as_bool().map_or(Tri::Unknown, Tri::from),
    }
}

pub(crate) fn unset(value: &Value) -> Tri {
    match value {
        Value::Null => Tri::Yes,
        Value::Unknown(Unknown::OneOf(arms)) => agree(arms.iter().map(unset)),
        // What another resource computes is there once that resource is; text is never null.
        Value::Unknown(Unknown::Text(_)) => Tri::No,
        Value::Unknown(_) => Tri::Unknown,
        _ => Tri::No,
    }
}

/// The answer that all give, if they give one.
pub(crate) fn agree(answers: impl IntoIterator<Item = Tri>) -> Tri {
    let mut answers = answers.into_iter();
    let Some(first) = answers.next() else { return Tri::Unknown };
    if answers.all(|answer| answer == first) { first } else { Tri::Unknown }
}
