//! `expect` blocks of the configuration: what is broken, what is not decided, and what means nothing.

mod support;

use support::lint_texts;

const NETWORK: &str = r#"
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "app" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}
resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table_association" "app" {
  count          = 2
  subnet_id      = aws_subnet.app[count.index].id
  route_table_id = aws_route_table.app.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.app.id]
}
"#;

/// The findings, problems and open questions about an expectation.
#[track_caller]
fn check(main: &str, expectation: &str, expected: &[&str]) {
    let report = lint_texts(&[("main.tf", main), (".privatelint.hcl", expectation)]);
    let findings = report.findings.iter();
    let mut said: Vec<String> = findings
        .filter(|finding| finding.rule == "path-expectation-broken")
        .map(|finding| finding.message.clone())
        .collect();
    said.extend(report.problems.iter().map(|problem| format!("note: {}", problem.message)));
    let open = report.undecided.iter();
    let open =
        open.filter(|it| it.asked.iter().any(|asked| asked.rule == "path-expectation-broken"));
    said.extend(open.map(|it| format!("open: {}", it.because)));
    assert_eq!(said, expected);
}

fn expectation(from: &str, to: &str, path: &str) -> String {
    format!("expect \"mine\" {{\n  from = [\"{from}\"]\n  to = [{to}]\n  path = [\"{path}\"]\n}}\n")
}

#[test]
fn what_goes_as_expected_is_no_finding() {
    check(NETWORK, &expectation("aws_subnet.app*", "\"s3\"", "gateway"), &[]);
}

#[test]
fn services_that_go_the_same_wrong_way_are_one_finding_of_a_place() {
    check(
        NETWORK,
        &expectation("aws_subnet.app[0]", "\"s3\", \"kms\", \"sts\"", "gateway"),
        &["`aws_subnet.app[0]` does not reach `kms`, `sts`, and `mine` expects gateway"],
    );
}

#[test]
fn a_place_that_means_nothing_is_a_note() {
    check(
        NETWORK,
        &expectation("aws_subnet.ap[*", "\"s3\"", "gateway"),
        &["note: no subnet and no workload has an address like `aws_subnet.ap[*`"],
    );
}

#[test]
fn what_is_not_decided_is_an_open_question() {
    let open = NETWORK.replace("= [aws_route_table.app.id]", "= var.tables")
        + "variable \"tables\" {\n  type = list(string)\n}\n";
    check(
        &open,
        &expectation("aws_subnet.app[0]", "\"s3\"", "gateway"),
        &["open: variable `tables` has no value"],
    );
}
