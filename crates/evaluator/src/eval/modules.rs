//! Module instances: calls, inputs, outputs, providers.

use std::collections::BTreeMap;
use std::sync::Arc;

use privatelint_diagnostics::Span;
use privatelint_parser::module::{Module, ModuleCall, Source, Variable};
use privatelint_parser::syntax::{Expr, ExprKind, Ident};
use smol_str::SmolStr;

use crate::convert::convert;
use crate::eval::Defaults;
use crate::eval::engine::{CallInstances, Engine, Object, Slot};
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::reference::UNDECLARED;
use crate::eval::scope::{Each, Scope};
use crate::types::Type;
use crate::{
    AttributeValue, MissingModule, ModuleAddress, ModuleOutput, Multiplicity, Unknown, Value,
};

/// The arguments of a `module` block that are not inputs.
pub(crate) const CALL_ARGUMENTS: [&str; 6] =
    ["source", "version", "count", "for_each", "providers", "depends_on"];

/// A module instance, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ModuleId(pub(super) u32);

impl ModuleId {
    pub(super) const ROOT: Self = Self(0);
}

/// A module instance.
#[derive(Debug, Clone)]
pub(super) struct ModuleInstance<'w> {
    pub(super) address: ModuleAddress,
    /// The module, if its code is there.
    pub(super) code: Option<&'w Module>,
    /// `path.module`.
    pub(super) path: SmolStr,
    /// The call that made it; the root module has none.
    pub(super) caller: Option<Caller<'w>>,
    /// Whether it is there.
    pub(super) multiplicity: Multiplicity,
    pub(super) unknown_because: Option<Unknown>,
    /// The headers of the calls that lead to it, outermost first.
    pub(super) calls: Vec<Span>,
}

/// The call that made a module instance.
#[derive(Debug, Clone)]
pub(super) struct Caller<'w> {
    pub(super) module: ModuleId,
    pub(super) call: &'w ModuleCall,
    pub(super) each: Arc<Each>,
}

