//! `s3-endpoint-policy-omits-aws-owned-buckets`.

use privatelint_diagnostics::{Annotation, Confidence};
use privatelint_evaluator::{Instance, Multiplicity, Tri};
use privatelint_network::facts::{self, AwsBucket, aws_buckets};
use privatelint_network::policy::{self, Policy, Reading, Statement, UNKNOWN};
use privatelint_network::resources::{Endpoint, EndpointType};
use privatelint_network::{Certainty, Network, Ref};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds policies of S3 endpoints that leave out a bucket of AWS which the VPC needs: the layers of container images are fetched from `prod-<region>-starport-layer-bucket`, and the VPC has an endpoint for Amazon ECR, or a workload that pulls images from it.
    ///
    /// ## Why is this bad
    ///
    /// Pulling an image begins at ECR and goes on at S3, with addresses that ECR has signed. A policy that lists the own buckets, or asks for the own account or organization (`aws:PrincipalOrgID`, `aws:ResourceAccount`), refuses them: the bucket is AWS's, and so is whoever signed. The manifest arrives, the layers do not, and tasks stop with `CannotPullContainerError` and `403 Forbidden`.
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
    /// resource "aws_vpc_endpoint" "ecr" {
    ///   for_each = toset(["ecr.api", "ecr.dkr"])
    ///
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = aws_vpc.main.id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    ///
    ///   policy = jsonencode({
    ///     Version = "2012-10-17"
    ///     Statement = [{
    ///       Effect    = "Allow"
    ///       Principal = "*"
    ///       Action    = "s3:*"
    ///       Resource  = ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"]
    ///     }]
    ///   })
    /// }
    /// ```
    ///
    /// A condition on the organization, in a policy document that a module is given:
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
    /// resource "aws_vpc_endpoint" "ecr" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// data "aws_iam_policy_document" "perimeter" {
    ///   statement {
    ///     actions   = ["*"]
    ///     resources = ["*"]
    ///
    ///     principals {
    ///       type        = "*"
    ///       identifiers = ["*"]
    ///     }
    ///
    ///     condition {
    ///       test     = "StringEquals"
    ///       variable = "aws:PrincipalOrgID"
    ///       values   = ["o-a1b2c3d4e5"]
    ///     }
    ///   }
    /// }
    ///
    /// module "s3" {
    ///   source = "./modules/gateway"
    ///
    ///   vpc_id = aws_vpc.main.id
    ///   policy = data.aws_iam_policy_document.perimeter.json
    /// }
    ///
    /// # file: modules/gateway/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "policy" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   vpc_id       = var.vpc_id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    ///   policy       = var.policy
    /// }
    /// ```
    ///
    /// Instead, a statement more:
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
    /// resource "aws_vpc_endpoint" "ecr" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = aws_vpc.main.id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    ///
    ///   policy = jsonencode({
    ///     Version = "2012-10-17"
    ///     Statement = [
    ///       {
    ///         Effect    = "Allow"
    ///         Principal = "*"
    ///         Action    = "s3:*"
    ///         Resource  = ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"]
    ///       },
    ///       {
    ///         Effect    = "Allow"
    ///         Principal = "*"
    ///         Action    = "s3:GetObject"
    ///         Resource  = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"
    ///       },
    ///     ]
    ///   })
    /// }
    /// ```
    ///
    /// Which buckets the policy names is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "bucket_arns" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ecr" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = aws_vpc.main.id
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    ///
    ///   policy = jsonencode({
    ///     Version = "2012-10-17"
    ///     Statement = [{
    ///       Effect    = "Allow"
    ///       Principal = "*"
    ///       Action    = "s3:*"
    ///       Resource  = var.bucket_arns
    ///     }]
    ///   })
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Without an endpoint for ECR in the same VPC, and without a workload that certainly pulls images from ECR. For interface endpoints without private DNS, and for those whose names answer on premises only: clients in the VPC do not use them. Where the policy, the region or the VPC is not known. Buckets that other services may read, such as those of Systems Manager's agent and of package repositories, are not asked for: whether they are needed depends on software.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    /// - <https://github.com/aws-samples/data-perimeter-policy-examples>
    pub(crate) static S3_ENDPOINT_POLICY_OMITS_AWS_OWNED_BUCKETS = {
        name: "s3-endpoint-policy-omits-aws-owned-buckets",
        summary: "The policy of an S3 endpoint leaves out a bucket of AWS that the VPC needs, such as that of ECR's image layers",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The service whose endpoints lead to buckets, and how their clients read.
const SERVICE: &str = "s3";
const ACTION: &str = "s3:GetObject";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in &network.endpoints {
        if serves_the_vpc(endpoint).is_yes() && endpoint.policy.span.is_some() {
            for bucket in aws_buckets() {
                check_bucket(cx, network, endpoint, bucket);
            }
        }
    }
}

