//! From values to the objects that they name: the edges of the graph.

use std::collections::{BTreeSet, HashMap};

use privatelint_diagnostics::Cause;
use privatelint_evaluator::{
    Address, Attribute, Instance, InstanceKey, MissingModule, Mode, ModuleAddress, Multiplicity,
    TextPart, Tri, Unknown, Value,
};

use crate::kinds::{Role, role};
use crate::resources::{
    CarrierGatewayId, DhcpOptionsId, EgressOnlyGatewayId, EndpointId, EndpointServiceId,
    FirewallId, HostedZoneId, InternetGatewayId, LoadBalancerId, NatGatewayId, NetworkAclId,
    PeeringId, PrefixListId, ProfileId, ResolverEndpointId, ResolverRuleId, RouteTableId,
    SecurityGroupId, SubnetId, TransitGatewayAttachmentId, TransitGatewayId,
    TransitGatewayRouteTableId, VpcId, VpnGatewayId,
};
use crate::{Doubt, Ref};

/// How many data sources a reference is followed through.
const DEEPEST: usize = 8;

/// Functions whose unknown result is made from nothing in the code.
const WITHOUT_ARGUMENTS: [&str; 3] = ["plantimestamp", "timestamp", "uuid"];

/// An id of something in the network.
pub(crate) trait Part: Copy + PartialEq {
    /// What it is.
    const ROLE: Role;
    /// The id of the thing at a position.
    fn at(position: usize) -> Self;
    /// Its position.
    fn position(self) -> usize;
}

macro_rules! parts {
    ($($id:ident => $role:ident),* $(,)?) => {
        $(impl Part for $id {
            const ROLE: Role = Role::$role;
            fn at(position: usize) -> Self {
                Self::at(position)
            }
            fn position(self) -> usize {
                self.index()
            }
        })*
    };
}

parts!(
    VpcId => Vpc,
    DhcpOptionsId => DhcpOptions,
    SubnetId => Subnet,
    RouteTableId => RouteTable,
    NetworkAclId => NetworkAcl,
    EndpointId => Endpoint,
    EndpointServiceId => EndpointService,
    LoadBalancerId => LoadBalancer,
    SecurityGroupId => SecurityGroup,
    PrefixListId => PrefixList,
    NatGatewayId => NatGateway,
    InternetGatewayId => InternetGateway,
    EgressOnlyGatewayId => EgressOnlyGateway,
    VpnGatewayId => VpnGateway,
    CarrierGatewayId => CarrierGateway,
    TransitGatewayId => TransitGateway,
    TransitGatewayAttachmentId => TransitGatewayAttachment,
    TransitGatewayRouteTableId => TransitGatewayRouteTable,
    PeeringId => Peering,
    FirewallId => Firewall,
    HostedZoneId => HostedZone,
    ResolverEndpointId => ResolverEndpoint,
    ResolverRuleId => ResolverRule,
    ProfileId => Profile,
);

/// The instances, and what each of them is.
#[derive(Debug)]
pub(crate) struct Graph<'a> {
    pub(crate) instances: &'a [Instance],
    positions: HashMap<&'a Address, (Role, usize)>,
    by_role: Vec<(Role, Vec<&'a Instance>)>,
    /// The missing modules, each with the addresses that it is given.
    pub(crate) missing: Vec<Missing<'a>>,
}

/// A module whose code is not there.
#[derive(Debug)]
pub(crate) struct Missing<'a> {
    pub(crate) module: &'a MissingModule,
    /// The instances that its inputs refer to, itself or through other missing modules.
    pub(crate) given: BTreeSet<Address>,
    /// An input that may refer to anything.
    pub(crate) given_anything: bool,
}

impl<'a> Graph<'a> {
    pub(crate) fn new(instances: &'a [Instance], missing: &'a [MissingModule]) -> Self {
        let mut positions = HashMap::with_capacity(instances.len());
        let mut by_role: Vec<(Role, Vec<&'a Instance>)> = Vec::new();
        for instance in instances.iter().filter(|instance| instance.address.mode == Mode::Managed) {
            let Some(role) = role(&instance.address.kind) else { continue };
            let list = match by_role.iter().position(|(of, _)| *of == role) {
                Some(at) => at,
                None => {
                    by_role.push((role, Vec::new()));
                    by_role.len() - 1
                }
            };
            let Some((_, list)) = by_role.get_mut(list) else { continue };
            positions.insert(&instance.address, (role, list.len()));
            list.push(instance);
        }
        let missing = missing_modules(missing);
        Self { instances, positions, by_role, missing }
    }

    /// The instances that play a role, by address.
    pub(crate) fn with_role(&self, role: Role) -> &[&'a Instance] {
        self.by_role.iter().find(|(of, _)| *of == role).map_or(&[], |(_, list)| list.as_slice())
    }

    /// The instance behind an id.
    pub(crate) fn instance<I: Part>(&self, id: I) -> Option<&'a Instance> {
        self.with_role(I::ROLE).get(id.position()).copied()
    }

