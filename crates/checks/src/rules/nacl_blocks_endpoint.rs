//! `nacl-blocks-endpoint`.

use std::collections::BTreeMap;

use privatelint_diagnostics::Span;
use privatelint_evaluator::Multiplicity;
use privatelint_network::addresses::{Addresses, Family};
use privatelint_network::facts::HTTPS;
use privatelint_network::path::{Blocker, From};
use privatelint_network::resources::{
    Direction, Endpoint, EndpointType, NetworkAcl, SubnetId, VpcId,
};
use privatelint_network::{ANSWER_PORTS, Answer, Certainty, End, Network, Peer, Ref, facts};

use crate::context::Cx;
use crate::endpoint;
use crate::rule::{Check, declare_rule};
use crate::way_out::{Parts, certain_table};
use crate::words::listed;

declare_rule! {
    /// ## What it does
    ///
    /// Finds network ACLs that stop the traffic to an endpoint: requests from the VPC to the subnets of an interface endpoint or the answers from there, and the answers of S3 and DynamoDB to subnets that use a gateway endpoint.
    ///
    /// ## Why is this bad
    ///
    /// Clients time out. Network ACLs remember nothing: the answers, which go to the ports that clients choose (1024 to 65535), need a rule of their own. They know no prefix lists either: what comes from a gateway endpoint comes from the public addresses of the service, so that a rule for the VPC's block does not let it in. Terraform removes all rules from a default network ACL that `aws_default_network_acl` adopts: without rules it stops everything.
    ///
    /// ## Examples
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_subnet" "endpoints" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.2.0/24"
    /// }
    ///
    /// resource "aws_network_acl" "endpoints" {
    ///   vpc_id     = aws_vpc.main.id
    ///   subnet_ids = [aws_subnet.endpoints.id]
    ///
    ///   ingress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "tcp"
    ///     from_port  = 443
    ///     to_port    = 443
    ///     cidr_block = "10.0.0.0/16"
    ///   }
    ///
    ///   egress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "tcp"
    ///     from_port  = 443
    ///     to_port    = 443
    ///     cidr_block = "10.0.0.0/16"
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.endpoints.id]
    /// }
    /// ```
    ///
    /// A module that lets in only what the VPC sends, so that nothing comes back from S3:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// module "network" {
    ///   source = "./modules/network"
    ///
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// # file: modules/network/main.tf
    /// variable "cidr_block" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block = var.cidr_block
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.this.id
    ///   cidr_block = cidrsubnet(var.cidr_block, 8, 1)
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_network_acl" "app" {
    ///   vpc_id     = aws_vpc.this.id
    ///   subnet_ids = [aws_subnet.app.id]
    ///
    ///   ingress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "-1"
    ///     from_port  = 0
    ///     to_port    = 0
    ///     cidr_block = var.cidr_block
    ///   }
    ///
    ///   egress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "-1"
    ///     from_port  = 0
    ///     to_port    = 0
    ///     cidr_block = "0.0.0.0/0"
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.this.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    /// ```
    ///
    /// Instead, let requests in and the answers out:
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_subnet" "endpoints" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.2.0/24"
    /// }
    ///
    /// resource "aws_network_acl" "endpoints" {
    ///   vpc_id     = aws_vpc.main.id
    ///   subnet_ids = [aws_subnet.endpoints.id]
    ///
    ///   ingress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "tcp"
    ///     from_port  = 443
    ///     to_port    = 443
    ///     cidr_block = "10.0.0.0/16"
    ///   }
    ///
    ///   egress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "tcp"
    ///     from_port  = 1024
    ///     to_port    = 65535
    ///     cidr_block = "10.0.0.0/16"
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.endpoints.id]
    /// }
    /// ```
    ///
    /// From which addresses a rule lets requests in is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "client_cidr" {
    ///   type = string
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
    /// resource "aws_subnet" "endpoints" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.2.0/24"
    /// }
    ///
    /// resource "aws_network_acl" "endpoints" {
    ///   vpc_id     = aws_vpc.main.id
    ///   subnet_ids = [aws_subnet.endpoints.id]
    ///
    ///   ingress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "tcp"
    ///     from_port  = 443
    ///     to_port    = 443
    ///     cidr_block = var.client_cidr
    ///   }
    ///
    ///   egress {
    ///     rule_no    = 100
    ///     action     = "allow"
    ///     protocol   = "-1"
    ///     from_port  = 0
    ///     to_port    = 0
    ///     cidr_block = "0.0.0.0/0"
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.endpoints.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where an ACL lets a part of the clients through: who is meant to reach an endpoint is not in the code. For client subnets whose ACL stops requests to the endpoint and that hold nothing which certainly needs the service: a database's subnets are often closed like this. In a VPC with one subnet: what stays inside a subnet never meets its ACL. Where the ACL of a subnet, one of its rules or an address is not known.
    ///
    /// A rule that another configuration adds cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    pub(crate) static NACL_BLOCKS_ENDPOINT = {
        name: "nacl-blocks-endpoint",
        summary: "A network ACL stops the traffic to an endpoint, or its answers",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most services that a message names, and the most places that are shown.
