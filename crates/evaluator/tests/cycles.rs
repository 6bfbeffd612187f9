//! What depends on itself, whether or not anything asks for it.

use std::collections::BTreeMap;

use privatelint_evaluator::{References, cycles, is_cycle};
use privatelint_parser::Workspace;

#[track_caller]
fn check_files(files: &[(&str, &str)], expected: &[&str]) {
    let workspace = Workspace::from_texts(files);
    assert!(workspace.problems.is_empty(), "{:#?}", workspace.problems);
    let references: BTreeMap<_, _> = workspace
        .modules
        .iter()
        .map(|(dir, module)| (dir.as_path(), References::of(module)))
        .collect();
    let problems = cycles(&references);
    assert!(problems.iter().all(is_cycle));
    let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, expected);
}

#[track_caller]
fn check(code: &str, expected: &[&str]) {
    check_files(&[("main.tf", code)], expected);
}

#[test]
fn the_way_is_named() {
    check(
        "locals {\n  a = local.b\n  b = [local.a]\n  c = local.a\n  d = 1\n}",
        &["`local.a` depends on itself: `local.a` → `local.b` → `local.a`"],
    );
    check(
        "locals {\n  a = \"${local.a}x\"\n}",
        &["`local.a` depends on itself: `local.a` → `local.a`"],
    );
    check(
        "resource \"t\" \"a\" {\n  count = length(t.b)\n}\nresource \"t\" \"b\" {\n  block {\n    v = data.t.c.id\n  }\n}\ndata \"t\" \"c\" {\n  depends_on = [t.a]\n}",
        &["`t.a` depends on itself: `t.a` → `t.b` → `data.t.c` → `t.a`"],
    );
}

#[test]
fn groups_are_told_once_each() {
    check(
        "locals {\n  a = local.b\n  b = [local.a, local.c]\n  c = [local.b, local.x]\n  x = local.y\n  y = local.x\n}",
        &[
            "`local.a` depends on itself: `local.a` → `local.b` → `local.a`",
            "`local.x` depends on itself: `local.x` → `local.y` → `local.x`",
        ],
    );
}

#[test]
fn what_is_bound_or_named_afterwards_is_no_cycle() {
    for code in [
        "locals {\n  a = [for local in [1] : local]\n  b = { local = 1 }\n}",
        "resource \"t\" \"a\" {\n  dynamic \"t\" {\n    for_each = [1]\n    content {\n      v = t.value\n    }\n  }\n}",
        "resource \"t\" \"a\" {\n  provisioner \"local-exec\" {\n    command = t.a.id\n  }\n  lifecycle {\n    postcondition {\n      condition     = t.a.id != \"\"\n      error_message = \"x\"\n    }\n    ignore_changes = [t]\n  }\n}",
        "variable \"a\" {}\noutput \"a\" {\n  value = var.a\n}\nlocals {\n  a = var.a\n  b = local.a\n}",
        "resource \"t\" \"a\" {\n  provider = t.a\n}",
        "locals {\n  a = local.none\n}",
    ] {
        check(code, &[]);
    }
}

const MODULE: &str = r#"
variable "x" {}
variable "y" {}
locals { z = var.y }
resource "t" "a" { v = local.z }
output "of_x" { value = var.x }
output "of_y" { value = t.a.id }
"#;

#[test]
fn calls_are_looked_through() {
    let call = |code: &str, expected: &[&str]| {
        let code = format!("module \"m\" {{\n  source = \"./m\"\n{code}\n}}\n");
        check_files(&[("main.tf", &code), ("m/main.tf", MODULE)], expected);
    };
    // Terraform evaluates a module object by object.
    call("  x = module.m.of_y\n  y = 1", &[]);
    call("  x = 1\n  y = module.m.of_x", &[]);
    call("  x = module.m.none\n  y = 1", &[]);
    let of_y = "input `y` of `module.m` depends on itself: input `y` of `module.m` → `module.m.of_y` → input `y` of `module.m`";
    call("  x = 1\n  y = module.m.of_y", &[of_y]);
    call("  x = 1\n  y = module.m[0].of_y", &[of_y]);
    call(
        "  x = 1\n  y = module.m",
        &[
            "input `y` of `module.m` depends on itself: input `y` of `module.m` → `module.m` → input `y` of `module.m`",
        ],
    );
    call(
        "  count = module.m.of_x\n  x = 1\n  y = 1",
        &["`module.m` depends on itself: `module.m` → `module.m.of_x` → `module.m`"],
    );
    // A module that calls itself has no end, which is told where it is loaded.
    let recursive = "variable \"v\" {}\nmodule \"m\" {\n  source = \"./\"\n  v = var.v\n}\noutput \"o\" {\n  value = module.m.o\n}";
    let workspace = Workspace::from_texts(&[("main.tf", recursive)]);
    let references: BTreeMap<_, _> = workspace
        .modules
        .iter()
        .map(|(dir, module)| (dir.as_path(), References::of(module)))
        .collect();
    assert_eq!(cycles(&references), []);
}

#[test]
fn a_long_chain_is_no_trouble() {
    let mut code = "locals {\n".to_owned();
    for at in 0..20_000 {
        code.push_str(&format!("  l{at} = local.l{}\n", (at + 1) % 20_000));
    }
    code.push('}');
    let workspace = Workspace::from_texts(&[("main.tf", &code)]);
    let references: BTreeMap<_, _> = workspace
        .modules
        .iter()
        .map(|(dir, module)| (dir.as_path(), References::of(module)))
        .collect();
    assert_eq!(cycles(&references).len(), 1);
}
