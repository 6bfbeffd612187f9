//! `s3-or-dynamodb-interface-without-gateway`.

use privatelint_diagnostics::Confidence;
use privatelint_evaluator::Tri;
use privatelint_network::path::{Blocker, From, Kind};
use privatelint_network::resources::{Endpoint, EndpointType};
use privatelint_network::{Network, Ref, Workload};

use crate::clients::{runs_code, workloads_in};
use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints for S3 and DynamoDB in a VPC that has no gateway endpoint for the service, and has workloads of its own.
    ///
    /// ## Why is this bad
    ///
    /// An interface endpoint is billed by the hour in every zone and by the gigabyte. It is for clients outside the VPC, on premises or in other VPCs. The VPC's own traffic to S3 and DynamoDB can go through a gateway endpoint, which is free: both in one VPC is what AWS recommends where there are clients of both kinds.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpn_gateway" "office" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_instance" "app" {
    ///   ami           = "ami-0a1b2c3d4e5f60718"
    ///   instance_type = "m7g.large"
    ///   subnet_id     = aws_subnet.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app.id]
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = false
    ///   }
    /// }
    /// ```
    ///
    /// Without private DNS names, in a module:
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
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id    = aws_vpc.main.id
    ///   subnet_id = aws_subnet.app.id
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(["dynamodb"])
    ///
    ///   vpc_id            = var.vpc_id
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [var.subnet_id]
    /// }
    /// ```
    ///
    /// Instead, both:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpn_gateway" "office" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_instance" "app" {
    ///   ami           = "ami-0a1b2c3d4e5f60718"
    ///   instance_type = "m7g.large"
    ///   subnet_id     = aws_subnet.app.id
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3_gateway" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.s3"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app.id]
    ///   depends_on          = [aws_vpc_endpoint.s3_gateway]
    ///
    ///   dns_options {
    ///     private_dns_only_for_inbound_resolver_endpoint = true
    ///   }
    /// }
    /// ```
    ///
    /// Whether there is a gateway endpoint is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "gateway_endpoints" {
    ///   type = set(string)
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
    /// resource "aws_instance" "app" {
    ///   ami           = "ami-0a1b2c3d4e5f60718"
    ///   instance_type = "m7g.large"
    ///   subnet_id     = aws_subnet.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "gateway" {
    ///   for_each = var.gateway_endpoints
    ///
    ///   vpc_id       = aws_vpc.main.id
    ///   service_name = "com.amazonaws.eu-west-1.${each.key}"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "dynamodb" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.dynamodb"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [aws_subnet.app.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// In a VPC without machines, containers or functions of its own, as in a central VPC for endpoints: a gateway endpoint serves nobody but the VPC itself. Where the traffic of the VPC leaves through a NAT gateway, an internet gateway or another network. Where private DNS is on and nothing outside is connected to the VPC, and where AWS refuses inbound-only private DNS without a gateway endpoint: other rules report those. In VPCs that are not declared here, and where a gateway endpoint is perhaps there.
    ///
    /// An endpoint that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html>
    /// - <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    pub(crate) static S3_OR_DYNAMODB_INTERFACE_WITHOUT_GATEWAY = {
        name: "s3-or-dynamodb-interface-without-gateway",
        summary: "An interface endpoint for S3 or DynamoDB in a VPC with workloads and without the free gateway endpoint",
        category: Cost,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// How the VPC's own clients come to use the endpoint.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// The service's usual name leads to it.
    ByName,
    /// The usual name leads nowhere, so that only the endpoint's own names are left.
    ByNothingElse,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in &network.endpoints {
        check_endpoint(cx, network, endpoint);
    }
}

