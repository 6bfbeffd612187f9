//! Terragrunt's units: the modules that they apply, with the inputs that they give.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]

mod support;

use camino::Utf8Path;
use privatelint_evaluator::{Unknown, Value};
use privatelint_linter::{RootInstances, instances};
use privatelint_parser::MemoryFileSystem;

/// A module that shows its input.
const MODULE: &str = r#"
variable "it" {
  default = "default"
}
variable "name" {
  type    = string
  default = "nobody"
}
resource "terraform_data" "it" {
  input = var.it
}
output "name" {
  value = "the ${var.name}"
}
output "id" {
  value = terraform_data.it.id
}
"#;

const UNIT: &str = "terraform {\n  source = \"../../modules//show\"\n}\n";

fn evaluate(files: &[(&str, &str)]) -> Vec<RootInstances> {
    let dir = Utf8Path::new("/project");
    let files = [("modules/show/main.tf", MODULE), (".git/HEAD", "")]
        .iter()
        .chain(files)
        .map(|(path, text)| (dir.join(path), (*text).to_owned()));
    instances(&MemoryFileSystem::new(files), &support::options(dir)).0
}

/// Checks what the unit `live/app` gives its module as `it`.
#[track_caller]
fn check_unit(files: &[(&str, &str)], expected: &str) {
    let roots = evaluate(files);
    let names: Vec<&str> = roots.iter().map(|root| root.root.as_str()).collect();
    let root = roots.iter().find(|root| root.root == "live/app");
    assert!(root.is_some(), "the roots are {names:?}");
    let it = root.unwrap().instances.iter().find(|instance| instance.address.name == "it").unwrap();
    assert_eq!(show(it.body.get("input").unwrap()), expected);
}

/// Checks the value of an expression in a unit.
#[track_caller]
fn check_value(expression: &str, expected: &str) {
    let unit = format!("{UNIT}inputs = {{\n  it = {expression}\n}}\n");
    check_unit(&[("live/app/terragrunt.hcl", &unit)], expected);
}

/// Checks the roots.
#[track_caller]
fn check_roots(files: &[(&str, &str)], expected: &[&str]) {
    let roots = evaluate(files);
    let names: Vec<&str> = roots.iter().map(|root| root.root.as_str()).collect();
    assert_eq!(names, expected);
}

fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Unknown(Unknown::Computed(attribute) | Unknown::Data(attribute)) => {
            format!("{}.{}", attribute.of, attribute.path)
        }
        Value::Unknown(Unknown::Variable(name)) => format!("var.{name}"),
        Value::Unknown(Unknown::Function(name)) => format!("{name}()"),
        Value::Unknown(Unknown::Derived(causes)) => {
            let causes = causes.iter().map(|cause| show(&Value::Unknown(cause.clone())));
            format!("from {}", causes.collect::<Vec<_>>().join(", "))
        }
        Value::Unknown(Unknown::Error) => "error".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_unit_is_a_root_in_the_place_of_its_module() {
    check_roots(&[], &["modules/show"]);
    check_roots(&[("live/app/terragrunt.hcl", UNIT)], &["live/app"]);
    check_roots(
        &[("live/app/terragrunt.hcl", UNIT), ("live/web/terragrunt.hcl", UNIT)],
        &["live/app", "live/web"],
    );
    // Its module is its own directory.
    check_roots(
        &[("live/app/terragrunt.hcl", "inputs = {}"), ("live/app/main.tf", MODULE)],
        &["live/app", "modules/show"],
    );
}

#[test]
fn a_unit_whose_module_is_not_here_is_no_root() {
    for source in [
        "\"git::git@example.com:modules.git//show?ref=v1\"",
        "\"tfr:///terraform-aws-modules/vpc/aws?version=5.0.0\"",
        "\"github.com/example/modules//show\"",
        "\"../../modules/other\"",
        "get_env(\"SOURCE\")",
        "local.nothing",
    ] {
        let unit = format!("terraform {{\n  source = {source}\n}}\n");
        check_roots(&[("live/app/terragrunt.hcl", &unit)], &["modules/show"]);
        let report = support::lint_texts(&[("live/app/terragrunt.hcl", &unit), ("a.tf", "")]);
        let problems: Vec<_> =
            report.problems.iter().map(|problem| problem.path.as_ref().unwrap()).collect();
        assert_eq!(problems, ["live/app/terragrunt.hcl"]);
    }
    // What does not parse may mean anything.
    check_roots(&[("live/app/terragrunt.hcl", &format!("{UNIT}inputs = {{"))], &["modules/show"]);
}

#[test]
fn what_terragrunt_writes_beside_a_module_may_declare_more() {
    let problems = |unit: &str| {
        let unit = format!("{UNIT}{unit}");
        let module = "resource \"terraform_data\" \"it\" {\n  input = var.generated\n}\n";
        support::lint_texts(&[
            ("live/app/terragrunt.hcl", unit.as_str()),
            ("modules/show/main.tf", module),
        ])
        .problems
        .len()
    };
    assert_eq!(problems(""), 1);
    assert_eq!(problems("generate \"variables\" {\n  path = \"variables.tf\"\n}\n"), 0);
}

