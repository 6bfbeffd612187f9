//! Hosted zones with the names of services, name servers and DNS through security groups, as tables.

use privatelint_evaluator::Tri;
use privatelint_network::resources::Direction;

use crate::support::{NO, UNKNOWN, YES, endpoint_id, in_vpc, main_vpc};

/// An endpoint `it` for a service, and a hosted zone `it` of that name in the VPC.
fn endpoint_and_zone(service: &str, zone: &str) -> String {
    format!(
        r#"
variable "v" {{}}
resource "aws_vpc_endpoint" "it" {{
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.{service}"
  vpc_endpoint_type = "Interface"
}}
resource "aws_route53_zone" "it" {{
  name = {zone}
  vpc {{ vpc_id = aws_vpc.main.id }}
}}
"#
    )
}

#[track_caller]
fn check_same_name(service: &str, zone: &str, expected: Tri) {
    in_vpc(&endpoint_and_zone(service, zone), |network| {
        let same = network.zones_named_as(endpoint_id(network, "it"));
        let is = same.first().map_or(NO, |same| same.is);
        assert_eq!(is, expected, "{service} {zone}");
    });
}

#[test]
fn a_zone_has_the_name_of_the_one_that_aws_makes() {
    check_same_name("kms", r#""kms.eu-west-1.amazonaws.com""#, YES);
    check_same_name("kms", r#""KMS.eu-west-1.amazonaws.com.""#, YES);
    check_same_name("ecr.dkr", r#""dkr.ecr.eu-west-1.amazonaws.com""#, YES);
    check_same_name("s3", r#""s3-control.eu-west-1.amazonaws.com""#, YES);
    check_same_name("kms", r#""amazonaws.com""#, NO);
    check_same_name("kms", r#""kms.eu-west-2.amazonaws.com""#, NO);
    check_same_name("kms", r#""x.kms.eu-west-1.amazonaws.com""#, NO);
    check_same_name("kms", "var.v", UNKNOWN);
    check_same_name("dynamodb", r#""dynamodb.eu-west-1.amazonaws.com""#, NO);
}

#[track_caller]
fn check_services(zone: &str, service: &str, expected: Option<bool>) {
    in_vpc(&endpoint_and_zone("kms", zone), |network| {
        let zone = network.hosted_zones.first().expect("there is a zone").id;
        let inside = network.services_in_zone(zone);
        let found = inside.iter().find(|of| of.service.short_name == service);
        assert_eq!(found.map(|of| of.is_own), expected, "{service}");
    });
}

#[test]
fn services_are_in_zones_of_their_names_and_around_them() {
    check_services(r#""kms.eu-west-1.amazonaws.com""#, "kms", Some(true));
    check_services(r#""dkr.ecr.eu-west-1.amazonaws.com""#, "ecr.dkr", Some(true));
    check_services(r#""ecr.eu-west-1.amazonaws.com""#, "ecr.dkr", Some(false));
    check_services(r#""eu-west-1.amazonaws.com""#, "kms", Some(false));
    check_services(r#""amazonaws.com""#, "kms", Some(false));
    check_services(r#""ms.eu-west-1.amazonaws.com""#, "kms", None);
    check_services(r#""example.com""#, "kms", None);
    check_services("var.v", "kms", None);
}

#[track_caller]
fn check_missing(records: &str, expected: &[&str]) {
    let zone = endpoint_and_zone("s3", r#""s3.eu-west-1.amazonaws.com""#);
    in_vpc(&format!("{zone}{records}"), |network| {
        let zone = network.hosted_zones.first().expect("there is a zone").id;
        let inside = network.services_in_zone(zone);
        let own = inside.iter().find(|of| of.is_own).expect("the zone is that of S3");
        assert_eq!(network.names_without_record(zone, own), expected, "{records}");
    });
}

fn record(name: &str) -> String {
    format!(
        r#"
resource "aws_route53_record" "r{}" {{
  zone_id = aws_route53_zone.it.zone_id
  name    = {name}
  type    = "A"
  records = ["10.0.0.1"]
}}
"#,
        name.len()
    )
}

#[test]
fn names_of_a_service_need_records() {
    let apex = "s3.eu-west-1.amazonaws.com";
    let buckets = "*.s3.eu-west-1.amazonaws.com";
    check_missing("", &[apex, buckets]);
    check_missing(&record(r#""""#), &[buckets]);
    check_missing(&record(r#""*""#), &[apex]);
    check_missing(&(record(r#""""#) + &record(r#""*""#)), &[]);
    // The record of one bucket may be all that is meant.
    check_missing(&(record(r#""""#) + &record(r#""one-bucket""#)), &[]);
    check_missing(&record("var.v"), &[]);
}

#[track_caller]
fn check_servers(servers: &str, expected: Tri) {
    let text = format!(
        r#"
variable "v" {{}}
resource "aws_vpc_dhcp_options" "it" {{
  domain_name_servers = {servers}
}}
resource "aws_vpc_dhcp_options_association" "it" {{
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.it.id
}}
"#
    );
    in_vpc(&text, |network| {
        let vpc = main_vpc(network).managed().expect("the VPC is declared");
        assert_eq!(network.asks_other_servers(vpc).is, expected, "{servers}");
    });
}

#[test]
fn clients_ask_the_servers_of_their_options() {
    check_servers(r#"["AmazonProvidedDNS"]"#, NO);
    check_servers(r#"["10.0.0.2"]"#, NO);
    check_servers(r#"["192.168.0.1", "192.168.0.2"]"#, YES);
    check_servers(r#"["10.0.0.2", "192.168.0.1"]"#, UNKNOWN);
    check_servers("var.v", UNKNOWN);
}

#[track_caller]
fn check_dns(rule: &str, udp: Tri, tcp: Tri) {
    let text = format!(
        r#"
variable "v" {{}}
resource "aws_security_group" "it" {{
  vpc_id = aws_vpc.main.id
  ingress {{ {rule} }}
}}
"#
    );
    in_vpc(&text.replace("; ", "\n"), |network| {
        let group = network.security_groups.first().expect("there is a group");
        let own = group.rules.first().expect("it has a rule");
        assert_eq!(own.lets_udp_through(Direction::Ingress, 53), udp, "{rule}");
        assert_eq!(own.lets_tcp_through(Direction::Ingress, 53), tcp, "{rule}");
        assert_eq!(own.lets_udp_through(Direction::Egress, 53), NO, "{rule}");
    });
}

#[test]
fn rules_let_udp_through() {
    let rule = |protocol: &str, port: &str| {
        format!(
            "\nprotocol = {protocol}; from_port = {port}; to_port = {port}; cidr_blocks = [\"10.0.0.0/8\"]\n"
        )
    };
    check_dns(&rule(r#""udp""#, "53"), YES, NO);
    check_dns(&rule(r#""17""#, "53"), YES, NO);
    check_dns(&rule(r#""tcp""#, "53"), NO, YES);
    check_dns(&rule(r#""-1""#, "0"), YES, YES);
    check_dns(&rule(r#""udp""#, "5353"), NO, NO);
    check_dns(&rule("var.v", "53"), UNKNOWN, UNKNOWN);
}
