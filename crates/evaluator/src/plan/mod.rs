//! A plan as a source of instances: what `terraform show -json` prints of it, or OpenTofu.
//!
//! A plan knows every value that Terraform knew, and no expression: where a value is unknown, its configuration lists the names in the
//! expression. The code itself says more, and where it stands; [`Plan::join`] puts both together.

mod checks;
mod configuration;
mod difference;
mod document;
mod ids;
mod instances;
mod join;
mod names;
mod places;
mod values;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use privatelint_diagnostics::FileId;
use privatelint_parser::module::Mode;
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;

pub(crate) use self::checks::{Failed, FailedOf};
pub use self::difference::Difference;
pub use self::document::NotAPlan;

use self::configuration::Look;
use self::document::{Change, Document, ModuleValues, ResourceValues};
use self::places::Places;
use crate::types::Type;
use crate::{Address, DataResolver, DataSource, InstanceKey, ModuleAddress, Reads, Value};

/// A plan.
#[derive(Debug)]
pub struct Plan {
    document: Document,
    /// What there will be, and the data sources that were read, by address.
    planned: Vec<Planned>,
    /// Every module instance in it.
    modules: BTreeSet<ModuleAddress>,
    places: Places,
    text: String,
}

/// An instance as a plan has it.
#[derive(Debug)]
struct Planned {
    address: Address,
    /// As the plan writes it.
    written: String,
    values: Json,
    /// Of the shape of `values`, `true` where one is unknown.
    unknown: Json,
    /// Of the shape of `values`; collections are there even if they are unknown.
    sensitive: Json,
    /// Whether there is such an object already.
    exists: bool,
}

impl Plan {
    /// Reads what `terraform show -json` printed.
    ///
    /// # Errors
    ///
    /// If it is something else; with the way to what is wanted.
    pub fn read(bytes: Vec<u8>) -> Result<Self, NotAPlan> {
        let text = document::text(bytes)?;
        let mut document = document::read(&text)?;
        let planned = planned(&mut document);
        let mut modules = BTreeSet::new();
        for one in &planned {
            let calls = &one.address.module.0;
            let outer = (0..=calls.len()).filter_map(|end| calls.get(..end));
            modules.extend(outer.map(|calls| ModuleAddress(calls.into())));
        }
        let places = Places::of(&text);
        Ok(Self { document, planned, modules, places, text })
    }

    /// The text that the places of [`Plan::instances`] are in.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether what it says is all that the configuration says: it was not limited to targets, and no error stopped it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.document.complete != Some(false) && self.document.errored != Some(true)
    }

    /// The values of the root module's variables.
    #[must_use]
    pub fn variables(&self) -> BTreeMap<SmolStr, Value> {
        let variables = self.document.variables.iter();
        variables.map(|(name, it)| (name.as_str().into(), values::known(&it.value))).collect()
    }

    /// What the root module declares: the modes, types and names of its resources, and the names of its calls.
    #[must_use]
    pub fn root_names(&self) -> (Vec<(Mode, &str, &str)>, Vec<&str>) {
        let root = &self.document.configuration.root_module;
        let resources = root.resources.iter().filter_map(|resource| {
            Some((mode(&resource.mode)?, resource.kind.as_str(), resource.name.as_str()))
        });
        (resources.collect(), root.module_calls.keys().map(String::as_str).collect())
    }

    /// The managed instances that the root module's outputs hand on: other code may refer to them.
    #[must_use]
    pub fn exported(&self) -> BTreeSet<Address> {
        let root = ModuleAddress::default();
        let outputs = self.document.configuration.root_module.outputs.values();
        let expressions: Vec<&Json> = outputs.map(|output| &output.expression).collect();
        self.origins(&root, &expressions, &Json::Null, Look::All).addresses()
    }

    /// The instances of a block, whichever the address names.
    fn of_block(&self, block: &Address) -> &[Planned] {
        fn of(address: &Address) -> (&ModuleAddress, Mode, &SmolStr, &SmolStr) {
            (&address.module, address.mode, &address.kind, &address.name)
        }
        let from = self.planned.partition_point(|one| of(&one.address) < of(block));
        let to = self.planned.partition_point(|one| of(&one.address) <= of(block));
        self.planned.get(from..to).unwrap_or_default()
    }

    /// The instances of a module that another one calls by a name.
    fn children(&self, module: &ModuleAddress, name: &str) -> BTreeSet<&ModuleAddress> {
        let is_child = |child: &&ModuleAddress| {
            child
                .0
                .split_last()
                .is_some_and(|((call, _), outer)| call == name && outer == module.0.as_ref())
        };
        self.modules.iter().filter(is_child).collect()
    }

    /// The file that the places are in.
    #[must_use]
    pub fn source(
        &self,
        path: impl Into<camino::Utf8PathBuf>,
    ) -> privatelint_diagnostics::SourceFile {
        privatelint_diagnostics::SourceFile::new(path, self.text.as_str())
    }

    fn place(&self, one: &Planned, file: FileId) -> privatelint_diagnostics::Span {
        self.places.of_address(&one.written, file)
    }
}

