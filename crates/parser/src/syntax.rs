//! The syntax tree: what native and JSON syntax are both converted to.
//!
//! It is our own, so that nothing above this crate depends on what a parser library can represent. Every node
//! has a span. Text is shared or inline, so that cloning a name costs nothing.

use privatelint_diagnostics::Span;
use smol_str::SmolStr;

/// A name with its place: an identifier, a block label, an attribute name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ident {
    /// The text, without quotes.
    pub text: SmolStr,
    /// The place, with quotes if there are any.
    pub span: Span,
}

/// What stands between the braces of a block, or in a whole file.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// `name = value`, in source order. Names are unique: a second one is a syntax error that is reported and left out.
    pub attributes: Vec<Attribute>,
    /// Nested blocks, in source order.
    pub blocks: Vec<Block>,
}

impl Body {
    /// The attribute of that name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.text == name)
    }

    /// The blocks of that type, in source order.
    pub fn blocks_of(&self, kind: &str) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.kind.text == kind)
    }
}

/// `name = value`.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The name.
    pub name: Ident,
    /// The value.
    pub value: Expr,
}

impl Attribute {
    /// From the name to the end of the value.
    #[must_use]
    pub fn span(&self) -> Span {
        self.name.span.to(self.value.span)
    }
}

/// `kind "label" … { body }`.
#[derive(Debug, Clone)]
pub struct Block {
    /// The block's type: `resource`, `ingress`, …
    pub kind: Ident,
    /// The labels.
    pub labels: Vec<Ident>,
    /// The contents.
    pub body: Body,
    /// From the type to the last label: one line that a finding can point at.
    pub header: Span,
    /// From the type to the closing brace.
    pub span: Span,
}

/// How many levels the tree of an expression has at most: whoever walks it may recurse.
pub const MAX_DEPTH: usize = 320;

/// An expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is.
    pub span: Span,
}

