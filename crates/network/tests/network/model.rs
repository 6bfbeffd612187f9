//! The parts of the network beside endpoints: what the code of each makes of it.

use privatelint_evaluator::{Tri, Value};
use privatelint_network::resources::{AttachmentKind, Direction};
use privatelint_network::{Members, Network, Ref};

use crate::support::{NO, UNKNOWN, YES, in_vpc};

/// How many members are certain, how many perhaps there, and whether there may be more.
fn count<I>(members: &Members<'_, I>) -> (usize, usize, bool) {
    let count = |there: Tri| members.items.iter().filter(|member| member.there == there).count();
    (count(YES), count(UNKNOWN), !members.doubts.is_empty())
}

#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(
    text: &str,
    look: impl FnOnce(&Network<'_>) -> T,
    expected: T,
) {
    let text = format!("variable \"v\" {{}}\n{text}");
    assert_eq!(in_vpc(&text, look), expected, "{text}");
}

/// The rules of the first ACL: direction, number, whether it allows, the range, and whether it is certainly there.
#[track_caller]
fn check_acl(text: &str, expected: &[&str]) {
    let rules = |network: &Network<'_>| {
        let acl = network.network_acls.first().expect("there is an ACL");
        let rules: Vec<_> = acl
            .rules
            .iter()
            .map(|rule| {
                let text = |value: &Value| match value {
                    Value::Null => "-".to_owned(),
                    Value::String(text) => text.to_string(),
                    Value::Number(number) => number.to_string(),
                    _ => "?".to_owned(),
                };
                let direction = match rule.direction {
                    Some(Direction::Ingress) => "in",
                    Some(Direction::Egress) => "out",
                    None => "either",
                };
                let range = if rule.ipv4.is_null() { &rule.ipv6 } else { &rule.ipv4 };
                let [number, protocol, range] = [&rule.number, &rule.protocol, range].map(text);
                format!(
                    "{direction} {number} {:?} {protocol} {range} {:?}",
                    rule.allows, rule.there
                )
            })
            .chain((!acl.doubts.is_empty()).then(|| "more".to_owned()))
            .collect();
        rules
    };
    check(text, rules, expected.iter().map(|&rule| rule.to_owned()).collect());
}

#[test]
fn acls_have_inline_and_standalone_rules() {
    let acl = |rules: &str| {
        format!("resource \"aws_network_acl\" \"a\" {{\n vpc_id = aws_vpc.main.id\n {rules}\n}}\n")
    };
    check_acl(&acl(""), &[]);
    let rule = "ingress {\n rule_no = 100\n action = \"allow\"\n protocol = \"tcp\"\n from_port = 443\n to_port = 443\n cidr_block = \"10.0.0.0/16\"\n}\n";
    check_acl(&acl(rule), &["in 100 Yes tcp 10.0.0.0/16 Yes"]);
    let objects = "egress = [{ rule_no = \"7\", action = \"deny\", protocol = -1, from_port = 0, to_port = 0, cidr_block = \"\", ipv6_cidr_block = \"::/0\", icmp_code = null, icmp_type = null }]\n";
    check_acl(&acl(objects), &["out 7 No -1 ::/0 Yes"]);
    check_acl(&acl("ingress = var.v"), &["more"]);
    let own = |acl: &str, more: &str| {
        format!(
            "resource \"aws_network_acl_rule\" \"r\" {{\n network_acl_id = {acl}\n rule_number = 200\n rule_action = \"ALLOW\"\n protocol = \"-1\"\n cidr_block = \"0.0.0.0/0\"\n {more}\n}}\n"
        )
    };
    let mine = "aws_network_acl.a.id";
    check_acl(&(acl("") + &own(mine, "")), &["in 200 Yes -1 0.0.0.0/0 Yes"]);
    check_acl(&(acl("") + &own(mine, "egress = true")), &["out 200 Yes -1 0.0.0.0/0 Yes"]);
    check_acl(&(acl("") + &own(mine, "egress = var.v")), &["either 200 Yes -1 0.0.0.0/0 Yes"]);
    check_acl(
        &(acl("") + &own(mine, "count = var.v")),
        &["in 200 Yes -1 0.0.0.0/0 Unknown", "more"],
    );
    check_acl(&(acl("") + &own("var.v", "")), &["in 200 Yes -1 0.0.0.0/0 Unknown", "more"]);
    check_acl(&(acl("") + &own("\"acl-1\"", "")), &[]);
}

