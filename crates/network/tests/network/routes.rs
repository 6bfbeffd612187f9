//! Route tables: which one a subnet has, and where it sends traffic.

use crate::support::{in_vpc, with};
use privatelint_network::resources::Target;
use privatelint_network::{How, Leads, Network, Ref, To};

/// The table of `aws_subnet.s`, as text: its address or what it is, how, and a question mark if there are doubts.
fn table(network: &Network<'_>) -> String {
    let subnet = network.subnets.iter().find(|subnet| subnet.instance.address.name == "s");
    let found = network.table_of(subnet.expect("there is a subnet `s`").id);
    let table = match &found.table {
        Ref::Managed(id) => {
            network.route_table(*id).expect("it is of this network").instance.address.to_string()
        }
        Ref::External(_) => "external".to_owned(),
        Ref::OneOf(_) => "one of several".to_owned(),
        Ref::Maybe(_) => "any".to_owned(),
        Ref::Absent => "none".to_owned(),
    };
    let how = match found.how {
        How::Explicit => "explicit",
        How::Main => "main",
        How::Default => "default",
    };
    let sure = if found.doubts.is_empty() { "" } else { "?" };
    format!("{table} {how}{sure}")
}

#[track_caller]
fn check_table(more: &str, expected: &str) {
    let text = format!(
        "resource \"aws_subnet\" \"s\" {{ vpc_id = aws_vpc.main.id }}\nvariable \"v\" {{}}\n{more}"
    );
    assert_eq!(in_vpc(&text, table), expected, "{more}");
}

/// The tables `t` and `u`, and the association of a subnet with one.
const TABLES: &str = r#"
resource "aws_route_table" "t" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "u" { vpc_id = aws_vpc.main.id }
"#;

fn association(subnet: &str, table: &str, more: &str) -> String {
    format!(
        "resource \"aws_route_table_association\" \"{}\" {{\n subnet_id = {subnet}\n route_table_id = {table}\n {more}\n}}\n",
        table.replace(['.', '[', ']', '"'], "_")
    )
}

#[test]
fn a_subnet_has_the_table_of_its_association() {
    let own = |more: &str| {
        format!("{TABLES}{}", association("aws_subnet.s.id", "aws_route_table.t.id", more))
    };
    check_table(&own(""), "aws_route_table.t explicit");
    check_table(&own("count = 1"), "aws_route_table.t explicit");
    check_table(&own("count = 0"), "aws_vpc.main default");
    check_table(&own("count = var.v"), "aws_route_table.t explicit?");
    let other = association("var.v", "aws_route_table.u.id", "");
    check_table(&format!("{}{other}", own("")), "aws_route_table.t explicit");
    check_table(&format!("{TABLES}{other}"), "aws_route_table.u explicit?");
    let looked_up = association("aws_subnet.s.id", "\"rtb-1\"", "");
    check_table(&looked_up, "external explicit");
    check_table(&association("aws_subnet.s.id", "var.v", ""), "any explicit?");
    let either =
        association("aws_subnet.s.id", "var.v ? aws_route_table.t.id : aws_route_table.u.id", "");
    let either = either.replace("var_v ? aws_route_table_t_id : aws_route_table_u_id", "either");
    check_table(&format!("{TABLES}{either}"), "one of several explicit?");
}

#[test]
fn without_one_it_has_the_main_table() {
    let default = "resource \"aws_default_route_table\" \"d\" { default_route_table_id = aws_vpc.main.default_route_table_id }\n";
    let main = "resource \"aws_main_route_table_association\" \"m\" {\n vpc_id = aws_vpc.main.id\n route_table_id = aws_route_table.t.id\n}\n";
    check_table("", "aws_vpc.main default");
    check_table(TABLES, "aws_vpc.main default");
    check_table(default, "aws_default_route_table.d default");
    check_table(&format!("{TABLES}{main}"), "aws_route_table.t main");
    check_table(&format!("{TABLES}{default}{main}"), "aws_route_table.t main");
    let perhaps = main.replace("vpc_id = aws_vpc", "count = var.v\n vpc_id = aws_vpc");
    check_table(&format!("{TABLES}{perhaps}"), "aws_route_table.t main?");
    check_table(
        &association("aws_subnet.s.id", "aws_vpc.main.main_route_table_id", ""),
        "aws_vpc.main explicit",
    );
    let module = "module \"m\" {\n source = \"example/m/aws\"\n subnets = [aws_subnet.s.id]\n}";
    check_table(module, "aws_vpc.main default?");
}