    /// The declared object of that address.
    pub(crate) fn managed<I: Part>(&self, address: &Address) -> Option<I> {
        let (role, position) = self.positions.get(address)?;
        (*role == I::ROLE).then(|| I::at(*position))
    }

    /// The object that a value names.
    pub(crate) fn resolve<I: Part>(&self, value: &Value) -> Ref<I> {
        self.follow(value, DEEPEST)
    }

    fn follow<I: Part>(&self, value: &Value, depth: usize) -> Ref<I> {
        match value {
            Value::Null => Ref::Absent,
            Value::String(text) if text.is_empty() => Ref::Absent,
            Value::Unknown(Unknown::OneOf(arms)) => {
                let mut found: Vec<Ref<I>> = Vec::new();
                for arm in arms.iter() {
                    let arm = self.follow(arm, depth);
                    if !found.contains(&arm) {
                        found.push(arm);
                    }
                }
                if found.len() == 1 { found.swap_remove(0) } else { Ref::OneOf(found) }
            }
            Value::Unknown(Unknown::Computed(attribute)) => self.of_managed(attribute, depth),
            Value::Unknown(Unknown::Data(attribute)) => self.of_data(attribute, depth),
            Value::Unknown(unknown) => Ref::Maybe(unknown.clone()),
            known => Ref::External(known.clone()),
        }
    }

    /// The object that an attribute of a managed instance names.
    fn of_managed<I: Part>(&self, attribute: &Attribute, depth: usize) -> Ref<I> {
        let unknown = || Unknown::attribute(attribute.of.clone(), attribute.path.clone());
        let Some((found, position)) = self.positions.get(&attribute.of).copied() else {
            // What another root module manages is not declared here.
            let is_elsewhere = attribute.of.module.other_root().is_some()
                && matches!(attribute.path.as_str(), "id" | "arn");
            let value = Value::Unknown(unknown());
            return if is_elsewhere { Ref::External(value) } else { Ref::Maybe(unknown()) };
        };
        match (I::ROLE, found, attribute.path.as_str()) {
            (wanted, found, "id" | "arn") if wanted == found => Ref::Managed(I::at(position)),
            (Role::HostedZone, Role::HostedZone, "zone_id") => Ref::Managed(I::at(position)),
            // A transit gateway's own table is declared nowhere.
            (
                Role::TransitGatewayRouteTable,
                Role::TransitGateway,
                "association_default_route_table_id" | "propagation_default_route_table_id",
            ) => Ref::External(Value::Unknown(unknown())),
            (
                Role::TransitGatewayAttachment,
                Role::TransitGatewayAttachment,
                "transit_gateway_attachment_id",
            ) => Ref::Managed(I::at(position)),
            // What accepts a connection has its id.
            (Role::Peering, Role::PeeringPart, "id") if depth > 0 => {
                self.follow_argument(found, position, "vpc_peering_connection_id", depth - 1)
            }
            (Role::TransitGatewayAttachment, Role::TransitAccepter, "id") if depth > 0 => {
                self.follow_argument(found, position, "transit_gateway_attachment_id", depth - 1)
            }
            (Role::NetworkAcl, Role::Vpc, "default_network_acl_id") => self
                .adopted(Role::NetworkAcl, "aws_default_network_acl", VpcId::at(position))
                .map_or_else(
                    || Ref::External(Value::Unknown(unknown())),
                    |at| Ref::Managed(I::at(at)),
                ),
            (Role::RouteTable, Role::Vpc, "main_route_table_id" | "default_route_table_id") => self
                .adopted(Role::RouteTable, "aws_default_route_table", VpcId::at(position))
                .map_or_else(
                    || Ref::External(Value::Unknown(unknown())),
                    |at| Ref::Managed(I::at(at)),
                ),
            (Role::SecurityGroup, Role::Vpc, "default_security_group_id") => self
                .adopted(Role::SecurityGroup, "aws_default_security_group", VpcId::at(position))
                .map_or_else(
                    || Ref::External(Value::Unknown(unknown())),
                    |at| Ref::Managed(I::at(at)),
                ),
            (Role::Vpc, _, "vpc_id") if depth > 0 => {
                let instance = self.with_role(found).get(position);
                let vpc = instance.map(|instance| self.vpc_of_at(instance, depth - 1));
                match vpc {
                    Some(Ref::Managed(vpc)) => Ref::Managed(I::at(vpc.index())),
                    _ => Ref::Maybe(unknown()),
                }
            }
            _ => Ref::Maybe(unknown()),
        }
    }

