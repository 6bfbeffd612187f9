//! `interface-endpoint-in-public-subnet`.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::Multiplicity;
use privatelint_network::resources::{Endpoint, EndpointType, SubnetId};
use privatelint_network::{Network, Ref};

use crate::context::Cx;
use crate::endpoint;
use crate::rule::{Check, declare_rule};
use crate::way_out::{WayOut, certain_table, way_out};
use crate::zones::all_subnets;

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints all of whose subnets are public, in a VPC that has private subnets in the same zones.
    ///
    /// ## Why is this bad
    ///
    /// It works, but the endpoint stands where network ACLs are laxest and where every review of exposed interfaces stumbles over it. Often it is a sign that the wrong list was handed on: `public_subnets` for `private_subnets`.
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
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "public" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block = "0.0.0.0/0"
    ///     gateway_id = aws_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "public" {
    ///   subnet_id      = aws_subnet.public.id
    ///   route_table_id = aws_route_table.public.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.public.id]
    /// }
    /// ```
    ///
    /// The wrong output of a module:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// module "network" {
    ///   source = "./modules/network"
    ///
    ///   zones = ["eu-west-1a", "eu-west-1b"]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "all" {
    ///   for_each = toset(["kms", "sts"])
    ///
    ///   vpc_id              = module.network.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = module.network.public_subnet_ids
    /// }
    ///
    /// # file: modules/network/main.tf
    /// variable "zones" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_internet_gateway" "this" {
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   count = length(var.zones)
    ///
    ///   vpc_id            = aws_vpc.this.id
    ///   availability_zone = var.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = length(var.zones)
    ///
    ///   vpc_id            = aws_vpc.this.id
    ///   availability_zone = var.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index + 10)
    /// }
    ///
    /// resource "aws_route_table" "public" {
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route" "internet" {
    ///   route_table_id         = aws_route_table.public.id
    ///   destination_cidr_block = "0.0.0.0/0"
    ///   gateway_id             = aws_internet_gateway.this.id
    /// }
    ///
    /// resource "aws_route_table_association" "public" {
    ///   count = length(var.zones)
    ///
    ///   subnet_id      = aws_subnet.public[count.index].id
    ///   route_table_id = aws_route_table.public.id
    /// }
    ///
    /// output "vpc_id" {
    ///   value = aws_vpc.this.id
    /// }
    ///
    /// output "public_subnet_ids" {
    ///   value = aws_subnet.public[*].id
    /// }
    /// ```
    ///
    /// Instead, the private ones:
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
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "public" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block = "0.0.0.0/0"
    ///     gateway_id = aws_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "public" {
    ///   subnet_id      = aws_subnet.public.id
    ///   route_table_id = aws_route_table.public.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.private.id]
    /// }
    /// ```
    ///
    /// What a route leads to is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "gateway_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "edge" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "edge" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block = "0.0.0.0/0"
    ///     gateway_id = var.gateway_id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "edge" {
    ///   subnet_id      = aws_subnet.edge.id
    ///   route_table_id = aws_route_table.edge.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.edge.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// In VPCs that have public subnets only, and where one of the endpoint's zones has no private subnet. Where the subnets, their zones or their routes are not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html>
    pub(crate) static INTERFACE_ENDPOINT_IN_PUBLIC_SUBNET = {
        name: "interface-endpoint-in-public-subnet",
        summary: "An interface endpoint is in public subnets of a VPC that has private ones in the same zones",
        category: Hygiene,
        severity: Info,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most subnets that are shown.
const MOST_SHOWN: usize = 2;

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(network, endpoint)) {
        let message = format!(
            "{} {} in public subnets, and the VPC has private ones in the same zones",
            place.describe(),
            place.be()
        );
        let mut report = cx
            .report(place.instance(), place.span, message)
            .label("public subnets")
            .help("name the private subnets in `subnet_ids`")
            .confidence(Confidence::Likely);
        let subnets = all_subnets(&place.first.subnets).unwrap_or_default();
        for subnet in subnets.into_iter().take(MOST_SHOWN) {
            if let Some(route) = public_route(network, subnet) {
                report = report.evidence_once(route, "the route to an internet gateway");
            }
            let private = private_neighbor(network, place.first, subnet);
            if let Some(private) = private.and_then(|id| network.subnet(id)) {
                report = report
                    .evidence_once(private.instance.header, "a private subnet in the same zone");
            }
        }
    }
}

/// The place to edit, if each of the endpoint's subnets certainly is public and has a private one beside it.
fn fault(network: &Network<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    if !endpoint.is_type(EndpointType::Interface).is_yes() {
        return None;
    }
    let subnets = all_subnets(&endpoint.subnets).filter(|subnets| !subnets.is_empty())?;
    let is_misplaced = subnets.iter().all(|subnet| {
        public_route(network, *subnet).is_some()
            && private_neighbor(network, endpoint, *subnet).is_some()
    });
    let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
    is_misplaced.then_some(span)
}

/// The default route of a subnet to an internet gateway.
fn public_route(network: &Network<'_>, subnet: SubnetId) -> Option<Span> {
    match way_out(network, certain_table(network, subnet)?) {
        (WayOut::Internet, route) => route,
        _ => None,
    }
}

/// A private subnet of the endpoint's VPC in the zone of a subnet.
fn private_neighbor(
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
    subnet: SubnetId,
) -> Option<SubnetId> {
    let Ref::Managed(vpc) = endpoint.vpc else { return None };
    let mut others = network.subnets.iter().filter(|other| {
        other.id != subnet
            && other.vpc.managed() == Some(vpc)
            && other.instance.multiplicity == Multiplicity::One
            && network.same_zone(other.id, subnet).is_yes()
    });
    let is_private = |id: SubnetId| {
        let way = certain_table(network, id).map(|table| way_out(network, table).0);
        matches!(way, Some(WayOut::Nat | WayOut::Nothing | WayOut::Elsewhere))
    };
    others.find(|other| is_private(other.id)).map(|other| other.id)
}
