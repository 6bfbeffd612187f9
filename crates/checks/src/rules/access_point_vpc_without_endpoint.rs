//! `access-point-vpc-without-endpoint`.

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::{Instance, Mode, Multiplicity, Tri};
use privatelint_network::resources::{EndpointType, VpcId};
use privatelint_network::{Argument, Network, Ref};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds S3 access points that are for one VPC only, where that VPC has no S3 endpoint.
    ///
    /// ## Why is this bad
    ///
    /// Such an access point refuses every request that does not come from its VPC, and S3 knows the VPC of a request by the endpoint through which it came. Through a NAT gateway requests come from the internet, and are refused: without an endpoint nobody can use the access point. Its origin cannot be changed later.
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
    /// resource "aws_s3_access_point" "reports" {
    ///   bucket = "reports"
    ///   name   = "reports"
    ///
    ///   vpc_configuration {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    /// ```
    ///
    /// An endpoint in another VPC does not help:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// locals {
    ///   vpcs = { app = "10.0.0.0/16", data = "10.1.0.0/16" }
    /// }
    ///
    /// resource "aws_vpc" "all" {
    ///   for_each = local.vpcs
    ///
    ///   cidr_block = each.value
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = aws_vpc.all["app"].id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    /// }
    ///
    /// resource "aws_s3_access_point" "reports" {
    ///   bucket = "reports"
    ///   name   = "reports"
    ///
    ///   vpc_configuration {
    ///     vpc_id = aws_vpc.all["data"].id
    ///   }
    /// }
    /// ```
    ///
    /// Instead, with an endpoint:
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
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = aws_vpc.main.id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    /// }
    ///
    /// resource "aws_s3_access_point" "reports" {
    ///   bucket = "reports"
    ///   name   = "reports"
    ///
    ///   vpc_configuration {
    ///     vpc_id = aws_vpc.main.id
    ///   }
    /// }
    /// ```
    ///
    /// What endpoints a VPC from elsewhere has is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_s3_access_point" "reports" {
    ///   bucket = "reports"
    ///   name   = "reports"
    ///
    ///   vpc_configuration {
    ///     vpc_id = var.vpc_id
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For access points without `vpc_configuration`. In VPCs that are not declared here, and where an endpoint is perhaps there: its count is not known, a data source finds one, or a module whose code is not there is given the VPC.
    ///
    /// An endpoint that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html>
    pub(crate) static ACCESS_POINT_VPC_WITHOUT_ENDPOINT = {
        name: "access-point-vpc-without-endpoint",
        summary: "An S3 access point is for a VPC only, and the VPC has no S3 endpoint",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The type of the resources, and the service that they belong to.
const ACCESS_POINT: &str = "aws_s3_access_point";
const SERVICE: &str = "s3";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut reported: Vec<(Span, VpcId)> = Vec::new();
    let instances = network.instances.iter().filter(|instance| {
        instance.address.mode == Mode::Managed && instance.address.kind == ACCESS_POINT
    });
    for instance in instances {
        let blocks = instance.body.nested("vpc_configuration");
        for block in blocks.iter().filter(|block| block.multiplicity == Multiplicity::One) {
            let vpc_id = Argument::of(&block.body, "vpc_id");
            let Ref::Managed(vpc) = network.vpc_named(&vpc_id.value) else { continue };
            let span = vpc_id.span.unwrap_or(block.span);
            if !reported.contains(&(span, vpc)) && check_vpc(cx, network, instance, vpc, span) {
                reported.push((span, vpc));
            }
        }
    }
}

/// Reports an access point if its VPC has no endpoint. Whether it did.
fn check_vpc(
    cx: &Cx<'_>,
    network: &Network<'_>,
    instance: &Instance,
    vpc: VpcId,
    span: Span,
) -> bool {
    let here = Ref::Managed(vpc);
    let gateway = network.has_endpoint(&here, SERVICE, EndpointType::Gateway);
    let interface = network.has_endpoint(&here, SERVICE, EndpointType::Interface);
    match gateway.is.or(interface.is) {
        Tri::Yes => false,
        Tri::Unknown => {
            let doubts = gateway.doubts.into_iter().chain(interface.doubts);
            doubt::undecided(cx, span, "has the access point's VPC an S3 endpoint?", doubts);
            false
        }
        Tri::No => {
            let message = "the access point takes requests from this VPC only, and the VPC has no S3 endpoint that they could come through";
            let mut report = cx
                .report(instance, span, message)
                .label("only requests through an endpoint of this VPC")
                .help("add a gateway endpoint for S3 to the VPC, with the route tables of the clients");
            if let Some(vpc) = network.vpc(vpc) {
                report = report.evidence(vpc.instance.header, "no S3 endpoint in this VPC");
            }
            report.confidence(Confidence::Likely);
            true
        }
    }
}
