//! What rules about availability zones share.

use privatelint_evaluator::Tri;
use privatelint_network::resources::SubnetId;
use privatelint_network::{Members, Network};

/// The subnets, if all are known, declared here and certainly there.
pub(crate) fn all_subnets(members: &Members<'_, SubnetId>) -> Option<Vec<SubnetId>> {
    if !members.is_complete() {
        return None;
    }
    members.items.iter().map(|member| member.target.managed()).collect()
}

/// Whether one of several subnets is in the zone of a subnet.
pub(crate) fn has_zone_of(network: &Network<'_>, subnets: &[SubnetId], of: SubnetId) -> Tri {
    Tri::any(subnets.iter().map(|subnet| network.same_zone(*subnet, of)))
}

/// How many zones subnets certainly are in at least: one of each zone is counted.
pub(crate) fn count_zones(network: &Network<'_>, subnets: &[SubnetId]) -> usize {
    let mut distinct: Vec<SubnetId> = Vec::new();
    for subnet in subnets {
        if has_zone_of(network, &distinct, *subnet).is_no() {
            distinct.push(*subnet);
        }
    }
    distinct.len()
}

/// The name of a subnet's zone in a message, if the code writes it; otherwise it is called by the subnet.
pub(crate) fn zone_name(network: &Network<'_>, subnet: SubnetId) -> String {
    let Some(subnet) = network.subnet(subnet) else { return String::new() };
    match subnet.zone.value.as_str().or(subnet.zone_id.value.as_str()) {
        Some(zone) => format!("`{zone}`"),
        None => format!("the zone of `{}`", subnet.instance.address.within_module()),
    }
}
