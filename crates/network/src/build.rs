//! Builds the network from resource instances.

use privatelint_evaluator::{Instance, MissingModule};

use crate::graph::Graph;
use crate::resources::{
    self, Endpoint, EndpointId, InternetGateway, InternetGatewayId, NatGateway, NatGatewayId,
    RemoteSide, RouteTable, RouteTableId, SecurityGroup, SecurityGroupId, Subnet, SubnetId, Vpc,
    VpcId,
};

/// The AWS network of one root module.
///
/// Every list is sorted by address. The questions are methods.
#[derive(Debug)]
pub struct Network<'a> {
    /// The VPCs.
    pub vpcs: Vec<Vpc<'a>>,
    /// The subnets.
    pub subnets: Vec<Subnet<'a>>,
    /// The route tables.
    pub route_tables: Vec<RouteTable<'a>>,
    /// The VPC endpoints.
    pub endpoints: Vec<Endpoint<'a>>,
    /// The security groups.
    pub security_groups: Vec<SecurityGroup<'a>>,
    /// The NAT gateways.
    pub nat_gateways: Vec<NatGateway<'a>>,
    /// The internet gateways.
    pub internet_gateways: Vec<InternetGateway<'a>>,
    /// What connects VPCs to somewhere else.
    pub remote_sides: Vec<RemoteSide<'a>>,
    /// Every instance that it was built from, by address.
    pub instances: &'a [Instance],
    /// The modules whose code is not there, by address.
    pub missing_modules: &'a [MissingModule],
    pub(crate) graph: Graph<'a>,
}

impl<'a> Network<'a> {
    /// Builds the network of these instances, which are sorted by address.
    #[must_use]
    pub fn build(instances: &'a [Instance], missing_modules: &'a [MissingModule]) -> Self {
        let graph = Graph::new(instances, missing_modules);
        let route_tables = resources::route_tables(&graph);
        Self {
            vpcs: resources::vpcs(&graph),
            subnets: resources::subnets(&graph),
            endpoints: resources::endpoints(&graph),
            security_groups: resources::security_groups(&graph),
            nat_gateways: resources::nat_gateways(&graph),
            internet_gateways: resources::internet_gateways(&graph),
            remote_sides: resources::remote_sides(&graph, &route_tables),
            route_tables,
            instances,
            missing_modules,
            graph,
        }
    }

    /// The VPC with that id; ids come from the same network.
    #[must_use]
    pub fn vpc(&self, id: VpcId) -> Option<&Vpc<'a>> {
        self.vpcs.get(id.index())
    }

    /// The subnet with that id.
    #[must_use]
    pub fn subnet(&self, id: SubnetId) -> Option<&Subnet<'a>> {
        self.subnets.get(id.index())
    }

    /// The route table with that id.
    #[must_use]
    pub fn route_table(&self, id: RouteTableId) -> Option<&RouteTable<'a>> {
        self.route_tables.get(id.index())
    }

    /// The endpoint with that id.
    #[must_use]
    pub fn endpoint(&self, id: EndpointId) -> Option<&Endpoint<'a>> {
        self.endpoints.get(id.index())
    }

    /// The security group with that id.
    #[must_use]
    pub fn security_group(&self, id: SecurityGroupId) -> Option<&SecurityGroup<'a>> {
        self.security_groups.get(id.index())
    }

    /// The NAT gateway with that id.
    #[must_use]
    pub fn nat_gateway(&self, id: NatGatewayId) -> Option<&NatGateway<'a>> {
        self.nat_gateways.get(id.index())
    }

    /// The internet gateway with that id.
    #[must_use]
    pub fn internet_gateway(&self, id: InternetGatewayId) -> Option<&InternetGateway<'a>> {
        self.internet_gateways.get(id.index())
    }
}
