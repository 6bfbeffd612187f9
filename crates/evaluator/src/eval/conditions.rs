//! Conditions that the author of a module wrote: `validation`, `precondition`, `postcondition`, `check`.
//!
//! They decide nothing of what else is evaluated, so they are evaluated only when somebody asks. A condition in which Terraform would see an error is
//! passed over: whether it sees one depends on its version, which may or may not look at the right side of a decided `||`.

use std::sync::Arc;

use privatelint_diagnostics::{Annotation, Span};
use privatelint_parser::module::{Mode, Module, ResourceKey, Variable};
use privatelint_parser::syntax::{Block, Expr, ExprKind, TemplatePart};
use smol_str::SmolStr;

use crate::eval::Evaluation;
use crate::eval::engine::Engine;
use crate::eval::inputs::Input;
use crate::eval::modules::{Caller, ModuleId};
use crate::eval::operators;
use crate::eval::scope::{Binding, Each, Scope};
use crate::eval::trace::Place;
use crate::{Instance, Multiplicity, Tri, Unknown};

/// The most characters of an author's message that are quoted.
const MOST_MESSAGE_CHARS: usize = 300;

/// What a condition belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConditionKind {
    /// `validation` of a variable.
    Validation,
    /// `precondition` of a resource, a data source or an output.
    Precondition,
    /// `postcondition` of a resource or a data source.
    Postcondition,
    /// `assert` of a `check` block: Terraform only warns.
    Check,
}

/// A condition that is false, or of which it is not known whether it is.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What it belongs to.
    pub kind: ConditionKind,
    /// What it is about, as the author of the root module would say it, without instance keys: `var.azs`, `the output "id" of module.net`.
    pub subject: String,
    /// `error_message`, in one line, as far as it is known and may be shown.
    pub message: Option<String>,
    /// The condition itself.
    pub span: Span,
    /// The line to edit: where the value of a validated variable was given, otherwise the condition; the nearest call
    /// if that is in code that the user does not edit.
    pub place: Span,
    /// Whether the variable that is validated has its default.
    pub is_default: bool,
    /// Whether the thing that it belongs to is there.
    pub multiplicity: Multiplicity,
    /// The instance that it is about, if it is about one.
    pub instance: Option<Box<Instance>>,
    /// The calls that lead to its module from the root, outermost first.
    pub calls: Vec<Span>,
    /// The way of the value that was given for a validated variable.
    pub way: Vec<Annotation>,
}

/// What became of the conditions of a root module and of those that it calls.
#[derive(Debug, Default)]
pub struct Conditions {
    /// Those that are false whatever the unknown values are.
    pub failed: Vec<Condition>,
    /// Those for which it depends on this.
    pub undecided: Vec<(Condition, Unknown)>,
    /// Whether a variable of the root module has neither a value nor a default: values come from where we do not see them, perhaps for other variables too.
    pub inputs_are_missing: bool,
}

/// What all conditions of one block have in common.
pub(super) struct Subject<'s, 'w> {
    pub(super) kind: ConditionKind,
    pub(super) name: String,
    pub(super) scope: Scope<'s>,
    pub(super) module: &'w Module,
    pub(super) multiplicity: Multiplicity,
    pub(super) instance: Option<&'s Instance>,
    pub(super) given: Option<Given>,
}

/// Where the value of a variable was given.
pub(super) struct Given {
    span: Span,
    /// Whether the user edits the file it is in.
    is_editable: bool,
    is_default: bool,
    way: Vec<Annotation>,
}

impl<'w> Evaluation<'w> {
    /// Evaluates the conditions in the root module and in the modules that it calls.
    pub fn conditions(&mut self) -> Conditions {
        let problems = self.engine.problems.len();
        let mut conditions = Conditions {
            inputs_are_missing: self.engine.inputs_are_missing(),
            ..Conditions::default()
        };
        self.engine.comparisons_are_loose = true;
        self.engine.module_conditions(ModuleId::ROOT, &mut conditions);
        self.engine.comparisons_are_loose = false;
        self.engine.problems.truncate(problems);
        conditions
    }
}

impl<'w> Engine<'w> {
    fn inputs_are_missing(&self) -> bool {
        let mut variables =
            self.module(ModuleId::ROOT).code.into_iter().flat_map(|root| root.variables.values());
        variables.any(|variable| {
            variable.default.is_none() && !self.inputs.values.contains_key(&variable.name.text)
        })
    }

    fn module_conditions(&mut self, id: ModuleId, conditions: &mut Conditions) {
        let Some(module) = self.module(id).code else { return };
        for variable in module.variables.values() {
            self.validations(id, module, variable, conditions);
        }
        self.resource_conditions(id, module, conditions);
        for output in module.outputs.values() {
            let name = format!("the output `{}`", output.name.text);
            let name = self.within_module(id, name);
            let subject = self.subject(ConditionKind::Precondition, name, id, module);
            self.blocks(&output.block, "precondition", &subject, conditions);
        }
        for (name, check) in &module.checks {
            let name = self.within_module(id, format!("the check `{name}`"));
            let subject = self.subject(ConditionKind::Check, name, id, module);
            self.blocks(check, "assert", &subject, conditions);
        }
        for call in module.calls.values() {
            let Ok(instances) = self.call_instances(id, call, call.block.header) else { continue };
            for called in &instances.modules {
                self.module_conditions(*called, conditions);
            }
        }
    }