const MOST_SHOWN: usize = 3;

/// What a network ACL stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// Requests to the subnets of an interface endpoint.
    RequestsToEndpoint,
    /// Answers from the subnets of an interface endpoint.
    AnswersOfEndpoint,
    /// Requests from the subnet of a client.
    RequestsOfClient,
    /// Answers to the subnet of a client, from an interface endpoint.
    AnswersToClient,
    /// Answers to the subnet of a client, from the public addresses behind a gateway endpoint.
    AnswersOfService,
}

/// A network ACL that stops something.
struct Stop<'n, 'a> {
    acl: &'n NetworkAcl<'a>,
    /// The rule that stops it, if it is one.
    rule: Option<Span>,
    services: Vec<String>,
    /// The subnets, endpoints and workloads that make it matter.
    shown: Vec<(Span, String)>,
}

type Stops<'n, 'a> = BTreeMap<(Span, What), Stop<'n, 'a>>;

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    if network.network_acls.is_empty() {
        return;
    }
    let mut stops: Stops<'_, '_> = BTreeMap::new();
    for endpoint in &network.endpoints {
        let is_there = endpoint.instance.multiplicity == Multiplicity::One;
        let Ref::Managed(vpc) = endpoint.vpc else { continue };
        if is_there && endpoint.is_type(EndpointType::Interface).is_yes() {
            check_interface_endpoint(network, endpoint, vpc, &mut stops);
        } else if is_there && endpoint.is_type(EndpointType::Gateway).is_yes() {
            check_gateway_endpoint(network, endpoint, &mut stops);
        }
    }
    check_workloads(network, &mut stops);
    for ((_, what), stop) in &stops {
        report(cx, *what, stop);
    }
}

/// Whether the subnets of an interface endpoint can be talked to from anywhere else in the VPC.
fn check_interface_endpoint<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &Endpoint<'_>,
    vpc: VpcId,
    stops: &mut Stops<'n, 'a>,
) {
    if endpoint.service.service.is_none_or(|service| service.ports != [HTTPS]) {
        return;
    }
    let parts = Parts::of(network);
    let certain = endpoint.subnets.items.iter().filter(|member| member.there.is_yes());
    for subnet in certain.filter_map(|member| member.target.managed()) {
        let others: Vec<Addresses> = network
            .subnets
            .iter()
            .filter(|other| other.id != subnet && other.vpc.managed() == Some(vpc))
            .filter(|other| !parts.may_be_in(other.id))
            .map(|other| network.addresses_in(other.id, Family::V4))
            .collect();
        if others.is_empty() {
            continue;
        }
        let here = Ref::Managed(vpc);
        let clients = End { groups: None, vpc: &here, addresses: others };
        let peer = Peer::End(&clients);
        let ways = [
            (What::RequestsToEndpoint, Direction::Ingress, HTTPS..=HTTPS),
            (What::AnswersOfEndpoint, Direction::Egress, ANSWER_PORTS),
        ];
        for (what, direction, ports) in ways {
            let answer = network.acl_passes(subnet, direction, &peer, ports);
            if let Some(stop) = stop_at(network, subnet, &answer, what, stops) {
                stop.add(
                    endpoint::describe(endpoint),
                    service_of(endpoint),
                    endpoint.instance.header,
                );
                // One reason is enough: the other way is looked at when this one is open.
                break;
            }
        }
    }
}

