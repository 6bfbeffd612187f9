//! Workloads: Terraform text in, where they are and what they need out.

use std::fmt::Write as _;

use crate::support::in_vpc;
use privatelint_evaluator::Tri;
use privatelint_network::{Certainty, Members, Network, Ref, Workload};

/// Subnets and a security group, so that most tests are about something else.
const NETWORK: &str = r#"
resource "aws_subnet" "a" { vpc_id = aws_vpc.main.id }
resource "aws_subnet" "b" { vpc_id = aws_vpc.main.id }
resource "aws_security_group" "g" { vpc_id = aws_vpc.main.id }
"#;

fn word(answer: Tri) -> &'static str {
    match answer {
        Tri::Yes => "yes",
        Tri::No => "no",
        Tri::Unknown => "unknown",
    }
}

fn members<I: Copy + PartialEq>(members: &Members<'_, I>, name: impl Fn(I) -> String) -> String {
    let mut out: Vec<String> = members
        .items
        .iter()
        .map(|member| {
            let name = match &member.target {
                Ref::Managed(id) => name(*id),
                Ref::External(_) => "elsewhere".to_owned(),
                _ => "?".to_owned(),
            };
            if member.there.is_yes() { name } else { format!("{name}?") }
        })
        .collect();
    if !members.doubts.is_empty() {
        out.push("…".into());
    }
    out.join(" ")
}

fn place(network: &Network<'_>, workload: &Workload<'_>) -> String {
    let subnets = members(&workload.subnets, |id| {
        network.subnet(id).map_or_else(String::new, |of| of.instance.address.name.to_string())
    });
    let groups = members(&workload.groups, |id| {
        network
            .security_group(id)
            .map_or_else(String::new, |of| of.instance.address.name.to_string())
    });
    let vpc = workload.vpc.managed().and_then(|id| network.vpc(id));
    let vpc = vpc.map_or("?", |vpc| vpc.instance.address.name.as_str());
    format!("{vpc}: [{subnets}] [{groups}] public {}", word(workload.public))
}

/// Where each workload is, one a line.
#[track_caller]
fn check_places(text: &str, expected: &[&str]) {
    let found = in_vpc(&format!("{NETWORK}{text}"), |network| {
        let lines = network.workloads().iter().map(|workload| {
            let sure = if workload.there.is_yes() { "" } else { "?" };
            format!("{}{sure} {}", workload.instance.address, place(network, workload))
        });
        lines.collect::<Vec<_>>()
    });
    assert_eq!(found, expected, "{text}");
}

/// What the workloads need: the services that are required, then after `|` those that are possible.
#[track_caller]
fn check_needs(text: &str, expected: &str) {
    let found = in_vpc(&format!("{NETWORK}{text}"), |network| {
        let mut out = String::new();
        for workload in network.workloads() {
            let needs = workload.needs(network);
            let of = |certainty: Certainty| {
                let services = needs.iter().filter(|need| need.certainty == certainty);
                services.map(|need| need.service).collect::<Vec<_>>().join(" ")
            };
            for need in &needs {
                assert!(!need.there.is_no(), "{need:?}");
                assert!(need.there.is_yes() || need.certainty == Certainty::Possible, "{need:?}");
                assert_eq!(need.there.is_unknown(), !need.doubts.is_empty(), "{need:?}");
                assert!(!need.why.is_empty() && !need.source.is_empty(), "{need:?}");
            }
            let line = format!("{} | {}", of(Certainty::Required), of(Certainty::Possible));
            let _ = writeln!(out, "{}", line.trim());
        }
        out
    });
    assert_eq!(found.trim_end(), expected, "{text}");
}

