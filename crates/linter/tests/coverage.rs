//! Why questions are not decided: the reason named is the one that the user can do something about.

mod support;

use privatelint_diagnostics::Cause;

/// The causes and reasons of all that is undecided about a gateway endpoint.
#[track_caller]
fn check(code: &str, expected: &[(Cause, &str)]) {
    let code = format!(
        "provider \"aws\" {{\n  region = \"eu-west-1\"\n}}\n\nresource \"aws_vpc\" \"a\" {{\n  cidr_block = \"10.0.0.0/16\"\n}}\n\n{code}"
    );
    let report = support::lint_texts_with(&[("main.tf", &code)], |options| {
        options.select = vec!["gateway-endpoint-without-route-tables".into()];
    });
    let found: Vec<_> = report.undecided.iter().map(|it| (it.cause, it.because.as_str())).collect();
    assert_eq!(found, expected);
    for undecided in &report.undecided {
        assert_eq!(undecided.asked.len(), undecided.count);
        for asked in &undecided.asked {
            assert_eq!(asked.rule, "gateway-endpoint-without-route-tables");
            assert_eq!(asked.resource.as_deref(), Some("aws_vpc_endpoint.s3"));
        }
    }
}

const TABLE: &str = "resource \"aws_route_table\" \"a\" {\n  vpc_id = aws_vpc.a.id\n}\n";

fn endpoint(tables: &str) -> String {
    format!(
        "resource \"aws_vpc_endpoint\" \"s3\" {{\n  vpc_id          = aws_vpc.a.id\n  service_name    = \"com.amazonaws.eu-west-1.s3\"\n  route_table_ids = {tables}\n}}\n"
    )
}

#[test]
fn a_variable_without_a_value() {
    let code = format!("variable \"tables\" {{}}\n\n{}", endpoint("var.tables"));
    check(&code, &[(Cause::Variable, "variable `tables` has no value")]);
}

#[test]
fn the_reason_of_a_condition_is_named() {
    let tables = "local.attached ? [aws_route_table.a.id] : []";
    let code = format!(
        "variable \"attached\" {{\n  type = bool\n}}\n\nlocals {{\n  attached = var.attached\n}}\n\n{TABLE}\n{}",
        endpoint(tables)
    );
    check(&code, &[(Cause::Variable, "variable `attached` has no value")]);
}

#[test]
fn the_reason_of_an_unknown_count_is_named() {
    let table = TABLE.replace("{\n  vpc", "{\n  count  = var.tables\n  vpc");
    let code = format!(
        "variable \"tables\" {{\n  type = number\n}}\n\n{table}\n{}",
        endpoint("aws_route_table.a[*].id")
    );
    check(&code, &[(Cause::Variable, "variable `tables` has no value")]);
}

#[test]
fn a_data_source_is_not_something_that_the_apply_computes() {
    let code = format!(
        "data \"aws_route_tables\" \"all\" {{}}\n\n{}",
        endpoint("data.aws_route_tables.all.ids")
    );
    check(&code, &[(Cause::Data, "`data.aws_route_tables.all.ids` is read from AWS")]);
}

/// A firewall of which it is not known in which subnets it is may be in the very subnets that bypass an endpoint.
#[test]
fn subnets_that_may_hold_a_firewall() {
    let code = r#"
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_route_table" "listed" {
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.listed.id]
}
resource "aws_subnet" "other" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_route_table" "other" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0a1b2c3d4e5f60718"
  }
}
resource "aws_route_table_association" "other" {
  subnet_id      = aws_subnet.other.id
  route_table_id = aws_route_table.other.id
}
"#;
    let firewall = r#"
variable "firewall_subnets" {
  type = list(string)
}
resource "aws_networkfirewall_firewall" "main" {
  name                = "main"
  vpc_id              = aws_vpc.main.id
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/main"
  dynamic "subnet_mapping" {
    for_each = var.firewall_subnets
    content {
      subnet_id = subnet_mapping.value
    }
  }
}
"#;
    let lint = |code: &str| {
        support::lint_texts_with(&[("main.tf", code)], |options| {
            options.select = vec!["subnet-bypasses-gateway-endpoint".into()];
        })
    };
    assert_eq!(lint(code).findings.len(), 1);
    let open = lint(&format!("{code}{firewall}"));
    assert_eq!(open.findings.len(), 0);
    let reasons: Vec<_> = open.undecided.iter().map(|it| it.because.as_str()).collect();
    assert_eq!(reasons, ["variable `firewall_subnets` has no value"]);
}