#[test]
fn a_source_that_is_chosen() {
    let unit = "terraform {\n  source = get_env(\"X\") == \"y\" ? \"git::https://example.com/x.git\" : \"../../modules/show\"\n}\n";
    check_roots(&[("live/app/terragrunt.hcl", unit)], &["live/app"]);
    let unit = unit.replace("git::https://example.com/x.git", "../../modules/other");
    check_roots(&[("live/app/terragrunt.hcl", &unit)], &["modules/show"]);
}

#[test]
fn inputs() {
    check_unit(&[("live/app/terragrunt.hcl", UNIT)], "default");
    check_value("\"x\"", "x");
    check_value("upper(local.x)", "from error");
    let unit = format!(
        "{UNIT}locals {{\n  x = \"x\"\n}}\ninputs = merge({{ it = upper(local.x) }}, {{}})\n"
    );
    check_unit(&[("live/app/terragrunt.hcl", &unit)], "X");
    // What is wrong in one does no harm to the others.
    let unit = format!("{UNIT}inputs = {{\n  name = local.y\n  it = \"x\"\n}}\n");
    check_unit(&[("live/app/terragrunt.hcl", &unit)], "x");
    // It may have any name.
    let unit = format!("{UNIT}inputs = merge(jsondecode(get_env(\"X\")), {{}})\n");
    check_unit(&[("live/app/terragrunt.hcl", &unit)], "var.it");
    // A file wins.
    let unit = format!("{UNIT}inputs = {{\n  it = \"x\"\n}}\n");
    check_unit(
        &[("live/app/terragrunt.hcl", &unit), ("live/app/terraform.tfvars", "it = \"y\"")],
        "y",
    );
    // Arguments may name files with variables.
    let unit = "terraform {\n  source = \"../../modules/show\"\n  extra_arguments \"x\" {\n    commands = [\"plan\"]\n  }\n}\n";
    check_unit(&[("live/app/terragrunt.hcl", unit)], "var.it");
}

#[test]
fn functions() {
    check_value("get_terragrunt_dir()", "/project/live/app");
    check_value("get_original_terragrunt_dir()", "/project/live/app");
    check_value("basename(get_terragrunt_dir())", "app");
    check_value("get_repo_root()", "/project");
    check_value("get_path_from_repo_root()", "live/app");
    check_value("get_path_to_repo_root()", "../..");
    check_value("get_env(\"X\", \"y\")", "get_env()");
    check_value("run_cmd(\"echo\", \"y\")", "run_cmd()");
    check_value("get_aws_account_id()", "get_aws_account_id()");
    check_value("find_in_parent_folders(\"common.yaml\")", "find_in_parent_folders()");
    check_value("find_in_parent_folders(\"other.hcl\", \"y\")", "find_in_parent_folders()");
}

#[test]
fn included_files() {
    let root = r#"
locals {
  region = "eu-west-1"
  dir    = basename(get_terragrunt_dir())
}
inputs = {
  it   = path_relative_to_include()
  name = "root"
}
"#;
    let include =
        "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n  expose = true\n}\n";
    let check = |unit: &str, expected: &str| {
        let unit = format!("{UNIT}{include}{unit}");
        check_unit(&[("live/root.hcl", root), ("live/app/terragrunt.hcl", &unit)], expected);
    };
    check("", "app");
    check("inputs = {\n  name = \"x\"\n}\n", "app");
    check("inputs = {\n  it = \"x\"\n}\n", "x");
    check("inputs = {\n  it = include.root.locals.region\n}\n", "eu-west-1");
    check("inputs = {\n  it = include.root.locals.dir\n}\n", "app");
    check("inputs = {\n  it = path_relative_from_include()\n}\n", "..");
    check("inputs = {\n  it = get_parent_terragrunt_dir()\n}\n", "/project/live");
    // The older form.
    let unit = format!("{UNIT}include {{\n  path = find_in_parent_folders()\n}}\n");
    check_unit(&[("terragrunt.hcl", root), ("live/app/terragrunt.hcl", &unit)], "live/app");
    // Where it is not known what is included, there may be more inputs.
    check_unit(&[("live/app/terragrunt.hcl", &unit)], "var.it");
    let unit = "include \"root\" {\n  path = \"../root.hcl\"\n}\n";
    let root = format!(
        "{root}{}",
        UNIT.replace("../../modules", "${get_parent_terragrunt_dir()}/../modules")
    );
    check_unit(&[("live/root.hcl", &root), ("live/app/terragrunt.hcl", unit)], "app");
    let unit = "include \"root\" {\n  path = \"../root.hcl\"\n  merge_strategy = \"no_merge\"\n}\n";
    check_unit(&[("live/root.hcl", &root), ("live/app/terragrunt.hcl", unit)], "default");
    let unit = "include \"root\" {\n  path = \"../root.hcl\"\n  merge_strategy = \"deep\"\n}\ninputs = {\n  it = \"y\"\n}\n";
    check_unit(&[("live/root.hcl", &root), ("live/app/terragrunt.hcl", unit)], "from var.it");
}