#[test]
fn the_main_table_of_a_vpc_from_elsewhere_is_not_known() {
    let check = |vpc: &str, expected: &str| {
        let text = format!(
            "variable \"v\" {{}}\ndata \"aws_vpc\" \"v\" {{}}\nresource \"aws_subnet\" \"s\" {{ vpc_id = {vpc} }}"
        );
        assert_eq!(with(&[("main.tf", &text)], table), expected, "{vpc}");
    };
    check("\"vpc-1\"", "external default?");
    check("data.aws_vpc.v.id", "external default?");
    check("var.v", "any default?");
}

/// Where a target leads to, as text.
fn target(network: &Network<'_>, target: &Target) -> String {
    let name = |address: Option<String>| address.unwrap_or_else(|| "elsewhere".to_owned());
    let address = match target {
        Target::Nat(id) => {
            id.managed().and_then(|id| network.nat_gateway(id)).map(|it| it.instance)
        }
        Target::Internet(id) => {
            id.managed().and_then(|id| network.internet_gateway(id)).map(|it| it.instance)
        }
        Target::EgressOnly(id) => {
            id.managed().and_then(|id| network.egress_only_gateway(id)).map(|it| it.instance)
        }
        Target::VpnGateway(id) => {
            id.managed().and_then(|id| network.vpn_gateway(id)).map(|it| it.instance)
        }
        Target::Carrier(id) => {
            id.managed().and_then(|id| network.carrier_gateway(id)).map(|it| it.instance)
        }
        Target::TransitGateway(id) => {
            id.managed().and_then(|id| network.transit_gateway(id)).map(|it| it.instance)
        }
        Target::Peering(id) => {
            id.managed().and_then(|id| network.peering(id)).map(|it| it.instance)
        }
        Target::Endpoint(id) => {
            id.managed().and_then(|id| network.endpoint(id)).map(|it| it.instance)
        }
        Target::Firewall(id) => network.firewall(*id).map(|it| it.instance),
        Target::OneOf(targets) => {
            let targets: Vec<_> = targets.iter().map(|one| self::target(network, one)).collect();
            return targets.join(" or ");
        }
        other => {
            let written = other.written_address().map(|address| format!(" {address}"));
            return format!("{}{}", other.as_str(), written.unwrap_or_default());
        }
    };
    format!("{} {}", target.as_str(), name(address.map(|it| it.address.to_string())))
}

fn leads(network: &Network<'_>, leads: &Leads<'_>) -> String {
    match leads {
        Leads::Local => "local".to_owned(),
        Leads::GatewayEndpoint(id) => {
            network.endpoint(*id).expect("it is of this network").instance.address.to_string()
        }
        Leads::Route(route) => target(network, &route.target),
        Leads::Propagated(_) => "propagated".to_owned(),
        Leads::Nothing => "nothing".to_owned(),
    }
}

/// Where `aws_route_table.t` sends traffic: what is sure, or what it may be, each followed by a question mark.
#[track_caller]
fn check_hop(routes: &str, more: &str, to: &To<'_>, expected: &str) {
    let text = format!(
        "variable \"v\" {{}}\nresource \"aws_route_table\" \"t\" {{\n vpc_id = aws_vpc.main.id\n {routes}\n}}\n{more}"
    );
    let found = in_vpc(&text, |network| {
        let table = network.route_tables.iter().find(|table| table.instance.address.name == "t");
        let hop = network.next_hop(table.expect("there is a table `t`").id, to);
        let sure = if hop.there.is_yes() { "" } else { "?" };
        assert_eq!(hop.there.is_yes(), hop.doubts.is_empty() && hop.others.is_empty());
        let all: Vec<_> = std::iter::once(&hop.target)
            .chain(&hop.others)
            .map(|one| format!("{}{sure}", leads(network, one)))
            .collect();
        all.join(", ")
    });
    assert_eq!(found, expected, "{text}");
}

fn route(destination: &str, target: &str) -> String {
    format!("route {{\n cidr_block = {destination}\n {target}\n}}\n")
}

fn cidr(text: &str) -> To<'static> {
    To::Cidr(text.parse().expect("it is a block"))
}

const ANY: &str = "\"0.0.0.0/0\"";
const NAT: &str = "resource \"aws_nat_gateway\" \"n\" {}\n";