/// Whether the subnets that use a gateway endpoint let out requests to the service and do not let in its answers.
fn check_gateway_endpoint<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &Endpoint<'_>,
    stops: &mut Stops<'n, 'a>,
) {
    let Some(service) = endpoint.service.service else { return };
    // Private DNS names of an interface endpoint keep clients from the public addresses.
    if !network.uses_interface_endpoint(&endpoint.vpc, &service.short_name).is_no() {
        return;
    }
    for subnet in &network.subnets {
        if subnet.instance.multiplicity != Multiplicity::One {
            continue;
        }
        let has = certain_table(network, subnet.id).is_some_and(|table| {
            let mut endpoints = network.gateway_endpoints_of(table).into_iter();
            endpoints.any(|found| found.endpoint == endpoint.id && found.there.is_yes())
        });
        if !has {
            continue;
        }
        let peer = Peer::Public(Some(&service.short_name), Family::V4);
        let asks = network.acl_passes(subnet.id, Direction::Egress, &peer, HTTPS..=HTTPS);
        if !asks.is.is_yes() {
            continue;
        }
        let answer = network.acl_passes(subnet.id, Direction::Ingress, &peer, ANSWER_PORTS);
        let what = What::AnswersOfService;
        if let Some(stop) = stop_at(network, subnet.id, &answer, what, stops) {
            stop.add(endpoint::describe(endpoint), service_of(endpoint), endpoint.instance.header);
            let message = format!("`{}` uses it", subnet.instance.address.within_module());
            stop.shown.push((subnet.instance.header, message));
        }
    }
}

/// Whether workloads reach the endpoints for what they cannot work without.
fn check_workloads<'n, 'a>(network: &'n Network<'a>, stops: &mut Stops<'n, 'a>) {
    for workload in network.workloads().iter().filter(|workload| workload.there.is_yes()) {
        let needs: Vec<_> = workload
            .needs(network)
            .into_iter()
            .filter(|need| need.certainty == Certainty::Required && need.service != facts::INTERNET)
            .collect();
        let certain = workload.subnets.items.iter().filter(|member| member.there.is_yes());
        for subnet in certain.filter_map(|member| member.target.managed()) {
            let Some(from) = From::workload(network, workload, subnet) else { continue };
            let Ref::Managed(_) = from.vpc else { continue };
            for need in &needs {
                let kinds = [EndpointType::Interface, EndpointType::Gateway];
                let has_endpoint = kinds
                    .iter()
                    .any(|kind| network.has_endpoint(&from.vpc, need.service, *kind).is.is_yes());
                let path = has_endpoint.then(|| network.path(&from, need.service));
                let Some(blocked) = path.and_then(|path| path.blocked) else { continue };
                let what = match blocked.by {
                    Blocker::NetworkAcl => What::RequestsOfClient,
                    Blocker::NetworkAclReturn => What::AnswersToClient,
                    _ => continue,
                };
                let Some((acl, rule)) = blocked.span.and_then(|span| acl_at(network, span, subnet))
                else {
                    continue;
                };
                // What is stopped at the other end is told there.
                let is_own = acl.subnets.items.iter().any(|it| it.target.managed() == Some(subnet));
                let is_told = stops.keys().any(|(span, _)| *span == acl.instance.header);
                if is_told && !stops.contains_key(&(acl.instance.header, what)) {
                    continue;
                }
                if !is_own && !acl.is_default() {
                    continue;
                }
                let stop = stops.entry((acl.instance.header, what)).or_insert_with(|| Stop {
                    acl,
                    rule,
                    services: Vec::new(),
                    shown: Vec::new(),
                });
                let name = format!("`{}`", need.service);
                let address = workload.instance.address.within_module();
                stop.add(format!("`{address}` needs {name}"), name, workload.instance.header);
            }
        }
    }
}

