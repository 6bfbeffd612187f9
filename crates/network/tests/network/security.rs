//! What security groups let through, as tables: Terraform text in, the answer out.

use privatelint_evaluator::Tri;
use privatelint_network::addresses::Family;
use privatelint_network::resources::{Direction, SecurityGroup};
use privatelint_network::{End, Network, Passage, Peer};

use crate::support::{NO, UNKNOWN, VPC, YES, endpoint, with};

/// A subnet, a client's group without rules, and the endpoint that others than the client's group let in.
const ENDS: &str = r#"
variable "v" {}
resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_vpc_endpoint" "client" {
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.app.id]
  security_group_ids = [aws_security_group.client.id]
}
"#;

fn group<'n, 'a>(network: &'n Network<'a>, name: &str) -> &'n SecurityGroup<'a> {
    let mut found =
        network.security_groups.iter().filter(|group| group.instance.address.name == name);
    found.next().unwrap_or_else(|| panic!("there is no group `{name}`"))
}

/// The end that an endpoint is; a workload is another with the same members.
fn end<'n, 'a>(network: &'n Network<'a>, name: &str) -> End<'n, 'a> {
    let endpoint = endpoint(network, name);
    End {
        groups: Some(&endpoint.security_groups),
        vpc: &endpoint.vpc,
        addresses: network.addresses_of(&endpoint.subnets, &endpoint.vpc, Family::V4),
    }
}

#[track_caller]
fn agrees(passage: &Passage, expected: Tri, text: &str) {
    assert_eq!(passage.allowed.is, expected, "{text}\n{passage:#?}");
    assert_eq!(passage.allowed.doubts.is_empty(), !expected.is_unknown(), "{text}\n{passage:#?}");
}

/// Whether a rule lets the client into `aws_security_group.endpoint`.
#[track_caller]
fn check_in(rules: &str, expected: Tri) {
    check_in_with(
        rules,
        r#"resource "aws_security_group" "client" { vpc_id = aws_vpc.main.id }"#,
        expected,
    );
}

#[track_caller]
fn check_in_with(rules: &str, client: &str, expected: Tri) {
    let text = format!(
        r#"{VPC}{ENDS}{client}
        resource "aws_vpc_endpoint" "e" {{
          vpc_id             = aws_vpc.main.id
          subnet_ids         = [aws_subnet.app.id]
          security_group_ids = [aws_security_group.endpoint.id]
        }}
        {}"#,
        in_group("endpoint", rules)
    );
    with(&[("main.tf", &text)], |network| {
        let client = end(network, "client");
        let passage =
            network.group_passes(&end(network, "e"), Direction::Ingress, &Peer::End(&client), 443);
        agrees(&passage, expected, rules);
    });
}

/// A group with rules: nested blocks inside, resources beside it.
fn in_group(name: &str, rules: &str) -> String {
    let group = |inside: &str| {
        format!(
            "resource \"aws_security_group\" \"{name}\" {{\nvpc_id = aws_vpc.main.id\n{inside}\n}}\n"
        )
    };
    if rules.trim_start().starts_with("resource") {
        format!("{}{rules}", group(""))
    } else {
        group(rules)
    }
}

fn ingress(from: &str) -> String {
    format!("ingress {{\nprotocol = \"tcp\"\nfrom_port = 443\nto_port = 443\n{from}\n}}\n")
}

