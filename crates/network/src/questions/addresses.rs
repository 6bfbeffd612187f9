//! Where does something have its addresses?

use privatelint_evaluator::{InstanceKey, Value};

use crate::addresses::{Addresses, Family};
use crate::resources::{SubnetId, VpcId};
use crate::{Members, Network, Ref};

impl Network<'_> {
    /// The addresses that a subnet has.
    #[must_use]
    pub fn addresses_in(&self, subnet: SubnetId, family: Family) -> Addresses {
        let Some(subnet) = self.subnet(subnet) else {
            return Addresses::somewhere(family, Vec::new());
        };
        let within = self.blocks_around(&subnet.vpc, family);
        let argument = match family {
            Family::V4 => "cidr_block",
            Family::V6 => "ipv6_cidr_block",
        };
        match subnet.instance.body.get(argument) {
            // One instance that stands for several has several blocks.
            Some(written) if subnet.instance.address.key != InstanceKey::Unknown => {
                Addresses::written(family, written.clone(), within)
            }
            _ => Addresses::somewhere(family, within),
        }
    }

    /// The addresses of a VPC: its first block, which its name for routes and rules is made of.
    #[must_use]
    pub fn addresses_of_vpc(&self, vpc: VpcId, family: Family) -> Addresses {
        let within = self.blocks_around(&Ref::Managed(vpc), family);
        let own = self.vpc(vpc).filter(|_| family == Family::V4);
        match own.map(|own| &own.cidr_block.value) {
            Some(written) if !written.is_null() => {
                Addresses::written(family, written.clone(), within)
            }
            _ => Addresses::somewhere(family, within),
        }
    }

    /// The addresses of subnets, certain and possible ones. One that is not declared here is somewhere in the VPC.
    #[must_use]
    pub fn addresses_of(
        &self,
        subnets: &Members<'_, SubnetId>,
        vpc: &Ref<VpcId>,
        family: Family,
    ) -> Vec<Addresses> {
        let somewhere = || Addresses::somewhere(family, self.blocks_around(vpc, family));
        let mut found = Vec::new();
        for member in &subnets.items {
            let candidates = member.target.candidates();
            if candidates.is_empty() || member.target.unknown().is_some() {
                found.push(somewhere());
            }
            found.extend(candidates.into_iter().map(|subnet| self.addresses_in(subnet, family)));
        }
        if !subnets.doubts.is_empty() || found.is_empty() {
            found.push(somewhere());
        }
        let mut distinct: Vec<Addresses> = Vec::new();
        for addresses in found {
            if !distinct.contains(&addresses) {
                distinct.push(addresses);
            }
        }
        distinct
    }

    /// The blocks of a VPC, of which one has each of its subnets inside; none if there may be more.
    fn blocks_around(&self, vpc: &Ref<VpcId>, family: Family) -> Vec<Value> {
        let Some(own) = vpc.managed().and_then(|id| self.vpc(id)) else { return Vec::new() };
        let blocks = match family {
            Family::V4 => &own.ipv4,
            Family::V6 => &own.ipv6,
        };
        let is_one = own.instance.address.key != InstanceKey::Unknown;
        let are_all = own.cidr_doubts.is_empty() && blocks.iter().all(|block| block.there.is_yes());
        if is_one && are_all {
            blocks.iter().map(|block| block.value.clone()).collect()
        } else {
            Vec::new()
        }
    }
}
