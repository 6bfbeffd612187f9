//! Values that one root module takes from another: `terraform_remote_state`, and Terragrunt's dependencies.
//!
//! A state is never read. If the scanned tree holds the root module that writes it, its outputs are evaluated, once for all that read them.

mod order;
mod state;
mod terragrunt;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Problem, ProblemKind};
use privatelint_evaluator::types::Type;
use privatelint_evaluator::{
    DataResolver, DataSource, Defaults, FileAccess, Input, Inputs, Object, Reads, Request, Unknown,
    Value, evaluate,
};
use privatelint_network::AwsData;
use privatelint_parser::module::{Mode, Module};
use privatelint_parser::{Workspace, shown_path};
use rayon::prelude::*;
use smol_str::SmolStr;

use self::order::Order;
use self::state::{Run, State};
use crate::defaults::defaults;
use crate::inputs::inputs;
use crate::options::Options;
use crate::scope::{Asked, directory, reachable};

/// The data sources that read outputs, each with its attributes that are them.
const READERS: [(&str, &[&str]); 2] =
    [("terraform_remote_state", &["outputs"]), ("tfe_outputs", &["values", "nonsensitive_values"])];

/// A root module that is analysed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Root {
    /// The directory that names it: the module's own, or a Terragrunt unit's.
    pub(crate) name: Utf8PathBuf,
    /// The module's directory.
    pub(crate) module: Utf8PathBuf,
}

/// The root modules of a run, with what they read from each other.
pub(crate) struct CrossStack<'w> {
    pub(crate) workspace: &'w Workspace,
    pub(crate) files: &'w dyn FileAccess,
    options: &'w Options,
    /// Terragrunt's units, by directory.
    units: BTreeMap<Utf8PathBuf, Unit>,
    /// The units whose module is nowhere in this tree.
    remote_units: Vec<Utf8PathBuf>,
    /// The root modules by the state that they write; `None` if there are several.
    writers: BTreeMap<State, Option<Utf8PathBuf>>,
    order: Order,
    outputs: BTreeMap<Utf8PathBuf, Memo>,
}

/// A Terragrunt unit.
#[derive(Debug)]
struct Unit {
    file: Utf8PathBuf,
    module: Utf8PathBuf,
    has_extra_arguments: bool,
    generates: bool,
}

/// The outputs of a root module, in the default workspace and in any other.
#[derive(Default)]
struct Memo {
    default: OnceLock<Outputs>,
    workspace: OnceLock<Outputs>,
}

type Outputs = BTreeMap<SmolStr, Value>;

/// Answers the data sources of one root module.
pub(crate) struct Reader<'c> {
    stacks: &'c CrossStack<'c>,
    root: &'c Utf8Path,
    purpose: Purpose<'c>,
}

/// What a reader is for.
enum Purpose<'c> {
    /// The analysis of the root module itself.
    Analysis,
    /// Its outputs, which others wait for.
    Outputs,
    /// To see what its outputs are made from.
    Order(&'c Mutex<BTreeSet<Utf8PathBuf>>),
}

impl<'w> CrossStack<'w> {
    pub(crate) fn new(
        workspace: &'w Workspace,
        options: &'w Options,
        files: &'w dyn FileAccess,
    ) -> Self {
        let mut stacks = Self {
            workspace,
            files,
            options,
            units: BTreeMap::new(),
            remote_units: Vec::new(),
            writers: BTreeMap::new(),
            order: Order::default(),
            outputs: BTreeMap::new(),
        };
        let mut states = stacks.find_units();
        if stacks.units.is_empty() && !workspace.modules.values().any(|module| reads(module)) {
            return stacks;
        }
        for (dir, module) in &workspace.modules {
            if !module.is_foreign() && !stacks.units.contains_key(dir) {
                states.extend(state::of_root(module).map(|state| (state, dir.clone())));
            }
        }
        for (state, root) in states {
            stacks.outputs.insert(root.clone(), Memo::default());
            let others = stacks.writers.entry(state);
            others.and_modify(|writer| *writer = None).or_insert(Some(root));
        }
        for unit in stacks.units.keys() {
            stacks.outputs.entry(unit.clone()).or_default();
        }
        stacks.order = stacks.order();
        stacks
    }

    /// Who answers the data sources of a root module.
    pub(crate) fn reader<'c>(&'c self, root: &'c Root) -> Reader<'c> {
        Reader { stacks: self, root: &root.name, purpose: Purpose::Analysis }
    }

    /// The root modules to analyse, by name. A module that units apply is analysed for each of them, and not on its own.
    pub(crate) fn roots(&self, asked: &Asked) -> Vec<Root> {
        let applied: BTreeSet<&Utf8Path> =
            self.units.values().map(|unit| unit.module.as_path()).collect();
        let modules = asked.roots(self.workspace).into_iter();
        let modules = modules
            .filter(|module| !applied.contains(module.as_path()))
            .map(|module| Root { name: module.clone(), module });
        let units = self
            .units
            .iter()
            .filter(|(name, unit)| asked.includes_root(self.workspace, name, &unit.module));
        let units =
            units.map(|(name, unit)| Root { name: name.clone(), module: unit.module.clone() });
        let mut roots: Vec<Root> = modules.chain(units).collect();
        roots.sort();
        roots
    }

