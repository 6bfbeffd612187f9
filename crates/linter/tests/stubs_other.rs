//! What the built-in descriptions of clusters, buckets, transit gateways and of other vendors' networks make of a call.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use camino::Utf8Path;
use privatelint_linter::{instances, to_json};
use privatelint_parser::MemoryFileSystem;
use serde_json::Value;

/// A network of two zones, and what shows a value: `probe.NAME value`.
const NETWORK: &str = "provider \"aws\" {\n  region = \"eu-west-1\"\n}\nresource \"aws_vpc\" \"n\" {\n  cidr_block = \"10.0.0.0/16\"\n}\nresource \"aws_subnet\" \"n\" {\n  count  = 2\n  vpc_id = aws_vpc.n.id\n}\n";

/// The instances that a root makes with what is built in.
#[track_caller]
fn made(code: &str) -> Vec<Value> {
    let root = Utf8Path::new("/project");
    let fs = MemoryFileSystem::new([(root.join("main.tf"), format!("{NETWORK}{code}"))]);
    let (roots, report) = instances(&fs, &support::options(root));
    let problems: Vec<_> = report.problems.iter().map(|problem| &problem.message).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let mut json = to_json(&roots);
    let Value::Array(made) = json["roots"][0]["resources"].take() else { return Vec::new() };
    made
}

/// Each line is `address`, `! address` for what must not be there, or `address argument value`; `?` is a value that is not known.
#[track_caller]
fn check(code: &str, expected: &[&str]) {
    let made = made(code);
    let addresses: Vec<_> = made.iter().filter_map(|one| one["address"].as_str()).collect();
    for line in expected {
        if let Some(absent) = line.strip_prefix("! ") {
            assert!(!addresses.contains(&absent), "{absent} is there");
            continue;
        }
        let mut parts = line.splitn(3, ' ');
        let (address, argument, value) = (parts.next(), parts.next(), parts.next());
        let one = made.iter().find(|one| one["address"].as_str() == address);
        let Some(one) = one else { panic!("{line}: only {addresses:#?}") };
        let (Some(argument), Some(value)) = (argument, value) else { continue };
        let pointer = format!("/{}", argument.replace('.', "/"));
        let known = one["values"].pointer(&pointer).unwrap_or(&Value::Null).to_string();
        let unknown = one["unknown"].pointer(&pointer) == Some(&Value::Bool(true));
        assert_eq!(if unknown { "?" } else { &known }, value, "{line}");
    }
}

/// A description that does not parse, or an output that names what is not there, would be a problem at the call of somebody who
/// cannot mend it.
#[test]
fn every_description_parses_and_gives_every_output() {
    for stub in privatelint_stubs::all() {
        let mut parts = stub.module.splitn(4, "__");
        let parts: [&str; 4] = std::array::from_fn(|_| parts.next().unwrap_or_default());
        let [namespace, name, provider, submodule] = parts;
        let inner = if submodule.is_empty() { "" } else { "//modules/" };
        let version = stub.since.trim_start_matches('v');
        let texts: String = stub.files.iter().map(|(_, text)| *text).collect();
        let mut code = format!(
            "module \"m\" {{\n  source  = \"{namespace}/{name}/{provider}{inner}{submodule}\"\n  version = \"~> {version}.0\"\n}}\n"
        );
        // One that an override changes stands there twice.
        let outputs = texts.split("\noutput \"").skip(1);
        let outputs: BTreeSet<&str> = outputs.filter_map(|rest| rest.split('"').next()).collect();
        for output in outputs {
            code +=
                &format!("resource \"probe\" \"{output}\" {{\n  value = module.m.{output}\n}}\n");
        }
        assert!(made(&code).len() > 3, "{} {}", stub.module, stub.since);
    }
}

const EKS: &str = "module \"eks\" {\n  source  = \"terraform-aws-modules/eks/aws\"\n";

