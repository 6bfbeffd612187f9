//! `ipv6-bypasses-ipv4-endpoint`.

use std::collections::BTreeMap;

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::{Tri, Unknown, Value};
use privatelint_network::resources::{Endpoint, EndpointType, Subnet, Target};
use privatelint_network::{Argument, Network, To};

use crate::context::Cx;
use crate::endpoint;
use crate::rule::{Check, declare_rule};
use crate::way_out::{WayOut, subnets_by_table, way_out};

declare_rule! {
    /// ## What it does
    ///
    /// Finds gateway endpoints for IPv4 only in route tables of private subnets that have IPv6 addresses and an IPv6 route to the internet.
    ///
    /// ## Why is this bad
    ///
    /// Clients that use the service's dual-stack names prefer IPv6, and the endpoint has no IPv6 route: their traffic leaves through the egress-only internet gateway. The endpoint's policy does not see it, and bucket policies that ask for the endpoint (`aws:SourceVpce`) refuse it. Gateway endpoints can have IPv6 routes too.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block                       = "10.0.0.0/16"
    ///   assign_generated_ipv6_cidr_block = true
    /// }
    ///
    /// resource "aws_egress_only_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id          = aws_vpc.main.id
    ///   cidr_block      = "10.0.1.0/24"
    ///   ipv6_cidr_block = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     ipv6_cidr_block        = "::/0"
    ///     egress_only_gateway_id = aws_egress_only_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    /// ```
    ///
    /// In a module with a table for every zone:
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
    /// # file: modules/network/main.tf
    /// variable "zones" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block                       = "10.0.0.0/16"
    ///   assign_generated_ipv6_cidr_block = true
    /// }
    ///
    /// resource "aws_egress_only_internet_gateway" "this" {
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = length(var.zones)
    ///
    ///   vpc_id            = aws_vpc.this.id
    ///   availability_zone = var.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    ///   ipv6_cidr_block   = cidrsubnet(aws_vpc.this.ipv6_cidr_block, 8, count.index)
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   count = length(var.zones)
    ///
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route" "ipv6" {
    ///   count = length(var.zones)
    ///
    ///   route_table_id              = aws_route_table.private[count.index].id
    ///   destination_ipv6_cidr_block = "::/0"
    ///   egress_only_gateway_id      = aws_egress_only_internet_gateway.this.id
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   count = length(var.zones)
    ///
    ///   subnet_id      = aws_subnet.private[count.index].id
    ///   route_table_id = aws_route_table.private[count.index].id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.this.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = aws_route_table.private[*].id
    /// }
    /// ```
    ///
    /// Instead, for both versions:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block                       = "10.0.0.0/16"
    ///   assign_generated_ipv6_cidr_block = true
    /// }
    ///
    /// resource "aws_egress_only_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id          = aws_vpc.main.id
    ///   cidr_block      = "10.0.1.0/24"
    ///   ipv6_cidr_block = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     ipv6_cidr_block        = "::/0"
    ///     egress_only_gateway_id = aws_egress_only_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   ip_address_type = "dualstack"
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    /// ```
    ///
    /// Whether the endpoint has IPv6 routes is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "ip_address_type" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block                       = "10.0.0.0/16"
    ///   assign_generated_ipv6_cidr_block = true
    /// }
    ///
    /// resource "aws_egress_only_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id          = aws_vpc.main.id
    ///   cidr_block      = "10.0.1.0/24"
    ///   ipv6_cidr_block = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     ipv6_cidr_block        = "::/0"
    ///     egress_only_gateway_id = aws_egress_only_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   ip_address_type = var.ip_address_type
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For public subnets. For subnets without IPv6 addresses or without an IPv6 route out: there clients fall back to IPv4. Where one of this is not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html>
    pub(crate) static IPV6_BYPASSES_IPV4_ENDPOINT = {
        name: "ipv6-bypasses-ipv4-endpoint",
        summary: "A gateway endpoint is for IPv4 only, and private subnets send IPv6 to the internet",
        category: Connectivity,
        severity: Info,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// Endpoints of one block that IPv6 traffic goes past.
struct Bypassed<'n, 'a> {
    endpoints: Vec<&'n Endpoint<'a>>,
    subnet: &'n Subnet<'a>,
    route: Span,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut found: BTreeMap<Span, Bypassed<'_, '_>> = BTreeMap::new();
    for (table, subnets) in subnets_by_table(network) {
        let endpoints: Vec<_> = network
            .gateway_endpoints_of(table)
            .into_iter()
            .filter(|found| found.there.is_yes())
            .filter_map(|found| network.endpoint(found.endpoint))
            .filter(|endpoint| is_ipv4_only(endpoint))
            .collect();
        if endpoints.is_empty() {
            continue;
        }
        let mut subnets = subnets.into_iter().filter_map(|subnet| network.subnet(subnet));
        let Some(subnet) = subnets.find(|subnet| has_ipv6(subnet)) else {
            continue;
        };
        let next = network.next_hop(table, &To::InternetV6);
        let leaves = next.there.is_yes()
            && next.doubts.is_empty()
            && matches!(next.target.target(), Some(Target::EgressOnly(_)));
        let is_private =
            matches!(way_out(network, table).0, WayOut::Nat | WayOut::Nothing | WayOut::Elsewhere);
        let (true, true, Some(route)) = (leaves, is_private, next.span) else { continue };
        for endpoint in endpoints {
            let span = span_of(endpoint);
            let bypassed = found.entry(span).or_insert_with(|| Bypassed {
                endpoints: Vec::new(),
                subnet,
                route,
            });
            if !bypassed.endpoints.iter().any(|known| known.id == endpoint.id) {
                bypassed.endpoints.push(endpoint);
            }
        }
    }
    for (span, bypassed) in &found {
        report(cx, *span, bypassed);
    }
}

fn span_of(endpoint: &Endpoint<'_>) -> Span {
    let kind = Argument::of(&endpoint.instance.body, "ip_address_type");
    kind.span.unwrap_or(endpoint.instance.header)
}

/// Whether a subnet certainly has IPv6 addresses. A block that is computed from the VPC's is there, although it is not known.
fn has_ipv6(subnet: &Subnet<'_>) -> bool {
    match &subnet.ipv6_cidr_block.value {
        Value::Null => false,
        Value::Unknown(unknown) => matches!(
            unknown,
            Unknown::Computed(_) | Unknown::Function(_) | Unknown::Derived(_) | Unknown::Text(_)
        ),
        _ => true,
    }
}

/// Whether a gateway endpoint certainly has IPv4 routes only, as it has unless the code says otherwise.
fn is_ipv4_only(endpoint: &Endpoint<'_>) -> bool {
    let kind = Argument::of(&endpoint.instance.body, "ip_address_type");
    let is_gateway = endpoint.is_type(EndpointType::Gateway);
    Tri::all([is_gateway, kind.unset().or(kind.is("ipv4"))]).is_yes()
}

fn report(cx: &Cx<'_>, span: Span, bypassed: &Bypassed<'_, '_>) {
    let Some(first) = bypassed.endpoints.first() else { return };
    let (what, are) = match bypassed.endpoints.as_slice() {
        [only] => (endpoint::describe(only), "is"),
        several => (format!("gateway endpoints for {}", endpoint::services(several)), "are"),
    };
    let message = format!(
        "the {what} {are} for IPv4 only: clients that use IPv6 go past, through the egress-only internet gateway"
    );
    cx.report(first.instance, span, message)
        .label("no IPv6 routes")
        .evidence_once(bypassed.route, "where IPv6 traffic goes")
        .evidence_once(bypassed.subnet.instance.header, "a subnet with IPv6 addresses")
        .help("set `ip_address_type = \"dualstack\"`")
        .confidence(Confidence::Likely);
}
