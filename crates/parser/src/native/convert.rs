//! From hcl-edit's tree to ours.

use std::ops::Range;

use hcl_edit::expr::{self, Expression, ObjectKey, TraversalOperator};
use hcl_edit::structure::{self, BlockLabel, Structure};
use hcl_edit::template::{Directive, Element, Template};
use hcl_edit::{Decorated, Span as _};
use privatelint_diagnostics::{FileId, Problem, ProblemKind, Span};
use smol_str::{SmolStr, SmolStrBuilder};

use super::template::Literals;
use crate::syntax::{
    Attribute, BinaryOp, Block, Body, Call, Conditional, Expr, ExprKind, ForExpr, Ident,
    ObjectItem, Splat, SplatKind, Step, TemplatePart, UnaryOp,
};

/// How many levels an expression may have; those of a JSON value around it come on top.
const MAX_DEPTH: usize = crate::syntax::MAX_DEPTH - crate::json::MAX_DEPTH;

/// Where the text that hcl-edit saw stands in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// From that offset on, byte by byte.
    At(usize),
    /// Somewhere in that span, which is written differently: a JSON string with escapes.
    Within(Span),
}

/// What is known about the text while its tree is converted.
pub(crate) struct Converter<'t> {
    file: FileId,
    /// The text that hcl-edit saw, as it is on disk.
    text: &'t str,
    place: Place,
    /// Whether the object key at a place of the file was hidden from hcl-edit.
    is_hidden_key: &'t dyn Fn(usize) -> bool,
    problems: Vec<Problem>,
}

impl<'t> Converter<'t> {
    pub(crate) fn new(
        file: FileId,
        text: &'t str,
        place: Place,
        is_hidden_key: &'t dyn Fn(usize) -> bool,
    ) -> Self {
        Self { file, text, place, is_hidden_key, problems: Vec::new() }
    }

