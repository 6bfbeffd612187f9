//! Which resource types the network is made of, and what each of them is in it.

use privatelint_evaluator::Mode;

use crate::facts::{attachment, deciding_types};

/// What a resource type is in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Vpc,
    VpcCidr,
    VpcDhcp,
    DhcpOptions,
    Subnet,
    RouteTable,
    Route,
    SubnetRoutes,
    MainRoutes,
    VpnRoutes,
    NetworkAcl,
    AclRule,
    AclSubnet,
    Endpoint,
    EndpointPart,
    EndpointService,
    LoadBalancer,
    SecurityGroup,
    SecurityGroupRule,
    PrefixList,
    PrefixListEntry,
    NatGateway,
    InternetGateway,
    EgressOnlyGateway,
    VpnGateway,
    CarrierGateway,
    TransitGateway,
    TransitGatewayAttachment,
    TransitAccepter,
    TransitGatewayRouteTable,
    TransitRoute,
    TransitAssociation,
    TransitPropagation,
    Peering,
    PeeringPart,
    Firewall,
    HostedZone,
    ZoneVpc,
    Record,
    ResolverEndpoint,
    ResolverRule,
    ResolverRuleVpc,
    Profile,
    ProfileVpc,
    ProfilePart,
    /// Connects a VPC to somewhere else, and is nothing else here.
    Remote,
    /// Uses a service, or allows it to be used.
    Consumer,
    /// A link that values are followed through.
    Link,
}

/// The managed types, by name.
const MANAGED: &[(&str, Role)] = &[
    ("aws_alb", Role::LoadBalancer),
    ("aws_customer_gateway", Role::Link),
    ("aws_default_network_acl", Role::NetworkAcl),
    ("aws_default_route_table", Role::RouteTable),
    ("aws_default_security_group", Role::SecurityGroup),
    ("aws_default_subnet", Role::Subnet),
    ("aws_default_vpc", Role::Vpc),
    ("aws_default_vpc_dhcp_options", Role::DhcpOptions),
    ("aws_dx_gateway_association", Role::TransitGatewayAttachment),
    ("aws_dx_gateway_association_proposal", Role::Remote),
    ("aws_dx_hosted_private_virtual_interface_accepter", Role::Remote),
    ("aws_dx_private_virtual_interface", Role::Remote),
    ("aws_dynamodb_table", Role::Consumer),
    ("aws_ec2_carrier_gateway", Role::CarrierGateway),
    ("aws_ec2_client_vpn_endpoint", Role::Remote),
    ("aws_ec2_client_vpn_network_association", Role::Remote),
    ("aws_ec2_managed_prefix_list", Role::PrefixList),
    ("aws_ec2_managed_prefix_list_entry", Role::PrefixListEntry),
    ("aws_ec2_transit_gateway", Role::TransitGateway),
    ("aws_ec2_transit_gateway_connect", Role::TransitGatewayAttachment),
    ("aws_ec2_transit_gateway_peering_attachment", Role::TransitGatewayAttachment),
    ("aws_ec2_transit_gateway_peering_attachment_accepter", Role::TransitAccepter),
    ("aws_ec2_transit_gateway_prefix_list_reference", Role::TransitRoute),
    ("aws_ec2_transit_gateway_route", Role::TransitRoute),
    ("aws_ec2_transit_gateway_route_table", Role::TransitGatewayRouteTable),
    ("aws_ec2_transit_gateway_route_table_association", Role::TransitAssociation),
    ("aws_ec2_transit_gateway_route_table_propagation", Role::TransitPropagation),
    ("aws_ec2_transit_gateway_vpc_attachment", Role::TransitGatewayAttachment),
    ("aws_ec2_transit_gateway_vpc_attachment_accepter", Role::TransitAccepter),
    ("aws_egress_only_internet_gateway", Role::EgressOnlyGateway),
    ("aws_iam_policy", Role::Consumer),
    ("aws_iam_role_policy", Role::Consumer),
    ("aws_internet_gateway", Role::InternetGateway),
    ("aws_internet_gateway_attachment", Role::Link),
    ("aws_lb", Role::LoadBalancer),
    ("aws_main_route_table_association", Role::MainRoutes),
    ("aws_nat_gateway", Role::NatGateway),
    ("aws_network_acl", Role::NetworkAcl),
    ("aws_network_acl_association", Role::AclSubnet),
    ("aws_network_acl_rule", Role::AclRule),
    ("aws_networkfirewall_firewall", Role::Firewall),
    ("aws_networkmanager_vpc_attachment", Role::Remote),
    ("aws_ram_resource_association", Role::Link),
    ("aws_route", Role::Route),
    ("aws_route53_record", Role::Record),
    ("aws_route53_resolver_endpoint", Role::ResolverEndpoint),
    ("aws_route53_resolver_rule", Role::ResolverRule),
    ("aws_route53_resolver_rule_association", Role::ResolverRuleVpc),
    ("aws_route53_zone", Role::HostedZone),
    ("aws_route53_zone_association", Role::ZoneVpc),
    ("aws_route53profiles_association", Role::ProfileVpc),
    ("aws_route53profiles_profile", Role::Profile),
    ("aws_route53profiles_resource_association", Role::ProfilePart),
    ("aws_route_table", Role::RouteTable),
    ("aws_route_table_association", Role::SubnetRoutes),
    ("aws_security_group", Role::SecurityGroup),
    ("aws_security_group_rule", Role::SecurityGroupRule),
    ("aws_subnet", Role::Subnet),
    ("aws_vpc", Role::Vpc),
    ("aws_vpc_dhcp_options", Role::DhcpOptions),
    ("aws_vpc_dhcp_options_association", Role::VpcDhcp),
    ("aws_vpc_endpoint", Role::Endpoint),
    ("aws_vpc_endpoint_policy", Role::EndpointPart),
    ("aws_vpc_endpoint_private_dns", Role::EndpointPart),
    ("aws_vpc_endpoint_route_table_association", Role::EndpointPart),
    ("aws_vpc_endpoint_security_group_association", Role::EndpointPart),
    ("aws_vpc_endpoint_service", Role::EndpointService),
    ("aws_vpc_endpoint_subnet_association", Role::EndpointPart),
    ("aws_vpc_ipv4_cidr_block_association", Role::VpcCidr),
    ("aws_vpc_ipv6_cidr_block_association", Role::VpcCidr),
    ("aws_vpc_peering_connection", Role::Peering),
    ("aws_vpc_peering_connection_accepter", Role::PeeringPart),
    ("aws_vpc_peering_connection_options", Role::PeeringPart),
    ("aws_vpc_security_group_egress_rule", Role::SecurityGroupRule),
    ("aws_vpc_security_group_ingress_rule", Role::SecurityGroupRule),
    ("aws_vpc_security_group_vpc_association", Role::Link),
    ("aws_vpn_connection", Role::TransitGatewayAttachment),
    ("aws_vpn_gateway", Role::VpnGateway),
    ("aws_vpn_gateway_attachment", Role::Remote),
    ("aws_vpn_gateway_route_propagation", Role::VpnRoutes),
];

