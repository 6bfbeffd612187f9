//! `s3-dns-options-default-false`.

use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds S3 interface endpoints with private DNS and a `dns_options` block that does not set `private_dns_only_for_inbound_resolver_endpoint`, in a VPC that has an S3 gateway endpoint. The provider then sends `false`; without the block AWS's own default is `true`.
    ///
    /// ## Why is this bad
    ///
    /// With `false`, the name of S3 resolves to the interface endpoint for every client of the VPC. All S3 traffic of the VPC is billed by the gigabyte, and the free gateway endpoint beside it is idle.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_gateway" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private.id]
    /// }
    ///
    /// resource "aws_vpn_gateway" "office" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_interface" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     dns_record_ip_type = "ipv4"
    ///   }
    /// }
    /// ```
    ///
    /// Both endpoints come from one block:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpn_gateway" "office" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   for_each = toset(["Gateway", "Interface"])
    ///
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = each.key
    ///   route_table_ids     = each.key == "Gateway" ? [aws_route_table.private.id] : null
    ///   private_dns_enabled = each.key == "Interface"
    ///
    ///   dynamic "dns_options" {
    ///     for_each = each.key == "Interface" ? ["ipv4"] : []
    ///
    ///     content {
    ///       dns_record_ip_type = dns_options.value
    ///     }
    ///   }
    /// }
    /// ```
    ///
    /// Instead, keep the names for the clients outside the VPC:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_gateway" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private.id]
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "inbound" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0123456789abcdef0"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.a.id
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.b.id
    ///   }
    /// }
    ///
    /// resource "aws_subnet" "a" {
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = "10.0.0.0/24"
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_subnet" "b" {
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = "10.0.1.0/24"
    ///   availability_zone = "eu-west-1b"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_interface" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     dns_record_ip_type                             = "ipv4"
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    /// }
    /// ```
    ///
    /// What the argument is, is not known:
    ///
    /// ```hcl,silent
    /// variable "inbound_only" {
    ///   type = bool
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpn_gateway" "office" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_gateway" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_interface" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = var.inbound_only
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the argument is written, `false` too: that is a decision. Without a gateway endpoint in the VPC: then the private names are the only private way. Where nothing outside is connected to the VPC, which `s3-interface-private-dns-without-on-premises` reports. Where the type, the service, private DNS or the block is not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    /// - <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint>
    pub(crate) static S3_DNS_OPTIONS_DEFAULT_FALSE = {
        name: "s3-dns-options-default-false",
        summary: "A `dns_options` block without its S3 argument sends the whole VPC's S3 traffic through the billed endpoint",
        category: Cost,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The service whose interface endpoint can leave a VPC's own traffic to the gateway endpoint.
const SERVICE: &str = "s3";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in &network.endpoints {
        let options = &endpoint.dns_options;
        let draws = Tri::all([
            endpoint.is_type(EndpointType::Interface),
            endpoint.service.is(SERVICE),
            endpoint.private_dns.is,
            options.there,
            options.inbound_only.unset,
        ]);
        if draws.is_no() {
            continue;
        }
        let gateway = network.has_endpoint(&endpoint.vpc, SERVICE, EndpointType::Gateway);
        // Without anybody outside, the endpoint itself is the fault, and another rule's.
        let outside = network.has_remote_side(&endpoint.vpc).is;
        let found = draws.and(gateway.is);
        if found.is_yes() && !outside.is_no() {
            report(cx, endpoint, gateway.evidence.first().map(|place| place.span));
        } else if found.is_unknown() {
            let doubts = [
                doubt::of_argument(Tri::Unknown, &endpoint.endpoint_type),
                doubt::of_argument(Tri::Unknown, &endpoint.service_name),
                doubt::of_flag(&endpoint.private_dns),
                doubt::of_flag(&options.inbound_only),
            ];
            let span = options.span.unwrap_or(endpoint.instance.header);
            let question = "does the S3 interface endpoint take the VPC's own traffic?";
            doubt::undecided(
                cx,
                span,
                question,
                doubts.into_iter().flatten().chain(gateway.doubts),
            );
        }
    }
}

fn report(cx: &Cx<'_>, endpoint: &Endpoint<'_>, gateway: Option<privatelint_diagnostics::Span>) {
    let span = endpoint.dns_options.span.unwrap_or(endpoint.instance.header);
    let message = "all S3 traffic of the VPC takes the billed interface endpoint, and its gateway endpoint is idle";
    let mut report = cx
        .report(endpoint.instance, span, message)
        .label("without the argument, the provider sends `false`")
        .help("set `private_dns_only_for_inbound_resolver_endpoint = true` in `dns_options`");
    if let Some(gateway) = gateway {
        report = report.evidence(gateway, "the free gateway endpoint");
    }
    drop(report);
}
