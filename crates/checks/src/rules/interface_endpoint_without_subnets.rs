//! `interface-endpoint-without-subnets`.

use privatelint_diagnostics::Span;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface, Gateway Load Balancer and resource endpoints that are in no subnet: no `subnet_ids` (an empty list is not sent and counts as none), no `subnet_configuration`, and no `aws_vpc_endpoint_subnet_association` for them.
    ///
    /// ## Why is this bad
    ///
    /// These endpoints are network interfaces, and a network interface is in a subnet. AWS accepts an endpoint without one, and the apply succeeds, but the endpoint has no address: its DNS names resolve to nothing that answers, and nothing can reach the service through it. The provider's documentation says it in one sentence: "Interface type endpoints cannot function without being assigned to a subnet".
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
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// The list that a caller leaves empty:
    ///
    /// ```hcl,fires
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id     = "vpc-0a1b2c3d4e5f60718"
    ///   subnet_ids = []
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(["ecr.api", "ecr.dkr"])
    ///
    ///   vpc_id            = var.vpc_id
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = var.subnet_ids
    /// }
    /// ```
    ///
    /// Instead, one subnet of every zone that has clients:
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
    /// resource "aws_subnet" "private" {
    ///   for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = "eu-west-1${each.key}"
    ///   cidr_block        = each.value
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [for subnet in aws_subnet.private : subnet.id]
    /// }
    /// ```
    ///
    /// An association is as good as the argument:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    /// }
    ///
    /// resource "aws_vpc_endpoint_subnet_association" "kms" {
    ///   vpc_endpoint_id = aws_vpc_endpoint.kms.id
    ///   subnet_id       = "subnet-0a1b2c3d4e5f60718"
    /// }
    /// ```
    ///
    /// Whether this list is empty is not known:
    ///
    /// ```hcl,silent
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = var.subnet_ids
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For gateway endpoints, which are in no subnet by nature. Where the list of subnets, the type of the endpoint or the endpoint of an association is not known, or where a module whose code is not there is given the endpoint: it may attach a subnet.
    ///
    /// Without a list in the endpoint itself a finding is *likely* and not *certain*: another configuration may have the associations.
    ///
    /// ## References
    ///
    /// - <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    pub(crate) static INTERFACE_ENDPOINT_WITHOUT_SUBNETS = {
        name: "interface-endpoint-without-subnets",
        summary: "An endpoint that is made of network interfaces is in no subnet",
        category: Connectivity,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The types whose endpoints are network interfaces.
const IN_SUBNETS: [EndpointType; 3] =
    [EndpointType::Interface, EndpointType::GatewayLoadBalancer, EndpointType::Resource];

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, endpoint)) {
        let instance = place.instance();
        let message =
            format!("{} {} in no subnet and cannot be reached", place.describe(), place.be());
        cx.report(instance, place.span, message)
            .label("no subnet")
            .help("list one subnet of every availability zone that has clients in `subnet_ids`")
            .unless_completed_elsewhere();
    }
}

/// The place to edit, if the endpoint is in no subnet.
fn fault(cx: &Cx<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let needs_subnets = endpoint.is_any_type(&IN_SUBNETS);
    let without = needs_subnets.and(endpoint.subnets.is_empty());
    let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
    if without.is_unknown() {
        let doubts = doubt::of_argument(needs_subnets, &endpoint.endpoint_type)
            .into_iter()
            .chain(doubt::of_members(&endpoint.subnets));
        doubt::undecided(cx, span, "is the endpoint in a subnet?", doubts);
    }
    without.is_yes().then_some(span)
}
