//! Do two references mean the same object?

use privatelint_evaluator::{Tri, Value};

use crate::argument::agree;
use crate::graph::{Graph, Part, is_adopted};
use crate::resources::{SecurityGroupId, SubnetId, VpcId};
use crate::{Network, Ref};

impl Network<'_> {
    /// Whether two references mean the same VPC.
    #[must_use]
    pub fn same_vpc(&self, a: &Ref<VpcId>, b: &Ref<VpcId>) -> Tri {
        same(&self.graph, a, b)
    }

    /// Whether two references mean the same subnet.
    #[must_use]
    pub fn same_subnet(&self, a: &Ref<SubnetId>, b: &Ref<SubnetId>) -> Tri {
        same(&self.graph, a, b)
    }

    /// Whether two references mean the same security group.
    #[must_use]
    pub fn same_security_group(&self, a: &Ref<SecurityGroupId>, b: &Ref<SecurityGroupId>) -> Tri {
        same(&self.graph, a, b)
    }

    /// Whether a value, as another resource names it, means this security group.
    #[must_use]
    pub fn names_security_group(&self, value: &Value, group: SecurityGroupId) -> Tri {
        self.graph.links_to(&self.graph.resolve(value), group)
    }

    /// The VPC that a value names.
    #[must_use]
    pub fn vpc_named(&self, id: &Value) -> Ref<VpcId> {
        self.graph.resolve(id)
    }

    /// Whether a reference means this VPC.
    #[must_use]
    pub fn is_vpc(&self, reference: &Ref<VpcId>, vpc: VpcId) -> Tri {
        self.same_vpc(reference, &Ref::Managed(vpc))
    }
}

fn same<I: Part>(graph: &Graph<'_>, a: &Ref<I>, b: &Ref<I>) -> Tri {
    match (a, b) {
        (Ref::OneOf(arms), other) | (other, Ref::OneOf(arms)) => {
            agree(arms.iter().map(|arm| same(graph, arm, other)))
        }
        (Ref::Managed(a), Ref::Managed(b)) if a != b => {
            // Two resources that adopt what AWS made may adopt the same.
            let adopted = |id: I| graph.instance(id).is_some_and(is_adopted);
            if adopted(*a) && adopted(*b) { Tri::Unknown } else { Tri::No }
        }
        (Ref::Managed(id), other) | (other, Ref::Managed(id)) => graph.links_to(other, *id),
        (Ref::External(a), Ref::External(b)) => a.equals(b),
        (Ref::Maybe(a), Ref::Maybe(b)) => {
            Value::Unknown(a.clone()).equals(&Value::Unknown(b.clone()))
        }
        (Ref::Absent | Ref::Maybe(_) | Ref::External(_), _) => Tri::Unknown,
    }
}
