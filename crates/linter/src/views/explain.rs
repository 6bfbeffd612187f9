//! One way step by step.

use privatelint_diagnostics::paths::Explanation;
use privatelint_network::Network;
use privatelint_network::path::Path;

use super::places::{means, subnets_of};
use super::ways;

/// The ways from every subnet and workload that a written address means, and the addresses that it could have meant.
pub(super) fn root(
    name: &str,
    network: &Network<'_>,
    from: &str,
    service: &'static str,
) -> (Vec<Explanation>, Vec<String>) {
    let explanation = |from: String, path: &Path| Explanation {
        root: name.to_owned(),
        from,
        to: service.to_owned(),
        cell: ways::cell(path),
        steps: ways::steps(path),
        doubts: path.doubts.iter().map(ways::remark).collect(),
    };
    let mut found = Vec::new();
    let mut known = Vec::new();
    for subnet in &network.subnets {
        let address = subnet.instance.address.to_string();
        if means(from, subnet.instance) {
            let path = ways::of_subnet(network, subnet, service);
            found.push(explanation(address.clone(), &path));
        }
        known.push(address);
    }
    for workload in network.workloads() {
        let address = workload.instance.address.to_string();
        if means(from, workload.instance) {
            let subnets = subnets_of(network, workload);
            if subnets.is_empty() {
                found.push(Explanation {
                    root: name.to_owned(),
                    from: address.clone(),
                    to: service.to_owned(),
                    cell: ways::nowhere(workload),
                    steps: Vec::new(),
                    doubts: workload.subnets.doubts.iter().map(ways::remark).collect(),
                });
            }
            for subnet in subnets {
                let path = ways::of_workload(network, workload, subnet, service);
                let from = format!("{address} in {}", subnet.instance.address);
                found.push(explanation(from, &path));
            }
        }
        known.push(address);
    }
    (found, known)
}
