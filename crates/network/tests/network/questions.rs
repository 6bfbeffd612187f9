//! The questions, each as a table: Terraform text in, the answer out.

use crate::support::{NO, UNKNOWN, VPC, YES, endpoint, endpoint_id, in_vpc, main_vpc, with};
use privatelint_evaluator::Tri;
use privatelint_network::resources::EndpointType;

/// Whether `aws_vpc_endpoint.e` is in `aws_vpc.main`.
#[track_caller]
fn check_vpc(vpc_id: &str, more: &str, expected: Tri) {
    let text = format!("resource \"aws_vpc_endpoint\" \"e\" {{ vpc_id = {vpc_id} }}\n{more}");
    let found =
        in_vpc(&text, |network| network.same_vpc(&endpoint(network, "e").vpc, &main_vpc(network)));
    assert_eq!(found, expected, "{vpc_id}");
}

#[test]
fn a_reference_is_followed_to_its_vpc() {
    check_vpc("aws_vpc.main.id", "", YES);
    check_vpc("local.id", "locals { id = aws_vpc.main.id }", YES);
    check_vpc("aws_vpc.other.id", r#"resource "aws_vpc" "other" {}"#, NO);
    check_vpc(r#""vpc-123""#, "", NO);
    check_vpc(
        "aws_subnet.a.vpc_id",
        r#"resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }"#,
        YES,
    );
    let association =
        r#"resource "aws_vpc_ipv4_cidr_block_association" "a" { vpc_id = aws_vpc.main.id }"#;
    check_vpc("aws_vpc_ipv4_cidr_block_association.a.vpc_id", association, YES);
    check_vpc(
        "data.aws_subnet.a.vpc_id",
        r#"
        resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }
        data "aws_subnet" "a" { id = aws_subnet.a.id }"#,
        YES,
    );
}

#[test]
fn what_is_not_known_may_be_the_vpc() {
    check_vpc("var.id", r#"variable "id" {}"#, UNKNOWN);
    check_vpc(
        "var.own ? aws_vpc.main.id : var.id",
        r#"variable "own" {}
        variable "id" {}"#,
        UNKNOWN,
    );
    check_vpc("var.own ? aws_vpc.main.id : aws_vpc.main.id", r#"variable "own" {}"#, YES);
    check_vpc("module.m.vpc_id", r#"module "m" { source = "example/vpc/aws" }"#, UNKNOWN);
}

#[test]
fn a_data_source_finds_what_is_declared_here_only_if_it_waits_for_something() {
    check_vpc("data.aws_vpc.a.id", r#"data "aws_vpc" "a" { tags = { Name = "a" } }"#, NO);
    check_vpc(
        "data.aws_vpc.a.id",
        r#"
        data "aws_vpc" "a" { tags = { Name = var.name } }
        variable "name" {}"#,
        NO,
    );
    check_vpc(
        "data.aws_vpc.a.id",
        r#"data "aws_vpc" "a" { tags = { Name = aws_vpc.main.tags_all["Name"] } }"#,
        UNKNOWN,
    );
    check_vpc(
        "data.aws_vpc.a.id",
        r#"
        data "aws_vpc" "a" {
          tags = { Name = "a" }
          depends_on = [aws_vpc.main]
        }"#,
        UNKNOWN,
    );
}

#[test]
fn one_instance_that_stands_for_several_is_not_one_vpc() {
    let text = r#"
        variable "n" {}
        resource "aws_vpc" "main" { count = var.n }
        resource "aws_vpc_endpoint" "e" { vpc_id = aws_vpc.main[0].id }"#;
    let found = with(&[("main.tf", text)], |network| {
        network.same_vpc(&endpoint(network, "e").vpc, &main_vpc(network))
    });
    assert_eq!(found, UNKNOWN);
}

/// Whether `aws_vpc.main` has a gateway endpoint for S3.
#[track_caller]
fn check_gateway(text: &str, expected: Tri) {
    in_vpc(text, |network| {
        let answer = network.has_endpoint(&main_vpc(network), "s3", EndpointType::Gateway);
        assert_eq!(answer.is, expected, "{text}");
        assert_eq!(answer.doubts.is_empty(), !expected.is_unknown(), "{:#?}", answer.doubts);
        assert_eq!(answer.evidence.is_empty(), !expected.is_yes());
    });
}

#[test]
fn the_absence_of_an_endpoint_is_proved_only_if_nothing_unseen_can_make_it() {
    let endpoint =
        |arguments: &str| format!("resource \"aws_vpc_endpoint\" \"e\" {{\n{arguments}\n}}\n");
    let s3 = r#"service_name = "com.amazonaws.eu-west-1.s3""#;
    let own = "vpc_id = aws_vpc.main.id";
    check_gateway("", NO);
    check_gateway(&endpoint(&format!("{own}\n{s3}")), YES);
    check_gateway(&endpoint(&format!("{own}\n{s3}\nvpc_endpoint_type = \"Interface\"")), NO);
    check_gateway(
        &endpoint(&format!("{own}\nservice_name = \"com.amazonaws.eu-west-1.dynamodb\"")),
        NO,
    );
    check_gateway(
        &format!("{}\nvariable \"v\" {{}}", endpoint(&format!("vpc_id = var.v\n{s3}"))),
        UNKNOWN,
    );
    check_gateway(
        &format!("{}\nvariable \"v\" {{}}", endpoint(&format!("{own}\nservice_name = var.v"))),
        UNKNOWN,
    );
    check_gateway(
        &format!(
            "{}\nvariable \"v\" {{}}",
            endpoint(&format!("{own}\n{s3}\nvpc_endpoint_type = var.v"))
        ),
        UNKNOWN,
    );
    check_gateway(
        &format!("{}\nvariable \"v\" {{}}", endpoint(&format!("{own}\n{s3}\ncount = var.v"))),
        UNKNOWN,
    );
    check_gateway(
        &format!(
            "{}\nvariable \"v\" {{}}",
            endpoint(&format!("{own}\nservice_name = \"com.amazonaws.${{var.v}}.s3\""))
        ),
        YES,
    );
    check_gateway(
        &format!(
            "{}\nvariable \"v\" {{}}",
            endpoint(&format!("{own}\nservice_name = \"com.amazonaws.${{var.v}}.ecr.api\""))
        ),
        NO,
    );
}

#[test]
fn a_module_that_is_not_there_can_make_what_it_is_given_the_vpc_for() {
    let module =
        |input: &str| format!("module \"m\" {{\n source = \"example/thing/aws\"\n {input}\n}}\n");
    check_gateway(&module("vpc_id = aws_vpc.main.id"), UNKNOWN);
    check_gateway(&module("all = { vpc = aws_vpc.main }"), UNKNOWN);
    check_gateway(&module(r#"name = "x""#), NO);
    let subnet = r#"resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }"#;
    check_gateway(&format!("{}{subnet}", module("subnets = [aws_subnet.a.id]")), UNKNOWN);
    let through = r#"module "n" {
          source = "example/other/aws"
          x = module.m.out
        }"#;
    check_gateway(&format!("{}{through}", module("x = 1")), NO);
    check_gateway(&format!("{VPC_OTHER}{}{through}", module("vpc_id = aws_vpc.other.id")), NO);
}

const VPC_OTHER: &str = "resource \"aws_vpc\" \"other\" {}\n";

#[test]
fn an_endpoint_that_a_data_source_finds_was_made_by_other_code() {
    check_gateway(r#"data "aws_vpc_endpoint" "e" { vpc_id = aws_vpc.main.id }"#, UNKNOWN);
    check_gateway(
        r#"data "aws_vpc_endpoint" "e" {
          vpc_id = aws_vpc.main.id
          service_name = "com.amazonaws.eu-west-1.sts"
        }"#,
        NO,
    );
    check_gateway(r#"data "aws_vpc_endpoint" "e" { vpc_id = "vpc-1" }"#, NO);
}

#[test]
fn an_endpoint_in_a_child_module_counts() {
    let found = with(
        &[
            (
                "main.tf",
                &format!("{VPC}module \"m\" {{\n source = \"./m\"\n vpc = aws_vpc.main.id\n}}"),
            ),
            (
                "m/main.tf",
                r#"
                variable "vpc" {}
                resource "aws_vpc_endpoint" "e" {
                  vpc_id = var.vpc
                  service_name = "com.amazonaws.eu-west-1.s3"
                }"#,
            ),
        ],
        |network| network.has_endpoint(&main_vpc(network), "s3", EndpointType::Gateway).is,
    );
    assert_eq!(found, YES);
}

/// The default routes to NAT gateways of `aws_vpc.main`.
#[track_caller]
fn check_nat(text: &str, expected: &[Tri]) {
    let found: Vec<_> = in_vpc(text, |network| {
        network
            .nat_default_routes(&main_vpc(network))
            .into_iter()
            .map(|route| route.there)
            .collect()
    });
    assert_eq!(found, expected, "{text}");
}

#[test]
fn default_routes_to_nat_gateways() {
    let table = "resource \"aws_route_table\" \"t\" { vpc_id = aws_vpc.main.id }\n";
    let nat = |arguments: &str| format!("resource \"aws_nat_gateway\" \"n\" {{ {arguments} }}\n");
    let route = |destination: &str, target: &str| {
        format!(
            "resource \"aws_route\" \"r\" {{\n route_table_id = aws_route_table.t.id\n {destination}\n {target}\n}}\n"
        )
    };
    let everywhere = r#"destination_cidr_block = "0.0.0.0/0""#;
    let to_nat = "nat_gateway_id = aws_nat_gateway.n.id";
    check_nat(&format!("{table}{}{}", nat(""), route(everywhere, to_nat)), &[YES]);
    check_nat(
        &format!("{table}{}{}", nat(r#"connectivity_type = "private""#), route(everywhere, to_nat)),
        &[],
    );
    check_nat(
        &format!(
            "{table}{}{}",
            nat(""),
            route(r#"destination_cidr_block = "10.1.0.0/16""#, to_nat)
        ),
        &[],
    );
    check_nat(&format!("{table}{}", route(everywhere, r#"transit_gateway_id = "tgw-1""#)), &[]);
    check_nat(
        &format!(
            "{table}variable \"v\" {{}}\n{}{}",
            nat("connectivity_type = var.v"),
            route(everywhere, to_nat)
        ),
        &[UNKNOWN],
    );
    check_nat(
        &format!(
            "{table}variable \"v\" {{}}\n{}{}",
            nat(""),
            route("destination_cidr_block = var.v", to_nat)
        ),
        &[UNKNOWN],
    );
    let inline = r#"resource "aws_route_table" "t" {
          vpc_id = aws_vpc.main.id
          route {
            cidr_block = "0.0.0.0/0"
            nat_gateway_id = aws_nat_gateway.n.id
          }
        }
        "#;
    check_nat(&format!("{inline}{}", nat("")), &[YES]);
    let as_objects = inline
        .replace("route {", "route = [{")
        .replace("}\n        }", "}]\n        }")
        .replace("nat_gateway_id", "gateway_id = \"\"\nnat_gateway_id");
    check_nat(&format!("{as_objects}{}", nat("")), &[YES]);
    let default = r#"resource "aws_default_route_table" "t" {
          default_route_table_id = aws_vpc.main.default_route_table_id
          route {
            cidr_block = "0.0.0.0/0"
            nat_gateway_id = aws_nat_gateway.n.id
          }
        }
        "#;
    check_nat(&format!("{default}{}", nat("")), &[YES]);
}

/// Whether clients reach port 443 of `aws_vpc_endpoint.e`, whose security group is `aws_security_group.g`.
#[track_caller]
fn check_inbound(group: &str, more: &str, expected: Tri) {
    let text = format!(
        "resource \"aws_security_group\" \"g\" {{\n vpc_id = aws_vpc.main.id\n {group}\n}}
        resource \"aws_vpc_endpoint\" \"e\" {{\n security_group_ids = [aws_security_group.g.id]\n}}\n{more}"
    );
    in_vpc(&text, |network| {
        let answer = network.inbound(endpoint_id(network, "e"), 443).allowed;
        assert_eq!(answer.is, expected, "{text}");
        assert_eq!(answer.doubts.is_empty(), !expected.is_unknown(), "{:#?}", answer.doubts);
        assert_eq!(answer.evidence.is_empty(), expected.is_unknown());
    });
}

fn ingress(from: &str, to: &str, protocol: &str, source: &str) -> String {
    format!(
        "ingress {{\n from_port = {from}\n to_port = {to}\n protocol = {protocol}\n {source}\n}}"
    )
}

const ANY: &str = r#"cidr_blocks = ["10.0.0.0/16"]"#;

#[test]
fn what_may_go_out_is_no_doubt_about_what_comes_in() {
    let dynamic = |kind: &str| {
        format!(
            "dynamic \"{kind}\" {{\n for_each = var.v\n content {{\n protocol = \"-1\"\n from_port = 0\n to_port = 0\n \
            cidr_blocks = [{kind}.value]\n}}\n}}"
        )
    };
    check_inbound(&dynamic("egress"), "variable \"v\" {}", NO);
    check_inbound(&dynamic("ingress"), "variable \"v\" {}", UNKNOWN);
}

#[test]
fn inline_rules_let_clients_in() {
    check_inbound("", "", NO);
    check_inbound(&ingress("443", "443", r#""tcp""#, ANY), "", YES);
    check_inbound(&ingress("0", "65535", "6", ANY), "", YES);
    check_inbound(&ingress("0", "0", r#""-1""#, ANY), "", YES);
    check_inbound(&ingress("80", "80", r#""tcp""#, ANY), "", NO);
    check_inbound(&ingress("443", "443", r#""udp""#, ANY), "", NO);
    check_inbound(&ingress("443", "443", r#""tcp""#, "self = true"), "", YES);
    check_inbound(&ingress("443", "443", r#""tcp""#, r#"prefix_list_ids = ["pl-1"]"#), "", YES);
    check_inbound(
        &ingress("443", "443", r#""tcp""#, "security_groups = [aws_security_group.g2.id]"),
        r#"resource "aws_security_group" "g2" {}"#,
        YES,
    );
    check_inbound(&ingress("443", "443", r#""tcp""#, ""), "", NO);
    check_inbound(&ingress("443", "443", r#""tcp""#, ANY).replace("ingress", "egress"), "", NO);
    check_inbound(
        &ingress("443", "443", r#""tcp""#, "cidr_blocks = [aws_vpc.main.cidr_block]"),
        "",
        YES,
    );
}

#[test]
fn standalone_rules_let_clients_in() {
    let rule = |group: &str, arguments: &str| {
        format!(
            "resource \"aws_vpc_security_group_ingress_rule\" \"r\" {{\n security_group_id = {group}\n {arguments}\n}}\n"
        )
    };
    let https =
        "ip_protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_ipv4 = \"10.0.0.0/16\"";
    check_inbound("", &rule("aws_security_group.g.id", https), YES);
    check_inbound(
        "",
        &rule(
            "aws_security_group.g.id",
            "ip_protocol = \"-1\"\n referenced_security_group_id = aws_security_group.g.id",
        ),
        YES,
    );
    check_inbound(
        "",
        &format!(
            "{}resource \"aws_security_group\" \"g2\" {{}}",
            rule("aws_security_group.g2.id", https)
        ),
        NO,
    );
    check_inbound("", &format!("{}variable \"v\" {{}}", rule("var.v", https)), UNKNOWN);
    let older = |kind: &str| {
        format!(
            "resource \"aws_security_group_rule\" \"r\" {{\n security_group_id = aws_security_group.g.id\n type = {kind}\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_blocks = [\"0.0.0.0/0\"]\n}}\nvariable \"v\" {{}}"
        )
    };
    check_inbound("", &older(r#""ingress""#), YES);
    check_inbound("", &older(r#""egress""#), NO);
    check_inbound("", &older("var.v"), UNKNOWN);
}

#[test]
fn an_unknown_in_a_rule_is_not_a_closed_port() {
    let v = "variable \"v\" {}";
    check_inbound(&ingress("var.v", "var.v", r#""tcp""#, ANY), v, UNKNOWN);
    check_inbound(&ingress("443", "443", "var.v", ANY), v, UNKNOWN);
    check_inbound(&ingress("443", "443", r#""tcp""#, "cidr_blocks = var.v"), v, UNKNOWN);
    check_inbound(&ingress("443", "443", r#""tcp""#, "cidr_blocks = [var.v]"), v, YES);
    check_inbound(&ingress("1000", "var.v", r#""tcp""#, ANY), v, NO);
    check_inbound("ingress = var.v", v, UNKNOWN);
    check_inbound(
        "dynamic \"ingress\" {\n for_each = var.v\n content {\n from_port = ingress.value\n to_port = ingress.value\n protocol = \"tcp\"\n cidr_blocks = [\"10.0.0.0/8\"]\n}\n}",
        v,
        UNKNOWN,
    );
    check_inbound(
        "",
        "module \"m\" {\n source = \"example/rules/aws\"\n group = aws_security_group.g.id\n}",
        UNKNOWN,
    );
}

#[test]
fn a_group_from_elsewhere_or_none_is_not_a_closed_port() {
    let check = |groups: &str, expected: Tri| {
        let text =
            format!("resource \"aws_vpc_endpoint\" \"e\" {{ {groups} }}\nvariable \"v\" {{}}");
        let found =
            in_vpc(&text, |network| network.inbound(endpoint_id(network, "e"), 443).allowed.is);
        assert_eq!(found, expected, "{groups}");
    };
    check("", UNKNOWN);
    check("security_group_ids = []", UNKNOWN);
    check("security_group_ids = var.v", UNKNOWN);
    check("security_group_ids = [var.v]", UNKNOWN);
    check(r#"security_group_ids = ["sg-1"]"#, UNKNOWN);
}

/// Whether the two subnets of `aws_vpc_endpoint.e` are in one zone.
#[track_caller]
fn check_zones(a: &str, b: &str, more: &str, expected: Tri) {
    let text = format!(
        "resource \"aws_subnet\" \"a\" {{\n vpc_id = aws_vpc.main.id\n {a}\n}}
        resource \"aws_subnet\" \"b\" {{\n vpc_id = aws_vpc.main.id\n {b}\n}}
        resource \"aws_vpc_endpoint\" \"e\" {{ subnet_ids = [aws_subnet.a.id, aws_subnet.b.id] }}\n{more}"
    );
    in_vpc(&text, |network| {
        let id = endpoint_id(network, "e");
        let shared = network.shared_zones(id);
        assert_eq!(shared.first().map_or(NO, |pair| pair.same), expected, "{text}");
        assert_eq!(network.is_in_one_zone(id).is, expected, "{text}");
        assert_eq!(network.has_subnets_in_two_zones(&main_vpc(network)).is, !expected, "{text}");
    });
}

#[test]
fn zones_of_subnets_are_compared_as_far_as_they_are_known() {
    let zone = |value: &str| format!("availability_zone = {value}");
    let check =
        |a: &str, b: &str, more: &str, expected| check_zones(&zone(a), &zone(b), more, expected);
    check(r#""eu-west-1a""#, r#""eu-west-1a""#, "", YES);
    check(r#""eu-west-1a""#, r#""eu-west-1b""#, "", NO);
    let v = "variable \"v\" {}";
    check("var.v", r#""eu-west-1b""#, v, UNKNOWN);
    check("var.v", "var.v", v, YES);
    check(r#""${var.v}a""#, r#""${var.v}a""#, v, YES);
    check(r#""${var.v}a""#, r#""${var.v}b""#, v, NO);
    let zones = r#"data "aws_availability_zones" "z" {}"#;
    check(
        "data.aws_availability_zones.z.names[0]",
        "data.aws_availability_zones.z.names[0]",
        zones,
        YES,
    );
    check(
        "data.aws_availability_zones.z.names[0]",
        "data.aws_availability_zones.z.names[1]",
        zones,
        NO,
    );
    check_zones("", "", "", UNKNOWN);
    check_zones(
        r#"availability_zone_id = "euw1-az1""#,
        r#"availability_zone_id = "euw1-az1""#,
        "",
        YES,
    );
    check_zones(
        r#"availability_zone_id = "euw1-az1""#,
        r#"availability_zone = "eu-west-1a""#,
        "",
        UNKNOWN,
    );
}

#[test]
fn zones_of_counted_subnets_wrap_around() {
    let text = r#"
        resource "aws_subnet" "a" {
          count = 3
          vpc_id = aws_vpc.main.id
          availability_zone = element(["eu-west-1a", "eu-west-1b"], count.index)
        }
        resource "aws_vpc_endpoint" "e" { subnet_ids = aws_subnet.a[*].id }"#;
    in_vpc(text, |network| {
        let pairs = network.shared_zones(endpoint_id(network, "e"));
        assert_eq!(
            pairs.iter().map(|pair| (pair.first, pair.second, pair.same)).collect::<Vec<_>>(),
            [(0, 2, YES)]
        );
    });
}

#[test]
fn a_single_subnet_is_one_zone_wherever_it_is() {
    let check = |subnets: &str, expected: Tri| {
        let text =
            format!("resource \"aws_vpc_endpoint\" \"e\" {{ {subnets} }}\nvariable \"v\" {{}}");
        let found = in_vpc(&text, |network| network.is_in_one_zone(endpoint_id(network, "e")).is);
        assert_eq!(found, expected, "{subnets}");
    };
    check(r#"subnet_ids = ["subnet-1"]"#, YES);
    check("subnet_ids = [var.v]", YES);
    check("subnet_ids = var.v", UNKNOWN);
    check(r#"subnet_ids = ["subnet-1", "subnet-2"]"#, UNKNOWN);
    check("", NO);
}

/// Whether `aws_vpc.main` is connected to somewhere else.
#[track_caller]
fn check_remote(text: &str, expected: Tri) {
    let found = in_vpc(text, |network| network.has_remote_side(&main_vpc(network)).is);
    assert_eq!(found, expected, "{text}");
}

#[test]
fn signs_of_a_remote_side() {
    check_remote("", NO);
    check_remote(r#"resource "aws_vpn_gateway" "g" { vpc_id = aws_vpc.main.id }"#, YES);
    check_remote(r#"resource "aws_vpn_gateway" "g" { vpc_id = "vpc-1" }"#, NO);
    check_remote(
        r#"resource "aws_ec2_transit_gateway_vpc_attachment" "a" { vpc_id = aws_vpc.main.id }"#,
        YES,
    );
    check_remote(
        r#"resource "aws_networkmanager_vpc_attachment" "a" { vpc_arn = aws_vpc.main.arn }"#,
        YES,
    );
    check_remote(
        r#"resource "aws_vpc_peering_connection" "p" {
          vpc_id = "vpc-1"
          peer_vpc_id = aws_vpc.main.id
        }"#,
        YES,
    );
    check_remote(r#"resource "aws_vpn_connection" "c" { transit_gateway_id = "tgw-1" }"#, UNKNOWN);
    check_remote(
        r#"
        resource "aws_vpn_gateway" "g" { vpc_id = aws_vpc.main.id }
        resource "aws_dx_gateway_association" "d" { associated_gateway_id = aws_vpn_gateway.g.id }"#,
        YES,
    );
    check_remote(
        r#"
        resource "aws_route_table" "t" { vpc_id = aws_vpc.main.id }
        resource "aws_route" "r" {
          route_table_id = aws_route_table.t.id
          destination_cidr_block = "10.0.0.0/8"
          transit_gateway_id = "tgw-1"
        }"#,
        YES,
    );
    check_remote(
        "module \"m\" {\n source = \"example/vpn/aws\"\n vpc_id = aws_vpc.main.id\n}",
        UNKNOWN,
    );
}

#[test]
fn an_inbound_resolver_is_a_way_in_and_an_outbound_one_is_not() {
    let resolver = |direction: &str| {
        format!("resource \"aws_subnet\" \"a\" {{ vpc_id = aws_vpc.main.id }}
        resource \"aws_route53_resolver_endpoint\" \"r\" {{\n direction = {direction}\n ip_address {{ subnet_id = aws_subnet.a.id }}\n}}
        variable \"v\" {{}}")
    };
    check_remote(&resolver(r#""INBOUND""#), YES);
    check_remote(&resolver(r#""OUTBOUND""#), NO);
    check_remote(&resolver("var.v"), UNKNOWN);
}

#[test]
fn the_region_is_the_resources_own_or_its_providers() {
    let check = |providers: &str, arguments: &str, expected: Option<&str>| {
        let text = format!(
            "{providers}\nresource \"aws_vpc_endpoint\" \"e\" {{ {arguments} }}\nvariable \"v\" {{}}"
        );
        let found = with(&[("main.tf", &text)], |network| {
            network.region_of(endpoint(network, "e").instance).known().map(str::to_owned)
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    };
    let provider = r#"provider "aws" { region = "eu-west-1" }"#;
    check(provider, "", Some("eu-west-1"));
    check(provider, r#"region = "us-east-1""#, Some("us-east-1"));
    check(provider, "region = null", Some("eu-west-1"));
    check(provider, "region = var.v", None);
    check("", "", None);
    check("provider \"aws\" { region = var.v }", "", None);
    let aliased = "provider \"aws\" {\n alias = \"us\"\n region = \"us-east-1\"\n}";
    check(&format!("{provider}\n{aliased}"), "provider = aws.us", Some("us-east-1"));
}

#[test]
fn a_vpc_that_is_not_declared_here_may_have_anything() {
    let text = "resource \"aws_vpc_endpoint\" \"e\" { vpc_id = \"vpc-1\" }";
    let found = in_vpc(text, |network| network.unseen(&endpoint(network, "e").vpc).len());
    assert_eq!(found, 1);
    assert!(VPC.contains("aws_vpc"));
}
