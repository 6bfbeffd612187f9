//! `gateway-endpoint-without-route-tables`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::facts::NameForm;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds gateway endpoints that are in no route table: no `route_table_ids` (an empty list is not sent and counts as none) and no `aws_vpc_endpoint_route_table_association` for them. An endpoint without `vpc_endpoint_type` is a gateway endpoint.
    ///
    /// ## Why is this bad
    ///
    /// A gateway endpoint is a route. AWS writes it into the route tables that the endpoint lists, and into no other. Without one the apply succeeds and the endpoint does nothing: traffic to the service still goes through the NAT gateway and is billed by the gigabyte, or, in subnets without a way to the internet, it is dropped and clients time out.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = aws_vpc.main.id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    /// }
    /// ```
    ///
    /// Some callers of a module forget the list:
    ///
    /// ```hcl,fires
    /// locals {
    ///   region = "eu-west-1"
    /// }
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    ///   region = local.region
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "region" {
    ///   type = string
    /// }
    ///
    /// variable "route_table_ids" {
    ///   type    = list(string)
    ///   default = []
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(["s3", "dynamodb"])
    ///
    ///   vpc_id            = var.vpc_id
    ///   service_name      = "com.amazonaws.${var.region}.${each.key}"
    ///   vpc_endpoint_type = "Gateway"
    ///   route_table_ids   = var.route_table_ids
    /// }
    /// ```
    ///
    /// Instead, list the route table of every subnet whose traffic is to take the endpoint:
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
    ///   for_each = toset(["a", "b"])
    ///
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [for table in aws_route_table.private : table.id]
    /// }
    /// ```
    ///
    /// or associate it, which may be done anywhere in the configuration:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = "vpc-0a1b2c3d4e5f60718"
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    /// }
    ///
    /// resource "aws_vpc_endpoint_route_table_association" "private" {
    ///   vpc_endpoint_id = aws_vpc_endpoint.s3.id
    ///   route_table_id  = "rtb-0a1b2c3d4e5f60718"
    /// }
    /// ```
    ///
    /// Whether this list is empty is not known:
    ///
    /// ```hcl,silent
    /// data "aws_route_tables" "private" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = data.aws_route_tables.private.ids
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For services that have no gateway endpoints: then the type is wrong, and not the list. Where the list of route tables, the type, the service or the endpoint of an association is not known, or where a module whose code is not there is given the endpoint: it may associate a route table.
    ///
    /// Without a list in the endpoint itself a finding is *likely* and not *certain*: another configuration may have the associations.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-ddb.html>
    pub(crate) static GATEWAY_ENDPOINT_WITHOUT_ROUTE_TABLES = {
        name: "gateway-endpoint-without-route-tables",
        summary: "A gateway endpoint is in no route table, so that nothing uses it",
        category: Connectivity,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, endpoint)) {
        let instance = place.instance();
        let message = format!("{} {} in no route table", place.describe(), place.be());
        let message = format!("{message} and {} nothing", place.verb("does", "do"));
        cx.report(instance, place.span, message)
            .label("no route table")
            .help("list the route tables of the subnets that use the service in `route_table_ids`")
            .unless_completed_elsewhere();
    }
}

/// The place to edit, if the endpoint is in no route table.
fn fault(cx: &Cx<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let gateway = endpoint.is_type(EndpointType::Gateway);
    let service = has_gateway_endpoints(endpoint);
    let without = Tri::all([gateway, service, endpoint.route_tables.is_empty()]);
    let span = endpoint.route_tables.span.unwrap_or(endpoint.instance.header);
    if without.is_unknown() {
        let doubts = [
            doubt::of_argument(gateway, &endpoint.endpoint_type),
            doubt::of_argument(service, &endpoint.service_name),
        ];
        let doubts = doubts.into_iter().flatten().chain(doubt::of_members(&endpoint.route_tables));
        doubt::undecided(cx, span, "is the gateway endpoint in a route table?", doubts);
    }
    without.is_yes().then_some(span)
}

/// Whether the service has gateway endpoints: where it has none, it is the type that is wrong.
fn has_gateway_endpoints(endpoint: &Endpoint<'_>) -> Tri {
    match (endpoint.service.service, &endpoint.service.form) {
        (Some(service), _) => service.offers(EndpointType::Gateway).into(),
        (None, NameForm::Unknown) => Tri::Unknown,
        (None, _) => Tri::No,
    }
}