/// The place for what the ACL of a subnet certainly stops.
fn stop_at<'s, 'n, 'a>(
    network: &'n Network<'a>,
    subnet: SubnetId,
    answer: &Answer,
    what: What,
    stops: &'s mut Stops<'n, 'a>,
) -> Option<&'s mut Stop<'n, 'a>> {
    if !answer.is.is_no() {
        return None;
    }
    let (acl, rule) =
        answer.evidence.iter().find_map(|place| acl_at(network, place.span, subnet))?;
    let stop = stops.entry((acl.instance.header, what)).or_insert_with(|| Stop {
        acl,
        rule,
        services: Vec::new(),
        shown: Vec::new(),
    });
    Some(stop)
}

/// The ACL that a place belongs to, with the rule that stands there. Of the instances of one block it is the one of the subnet.
fn acl_at<'n, 'a>(
    network: &'n Network<'a>,
    span: Span,
    subnet: SubnetId,
) -> Option<(&'n NetworkAcl<'a>, Option<Span>)> {
    let has = |acl: &&NetworkAcl<'_>| {
        acl.instance.header == span || acl.rules.iter().any(|rule| rule.span == span)
    };
    let is_own = |acl: &&NetworkAcl<'_>| {
        acl.subnets.items.iter().any(|member| member.target.managed() == Some(subnet))
    };
    let acls: Vec<_> = network.network_acls.iter().filter(has).collect();
    let acl = acls.iter().find(|acl| is_own(acl)).or(acls.first())?;
    let rule = acl.rules.iter().find(|rule| rule.span == span).map(|rule| rule.span);
    Some((acl, rule))
}

fn service_of(endpoint: &Endpoint<'_>) -> String {
    endpoint::services(&[endpoint])
}

impl Stop<'_, '_> {
    fn add(&mut self, message: String, service: String, span: Span) {
        if !self.services.contains(&service) {
            self.services.push(service);
        }
        if !self.shown.iter().any(|(shown, _)| *shown == span) {
            self.shown.push((span, message));
        }
    }
}

fn report(cx: &Cx<'_>, what: What, stop: &Stop<'_, '_>) {
    let services = listed(&stop.services, MOST_SHOWN);
    let one = stop.services.len() == 1;
    let endpoints = if one { "the endpoint" } else { "the endpoints" };
    let (message, help) = match what {
        What::RequestsToEndpoint => (
            format!(
                "the network ACL lets no HTTPS in to {endpoints} for {services}: clients in other subnets time out"
            ),
            "add an `ingress` rule that allows TCP port 443 from the VPC's CIDR block",
        ),
        What::AnswersOfEndpoint => (
            format!(
                "the network ACL lets no answers of {endpoints} for {services} out: clients in other subnets time out"
            ),
            "add an `egress` rule that allows TCP ports 1024 to 65535 to the VPC's CIDR block",
        ),
        What::RequestsOfClient => (
            format!(
                "the network ACL stops requests of workloads to {endpoints} for {services}: they time out"
            ),
            "add an `egress` rule that allows TCP port 443; for a gateway endpoint to `0.0.0.0/0`, as the service's addresses are public",
        ),
        What::AnswersToClient => (
            format!(
                "the network ACL stops the answers of {endpoints} for {services} to workloads: they time out"
            ),
            "add an `ingress` rule that allows TCP ports 1024 to 65535; for a gateway endpoint from `0.0.0.0/0`, as the service's addresses are public",
        ),
        What::AnswersOfService => (
            format!(
                "the network ACL lets requests to {services} out and the answers not in: clients time out"
            ),
            "add an `ingress` rule that allows TCP ports 1024 to 65535 from `0.0.0.0/0`: the addresses behind a gateway endpoint are public",
        ),
    };
    let span = stop.rule.unwrap_or(stop.acl.instance.header);
    let label = if stop.rule.is_some() { "stops it" } else { "no rule lets it through" };
    let mut report = cx.report(stop.acl.instance, span, message).label(label).help(help);
    if span != stop.acl.instance.header {
        report = report.evidence(stop.acl.instance.header, "the network ACL");
    }
    for (span, message) in stop.shown.iter().take(MOST_SHOWN) {
        report = report.evidence(*span, message.clone());
    }
    report.unless_attached_elsewhere();
}
