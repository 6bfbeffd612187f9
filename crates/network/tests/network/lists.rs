//! Lists of things that AWS has, and data sources that read something that is made here.

use crate::support::{NO, UNKNOWN, YES, in_vpc, with};
use privatelint_evaluator::{Tri, Value};

/// Whether two subnets with these zones are in one.
#[track_caller]
fn check(a: &str, b: &str, same: Tri) {
    let text = format!(
        "resource \"aws_subnet\" \"a\" {{ availability_zone = {a} }}\nresource \"aws_subnet\" \"b\" {{ availability_zone = {b} }}\n{SURROUNDINGS}"
    );
    let found = in_vpc(&text, |network| match network.subnets.as_slice() {
        [a, b] => network.same_zone(a.id, b.id),
        subnets => panic!("{} subnets", subnets.len()),
    });
    assert_eq!(found, same, "{a} {b}");
}

const SURROUNDINGS: &str = r#"
data "aws_availability_zones" "z" {}
data "aws_availability_zones" "other" {}
variable "n" {}
locals {
  names = data.aws_availability_zones.z.names
  three = slice(local.names, 0, 3)
  some  = slice(local.names, 0, min(3, length(local.names)))
}
"#;

#[test]
fn zones_at_different_places_of_the_list_differ() {
    check("local.names[0]", "local.names[1]", NO);
    check("local.names[0]", "local.names[0]", YES);
    check("local.names[0]", "local.names[var.n]", UNKNOWN);
    check("local.names[0]", "data.aws_availability_zones.other.names[1]", UNKNOWN);
    check("local.three[0]", "local.three[1]", NO);
    check("local.three[2]", "local.names[2]", YES);
    check("element(local.three, 3)", "local.names[0]", YES);
    check("element(local.three, 4)", "local.names[0]", NO);
    check("local.some[0]", "local.some[1]", NO);
    check("local.some[1]", "local.names[1]", YES);
    check("slice(local.names, 1, 3)[0]", "local.names[1]", YES);
    check("sort(local.names)[1]", "local.names[0]", NO);
    check("sort([local.names[1], local.names[0]])[0]", "local.names[0]", YES);
    check("[for name in local.three : name][1]", "local.names[0]", NO);
    check("local.names[*][1]", "local.names[1]", YES);
    check("tolist(local.names)[1]", "local.names[0]", NO);
    check("sort(data.aws_availability_zones.z.zone_ids)[1]", "local.names[0]", UNKNOWN);
}

#[test]
fn an_index_that_wraps_may_mean_any_zone() {
    check("element(local.names, 0)", "local.names[0]", YES);
    check("element(local.names, 0)", "element(local.names, 1)", UNKNOWN);
    check("element(local.names, 1)", "element(local.names, 1)", YES);
    check("element(local.some, 1)", "local.names[0]", UNKNOWN);
}

#[test]
fn a_part_of_the_list_has_a_length() {
    let count = |expression: &str| {
        let text =
            format!("resource \"aws_subnet\" \"s\" {{ count = {expression} }}{SURROUNDINGS}");
        in_vpc(&text, |network| {
            network.subnets.iter().map(|s| s.instance.address.key.to_string()).collect::<String>()
        })
    };
    assert_eq!(count("length(local.three)"), "[0][1][2]");
    assert_eq!(count("length(slice(var.n, 1, 3))"), "[0][1]");
    assert_eq!(count("length(local.some)"), "[*]");
    assert_eq!(count("length(local.names)"), "[*]");
    assert_eq!(count("length(slice(local.names, 0, var.n))"), "[*]");
    assert_eq!(count("length(distinct(local.three))"), "[0][1][2]");
    assert_eq!(count("length(slice(local.names, 0, 1000000000))"), "[*]");
}

#[test]
fn texts_with_different_ends_differ() {
    let region = "data.aws_region.r.name";
    let text = format!(
        "resource \"aws_subnet\" \"a\" {{ availability_zone = \"${{{region}}}a\" }}\nresource \"aws_subnet\" \"b\" {{ availability_zone = \"${{{region}}}b\" }}\ndata \"aws_region\" \"r\" {{}}"
    );
    let same = with(&[("main.tf", &text)], |network| match network.subnets.as_slice() {
        [a, b] => network.same_zone(a.id, b.id),
        subnets => panic!("{} subnets", subnets.len()),
    });
    assert_eq!(same, NO);
}

/// An attribute of a data source, as the zone of a subnet.
#[track_caller]
fn check_read(data: &str, attribute: &str, expected: &str) {
    let text = format!(
        r#"
        resource "aws_subnet" "s" {{
          count             = 2
          availability_zone = "eu-west-1${{count.index}}"
          vpc_id            = aws_vpc.main.id
        }}
        resource "aws_vpc_endpoint" "e" {{ service_name = "com.amazonaws.eu-west-1.s3" }}
        data {data}
        resource "aws_subnet" "r" {{ availability_zone = {attribute} }}"#
    );
    let value = in_vpc(&text, |network| {
        let read = network.subnets.iter().find(|subnet| subnet.instance.address.name == "r");
        read.expect("there is a subnet `r`").zone.value.clone()
    });
    match expected {
        "" => assert!(!value.is_known(), "{attribute}: {value:?}"),
        expected => assert_eq!(value, Value::string(expected), "{attribute}"),
    }
}

#[test]
fn a_data_source_that_reads_what_is_made_here_has_its_attributes() {
    let subnet = r#""aws_subnet" "d" { id = aws_subnet.s[1].id }"#;
    check_read(subnet, "data.aws_subnet.d.availability_zone", "eu-west-11");
    check_read(subnet, "data.aws_subnet.d.cidr_block", "");
    let vpc = r#""aws_vpc" "d" { id = aws_subnet.s[0].vpc_id }"#;
    check_read(vpc, "data.aws_vpc.d.cidr_block", "10.0.0.0/16");
    let endpoint = r#""aws_vpc_endpoint" "d" { id = aws_vpc_endpoint.e.id }"#;
    check_read(endpoint, "data.aws_vpc_endpoint.d.service_name", "com.amazonaws.eu-west-1.s3");
    check_read(endpoint, "data.aws_vpc_endpoint.d.policy", "");
    let other = r#""aws_vpc" "d" { id = aws_subnet.s[0].id }"#;
    check_read(other, "data.aws_vpc.d.cidr_block", "");
    let by_tag = r#""aws_vpc" "d" { tags = { a = "b" } }"#;
    check_read(by_tag, "data.aws_vpc.d.cidr_block", "");
}
