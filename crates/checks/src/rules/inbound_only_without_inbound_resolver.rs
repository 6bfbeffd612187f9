//! `inbound-only-without-inbound-resolver`.

use privatelint_diagnostics::Confidence;
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType, RemoteKind};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds S3 interface endpoints whose private DNS names are for inbound resolver endpoints only, in a VPC that has none.
    ///
    /// ## Why is this bad
    ///
    /// With `private_dns_only_for_inbound_resolver_endpoint`, queries that come through an inbound resolver endpoint of the VPC get the private addresses, and nobody else does. Without such an endpoint nobody ever gets them: the S3 endpoint is billed by the hour in each zone and takes no traffic.
    ///
    /// AWS turns this on by itself where `dns_options` is left out.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
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
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    /// }
    /// ```
    ///
    /// The only resolver endpoint of the module is an outbound one:
    ///
    /// ```hcl,fires
    /// module "network" {
    ///   source = "./modules/network"
    /// }
    ///
    /// # file: modules/network/main.tf
    /// resource "aws_vpc" "this" {
    ///   for_each = { hub = "10.0.0.0/16", app = "10.1.0.0/16" }
    ///
    ///   cidr_block           = each.value
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   for_each = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
    ///
    ///   vpc_id            = aws_vpc.this["hub"].id
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "out" {
    ///   direction          = "OUTBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns["eu-west-1a"].id
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = aws_subnet.dns["eu-west-1b"].id
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.this["hub"].id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    /// }
    /// ```
    ///
    /// Instead, add an inbound resolver endpoint, to which the name servers on premises forward:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "dns" {
    ///   for_each = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   cidr_block        = each.value
    ///   availability_zone = each.key
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   dynamic "ip_address" {
    ///     for_each = aws_subnet.dns
    ///
    ///     content {
    ///       subnet_id = ip_address.value.id
    ///     }
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    /// }
    /// ```
    ///
    /// Whether the names are for the resolver only is not known:
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
    /// resource "aws_vpc_endpoint" "s3" {
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
    /// Where something uses the endpoint's own names (`dns_entry`) or its network interfaces. Where an inbound resolver endpoint is perhaps in the VPC, and where a module that was not read is given the VPC. In a VPC that is not declared here. Where `dns_options` is left out and nothing outside is connected to the VPC, which `s3-interface-private-dns-without-on-premises` reports. Another configuration can have the resolver endpoint, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
    pub(crate) static INBOUND_ONLY_WITHOUT_INBOUND_RESOLVER = {
        name: "inbound-only-without-inbound-resolver",
        summary: "The private names of an S3 endpoint are for inbound resolver endpoints, and the VPC has none",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The service whose interface endpoint may keep its names for inbound resolver endpoints.
const SERVICE: &str = "s3";

/// The attributes through which clients use an endpoint without its private names.
const OWN_NAMES: [&str; 2] = ["dns_entry", "network_interface_ids"];

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let lonely: Vec<&Endpoint<'_>> =
        network.endpoints.iter().filter(|endpoint| is_lonely(cx, network, endpoint)).collect();
    if lonely.is_empty() {
        return;
    }
    let used_by_name = network.read_by(&OWN_NAMES);
    for endpoint in lonely {
        if !used_by_name.contains(&endpoint.instance.address) {
            report(cx, network, endpoint);
        }
    }
}

/// Whether an endpoint keeps its names for inbound resolver endpoints of its VPC, and no code that was read makes one.
fn is_lonely(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) -> bool {
    let interface = endpoint.is_type(EndpointType::Interface);
    let service = endpoint.service.is(SERVICE);
    let written = endpoint.dns_options.there;
    let keeps = Tri::all([interface, service, endpoint.private_dns.is, endpoint.inbound_only()]);
    if keeps.is_no() || endpoint.vpc.managed().is_none() {
        return false;
    }
    // Without a word about it, the endpoint may be meant for the VPC itself: another finding.
    let meant = written.or(network.has_remote_side(&endpoint.vpc).is);
    let resolver = Tri::any(
        network
            .remote_sides
            .iter()
            .filter(|side| side.kind == RemoteKind::InboundResolver)
            .map(|side| network.same_vpc(&side.vpc, &endpoint.vpc).and(side.there)),
    );
    let unseen = network.unseen(&endpoint.vpc);
    let resolver = if unseen.is_empty() { resolver } else { resolver.or(Tri::Unknown) };
    let lonely = Tri::all([keeps, meant, !resolver]);
    if lonely.is_unknown() {
        let doubts = [
            doubt::of_argument(interface, &endpoint.endpoint_type),
            doubt::of_argument(service, &endpoint.service_name),
            doubt::of_flag(&endpoint.private_dns),
            doubt::of_flag(&endpoint.dns_options.inbound_only),
        ];
        let span = endpoint.dns_options.span.unwrap_or(endpoint.instance.header);
        let question = "has the VPC an inbound resolver endpoint for the S3 endpoint's names?";
        doubt::undecided(cx, span, question, doubts.into_iter().flatten().chain(unseen));
    }
    lonely.is_yes()
}

fn report(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) {
    let written = endpoint.dns_options.inbound_only.span;
    let span = written.or(endpoint.private_dns.span).unwrap_or(endpoint.instance.header);
    let label = match written {
        Some(_) => "for inbound resolver endpoints only",
        None => "without `dns_options`, for inbound resolver endpoints only",
    };
    let message = "nobody gets the private names of the S3 interface endpoint: they are for inbound resolver endpoints, and the VPC has none";
    let mut report = cx
        .report(endpoint.instance, span, message)
        .label(label)
        .help("add an `aws_route53_resolver_endpoint` with `direction = \"INBOUND\"` to the VPC, or remove the S3 interface endpoint")
        .confidence(Confidence::Likely);
    if let Some(vpc) = endpoint.vpc.managed().and_then(|vpc| network.vpc(vpc)) {
        report = report.evidence(vpc.instance.header, "no inbound resolver endpoint here");
    }
    report.unless_completed_elsewhere();
}
