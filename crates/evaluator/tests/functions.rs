//! Built-in functions against what Terraform answers: tables of expressions, one per family.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod literal;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use camino::{Utf8Path, Utf8PathBuf};
use literal::{kind_of, show};
use privatelint_evaluator::{
    Defaults, Inputs, NoAnswers, RepositoryFiles, Request, Unknown, Value, evaluate, functions,
};
use privatelint_parser::syntax::{Expr, ExprKind};
use privatelint_parser::{
    Depth, EntryKind, FileSystem, LoadRequest, MemoryFileSystem, OsFileSystem, Workspace, load,
    parse_expression,
};

/// The tables whose answers are Terraform's: `cargo xtask functions` asks it again.
const ANSWERED: &[&str] = &[
    include_str!("functions/collection.tsv"),
    include_str!("functions/conversion.tsv"),
    include_str!("functions/date.tsv"),
    include_str!("functions/encoding.tsv"),
    include_str!("functions/file.tsv"),
    include_str!("functions/format.tsv"),
    include_str!("functions/ip.tsv"),
    include_str!("functions/numeric.tsv"),
    include_str!("functions/provider.tsv"),
    include_str!("functions/string.tsv"),
    include_str!("functions/yaml.tsv"),
];

/// The project that the expressions belong to, with the files that they name.
static PROJECT: LazyLock<(MemoryFileSystem, Workspace)> = LazyLock::new(|| {
    let dir = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions/files");
    let mut files = Vec::new();
    let mut waiting = vec![dir.clone()];
    while let Some(at) = waiting.pop() {
        for entry in OsFileSystem.walk(&at, Depth::Entries) {
            let entry = entry.unwrap();
            if entry.kind == EntryKind::Directory {
                waiting.push(entry.path);
                continue;
            }
            let path = entry.path.strip_prefix(&dir).unwrap();
            files.push((
                format!("project/{path}"),
                OsFileSystem.read(&entry.path, u64::MAX).unwrap(),
            ));
        }
    }
    files.push((".secret".to_owned(), Vec::new()));
    let fs = MemoryFileSystem::new(files);
    let request = LoadRequest {
        working_dir: "/project".into(),
        paths: vec![".".into()],
        ..LoadRequest::default()
    };
    let workspace = load(&fs, &request);
    assert!(workspace.problems.is_empty(), "{:#?}", workspace.problems);
    (fs, workspace)
});

/// The value of an expression in the project.
fn value_of(expr: &Expr) -> Result<Value, String> {
    let (fs, workspace) = &*PROJECT;
    let paths: Vec<Utf8PathBuf> = vec![".".into()];
    let files = RepositoryFiles::new(fs, "/project".into(), &paths);
    let inputs = Inputs::default();
    let mut evaluation = evaluate(Request {
        workspace,
        root: Utf8Path::new("."),
        inputs: &inputs,
        defaults: Defaults::Unknown,
        resolver: &NoAnswers,
        files: &files,
        wants: &|_, _| false,
    });
    evaluation.value_of(expr).map_err(|problem| problem.message)
}

fn rows(table: &str) -> impl Iterator<Item = [&str; 3]> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect("three columns"))
}

