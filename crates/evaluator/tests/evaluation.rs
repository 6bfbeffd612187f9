//! Expressions, references, modules and expansion: Terraform text in, values out.

mod support;

use privatelint_evaluator::{Inputs, NoAnswers};
use support::{Region, show, with, with_inputs};

/// The value of an expression in a module that has some things to refer to.
#[track_caller]
fn check(expression: &str, expected: &str) {
    let text = format!("resource \"t\" \"x\" {{\n  v = {expression}\n}}\n{SURROUNDINGS}");
    let lines = with(&[("main.tf", &text)], |evaluation| show(evaluation));
    let value: Vec<_> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("t.x.v = ").or(line.strip_prefix("! ")))
        .collect();
    assert_eq!(value.join(" ! "), expected, "{expression}");
}

const SURROUNDINGS: &str = r#"
variable "none" {}
variable "name" { default = "n" }
locals {
  list = ["a", "b", "c"]
  map  = { x = 1, y = 2 }
  deep = { a = { b = [10, 20] } }
  cond = var.none == "yes"
}
resource "r" "one" {
  written = "w"
}
resource "r" "two" {
  count = 2
  at    = count.index
}
resource "r" "each" {
  for_each = { k = "v", l = "w" }
  key      = each.key
  value    = each.value
}
resource "r" "maybe" {
  count = local.cond ? 1 : 0
}
resource "r" "many" {
  count = var.none
}
"#;

#[track_caller]
fn check_project(files: &[(&str, &str)], expected: &[&str]) {
    let lines = with(files, |evaluation| show(evaluation));
    assert_eq!(lines, expected);
}

#[test]
fn literals_and_operators() {
    check("1 + 2 * 3", "7");
    check("(1 + 2) * 3", "9");
    check("10 / 4", "2.5");
    check("-7 % 3", "-1");
    check("\"5\" + 1", "6");
    check("1 / 0", "<error> ! division by zero");
    check("!true || 1 < 2 && 2 >= 2", "true");
    check("1 == \"1\"", "false");
    check("null == null", "true");
    check("[1, \"a\", null]", "[1, \"a\", null]");
    check("{ a = 1, \"b c\" = 2, (\"d\") = 3 }", "{a: 1, b c: 2, d: 3}");
    check("{ a = 1, a = 2 }", "{a: 2}");
}

#[test]
fn an_unknown_side_does_not_decide() {
    check("var.none", "<var.none>");
    check("var.none && false", "false");
    check("false && var.none", "false");
    check("true || var.none", "true");
    check("true && var.none", "<from <var.none>>");
    check("var.none == 1", "<from <var.none>>");
    check("1 + var.none", "<from <var.none>>");
    check("r.one.id == r.one.id", "true");
    check("r.two[0].id == r.two[1].id", "<from <r.two[0] id>, <r.two[1] id>>");
    check("\"com.x.${var.none}.s3\" == \"com.x.eu.ec2\"", "false");
}

#[test]
fn conditions() {
    check("true ? 1 : 2", "1");
    check("local.cond ? \"a\" : \"b\"", "<\"a\" | \"b\">");
    check("local.cond ? \"a\" : \"a\"", "\"a\"");
    check("(local.cond ? \"a\" : \"b\") == \"c\"", "false");
    check("false ? local.map.nothing : 3", "3");
    check("null ? 1 : 2", "<error> ! `null` is used where a bool is required");
}

