//! Type constraints: what they are, how they are read and how they print.

use std::collections::BTreeMap;
use std::fmt;

use privatelint_diagnostics::Span;
use privatelint_parser::syntax::{Call, Expr, ExprKind, ObjectItem};
use smol_str::SmolStr;

use crate::Value;

/// How deep types may be nested in each other. Real constraints stay under ten.
const MOST_NESTING: usize = 64;

/// A type constraint of a variable or a function's parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `any`: whatever it is; inside a collection, one type for all elements.
    Any,
    /// `bool`.
    Bool,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `list(t)`.
    List(Box<Type>),
    /// `set(t)`.
    Set(Box<Type>),
    /// `map(t)`.
    Map(Box<Type>),
    /// `tuple([t, …])`.
    Tuple(Vec<Type>),
    /// `object({ name = t, … })`.
    Object(BTreeMap<SmolStr, Field>),
}

/// An attribute of an object type.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out.
    pub optional: bool,
    /// The value it then has; `null` without one.
    pub default: Option<Value>,
}

impl Field {
    /// An attribute that must be there.
    #[must_use]
    pub fn required(ty: Type) -> Self {
        Self { ty, optional: false, default: None }
    }
}

impl Type {
    /// `list(element)`.
    #[must_use]
    pub fn list(element: Self) -> Self {
        Self::List(Box::new(element))
    }

    /// `set(element)`.
    #[must_use]
    pub fn set(element: Self) -> Self {
        Self::Set(Box::new(element))
    }

    /// `map(element)`.
    #[must_use]
    pub fn map(element: Self) -> Self {
        Self::Map(Box::new(element))
    }

    /// Reads a type constraint. `default` gives the value of the second argument of `optional`.
    ///
    /// # Errors
    ///
    /// The place of what is no type, and why it is none.
    pub fn parse(
        expr: &Expr,
        default: &mut dyn FnMut(&Expr) -> Value,
    ) -> Result<Self, (Span, String)> {
        parse(expr, default, 0)
    }

    /// Whether `any` is in it, at any depth.
    pub(crate) fn has_any(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_any(),
            Self::Tuple(elements) => elements.iter().any(Self::has_any),
            Self::Object(fields) => fields.values().any(|field| field.ty.has_any()),
        }
    }
}

fn parse(
    expr: &Expr,
    default: &mut dyn FnMut(&Expr) -> Value,
    depth: usize,
) -> Result<Type, (Span, String)> {
    if depth > MOST_NESTING {
        return Err((expr.span, "this type is nested too deeply".into()));
    }
    match &expr.kind {
        ExprKind::Parens(inner) => parse(inner, default, depth + 1),
        ExprKind::Variable(name) => keyword(name, expr.span),
        ExprKind::String(name) => legacy_keyword(name, expr.span),
        ExprKind::Call(call) => constructor(call, expr.span, default, depth),
        _ => Err((
            expr.span,
            "a type is a keyword such as `string`, or a call such as `list(string)`".into(),
        )),
    }
}

fn keyword(name: &str, span: Span) -> Result<Type, (Span, String)> {
    match name {
        "any" => Ok(Type::Any),
        "bool" => Ok(Type::Bool),
        "number" => Ok(Type::Number),
        "string" => Ok(Type::String),
        // A collection without an element type is a remnant of Terraform 0.11 that is still accepted.
        "list" => Ok(Type::list(Type::Any)),
        "set" => Ok(Type::set(Type::Any)),
        "map" => Ok(Type::map(Type::Any)),
        "object" | "tuple" => Err((span, format!("`{name}` needs an argument: its contents"))),
        _ => Err((span, unknown_keyword(name))),
    }
}

/// Types in quotes are from Terraform 0.11: there were three of them.
fn legacy_keyword(name: &str, span: Span) -> Result<Type, (Span, String)> {
    match name {
        "string" => Ok(Type::String),
        "list" => Ok(Type::list(Type::Any)),
        "map" => Ok(Type::map(Type::Any)),
        _ => Err((span, format!("a type is written without quotes: `{name}`"))),
    }
}

