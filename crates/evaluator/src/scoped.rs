//! Walking expressions with the names that they bind themselves.

use std::collections::BTreeSet;

use privatelint_parser::syntax::{Attribute, Block, Body, Expr, ExprKind, Ident, TemplatePart};
use smol_str::SmolStr;

/// The names that `for` expressions, template loops and `dynamic` blocks bind around a place, innermost last.
#[derive(Debug, Default)]
pub(crate) struct Bound(Vec<SmolStr>);

impl Bound {
    pub(crate) fn contains(&self, name: &SmolStr) -> bool {
        self.0.contains(name)
    }

    /// Binds more names, up to the [`Bound::leave`] with what it returns.
    pub(crate) fn enter(&mut self, names: impl IntoIterator<Item = SmolStr>) -> usize {
        let before = self.0.len();
        self.0.extend(names);
        before
    }

    pub(crate) fn leave(&mut self, before: usize) {
        self.0.truncate(before);
    }
}

/// Visits an expression and those in it, outermost first, each with the names that are bound there. Where a visit says `true` it has seen what is
/// inside, too.
pub(crate) fn walk(expr: &Expr, bound: &mut Bound, visit: &mut dyn FnMut(&Expr, &Bound) -> bool) {
    if visit(expr, bound) {
        return;
    }
    match &expr.kind {
        ExprKind::For(for_expr) => {
            walk(&for_expr.collection, bound, visit);
            let before = bound.enter(names(&for_expr.key_name, &for_expr.value_name));
            let inner = for_expr.key.iter().chain([&for_expr.value]).chain(&for_expr.condition);
            inner.for_each(|expr| walk(expr, bound, visit));
            bound.leave(before);
        }
        ExprKind::Template(parts) => template(parts, bound, visit),
        _ => expr.each_child(&mut |child| walk(child, bound, visit)),
    }
}

/// Visits the expressions in a body and in the blocks below it, as [`walk`] does, but those of the attributes that `skip` names.
pub(crate) fn walk_body(
    body: &Body,
    skip: &[&str],
    bound: &mut Bound,
    visit: &mut dyn FnMut(&Expr, &Bound) -> bool,
) {
    for Attribute { name, value } in &body.attributes {
        if !skip.contains(&name.text.as_str()) {
            walk(value, bound, visit);
        }
    }
    for block in &body.blocks {
        walk_block(block, skip, bound, visit);
    }
}

/// The same for one block.
pub(crate) fn walk_block(
    block: &Block,
    skip: &[&str],
    bound: &mut Bound,
    visit: &mut dyn FnMut(&Expr, &Bound) -> bool,
) {
    if block.kind.text == "dynamic" {
        dynamic(block, skip, bound, visit);
    } else {
        walk_body(&block.body, skip, bound, visit);
    }
}

fn dynamic(
    block: &Block,
    skip: &[&str],
    bound: &mut Bound,
    visit: &mut dyn FnMut(&Expr, &Bound) -> bool,
) {
    if let Some(for_each) = block.body.attribute("for_each") {
        walk(&for_each.value, bound, visit);
    }
    let iterator = match block.body.attribute("iterator").map(|iterator| &iterator.value.kind) {
        Some(ExprKind::Variable(name)) => Some(name.clone()),
        _ => block.labels.first().map(|kind| kind.text.clone()),
    };
    let before = bound.enter(iterator);
    if let Some(labels) = block.body.attribute("labels") {
        walk(&labels.value, bound, visit);
    }
    for content in block.body.blocks_of("content") {
        walk_body(&content.body, skip, bound, visit);
    }
    bound.leave(before);
}

fn template(
    parts: &[TemplatePart],
    bound: &mut Bound,
    visit: &mut dyn FnMut(&Expr, &Bound) -> bool,
) {
    for part in parts {
        match part {
            TemplatePart::Literal(_) => {}
            TemplatePart::Interpolation(expr) => walk(expr, bound, visit),
            TemplatePart::If { condition, then, otherwise } => {
                walk(condition, bound, visit);
                template(then, bound, visit);
                template(otherwise, bound, visit);
            }
            TemplatePart::For { key, value, collection, body } => {
                walk(collection, bound, visit);
                let before = bound.enter(names(key, value));
                template(body, bound, visit);
                bound.leave(before);
            }
        }
    }
}

fn names<'e>(key: &'e Option<Ident>, value: &'e Ident) -> impl Iterator<Item = SmolStr> + 'e {
    key.iter().chain([value]).map(|name| name.text.clone())
}

/// The first names of all traversals in an expression but those that it binds itself: what it needs from outside.
pub(crate) fn free_names(expr: &Expr) -> BTreeSet<SmolStr> {
    let mut free = BTreeSet::new();
    walk(expr, &mut Bound::default(), &mut |expr, bound| {
        if let ExprKind::Variable(name) = &expr.kind
            && !bound.contains(name)
        {
            free.insert(name.clone());
        }
        false
    });
    free
}
