//! Data sources that are answered without AWS.

use crate::support::{endpoint, in_vpc, with};
use privatelint_evaluator::{Unknown, Value};
use privatelint_network::policy::{Reading, read};

/// The service name and the policy of `aws_vpc_endpoint.e`.
fn values(text: &str) -> (Value, Value) {
    with(&[("main.tf", text)], |network| {
        let endpoint = endpoint(network, "e");
        (endpoint.service_name.value.clone(), endpoint.policy.value.clone())
    })
}

#[track_caller]
fn check(region: &str, service_name: &str, more: &str, expected: &str) {
    let text = format!(
        "provider \"aws\" {{ region = \"{region}\" }}\nresource \"aws_vpc_endpoint\" \"e\" {{ service_name = {service_name} }}\n{more}"
    );
    assert_eq!(values(&text).0, Value::string(expected), "{text}");
}

#[test]
fn region_and_partition_come_from_the_provider() {
    let data = "data \"aws_region\" \"r\" {}\ndata \"aws_partition\" \"p\" {}";
    for attribute in ["name", "region", "id"] {
        check("eu-west-1", &format!("data.aws_region.r.{attribute}"), data, "eu-west-1");
    }
    check("cn-north-1", "data.aws_partition.p.partition", data, "aws-cn");
    check("cn-north-1", "data.aws_partition.p.dns_suffix", data, "amazonaws.com.cn");
    check("cn-north-1", "data.aws_partition.p.reverse_dns_prefix", data, "cn.com.amazonaws");
    check("us-gov-west-1", "data.aws_partition.p.partition", data, "aws-us-gov");
}

