//! `client-sg-no-egress-to-endpoint`.

use std::collections::BTreeMap;

use privatelint_diagnostics::Annotation;
use privatelint_evaluator::Tri;
use privatelint_network::path::{Blocker, From};
use privatelint_network::resources::{Direction, EndpointType, SecurityGroup, SecurityGroupId};
use privatelint_network::{Answer, Certainty, Network, Ref, Workload, facts};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::words::listed;

declare_rule! {
    /// ## What it does
    ///
    /// Finds workloads whose security groups let nothing out to a service that they cannot work without, in a VPC that has an endpoint for it.
    ///
    /// ## Why is this bad
    ///
    /// The endpoint is there, and its own security group may let everybody in, but the client's lets nothing out: connections time out, and tasks do not start. Terraform removes the rule for all outbound traffic that AWS puts into a new security group, so a group without `egress` lets nothing out. A rule for the VPC's addresses is not enough for a gateway endpoint: those of S3 and DynamoDB are public, and are reached by the service's prefix list or `0.0.0.0/0`.
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "logs" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.logs"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    ///
    /// resource "aws_security_group" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 8080
    ///     to_port     = 8080
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_ecs_task_definition" "app" {
    ///   family                   = "app"
    ///   requires_compatibilities = ["FARGATE"]
    ///   network_mode             = "awsvpc"
    ///   cpu                      = 256
    ///   memory                   = 512
    ///
    ///   container_definitions = jsonencode([{
    ///     name  = "app"
    ///     image = "registry.example.com/app:1"
    ///
    ///     logConfiguration = {
    ///       logDriver = "awslogs"
    ///       options   = { awslogs-group = "app", awslogs-region = "eu-west-1", awslogs-stream-prefix = "app" }
    ///     }
    ///   }])
    /// }
    ///
    /// resource "aws_ecs_service" "app" {
    ///   name            = "app"
    ///   cluster         = "main"
    ///   launch_type     = "FARGATE"
    ///   task_definition = aws_ecs_task_definition.app.arn
    ///
    ///   network_configuration {
    ///     subnets         = [aws_subnet.app.id]
    ///     security_groups = [aws_security_group.app.id]
    ///   }
    /// }
    /// ```
    ///
    /// Out to the VPC only, where the layers of images come from S3, for services that a module makes:
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
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    ///
    /// resource "aws_ecr_repository" "app" {
    ///   name = "app"
    /// }
    ///
    /// module "service" {
    ///   source   = "./modules/service"
    ///   for_each = toset(["web", "worker"])
    ///
    ///   name      = each.key
    ///   image     = "${aws_ecr_repository.app.repository_url}:1"
    ///   vpc_id    = aws_vpc.main.id
    ///   vpc_cidr  = aws_vpc.main.cidr_block
    ///   subnet_id = aws_subnet.app.id
    /// }
    ///
    /// # file: modules/service/main.tf
    /// variable "name" {
    ///   type = string
    /// }
    ///
    /// variable "image" {
    ///   type = string
    /// }
    ///
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "vpc_cidr" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_security_group" "this" {
    ///   vpc_id = var.vpc_id
    ///
    ///   egress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [var.vpc_cidr]
    ///   }
    /// }
    ///
    /// resource "aws_ecs_task_definition" "this" {
    ///   family                   = var.name
    ///   requires_compatibilities = ["FARGATE"]
    ///   network_mode             = "awsvpc"
    ///   cpu                      = 256
    ///   memory                   = 512
    ///   container_definitions    = jsonencode([{ name = var.name, image = var.image }])
    /// }
    ///
    /// resource "aws_ecs_service" "this" {
    ///   name            = var.name
    ///   cluster         = "main"
    ///   launch_type     = "FARGATE"
    ///   task_definition = aws_ecs_task_definition.this.arn
    ///
    ///   network_configuration {
    ///     subnets         = [var.subnet_id]
    ///     security_groups = [aws_security_group.this.id]
    ///   }
    /// }
    /// ```
    ///
    /// Instead, let HTTPS out:
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
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "logs" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.logs"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    /// }
    ///
    /// resource "aws_security_group" "app" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   egress {
    ///     from_port       = 443
    ///     to_port         = 443
    ///     protocol        = "tcp"
    ///     security_groups = [aws_security_group.endpoints.id]
    ///   }
    /// }
    ///
    /// resource "aws_ecs_task_definition" "app" {
    ///   family                   = "app"
    ///   requires_compatibilities = ["FARGATE"]
    ///   network_mode             = "awsvpc"
    ///   cpu                      = 256
    ///   memory                   = 512
    ///
    ///   container_definitions = jsonencode([{
    ///     name  = "app"
    ///     image = "registry.example.com/app:1"
    ///
    ///     logConfiguration = {
    ///       logDriver = "awslogs"
    ///       options   = { awslogs-group = "app", awslogs-region = "eu-west-1", awslogs-stream-prefix = "app" }
    ///     }
    ///   }])
    /// }
    ///
    /// resource "aws_ecs_service" "app" {
    ///   name            = "app"
    ///   cluster         = "main"
    ///   launch_type     = "FARGATE"
    ///   task_definition = aws_ecs_task_definition.app.arn
    ///
    ///   network_configuration {
    ///     subnets         = [aws_subnet.app.id]
    ///     security_groups = [aws_security_group.app.id]
    ///   }
    /// }
    /// ```
    ///
    /// What the security groups let out is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "security_group_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "logs" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.logs"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    ///   subnet_ids          = [aws_subnet.app.id]
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
    ///     security_group_ids = var.security_group_ids
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where it is not certain that the workload needs the service: because software decides, or a value that is not known. Where the VPC has no endpoint for it. Where a security group of the workload is not declared here, or may have rules that cannot be seen.
    ///
    /// A rule that another configuration adds cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group>
    pub(crate) static CLIENT_SG_NO_EGRESS_TO_ENDPOINT = {
        name: "client-sg-no-egress-to-endpoint",
        summary: "The security groups of a workload let nothing out to an endpoint that it needs",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most workloads, and the most rules, that are shown with a group.
const MOST_SHOWN: usize = 3;

/// The most services that a message names.
const MOST_NAMES: usize = 5;

/// Workloads with the same security groups, which keep them from these services.
struct Closed<'n, 'a> {
    groups: Vec<&'n SecurityGroup<'a>>,
    services: Vec<&'static str>,
    workloads: Vec<&'n Workload<'a>>,
    /// What the path says of the groups.
    because: Vec<Annotation>,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut found: BTreeMap<Vec<SecurityGroupId>, Closed<'_, '_>> = BTreeMap::new();
    for workload in network.workloads() {
        if !workload.there.is_yes() || !workload.groups.is_complete() {
            continue;
        }
        let ids: Option<Vec<SecurityGroupId>> =
            workload.groups.items.iter().map(|member| member.target.managed()).collect();
        let Some(mut ids) = ids.filter(|ids| !ids.is_empty()) else { continue };
        ids.sort_unstable();
        ids.dedup();
        let (services, because) = closed_services(network, workload);
        if services.is_empty() {
            continue;
        }
        let groups = ids.iter().filter_map(|id| network.security_group(*id)).collect();
        let closed = found.entry(ids).or_insert_with(|| Closed {
            groups,
            services: Vec::new(),
            workloads: Vec::new(),
            because,
        });
        closed.workloads.push(workload);
        for service in services {
            if !closed.services.contains(&service) {
                closed.services.push(service);
            }
        }
    }
    // The instances of a block are one finding.
    let mut reported = Vec::new();
    for closed in found.values() {
        let Some(first) = closed.groups.first() else { continue };
        let place = (first.instance.header, closed.services.clone());
        if !reported.contains(&place) {
            reported.push(place);
            report(cx, network, closed);
        }
    }
}

/// The services with an endpoint that a workload certainly needs and that its security groups certainly keep it from.
fn closed_services(
    network: &Network<'_>,
    workload: &Workload<'_>,
) -> (Vec<&'static str>, Vec<Annotation>) {
    let mut services = Vec::new();
    let mut because = Vec::new();
    let certain = workload.subnets.items.iter().filter(|member| member.there.is_yes());
    let subnet = certain.filter_map(|member| member.target.managed()).next();
    let Some(from) = subnet.and_then(|id| From::workload(network, workload, id)) else {
        return (services, because);
    };
    let needs = workload
        .needs(network)
        .into_iter()
        .filter(|need| need.certainty == Certainty::Required && need.service != facts::INTERNET);
    for need in needs {
        if !has_any_endpoint(network, &from, need.service).is.is_yes() {
            continue;
        }
        let path = network.path(&from, need.service);
        let blocked = path.blocked.filter(|blocked| blocked.by == Blocker::ClientSecurityGroup);
        let Some(blocked) = blocked else { continue };
        services.push(need.service);
        if let (Some(span), true) = (blocked.span, because.is_empty()) {
            because.push(Annotation::new(span, blocked.because));
        }
    }
    (services, because)
}

/// Whether the VPC has an endpoint of either type for a service.
fn has_any_endpoint(network: &Network<'_>, from: &From<'_, '_>, service: &str) -> Answer {
    let Ref::Managed(_) = from.vpc else { return Answer::unknown(Vec::new()) };
    let interface = network.has_endpoint(&from.vpc, service, EndpointType::Interface);
    match interface.is {
        Tri::Yes => interface,
        _ => network.has_endpoint(&from.vpc, service, EndpointType::Gateway),
    }
}

fn report(cx: &Cx<'_>, network: &Network<'_>, closed: &Closed<'_, '_>) {
    let (Some(group), Some(workload)) = (closed.groups.first(), closed.workloads.first()) else {
        return;
    };
    let names: Vec<_> = closed.services.iter().map(|service| format!("`{service}`")).collect();
    let names = listed(&names, MOST_NAMES);
    let whose = match closed.workloads.as_slice() {
        [only] => format!("`{}`", only.instance.address.within_module()),
        several => format!("{} workloads", several.len()),
    };
    let endpoints = if closed.services.len() == 1 { "endpoint" } else { "endpoints" };
    let groups = if closed.groups.len() == 1 { "security group" } else { "security groups" };
    let let_out = if closed.groups.len() == 1 { "lets" } else { "let" };
    let message = format!(
        "the {groups} of {whose} {let_out} no HTTPS out to the {endpoints} for {names}: connections time out",
    );
    let mut report = cx
        .report(group.instance, group.instance.header, message)
        .label("no egress rule for it")
        .help(help(network, closed));
    for rule in group.rules.iter().filter(|rule| rule.direction == Some(Direction::Egress)) {
        report = report.evidence_once(rule.span, "lets something else out");
    }
    for place in &closed.because {
        report = report.evidence_once(place.span, place.message.clone());
    }
    for other in closed.groups.iter().skip(1) {
        report = report.evidence_once(other.instance.header, "nor does this group");
    }
    for workload in closed.workloads.iter().take(MOST_SHOWN) {
        report = report.evidence_once(workload.instance.header, format!("needs {names}"));
    }
    for service in closed.services.iter().take(MOST_SHOWN) {
        for kind in [EndpointType::Interface, EndpointType::Gateway] {
            let vpc = &workload.vpc;
            for place in network.has_endpoint(vpc, service, kind).evidence {
                report = report.evidence_once(place.span, place.message);
            }
        }
    }
    report.unless_attached_elsewhere();
}

/// The rule to add: the addresses of gateway endpoints are public.
fn help(network: &Network<'_>, closed: &Closed<'_, '_>) -> String {
    let Some(workload) = closed.workloads.first() else { return String::new() };
    let by_gateway = |service: &str| {
        network.has_endpoint(&workload.vpc, service, EndpointType::Gateway).is.is_yes()
            && !network.uses_interface_endpoint(&workload.vpc, service).is_yes()
    };
    let (gateway, interface): (Vec<&str>, Vec<&str>) =
        closed.services.iter().partition(|service| by_gateway(service));
    let gateway: Vec<_> = gateway.iter().map(|service| format!("`{service}`")).collect();
    match (gateway.is_empty(), interface.is_empty()) {
        (true, _) => {
            "add an egress rule for TCP port 443 to the security group of the endpoint".into()
        }
        (false, true) => format!(
            "add an egress rule for TCP port 443 to the prefix list of {} (`prefix_list_id` of the endpoint)",
            listed(&gateway, MOST_NAMES)
        ),
        (false, false) => format!(
            "add egress rules for TCP port 443 to the security group of the endpoints, and to the prefix list of {}",
            listed(&gateway, MOST_NAMES)
        ),
    }
}
