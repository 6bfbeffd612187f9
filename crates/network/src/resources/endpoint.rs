//! `aws_vpc_endpoint` with everything that association resources add to it.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Multiplicity, Tri, Value};

use super::endpoint_service::service_named;
use super::{EndpointId, EndpointServiceId, RouteTableId, SecurityGroupId, SubnetId, VpcId};
use crate::argument::agree;
use crate::facts::ServiceName;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::{Linked, add_linked, inline};
use crate::owners::ByOwner;
use crate::{Argument, Flag, Member, Members, Ref, Written};

/// A VPC endpoint that is declared here.
#[derive(Debug)]
pub struct Endpoint<'a> {
    /// Its id in the network.
    pub id: EndpointId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `vpc_endpoint_type` as written; read it with [`Endpoint::is_type`].
    pub endpoint_type: Argument,
    /// `service_name` as written.
    pub service_name: Argument,
    /// What is known of the service's name.
    pub service: ServiceName,
    /// The endpoint service that is declared here, if its service is one; otherwise absent.
    pub endpoint_service: Ref<EndpointServiceId>,
    /// `service_region`.
    pub service_region: Argument,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// `vpc_id` as written.
    pub vpc_id: Argument,
    /// `private_dns_enabled`, or what `aws_vpc_endpoint_private_dns` says.
    pub private_dns: Flag,
    /// `dns_options`.
    pub dns_options: DnsOptions,
    /// `subnet_ids`, `subnet_configuration` and `aws_vpc_endpoint_subnet_association`.
    pub subnets: Members<'a, SubnetId>,
    /// `route_table_ids` and `aws_vpc_endpoint_route_table_association`.
    pub route_tables: Members<'a, RouteTableId>,
    /// `security_group_ids` and `aws_vpc_endpoint_security_group_association`.
    pub security_groups: Members<'a, SecurityGroupId>,
    /// `policy`, or what `aws_vpc_endpoint_policy` says; `Null` if there is none: full access.
    pub policy: Argument,
}

/// The type of a VPC endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndpointType {
    /// A route to S3 or DynamoDB.
    Gateway,
    /// Network interfaces in subnets.
    Interface,
    /// A route to a fleet of appliances.
    GatewayLoadBalancer,
    /// A VPC resource.
    Resource,
    /// A VPC Lattice service network.
    ServiceNetwork,
}

/// The `dns_options` block of an endpoint.
#[derive(Debug, Clone)]
pub struct DnsOptions {
    /// Whether the block is there.
    pub there: Tri,
    /// `private_dns_only_for_inbound_resolver_endpoint` inside it; off unless the block says otherwise.
    pub inbound_only: Flag,
    /// `dns_record_ip_type`.
    pub record_ip_type: Argument,
    /// The block's header.
    pub span: Option<Span>,
}

impl EndpointType {
    /// Every type.
    pub const ALL: [Self; 5] = [
        Self::Gateway,
        Self::Interface,
        Self::GatewayLoadBalancer,
        Self::Resource,
        Self::ServiceNetwork,
    ];

    /// The name as `vpc_endpoint_type` writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gateway => "Gateway",
            Self::Interface => "Interface",
            Self::GatewayLoadBalancer => "GatewayLoadBalancer",
            Self::Resource => "Resource",
            Self::ServiceNetwork => "ServiceNetwork",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl Endpoint<'_> {
    /// Whether it is of this type. Left out means gateway, as for the provider.
    #[must_use]
    pub fn is_type(&self, kind: EndpointType) -> Tri {
        let is = |value: &Value| match value {
            Value::Null => (kind == EndpointType::Gateway).into(),
            value => value.equals(&Value::string(kind.as_str())),
        };
        agree(self.endpoint_type.value.alternatives().iter().map(is))
    }

    /// Its type, if that is known.
    #[must_use]
    pub fn known_type(&self) -> Option<EndpointType> {
        EndpointType::ALL.into_iter().find(|kind| self.is_type(*kind).is_yes())
    }

    /// Whether it is of one of these types.
    #[must_use]
    pub fn is_any_type(&self, kinds: &[EndpointType]) -> Tri {
        let is = |value: &Value| match value {
            Value::Null => kinds.contains(&EndpointType::Gateway).into(),
            value => Tri::any(kinds.iter().map(|kind| value.equals(&Value::string(kind.as_str())))),
        };
        agree(self.endpoint_type.value.alternatives().iter().map(is))
    }

    /// Whether private DNS holds for queries through an inbound resolver endpoint only: what `dns_options` says, and what AWS does for S3
    /// where the block is left out, because the provider then sends nothing.
    ///
    /// Means something for an interface endpoint of a service that has gateway endpoints too, with private DNS on.
    #[must_use]
    pub fn inbound_only(&self) -> Tri {
        match self.dns_options.there {
            Tri::No => Tri::Yes,
            Tri::Yes => self.dns_options.inbound_only.is,
            Tri::Unknown => agree([Tri::Yes, self.dns_options.inbound_only.is]),
        }
    }
}

pub(crate) fn endpoints<'a>(graph: &Graph<'a>) -> Vec<Endpoint<'a>> {
    let parts = graph.with_role(Role::EndpointPart).iter().copied();
    let parts = ByOwner::new(graph, parts, "vpc_endpoint_id");
    let instances = graph.with_role(Role::Endpoint).iter().enumerate();
    instances.map(|(at, instance)| endpoint(graph, EndpointId::at(at), instance, &parts)).collect()
}