/// The data sources, by name: those through which code finds what other code made.
const DATA: &[&str] = &[
    "aws_availability_zones",
    "aws_cloudformation_export",
    "aws_cloudformation_stack",
    "aws_ec2_managed_prefix_list",
    "aws_ec2_transit_gateway",
    "aws_ec2_transit_gateway_route_table",
    "aws_iam_policy_document",
    "aws_internet_gateway",
    "aws_lb",
    "aws_nat_gateway",
    "aws_network_acls",
    "aws_networkfirewall_firewall",
    "aws_prefix_list",
    "aws_region",
    "aws_route53_resolver_rule",
    "aws_route53_zone",
    "aws_route_table",
    "aws_route_tables",
    "aws_security_group",
    "aws_security_groups",
    "aws_ssm_parameter",
    "aws_subnet",
    "aws_subnet_ids",
    "aws_subnets",
    "aws_vpc",
    "aws_vpc_dhcp_options",
    "aws_vpc_endpoint",
    "aws_vpc_endpoint_service",
    "aws_vpc_peering_connection",
    "aws_vpcs",
    "aws_vpn_gateway",
    "terraform_remote_state",
    "tfe_outputs",
];

/// Whether the network wants to see resources or data sources of this type.
#[must_use]
pub fn wants(mode: Mode, kind: &str) -> bool {
    match mode {
        Mode::Managed => {
            role(kind).is_some() || matters_to_workloads(kind) || HANDS_ON.contains(&kind)
        }
        Mode::Data => DATA.binary_search(&kind).is_ok(),
    }
}

/// The types that keep values where other code reads them.
pub(crate) const HANDS_ON: [&str; 1] = ["aws_ssm_parameter"];

/// Whether a managed type is, places, or decides about something that runs in the network.
fn matters_to_workloads(kind: &str) -> bool {
    attachment(kind).is_some() || deciding_types().contains(kind)
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
