//! `s3-interface-private-dns-without-on-premises`.

use privatelint_diagnostics::Confidence;
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds S3 interface endpoints with private DNS in a VPC that nothing outside is connected to: no VPN, no Direct Connect, no transit gateway or Cloud WAN attachment, no peering, no Client VPN, no inbound resolver endpoint.
    ///
    /// ## Why is this bad
    ///
    /// S3 has two kinds of endpoints. The gateway endpoint is free and serves everything inside the VPC. The interface endpoint is for clients that a gateway endpoint cannot serve, on premises or in other VPCs, and is billed by the hour for every availability zone and by the gigabyte. With private DNS on, the VPC's own traffic to S3 is drawn into it too, so that what could be free is paid for.
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
    /// resource "aws_subnet" "a" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.a.id]
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = false
    ///   }
    /// }
    /// ```
    ///
    /// S3 in a list of services that all get the same kind of endpoint:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// locals {
    ///   services = ["ecr.api", "ecr.dkr", "logs", "s3"]
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "a" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(local.services)
    ///
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.value}"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.a.id]
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     dns_record_ip_type = "ipv4"
    ///   }
    /// }
    /// ```
    ///
    /// Instead, a gateway endpoint:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private.id]
    /// }
    /// ```
    ///
    /// With a VPN there are clients that need the interface endpoint:
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
    /// resource "aws_subnet" "a" {
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1a"
    ///   cidr_block        = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpn_gateway" "office" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.a.id]
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = false
    ///   }
    /// }
    /// ```
    ///
    /// What a VPC that is declared elsewhere is connected to cannot be seen:
    ///
    /// ```hcl,silent
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = false
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// With `private_dns_only_for_inbound_resolver_endpoint = true`: somebody thought of the clients on premises, and the VPC's own traffic does not use the endpoint. In a VPC that the configuration does not declare, and where a connection is perhaps to this VPC. A connection that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
    pub(crate) static S3_INTERFACE_PRIVATE_DNS_WITHOUT_ON_PREMISES = {
        name: "s3-interface-private-dns-without-on-premises",
        summary: "An S3 interface endpoint with private DNS in a VPC that nothing outside is connected to",
        category: Cost,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The service that has a free gateway endpoint, and private DNS names for its interface endpoint.
const SERVICE: &str = "s3";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in &network.endpoints {
        check_endpoint(cx, network, endpoint);
    }
}

fn check_endpoint(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) {
    let interface = endpoint.is_type(EndpointType::Interface);
    let service = endpoint.service.is(SERVICE);
    let draws =
        Tri::all([interface, service, endpoint.private_dns.is, !written_inbound_only(endpoint)]);
    if draws.is_no() {
        return;
    }
    let remote = network.has_remote_side(&endpoint.vpc);
    let needless = draws.and(!remote.is);
    let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
    if needless.is_yes() {
        report(cx, network, endpoint);
    } else if needless.is_unknown() {
        let doubts = [
            doubt::of_argument(interface, &endpoint.endpoint_type),
            doubt::of_argument(service, &endpoint.service_name),
            doubt::of_flag(&endpoint.private_dns),
            doubt::of_flag(&endpoint.dns_options.inbound_only),
        ];
        let doubts = doubts.into_iter().flatten().chain(remote.doubts);
        doubt::undecided(
            cx,
            span,
            "has the S3 interface endpoint clients outside the VPC?",
            doubts,
        );
    }
}

/// Whether the code itself says that the names are for the inbound resolver only. What AWS does where the code says nothing is no sign
/// that somebody is there to use them.
fn written_inbound_only(endpoint: &Endpoint<'_>) -> Tri {
    endpoint.dns_options.there.and(endpoint.dns_options.inbound_only.is)
}

fn report(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) {
    let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
    let gateway = network.has_endpoint(&endpoint.vpc, SERVICE, EndpointType::Gateway);
    let help = if gateway.is.is_yes() {
        "remove this endpoint: the VPC's S3 gateway endpoint does the same for free"
    } else {
        "use a gateway endpoint, which is free: set `vpc_endpoint_type = \"Gateway\"` and `route_table_ids`"
    };
    let (message, label) = if endpoint.inbound_only().is_no() {
        (
            "the S3 interface endpoint draws in and bills the VPC's own traffic, and nothing outside is connected to the VPC",
            "takes the S3 traffic of the whole VPC",
        )
    } else {
        (
            "the S3 interface endpoint is for clients outside the VPC, and nothing outside is connected to the VPC",
            "billed by the hour in every zone",
        )
    };
    let mut report = cx.report(endpoint.instance, span, message).label(label);
    if let Some(vpc) = endpoint.vpc.managed().and_then(|vpc| network.vpc(vpc)) {
        report = report.evidence(
            vpc.instance.header,
            "no connection of this VPC to on premises or to another VPC",
        );
    }
    for annotation in gateway.evidence {
        report = report.evidence(annotation.span, annotation.message);
    }
    report.help(help).confidence(Confidence::Likely);
}
