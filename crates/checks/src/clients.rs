//! What rules about the clients of endpoints share.

use privatelint_network::facts::RunsAs;
use privatelint_network::resources::VpcId;
use privatelint_network::{Network, Workload};

/// Whether a workload is a function or a container, which normally calls AWS services.
pub(crate) fn is_function_or_container(workload: &Workload<'_>) -> bool {
    matches!(workload.runs_as(), Some(RunsAs::Function | RunsAs::Container))
}

/// Whether a workload runs a user's code, so that it may call any AWS service.
pub(crate) fn runs_code(workload: &Workload<'_>) -> bool {
    workload.runs_as().is_some()
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
