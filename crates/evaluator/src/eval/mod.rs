//! The evaluation of a root module.

mod body;
mod budget;
mod conditions;
mod engine;
mod error;
mod expansion;
mod expression;
mod for_expr;
mod inputs;
mod modules;
mod operators;
mod outputs;
mod planned_conditions;
mod providers;
mod reference;
mod resource;
mod scope;
mod template;
mod template_file;
mod trace;
mod traversal;

use std::collections::{BTreeSet, HashMap};

use camino::Utf8Path;
use privatelint_diagnostics::{Problem, ProblemKind};
use privatelint_parser::Workspace;
use privatelint_parser::module::Mode;
use privatelint_parser::syntax::Expr;

pub use self::conditions::{Condition, ConditionKind, Conditions};
pub use self::inputs::{Input, Inputs};
pub(crate) use self::modules::CALL_ARGUMENTS;

use self::budget::Budget;
use self::engine::Engine;
use self::modules::{ModuleId, ModuleInstance};
use self::scope::Scope;
use crate::files::Files;
use crate::{
    Address, DataResolver, FileAccess, Instance, MissingModule, ModuleAddress, Multiplicity, Plan,
    Value,
};

/// What to evaluate.
#[derive(Clone, Copy)]
pub struct Request<'w> {
    /// The parsed files.
    pub workspace: &'w Workspace,
    /// The root module's directory: a key of [`Workspace::modules`].
    pub root: &'w Utf8Path,
    /// Values for its variables.
    pub inputs: &'w Inputs,
    /// What the defaults of its variables are worth.
    pub defaults: Defaults,
    /// Answers data sources.
    pub resolver: &'w dyn DataResolver,
    /// Reads the files that functions name.
    pub files: &'w dyn FileAccess,
    /// Which resource types are asked for. Others are evaluated only where these need them.
    pub wants: &'w (dyn Fn(Mode, &str) -> bool + Sync),
}

/// What the default of a root module's variable is worth where no value is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defaults {
    /// It is the value.
    Taken,
    /// It is the value unless it is `null` or an empty collection: whoever calls the module fills these.
    TakenUnlessEmpty,
    /// The value is not known.
    Unknown,
}

/// What a root module makes.
pub struct Evaluation<'w> {
    /// The resource instances, by address.
    pub instances: Vec<Instance>,
    /// The calls of modules whose code is not there, by address.
    pub missing_modules: Vec<MissingModule>,
    /// What Terraform would reject, by place; each once.
    pub problems: Vec<Problem>,
    engine: Engine<'w>,
}

/// Evaluates a root module.
#[must_use]
pub fn evaluate(request: Request<'_>) -> Evaluation<'_> {
    let mut engine = Engine {
        workspace: request.workspace,
        inputs: request.inputs,
        defaults: request.defaults,
        resolver: request.resolver,
        files: Files::new(request.files, request.root),
        templates: HashMap::new(),
        in_template: false,
        modules: Vec::new(),
        values: HashMap::new(),
        resources: HashMap::new(),
        calls: HashMap::new(),
        providers: HashMap::new(),
        problems: Vec::new(),
        budget: Budget::default(),
        doubtful: false,
        told_of_budget: false,
        may_fail: false,
        comparisons_are_loose: false,
        trace_steps: 0,
    };
    engine.add_module(ModuleInstance {
        address: ModuleAddress::default(),
        code: request.workspace.modules.get(request.root).map(AsRef::as_ref),
        path: ".".into(),
        caller: None,
        multiplicity: Multiplicity::One,
        unknown_because: None,
        calls: Vec::new(),
    });
    let mut evaluation = Evaluation {
        instances: Vec::new(),
        missing_modules: Vec::new(),
        problems: Vec::new(),
        engine,
    };
    evaluation.collect(ModuleId::ROOT, request.wants);
    evaluation.instances.sort_by(|a, b| a.address.cmp(&b.address));
    evaluation.missing_modules.sort_by(|a, b| a.address.cmp(&b.address));
    evaluation.problems = std::mem::take(&mut evaluation.engine.problems);
    evaluation.problems.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    evaluation.problems.dedup();
    evaluation
}

impl Evaluation<'_> {
    /// The managed instances that the root module's outputs hand on: other code may refer to them.
    pub fn exported(&mut self) -> BTreeSet<Address> {
        let mut exported = BTreeSet::new();
        let Some(code) = self.engine.module(ModuleId::ROOT).code else { return exported };
        for output in code.outputs.values() {
            let Some(expr) = &output.value else { continue };
            if let Ok(value) = self.engine.evaluate(expr, Scope::of_module(ModuleId::ROOT)) {
                value.for_each_address(&mut |address| {
                    exported.insert(address.clone());
                });
            }
        }
        exported
    }

    /// The value of a further expression in the root module.
    ///
    /// # Errors
    ///
    /// If Terraform would reject it.
    pub fn value_of(&mut self, expr: &Expr) -> Result<Value, Problem> {
        self.engine.evaluate(expr, Scope::of_module(ModuleId::ROOT)).map_err(|error| {
            let message = "this is not declared";
            let undeclared = Problem::at(ProblemKind::Evaluation, expr.span, message);
            error.into_problem().unwrap_or(undeclared)
        })
    }

    /// Evaluates what is asked for in a module instance and in those that it calls.
    fn collect(&mut self, module: ModuleId, wants: &(dyn Fn(Mode, &str) -> bool + Sync)) {
        let Some(code) = self.engine.module(module).code else {
            self.missing_modules.extend(self.engine.missing_module(module));
            return;
        };
        for (key, block) in &code.resources {
            if !wants(key.mode, &key.kind) {
                continue;
            }
            match self.engine.resource_instances(module, key, block, block.header) {
                Ok(instances) => self.instances.extend(instances.instances.iter().cloned()),
                Err(error) => self.engine.report(error),
            }
        }
        for call in code.calls.values() {
            match self.engine.call_instances(module, call, call.block.header) {
                Ok(instances) => {
                    for id in &instances.modules {
                        self.collect(*id, wants);
                    }
                }
                Err(error) => self.engine.report(error),
            }
        }
    }
}
