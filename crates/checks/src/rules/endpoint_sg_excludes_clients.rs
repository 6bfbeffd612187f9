//! `endpoint-sg-excludes-clients`.

use std::collections::BTreeMap;

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Multiplicity, Tri};
use privatelint_network::addresses::{Addresses, Family};
use privatelint_network::facts::HTTPS;
use privatelint_network::path::{Blocker, From};
use privatelint_network::resources::{
    Direction, Endpoint, EndpointType, Rule, SecurityGroup, SecurityGroupId, Subnet, SubnetId,
    VpcId,
};
use privatelint_network::{Certainty, End, Network, Passage, Peer, Ref, Workload, Written};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::way_out::Parts;
use crate::words::listed;
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints whose security groups let HTTPS in, but not from clients that the code shows: a workload that cannot work without the service, subnets in a secondary CIDR block of the VPC, or anything in the VPC at all.
    ///
    /// ## Why is this bad
    ///
    /// Names resolve to the endpoint, and connections to it time out. It happens when a VPC gets a secondary block, as for the pods of an EKS cluster (`100.64.0.0/10`), and the endpoint's group goes on letting in the first one only; and when a group names other groups, of which a new client is no member.
    ///
    /// ## Examples
    ///
    /// A secondary block:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_ipv4_cidr_block_association" "pods" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "100.64.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "nodes" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_subnet" "pods" {
    ///   vpc_id     = aws_vpc_ipv4_cidr_block_association.pods.vpc_id
    ///   cidr_block = "100.64.0.0/18"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "sts" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.sts"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.nodes.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// A block of another VPC, handed to the module that makes the endpoints:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.1.1.0/24"
    /// }
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id      = aws_vpc.main.id
    ///   subnet_id   = aws_subnet.app.id
    ///   client_cidr = "10.0.0.0/16"
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_id" {
    ///   type = string
    /// }
    ///
    /// variable "client_cidr" {
    ///   type = string
    /// }
    ///
    /// resource "aws_security_group" "this" {
    ///   vpc_id = var.vpc_id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [var.client_cidr]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(["kms", "sts"])
    ///
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [var.subnet_id]
    ///   security_group_ids  = [aws_security_group.this.id]
    /// }
    /// ```
    ///
    /// Instead, every block of the VPC:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_ipv4_cidr_block_association" "pods" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "100.64.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "nodes" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_subnet" "pods" {
    ///   vpc_id     = aws_vpc_ipv4_cidr_block_association.pods.vpc_id
    ///   cidr_block = "100.64.0.0/18"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = ["10.0.0.0/16", "100.64.0.0/16"]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "sts" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.sts"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.nodes.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// Whom the group lets in is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "client_cidrs" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = var.client_cidrs
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "sts" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.sts"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the endpoint's groups let in only some of the subnets of one block, or the members of certain groups: who is meant to reach an endpoint is not in the code, but for workloads that certainly need it. Where nobody in the VPC is let in and the VPC is, or may be, connected to somewhere else: the clients may be there. For the subnets of firewalls, transit gateway attachments and NAT gateways, which hold no clients. For groups that let no HTTPS in at all, and for the default security group: other rules report those. Where the groups or their rules are not all known.
    ///
    /// A rule that another configuration adds cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>
    /// - <https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html>
    pub(crate) static ENDPOINT_SG_EXCLUDES_CLIENTS = {
        name: "endpoint-sg-excludes-clients",
        summary: "The security groups of an interface endpoint do not let in clients that the code shows",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most clients that a message names, and that are shown.
const MOST_SHOWN: usize = 3;

/// Who is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whom {
    /// Every subnet of the VPC.
    Everybody,
    /// The subnets of a secondary block.
    SecondaryBlock,
    /// Workloads that certainly need the service.
    Workloads,
}

/// Endpoints whose groups keep the same clients out.
struct Kept<'n, 'a> {
    /// The security group, and its rule that lets others in.
    group: &'n SecurityGroup<'a>,
    rule: &'n Rule<'a>,
    endpoints: Vec<&'n Endpoint<'a>>,
    clients: Vec<&'a Instance>,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut found: BTreeMap<(Span, Whom), Kept<'_, '_>> = BTreeMap::new();
    let mut clients_of = Clients::new(network);
    for endpoint in &network.endpoints {
        let Ref::Managed(vpc) = endpoint.vpc else { continue };
        let speaks_https = endpoint.service.service.is_some_and(|it| it.ports == [HTTPS]);
        let is_there = endpoint.instance.multiplicity == Multiplicity::One;
        if !is_there || !speaks_https || !endpoint.is_type(EndpointType::Interface).is_yes() {
            continue;
        }
        let inbound = network.inbound(endpoint.id, HTTPS);
        let Some((group, rule)) = first_rule(network, endpoint) else { continue };
        if !inbound.allowed.is.is_yes() {
            continue;
        }
        let Some((whom, clients)) = kept_out(cx, network, endpoint, vpc, &mut clients_of) else {
            continue;
        };
        let kept = found.entry((rule.span, whom)).or_insert_with(|| Kept {
            group,
            rule,
            endpoints: Vec::new(),
            clients: Vec::new(),
        });
        kept.endpoints.push(endpoint);
        for client in clients {
            if !kept.clients.iter().any(|known| known.address == client.address) {
                kept.clients.push(client);
            }
        }
    }
    for ((_, whom), kept) in &found {
        report(cx, network, *whom, kept);
    }
}

