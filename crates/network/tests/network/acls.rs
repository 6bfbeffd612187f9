//! What network ACLs let through, as tables: Terraform text in, the answer out.

use std::ops::RangeInclusive;

use privatelint_evaluator::Tri;
use privatelint_network::addresses::Family;
use privatelint_network::resources::{Direction, SubnetId};
use privatelint_network::{ANSWER_PORTS, End, Network, Peer};

use crate::support::{NO, UNKNOWN, VPC, YES, main_vpc, with};

/// A client's subnet, and one of endpoints.
const SUBNETS: &str = r#"
variable "v" {}
variable "w" {}
resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_subnet" "endpoints" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}
"#;

const HTTPS: RangeInclusive<u16> = 443..=443;

fn subnet(network: &Network<'_>, name: &str) -> SubnetId {
    let mut found = network.subnets.iter().filter(|subnet| subnet.instance.address.name == name);
    found.next().unwrap_or_else(|| panic!("there is no subnet `{name}`")).id
}

enum To {
    Endpoints,
    Itself,
    Internet,
}

#[track_caller]
fn check(text: &str, to: &To, direction: Direction, ports: RangeInclusive<u16>, expected: Tri) {
    let text = format!("{VPC}{SUBNETS}{text}");
    with(&[("main.tf", &text)], |network| {
        let vpc = main_vpc(network);
        let end = |name| End {
            groups: None,
            vpc: &vpc,
            addresses: vec![network.addresses_in(subnet(network, name), Family::V4)],
        };
        let end = end(if matches!(to, To::Itself) { "app" } else { "endpoints" });
        let peer = match to {
            To::Endpoints | To::Itself => Peer::End(&end),
            To::Internet => Peer::Public(Some("s3"), Family::V4),
        };
        let answer = network.acl_passes(subnet(network, "app"), direction, &peer, ports);
        assert_eq!(answer.is, expected, "{text}\n{answer:#?}");
        assert_eq!(answer.doubts.is_empty(), !expected.is_unknown(), "{answer:#?}");
    });
}

/// The ACL of the client's subnet, with these blocks.
fn acl(rules: &str) -> String {
    format!(
        "resource \"aws_network_acl\" \"a\" {{\nvpc_id = aws_vpc.main.id\nsubnet_ids = [aws_subnet.app.id]\n{rules}\n}}\n"
    )
}

fn rule(kind: &str, number: &str, action: &str, ports: (&str, &str), cidr: &str) -> String {
    let (from, to) = ports;
    format!(
        "{kind} {{\nrule_no = {number}\naction = {action}\nprotocol = \"tcp\"\nfrom_port = {from}\nto_port = {to}\n\
        cidr_block = {cidr}\n}}\n"
    )
}

fn egress(number: &str, action: &str, cidr: &str) -> String {
    rule("egress", number, &format!("\"{action}\""), ("443", "443"), cidr)
}

/// Whether requests to the endpoints get out of the client's subnet.
#[track_caller]
fn check_out(rules: &str, expected: Tri) {
    check(&acl(rules), &To::Endpoints, Direction::Egress, HTTPS, expected);
}

const ALL: &str = r#""0.0.0.0/0""#;

