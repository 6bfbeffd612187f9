//! `gateway-endpoint-with-subnets`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::Tri;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint, service};

declare_rule! {
    /// ## What it does
    ///
    /// Finds gateway endpoints with subnets: in `subnet_ids`, in `subnet_configuration` or through an `aws_vpc_endpoint_subnet_association`. An empty list is not sent and counts as none. An endpoint without `vpc_endpoint_type` is a gateway endpoint.
    ///
    /// ## Why is this bad
    ///
    /// A gateway endpoint is a route and is in no subnet. The plan is clean, and the apply fails:
    ///
    /// > Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type = "Gateway"
    ///   subnet_ids        = [aws_subnet.private.id]
    /// }
    /// ```
    ///
    /// A module that treats all endpoints alike:
    ///
    /// ```hcl,fires
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
    ///   services   = { s3 = "Gateway", sqs = "Interface" }
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// variable "services" {
    ///   type = map(string)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = var.services
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = each.value
    ///   subnet_ids        = var.subnet_ids
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
    ///   subnet_ids        = each.value == "Interface" ? ["subnet-0a1b2c3d4e5f60718"] : null
    ///   route_table_ids   = each.value == "Gateway" ? ["rtb-0a1b2c3d4e5f60718"] : null
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
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    ///   subnet_ids      = var.subnet_ids
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For services that have no gateway endpoints: then the type is wrong, and not the subnets. Where the type, the service or the list is not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    pub(crate) static GATEWAY_ENDPOINT_WITH_SUBNETS = {
        name: "gateway-endpoint-with-subnets",
        summary: "A gateway endpoint is given subnets, which it cannot be in",
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
            "{} {} given subnets, which a gateway endpoint cannot be in",
            place.describe(),
            place.be()
        );
        let help = if place.all_offer(EndpointType::Interface) {
            "remove the subnets, or set `vpc_endpoint_type = \"Interface\"` if network interfaces are what is meant"
        } else {
            "remove the subnets"
        };
        let mut report = cx.report(instance, place.span, message).label("subnets").help(help);
        if let Some(span) = first.endpoint_type.span {
            report = report.evidence(span, "a gateway endpoint");
        } else if place.span != first.instance.header {
            report = report
                .evidence(first.instance.header, "a gateway endpoint, because no type is given");
        }
    }
}

/// The place to edit, if the endpoint is a gateway and is given subnets.
fn fault(cx: &Cx<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let gateway = endpoint.is_type(EndpointType::Gateway);
    let service = service::offers(endpoint, EndpointType::Gateway);
    let wrong = Tri::all([gateway, service, !endpoint.subnets.is_empty()]);
    if wrong.is_unknown() {
        let doubts = [
            doubt::of_argument(gateway, &endpoint.endpoint_type),
            doubt::of_argument(service, &endpoint.service_name),
        ];
        let doubts = doubts.into_iter().flatten().chain(doubt::of_members(&endpoint.subnets));
        let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
        doubt::undecided(cx, span, "is the gateway endpoint given subnets?", doubts);
    }
    let member = endpoint.subnets.items.iter().find(|member| member.there.is_yes());
    member.filter(|_| wrong.is_yes()).map(|member| member.span)
}