/// What Terraform says of these is "Inconsistent conditional result types".
#[test]
fn both_results_of_a_conditional_have_one_type() {
    let differ = |a: &str, b: &str| {
        format!(
            "<error> ! the results of a conditional have one type: here one is {a}, the other {b}"
        )
    };
    check("true ? 1 : true", &differ("a number", "a bool"));
    check("false ? 1 : [1]", &differ("a tuple", "a number"));
    check("local.cond ? [1] : \"a\"", &differ("a tuple", "a string"));
    let inside =
        "<error> ! the results of a conditional have one type: here what is inside them differs";
    check("true ? { a = 1 } : { b = {} }", inside);
    check("true ? [1, {}] : []", inside);
    check("try(true ? 1 : [], \"caught\")", "\"caught\"");
    check("true ? [1, \"a\"] : [true]", "[\"1\", \"a\"]");
    check("true ? [[1], \"x\"] : [[1], \"x\"]", "[[1], \"x\"]");
    check("true ? { a = 1 } : null", "{a: 1}");
    check("true ? {} : tomap({ a = [1] })", "{}");
    // What is not known may have the type that is wanted.
    check("true ? 1 : var.none", "1");
    check("true ? r.one : {}", "{written: \"w\", ..}");
    check("true ? { a = [] } : { a = var.none }", "{a: []}");
    check("true ? { a = 1, b = true, c = var.none } : {}", "{a: 1, b: true, c: <var.none>}");
    check("true ? { a = 1, b = [] } : tomap({})", "{a: 1, b: []}");
}

