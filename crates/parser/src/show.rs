//! A tree as one line of text, for tests.

use privatelint_diagnostics::Span;

use crate::syntax::{BinaryOp, Body, Expr, ExprKind, SplatKind, Step, TemplatePart, UnaryOp};

/// The text under a span.
#[track_caller]
pub(crate) fn source(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap()
}

pub(crate) fn body(body: &Body) -> String {
    let attributes = body.attributes.iter().map(|attribute| {
        (attribute.name.span.start, format!("{} = {}", attribute.name.text, expr(&attribute.value)))
    });
    let blocks = body.blocks.iter().map(|block| {
        let labels: String = block.labels.iter().map(|label| format!(" {}", label.text)).collect();
        (
            block.kind.span.start,
            format!("{}{labels} {{ {} }}", block.kind.text, self::body(&block.body)),
        )
    });
    let mut items: Vec<(u32, String)> = attributes.chain(blocks).collect();
    items.sort_by_key(|(start, _)| *start);
    items.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("; ")
}

pub(crate) fn expr(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number(text) => text.to_string(),
        ExprKind::String(text) => format!("{text:?}"),
        ExprKind::Template(parts) => format!("t({})", template(parts)),
        ExprKind::Tuple(elements) => format!("[{}]", list(elements)),
        ExprKind::Object(items) => {
            let items = items
                .iter()
                .map(|item| format!("{} = {}", self::expr(&item.key), self::expr(&item.value)));
            format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
        }
        ExprKind::Variable(name) => name.to_string(),
        ExprKind::GetAttr(base, name) => format!("{}.{}", self::expr(base), name.text),
        ExprKind::Index(base, key) => format!("{}[{}]", self::expr(base), self::expr(key)),
        ExprKind::Splat(splat) => {
            let kind = if splat.kind == SplatKind::Full { "[*]" } else { ".*" };
            format!("{}{kind}<{}>", self::expr(&splat.source), steps(&splat.steps))
        }
        ExprKind::Unary(operator, operand) => {
            let operator = if *operator == UnaryOp::Neg { "-" } else { "!" };
            format!("({operator}{})", self::expr(operand))
        }
        ExprKind::Binary(operator, left, right) => {
            format!("({} {} {})", self::expr(left), symbol(*operator), self::expr(right))
        }
        ExprKind::Conditional(conditional) => format!(
            "({} ? {} : {})",
            self::expr(&conditional.condition),
            self::expr(&conditional.then),
            self::expr(&conditional.otherwise)
        ),
        ExprKind::For(for_expr) => {
            let key_name = for_expr.key_name.as_ref().map(|key| format!("{}, ", key.text));
            let key = for_expr.key.as_ref().map(|key| format!("{} => ", self::expr(key)));
            let condition = for_expr
                .condition
                .as_ref()
                .map(|condition| format!(" if {}", self::expr(condition)));
            format!(
                "for({}{} in {}: {}{}{}{})",
                key_name.unwrap_or_default(),
                for_expr.value_name.text,
                self::expr(&for_expr.collection),
                key.unwrap_or_default(),
                self::expr(&for_expr.value),
                if for_expr.grouping { "..." } else { "" },
                condition.unwrap_or_default()
            )
        }
        ExprKind::Call(call) => {
            let dots = if call.expand_last { "..." } else { "" };
            format!("{}({}{dots})", call.name.text, list(&call.args))
        }
        ExprKind::Parens(inner) => format!("({})", self::expr(inner)),
        ExprKind::Invalid => "INVALID".to_owned(),
    }
}

fn list(exprs: &[Expr]) -> String {
    exprs.iter().map(expr).collect::<Vec<_>>().join(", ")
}

fn steps(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Attr(name) => format!(".{}", name.text),
        Step::Index(key) => format!("[{}]", expr(key)),
        Step::Splat(inner) => format!("*<{}>", self::steps(inner)),
    };
    steps.iter().map(step).collect()
}

fn template(parts: &[TemplatePart]) -> String {
    let part = |part: &TemplatePart| match part {
        TemplatePart::Literal(text) => format!("{text:?}"),
        TemplatePart::Interpolation(inner) => format!("${{{}}}", expr(inner)),
        TemplatePart::If { condition, then, otherwise } => {
            format!("if {} ({}) else ({})", expr(condition), template(then), template(otherwise))
        }
        TemplatePart::For { key, value, collection, body } => {
            let key = key.as_ref().map(|key| format!("{}, ", key.text)).unwrap_or_default();
            format!("for {key}{} in {} ({})", value.text, expr(collection), template(body))
        }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(" ")
}

fn symbol(operator: BinaryOp) -> &'static str {
    match operator {
        BinaryOp::Or => "||",
        BinaryOp::And => "&&",
        BinaryOp::Eq => "==",
        BinaryOp::NotEq => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessEq => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEq => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::Mod => "%",
    }
}