/// The forms of an expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, as written: the evaluator decides about precision.
    Number(SmolStr),
    /// A string or heredoc without interpolation, with escapes resolved and indentation stripped.
    String(SmolStr),
    /// A string or heredoc with interpolations or directives.
    Template(Vec<TemplatePart>),
    /// `[a, b]`.
    Tuple(Vec<Expr>),
    /// `{ a = b }`. A later item with the same key wins.
    Object(Vec<ObjectItem>),
    /// The first name of a traversal: `var`, `local`, `aws_vpc`, `each`, an iterator.
    Variable(SmolStr),
    /// `a.name`.
    GetAttr(Box<Expr>, Ident),
    /// `a[b]`, and the legacy form `a.0`.
    Index(Box<Expr>, Box<Expr>),
    /// `a[*].b.c` or the legacy `a.*.b.c`.
    Splat(Box<Splat>),
    /// `-a`, `!a`.
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a ? b : c`.
    Conditional(Box<Conditional>),
    /// `[for …]`, `{for …}`.
    For(Box<ForExpr>),
    /// `f(a, b...)`.
    Call(Box<Call>),
    /// `(a)`.
    Parens(Box<Expr>),
    /// An expression that could not be parsed; reported already, unknown for the evaluator.
    Invalid,
}

impl Expr {
    /// Calls `visit` with each expression that stands directly in this one, in source order.
    pub fn each_child<'e>(&'e self, visit: &mut dyn FnMut(&'e Self)) {
        match &self.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::Variable(_)
            | ExprKind::Invalid => {}
            ExprKind::Template(parts) => each_in_template(parts, visit),
            ExprKind::Tuple(elements) => elements.iter().for_each(visit),
            ExprKind::Object(items) => {
                for item in items {
                    visit(&item.key);
                    visit(&item.value);
                }
            }
            ExprKind::GetAttr(inner, _) | ExprKind::Unary(_, inner) | ExprKind::Parens(inner) => {
                visit(inner)
            }
            ExprKind::Index(left, right) | ExprKind::Binary(_, left, right) => {
                visit(left);
                visit(right);
            }
            ExprKind::Splat(splat) => {
                visit(&splat.source);
                each_in_steps(&splat.steps, visit);
            }
            ExprKind::Conditional(conditional) => {
                visit(&conditional.condition);
                visit(&conditional.then);
                visit(&conditional.otherwise);
            }
            ExprKind::For(for_expr) => {
                visit(&for_expr.collection);
                for_expr.key.iter().for_each(&mut *visit);
                visit(&for_expr.value);
                for_expr.condition.iter().for_each(visit);
            }
            ExprKind::Call(call) => call.args.iter().for_each(visit),
        }
    }
}

fn each_in_template<'e>(parts: &'e [TemplatePart], visit: &mut dyn FnMut(&'e Expr)) {
    for part in parts {
        match part {
            TemplatePart::Literal(_) => {}
            TemplatePart::Interpolation(inner) => visit(inner),
            TemplatePart::If { condition, then, otherwise } => {
                visit(condition);
                each_in_template(then, visit);
                each_in_template(otherwise, visit);
            }
            TemplatePart::For { collection, body, .. } => {
                visit(collection);
                each_in_template(body, visit);
            }
        }
    }
}

fn each_in_steps<'e>(steps: &'e [Step], visit: &mut dyn FnMut(&'e Expr)) {
    for step in steps {
        match step {
            Step::Attr(_) => {}
            Step::Index(key) => visit(key),
            Step::Splat(inner) => each_in_steps(inner, visit),
        }
    }
}

/// One part of a template.
#[derive(Debug, Clone)]
pub enum TemplatePart {
    /// Text, with escapes resolved and strip markers applied.
    Literal(SmolStr),
    /// `${expr}`.
    Interpolation(Expr),
    /// `%{ if condition }…%{ else }…%{ endif }`.
    If {
        /// The condition.
        condition: Expr,
        /// The text if it holds.
        then: Vec<TemplatePart>,
        /// The text if it does not; empty without an `else`.
        otherwise: Vec<TemplatePart>,
    },
    /// `%{ for key, value in collection }…%{ endfor }`.
    For {
        /// The name of the key or index, if given.
        key: Option<Ident>,
        /// The name of the value.
        value: Ident,
        /// What is iterated over.
        collection: Expr,
        /// The text of each round.
        body: Vec<TemplatePart>,
    },
}

/// `key = value` in an object expression.
#[derive(Debug, Clone)]
pub struct ObjectItem {
    /// The key: a bare identifier becomes [`ExprKind::String`]; a quoted string, a traversal or `(expr)` is an expression.
    pub key: Expr,
    /// The value.
    pub value: Expr,
}

/// Which of the two splat operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplatKind {
    /// `[*]`: every following step belongs to the splat.
    Full,
    /// `.*`: only following attribute steps belong to it; an index applies to the result.
    Legacy,
}

/// A splat with the steps that are applied to each element.
#[derive(Debug, Clone)]
pub struct Splat {
    /// What is iterated over.
    pub source: Expr,
    /// Which operator it is.
    pub kind: SplatKind,
    /// Applied to each element, in order.
    pub steps: Vec<Step>,
}

/// A step of a splat.
#[derive(Debug, Clone)]
pub enum Step {
    /// `.name`.
    Attr(Ident),
    /// `[expr]` or `.0`.
    Index(Expr),
    /// A splat within a splat, `a[*].b[*].c`: these steps are applied to each element of what the steps before gave.
    Splat(Vec<Step>),
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `!`
    Not,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the operator is")]
pub enum BinaryOp {
    Or,
    And,
    Eq,
    NotEq,
    Less,
    LessEq,
    Greater,
    GreaterEq,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

/// `condition ? then : otherwise`.
#[derive(Debug, Clone)]
pub struct Conditional {
    /// The condition.
    pub condition: Expr,
    /// The value if it holds.
    pub then: Expr,
    /// The value if it does not.
    pub otherwise: Expr,
}

/// A `for` expression.
#[derive(Debug, Clone)]
pub struct ForExpr {
    /// The name of the key or index, if given.
    pub key_name: Option<Ident>,
    /// The name of the value.
    pub value_name: Ident,
    /// What is iterated over.
    pub collection: Expr,
    /// The key of a result item: present in `{for}`, absent in `[for]`.
    pub key: Option<Expr>,
    /// The value of a result item.
    pub value: Expr,
    /// `...`: values of equal keys are collected.
    pub grouping: bool,
    /// `if`.
    pub condition: Option<Expr>,
}

/// A function call.
#[derive(Debug, Clone)]
pub struct Call {
    /// The name, with its namespace: `provider::aws::arn_parse`, `core::max` or plain `max`.
    pub name: Ident,
    /// The arguments.
    pub args: Vec<Expr>,
    /// `...` behind the last argument.
    pub expand_last: bool,
}
