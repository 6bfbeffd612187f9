//! Builds the network from resource instances.

use privatelint_evaluator::{Instance, MissingModule};

use crate::graph::Graph;
use crate::kinds::Role;
use crate::owners::ByOwner;
use crate::questions::dns::Names;
use crate::questions::routes::GatewayRoutes;
use crate::resources::{
    self, CarrierGateway, CarrierGatewayId, DhcpOptions, DhcpOptionsId, EgressOnlyGateway,
    EgressOnlyGatewayId, Endpoint, EndpointId, EndpointService, EndpointServiceId, Firewall,
    FirewallId, HostedZone, HostedZoneId, InternetGateway, InternetGatewayId, LoadBalancer,
    LoadBalancerId, NatGateway, NatGatewayId, NetworkAcl, NetworkAclId, Peering, PeeringId,
    PrefixList, PrefixListId, Profile, ProfileId, RemoteSide, ResolverEndpoint, ResolverEndpointId,
    ResolverRule, ResolverRuleId, RouteTable, RouteTableId, SecurityGroup, SecurityGroupId, Subnet,
    SubnetId, TransitGateway, TransitGatewayAttachment, TransitGatewayAttachmentId,
    TransitGatewayId, TransitGatewayRoute, TransitGatewayRouteTable, TransitGatewayRouteTableId,
    Vpc, VpcId, VpnGateway, VpnGatewayId,
};

use crate::workloads::{Instances, Workload, workloads};

/// The AWS network of one root module.
///
/// Every list is sorted by address. The questions are methods.
#[derive(Debug)]
pub struct Network<'a> {
    /// The VPCs.
    pub vpcs: Vec<Vpc<'a>>,
    /// The subnets.
    pub subnets: Vec<Subnet<'a>>,
    /// The declared route tables.
    pub route_tables: Vec<RouteTable<'a>>,
    /// The main tables that AWS makes with the declared VPCs and that no resource adopts.
    pub implicit_tables: Vec<RouteTable<'a>>,
    /// The network ACLs.
    pub network_acls: Vec<NetworkAcl<'a>>,
    /// The VPC endpoints.
    pub endpoints: Vec<Endpoint<'a>>,
    /// The endpoint services.
    pub endpoint_services: Vec<EndpointService<'a>>,
    /// The load balancers.
    pub load_balancers: Vec<LoadBalancer<'a>>,
    /// The security groups.
    pub security_groups: Vec<SecurityGroup<'a>>,
    /// The managed prefix lists.
    pub prefix_lists: Vec<PrefixList<'a>>,
    /// The NAT gateways.
    pub nat_gateways: Vec<NatGateway<'a>>,
    /// The internet gateways.
    pub internet_gateways: Vec<InternetGateway<'a>>,
    /// The egress-only internet gateways.
    pub egress_only_gateways: Vec<EgressOnlyGateway<'a>>,
    /// The virtual private gateways.
    pub vpn_gateways: Vec<VpnGateway<'a>>,
    /// The carrier gateways.
    pub carrier_gateways: Vec<CarrierGateway<'a>>,
    /// The transit gateways.
    pub transit_gateways: Vec<TransitGateway<'a>>,
    /// What is attached to transit gateways.
    pub transit_gateway_attachments: Vec<TransitGatewayAttachment<'a>>,
    /// The declared route tables of transit gateways.
    pub transit_gateway_route_tables: Vec<TransitGatewayRouteTable<'a>>,
    /// The routes of transit gateways in tables that are not declared: the default ones, and those from elsewhere.
    pub other_transit_gateway_routes: Vec<TransitGatewayRoute<'a>>,
    /// The peering connections.
    pub peerings: Vec<Peering<'a>>,
    /// The firewalls of AWS Network Firewall.
    pub firewalls: Vec<Firewall<'a>>,
    /// The DHCP options.
    pub dhcp_options: Vec<DhcpOptions<'a>>,
    /// The hosted zones, public ones too.
    pub hosted_zones: Vec<HostedZone<'a>>,
    /// The endpoints of Route 53 Resolver.
    pub resolver_endpoints: Vec<ResolverEndpoint<'a>>,
    /// The rules of Route 53 Resolver.
    pub resolver_rules: Vec<ResolverRule<'a>>,
    /// The Route 53 Profiles.
    pub profiles: Vec<Profile<'a>>,
    /// What connects VPCs to somewhere else.
    pub remote_sides: Vec<RemoteSide<'a>>,
    /// Every instance that it was built from, by address.
    pub instances: &'a [Instance],
    /// The modules whose code is not there, by address.
    pub missing_modules: &'a [MissingModule],
    pub(crate) subnet_tables: ByOwner<'a, SubnetId>,
    pub(crate) main_tables: ByOwner<'a, VpcId>,
    pub(crate) gateway_routes: GatewayRoutes,
    pub(crate) workloads: Vec<Workload<'a>>,
    pub(crate) related: Instances<'a>,
    pub(crate) names: Names,
    pub(crate) graph: Graph<'a>,
}