#[test]
fn a_cluster_has_its_groups_rules_and_node_groups() {
    let code = format!(
        "{EKS}  version = \"~> 20.8\"\n  cluster_name = \"c\"\n  vpc_id = aws_vpc.n.id\n  subnet_ids = aws_subnet.n[*].id\n  eks_managed_node_groups = {{\n    one = {{ subnet_ids = [\"subnet-1\"] }}\n    two = {{}}\n  }}\n  fargate_profiles = {{ f = {{ subnet_ids = [\"subnet-2\"] }} }}\n}}\nresource \"probe\" \"name\" {{\n  value = module.eks.cluster_name\n}}\nresource \"probe\" \"arn\" {{\n  value = module.eks.cluster_arn\n}}\nresource \"probe\" \"group\" {{\n  value = module.eks.node_security_group_id\n}}\n"
    );
    check(
        &code,
        &[
            "module.eks.aws_eks_cluster.this[0] vpc_config.0.endpoint_private_access true",
            "module.eks.aws_security_group.cluster[0]",
            "module.eks.aws_security_group_rule.cluster[\"ingress_nodes_443\"] from_port 443",
            "module.eks.aws_security_group_rule.node[\"ingress_cluster_443\"] source_security_group_id ?",
            "module.eks.aws_security_group_rule.node[\"egress_all\"] cidr_blocks [\"0.0.0.0/0\"]",
            "module.eks.aws_security_group_rule.node[\"ingress_self_coredns_udp\"] self true",
            "! module.eks.aws_security_group_rule.node[\"ingress_cluster_10251_webhook\"]",
            "module.eks.module.eks_managed_node_group[\"one\"].aws_eks_node_group.this[0] subnet_ids [\"subnet-1\"]",
            "module.eks.module.eks_managed_node_group[\"two\"].aws_launch_template.this[0]",
            "module.eks.module.fargate_profile[\"f\"].aws_eks_fargate_profile.this[0] subnet_ids [\"subnet-2\"]",
            "probe.name value \"c\"",
            "probe.arn value ?",
            "probe.group value ?",
        ],
    );
}

#[test]
fn what_a_major_version_changed_of_a_cluster_is_kept_apart() {
    let old =
        |version: &str| format!("{EKS}  version = \"{version}\"\n  cluster_name = \"c\"\n}}\n");
    check(
        &old("18.31.2"),
        &[
            "module.eks.aws_security_group_rule.node[\"egress_https\"] from_port 443",
            "module.eks.aws_security_group_rule.cluster[\"egress_nodes_kubelet\"] from_port 10250",
            "! module.eks.aws_security_group_rule.node[\"egress_all\"]",
        ],
    );
    check(
        &old("~> 19.13"),
        &["module.eks.aws_security_group_rule.node[\"egress_all\"] protocol \"-1\""],
    );
    let new = format!(
        "{EKS}  version = \"~> 21.0\"\n  name = \"c\"\n  region = \"eu-west-2\"\n  subnet_ids = [\"subnet-1\"]\n  eks_managed_node_groups = {{ a = {{}} }}\n}}\n"
    );
    check(
        &new,
        &[
            "module.eks.aws_security_group.node[0] region \"eu-west-2\"",
            "module.eks.aws_security_group_rule.node[\"ingress_cluster_10251_webhook\"]",
            "module.eks.module.eks_managed_node_group[\"a\"].aws_eks_node_group.this[0] subnet_ids [\"subnet-1\"]",
        ],
    );
    let none = "module \"eks\" {\n  source = \"terraform-aws-modules/eks/aws\"\n  create = false\n}\nresource \"probe\" \"group\" {\n  value = module.eks.cluster_security_group_id\n}\n";
    check(none, &["! module.eks.aws_eks_cluster.this[0]", "probe.group value null"]);
}

#[test]
fn a_service_has_the_network_that_it_is_given() {
    let code = "module \"ecs\" {\n  source  = \"terraform-aws-modules/ecs/aws\"\n  version = \"5.2.2\"\n  cluster_name = \"c\"\n  services = {\n    web = {\n      subnet_ids = [\"subnet-1\"]\n      security_group_rules = {\n        out = { type = \"egress\", protocol = \"-1\", from_port = 0, to_port = 0, cidr_blocks = [\"0.0.0.0/0\"] }\n      }\n    }\n  }\n}\nresource \"probe\" \"name\" {\n  value = module.ecs.cluster_name\n}\n";
    check(
        code,
        &[
            "module.ecs.module.cluster.aws_ecs_cluster.this[0] name \"c\"",
            "module.ecs.module.service[\"web\"].aws_ecs_service.this[0] network_configuration.0.subnets [\"subnet-1\"]",
            "module.ecs.module.service[\"web\"].aws_security_group_rule.this[\"out\"] type \"egress\"",
            "probe.name value \"c\"",
        ],
    );
    let newer = "module \"s\" {\n  source  = \"terraform-aws-modules/ecs/aws//modules/service\"\n  version = \"~> 6.0\"\n  name = \"s\"\n  vpc_id = \"vpc-1\"\n  subnet_ids = [\"subnet-1\"]\n  security_group_ingress_rules = { https = { from_port = 443, cidr_ipv4 = \"10.0.0.0/16\" } }\n}\n";
    check(
        newer,
        &[
            "module.s.aws_security_group.this[0] vpc_id \"vpc-1\"",
            "module.s.aws_vpc_security_group_ingress_rule.this[\"https\"] to_port \"443\"",
        ],
    );
}