#[test]
fn an_endpoint_service_is_named_as_the_provider_names_it() {
    let data =
        |arguments: &str| format!("data \"aws_vpc_endpoint_service\" \"s\" {{\n {arguments}\n}}");
    let name = "data.aws_vpc_endpoint_service.s.service_name";
    let kind = "data.aws_vpc_endpoint_service.s.service_type";
    check("eu-west-1", name, &data(r#"service = "ecr.api""#), "com.amazonaws.eu-west-1.ecr.api");
    check(
        "eu-west-1",
        name,
        &data(r#"service_name = "com.amazonaws.eu-west-1.s3""#),
        "com.amazonaws.eu-west-1.s3",
    );
    check("eu-west-1", kind, &data(r#"service = "ecr.api""#), "Interface");
    check("eu-west-1", kind, &data("service = \"s3\"\n service_type = \"Gateway\""), "Gateway");
    let filter =
        "service = \"s3\"\n filter {\n name = \"service-type\"\n values = [\"Gateway\"]\n}";
    check("eu-west-1", kind, &data(filter), "Gateway");
}

#[test]
fn without_a_region_the_service_is_known_all_the_same() {
    let text = r#"
        data "aws_vpc_endpoint_service" "s" { service = "s3" }
        resource "aws_vpc_endpoint" "e" { service_name = data.aws_vpc_endpoint_service.s.service_name }"#;
    let service = with(&[("main.tf", text)], |network| endpoint(network, "e").service.short_name());
    assert_eq!(service, Some("s3"));
}

const DOCUMENT: &str = r#"
    data "aws_iam_policy_document" "p" {
      statement {
        sid       = "Own"
        actions   = ["s3:GetObject", "s3:PutObject"]
        resources = ["arn:aws:s3:::b/&{aws:username}/*"]
        principals {
          type        = "*"
          identifiers = ["*"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:PrincipalOrgID"
          values   = ["o-1"]
        }
      }
      statement {
        effect    = "Deny"
        actions   = ["s3:<x>"]
        resources = ["*"]
        principals {
          type        = "AWS"
          identifiers = ["1", "2"]
        }
      }
    }
    resource "aws_vpc_endpoint" "e" { policy = data.aws_iam_policy_document.p.json }"#;

#[test]
fn a_policy_document_is_rendered_as_the_provider_renders_it() {
    let expected = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Own",
      "Effect": "Allow",
      "Action": [
        "s3:PutObject",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::b/${aws:username}/*",
      "Principal": "*",
      "Condition": {
        "StringEquals": {
          "aws:PrincipalOrgID": "o-1"
        }
      }
    },
    {
      "Effect": "Deny",
      "Action": "s3:\u003cx\u003e",
      "Resource": "*",
      "Principal": {
        "AWS": [
          "2",
          "1"
        ]
      }
    }
  ]
}"#;
    assert_eq!(values(DOCUMENT).1, Value::string(expected));
}

/// How many statements of the policy of `aws_vpc_endpoint.e` are unrestricted; `None` if it cannot be read.
fn unrestricted(policy: &str, more: &str) -> Option<usize> {
    let text = format!(
        "resource \"aws_vpc_endpoint\" \"e\" {{\n policy = {policy}\n}}\nvariable \"v\" {{}}\n{more}"
    );
    in_vpc(&text, |network| match read(&endpoint(network, "e").policy.value) {
        Reading::Policy(policy) => Some(policy.unrestricted().len()),
        _ => None,
    })
}

#[test]
fn policies_are_read_in_every_form() {
    let wildcard =
        r#"{ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] }"#;
    assert_eq!(unrestricted(&format!("jsonencode({wildcard})"), ""), Some(1));
    let heredoc = "<<EOT\n{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}}\nEOT\n";
    assert_eq!(unrestricted(heredoc, ""), Some(1));
    let document = r#"data "aws_iam_policy_document" "p" {
          statement {
            actions   = ["*"]
            resources = [var.v]
            principals {
              type        = "AWS"
              identifiers = ["*"]
            }
          }
        }"#;
    assert_eq!(unrestricted("data.aws_iam_policy_document.p.json", document), Some(1));
    assert_eq!(unrestricted("var.v", ""), None);
    let merged = r#"data "aws_iam_policy_document" "p" { source_policy_documents = [var.v] }"#;
    assert_eq!(unrestricted("data.aws_iam_policy_document.p.json", merged), None);
}

#[test]
fn what_the_provider_knows_by_itself_is_known() {
    let data = r#"
        data "aws_region" "r" {}
        data "aws_region" "g" { name = "us-gov-west-1" }
        data "aws_region" "six" { region = "eu-west-2" }
        data "aws_arn" "a" { arn = "arn:aws:rds:eu-west-1:123456789012:db:mysql-db" }
        data "aws_service" "s" { service_id = "S3" }
        data "aws_service" "c" { reverse_dns_name = "cn.com.amazonaws.cn-north-1.dynamodb" }
        data "aws_service" "d" { dns_name = "ec2.us-east-1.amazonaws.com" }
        data "aws_service" "g" {
          service_id = "ec2"
          region     = "us-gov-west-1"
        }
        data "aws_default_tags" "t" {}
        data "aws_vpc_endpoint_service" "wild" {
          filter {
            name   = "service-name"
            values = ["com.amazonaws.*.s3"]
          }
        }"#;
    let check = |attribute: &str, expected: &str| {
        check("eu-west-1", &format!("data.{attribute}"), data, expected);
    };
    check("aws_region.r.description", "Europe (Ireland)");
    check("aws_region.g.description", "AWS GovCloud (US-West)");
    check("aws_region.g.endpoint", "ec2.us-gov-west-1.amazonaws.com");
    check("aws_region.six.region", "eu-west-2");
    check("aws_arn.a.partition", "aws");
    check("aws_arn.a.service", "rds");
    check("aws_arn.a.region", "eu-west-1");
    check("aws_arn.a.account", "123456789012");
    check("aws_arn.a.resource", "db:mysql-db");
    check("aws_service.s.dns_name", "s3.eu-west-1.amazonaws.com");
    check("aws_service.s.reverse_dns_name", "com.amazonaws.eu-west-1.s3");
    check("aws_service.c.dns_name", "dynamodb.cn-north-1.amazonaws.com.cn");
    check("aws_service.c.partition", "aws-cn");
    check("aws_service.d.service_id", "ec2");
    check("aws_service.d.region", "us-east-1");
    check("aws_service.g.reverse_dns_name", "com.amazonaws.us-gov-west-1.ec2");
    check("aws_default_tags.t.id", "aws");
}

#[test]
fn the_account_is_known_if_only_one_is_allowed() {
    let account = |allowed: &str| {
        let text = format!(
            "provider \"aws\" {{ allowed_account_ids = {allowed} }}\ndata \"aws_caller_identity\" \"me\" {{}}\nvariable \"v\" {{}}\nresource \"aws_vpc_endpoint\" \"e\" {{ service_name = data.aws_caller_identity.me.account_id }}"
        );
        values(&text).0
    };
    assert_eq!(account("[\"123456789012\"]"), Value::string("123456789012"));
    for allowed in ["[\"1\", \"2\"]", "[var.v]", "var.v", "[]", "null"] {
        assert!(!account(allowed).is_known(), "{allowed}");
    }
}

#[test]
fn tags_that_the_provider_adds_are_known() {
    let text = r#"
        provider "aws" {
          default_tags {
            tags = { team = "net" }
          }
        }
        data "aws_default_tags" "t" {}
        resource "aws_vpc_endpoint" "e" { service_name = data.aws_default_tags.t.tags.team }"#;
    assert_eq!(values(text).0, Value::string("net"));
}

#[test]
fn a_filter_with_a_wildcard_names_no_service() {
    let text = r#"
        data "aws_vpc_endpoint_service" "s" {
          filter {
            name   = "service-name"
            values = ["com.amazonaws.*.s3"]
          }
        }
        resource "aws_vpc_endpoint" "e" { service_name = data.aws_vpc_endpoint_service.s.service_name }"#;
    assert!(!values(text).0.is_known());
}

#[test]
fn the_region_of_the_resource_comes_before_the_providers() {
    let data =
        "data \"aws_vpc_endpoint_service\" \"s\" {\n service = \"s3\"\n region = \"eu-west-2\"\n}";
    let name = "data.aws_vpc_endpoint_service.s.service_name";
    check("eu-west-1", name, data, "com.amazonaws.eu-west-2.s3");
}

#[test]
fn an_output_of_another_state_is_unknown_with_its_place() {
    let text = r#"
        data "terraform_remote_state" "net" {
          backend = "s3"
          config  = { bucket = "b", key = "k" }
        }
        resource "aws_vpc_endpoint" "e" { service_name = data.terraform_remote_state.net.outputs.services["s3"] }"#;
    match values(text).0 {
        Value::Unknown(Unknown::Data(attribute)) => {
            assert_eq!(attribute.of.to_string(), "data.terraform_remote_state.net");
            assert_eq!(attribute.path, "outputs.services[\"s3\"]");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_region_a_service_name_is_partly_known() {
    for name in [
        "com.amazonaws.${data.aws_region.r.name}.s3",
        "${data.aws_partition.p.reverse_dns_prefix}.${data.aws_region.r.name}.s3",
    ] {
        let text = format!(
            "data \"aws_region\" \"r\" {{}}\ndata \"aws_partition\" \"p\" {{}}\nresource \"aws_vpc_endpoint\" \"e\" {{ service_name = \"{name}\" }}"
        );
        let service =
            with(&[("main.tf", &text)], |network| endpoint(network, "e").service.short_name());
        assert_eq!(service, Some("s3"), "{name}");
    }
}
