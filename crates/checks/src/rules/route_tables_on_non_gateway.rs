//! `route-tables-on-non-gateway`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds endpoints that are no gateway endpoints and are given route tables: in `route_table_ids` or through an `aws_vpc_endpoint_route_table_association`. An empty list is not sent and counts as none.
    ///
    /// ## Why is this bad
    ///
    /// Only a gateway endpoint is a route. The others are reached through network interfaces and DNS. The plan is clean, and the apply fails:
    ///
    /// > Route table IDs are only supported for Gateway type VPC Endpoint.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = ["subnet-0a1b2c3d4e5f60718"]
    ///   route_table_ids   = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// One list of arguments for all types:
    ///
    /// ```hcl,fires
    /// resource "aws_route_table" "private" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = { s3 = "Gateway", sqs = "Interface" }
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = each.value
    ///   route_table_ids   = [aws_route_table.private.id]
    /// }
    /// ```
    ///
    /// Instead, give each type what it takes:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = { s3 = "Gateway", sqs = "Interface" }
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = each.value
    ///   subnet_ids        = each.value == "Interface" ? ["subnet-0a1b2c3d4e5f60718"] : []
    ///   route_table_ids   = each.value == "Gateway" ? ["rtb-0a1b2c3d4e5f60718"] : []
    /// }
    /// ```
    ///
    /// The type is not known:
    ///
    /// ```hcl,silent
    /// variable "type" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type = var.type
    ///   route_table_ids   = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the type or the list is not known, and where it is not known whether an association belongs to the endpoint.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    pub(crate) static ROUTE_TABLES_ON_NON_GATEWAY = {
        name: "route-tables-on-non-gateway",
        summary: "An endpoint that is no gateway endpoint is given route tables",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, endpoint)) {
        let (instance, first) = (place.instance(), place.first);
        let message = format!(
            "{} {} given route tables, which only gateway endpoints have",
            place.describe(),
            place.be()
        );
        let help = if place.all_offer(EndpointType::Gateway) {
            "remove the route tables, or set `vpc_endpoint_type = \"Gateway\"` if a route is what is meant"
        } else {
            "remove the route tables"
        };
        let mut report = cx.report(instance, place.span, message).label("route tables").help(help);
        if let Some(span) = first.endpoint_type.span {
            report = report.evidence(span, "no gateway endpoint");
        }
    }
}

/// The place to edit, if the endpoint is no gateway and is given route tables.
fn fault(cx: &Cx<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let gateway = endpoint.is_type(EndpointType::Gateway);
    let wrong = Tri::all([!gateway, !endpoint.route_tables.is_empty()]);
    if wrong.is_unknown() {
        let doubts = doubt::of_argument(gateway, &endpoint.endpoint_type);
        let doubts = doubts.into_iter().chain(doubt::of_members(&endpoint.route_tables));
        let span = endpoint.route_tables.span.unwrap_or(endpoint.instance.header);
        doubt::undecided(cx, span, "is an endpoint that is no gateway given route tables?", doubts);
    }
    let member = endpoint.route_tables.items.iter().find(|member| member.there.is_yes());
    member.filter(|_| wrong.is_yes()).map(|member| member.span)
}
