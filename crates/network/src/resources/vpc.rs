//! `aws_vpc` and `aws_default_vpc`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri, Value};

use super::{DhcpOptionsId, VpcId};
use crate::graph::{Graph, exists, is_adopted};
use crate::kinds::Role;
use crate::members::add_owned;
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Flag, Members};

/// A VPC that is declared here.
#[derive(Debug)]
pub struct Vpc<'a> {
    /// Its id in the network.
    pub id: VpcId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `enable_dns_support`, with the provider's default.
    pub dns_support: Flag,
    /// `enable_dns_hostnames`, with the provider's default.
    pub dns_hostnames: Flag,
    /// `cidr_block`.
    pub cidr_block: Argument,
    /// Its IPv4 ranges: the primary one and those that `aws_vpc_ipv4_cidr_block_association` adds.
    pub ipv4: Vec<Cidr>,
    /// Its IPv6 ranges: its own and those that `aws_vpc_ipv6_cidr_block_association` adds. AWS chooses most of them.
    pub ipv6: Vec<Cidr>,
    /// Why there may be more ranges; empty if these are all.
    pub cidr_doubts: Vec<Doubt>,
    /// The DHCP options that are associated with it, one at most. Without, it has those of the region, which name its own resolver.
    pub dhcp: Members<'a, DhcpOptionsId>,
}

/// A range of addresses.
#[derive(Debug, Clone, PartialEq)]
pub struct Cidr {
    /// The range as written; not known for one that AWS chooses.
    pub value: Value,
    /// Whether it is certainly there.
    pub there: Tri,
    /// Where it is written.
    pub span: Option<Span>,
}

pub(crate) fn vpcs<'a>(graph: &Graph<'a>) -> Vec<Vpc<'a>> {
    let role = |role| graph.with_role(role).iter().copied();
    let cidrs = ByOwner::new(graph, role(Role::VpcCidr), "vpc_id");
    let dhcp = ByOwner::new(graph, role(Role::VpcDhcp), "vpc_id");
    let instances = graph.with_role(Role::Vpc).iter().enumerate();
    instances
        .map(|(at, instance)| {
            let id = VpcId::at(at);
            let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
            let given: Vec<Doubt> = modules.map(|module| module.doubt()).collect();
            let mut options = Members { items: Vec::new(), doubts: given.clone(), span: None };
            add_owned(&mut options, graph, &dhcp, "dhcp_options_id", id);
            let (ipv4, ipv6, cidr_doubts) = ranges(graph, id, instance, &cidrs);
            Vpc {
                id,
                instance,
                dns_support: Flag::of(&instance.body, "enable_dns_support", true),
                // A VPC that AWS made has them, one that the provider makes has not.
                dns_hostnames: Flag::of(
                    &instance.body,
                    "enable_dns_hostnames",
                    is_adopted(instance),
                ),
                cidr_block: Argument::of(&instance.body, "cidr_block"),
                ipv4,
                ipv6,
                cidr_doubts: crate::answer::tidy(cidr_doubts.into_iter().chain(given).collect()),
                dhcp: options,
            }
        })
        .collect()
}

/// The IPv4 and IPv6 ranges of a VPC, and why there may be more.
fn ranges<'a>(
    graph: &Graph<'a>,
    id: VpcId,
    instance: &'a Instance,
    associations: &ByOwner<'a, VpcId>,
) -> (Vec<Cidr>, Vec<Cidr>, Vec<Doubt>) {
    let cidr = |by: &Instance, argument: &str, there: Tri| {
        let written = Argument::of(&by.body, argument);
        // What IPAM or AWS chooses is there and not known.
        let value = written.value.unless_null(|| {
            Value::Unknown(privatelint_evaluator::Unknown::attribute(by.address.clone(), argument))
        });
        Cidr { value, there, span: written.span.or(Some(by.header)) }
    };
    let mut ipv4 = vec![cidr(instance, "cidr_block", Tri::Yes)];
    let mut ipv6 = Vec::new();
    let mut doubts = Vec::new();
    if is_adopted(instance) && Argument::of(&instance.body, "cidr_block").value.is_null() {
        // Every default VPC has this range.
        ipv4 = vec![Cidr {
            value: Value::string("172.31.0.0/16"),
            there: Tri::Yes,
            span: Some(instance.header),
        }];
    }
    let has = |name: &str| !Argument::of(&instance.body, name).unset();
    let has_ipv6 = Tri::any([
        Flag::of(&instance.body, "assign_generated_ipv6_cidr_block", false).is,
        has("ipv6_cidr_block"),
        has("ipv6_ipam_pool_id"),
    ]);
    if !has_ipv6.is_no() {
        ipv6.push(cidr(instance, "ipv6_cidr_block", has_ipv6));
    }
    for (by, linked) in associations.of(graph, id) {
        doubts.extend(linked.doubt.flatten());
        let there = linked.there.and(exists(by));
        if by.address.kind == "aws_vpc_ipv6_cidr_block_association" {
            ipv6.push(cidr(by, "ipv6_cidr_block", there));
        } else {
            ipv4.push(cidr(by, "cidr_block", there));
        }
    }
    (ipv4, ipv6, doubts)
}
