//! NAT gateways and internet gateways.

use privatelint_evaluator::{Instance, Tri};

use super::{InternetGatewayId, NatGatewayId, SubnetId, VpcId};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::{Argument, Ref};

/// `aws_nat_gateway`.
#[derive(Debug)]
pub struct NatGateway<'a> {
    /// Its id in the network.
    pub id: NatGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The subnet it is in.
    pub subnet: Ref<SubnetId>,
    /// Whether it leads to the internet: a private NAT gateway does not.
    pub public: Tri,
}

/// `aws_internet_gateway`.
#[derive(Debug)]
pub struct InternetGateway<'a> {
    /// Its id in the network.
    pub id: InternetGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The VPC it is attached to.
    pub vpc: Ref<VpcId>,
}

pub(crate) fn nat_gateways<'a>(graph: &Graph<'a>) -> Vec<NatGateway<'a>> {
    let instances = graph.with_role(Role::NatGateway).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let connectivity = Argument::of(&instance.body, "connectivity_type");
            let public = match connectivity.unset() {
                Tri::Yes => Tri::Yes,
                _ => connectivity.is("public").or(connectivity.unset()),
            };
            NatGateway {
                id: NatGatewayId::at(at),
                instance,
                subnet: graph.resolve(&Argument::of(&instance.body, "subnet_id").value),
                public,
            }
        })
        .collect()
}

pub(crate) fn internet_gateways<'a>(graph: &Graph<'a>) -> Vec<InternetGateway<'a>> {
    let instances = graph.with_role(Role::InternetGateway).iter().enumerate();
    instances
        .map(|(at, instance)| InternetGateway {
            id: InternetGatewayId::at(at),
            instance,
            vpc: graph.vpc_of(instance),
        })
        .collect()
}