    /// What was found wrong on the way.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn body(&mut self, body: &structure::Body, around: Span) -> Body {
        let mut converted = Body::default();
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    let name = self.ident(attribute.key.as_str(), attribute.key.span(), around);
                    let value = self.expr(&attribute.value, name.span, 0);
                    converted.attributes.push(Attribute { name, value });
                }
                Structure::Block(block) => converted.blocks.push(self.block(block, around)),
            }
        }
        converted
    }

    fn block(&mut self, block: &structure::Block, around: Span) -> Block {
        let span = self.span(block.span(), around);
        let kind = self.ident(block.ident.as_str(), block.ident.span(), span);
        let mut header = kind.span;
        let mut labels = Vec::with_capacity(block.labels.len());
        for label in &block.labels {
            let place = match label {
                BlockLabel::Ident(ident) => ident.span(),
                BlockLabel::String(string) => string.span(),
            };
            let label = self.ident(label.as_str(), place, span);
            header = header.to(label.span);
            labels.push(label);
        }
        Block { kind, labels, body: self.body(&block.body, span), header, span }
    }

    /// `around` stands in where hcl-edit has no span; `depth` is how many levels are above.
    pub(crate) fn expr(&mut self, expr: &Expression, around: Span, depth: usize) -> Expr {
        let span = self.span(expr.span(), around);
        if depth > MAX_DEPTH {
            return self.too_deep(span);
        }
        let depth = depth + 1;
        let kind = match expr {
            Expression::Null(_) => ExprKind::Null,
            Expression::Bool(value) => ExprKind::Bool(*value.value()),
            Expression::Number(number) => self.number(number.span(), span),
            Expression::String(text) => ExprKind::String(text.as_str().into()),
            Expression::StringTemplate(template) => {
                let literals = Literals::of_quoted(template);
                self.template(template, literals, span, depth)
            }
            Expression::HeredocTemplate(heredoc) => {
                let literals = Literals::of_heredoc(
                    &heredoc.template,
                    self.text,
                    self.is_flush(heredoc.span()),
                );
                self.template(&heredoc.template, literals, span, depth)
            }
            Expression::Array(array) => {
                ExprKind::Tuple(array.iter().map(|item| self.expr(item, span, depth)).collect())
            }
            Expression::Object(object) => ExprKind::Object(self.object(object, span, depth)),
            Expression::Variable(name) => ExprKind::Variable(name.as_str().into()),
            Expression::Parenthesis(inner) => {
                ExprKind::Parens(Box::new(self.expr(inner.inner(), span, depth)))
            }
            Expression::Conditional(conditional) => {
                let condition = self.expr(&conditional.cond_expr, span, depth);
                let then = self.expr(&conditional.true_expr, span, depth);
                let otherwise = self.expr(&conditional.false_expr, span, depth);
                ExprKind::Conditional(Box::new(Conditional { condition, then, otherwise }))
            }
            Expression::FuncCall(call) => ExprKind::Call(Box::new(self.call(call, span, depth))),
            Expression::UnaryOp(operation) => {
                let operator = match operation.operator.value() {
                    expr::UnaryOperator::Neg => UnaryOp::Neg,
                    expr::UnaryOperator::Not => UnaryOp::Not,
                };
                ExprKind::Unary(operator, Box::new(self.expr(&operation.expr, span, depth)))
            }
            Expression::BinaryOp(operation) => {
                let left = self.expr(&operation.lhs_expr, span, depth);
                let right = self.expr(&operation.rhs_expr, span, depth);
                let operator = binary_operator(*operation.operator.value());
                ExprKind::Binary(operator, Box::new(left), Box::new(right))
            }
            Expression::ForExpr(for_expr) => {
                ExprKind::For(Box::new(self.for_expr(for_expr, span, depth)))
            }
            Expression::Traversal(traversal) => return self.traversal(traversal, span, depth),
        };
        Expr { kind, span }
    }

    /// A number keeps its digits; a sign in front of it is an operator, as in Terraform.
    fn number(&self, place: Option<Range<usize>>, span: Span) -> ExprKind {
        let text = self.source(place);
        match text.strip_prefix('-') {
            None => ExprKind::Number(text.into()),
            Some(rest) => {
                let digits = rest.trim_start();
                let start = span.end.saturating_sub(len32(digits)).max(span.start);
                let kind = ExprKind::Number(digits.into());
                let number = Expr { kind, span: Span::new(span.file, start, span.end) };
                ExprKind::Unary(UnaryOp::Neg, Box::new(number))
            }
        }
    }

    fn object(&mut self, object: &expr::Object, span: Span, depth: usize) -> Vec<ObjectItem> {
        let mut items = Vec::with_capacity(object.len());
        for (key, value) in object.iter() {
            let place = self.span(key.span(), span);
            let key = match key {
                _ if (self.is_hidden_key)(place.range().start) => {
                    self.hidden_key(key.span(), place, depth)
                }
                ObjectKey::Ident(ident) => {
                    Expr { kind: ExprKind::String(ident.as_str().into()), span: place }
                }
                ObjectKey::Expression(key) => self.expr(key, span, depth),
            };
            items.push(ObjectItem { key, value: self.expr(value.expr(), span, depth) });
        }
        items
    }

    /// A key that hcl-edit did not see.
    fn hidden_key(&mut self, local: Option<Range<usize>>, place: Span, depth: usize) -> Expr {
        let text = self.source(local);
        match hcl_edit::parser::parse_expr(text) {
            Ok(Expression::Variable(name)) => {
                Expr { kind: ExprKind::String(name.as_str().into()), span: place }
            }
            Ok(key) => {
                let mut inner = Converter::new(
                    self.file,
                    text,
                    Place::At(place.range().start),
                    self.is_hidden_key,
                );
                let key = inner.expr(&key, place, depth);
                self.problems.append(&mut inner.problems);
                key
            }
            Err(_) => Expr { kind: ExprKind::Invalid, span: place },
        }
    }

    fn call(&mut self, call: &expr::FuncCall, span: Span, depth: usize) -> Call {
        let last = self.ident(call.name.name.as_str(), call.name.name.span(), span);
        let name = if call.name.namespace.is_empty() {
            last
        } else {
            let mut text = SmolStrBuilder::new();
            for part in &call.name.namespace {
                text.push_str(part.as_str());
                text.push_str("::");
            }
            text.push_str(&last.text);
            let start = call.name.namespace.first().and_then(|part| part.span());
            let span = self.span(start, last.span).to(last.span);
            Ident { text: text.finish(), span }
        };
        let args = call.args.iter().map(|arg| self.expr(arg, span, depth)).collect();
        Call { name, args, expand_last: call.args.expand_final() }
    }

    fn for_expr(&mut self, for_expr: &expr::ForExpr, span: Span, depth: usize) -> ForExpr {
        let intro = &for_expr.intro;
        self.check_word_before(&intro.collection_expr, "in");
        if let Some(condition) = &for_expr.cond {
            self.check_word_before(&condition.expr, "if");
        }
        let key_name = intro.key_var.as_ref().map(|key| self.ident(key.as_str(), key.span(), span));
        ForExpr {
            key_name,
            value_name: self.ident(intro.value_var.as_str(), intro.value_var.span(), span),
            collection: self.expr(&intro.collection_expr, span, depth),
            key: for_expr.key_expr.as_ref().map(|key| self.expr(key, span, depth)),
            value: self.expr(&for_expr.value_expr, span, depth),
            grouping: for_expr.grouping,
            condition: for_expr.cond.as_ref().map(|cond| self.expr(&cond.expr, span, depth)),
        }
    }

    fn traversal(&mut self, traversal: &expr::Traversal, span: Span, depth: usize) -> Expr {
        let depth = depth.saturating_add(traversal.operators.len());
        if depth > MAX_DEPTH {
            return self.too_deep(span);
        }
        let mut base = self.expr(&traversal.expr, span, depth);
        let mut operators = traversal.operators.as_slice();
        while let [operator, rest @ ..] = operators {
            operators = rest;
            let place = self.span(operator.span(), span);
            let mut end = place;
            let kind = match operator.value() {
                TraversalOperator::GetAttr(name) => {
                    let name = self.ident(name.as_str(), name.span(), place);
                    ExprKind::GetAttr(Box::new(base), name)
                }
                TraversalOperator::Index(key) => {
                    let key = self.expr(key, place, depth);
                    ExprKind::Index(Box::new(base), Box::new(key))
                }
                TraversalOperator::LegacyIndex(_) => {
                    let index = self.legacy_index(operator.span(), place);
                    ExprKind::Index(Box::new(base), Box::new(index))
                }
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                    let kind = splat_kind(operator);
                    let steps = self.splat_steps(kind, &mut operators, &mut end, depth);
                    ExprKind::Splat(Box::new(Splat { source: base, kind, steps }))
                }
            };
            base = Expr { kind, span: span_from(span, end) };
        }
        base
    }

    /// Takes the operators that a splat applies to each element.
    fn splat_steps(
        &mut self,
        kind: SplatKind,
        operators: &mut &[Decorated<TraversalOperator>],
        end: &mut Span,
        depth: usize,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        while let [operator, rest @ ..] = *operators {
            let place = self.span(operator.span(), *end);
            let step = match operator.value() {
                TraversalOperator::GetAttr(name) => {
                    Step::Attr(self.ident(name.as_str(), name.span(), place))
                }
                TraversalOperator::LegacyIndex(_) => {
                    Step::Index(self.legacy_index(operator.span(), place))
                }
                _ if kind == SplatKind::Legacy => break,
                TraversalOperator::Index(key) => Step::Index(self.expr(key, place, depth)),
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                    *operators = rest;
                    *end = place;
                    let inner = self.splat_steps(splat_kind(operator), operators, end, depth);
                    steps.push(Step::Splat(inner));
                    continue;
                }
            };
            *operators = rest;
            *end = place;
            steps.push(step);
        }
        steps
    }

    /// The number behind the dot in `a.0`.
    fn legacy_index(&self, local: Option<Range<usize>>, place: Span) -> Expr {
        let digits = self.source(local).trim_start_matches(|char: char| !char.is_ascii_digit());
        let start = place.end.saturating_sub(len32(digits)).max(place.start);
        Expr { kind: ExprKind::Number(digits.into()), span: Span::new(self.file, start, place.end) }
    }

    /// A text that is a template by itself.
    pub(crate) fn whole_template(&mut self, template: &Template, span: Span) -> Expr {
        let kind = self.template(template, Literals::of_quoted(template), span, 0);
        Expr { kind, span }
    }

    /// A template whose literals are the text as it is: that of a file.
    pub(crate) fn template_file(&mut self, template: &Template, span: Span) -> Expr {
        let literals = Literals::of_heredoc(template, self.text, false);
        let kind = self.template(template, literals, span, 0);
        Expr { kind, span }
    }

    fn template(
        &mut self,
        template: &Template,
        mut literals: Literals,
        span: Span,
        depth: usize,
    ) -> ExprKind {
        let parts = self.parts(template, &mut literals, span, depth);
        let mut text = SmolStrBuilder::new();
        for part in &parts {
            match part {
                TemplatePart::Literal(literal) => text.push_str(literal),
                _ => return ExprKind::Template(parts),
            }
        }
        ExprKind::String(text.finish())
    }

    fn parts(
        &mut self,
        template: &Template,
        literals: &mut Literals,
        span: Span,
        depth: usize,
    ) -> Vec<TemplatePart> {
        let depth = depth + 1;
        let mut parts = Vec::with_capacity(template.len());
        for element in template {
            parts.push(match element {
                Element::Literal(_) => TemplatePart::Literal(literals.next()),
                Element::Interpolation(interpolation) => {
                    TemplatePart::Interpolation(self.expr(&interpolation.expr, span, depth))
                }
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(directive) => TemplatePart::If {
                        condition: self.expr(&directive.if_expr.cond_expr, span, depth),
                        then: self.parts(&directive.if_expr.template, literals, span, depth),
                        otherwise: match &directive.else_expr {
                            Some(branch) => self.parts(&branch.template, literals, span, depth),
                            None => Vec::new(),
                        },
                    },
                    Directive::For(directive) => {
                        let head = &directive.for_expr;
                        self.check_word_before(&head.collection_expr, "in");
                        let key = head.key_var.as_ref();
                        TemplatePart::For {
                            key: key.map(|key| self.ident(key.as_str(), key.span(), span)),
                            value: self.ident(head.value_var.as_str(), head.value_var.span(), span),
                            collection: self.expr(&head.collection_expr, span, depth),
                            body: self.parts(&head.template, literals, span, depth),
                        }
                    }
                },
            });
        }
        parts
    }

    /// hcl-edit reads `invar.x` as `in var.x`.
    fn check_word_before(&mut self, expr: &Expression, word: &str) {
        let Some(range) = expr.span() else { return };
        let is_name = self
            .source(Some(range.clone()))
            .starts_with(|char: char| char.is_alphanumeric() || char == '_');
        if is_name && self.source(Some(0..range.start)).ends_with(word) {
            let place =
                self.span(Some(range.start.saturating_sub(word.len())..range.end), Span::default());
            let message = format!("a blank is missing behind `{word}`");
            self.problems.push(Problem::at(ProblemKind::Syntax, place, message));
        }
    }

    fn too_deep(&mut self, span: Span) -> Expr {
        let message = format!("this expression has more than {MAX_DEPTH} levels");
        let problem = Problem::at(ProblemKind::Syntax, span, message);
        self.problems.push(problem.help("name its parts with `locals`"));
        Expr { kind: ExprKind::Invalid, span }
    }

    fn is_flush(&self, heredoc: Option<Range<usize>>) -> bool {
        self.source(heredoc).starts_with("<<-")
    }

    fn source(&self, place: Option<Range<usize>>) -> &'t str {
        place.and_then(|place| self.text.get(place)).unwrap_or_default()
    }

    fn ident(&self, text: &str, place: Option<Range<usize>>, around: Span) -> Ident {
        Ident { text: SmolStr::new(text), span: self.span(place, around) }
    }

    fn span(&self, place: Option<Range<usize>>, around: Span) -> Span {
        let Some(place) = place else { return around };
        let base = match self.place {
            Place::At(base) => base,
            Place::Within(span) => return span,
        };
        let start = u32::try_from(base.saturating_add(place.start));
        let end = u32::try_from(base.saturating_add(place.end));
        Span::new(self.file, start.unwrap_or(u32::MAX), end.unwrap_or(u32::MAX))
    }
}