#[test]
fn the_default_acl_of_a_vpc_is_the_adopted_one() {
    let default = "resource \"aws_default_network_acl\" \"d\" { default_network_acl_id = aws_vpc.main.default_network_acl_id }\n";
    let look = |network: &Network<'_>| {
        let acl = network.network_acls.first().expect("there is an ACL");
        (acl.is_default(), acl.vpc.managed().is_some(), acl.rules.len())
    };
    check(default, look, (true, true, 0));
    let rule = "resource \"aws_network_acl_rule\" \"r\" {\n network_acl_id = aws_vpc.main.default_network_acl_id\n rule_number = 1\n}\n";
    check(&format!("{default}{rule}"), look, (true, true, 1));
}

#[test]
fn acls_have_subnets() {
    let subnets = |network: &Network<'_>| {
        count(&network.network_acls.first().expect("there is an ACL").subnets)
    };
    let subnet = "resource \"aws_subnet\" \"s\" {}\n";
    let inline = "resource \"aws_network_acl\" \"a\" { subnet_ids = [aws_subnet.s.id] }\n";
    check(&format!("{subnet}{inline}"), subnets, (1, 0, false));
    let own = "resource \"aws_network_acl\" \"a\" {}\nresource \"aws_network_acl_association\" \"b\" {\n network_acl_id = aws_network_acl.a.id\n subnet_id = aws_subnet.s.id\n}\n";
    check(&format!("{subnet}{own}"), subnets, (1, 0, false));
}

#[test]
fn dhcp_options_name_the_resolver() {
    let asks = |servers: &str, expected: Tri| {
        let text = format!(
            "resource \"aws_vpc_dhcp_options\" \"d\" {{\n {servers}\n}}\nresource \"aws_vpc_dhcp_options_association\" \"a\" {{\n vpc_id = aws_vpc.main.id\n dhcp_options_id = aws_vpc_dhcp_options.d.id\n}}\n"
        );
        let look = |network: &Network<'_>| {
            let vpc = network.vpcs.first().expect("there is a VPC");
            assert_eq!(count(&vpc.dhcp), (1, 0, false));
            let options = vpc.dhcp.items.first().and_then(|member| member.target.managed());
            let options = options.and_then(|id| network.dhcp_options_with(id));
            options.expect("they are declared").asks_own_resolver()
        };
        check(&text, look, expected);
    };
    asks("domain_name_servers = [\"AmazonProvidedDNS\"]", YES);
    asks("domain_name_servers = [\"10.0.0.5\", \"10.0.0.6\"]", NO);
    asks("domain_name_servers = [\"10.0.0.5\", \"AmazonProvidedDNS\"]", UNKNOWN);
    asks("domain_name_servers = var.v", UNKNOWN);
    asks("domain_name = \"example.com\"", UNKNOWN);
}

#[test]
fn a_zone_is_private_if_it_is_made_with_a_vpc() {
    let zone = |body: &str, private: Tri, vpcs: (usize, usize, bool)| {
        let text = format!(
            "resource \"aws_route53_zone\" \"z\" {{\n name = \"example.com\"\n {body}\n}}\n"
        );
        let look = |network: &Network<'_>| {
            let zone = network.hosted_zones.first().expect("there is a zone");
            (zone.is_private(), count(&zone.vpcs))
        };
        check(&text, look, (private, vpcs));
    };
    zone("", NO, (0, 0, false));
    zone("vpc { vpc_id = aws_vpc.main.id }", YES, (1, 0, false));
    zone(
        "dynamic \"vpc\" {\n for_each = var.v\n content { vpc_id = vpc.value }\n}",
        UNKNOWN,
        (0, 1, true),
    );
    zone(
        "vpc { vpc_id = aws_vpc.main.id }\n}\nresource \"aws_route53_zone_association\" \"a\" {\n zone_id = aws_route53_zone.z.zone_id\n vpc_id = \"vpc-1\"",
        YES,
        (2, 0, false),
    );
}

