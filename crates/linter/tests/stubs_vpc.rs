//! What the built-in descriptions of terraform-aws-modules' `vpc`, its endpoints and `security-group` make of a call. The values
//! are those that the modules themselves give to the same call.

#![expect(clippy::panic, reason = "a test says what it did not find")]

mod support;

use camino::Utf8Path;
use privatelint_linter::{instances, to_json};
use privatelint_parser::MemoryFileSystem;
use serde_json::Value;

const PROVIDER: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\n";

/// Each line is `address`, `! address` for what must not be there, or `address argument value`; `?` is a value that is not known,
/// and `address *` counts the instances of a resource.
#[track_caller]
fn check(code: &str, expected: &[&str]) {
    let root = Utf8Path::new("/project");
    let fs = MemoryFileSystem::new([(root.join("main.tf"), format!("{PROVIDER}{code}"))]);
    let (roots, report) = instances(&fs, &support::options(root));
    let problems: Vec<_> = report.problems.iter().map(|problem| &problem.message).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let json = to_json(&roots);
    let Some(made) = json.pointer("/roots/0/resources").and_then(Value::as_array) else {
        panic!("no root: {json}")
    };
    let addresses: Vec<_> = made.iter().filter_map(|one| one.get("address")?.as_str()).collect();
    for line in expected {
        if let Some(absent) = line.strip_prefix("! ") {
            assert!(!addresses.contains(&absent), "{absent} is there");
            continue;
        }
        let mut parts = line.splitn(3, ' ');
        let (address, argument, value) =
            (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if argument == Some("*") {
            let start = format!("{address}[");
            let count = addresses.iter().filter(|one| one.starts_with(&start)).count();
            assert_eq!(Some(count), value.and_then(|value| value.parse().ok()), "{line}");
            continue;
        }
        let one =
            made.iter().find(|one| one.get("address").and_then(Value::as_str) == Some(address));
        let Some(one) = one else { panic!("{line}: only {addresses:#?}") };
        let (Some(argument), Some(value)) = (argument, value) else { continue };
        let argument = argument.replace('.', "/");
        let known = one.pointer(&format!("/values/{argument}")).unwrap_or(&Value::Null).to_string();
        let unknown = one.pointer(&format!("/unknown/{argument}")) == Some(&Value::Bool(true));
        assert_eq!(if unknown { "?" } else { &known }, value, "{line}");
    }
}

/// A call of the module, of a version, and what shows a value: `probe.NAME value`.
fn vpc(version: &str, arguments: &str) -> String {
    format!(
        "module \"vpc\" {{\n  source  = \"terraform-aws-modules/vpc/aws\"\n  version = \"{version}\"\n  name    = \"n\"\n  cidr    = \"10.0.0.0/16\"\n  azs     = [\"eu-west-1a\", \"euw1-az2\"]\n{arguments}}}\n"
    )
}

fn probe(name: &str, value: &str) -> String {
    format!("resource \"probe\" \"{name}\" {{\n  value = {value}\n}}\n")
}

const TIERS: &str = r#"
  private_subnets     = ["10.0.0.0/24", "10.0.1.0/24"]
  public_subnets      = ["10.0.2.0/24", "10.0.3.0/24"]
  database_subnets    = ["10.0.4.0/24", "10.0.5.0/24", "10.0.6.0/24"]
  intra_subnets       = ["10.0.7.0/24"]
  enable_nat_gateway  = true
  private_subnet_tags = { tier = 1 }
"#;

#[test]
fn every_tier_has_its_subnets_tables_and_ways_out() {
    for version in ["~> 3.0", "4.0.2", "~> 5.0", ">= 6.1"] {
        check(
            &vpc(version, TIERS),
            &[
                "module.vpc.aws_vpc.this[0] cidr_block \"10.0.0.0/16\"",
                "module.vpc.aws_subnet.private * 2",
                "module.vpc.aws_subnet.private[0] availability_zone \"eu-west-1a\"",
                "module.vpc.aws_subnet.private[1] availability_zone null",
                "module.vpc.aws_subnet.private[1] availability_zone_id \"euw1-az2\"",
                "module.vpc.aws_subnet.private[0] tags {\"Name\":\"n-private-eu-west-1a\",\"tier\":\"1\"}",
                "module.vpc.aws_subnet.database[2] cidr_block \"10.0.6.0/24\"",
                "module.vpc.aws_subnet.database[2] availability_zone \"eu-west-1a\"",
                "module.vpc.aws_subnet.database[0] vpc_id ?",
                "module.vpc.aws_route_table.private * 3",
                "module.vpc.aws_route_table.public * 1",
                "module.vpc.aws_route_table.intra * 1",
                "module.vpc.aws_route_table.database * 0",
                "module.vpc.aws_route_table_association.database * 3",
                "module.vpc.aws_nat_gateway.this * 3",
                "module.vpc.aws_route.private_nat_gateway[2] destination_cidr_block \"0.0.0.0/0\"",
                "module.vpc.aws_route.public_internet_gateway[0] gateway_id ?",
                "module.vpc.aws_db_subnet_group.database[0] name \"n\"",
                "! module.vpc.aws_network_acl.private[0]",
                "! module.vpc.aws_flow_log.this[0]",
            ],
        );
    }
}

#[test]
fn one_nat_gateway_serves_all_or_none() {
    let subnets = "  private_subnets = [\"10.0.0.0/24\", \"10.0.1.0/24\"]\n  public_subnets = [\"10.0.2.0/24\"]\n";
    check(
        &vpc(
            "~> 5.0",
            &format!("{subnets}  enable_nat_gateway = true\n  single_nat_gateway = true\n"),
        ),
        &[
            "module.vpc.aws_nat_gateway.this * 1",
            "module.vpc.aws_route_table.private * 1",
            "module.vpc.aws_route_table_association.private * 2",
            "module.vpc.aws_route.private_nat_gateway * 1",
        ],
    );
    // The tables are there without the gateways, and so is their number.
    check(
        &vpc("~> 5.0", subnets),
        &[
            "module.vpc.aws_nat_gateway.this * 0",
            "module.vpc.aws_route_table.private * 2",
            "module.vpc.aws_route.private_nat_gateway * 0",
        ],
    );
    check(
        &vpc("~> 5.0", &format!("{subnets}  create_vpc = false\n")),
        &["! module.vpc.aws_vpc.this[0]", "module.vpc.aws_subnet.private * 0"],
    );
}

#[test]
fn what_a_major_version_changed_is_kept_apart() {
    let subnets = "  public_subnets = [\"10.0.2.0/24\"]\n";
    let code = |version: &str| vpc(version, subnets);
    let hostnames = "module.vpc.aws_vpc.this[0] enable_dns_hostnames";
    let public = "module.vpc.aws_subnet.public[0] map_public_ip_on_launch";
    for version in ["2.33.0", "~> 2.78", "~> 3.14"] {
        check(
            &code(version),
            &[
                &format!("{hostnames} false"),
                &format!("{public} true"),
                "! module.vpc.aws_default_security_group.this[0]",
                "! module.vpc.aws_default_network_acl.this[0]",
            ],
        );
    }
    for version in ["~> 4.0", "5.21.0", "6.0.1", ">= 5.0"] {
        check(
            &code(version),
            &[
                &format!("{hostnames} true"),
                &format!("{public} false"),
                "module.vpc.aws_default_security_group.this[0] ingress null",
                "module.vpc.aws_default_network_acl.this[0] egress.1.ipv6_cidr_block \"::/0\"",
                "module.vpc.aws_default_route_table.default[0]",
            ],
        );
    }
    check(
        &vpc("~> 6.1", &format!("{subnets}  region = \"eu-west-2\"\n")),
        &["module.vpc.aws_subnet.public[0] region \"eu-west-2\""],
    );
}

#[test]
fn outputs_are_known_as_far_as_the_module_knows_them() {
    let code = |version: &str| {
        vpc(version, TIERS)
            + &probe("id", "module.vpc.vpc_id")
            + &probe("none", "module.vpc.vgw_id")
            + &probe("count", "length(module.vpc.private_subnets)")
            + &probe("blocks", "module.vpc.private_subnets_cidr_blocks")
            + &probe("tables", "length(module.vpc.database_route_table_ids)")
            + &probe("azs", "module.vpc.azs")
            + &probe("log", "module.vpc.vpc_flow_log_id")
    };
    let shared = [
        "probe.id value ?",
        "probe.count value 2",
        "probe.blocks value [\"10.0.0.0/24\",\"10.0.1.0/24\"]",
        "probe.tables value 3",
        "probe.azs value [\"eu-west-1a\",\"euw1-az2\"]",
    ];
    check(
        &code("~> 3.0"),
        &[&shared[..], &["probe.none value \"\"", "probe.log value \"\""]].concat(),
    );
    check(
        &code("~> 5.0"),
        &[&shared[..], &["probe.none value null", "probe.log value null"]].concat(),
    );
    let logs =
        vpc("~> 5.0", "  enable_flow_log = true\n  create_flow_log_cloudwatch_iam_role = true\n")
            + &probe("log", "module.vpc.vpc_flow_log_id")
            + &probe("role", "module.vpc.vpc_flow_log_cloudwatch_iam_role_arn");
    check(&logs, &["probe.log value ?", "probe.role value ?"]);
}

#[test]
fn acls_and_default_groups_have_the_rules_that_they_are_given() {
    let code = vpc(
        "~> 5.0",
        r#"
  private_subnets                = ["10.0.0.0/24"]
  private_dedicated_network_acl  = true
  private_inbound_acl_rules      = [{ rule_number = 7, rule_action = "deny", protocol = "icmp", icmp_type = 8, cidr_block = "10.9.0.0/16" }]
  default_security_group_ingress = [{ self = true }, { cidr_blocks = "10.1.0.0/16,10.2.0.0/16", from_port = 443, to_port = 443, protocol = "tcp" }]
"#,
    );
    check(
        &code,
        &[
            "module.vpc.aws_network_acl.private[0] subnet_ids.0 ?",
            "module.vpc.aws_network_acl_rule.private_inbound[0] rule_action \"deny\"",
            "module.vpc.aws_network_acl_rule.private_inbound[0] icmp_type \"8\"",
            "module.vpc.aws_network_acl_rule.private_inbound[0] from_port null",
            "module.vpc.aws_network_acl_rule.private_outbound[0] egress true",
            "module.vpc.aws_network_acl_rule.private_outbound[0] cidr_block \"0.0.0.0/0\"",
            "module.vpc.aws_default_security_group.this[0] ingress.0.protocol \"-1\"",
            "module.vpc.aws_default_security_group.this[0] ingress.1.cidr_blocks [\"10.1.0.0/16\",\"10.2.0.0/16\"]",
        ],
    );
}

#[test]
fn version_2_has_its_endpoints_in_the_root() {
    let code = vpc(
        "~> 2.0",
        r#"
  private_subnets                         = ["10.0.0.0/24", "10.0.1.0/24"]
  intra_subnets                           = ["10.0.2.0/24"]
  enable_s3_endpoint                      = true
  enable_ecr_dkr_endpoint                 = true
  ecr_dkr_endpoint_private_dns_enabled    = true
  ecr_dkr_endpoint_security_group_ids     = ["sg-0a1b2c3d"]
  enable_transferserver_endpoint          = true
  transferserver_endpoint_subnet_ids      = ["subnet-0a1b2c3d"]
"#,
    ) + &probe("id", "module.vpc.vpc_endpoint_s3_id")
        + &probe("other", "module.vpc.vpc_endpoint_sqs_id")
        + &probe("list", "module.vpc.vpc_endpoint_s3_pl_id");
    check(
        &code,
        &[
            "module.vpc.aws_vpc_endpoint.s3[0] service_name \"com.amazonaws.eu-west-1.s3\"",
            "module.vpc.aws_vpc_endpoint.s3[0] vpc_endpoint_type \"Gateway\"",
            "module.vpc.aws_vpc_endpoint.s3[0] subnet_ids null",
            "module.vpc.aws_vpc_endpoint_route_table_association.private_s3 * 2",
            "module.vpc.aws_vpc_endpoint_route_table_association.intra_s3 * 1",
            "module.vpc.aws_vpc_endpoint_route_table_association.public_s3 * 0",
            "module.vpc.aws_vpc_endpoint.ecr_dkr[0] service_name \"com.amazonaws.eu-west-1.ecr.dkr\"",
            "module.vpc.aws_vpc_endpoint.ecr_dkr[0] private_dns_enabled true",
            "module.vpc.aws_vpc_endpoint.ecr_dkr[0] security_group_ids [\"sg-0a1b2c3d\"]",
            "module.vpc.aws_vpc_endpoint.ecr_dkr[0] subnet_ids.1 ?",
            "module.vpc.aws_vpc_endpoint.transferserver[0] service_name \"com.amazonaws.eu-west-1.transfer.server\"",
            "module.vpc.aws_vpc_endpoint.transferserver[0] subnet_ids [\"subnet-0a1b2c3d\"]",
            "! module.vpc.aws_vpc_endpoint.dynamodb[0]",
            "probe.id value ?",
            "probe.list value ?",
            "probe.other value \"\"",
        ],
    );
}

/// A call of the endpoints' module.
fn endpoints(version: &str, arguments: &str) -> String {
    format!(
        "module \"e\" {{\n  source  = \"terraform-aws-modules/vpc/aws//modules/vpc-endpoints\"\n  version = \"{version}\"\n  vpc_id  = \"vpc-0a1b2c3d\"\n{arguments}}}\n"
    )
}

#[test]
fn endpoints_are_interfaces_unless_they_say_otherwise() {
    let arguments = r#"
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = ["sg-1"]
  tags               = { a = "b" }
  endpoints = {
    s3        = { service = "s3", service_type = "Gateway", route_table_ids = ["rtb-1"] }
    "ecr.api" = { service = "ecr.api", private_dns_enabled = true, subnet_ids = ["subnet-2", "subnet-3"], security_group_ids = ["sg-2"] }
    mine      = { service_name = "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d", tags = { a = "c" } }
    off       = { service = "sqs", create = false }
  }
"#;
    for version in ["3.0.0", "~> 4.0", "~> 5.0", ">= 6.0"] {
        check(
            &endpoints(version, arguments),
            &[
                "module.e.aws_vpc_endpoint.this[\"s3\"] service_name \"com.amazonaws.eu-west-1.s3\"",
                "module.e.aws_vpc_endpoint.this[\"s3\"] route_table_ids [\"rtb-1\"]",
                "module.e.aws_vpc_endpoint.this[\"s3\"] subnet_ids null",
                "module.e.aws_vpc_endpoint.this[\"ecr.api\"] vpc_endpoint_type \"Interface\"",
                "module.e.aws_vpc_endpoint.this[\"ecr.api\"] service_name \"com.amazonaws.eu-west-1.ecr.api\"",
                "module.e.aws_vpc_endpoint.this[\"ecr.api\"] private_dns_enabled true",
                "module.e.aws_vpc_endpoint.this[\"ecr.api\"] subnet_ids [\"subnet-1\",\"subnet-2\",\"subnet-3\"]",
                "module.e.aws_vpc_endpoint.this[\"ecr.api\"] security_group_ids [\"sg-1\",\"sg-2\"]",
                "module.e.aws_vpc_endpoint.this[\"ecr.api\"] tags {\"Name\":\"ecr-api\",\"a\":\"b\"}",
                "module.e.aws_vpc_endpoint.this[\"mine\"] private_dns_enabled null",
                "module.e.aws_vpc_endpoint.this[\"mine\"] tags.a \"c\"",
                "! module.e.aws_vpc_endpoint.this[\"off\"]",
                "! module.e.aws_security_group.this[0]",
            ],
        );
    }
}

#[test]
fn endpoints_may_have_a_group_of_their_own() {
    let code = endpoints(
        "~> 5.1",
        r#"
  create_security_group      = true
  security_group_name_prefix = "e-"
  security_group_rules       = { in = { cidr_blocks = ["10.0.0.0/16"] } }
  endpoints                  = { sqs = { service = "sqs" } }
"#,
    ) + &probe("group", "module.e.security_group_id")
        + &probe("id", "module.e.endpoints[\"sqs\"].id");
    check(
        &code,
        &[
            "module.e.aws_vpc_endpoint.this[\"sqs\"] security_group_ids.0 ?",
            "module.e.aws_security_group_rule.this[\"in\"] type \"ingress\"",
            "module.e.aws_security_group_rule.this[\"in\"] from_port 443",
            "module.e.aws_security_group_rule.this[\"in\"] cidr_blocks [\"10.0.0.0/16\"]",
            "module.e.aws_security_group_rule.this[\"in\"] self null",
            "probe.group value ?",
            "probe.id value ?",
        ],
    );
}

/// A call of the security group's module or of one in it.
fn group(of: &str, version: &str, arguments: &str) -> String {
    format!(
        "module \"g\" {{\n  source  = \"terraform-aws-modules/security-group/aws{of}\"\n  version = \"{version}\"\n  name    = \"g\"\n  vpc_id  = \"vpc-0a1b2c3d\"\n{arguments}}}\n"
    )
}

#[test]
fn a_group_has_named_rules_and_rules_of_its_own() {
    let arguments = r#"
  ingress_cidr_blocks      = ["10.0.0.0/8"]
  ingress_rules            = ["https-443-tcp", "all-icmp"]
  ingress_with_cidr_blocks = [
    { rule = "postgresql-tcp", cidr_blocks = "10.1.0.0/16,10.2.0.0/16" },
    { from_port = 8000, to_port = 8010, protocol = "tcp" },
  ]
  ingress_with_self = [{ rule = "all-all" }]
  egress_rules      = ["all-all"]

  computed_egress_with_source_security_group_id           = [{ rule = "ssh-tcp", source_security_group_id = "sg-1" }]
  number_of_computed_egress_with_source_security_group_id = 1
"#;
    let shared = [
        "module.g.aws_security_group.this_name_prefix[0] name_prefix \"g-\"",
        "! module.g.aws_security_group.this[0]",
        "module.g.aws_security_group_rule.ingress_rules[0] from_port \"443\"",
        "module.g.aws_security_group_rule.ingress_rules[0] cidr_blocks [\"10.0.0.0/8\"]",
        "module.g.aws_security_group_rule.ingress_rules[0] security_group_id ?",
        "module.g.aws_security_group_rule.ingress_rules[1] protocol \"icmp\"",
        "module.g.aws_security_group_rule.ingress_with_cidr_blocks[0] to_port \"5432\"",
        "module.g.aws_security_group_rule.ingress_with_cidr_blocks[0] cidr_blocks [\"10.1.0.0/16\",\"10.2.0.0/16\"]",
        "module.g.aws_security_group_rule.ingress_with_cidr_blocks[1] from_port \"8000\"",
        "module.g.aws_security_group_rule.ingress_with_cidr_blocks[1] cidr_blocks [\"10.0.0.0/8\"]",
        "module.g.aws_security_group_rule.ingress_with_self[0] self \"true\"",
        "module.g.aws_security_group_rule.egress_rules[0] cidr_blocks [\"0.0.0.0/0\"]",
        "module.g.aws_security_group_rule.computed_egress_with_source_security_group_id[0] source_security_group_id \"sg-1\"",
        "probe.id value ?",
    ];
    for version in ["~> 4.0", "5.3.1"] {
        let id = probe("id", "module.g.security_group_id");
        check(&(group("", version, arguments) + &id), &shared);
    }
    let id = probe("id", "module.g.this_security_group_id");
    check(&(group("", "~> 3.0", arguments) + &id), &shared);
    let code = group(
        "",
        "~> 5.0",
        "  create_sg = false\n  security_group_id = \"sg-2\"\n  egress_rules = [\"https-443-tcp\"]\n",
    );
    check(
        &code,
        &[
            "! module.g.aws_security_group.this_name_prefix[0]",
            "module.g.aws_security_group_rule.egress_rules[0] security_group_id \"sg-2\"",
        ],
    );
}

#[test]
fn a_submodule_is_a_group_with_the_rules_of_its_name() {
    let code = group("//modules/web", "~> 5.0", "  ingress_cidr_blocks = [\"10.0.0.0/16\"]\n")
        + &probe("id", "module.g.security_group_id");
    check(
        &code,
        &[
            "module.g.module.sg.aws_security_group.this_name_prefix[0] vpc_id \"vpc-0a1b2c3d\"",
            "module.g.module.sg.aws_security_group_rule.ingress_rules * 4",
            "module.g.module.sg.aws_security_group_rule.ingress_rules[2] from_port \"443\"",
            "module.g.module.sg.aws_security_group_rule.ingress_with_self[0] protocol \"-1\"",
            "module.g.module.sg.aws_security_group_rule.egress_rules[0] protocol \"-1\"",
            "probe.id value ?",
        ],
    );
}

/// What these are for: a network and its endpoints that were never downloaded are understood together.
#[test]
fn a_rule_sees_through_both_modules() {
    let code = vpc(
        "~> 5.0",
        "  private_subnets = [\"10.0.0.0/24\"]\n  enable_dns_support = false\n",
    ) + "module \"e\" {\n  source  = \"terraform-aws-modules/vpc/aws//modules/vpc-endpoints\"\n  version = \"~> 5.0\"\n  vpc_id  = module.vpc.vpc_id\n  subnet_ids = module.vpc.private_subnets\n  endpoints = { sqs = { service = \"sqs\", private_dns_enabled = true } }\n}\n";
    let report = support::lint_texts(&[("main.tf", &format!("{PROVIDER}{code}"))]);
    let found: Vec<_> =
        report.findings.iter().map(|one| (one.rule, one.confidence.as_str())).collect();
    assert!(
        found.contains(&("private-dns-needs-vpc-dns-attributes", "likely")),
        "{found:?} {:?}",
        report.problems
    );
}