/// Who may be kept out, gathered once for all endpoints.
struct Clients<'n, 'a> {
    /// The subnets of parts of the network, in which no clients are.
    parts: Parts,
    /// The workloads that certainly need a service, by the service.
    needing: BTreeMap<&'static str, Vec<&'n Workload<'a>>>,
    /// The subnets that groups keep out: endpoints that have the same groups keep out the same.
    kept_out: BTreeMap<(VpcId, Vec<SecurityGroupId>), (usize, Vec<SubnetId>)>,
}

impl<'n, 'a> Clients<'n, 'a> {
    fn new(network: &'n Network<'a>) -> Self {
        let mut needing: BTreeMap<&'static str, Vec<&'n Workload<'a>>> = BTreeMap::new();
        for workload in network.workloads().iter().filter(|workload| workload.there.is_yes()) {
            for need in workload.needs(network) {
                if need.certainty == Certainty::Required {
                    needing.entry(need.service).or_default().push(workload);
                }
            }
        }
        Self { parts: Parts::of(network), needing, kept_out: BTreeMap::new() }
    }

    /// How many subnets of a VPC have clients, and those of them that the groups of an endpoint certainly keep out.
    fn subnets_out(
        &mut self,
        network: &Network<'_>,
        endpoint: &Endpoint<'_>,
        vpc: VpcId,
    ) -> (usize, Vec<SubnetId>) {
        let groups = &endpoint.security_groups;
        let ids: Option<Vec<_>> =
            groups.items.iter().map(|member| member.target.managed()).collect();
        let key = ids.filter(|_| groups.is_complete()).map(|ids| (vpc, ids));
        if let Some(known) = key.as_ref().and_then(|key| self.kept_out.get(key)) {
            return known.clone();
        }
        let with_clients = network.subnets.iter().filter(|subnet| {
            subnet.vpc.managed() == Some(vpc)
                && !self.parts.may_be_in(subnet.id)
                && subnet.instance.multiplicity == Multiplicity::One
        });
        let with_clients: Vec<_> = with_clients.collect();
        let out = with_clients
            .iter()
            .filter(|subnet| from_subnet(network, endpoint, subnet).allowed.is.is_no())
            .map(|subnet| subnet.id)
            .collect();
        let answer = (with_clients.len(), out);
        if let Some(key) = key {
            self.kept_out.insert(key, answer.clone());
        }
        answer
    }
}

/// The first rule of an endpoint's groups that lets HTTPS in, with its group.
fn first_rule<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &Endpoint<'_>,
) -> Option<(&'n SecurityGroup<'a>, &'n Rule<'a>)> {
    let groups = endpoint.security_groups.items.iter();
    let groups = groups.filter_map(|member| network.security_group(member.target.managed()?));
    groups
        .flat_map(|group| group.rules.iter().map(move |rule| (group, rule)))
        .find(|(_, rule)| rule.lets_tcp_through(Direction::Ingress, HTTPS).is_yes())
}

/// Who is certainly kept out of an endpoint by its groups.
fn kept_out<'a>(
    cx: &Cx<'_>,
    network: &Network<'a>,
    endpoint: &Endpoint<'_>,
    vpc: VpcId,
    clients_of: &mut Clients<'_, 'a>,
) -> Option<(Whom, Vec<&'a Instance>)> {
    let (count, out) = clients_of.subnets_out(network, endpoint, vpc);
    let out: Vec<_> = out.iter().filter_map(|subnet| network.subnet(*subnet)).collect();
    if !out.is_empty() && out.len() == count {
        let remote = network.has_remote_side(&endpoint.vpc);
        match remote.is {
            Tri::No => {
                let clients = out.iter().map(|subnet| subnet.instance).collect();
                return Some((Whom::Everybody, clients));
            }
            Tri::Yes => {}
            Tri::Unknown => {
                let span = endpoint.security_groups.span.unwrap_or(endpoint.instance.header);
                let question = "has the endpoint clients outside the VPC?";
                doubt::undecided(cx, span, question, remote.doubts);
            }
        }
    }
    let lets_first_block_in = !out.is_empty() && {
        let first = vec![network.addresses_of_vpc(vpc, Family::V4)];
        from_addresses(network, endpoint, first).allowed.is.is_yes()
    };
    let secondary: Vec<_> =
        out.iter().filter(|_| lets_first_block_in).map(|subnet| subnet.instance).collect();
    if !secondary.is_empty() {
        return Some((Whom::SecondaryBlock, secondary));
    }
    let service = endpoint.service.service.map_or("", |service| service.short_name.as_str());
    let needing = clients_of.needing.get(service).into_iter().flatten();
    let workloads: Vec<_> = needing
        .filter(|workload| workload.vpc.managed() == Some(vpc))
        .filter(|workload| is_kept_out(network, endpoint, workload))
        .map(|workload| workload.instance)
        .collect();
    (!workloads.is_empty()).then_some((Whom::Workloads, workloads))
}

