//! A small evaluator of literals and calls, and how tables write values.

use std::collections::BTreeMap;

use privatelint_evaluator::{Number, Object, TextPart, Unknown, Value, functions};
use privatelint_parser::syntax::{BinaryOp, Call, Expr, ExprKind, TemplatePart, UnaryOp};

/// Literals, calls and arithmetic. `oneof(a, b)` is one of its arguments, `open({…})` an object with further attributes.
pub(crate) fn value_of(expr: &Expr) -> Result<Value, String> {
    Ok(match &expr.kind {
        ExprKind::Null => Value::Null,
        ExprKind::Bool(bool) => Value::Bool(*bool),
        ExprKind::Number(written) => Value::Number(Number::parse(written).unwrap()),
        ExprKind::String(text) => Value::String(text.clone()),
        ExprKind::Template(parts) => {
            let parts: Result<Vec<TextPart>, String> = parts
                .iter()
                .map(|part| {
                    Ok(match part {
                        TemplatePart::Literal(text) => TextPart::Known(text.clone()),
                        TemplatePart::Interpolation(inner) => match value_of(inner)? {
                            Value::Unknown(unknown) => TextPart::Unknown(unknown),
                            known => TextPart::Known(known.as_str().unwrap().into()),
                        },
                        _ => panic!("no directives"),
                    })
                })
                .collect();
            Unknown::text(parts?)
        }
        ExprKind::Tuple(elements) => {
            Value::tuple(elements.iter().map(value_of).collect::<Result<_, _>>()?)
        }
        ExprKind::Object(items) => {
            let entry = |key: &Expr| match &key.kind {
                ExprKind::String(name) => name.clone(),
                other => panic!("{other:?}"),
            };
            let entries: Result<BTreeMap<_, _>, String> =
                items.iter().map(|item| Ok((entry(&item.key), value_of(&item.value)?))).collect();
            Value::object(entries?)
        }
        ExprKind::GetAttr(_, name) => Value::Unknown(Unknown::Variable(name.text.clone())),
        ExprKind::Unary(UnaryOp::Neg, inner) => match value_of(inner)? {
            Value::Number(number) => Value::Number(number.negated()),
            other => other,
        },
        ExprKind::Binary(op, a, b) => match (value_of(a)?, value_of(b)?) {
            (Value::Number(a), Value::Number(b)) => Value::Number(match op {
                BinaryOp::Add => a.checked_add(b).unwrap(),
                BinaryOp::Div => a.checked_div(b).unwrap(),
                other => panic!("{other:?}"),
            }),
            (a, b) => Value::Unknown(Unknown::derived([&a, &b])),
        },
        ExprKind::Parens(inner) => value_of(inner)?,
        ExprKind::Call(call) => called(call)?,
        other => panic!("{other:?}"),
    })
}

fn called(call: &Call) -> Result<Value, String> {
    let mut args: Vec<Value> = call.args.iter().map(value_of).collect::<Result<_, _>>()?;
    if call.expand_last {
        let last = args.pop().unwrap();
        match last.as_elements() {
            Some(elements) => args.extend(elements.iter().cloned()),
            None => return Ok(Value::Unknown(Unknown::derived([&last]))),
        }
    }
    match call.name.text.as_str() {
        "oneof" => Ok(Unknown::one_of(args)),
        "open" => {
            let attributes = args.pop().unwrap().as_entries().unwrap().clone();
            let rest = Some(Unknown::Variable("rest".into()));
            Ok(Value::Object(Object { attributes, rest }.into()))
        }
        name => functions::call(name, &args).map_err(|error| error.message),
    }
}

/// What `type(…)` calls the kind of a value.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "dynamic",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "list",
        Value::Set(_) => "set",
        Value::Map(_) => "map",
        Value::Tuple(_) => "tuple",
        Value::Object(_) => "object",
        Value::Unknown(_) => "unknown",
    }
}

/// JSON, with signs for what is not known.
pub(crate) fn show(value: &Value) -> String {
    let each =
        |values: &[Value], between: &str| values.iter().map(show).collect::<Vec<_>>().join(between);
    let quoted = |text: &str| match functions::call("jsonencode", &[Value::string(text)]) {
        Ok(Value::String(json)) => json.to_string(),
        other => panic!("{other:?}"),
    };
    match value {
        Value::Unknown(Unknown::OneOf(arms)) => format!("({})", each(arms, "|")),
        Value::Unknown(Unknown::Text(parts)) => {
            let shown = parts.iter().map(|part| match part {
                TextPart::Known(text) => text.to_string(),
                TextPart::Unknown(_) => "${?}".into(),
            });
            format!("\"{}\"", shown.collect::<String>())
        }
        Value::Unknown(_) => "?".into(),
        Value::Null => "null".into(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            format!("[{}]", each(elements, ","))
        }
        Value::Map(_) | Value::Object(_) => {
            let entries = value.as_entries().unwrap();
            let mut shown: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{}:{}", quoted(name), show(value)))
                .collect();
            if matches!(value, Value::Object(object) if object.rest.is_some()) {
                shown.push("…".into());
            }
            format!("{{{}}}", shown.join(","))
        }
    }
}