#[test]
fn every_target_has_its_kind() {
    let check = |argument: &str, resource: &str, expected: &str| {
        check_hop(&route(ANY, argument), resource, &To::Internet, expected);
        let own = format!(
            "resource \"aws_route\" \"r\" {{\n route_table_id = aws_route_table.t.id\n destination_cidr_block = {ANY}\n {argument}\n}}\n"
        );
        check_hop("", &format!("{own}{resource}"), &To::Internet, expected);
    };
    let declared = |kind: &str| format!("resource \"{kind}\" \"x\" {{}}\n");
    check(
        "nat_gateway_id = aws_nat_gateway.x.id",
        &declared("aws_nat_gateway"),
        "a NAT gateway aws_nat_gateway.x",
    );
    check(
        "gateway_id = aws_internet_gateway.x.id",
        &declared("aws_internet_gateway"),
        "an internet gateway aws_internet_gateway.x",
    );
    check("gateway_id = \"igw-1\"", "", "an internet gateway elsewhere");
    check("gateway_id = var.v", "", "a gateway");
    check("gateway_id = \"igw-${var.v}\"", "", "a gateway");
    check(
        "gateway_id = aws_vpn_gateway.x.id",
        &declared("aws_vpn_gateway"),
        "a virtual private gateway aws_vpn_gateway.x",
    );
    check("gateway_id = \"vgw-1\"", "", "a virtual private gateway elsewhere");
    check(
        "carrier_gateway_id = aws_ec2_carrier_gateway.x.id",
        &declared("aws_ec2_carrier_gateway"),
        "a carrier gateway aws_ec2_carrier_gateway.x",
    );
    check(
        "transit_gateway_id = aws_ec2_transit_gateway.x.id",
        &declared("aws_ec2_transit_gateway"),
        "a transit gateway aws_ec2_transit_gateway.x",
    );
    check("transit_gateway_id = \"tgw-1\"", "", "a transit gateway elsewhere");
    check(
        "vpc_peering_connection_id = aws_vpc_peering_connection.x.id",
        &declared("aws_vpc_peering_connection"),
        "a peering connection aws_vpc_peering_connection.x",
    );
    let accepter = r#"
resource "aws_vpc_peering_connection" "x" {}
resource "aws_vpc_peering_connection_accepter" "a" { vpc_peering_connection_id = aws_vpc_peering_connection.x.id }
"#;
    check(
        "vpc_peering_connection_id = aws_vpc_peering_connection_accepter.a.id",
        accepter,
        "a peering connection aws_vpc_peering_connection.x",
    );
    check(
        "vpc_endpoint_id = aws_vpc_endpoint.x.id",
        "resource \"aws_vpc_endpoint\" \"x\" { vpc_endpoint_type = \"GatewayLoadBalancer\" }\n",
        "an endpoint aws_vpc_endpoint.x",
    );
    check(
        "vpc_endpoint_id = tolist(aws_networkfirewall_firewall.x.firewall_status[0].sync_states)[0].attachment[0].endpoint_id",
        &declared("aws_networkfirewall_firewall"),
        "a firewall aws_networkfirewall_firewall.x",
    );
    check(
        "vpc_endpoint_id = element([for s in tolist(aws_networkfirewall_firewall.x.firewall_status[0].sync_states) : s.attachment[0].endpoint_id if s.availability_zone == \"eu-west-1a\"], 0)",
        &declared("aws_networkfirewall_firewall"),
        "a firewall aws_networkfirewall_firewall.x",
    );
    check(
        "network_interface_id = aws_instance.x.primary_network_interface_id",
        &declared("aws_instance"),
        "a network interface aws_instance.x",
    );
    check(
        "core_network_arn = aws_networkmanager_core_network.x.arn",
        &declared("aws_networkmanager_core_network"),
        "a core network aws_networkmanager_core_network.x",
    );
}

#[test]
fn the_most_specific_route_decides() {
    let nat = route(ANY, "nat_gateway_id = aws_nat_gateway.n.id");
    let private = route("\"10.0.0.0/8\"", "transit_gateway_id = \"tgw-1\"");
    let both = format!("{nat}{private}");
    check_hop("", "", &To::Internet, "nothing");
    check_hop("", "", &cidr("10.0.1.0/24"), "local");
    check_hop("", "", &cidr("10.1.0.0/24"), "nothing");
    check_hop(&both, NAT, &To::Internet, "a NAT gateway aws_nat_gateway.n");
    check_hop(&both, NAT, &To::InternetV6, "nothing");
    check_hop(&both, NAT, &cidr("10.1.0.0/16"), "a transit gateway elsewhere");
    check_hop(&both, NAT, &cidr("10.0.0.0/16"), "local");
    check_hop(&both, NAT, &cidr("192.168.0.0/24"), "a NAT gateway aws_nat_gateway.n");
    let inspected = route("\"10.0.1.0/24\"", "vpc_endpoint_id = \"vpce-1\"");
    check_hop(&inspected, "", &cidr("10.0.1.0/25"), "an endpoint elsewhere");
    check_hop(&inspected, "", &cidr("10.0.2.0/24"), "local");
    let local = route("\"10.0.0.0/16\"", "gateway_id = \"local\"");
    check_hop(&local, "", &cidr("10.0.2.0/24"), "local");
    let v6 = "route {\n ipv6_cidr_block = \"::/0\"\n egress_only_gateway_id = aws_egress_only_internet_gateway.e.id\n}\n";
    check_hop(
        v6,
        "resource \"aws_egress_only_internet_gateway\" \"e\" {}",
        &To::InternetV6,
        "an egress-only internet gateway aws_egress_only_internet_gateway.e",
    );
}

