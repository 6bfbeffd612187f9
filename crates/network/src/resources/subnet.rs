//! `aws_subnet` and `aws_default_subnet`.

use privatelint_evaluator::{Instance, Tri};

use super::{SubnetId, VpcId};
use crate::graph::{Graph, is_adopted};
use crate::kinds::Role;
use crate::{Argument, Flag, Ref};

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
    /// `ipv6_cidr_block`.
    pub ipv6_cidr_block: Argument,
    /// Whether it has IPv6 addresses only.
    pub ipv6_native: Flag,
    /// `map_public_ip_on_launch`: whether instances get a public address unless they say otherwise.
    pub public_addresses: Flag,
    /// Whether it is on an Outpost.
    pub on_outpost: Tri,
}

impl Subnet<'_> {
    /// Whether it is in a Wavelength zone, by the zone's name: the way out of it is a carrier gateway.
    #[must_use]
    pub fn is_in_wavelength_zone(&self) -> Tri {
        self.zone.value.as_str().map_or(Tri::Unknown, |zone| zone.contains("-wl").into())
    }
}

pub(crate) fn subnets<'a>(graph: &Graph<'a>) -> Vec<Subnet<'a>> {
    let instances = graph.with_role(Role::Subnet).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let argument = |name| Argument::of(&instance.body, name);
            Subnet {
                id: SubnetId::at(at),
                instance,
                vpc: graph.vpc_of(instance),
                zone: argument("availability_zone"),
                zone_id: argument("availability_zone_id"),
                cidr_block: argument("cidr_block"),
                ipv6_cidr_block: argument("ipv6_cidr_block"),
                ipv6_native: Flag::of(&instance.body, "ipv6_native", false),
                public_addresses: Flag::of(
                    &instance.body,
                    "map_public_ip_on_launch",
                    is_adopted(instance),
                ),
                on_outpost: !argument("outpost_arn").unset(),
            }
        })
        .collect()
}