    fn validations(
        &mut self,
        id: ModuleId,
        module: &'w Module,
        variable: &'w Variable,
        conditions: &mut Conditions,
    ) {
        if variable.block.body.blocks_of("validation").next().is_none() {
            return;
        }
        let name = self.variable_name(id, variable);
        let given = self.given(id, variable);
        let subject = self.subject(ConditionKind::Validation, name, id, module);
        let subject = Subject { given: Some(given), ..subject };
        self.blocks(&variable.block, "validation", &subject, conditions);
    }

    fn resource_conditions(
        &mut self,
        id: ModuleId,
        module: &'w Module,
        conditions: &mut Conditions,
    ) {
        for (key, block) in &module.resources {
            let lifecycles = || block.body.blocks_of("lifecycle");
            let has = |kind| lifecycles().any(|block| block.body.blocks_of(kind).next().is_some());
            if !has("precondition") && !has("postcondition") {
                continue;
            }
            let Ok(made) = self.resource_instances(id, key, block, block.header) else { continue };
            let expansion = self.expand(block, id);
            for instance in &made.instances {
                let same = expansion.instances.iter().find(|e| e.key == instance.address.key);
                let each = same.map(|expanded| expanded.each.clone()).unwrap_or_default();
                let name = self.resource_name(id, key);
                let subject = self.subject(ConditionKind::Precondition, name, id, module);
                let subject = Subject {
                    scope: subject.scope.with_each(&each),
                    multiplicity: instance.multiplicity,
                    instance: Some(instance),
                    ..subject
                };
                let this =
                    Binding { name: "self", value: self.instance_value(instance), outer: None };
                for lifecycle in lifecycles() {
                    self.blocks(lifecycle, "precondition", &subject, conditions);
                    let after = Subject {
                        kind: ConditionKind::Postcondition,
                        name: subject.name.clone(),
                        scope: subject.scope.with_bindings(&this),
                        given: None,
                        ..subject
                    };
                    self.blocks(lifecycle, "postcondition", &after, conditions);
                }
            }
        }
    }

    pub(super) fn variable_name(&self, id: ModuleId, variable: &Variable) -> String {
        let name = &variable.name.text;
        match &self.module(id).caller {
            Some(caller) => format!("`{name}` of `module.{}`", caller.call.name.text),
            None => format!("`var.{name}`"),
        }
    }

    pub(super) fn resource_name(&self, id: ModuleId, key: &ResourceKey) -> String {
        let data = if key.mode == Mode::Data { "data." } else { "" };
        self.within_module(id, format!("`{data}{}.{}`", key.kind, key.name))
    }

    pub(super) fn subject(
        &self,
        kind: ConditionKind,
        name: String,
        id: ModuleId,
        module: &'w Module,
    ) -> Subject<'static, 'w> {
        Subject {
            kind,
            name,
            scope: Scope::of_module(id),
            module,
            multiplicity: self.module(id).multiplicity,
            instance: None,
            given: None,
        }
    }

    /// Something in a module, as the caller calls it.
    pub(super) fn within_module(&self, id: ModuleId, name: String) -> String {
        match &self.module(id).caller {
            Some(caller) => format!("{name} in `module.{}`", caller.call.name.text),
            None => name,
        }
    }

    fn blocks(
        &mut self,
        block: &'w Block,
        kind: &str,
        subject: &Subject<'_, 'w>,
        conditions: &mut Conditions,
    ) {
        for block in block.body.blocks_of(kind) {
            let Some(condition) = block.body.attribute("condition") else { continue };
            let value = self.within(subject.multiplicity, |engine| {
                engine.evaluate(&condition.value, subject.scope)
            });
            let Ok(value) = value else { continue };
            match operators::tri(&value, condition.value.span) {
                Ok(Tri::No) => {
                    let message = self.error_message(block, subject);
                    conditions.failed.push(self.condition(condition.value.span, message, subject));
                }
                Ok(Tri::Unknown) => {
                    if let Some(unknown) = value.first_unknown()
                        && !is_schema(unknown)
                    {
                        let condition = self.condition(condition.value.span, None, subject);
                        conditions.undecided.push((condition, unknown.clone()));
                    }
                }
                Ok(Tri::Yes) | Err(_) => {}
            }
        }
    }

