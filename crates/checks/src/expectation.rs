//! What a repository expects of its paths: the intent that `path-expectation-broken` compares with the code.

use privatelint_diagnostics::Span;
use privatelint_network::path::{Kind, Path};
use wildmatch::WildMatch;

/// How traffic from some places to some services is to go.
#[derive(Debug)]
pub struct Expectation {
    /// The name that its author gave it.
    pub name: String,
    /// The places.
    pub from: Vec<Place>,
    /// The services, by short name.
    pub to: Vec<String>,
    /// The ways that are all right.
    pub ways: Vec<Way>,
    /// Where it is written.
    pub span: Span,
}

/// Places by the addresses of subnets or workloads: `aws_subnet.app*`, in which `*` stands for any text.
#[derive(Debug)]
pub struct Place {
    /// As written.
    pub pattern: String,
    /// Where it is written.
    pub span: Span,
}

/// A way that can be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Through a gateway endpoint.
    Gateway,
    /// Through an interface endpoint in the same VPC.
    Interface,
    /// Through another network.
    Hub,
    /// Through a NAT gateway.
    Nat,
    /// Through an internet gateway.
    Internet,
    /// Through a firewall first, and then on any way.
    Inspection,
    /// Not at all.
    None,
}

impl Way {
    /// Every way with its word.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("gateway", Self::Gateway),
        ("interface", Self::Interface),
        ("hub", Self::Hub),
        ("nat", Self::Nat),
        ("internet", Self::Internet),
        ("inspection", Self::Inspection),
        ("none", Self::None),
    ];

    /// Whether a path of a kind is this way.
    fn is(self, kind: Kind, inspected: bool) -> bool {
        match self {
            Self::Gateway => kind == Kind::GatewayEndpoint,
            Self::Interface => kind == Kind::InterfaceEndpoint,
            Self::Hub => kind == Kind::Hub,
            Self::Nat => kind == Kind::Nat,
            Self::Internet => kind == Kind::Internet,
            Self::Inspection => inspected && kind != Kind::None,
            Self::None => kind == Kind::None,
        }
    }

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, way)| *way == self).map_or("", |(word, _)| word)
    }
}

impl Place {
    /// Whether it means an address. That of a module's resource is meant by its whole address, or by what comes after the module.
    pub(crate) fn means(&self, address: &str, within_module: &str) -> bool {
        let pattern = WildMatch::new(&self.pattern);
        pattern.matches(address) || pattern.matches(within_module)
    }
}

impl Expectation {
    /// Whether a decided path is one that is expected.
    pub(crate) fn allows(&self, path: &Path) -> bool {
        self.ways.iter().any(|way| way.is(path.kind, path.inspected))
    }
}