fn unknown_keyword(name: &str) -> String {
    const KEYWORDS: [&str; 9] =
        ["any", "bool", "list", "map", "number", "object", "set", "string", "tuple"];
    match crate::functions::closest(name, KEYWORDS) {
        Some(similar) => format!("there is no type `{name}`: did you mean `{similar}`?"),
        None => format!("there is no type `{name}`"),
    }
}

fn constructor(
    call: &Call,
    span: Span,
    default: &mut dyn FnMut(&Expr) -> Value,
    depth: usize,
) -> Result<Type, (Span, String)> {
    let name = call.name.text.as_str();
    if let "any" | "bool" | "number" | "string" = name {
        return Err((span, format!("`{name}` takes no argument")));
    }
    if name == "optional" {
        return Err((span, "`optional` is for the attributes of an object type".into()));
    }
    if !matches!(name, "list" | "set" | "map" | "tuple" | "object") {
        return Err((call.name.span, unknown_keyword(name)));
    }
    let [argument] = call.args.as_slice() else {
        return Err((span, format!("`{name}` takes one argument")));
    };
    match (name, &argument.kind) {
        ("list", _) => Ok(Type::list(parse(argument, default, depth + 1)?)),
        ("set", _) => Ok(Type::set(parse(argument, default, depth + 1)?)),
        ("map", _) => Ok(Type::map(parse(argument, default, depth + 1)?)),
        ("tuple", ExprKind::Tuple(elements)) => {
            let types: Result<Vec<_>, _> =
                elements.iter().map(|element| parse(element, default, depth + 1)).collect();
            Ok(Type::Tuple(types?))
        }
        ("tuple", _) => Err((argument.span, "`tuple` takes a list of types in `[ ]`".into())),
        (_, ExprKind::Object(items)) => {
            let mut fields = BTreeMap::new();
            for item in items {
                let ExprKind::String(name) = &item.key.kind else {
                    return Err((item.key.span, "an attribute of a type is a plain name".into()));
                };
                fields.insert(name.clone(), field(item, default, depth + 1)?);
            }
            Ok(Type::Object(fields))
        }
        _ => Err((argument.span, "`object` takes its attributes in `{ }`".into())),
    }
}

fn field(
    item: &ObjectItem,
    default: &mut dyn FnMut(&Expr) -> Value,
    depth: usize,
) -> Result<Field, (Span, String)> {
    match &item.value.kind {
        ExprKind::Call(call) if call.name.text == "optional" => match call.args.as_slice() {
            [ty] => Ok(Field { ty: parse(ty, default, depth + 1)?, optional: true, default: None }),
            [ty, value] => {
                let ty = parse(ty, default, depth + 1)?;
                Ok(Field { ty, optional: true, default: Some(default(value)) })
            }
            _ => Err((item.value.span, "`optional` takes a type and perhaps a default".into())),
        },
        _ => Ok(Field::required(parse(&item.value, default, depth)?)),
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Bool => f.write_str("bool"),
            Self::Number => f.write_str("number"),
            Self::String => f.write_str("string"),
            Self::List(element) => write!(f, "list({element})"),
            Self::Set(element) => write!(f, "set({element})"),
            Self::Map(element) => write!(f, "map({element})"),
            Self::Tuple(elements) => {
                f.write_str("tuple([")?;
                for (at, element) in elements.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{element}")?;
                }
                f.write_str("])")
            }
            Self::Object(fields) => {
                f.write_str("object({")?;
                for (at, (name, field)) in fields.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    match field.optional {
                        true => write!(f, "{comma}{name} = optional({})", field.ty)?,
                        false => write!(f, "{comma}{name} = {}", field.ty)?,
                    }
                }
                f.write_str("})")
            }
        }
    }
}
