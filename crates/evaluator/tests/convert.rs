//! Type constraints and conversion to them, against what Terraform makes of a variable's default.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod literal;

use std::fmt::Write as _;

use literal::{kind_of, show, value_of};
use privatelint_evaluator::Value;
use privatelint_evaluator::convert::{convert, unify};
use privatelint_evaluator::types::Type;
use privatelint_parser::parse_expression;
use privatelint_parser::syntax::{Expr, ExprKind};

fn parse(ty: &str) -> Result<Type, String> {
    let (expr, problems) = parse_expression(ty);
    assert!(problems.is_empty(), "{ty}: {problems:?}");
    Type::parse(&expr, &mut |default| value_of(default).unwrap()).map_err(|(_, message)| message)
}

fn value(text: &str) -> Value {
    let (expr, problems) = parse_expression(text);
    assert!(problems.is_empty(), "{text}: {problems:?}");
    value_of(&expr).unwrap()
}

#[track_caller]
fn check_table(table: &str) {
    let mut wrong = String::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [ty, given, expected, kind]: [&str; 4] =
            line.split('\t').collect::<Vec<_>>().try_into().expect("four columns");
        let converted =
            parse(ty).and_then(|ty| convert(&value(given), &ty).map_err(|error| error.to_string()));
        let (shown, its_kind) = match converted {
            Ok(value) => (show(&value), kind_of(&value)),
            Err(_) => ("!error".into(), "-"),
        };
        if shown != expected || (kind != its_kind && shown != "null") {
            let _ = writeln!(
                wrong,
                "{ty}  {given}\n    expected {kind} {expected}\n    got      {its_kind} {shown}"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn values_become_what_terraform_makes_of_them() {
    check_table(include_str!("convert/types.tsv"));
}

#[test]
fn unknown_values_keep_their_place() {
    check_table(include_str!("convert/unknown.tsv"));
}

#[track_caller]
fn check_error(ty: &str, given: &str, message: &str) {
    let error = convert(&value(given), &parse(ty).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[test]
fn an_error_says_where_and_what() {
    check_error("number", "\"x\"", "a number is required");
    check_error("string", "[]", "a string is required, but this is a tuple");
    check_error("object({ a = string })", "{}", "attribute \"a\" is required");
    check_error("list(object({ a = number }))", "[{ a = \"x\" }]", "[0].a: a number is required");
    check_error("map(bool)", "{ x = 2 }", "[\"x\"]: a bool is required, but this is a number");
    check_error(
        "object({ a = object({ b = string }) })",
        "{ a = {} }",
        "a: attribute \"b\" is required",
    );
    check_error("list(any)", "[1, []]", "all list elements must have the same type");
    check_error("tuple([string])", "[]", "a tuple of 1 elements is required");
}

#[track_caller]
fn check_type(written: &str, shown: &str) {
    assert_eq!(parse(written).unwrap().to_string(), shown);
}

#[test]
fn types_print_as_terraform_writes_them() {
    check_type("list", "list(any)");
    check_type("\"map\"", "map(any)");
    check_type("\"string\"", "string");
    check_type("(set(number))", "set(number)");
    check_type("tuple([string,bool])", "tuple([string, bool])");
    check_type(
        "object({ b = optional(string, \"x\"), a = any })",
        "object({a = any, b = optional(string)})",
    );
}

#[track_caller]
fn check_no_type(written: &str, message: &str) {
    assert_eq!(parse(written).unwrap_err(), message);
}

#[test]
fn what_is_no_type_is_explained() {
    check_no_type("strin", "there is no type `strin`: did you mean `string`?");
    check_no_type("lst(string)", "there is no type `lst`: did you mean `list`?");
    check_no_type("object", "`object` needs an argument: its contents");
    check_no_type("list(string, number)", "`list` takes one argument");
    check_no_type("optional(string)", "`optional` is for the attributes of an object type");
    check_no_type("string(a)", "`string` takes no argument");
    check_no_type("\"number\"", "a type is written without quotes: `number`");
    check_no_type("1", "a type is a keyword such as `string`, or a call such as `list(string)`");
    let (mut deep, _) = parse_expression("string");
    for _ in 0..100 {
        let span = deep.span;
        deep = Expr { kind: ExprKind::Parens(Box::new(deep)), span };
    }
    let (_, message) = Type::parse(&deep, &mut |_| Value::Null).unwrap_err();
    assert_eq!(message, "this type is nested too deeply");
}

#[track_caller]
fn check_unified(values: &str, unified: &str) {
    let Value::Tuple(elements) = value(values) else { panic!("a tuple") };
    let results: Vec<String> =
        unify(elements.to_vec()).iter().map(|v| format!("{} {}", kind_of(v), show(v))).collect();
    assert_eq!(results.join(", "), unified);
}

#[test]
fn values_get_the_type_they_have_in_common() {
    check_unified("[1, \"a\"]", "string \"1\", string \"a\"");
    check_unified("[true, 1]", "bool true, number 1");
    check_unified("[null, 1]", "dynamic null, number 1");
    check_unified("[var.x, 1, \"a\"]", "unknown ?, string \"1\", string \"a\"");
    check_unified("[[\"a\"], [1]]", "tuple [\"a\"], tuple [\"1\"]");
    check_unified("[[\"a\"], []]", "list [\"a\"], list []");
    check_unified("[tolist([\"a\"]), [1]]", "list [\"a\"], list [\"1\"]");
    check_unified("[tolist([]), [1]]", "list [], list [1]");
    check_unified("[{ a = 1 }, {}]", "map {\"a\":1}, map {}");
    check_unified("[{ a = 1 }, { a = \"x\" }]", "object {\"a\":\"1\"}, object {\"a\":\"x\"}");
    check_unified("[{ a = 1, b = [] }, { a = 1 }]", "object {\"a\":1,\"b\":[]}, object {\"a\":1}");
    check_unified("[open({ a = 1 }), {}]", "object {\"a\":1,…}, object {}");
    check_unified("[tomap({ a = 1 }), { b = \"x\" }]", "map {\"a\":\"1\"}, map {\"b\":\"x\"}");
    check_unified("[{}, []]", "object {}, tuple []");
    check_unified("[1, []]", "number 1, tuple []");
    check_unified("[{ a = var.x }, {}]", "map {\"a\":?}, map {}");
}

/// Each list holds the one before twice: thirty steps make a thousand million elements.
#[test]
fn a_value_that_is_too_large_to_be_walked_is_refused() {
    let mut value = Value::string("x");
    for _ in 0..30 {
        value = Value::tuple(vec![value.clone(), value]);
    }
    let error = convert(&value, &Type::list(Type::Any)).unwrap_err();
    assert_eq!(error.message, "this value has too many elements");
    assert_eq!(unify(vec![value, Value::Null]).len(), 2);
}
