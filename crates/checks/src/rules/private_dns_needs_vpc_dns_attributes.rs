//! `private-dns-needs-vpc-dns-attributes`.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::resources::{Endpoint, EndpointType, Vpc, VpcId};
use privatelint_network::{Doubt, Flag, Network, Ref};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds VPCs whose DNS is not set up for the private DNS of their endpoints: `enable_dns_support` or `enable_dns_hostnames` is off. An `aws_vpc` that does not mention `enable_dns_hostnames` has it off.
    ///
    /// ## Why is this bad
    ///
    /// The plan is clean, and the apply fails:
    ///
    /// > Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-...
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// The VPC is in one module, and its endpoints are in another:
    ///
    /// ```hcl,fires
    /// module "network" {
    ///   source = "./modules/network"
    /// }
    ///
    /// locals {
    ///   services = ["ssm", "ssmmessages", "ec2messages"]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(local.services)
    ///
    ///   vpc_id              = module.network.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// # file: modules/network/main.tf
    /// variable "dns_hostnames" {
    ///   type    = bool
    ///   default = false
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = var.dns_hostnames
    /// }
    ///
    /// output "vpc_id" {
    ///   value = aws_vpc.main.id
    /// }
    /// ```
    ///
    /// Instead, switch DNS hostnames on:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Whether they are on is not known:
    ///
    /// ```hcl,silent
    /// variable "dns_hostnames" {
    ///   type = bool
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = var.dns_hostnames
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For endpoints without private DNS. For VPCs that the configuration does not declare: what they have is not in the code. Where the type of the endpoint, its private DNS or an attribute of the VPC is not known. The default VPC, `aws_default_vpc`, has both attributes on unless its resource switches one off.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    pub(crate) static PRIVATE_DNS_NEEDS_VPC_DNS_ATTRIBUTES = {
        name: "private-dns-needs-vpc-dns-attributes",
        summary: "An endpoint with private DNS in a VPC whose DNS support or DNS hostnames are off",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The types of endpoints that have private DNS.
const WITH_PRIVATE_DNS: [EndpointType; 3] =
    [EndpointType::Interface, EndpointType::Resource, EndpointType::ServiceNetwork];

/// The most endpoints that a finding shows.
const MOST_SHOWN: usize = 3;

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut in_need: Vec<(VpcId, &Endpoint<'_>)> = Vec::new();
    for endpoint in &network.endpoints {
        let typed = endpoint.is_any_type(&WITH_PRIVATE_DNS);
        let needs = typed.and(endpoint.private_dns.is);
        if needs.is_no() {
            continue;
        }
        let off = is_off(network, &endpoint.vpc);
        match needs.and(off) {
            Tri::No => {}
            Tri::Yes => {
                in_need.extend(endpoint.vpc.candidates().first().map(|vpc| (*vpc, endpoint)))
            }
            Tri::Unknown => {
                let doubts = doubt::of_argument(typed, &endpoint.endpoint_type)
                    .into_iter()
                    .chain(doubt::of_flag(&endpoint.private_dns))
                    .chain(
                        doubt::of_argument(off, &endpoint.vpc_id)
                            .filter(|_| endpoint.vpc.managed().is_none()),
                    )
                    .chain(doubts_about(network, &endpoint.vpc));
                let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
                doubt::undecided(
                    cx,
                    span,
                    "has the VPC the DNS attributes that private DNS needs?",
                    doubts,
                );
            }
        }
    }
    for vpc in &network.vpcs {
        let endpoints: Vec<_> =
            in_need.iter().filter(|(id, _)| *id == vpc.id).map(|(_, endpoint)| *endpoint).collect();
        if !endpoints.is_empty() {
            report(cx, vpc, &endpoints);
        }
    }
}

/// Whether an attribute is off in the VPC, or in each of those that it may be.
fn is_off(network: &Network<'_>, vpc: &Ref<VpcId>) -> Tri {
    let off = |id: VpcId| {
        network.vpc(id).map_or(Tri::Unknown, |vpc| !vpc.dns_support.is.and(vpc.dns_hostnames.is))
    };
    match vpc {
        Ref::Managed(id) => off(*id),
        Ref::OneOf(_) if vpc.unknown().is_none() => {
            let candidates = vpc.candidates();
            let answers = || candidates.iter().map(|id| off(*id));
            match (Tri::all(answers()), Tri::any(answers())) {
                (Tri::Yes, _) => Tri::Yes,
                // An arm may be a VPC that is not declared here, which is no candidate.
                _ => Tri::Unknown,
            }
        }
        _ => Tri::Unknown,
    }
}

fn doubts_about(network: &Network<'_>, vpc: &Ref<VpcId>) -> Vec<Doubt> {
    let Some(vpc) = vpc.managed().and_then(|id| network.vpc(id)) else {
        return network.unseen(vpc);
    };
    [&vpc.dns_support, &vpc.dns_hostnames].into_iter().filter_map(doubt::of_flag).collect()
}

fn report(cx: &Cx<'_>, vpc: &Vpc<'_>, endpoints: &[&Endpoint<'_>]) {
    let attributes =
        [("enable_dns_support", &vpc.dns_support), ("enable_dns_hostnames", &vpc.dns_hostnames)];
    let off: Vec<(&str, &Flag)> =
        attributes.into_iter().filter(|(_, flag)| flag.is.is_no()).collect();
    let span = off.iter().find_map(|(_, flag)| flag.span).unwrap_or(vpc.instance.header);
    let names: Vec<_> = off.iter().map(|(name, _)| format!("`{name}`")).collect();
    let orders: Vec<_> = off.iter().map(|(name, _)| format!("`{name} = true`")).collect();
    let whose = match endpoints {
        [endpoint] => endpoint::describe(endpoint),
        endpoints => format!("endpoints for {}", endpoint::services(endpoints)),
    };
    let message = format!(
        "private DNS of the {whose} fails, because the VPC has {} off",
        names.join(" and ")
    );
    let label = if off.iter().any(|(_, flag)| flag.span == Some(span)) {
        "off"
    } else {
        "off unless it is set"
    };
    let mut report = cx.report(vpc.instance, span, message).label(label);
    let mut shown: Vec<Span> = Vec::new();
    for endpoint in endpoints {
        let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
        if shown.len() < MOST_SHOWN && !shown.contains(&span) {
            shown.push(span);
            report = report.evidence(span, "private DNS");
        }
    }
    if endpoints.iter().all(|endpoint| endpoint.instance.multiplicity == Multiplicity::Unknown) {
        report = report.confidence(Confidence::Likely);
    }
    report.help(format!("set {} in `{}`", orders.join(" and "), vpc.instance.address));
}