#[test]
fn a_transit_gateway_is_attached_and_routed() {
    let code = "module \"tgw\" {\n  source  = \"terraform-aws-modules/transit-gateway/aws\"\n  version = \"2.13.0\"\n  name = \"t\"\n  vpc_attachments = {\n    a = {\n      vpc_id = \"vpc-1\"\n      subnet_ids = [\"subnet-1\"]\n      transit_gateway_default_route_table_association = false\n      vpc_route_table_ids = [\"rtb-1\", \"rtb-2\"]\n      tgw_destination_cidr = \"10.0.0.0/8\"\n      tgw_routes = [{ destination_cidr_block = \"10.1.0.0/16\" }, { destination_cidr_block = \"10.2.0.0/16\", blackhole = true }]\n    }\n  }\n}\n";
    check(
        code,
        &[
            "module.tgw.aws_ec2_transit_gateway_vpc_attachment.this[\"a\"] subnet_ids [\"subnet-1\"]",
            "module.tgw.aws_ec2_transit_gateway_route.this[0] destination_cidr_block \"10.1.0.0/16\"",
            "module.tgw.aws_ec2_transit_gateway_route.this[1] transit_gateway_attachment_id null",
            "module.tgw.aws_route.this[\"rtb-2\"] destination_cidr_block \"10.0.0.0/8\"",
            "module.tgw.aws_ec2_transit_gateway_route_table_association.this[\"a\"]",
            "! module.tgw.aws_ec2_transit_gateway_route_table_propagation.this[\"a\"]",
        ],
    );
}

#[test]
fn a_bucket_has_the_policy_that_it_is_given_and_no_other_is_guessed() {
    let bucket = |arguments: &str| {
        format!(
            "module \"b\" {{\n  source  = \"terraform-aws-modules/s3-bucket/aws\"\n  version = \"~> 5.0\"\n  bucket = \"logs\"\n{arguments}}}\nresource \"probe\" \"id\" {{\n  value = module.b.s3_bucket_id\n}}\n"
        )
    };
    check(
        &bucket(""),
        &[
            "module.b.aws_s3_bucket.this[0] bucket \"logs\"",
            "module.b.aws_s3_bucket_public_access_block.this[0] block_public_policy true",
            "! module.b.aws_s3_bucket_policy.this[0]",
            "probe.id value ?",
        ],
    );
    let policy = "jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Deny\", Action = \"s3:*\", Resource = \"*\", Principal = \"*\" }] })";
    check(
        &bucket(&format!(
            "  attach_policy = true\n  policy = {policy}\n  attach_deny_insecure_transport_policy = true\n"
        )),
        &["module.b.aws_s3_bucket_policy.this[0] policy ?"],
    );
    let none = bucket("  create_bucket = false\n");
    check(&none, &["! module.b.aws_s3_bucket.this[0]", "probe.id value \"\""]);
}

