//! The names that an expression needs from outside.

use std::collections::BTreeSet;

use privatelint_parser::syntax::{Expr, ExprKind, TemplatePart};
use smol_str::SmolStr;

/// The first names of all traversals in an expression but those that it binds itself.
pub(crate) fn free_names(expr: &Expr) -> BTreeSet<SmolStr> {
    let mut walk = Walk { bound: Vec::new(), free: BTreeSet::new() };
    walk.expr(expr);
    walk.free
}

struct Walk {
    /// Names bound by `for` around the place, innermost last.
    bound: Vec<SmolStr>,
    free: BTreeSet<SmolStr>,
}

impl Walk {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Variable(name) => {
                if !self.bound.contains(name) {
                    self.free.insert(name.clone());
                }
            }
            ExprKind::For(for_expr) => {
                self.expr(&for_expr.collection);
                let names = for_expr.key_name.iter().chain([&for_expr.value_name]);
                self.binding(names.map(|name| name.text.clone()), |walk| {
                    let inner =
                        for_expr.key.iter().chain([&for_expr.value]).chain(&for_expr.condition);
                    inner.for_each(|expr| walk.expr(expr));
                });
            }
            ExprKind::Template(parts) => self.template(parts),
            _ => expr.each_child(&mut |child| self.expr(child)),
        }
    }

    fn template(&mut self, parts: &[TemplatePart]) {
        for part in parts {
            match part {
                TemplatePart::Literal(_) => {}
                TemplatePart::Interpolation(expr) => self.expr(expr),
                TemplatePart::If { condition, then, otherwise } => {
                    self.expr(condition);
                    self.template(then);
                    self.template(otherwise);
                }
                TemplatePart::For { key, value, collection, body } => {
                    self.expr(collection);
                    let names = key.iter().chain([value]).map(|name| name.text.clone());
                    self.binding(names, |walk| walk.template(body));
                }
            }
        }
    }

    fn binding(
        &mut self,
        names: impl IntoIterator<Item = SmolStr>,
        inside: impl FnOnce(&mut Self),
    ) {
        let before = self.bound.len();
        self.bound.extend(names);
        inside(self);
        self.bound.truncate(before);
    }
}
