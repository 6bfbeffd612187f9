//! Values that one root module takes from another.

#![expect(clippy::unwrap_used, reason = "a test stops where its data is not as it must be")]

mod support;

use camino::Utf8Path;
use privatelint_evaluator::{Unknown, Value};
use privatelint_linter::instances;
use privatelint_parser::MemoryFileSystem;

/// A network that writes its state to S3.
const NETWORK: &str = r#"
terraform {
  backend "s3" {
    bucket = "states"
    key    = "network.tfstate"
  }
}
variable "name" {
  default = "blue"
}
variable "account" {}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "private" {
  for_each   = toset(["a", "b"])
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}
output "name" { value = var.name }
output "account" { value = var.account }
output "vpc_id" { value = aws_vpc.main.id }
output "subnet_ids" { value = [for s in aws_subnet.private : s.id] }
output "nothing" { value = null }
"#;

/// A reader of `network.tfstate` that shows one value.
fn reader(value: &str) -> String {
    format!(
        r#"
data "terraform_remote_state" "network" {{
  backend = "s3"
  config = {{
    bucket = "states"
    key    = "network.tfstate"
    region = "eu-west-1"
  }}
}}
resource "terraform_data" "it" {{
  input = {value}
}}
"#
    )
}

/// Checks what `terraform_data.it` of the root module `app` has as its `input`.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &str) {
    check_in("app", files, expected);
}

#[track_caller]
fn check_in(root: &str, files: &[(&str, &str)], expected: &str) {
    let dir = Utf8Path::new("/project");
    let files = files.iter().map(|(path, text)| (dir.join(path), (*text).to_owned()));
    let (roots, _) = instances(&MemoryFileSystem::new(files), &support::options(dir));
    let root = roots.iter().find(|other| other.root == root).unwrap();
    let it = root.instances.iter().find(|instance| instance.address.name == "it").unwrap();
    assert_eq!(show(it.body.get("input").unwrap()), expected);
}

