//! `missing-companion-endpoints`.

use std::collections::BTreeMap;

use privatelint_diagnostics::{Annotation, Span};
use privatelint_network::path::{Blocker, From, Kind};
use privatelint_network::resources::EndpointType;
use privatelint_network::{Certainty, Need, Network, Workload, facts};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};
use crate::words::listed;

declare_rule! {
    /// ## What it does
    ///
    /// Finds workloads in subnets from which a service that they cannot do without is out of reach: no VPC endpoint for it, and no route out of the VPC.
    ///
    /// What a workload needs is a table, of which each row has its source: a Fargate task whose image is in a private ECR registry needs `ecr.api`, `ecr.dkr` and S3, from which the layers come, and `logs` if a container logs with `awslogs`; an instance that Systems Manager manages needs `ssm` and `ssmmessages`; nodes of an EKS cluster need `ec2` and ECR. There is one finding for each workload, which lists all that it lacks.
    ///
    /// ## Why is this bad
    ///
    /// The plan and the apply are clean, and the workload does not start: the image cannot be pulled, the node does not join, the instance never shows up in Session Manager. The error is a timeout that does not name the service. Endpoints come in sets, of which one is easily forgotten.
    ///
    /// ## Examples
    ///
    /// The image's manifest can be pulled, and its layers cannot:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_security_group" "main" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    ///
    ///   egress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = ["0.0.0.0/0"]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ecr" {
    ///   for_each = toset(["ecr.api", "ecr.dkr"])
    ///
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.private.id]
    ///   security_group_ids  = [aws_security_group.main.id]
    ///   private_dns_enabled = true
    /// }
    ///
    /// resource "aws_ecs_task_definition" "app" {
    ///   family                   = "app"
    ///   requires_compatibilities = ["FARGATE"]
    ///
    ///   container_definitions = jsonencode([{
    ///     name  = "app"
    ///     image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1"
    ///   }])
    /// }
    ///
    /// resource "aws_ecs_service" "app" {
    ///   name            = "app"
    ///   launch_type     = "FARGATE"
    ///   task_definition = aws_ecs_task_definition.app.arn
    ///
    ///   network_configuration {
    ///     subnets         = [aws_subnet.private.id]
    ///     security_groups = [aws_security_group.main.id]
    ///   }
    /// }
    /// ```
    ///
    /// An instance that nobody can open a session on:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_iam_role" "bastion" {
    ///   name               = "bastion"
    ///   assume_role_policy = "{}"
    /// }
    ///
    /// resource "aws_iam_role_policy_attachment" "bastion" {
    ///   role       = aws_iam_role.bastion.name
    ///   policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
    /// }
    ///
    /// resource "aws_iam_instance_profile" "bastion" {
    ///   name = "bastion"
    ///   role = aws_iam_role.bastion.name
    /// }
    ///
    /// resource "aws_instance" "bastion" {
    ///   ami                  = "ami-0a1b2c3d4e5f60718"
    ///   instance_type        = "t4g.nano"
    ///   subnet_id            = aws_subnet.private.id
    ///   iam_instance_profile = aws_iam_instance_profile.bastion.name
    /// }
    /// ```
    ///
    /// Instead, give it the endpoints, or a route to a NAT gateway:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "public" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block = "0.0.0.0/0"
    ///     gateway_id = aws_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "public" {
    ///   subnet_id      = aws_subnet.public.id
    ///   route_table_id = aws_route_table.public.id
    /// }
    ///
    /// resource "aws_nat_gateway" "main" {
    ///   allocation_id = "eipalloc-0a1b2c3d4e5f60718"
    ///   subnet_id     = aws_subnet.public.id
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = aws_nat_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   subnet_id      = aws_subnet.private.id
    ///   route_table_id = aws_route_table.private.id
    /// }
    ///
    /// resource "aws_sagemaker_model" "main" {
    ///   execution_role_arn = "arn:aws:iam::111122223333:role/sagemaker"
    ///
    ///   vpc_config {
    ///     subnets            = [aws_subnet.private.id]
    ///     security_group_ids = []
    ///   }
    /// }
    /// ```
    ///
    /// Where the image comes from is not known:
    ///
    /// ```hcl,silent
    /// variable "image" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_ecs_task_definition" "app" {
    ///   family                = "app"
    ///   container_definitions = jsonencode([{ name = "app", image = var.image }])
    /// }
    ///
    /// resource "aws_ecs_service" "app" {
    ///   name            = "app"
    ///   launch_type     = "FARGATE"
    ///   task_definition = aws_ecs_task_definition.app.arn
    ///
    ///   network_configuration {
    ///     subnets = [aws_subnet.private.id]
    ///   }
    /// }
    /// ```
    ///
    /// What the subnet's route table has is not known:
    ///
    /// ```hcl,silent
    /// variable "route_table_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   subnet_id      = aws_subnet.private.id
    ///   route_table_id = var.route_table_id
    /// }
    ///
    /// resource "aws_sagemaker_model" "main" {
    ///   execution_role_arn = "arn:aws:iam::111122223333:role/sagemaker"
    ///
    ///   vpc_config {
    ///     subnets            = [aws_subnet.private.id]
    ///     security_group_ids = []
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where a service is needed only perhaps: because software decides, or a value that is not known. Where the way to the service is not known, or leads through a NAT gateway, an internet gateway or another network. Where a security group or a network ACL is in the way: an endpoint would not help. For subnets that are not declared here.
    ///
    /// Endpoints and routes that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html>
    /// - <https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html>
    /// - <https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html>
    /// - <https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html>
    pub(crate) static MISSING_COMPANION_ENDPOINTS = {
        name: "missing-companion-endpoints",
        summary: "A workload cannot reach a service that it does not work without: the VPC has no endpoint for it and no other way out",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most places that are shown as reasons.
const MOST_REASONS: usize = 4;

/// What a workload lacks.
struct Lack {
    need: Need,
    /// Where the way ends, and the route that is missing there.
    dead_end: Annotation,
}

/// Workloads of one block that lack the same.
struct Block<'n, 'a> {
    first: &'n Workload<'a>,
    lacks: Vec<Lack>,
    count: usize,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    // The instances of a block lack the same, or it is worth a finding of its own.
    let mut found: BTreeMap<(Span, Vec<&str>), Block<'_, '_>> = BTreeMap::new();
    for workload in network.workloads() {
        let lacks = lacks(cx, network, workload);
        if lacks.is_empty() {
            continue;
        }
        let services = lacks.iter().map(|lack| lack.need.service).collect();
        let block = found.entry((workload.instance.header, services)).or_insert_with(|| Block {
            first: workload,
            lacks,
            count: 0,
        });
        block.count += 1;
    }
    for block in found.values() {
        report(cx, network, block);
    }
}

/// The services that a workload certainly needs and certainly does not reach from one of its subnets.
fn lacks(cx: &Cx<'_>, network: &Network<'_>, workload: &Workload<'_>) -> Vec<Lack> {
    let needs = workload
        .needs(network)
        .into_iter()
        .filter(|need| need.certainty == Certainty::Required && need.service != facts::INTERNET);
    let places: Vec<_> = workload
        .subnets
        .items
        .iter()
        .filter(|subnet| subnet.there.is_yes())
        .filter_map(|subnet| From::workload(network, workload, subnet.target.managed()?))
        .collect();
    let mut lacks = Vec::new();
    let mut doubts = Vec::new();
    for need in needs {
        let mut dead_end = None;
        for place in &places {
            let path = network.path(place, need.service);
            if path.kind == Kind::Unknown {
                doubts.extend(path.doubts);
                continue;
            }
            if let Some(blocked) = path.blocked.filter(|blocked| has_no_way(blocked.by)) {
                let span = blocked.span.unwrap_or(place.instance.header);
                dead_end = Some(Annotation::new(span, blocked.because));
                break;
            }
        }
        if let Some(dead_end) = dead_end {
            lacks.push(Lack { need, dead_end });
        }
    }
    if lacks.is_empty() && !doubts.is_empty() {
        let question = "does it reach the services that it needs?";
        doubt::undecided(cx, workload.instance.header, question, doubts);
    }
    lacks
}

/// Whether an endpoint would open the way.
fn has_no_way(blocker: Blocker) -> bool {
    matches!(blocker, Blocker::NoRoute | Blocker::DeadEnd | Blocker::NoPublicAddress)
}

fn report(cx: &Cx<'_>, network: &Network<'_>, block: &Block<'_, '_>) {
    let Block { first: workload, lacks, count } = block;
    let names: Vec<String> = lacks.iter().map(|lack| format!("`{}`", lack.need.service)).collect();
    let names = listed(&names, usize::MAX);
    let whom = if *count > 1 {
        format!("{count} workloads of this block need {names}, and their subnets have")
    } else {
        format!("this workload needs {names}, and its subnets have")
    };
    let them = if lacks.len() == 1 { "it" } else { "them" };
    let message = format!("{whom} no way to {them}: no endpoint, and no route out of the VPC");
    let mut report = cx
        .report(workload.instance, workload.instance.header, message)
        .label(format!("has no way to {names}"))
        .help(help(network, workload, lacks));
    for (span, reason) in reasons(workload, lacks) {
        report = report.evidence(span, reason);
    }
    if let Some(lack) = lacks.first() {
        report = report.evidence(lack.dead_end.span, lack.dead_end.message.clone());
    }
    report.unless_completed_elsewhere();
}

/// The places that make it need what it lacks, each with the services that it is about.
fn reasons(workload: &Workload<'_>, lacks: &[Lack]) -> Vec<(Span, String)> {
    let mut places: Vec<(Span, &str, Vec<String>)> = Vec::new();
    for Lack { need, .. } in lacks {
        // The last condition is the one that is particular to the service.
        let Some(place) = need.evidence.last() else { continue };
        if place.span == workload.instance.header {
            continue;
        }
        let name = format!("`{}`", need.service);
        match places.iter_mut().find(|(span, why, _)| *span == place.span && *why == need.why) {
            Some((.., names)) => names.push(name),
            None => places.push((place.span, &need.why, vec![name])),
        }
    }
    let all = places.into_iter().take(MOST_REASONS);
    all.map(|(span, why, names)| (span, format!("{}: {why}", listed(&names, usize::MAX)))).collect()
}

/// The endpoints to add: those that cost nothing first.
fn help(network: &Network<'_>, workload: &Workload<'_>, lacks: &[Lack]) -> String {
    let region = network.region_of(workload.instance);
    let name = |short: &str| match region.known().zip(facts::service(short)) {
        Some((region, service)) => format!("`{}`", service.name_in(region)),
        None => format!("`{short}`"),
    };
    let (gateway, interface): (Vec<_>, Vec<_>) = lacks.iter().partition(|lack| {
        let service = facts::service(lack.need.service);
        service.is_some_and(|service| service.offers(EndpointType::Gateway))
    });
    let of = |kind: &str, lacks: &[&Lack]| {
        let names: Vec<_> = lacks.iter().map(|lack| name(lack.need.service)).collect();
        let endpoints = if names.len() == 1 { "endpoint" } else { "endpoints" };
        (!names.is_empty())
            .then(|| format!("{kind} {endpoints} for {}", listed(&names, usize::MAX)))
    };
    let all: Vec<_> =
        [of("gateway", &gateway), of("interface", &interface)].into_iter().flatten().collect();
    format!("add {}, or a route to a NAT gateway", all.join(" and "))
}
