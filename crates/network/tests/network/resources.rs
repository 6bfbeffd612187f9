//! Typed resources: what inline arguments and resources of their own make together.

use crate::support::{NO, UNKNOWN, YES, endpoint, in_vpc, with};
use privatelint_evaluator::Tri;
use privatelint_network::resources::EndpointType;

#[test]
fn the_type_is_gateway_unless_written() {
    let check = |arguments: &str, kind: EndpointType, expected: Tri| {
        let text =
            format!("resource \"aws_vpc_endpoint\" \"e\" {{ {arguments} }}\nvariable \"v\" {{}}");
        let found = in_vpc(&text, |network| endpoint(network, "e").is_type(kind));
        assert_eq!(found, expected, "{arguments} {kind:?}");
    };
    use EndpointType::{Gateway, Interface};
    check("", Gateway, YES);
    check("vpc_endpoint_type = null", Gateway, YES);
    check(r#"vpc_endpoint_type = "Interface""#, Interface, YES);
    check(r#"vpc_endpoint_type = "Interface""#, Gateway, NO);
    check("vpc_endpoint_type = var.v", Gateway, UNKNOWN);
    check(r#"vpc_endpoint_type = var.v ? "Interface" : null"#, Gateway, UNKNOWN);
    check(r#"vpc_endpoint_type = var.v ? "Interface" : null"#, EndpointType::Resource, NO);
}

#[test]
fn dns_attributes_have_the_providers_defaults() {
    let check = |kind: &str, arguments: &str, support: Tri, hostnames: Tri| {
        let text = format!("resource \"{kind}\" \"v\" {{ {arguments} }}\nvariable \"v\" {{}}");
        let found = with(&[("main.tf", &text)], |network| {
            let vpc = network.vpcs.first().expect("there is a VPC");
            (vpc.dns_support.is, vpc.dns_hostnames.is)
        });
        assert_eq!(found, (support, hostnames), "{kind} {arguments}");
    };
    check("aws_vpc", "", YES, NO);
    check("aws_default_vpc", "", YES, YES);
    check("aws_vpc", "enable_dns_hostnames = true", YES, YES);
    check("aws_vpc", r#"enable_dns_support = "false""#, NO, NO);
    check("aws_vpc", "enable_dns_hostnames = var.v", YES, UNKNOWN);
    check("aws_vpc", "enable_dns_hostnames = var.v ? true : null", YES, UNKNOWN);
}

/// What is attached to `aws_vpc_endpoint.e`: how many certainly, how many perhaps, and whether there may be more.
#[track_caller]
fn check_subnets(arguments: &str, more: &str, certain: usize, perhaps: usize, complete: bool) {
    let text = format!(
        "resource \"aws_vpc_endpoint\" \"e\" {{\n {arguments}\n}}\nvariable \"v\" {{}}\n{more}"
    );
    in_vpc(&text, |network| {
        let subnets = &endpoint(network, "e").subnets;
        let count =
            |there: Tri| subnets.items.iter().filter(|member| member.there == there).count();
        assert_eq!(
            (count(YES), count(UNKNOWN), subnets.doubts.is_empty()),
            (certain, perhaps, complete),
            "{text}"
        );
        let empty = match (certain, complete && perhaps == 0) {
            (1.., _) => NO,
            (0, true) => YES,
            (0, false) => UNKNOWN,
        };
        assert_eq!(subnets.is_empty(), empty, "{text}");
    });
}

#[test]
fn subnets_are_listed_configured_and_associated() {
    check_subnets("", "", 0, 0, true);
    check_subnets("subnet_ids = []", "", 0, 0, true);
    check_subnets("subnet_ids = null", "", 0, 0, true);
    check_subnets(r#"subnet_ids = ["subnet-1", "subnet-2"]"#, "", 2, 0, true);
    check_subnets("subnet_ids = [var.v]", "", 1, 0, true);
    check_subnets("subnet_ids = var.v", "", 0, 0, false);
    check_subnets(r#"subnet_ids = var.v ? ["subnet-1"] : []"#, "", 0, 1, true);
    check_subnets(
        r#"subnet_ids = var.v ? ["subnet-1", "subnet-2"] : ["subnet-1"]"#,
        "",
        1,
        1,
        true,
    );
    check_subnets("subnet_configuration { subnet_id = \"subnet-1\" }", "", 1, 0, true);
    check_subnets(
        "subnet_ids = [\"subnet-1\"]\nsubnet_configuration { subnet_id = \"subnet-1\" }",
        "",
        1,
        0,
        true,
    );
}

#[test]
fn association_resources_count() {
    let association = |endpoint: &str, more: &str| {
        format!(
            "resource \"aws_vpc_endpoint_subnet_association\" \"a\" {{\n vpc_endpoint_id = {endpoint}\n subnet_id = \"subnet-1\"\n {more}\n}}\n"
        )
    };
    check_subnets("", &association("aws_vpc_endpoint.e.id", ""), 1, 0, true);
    check_subnets("", &association("aws_vpc_endpoint.e.id", "count = 2"), 2, 0, true);
    check_subnets("", &association("aws_vpc_endpoint.e.id", "count = var.v"), 0, 1, false);
    check_subnets("", &association("var.v", ""), 0, 1, false);
    check_subnets("", &association(r#""vpce-1""#, ""), 0, 0, true);
    let other = format!(
        "{}resource \"aws_vpc_endpoint\" \"f\" {{}}",
        association("aws_vpc_endpoint.f.id", "")
    );
    check_subnets("", &other, 0, 0, true);
    let module = "module \"m\" {\n source = \"example/m/aws\"\n id = aws_vpc_endpoint.e.id\n}";
    check_subnets("", module, 0, 0, false);
}

#[test]
fn all_instances_of_an_unknown_count_are_perhaps_attached() {
    let subnets = "resource \"aws_subnet\" \"s\" { count = var.v }";
    check_subnets("subnet_ids = aws_subnet.s[*].id", subnets, 0, 1, false);
}

#[test]
fn private_dns_can_be_a_resource_of_its_own() {
    let check = |arguments: &str, more: &str, expected: Tri| {
        let text = format!(
            "resource \"aws_vpc_endpoint\" \"e\" {{ {arguments} }}\nvariable \"v\" {{}}\n{more}"
        );
        let found = in_vpc(&text, |network| endpoint(network, "e").private_dns.is);
        assert_eq!(found, expected, "{text}");
    };
    let own = |endpoint: &str| {
        format!(
            "resource \"aws_vpc_endpoint_private_dns\" \"p\" {{\n vpc_endpoint_id = {endpoint}\n private_dns_enabled = true\n}}"
        )
    };
    check("", "", NO);
    check("private_dns_enabled = true", "", YES);
    check("private_dns_enabled = var.v", "", UNKNOWN);
    check("", &own("aws_vpc_endpoint.e.id"), YES);
    check("", &own("var.v"), UNKNOWN);
    check("private_dns_enabled = true", &own("var.v"), YES);
    check("private_dns_enabled = false", &own("aws_vpc_endpoint.e.id"), UNKNOWN);
}

#[test]
fn inbound_only_is_on_where_the_block_is_left_out() {
    let check = |arguments: &str, expected: Tri| {
        let text = format!(
            "resource \"aws_vpc_endpoint\" \"e\" {{\n {arguments}\n}}\nvariable \"v\" {{}}"
        );
        let found = in_vpc(&text, |network| endpoint(network, "e").inbound_only());
        assert_eq!(found, expected, "{arguments}");
    };
    check("", YES);
    check("dns_options {}", NO);
    check("dns_options { private_dns_only_for_inbound_resolver_endpoint = true }", YES);
    check("dns_options { private_dns_only_for_inbound_resolver_endpoint = var.v }", UNKNOWN);
    check("dynamic \"dns_options\" {\n for_each = var.v\n content {}\n}", UNKNOWN);
    check(
        "dynamic \"dns_options\" {\n for_each = var.v\n content { private_dns_only_for_inbound_resolver_endpoint = true }\n}",
        YES,
    );
}

#[test]
fn the_main_table_is_the_default_one_unless_replaced() {
    let check = |text: &str, expected: &[Tri]| {
        let found: Vec<_> = in_vpc(text, |network| {
            network.route_tables.iter().map(|table| table.is_main).collect()
        });
        assert_eq!(found, expected, "{text}");
    };
    let default = "resource \"aws_default_route_table\" \"d\" { default_route_table_id = aws_vpc.main.default_route_table_id }\n";
    let table = "resource \"aws_route_table\" \"t\" { vpc_id = aws_vpc.main.id }\n";
    let main = "resource \"aws_main_route_table_association\" \"m\" {\n vpc_id = aws_vpc.main.id\n route_table_id = aws_route_table.t.id\n}\n";
    check(&format!("{default}{table}"), &[YES, NO]);
    check(&format!("{table}{main}"), &[YES]);
    check(&format!("{default}{table}{main}"), &[UNKNOWN, YES]);
}

#[test]
fn lookalikes_are_not_endpoints() {
    let text = r#"resource "aws_opensearch_vpc_endpoint" "e" {}"#;
    assert_eq!(in_vpc(text, |network| network.endpoints.len()), 0);
}
