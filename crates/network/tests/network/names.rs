//! What the names of services resolve to, as tables: Terraform text in, the answer out.

use privatelint_network::resources::VpcId;
use privatelint_network::{Network, Resolved};

use crate::support::{main_vpc, with};

/// A VPC whose clients get private names.
const VPC: &str = r#"
provider "aws" { region = "eu-west-1" }
variable "v" {}
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}
"#;

/// The answer in words: what it ends at, with `?` if that is in doubt.
fn answer(network: &Network<'_>, vpc: VpcId, service: &str) -> String {
    let answer = network.resolve_service(vpc, service, None);
    let name = |id| {
        let endpoint = network.endpoint(id);
        endpoint.map_or_else(String::new, |endpoint| endpoint.instance.address.name.to_string())
    };
    let to = match answer.to {
        Resolved::Endpoint(endpoint) => format!("endpoint {}", name(endpoint)),
        Resolved::Zone(_, Some(endpoint)) => format!("zone to {}", name(endpoint)),
        Resolved::Zone(_, None) => "zone".to_owned(),
        Resolved::Public => "public".to_owned(),
        Resolved::Nothing => "nothing".to_owned(),
        Resolved::CustomResolver => "custom".to_owned(),
        Resolved::Unknown => "unknown".to_owned(),
    };
    match answer.to {
        Resolved::Unknown => {
            assert!(!answer.doubts.is_empty(), "{answer:#?}");
            to
        }
        Resolved::Public => {
            assert!(answer.doubts.is_empty(), "{answer:#?}");
            to
        }
        _ if answer.doubts.is_empty() => to,
        _ => format!("{to}?"),
    }
}

#[track_caller]
fn check_in(vpc: &str, text: &str, service: &str, expected: &str) {
    let text = format!("{vpc}{text}");
    with(&[("main.tf", &text)], |network| {
        let vpc = main_vpc(network).managed().expect("the VPC is declared");
        assert_eq!(answer(network, vpc, service), expected, "{text}");
    });
}

#[track_caller]
fn check(text: &str, service: &str, expected: &str) {
    check_in(VPC, text, service, expected);
}

fn endpoint(service: &str, more: &str) -> String {
    format!(
        "resource \"aws_vpc_endpoint\" \"e\" {{\nvpc_id = aws_vpc.main.id\n\
        service_name = \"com.amazonaws.eu-west-1.{service}\"\nvpc_endpoint_type = \"Interface\"\n{more}\n}}\n"
    )
}

const PRIVATE: &str = "private_dns_enabled = true";

#[test]
fn an_endpoint_with_private_dns_answers_in_its_vpc() {
    check("", "ec2", "public");
    check(&endpoint("ec2", PRIVATE), "ec2", "endpoint e");
    check(&endpoint("ec2", PRIVATE), "sts", "public");
    check(&endpoint("ec2", ""), "ec2", "public");
    check(&endpoint("ec2", "private_dns_enabled = false"), "ec2", "public");
    check(&endpoint("ec2", "private_dns_enabled = var.v"), "ec2", "unknown");
    check(&endpoint("ec2", &format!("{PRIVATE}\ncount = var.v")), "ec2", "unknown");
    check(&endpoint("ec2", PRIVATE).replace("aws_vpc.main.id", "var.v"), "ec2", "unknown");
    check(&endpoint("ec2", PRIVATE).replace("aws_vpc.main.id", "\"vpc-1\""), "ec2", "public");
    check(
        &endpoint("ec2", PRIVATE).replace("com.amazonaws.eu-west-1.ec2", "${var.v}"),
        "ec2",
        "unknown",
    );
    check(&endpoint("ec2", PRIVATE).replace("eu-west-1", "${var.v}"), "ec2", "endpoint e");
    check(&endpoint("ec2", PRIVATE).replace("eu-west-1", "us-east-1"), "ec2", "public");
    check(&endpoint("ec2", &format!("{PRIVATE}\nservice_region = \"us-east-1\"")), "ec2", "public");
    check(&endpoint("ec2", &format!("{PRIVATE}\nservice_region = var.v")), "ec2", "unknown");
    check(&endpoint("ecr.dkr", PRIVATE), "ecr.dkr", "endpoint e");
    check(
        r#"module "m" {
          source = "example/endpoints/aws"
          vpc    = aws_vpc.main.id
        }"#,
        "ec2",
        "unknown",
    );
    check(
        r#"data "aws_vpc_endpoint" "e" {
          vpc_id       = aws_vpc.main.id
          service_name = "com.amazonaws.eu-west-1.ec2"
        }"#,
        "ec2",
        "unknown",
    );
}

