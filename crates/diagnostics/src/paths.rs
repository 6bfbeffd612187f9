//! How traffic gets from places in networks to services: plain data, drawn by the reporter.

use crate::Span;

/// What a reader wants to know of a way at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// It stays in the network.
    Private,
    /// It leads through another network.
    Elsewhere,
    /// It leads over public addresses.
    Public,
    /// There is none.
    Blocked,
    /// The code does not decide it.
    Undecided,
}

/// How traffic gets from one place to one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it is at first sight.
    pub sign: Sign,
    /// The kind of the way: `gateway endpoint`, `none`, `unknown`.
    pub word: String,
    /// The kind that the code shows where it does not decide.
    pub perhaps: Option<String>,
    /// Whether it leads through something that inspects it.
    pub inspected: bool,
    /// What kind of thing stops it, if something does: `no route`.
    pub blocker: Option<String>,
    /// What there is to say of it: what stops it, or why it is not decided.
    pub remark: Option<Remark>,
}

/// A reason, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The reason, without a full stop.
    pub because: String,
    /// What to do, as an order; may be empty.
    pub help: String,
    /// The place, if there is one.
    pub span: Option<Span>,
}

/// Something in the code with a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Its address.
    pub name: String,
    /// Its place.
    pub span: Option<Span>,
}

/// The ways in the networks of root modules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    /// By root module.
    pub roots: Vec<RootMatrix>,
}

/// The ways in the networks of one root module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RootMatrix {
    /// The directory of the root module.
    pub root: String,
    /// By network, in the order of their names.
    pub networks: Vec<NetworkMatrix>,
}

/// The ways in one network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkMatrix {
    /// The network.
    pub network: Named,
    /// Its address range; may be empty.
    pub detail: String,
    /// The services, by name.
    pub services: Vec<String>,
    /// The subnets, each with one cell for each service.
    pub rows: Vec<Row>,
    /// What runs in it and needs services.
    pub workloads: Vec<Workload>,
}

/// The ways from one subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The subnet.
    pub subnet: Named,
    /// In the order of the services.
    pub cells: Vec<Cell>,
}

/// Something that runs in subnets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// The resource.
    pub resource: Named,
    /// The services that it needs.
    pub needs: Vec<Need>,
    /// Why it may need more, or be in more subnets.
    pub remarks: Vec<Remark>,
}

/// A service that a workload needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The service.
    pub service: String,
    /// What for.
    pub why: String,
    /// Whether it certainly needs it.
    pub required: bool,
    /// The worst of its ways.
    pub cell: Cell,
    /// The subnet that this way begins in, if there is one.
    pub from: Option<String>,
}

/// One cell, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The directory of the root module.
    pub root: String,
    /// Where it begins: a subnet, or a workload and its subnet.
    pub from: String,
    /// The service.
    pub to: String,
    /// What it comes to.
    pub cell: Cell,
    /// The way as far as it goes.
    pub steps: Vec<Step>,
    /// Why it is not decided, or what has been taken for granted.
    pub doubts: Vec<Remark>,
}

/// A step of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happens, without a full stop.
    pub what: String,
    /// The resource that makes it so, if one does.
    pub address: Option<String>,
    /// Its place.
    pub span: Option<Span>,
}

impl Sign {
    /// The better a way is known to be good, the further to the front.
    pub const ALL: [Self; 5] =
        [Self::Private, Self::Elsewhere, Self::Public, Self::Blocked, Self::Undecided];

    /// What it means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Private => "by a private endpoint",
            Self::Elsewhere => "through another network",
            Self::Public => "over public addresses",
            Self::Blocked => "no way",
            Self::Undecided => "not decided by this code",
        }
    }
}
