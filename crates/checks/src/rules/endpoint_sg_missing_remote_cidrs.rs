//! `endpoint-sg-missing-remote-cidrs`.

use privatelint_network::Network;
use privatelint_network::facts::HTTPS;
use privatelint_network::path::Blocker;
use privatelint_network::resources::{Direction, SecurityGroup};

use crate::context::Cx;
use crate::endpoint::services;
use crate::hub::{Cut, cut_by};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds endpoints that other VPCs resolve the service to, and whose security groups do not let those VPCs in.
    ///
    /// ## Why is this bad
    ///
    /// A hosted zone or a Route 53 Profile brings the name of the service to the other VPC, so that its clients ask the central endpoint. The usual rule lets in the endpoint's own VPC only. Clients of the other VPC time out, and no longer have the service's public addresses to fall back on.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc" "app" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "hub" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.app.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_vpc_peering_connection" "app" {
    ///   vpc_id      = aws_vpc.app.id
    ///   peer_vpc_id = aws_vpc.hub.id
    ///   auto_accept = true
    /// }
    ///
    /// resource "aws_route" "to_hub" {
    ///   route_table_id            = aws_vpc.app.main_route_table_id
    ///   destination_cidr_block    = aws_vpc.hub.cidr_block
    ///   vpc_peering_connection_id = aws_vpc_peering_connection.app.id
    /// }
    ///
    /// resource "aws_route" "to_app" {
    ///   route_table_id            = aws_vpc.hub.main_route_table_id
    ///   destination_cidr_block    = aws_vpc.app.cidr_block
    ///   vpc_peering_connection_id = aws_vpc_peering_connection.app.id
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.hub.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.hub.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.hub.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.hub.id
    ///   }
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.app.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "kms" {
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = "kms.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.kms.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.kms.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// A module makes the endpoints, and a Route 53 Profile brings them to the other VPC:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc" "app" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "hub" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.app.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_route" "to_hub" {
    ///   route_table_id         = aws_vpc.app.main_route_table_id
    ///   destination_cidr_block = "10.0.0.0/8"
    ///   transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_route" "to_app" {
    ///   route_table_id         = aws_vpc.hub.main_route_table_id
    ///   destination_cidr_block = "10.0.0.0/8"
    ///   transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
    /// }
    ///
    /// module "endpoints" {
    ///   source     = "./modules/endpoints"
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = aws_vpc.hub.cidr_block
    ///   subnet_ids = [aws_subnet.hub.id]
    /// }
    ///
    /// resource "aws_route53profiles_profile" "shared" {
    ///   name = "shared"
    /// }
    ///
    /// resource "aws_route53profiles_association" "app" {
    ///   name        = "app"
    ///   profile_id  = aws_route53profiles_profile.shared.id
    ///   resource_id = aws_vpc.app.id
    /// }
    ///
    /// resource "aws_route53profiles_resource_association" "endpoint" {
    ///   for_each = module.endpoints.arns
    ///
    ///   name         = each.key
    ///   profile_id   = aws_route53profiles_profile.shared.id
    ///   resource_arn = each.value
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "cidr_block" {
    ///   type = string
    /// }
    ///
    /// variable "subnet_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_security_group" "this" {
    ///   vpc_id = var.vpc_id
    /// }
    ///
    /// resource "aws_vpc_security_group_ingress_rule" "https" {
    ///   security_group_id = aws_security_group.this.id
    ///   from_port         = 443
    ///   to_port           = 443
    ///   ip_protocol       = "tcp"
    ///   cidr_ipv4         = var.cidr_block
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(["kms", "sts"])
    ///
    ///   vpc_id              = var.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = var.subnet_ids
    ///   security_group_ids  = [aws_security_group.this.id]
    ///   private_dns_enabled = true
    /// }
    ///
    /// output "arns" {
    ///   value = { for name, endpoint in aws_vpc_endpoint.this : name => endpoint.arn }
    /// }
    /// ```
    ///
    /// Instead, let the other VPC in too:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc" "app" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "hub" {
    ///   vpc_id     = aws_vpc.hub.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.app.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_route" "to_hub" {
    ///   route_table_id         = aws_vpc.app.main_route_table_id
    ///   destination_cidr_block = "10.0.0.0/8"
    ///   transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_route" "to_app" {
    ///   route_table_id         = aws_vpc.hub.main_route_table_id
    ///   destination_cidr_block = "10.0.0.0/8"
    ///   transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.hub.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.hub.cidr_block, aws_vpc.app.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = [aws_subnet.hub.id]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.app.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "kms" {
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = "kms.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.kms.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.kms.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// Who is let in is not known:
    ///
    /// ```hcl,silent
    /// variable "client_cidrs" {
    ///   type = list(string)
    /// }
    ///
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "hub" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc" "app" {
    ///   cidr_block           = "10.1.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.app.id
    ///   cidr_block = "10.1.0.0/24"
    /// }
    ///
    /// resource "aws_route" "to_hub" {
    ///   route_table_id         = aws_vpc.app.main_route_table_id
    ///   destination_cidr_block = "10.0.0.0/8"
    ///   transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.hub.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = var.client_cidrs
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.hub.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
    ///   security_group_ids  = [aws_security_group.endpoints.id]
    ///   private_dns_enabled = false
    /// }
    ///
    /// resource "aws_route53_zone" "kms" {
    ///   name = "kms.eu-west-1.amazonaws.com"
    ///
    ///   vpc {
    ///     vpc_id = aws_vpc.app.id
    ///   }
    /// }
    ///
    /// resource "aws_route53_record" "kms" {
    ///   zone_id = aws_route53_zone.kms.zone_id
    ///   name    = "kms.eu-west-1.amazonaws.com"
    ///   type    = "A"
    ///
    ///   alias {
    ///     name                   = aws_vpc_endpoint.kms.dns_entry[0].dns_name
    ///     zone_id                = aws_vpc_endpoint.kms.dns_entry[0].hosted_zone_id
    ///     evaluate_target_health = false
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the groups let nobody in, which `endpoint-sg-missing-ingress-443` reports. Where there is no route to the endpoint, which `hub-route-missing` reports. Unless the other VPC is declared here, with a subnet, and its name lookup certainly leads to the endpoint. Where a rule or its source is not known, or a module that was not read is given the group. Clients on premises are not looked at: their addresses are seldom in the code. Another configuration can add rules, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    pub(crate) static ENDPOINT_SG_MISSING_REMOTE_CIDRS = {
        name: "endpoint-sg-missing-remote-cidrs",
        summary: "The security group of an endpoint does not let in a VPC that resolves the service to it",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut cuts = cut_by(network, Blocker::EndpointSecurityGroup);
    // What lets nobody in at all is another finding.
    cuts.retain(|cut| !network.inbound(cut.remote.endpoint.id, HTTPS).allowed.is.is_no());
    let mut seen = Vec::new();
    for cut in &cuts {
        let group = group_of(network, cut);
        let Some(group) = group.filter(|group| !seen.contains(&group.id)) else { continue };
        seen.push(group.id);
        let same: Vec<&Cut<'_, '_>> = cuts
            .iter()
            .filter(|other| group_of(network, other).is_some_and(|of| of.id == group.id))
            .collect();
        report(cx, cut, group, &same);
    }
}

/// The first security group of the endpoint: the one to edit.
fn group_of<'n, 'a>(network: &'n Network<'a>, cut: &Cut<'_, '_>) -> Option<&'n SecurityGroup<'a>> {
    let mut groups = cut.remote.endpoint.security_groups.items.iter();
    groups.find_map(|member| network.security_group(member.target.managed()?))
}

fn report(cx: &Cx<'_>, cut: &Cut<'_, '_>, group: &SecurityGroup<'_>, same: &[&Cut<'_, '_>]) {
    let mut endpoints: Vec<_> = same.iter().map(|cut| cut.remote.endpoint).collect();
    endpoints.sort_by_key(|endpoint| endpoint.id);
    endpoints.dedup_by_key(|endpoint| endpoint.id);
    let mut spokes: Vec<_> = same.iter().map(|cut| cut.remote.spoke).collect();
    spokes.sort_by_key(|vpc| vpc.id);
    spokes.dedup_by_key(|vpc| vpc.id);
    let others = match spokes.len() {
        0 | 1 => String::new(),
        more => format!(" and {} more VPCs", more.saturating_sub(1)),
    };
    let spoke = &cut.remote.spoke.instance.address;
    let message = format!(
        "`{spoke}`{others} resolves {} to endpoints whose security group does not let it in",
        services(&endpoints),
    );
    let mut report = cx
        .report(group.instance, group.instance.header, message)
        .label("lets others in, but not this VPC")
        .evidence(cut.remote.spoke.instance.header, "the clients' VPC")
        .evidence(cut.remote.endpoint.instance.header, "guarded by the group")
        .help(format!("let TCP port {HTTPS} in from the CIDR block of `{spoke}`{others}"));
    let ingress = group.rules.iter().find(|rule| rule.direction == Some(Direction::Ingress));
    if let Some(rule) = ingress {
        report = report.evidence(rule.span, "lets in these only");
    }
    report.unless_completed_elsewhere();
}
