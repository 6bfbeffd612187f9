//! `lambda-or-task-in-isolated-subnet-without-any-endpoint`.

use std::collections::BTreeMap;

use privatelint_diagnostics::{Confidence, Span};
use privatelint_evaluator::Mode;
use privatelint_network::resources::{SubnetId, VpcId};
use privatelint_network::{Certainty, Network, Ref, To, Workload, facts};

use crate::clients::is_function_or_container;
use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::way_out::{WayOut, certain_table, way_out};
use crate::zones::all_subnets;

declare_rule! {
    /// ## What it does
    ///
    /// Finds Lambda functions and containers in subnets without a way out, in a VPC without a single endpoint.
    ///
    /// ## Why is this bad
    ///
    /// Every call to an AWS service, by the SDK or the CLI, times out: to S3, DynamoDB, STS, Secrets Manager, SQS. Checks that ask for functions to be inside a VPC lead straight here. It is fine for what talks to nothing but a database in the same VPC, and the code does not tell which of the two it is: therefore this rule runs only for those who ask for it.
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_lambda_function" "app" {
    ///   function_name = "app"
    ///   role          = "arn:aws:iam::111122223333:role/app"
    ///   package_type  = "Image"
    ///   image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    ///
    ///   vpc_config {
    ///     subnet_ids         = [aws_subnet.app.id]
    ///     security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///   }
    /// }
    /// ```
    ///
    /// Several, by a module:
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// module "function" {
    ///   source   = "./modules/function"
    ///   for_each = toset(["orders", "payments"])
    ///
    ///   name       = each.key
    ///   subnet_ids = [aws_subnet.app.id]
    /// }
    ///
    /// # file: modules/function/main.tf
    /// variable "name" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_lambda_function" "this" {
    ///   function_name = var.name
    ///   role          = "arn:aws:iam::111122223333:role/app"
    ///   package_type  = "Image"
    ///   image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/${var.name}:1"
    ///
    ///   vpc_config {
    ///     subnet_ids         = var.subnet_ids
    ///     security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///   }
    /// }
    /// ```
    ///
    /// Instead, with an endpoint for what it uses:
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "dynamodb" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.dynamodb"
    ///   route_table_ids = [aws_vpc.main.main_route_table_id]
    /// }
    ///
    /// resource "aws_lambda_function" "app" {
    ///   function_name = "app"
    ///   role          = "arn:aws:iam::111122223333:role/app"
    ///   package_type  = "Image"
    ///   image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    ///
    ///   vpc_config {
    ///     subnet_ids         = [aws_subnet.app.id]
    ///     security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///   }
    /// }
    /// ```
    ///
    /// In which subnets it is, is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_lambda_function" "app" {
    ///   function_name = "app"
    ///   role          = "arn:aws:iam::111122223333:role/app"
    ///   package_type  = "Image"
    ///   image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    ///
    ///   vpc_config {
    ///     subnet_ids         = var.subnet_ids
    ///     security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Unless it is asked for by name. For workloads of which the code shows a service that they cannot work without: another rule reports those. In a VPC that is, or may be, connected to somewhere else, where endpoints may be shared. Where the subnets, their routes or the endpoints of the VPC are not known.
    ///
    /// Endpoints and routes that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html>
    /// - <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html>
    pub(crate) static LAMBDA_OR_TASK_IN_ISOLATED_SUBNET_WITHOUT_ANY_ENDPOINT = {
        name: "lambda-or-task-in-isolated-subnet-without-any-endpoint",
        summary: "A function or container is in a subnet without a way out, and its VPC has no endpoint",
        category: Connectivity,
        severity: Info,
        opt_in: true,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The type of data source that finds an endpoint of other code.
const ENDPOINT: &str = "aws_vpc_endpoint";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    // The instances of a block are one finding.
    let mut found: BTreeMap<Span, (&Workload<'_>, VpcId, SubnetId)> = BTreeMap::new();
    for workload in network.workloads() {
        if !workload.there.is_yes() || !is_function_or_container(workload) {
            continue;
        }
        let Ref::Managed(vpc) = workload.vpc else { continue };
        let Some(subnet) = isolated_subnet(network, workload) else { continue };
        if has_no_endpoint(network, vpc) && !is_told_elsewhere(network, workload) {
            found.entry(workload.instance.header).or_insert((workload, vpc, subnet));
        }
    }
    for (workload, vpc, subnet) in found.values() {
        report(cx, network, workload, *vpc, *subnet);
    }
}

/// The first subnet of a workload, if none of its subnets has a way out.
fn isolated_subnet(network: &Network<'_>, workload: &Workload<'_>) -> Option<SubnetId> {
    let subnets = all_subnets(&workload.subnets)?;
    let is_isolated = |subnet: &SubnetId| {
        certain_table(network, *subnet).is_some_and(|table| {
            let over_ipv6 = network.next_hop(table, &To::InternetV6);
            way_out(network, table).0 == WayOut::Nothing
                && over_ipv6.there.is_yes()
                && over_ipv6.target.target().is_none()
        })
    };
    subnets.iter().all(is_isolated).then(|| subnets.first().copied()).flatten()
}

/// Whether a VPC certainly has no endpoint, as far as the code shows, and nothing that leads to those of others.
fn has_no_endpoint(network: &Network<'_>, vpc: VpcId) -> bool {
    let here = Ref::Managed(vpc);
    let is_looked_up = network
        .instances
        .iter()
        .any(|instance| instance.address.mode == Mode::Data && instance.address.kind == ENDPOINT);
    !is_looked_up
        && network.endpoints_of(&here).is_empty()
        && network.unseen(&here).is_empty()
        && network.has_remote_side(&here).is.is_no()
}

/// Whether the code shows a service that the workload cannot work without.
fn is_told_elsewhere(network: &Network<'_>, workload: &Workload<'_>) -> bool {
    workload
        .needs(network)
        .iter()
        .any(|need| need.certainty == Certainty::Required && need.service != facts::INTERNET)
}

fn report(
    cx: &Cx<'_>,
    network: &Network<'_>,
    workload: &Workload<'_>,
    vpc: VpcId,
    subnet: SubnetId,
) {
    let address = workload.instance.address.within_module();
    let message = format!(
        "`{address}` has no way to any AWS service: its subnets have no default route, and the VPC has no endpoint"
    );
    let mut report = cx
        .report(workload.instance, workload.instance.header, message)
        .label("every call to AWS times out")
        .help("add endpoints for the services that it uses, or a route to a NAT gateway")
        .confidence(Confidence::Likely);
    if let Some(subnet) = network.subnet(subnet) {
        report = report.evidence_once(subnet.instance.header, "a subnet without a default route");
    }
    if let Some(vpc) = network.vpc(vpc) {
        report = report.evidence_once(vpc.instance.header, "no endpoint in this VPC");
    }
    drop(report);
}
