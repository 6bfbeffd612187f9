//! `gateway-type-for-interface-service`.

use privatelint_diagnostics::Span;
use privatelint_network::Network;
use privatelint_network::facts::NameForm;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint, service};

declare_rule! {
    /// ## What it does
    ///
    /// Finds gateway endpoints for services that have no gateway endpoints. An endpoint without `vpc_endpoint_type` is a gateway endpoint.
    ///
    /// ## Why is this bad
    ///
    /// Only few services, S3 and DynamoDB among them, have gateway endpoints. For all others the apply fails, although the plan is clean:
    ///
    /// > InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "secrets" {
    ///   vpc_id       = "vpc-0a1b2c3d4e5f60718"
    ///   service_name = "com.amazonaws.eu-west-1.secretsmanager"
    ///   subnet_ids   = ["subnet-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// One type for all services of a list:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// locals {
    ///   services = ["s3", "dynamodb", "sqs"]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(local.services)
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = "Gateway"
    ///   route_table_ids   = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// Instead, say the type:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "secrets" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.secretsmanager"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = ["subnet-0a1b2c3d4e5f60718"]
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
    /// resource "aws_vpc_endpoint" "secrets" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.secretsmanager"
    ///   vpc_endpoint_type = var.type
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the service or the type is not known, and for names that are not in privatelint's table of services. Where the name has the wrong region in it: then AWS may answer the same, but it is the region that is wrong.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
    pub(crate) static GATEWAY_TYPE_FOR_INTERFACE_SERVICE = {
        name: "gateway-type-for-interface-service",
        summary: "A gateway endpoint for a service that has no gateway endpoints",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, network, endpoint)) {
        let (instance, first) = (place.instance(), place.first);
        let of = place.verb("this service has", "these services have");
        let message = format!("{} cannot be made: {of} no gateway endpoints", place.describe());
        let label = if first.endpoint_type.value.is_null() {
            "a gateway endpoint, because no type is given"
        } else {
            "not offered"
        };
        cx.report(instance, place.span, message).label(label).help(help(first));
    }
}

/// The place to edit, if the endpoint is a gateway and its service has none.
fn fault(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    // A name that is left out or that AWS does not have says nothing of types.
    if matches!(endpoint.service.form, NameForm::Absent | NameForm::Unlisted | NameForm::Malformed)
    {
        return None;
    }
    if service::is_of_another_region(network, endpoint).is.is_yes() {
        return None;
    }
    let gateway = endpoint.is_type(EndpointType::Gateway);
    let offered = service::offers(endpoint, EndpointType::Gateway);
    let wrong = gateway.and(!offered);
    let span = endpoint.endpoint_type.span.unwrap_or(endpoint.instance.header);
    if wrong.is_unknown() {
        let doubts = [
            doubt::of_argument(gateway, &endpoint.endpoint_type),
            doubt::of_argument(offered, &endpoint.service_name),
        ];
        doubt::undecided(
            cx,
            span,
            "has the service endpoints of this type?",
            doubts.into_iter().flatten(),
        );
    }
    wrong.is_yes().then_some(span)
}

fn help(endpoint: &Endpoint<'_>) -> String {
    let offered = endpoint
        .service
        .service
        .map(|service| service.endpoint_types.as_slice())
        .unwrap_or_default();
    match offered {
        [] => "set `vpc_endpoint_type` to the type that the service has".to_owned(),
        [only] => format!("set `vpc_endpoint_type = \"{}\"`", only.as_str()),
        [first, rest @ ..] => {
            let rest: Vec<_> = rest.iter().map(|kind| format!("`\"{}\"`", kind.as_str())).collect();
            format!(
                "set `vpc_endpoint_type = \"{}\"`, or {} if that is what the service is",
                first.as_str(),
                rest.join(" or ")
            )
        }
    }
}