fn from_subnet(network: &Network<'_>, endpoint: &Endpoint<'_>, subnet: &Subnet<'_>) -> Passage {
    from_addresses(network, endpoint, vec![network.addresses_in(subnet.id, Family::V4)])
}

/// Whether an endpoint's groups let in whoever has these addresses, of whatever group.
fn from_addresses(
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
    addresses: Vec<Addresses>,
) -> Passage {
    let own = End {
        groups: Some(&endpoint.security_groups),
        vpc: &endpoint.vpc,
        addresses: network.addresses_of(&endpoint.subnets, &endpoint.vpc, Family::V4),
    };
    let peer = End { groups: None, vpc: &endpoint.vpc, addresses };
    network.group_passes(&own, Direction::Ingress, &Peer::End(&peer), HTTPS)
}

/// Whether a workload is kept out by the endpoint's groups, in each of its subnets.
fn is_kept_out<'a>(
    network: &Network<'a>,
    endpoint: &Endpoint<'_>,
    workload: &Workload<'a>,
) -> bool {
    let Some(service) = endpoint.service.service else { return false };
    let certain = workload.subnets.items.iter().filter(|member| member.there.is_yes());
    let mut places = certain
        .filter_map(|member| From::workload(network, workload, member.target.managed()?))
        .peekable();
    places.peek().is_some()
        && places.all(|from| {
            network.path(&from, &service.short_name).blocked.is_some_and(|blocked| {
                blocked.by == Blocker::EndpointSecurityGroup
                    && blocked.address.as_ref() == Some(&endpoint.instance.address)
            })
        })
}

fn report(cx: &Cx<'_>, network: &Network<'_>, whom: Whom, kept: &Kept<'_, '_>) {
    let endpoints = match kept.endpoints.len() {
        1 => "the endpoint",
        _ => "the endpoints",
    };
    let services = endpoint::services(&kept.endpoints);
    let names: Vec<_> =
        kept.clients.iter().map(|client| format!("`{}`", client.address.within_module())).collect();
    let names = listed(&names, MOST_SHOWN);
    let (message, help, shown) = match whom {
        Whom::Everybody => (
            format!(
                "the security group of {endpoints} for {services} lets in nobody from the VPC: clients time out"
            ),
            "let TCP port 443 in from the VPC's own CIDR block".to_owned(),
            "its addresses are not let in",
        ),
        Whom::SecondaryBlock => (
            format!(
                "the security group of {endpoints} for {services} lets in the VPC's first CIDR block only: clients in {names} time out"
            ),
            "let TCP port 443 in from every CIDR block of the VPC".to_owned(),
            "in another block of the VPC",
        ),
        Whom::Workloads => (
            format!(
                "the security group of {endpoints} for {services} does not let in {names}, which cannot work without it"
            ),
            format!("let TCP port 443 in from the security group or the subnets of {names}"),
            "is not let in",
        ),
    };
    // A rule of its own is no part of the group, to which the finding is due.
    let is_inline = kept.rule.written == Written::Inline;
    let span = if is_inline { kept.rule.span } else { kept.group.instance.header };
    let mut report = cx
        .report(kept.group.instance, span, message)
        .label("lets in others only")
        .evidence_once(kept.rule.span, "who is let in")
        .help(help);
    let first = kept.endpoints.first();
    if whom == Whom::Everybody
        && let Some(vpc) = first.and_then(|it| it.vpc.managed()).and_then(|id| network.vpc(id))
    {
        let span = vpc.cidr_block.span.unwrap_or(vpc.instance.header);
        report = report.evidence_once(span, "the VPC's addresses");
    }
    for client in kept.clients.iter().take(MOST_SHOWN) {
        report = report.evidence_once(client.header, shown);
    }
    for endpoint in kept.endpoints.iter().take(MOST_SHOWN) {
        report = report.evidence_once(endpoint.instance.header, "reached through this group");
    }
    report.unless_attached_elsewhere();
}
