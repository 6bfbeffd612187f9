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