#[test]
fn what_is_perhaps_there_is_no_answer_but_a_hint() {
    let own = |destination: &str, more: &str| {
        format!(
            "{NAT}resource \"aws_route\" \"r\" {{\n route_table_id = aws_route_table.t.id\n destination_cidr_block = {destination}\n nat_gateway_id = aws_nat_gateway.n.id\n {more}\n}}\n"
        )
    };
    let nat = "a NAT gateway aws_nat_gateway.n";
    check_hop("", &own(ANY, ""), &To::Internet, nat);
    check_hop("", &own(ANY, "count = var.v"), &To::Internet, &format!("{nat}?"));
    check_hop("", &own("var.v", ""), &To::Internet, &format!("{nat}?"));
    check_hop("", &own(ANY, "count = var.v"), &cidr("10.0.0.0/24"), "local");
    check_hop("route = var.v", "", &To::Internet, "nothing?");
    check_hop("route = []", "", &To::Internet, "nothing");
    // A private destination is no reason to doubt the way to the internet.
    let default = route(ANY, "gateway_id = \"igw-1\"");
    check_hop(
        &default,
        &own("\"10.0.0.0/8\"", "count = var.v"),
        &To::Internet,
        "an internet gateway elsewhere",
    );
    check_hop(
        &default,
        &own("\"52.94.0.0/16\"", ""),
        &To::Internet,
        &format!("an internet gateway elsewhere?, {nat}?"),
    );
    let module = "module \"m\" {\n source = \"example/m/aws\"\n table = aws_route_table.t.id\n}";
    check_hop("", module, &To::Internet, "nothing?");
    let either = "gateway_id = var.v ? \"igw-1\" : null\n nat_gateway_id = var.v ? null : aws_nat_gateway.n.id";
    check_hop(
        &route(ANY, either),
        NAT,
        &To::Internet,
        &format!("{nat} or an internet gateway elsewhere?"),
    );
}

#[test]
fn a_gateway_endpoint_of_the_table_wins() {
    let nat = route(ANY, "nat_gateway_id = aws_nat_gateway.n.id");
    let endpoint = |tables: &str, more: &str| {
        format!(
            "{NAT}resource \"aws_vpc_endpoint\" \"e\" {{\n vpc_id = aws_vpc.main.id\n service_name = \"com.amazonaws.eu-west-1.s3\"\n route_table_ids = {tables}\n {more}\n}}\n"
        )
    };
    let s3 = To::Service("s3");
    let by_nat = "a NAT gateway aws_nat_gateway.n";
    check_hop(&nat, &endpoint("[aws_route_table.t.id]", ""), &s3, "aws_vpc_endpoint.e");
    check_hop(&nat, &endpoint("[]", ""), &s3, by_nat);
    check_hop(&nat, &endpoint("[aws_route_table.t.id]", ""), &To::Service("dynamodb"), by_nat);
    check_hop(&nat, &endpoint("[aws_route_table.t.id]", ""), &To::Internet, by_nat);
    check_hop(&nat, &endpoint("[aws_vpc.main.main_route_table_id]", ""), &s3, by_nat);
    check_hop("", &endpoint("[]", ""), &s3, "nothing");
    let interface = endpoint("[aws_route_table.t.id]", "vpc_endpoint_type = \"Interface\"");
    check_hop(&nat, &interface, &s3, by_nat);
    let perhaps = format!("{by_nat}?, aws_vpc_endpoint.e?");
    check_hop(&nat, &endpoint("var.v", ""), &s3, &perhaps);
    check_hop(
        &nat,
        &endpoint("[aws_route_table.t.id]", "count = var.v"),
        &s3,
        "a NAT gateway aws_nat_gateway.n?, aws_vpc_endpoint.e[*]?",
    );
    check_hop("", &endpoint("var.v", ""), &s3, "aws_vpc_endpoint.e?");
    let association = "resource \"aws_vpc_endpoint_route_table_association\" \"a\" {\n vpc_endpoint_id = aws_vpc_endpoint.e.id\n route_table_id = aws_route_table.t.id\n}\n";
    check_hop(&nat, &format!("{}{association}", endpoint("null", "")), &s3, "aws_vpc_endpoint.e");
    let around = route("\"52.218.0.0/17\"", "transit_gateway_id = \"tgw-1\"");
    check_hop(
        &format!("{nat}{around}"),
        &endpoint("[aws_route_table.t.id]", ""),
        &s3,
        "aws_vpc_endpoint.e?, a transit gateway elsewhere?",
    );
}

