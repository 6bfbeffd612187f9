//! Where traffic starts.

use privatelint_evaluator::{Instance, Tri};

use crate::resources::{SecurityGroupId, SubnetId, VpcId};
use crate::workloads::Workload;
use crate::{Members, Network, Ref};

/// The place in a VPC that traffic starts from.
#[derive(Debug, Clone)]
pub struct From<'n, 'a> {
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// What has its security groups, if that is a workload: a subnet has none.
    pub groups: Option<&'n Members<'a, SecurityGroupId>>,
    /// Whether it has a public address. Of a subnet it is asked what its clients could have: yes.
    pub public: Tri,
    /// The resource.
    pub instance: &'a Instance,
}

impl<'n, 'a> From<'n, 'a> {
    /// Any client in a subnet.
    #[must_use]
    pub fn subnet(network: &'n Network<'a>, id: SubnetId) -> Option<Self> {
        let subnet = network.subnet(id)?;
        Some(Self {
            subnet: id,
            vpc: subnet.vpc.clone(),
            groups: None,
            public: Tri::Yes,
            instance: subnet.instance,
        })
    }

    /// A workload, in one of its subnets.
    #[must_use]
    pub fn workload(
        network: &'n Network<'a>,
        workload: &'n Workload<'a>,
        subnet: SubnetId,
    ) -> Option<Self> {
        let place = network.subnet(subnet)?;
        Some(Self {
            subnet,
            vpc: place.vpc.clone(),
            groups: Some(&workload.groups),
            public: workload.public,
            instance: workload.instance,
        })
    }
}

impl<'a> Network<'a> {
    /// The place that an address names: a subnet, or a workload in the first of its subnets that is declared here.
    #[must_use]
    pub fn place(&self, address: &str) -> Option<From<'_, 'a>> {
        let subnet =
            self.subnets.iter().find(|subnet| subnet.instance.address.to_string() == address);
        if let Some(subnet) = subnet {
            return From::subnet(self, subnet.id);
        }
        let workload = self
            .workloads()
            .iter()
            .find(|workload| workload.instance.address.to_string() == address)?;
        let subnet = workload.subnets.items.iter().find_map(|member| member.target.managed())?;
        From::workload(self, workload, subnet)
    }
}
