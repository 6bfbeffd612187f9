//! Which resource types the network is made of, and what each of them is in it.

use privatelint_evaluator::Mode;

/// What a resource type is in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Vpc,
    Subnet,
    RouteTable,
    Route,
    SubnetRoutes,
    MainRoutes,
    Endpoint,
    EndpointPart,
    SecurityGroup,
    SecurityGroupRule,
    NatGateway,
    InternetGateway,
    Remote,
    /// Uses a service, or allows it to be used.
    Consumer,
    /// A link that values are followed through.
    Link,
}

/// The managed types, by name.
const MANAGED: &[(&str, Role)] = &[
    ("aws_customer_gateway", Role::Link),
    ("aws_default_route_table", Role::RouteTable),
    ("aws_default_security_group", Role::SecurityGroup),
    ("aws_default_subnet", Role::Subnet),
    ("aws_default_vpc", Role::Vpc),
    ("aws_dx_gateway_association", Role::Remote),
    ("aws_dx_gateway_association_proposal", Role::Remote),
    ("aws_dx_hosted_private_virtual_interface_accepter", Role::Remote),
    ("aws_dx_private_virtual_interface", Role::Remote),
    ("aws_dynamodb_table", Role::Consumer),
    ("aws_ec2_client_vpn_endpoint", Role::Remote),
    ("aws_ec2_client_vpn_network_association", Role::Remote),
    ("aws_ec2_transit_gateway_vpc_attachment", Role::Remote),
    ("aws_iam_policy", Role::Consumer),
    ("aws_iam_role_policy", Role::Consumer),
    ("aws_internet_gateway", Role::InternetGateway),
    ("aws_internet_gateway_attachment", Role::Link),
    ("aws_main_route_table_association", Role::MainRoutes),
    ("aws_nat_gateway", Role::NatGateway),
    ("aws_networkmanager_vpc_attachment", Role::Remote),
    ("aws_route", Role::Route),
    ("aws_route53_resolver_endpoint", Role::Remote),
    ("aws_route_table", Role::RouteTable),
    ("aws_route_table_association", Role::SubnetRoutes),
    ("aws_security_group", Role::SecurityGroup),
    ("aws_security_group_rule", Role::SecurityGroupRule),
    ("aws_subnet", Role::Subnet),
    ("aws_vpc", Role::Vpc),
    ("aws_vpc_endpoint", Role::Endpoint),
    ("aws_vpc_endpoint_policy", Role::EndpointPart),
    ("aws_vpc_endpoint_private_dns", Role::EndpointPart),
    ("aws_vpc_endpoint_route_table_association", Role::EndpointPart),
    ("aws_vpc_endpoint_security_group_association", Role::EndpointPart),
    ("aws_vpc_endpoint_service", Role::Link),
    ("aws_vpc_endpoint_subnet_association", Role::EndpointPart),
    ("aws_vpc_ipv4_cidr_block_association", Role::Link),
    ("aws_vpc_peering_connection", Role::Remote),
    ("aws_vpc_peering_connection_accepter", Role::Remote),
    ("aws_vpc_security_group_egress_rule", Role::SecurityGroupRule),
    ("aws_vpc_security_group_ingress_rule", Role::SecurityGroupRule),
    ("aws_vpn_connection", Role::Remote),
    ("aws_vpn_gateway", Role::Remote),
    ("aws_vpn_gateway_attachment", Role::Remote),
];

/// The data sources, by name: those through which code finds what other code made.
const DATA: &[&str] = &[
    "aws_availability_zones",
    "aws_cloudformation_export",
    "aws_cloudformation_stack",
    "aws_iam_policy_document",
    "aws_internet_gateway",
    "aws_nat_gateway",
    "aws_region",
    "aws_route_table",
    "aws_route_tables",
    "aws_security_group",
    "aws_security_groups",
    "aws_ssm_parameter",
    "aws_subnet",
    "aws_subnet_ids",
    "aws_subnets",
    "aws_vpc",
    "aws_vpc_endpoint",
    "aws_vpc_endpoint_service",
    "aws_vpcs",
    "terraform_remote_state",
    "tfe_outputs",
];

/// Whether the network wants to see resources or data sources of this type.
#[must_use]
pub fn wants(mode: Mode, kind: &str) -> bool {
    match mode {
        Mode::Managed => role(kind).is_some(),
        Mode::Data => DATA.binary_search(&kind).is_ok(),
    }
}

/// What a managed type is in the network, if it is part of it.
pub(crate) fn role(kind: &str) -> Option<Role> {
    let at = MANAGED.binary_search_by(|(name, _)| (*name).cmp(kind)).ok()?;
    MANAGED.get(at).map(|(_, role)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(MANAGED.is_sorted_by(|a, b| a.0 < b.0));
        assert!(DATA.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn lookalikes_are_not_endpoints() {
        assert_eq!(role("aws_vpc_endpoint"), Some(Role::Endpoint));
        for lookalike in
            ["aws_opensearch_vpc_endpoint", "aws_ec2_instance_connect_endpoint", "aws_dms_endpoint"]
        {
            assert_eq!(role(lookalike), None);
        }
    }
}
