//! `aws_subnet` and `aws_default_subnet`.

use privatelint_evaluator::Instance;

use super::{SubnetId, VpcId};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::{Argument, Ref};

/// A subnet that is declared here.
#[derive(Debug)]
pub struct Subnet<'a> {
    /// Its id in the network.
    pub id: SubnetId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// `availability_zone`, as a name.
    pub zone: Argument,
    /// `availability_zone_id`.
    pub zone_id: Argument,
    /// `cidr_block`.
    pub cidr_block: Argument,
}

pub(crate) fn subnets<'a>(graph: &Graph<'a>) -> Vec<Subnet<'a>> {
    let instances = graph.with_role(Role::Subnet).iter().enumerate();
    instances
        .map(|(at, instance)| Subnet {
            id: SubnetId::at(at),
            instance,
            vpc: graph.vpc_of(instance),
            zone: Argument::of(&instance.body, "availability_zone"),
            zone_id: Argument::of(&instance.body, "availability_zone_id"),
            cidr_block: Argument::of(&instance.body, "cidr_block"),
        })
        .collect()
}
