//! VPC peering connections.

use privatelint_evaluator::{Instance, Tri};

use super::{PeeringId, VpcId};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::owners::ByOwner;
use crate::{Argument, Flag, Ref};

/// `aws_vpc_peering_connection`.
#[derive(Debug)]
pub struct Peering<'a> {
    /// Its id in the network.
    pub id: PeeringId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The VPC that asks for it.
    pub requester: Ref<VpcId>,
    /// The VPC that is asked.
    pub accepter: Ref<VpcId>,
    /// Whether the VPCs are in different regions or accounts, as far as it says.
    pub peer_region: Argument,
    /// Whether code here accepts it: `auto_accept`, or an accepter.
    pub accepted: Tri,
    /// The accepters and options that belong to it.
    pub parts: Vec<&'a Instance>,
}

pub(crate) fn peerings<'a>(graph: &Graph<'a>) -> Vec<Peering<'a>> {
    let parts = graph.with_role(Role::PeeringPart).iter().copied();
    let parts = ByOwner::new(graph, parts, "vpc_peering_connection_id");
    let instances = graph.with_role(Role::Peering).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = PeeringId::at(at);
            let own = parts.of(graph, id);
            let accepts = own.iter().map(|(by, linked)| {
                let is_accepter = by.address.kind == "aws_vpc_peering_connection_accepter";
                let says = Flag::of(&by.body, "auto_accept", false).is;
                Tri::all([is_accepter.into(), says, linked.there])
            });
            let accepted = Tri::any(accepts);
            Peering {
                id,
                instance,
                requester: graph.resolve(&Argument::of(&instance.body, "vpc_id").value),
                accepter: graph.resolve(&Argument::of(&instance.body, "peer_vpc_id").value),
                peer_region: Argument::of(&instance.body, "peer_region"),
                accepted: accepted.or(Flag::of(&instance.body, "auto_accept", false).is),
                parts: own.into_iter().map(|(by, _)| by).collect(),
            }
        })
        .collect()
}
