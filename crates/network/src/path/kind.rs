//! What a path is: its kind, its hops, what blocks it and what is not known of it.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Address;

use crate::Doubt;

/// How traffic reaches a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Through a gateway endpoint that the subnet's route table has.
    GatewayEndpoint,
    /// Through an interface endpoint in the same VPC, which the service's name resolves to.
    InterfaceEndpoint,
    /// Through another network: a transit gateway, a core network, a peering connection or a private link to on premises. What
    /// is behind it is in the hops, as far as the code shows it.
    Hub,
    /// Through a NAT gateway or a NAT instance to the service's public addresses.
    Nat,
    /// Through an internet or egress-only internet gateway to the service's public addresses.
    Internet,
    /// Not at all.
    None,
    /// Not decided by the code.
    Unknown,
}

/// The way from a place to a service.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// How traffic reaches the service. [`Kind::None`] only if it certainly does not.
    pub kind: Kind,
    /// The kind that the code shows where it does not decide, if it shows one: a NAT gateway, unless a route that is perhaps there
    /// leads elsewhere. `None` if the path is decided.
    pub perhaps: Option<Kind>,
    /// Whether a firewall or a Gateway Load Balancer endpoint is passed.
    pub inspected: bool,
    /// The way, in the order in which traffic takes it, as far as it goes.
    pub hops: Vec<Hop>,
    /// What stops it, if it is [`Kind::None`].
    pub blocked: Option<Box<Blocked>>,
    /// Why it is not decided, or what has been taken for granted of a part that the code does not show. Empty if neither.
    pub doubts: Vec<Doubt>,
}

/// A step of a way.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// What happens, without a full stop: "`aws_route_table.private` sends `0.0.0.0/0` to `aws_nat_gateway.main`".
    pub what: String,
    /// The resource that makes it so, if one does.
    pub address: Option<Address>,
    /// Its line of code, if there is one.
    pub span: Option<Span>,
}

/// What stops traffic, and the smallest change that would let it through.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocked {
    /// The kind of thing.
    pub by: Blocker,
    /// What it does, without a full stop.
    pub because: String,
    /// The resource that does it, if one does.
    pub address: Option<Address>,
    /// Its line of code.
    pub span: Option<Span>,
    /// What would open the way, as an order.
    pub open_by: String,
}

/// The kinds of things that stop traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blocker {
    /// No route leads to the service.
    NoRoute,
    /// A route leads to something that cannot forward: a private NAT gateway, a NAT gateway in a subnet without a way out.
    DeadEnd,
    /// The route leads to an internet gateway, and the client has no public address.
    NoPublicAddress,
    /// The client's security groups.
    ClientSecurityGroup,
    /// The endpoint's security groups.
    EndpointSecurityGroup,
    /// A network ACL that stops the request.
    NetworkAcl,
    /// A network ACL that stops the answer.
    NetworkAclReturn,
    /// The service's name does not resolve in the VPC.
    NameLookup,
    /// The endpoint's policy allows nothing.
    EndpointPolicy,
    /// The endpoint has no subnets.
    EndpointWithoutSubnets,
}

impl Kind {
    /// Its name in output: `gateway endpoint`, `nat`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GatewayEndpoint => "gateway endpoint",
            Self::InterfaceEndpoint => "interface endpoint",
            Self::Hub => "hub",
            Self::Nat => "nat",
            Self::Internet => "internet",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    /// Whether traffic stays in private networks as far as the code shows: an endpoint, or another network.
    #[must_use]
    pub fn is_endpoint(self) -> bool {
        matches!(self, Self::GatewayEndpoint | Self::InterfaceEndpoint)
    }
}

impl Blocker {
    /// Its name in output: `no route`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoRoute => "no route",
            Self::DeadEnd => "dead end",
            Self::NoPublicAddress => "no public address",
            Self::ClientSecurityGroup => "client security group",
            Self::EndpointSecurityGroup => "endpoint security group",
            Self::NetworkAcl => "network ACL",
            Self::NetworkAclReturn => "network ACL, return traffic",
            Self::NameLookup => "name lookup",
            Self::EndpointPolicy => "endpoint policy",
            Self::EndpointWithoutSubnets => "endpoint without subnets",
        }
    }
}

impl Hop {
    /// A step that a resource makes.
    #[must_use]
    pub fn new(what: impl Into<String>, address: Option<Address>, span: Option<Span>) -> Self {
        Self { what: what.into(), address, span }
    }
}

impl Path {
    /// Whether the code decides it.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.kind != Kind::Unknown && self.perhaps.is_none()
    }

    /// The kind that the code shows, decided or not.
    #[must_use]
    pub fn shown(&self) -> Kind {
        self.perhaps.unwrap_or(self.kind)
    }
}
