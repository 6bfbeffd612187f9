//! `service-region-mismatch`.

use privatelint_diagnostics::Span;
use privatelint_network::Network;
use privatelint_network::resources::{Endpoint, EndpointType};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint, service};

declare_rule! {
    /// ## What it does
    ///
    /// Finds endpoints whose `service_name` has another region in it than their own, without a `service_region` that says so. Their own region is that of their `region` argument or of their provider configuration.
    ///
    /// ## Why is this bad
    ///
    /// AWS looks for the service in the endpoint's own region and does not find it. The plan is clean, and the apply fails:
    ///
    /// > InvalidServiceName: The Vpc Endpoint Service '...' does not exist
    ///
    /// It comes from a name that was copied, and from a configuration that is applied to a second region.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-central-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// A module that is called for two regions:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// provider "aws" {
    ///   alias  = "frankfurt"
    ///   region = "eu-central-1"
    /// }
    ///
    /// module "ireland" {
    ///   source = "./modules/endpoints"
    /// }
    ///
    /// module "frankfurt" {
    ///   source = "./modules/endpoints"
    ///
    ///   providers = {
    ///     aws = aws.frankfurt
    ///   }
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "region" {
    ///   type    = string
    ///   default = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.${var.region}.kms"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// Instead, take the region from the provider:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-central-1"
    /// }
    ///
    /// data "aws_region" "current" {}
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.${data.aws_region.current.name}.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// or say that the service is in another region:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-central-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.s3"
    ///   service_region    = "eu-west-1"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// The region is not known:
    ///
    /// ```hcl,silent
    /// variable "region" {
    ///   type = string
    /// }
    ///
    /// provider "aws" {
    ///   region = var.region
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the region of the endpoint or the one in the name is not known: without a `region` in the provider block the environment decides. For names without a region, such as `com.amazonaws.iam`.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html>
    pub(crate) static SERVICE_REGION_MISMATCH = {
        name: "service-region-mismatch",
        summary: "The service name of an endpoint has another region in it than the endpoint's own",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, network, endpoint)) {
        let (instance, first) = (place.instance(), place.first);
        let (wanted, evidence) = service::wanted_region(network, first);
        let (Some(written), Some(wanted)) = (first.service.region.as_deref(), wanted.as_str())
        else {
            continue;
        };
        let names = endpoint::services(&place.endpoints);
        let message = if first.service_region.value.is_null() {
            format!(
                "the service name of {names} is that of {written}, and the endpoint is in {wanted}"
            )
        } else {
            format!(
                "the service name of {names} is that of {written}, and `service_region` is {wanted}"
            )
        };
        let mut report =
            cx.report(instance, place.span, message).label(format!("a service of {written}"));
        if let Some(annotation) = evidence {
            report = report.evidence(annotation.span, annotation.message);
        }
        report.help(help(&place.endpoints, written, wanted));
    }
}

/// The place to edit, if the region in the name is another one.
fn fault(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let elsewhere = service::is_of_another_region(network, endpoint);
    let span = endpoint.service_name.span.unwrap_or(endpoint.instance.header);
    if elsewhere.is.is_unknown() {
        doubt::undecided(
            cx,
            span,
            "is the region in the service name the endpoint's own?",
            elsewhere.doubts,
        );
    }
    elsewhere.is.is_yes().then_some(span)
}

fn help(endpoints: &[&Endpoint<'_>], written: &str, wanted: &str) -> String {
    let of_endpoint_service = |endpoint: &Endpoint<'_>| {
        endpoint
            .service
            .service
            .is_some_and(privatelint_network::facts::Service::is_endpoint_service)
    };
    let order = match endpoints {
        [only] if only.service.service.is_some() && !of_endpoint_service(only) => {
            let service =
                only.service.service.map(|service| service.name_in(wanted)).unwrap_or_default();
            format!("write `{service}`")
        }
        _ => format!("write {wanted} in place of {written}"),
    };
    // Only interface endpoints reach over regions, and only to some services.
    let reaches = endpoints.iter().all(|endpoint| {
        !endpoint.is_type(EndpointType::Gateway).is_yes()
            && endpoint
                .service
                .service
                .is_some_and(|service| service.cross_region || service.is_endpoint_service())
    });
    if reaches {
        format!(
            "{order}, or set `service_region = \"{written}\"` if the service of that region is meant"
        )
    } else {
        order
    }
}