#[test]
fn the_first_rule_that_matches_decides() {
    check_out("", NO);
    check_out(&egress("100", "allow", ALL), YES);
    check_out(&egress("100", "deny", ALL), NO);
    check_out(&format!("{}{}", egress("200", "allow", ALL), egress("100", "deny", ALL)), NO);
    check_out(&format!("{}{}", egress("100", "allow", ALL), egress("200", "deny", ALL)), YES);
    check_out(
        &format!("{}{}", egress("100", "deny", r#""10.9.0.0/16""#), egress("200", "allow", ALL)),
        YES,
    );
    check_out(&egress("100", "allow", "aws_vpc.main.cidr_block"), YES);
    check_out(&egress("100", "allow", "aws_subnet.endpoints.cidr_block"), YES);
    check_out(&egress("100", "allow", r#""10.0.3.0/24""#), NO);
    check_out(&rule("ingress", "100", r#""allow""#, ("443", "443"), ALL), NO);
    let halves = format!(
        "{}{}",
        egress("100", "allow", r#""10.0.2.0/25""#),
        egress("101", "allow", r#""10.0.2.128/25""#)
    );
    check_out(&halves, YES);
    check_out(&egress("100", "allow", r#""10.0.2.0/25""#), UNKNOWN);
    check_out(
        "egress {\nrule_no = 1\naction = \"allow\"\nprotocol = \"-1\"\nfrom_port = 0\nto_port = 0\ncidr_block = \"0.0.0.0/0\"\n}",
        YES,
    );
    check_out(
        "egress {\nrule_no = 1\naction = \"allow\"\nprotocol = \"udp\"\nfrom_port = 0\nto_port = 65535\ncidr_block = \"0.0.0.0/0\"\n}",
        NO,
    );
    check_out(
        "egress {\nrule_no = 1\naction = \"allow\"\nprotocol = \"-1\"\nfrom_port = 0\nto_port = 0\nipv6_cidr_block = \"::/0\"\n}",
        NO,
    );
}

#[test]
fn what_is_not_known_counts_both_ways() {
    check_out(&egress("100", "allow", "var.v"), UNKNOWN);
    check_out(&egress("100", "deny", "var.v"), NO);
    check_out(&egress("var.v", "allow", ALL), YES);
    check_out(&egress("var.v", "deny", ALL), NO);
    check_out(&format!("{}{}", egress("100", "allow", ALL), egress("var.v", "deny", ALL)), UNKNOWN);
    check_out(&format!("{}{}", egress("100", "allow", ALL), egress("200", "deny", "var.v")), YES);
    check_out(
        &format!("{}{}", egress("100", "deny", "var.v"), egress("200", "allow", ALL)),
        UNKNOWN,
    );
    check_out(&rule("egress", "100", "var.v", ("443", "443"), ALL), UNKNOWN);
    check_out(&rule("egress", "100", r#""allow""#, ("var.v", "443"), ALL), UNKNOWN);
    check_out(&egress("100", "allow", r#"var.v ? "0.0.0.0/0" : "10.0.0.0/8""#), YES);
    let dynamic = |kind: &str| {
        format!(
            "dynamic \"{kind}\" {{\nfor_each = var.v\ncontent {{\nrule_no = {kind}.key\naction = \"allow\"\nprotocol = \"tcp\"\n\
            from_port = 443\nto_port = 443\ncidr_block = {kind}.value\n}}\n}}"
        )
    };
    check_out(&dynamic("egress"), UNKNOWN);
    check_out(&dynamic("ingress"), NO);
}

#[test]
fn rules_may_be_resources() {
    let standalone = |arguments: &str| {
        format!(
            "{}resource \"aws_network_acl_rule\" \"r\" {{\nprotocol = \"tcp\"\nrule_action = \"allow\"\nrule_number = 100\n\
            from_port = 443\nto_port = 443\ncidr_block = \"0.0.0.0/0\"\n{arguments}\n}}\n",
            acl("")
        )
    };
    let check = |arguments: &str, expected| {
        check(&standalone(arguments), &To::Endpoints, Direction::Egress, HTTPS, expected);
    };
    check("network_acl_id = aws_network_acl.a.id\negress = true", YES);
    check("network_acl_id = aws_network_acl.a.id", NO);
    check("network_acl_id = aws_network_acl.a.id\negress = var.v", UNKNOWN);
    check("network_acl_id = aws_network_acl.a.id\negress = true\ncount = var.v", UNKNOWN);
    check("network_acl_id = aws_network_acl.a.id\ncount = var.v", NO);
    check("network_acl_id = var.v\negress = true", UNKNOWN);
    check("network_acl_id = \"acl-123\"\negress = true", NO);
}

#[test]
fn a_subnet_has_the_acl_that_names_it_or_the_default_one() {
    let check =
        |text: &str, expected| check(text, &To::Endpoints, Direction::Egress, HTTPS, expected);
    check("", YES);
    let closed = |subnets: &str| {
        format!("resource \"aws_network_acl\" \"a\" {{\nvpc_id = aws_vpc.main.id\n{subnets}\n}}\n")
    };
    check(&closed("subnet_ids = [aws_subnet.app.id]"), NO);
    check(&closed("subnet_ids = [aws_subnet.endpoints.id]"), YES);
    check(&closed("subnet_ids = var.v"), UNKNOWN);
    check(&closed("subnet_ids = [var.v]"), UNKNOWN);
    check(&closed("subnet_ids = [aws_subnet.app.id]\ncount = var.v"), UNKNOWN);
    check(&closed("subnet_ids = var.v ? [aws_subnet.app.id] : []"), UNKNOWN);
    let association = |arguments: &str| {
        format!(
            "{}resource \"aws_network_acl_association\" \"s\" {{\n{arguments}\n}}\n",
            closed("")
        )
    };
    let own = "network_acl_id = aws_network_acl.a.id";
    check(&association(&format!("{own}\nsubnet_id = aws_subnet.app.id")), NO);
    check(&association(&format!("{own}\nsubnet_id = var.v")), UNKNOWN);
    check(&association(&format!("{own}\nsubnet_id = aws_subnet.endpoints.id")), YES);
    let elsewhere = "resource \"aws_network_acl_association\" \"s\" {\nnetwork_acl_id = \"acl-1\"\nsubnet_id = aws_subnet.app.id\n}\n";
    check(elsewhere, UNKNOWN);
    check(&elsewhere.replace("aws_subnet.app.id", "aws_subnet.endpoints.id"), YES);
    // Adopting the default one takes its rules away.
    let default = |rules: &str| {
        format!(
            "resource \"aws_default_network_acl\" \"d\" {{\ndefault_network_acl_id = aws_vpc.main.default_network_acl_id\n{rules}\n}}\n"
        )
    };
    check(&default(""), NO);
    check(&default(&egress("100", "allow", ALL)), YES);
    check(r#"resource "aws_default_network_acl" "d" { default_network_acl_id = var.v }"#, UNKNOWN);
    check(
        r#"module "m" {
          source = "example/acl/aws"
          subnet = aws_subnet.app.id
        }"#,
        UNKNOWN,
    );
    let two = format!(
        "{}{}",
        closed("subnet_ids = [aws_subnet.app.id]"),
        closed("subnet_ids = [aws_subnet.app.id]").replace("\"a\"", "\"b\"")
    );
    check(&two, UNKNOWN);
}

#[test]
fn traffic_inside_a_subnet_does_not_meet_its_acl() {
    check(&acl(""), &To::Itself, Direction::Egress, HTTPS, YES);
    check(&acl(""), &To::Internet, Direction::Egress, HTTPS, NO);
}

#[test]
fn answers_come_back_to_ports_that_the_client_chooses() {
    let ingress =
        |from: &str, to: &str, cidr: &str| rule("ingress", "100", r#""allow""#, (from, to), cidr);
    let check = |rules: &str, to: &To, expected| {
        check(&acl(rules), to, Direction::Ingress, ANSWER_PORTS, expected);
    };
    check(&ingress("1024", "65535", ALL), &To::Endpoints, YES);
    check(&ingress("0", "65535", ALL), &To::Internet, YES);
    check(&ingress("443", "443", ALL), &To::Endpoints, NO);
    check(&ingress("32768", "60999", ALL), &To::Endpoints, UNKNOWN);
    check(&ingress("1024", "65535", r#""10.0.0.0/16""#), &To::Endpoints, YES);
    check(&ingress("1024", "65535", r#""10.0.0.0/16""#), &To::Internet, NO);
    check(&ingress("1024", "65535", "var.v"), &To::Internet, UNKNOWN);
    let two = format!(
        "{}{}",
        ingress("1024", "32767", ALL),
        ingress("32768", "65535", ALL).replace("100", "101")
    );
    check(&two, &To::Internet, YES);
    let but_one = format!(
        "{}{}",
        rule("ingress", "90", r#""deny""#, ("3389", "3389"), ALL),
        ingress("1024", "65535", ALL)
    );
    check(&but_one, &To::Internet, UNKNOWN);
}

#[test]
fn a_few_hosts_that_are_kept_away_are_not_a_service() {
    let check = |cidr: &str, expected| {
        let rules = format!("{}{}", egress("50", "deny", cidr), egress("100", "allow", ALL));
        check(&acl(&rules), &To::Internet, Direction::Egress, HTTPS, expected);
    };
    check(r#""203.0.113.0/24""#, YES);
    check(r#""10.0.0.0/8""#, YES);
    check(r#""52.0.0.0/8""#, UNKNOWN);
    check("var.v", UNKNOWN);
    check(ALL, NO);
}
