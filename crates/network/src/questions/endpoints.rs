//! Which endpoints does a VPC have?

use privatelint_diagnostics::Annotation;
use privatelint_diagnostics::Cause;
use privatelint_evaluator::{Mode, Tri, Value};

use crate::answer::tidy;
use crate::graph::exists;
use crate::resources::{Endpoint, EndpointId, EndpointType, VpcId};
use crate::{Answer, Argument, Doubt, Network, Ref};

/// An endpoint that is, or may be, in a VPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndpointIn {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// Yes if it certainly is there, unknown if it may be. Never no.
    pub there: Tri,
}

impl Network<'_> {
    /// The endpoints that are in a VPC, certainly or perhaps, by address.
    #[must_use]
    pub fn endpoints_of(&self, vpc: &Ref<VpcId>) -> Vec<EndpointIn> {
        let there = |endpoint: &Endpoint<'_>| EndpointIn {
            endpoint: endpoint.id,
            there: self.same_vpc(&endpoint.vpc, vpc).and(exists(endpoint.instance)),
        };
        self.endpoints.iter().map(there).filter(|found| !found.there.is_no()).collect()
    }

    /// Whether a VPC has an endpoint of this type for a service, by the service's short name: `s3`.
    ///
    /// No only if there can be none: not in a module whose code is not there, nor one whose VPC, type or service is not known, nor one
    /// that a data source finds.
    #[must_use]
    pub fn has_endpoint(&self, vpc: &Ref<VpcId>, service: &str, kind: EndpointType) -> Answer {
        let mut doubts = Vec::new();
        let mut evidence = Vec::new();
        for found in self.endpoints_of(vpc) {
            let Some(endpoint) = self.endpoint(found.endpoint) else { continue };
            let is = endpoint.is_type(kind).and(endpoint.service.is(service));
            match found.there.and(is) {
                Tri::No => {}
                Tri::Yes => {
                    let message =
                        format!("{} endpoint for {service}", kind.as_str().to_lowercase());
                    evidence.push(Annotation::new(endpoint.instance.header, message));
                }
                Tri::Unknown => doubts.push(self.doubt_about(endpoint, vpc)),
            }
        }
        if !evidence.is_empty() {
            return Answer::yes(evidence);
        }
        doubts.extend(self.looked_up_endpoints(vpc, service));
        doubts.extend(self.unseen(vpc));
        if doubts.is_empty() { Answer::no(Vec::new()) } else { Answer::unknown(tidy(doubts)) }
    }

    /// Whether clients in a VPC use an interface endpoint for a service, because its private DNS names answer them. One whose names are for
    /// an inbound resolver only does not.
    #[must_use]
    pub fn uses_interface_endpoint(&self, vpc: &Ref<VpcId>, service: &str) -> Tri {
        Tri::any(self.endpoints_of(vpc).into_iter().filter_map(|found| {
            let endpoint = self.endpoint(found.endpoint)?;
            Some(Tri::all([
                found.there,
                endpoint.is_type(EndpointType::Interface),
                endpoint.service.is(service),
                endpoint.private_dns.is,
                !endpoint.inbound_only(),
            ]))
        }))
    }

    /// Why it is not known whether an endpoint is the one asked for.
    pub(super) fn doubt_about(&self, endpoint: &Endpoint<'_>, vpc: &Ref<VpcId>) -> Doubt {
        if exists(endpoint.instance).is_unknown() {
            return Doubt::of_multiplicity(endpoint.instance);
        }
        let arguments = [
            (!self.same_vpc(&endpoint.vpc, vpc).is_yes()).then_some(&endpoint.vpc_id),
            endpoint.known_type().is_none().then_some(&endpoint.endpoint_type),
            Some(&endpoint.service_name),
        ];
        let unknown = arguments.into_iter().flatten().find_map(|argument| match &argument.value {
            Value::Unknown(unknown) => Some(Doubt::of_unknown(unknown, argument.span)),
            _ => None,
        });
        let header = Some(endpoint.instance.header);
        unknown.unwrap_or_else(|| {
            Doubt::new(
                format!("`{}` may be one", endpoint.instance.address),
                "name its VPC directly",
                header,
            )
        })
    }

    /// Data sources that find an endpoint of the service that may be in the VPC: somebody made it.
    pub(super) fn looked_up_endpoints(&self, vpc: &Ref<VpcId>, service: &str) -> Vec<Doubt> {
        let data = self.instances.iter().filter(|instance| {
            instance.address.mode == Mode::Data && instance.address.kind == "aws_vpc_endpoint"
        });
        let may_be_it = data.filter(|instance| {
            let of = self.graph.resolve(&Argument::of(&instance.body, "vpc_id").value);
            let elsewhere = of != Ref::Absent && self.same_vpc(&of, vpc).is_no();
            let name = Argument::of(&instance.body, "service_name");
            let other = name.unset().is_no()
                && crate::facts::ServiceName::parse(&name.value).is(service).is_no();
            !elsewhere && !other
        });
        may_be_it
            .map(|instance| {
                let because =
                    format!("`{}` finds an endpoint that other code made", instance.address);
                Doubt::new(
                    because,
                    "lint it together with the code that makes it",
                    Some(instance.header),
                )
                .of_kind(Cause::Elsewhere)
            })
            .collect()
    }
}