#[test]
fn a_rule_names_the_client_by_its_addresses() {
    let check = |from: &str, expected| check_in(&ingress(from), expected);
    check(r#"cidr_blocks = ["0.0.0.0/0"]"#, YES);
    check(r#"cidr_blocks = ["10.0.0.0/16"]"#, YES);
    check("cidr_blocks = [aws_vpc.main.cidr_block]", YES);
    check("cidr_blocks = [aws_subnet.app.cidr_block]", YES);
    check(r#"cidr_blocks = ["10.0.1.0/24"]"#, YES);
    check(r#"cidr_blocks = ["10.0.1.0/25", "10.0.1.128/25"]"#, YES);
    check(r#"cidr_blocks = ["10.0.1.0/25"]"#, UNKNOWN);
    check(r#"cidr_blocks = ["10.0.1.7/32"]"#, UNKNOWN);
    check(r#"cidr_blocks = ["10.0.2.0/24"]"#, NO);
    check(r#"cidr_blocks = ["192.168.0.0/16"]"#, NO);
    check(r#"ipv6_cidr_blocks = ["::/0"]"#, NO);
    check("cidr_blocks = []", NO);
    check("cidr_blocks = var.v", UNKNOWN);
    check("cidr_blocks = [var.v]", UNKNOWN);
    check(r#"cidr_blocks = var.v ? ["10.0.0.0/16"] : ["0.0.0.0/0"]"#, UNKNOWN);
    check(r#"cidr_blocks = [var.v ? "10.0.0.0/16" : "0.0.0.0/0"]"#, YES);
    check(r#"prefix_list_ids = ["pl-0123456789"]"#, UNKNOWN);
}

#[test]
fn a_rule_names_the_client_by_its_group() {
    let check = |from: &str, expected| check_in(&ingress(from), expected);
    check("security_groups = [aws_security_group.client.id]", YES);
    check("self = true", NO);
    check("self = var.v", UNKNOWN);
    check(r#"security_groups = ["sg-123"]"#, NO);
    check("security_groups = [var.v]", UNKNOWN);
    check(
        "security_groups = [var.v ? aws_security_group.client.id : aws_security_group.endpoint.id]",
        UNKNOWN,
    );
    check_in_with(
        &ingress("security_groups = [aws_security_group.other.id]"),
        r#"resource "aws_security_group" "other" {}
        resource "aws_security_group" "client" {}"#,
        NO,
    );
    check_in_with(
        &ingress("security_groups = [aws_security_group.other.id]"),
        r#"resource "aws_security_group" "other" {}
        resource "aws_security_group" "client" {}
        resource "aws_vpc_endpoint_security_group_association" "a" {
          vpc_endpoint_id   = aws_vpc_endpoint.client.id
          security_group_id = aws_security_group.other.id
        }"#,
        YES,
    );
    check_in_with(
        &ingress("security_groups = [aws_security_group.other.id]"),
        r#"resource "aws_security_group" "other" {}
        resource "aws_security_group" "client" {}
        resource "aws_vpc_endpoint_security_group_association" "a" {
          vpc_endpoint_id   = aws_vpc_endpoint.client.id
          security_group_id = var.v
        }"#,
        UNKNOWN,
    );
}

#[test]
fn a_rule_is_about_a_port_and_a_direction() {
    let everyone = r#"cidr_blocks = ["0.0.0.0/0"]"#;
    let check = |protocol: &str, from: &str, to: &str, expected| {
        let rule = format!(
            "ingress {{\nprotocol = {protocol}\nfrom_port = {from}\nto_port = {to}\n{everyone}\n}}"
        );
        check_in(&rule, expected);
    };
    check(r#""-1""#, "0", "0", YES);
    check(r#""tcp""#, "0", "65535", YES);
    check(r#""tcp""#, "444", "65535", NO);
    check(r#""udp""#, "443", "443", NO);
    check(r#""tcp""#, "var.v", "443", UNKNOWN);
    check("var.v", "443", "443", UNKNOWN);
    check_in(
        r#"egress {
            protocol = "-1"
            from_port = 0
            to_port = 0
            cidr_blocks = ["0.0.0.0/0"]
        }"#,
        NO,
    );
}

#[test]
fn rules_may_be_resources_and_blocks_may_be_unknown() {
    let rule = |arguments: &str| {
        format!(
            "resource \"aws_security_group_rule\" \"r\" {{\ntype = \"ingress\"\nprotocol = \"tcp\"\n\
            from_port = 443\nto_port = 443\n{arguments}\n}}"
        )
    };
    let own = "security_group_id = aws_security_group.endpoint.id";
    let from_client = "source_security_group_id = aws_security_group.client.id";
    check_in(&rule(&format!("{own}\n{from_client}")), YES);
    check_in(&rule(&format!("{own}\n{from_client}\ncount = var.v")), UNKNOWN);
    check_in(&rule(&format!("{own}\n{from_client}\ncount = 0")), NO);
    check_in(&rule(&format!("security_group_id = var.v\n{from_client}")), UNKNOWN);
    check_in(
        &rule(&format!("security_group_id = aws_security_group.client.id\n{from_client}")),
        NO,
    );
    check_in(
        r#"resource "aws_vpc_security_group_ingress_rule" "r" {
            security_group_id            = aws_security_group.endpoint.id
            ip_protocol                  = "tcp"
            from_port                    = 443
            to_port                      = 443
            referenced_security_group_id = aws_security_group.client.id
        }"#,
        YES,
    );
    let dynamic = |kind: &str| {
        format!(
            "dynamic \"{kind}\" {{\nfor_each = var.v\ncontent {{\nprotocol = \"tcp\"\nfrom_port = 443\n\
            to_port = 443\ncidr_blocks = [ingress.value]\n}}\n}}"
        )
    };
    check_in(&dynamic("ingress"), UNKNOWN);
    // What may go out says nothing of what may come in.
    check_in(&dynamic("egress").replace("ingress.value", "egress.value"), NO);
    check_in(
        r#"resource "aws_vpc_security_group_egress_rule" "r" {
            security_group_id = var.v
            ip_protocol       = "-1"
            cidr_ipv4         = "0.0.0.0/0"
        }"#,
        NO,
    );
    check_in(
        r#"resource "null_resource" "a" {}
        module "rules" {
          source = "example/rules/aws"
          group  = aws_security_group.endpoint.id
        }"#,
        UNKNOWN,
    );
}

/// Whether the client's group lets it out to a peer.
#[track_caller]
fn check_out(rules: &str, service: Option<&str>, expected: Tri) {
    let text = format!("{VPC}{ENDS}{}", in_group("client", rules));
    with(&[("main.tf", &text)], |network| {
        let peer = Peer::Public(service, Family::V4);
        let passage = network.group_passes(&end(network, "client"), Direction::Egress, &peer, 443);
        agrees(&passage, expected, rules);
    });
}

fn egress(to: &str) -> String {
    ingress(to).replacen("ingress", "egress", 1)
}

#[test]
fn a_group_without_a_rule_lets_nothing_out() {
    check_out("", Some("s3"), NO);
    check_out("egress = []", Some("s3"), NO);
    check_out(&ingress(r#"cidr_blocks = ["0.0.0.0/0"]"#), Some("s3"), NO);
    check_out(&egress(r#"cidr_blocks = ["0.0.0.0/0"]"#), Some("s3"), YES);
    check_out(&egress(r#"cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]"#), Some("s3"), YES);
    check_out("egress = var.v", Some("s3"), UNKNOWN);
    check_out(
        r#"resource "aws_security_group_rule" "r" {
            type              = "egress"
            security_group_id = var.v
            protocol          = "-1"
            from_port         = 0
            to_port           = 0
            cidr_blocks       = ["0.0.0.0/0"]
        }"#,
        Some("s3"),
        UNKNOWN,
    );
    check_out(
        r#"resource "null_resource" "a" {}
        module "rules" {
          source = "example/rules/aws"
          group  = aws_security_group.client.id
        }"#,
        Some("s3"),
        UNKNOWN,
    );
}

#[test]
fn public_addresses_are_not_those_of_the_vpc() {
    check_out(&egress(r#"cidr_blocks = ["10.0.0.0/8"]"#), Some("s3"), NO);
    check_out(&egress("cidr_blocks = [aws_vpc.main.cidr_block]"), Some("s3"), NO);
    check_out(&egress(r#"cidr_blocks = ["52.216.0.0/15"]"#), Some("s3"), UNKNOWN);
    check_out(&egress(r#"security_groups = ["sg-123"]"#), Some("s3"), NO);
    check_out(&egress("self = true"), None, NO);
}

#[test]
fn the_prefix_list_of_a_service_has_its_addresses() {
    let s3_endpoint = r#"resource "aws_vpc_endpoint" "s3" {
        vpc_id       = aws_vpc.main.id
        service_name = "com.amazonaws.eu-west-1.s3"
    }"#;
    let check = |list: &str, more: &str, service, expected| {
        let rule = format!(
            "resource \"aws_security_group_rule\" \"r\" {{\ntype = \"egress\"\nprotocol = \"tcp\"\n\
            from_port = 443\nto_port = 443\nsecurity_group_id = aws_security_group.client.id\n{list}\n}}\n{more}"
        );
        check_out(&rule, service, expected);
    };
    let of_endpoint = "prefix_list_ids = [aws_vpc_endpoint.s3.prefix_list_id]";
    check(of_endpoint, s3_endpoint, Some("s3"), YES);
    check(of_endpoint, s3_endpoint, Some("dynamodb"), NO);
    check(of_endpoint, s3_endpoint, None, UNKNOWN);
    check("cidr_blocks = aws_vpc_endpoint.s3.cidr_blocks", s3_endpoint, Some("s3"), YES);
    check("cidr_blocks = aws_vpc_endpoint.s3.cidr_blocks", s3_endpoint, Some("dynamodb"), NO);

    let of_data = "prefix_list_ids = [data.aws_ec2_managed_prefix_list.a.id]";
    let managed = |how: &str| format!("data \"aws_ec2_managed_prefix_list\" \"a\" {{\n{how}\n}}");
    check(of_data, &managed(r#"name = "com.amazonaws.eu-west-1.s3""#), Some("s3"), YES);
    check(of_data, &managed(r#"name = "com.amazonaws.eu-west-1.dynamodb""#), Some("s3"), NO);
    check(of_data, &managed(r#"name = "com.amazonaws.${var.v}.s3""#), Some("s3"), YES);
    check(of_data, &managed("name = var.v"), Some("s3"), UNKNOWN);
    check(
        of_data,
        &managed(
            "filter {\nname = \"prefix-list-name\"\nvalues = [\"com.amazonaws.eu-west-1.s3\"]\n}",
        ),
        Some("s3"),
        YES,
    );
    check(of_data, &managed(r#"filter { name = "owner-id" }"#), Some("s3"), UNKNOWN);

    let of_list = "prefix_list_ids = [data.aws_prefix_list.a.id]";
    let list = |how: &str| format!("data \"aws_prefix_list\" \"a\" {{\n{how}\n}}\n{s3_endpoint}");
    check(of_list, &list(r#"name = "com.amazonaws.eu-west-1.s3""#), Some("s3"), YES);
    check(of_list, &list("prefix_list_id = aws_vpc_endpoint.s3.prefix_list_id"), Some("s3"), YES);
    check(of_list, &list("prefix_list_id = var.v"), Some("s3"), UNKNOWN);
    check(
        "cidr_blocks = data.aws_prefix_list.a.cidr_blocks",
        &list("prefix_list_id = aws_vpc_endpoint.s3.prefix_list_id"),
        Some("s3"),
        YES,
    );
    check(r#"prefix_list_ids = ["pl-6da54004"]"#, "", Some("s3"), UNKNOWN);
}

#[test]
fn a_service_list_does_not_have_the_addresses_of_an_endpoint() {
    let rule = egress("prefix_list_ids = [aws_vpc_endpoint.s3.prefix_list_id]");
    let text = format!(
        r#"{VPC}{ENDS}{}
        resource "aws_vpc_endpoint" "s3" {{
          vpc_id       = aws_vpc.main.id
          service_name = "com.amazonaws.eu-west-1.s3"
        }}
        resource "aws_vpc_endpoint" "e" {{
          vpc_id     = aws_vpc.main.id
          subnet_ids = [aws_subnet.app.id]
        }}"#,
        in_group("client", &rule)
    );
    with(&[("main.tf", &text)], |network| {
        let e = end(network, "e");
        let passage =
            network.group_passes(&end(network, "client"), Direction::Egress, &Peer::End(&e), 443);
        agrees(&passage, NO, &text);
    });
}

/// Whether a client in `subnet` is let into an endpoint with this rule.
#[track_caller]
fn check_addresses(vpc: &str, subnet: &str, from: &str, expected: Tri) {
    let text = format!(
        r#"variable "v" {{}}
        variable "w" {{}}
        resource "aws_vpc" "main" {{ {vpc} }}
        resource "aws_subnet" "app" {{
          vpc_id     = aws_vpc.main.id
          {subnet}
        }}
        resource "aws_vpc_endpoint" "e" {{
          vpc_id             = aws_vpc.main.id
          subnet_ids         = [aws_subnet.app.id]
          security_group_ids = [aws_security_group.g.id]
        }}
        {}"#,
        in_group("g", &ingress(from))
    );
    with(&[("main.tf", &text)], |network| {
        let e = end(network, "e");
        let passage = network.group_passes(&e, Direction::Ingress, &Peer::End(&e), 443);
        agrees(&passage, expected, &text);
    });
}

#[test]
fn addresses_that_are_not_known_are_still_inside_the_vpc() {
    let own = "cidr_blocks = [aws_vpc.main.cidr_block]";
    check_addresses("cidr_block = var.v", "cidr_block = var.w", own, YES);
    check_addresses("cidr_block = var.v", "cidr_block = cidrsubnet(var.v, 8, 1)", own, YES);
    check_addresses("cidr_block = var.v", "cidr_block = var.w", "cidr_blocks = [var.w]", YES);
    check_addresses(
        "cidr_block = var.v",
        "cidr_block = var.w",
        r#"cidr_blocks = ["10.0.0.0/8"]"#,
        UNKNOWN,
    );
    check_addresses(
        r#"cidr_block = "10.0.0.0/16""#,
        "cidr_block = var.w",
        r#"cidr_blocks = ["10.0.0.0/8"]"#,
        YES,
    );
    check_addresses(
        r#"cidr_block = "10.0.0.0/16""#,
        "cidr_block = var.w",
        r#"cidr_blocks = ["172.16.0.0/12"]"#,
        NO,
    );
    check_addresses("ipv4_ipam_pool_id = var.v", "cidr_block = var.w", own, YES);
    let secondary = r#"
        }
        resource "aws_vpc_ipv4_cidr_block_association" "a" {
          vpc_id     = aws_vpc.main.id
          cidr_block = "100.64.0.0/16""#;
    let subnet = |block: &str| format!("cidr_block = {block}{secondary}");
    let vpc = r#"cidr_block = "10.0.0.0/16""#;
    check_addresses(vpc, &subnet(r#""100.64.1.0/24""#), own, NO);
    check_addresses(vpc, &subnet(r#""10.0.1.0/24""#), own, YES);
    check_addresses(vpc, &subnet("var.w"), own, UNKNOWN);
    check_addresses(vpc, &subnet("var.w"), r#"cidr_blocks = ["192.168.0.0/16"]"#, NO);
}

#[test]
fn a_subnet_may_hold_members_of_any_group() {
    let text = format!(
        "{VPC}{ENDS}{}\nresource \"aws_security_group\" \"client\" {{}}",
        in_group("endpoint", &ingress("security_groups = [aws_security_group.client.id]"))
    )
    .replacen("[aws_security_group.client.id]", "[aws_security_group.endpoint.id]", 1);
    with(&[("main.tf", &text)], |network| {
        let endpoint = end(network, "client");
        let anybody = End { groups: None, ..endpoint.clone() };
        let passage =
            network.group_passes(&endpoint, Direction::Ingress, &Peer::End(&anybody), 443);
        agrees(&passage, UNKNOWN, &text);
        assert_eq!(passage.only_for.len(), 1);
        assert_eq!(
            passage.only_for.first().and_then(|g| g.managed()),
            Some(group(network, "client").id)
        );
        let out = network.group_passes(&anybody, Direction::Egress, &Peer::End(&endpoint), 443);
        agrees(&out, UNKNOWN, &text);
    });
}

/// Whether an endpoint with these groups lets another one with those groups in.
#[track_caller]
fn check_ends(own: &str, peer: &str, more: &str, direction: Direction, expected: Tri) {
    let text = format!(
        r#"{VPC}
        variable "v" {{}}
        resource "aws_subnet" "app" {{
          vpc_id     = aws_vpc.main.id
          cidr_block = "10.0.1.0/24"
        }}
        resource "aws_vpc_endpoint" "own" {{
          vpc_id     = aws_vpc.main.id
          subnet_ids = [aws_subnet.app.id]
          {own}
        }}
        resource "aws_vpc_endpoint" "peer" {{
          vpc_id     = aws_vpc.main.id
          subnet_ids = [aws_subnet.app.id]
          {peer}
        }}
        {more}"#
    );
    with(&[("main.tf", &text)], |network| {
        let peer = end(network, "peer");
        let passage = network.group_passes(&end(network, "own"), direction, &Peer::End(&peer), 443);
        agrees(&passage, expected, &text);
    });
}

#[test]
fn what_names_no_group_has_the_default_one() {
    use Direction::{Egress, Ingress};
    let client = "security_group_ids = [aws_security_group.client.id]";
    let group = r#"resource "aws_security_group" "client" { vpc_id = aws_vpc.main.id }"#;
    check_ends("", "", "", Ingress, YES);
    check_ends("", "", "", Egress, YES);
    check_ends("", client, group, Ingress, NO);
    check_ends("", client, group, Egress, YES);
    check_ends("", "security_group_ids = [var.v]", "", Ingress, UNKNOWN);
    check_ends(
        "",
        "security_group_ids = [aws_vpc.main.default_security_group_id]",
        "",
        Ingress,
        YES,
    );
    let adopted = |rules: &str| {
        format!(
            "{group}\nresource \"aws_default_security_group\" \"d\" {{\nvpc_id = aws_vpc.main.id\n{rules}\n}}"
        )
    };
    check_ends("", "", &adopted(""), Ingress, NO);
    check_ends("", "", &adopted(""), Egress, NO);
    check_ends("", "", &adopted(&ingress("self = true")), Ingress, YES);
    check_ends("", client, &adopted(&ingress("self = true")), Ingress, NO);
    check_ends("", client, &adopted(&ingress(r#"cidr_blocks = ["10.0.0.0/16"]"#)), Ingress, YES);
    let elsewhere = r#"
        resource "aws_security_group" "client" {}
        resource "aws_default_security_group" "d" { vpc_id = var.v }"#;
    check_ends("", "", elsewhere, Egress, UNKNOWN);
    let added = r#"resource "aws_security_group_rule" "r" {
        type              = "ingress"
        security_group_id = aws_vpc.main.default_security_group_id
        protocol          = "-1"
        from_port         = 0
        to_port           = 0
        cidr_blocks       = ["0.0.0.0/0"]
    }"#;
    check_ends("", client, &format!("{group}\n{added}"), Ingress, UNKNOWN);
}

#[test]
fn groups_that_are_not_declared_here_may_let_anything_through() {
    use Direction::Egress;
    check_ends(r#"security_group_ids = ["sg-123"]"#, "", "", Egress, UNKNOWN);
    check_ends("security_group_ids = var.v", "", "", Egress, UNKNOWN);
    check_ends("security_group_ids = [var.v]", "", "", Egress, UNKNOWN);
    let closed_and_unknown = "security_group_ids = [aws_security_group.closed.id, var.v]";
    let open_and_unknown = "security_group_ids = [aws_security_group.open.id, var.v]";
    let groups = format!(
        "{}{}",
        in_group("closed", ""),
        in_group("open", &egress(r#"cidr_blocks = ["0.0.0.0/0"]"#))
    );
    check_ends(closed_and_unknown, "", &groups, Egress, UNKNOWN);
    check_ends(open_and_unknown, "", &groups, Egress, YES);
    let either = |a: &str, b: &str| {
        format!(
            "security_group_ids = [var.v ? aws_security_group.{a}.id : aws_security_group.{b}.id]"
        )
    };
    check_ends(&either("closed", "open"), "", &groups, Egress, UNKNOWN);
    let both_open =
        format!("{groups}{}", in_group("wide", &egress(r#"cidr_blocks = ["10.0.0.0/8"]"#)));
    check_ends(&either("wide", "open"), "", &both_open, Egress, YES);
    let both_closed = format!("{groups}{}", in_group("shut", ""));
    check_ends(&either("shut", "closed"), "", &both_closed, Egress, NO);
}