#[test]
fn records_lead_to_endpoints() {
    let record = |body: &str, name: Option<&str>, leads: &str| {
        let text = format!(
            "resource \"aws_vpc_endpoint\" \"e\" {{}}\nresource \"aws_lb\" \"l\" {{}}\nresource \"aws_route53_zone\" \"z\" {{ name = \"s3.eu-west-1.amazonaws.com\" }}\nresource \"aws_route53_record\" \"r\" {{\n zone_id = aws_route53_zone.z.id\n {body}\n}}\n"
        );
        let look = |network: &Network<'_>| {
            let zone = network.hosted_zones.first().expect("there is a zone");
            let record = zone.records.first().expect("there is a record");
            let leads = match &record.endpoint {
                Ref::Managed(_) => "endpoint",
                Ref::External(_) => "elsewhere",
                Ref::Absent => "none",
                _ => "any",
            };
            (record.full_name(zone), leads.to_owned())
        };
        check(&text, look, (name.map(str::to_owned), leads.to_owned()));
    };
    let zone = Some("s3.eu-west-1.amazonaws.com");
    let alias = |name: &str| format!("name = \"\"\nalias {{\n name = {name}\n}}");
    record(&alias("aws_vpc_endpoint.e.dns_entry[0].dns_name"), zone, "endpoint");
    record(&alias("aws_vpc_endpoint.e.dns_entry[0][\"dns_name\"]"), zone, "endpoint");
    record(&alias("lookup(aws_vpc_endpoint.e.dns_entry[0], \"dns_name\")"), zone, "endpoint");
    record(
        &alias("replace(aws_vpc_endpoint.e.dns_entry[0].dns_name, \"*.\", \"\")"),
        zone,
        "endpoint",
    );
    record(&alias("\"vpce-1-a.s3.eu-west-1.vpce.amazonaws.com\""), zone, "elsewhere");
    record(&alias("aws_lb.l.dns_name"), zone, "none");
    record(&alias("var.v"), zone, "any");
    record(
        "name = \"*\"\nrecords = [aws_vpc_endpoint.e.dns_entry[0].dns_name]",
        Some("*.s3.eu-west-1.amazonaws.com"),
        "endpoint",
    );
    record("name = \"S3.eu-west-1.amazonaws.com.\"", zone, "none");
    record("name = var.v", None, "none");
}

#[test]
fn a_vpc_has_several_ranges() {
    let ranges = |network: &Network<'_>| {
        let vpc = network.vpcs.first().expect("there is a VPC");
        (vpc.ipv4.len(), vpc.ipv6.len(), vpc.cidr_doubts.is_empty())
    };
    check("", ranges, (1, 0, true));
    let more = |kind: &str, vpc: &str| {
        format!(
            "resource \"{kind}\" \"a\" {{\n vpc_id = {vpc}\n cidr_block = \"10.1.0.0/16\"\n}}\n"
        )
    };
    let [v4, v6] = ["aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association"];
    check(&more(v4, "aws_vpc.main.id"), ranges, (2, 0, true));
    check(&more(v6, "aws_vpc.main.id"), ranges, (1, 1, true));
    check(&more(v4, "var.v"), ranges, (2, 0, false));
    check(&more(v4, "\"vpc-1\""), ranges, (1, 0, true));
}