#[test]
fn arguments_place_a_workload() {
    check_places(
        r#"resource "aws_instance" "i" {
          subnet_id              = aws_subnet.a.id
          vpc_security_group_ids = [aws_security_group.g.id]
        }"#,
        &["aws_instance.i main: [a] [g] public no"],
    );
    check_places(
        r#"resource "aws_lambda_function" "f" {
          vpc_config {
            subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
            security_group_ids = [aws_security_group.g.id]
          }
        }"#,
        &["aws_lambda_function.f main: [a b] [g] public no"],
    );
    check_places(
        r#"resource "aws_ecs_service" "s" {
          network_configuration {
            subnets          = [aws_subnet.a.id]
            assign_public_ip = true
          }
        }"#,
        &["aws_ecs_service.s main: [a] [] public yes"],
    );
    check_places(
        r#"resource "aws_datasync_agent" "d" { subnet_arns = [aws_subnet.a.arn] }"#,
        &["aws_datasync_agent.d main: [a] [] public no"],
    );
    check_places(
        r#"resource "aws_pipes_pipe" "p" {
          target_parameters {
            ecs_task_parameters {
              network_configuration {
                aws_vpc_configuration {
                  subnets          = [aws_subnet.a.id]
                  security_groups  = [aws_security_group.g.id]
                  assign_public_ip = "ENABLED"
                }
              }
            }
          }
        }"#,
        &["aws_pipes_pipe.p main: [a] [g] public yes"],
    );
}

