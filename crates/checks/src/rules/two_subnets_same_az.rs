//! `two-subnets-same-az`.

use privatelint_diagnostics::{Cause, Span};
use privatelint_evaluator::{Tri, Value};
use privatelint_network::resources::{Endpoint, EndpointType, Subnet};
use privatelint_network::{Doubt, Member, Network, Ref, SharedZone};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints with two subnets in one availability zone: in `subnet_ids`, in `subnet_configuration` or through `aws_vpc_endpoint_subnet_association`.
    ///
    /// ## Why is this bad
    ///
    /// An interface endpoint has one network interface in a zone. The plan is clean, and the apply fails:
    ///
    /// > DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of subnet-...
    ///
    /// It comes from lists that join the subnets of several tiers, and from `element(zones, count.index)` with more subnets than zones: it begins again at the first zone.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_subnet" "app" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = "10.0.1.0/24"
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_subnet" "database" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = "10.0.2.0/24"
    ///   availability_zone = "eu-west-1a"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [aws_subnet.app.id, aws_subnet.database.id]
    /// }
    /// ```
    ///
    /// Three subnets and two zones:
    ///
    /// ```hcl,fires
    /// locals {
    ///   zones = ["eu-west-1a", "eu-west-1b"]
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = 3
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    ///   availability_zone = element(local.zones, count.index)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = aws_subnet.private[*].id
    /// }
    /// ```
    ///
    /// Instead, one subnet of every zone:
    ///
    /// ```hcl,silent
    /// locals {
    ///   zones = ["eu-west-1a", "eu-west-1b"]
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    ///   availability_zone = local.zones[count.index]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = aws_subnet.private[*].id
    /// }
    /// ```
    ///
    /// How many zones there are is not known:
    ///
    /// ```hcl,silent
    /// data "aws_availability_zones" "available" {
    ///   state = "available"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = 3
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    ///   availability_zone = element(data.aws_availability_zones.available.names, count.index)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = aws_subnet.private[*].id
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the type of the endpoint, a list of subnets or a zone is not known, and for subnets that the configuration does not declare. A subnet without `availability_zone` is in a zone that AWS chooses. A subnet that is listed twice counts once.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    pub(crate) static TWO_SUBNETS_SAME_AZ = {
        name: "two-subnets-same-az",
        summary: "An interface endpoint has two subnets in one availability zone",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let faults: Vec<_> = network
        .endpoints
        .iter()
        .filter_map(|endpoint| Some((fault(cx, network, endpoint)?, endpoint)))
        .collect();
    let places = faults.iter().map(|(fault, endpoint)| (fault.span, *endpoint));
    for place in endpoint::by_place(places) {
        let (instance, first) = (place.instance(), place.first);
        let Some((fault, _)) = faults.iter().find(|(_, endpoint)| endpoint.id == first.id) else {
            continue;
        };
        let zone = match fault.zone.as_str() {
            Some(zone) => format!("two subnets in {zone}"),
            None => "two subnets in one availability zone".to_owned(),
        };
        let has = if place.endpoints.len() == 1 { "has" } else { "have" };
        let message = format!("{} {has} {zone}, where only one is possible", place.describe());
        let mut report = cx.report(instance, place.span, message).label("two subnets of one zone");
        for subnet in fault.subnets.into_iter().flatten() {
            let span = [&subnet.zone, &subnet.zone_id].into_iter().find_map(|zone| zone.span);
            report = report.evidence(
                span.unwrap_or(subnet.instance.header),
                format!("the zone of `{}`", subnet.instance.address),
            );
        }
        report.help("list one subnet of every availability zone");
    }
}

/// Two subnets of an endpoint that are in one zone.
struct Fault<'n, 'a> {
    /// Where the second of them, the one that is too many, is attached.
    span: Span,
    subnets: [Option<&'n Subnet<'a>>; 2],
    zone: Value,
}

fn fault<'n, 'a>(
    cx: &Cx<'_>,
    network: &'n Network<'a>,
    endpoint: &'n Endpoint<'a>,
) -> Option<Fault<'n, 'a>> {
    let interface = endpoint.is_type(EndpointType::Interface);
    if interface.is_no() {
        return None;
    }
    let pairs = network.shared_zones(endpoint.id);
    let certain = pairs.iter().find(|pair| pair.same.is_yes());
    if let (Some(pair), Tri::Yes) = (certain, interface) {
        let members = [pair.first, pair.second].map(|at| endpoint.subnets.items.get(at));
        let [_, Some(second)] = members else { return None };
        let subnets = members.map(|member| network.subnet(member?.target.managed()?));
        return Some(Fault { span: second.span, subnets, zone: pair.zone.clone() });
    }
    let of_zones = doubts_about(network, endpoint, &pairs);
    if !pairs.is_empty() || !of_zones.is_empty() {
        let doubts =
            doubt::of_argument(interface, &endpoint.endpoint_type).into_iter().chain(of_zones);
        let span = endpoint.subnets.span.unwrap_or(endpoint.instance.header);
        doubt::undecided(
            cx,
            span,
            "are two subnets of the endpoint in one availability zone?",
            doubts,
        );
    }
    None
}

/// Why two of the subnets may be in one zone; empty if none can be.
fn doubts_about(
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
    pairs: &[SharedZone],
) -> Vec<Doubt> {
    let members = &endpoint.subnets;
    let mut doubts = members.doubts.clone();
    for pair in pairs {
        for member in [pair.first, pair.second].into_iter().filter_map(|at| members.items.get(at)) {
            doubts.extend(
                member
                    .target
                    .managed()
                    .and_then(|id| network.subnet(id))
                    .and_then(doubt_about_zone),
            );
        }
    }
    if doubts.is_empty() {
        doubts.extend(doubt::of_members(members));
    }
    if !pairs.is_empty() && doubts.is_empty() {
        doubts.push(Doubt::new(
            "names of availability zones mean other zones in other accounts, and ids are no names",
            "write `availability_zone_id` for both subnets",
            members.span,
        ));
    }
    if members.items.len() > 1 {
        doubts.extend(members.items.iter().find_map(doubt_about_member));
    }
    doubts
}

fn doubt_about_zone(subnet: &Subnet<'_>) -> Option<Doubt> {
    match [&subnet.zone, &subnet.zone_id].into_iter().find(|zone| !zone.value.is_null()) {
        Some(zone) => {
            zone.value.first_unknown().map(|unknown| Doubt::of_unknown(unknown, zone.span))
        }
        None => {
            let because =
                format!("the availability zone of `{}` is not written", subnet.instance.address);
            Some(Doubt::new(because, "set `availability_zone`", Some(subnet.instance.header)))
        }
    }
}

fn doubt_about_member<I>(member: &Member<'_, I>) -> Option<Doubt> {
    match &member.target {
        Ref::Managed(_) => None,
        Ref::Maybe(unknown) => Some(Doubt::of_unknown(unknown, Some(member.span))),
        _ => Some(
            Doubt::new(
                "not all of its subnets are declared here",
                "lint it together with the code that declares them",
                Some(member.span),
            )
            .of_kind(Cause::Elsewhere),
        ),
    }
}