#[test]
fn gateways_are_attached_inline_or_by_a_resource() {
    let vpn = |network: &Network<'_>| {
        count(&network.vpn_gateways.first().expect("there is a gateway").attached)
    };
    check("resource \"aws_vpn_gateway\" \"g\" { vpc_id = aws_vpc.main.id }", vpn, (1, 0, false));
    check("resource \"aws_vpn_gateway\" \"g\" {}", vpn, (0, 0, false));
    check("resource \"aws_vpn_gateway\" \"g\" { vpc_id = var.v }", vpn, (0, 1, true));
    let own = "resource \"aws_vpn_gateway\" \"g\" {}\nresource \"aws_vpn_gateway_attachment\" \"a\" {\n vpc_id = aws_vpc.main.id\n vpn_gateway_id = aws_vpn_gateway.g.id\n}\n";
    check(own, vpn, (1, 0, false));
    let internet = "resource \"aws_internet_gateway\" \"g\" {}\nresource \"aws_internet_gateway_attachment\" \"a\" {\n vpc_id = aws_vpc.main.id\n internet_gateway_id = aws_internet_gateway.g.id\n}\n";
    let attached = |network: &Network<'_>| {
        count(&network.internet_gateways.first().expect("there is a gateway").attached)
    };
    check(internet, attached, (1, 0, false));
}

#[test]
fn a_nat_gateway_is_in_the_vpc_of_its_subnet() {
    let look = |network: &Network<'_>| {
        let nat = network.nat_gateways.first().expect("there is a NAT gateway");
        (nat.vpc.managed().is_some(), nat.public, nat.regional)
    };
    let subnet = "resource \"aws_subnet\" \"s\" { vpc_id = aws_vpc.main.id }\n";
    let nat = |body: &str| format!("{subnet}resource \"aws_nat_gateway\" \"n\" {{\n {body}\n}}\n");
    check(&nat("subnet_id = aws_subnet.s.id"), look, (true, YES, NO));
    check(
        &nat("subnet_id = aws_subnet.s.id\n connectivity_type = \"private\""),
        look,
        (true, NO, NO),
    );
    check(
        &nat("vpc_id = aws_vpc.main.id\n availability_mode = \"regional\""),
        look,
        (true, YES, YES),
    );
}

const TRANSIT: &str = r#"
resource "aws_ec2_transit_gateway" "g" {}
resource "aws_subnet" "s" { vpc_id = aws_vpc.main.id }
resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
  transit_gateway_id = aws_ec2_transit_gateway.g.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.s.id]
}
"#;

#[test]
fn attachments_are_with_the_default_table_unless_one_says_otherwise() {
    let look = |network: &Network<'_>| {
        let found = network.transit_gateway_attachments.first().expect("there is an attachment");
        assert_eq!(found.kind, AttachmentKind::Vpc);
        assert_eq!(count(&found.subnets), (1, 0, false));
        (found.default_association, found.default_propagation)
    };
    check(TRANSIT, look, (YES, YES));
    let off = TRANSIT.replace(
        "\"g\" {}",
        "\"g\" {\n default_route_table_association = \"disable\"\n default_route_table_propagation = var.v\n}",
    );
    check(&off, look, (NO, UNKNOWN));
    let own = TRANSIT.replace(
        "subnet_ids",
        "transit_gateway_default_route_table_association = false\n subnet_ids",
    );
    check(&own, look, (NO, YES));
    let elsewhere = TRANSIT.replace("aws_ec2_transit_gateway.g.id", "\"tgw-1\"");
    check(&elsewhere, look, (UNKNOWN, UNKNOWN));
}

#[test]
fn tables_of_transit_gateways_have_routes_and_attachments() {
    let table = r#"
resource "aws_ec2_transit_gateway_route_table" "t" { transit_gateway_id = aws_ec2_transit_gateway.g.id }
resource "aws_ec2_transit_gateway_route_table_association" "x" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.a.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id
}
resource "aws_ec2_transit_gateway_route_table_propagation" "x" {
  count                          = var.v
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.a.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id
}
resource "aws_ec2_transit_gateway_route" "r" {
  destination_cidr_block         = "0.0.0.0/0"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.a.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id
}
resource "aws_ec2_transit_gateway_route" "drop" {
  destination_cidr_block         = "10.0.0.0/8"
  blackhole                      = true
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id
}
resource "aws_ec2_transit_gateway_route" "other" {
  destination_cidr_block         = "10.0.0.0/8"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.a.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway.g.association_default_route_table_id
}
"#;
    let look = |network: &Network<'_>| {
        let table = network.transit_gateway_route_tables.first().expect("there is a table");
        let attachment =
            network.transit_gateway_attachments.first().expect("there is an attachment");
        assert_eq!(count(&table.associations), (1, 0, false));
        assert_eq!(count(&table.propagations), (0, 1, true));
        assert_eq!(count(&attachment.associations), (1, 0, false));
        assert_eq!(count(&attachment.propagations), (0, 1, true));
        let to: Vec<_> = table
            .routes
            .iter()
            .map(|route| (route.attachment.managed().is_some(), route.blackhole))
            .collect();
        assert_eq!(network.other_transit_gateway_routes.len(), 1);
        to
    };
    check(&format!("{TRANSIT}{table}"), look, vec![(false, YES), (true, NO)]);
}