fn check_endpoint(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>) {
    let Some(service) = endpoint.service.service else { return };
    let Ref::Managed(vpc) = endpoint.vpc else { return };
    let has_both = service.offers(EndpointType::Gateway) && service.offers(EndpointType::Interface);
    let interface = endpoint.is_type(EndpointType::Interface);
    if !has_both || interface.is_no() {
        return;
    }
    let short_name = service.short_name.as_str();
    let mut clients = workloads_in(network, vpc).filter(|workload| runs_code(workload));
    let client = clients.find_map(|workload| Some((workload, way(network, workload, short_name)?)));
    let Some((workload, way)) = client else { return };
    let gateway = network.has_endpoint(&endpoint.vpc, short_name, EndpointType::Gateway);
    let is_told = is_told_elsewhere(network, endpoint, short_name);
    let lacks = Tri::all([interface, !gateway.is, !is_told]);
    if lacks.is_yes() {
        report(cx, network, endpoint, workload, way);
    } else if lacks.is_unknown() && !is_told.is_yes() {
        let doubts = doubt::of_argument(interface, &endpoint.endpoint_type)
            .into_iter()
            .chain(gateway.doubts)
            .chain(doubt::of_flag(&endpoint.private_dns));
        let question = "has the VPC a gateway endpoint for the service?";
        doubt::undecided(cx, endpoint.instance.header, question, doubts);
    }
}

/// How a workload comes to use an interface endpoint for the service, if it does.
fn way(network: &Network<'_>, workload: &Workload<'_>, service: &str) -> Option<Way> {
    let certain = workload.subnets.items.iter().filter(|member| member.there.is_yes());
    let subnet = certain.filter_map(|member| member.target.managed()).next()?;
    let path = network.path(&From::subnet(network, subnet)?, service);
    match (path.kind, path.blocked.map(|blocked| blocked.by)) {
        (Kind::InterfaceEndpoint, _) => Some(Way::ByName),
        (Kind::None, Some(Blocker::NoRoute | Blocker::DeadEnd)) => Some(Way::ByNothingElse),
        _ => None,
    }
}

/// Whether another rule reports the same lack: because of private DNS, or of a NAT gateway that takes the traffic.
fn is_told_elsewhere(network: &Network<'_>, endpoint: &Endpoint<'_>, service: &str) -> Tri {
    let dns_matters = endpoint.service.is("s3").and(endpoint.private_dns.is);
    let only_inside = !network.has_remote_side(&endpoint.vpc).is;
    let of_dns = dns_matters.and(endpoint.inbound_only().or(only_inside));
    let pays_for_nat = if network.nat_default_routes(&endpoint.vpc).is_empty() {
        Tri::No
    } else {
        !network.uses_interface_endpoint(&endpoint.vpc, service)
    };
    of_dns.or(pays_for_nat)
}

fn report(
    cx: &Cx<'_>,
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
    workload: &Workload<'_>,
    way: Way,
) {
    let Some(service) = endpoint.service.service else { return };
    let title = service.title.trim_start_matches("Amazon ").trim_start_matches("AWS ");
    let message = match way {
        Way::ByName => format!(
            "the VPC's own {title} traffic goes through an interface endpoint, which is billed; a gateway endpoint is free"
        ),
        Way::ByNothingElse => format!(
            "the VPC's own clients reach {title} by an interface endpoint only, which is billed; a gateway endpoint is free"
        ),
    };
    let region = network.region_of(endpoint.instance);
    let name = match region.known() {
        Some(region) => service.name_in(region),
        None => service.short_name.clone(),
    };
    let mut report = cx
        .report(endpoint.instance, endpoint.instance.header, message)
        .label("billed by the hour and by the gigabyte")
        .help(format!(
            "add an `aws_vpc_endpoint` of type `Gateway` for `{name}`, and keep this one for clients outside the VPC"
        ));
    if let Some(vpc) = endpoint.vpc.managed().and_then(|vpc| network.vpc(vpc)) {
        let message = format!("no gateway endpoint for {title} in this VPC");
        report = report.evidence_once(vpc.instance.header, message);
    }
    report
        .evidence_once(workload.instance.header, "a workload of this VPC")
        .confidence(Confidence::Likely);
}
