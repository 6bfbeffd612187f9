//! Typed resources, each with what is known and not known about it. Sorted by address; ids are positions.

mod endpoint;
mod gateway;
mod remote;
mod route_table;
mod security_group;
mod subnet;
mod vpc;

pub use endpoint::{DnsOptions, Endpoint, EndpointType};
pub use gateway::{InternetGateway, NatGateway};
pub use remote::{RemoteKind, RemoteSide};
pub use route_table::{Route, RouteTable, SubnetAssociation, Target};
pub use security_group::{Direction, Rule, SecurityGroup, Source};
pub use subnet::Subnet;
pub use vpc::Vpc;

pub(crate) use endpoint::endpoints;
pub(crate) use gateway::{internet_gateways, nat_gateways};
pub(crate) use remote::remote_sides;
pub(crate) use route_table::route_tables;
pub(crate) use security_group::security_groups;
pub(crate) use subnet::subnets;
pub(crate) use vpc::vpcs;

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
    /// Names a [`Vpc`] of a network.
    VpcId,
    /// Names a [`Subnet`] of a network.
    SubnetId,
    /// Names a [`RouteTable`] of a network.
    RouteTableId,
    /// Names an [`Endpoint`] of a network.
    EndpointId,
    /// Names a [`SecurityGroup`] of a network.
    SecurityGroupId,
    /// Names a [`NatGateway`] of a network.
    NatGatewayId,
    /// Names an [`InternetGateway`] of a network.
    InternetGatewayId,
}
