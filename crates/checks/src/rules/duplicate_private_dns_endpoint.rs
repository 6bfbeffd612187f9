//! `duplicate-private-dns-endpoint`.

use std::cmp::Reverse;

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::resources::{Endpoint, EndpointType};
use privatelint_network::{Doubt, Network};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints with private DNS for one service in one VPC: two resources, or instances of one resource whose `service_name` does not depend on `each` or `count`.
    ///
    /// ## Why is this bad
    ///
    /// Private DNS makes the names of the service resolve to the endpoint, and a name can resolve to one endpoint only. The plan is clean, and the apply fails for the second:
    ///
    /// > private-dns-enabled cannot be set because there is already a conflicting DNS domain for ... in the VPC vpc-...
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc_endpoint" "logs" {
    ///   vpc_id              = "vpc-0a1b2c3d4e5f60718"
    ///   service_name        = "com.amazonaws.eu-west-1.logs"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ecs_logs" {
    ///   vpc_id              = "vpc-0a1b2c3d4e5f60718"
    ///   service_name        = "com.amazonaws.eu-west-1.logs"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Every zone gets an endpoint of its own, and all claim the same names:
    ///
    /// ```hcl,fires
    /// locals {
    ///   subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   for_each = toset(local.subnets)
    ///
    ///   vpc_id              = "vpc-0a1b2c3d4e5f60718"
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [each.key]
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Instead, one endpoint in all subnets:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = "vpc-0a1b2c3d4e5f60718"
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"]
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Whether these VPCs are one is not known:
    ///
    /// ```hcl,silent
    /// variable "app_vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "data_vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "app" {
    ///   vpc_id              = var.app_vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "data" {
    ///   vpc_id              = var.data_vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where at most one of the endpoints has private DNS. Where it is not known whether the VPCs or the services are the same, or whether private DNS is on, and where it is not known of either endpoint whether it is there: `count` may be such that only one of them is.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html>
    pub(crate) static DUPLICATE_PRIVATE_DNS_ENDPOINT = {
        name: "duplicate-private-dns-endpoint",
        summary: "Two endpoints of one VPC claim the private DNS names of the same service",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let with_dns = network.endpoints.iter().filter(|endpoint| !claims(endpoint).is_no());
    let mut candidates: Vec<_> = with_dns.collect();
    // Addresses decide which of two is too many, so that moving a block changes nothing; the one that is nearer to the root is easier to
    // change than one of a module that others call too.
    candidates.sort_by_key(|endpoint| (Reverse(endpoint.instance.calls.len()), endpoint.id));
    let mut faults: Vec<Fault<'_, '_>> = Vec::new();
    for (at, endpoint) in candidates.iter().enumerate() {
        let earlier =
            candidates.iter().take(at).map(|other| (conflict(network, other, endpoint), *other));
        // The first of the surest.
        let Some((answer, other)) = earlier.rev().max_by_key(|(answer, _)| *answer) else {
            continue;
        };
        let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
        match answer {
            Tri::No => {}
            Tri::Yes => faults.push(Fault { span, endpoint, other }),
            Tri::Unknown => {
                let doubts = doubts_about(network, other, endpoint);
                doubt::undecided(
                    cx,
                    span,
                    "has another endpoint of the VPC the same private DNS names?",
                    doubts,
                );
            }
        }
    }
    for place in endpoint::by_place(faults.iter().map(|fault| (fault.span, fault.endpoint))) {
        let instance = place.instance();
        let fault = faults.iter().find(|fault| fault.endpoint.id == place.first.id);
        let Some(fault) = fault else { continue };
        let message = format!(
            "another endpoint for {} in the same VPC has the same private DNS names",
            endpoint::services(&place.endpoints)
        );
        let first = fault.other.instance.header;
        let evidence = if first == instance.header {
            "an instance of the same resource has them"
        } else {
            "this endpoint has them"
        };
        let report = cx
            .report(instance, fault.span, message)
            .label("the names are taken")
            .evidence(first, evidence)
            .help("put the subnets of both into one endpoint, or set `private_dns_enabled = false` on one of them");
        let sure =
            |fault: &Fault<'_, '_>| Tri::all([fault.endpoint, fault.other].map(is_there)).is_yes();
        if !faults.iter().any(|fault| fault.span == place.span && sure(fault)) {
            report.confidence(Confidence::Likely);
        }
    }
}

/// An endpoint whose names another one has.
struct Fault<'e, 'a> {
    /// The place to edit.
    span: Span,
    endpoint: &'e Endpoint<'a>,
    other: &'e Endpoint<'a>,
}

/// Whether it is an endpoint that claims the names of a service.
fn claims(endpoint: &Endpoint<'_>) -> Tri {
    Tri::all([
        endpoint.is_type(EndpointType::Interface),
        endpoint.private_dns.is,
        !endpoint.service_name.unset(),
    ])
}

/// Whether two endpoints claim the same names. An endpoint of which it is not known whether it is there conflicts with one that is.
fn conflict(network: &Network<'_>, a: &Endpoint<'_>, b: &Endpoint<'_>) -> Tri {
    let same_service = a.service_name.value.equals(&b.service_name.value);
    if same_service.is_no() {
        return Tri::No;
    }
    let one_is_there = Tri::any([is_there(a), is_there(b)]);
    Tri::all([claims(a), claims(b), same_service, network.same_vpc(&a.vpc, &b.vpc), one_is_there])
}

fn is_there(endpoint: &Endpoint<'_>) -> Tri {
    match endpoint.instance.multiplicity {
        Multiplicity::One => Tri::Yes,
        Multiplicity::Unknown => Tri::Unknown,
    }
}

fn doubts_about(network: &Network<'_>, a: &Endpoint<'_>, b: &Endpoint<'_>) -> Vec<Doubt> {
    let of_one = |endpoint: &Endpoint<'_>| {
        let typed = endpoint.is_type(EndpointType::Interface);
        let doubts = [
            doubt::of_argument(typed, &endpoint.endpoint_type),
            doubt::of_flag(&endpoint.private_dns),
        ];
        doubts.into_iter().flatten()
    };
    let same_service = a.service_name.value.equals(&b.service_name.value);
    let same_vpc = network.same_vpc(&a.vpc, &b.vpc);
    let of_both = [a, b].into_iter().flat_map(|endpoint| {
        [
            doubt::of_argument(same_service, &endpoint.service_name),
            doubt::of_argument(same_vpc, &endpoint.vpc_id),
            is_there(endpoint).is_unknown().then(|| Doubt::of_multiplicity(endpoint.instance)),
        ]
    });
    of_one(a).chain(of_one(b)).chain(of_both.flatten()).collect()
}