/// The label of the family decides names, tags and whether anything is made at all; `null` is yes.
#[test]
fn a_label_names_and_switches() {
    let label = |arguments: &str| {
        format!(
            "module \"l\" {{\n  source  = \"cloudposse/label/null\"\n  version = \"0.25.0\"\n  namespace = \"Eg\"\n  stage = \"prod\"\n  name = \"app\"\n  attributes = [\"x\"]\n  tags = {{ Owner = \"me\" }}\n{arguments}}}\nresource \"probe\" \"id\" {{\n  value = module.l.id\n}}\nresource \"probe\" \"tags\" {{\n  value = module.l.tags\n}}\n"
        )
    };
    check(
        &label(""),
        &[
            "probe.id value \"eg-prod-app-x\"",
            "probe.tags value {\"Attributes\":\"x\",\"Name\":\"eg-prod-app-x\",\"Namespace\":\"eg\",\"Owner\":\"me\",\"Stage\":\"prod\"}",
        ],
    );
    check(
        &label(
            "  label_order = [\"name\", \"stage\"]\n  delimiter = \"_\"\n  label_value_case = \"upper\"\n",
        ),
        &["probe.id value \"APP_PROD\""],
    );
    check(&label("  enabled = false\n"), &["probe.id value \"\"", "probe.tags value {}"]);
    let network = |enabled: &str| {
        format!(
            "module \"vpc\" {{\n  source  = \"cloudposse/vpc/aws\"\n  version = \"2.1.0\"\n  namespace = \"eg\"\n  name = \"n\"\n  enabled = {enabled}\n  ipv4_primary_cidr_block = \"10.0.0.0/16\"\n}}\n"
        )
    };
    check(
        &network("null"),
        &[
            "module.vpc.aws_vpc.default[0] tags.Name \"eg-n\"",
            "module.vpc.aws_vpc.default[0] enable_dns_hostnames true",
            "module.vpc.aws_internet_gateway.default[0]",
            "module.vpc.aws_default_security_group.default[0]",
        ],
    );
    check(&network("false"), &["! module.vpc.aws_vpc.default[0]"]);
}

#[test]
fn subnets_of_two_zones_have_ranges_tables_and_gateways() {
    let subnets = |version: &str, arguments: &str| {
        format!(
            "module \"s\" {{\n  source  = \"cloudposse/dynamic-subnets/aws\"\n  version = \"{version}\"\n  name = \"n\"\n  vpc_id = aws_vpc.n.id\n  igw_id = [\"igw-1\"]\n  availability_zones = [\"eu-west-1a\", \"eu-west-1b\"]\n  max_subnet_count = 2\n  ipv4_cidr_block = [\"10.0.0.0/16\"]\n{arguments}}}\n"
        )
    };
    for version in ["2.4.2", "3.0.1"] {
        check(
            &subnets(version, ""),
            &[
                "module.s.aws_subnet.private[1] cidr_block \"10.0.64.0/18\"",
                "module.s.aws_subnet.public[0] cidr_block \"10.0.128.0/18\"",
                "module.s.aws_subnet.public[1] availability_zone \"eu-west-1b\"",
                "module.s.aws_route.nat4[1] destination_cidr_block \"0.0.0.0/0\"",
                "module.s.aws_route.public[0] gateway_id \"igw-1\"",
                "! module.s.aws_route.public[1]",
                "module.s.aws_nat_gateway.default[1]",
            ],
        );
    }
    check(
        &subnets("2.4.2", "  nat_gateway_enabled = false\n  public_subnets_enabled = false\n"),
        &[
            "! module.s.aws_route.nat4[0]",
            "module.s.aws_subnet.private[1] cidr_block \"10.0.128.0/17\"",
        ],
    );
}

#[test]
fn endpoints_are_associated_by_place() {
    let endpoints = |version: &str| {
        format!(
            "module \"e\" {{\n  source  = \"cloudposse/vpc/aws//modules/vpc-endpoints\"\n  version = \"{version}\"\n  vpc_id = aws_vpc.n.id\n  gateway_vpc_endpoints = {{\n    s3 = {{ name = \"s3\", policy = null, route_table_ids = [\"rtb-1\", \"rtb-2\"] }}\n  }}\n  interface_vpc_endpoints = {{\n    ec2 = {{ name = \"ec2\", policy = null, private_dns_enabled = true, security_group_ids = [\"sg-1\", \"sg-2\"], subnet_ids = aws_subnet.n[*].id }}\n  }}\n}}\n"
        )
    };
    check(
        &endpoints("2.1.0"),
        &[
            "module.e.aws_vpc_endpoint.gateway_endpoint[\"s3\"] service_name \"com.amazonaws.eu-west-1.s3\"",
            "module.e.aws_vpc_endpoint.gateway_endpoint[\"s3\"] vpc_endpoint_type \"Gateway\"",
            "module.e.aws_vpc_endpoint_route_table_association.gateway[\"s3[1]\"] route_table_id \"rtb-2\"",
            "module.e.aws_vpc_endpoint.interface_endpoint[\"ec2\"] private_dns_enabled true",
            "module.e.aws_vpc_endpoint_subnet_association.interface[\"ec2[1]\"]",
            "module.e.aws_vpc_endpoint_security_group_association.interface[\"ec2[0]\"] security_group_id \"sg-1\"",
        ],
    );
    check(
        &endpoints("3.0.0"),
        &[
            "module.e.aws_vpc_endpoint.interface_endpoint[\"ec2\"] security_group_ids [\"sg-1\"]",
            "! module.e.aws_vpc_endpoint_security_group_association.interface[\"ec2[0]\"]",
            "module.e.aws_vpc_endpoint_security_group_association.interface[\"ec2[1]\"] security_group_id \"sg-2\"",
        ],
    );
}

