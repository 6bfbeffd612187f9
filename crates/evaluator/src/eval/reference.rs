//! What the names of Terraform mean: `var`, `local`, `module`, `data`, resources, `each`, `count`, `path`, `terraform`.

use privatelint_diagnostics::Span;
use privatelint_parser::module::{Mode, ResourceKey};
use privatelint_parser::syntax::{Expr, ExprKind, Ident, Splat, Step};

use crate::eval::engine::{Engine, Object};
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::modules::ModuleId;
use crate::eval::scope::Scope;
use crate::eval::traversal;
use crate::{Unknown, Value};

/// What an undeclared name is, which the check of references reports: only itself is unknown, and not what it is a part of.
pub(super) const UNDECLARED: Value = Value::Unknown(Unknown::Error);

impl<'w> Engine<'w> {
    /// A name that stands alone: one that is bound around it. All others are followed by an attribute.
    pub(super) fn name(&mut self, name: &str, span: Span, scope: Scope<'_>) -> Evaluated {
        match scope.bound(name) {
            Some(value) => Ok(value.clone()),
            None => Err(EvalError::reported_elsewhere(span)),
        }
    }

    /// The value of `expr` if it is a reference as a whole; `None` if it is an attribute of something else.
    pub(super) fn reference(&mut self, expr: &Expr, scope: Scope<'_>) -> Evaluated<Option<Value>> {
        let ExprKind::GetAttr(source, name) = &expr.kind else { return Ok(None) };
        match &source.kind {
            ExprKind::Variable(root) if scope.bound(root).is_none() => {
                self.root_reference(root, name, expr.span, scope).map(Some)
            }
            ExprKind::GetAttr(inner, kind) => match &inner.kind {
                ExprKind::Variable(root) if scope.bound(root).is_none() => match root.as_str() {
                    "data" => {
                        self.resource_reference(Mode::Data, kind, name, expr.span, scope).map(Some)
                    }
                    "resource" => self
                        .resource_reference(Mode::Managed, kind, name, expr.span, scope)
                        .map(Some),
                    "module" => {
                        self.call_value(scope.module, kind, Some(name), kind.span).and_then(
                            |value| traversal::attribute(&value, &name.text, name.span).map(Some),
                        )
                    }
                    _ => Ok(None),
                },
                _ => Ok(None),
            },
            ExprKind::Index(inner, key) => match module_call_name(inner, scope) {
                Some(call) => {
                    let value = self.call_value(scope.module, call, Some(name), call.span)?;
                    let key_value = self.evaluate(key, scope)?;
                    let instance = traversal::index(&value, &key_value, key.span)?;
                    traversal::attribute(&instance, &name.text, name.span).map(Some)
                }
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// The value of `module.name` where a splat asks for one output of each instance.
    pub(super) fn module_for_splat(
        &mut self,
        splat: &Splat,
        scope: Scope<'_>,
    ) -> Evaluated<Option<Value>> {
        match (module_call_name(&splat.source, scope), splat.steps.first()) {
            (Some(call), Some(Step::Attr(output))) => {
                self.call_value(scope.module, call, Some(output), call.span).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn root_reference(
        &mut self,
        root: &str,
        name: &Ident,
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        match root {
            "var" => self.variable(scope.module, name),
            "local" => self.local(scope.module, name),
            "module" => self.call_value(scope.module, name, None, span),
            "each" | "count" => each(root, name, span, scope),
            "path" => Ok(self.path(scope.module, name)),
            "terraform" => {
                Ok(Value::Unknown(Unknown::Environment(format!("terraform.{}", name.text).into())))
            }
            // `self` stands only where nothing is evaluated: in provisioners, connections and conditions. What is ephemeral is never in a plan.
            "self" | "ephemeral" => Ok(Value::Unknown(Unknown::Environment(root.into()))),
            // The type follows: `reference` sees it with the name behind it.
            "data" | "resource" => Err(EvalError::reported_elsewhere(span)),
            kind => {
                let kind = Ident { text: kind.into(), span };
                self.resource_reference(Mode::Managed, &kind, name, span, scope)
            }
        }
    }

    fn resource_reference(
        &mut self,
        mode: Mode,
        kind: &Ident,
        name: &Ident,
        span: Span,
        scope: Scope<'_>,
    ) -> Evaluated {
        let key = ResourceKey { mode, kind: kind.text.clone(), name: name.text.clone() };
        self.resource_value(scope.module, &key, span)
    }

    pub(super) fn local(&mut self, module: ModuleId, name: &Ident) -> Evaluated {
        let local = self.module(module).code.and_then(|code| code.locals.get(&name.text));
        let Some(local) = local else { return Ok(UNDECLARED) };
        self.memoised(module, Object::Local(name.text.clone()), name.span, |engine| {
            engine.evaluate(&local.value, Scope::of_module(module))
        })
    }

    fn path(&self, module: ModuleId, name: &Ident) -> Value {
        match name.text.as_str() {
            "root" => Value::string("."),
            "module" => Value::String(self.module(module).path.clone()),
            other => Value::Unknown(Unknown::Environment(format!("path.{other}").into())),
        }
    }
}

fn each(root: &str, name: &Ident, span: Span, scope: Scope<'_>) -> Evaluated {
    let value = scope.each.and_then(|each| match (root, name.text.as_str()) {
        ("each", "key") => each.key.clone(),
        ("each", "value") => each.value.clone(),
        ("count", "index") => each.index.clone(),
        _ => None,
    });
    value.ok_or_else(|| {
        let (argument, instead) =
            if root == "each" { ("for_each", "count") } else { ("count", "for_each") };
        EvalError::new(
            span,
            format!("`{root}.{}` needs `{argument}` in the block around it", name.text),
        )
        .help(format!("the block has no `{argument}`: add it, or use what its `{instead}` gives"))
    })
}

/// The name of the call in `module.name`.
fn module_call_name<'e>(expr: &'e Expr, scope: Scope<'_>) -> Option<&'e Ident> {
    let ExprKind::GetAttr(root, name) = &expr.kind else { return None };
    match &root.kind {
        ExprKind::Variable(root) if root == "module" && scope.bound("module").is_none() => {
            Some(name)
        }
        _ => None,
    }
}