    /// The object that an argument of an instance names.
    fn follow_argument<I: Part>(
        &self,
        role: Role,
        position: usize,
        argument: &str,
        depth: usize,
    ) -> Ref<I> {
        let instance = self.with_role(role).get(position);
        let value = instance.and_then(|instance| instance.body.get(argument));
        value.map_or(Ref::Absent, |value| self.follow(value, depth))
    }

    /// The position of the resource that adopts a VPC's default object, if it is declared.
    fn adopted(&self, role: Role, kind: &str, vpc: VpcId) -> Option<usize> {
        self.with_role(role).iter().position(|instance| {
            instance.address.kind == kind && self.vpc_of(instance).managed() == Some(vpc)
        })
    }

    /// The object that an attribute of a data source names.
    fn of_data<I: Part>(&self, attribute: &Attribute, depth: usize) -> Ref<I> {
        let unknown = Unknown::attribute(attribute.of.clone(), attribute.path.clone());
        let Some(data) = self.data(&attribute.of) else { return Ref::Maybe(unknown) };
        if I::ROLE == Role::Vpc && attribute.path == "vpc_id" && depth > 0 {
            let id = data.body.get("id").unwrap_or(&Value::Null);
            let vpc = match attribute.of.kind.as_str() {
                "aws_subnet" => self.vpc_behind::<SubnetId>(id, depth - 1),
                "aws_security_group" => self.vpc_behind::<SecurityGroupId>(id, depth - 1),
                "aws_route_table" => {
                    let id = data.body.get("route_table_id").unwrap_or(&Value::Null);
                    self.vpc_behind::<RouteTableId>(id, depth - 1)
                }
                _ => None,
            };
            if let Some(vpc) = vpc {
                return Ref::Managed(I::at(vpc.index()));
            }
        }
        if self.is_read_first(data, depth) {
            Ref::External(Value::Unknown(unknown))
        } else {
            Ref::Maybe(unknown)
        }
    }

    fn vpc_behind<I: Part>(&self, id: &Value, depth: usize) -> Option<VpcId> {
        let Ref::Managed(object) = self.follow::<I>(id, depth) else { return None };
        self.vpc_of_at(self.instance(object)?, depth).managed()
    }

    fn data(&self, address: &Address) -> Option<&'a Instance> {
        let at = self.instances.binary_search_by(|instance| instance.address.cmp(address)).ok()?;
        self.instances.get(at)
    }

    /// Whether a data source is read before anything here is made, so that what it finds is not declared here. Terraform reads it then if
    /// nothing that it is given comes from a managed resource. A module around it may wait for something (`depends_on`), which
    /// an instance does not tell, so only those of the root module count.
    fn is_read_first(&self, data: &Instance, depth: usize) -> bool {
        let has_unknown_origin = |value: &Value| {
            any_unknown(value, &mut |unknown| match unknown {
                Unknown::Variable(_) | Unknown::Environment(_) => false,
                // The outputs of another root module are there before this one is planned.
                Unknown::Computed(attribute) | Unknown::Data(attribute)
                    if attribute.of.module.other_root().is_some() =>
                {
                    false
                }
                Unknown::ModuleMissing(output) if output.module.other_root().is_some() => false,
                Unknown::Data(attribute) => {
                    let data = self.data(&attribute.of).filter(|_| depth > 0);
                    !data.is_some_and(|data| self.is_read_first(data, depth - 1))
                }
                _ => true,
            })
        };
        data.address.module.is_root()
            && data.depends_on.is_empty()
            && !data.body.attributes.values().any(|attribute| has_unknown_origin(&attribute.value))
            && !data.body.blocks.iter().any(|block| {
                block.multiplicity == Multiplicity::Unknown
                    || block
                        .body
                        .attributes
                        .values()
                        .any(|attribute| has_unknown_origin(&attribute.value))
            })
    }

    /// The VPC of an instance that has one.
    pub(crate) fn vpc_of(&self, instance: &Instance) -> Ref<VpcId> {
        self.vpc_of_at(instance, DEEPEST)
    }

    fn vpc_of_at(&self, instance: &Instance, depth: usize) -> Ref<VpcId> {
        if let Some(value) = instance.body.get("vpc_id") {
            return self.follow(value, depth);
        }
        // The default table and ACL are named by an attribute of their VPC.
        let default = ["default_route_table_id", "default_network_acl_id"];
        if let Some(Value::Unknown(Unknown::Computed(attribute))) =
            default.iter().find_map(|name| instance.body.get(name))
            && let Some((Role::Vpc, position)) = self.positions.get(&attribute.of)
        {
            return Ref::Managed(VpcId::at(*position));
        }
        // Left out, it is the account's default VPC, or comes from something that is attached later.
        Ref::Maybe(Unknown::attribute(instance.address.clone(), "vpc_id"))
    }

    /// Whether a link to an object by its id is certainly one to this object.
    pub(crate) fn links_to<I: Part>(&self, reference: &Ref<I>, id: I) -> Tri {
        match reference {
            // One instance that stands for several: one of them is meant.
            Ref::Managed(of) if *of == id => match self.instance(id) {
                Some(instance) if instance.address.key != InstanceKey::Unknown => Tri::Yes,
                _ => Tri::Unknown,
            },
            Ref::Managed(_) | Ref::Absent => Tri::No,
            Ref::External(_) => {
                let adopted = self.instance(id).is_some_and(is_adopted);
                if adopted { Tri::Unknown } else { Tri::No }
            }
            Ref::OneOf(arms) => {
                crate::argument::agree(arms.iter().map(|arm| self.links_to(arm, id)))
            }
            Ref::Maybe(_) => Tri::Unknown,
        }
    }
}