#[test]
fn a_network_of_types_and_zones_is_cut_in_order() {
    let code = "module \"vpc\" {\n  source  = \"aws-ia/vpc/aws\"\n  version = \"= 4.5.0\"\n  name = \"n\"\n  cidr_block = \"10.0.0.0/16\"\n  azs = [\"eu-west-1a\", \"eu-west-1b\"]\n  transit_gateway_id = \"tgw-1\"\n  transit_gateway_routes = { app = \"10.0.0.0/8\", data = \"pl-1\" }\n  subnets = {\n    public = { netmask = 24, nat_gateway_configuration = \"single_az\" }\n    app = { netmask = 24, connect_to_public_natgw = true }\n    data = { cidrs = [\"10.0.200.0/24\", \"10.0.201.0/24\"] }\n    transit_gateway = { netmask = 28 }\n  }\n}\nresource \"probe\" \"azs\" {\n  value = module.vpc.azs\n}\n";
    check(
        code,
        &[
            "module.vpc.aws_subnet.private[\"app/eu-west-1b\"] cidr_block \"10.0.1.0/24\"",
            "module.vpc.aws_subnet.private[\"data/eu-west-1a\"] cidr_block \"10.0.200.0/24\"",
            "module.vpc.aws_subnet.public[\"eu-west-1a\"] cidr_block \"10.0.2.0/24\"",
            "module.vpc.aws_subnet.tgw[\"eu-west-1b\"] cidr_block \"10.0.4.16/28\"",
            "module.vpc.aws_nat_gateway.main[\"eu-west-1a\"]",
            "! module.vpc.aws_nat_gateway.main[\"eu-west-1b\"]",
            "module.vpc.aws_route.private_to_nat[\"app/eu-west-1b\"]",
            "! module.vpc.aws_route.private_to_nat[\"data/eu-west-1a\"]",
            "module.vpc.aws_route.private_to_tgw[\"app/eu-west-1a\"] destination_cidr_block \"10.0.0.0/8\"",
            "module.vpc.aws_route.private_to_tgw[\"data/eu-west-1a\"] destination_prefix_list_id \"pl-1\"",
            "module.vpc.aws_ec2_transit_gateway_vpc_attachment.tgw[0] transit_gateway_id \"tgw-1\"",
            "probe.azs value [\"eu-west-1a\",\"eu-west-1b\"]",
        ],
    );
}

#[test]
fn endpoints_named_by_their_services() {
    let code = "module \"e\" {\n  source  = \"plus3it/tardigrade-vpc-endpoints/aws\"\n  version = \"7.0.0\"\n  subnet_ids = aws_subnet.n[*].id\n  route_table_ids = [\"rtb-1\"]\n  vpc_endpoint_services = [\n    { name = \"s3\", type = \"Gateway\" },\n    { name = \"s3\", type = \"Interface\" },\n    { name = \"com.amazonaws.eu-west-1.kms\", type = \"interface\" },\n  ]\n}\n";
    check(
        code,
        &[
            "module.e.aws_vpc_endpoint.gateway_services[\"com.amazonaws.eu-west-1.s3\"] route_table_ids [\"rtb-1\"]",
            "module.e.aws_vpc_endpoint.interface_services[\"com.amazonaws.eu-west-1.s3\"] private_dns_enabled false",
            "module.e.aws_vpc_endpoint.interface_services[\"com.amazonaws.eu-west-1.kms\"] private_dns_enabled true",
            "module.e.aws_security_group.this[\"shared\"] ingress.0.cidr_blocks [\"0.0.0.0/0\"]",
        ],
    );
}