/// Answers the data sources that were read while the plan was made, and asks another resolver for the rest.
pub struct PlannedData<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Whom to ask for what it does not know.
    pub otherwise: &'p dyn DataResolver,
}

impl DataResolver for PlannedData<'_> {
    fn resolve(&self, data: &DataSource<'_>) -> BTreeMap<SmolStr, Value> {
        let planned = &self.plan.planned;
        let found = planned.binary_search_by(|one| one.address.cmp(data.address));
        match found.ok().and_then(|at| planned.get(at)) {
            Some(one) if one.exists => {
                let attributes = one.values.as_object().into_iter().flatten();
                attributes.map(|(name, json)| (name.as_str().into(), values::known(json))).collect()
            }
            _ => self.otherwise.resolve(data),
        }
    }

    fn argument_type(&self, resource: &str, argument: &str) -> Option<&Type> {
        self.otherwise.argument_type(resource, argument)
    }

    fn reads(&self, data: &DataSource<'_>) -> Option<Reads> {
        self.otherwise.reads(data)
    }
}

fn mode(word: &str) -> Option<Mode> {
    match word {
        "managed" => Some(Mode::Managed),
        "data" => Some(Mode::Data),
        _ => None,
    }
}

/// Takes the instances out of a document.
fn planned(document: &mut Document) -> Vec<Planned> {
    let changes = std::mem::take(&mut document.resource_changes).into_iter();
    let mut changes: HashMap<String, Change> = changes
        .filter(|change| change.deposed.is_none())
        .map(|change| (change.address, change.change))
        .collect();
    let mut all = Vec::new();
    let root = document.planned_values.take().and_then(|values| values.root_module);
    each_resource(root, &mut |module, resource| {
        let change = changes.remove(&resource.address);
        all.extend(one(module, resource, change));
    });
    let state = document.prior_state.take().and_then(|state| state.values);
    each_resource(state.and_then(|values| values.root_module), &mut |module, resource| {
        if resource.mode == "data" {
            let read = one(module, resource, None);
            all.extend(read.map(|one| Planned { exists: true, ..one }));
        }
    });
    // A data source that is read again is in both; the plan says what will be read.
    all.sort_by(|a, b| a.address.cmp(&b.address));
    all.dedup_by(|again, first| again.address == first.address);
    all
}

fn one(
    module: &ModuleAddress,
    resource: ResourceValues,
    change: Option<Change>,
) -> Option<Planned> {
    let key = key(&resource.index);
    let address = Address {
        module: module.clone(),
        mode: mode(&resource.mode)?,
        kind: resource.kind.into(),
        name: resource.name.into(),
        key,
    };
    let exists = change.as_ref().is_some_and(|change| change.before.is_some());
    let (values, unknown, sensitive) = match change {
        Some(change) if change.after.is_object() => {
            (change.after, change.after_unknown, change.after_sensitive)
        }
        _ => (resource.values.into(), Json::Null, resource.sensitive_values),
    };
    Some(Planned { address, written: resource.address, values, unknown, sensitive, exists })
}

/// The key of an instance.
fn key(index: &Json) -> InstanceKey {
    match index {
        Json::Null => InstanceKey::None,
        Json::Number(number) => number.as_i64().map_or(InstanceKey::Unknown, InstanceKey::Int),
        Json::String(key) => InstanceKey::String(key.as_str().into()),
        _ => InstanceKey::Unknown,
    }
}

/// Visits the resources of a module and of all below it.
fn each_resource(
    root: Option<ModuleValues>,
    visit: &mut dyn FnMut(&ModuleAddress, ResourceValues),
) {
    let mut waiting: Vec<ModuleValues> = root.into_iter().collect();
    while let Some(module) = waiting.pop() {
        waiting.extend(module.child_modules);
        let Some(address) = names::module(&module.address) else { continue };
        for resource in module.resources {
            visit(&address, resource);
        }
    }
}

/// The entries of a JSON object.
fn entries(json: &Json) -> Option<&Map<String, Json>> {
    json.as_object()
}