fn endpoint<'a>(
    graph: &Graph<'a>,
    id: EndpointId,
    instance: &'a Instance,
    parts: &ByOwner<'a, EndpointId>,
) -> Endpoint<'a> {
    let body = &instance.body;
    let parts = parts.of(graph, id);
    let of_kind = |kind: &str| {
        let own = parts.iter().filter(|(by, _)| by.address.kind == kind);
        own.cloned().collect::<Vec<_>>()
    };
    let given_away = || {
        let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
        modules.map(|module| module.doubt())
    };

    let mut subnets = inline(graph, instance, "subnet_ids");
    add_subnet_configurations(&mut subnets, graph, instance);
    add_linked(&mut subnets, graph, of_kind("aws_vpc_endpoint_subnet_association"), "subnet_id");
    subnets.doubts.extend(given_away());

    let mut route_tables = inline(graph, instance, "route_table_ids");
    let associations = of_kind("aws_vpc_endpoint_route_table_association");
    add_linked(&mut route_tables, graph, associations, "route_table_id");
    route_tables.doubts.extend(given_away());

    let mut security_groups = inline(graph, instance, "security_group_ids");
    let associations = of_kind("aws_vpc_endpoint_security_group_association");
    add_linked(&mut security_groups, graph, associations, "security_group_id");
    security_groups.doubts.extend(given_away());

    let service_name = Argument::of(body, "service_name");
    let vpc_id = Argument::of(body, "vpc_id");
    Endpoint {
        id,
        instance,
        endpoint_type: Argument::of(body, "vpc_endpoint_type"),
        service: ServiceName::parse(&service_name.value),
        endpoint_service: service_named(graph, &service_name.value),
        service_name,
        service_region: Argument::of(body, "service_region"),
        vpc: graph.resolve(&vpc_id.value),
        vpc_id,
        private_dns: private_dns(graph, instance, &of_kind("aws_vpc_endpoint_private_dns")),
        dns_options: dns_options(instance),
        subnets,
        route_tables,
        security_groups,
        policy: policy(instance, &of_kind("aws_vpc_endpoint_policy")),
    }
}

/// `subnet_configuration` names subnets too, which are normally also in `subnet_ids`: those count once.
fn add_subnet_configurations<'a>(
    members: &mut Members<'a, SubnetId>,
    graph: &Graph<'a>,
    instance: &'a Instance,
) {
    for block in instance.body.nested("subnet_configuration") {
        let value = Argument::of(&block.body, "subnet_id").value;
        if members.items.iter().any(|member| member.value == value && member.there.is_yes()) {
            continue;
        }
        let there = if block.multiplicity == Multiplicity::One { Tri::Yes } else { Tri::Unknown };
        members.items.push(Member {
            target: graph.resolve(&value),
            value,
            there,
            written: Written::Inline,
            span: block.span,
            by: instance,
        });
    }
}

fn dns_options(instance: &Instance) -> DnsOptions {
    let blocks = instance.body.nested("dns_options");
    let Some(block) = blocks.first() else {
        return DnsOptions {
            there: Tri::No,
            inbound_only: Flag::off(),
            record_ip_type: Argument { value: Value::Null, span: None },
            span: None,
        };
    };
    let there = if block.multiplicity == Multiplicity::One { Tri::Yes } else { Tri::Unknown };
    let mut inbound_only =
        Flag::of(&block.body, "private_dns_only_for_inbound_resolver_endpoint", false);
    if there.is_unknown() && block.body.attributes.is_empty() {
        // What is in a block that is itself not known is not known either.
        inbound_only.is = Tri::Unknown;
        inbound_only.unset = Tri::Unknown;
    }
    DnsOptions {
        there,
        inbound_only,
        record_ip_type: Argument::of(&block.body, "dns_record_ip_type"),
        span: Some(block.span),
    }
}

/// `private_dns_enabled`, or what a resource of its own says in its stead.
fn private_dns(graph: &Graph<'_>, instance: &Instance, parts: &[(&Instance, Linked)]) -> Flag {
    let mut flag = Flag::of(&instance.body, "private_dns_enabled", false);
    for (by, linked) in parts {
        let other = Flag::of(&by.body, "private_dns_enabled", false);
        match linked.there {
            Tri::No => {}
            Tri::Yes if flag.unset.is_yes() => flag = other,
            // Both say something, or perhaps do: they are sure where they agree.
            _ => {
                flag.is = agree([flag.is, other.is]);
                flag.unset = flag.unset.and(Tri::Unknown);
                flag.span = flag.span.or(other.span);
                flag.unknown = flag.unknown.or(other.unknown);
            }
        }
    }
    if graph.missing.iter().any(|module| module.is_given(&instance.address)) && flag.unset.is_yes()
    {
        // A module that is given the endpoint may make the resource that turns private DNS on.
        flag.is = Tri::Unknown;
        flag.unset = Tri::Unknown;
    }
    flag
}

/// `policy`, or what a resource of its own says in its stead.
fn policy(instance: &Instance, parts: &[(&Instance, Linked)]) -> Argument {
    let mut policy = Argument::of(&instance.body, "policy");
    for (by, linked) in parts {
        let other = Argument::of(&by.body, "policy");
        match linked.there {
            Tri::No => {}
            Tri::Yes if policy.unset().is_yes() => policy = other,
            _ => {
                let either = [policy.value.clone(), other.value];
                policy = Argument {
                    value: privatelint_evaluator::Unknown::one_of(either),
                    span: policy.span.or(other.span),
                };
            }
        }
    }
    policy
}