impl<'w> Engine<'w> {
    pub(super) fn module(&self, id: ModuleId) -> &ModuleInstance<'w> {
        let root = self.modules.first();
        // Ids are made only by `add_module`, so the fallback is never taken; it keeps this total.
        match self.modules.get(id.0 as usize).or(root) {
            Some(module) => module,
            None => unreachable!("the root module is added first"),
        }
    }

    pub(super) fn add_module(&mut self, module: ModuleInstance<'w>) -> ModuleId {
        let id = ModuleId(u32::try_from(self.modules.len()).unwrap_or(u32::MAX));
        self.modules.push(module);
        id
    }

    /// The instances of a call.
    pub(super) fn call_instances(
        &mut self,
        module: ModuleId,
        call: &'w ModuleCall,
        span: Span,
    ) -> Evaluated<Arc<CallInstances>> {
        let key = (module, call.name.text.as_str());
        match Slot::begin(self.calls.entry(key)) {
            Ok(Some(instances)) => return Ok(instances),
            Ok(None) => {}
            Err(cycle) => return Err(cycle.error(&format!("`module.{}`", call.name.text), span)),
        }
        let there = self.module(module).multiplicity;
        let expansion = self.within(there, |engine| engine.expand(&call.block, module));
        let modules = expansion.instances.iter().map(|instance| {
            let each = Arc::new(instance.each.clone());
            (instance.key.clone(), each, instance.multiplicity)
        });
        let modules: Vec<_> = modules.collect();
        let code = self.called_code(module, call, modules.len());
        let modules = modules.into_iter().map(|(key, each, multiplicity)| {
            let parent = self.module(module);
            let mut calls = parent.calls.clone();
            calls.push(call.block.header);
            let certain = parent.multiplicity == Multiplicity::One;
            let instance = ModuleInstance {
                address: parent.address.child(call.name.text.clone(), key),
                code,
                path: path_of(parent, call),
                caller: Some(Caller { module, call, each }),
                multiplicity: if certain { multiplicity } else { Multiplicity::Unknown },
                unknown_because: parent
                    .unknown_because
                    .clone()
                    .or(expansion.unknown_because.clone()),
                calls,
            };
            self.add_module(instance)
        });
        let modules = modules.collect();
        let instances = Arc::new(CallInstances { expansion, modules });
        self.calls.insert(key, Slot::Done(Arc::clone(&instances)));
        Ok(instances)
    }

    /// The code of a called module: none if it is not there, if it calls itself, or if there are more modules than can be looked at.
    fn called_code(
        &mut self,
        module: ModuleId,
        call: &'w ModuleCall,
        count: usize,
    ) -> Option<&'w Module> {
        let Source::Local(dir) = &call.source else { return None };
        let code = self.workspace.modules.get(dir).map(Arc::as_ref)?;
        let mut ancestor = Some(module);
        while let Some(id) = ancestor {
            if self.module(id).code.is_some_and(|code| code.dir == *dir) {
                let error = EvalError::new(call.block.header, "this module calls itself")
                    .help("Terraform would load it without end: remove the call");
                self.report(error.structural());
                return None;
            }
            ancestor = self.module(id).caller.as_ref().map(|caller| caller.module);
        }
        if !self.budget.modules(count) {
            let error =
                EvalError::new(call.block.header, "there are too many module instances to look at");
            self.report(error.help("what this call makes is treated as unknown").limit());
            return None;
        }
        Some(code)
    }

    /// The value of `module.name`: all outputs, or only the one that is asked for, of each instance.
    ///
    /// Only what is asked for is computed: outputs of one call may depend on each other through other modules.
    pub(super) fn call_value(
        &mut self,
        module: ModuleId,
        name: &Ident,
        output: Option<&Ident>,
        span: Span,
    ) -> Evaluated {
        let call = self.module(module).code.and_then(|code| code.calls.get(&name.text));
        let Some(call) = call else { return Ok(UNDECLARED) };
        let instances = self.call_instances(module, call, span)?;
        let mut values = Vec::with_capacity(instances.modules.len());
        for id in &instances.modules {
            values.push(self.outputs(*id, output)?);
        }
        let single_value = values.first().cloned();
        Ok(instances.expansion.value(&values, || match single_value {
            // Each instance is like the one that stands for all.
            Some(value) => {
                Unknown::derived([&value, &reason(&instances.expansion.unknown_because)])
            }
            None => Unknown::Error,
        }))
    }

    fn outputs(&mut self, id: ModuleId, only: Option<&Ident>) -> Evaluated {
        let Some(code) = self.module(id).code else {
            let address = self.module(id).address.clone();
            return Ok(Value::Unknown(outputs_of_missing(address)));
        };
        // A description need not know all outputs of what it describes.
        let rest = code.description().map(|_| outputs_of_missing(self.module(id).address.clone()));
        let mut attributes = BTreeMap::new();
        for (name, output) in &code.outputs {
            if only.is_some_and(|only| only.text != *name) {
                continue;
            }
            let value = match &output.value {
                Some(expr) => {
                    let span = only.map_or(expr.span, |only| only.span);
                    self.memoised(id, Object::Output(name.clone()), span, |engine| {
                        engine.evaluate(expr, Scope::of_module(id))
                    })?
                }
                None => Value::Unknown(Unknown::Error),
            };
            attributes.insert(name.clone(), value);
        }
        if let Some(only) = only
            && attributes.is_empty()
            && rest.is_none()
        {
            let module = &self.module(id).address;
            return Err(EvalError::new(
                only.span,
                format!("{module} has no output `{}`", only.text),
            ));
        }
        Ok(Value::Object(Arc::new(crate::Object { attributes, rest })))
    }

    pub(super) fn variable(&mut self, module: ModuleId, name: &Ident) -> Evaluated {
        let variable = self.module(module).code.and_then(|code| code.variables.get(&name.text));
        let Some(variable) = variable else { return Ok(UNDECLARED) };
        self.memoised(module, Object::Variable(name.text.clone()), name.span, |engine| {
            engine.variable_value(module, variable)
        })
    }

    fn variable_value(&mut self, module: ModuleId, variable: &'w Variable) -> Evaluated {
        let ty = self.variable_type(module, variable)?;
        let caller = self.module(module).caller.clone();
        let is_described =
            self.module(module).code.is_some_and(|code| code.description().is_some());
        let given = match &caller {
            Some(caller) => match caller.call.block.body.attribute(&variable.name.text) {
                Some(argument) => {
                    let scope = Scope::of_module(caller.module).with_each(&caller.each);
                    Some((self.evaluate(&argument.value, scope)?, argument.value.span))
                }
                None => None,
            },
            None => self.input(variable, ty.as_ref())?,
        };
        let (value, span) = match given {
            Some((value, span))
                if variable.nullable || value.alternatives().iter().all(|arm| !arm.is_null()) =>
            {
                (value, span)
            }
            // An input that is only perhaps `null` may be the default.
            Some((value, span)) if !value.is_null() => {
                let default = match &variable.default {
                    Some(default) => self.evaluate(default, Scope::of_module(module))?,
                    None => Value::Unknown(Unknown::Error),
                };
                (value.unless_null(|| default.clone()), span)
            }
            _ => match (&variable.default, &caller) {
                (Some(default), caller) => {
                    let value = self.evaluate(default, Scope::of_module(module))?;
                    let is_open = match self.defaults {
                        Defaults::Taken => false,
                        Defaults::TakenUnlessEmpty => is_empty(&value),
                        Defaults::Unknown => true,
                    };
                    if caller.is_none() && is_open {
                        return Ok(Value::Unknown(Unknown::Variable(variable.name.text.clone())));
                    }
                    (value, default.span)
                }
                (None, None) => {
                    return Ok(Value::Unknown(Unknown::Variable(variable.name.text.clone())));
                }
                // A description may ask for what the module itself does not need.
                (None, Some(_)) if is_described => {
                    return Ok(Value::Unknown(Unknown::Variable(variable.name.text.clone())));
                }
                (None, Some(caller)) => {
                    let message = format!("the module needs a value for `{}`", variable.name.text);
                    return Err(EvalError::new(caller.call.block.header, message));
                }
            },
        };
        let Some(ty) = ty else { return Ok(value) };
        convert(&value, &ty).map_err(|error| {
            if is_described {
                return EvalError::reported_elsewhere(span);
            }
            let name = &variable.name.text;
            EvalError::new(
                span,
                format!("`{name}{}` does not fit its type: {}", error.path, error.message),
            )
            .help(format!("the variable's type is `{ty}`"))
        })
    }

    fn variable_type(
        &mut self,
        module: ModuleId,
        variable: &'w Variable,
    ) -> Evaluated<Option<Type>> {
        let Some(constraint) = &variable.type_constraint else { return Ok(None) };
        let mut default = |expr: &Expr| {
            let result = self.evaluate(expr, Scope::of_module(module));
            self.settle(result, expr.span)
        };
        Type::parse(constraint, &mut default)
            .map(Some)
            .map_err(|(span, message)| EvalError::new(span, message))
    }

    /// The call's inputs, for a module whose code is not there.
    pub(super) fn missing_module(&mut self, id: ModuleId) -> Option<MissingModule> {
        let instance = self.module(id).clone();
        let caller = instance.caller?;
        let source = match &caller.call.source {
            Source::Remote(source) | Source::MissingLocal(source) => source.clone(),
            Source::Local(dir) => dir.as_str().into(),
            Source::Unknown => SmolStr::default(),
        };
        let mut inputs = BTreeMap::new();
        for attribute in &caller.call.block.body.attributes {
            if CALL_ARGUMENTS.contains(&attribute.name.text.as_str()) {
                continue;
            }
            let scope = Scope::of_module(caller.module).with_each(&caller.each);
            let result = self.evaluate(&attribute.value, scope);
            let value = self.settle(result, attribute.value.span);
            inputs.insert(
                attribute.name.text.clone(),
                AttributeValue { value, span: attribute.span() },
            );
        }
        Some(MissingModule {
            address: instance.address,
            source,
            inputs,
            span: caller.call.block.header,
        })
    }
}

