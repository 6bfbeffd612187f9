//! The state of one evaluation.
//!
//! Everything is computed when it is first asked for and kept: a value per module instance and object. A mark says what is being
//! computed, so that a cycle is found where it closes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use privatelint_diagnostics::{Problem, Span};
use privatelint_parser::Workspace;
use privatelint_parser::module::ResourceKey;
use smol_str::SmolStr;

use crate::eval::Defaults;
use crate::eval::budget::Budget;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::expansion::Expansion;
use crate::eval::modules::{ModuleId, ModuleInstance};
use crate::eval::resource::ResourceInstances;
use crate::eval::template_file::TemplateFile;
use crate::files::Files;
use crate::{DataResolver, Inputs, Multiplicity, Provider, Unknown, Value};

/// The state of one evaluation.
pub(super) struct Engine<'w> {
    pub(super) workspace: &'w Workspace,
    pub(super) inputs: &'w Inputs,
    pub(super) defaults: Defaults,
    pub(super) resolver: &'w dyn DataResolver,
    pub(super) files: Files<'w>,
    /// The templates in files that were read.
    pub(super) templates: HashMap<SmolStr, TemplateFile>,
    /// Whether what is evaluated is such a template, or one in a string.
    pub(super) in_template: bool,
    /// Module instances; the root module is the first.
    pub(super) modules: Vec<ModuleInstance<'w>>,
    pub(super) values: HashMap<(ModuleId, Object), Slot<Value>>,
    pub(super) resources: HashMap<(ModuleId, &'w ResourceKey), Slot<Arc<ResourceInstances>>>,
    pub(super) calls: HashMap<(ModuleId, &'w str), Slot<Arc<CallInstances>>>,
    pub(super) providers: HashMap<(ModuleId, SmolStr, Option<SmolStr>), Slot<Arc<Provider>>>,
    pub(super) problems: Vec<Problem>,
    pub(super) budget: Budget,
    /// Whether what is computed belongs to an instance of which it is not known whether there is one. Terraform evaluates
    /// nothing of an instance that is not there, so an error in it is none.
    pub(super) doubtful: bool,
    /// Whether it was told that there is nothing left to spend.
    pub(super) told_of_budget: bool,
    /// Whether what was evaluated since the last `try` or `can` began is an error for some values of the unknowns in it.
    pub(super) may_fail: bool,
    /// Whether what is compared may have another type than it seems to: the schema of a provider, which is not known here, converts what the code writes.
    /// Set while conditions are evaluated, which alone compare the attributes of resources as a matter of course.
    pub(super) comparisons_are_loose: bool,
    /// How many steps the way of a value that is being traced has taken.
    pub(super) trace_steps: usize,
}

/// The instances of a module call.
pub(super) struct CallInstances {
    pub(super) expansion: Expansion,
    /// In the order of the expansion's instances.
    pub(super) modules: Vec<ModuleId>,
}

/// What is computed once per module instance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Object {
    Local(SmolStr),
    Variable(SmolStr),
    Output(SmolStr),
}

/// Something that is computed once.
pub(super) enum Slot<T> {
    Running,
    Done(T),
}

impl<T: Clone> Slot<T> {
    /// Takes the place of something to compute. `Ok(None)` means that the caller computes it.
    pub(super) fn begin<K>(entry: Entry<'_, K, Self>) -> Result<Option<T>, Cycle> {
        match entry {
            Entry::Occupied(slot) => match slot.get() {
                Self::Done(value) => Ok(Some(value.clone())),
                Self::Running => Err(Cycle),
            },
            Entry::Vacant(slot) => {
                slot.insert(Self::Running);
                Ok(None)
            }
        }
    }
}

/// What is asked for is being computed already.
pub(super) struct Cycle;

impl Cycle {
    pub(super) fn error(&self, what: &str, span: Span) -> EvalError {
        EvalError::new(span, format!("{what} depends on itself"))
            .help("break the cycle: Terraform refuses this configuration")
            .structural()
    }
}

impl Engine<'_> {
    /// Makes an error a problem, unless what it belongs to is perhaps not there.
    pub(super) fn report(&mut self, error: EvalError) {
        // One limit that is met everywhere is told where it is met first.
        let is_told = error.is_spent_budget() && std::mem::replace(&mut self.told_of_budget, true);
        if !self.doubtful && !error.is_silent() && !is_told {
            self.problems.extend(error.into_problem());
        }
    }

    /// Computes something that belongs to an instance which is there, or of which that is not known.
    pub(super) fn within<T>(
        &mut self,
        multiplicity: Multiplicity,
        compute: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = std::mem::replace(&mut self.doubtful, multiplicity == Multiplicity::Unknown);
        let result = compute(self);
        self.doubtful = outer;
        result
    }

    /// The value of an expression that began at `span`, or an unknown one and a problem.
    ///
    /// Everything that is kept goes through here, so that no value is larger or deeper than code that walks it can bear, however it was put together.
    pub(super) fn settle(&mut self, result: Evaluated, span: Span) -> Value {
        match result {
            Ok(value) if !value.is_walkable() => {
                let error = EvalError::new(span, "this value is too large or nested too deeply");
                self.report(error.help("it is treated as unknown").limit());
                Value::Unknown(Unknown::Error)
            }
            Ok(value) => value,
            Err(error) => {
                let unknown = error.unknown();
                self.report(error);
                Value::Unknown(unknown)
            }
        }
    }

    /// The value of an object of a module, computed when it is first asked for.
    pub(super) fn memoised(
        &mut self,
        module: ModuleId,
        object: Object,
        span: Span,
        compute: impl FnOnce(&mut Self) -> Evaluated,
    ) -> Evaluated {
        match Slot::begin(self.values.entry((module, object.clone()))) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => {
                let there = self.module(module).multiplicity;
                // An error in an object of its own is not caught by who refers to it.
                let may_fail = self.may_fail;
                let value = self.within(there, |engine| {
                    let result = compute(engine);
                    engine.settle(result, span)
                });
                self.may_fail = may_fail;
                self.values.insert((module, object), Slot::Done(value.clone()));
                Ok(value)
            }
            Err(cycle) => {
                let what = match &object {
                    Object::Local(name) => format!("`local.{name}`"),
                    Object::Variable(name) => format!("`var.{name}`"),
                    Object::Output(name) => format!("output `{name}`"),
                };
                self.report(cycle.error(&what, span));
                Ok(Value::Unknown(Unknown::Cycle))
            }
        }
    }
}
