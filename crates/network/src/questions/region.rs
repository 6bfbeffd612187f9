//! In which region is a resource?

use privatelint_diagnostics::Span;
use privatelint_evaluator::{BodyValue, Instance, Provider, Unknown, Value};
use smol_str::SmolStr;

use crate::Network;

/// The region of a resource.
#[derive(Debug, Clone, PartialEq)]
pub enum Region {
    /// Known, with the place that says so.
    Known(SmolStr, Option<Span>),
    /// Not known; `None` if the environment decides, because the provider block does not say.
    Unknown(Option<Unknown>),
}

impl Region {
    /// Its name, if it is known.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(name, _) => Some(name),
            Self::Unknown(_) => None,
        }
    }
}

impl Network<'_> {
    /// The region of a resource instance: its own `region` argument, otherwise its provider configuration's.
    #[must_use]
    pub fn region_of(&self, instance: &Instance) -> Region {
        match written(&instance.body, &instance.provider) {
            Some((Value::String(name), span)) => Region::Known(name, span),
            Some((Value::Unknown(unknown), _)) => Region::Unknown(Some(unknown)),
            _ => Region::Unknown(None),
        }
    }
}

/// The value of the region that a body or its provider gives; the environment's if neither does.
pub(crate) fn region_value(body: &BodyValue, provider: &Provider) -> Value {
    let environment = || Value::Unknown(Unknown::Environment("the provider's region".into()));
    written(body, provider).map_or_else(environment, |(region, _)| region)
}

fn written(body: &BodyValue, provider: &Provider) -> Option<(Value, Option<Span>)> {
    // `null` leaves the region of a resource to its provider. A value that may turn out `null` is one that is not known.
    let bodies = [Some(body), provider.body.as_ref()];
    bodies.into_iter().flatten().find_map(|body| {
        let region = body.get("region").filter(|region| **region != Value::string(""))?;
        Some((region.clone(), body.span_of("region")))
    })
}