/// Whether clients in the VPC use an S3 endpoint by the usual names.
fn serves_the_vpc(endpoint: &Endpoint<'_>) -> Tri {
    let there: Tri = (endpoint.instance.multiplicity == Multiplicity::One).into();
    let by_name = Tri::all([
        endpoint.is_type(EndpointType::Interface),
        endpoint.private_dns.is,
        !endpoint.inbound_only(),
    ]);
    Tri::all([
        there,
        endpoint.service.is(SERVICE),
        endpoint.is_type(EndpointType::Gateway).or(by_name),
    ])
}

fn check_bucket(cx: &Cx<'_>, network: &Network<'_>, endpoint: &Endpoint<'_>, bucket: &AwsBucket) {
    let region = network.region_of(endpoint.instance);
    let Some(region) = region.known() else { return };
    let Some(partition) = facts::partition_of(region) else { return };
    let Some(user) = user(network, endpoint, &bucket.service) else { return };
    let Some(span) = endpoint.policy.span else { return };
    let name = bucket.name_in(region);
    let object = format!("arn:{}:s3:::{name}/object", partition.name);
    let allows = match policy::read(&endpoint.policy.value) {
        Reading::Policy(policy) => allows_aws(&policy, &object),
        Reading::Unknown => Tri::Unknown,
        Reading::Absent | Reading::Invalid(_) => Tri::Yes,
    };
    match allows {
        Tri::Yes => {}
        Tri::Unknown => {
            let question = format!("does the endpoint policy allow reading `{name}`?");
            let doubts = doubt::of_argument(allows, &endpoint.policy);
            doubt::undecided(cx, span, &question, doubts);
        }
        Tri::No => {
            let what = &bucket.what;
            let message = format!(
                "the policy of the {} does not let {what} through, which are in AWS's bucket `{name}`",
                endpoint::describe(endpoint),
            );
            cx.report(writer(network, endpoint), span, message)
                .label(format!("refuses `{name}`"))
                .evidence_once(endpoint.instance.header, "the policy of this endpoint")
                .evidence_once(user.span, user.message)
                .help(format!(
                    "allow `{ACTION}` on `arn:{}:s3:::{name}/*` in a statement without conditions on account or organization",
                    partition.name
                ))
                .confidence(Confidence::Likely);
        }
    }
}

/// What shows that the VPC uses a service: an endpoint for it, or a workload that certainly needs it.
fn user(network: &Network<'_>, endpoint: &Endpoint<'_>, service: &str) -> Option<Annotation> {
    let Ref::Managed(vpc) = endpoint.vpc else { return None };
    let found = network.has_endpoint(&endpoint.vpc, service, EndpointType::Interface);
    if let (Tri::Yes, Some(place)) = (found.is, found.evidence.into_iter().next()) {
        return Some(place);
    }
    let mut workloads = network
        .workloads()
        .iter()
        .filter(|workload| workload.there.is_yes() && workload.vpc.managed() == Some(vpc));
    workloads.find_map(|workload| {
        let needs = workload.needs(network);
        let need = needs
            .into_iter()
            .find(|need| need.service == service && need.certainty == Certainty::Required)?;
        Some(Annotation::new(workload.instance.header, format!("needs it: {}", need.why)))
    })
}

/// Whether a policy lets AWS's own identities read an object of AWS.
fn allows_aws(policy: &Policy, object: &str) -> Tri {
    Tri::any(policy.statements.iter().map(|statement| {
        Tri::all([
            statement.allows,
            statement.covers(ACTION, object),
            is_for_anybody(statement),
            !limits_to_others(statement),
        ])
    }))
}

fn is_for_anybody(statement: &Statement) -> Tri {
    if statement.not_principal {
        return Tri::Yes;
    }
    Tri::any(statement.principals.iter().map(|(_, id)| match id.as_str() {
        "*" => Tri::Yes,
        id if id.contains(UNKNOWN) => Tri::Unknown,
        _ => Tri::No,
    }))
}

/// Whether a condition asks for an account or an organization, which is never AWS's.
fn limits_to_others(statement: &Statement) -> Tri {
    Tri::any(statement.conditions.iter().map(|condition| {
        if condition.key.contains(UNKNOWN) || condition.operator.contains(UNKNOWN) {
            return Tri::Unknown;
        }
        if facts::perimeter_key(&condition.key).is_none() {
            return Tri::No;
        }
        let operator = condition.operator.to_ascii_lowercase();
        if operator.contains("not") || operator.contains("ifexists") || operator == "null" {
            return Tri::Unknown;
        }
        let may_be_anybody = condition.values.iter().any(|value| value.contains('*'));
        if may_be_anybody { Tri::Unknown } else { Tri::Yes }
    }))
}

/// The instance that writes the policy of an endpoint.
fn writer<'a>(network: &Network<'a>, endpoint: &Endpoint<'a>) -> &'a Instance {
    let mut writers = network.instances.iter().filter(|instance| {
        instance.body.span_of("policy") == endpoint.policy.span
            && instance.body.get("policy") == Some(&endpoint.policy.value)
    });
    writers.next().unwrap_or(endpoint.instance)
}