    /// What is said of the units that are not analysed.
    pub(crate) fn notes(&self) -> Option<Problem> {
        let first = self.remote_units.first()?;
        let message = match self.remote_units.len() {
            1 => "the module of this Terragrunt unit is not in this tree, so it is not analysed"
                .to_owned(),
            count => format!(
                "the modules of {count} Terragrunt units are not in this tree, so they are not analysed; this is the first"
            ),
        };
        let problem = Problem::in_path(ProblemKind::Module, first.clone(), message);
        Some(problem.help("a module is looked at if its source is a directory of this repository"))
    }

    /// Values for the variables of a root module.
    pub(crate) fn inputs(&self, root: &Root) -> Inputs {
        self.inputs_for(&self.reader(root))
    }

    /// What the defaults of a root module's variables are worth.
    pub(crate) fn defaults(&self, root: &Root) -> Defaults {
        match self.units.get(&root.name) {
            // Arguments may name files with variables.
            Some(unit) if unit.has_extra_arguments => Defaults::Unknown,
            Some(_) => Defaults::Taken,
            None => defaults(self.workspace, &root.module, self.options),
        }
    }

    /// Whether a module may have files that are not here: those that Terragrunt writes.
    pub(crate) fn may_be_extended(&self, module: &Utf8Path) -> bool {
        self.units.values().any(|unit| unit.generates && unit.module == module)
    }

    /// Whether a root module is a Terragrunt unit.
    pub(crate) fn is_unit(&self, root: &Root) -> bool {
        self.units.contains_key(&root.name)
    }

    /// Finds the units; returns the states that they write.
    fn find_units(&mut self) -> Vec<(State, Utf8PathBuf)> {
        let Some(terragrunt) = &self.workspace.terragrunt else { return Vec::new() };
        let stacks = &*self;
        let files: Vec<&Utf8Path> = terragrunt.unit_files().map(|(path, _)| path).collect();
        let read = files.into_par_iter().map(|file| {
            let dir = file.parent().map_or(Utf8Path::new("."), directory);
            let nobody = Mutex::new(BTreeSet::new());
            let reader = Reader { stacks, root: dir, purpose: Purpose::Order(&nobody) };
            (dir, file, terragrunt::unit(terragrunt, &reader, file))
        });
        let read: Vec<_> = read.collect();
        let mut units = BTreeMap::new();
        let mut states = Vec::new();
        let mut remote = Vec::new();
        for (dir, file, said) in read {
            let module = said.source.map(|path| shown_path(&terragrunt.working_dir, &path));
            let module = module.filter(|module| {
                let module = self.workspace.modules.get(module);
                module.is_some_and(|module| !module.is_foreign())
            });
            match module {
                Some(module) => {
                    let state = said
                        .backend
                        .as_ref()
                        .and_then(|(backend, config)| state::of_unit(backend.as_str()?, config));
                    states.extend(state.map(|state| (state, dir.to_owned())));
                    let unit = Unit {
                        file: file.to_owned(),
                        module,
                        has_extra_arguments: said.has_extra_arguments,
                        generates: said.generates,
                    };
                    units.insert(dir.to_owned(), unit);
                }
                None if said.has_source => remote.push(file.to_owned()),
                // A file that others include.
                None => {}
            }
        }
        self.units = units;
        self.remote_units = remote;
        states
    }

    fn order(&self) -> Order {
        let roots: Vec<&Utf8Path> = self.outputs.keys().map(Utf8PathBuf::as_path).collect();
        let has_readers = |root: &Utf8Path| {
            self.units.contains_key(root)
                || reachable(self.workspace, &[root.to_owned()])
                    .iter()
                    .filter_map(|dir| self.workspace.modules.get(dir))
                    .any(|module| reads(module))
        };
        let reads = roots.into_par_iter().filter(|root| has_readers(root)).map(|root| {
            let seen = Mutex::new(BTreeSet::new());
            let reader = Reader { stacks: self, root, purpose: Purpose::Order(&seen) };
            self.evaluate(&Run::Default, &reader);
            (root.to_owned(), seen.into_inner().unwrap_or_else(PoisonError::into_inner))
        });
        Order::new(reads.collect())
    }

    /// The outputs of a root module as it sees them itself.
    fn outputs(&self, root: &Utf8Path, run: &Run) -> Option<&Outputs> {
        let (root, memo) = self.outputs.get_key_value(root)?;
        let memo = match run {
            Run::Default => &memo.default,
            Run::Workspace(_) => &memo.workspace,
        };
        Some(memo.get_or_init(|| {
            self.evaluate(run, &Reader { stacks: self, root, purpose: Purpose::Outputs })
        }))
    }

