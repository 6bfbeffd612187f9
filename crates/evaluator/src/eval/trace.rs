//! The way of a value, from where it was written to where it is used.
//!
//! Nothing is recorded during evaluation: the way is walked backwards, from the expression, when a finding needs it.

use std::sync::Arc;

use privatelint_diagnostics::{Annotation, Span};
use privatelint_parser::module::ResourceKey;
use privatelint_parser::syntax::{Attribute, Block, Body, Expr, ExprKind, Ident, TemplatePart};

use crate::convert;
use crate::eval::engine::Engine;
use crate::eval::inputs::Input;
use crate::eval::modules::ModuleId;
use crate::eval::scope::{Each, Scope};
use crate::eval::{Evaluation, operators};
use crate::{Address, InstanceKey, Tri, Unknown, Value};

/// The most places that one way has.
const MOST_PLACES: usize = 16;

/// The most steps that are taken to find them.
const MOST_STEPS: usize = 256;

/// An expression with what its names mean.
#[derive(Clone)]
pub(super) struct Place<'w> {
    expr: &'w Expr,
    module: ModuleId,
    each: Option<Arc<Each>>,
    /// The block whose `count` or `for_each` `each` belongs to.
    block: Option<&'w Block>,
}

impl<'w> Place<'w> {
    /// An expression in a block of a module.
    pub(super) fn new(expr: &'w Expr, module: ModuleId, each: Arc<Each>, block: &'w Block) -> Self {
        Self { expr, module, each: Some(each), block: Some(block) }
    }
}

impl Evaluation<'_> {
    /// The way that the value of an attribute took, from where it was written to the attribute; empty if it is
    /// written right there, or if there is no such attribute.
    ///
    /// The attribute is named by its instance and its place.
    #[must_use]
    pub fn trace(&mut self, address: &Address, attribute: Span) -> Vec<Annotation> {
        self.engine.trace(address, attribute).unwrap_or_default()
    }

    /// Why the condition is not known that decides the value of an attribute: the attribute is named by its instance and its place.
    #[must_use]
    pub fn condition_behind(&mut self, address: &Address, attribute: Span) -> Option<Unknown> {
        self.engine.condition_behind(address, attribute)
    }
}

impl<'w> Engine<'w> {
    fn trace(&mut self, address: &Address, span: Span) -> Option<Vec<Annotation>> {
        let (place, name) = self.place_of(address, span)?;
        Some(self.way_to(place, Annotation::new(span, format!("used as `{name}`"))))
    }

    /// The value and the name of an attribute, from its instance and its place.
    fn place_of(&mut self, address: &Address, span: Span) -> Option<(Place<'w>, &'w str)> {
        let at = self.modules.iter().position(|module| module.address == address.module)?;
        let module = ModuleId(u32::try_from(at).ok()?);
        let key = ResourceKey {
            mode: address.mode,
            kind: address.kind.clone(),
            name: address.name.clone(),
        };
        let block: &'w Block = self.module(module).code?.resources.get(&key)?;
        let attribute = find(&block.body, span)?;
        let each = self.each_of(block, module, &address.key);
        let place = Place { expr: &attribute.value, module, each, block: Some(block) };
        Some((place, &attribute.name.text))
    }

    /// The way of an expression's value to where it is used; empty if it is written right there.
    pub(super) fn way_to(&mut self, mut place: Place<'w>, used: Annotation) -> Vec<Annotation> {
        let mut way = vec![used];
        self.trace_steps = 0;
        while way.len() < MOST_PLACES {
            let Some(next) = self.step_back(&place, &mut way) else { break };
            place = next;
        }
        if way.len() < 2 {
            return Vec::new();
        }
        way.reverse();
        way
    }

