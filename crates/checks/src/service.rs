//! What rules about the services of endpoints share.

use privatelint_diagnostics::Annotation;
use privatelint_diagnostics::Cause;
use privatelint_evaluator::{TextPart, Tri, Unknown, Value};
use privatelint_network::facts::{NameForm, services};
use privatelint_network::resources::{Endpoint, EndpointType};
use privatelint_network::{Answer, Doubt, Network, Region};

/// Whether the service offers endpoints of a type. No for a name that is left out or that AWS does not have: there the name is wrong, and
/// not the type.
pub(crate) fn offers(endpoint: &Endpoint<'_>, kind: EndpointType) -> Tri {
    match (endpoint.service.service, endpoint.service.form) {
        (Some(service), _) => service.offers(kind).into(),
        (None, NameForm::Unknown) => {
            let offering = services().iter().filter(|service| service.offers(kind));
            Tri::any(offering.map(|service| endpoint.service.is(&service.short_name)))
        }
        (None, _) => Tri::No,
    }
}

/// Whether the region in the name of the service is another one than that in which the service is looked for: `service_region`, or the
/// endpoint's own. The evidence is the place that says which one that is.
pub(crate) fn is_of_another_region(network: &Network<'_>, endpoint: &Endpoint<'_>) -> Answer {
    if matches!(endpoint.service.form, NameForm::Absent | NameForm::Global | NameForm::Malformed) {
        return Answer::no(Vec::new());
    }
    let (region, evidence) = wanted_region(network, endpoint);
    let Some(written) = &endpoint.service.region else {
        return match (&endpoint.service_name.value, &region) {
            // A name made from the region that is wanted, whichever that is. No region in a known name, none that is wrong.
            (Value::Unknown(name), Value::Unknown(region)) if contains(name, region) => {
                Answer::no(Vec::new())
            }
            (Value::Unknown(name), _) => {
                Answer::unknown(vec![Doubt::of_unknown(name, endpoint.service_name.span)])
            }
            _ => Answer::no(Vec::new()),
        };
    };
    match (!region.equals(&Value::string(written.clone())), region.first_unknown()) {
        (Tri::Yes, _) => Answer::yes(evidence.into_iter().collect()),
        (Tri::No, _) => Answer::no(Vec::new()),
        (Tri::Unknown, Some(unknown)) => Answer::unknown(vec![doubt_about_region(unknown)]),
        (Tri::Unknown, None) => Answer::unknown(Vec::new()),
    }
}

/// The region in which the service is looked for, with the place that says so.
pub(crate) fn wanted_region(
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
) -> (Value, Option<Annotation>) {
    let argument = &endpoint.service_region;
    let own = || match network.region_of(endpoint.instance) {
        Region::Known(name, span) => {
            let message = format!("the endpoint is in {name}");
            (Value::string(name), span.map(|span| Annotation::new(span, message)))
        }
        Region::Unknown(Some(unknown)) => (Value::Unknown(unknown), None),
        Region::Unknown(None) => {
            (Value::Unknown(Unknown::Environment("the provider's region".into())), None)
        }
    };
    match argument.unset() {
        Tri::Yes => own(),
        Tri::No => (
            argument.value.clone(),
            argument.span.map(|span| Annotation::new(span, "the service's region")),
        ),
        // Either the argument or, where that turns out `null`, the endpoint's own: of two that are alike nothing is open.
        Tri::Unknown => (Unknown::one_of([argument.value.clone(), own().0]), None),
    }
}

fn doubt_about_region(unknown: &Unknown) -> Doubt {
    match unknown {
        Unknown::Environment(_) => Doubt::new(
            "the region of the provider is decided when Terraform runs",
            "set `region` in the `provider \"aws\"` block",
            None,
        )
        .of_kind(Cause::Run),
        unknown => Doubt::of_unknown(unknown, None),
    }
}

/// Whether an unknown value has been made a part of an unknown text.
fn contains(text: &Unknown, part: &Unknown) -> bool {
    match text {
        Unknown::Text(parts) => parts.iter().any(|each| match each {
            TextPart::Unknown(unknown) => unknown.certainly_equals(part),
            TextPart::Known(_) => false,
        }),
        _ => false,
    }
}