#[test]
fn peering_is_accepted_by_itself_or_by_an_accepter() {
    let look = |network: &Network<'_>| {
        let peering = network.peerings.first().expect("there is a connection");
        let ends = [&peering.requester, &peering.accepter].map(|end| end.managed().is_some());
        (ends, peering.accepted, peering.parts.len())
    };
    let peering = |more: &str| {
        format!(
            "resource \"aws_vpc\" \"b\" {{}}\nresource \"aws_vpc_peering_connection\" \"p\" {{\n vpc_id = aws_vpc.main.id\n peer_vpc_id = aws_vpc.b.id\n {more}\n}}\n"
        )
    };
    check(&peering(""), look, ([true, true], NO, 0));
    check(&peering("auto_accept = true"), look, ([true, true], YES, 0));
    let accepter = "resource \"aws_vpc_peering_connection_accepter\" \"a\" {\n vpc_peering_connection_id = aws_vpc_peering_connection.p.id\n auto_accept = true\n}\n";
    check(&(peering("") + accepter), look, ([true, true], YES, 1));
}

#[test]
fn firewalls_have_subnets() {
    let look = |network: &Network<'_>| {
        count(&network.firewalls.first().expect("there is a firewall").subnets)
    };
    let firewall = |mapping: &str| {
        format!(
            "resource \"aws_networkfirewall_firewall\" \"f\" {{\n vpc_id = aws_vpc.main.id\n {mapping}\n}}\n"
        )
    };
    check(&firewall("subnet_mapping { subnet_id = \"subnet-1\" }"), look, (1, 0, false));
    check(
        &firewall(
            "dynamic \"subnet_mapping\" {\n for_each = [\"a\", \"b\"]\n content { subnet_id = subnet_mapping.value }\n}",
        ),
        look,
        (2, 0, false),
    );
    check(
        &firewall(
            "dynamic \"subnet_mapping\" {\n for_each = var.v\n content { subnet_id = subnet_mapping.value }\n}",
        ),
        look,
        (0, 1, true),
    );
}

#[test]
fn resolver_rules_hold_in_vpcs() {
    let text = r#"
resource "aws_route53_resolver_endpoint" "o" {
  direction = "OUTBOUND"
  ip_address { subnet_id = "subnet-1" }
  ip_address { subnet_id = "subnet-2" }
}
resource "aws_route53_resolver_rule" "r" {
  domain_name          = "example.com"
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.o.id
}
resource "aws_route53_resolver_rule_association" "a" {
  resolver_rule_id = aws_route53_resolver_rule.r.id
  vpc_id           = aws_vpc.main.id
}
"#;
    let look = |network: &Network<'_>| {
        let rule = network.resolver_rules.first().expect("there is a rule");
        let endpoint = rule.endpoint.managed().and_then(|id| network.resolver_endpoint(id));
        let endpoint = endpoint.expect("it is declared");
        (rule.forwards, count(&rule.vpcs), endpoint.inbound, count(&endpoint.subnets))
    };
    check(text, look, (YES, (1, 0, false), NO, (2, 0, false)));
}