#[test]
fn templates() {
    check(r#""a${1}b${true}""#, "\"a1btrue\"");
    check(r#""${local.list}""#, "[\"a\", \"b\", \"c\"]");
    check(r#""x-${var.none}""#, "\"x-<var.none>\"");
    check(r#""${"x-${var.none}"}-y""#, "\"x-<var.none>-y\"");
    check(r#""%{ if true }yes%{ else }no%{ endif }""#, "\"yes\"");
    check(r#""%{ for i, v in local.list }${i}${v}%{ endfor }""#, "\"0a1b2c\"");
    check(r#""a${local.list}""#, "<error> ! a collection cannot be part of a string");
    check("<<-EOT\n    one\n      two\n    EOT\n", "\"one\\n  two\\n\"");
}

#[test]
fn for_expressions() {
    check("[for v in local.list : upper2(v) if false]", "[]");
    check("[for i, v in local.list : \"${i}${v}\" if v != \"b\"]", "[\"0a\", \"2c\"]");
    check("{ for k, v in local.map : v => k }", "{1: \"x\", 2: \"y\"}");
    check("{ for v in [1, 2, 3] : v % 2 => v... }", "{0: [2], 1: [1, 3]}");
    check(
        "{ for v in [1, 1] : v => v }",
        "<error> ! two items of this `for` expression have the same key",
    );
    check("[for v in var.none : v]", "<from <var.none>>");
    check("[for v in local.list : v if var.none]", "<from <var.none>>");
    check("[for s in r.two : s.id]", "[<r.two[0] id>, <r.two[1] id>]");
    check("[for a in [[1, 2], [3]] : [for b in a : b * 10]]", "[[10, 20], [30]]");
}

#[test]
fn traversal() {
    check("local.deep.a.b[1]", "20");
    check("local.deep[\"a\"].b.0", "10");
    check("local.list[3]", "<error> ! there is no element 3 in a list of 3");
    check("local.map.z", "<error> ! this object has no attribute `z`");
    check("local.list[var.none]", "<\"a\" | \"b\" | \"c\">");
    check("null.x", "<error> ! `null` has no attribute `x`");
}

#[test]
fn splats() {
    check("r.two[*].at", "[0, 1]");
    check("r.two.*.id", "[<r.two[0] id>, <r.two[1] id>]");
    check("r.one[*].written", "[\"w\"]");
    check("null[*].x", "[]");
    check("[for v in r.each : v.value]", "[\"v\", \"w\"]");
    check("r.many[*].id", "<r.many[*] id>");
    check("r.many[0].id", "<r.many[*] id>");
    check("local.deep[*].a.b[0]", "[10]");
}

#[test]
fn instances_of_unknown_number() {
    check("r.maybe[*].id", "<[] | [<r.maybe[0] id>]>");
    check("r.maybe", "<[] | [{..}]>");
    check("try(r.maybe[0].id, \"none\")", "<<error> | <r.maybe[0] id> | \"none\">");
}

#[test]
fn try_and_can() {
    check("try(local.map.z, \"d\")", "\"d\"");
    check("try(local.map.x, \"d\")", "1");
    check("try(r.one.id, \"d\")", "<r.one id>");
    check("try(var.none.x, \"d\")", "<<from <var.none>> | \"d\">");
    check("try(local.map.z)", "<error> ! this object has no attribute `z`");
    check("can(local.map.z)", "false");
    check("can(local.map.x)", "true");
    check("can(var.none.x)", "<from <var.none>>");
}

/// What comes out is known, and yet it may be an error.
#[test]
fn try_does_not_trust_what_may_fail() {
    check("try([var.none.a][0] == null ? 1 : 1, 0)", "<1 | 0>");
    check("try(length([var.none.a]), 0)", "<1 | 0>");
    check("try(length([r.one.perhaps]), 0)", "<1 | 0>");
    check("try(length([r.one.id]), 0)", "1");
    check("try(length(r.two), 0)", "2");
    check("can(length([var.none.a]))", "<true | false>");
    check("try(length([local.map.x]), 0)", "1");
}

/// What we do not look at is no error that Terraform would catch.
#[test]
fn try_does_not_catch_what_is_not_evaluated() {
    check("try(ephemeral.a.b, 5)", "<<from <ephemeral>> | 5>");
}

#[test]
fn an_argument_that_is_perhaps_null_is_perhaps_the_providers() {
    check_project(
        &[(
            "main.tf",
            "variable \"v\" {}\nresource \"t\" \"a\" {\n  zone = var.v ? \"x\" : null\n}\nresource \"t\" \"b\" {\n  zone = t.a.zone\n}\n",
        )],
        &["t.a.zone = <\"x\" | null>", "t.b.zone = <\"x\" | <t.a zone>>"],
    );
}

#[test]
fn an_input_that_is_perhaps_null_is_perhaps_the_default() {
    check_project(
        &[
            (
                "main.tf",
                "variable \"v\" {}\nmodule \"m\" {\n  source = \"./m\"\n  in = var.v ? \"x\" : null\n}\n",
            ),
            (
                "m/main.tf",
                "variable \"in\" {\n  default = \"d\"\n  nullable = false\n}\nresource \"t\" \"a\" {\n  v = var.in\n}\n",
            ),
        ],
        &["module.m.t.a.v = <\"x\" | \"d\">"],
    );
}

#[test]
fn an_alternative_that_fails_is_no_error() {
    check_project(
        &[(
            "main.tf",
            "variable \"v\" {}\nresource \"t\" \"a\" {\n  count = var.v ? 1 : null\n  dynamic \"b\" {\n    for_each = var.v ? [1] : null\n    content {\n      w = b.value\n    }\n  }\n}\n",
        )],
        &["perhaps t.a[*].b?.w = 1"],
    );
}

#[test]
fn a_module_that_calls_itself_is_a_problem() {
    check_project(
        &[(
            "main.tf",
            "module \"a\" {\n  source = \"./.\"\n}\nmodule \"b\" {\n  source = \"./.\"\n}\n",
        )],
        &["! this module calls itself", "! this module calls itself"],
    );
}

/// Fifty calls make 2^25 modules.
#[test]
fn modules_have_a_limit() {
    let call = |at: usize| {
        format!(
            "module \"a\" {{\n  source = \"../m{at}\"\n}}\nmodule \"b\" {{\n  source = \"../m{at}\"\n}}\n"
        )
    };
    let texts: Vec<_> = (0..25).map(|at| (format!("m{at}/main.tf"), call(at + 1))).collect();
    let mut files: Vec<_> =
        texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("m25/main.tf", "resource \"t\" \"a\" {}\n"));
    files.push(("main.tf", "module \"a\" {\n  source = \"./m0\"\n}\n"));
    let lines = with(&files, |evaluation| show(evaluation));
    assert!(lines.contains(&"! there are too many module instances to look at".to_owned()));
}

#[test]
fn an_empty_provider_block_in_a_module_is_what_it_is_given() {
    let files = [
        (
            "main.tf",
            "provider \"p\" {\n  region = \"one\"\n}\nmodule \"m\" {\n  source = \"./m\"\n  providers = { p.peer = p }\n}\n",
        ),
        (
            "m/main.tf",
            "provider \"p\" {\n  alias = \"peer\"\n}\ndata \"region\" \"r\" {\n  provider = p.peer\n}\nresource \"t\" \"x\" {\n  v = data.region.r.name\n}\n",
        ),
    ];
    let lines = with_inputs(&files, &Inputs::default(), &Region, |evaluation| show(evaluation));
    assert!(lines.contains(&"module.m.t.x.v = \"one\"".to_owned()), "{lines:?}");
}

#[test]
fn references_to_instances() {
    check("r.one.written", "\"w\"");
    check("r.one.id", "<r.one id>");
    check("r.two[1].at", "1");
    check("r.each[\"k\"].value", "\"v\"");
    check("r.one.block[0].name", "<r.one block[0].name>");
    check("path.module", "\".\"");
    check("terraform.workspace", "<terraform.workspace>");
    check("each.key", "<error> ! `each.key` needs `for_each` in the block around it");
}

#[test]
fn cycles_end() {
    check_project(
        &[(
            "main.tf",
            "locals {\n  a = local.b\n  b = local.a\n}\nresource \"t\" \"x\" {\n  v = local.a\n}\n",
        )],
        &["t.x.v = <cycle>", "! `local.a` depends on itself"],
    );
    check_project(
        &[(
            "main.tf",
            "resource \"t\" \"a\" {\n  v = t.b.id\n}\nresource \"t\" \"b\" {\n  v = t.a.id\n}\n",
        )],
        &["t.a.v = <t.b id>", "t.b.v = <error>", "! `t.a` depends on itself"],
    );
}

/// Each value needs the one before: far more levels than a stack holds.
#[test]
fn deep_references_are_a_problem_and_nothing_worse() {
    let mut text = "resource \"t\" \"x\" {\n  v = local.l20000\n}\nlocals {\n  l0 = 1\n".to_owned();
    for at in 1..=20_000 {
        text += &format!("  l{at} = [(local.l{})]\n", at - 1);
    }
    text += "}\n";
    let lines = with(&[("main.tf", &text)], |evaluation| show(evaluation));
    let problems: Vec<_> = lines.iter().filter(|line| line.starts_with("! ")).collect();
    assert_eq!(
        problems,
        [
            "! references are nested too deeply to be evaluated",
            "! this value is too large or nested too deeply"
        ]
    );
}

/// Sharing makes a value of 2^60 nodes out of sixty.
#[test]
fn wide_values_are_a_problem_and_nothing_worse() {
    let mut text = "resource \"t\" \"x\" {\n  v = local.l60\n  w = local.l18 == local.l18\n}\nlocals {\n  l0 = 1\n".to_owned();
    for at in 1..=60 {
        let before = at - 1;
        text += &format!("  l{at} = [local.l{before}, local.l{before}]\n");
    }
    text += "}\n";
    let lines = with(&[("main.tf", &text)], |evaluation| show(evaluation));
    assert!(lines.contains(&"t.x.w = true".to_owned()));
    assert!(lines.contains(&"! this value is too large or nested too deeply".to_owned()));
}

/// Each level is computed before the next needs it, so that only the value grows.
#[test]
fn deep_values_are_a_problem_and_nothing_worse() {
    let mut text = "locals {\n  l0 = 1\n".to_owned();
    for at in 1..=20_000 {
        text += &format!("  l{at} = [local.l{}]\n", at - 1);
    }
    text += "}\n";
    for at in (0..=20_000).step_by(50) {
        text += &format!("resource \"t\" \"x{at:05}\" {{\n  v = local.l{at}\n}}\n");
    }
    let lines = with(&[("main.tf", &text)], |evaluation| show(evaluation));
    assert!(lines.contains(&"! this value is too large or nested too deeply".to_owned()));
}

/// Strings and lists that double each time end before memory does.
/// Each value is made of two of the one before: what is shared costs nothing to make, and everything to walk.
#[test]
fn doubling_ends() {
    for double in [
        r#""${@}${@}""#,
        r#"format("%s%s", @, @)"#,
        r#"join("", [@, @])"#,
        r#""%{for x in ["a", "b"]}${@}%{endfor}""#,
        "jsonencode(@)",
        "@ == @ ? [@, @] : []",
        "@ == [] ? @ : [@, @]",
        "toset([@, [@]])",
        "contains([@], @) ? [@, @] : null",
        r#"t.other.open ? "${@}a" : "${@}b""#,
    ] {
        let mut code = "resource \"t\" \"other\" {}\nresource \"t\" \"x\" {\n  v = local.v60\n}\nlocals {\n  v0 = \"a\\\"\"\n".to_owned();
        for at in 1..=60 {
            let before = format!("local.v{}", at - 1);
            code += &format!("  v{at} = {}\n", double.replace('@', &before));
        }
        let lines = with(&[("main.tf", &(code + "}\n"))], |evaluation| show(evaluation));
        assert!(lines.iter().any(|line| line.starts_with("t.x.v = ")), "{double}: {lines:#?}");
    }
}

#[test]
fn growth_has_a_limit() {
    let mut text = "resource \"t\" \"x\" {\n  v = length(local.s40)\n  w = length(local.c40)\n}\nlocals {\n  s0 = \"0123456789\"\n  c0 = [1, 2]\n".to_owned();
    for at in 1..=40 {
        let before = at - 1;
        text += &format!(
            "  s{at} = \"${{local.s{before}}}${{local.s{before}}}\"\n  c{at} = concat(local.c{before}, local.c{before})\n"
        );
    }
    text += "}\n";
    let lines = with(&[("main.tf", &text)], |evaluation| show(evaluation));
    let problems = lines.iter().filter(|line| line.starts_with("! ")).count();
    assert_eq!(problems, 2, "{lines:#?}");
}

#[test]
fn count_and_for_each() {
    check_project(
        &[(
            "main.tf",
            "resource \"t\" \"x\" {\n  for_each = toset([\"b\", \"a\"])\n  v = each.value\n}\n",
        )],
        &["t.x[\"a\"].v = \"a\"", "t.x[\"b\"].v = \"b\""],
    );
    check_project(
        &[("main.tf", "resource \"t\" \"x\" {\n  for_each = [\"a\"]\n}\n")],
        &["perhaps t.x[*]", "! `for_each` needs a map or a set of strings, and this is a list"],
    );
    check_project(
        &[("main.tf", "resource \"t\" \"x\" {\n  count = 1000000000\n}\n")],
        &["perhaps t.x[*]", "! 1000000000 instances are too many to look at"],
    );
    check_project(
        &[(
            "main.tf",
            "variable \"v\" {}\nresource \"t\" \"x\" {\n  for_each = var.v ? { a = 1 } : {}\n  v = each.value\n}\n",
        )],
        &["perhaps t.x[\"a\"].v = 1"],
    );
    check_project(&[("main.tf", "resource \"t\" \"x\" {\n  count = 0\n}\n")], &[]);
}

#[test]
fn dynamic_blocks() {
    check_project(
        &[(
            "main.tf",
            "resource \"t\" \"x\" {\n  dynamic \"rule\" {\n    for_each = { a = 1, b = 2 }\n    iterator = it\n    content {\n      key = it.key\n      dynamic \"inner\" {\n        for_each = [it.value]\n        content {\n          v = inner.value\n        }\n      }\n    }\n  }\n}\n",
        )],
        &[
            "t.x.rule.key = \"a\"",
            "t.x.rule.inner.v = 1",
            "t.x.rule.key = \"b\"",
            "t.x.rule.inner.v = 2",
        ],
    );
    check_project(
        &[(
            "main.tf",
            "variable \"v\" {}\nresource \"t\" \"x\" {\n  dynamic \"rule\" {\n    for_each = var.v\n    content {\n      key = rule.key\n    }\n  }\n}\n",
        )],
        &["t.x.rule?.key = <from <var.v>>"],
    );
}

#[test]
fn dynamic_blocks_have_labels() {
    check_project(
        &[(
            "main.tf",
            "resource \"t\" \"x\" {\n  rule \"r\" {\n    v = 1\n  }\n  dynamic \"rule\" {\n    for_each = { a = 1 }\n    labels = [rule.key, \"l\"]\n    content {\n      v = rule.value\n    }\n  }\n}\n",
        )],
        &["t.x.rule \"r\".v = 1", "t.x.rule \"a\" \"l\".v = 1"],
    );
}

#[test]
fn modules() {
    let child = "variable \"name\" { type = string }\nvariable \"n\" { default = 1 }\nresource \"t\" \"y\" {\n  count = var.n\n  v = var.name\n}\noutput \"ids\" { value = t.y[*].id }\noutput \"name\" { value = \"${var.name}!\" }\n";
    check_project(
        &[
            (
                "main.tf",
                "module \"m\" {\n  source = \"./m\"\n  for_each = toset([\"p\", \"q\"])\n  name = each.key\n}\nresource \"t\" \"x\" {\n  a = module.m[\"p\"].name\n  b = [for m in module.m : m.ids]\n}\n",
            ),
            ("m/main.tf", child),
        ],
        &[
            "t.x.a = \"p!\"",
            "t.x.b = [[<module.m[\"p\"].t.y[0] id>], [<module.m[\"q\"].t.y[0] id>]]",
            "module.m[\"p\"].t.y[0].v = \"p\"",
            "module.m[\"q\"].t.y[0].v = \"q\"",
        ],
    );
    // Outputs of one call may depend on each other through another module.
    check_project(
        &[
            (
                "main.tf",
                "module \"a\" {\n  source = \"./m\"\n  name = \"a\"\n  n = length2(module.b.ids)\n}\nmodule \"b\" {\n  source = \"./m\"\n  name = module.a.name\n  n = 0\n}\nresource \"t\" \"x\" {\n  v = module.b.name\n}\n",
            ),
            ("m/main.tf", child),
        ],
        &[
            "t.x.v = \"a!!\"",
            "perhaps module.a.t.y[*].v = \"a\"",
            "! `length2`: there is no function `length2`: did you mean `length`?",
        ],
    );
}

#[test]
fn a_missing_module_is_known_by_its_outputs() {
    check_project(
        &[(
            "main.tf",
            "module \"m\" {\n  source = \"acme/m/aws\"\n}\nresource \"t\" \"x\" {\n  v = module.m.vpc_id\n  w = module.m.subnets[0]\n}\n",
        )],
        &["t.x.v = <module.m vpc_id>", "t.x.w = <module.m subnets[0]>"],
    );
}

#[test]
fn variables_convert_to_their_types() {
    check_project(
        &[(
            "main.tf",
            "variable \"v\" {\n  type = object({ n = number, s = optional(string, \"d\") })\n  default = { n = \"5\" }\n}\nresource \"t\" \"x\" {\n  v = var.v\n}\n",
        )],
        &["t.x.v = {n: 5, s: \"d\"}"],
    );
}

#[test]
fn providers_reach_modules() {
    let files = [
        (
            "main.tf",
            "provider \"p\" {\n  region = \"one\"\n}\nprovider \"p\" {\n  alias = \"b\"\n  region = \"two\"\n}\nmodule \"m\" {\n  source = \"./m\"\n  providers = { p = p.b }\n}\nmodule \"n\" {\n  source = \"./m\"\n}\n",
        ),
        (
            "m/main.tf",
            "data \"region\" \"r\" {\n  provider = p\n}\nresource \"t\" \"x\" {\n  v = data.region.r.name\n}\n",
        ),
    ];
    let lines = with_inputs(&files, &Inputs::default(), &Region, |evaluation| show(evaluation));
    assert_eq!(
        lines,
        [
            "module.m.t.x.v = \"two\"",
            "module.m.data.region.r",
            "module.n.t.x.v = \"one\"",
            "module.n.data.region.r"
        ]
        .map(String::from)
        .to_vec()
        .as_slice()
    );
    let unanswered =
        with_inputs(&files, &Inputs::default(), &NoAnswers, |evaluation| show(evaluation));
    assert!(
        unanswered.contains(&"module.m.t.x.v = <module.m.data.region.r name>".to_owned()),
        "{unanswered:?}"
    );
}

#[test]
fn a_value_is_traced_to_where_it_was_written() {
    let files = [
        (
            "main.tf",
            "module \"m\" {\n  source = \"./m\"\n  ids = local.ids\n}\nlocals {\n  ids = []\n}\n",
        ),
        ("m/main.tf", "variable \"ids\" {}\nresource \"t\" \"x\" {\n  ids = var.ids\n}\n"),
    ];
    let way = with(&files, |evaluation| {
        let instance = evaluation.instances.first().cloned().unwrap();
        let span = instance.body.span_of("ids").unwrap();
        evaluation.trace(&instance.address, span)
    });
    let messages: Vec<_> = way.iter().map(|place| place.message.as_str()).collect();
    assert_eq!(messages, ["`local.ids`", "passed to `module.m`", "used as `ids`"]);
}

/// The outputs of one call decide how often another one is made, and what is in it.
#[test]
fn outputs_of_a_call_expand_another_one() {
    check_project(
        &[
            (
                "main.tf",
                "module \"a\" {\n  source = \"./a\"\n  keys = [\"x\", \"y\"]\n}\nmodule \"b\" {\n  source = \"./b\"\n  for_each = { for k, v in module.a.all : k => v if v.on }\n  v = each.value.n\n  depends_on = [module.a]\n}\nmodule \"c\" {\n  source = \"./b\"\n  count = length(keys(module.b))\n  v = module.b[\"x\"].v + count.index\n}\n",
            ),
            (
                "a/main.tf",
                "variable \"keys\" {}\noutput \"all\" {\n  value = { for i, k in var.keys : k => { n = i, on = k == \"x\" } }\n}\n",
            ),
            (
                "b/main.tf",
                "variable \"v\" {}\nresource \"t\" \"x\" {\n  v = var.v\n}\noutput \"v\" {\n  value = t.x.v\n}\n",
            ),
        ],
        &["module.b[\"x\"].t.x.v = 0", "module.c[0].t.x.v = 0"],
    );
}

/// What only concerns the state makes nothing, and a check's own data source is nobody else's.
#[test]
fn blocks_about_the_state_make_nothing() {
    check_project(
        &[(
            "main.tf",
            "resource \"t\" \"x\" {\n  v = 1\n}\nmoved {\n  from = t.old\n  to   = t.x\n}\nremoved {\n  from = module.gone\n  lifecycle {\n    destroy = false\n  }\n}\nimport {\n  to = t.x\n  id = \"1\"\n}\ncheck \"c\" {\n  data \"d\" \"e\" {}\n  assert {\n    condition     = data.d.e.id != \"\"\n    error_message = \"no\"\n  }\n}\n",
        )],
        &["t.x.v = 1"],
    );
}

/// A module from elsewhere has the path that `terraform init` gives it.
#[test]
fn modules_from_elsewhere_have_the_path_of_their_download() {
    check_project(
        &[
            ("main.tf", "module \"m\" {\n  source = \"a/b/c\"\n}\n"),
            (
                ".terraform/modules/modules.json",
                "{\"Modules\":[{\"Key\":\"m\",\"Source\":\"registry.terraform.io/a/b/c\",\"Version\":\"1.0.0\",\"Dir\":\".terraform/modules/m\"}]}",
            ),
            (
                ".terraform/modules/m/main.tf",
                "resource \"t\" \"x\" {\n  v = path.module\n}\nmodule \"n\" {\n  source = \"./n\"\n}\n",
            ),
            (".terraform/modules/m/n/main.tf", "resource \"t\" \"y\" {\n  v = path.module\n}\n"),
        ],
        &[
            "module.m.t.x.v = \".terraform/modules/m\"",
            "module.m.module.n.t.y.v = \".terraform/modules/m/n\"",
        ],
    );
}

/// Rows of what `terraform plan` shows for `terraform_data` with these inputs.
#[test]
fn types_of_what_is_not_known() {
    // A set may turn out to have fewer elements than are written.
    check("length(toset([r.one.id, \"a\"]))", "<from <r.one id>>");
    check("length(toset([r.one.id]))", "1");
    check("[for s in toset([r.one.id, \"a\"]) : s]", "<from <r.one id>>");
    check("[for s in toset([r.one.id]) : s]", "[<r.one id>]");
    check("tolist(toset([\"a\", r.one.id]))", "<from <r.one id>>");
    check("toset([\"a\", r.one.id, null])", "set[\"a\", null, <r.one id>]");
    check("one(toset([r.one.id]))", "<r.one id>");
    check("toset([true, \"true\"])", "set[\"true\"]");
    // A key that is not known hides what else there is.
    check("{ (r.one.id) = 1, b = 2 }", "<from <r.one id>>");
    check("{ (r.one.id) = 1, b = 2 }.b", "<from <r.one id>>");
    check("{ for k in [\"a\", r.one.id] : k => 1 }", "<from <r.one id>>");
    check("{ for k in [\"a\", r.one.id] : k => 1... }", "<from <r.one id>>");
    // Both arms get one type.
    check("local.cond ? [1] : [\"a\", \"b\"]", "<[\"1\"] | [\"a\", \"b\"]>");
    check("local.cond ? { a = 1 } : { a = \"x\" }", "<{a: \"1\"} | {a: \"x\"}>");
    check("[local.cond ? 1 : \"a\"]", "[<\"1\" | \"a\">]");
    check("keys(local.cond ? { a = 1 } : { a = 2 })", "[\"a\"]");
    check("length(local.cond ? [\"a\", \"b\"] : [\"c\", \"d\"])", "2");
    check("(local.cond ? { a = 1, b = \"z\" } : { a = 2, b = \"z\" }).b", "\"z\"");
    check("(local.cond ? \"x\" : \"y\") == null", "false");
    check("(local.cond ? \"x\" : null) == null", "<from <\"x\" | null>>");
    check("[r.one.id] == [\"x\"]", "<from <r.one id>>");
    check("[r.one.id] == []", "false");
    check("tolist([\"a\"]) == [\"a\"]", "false");
    check("toset([r.one.id]) == toset([\"a\", \"b\"])", "<from <r.one id>>");
}

#[test]
fn marks_pass_through() {
    check("sensitive(\"x\")", "\"x\"");
    check("nonsensitive(sensitive(\"x\"))", "\"x\"");
    // Whether a value is marked depends on schemas of providers, so that it is never said.
    check("issensitive(\"x\")", "<issensitive()>");
    check("issensitive(var.none)", "<issensitive()>");
}

/// What is ephemeral is in no plan.
#[test]
fn ephemeral_values_are_not_known() {
    check_project(
        &[(
            "main.tf",
            r#"
variable "token" {
  default   = "t"
  ephemeral = true
}
ephemeral "e" "x" {
  name = "n"
}
resource "r" "x" {
  v = ephemeral.e.x.value
  w = "a-${ephemeral.e.x.value}"
  t = var.token
}
output "o" {
  value     = var.token
  ephemeral = true
  sensitive = true
}
"#,
        )],
        &["r.x.t = \"t\"", "r.x.v = <from <ephemeral>>", "r.x.w = \"a-<from <ephemeral>>\""],
    );
}
