//! Gateways between a VPC and somewhere else, except transit gateways.

use privatelint_evaluator::{Instance, Tri};

use super::{
    CarrierGatewayId, EgressOnlyGatewayId, InternetGatewayId, NatGatewayId, SubnetId, VpcId,
    VpnGatewayId,
};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::{add_owned, single};
use crate::owners::ByOwner;
use crate::{Argument, Members, Ref};

/// `aws_nat_gateway`.
#[derive(Debug)]
pub struct NatGateway<'a> {
    /// Its id in the network.
    pub id: NatGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The subnet it is in; absent for one that is in all zones of its VPC.
    pub subnet: Ref<SubnetId>,
    /// Its VPC: that of its subnet, or the one that a regional NAT gateway names.
    pub vpc: Ref<VpcId>,
    /// Whether it leads to the internet: a private NAT gateway does not.
    pub public: Tri,
    /// Whether it is in all zones of its VPC, with a way of its own to the internet gateway.
    pub regional: Tri,
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
    /// The same with `aws_internet_gateway_attachment`; one at most.
    pub attached: Members<'a, VpcId>,
}

/// `aws_egress_only_internet_gateway`: a way to the internet for IPv6.
#[derive(Debug)]
pub struct EgressOnlyGateway<'a> {
    /// Its id in the network.
    pub id: EgressOnlyGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
}

/// `aws_vpn_gateway`: a virtual private gateway.
#[derive(Debug)]
pub struct VpnGateway<'a> {
    /// Its id in the network.
    pub id: VpnGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The VPC it is attached to: `vpc_id` or `aws_vpn_gateway_attachment`; one at most.
    pub attached: Members<'a, VpcId>,
}

/// `aws_ec2_carrier_gateway`: the way out of a Wavelength zone.
#[derive(Debug)]
pub struct CarrierGateway<'a> {
    /// Its id in the network.
    pub id: CarrierGatewayId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
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
            let subnet = graph.resolve(&Argument::of(&instance.body, "subnet_id").value);
            NatGateway {
                id: NatGatewayId::at(at),
                instance,
                vpc: match subnet.managed().and_then(|subnet| graph.instance::<SubnetId>(subnet)) {
                    Some(subnet) => graph.vpc_of(subnet),
                    None => graph.vpc_of(instance),
                },
                subnet,
                public,
                regional: Argument::of(&instance.body, "availability_mode").is("regional"),
            }
        })
        .collect()
}

pub(crate) fn internet_gateways<'a>(graph: &Graph<'a>) -> Vec<InternetGateway<'a>> {
    let links = graph.with_role(Role::Link).iter().copied();
    let links = links.filter(|by| by.address.kind == "aws_internet_gateway_attachment");
    let links = ByOwner::new(graph, links, "internet_gateway_id");
    let instances = graph.with_role(Role::InternetGateway).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = InternetGatewayId::at(at);
            let mut attached = single(graph, instance, "vpc_id");
            add_owned(&mut attached, graph, &links, "vpc_id", id);
            InternetGateway { id, instance, vpc: graph.vpc_of(instance), attached }
        })
        .collect()
}

pub(crate) fn egress_only_gateways<'a>(graph: &Graph<'a>) -> Vec<EgressOnlyGateway<'a>> {
    let instances = graph.with_role(Role::EgressOnlyGateway).iter().enumerate();
    instances
        .map(|(at, instance)| EgressOnlyGateway {
            id: EgressOnlyGatewayId::at(at),
            instance,
            vpc: graph.vpc_of(instance),
        })
        .collect()
}

pub(crate) fn vpn_gateways<'a>(graph: &Graph<'a>) -> Vec<VpnGateway<'a>> {
    let links = graph.with_role(Role::Remote).iter().copied();
    let links = links.filter(|by| by.address.kind == "aws_vpn_gateway_attachment");
    let links = ByOwner::new(graph, links, "vpn_gateway_id");
    let instances = graph.with_role(Role::VpnGateway).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = VpnGatewayId::at(at);
            let mut attached = single(graph, instance, "vpc_id");
            add_owned(&mut attached, graph, &links, "vpc_id", id);
            VpnGateway { id, instance, attached }
        })
        .collect()
}

pub(crate) fn carrier_gateways<'a>(graph: &Graph<'a>) -> Vec<CarrierGateway<'a>> {
    let instances = graph.with_role(Role::CarrierGateway).iter().enumerate();
    instances
        .map(|(at, instance)| CarrierGateway {
            id: CarrierGatewayId::at(at),
            instance,
            vpc: graph.vpc_of(instance),
        })
        .collect()
}
