//! DHCP options: which name servers instances ask.

use privatelint_evaluator::{Instance, Tri, Value};

use super::DhcpOptionsId;
use crate::Argument;
use crate::argument::agree;
use crate::graph::{Graph, is_adopted};
use crate::kinds::Role;

/// `aws_vpc_dhcp_options` or `aws_default_vpc_dhcp_options`.
#[derive(Debug)]
pub struct DhcpOptions<'a> {
    /// Its id in the network.
    pub id: DhcpOptionsId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `domain_name_servers`.
    pub servers: Argument,
}

/// What stands for the VPC's own resolver among the name servers.
const OWN_RESOLVER: &str = "AmazonProvidedDNS";

impl DhcpOptions<'_> {
    /// Whether clients ask the VPC's own resolver first. Unknown if it is one of several name servers, because clients choose
    /// among them, or if the code names none.
    #[must_use]
    pub fn asks_own_resolver(&self) -> Tri {
        if is_adopted(self.instance) {
            return Tri::Yes;
        }
        agree(self.servers.value.alternatives().iter().map(|servers| {
            let Some(servers) = servers.as_elements() else { return Tri::Unknown };
            let own = |server: &Value| match server {
                Value::String(text) => text.eq_ignore_ascii_case(OWN_RESOLVER).into(),
                _ => Tri::Unknown,
            };
            agree(servers.iter().map(own))
        }))
    }
}

pub(crate) fn dhcp_options<'a>(graph: &Graph<'a>) -> Vec<DhcpOptions<'a>> {
    let instances = graph.with_role(Role::DhcpOptions).iter().enumerate();
    instances
        .map(|(at, instance)| DhcpOptions {
            id: DhcpOptionsId::at(at),
            instance,
            servers: Argument::of(&instance.body, "domain_name_servers"),
        })
        .collect()
}
