//! `private-dns-unset`.

use privatelint_diagnostics::Confidence;
use privatelint_evaluator::Tri;
use privatelint_network::resources::{Endpoint, EndpointType};
use privatelint_network::{Doubt, Network};

use crate::context::Cx;
use crate::doubt;
use crate::endpoint::{SamePlace, faulty};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints for AWS services that do not say whether they have private DNS. The console and the API switch it on by default; Terraform's provider sends `false`.
    ///
    /// ## Why is this bad
    ///
    /// Without private DNS the service's usual name keeps its public addresses. SDKs and the command line go on using them, through the NAT gateway or not at all, and the endpoint is paid for and not used. Nothing fails that would say so.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// One block makes three endpoints:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "session_manager" {
    ///   for_each = toset(["ssm", "ssmmessages", "ec2messages"])
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// Instead, say it:
    ///
    /// ```hcl,silent
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
    /// A hosted zone of your own has the name, and sends it to the endpoint:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "kms" {
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = "kms.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.kms.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.kms.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// Whether the argument is set is not known:
    ///
    /// ```hcl,silent
    /// variable "private_dns" {
    ///   type = bool
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
    ///   private_dns_enabled = var.private_dns
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where `private_dns_enabled` is written, `false` too: a central endpoint whose names come from a hosted zone has it off on purpose. Where something uses the endpoint's own names (`dns_entry`) or its network interfaces, in a record, an output or an argument. For services without private DNS, for S3 and DynamoDB, whose gateway endpoint takes the traffic, and for endpoint services that are not AWS's. Where another endpoint for the same service in the VPC may have the names. Where the type or the service is not known, or a module that was not read is given the endpoint.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>
    /// - <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint>
    pub(crate) static PRIVATE_DNS_UNSET = {
        name: "private-dns-unset",
        summary: "An interface endpoint does not say whether it has private DNS: Terraform switches it off",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The attributes through which clients use an endpoint without its service's usual name.
const OWN_NAMES: [&str; 2] = ["dns_entry", "network_interface_ids"];

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let silent = |endpoint: &Endpoint<'_>| {
        let unset = Tri::all([
            endpoint.is_type(EndpointType::Interface),
            has_private_dns(endpoint),
            endpoint.private_dns.unset,
        ]);
        if unset.is_unknown() && !endpoint.private_dns.unset.is_no() {
            let doubts = [
                doubt::of_argument(Tri::Unknown, &endpoint.endpoint_type),
                doubt::of_argument(Tri::Unknown, &endpoint.service_name),
                endpoint
                    .private_dns
                    .unknown
                    .as_ref()
                    .map(|unknown| Doubt::of_unknown(unknown, endpoint.private_dns.span)),
            ];
            let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
            doubt::undecided(
                cx,
                span,
                "has the endpoint private DNS?",
                doubts.into_iter().flatten(),
            );
        }
        unset.is_yes()
    };
    let places = faulty(network, |endpoint| {
        let found = silent(endpoint) && !has_sibling(network, endpoint);
        found.then_some(endpoint.instance.header)
    });
    if places.is_empty() {
        return;
    }
    let used_by_name = network.read_by(&OWN_NAMES);
    for place in &places {
        let addresses = place.endpoints.iter().map(|endpoint| &endpoint.instance.address);
        if !addresses.into_iter().any(|address| used_by_name.contains(address)) {
            report(cx, place);
        }
    }
}

/// Whether AWS has private DNS names for the service, whose traffic they would draw in. A service with gateway endpoints has another way.
fn has_private_dns(endpoint: &Endpoint<'_>) -> Tri {
    match endpoint.service.service {
        Some(service) if service.offers(EndpointType::Gateway) || service.is_endpoint_service() => {
            Tri::No
        }
        Some(service) => service.private_dns.map_or(Tri::No, Tri::from),
        None if endpoint.service_name.value.first_unknown().is_some() => Tri::Unknown,
        None => Tri::No,
    }
}

/// Whether another endpoint in the VPC may have the service's names.
fn has_sibling(network: &Network<'_>, endpoint: &Endpoint<'_>) -> bool {
    let Some(service) = endpoint.service.service else { return true };
    let others = network.endpoints.iter().filter(|other| other.id != endpoint.id);
    others.into_iter().any(|other| {
        !network.same_vpc(&other.vpc, &endpoint.vpc).is_no()
            && !other.service.is(&service.short_name).is_no()
            && !other.private_dns.is.is_no()
    })
}

fn report(cx: &Cx<'_>, place: &SamePlace<'_, '_>) {
    let header = place.instance().header;
    let message = format!(
        "{} {} no private DNS: clients keep using the service's public addresses",
        place.describe(),
        place.verb("has", "have"),
    );
    cx.report(place.instance(), header, message)
        .label("`private_dns_enabled` is not set: off")
        .help("set `private_dns_enabled = true`; if it is off on purpose, write `false`")
        .confidence(Confidence::Likely)
        .unless_completed_elsewhere();
}