#[test]
fn what_names_no_subnet_is_no_workload() {
    check_places(r#"resource "aws_lambda_function" "f" {}"#, &[]);
    check_places(r#"resource "aws_lambda_function" "f" { vpc_config = [] }"#, &[]);
    check_places(r#"resource "aws_autoscaling_group" "g" { vpc_zone_identifier = null }"#, &[]);
    check_places(
        r#"resource "aws_lambda_function" "f" {
          vpc_config {
            subnet_ids         = []
            security_group_ids = []
          }
        }"#,
        &[],
    );
}

#[test]
fn parts_of_the_network_are_no_workloads() {
    check_places(r#"resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.a.id }"#, &[]);
    check_places(r#"resource "aws_vpc_endpoint" "e" { subnet_ids = [aws_subnet.a.id] }"#, &[]);
    check_places(
        r#"resource "aws_opensearch_vpc_endpoint" "e" {
          vpc_options { subnet_ids = [aws_subnet.a.id] }
        }"#,
        &[],
    );
}

#[test]
fn a_subnet_group_places_what_names_it() {
    for name in ["aws_db_subnet_group.d.name", "aws_db_subnet_group.d.id", r#""data""#] {
        check_places(
            &format!(
                r#"
                resource "aws_db_subnet_group" "d" {{
                  name       = "data"
                  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
                }}
                resource "aws_db_instance" "i" {{ db_subnet_group_name = {name} }}"#
            ),
            &["aws_db_instance.i main: [a b] [] public no"],
        );
    }
    check_places(
        r#"
        resource "aws_dms_replication_subnet_group" "d" {
          replication_subnet_group_id = "r"
          subnet_ids                  = [aws_subnet.a.id]
        }
        resource "aws_dms_replication_instance" "i" {
          replication_subnet_group_id = aws_dms_replication_subnet_group.d.id
          publicly_accessible         = true
        }"#,
        &["aws_dms_replication_instance.i main: [a] [] public yes"],
    );
    check_places(
        r#"
        resource "aws_elasticache_subnet_group" "d" {
          name       = var.name
          subnet_ids = [aws_subnet.a.id]
        }
        variable "name" {}
        resource "aws_elasticache_cluster" "c" { subnet_group_name = var.name }"#,
        &["aws_elasticache_cluster.c main: [a] [] public no"],
    );
}

#[test]
fn a_subnet_group_that_is_not_seen_leaves_the_subnets_open() {
    check_places(
        r#"resource "aws_db_instance" "i" { db_subnet_group_name = "shared" }"#,
        &["aws_db_instance.i ?: […] [] public no"],
    );
    check_places(
        r#"
        variable "group" {}
        resource "aws_db_subnet_group" "d" {
          name       = "data"
          subnet_ids = [aws_subnet.a.id]
        }
        resource "aws_db_instance" "i" { db_subnet_group_name = var.group }"#,
        &["aws_db_instance.i main: [a? …] [] public no"],
    );
}

#[test]
fn a_launch_template_says_what_its_users_do_not() {
    let template = r#"
        resource "aws_launch_template" "t" {
          name = "t"
          network_interfaces {
            associate_public_ip_address = true
            security_groups             = [aws_security_group.g.id]
            subnet_id                   = aws_subnet.b.id
          }
        }"#;
    check_places(
        &format!(
            r#"{template}
            resource "aws_autoscaling_group" "g" {{
              vpc_zone_identifier = [aws_subnet.a.id]
              launch_template {{ id = aws_launch_template.t.id }}
            }}"#
        ),
        &["aws_autoscaling_group.g main: [a] [g] public yes"],
    );
    check_places(
        &format!(
            r#"{template}
            resource "aws_instance" "i" {{
              launch_template {{ name = "t" }}
            }}"#
        ),
        &["aws_instance.i main: [b] [g] public yes"],
    );
    check_places(
        r#"
        resource "aws_launch_configuration" "c" {
          security_groups             = [aws_security_group.g.id]
          associate_public_ip_address = false
        }
        resource "aws_autoscaling_group" "g" {
          vpc_zone_identifier  = [aws_subnet.a.id]
          launch_configuration = aws_launch_configuration.c.name
        }"#,
        &["aws_autoscaling_group.g main: [a] [g] public no"],
    );
}

#[test]
fn a_network_interface_places_an_instance() {
    let text = r#"
        resource "aws_network_interface" "n" {
          subnet_id       = aws_subnet.a.id
          security_groups = [aws_security_group.g.id]
        }
        resource "aws_instance" "i" {
          network_interface {
            device_index         = 0
            network_interface_id = aws_network_interface.n.id
          }
        }"#;
    check_places(
        text,
        &[
            "aws_instance.i main: [a] [g] public unknown",
            "aws_network_interface.n main: [a] [g] public no",
        ],
    );
}

#[test]
fn the_subnet_decides_on_a_public_address_where_the_workload_does_not() {
    let public = r#"resource "aws_subnet" "p" {
          vpc_id                  = aws_vpc.main.id
          map_public_ip_on_launch = true
        }"#;
    let instance = |more: &str| {
        format!(
            "{public}\nresource \"aws_instance\" \"i\" {{\nsubnet_id = aws_subnet.p.id\n{more}\n}}"
        )
    };
    check_places(&instance(""), &["aws_instance.i main: [p] [] public yes"]);
    check_places(
        &instance("associate_public_ip_address = false"),
        &["aws_instance.i main: [p] [] public no"],
    );
    check_places(
        &format!("{}\nvariable \"p\" {{}}", instance("associate_public_ip_address = var.p")),
        &["aws_instance.i main: [p] [] public unknown"],
    );
    check_places(
        r#"resource "aws_instance" "i" { subnet_id = aws_subnet.a.id }
        resource "aws_eip" "e" { instance = aws_instance.i.id }"#,
        &["aws_instance.i main: [a] [] public yes"],
    );
}

#[test]
fn places_that_are_not_known_stay_open() {
    check_places(
        r#"variable "s" {}
        resource "aws_lambda_function" "f" {
          vpc_config {
            subnet_ids         = var.s
            security_group_ids = []
          }
        }"#,
        &["aws_lambda_function.f ?: […] [] public no"],
    );
    check_places(
        r#"variable "s" {}
        resource "aws_instance" "i" { subnet_id = var.s }"#,
        &["aws_instance.i ?: [?] [] public unknown"],
    );
    check_places(
        r#"variable "n" {}
        resource "aws_instance" "i" {
          count     = var.n
          subnet_id = aws_subnet.a.id
        }"#,
        &["aws_instance.i[*]? main: [a] [] public no"],
    );
    check_places(
        r#"variable "v" {}
        resource "aws_lambda_function" "f" {
          dynamic "vpc_config" {
            for_each = var.v
            content { subnet_ids = [aws_subnet.a.id] }
          }
        }"#,
        &["aws_lambda_function.f main: [a?] [] public no"],
    );
}

/// A Fargate service of one container.
fn fargate(service: &str, container: &str) -> String {
    format!(
        r#"
        resource "aws_ecs_task_definition" "t" {{
          family                = "t"
          container_definitions = jsonencode([{{ {container} }}])
        }}
        resource "aws_ecs_service" "s" {{
          launch_type     = "FARGATE"
          task_definition = aws_ecs_task_definition.t.arn
          network_configuration {{ subnets = [aws_subnet.a.id] }}
          {service}
        }}
        variable "x" {{}}
        "#
    )
}

#[test]
fn the_registry_of_the_image_decides_what_pulls_it() {
    let ecr = r#"image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1""#;
    check_needs(&fargate("", ecr), "ecr.api ecr.dkr s3 |");
    check_needs(
        &fargate("", r#"image = "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1""#),
        "ecr.api ecr.dkr s3 |",
    );
    check_needs(&fargate("platform_version = \"1.3.0\"", ecr), "ecr.dkr s3 |");
    check_needs(&fargate("platform_version = var.x", ecr), "ecr.dkr s3 | ecr.api");
    for image in ["nginx", "public.ecr.aws/nginx/nginx:1", "ghcr.io/a/b"] {
        check_needs(&fargate("", &format!("image = \"{image}\"")), "internet |");
    }
}

#[test]
fn what_containers_say_decides() {
    check_needs(&fargate("", r#"logConfiguration = { logDriver = "awslogs" }"#), "logs |");
    check_needs(&fargate("", r#"logConfiguration = { logDriver = "splunk" }"#), "|");
    check_needs(
        &fargate(
            "",
            r#"secrets = [{ name = "A", valueFrom = "arn:aws:secretsmanager:eu-west-1:1:secret:a" }]"#,
        ),
        "secretsmanager |",
    );
    for name in ["/a/b", "b", "arn:aws:ssm:eu-west-1:1:parameter/a"] {
        check_needs(
            &fargate("", &format!("secrets = [{{ name = \"A\", valueFrom = \"{name}\" }}]")),
            "ssm |",
        );
    }
    check_needs(&fargate("enable_execute_command = true", ""), "ssmmessages |");
    check_needs(&fargate("enable_execute_command = false", ""), "|");
}

#[test]
fn what_is_not_known_makes_a_need_possible() {
    check_needs(&fargate("", "image = var.x"), "| ecr.api ecr.dkr s3 internet");
    check_needs(&fargate("", r#"logConfiguration = { logDriver = var.x }"#), "| logs");
    check_needs(&fargate("enable_execute_command = var.x", ""), "| ssmmessages");
    check_needs(
        &fargate("", r#"secrets = [{ name = "A", valueFrom = var.x }]"#),
        "| secretsmanager ssm",
    );
    check_needs(&fargate("", "secrets = var.x"), "| secretsmanager ssm");
}

#[test]
fn an_attribute_tells_where_a_value_comes_from() {
    let more = r#"
        resource "aws_ecr_repository" "r" {}
        resource "aws_secretsmanager_secret" "s" {}
        resource "aws_ssm_parameter" "p" {}"#;
    let check = |container: &str, expected: &str| {
        check_needs(&format!("{more}{}", fargate("", container)), expected);
    };
    check(r#"image = "${aws_ecr_repository.r.repository_url}:1""#, "ecr.api ecr.dkr s3 |");
    check("image = aws_ecr_repository.r.repository_url", "ecr.api ecr.dkr s3 |");
    check(
        r#"secrets = [{ name = "A", valueFrom = "${aws_secretsmanager_secret.s.arn}:key::" }]"#,
        "secretsmanager |",
    );
    check(r#"secrets = [{ name = "A", valueFrom = aws_ssm_parameter.p.arn }]"#, "ssm |");
    check(
        "repositoryCredentials = { credentialsParameter = aws_secretsmanager_secret.s.arn }",
        "secretsmanager |",
    );
}

#[test]
fn one_container_of_several_is_enough() {
    let text = r#"
        variable "x" {}
        resource "aws_ecs_task_definition" "t" {
          family                = "t"
          container_definitions = jsonencode([
            { image = "nginx" },
            { image = var.x, logConfiguration = { logDriver = "awslogs" } },
          ])
        }
        resource "aws_ecs_service" "s" {
          launch_type     = "FARGATE"
          task_definition = "t:3"
          network_configuration { subnets = [aws_subnet.a.id] }
        }"#;
    check_needs(text, "logs internet | ecr.api ecr.dkr s3");
}

#[test]
fn container_definitions_may_be_text() {
    let text = |definitions: &str, task: &str| {
        format!(
            r#"
            variable "x" {{}}
            resource "aws_ecs_task_definition" "t" {{
              family                = "t"
              container_definitions = {definitions}
            }}
            resource "aws_ecs_service" "s" {{
              launch_type     = "FARGATE"
              task_definition = {task}
              network_configuration {{ subnets = [aws_subnet.a.id] }}
            }}"#
        )
    };
    let known = r#"<<-EOT
              [{"image": "nginx:${var.x}", "cpu": ${var.x}, "secrets": []}]
              EOT"#;
    check_needs(&text(known, "aws_ecs_task_definition.t.arn"), "internet |");
    check_needs(&text(known, r#""${aws_ecs_task_definition.t.family}:${var.x}""#), "internet |");
    let all = "| ecr.api ecr.dkr s3 logs secretsmanager ssm internet";
    check_needs(&text("var.x", "aws_ecs_task_definition.t.arn"), all);
    check_needs(&text(known, "var.x"), all);
    check_needs(&text(known, r#""other:1""#), all);
    check_needs(&text("\"[\"", "aws_ecs_task_definition.t.arn"), "|");
}

#[test]
fn the_launch_type_decides_between_kinds() {
    let text = |service: &str| {
        format!(
            r#"
            variable "x" {{}}
            resource "aws_ecs_task_definition" "t" {{
              container_definitions = jsonencode([{{ image = "1.dkr.ecr.eu-west-1.amazonaws.com/a" }}])
            }}
            resource "aws_ecs_service" "s" {{
              task_definition        = aws_ecs_task_definition.t.arn
              enable_execute_command = true
              network_configuration {{ subnets = [aws_subnet.a.id] }}
              {service}
            }}"#
        )
    };
    let fargate = "ecr.api ecr.dkr s3 ssmmessages |";
    check_needs(&text("launch_type = \"FARGATE\""), fargate);
    check_needs(
        &text("capacity_provider_strategy { capacity_provider = \"FARGATE_SPOT\" }"),
        fargate,
    );
    // Container instances, which may be in other subnets, pull the images.
    check_needs(&text("launch_type = \"EC2\""), "ssmmessages | ecr.api ecr.dkr s3");
    check_needs(&text("launch_type = var.x"), "| ecr.api ecr.dkr s3 ssmmessages");
    check_needs(&text(""), "| ecr.api ecr.dkr s3 ssmmessages");
}

#[test]
fn the_cluster_says_where_ecs_exec_logs() {
    check_needs(
        r#"
        resource "aws_kms_key" "k" {}
        resource "aws_ecs_cluster" "c" {
          name = "c"
          configuration {
            execute_command_configuration {
              kms_key_id = aws_kms_key.k.arn
              logging    = "OVERRIDE"
              log_configuration { cloud_watch_log_group_name = "exec" }
            }
          }
        }
        resource "aws_ecs_service" "s" {
          cluster                = aws_ecs_cluster.c.id
          launch_type            = "FARGATE"
          enable_execute_command = true
          network_configuration { subnets = [aws_subnet.a.id] }
        }"#,
        "ssmmessages kms logs |",
    );
}

#[test]
fn a_late_region_may_need_more() {
    let service = |region: &str| {
        format!(
            r#"resource "aws_ecs_service" "s" {{
              region      = {region}
              launch_type = "FARGATE"
              network_configuration {{ subnets = [aws_subnet.a.id] }}
            }}
            variable "x" {{}}"#
        )
    };
    check_needs(&service("\"eu-west-1\""), "|");
    check_needs(&service("\"ca-west-1\""), "| ecs ecs-agent ecs-telemetry");
    check_needs(&service("var.x"), "| ecs ecs-agent ecs-telemetry");
}

#[test]
fn container_instances_need_the_agents_services() {
    let group =
        r#"resource "aws_autoscaling_group" "g" { vpc_zone_identifier = [aws_subnet.a.id] }"#;
    check_needs(group, "|");
    let text = format!(
        r#"{group}
        resource "aws_ecs_capacity_provider" "p" {{
          auto_scaling_group_provider {{ auto_scaling_group_arn = aws_autoscaling_group.g.arn }}
        }}"#
    );
    check_needs(&text, "ecs ecs-agent ecs-telemetry |");
}

#[test]
fn nodes_of_a_cluster() {
    let possible = "eks oidc-eks logs xray ssm elasticloadbalancing autoscaling route53";
    let text = |cluster: &str, more: &str| {
        format!(
            r#"
            variable "x" {{}}
            resource "aws_eks_cluster" "c" {{
              name = "c"
              vpc_config {{
                subnet_ids = []
                {cluster}
              }}
            }}
            resource "aws_eks_node_group" "n" {{
              cluster_name = aws_eks_cluster.c.name
              subnet_ids   = [aws_subnet.a.id]
            }}
            {more}"#
        )
    };
    let private = "endpoint_private_access = true";
    check_needs(&text(private, ""), &format!("ec2 ecr.api ecr.dkr s3 | {possible}"));
    check_needs(&text("", ""), &format!("ec2 ecr.api ecr.dkr s3 internet | {possible}"));
    check_needs(
        &text("endpoint_private_access = var.x", ""),
        &format!("ec2 ecr.api ecr.dkr s3 | {possible} internet"),
    );
    check_needs(
        &text(
            private,
            r#"resource "aws_iam_openid_connect_provider" "o" {
              url = aws_eks_cluster.c.identity[0].oidc[0].issuer
            }"#,
        ),
        &format!("ec2 ecr.api ecr.dkr s3 sts | {possible}"),
    );
    check_needs(
        &text(private, r#"resource "aws_eks_pod_identity_association" "p" { cluster_name = "c" }"#),
        &format!("ec2 ecr.api ecr.dkr s3 eks-auth | {possible}"),
    );
    check_needs(
        &text(
            private,
            r#"resource "aws_eks_addon" "p" {
              cluster_name = aws_eks_cluster.c.name
              addon_name   = var.x
            }"#,
        ),
        &format!("ec2 ecr.api ecr.dkr s3 | eks-auth {possible}"),
    );
}

/// An instance with a role.
fn with_role(policy: &str) -> String {
    format!(
        r#"
        variable "x" {{}}
        data "aws_partition" "p" {{}}
        resource "aws_iam_role" "r" {{ name = "r" }}
        resource "aws_iam_role_policy_attachment" "a" {{
          role       = aws_iam_role.r.name
          policy_arn = {policy}
        }}
        resource "aws_iam_instance_profile" "p" {{
          name = "p"
          role = aws_iam_role.r.name
        }}
        resource "aws_instance" "i" {{
          subnet_id            = aws_subnet.a.id
          iam_instance_profile = aws_iam_instance_profile.p.name
        }}"#
    )
}

#[test]
fn the_role_of_an_instance_tells_that_systems_manager_manages_it() {
    let possible = "ec2messages s3 ec2 kms logs";
    check_needs(
        &with_role(r#""arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore""#),
        &format!("ssm ssmmessages | {possible}"),
    );
    check_needs(
        &with_role(
            r#""arn:${data.aws_partition.p.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore""#,
        ),
        &format!("ssm ssmmessages | {possible}"),
    );
    check_needs(&with_role(r#""arn:aws:iam::aws:policy/ReadOnlyAccess""#), "|");
    check_needs(
        &with_role("aws_iam_policy.own.arn\n}\nresource \"aws_iam_policy\" \"own\" {"),
        "|",
    );
    check_needs(&with_role("var.x"), "| ssm ssmmessages ec2messages s3 ec2 kms logs monitoring");
    check_needs(r#"resource "aws_instance" "i" { subnet_id = aws_subnet.a.id }"#, "|");
    check_needs(
        r#"resource "aws_instance" "i" {
          subnet_id            = aws_subnet.a.id
          iam_instance_profile = "elsewhere"
        }"#,
        "| ssm ssmmessages ec2messages s3 ec2 kms logs monitoring",
    );
}

#[test]
fn the_endpoints_of_a_migration_say_what_it_reaches() {
    let text = |engine: &str| {
        format!(
            r#"
            variable "x" {{}}
            resource "aws_dms_endpoint" "e" {{
              endpoint_id = "e"
              engine_name = {engine}
            }}
            resource "aws_dms_replication_task" "t" {{
              replication_instance_arn = aws_dms_replication_instance.i.replication_instance_arn
              source_endpoint_arn      = aws_dms_endpoint.e.endpoint_arn
              target_endpoint_arn      = aws_dms_endpoint.e.endpoint_arn
            }}
            resource "aws_dms_replication_subnet_group" "g" {{
              replication_subnet_group_id = "g"
              subnet_ids                  = [aws_subnet.a.id]
            }}
            resource "aws_dms_replication_instance" "i" {{
              replication_subnet_group_id = aws_dms_replication_subnet_group.g.id
            }}"#
        )
    };
    check_needs(&text("\"s3\""), "s3 |");
    check_needs(&text("\"kinesis\""), "kinesis-streams |");
    check_needs(&text("\"mysql\""), "|");
    check_needs(&text("var.x"), "| s3 dynamodb kinesis-streams");
}

#[test]
fn switches_decide() {
    let notebook = |access: &str| {
        format!(
            r#"variable "x" {{}}
            resource "aws_sagemaker_notebook_instance" "n" {{
              subnet_id              = aws_subnet.a.id
              direct_internet_access = {access}
            }}"#
        )
    };
    check_needs(&notebook("\"Enabled\""), "|");
    check_needs(&notebook("null"), "|");
    check_needs(
        &notebook("\"Disabled\""),
        "s3 | sagemaker.api sagemaker.runtime sagemaker.notebook",
    );
    check_needs(&notebook("var.x"), "| sagemaker.api sagemaker.runtime s3 sagemaker.notebook");
    let redshift = |routing: &str| {
        format!(
            r#"variable "x" {{}}
            resource "aws_redshiftserverless_workgroup" "w" {{
              subnet_ids           = [aws_subnet.a.id]
              enhanced_vpc_routing = {routing}
            }}"#
        )
    };
    check_needs(&redshift("true"), "s3 |");
    check_needs(&redshift("false"), "|");
    check_needs(&redshift("var.x"), "| s3");
    check_needs(&redshift("var.x ? true : true"), "s3 |");
    let emr = |release: &str| {
        format!(
            r#"variable "x" {{}}
            resource "aws_emr_cluster" "c" {{
              release_label = {release}
              ec2_attributes {{ subnet_id = aws_subnet.a.id }}
            }}"#
        )
    };
    check_needs(&emr("\"emr-7.1.0\""), "s3 |");
    check_needs(&emr("\"emr-8.0.0\""), "s3 emr-service-cell01 |");
    check_needs(&emr("var.x"), "s3 | emr-service-cell01");
}

#[test]
fn a_function_that_rotates_secrets_needs_them() {
    let function = r#"resource "aws_lambda_function" "f" {
          function_name = "f"
          vpc_config {
            subnet_ids         = [aws_subnet.a.id]
            security_group_ids = [aws_security_group.g.id]
          }
        }"#;
    check_needs(function, "|");
    check_needs(
        &format!(
            r#"{function}
            resource "aws_secretsmanager_secret_rotation" "r" {{
              rotation_lambda_arn = aws_lambda_function.f.arn
            }}"#
        ),
        "secretsmanager |",
    );
    check_needs(
        &format!(
            r#"{function}
            variable "x" {{}}
            resource "aws_secretsmanager_secret_rotation" "r" {{ rotation_lambda_arn = var.x }}"#
        ),
        "| secretsmanager",
    );
}