    fn evaluate(&self, run: &Run, reader: &Reader<'_>) -> Outputs {
        // A panic is a fault of ours in that root, and is reported there.
        let outputs = catch_unwind(AssertUnwindSafe(|| {
            let module = self.units.get(reader.root).map_or(reader.root, |unit| &unit.module);
            let root = Root { name: reader.root.to_owned(), module: module.to_owned() };
            let inputs = self.inputs_for(reader);
            let defaults = match run {
                Run::Default => self.defaults(&root),
                Run::Workspace(_) => Defaults::Unknown,
            };
            let request = Request {
                workspace: self.workspace,
                root: module,
                inputs: &inputs,
                defaults,
                resolver: reader,
                files: self.files,
                wants: &|_, _| false,
            };
            evaluate(request).outputs()
        }));
        outputs.unwrap_or_default()
    }

    fn inputs_for(&self, reader: &Reader<'_>) -> Inputs {
        let unit = self.units.get(reader.root);
        let (Some(unit), Some(terragrunt)) = (unit, &self.workspace.terragrunt) else {
            return inputs(self.workspace, reader.root, self.options);
        };
        let said = terragrunt::unit(terragrunt, reader, &unit.file);
        // Inputs go by way of the environment, so that files win over them.
        let options = Options { environment: Vec::new(), ..self.options.clone() };
        let mut given = inputs(self.workspace, reader.root, &options);
        let beside = inputs(self.workspace, &unit.module, &options);
        for (name, value) in beside.values {
            given.values.entry(name).or_insert(value);
        }
        for (name, value) in said.inputs {
            let value = value.of_other_root(reader.root.as_str(), reader.root.as_str());
            given.values.entry(name).or_insert(Input::Value(value));
        }
        let module = self.workspace.modules.get(&unit.module);
        for name in module.into_iter().flat_map(|module| module.variables.keys()) {
            if said.is_open {
                let unknown = Value::Unknown(Unknown::Variable(name.clone()));
                given.values.entry(name.clone()).or_insert(Input::Value(unknown));
            }
        }
        let environment = inputs(self.workspace, &unit.module, self.options);
        for (name, value) in environment.values {
            given.values.entry(name).or_insert(value);
        }
        given
    }
}

impl Reader<'_> {
    /// The outputs that a data source reads, as the root module that reads them sees them.
    fn read(&self, data: &DataSource<'_>) -> Option<Outputs> {
        // Terragrunt runs a unit in a copy, where relative paths lead elsewhere.
        let dir = (!self.stacks.units.contains_key(self.root)).then_some(self.root);
        let (state, run) = state::of_data(data, dir)?;
        let writer = self.stacks.writers.get(&state)?.as_deref()?;
        self.outputs_of(writer, &run, self.root.as_str())
    }

    /// The outputs of a Terragrunt unit, as the files of the unit that reads them see them.
    fn outputs_of_unit(&self, unit: &Utf8Path) -> Option<Outputs> {
        self.stacks.units.contains_key(unit).then(|| self.outputs_of(unit, &Run::Default, ""))?
    }

    fn outputs_of(&self, writer: &Utf8Path, run: &Run, seen_by: &str) -> Option<Outputs> {
        // What a root module wrote before is not what its code says now.
        if writer == self.root {
            return None;
        }
        match &self.purpose {
            Purpose::Analysis => {}
            Purpose::Outputs => {
                if !self.stacks.order.may_wait(self.root, writer) {
                    return None;
                }
            }
            Purpose::Order(seen) => {
                seen.lock().unwrap_or_else(PoisonError::into_inner).insert(writer.to_owned());
                return None;
            }
        }
        let outputs = self.stacks.outputs(writer, run)?;
        let writer = match run {
            Run::Default => writer.to_string(),
            Run::Workspace(name) => format!("{writer}, workspace {name}"),
        };
        // An output that is `null` is not in a state.
        let outputs = outputs.iter().filter(|(_, value)| !value.is_null());
        let seen = |value: &Value| value.of_other_root(&writer, seen_by);
        Some(outputs.map(|(name, value)| (name.clone(), seen(value))).collect())
    }
}

impl DataResolver for Reader<'_> {
    fn resolve(&self, data: &DataSource<'_>) -> BTreeMap<SmolStr, Value> {
        let reader = READERS.iter().find(|(kind, _)| *kind == data.address.kind);
        let Some((_, attributes)) = reader else { return AwsData.resolve(data) };
        let Some(outputs) = self.read(data) else { return BTreeMap::new() };
        let answer = |name: &&str| {
            // The state may be older or newer than the code: what the code does not say may be there.
            let rest = Some(Unknown::attribute(data.address.clone(), *name));
            let object = Object { attributes: outputs.clone(), rest };
            (SmolStr::from(*name), Value::Object(object.into()))
        };
        attributes.iter().map(answer).collect()
    }

    fn argument_type(&self, resource: &str, argument: &str) -> Option<&Type> {
        AwsData.argument_type(resource, argument)
    }

    fn reads(&self, data: &DataSource<'_>) -> Option<Reads> {
        AwsData.reads(data)
    }
}

fn reads(module: &Module) -> bool {
    module
        .resources
        .keys()
        .any(|key| key.mode == Mode::Data && READERS.iter().any(|(kind, _)| *kind == key.kind))
}
