//! Is a VPC reached from elsewhere?

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::Tri;

use crate::answer::tidy;
use crate::graph::exists;
use crate::resources::VpcId;
use crate::{Answer, Doubt, Network, Ref};

impl Network<'_> {
    /// Whether anything connects a VPC to on premises or to other VPCs.
    ///
    /// No means that nothing in the code that was read does: a connection may still be made by other code, so that a finding
    /// that rests on it is likely and not certain.
    #[must_use]
    pub fn has_remote_side(&self, vpc: &Ref<VpcId>) -> Answer {
        let mut evidence = Vec::new();
        let mut doubts = Vec::new();
        for side in &self.remote_sides {
            match self.same_vpc(&side.vpc, vpc).and(side.there) {
                Tri::No => {}
                Tri::Yes => evidence.push(Annotation::new(
                    side.span,
                    format!("connected by {}", side.kind.as_str()),
                )),
                Tri::Unknown if exists(side.instance).is_unknown() => {
                    doubts.push(Doubt::of_multiplicity(side.instance))
                }
                Tri::Unknown => doubts.push(Doubt::new(
                    format!("`{}` may connect it", side.instance.address),
                    "name the VPC in it directly",
                    Some(side.span),
                )),
            }
        }
        if !evidence.is_empty() {
            return Answer::yes(evidence);
        }
        doubts.extend(self.unseen(vpc));
        if doubts.is_empty() { Answer::no(Vec::new()) } else { Answer::unknown(tidy(doubts)) }
    }
}
