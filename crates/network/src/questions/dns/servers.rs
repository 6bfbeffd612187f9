//! Which name servers do clients in a VPC ask?

use std::net::IpAddr;

use ipnet::IpNet;
use privatelint_diagnostics::{Annotation, Cause};
use privatelint_evaluator::{Tri, Value};

use crate::addresses::block;
use crate::resources::{DhcpOptions, Vpc, VpcId};
use crate::{Answer, Doubt, Network, Ref};

/// The name servers that the DHCP options of a VPC name.
pub(super) enum Servers {
    /// The VPC's own resolver.
    Own,
    /// Others.
    Others(Vec<Annotation>),
    /// Not known.
    Unknown(Vec<Doubt>),
}

/// The addresses at which every VPC's own resolver answers.
const OWN: [&str; 2] = ["169.254.169.253", "fd00:ec2::253"];

/// What stands for the options that AWS makes, in the place of an id.
const DEFAULT: &str = "default";

impl Network<'_> {
    /// Whether clients in a VPC certainly ask other name servers than its own resolver, or perhaps do. The evidence is what gives the VPC
    /// its DHCP options.
    #[must_use]
    pub fn asks_other_servers(&self, vpc: VpcId) -> Answer {
        match self.vpc(vpc).map(|vpc| self.own_resolver(vpc)) {
            Some(Servers::Own) => Answer::no(Vec::new()),
            Some(Servers::Others(evidence)) => Answer::yes(evidence),
            Some(Servers::Unknown(doubts)) => Answer::unknown(doubts),
            None => Answer::unknown(Vec::new()),
        }
    }

    /// Which name servers clients in a VPC ask.
    pub(super) fn own_resolver(&self, vpc: &Vpc<'_>) -> Servers {
        let mut doubts = vpc.dhcp.doubts.clone();
        let mut others = Vec::new();
        for member in &vpc.dhcp.items {
            let own = match &member.target {
                Ref::Managed(id) => match self.dhcp_options_with(*id) {
                    Some(options) => is_own(options, vpc),
                    None => Tri::Unknown,
                },
                Ref::External(value) if value.as_str() == Some(DEFAULT) => Tri::Yes,
                Ref::Absent => Tri::Yes,
                _ => Tri::Unknown,
            };
            let span = Some(member.span);
            match (own, member.there) {
                (Tri::Yes, _) => {}
                (Tri::No, Tri::Yes) => others.push(Annotation::new(
                    member.span,
                    "names other name servers than the VPC's own resolver",
                )),
                (Tri::No, _) => doubts.push(Doubt::new(
                    format!("`{}` may name other name servers", member.by.address),
                    "name the VPC in it directly",
                    span,
                )),
                (Tri::Unknown, _) => doubts.push(match member.value.first_unknown() {
                    Some(unknown) if member.target.managed().is_none() => {
                        Doubt::of_unknown(unknown, span)
                    }
                    Some(_) => Doubt::new(
                        "which name servers the DHCP options name is not known",
                        "give the variables in `domain_name_servers` a value",
                        span,
                    ),
                    None => Doubt::new(
                        "the DHCP options are not declared here",
                        "lint it together with the code that declares them",
                        span,
                    )
                    .of_kind(Cause::Elsewhere),
                }),
            }
        }
        match (others.is_empty(), doubts.is_empty()) {
            (false, _) => Servers::Others(others),
            (true, true) => Servers::Own,
            (true, false) => Servers::Unknown(doubts),
        }
    }
}

/// Whether all name servers are the VPC's own resolver, by any of its names.
fn is_own(options: &DhcpOptions<'_>, vpc: &Vpc<'_>) -> Tri {
    let by_name = options.asks_own_resolver();
    if by_name.is_yes() {
        return by_name;
    }
    let Some(servers) = options.servers.value.as_elements() else { return Tri::Unknown };
    let own: Vec<Tri> = servers.iter().map(|server| is_own_address(server, vpc)).collect();
    crate::argument::agree(own)
}

/// Whether a name server is the VPC's own resolver, which also answers at the third address of each of its blocks.
fn is_own_address(server: &Value, vpc: &Vpc<'_>) -> Tri {
    let Some(text) = server.as_str() else { return Tri::Unknown };
    if text.eq_ignore_ascii_case("AmazonProvidedDNS") || OWN.contains(&text) {
        return Tri::Yes;
    }
    let Ok(IpAddr::V4(address)) = text.parse::<IpAddr>() else { return Tri::No };
    Tri::any(vpc.ipv4.iter().map(|range| match block(&range.value) {
        Some(IpNet::V4(range)) => {
            (u32::from(range.network()).checked_add(2) == Some(u32::from(address))).into()
        }
        Some(IpNet::V6(_)) => Tri::No,
        None => Tri::Unknown,
    }))
}