/// Whether a default says that there is nothing.
fn is_empty(default: &Value) -> bool {
    default.is_null()
        || default.as_elements().is_some_and(<[Value]>::is_empty)
        || default.as_entries().is_some_and(BTreeMap::is_empty)
}

/// The value of a module whose code is not there: an object with outputs that are not known.
fn outputs_of_missing(module: ModuleAddress) -> Unknown {
    Unknown::ModuleMissing(Arc::new(ModuleOutput { module, path: SmolStr::default() }))
}

fn reason(why: &Option<Unknown>) -> Value {
    why.clone().map_or(Value::Null, Value::Unknown)
}

/// `path.module` of a called module: what Terraform makes of the caller's path and a local source, or where it puts a
/// module from elsewhere.
fn path_of(parent: &ModuleInstance<'_>, call: &ModuleCall) -> SmolStr {
    let source = call.block.body.attribute("source").map(|attribute| &attribute.value.kind);
    let local = match source {
        Some(ExprKind::String(source)) if source.starts_with('.') => Some(source),
        _ => None,
    };
    let Some(source) = local else {
        let calls = parent.address.0.iter().map(|(name, _)| name.as_str());
        let key: Vec<&str> = calls.chain([call.name.text.as_str()]).collect();
        return format!(".terraform/modules/{}", key.join(".")).into();
    };
    let parent = parent.path.as_str();
    let mut parts: Vec<&str> = parent.split('/').filter(|part| *part != ".").collect();
    for part in source.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() { ".".into() } else { parts.join("/").into() }
}