/// Whether a resource takes over an object that AWS made, so that an id from elsewhere may be its.
pub(crate) fn is_adopted(instance: &Instance) -> bool {
    instance.address.kind.starts_with("aws_default_")
}

/// Whether an instance is certainly there.
pub(crate) fn exists(instance: &Instance) -> Tri {
    match instance.multiplicity {
        Multiplicity::One => Tri::Yes,
        Multiplicity::Unknown => Tri::Unknown,
    }
}

/// Whether any unknown inside a value, at any depth, is of a kind.
pub(crate) fn any_unknown(value: &Value, is: &mut dyn FnMut(&Unknown) -> bool) -> bool {
    match value {
        Value::Unknown(unknown) => any_of(unknown, is),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            elements.iter().any(|element| any_unknown(element, is))
        }
        Value::Map(entries) => entries.values().any(|value| any_unknown(value, is)),
        Value::Object(object) => {
            object.attributes.values().any(|value| any_unknown(value, is))
                || object.rest.as_ref().is_some_and(|rest| any_of(rest, is))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn any_of(unknown: &Unknown, is: &mut dyn FnMut(&Unknown) -> bool) -> bool {
    match unknown {
        Unknown::OneOf(arms) => arms.iter().any(|arm| any_unknown(arm, is)),
        Unknown::Derived(causes) => causes.iter().any(|cause| any_of(cause, is)),
        Unknown::Text(parts) => parts.iter().any(|part| match part {
            TextPart::Known(_) => false,
            TextPart::Unknown(unknown) => any_of(unknown, is),
        }),
        unknown => is(unknown),
    }
}

/// What each missing module is given. One that is given an output of another is given what that one is.
fn missing_modules(missing: &[MissingModule]) -> Vec<Missing<'_>> {
    let mut found = Vec::with_capacity(missing.len());
    let mut fed_by: Vec<BTreeSet<ModuleAddress>> = Vec::with_capacity(missing.len());
    for module in missing {
        let mut given = BTreeSet::new();
        let mut given_anything = false;
        let mut modules = BTreeSet::new();
        for input in module.inputs.values() {
            input.value.for_each_address(&mut |address| {
                given.insert(address.clone());
            });
            any_unknown(&input.value, &mut |unknown| {
                match unknown {
                    Unknown::ModuleMissing(output) => {
                        modules.insert(output.module.clone());
                    }
                    Unknown::Function(name) if WITHOUT_ARGUMENTS.contains(&name.as_str()) => {}
                    Unknown::Error | Unknown::Cycle | Unknown::Function(_) => given_anything = true,
                    _ => {}
                }
                false
            });
        }
        found.push(Missing { module, given, given_anything });
        fed_by.push(modules);
    }
    // Each round passes what is given on by one module; there are no more rounds than modules.
    for _ in 0..found.len() {
        let mut changed = false;
        for (at, sources) in fed_by.iter().enumerate() {
            let mut more = BTreeSet::new();
            let mut anything = false;
            for source in found.iter().filter(|other| sources.contains(&other.module.address)) {
                more.extend(source.given.iter().cloned());
                anything |= source.given_anything;
            }
            if let Some(module) = found.get_mut(at) {
                let before = (module.given.len(), module.given_anything);
                module.given.extend(more);
                module.given_anything |= anything;
                changed |= before != (module.given.len(), module.given_anything);
            }
        }
        if !changed {
            break;
        }
    }
    found
}

impl Missing<'_> {
    /// Why code that is not there may do something to what it is given.
    pub(crate) fn doubt(&self) -> Doubt {
        Doubt::new(
            format!("the code of `{}` is not there", self.module.address),
            "run `terraform init`, which puts it under `.terraform/modules`",
            Some(self.module.span),
        )
        .of_kind(Cause::Module)
    }

    /// Whether it is given an instance.
    pub(crate) fn is_given(&self, address: &Address) -> bool {
        self.given_anything || self.given.contains(address)
    }
}