    /// Why the condition is not known that decides the value of an attribute, if one does.
    fn condition_behind(&mut self, address: &Address, span: Span) -> Option<Unknown> {
        let (mut place, _) = self.place_of(address, span)?;
        self.trace_steps = 0;
        let mut way = Vec::new();
        for _ in 0..MOST_STEPS {
            if let Some(next) = self.step_back(&place, &mut way) {
                place = next;
                continue;
            }
            // The decision may be inside an element, or inside another condition.
            let mut conditions = Vec::new();
            conditions_in(place.expr, &mut conditions);
            let undecided = conditions.into_iter().find_map(|expr| {
                let condition = Place { expr, ..place.clone() };
                let value = self.value(&condition)?;
                Some((condition, value.first_unknown()?.clone()))
            });
            match undecided? {
                (condition, Unknown::OneOf(_)) => place = condition,
                (_, unknown) => return Some(unknown),
            }
        }
        None
    }

    fn each_of(&mut self, block: &Block, module: ModuleId, key: &InstanceKey) -> Option<Arc<Each>> {
        let expansion = self.expand(block, module);
        let instance = expansion.instances.into_iter().find(|instance| instance.key == *key)?;
        Some(Arc::new(instance.each))
    }

    /// The expression that this one's value comes from; a note on the way where a name is passed.
    fn step_back(&mut self, place: &Place<'w>, way: &mut Vec<Annotation>) -> Option<Place<'w>> {
        self.trace_steps += 1;
        if self.trace_steps > MOST_STEPS {
            return None;
        }
        let here = |expr| Place { expr, ..place.clone() };
        match &place.expr.kind {
            ExprKind::Parens(inner) => Some(here(inner)),
            ExprKind::Template(parts) => match parts.as_slice() {
                [TemplatePart::Interpolation(inner)] => Some(here(inner)),
                _ => None,
            },
            ExprKind::Conditional(conditional) => {
                let condition = self.value(&here(&conditional.condition))?;
                match operators::tri(&condition, place.expr.span).ok()? {
                    Tri::Yes => Some(here(&conditional.then)),
                    Tri::No => Some(here(&conditional.otherwise)),
                    Tri::Unknown => None,
                }
            }
            ExprKind::Call(call) if call.name.text == "try" => {
                let first = call.args.iter().find(|arg| self.value(&here(arg)).is_some())?;
                Some(here(first))
            }
            ExprKind::GetAttr(source, name) => match &source.kind {
                ExprKind::Variable(root) if root == "var" => {
                    self.back_from_variable(place, name, way)
                }
                ExprKind::Variable(root) if root == "local" => {
                    let local = self.module(place.module).code?.locals.get(&name.text)?;
                    way.push(Annotation::new(local.span(), format!("`local.{}`", name.text)));
                    Some(Place {
                        expr: &local.value,
                        module: place.module,
                        each: None,
                        block: None,
                    })
                }
                ExprKind::GetAttr(inner, call) if is_variable(inner, "module") => {
                    self.back_from_output(place, call, name, way)
                }
                _ => {
                    let source = self.definition(here(source), way)?;
                    let item = item(&source, &name.text)?;
                    Some(item)
                }
            },
            ExprKind::Index(source, key) => {
                let key = self.value(&here(key))?;
                let source = self.definition(here(source), way)?;
                match (&source.expr.kind, key.as_number()) {
                    (ExprKind::Tuple(elements), Some(number)) => {
                        let at = usize::try_from(number.as_i64()?).ok()?;
                        Some(Place { expr: elements.get(at)?, ..source })
                    }
                    _ => item(&source, &convert::text(&key)?),
                }
            }
            _ => None,
        }
    }

    /// The object or tuple expression that an expression's value is written as.
    fn definition(&mut self, mut place: Place<'w>, way: &mut Vec<Annotation>) -> Option<Place<'w>> {
        for _ in 0..MOST_PLACES {
            if matches!(place.expr.kind, ExprKind::Object(_) | ExprKind::Tuple(_)) {
                return Some(place);
            }
            if is_each_value(place.expr) {
                let block = place.block?;
                let key = place.each.as_ref()?.key.as_ref().and_then(convert::text)?;
                let for_each = &block.body.attribute("for_each")?.value;
                let over = Place { expr: for_each, each: None, block: None, ..place };
                let over = self.definition(over, way)?;
                place = item(&over, &key)?;
                continue;
            }
            place = self.step_back(&place, way)?;
        }
        None
    }

    fn back_from_variable(
        &mut self,
        place: &Place<'w>,
        name: &Ident,
        way: &mut Vec<Annotation>,
    ) -> Option<Place<'w>> {
        let module = self.module(place.module).clone();
        let variable = module.code?.variables.get(&name.text)?;
        if let Some(caller) = &module.caller {
            if let Some(argument) = caller.call.block.body.attribute(&name.text) {
                let message = format!("passed to `module.{}`", caller.call.name.text);
                way.push(Annotation::new(argument.span(), message));
                return Some(Place {
                    expr: &argument.value,
                    module: caller.module,
                    each: Some(Arc::clone(&caller.each)),
                    block: Some(&caller.call.block),
                });
            }
        } else if let Some(input) = self.inputs.values.get(&name.text) {
            let Input::Expression(expr) = input else { return None };
            way.push(Annotation::new(expr.span, format!("value of `var.{}`", name.text)));
            return Some(Place { expr, module: place.module, each: None, block: None });
        }
        let default = variable.default.as_ref()?;
        way.push(Annotation::new(default.span, format!("default of `var.{}`", name.text)));
        Some(Place { expr: default, module: place.module, each: None, block: None })
    }

    fn back_from_output(
        &mut self,
        place: &Place<'w>,
        call: &Ident,
        name: &Ident,
        way: &mut Vec<Annotation>,
    ) -> Option<Place<'w>> {
        let call = self.module(place.module).code?.calls.get(&call.text)?;
        let instances = self.call_instances(place.module, call, call.block.header).ok()?;
        let [module] = instances.modules.as_slice() else { return None };
        let output = self.module(*module).code?.outputs.get(&name.text)?;
        let expr = output.value.as_ref()?;
        way.push(Annotation::new(
            expr.span,
            format!("output `{}` of `module.{}`", name.text, call.name.text),
        ));
        Some(Place { expr, module: *module, each: None, block: None })
    }