#[test]
fn prefix_lists_are_looked_into() {
    let to_list = "route {\n destination_prefix_list_id = aws_ec2_managed_prefix_list.l.id\n transit_gateway_id = \"tgw-1\"\n}\n";
    let list = |entries: &str| {
        format!("resource \"aws_ec2_managed_prefix_list\" \"l\" {{\n {entries}\n}}\n")
    };
    let tgw = "a transit gateway elsewhere";
    check_hop(to_list, &list("entry { cidr = \"10.8.0.0/16\" }"), &cidr("10.8.1.0/24"), tgw);
    check_hop(to_list, &list("entry { cidr = \"10.8.0.0/16\" }"), &cidr("10.9.1.0/24"), "nothing");
    check_hop(to_list, &list("entry { cidr = \"0.0.0.0/0\" }"), &To::Internet, tgw);
    check_hop(to_list, &list("entry { cidr = var.v }"), &cidr("10.9.1.0/24"), &format!("{tgw}?"));
    let entry = "resource \"aws_ec2_managed_prefix_list_entry\" \"e\" {\n prefix_list_id = aws_ec2_managed_prefix_list.l.id\n cidr = \"10.9.0.0/16\"\n}\n";
    check_hop(to_list, &format!("{}{entry}", list("")), &cidr("10.9.1.0/24"), tgw);
    let other = to_list.replace("aws_ec2_managed_prefix_list.l.id", "\"pl-1\"");
    check_hop(&other, "", &cidr("10.9.1.0/24"), &format!("{tgw}?"));
}

#[test]
fn secondary_ranges_are_local_too() {
    let more = "resource \"aws_vpc_ipv4_cidr_block_association\" \"a\" {\n vpc_id = aws_vpc.main.id\n cidr_block = \"100.64.0.0/16\"\n}\n";
    check_hop("", more, &cidr("100.64.1.0/24"), "local");
    check_hop("", "", &cidr("100.64.1.0/24"), "nothing");
    let perhaps = more.replace("vpc_id", "count = var.v\n vpc_id");
    check_hop("", &perhaps, &cidr("100.64.1.0/24"), "local?");
}

#[test]
fn a_virtual_private_gateway_adds_routes() {
    let gateway = "resource \"aws_vpn_gateway\" \"g\" {}\n";
    let inline = "propagating_vgws = [aws_vpn_gateway.g.id]";
    check_hop(inline, gateway, &cidr("192.168.0.0/24"), "propagated?");
    check_hop(inline, gateway, &cidr("10.0.0.0/24"), "local");
    check_hop(inline, gateway, &To::Internet, "propagated?");
    let nat = route(ANY, "nat_gateway_id = aws_nat_gateway.n.id");
    check_hop(
        &format!("{nat}{inline}"),
        &format!("{gateway}{NAT}"),
        &To::Internet,
        "a NAT gateway aws_nat_gateway.n",
    );
    let own = "resource \"aws_vpn_gateway_route_propagation\" \"p\" {\n vpn_gateway_id = aws_vpn_gateway.g.id\n route_table_id = aws_route_table.t.id\n}\n";
    check_hop("", &format!("{gateway}{own}"), &cidr("192.168.0.0/24"), "propagated?");
}

#[test]
fn the_main_table_has_the_routes_that_name_it() {
    let text = r#"
resource "aws_subnet" "s" { vpc_id = aws_vpc.main.id }
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.main.id }
resource "aws_route" "r" {
  route_table_id         = aws_vpc.main.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.g.id
}
resource "aws_vpc_endpoint" "e" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_vpc.main.default_route_table_id]
}"#;
    let found = in_vpc(text, |network| {
        let subnet = network.subnets.first().expect("there is one");
        let table = network.table_of(subnet.id).table.managed().expect("it is known");
        [To::Internet, To::Service("s3")]
            .map(|to| leads(network, &network.next_hop(table, &to).target))
    });
    let expected = ["an internet gateway aws_internet_gateway.g", "aws_vpc_endpoint.e"];
    assert_eq!(found, expected);
}