    pub(super) fn condition(
        &self,
        condition: Span,
        message: Option<String>,
        subject: &Subject<'_, 'w>,
    ) -> Condition {
        let module = self.module(subject.scope.module);
        let (span, is_editable) = match &subject.given {
            Some(given) => (given.span, given.is_editable),
            None => (condition, !subject.module.is_foreign()),
        };
        let nearest = || self.nearest_editable_call(subject.scope.module);
        Condition {
            kind: subject.kind,
            subject: subject.name.clone(),
            message,
            span: condition,
            place: if is_editable { span } else { nearest().unwrap_or(span) },
            is_default: subject.given.as_ref().is_some_and(|given| given.is_default),
            multiplicity: subject.multiplicity,
            instance: subject.instance.cloned().map(Box::new),
            calls: module.calls.clone(),
            way: subject.given.as_ref().map(|given| given.way.clone()).unwrap_or_default(),
        }
    }

    /// The header of the innermost call that leads to a module and that the user edits.
    fn nearest_editable_call(&self, id: ModuleId) -> Option<Span> {
        let mut caller = self.module(id).caller.as_ref();
        while let Some(Caller { module, call, .. }) = caller {
            let outer = self.module(*module);
            if !outer.code.is_some_and(Module::is_foreign) {
                return Some(call.block.header);
            }
            caller = outer.caller.as_ref();
        }
        None
    }

    /// Where the value of a variable was given: an argument of the call, a variable file, or the default. Where a call leaves the default, the call is
    /// what can be edited.
    pub(super) fn given(&mut self, id: ModuleId, variable: &'w Variable) -> Given {
        let name = &variable.name.text;
        let Some(caller) = self.module(id).caller.clone() else {
            let (span, is_default) = match (self.inputs.values.get(name), &variable.default) {
                (Some(Input::Expression(expr)), _) => (expr.span, false),
                (Some(_), _) | (None, None) => (variable.name.span, false),
                (None, Some(default)) => (default.span, true),
            };
            return Given { span, is_editable: true, is_default, way: Vec::new() };
        };
        let is_editable = !self.module(caller.module).code.is_some_and(Module::is_foreign);
        let Some(argument) = caller.call.block.body.attribute(name) else {
            let span = caller.call.block.header;
            return Given { span, is_editable, is_default: false, way: Vec::new() };
        };
        let each: Arc<Each> = Arc::clone(&caller.each);
        let place = Place::new(&argument.value, caller.module, each, &caller.call.block);
        let message = format!("passed to `module.{}`", caller.call.name.text);
        let way = self.way_to(place, Annotation::new(argument.span(), message));
        Given { span: argument.span(), is_editable, is_default: false, way }
    }

    /// What the author says of a condition that is false.
    fn error_message(&mut self, block: &'w Block, subject: &Subject<'_, 'w>) -> Option<String> {
        let expr = &block.body.attribute("error_message")?.value;
        let text: SmolStr = match &expr.kind {
            ExprKind::String(text) => text.clone(),
            // What is interpolated may be a secret: in the caller's code it need not be marked.
            ExprKind::Template(parts) if names_sensitive(expr, subject.module) => parts
                .iter()
                .map(|part| match part {
                    TemplatePart::Literal(text) => text.as_str(),
                    _ => "…",
                })
                .collect::<String>()
                .into(),
            _ if names_sensitive(expr, subject.module) => return None,
            _ => self
                .within(Multiplicity::Unknown, |engine| engine.evaluate(expr, subject.scope))
                .ok()?
                .as_str()?
                .into(),
        };
        one_line(&text)
    }
}

/// An author's message as a part of ours.
pub(super) fn one_line(text: &str) -> Option<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut line: String = words.chars().take(MOST_MESSAGE_CHARS).collect();
    if line.len() < words.len() {
        line.push('…');
    }
    let line = line.trim_end_matches('.');
    (!line.is_empty()).then(|| line.to_owned())
}

/// Whether what is not known is the type that a provider gives to something: nobody can tell it to us.
fn is_schema(unknown: &Unknown) -> bool {
    match unknown {
        Unknown::Derived(causes) => causes.iter().any(is_schema),
        unknown => *unknown == operators::schema(),
    }
}

/// Whether an expression in a module names what the module declares as sensitive, or a local value or resource that may be made of it.
fn names_sensitive(expr: &Expr, module: &Module) -> bool {
    let is_sensitive = |variable: &Variable| {
        let sensitive = variable.block.body.attribute("sensitive");
        sensitive.is_some_and(|sensitive| !matches!(sensitive.value.kind, ExprKind::Bool(false)))
    };
    if !module.variables.values().any(is_sensitive) {
        return false;
    }
    let named = match &expr.kind {
        ExprKind::GetAttr(source, name) => match &source.kind {
            ExprKind::Variable(root) if root == "var" => {
                module.variables.get(&name.text).is_none_or(is_sensitive)
            }
            ExprKind::Variable(root) => !matches!(root.as_str(), "each" | "count" | "path"),
            _ => false,
        },
        _ => false,
    };
    let mut found = named;
    expr.each_child(&mut |child| found = found || names_sensitive(child, module));
    found
}