fn show(value: &Value) -> String {
    let list = |elements: &[Value]| elements.iter().map(show).collect::<Vec<_>>().join(", ");
    match value {
        Value::String(text) => text.to_string(),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            format!("[{}]", list(elements))
        }
        Value::Unknown(Unknown::Computed(attribute) | Unknown::Data(attribute)) => {
            format!("{}.{}", attribute.of, attribute.path)
        }
        Value::Unknown(Unknown::Derived(causes)) => {
            let causes = causes.iter().map(|cause| show(&Value::Unknown(cause.clone())));
            format!("from {}", causes.collect::<Vec<_>>().join(", "))
        }
        Value::Unknown(Unknown::Variable(name)) => format!("var.{name}"),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check_output(network: &str, value: &str, expected: &str) {
    let value = format!("data.terraform_remote_state.network.outputs.{value}");
    check(&[("network/main.tf", network), ("app/main.tf", &reader(&value))], expected);
}

#[test]
fn a_state_has_the_outputs_of_the_root_module_that_writes_it() {
    check_output(NETWORK, "name", "blue");
    check_output(NETWORK, "vpc_id", "root(network).aws_vpc.main.id");
    check_output(
        NETWORK,
        "subnet_ids",
        r#"[root(network).aws_subnet.private["a"].id, root(network).aws_subnet.private["b"].id]"#,
    );
    check_output(NETWORK, "subnet_ids[1]", r#"root(network).aws_subnet.private["b"].id"#);
    check_output(NETWORK, "account", "from var.account");
}

#[test]
fn what_is_no_output_may_be_in_the_state_all_the_same() {
    check_output(NETWORK, "other", "data.terraform_remote_state.network.outputs.other");
    check_output(NETWORK, "nothing", "data.terraform_remote_state.network.outputs.nothing");
}

#[test]
fn a_state_that_is_not_certainly_the_same_is_not_known() {
    let unknown = "data.terraform_remote_state.network.outputs.name";
    for network in [
        NETWORK.replace("\"network.tfstate\"", "\"other.tfstate\""),
        NETWORK.replace("\"states\"", "\"other\""),
        NETWORK.replace("    key    = \"network.tfstate\"\n", ""),
        NETWORK.replace("\"s3\"", "\"gcs\""),
        NETWORK.replace("\"states\"", "var.name"),
    ] {
        check_output(&network, "name", unknown);
    }
    let app = reader("data.terraform_remote_state.network.outputs.name");
    // Two root modules write it.
    check(&[("a/main.tf", NETWORK), ("b/main.tf", NETWORK), ("app/main.tf", &app)], unknown);
    // The bucket has no value.
    let app = app.replace("\"states\"", "var.bucket") + "variable \"bucket\" {}";
    check(&[("network/main.tf", NETWORK), ("app/main.tf", &app)], unknown);
}

#[test]
fn the_arguments_of_the_reader_are_evaluated() {
    let app = reader("data.terraform_remote_state.network.outputs.name")
        .replace("\"states\"", "local.bucket")
        + "locals {\n  bucket = join(\"\", [\"sta\", \"tes\"])\n}";
    check(&[("network/main.tf", NETWORK), ("app/main.tf", &app)], "blue");
}

#[track_caller]
fn check_backend(written: &str, read: &str, is_same: bool) {
    let network =
        format!("terraform {{\n{written}\n}}\noutput \"name\" {{\n  value = \"blue\"\n}}");
    let app = format!(
        "data \"terraform_remote_state\" \"network\" {{\n{read}\n}}\nresource \"terraform_data\" \"it\" {{\n  input = data.terraform_remote_state.network.outputs.name\n}}"
    );
    let expected =
        if is_same { "blue" } else { "data.terraform_remote_state.network.outputs.name" };
    check(&[("live/network/main.tf", &network), ("app/main.tf", &app)], expected);
}

#[test]
fn backends() {
    let local = |path: &str| format!("backend = \"local\"\nconfig = {{ path = \"{path}\" }}");
    check_backend("", &local("../live/network/terraform.tfstate"), true);
    check_backend("", &local("${path.module}/../live/network/terraform.tfstate"), true);
    check_backend("", &local("../network/terraform.tfstate"), false);
    check_backend(
        "backend \"local\" {\n  path = \"../x.tfstate\"\n}",
        &local("../live/x.tfstate"),
        true,
    );
    check_backend(
        "backend \"local\" {\n  path = \"../x.tfstate\"\n}",
        &local("../live/network/terraform.tfstate"),
        false,
    );
    check_backend("backend \"local\" {}", &local("../live/network/terraform.tfstate"), false);

    check_backend(
        "backend \"gcs\" {\n  bucket = \"b\"\n  prefix = \"net/\"\n}",
        "backend = \"gcs\"\nconfig = { bucket = \"b\", prefix = \"net\" }",
        true,
    );
    check_backend(
        "backend \"azurerm\" {\n  storage_account_name = \"a\"\n  container_name = \"c\"\n  key = \"k\"\n}",
        "backend = \"azurerm\"\nconfig = { storage_account_name = \"a\", container_name = \"c\", key = \"k\" }",
        true,
    );
    let remote = "backend = \"remote\"\nconfig = {\n  organization = \"o\"\n  workspaces = { name = \"net\" }\n}";
    check_backend(
        "backend \"remote\" {\n  organization = \"o\"\n  workspaces {\n    name = \"net\"\n  }\n}",
        remote,
        true,
    );
    check_backend(
        "cloud {\n  organization = \"o\"\n  workspaces {\n    name = \"net\"\n  }\n}",
        remote,
        true,
    );
    check_backend(
        "cloud {\n  organization = \"o\"\n  workspaces {\n    tags = [\"net\"]\n  }\n}",
        remote,
        false,
    );
}

#[test]
fn in_another_workspace_the_variables_may_have_other_values() {
    let app = |output: &str, workspace: &str| {
        reader(&format!("data.terraform_remote_state.network.outputs.{output}"))
            .replace("backend =", &format!("workspace = {workspace}\n  backend ="))
    };
    let check = |output: &str, workspace: &str, expected: &str| {
        let app = app(output, workspace);
        check(&[("network/main.tf", NETWORK), ("app/main.tf", &app)], expected);
    };
    check("name", "\"default\"", "blue");
    check("name", "\"prod\"", "from var.name");
    check("vpc_id", "\"prod\"", "root(network, workspace prod).aws_vpc.main.id");
    check(
        "vpc_id",
        "terraform.workspace",
        "root(network, workspace terraform.workspace).aws_vpc.main.id",
    );
}

#[test]
fn values_go_through_several_root_modules() {
    let dns = reader("1")
        + "terraform {\n  backend \"s3\" {\n    bucket = \"states\"\n    key = \"dns\"\n  }\n}\n"
        + "output \"vpc_id\" {\n  value = data.terraform_remote_state.network.outputs.vpc_id\n}\n";
    let app = reader("data.terraform_remote_state.network.outputs.vpc_id")
        .replace("network.tfstate", "dns");
    check(
        &[("network/main.tf", NETWORK), ("dns/main.tf", &dns), ("app/main.tf", &app)],
        "root(network).aws_vpc.main.id",
    );
    // A root module that gets back what is its own.
    let network = NETWORK.to_owned() + &app;
    check_in("network", &[("network/main.tf", &network), ("dns/main.tf", &dns)], "aws_vpc.main.id");
}

#[test]
fn root_modules_that_read_each_other() {
    let root = |own: &str, other: &str| {
        reader("data.terraform_remote_state.network.outputs.own").replace("network.tfstate", other)
            + &format!(
                r#"
terraform {{
  backend "s3" {{
    bucket = "states"
    key    = "{own}"
  }}
}}
output "own" {{ value = "{own}" }}
output "other" {{ value = data.terraform_remote_state.network.outputs.own }}
output "circle" {{ value = data.terraform_remote_state.network.outputs.circle }}
"#
            )
    };
    let (a, b) = (root("a", "b"), root("b", "a"));
    check_in("a", &[("a/main.tf", &a), ("b/main.tf", &b)], "b");
    check_in("b", &[("a/main.tf", &a), ("b/main.tf", &b)], "a");
    let circle = a.replace(
        "input = data.terraform_remote_state.network.outputs.own",
        "input = data.terraform_remote_state.network.outputs.circle",
    );
    check_in(
        "a",
        &[("a/main.tf", &circle), ("b/main.tf", &b)],
        "root(b).data.terraform_remote_state.network.outputs.circle",
    );
    // Its own state is what it was before.
    let own = root("a", "a");
    check_in("a", &[("a/main.tf", &own)], "data.terraform_remote_state.network.outputs.own");
}

/// Checks which rules say something in the file of a root module that reads the network.
#[track_caller]
fn check_rules(app: &str, expected: &[&str]) {
    let app = reader("1") + app;
    let report = support::lint_texts(&[("network/main.tf", NETWORK), ("app/main.tf", &app)]);
    let found = support::found(&report);
    let found: Vec<&str> = found
        .iter()
        .filter(|(path, ..)| path == "app/main.tf")
        .map(|(_, _, rule)| rule.as_str())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn rules_see_that_two_resources_name_the_same_network() {
    let endpoints = |vpc: &str| {
        let endpoint = |name: &str, vpc: &str| {
            format!(
                r#"
resource "aws_vpc_endpoint" "{name}" {{
  vpc_id              = {vpc}
  service_name        = "com.amazonaws.eu-west-1.ecr.api"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = data.terraform_remote_state.network.outputs.subnet_ids
  security_group_ids  = ["sg-1"]
}}
"#
            )
        };
        endpoint("one", "data.terraform_remote_state.network.outputs.vpc_id")
            + &endpoint("two", vpc)
    };
    check_rules(
        &endpoints("data.terraform_remote_state.network.outputs.vpc_id"),
        &["duplicate-private-dns-endpoint"],
    );
    check_rules(&endpoints("data.terraform_remote_state.network.outputs.name"), &[]);
}
