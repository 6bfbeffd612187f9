//! A picture of networks as plain data, drawn by the reporter.

use crate::{Severity, Span};

/// The networks of one root module as nodes and edges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagram {
    /// What it shows: the directory of the root module.
    pub title: String,
    /// The nodes. Whatever a node is in stands before it.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
    /// The ways from subnets to services.
    pub ways: Vec<Way>,
}

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// How it is drawn.
    pub kind: NodeKind,
    /// What it is, in words: `NAT gateway`.
    pub word: String,
    /// What is written in it.
    pub label: String,
    /// What is written below the label, smaller; may be empty.
    pub detail: String,
    /// The Terraform address, if it stands for a resource.
    pub address: Option<String>,
    /// Its place in the code.
    pub span: Option<Span>,
    /// The position of the node that it is in.
    pub parent: Option<usize>,
    /// The findings that are about it.
    pub marks: Vec<Mark>,
    /// Whether it is not certain that it is there.
    pub perhaps: bool,
}

/// How a node is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A frame around a network.
    Network,
    /// A frame around the subnets of an availability zone.
    Zone,
    /// A subnet.
    Subnet,
    /// A route table.
    RouteTable,
    /// An endpoint that route tables lead to.
    GatewayEndpoint,
    /// An endpoint that has network interfaces in subnets.
    InterfaceEndpoint,
    /// What leads out of a subnet or a network.
    Gateway,
    /// Another network, or the internet.
    Outside,
    /// A service.
    Service,
}

/// A line from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The position of the node that it begins at.
    pub from: usize,
    /// The position of the node that it ends at.
    pub to: usize,
    /// What it is.
    pub kind: EdgeKind,
    /// What is said of it, such as the destination of a route; may be empty.
    pub label: String,
    /// Its place in the code.
    pub span: Option<Span>,
    /// Whether it is not certain that it is there.
    pub perhaps: bool,
}

/// What an edge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// A subnet uses a route table.
    Uses,
    /// A route table sends somewhere.
    Route,
    /// An endpoint has a network interface in a subnet.
    InterfaceIn,
    /// A gateway is in a subnet.
    In,
    /// A gateway or an endpoint leads to something.
    LeadsTo,
}

/// A finding at a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The rule.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it says.
    pub message: String,
}

/// The way from a subnet to a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The position of the subnet.
    pub from: usize,
    /// The position of the service.
    pub to: usize,
    /// The kind of the way in a word or two.
    pub word: String,
    /// Whether traffic gets there.
    pub open: bool,
    /// The positions of the nodes that it passes, with its ends as far as it gets.
    pub nodes: Vec<usize>,
    /// The steps, in words, each with its place.
    pub steps: Vec<(String, Option<Span>)>,
}

impl NodeKind {
    /// A name for style sheets and programs: `route-table`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Zone => "zone",
            Self::Subnet => "subnet",
            Self::RouteTable => "route-table",
            Self::GatewayEndpoint => "gateway-endpoint",
            Self::InterfaceEndpoint => "interface-endpoint",
            Self::Gateway => "gateway",
            Self::Outside => "outside",
            Self::Service => "service",
        }
    }
}

impl Node {
    /// The worst of the findings that are about it.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.marks.iter().map(|mark| mark.severity).max()
    }
}