fn splat_kind(operator: &TraversalOperator) -> SplatKind {
    match operator {
        TraversalOperator::FullSplat(_) => SplatKind::Full,
        _ => SplatKind::Legacy,
    }
}

/// The part of `whole` that ends where `last` ends.
fn span_from(whole: Span, last: Span) -> Span {
    Span::new(whole.file, whole.start, last.end)
}

fn len32(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn binary_operator(operator: expr::BinaryOperator) -> BinaryOp {
    match operator {
        expr::BinaryOperator::Or => BinaryOp::Or,
        expr::BinaryOperator::And => BinaryOp::And,
        expr::BinaryOperator::Eq => BinaryOp::Eq,
        expr::BinaryOperator::NotEq => BinaryOp::NotEq,
        expr::BinaryOperator::Less => BinaryOp::Less,
        expr::BinaryOperator::LessEq => BinaryOp::LessEq,
        expr::BinaryOperator::Greater => BinaryOp::Greater,
        expr::BinaryOperator::GreaterEq => BinaryOp::GreaterEq,
        expr::BinaryOperator::Plus => BinaryOp::Add,
        expr::BinaryOperator::Minus => BinaryOp::Sub,
        expr::BinaryOperator::Mul => BinaryOp::Mul,
        expr::BinaryOperator::Div => BinaryOp::Div,
        expr::BinaryOperator::Mod => BinaryOp::Mod,
    }
}