#[test]
fn files_that_are_read() {
    let unit = format!(
        "{UNIT}locals {{\n  env = read_terragrunt_config(find_in_parent_folders(\"env.hcl\"))\n}}\ninputs = {{\n  it = local.env.locals.name\n}}\n"
    );
    let env = |text: &str| format!("locals {{\n  name = {text}\n}}\n");
    let check = |text: &str, expected: &str| {
        check_unit(&[("live/env.hcl", &env(text)), ("live/app/terragrunt.hcl", &unit)], expected);
    };
    check("\"prod\"", "prod");
    check("basename(get_terragrunt_dir())", "live");
    check("basename(get_original_terragrunt_dir())", "app");
    check("get_env(\"X\")", "get_env()");
    check_unit(&[("live/app/terragrunt.hcl", &unit)], "from read_terragrunt_config()");
    // A file that reads itself.
    check("read_terragrunt_config(\"env.hcl\").locals.name", "from read_terragrunt_config()");
}

#[test]
fn dependencies_have_the_outputs_of_the_other_unit() {
    let unit = |output: &str| {
        format!(
            "{UNIT}dependency \"other\" {{\n  config_path = \"../other\"\n  mock_outputs = {{\n    name = \"mock\"\n  }}\n}}\ninputs = {{\n  it = dependency.other.outputs.{output}\n}}\n"
        )
    };
    let other = format!("{UNIT}inputs = {{\n  name = \"other\"\n}}\n");
    let check = |output: &str, expected: &str| {
        let app = unit(output);
        check_unit(
            &[("live/app/terragrunt.hcl", &app), ("live/other/terragrunt.hcl", &other)],
            expected,
        );
    };
    check("name", "the other");
    check("id", "root(live/other).terraform_data.it.id");
    check("none", "data.terragrunt_dependency.other.outputs.none");
    // Mocks are no values.
    check_unit(
        &[("live/app/terragrunt.hcl", &unit("name"))],
        "data.terragrunt_dependency.other.outputs.name",
    );
    // A circle, which Terragrunt refuses.
    let other = unit("name").replace("../other", "../app");
    check_unit(
        &[("live/app/terragrunt.hcl", &unit("name")), ("live/other/terragrunt.hcl", &other)],
        "the nobody",
    );
}

#[test]
fn states_of_units() {
    let root = r#"
remote_state {
  backend = "s3"
  config = {
    bucket = "states"
    key    = "${path_relative_to_include()}/terraform.tfstate"
  }
}
"#;
    let include = "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n";
    let other = format!("{UNIT}{include}inputs = {{\n  name = \"other\"\n}}\n");
    let reader = r#"
data "terraform_remote_state" "other" {
  backend = "s3"
  config = {
    bucket = "states"
    key    = "other/terraform.tfstate"
  }
}
resource "terraform_data" "it" {
  input = data.terraform_remote_state.other.outputs.name
}
"#;
    check_unit(
        &[
            ("live/root.hcl", root),
            ("live/other/terragrunt.hcl", &other),
            ("live/app/main.tf", reader),
        ],
        "the other",
    );
}

/// A dependency whose outputs are not taken has its mocks, which are not what will be.
#[test]
fn a_dependency_that_is_switched_off_gives_nothing() {
    let check = |switch: &str, expected: &str| {
        let unit = format!(
            "{UNIT}dependency \"net\" {{\n  config_path = \"../net\"\n  {switch}\n  mock_outputs = {{ name = \"mock\" }}\n}}\ninputs = {{\n  it = dependency.net.outputs.name\n}}\n"
        );
        let net = format!("{UNIT}inputs = {{\n  name = \"net\"\n}}\n");
        check_unit(
            &[("live/app/terragrunt.hcl", &unit), ("live/net/terragrunt.hcl", &net)],
            expected,
        );
    };
    check("", "the net");
    check("enabled = true", "the net");
    let unknown = "data.terragrunt_dependency.net.outputs.name";
    check("skip_outputs = true", unknown);
    check("enabled = false", unknown);
}

#[test]
fn a_source_may_begin_at_the_root_of_the_repository() {
    let value = "inputs = {\n  it = \"x\"\n}\n";
    for source in [
        "${get_repo_root()}//modules/show",
        "${get_repo_root()}/modules//show",
        "${get_repo_root()}//modules//show",
        "${get_path_to_repo_root()}//modules/show",
        "${get_path_to_repo_root()}/modules/show?ref=x",
        "${dirname(find_in_parent_folders(\"root.hcl\"))}//modules/show",
    ] {
        let unit = format!("terraform {{\n  source = \"{source}\"\n}}\n{value}");
        let root = ("root.hcl", "");
        check_unit(&[("live/app/terragrunt.hcl", &unit), root], "x");
        let included = format!(
            "include \"root\" {{\n  path = find_in_parent_folders(\"env.hcl\")\n}}\n{value}"
        );
        let parent = format!("terraform {{\n  source = \"{source}\"\n}}\n");
        check_unit(&[("live/app/terragrunt.hcl", &included), ("live/env.hcl", &parent), root], "x");
    }
}