#[test]
fn s3_answers_inbound_resolvers_only_unless_it_is_told_otherwise() {
    let options = |value: &str| {
        format!(
            "{PRIVATE}\ndns_options {{\nprivate_dns_only_for_inbound_resolver_endpoint = {value}\n}}"
        )
    };
    check(&endpoint("s3", PRIVATE), "s3", "public");
    check(&endpoint("s3", &options("false")), "s3", "endpoint e");
    check(&endpoint("s3", &options("true")), "s3", "public");
    check(&endpoint("s3", &options("var.v")), "s3", "unknown");
    check(&endpoint("ec2", PRIVATE), "ec2", "endpoint e");
    // A gateway endpoint has no names.
    let gateway = endpoint("s3", "").replace("Interface", "Gateway");
    check(&gateway, "s3", "public");
}

#[test]
fn private_names_need_the_dns_attributes_of_the_vpc() {
    let vpc = |attributes: &str| {
        format!(
            "provider \"aws\" {{\nregion = \"eu-west-1\"\n}}\nvariable \"v\" {{}}\n\
            resource \"aws_vpc\" \"main\" {{\ncidr_block = \"10.0.0.0/16\"\n{attributes}\n}}\n"
        )
    };
    let check = |attributes: &str, expected: &str| {
        check_in(&vpc(attributes), &endpoint("ec2", PRIVATE), "ec2", expected);
    };
    check("", "public");
    check("enable_dns_hostnames = false", "public");
    check("enable_dns_hostnames = var.v", "unknown");
    check("enable_dns_hostnames = true\nenable_dns_support = false", "nothing");
    check("enable_dns_hostnames = true\nenable_dns_support = var.v", "unknown");
    check("enable_dns_hostnames = true\nenable_dns_support = true", "endpoint e");
}

fn zone(name: &str, vpc: &str, records: &str) -> String {
    format!(
        "resource \"aws_route53_zone\" \"z\" {{\nname = {name}\nvpc {{\nvpc_id = {vpc}\n}}\n}}\n{records}\n"
    )
}

fn alias(name: &str) -> String {
    format!(
        "resource \"aws_route53_record\" \"r\" {{\nzone_id = aws_route53_zone.z.id\nname = {name}\ntype = \"A\"\n\
        alias {{\nname = aws_vpc_endpoint.e.dns_entry[0].dns_name\nzone_id = aws_vpc_endpoint.e.dns_entry[0].hosted_zone_id\n\
        evaluate_target_health = true\n}}\n}}\n{}",
        endpoint("ec2", "private_dns_enabled = false")
    )
}

const EC2: &str = r#""ec2.eu-west-1.amazonaws.com""#;

