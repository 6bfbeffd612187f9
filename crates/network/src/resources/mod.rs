//! Typed resources, each with what is known and not known about it. Sorted by address; ids are positions.

mod dhcp_options;
mod endpoint;
mod endpoint_service;
mod firewall;
mod gateway;
mod hosted_zone;
mod ids;
mod network_acl;
mod peering;
mod prefix_list;
mod profile;
mod remote;
mod resolver;
mod route_table;
mod route_target;
mod security_group;
mod subnet;
mod transit_gateway;
mod vpc;

pub use dhcp_options::DhcpOptions;
pub use endpoint::{DnsOptions, Endpoint, EndpointType};
pub use endpoint_service::{EndpointService, LoadBalancer};
pub use firewall::Firewall;
pub use gateway::{CarrierGateway, EgressOnlyGateway, InternetGateway, NatGateway, VpnGateway};
pub use hosted_zone::{Alias, HostedZone, Record};
pub use ids::{
    CarrierGatewayId, DhcpOptionsId, EgressOnlyGatewayId, EndpointId, EndpointServiceId,
    FirewallId, HostedZoneId, InternetGatewayId, LoadBalancerId, NatGatewayId, NetworkAclId,
    PeeringId, PrefixListId, ProfileId, ResolverEndpointId, ResolverRuleId, RouteTableId,
    SecurityGroupId, SubnetId, TransitGatewayAttachmentId, TransitGatewayId,
    TransitGatewayRouteTableId, VpcId, VpnGatewayId,
};
pub use network_acl::{AclRule, NetworkAcl};
pub use peering::Peering;
pub use prefix_list::{PrefixList, PrefixListEntry};
pub use profile::{Profile, ProfilePart};
pub use remote::{RemoteKind, RemoteSide};
pub use resolver::{ResolverEndpoint, ResolverRule};
pub use route_table::{Route, RouteTable, SubnetAssociation};
pub use route_target::Target;
pub use security_group::{Direction, Rule, SecurityGroup, Source};
pub use subnet::Subnet;
pub use transit_gateway::{
    AttachmentKind, TransitGateway, TransitGatewayAttachment, TransitGatewayRoute,
    TransitGatewayRouteTable,
};
pub use vpc::{Cidr, Vpc};

pub(crate) use dhcp_options::dhcp_options;
pub(crate) use endpoint::endpoints;
pub(crate) use endpoint_service::{endpoint_services, load_balancers};
pub(crate) use firewall::firewalls;
pub(crate) use gateway::{
    carrier_gateways, egress_only_gateways, internet_gateways, nat_gateways, vpn_gateways,
};
pub(crate) use hosted_zone::hosted_zones;
pub(crate) use network_acl::network_acls;
pub(crate) use peering::peerings;
pub(crate) use prefix_list::prefix_lists;
pub(crate) use profile::profiles;
pub(crate) use remote::remote_sides;
pub(crate) use resolver::{resolver_endpoints, resolver_rules};
pub(crate) use route_table::{implicit_tables, main_table_of, route_tables};
pub(crate) use security_group::security_groups;
pub(crate) use subnet::subnets;
pub(crate) use transit_gateway::{
    attachments, other_transit_gateway_routes, transit_gateway_route_tables, transit_gateways,
};
pub(crate) use vpc::vpcs;
