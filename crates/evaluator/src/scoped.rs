//! Walking expressions with the names that they bind themselves.

use std::collections::BTreeSet;

use privatelint_parser::syntax::{Expr, ExprKind, Ident, TemplatePart};
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
