//! May there be more of something than the code that was read shows?

use privatelint_diagnostics::Cause;
use privatelint_evaluator::{Instance, Mode, Unknown, Value};

use crate::answer::tidy;
use crate::resources::VpcId;
use crate::{Doubt, Network, Ref};

impl<'a> Network<'a> {
    /// Why there may be more in a VPC, or connected to it, than the network shows; empty if the network shows all.
    ///
    /// The reasons are modules whose code is not there and that are given the VPC, a part of it or something that may be
    /// either. A VPC that is not declared here always has one. What code elsewhere adds to a VPC whose id it finds by itself is
    /// never seen: a finding that rests on absence is likely, not certain.
    #[must_use]
    pub fn unseen(&self, vpc: &Ref<VpcId>) -> Vec<Doubt> {
        let candidates = match vpc {
            Ref::Managed(_) => vpc.candidates(),
            Ref::OneOf(_) if vpc.unknown().is_none() => vpc.candidates(),
            _ => Vec::new(),
        };
        if candidates.is_empty() {
            return vec![match vpc.unknown() {
                Some(unknown) => Doubt::of_unknown(unknown, None),
                None => {
                    let doubt = Doubt::new(
                        "the VPC is not declared here",
                        "lint it together with the code that declares it",
                        None,
                    )
                    .of_kind(Cause::Elsewhere);
                    match vpc {
                        Ref::External(Value::Unknown(Unknown::Data(attribute))) => {
                            doubt.about(&attribute.of)
                        }
                        _ => doubt,
                    }
                }
            }];
        }
        if self.graph.missing.is_empty() {
            return Vec::new();
        }
        let parts = self.parts_of(vpc);
        let modules = self.graph.missing.iter().filter(|module| {
            module.given_anything || parts.iter().any(|part| module.given.contains(&part.address))
        });
        tidy(modules.map(|module| module.doubt()).collect())
    }

    /// The VPC itself and every instance that is, or may be, in it.
    fn parts_of(&self, vpc: &Ref<VpcId>) -> Vec<&'a Instance> {
        let may_be = |of: &Ref<VpcId>| !self.same_vpc(of, vpc).is_no();
        let managed =
            self.instances.iter().filter(|instance| instance.address.mode == Mode::Managed);
        managed
            .filter(|instance| {
                let own = self.vpcs.iter().find(|own| std::ptr::eq(own.instance, *instance));
                match own {
                    Some(own) => may_be(&Ref::Managed(own.id)),
                    None => instance
                        .body
                        .get("vpc_id")
                        .is_some_and(|id| may_be(&self.graph.resolve(id))),
                }
            })
            .collect()
    }
}
