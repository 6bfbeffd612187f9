//! Transit gateways: where they send what comes in through an attachment.

use privatelint_evaluator::Value;
use privatelint_network::Behind;
use privatelint_network::addresses::{Addresses, Family};

use crate::support::in_vpc;

/// Two VPCs that are attached to one transit gateway.
const HUB: &str = r#"
variable "v" {}
resource "aws_vpc" "hub" { cidr_block = "10.1.0.0/16" }
resource "aws_ec2_transit_gateway" "g" {
  SETTINGS
}
resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  transit_gateway_id = aws_ec2_transit_gateway.g.id
  vpc_id             = aws_vpc.main.id
}
resource "aws_ec2_transit_gateway_vpc_attachment" "hub" {
  transit_gateway_id = aws_ec2_transit_gateway.g.id
  vpc_id             = aws_vpc.hub.id
}
"#;

/// Where the gateway sends what comes from `main` for a block; what follows has a question mark if it is not certain.
#[track_caller]
fn check(settings: &str, more: &str, to: &str, expected: &str) {
    let text = format!("{}{more}", HUB.replace("SETTINGS", settings));
    let found = in_vpc(&text, |network| {
        let mut attachments = network.transit_gateway_attachments.iter();
        let from = attachments.find(|attachment| attachment.instance.address.name == "main");
        let to = match to {
            "internet" => Addresses::public(Family::V4),
            block => Addresses::written(Family::V4, Value::string(block), Vec::new()),
        };
        let hop = network.transit_hop(from.expect("there is an attachment `main`").id, &to);
        let target = match hop.target {
            Behind::Attachment(id) => {
                let attachment = network.transit_gateway_attachment(id).expect("it is declared");
                attachment.instance.address.name.to_string()
            }
            other => format!("{other:?}").to_lowercase(),
        };
        format!("{target}{}", if hop.there.is_yes() { "" } else { "?" })
    });
    assert_eq!(found, expected, "{text}");
}

fn route(table: &str, destination: &str, more: &str) -> String {
    format!(
        "resource \"aws_ec2_transit_gateway_route\" \"r\" {{\n transit_gateway_route_table_id = {table}\n destination_cidr_block = {destination}\n {more}\n}}\n"
    )
}

const TO_HUB: &str =
    "transit_gateway_attachment_id = aws_ec2_transit_gateway_vpc_attachment.hub.id";
const DEFAULT: &str = "aws_ec2_transit_gateway.g.association_default_route_table_id";

#[test]
fn the_default_table_has_the_ranges_of_all_attachments() {
    check("", "", "10.1.2.0/24", "hub");
    check("", "", "10.2.0.0/24", "nothing");
    check("", "", "internet", "nothing");
    check("", &route(DEFAULT, "\"0.0.0.0/0\"", TO_HUB), "internet", "hub");
    check("", &route(DEFAULT, "\"0.0.0.0/0\"", "blackhole = true"), "internet", "dropped");
    check("", &route(DEFAULT, "\"10.1.0.0/16\"", "blackhole = true"), "10.1.2.0/24", "dropped");
    let elsewhere = "transit_gateway_attachment_id = \"tgw-attach-1\"";
    check("", &route(DEFAULT, "\"0.0.0.0/0\"", elsewhere), "internet", "elsewhere");
    check("", &route(DEFAULT, "var.v", TO_HUB), "internet", "hub?");
    let vpn = "resource \"aws_vpn_connection\" \"c\" { transit_gateway_id = aws_ec2_transit_gateway.g.id }\n";
    check("", vpn, "192.168.0.0/24", "c?");
}

#[test]
fn without_the_defaults_the_association_decides() {
    let off = "default_route_table_association = \"disable\"\n default_route_table_propagation = \"disable\"\n";
    check(off, "", "10.1.2.0/24", "unknown?");
    let table = "resource \"aws_ec2_transit_gateway_route_table\" \"t\" { transit_gateway_id = aws_ec2_transit_gateway.g.id }\nresource \"aws_ec2_transit_gateway_route_table_association\" \"a\" {\n transit_gateway_attachment_id = aws_ec2_transit_gateway_vpc_attachment.main.id\n transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id\n}\n";
    check(off, table, "10.1.2.0/24", "nothing");
    let own = "aws_ec2_transit_gateway_route_table.t.id";
    let to_hub = route(own, "\"0.0.0.0/0\"", TO_HUB);
    check(off, &format!("{table}{to_hub}"), "internet", "hub");
    let propagation = "resource \"aws_ec2_transit_gateway_route_table_propagation\" \"p\" {\n transit_gateway_attachment_id = aws_ec2_transit_gateway_vpc_attachment.hub.id\n transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.t.id\n}\n";
    check(off, &format!("{table}{propagation}"), "10.1.2.0/24", "hub");
    check(off, &format!("{table}{propagation}"), "10.2.2.0/24", "nothing");
    let perhaps =
        propagation.replacen(" transit_gateway_att", " count = var.v\n transit_gateway_att", 1);
    check(off, &format!("{table}{perhaps}"), "10.1.2.0/24", "hub?");
}