#[test]
fn a_private_zone_answers_in_the_vpcs_that_it_is_associated_with() {
    let own = "aws_vpc.main.id";
    check(&zone(EC2, own, &alias("\"\"")), "ec2", "zone to e");
    check(&zone(EC2, own, &alias(EC2)), "ec2", "zone to e");
    check(&zone(EC2, own, &alias("aws_route53_zone.z.name")), "ec2", "zone to e");
    check(&zone(r#""EC2.eu-west-1.amazonaws.com.""#, own, &alias("\"\"")), "ec2", "zone to e");
    check(&zone(r#""amazonaws.com""#, own, &alias(r#""ec2.eu-west-1""#)), "ec2", "zone to e");
    check(&zone(r#""eu-west-1.amazonaws.com""#, own, &alias(r#""*""#)), "ec2", "zone to e");
    check(&zone(r#""eu-west-1.amazonaws.com""#, own, &alias(r#""sts""#)), "ec2", "nothing");
    check(&zone(EC2, own, ""), "ec2", "nothing");
    check(&zone(r#""sts.eu-west-1.amazonaws.com""#, own, &alias("\"\"")), "ec2", "public");
    check(&zone(r#""example.internal""#, own, ""), "ec2", "public");
    check(&zone(r#""${var.v}.internal""#, own, ""), "ec2", "public");
    check(&zone("var.v", own, ""), "ec2", "unknown");
    check(&zone("var.v", own, &endpoint("ec2", PRIVATE)), "ec2", "endpoint e");
    check(&zone(EC2, "\"vpc-1\"", &alias("\"\"")), "ec2", "public");
    check(&zone(EC2, "var.v", &alias("\"\"")), "ec2", "unknown");
    check(&zone(EC2, own, &alias("var.v")), "ec2", "unknown");
    check(
        &zone(EC2, own, &alias("\"\"").replace("type = \"A\"", "type = \"TXT\"")),
        "ec2",
        "nothing",
    );
    check(
        &zone(EC2, own, &alias("\"\"").replace("type = \"A\"", "type = var.v")),
        "ec2",
        "unknown",
    );
    let address = r#"resource "aws_route53_record" "r" {
        zone_id = aws_route53_zone.z.zone_id
        name    = ""
        type    = "A"
        ttl     = 60
        records = ["10.1.0.5"]
    }"#;
    check(&zone(EC2, own, address), "ec2", "zone");
    let cname = r#"resource "aws_route53_record" "r" {
        zone_id = aws_route53_zone.z.zone_id
        name    = "ec2"
        type    = "CNAME"
        records = [aws_vpc_endpoint.e.dns_entry[0]["dns_name"]]
    }"#;
    let endpoint = endpoint("ec2", "");
    check(
        &zone(r#""eu-west-1.amazonaws.com""#, own, &format!("{cname}\n{endpoint}")),
        "ec2",
        "zone to e",
    );
}

#[test]
fn the_zone_of_a_hub_answers_in_a_spoke() {
    let hub = r#"
        resource "aws_vpc" "hub" {
          enable_dns_hostnames = true
        }
        resource "aws_route53_zone" "z" {
          name = "ec2.eu-west-1.amazonaws.com"
          vpc { vpc_id = aws_vpc.hub.id }
        }
        resource "aws_route53_zone_association" "a" {
          zone_id = aws_route53_zone.z.id
          vpc_id  = aws_vpc.main.id
        }"#;
    let records = alias("\"\"").replace("aws_vpc.main.id", "aws_vpc.hub.id");
    check(&format!("{hub}\n{records}"), "ec2", "zone to e");
    check(&format!("{hub}\n{records}"), "sts", "public");
    check(&format!("{hub}\n{records}").replace("= aws_vpc.main.id", "= var.v"), "ec2", "unknown");
}

#[test]
fn a_zone_of_other_code_may_answer() {
    let association = |zone: &str| {
        format!(
            "resource \"aws_route53_zone_association\" \"a\" {{\nzone_id = {zone}\nvpc_id = aws_vpc.main.id\n}}\n"
        )
    };
    check(&association("var.v"), "ec2", "unknown");
    check(&association("\"Z123\""), "ec2", "unknown");
    let found = |name: &str| {
        format!(
            "{}data \"aws_route53_zone\" \"z\" {{\nname = {name}\n}}",
            association("data.aws_route53_zone.z.zone_id")
        )
    };
    check(&found(EC2), "ec2", "unknown");
    check(&found(EC2), "sts", "public");
    check(&found("\"example.internal\""), "ec2", "public");
}

#[test]
fn the_region_may_be_unknown_and_still_be_the_same() {
    let vpc = VPC.replace("\"eu-west-1\"", "var.region") + "variable \"region\" {}\n";
    let records = alias("\"\"").replace("eu-west-1", "${var.region}");
    check_in(
        &vpc,
        &zone(r#""ec2.${var.region}.amazonaws.com""#, "aws_vpc.main.id", &records),
        "ec2",
        "zone to e",
    );
    check_in(
        &vpc,
        &zone(r#""sts.${var.region}.amazonaws.com""#, "aws_vpc.main.id", &records),
        "ec2",
        "public",
    );
    check_in(
        &vpc,
        &zone(r#""ec2.${var.v}.amazonaws.com""#, "aws_vpc.main.id", &records),
        "ec2",
        "unknown",
    );
    check_in(&vpc, &zone(EC2, "aws_vpc.main.id", &records), "ec2", "unknown");
    check_in(&vpc, &zone(r#""example.${var.v}""#, "aws_vpc.main.id", ""), "ec2", "public");
    check_in(&vpc, &zone(r#""ec2.${var.v}""#, "aws_vpc.main.id", ""), "ec2", "unknown");
    check_in(&vpc, &zone(r#""my-ec2.${var.v}""#, "aws_vpc.main.id", ""), "ec2", "public");
    check_in(&vpc, &zone(r#""${var.v}-ec2.internal""#, "aws_vpc.main.id", ""), "ec2", "public");
    check_in(&vpc, &zone(r#""${var.v}.com""#, "aws_vpc.main.id", ""), "ec2", "unknown");
    check_in(&vpc, &endpoint("ec2", PRIVATE), "ec2", "endpoint e");
}

#[test]
fn the_most_specific_of_zones_and_endpoints_answers() {
    let wide = zone(r#""amazonaws.com""#, "aws_vpc.main.id", "");
    check(&format!("{wide}{}", endpoint("ec2", PRIVATE)), "ec2", "endpoint e");
    check(&format!("{wide}{}", endpoint("ec2", PRIVATE)), "sts", "nothing");
    let two = zone(r#""amazonaws.com""#, "aws_vpc.main.id", "").replace("\"z\"", "\"wide\"")
        + &zone(EC2, "aws_vpc.main.id", &alias("\"\""));
    check(&two, "ec2", "zone to e");
    // What is not seen may know the whole name.
    let module = r#"module "m" {
        source = "example/endpoints/aws"
        vpc    = aws_vpc.main.id
    }"#;
    check(&format!("{wide}{module}"), "ec2", "nothing?");
    // It may also change the DHCP options of the VPC.
    check(&format!("{}{module}", endpoint("ec2", PRIVATE)), "ec2", "endpoint e?");
}

fn rule(domain: &str, kind: &str, vpc: &str) -> String {
    format!(
        "resource \"aws_route53_resolver_rule\" \"r\" {{\ndomain_name = {domain}\nrule_type = {kind}\n}}\n\
        resource \"aws_route53_resolver_rule_association\" \"a\" {{\nresolver_rule_id = aws_route53_resolver_rule.r.id\nvpc_id = {vpc}\n}}\n"
    )
}

#[test]
fn a_rule_forwards_what_nothing_more_specific_knows() {
    let own = "aws_vpc.main.id";
    let forward = "\"FORWARD\"";
    check(&rule(r#""amazonaws.com""#, forward, own), "ec2", "custom");
    check(&rule(r#"".""#, forward, own), "ec2", "custom");
    check(&rule(EC2, forward, own), "ec2", "custom");
    check(&rule(r#""example.com""#, forward, own), "ec2", "public");
    check(&rule(r#""amazonaws.com""#, forward, "\"vpc-1\""), "ec2", "public");
    check(&rule(r#""amazonaws.com""#, forward, "var.v"), "ec2", "unknown");
    check(&rule(r#""amazonaws.com""#, "\"SYSTEM\"", own), "ec2", "public");
    check(&rule(r#""amazonaws.com""#, "var.v", own), "ec2", "unknown");
    check(&rule("var.v", forward, own), "ec2", "unknown");
    let with_endpoint =
        |domain: &str| format!("{}{}", rule(domain, forward, own), endpoint("ec2", PRIVATE));
    check(&with_endpoint(r#""amazonaws.com""#), "ec2", "endpoint e");
    check(&with_endpoint(EC2), "ec2", "custom");
    check(&with_endpoint("var.v"), "ec2", "endpoint e");
    // A rule of the type SYSTEM takes a name out of what a wider one forwards.
    let kept = rule(r#""amazonaws.com""#, "\"SYSTEM\"", own)
        + &rule(r#"".""#, forward, own)
            .replace("\"r\"", "\"all\"")
            .replace("\"a\"", "\"all\"")
            .replace("rule.r.", "rule.all.");
    check(&kept, "ec2", "public");
    let shared = |id: &str| {
        format!(
            "resource \"aws_route53_resolver_rule_association\" \"a\" {{\nresolver_rule_id = {id}\nvpc_id = {own}\n}}\n"
        )
    };
    check(&shared("var.v"), "ec2", "unknown");
    check(&format!("{}{}", shared("var.v"), endpoint("ec2", PRIVATE)), "ec2", "endpoint e");
    let found = |domain: &str| {
        format!(
            "{}data \"aws_route53_resolver_rule\" \"r\" {{\ndomain_name = {domain}\n}}",
            shared("data.aws_route53_resolver_rule.r.id")
        )
    };
    check(&found("\"corp.example.com\""), "ec2", "public");
    check(&found("\".\""), "ec2", "unknown");
}

#[test]
fn dhcp_options_may_name_other_servers() {
    let options = |servers: &str| {
        format!(
            "resource \"aws_vpc_dhcp_options\" \"d\" {{\ndomain_name_servers = {servers}\n}}\n\
            resource \"aws_vpc_dhcp_options_association\" \"a\" {{\nvpc_id = aws_vpc.main.id\ndhcp_options_id = aws_vpc_dhcp_options.d.id\n}}\n{}",
            endpoint("ec2", PRIVATE)
        )
    };
    check(&options(r#"["AmazonProvidedDNS"]"#), "ec2", "endpoint e");
    check(&options(r#"["169.254.169.253"]"#), "ec2", "endpoint e");
    check(&options(r#"["10.0.0.2"]"#), "ec2", "endpoint e");
    check(&options("[cidrhost(aws_vpc.main.cidr_block, 2)]"), "ec2", "endpoint e");
    check(&options(r#"["10.9.0.53"]"#), "ec2", "custom");
    check(&options(r#"["10.9.0.53", "10.9.1.53"]"#), "ec2", "custom");
    check(&options(r#"["AmazonProvidedDNS", "10.9.0.53"]"#), "ec2", "endpoint e?");
    check(&options("var.v"), "ec2", "endpoint e?");
    check(&options("[var.v]"), "sts", "unknown");
    check(
        &options(r#"["10.9.0.53"]"#).replace("= aws_vpc_dhcp_options.d.id", "= \"default\""),
        "ec2",
        "endpoint e",
    );
    check(
        &options(r#"["10.9.0.53"]"#).replace("= aws_vpc_dhcp_options.d.id", "= \"dopt-1\""),
        "sts",
        "unknown",
    );
    check(
        &options(r#"["10.9.0.53"]"#)
            .replace("vpc_id = aws_vpc.main.id\ndhcp", "vpc_id = var.v\ndhcp"),
        "sts",
        "unknown",
    );
}

#[test]
fn a_profile_brings_zones_rules_and_endpoints() {
    let profile = |resource: &str| {
        format!(
            "resource \"aws_route53profiles_profile\" \"p\" {{\nname = \"p\"\n}}\n\
            resource \"aws_route53profiles_association\" \"a\" {{\nname = \"a\"\nprofile_id = aws_route53profiles_profile.p.id\nresource_id = aws_vpc.main.id\n}}\n\
            resource \"aws_route53profiles_resource_association\" \"r\" {{\nname = \"r\"\nprofile_id = aws_route53profiles_profile.p.id\nresource_arn = {resource}\n}}\n"
        )
    };
    let hub = "resource \"aws_vpc\" \"hub\" {}\n";
    let of_hub = |text: String| text.replace("aws_vpc.main.id", "aws_vpc.hub.id");
    let hub_zone = of_hub(zone(EC2, "aws_vpc.main.id", &alias("\"\"")));
    check(&format!("{}{hub}{hub_zone}", profile("aws_route53_zone.z.arn")), "ec2", "zone to e");
    let hub_endpoint = of_hub(endpoint("ec2", PRIVATE));
    check(
        &format!("{}{hub}{hub_endpoint}", profile("aws_vpc_endpoint.e.arn")),
        "ec2",
        "endpoint e",
    );
    check(&format!("{}{hub}{hub_endpoint}", profile("aws_vpc_endpoint.e.arn")), "sts", "public");
    let forward = r#"resource "aws_route53_resolver_rule" "f" {
        domain_name = "amazonaws.com"
        rule_type   = "FORWARD"
    }"#;
    check(&format!("{}{forward}", profile("aws_route53_resolver_rule.f.arn")), "ec2", "custom");
    check(&profile("var.v"), "ec2", "unknown");
    check(
        r#"resource "aws_route53profiles_association" "a" {
          name        = "a"
          profile_id  = var.v
          resource_id = aws_vpc.main.id
        }"#,
        "ec2",
        "unknown",
    );
}

#[test]
fn names_follow_the_partition() {
    let vpc = VPC.replace("eu-west-1", "cn-north-1");
    let records = alias("\"\"").replace("eu-west-1", "cn-north-1");
    let zone = |name: &str| zone(name, "aws_vpc.main.id", &records);
    check_in(&vpc, &zone(r#""ec2.cn-north-1.amazonaws.com.cn""#), "ec2", "zone to e");
    check_in(&vpc, &zone(r#""ec2.cn-north-1.amazonaws.com""#), "ec2", "public");
}
