//! Ids of what is in a network: positions in its lists.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub(crate) u32);

            impl $name {
                pub(crate) fn at(position: usize) -> Self {
                    Self(u32::try_from(position).unwrap_or(u32::MAX))
                }

                /// The position in the network's list.
                #[must_use]
                pub fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// Names a [`Vpc`](super::Vpc) of a network.
    VpcId,
    /// Names [`DhcpOptions`](super::DhcpOptions) of a network.
    DhcpOptionsId,
    /// Names a [`Subnet`](super::Subnet) of a network.
    SubnetId,
    /// Names a [`RouteTable`](super::RouteTable) of a network: a declared one, or the main table that AWS makes with a declared VPC.
    RouteTableId,
    /// Names a [`NetworkAcl`](super::NetworkAcl) of a network.
    NetworkAclId,
    /// Names an [`Endpoint`](super::Endpoint) of a network.
    EndpointId,
    /// Names an [`EndpointService`](super::EndpointService) of a network.
    EndpointServiceId,
    /// Names a [`LoadBalancer`](super::LoadBalancer) of a network.
    LoadBalancerId,
    /// Names a [`SecurityGroup`](super::SecurityGroup) of a network.
    SecurityGroupId,
    /// Names a [`PrefixList`](super::PrefixList) of a network.
    PrefixListId,
    /// Names a [`NatGateway`](super::NatGateway) of a network.
    NatGatewayId,
    /// Names an [`InternetGateway`](super::InternetGateway) of a network.
    InternetGatewayId,
    /// Names an [`EgressOnlyGateway`](super::EgressOnlyGateway) of a network.
    EgressOnlyGatewayId,
    /// Names a [`VpnGateway`](super::VpnGateway) of a network.
    VpnGatewayId,
    /// Names a [`CarrierGateway`](super::CarrierGateway) of a network.
    CarrierGatewayId,
    /// Names a [`TransitGateway`](super::TransitGateway) of a network.
    TransitGatewayId,
    /// Names a [`TransitGatewayAttachment`](super::TransitGatewayAttachment) of a network.
    TransitGatewayAttachmentId,
    /// Names a [`TransitGatewayRouteTable`](super::TransitGatewayRouteTable) of a network.
    TransitGatewayRouteTableId,
    /// Names a [`Peering`](super::Peering) of a network.
    PeeringId,
    /// Names a [`Firewall`](super::Firewall) of a network.
    FirewallId,
    /// Names a [`HostedZone`](super::HostedZone) of a network.
    HostedZoneId,
    /// Names a [`ResolverEndpoint`](super::ResolverEndpoint) of a network.
    ResolverEndpointId,
    /// Names a [`ResolverRule`](super::ResolverRule) of a network.
    ResolverRuleId,
    /// Names a [`Profile`](super::Profile) of a network.
    ProfileId,
}
