//! Endpoint services, and the load balancers behind them.

use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use super::firewall::subnets_of_blocks;
use super::{EndpointServiceId, LoadBalancerId, SecurityGroupId, SubnetId};
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::inline;
use crate::{Argument, Members, Ref};

/// `aws_vpc_endpoint_service`.
#[derive(Debug)]
pub struct EndpointService<'a> {
    /// Its id in the network.
    pub id: EndpointServiceId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// The Network Load Balancers behind it.
    pub network_load_balancers: Members<'a, LoadBalancerId>,
    /// The Gateway Load Balancers behind it.
    pub gateway_load_balancers: Members<'a, LoadBalancerId>,
    /// `private_dns_name`.
    pub private_dns_name: Argument,
}

/// `aws_lb` or `aws_alb`.
#[derive(Debug)]
pub struct LoadBalancer<'a> {
    /// Its id in the network.
    pub id: LoadBalancerId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `load_balancer_type`; left out, it is an Application Load Balancer.
    pub kind: Argument,
    /// Whether it has private addresses only.
    pub internal: Tri,
    /// `subnets`.
    pub subnets: Members<'a, SubnetId>,
    /// `subnet_mapping`, which names subnets with addresses.
    pub subnet_mapping: Members<'a, SubnetId>,
    /// `security_groups`.
    pub security_groups: Members<'a, SecurityGroupId>,
    /// Whether it spreads traffic over the targets of all zones; `Null` if the code does not say.
    pub cross_zone: Argument,
}

pub(crate) fn endpoint_services<'a>(graph: &Graph<'a>) -> Vec<EndpointService<'a>> {
    let instances = graph.with_role(Role::EndpointService).iter().enumerate();
    instances
        .map(|(at, instance)| EndpointService {
            id: EndpointServiceId::at(at),
            instance,
            network_load_balancers: inline(graph, instance, "network_load_balancer_arns"),
            gateway_load_balancers: inline(graph, instance, "gateway_load_balancer_arns"),
            private_dns_name: Argument::of(&instance.body, "private_dns_name"),
        })
        .collect()
}

pub(crate) fn load_balancers<'a>(graph: &Graph<'a>) -> Vec<LoadBalancer<'a>> {
    let instances = graph.with_role(Role::LoadBalancer).iter().enumerate();
    instances
        .map(|(at, instance)| LoadBalancer {
            id: LoadBalancerId::at(at),
            instance,
            kind: Argument::of(&instance.body, "load_balancer_type"),
            internal: crate::Flag::of(&instance.body, "internal", false).is,
            subnets: inline(graph, instance, "subnets"),
            subnet_mapping: subnets_of_blocks(graph, instance, "subnet_mapping"),
            security_groups: inline(graph, instance, "security_groups"),
            cross_zone: Argument::of(&instance.body, "enable_cross_zone_load_balancing"),
        })
        .collect()
}

/// The endpoint service that a `service_name` names; absent if it names a service of AWS.
pub(crate) fn service_named(graph: &Graph<'_>, name: &Value) -> Ref<EndpointServiceId> {
    match name {
        Value::Unknown(Unknown::Computed(attribute)) if attribute.path == "service_name" => {
            graph.managed(&attribute.of).map_or(Ref::Absent, Ref::Managed)
        }
        _ => Ref::Absent,
    }
}