#[track_caller]
fn check(tables: &[&str], value_of: fn(&Expr) -> Result<Value, String>) {
    let mut wrong = String::new();
    for [source, expected, kind] in tables.iter().flat_map(|table| rows(table)) {
        let (expr, problems) = parse_expression(source);
        assert!(problems.is_empty(), "{source}: {problems:?}");
        let (shown, its_kind) = match value_of(&expr) {
            Ok(value) => (show(&value), kind_of(&value)),
            Err(message) => {
                assert!(!message.is_empty() && !message.ends_with('.'), "{source}: {message}");
                ("!error".into(), "-")
            }
        };
        // A `null` has a type there, and none here.
        if shown != expected || (its_kind != kind && shown != "null") {
            let _ = writeln!(
                wrong,
                "{source}\n    expected {kind} {expected}\n    got      {its_kind} {shown}"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn functions_answer_as_terraform_does() {
    check(ANSWERED, value_of);
    assert!(ANSWERED.iter().flat_map(|table| rows(table)).count() >= 700);
}

#[test]
fn functions_of_opentofu() {
    check(&[include_str!("functions/opentofu.tsv")], value_of);
}

#[test]
fn unknown_arguments() {
    check(&[include_str!("functions/unknown.tsv")], literal::value_of);
}

#[test]
fn limits() {
    check(&[include_str!("functions/limits.tsv")], literal::value_of);
}

/// What Terraform answers, and we do not: unknown is not wrong.
#[test]
fn what_is_not_evaluated_is_unknown() {
    for [source, _, _] in rows(include_str!("functions/not_evaluated.tsv")) {
        let value = value_of(&parse_expression(source).0);
        assert!(matches!(value, Ok(Value::Unknown(_))), "{source}: {value:?}");
    }
}

#[test]
fn every_function_is_in_a_table() {
    let tables = [
        include_str!("functions/not_evaluated.tsv"),
        include_str!("functions/opentofu.tsv"),
        include_str!("functions/unknown.tsv"),
    ];
    let sources = || tables.iter().chain(ANSWERED).flat_map(|table| rows(table)).map(|row| row[0]);
    let missing: BTreeSet<&str> = functions::names()
        .filter(|name| !sources().any(|source| source.starts_with(&format!("{name}("))))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Making any literal unknown never changes a known result into another known result.
#[test]
fn an_unknown_argument_never_changes_a_known_result() {
    for [source, ..] in ANSWERED.iter().flat_map(|table| rows(table)) {
        let (expr, _) = parse_expression(source);
        let Ok(known) = value_of(&expr) else { continue };
        for hidden in 0.. {
            let mut hidden_one = expr.clone();
            if !hide(&mut hidden_one, &mut { hidden }) {
                break;
            }
            if let Ok(value) = value_of(&hidden_one) {
                assert!(
                    may_be(&value, &known),
                    "{source}: without {hidden}: {} but {}",
                    show(&value),
                    show(&known)
                );
            }
        }
    }
}

/// Whether the value, of which parts are unknown, can turn out to be the other one.
///
/// What an unknown element makes of the others in its list, numbers or strings, is not known either: `1` may be `"1"`.
fn may_be(value: &Value, known: &Value) -> bool {
    match (value, known) {
        (Value::Unknown(Unknown::OneOf(arms)), _) => arms.iter().any(|arm| may_be(arm, known)),
        (Value::Unknown(Unknown::Text(_)), Value::String(_)) => !value.equals(known).is_no(),
        (Value::Unknown(Unknown::Text(_)), _) => false,
        (Value::Unknown(_), _) => true,
        (Value::Set(_), Value::Set(_)) => !value.is_wholly_known() || value == known,
        (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| may_be(a, b))
        }
        (Value::Object(a), _) if a.rest.is_some() => {
            let known = known.as_entries().unwrap();
            a.attributes.iter().all(|(name, value)| may_be(value, &known[name]))
        }
        (Value::Map(_) | Value::Object(_), Value::Map(_) | Value::Object(_)) => {
            let (a, b) = (value.as_entries().unwrap(), known.as_entries().unwrap());
            a.keys().eq(b.keys()) && a.values().zip(b.values()).all(|(a, b)| may_be(a, b))
        }
        (Value::Number(_) | Value::Bool(_), Value::String(text)) => show(value) == text.as_str(),
        (Value::String(text), Value::Number(_) | Value::Bool(_)) => show(known) == text.as_str(),
        _ => value == known,
    }
}

/// Replaces the n-th literal by an unknown value; `false` if there are fewer.
fn hide(expr: &mut Expr, left: &mut usize) -> bool {
    let here = matches!(
        expr.kind,
        ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Null
    );
    if here {
        if *left == 0 {
            expr.kind = parse_expression("var.hidden").0.kind;
            return true;
        }
        *left -= 1;
        return false;
    }
    match &mut expr.kind {
        ExprKind::Tuple(elements) => elements.iter_mut().any(|element| hide(element, left)),
        ExprKind::Object(items) => items.iter_mut().any(|item| hide(&mut item.value, left)),
        ExprKind::Call(call) => call.args.iter_mut().any(|arg| hide(arg, left)),
        ExprKind::Binary(_, a, b) => hide(a, left) || hide(b, left),
        _ => false,
    }
}

/// Each tuple holds the one before twice: thirty steps make a thousand million elements.
#[test]
fn values_that_are_too_large_to_be_walked_are_refused() {
    let mut value = Value::tuple(Vec::new());
    for _ in 0..30 {
        value = Value::tuple(vec![value.clone(), value]);
    }
    let unknown = Value::Unknown(Unknown::Variable("x".into()));
    for name in ["jsonencode", "flatten", "tolist", "toset", "distinct", "sum"] {
        assert!(functions::call(name, std::slice::from_ref(&value)).is_err(), "{name}");
    }
    assert!(functions::call("concat", &[value.clone(), unknown.clone()]).is_ok());
    assert!(
        functions::call("merge", &[Value::object([("a".into(), value)].into()), unknown]).is_ok()
    );
}
