//! `s3-inbound-only-needs-gateway`.

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
    /// Finds S3 interface endpoints whose private DNS names are for the inbound resolver endpoint only, in a VPC that has no S3 gateway endpoint.
    ///
    /// That is so with `private_dns_only_for_inbound_resolver_endpoint = true`, and also **without a `dns_options` block**: the provider then sends nothing, and what AWS takes for S3 is `true`.
    ///
    /// ## Why is this bad
    ///
    /// With inbound-only names the VPC's own clients keep using the public names of S3 and need the gateway endpoint. AWS insists on it, and the apply fails:
    ///
    /// > To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC vpc-... must have a Gateway endpoint for the service.
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
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    /// }
    /// ```
    ///
    /// A list of services that turns S3 into one of many interface endpoints, without a `dns_options` block:
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
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id     = aws_vpc.main.id
    ///   services   = ["logs", "s3", "sts"]
    ///   subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "services" {
    ///   type = set(string)
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = var.services
    ///
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = var.subnet_ids
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Instead, make the gateway endpoint too; it is free. `depends_on` makes it the first of the two:
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
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    ///
    ///   depends_on = [aws_vpc_endpoint.s3_gateway]
    /// }
    /// ```
    ///
    /// or let the VPC's own clients use the interface endpoint as well, which is billed by the gigabyte:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
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
    /// The VPC is somebody else's, and may have its gateway endpoint already:
    ///
    /// ```hcl,silent
    /// data "aws_vpc" "shared" {
    ///   tags = { Name = "shared" }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = data.aws_vpc.shared.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// In a VPC that the configuration does not declare: its gateway endpoint may be made elsewhere. Where the service, the type, private DNS or `dns_options` is not known, where there is perhaps a gateway endpoint because its `count` is not known, or where a module whose code is not there is given the VPC.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DnsOptionsSpecification.html>
    /// - <https://github.com/hashicorp/terraform-provider-aws/issues/46404>
    pub(crate) static S3_INBOUND_ONLY_NEEDS_GATEWAY = {
        name: "s3-inbound-only-needs-gateway",
        summary: "S3 private DNS for the inbound resolver only, in a VPC without an S3 gateway endpoint",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The service that the option exists for.
const SERVICE: &str = "s3";

/// The type of a VPC that the code makes, and does not merely adopt.
const VPC: &str = "aws_vpc";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in &network.endpoints {
        check_endpoint(cx, network, endpoint);
    }
}

fn check_endpoint(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) {
    let interface = endpoint.is_type(EndpointType::Interface);
    let service = endpoint.service.is(SERVICE);
    let private_dns = endpoint.private_dns.is;
    let inbound_only = endpoint.inbound_only();
    let asks = Tri::all([interface, service, private_dns, inbound_only]);
    if asks.is_no() {
        return;
    }
    let gateway = network.has_endpoint(&endpoint.vpc, SERVICE, EndpointType::Gateway);
    let fails = asks.and(!gateway.is);
    let written = endpoint.dns_options.inbound_only.span;
    let span = written.or(endpoint.private_dns.span).unwrap_or(endpoint.instance.header);
    if fails.is_yes() {
        let label = if written.is_some() {
            "needs a gateway endpoint in the same VPC"
        } else {
            "inbound-only, because there is no `dns_options` block"
        };
        let message =
            "inbound-only private DNS for `s3` needs an S3 gateway endpoint, and the VPC has none";
        let mut report = cx.report(endpoint.instance, span, message).label(label);
        if let Some(vpc) = endpoint.vpc.managed().and_then(|vpc| network.vpc(vpc)) {
            report = report.evidence(vpc.instance.header, "this VPC has no S3 gateway endpoint");
            if vpc.instance.address.kind != VPC {
                // It was there before this code, and may have an endpoint from then.
                report = report.confidence(Confidence::Likely);
            }
        }
        report.help(
            "add an `aws_vpc_endpoint` of type `Gateway` for S3 to the VPC and name it in this endpoint's `depends_on`",
        );
    } else if fails.is_unknown() {
        let doubts = [
            doubt::of_argument(interface, &endpoint.endpoint_type),
            doubt::of_argument(service, &endpoint.service_name),
            doubt::of_flag(&endpoint.private_dns),
            doubt::of_flag(&endpoint.dns_options.inbound_only),
        ];
        let doubts = doubts.into_iter().flatten().chain(gateway.doubts);
        doubt::undecided(
            cx,
            span,
            "has the VPC the S3 gateway endpoint that inbound-only private DNS needs?",
            doubts,
        );
    }
}