#[test]
fn profiles_have_vpcs_and_parts() {
    let text = r#"
resource "aws_route53_zone" "z" { name = "example.com" }
resource "aws_vpc_endpoint" "e" {}
resource "aws_route53profiles_profile" "p" {}
resource "aws_route53profiles_association" "a" {
  profile_id  = aws_route53profiles_profile.p.id
  resource_id = aws_vpc.main.id
}
resource "aws_route53profiles_resource_association" "e" {
  profile_id   = aws_route53profiles_profile.p.id
  resource_arn = aws_vpc_endpoint.e.arn
}
resource "aws_route53profiles_resource_association" "z" {
  profile_id   = aws_route53profiles_profile.p.id
  resource_arn = aws_route53_zone.z.arn
}
"#;
    let look = |network: &Network<'_>| {
        let profile = network.profiles.first().expect("there is a profile");
        let parts: Vec<_> = profile
            .parts
            .iter()
            .map(|part| {
                let absent = [part.zone == Ref::Absent, part.endpoint == Ref::Absent];
                (absent, part.rule == Ref::Absent, part.there)
            })
            .collect();
        (count(&profile.vpcs), parts)
    };
    let parts = vec![([true, false], true, YES), ([false, true], true, YES)];
    check(text, look, ((1, 0, false), parts));
}

#[test]
fn endpoint_services_have_load_balancers() {
    let text = r#"
resource "aws_lb" "n" {
  load_balancer_type = "network"
  internal           = true
  subnets            = ["subnet-1", "subnet-2"]
}
resource "aws_vpc_endpoint_service" "s" { network_load_balancer_arns = [aws_lb.n.arn] }
resource "aws_vpc_endpoint" "e" { service_name = aws_vpc_endpoint_service.s.service_name }
resource "aws_vpc_endpoint" "f" { service_name = "com.amazonaws.eu-west-1.s3" }
"#;
    let look = |network: &Network<'_>| {
        let service = network.endpoint_services.first().expect("there is a service");
        let balancers = &service.network_load_balancers;
        let balancer = balancers.items.first().and_then(|member| member.target.managed());
        let balancer = balancer.and_then(|id| network.load_balancer(id)).expect("it is declared");
        let of_endpoints: Vec<_> = network
            .endpoints
            .iter()
            .map(|endpoint| endpoint.endpoint_service.managed() == Some(service.id))
            .collect();
        (count(balancers), count(&balancer.subnets), balancer.internal, of_endpoints)
    };
    check(text, look, ((1, 0, false), (2, 0, false), YES, vec![true, false]));
}

#[test]
fn vpns_and_accepters_are_attachments_too() {
    let look = |network: &Network<'_>| {
        let kinds: Vec<_> = network
            .transit_gateway_attachments
            .iter()
            .map(|attachment| (attachment.kind, attachment.gateway.managed().is_some()))
            .collect();
        let table = network.transit_gateway_route_tables.first().expect("there is a table");
        let named: Vec<_> = table
            .associations
            .items
            .iter()
            .map(|member| member.target.managed().map(|id| id.index()))
            .collect();
        (kinds, named)
    };
    let text = r#"
resource "aws_ec2_transit_gateway" "g" {}
resource "aws_vpn_gateway" "v" {}
resource "aws_dx_gateway_association" "d" { associated_gateway_id = aws_vpn_gateway.v.id }
resource "aws_ec2_transit_gateway_vpc_attachment" "a" { transit_gateway_id = aws_ec2_transit_gateway.g.id }
resource "aws_ec2_transit_gateway_vpc_attachment_accepter" "a" {
  transit_gateway_attachment_id = aws_ec2_transit_gateway_vpc_attachment.a.id
}
resource "aws_vpn_connection" "c" { transit_gateway_id = aws_ec2_transit_gateway.g.id }
resource "aws_ec2_transit_gateway_route_table" "t" {}
resource "aws_ec2_transit_gateway_route_table_association" "a" {
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment_accepter.a.id
}
resource "aws_ec2_transit_gateway_route_table_association" "b" {
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id
  transit_gateway_attachment_id  = aws_vpn_connection.c.transit_gateway_attachment_id
}
"#;
    use AttachmentKind::{DirectConnect, Vpc, Vpn};
    let kinds = vec![(DirectConnect, false), (Vpc, true), (Vpn, true)];
    check(text, look, (kinds, vec![Some(1), Some(2)]));
}