impl<'a> Network<'a> {
    /// Builds the network of these instances, which are sorted by address.
    #[must_use]
    pub fn build(instances: &'a [Instance], missing_modules: &'a [MissingModule]) -> Self {
        let graph = Graph::new(instances, missing_modules);
        let related = Instances::new(instances);
        let role = |role| graph.with_role(role).iter().copied();
        let route_tables = resources::route_tables(&graph);
        let implicit_tables = resources::implicit_tables(&graph, &route_tables);
        let transit_gateways = resources::transit_gateways(&graph);
        let endpoints = resources::endpoints(&graph);
        Self {
            vpcs: resources::vpcs(&graph),
            subnets: resources::subnets(&graph),
            network_acls: resources::network_acls(&graph),
            endpoint_services: resources::endpoint_services(&graph),
            load_balancers: resources::load_balancers(&graph),
            security_groups: resources::security_groups(&graph),
            prefix_lists: resources::prefix_lists(&graph),
            nat_gateways: resources::nat_gateways(&graph),
            internet_gateways: resources::internet_gateways(&graph),
            egress_only_gateways: resources::egress_only_gateways(&graph),
            vpn_gateways: resources::vpn_gateways(&graph),
            carrier_gateways: resources::carrier_gateways(&graph),
            transit_gateway_attachments: resources::attachments(&graph, &transit_gateways),
            transit_gateway_route_tables: resources::transit_gateway_route_tables(&graph),
            other_transit_gateway_routes: resources::other_transit_gateway_routes(&graph),
            peerings: resources::peerings(&graph),
            firewalls: resources::firewalls(&graph),
            dhcp_options: resources::dhcp_options(&graph),
            hosted_zones: resources::hosted_zones(&graph),
            resolver_endpoints: resources::resolver_endpoints(&graph),
            resolver_rules: resources::resolver_rules(&graph),
            profiles: resources::profiles(&graph),
            remote_sides: resources::remote_sides(&graph, &route_tables),
            subnet_tables: ByOwner::new(&graph, role(Role::SubnetRoutes), "subnet_id"),
            main_tables: ByOwner::new(&graph, role(Role::MainRoutes), "vpc_id"),
            gateway_routes: GatewayRoutes::new(&graph, &endpoints),
            workloads: workloads(&graph, &related),
            related,
            route_tables,
            implicit_tables,
            transit_gateways,
            endpoints,
            instances,
            missing_modules,
            names: Names::default(),
            graph,
        }
    }

    /// The route table with that id; ids come from the same network.
    #[must_use]
    pub fn route_table(&self, id: RouteTableId) -> Option<&RouteTable<'a>> {
        let implicit =
            || self.implicit_tables.get(id.index().checked_sub(self.route_tables.len())?);
        self.route_tables.get(id.index()).or_else(implicit)
    }

    /// Every route table, declared or not.
    pub fn all_route_tables(&self) -> impl Iterator<Item = &RouteTable<'a>> {
        self.route_tables.iter().chain(&self.implicit_tables)
    }
}

macro_rules! by_id {
    ($($(#[$doc:meta])* $name:ident: $id:ident => $list:ident: $kind:ident,)*) => {
        impl<'a> Network<'a> {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(&self, id: $id) -> Option<&$kind<'a>> {
                    self.$list.get(id.index())
                }
            )*
        }
    };
}

by_id! {
    /// The VPC with that id.
    vpc: VpcId => vpcs: Vpc,
    /// The subnet with that id.
    subnet: SubnetId => subnets: Subnet,
    /// The network ACL with that id.
    network_acl: NetworkAclId => network_acls: NetworkAcl,
    /// The endpoint with that id.
    endpoint: EndpointId => endpoints: Endpoint,
    /// The endpoint service with that id.
    endpoint_service: EndpointServiceId => endpoint_services: EndpointService,
    /// The load balancer with that id.
    load_balancer: LoadBalancerId => load_balancers: LoadBalancer,
    /// The security group with that id.
    security_group: SecurityGroupId => security_groups: SecurityGroup,
    /// The prefix list with that id.
    prefix_list: PrefixListId => prefix_lists: PrefixList,
    /// The NAT gateway with that id.
    nat_gateway: NatGatewayId => nat_gateways: NatGateway,
    /// The internet gateway with that id.
    internet_gateway: InternetGatewayId => internet_gateways: InternetGateway,
    /// The egress-only internet gateway with that id.
    egress_only_gateway: EgressOnlyGatewayId => egress_only_gateways: EgressOnlyGateway,
    /// The virtual private gateway with that id.
    vpn_gateway: VpnGatewayId => vpn_gateways: VpnGateway,
    /// The carrier gateway with that id.
    carrier_gateway: CarrierGatewayId => carrier_gateways: CarrierGateway,
    /// The transit gateway with that id.
    transit_gateway: TransitGatewayId => transit_gateways: TransitGateway,
    /// The attachment with that id.
    transit_gateway_attachment: TransitGatewayAttachmentId => transit_gateway_attachments: TransitGatewayAttachment,
    /// The route table of a transit gateway with that id.
    transit_gateway_route_table: TransitGatewayRouteTableId => transit_gateway_route_tables: TransitGatewayRouteTable,
    /// The peering connection with that id.
    peering: PeeringId => peerings: Peering,
    /// The firewall with that id.
    firewall: FirewallId => firewalls: Firewall,
    /// The set of DHCP options with that id.
    dhcp_options_with: DhcpOptionsId => dhcp_options: DhcpOptions,
    /// The hosted zone with that id.
    hosted_zone: HostedZoneId => hosted_zones: HostedZone,
    /// The resolver endpoint with that id.
    resolver_endpoint: ResolverEndpointId => resolver_endpoints: ResolverEndpoint,
    /// The resolver rule with that id.
    resolver_rule: ResolverRuleId => resolver_rules: ResolverRule,
    /// The profile with that id.
    profile: ProfileId => profiles: Profile,
}
