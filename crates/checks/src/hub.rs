//! What rules about endpoints that other VPCs use share.

use privatelint_network::path::{Blocked, Blocker, From};
use privatelint_network::resources::{Endpoint, EndpointType, Subnet, Vpc};
use privatelint_network::{Network, Resolved};

/// A service whose name leads clients in a VPC to an endpoint of another VPC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RemoteUse<'n, 'a> {
    /// The VPC with the clients.
    pub(crate) spoke: &'n Vpc<'a>,
    /// The endpoint.
    pub(crate) endpoint: &'n Endpoint<'a>,
    /// The short name of the service.
    pub(crate) service: &'static str,
}

/// A subnet whose traffic to such an endpoint certainly does not arrive.
#[derive(Debug)]
pub(crate) struct Cut<'n, 'a> {
    /// What leads the clients to the endpoint.
    pub(crate) remote: RemoteUse<'n, 'a>,
    /// The subnet with the clients.
    pub(crate) subnet: &'n Subnet<'a>,
    /// What stops the traffic.
    pub(crate) blocked: Blocked,
}

/// The services that VPCs certainly or perhaps reach through an endpoint of another VPC, both declared here.
pub(crate) fn remote_uses<'n, 'a>(network: &'n Network<'a>) -> Vec<RemoteUse<'n, 'a>> {
    let mut found = Vec::new();
    if network.vpcs.len() < 2 {
        return found;
    }
    for endpoint in &network.endpoints {
        let (Some(service), Some(home)) = (endpoint.service.short_name(), endpoint.vpc.managed())
        else {
            continue;
        };
        if !endpoint.is_type(EndpointType::Interface).is_yes() {
            continue;
        }
        for spoke in network.vpcs.iter().filter(|vpc| vpc.id != home) {
            let region = network.region_of(spoke.instance);
            let answer = network.resolve_service(spoke.id, service, region.known());
            let (Resolved::Endpoint(to) | Resolved::Zone(_, Some(to))) = answer.to else {
                continue;
            };
            if to == endpoint.id {
                found.push(RemoteUse { spoke, endpoint, service });
            }
        }
    }
    found
}

/// The subnets of those VPCs from which the endpoint is certainly out of reach because of a kind of thing.
pub(crate) fn cut_by<'n, 'a>(network: &'n Network<'a>, by: Blocker) -> Vec<Cut<'n, 'a>> {
    let mut found = Vec::new();
    for remote in remote_uses(network) {
        let own = network
            .subnets
            .iter()
            .filter(|subnet| network.is_vpc(&subnet.vpc, remote.spoke.id).is_yes());
        for subnet in own {
            let Some(from) = From::subnet(network, subnet.id) else { continue };
            let path = network.path(&from, remote.service);
            let is_decided = path.is_decided() && path.doubts.is_empty();
            let blocked = path.blocked.filter(|blocked| is_decided && blocked.by == by);
            let Some(blocked) = blocked else { continue };
            let RemoteUse { spoke, endpoint, service } = remote;
            found.push(Cut {
                remote: RemoteUse { spoke, endpoint, service },
                subnet,
                blocked: *blocked,
            });
        }
    }
    found
}
