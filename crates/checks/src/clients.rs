//! What rules about the clients of endpoints share.

use privatelint_network::resources::VpcId;
use privatelint_network::{Network, Workload};

/// The types of functions and containers: what a user's code runs in.
const FUNCTIONS_AND_CONTAINERS: [&str; 6] = [
    "aws_batch_compute_environment",
    "aws_codebuild_project",
    "aws_ecs_service",
    "aws_ecs_task_set",
    "aws_eks_fargate_profile",
    "aws_lambda_function",
];

/// The types of machines.
const MACHINES: [&str; 3] = ["aws_autoscaling_group", "aws_eks_node_group", "aws_instance"];

/// Whether a workload is a function or a container, which normally calls AWS services.
pub(crate) fn is_function_or_container(workload: &Workload<'_>) -> bool {
    FUNCTIONS_AND_CONTAINERS.contains(&workload.instance.address.kind.as_str())
}

/// Whether a workload runs a user's code, so that it may call any AWS service.
pub(crate) fn runs_code(workload: &Workload<'_>) -> bool {
    is_function_or_container(workload)
        || MACHINES.contains(&workload.instance.address.kind.as_str())
}

/// The workloads that are certainly there and in a VPC.
pub(crate) fn workloads_in<'n, 'a>(
    network: &'n Network<'a>,
    vpc: VpcId,
) -> impl Iterator<Item = &'n Workload<'a>> {
    network
        .workloads()
        .iter()
        .filter(move |workload| workload.there.is_yes() && workload.vpc.managed() == Some(vpc))
}
