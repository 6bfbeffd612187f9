//! Which addresses does a prefix list have?

use privatelint_evaluator::{Address, Instance, Mode, Multiplicity, Tri, Unknown, Value};

use crate::facts::{NameForm, ServiceName};
use crate::resources::PrefixListId;
use crate::{Argument, Doubt, Network, Ref};

/// How many data sources a prefix list is followed through.
const DEEPEST: usize = 4;

/// The attributes of an endpoint that are its prefix list's: the id, and the blocks.
const OF_ENDPOINT: [&str; 2] = ["prefix_list_id", "cidr_blocks"];

/// What a prefix list has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PrefixList {
    /// The public addresses of a service in a region: the list's name is that of the service's endpoints.
    Service(ServiceName),
    /// These blocks, and no others if there is no doubt.
    Blocks(Vec<(Value, Tri)>, Vec<Doubt>),
    /// Not known.
    Unknown(Option<Unknown>),
}

impl Network<'_> {
    /// The prefix list of that id.
    pub(crate) fn list_of_id(&self, id: &Value) -> PrefixList {
        self.list(id, DEEPEST)
    }

    /// The prefix list whose blocks a value is, if it is the attribute of one that holds them.
    pub(crate) fn list_of_blocks(&self, blocks: &Value) -> Option<PrefixList> {
        let attribute = match blocks {
            Value::Unknown(Unknown::Computed(attribute) | Unknown::Data(attribute)) => attribute,
            _ => return None,
        };
        let holds = match attribute.of.kind.as_str() {
            "aws_prefix_list" | "aws_vpc_endpoint" => attribute.path == "cidr_blocks",
            _ => false,
        };
        holds.then(|| self.list(blocks, DEEPEST))
    }

    fn list(&self, value: &Value, depth: usize) -> PrefixList {
        let (attribute, unknown) = match value {
            Value::Unknown(unknown @ (Unknown::Computed(attribute) | Unknown::Data(attribute))) => {
                (attribute, unknown)
            }
            Value::Unknown(unknown) => return PrefixList::Unknown(Some(unknown.clone())),
            _ => return PrefixList::Unknown(None),
        };
        if let Ref::Managed(list) = self.graph.resolve::<PrefixListId>(value)
            && let Some(list) = self.prefix_list(list)
        {
            let entries = list.entries.iter().map(|entry| (entry.cidr.clone(), entry.there));
            return PrefixList::Blocks(entries.collect(), list.doubts.clone());
        }
        let not_known = || PrefixList::Unknown(Some(unknown.clone()));
        let Some(by) = self.instance_at(&attribute.of) else { return not_known() };
        let argument = |name: &str| Argument::of(&by.body, name).value;
        let name = match attribute.of.kind.as_str() {
            "aws_vpc_endpoint" if OF_ENDPOINT.contains(&attribute.path.as_str()) => {
                argument("service_name")
            }
            "aws_prefix_list" | "aws_ec2_managed_prefix_list" if is_data(by) => {
                if let Some(name) = name_of(by) {
                    name
                } else {
                    let id = match argument("prefix_list_id") {
                        Value::Null => argument("id"),
                        id => id,
                    };
                    return match depth.checked_sub(1) {
                        Some(depth) if !id.is_null() => self.list(&id, depth),
                        _ => not_known(),
                    };
                }
            }
            _ => return not_known(),
        };
        let service = ServiceName::parse(&name);
        match service.form {
            NameForm::Unknown if service.value.first_unknown().is_none() => not_known(),
            NameForm::Malformed | NameForm::Absent => not_known(),
            _ => PrefixList::Service(service),
        }
    }

    pub(crate) fn instance_at(&self, address: &Address) -> Option<&Instance> {
        let at = self.instances.binary_search_by(|instance| instance.address.cmp(address)).ok()?;
        self.instances.get(at)
    }
}

fn is_data(instance: &Instance) -> bool {
    instance.address.mode == Mode::Data
}

/// The name by which a data source finds a prefix list.
fn name_of(data: &Instance) -> Option<Value> {
    let named = Argument::of(&data.body, "name").value;
    if !named.is_null() {
        return Some(named);
    }
    let filters = data.body.nested("filter");
    let mut named = filters.iter().filter(|filter| {
        filter.multiplicity == Multiplicity::One
            && Argument::of(&filter.body, "name").is("prefix-list-name").is_yes()
    });
    let (filter, None) = (named.next()?, named.next()) else { return None };
    let [only] = filter.body.get("values")?.as_elements()? else { return None };
    Some(only.clone())
}
