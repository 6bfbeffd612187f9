//! `aws_vpc` and `aws_default_vpc`.

use privatelint_evaluator::Instance;

use super::VpcId;
use crate::graph::{Graph, is_adopted};
use crate::kinds::Role;
use crate::{Argument, Flag};

/// A VPC that is declared here.
#[derive(Debug)]
pub struct Vpc<'a> {
    /// Its id in the network.
    pub id: VpcId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `enable_dns_support`, with the provider's default.
    pub dns_support: Flag,
    /// `enable_dns_hostnames`, with the provider's default.
    pub dns_hostnames: Flag,
    /// `cidr_block`.
    pub cidr_block: Argument,
}

pub(crate) fn vpcs<'a>(graph: &Graph<'a>) -> Vec<Vpc<'a>> {
    let instances = graph.with_role(Role::Vpc).iter().enumerate();
    instances
        .map(|(at, instance)| Vpc {
            id: VpcId::at(at),
            instance,
            dns_support: Flag::of(&instance.body, "enable_dns_support", true),
            // A VPC that AWS made has them, one that the provider makes has not.
            dns_hostnames: Flag::of(&instance.body, "enable_dns_hostnames", is_adopted(instance)),
            cidr_block: Argument::of(&instance.body, "cidr_block"),
        })
        .collect()
}