    fn value(&mut self, place: &Place<'w>) -> Option<Value> {
        let mut scope = Scope::of_module(place.module);
        scope.each = place.each.as_deref();
        self.evaluate(place.expr, scope).ok()
    }
}

/// What decides between values in an expression: conditions and keys.
fn conditions_in<'w>(expr: &'w Expr, found: &mut Vec<&'w Expr>) {
    match &expr.kind {
        ExprKind::Conditional(conditional) => {
            found.push(&conditional.condition);
            conditions_in(&conditional.then, found);
            conditions_in(&conditional.otherwise, found);
        }
        ExprKind::Index(_, key) => found.push(key),
        ExprKind::Parens(inner) => conditions_in(inner, found),
        ExprKind::Tuple(elements) => {
            elements.iter().for_each(|element| conditions_in(element, found));
        }
        ExprKind::Call(call) => call.args.iter().for_each(|arg| conditions_in(arg, found)),
        ExprKind::Template(parts) => {
            for part in parts {
                if let TemplatePart::Interpolation(inner) = part {
                    conditions_in(inner, found);
                }
            }
        }
        // The name that is tested is what is not known.
        ExprKind::Binary(..) | ExprKind::Unary(..) => found.push(expr),
        _ => {}
    }
}

/// The attribute at a place, at any depth of a body.
fn find(body: &Body, span: Span) -> Option<&Attribute> {
    let here = body.attributes.iter().find(|attribute| attribute.span() == span);
    here.or_else(|| body.blocks.iter().find_map(|block| find(&block.body, span)))
}

/// The value of an item of an object expression whose keys are written out.
fn item<'w>(object: &Place<'w>, key: &str) -> Option<Place<'w>> {
    let ExprKind::Object(items) = &object.expr.kind else { return None };
    let named = |expr: &Expr| matches!(&expr.kind, ExprKind::String(name) if name == key);
    let item = items.iter().rev().find(|item| named(&item.key))?;
    Some(Place { expr: &item.value, ..object.clone() })
}

fn is_variable(expr: &Expr, name: &str) -> bool {
    matches!(&expr.kind, ExprKind::Variable(root) if root == name)
}

fn is_each_value(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::GetAttr(source, name) if is_variable(source, "each") && name.text == "value")
}
