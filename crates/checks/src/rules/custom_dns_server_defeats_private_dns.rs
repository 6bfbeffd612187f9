//! `custom-dns-server-defeats-private-dns`.

use privatelint_diagnostics::Confidence;
use privatelint_evaluator::{Tri, Value};
use privatelint_network::resources::{DhcpOptions, Endpoint, EndpointType, Vpc};
use privatelint_network::{Network, Ref};

use crate::context::Cx;
use crate::doubt;
use crate::endpoint::services;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds VPCs with private DNS for endpoints whose DHCP options send clients to other name servers than the VPC's own resolver.
    ///
    /// ## Why is this bad
    ///
    /// The private names of endpoints are known to the resolver of the VPC only. Another name server answers with the public addresses of the service, unless it forwards the names to that resolver. Then clients do not use the endpoint, and where they have no way to the internet they do not reach the service.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_dhcp_options" "office" {
    ///   domain_name_servers = ["192.168.10.10", "192.168.10.11"]
    /// }
    ///
    /// resource "aws_vpc_dhcp_options_association" "main" {
    ///   vpc_id          = aws_vpc.main.id
    ///   dhcp_options_id = aws_vpc_dhcp_options.office.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Through a module, with the servers in a local value:
    ///
    /// ```hcl,fires
    /// locals {
    ///   name_servers = ["192.168.10.10"]
    /// }
    ///
    /// module "network" {
    ///   source       = "./modules/network"
    ///   name_servers = local.name_servers
    /// }
    ///
    /// resource "aws_vpc_endpoint" "api" {
    ///   for_each = toset(["ssm", "sts"])
    ///
    ///   vpc_id              = module.network.vpc_id
    ///   service_name        = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    ///
    /// # file: modules/network/main.tf
    /// variable "name_servers" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_dhcp_options" "main" {
    ///   domain_name_servers = var.name_servers
    /// }
    ///
    /// resource "aws_vpc_dhcp_options_association" "main" {
    ///   vpc_id          = aws_vpc.main.id
    ///   dhcp_options_id = aws_vpc_dhcp_options.main.id
    /// }
    ///
    /// output "vpc_id" {
    ///   value = aws_vpc.main.id
    /// }
    /// ```
    ///
    /// Instead, ask the VPC's own resolver, and let Route 53 Resolver rules forward the names of the office:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_dhcp_options" "main" {
    ///   domain_name_servers = ["AmazonProvidedDNS"]
    /// }
    ///
    /// resource "aws_vpc_dhcp_options_association" "main" {
    ///   vpc_id          = aws_vpc.main.id
    ///   dhcp_options_id = aws_vpc_dhcp_options.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// Which servers they are is not known:
    ///
    /// ```hcl,silent
    /// variable "name_servers" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block           = "10.0.0.0/16"
    ///   enable_dns_hostnames = true
    /// }
    ///
    /// resource "aws_vpc_dhcp_options" "main" {
    ///   domain_name_servers = var.name_servers
    /// }
    ///
    /// resource "aws_vpc_dhcp_options_association" "main" {
    ///   vpc_id          = aws_vpc.main.id
    ///   dhcp_options_id = aws_vpc_dhcp_options.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id              = aws_vpc.main.id
    ///   service_name        = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type   = "Interface"
    ///   private_dns_enabled = true
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where one of the servers is the VPC's own resolver by any of its addresses, or an address of an inbound resolver endpoint. Where an address is not written in the code, as those of a directory. Where the endpoint's private DNS is off or not known. Whether a server forwards the names of AWS is not in the code, so findings are *possible*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html>
    pub(crate) static CUSTOM_DNS_SERVER_DEFEATS_PRIVATE_DNS = {
        name: "custom-dns-server-defeats-private-dns",
        summary: "Clients in a VPC ask name servers that do not know the private names of its endpoints",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut found: Vec<(&DhcpOptions<'_>, &Vpc<'_>, Vec<&Endpoint<'_>>)> = Vec::new();
    for vpc in network.vpcs.iter().filter(|vpc| !vpc.dhcp.items.is_empty()) {
        let endpoints = with_private_dns(network, vpc);
        if endpoints.is_empty() {
            continue;
        }
        let others = network.asks_other_servers(vpc.id);
        if others.is.is_unknown() {
            let span = vpc.dhcp.items.first().map_or(vpc.instance.header, |member| member.span);
            let question = "do clients ask the resolver that knows the endpoints' names?";
            doubt::undecided(cx, span, question, others.doubts);
        }
        let certain = vpc.dhcp.items.iter().filter(|member| member.there.is_yes());
        let options = certain.filter_map(|member| member.target.managed()).next();
        let options = options.and_then(|options| network.dhcp_options_with(options));
        let Some(options) = options.filter(|_| others.is.is_yes()) else { continue };
        let is_known = found.iter().any(|(other, _, _)| other.id == options.id);
        if !is_known && !asks_inbound_endpoint(network, options) {
            found.push((options, vpc, endpoints));
        }
    }
    for (options, vpc, endpoints) in found {
        report(cx, options, vpc, &endpoints);
    }
}

/// The interface endpoints of a VPC that certainly have private DNS there.
fn with_private_dns<'n, 'a>(network: &'n Network<'a>, vpc: &Vpc<'_>) -> Vec<&'n Endpoint<'a>> {
    let found = network.endpoints_of(&Ref::Managed(vpc.id)).into_iter();
    let certain = found.filter(|found| found.there.is_yes());
    let endpoints = certain.filter_map(|found| network.endpoint(found.endpoint));
    endpoints
        .filter(|endpoint| {
            let with_gateway =
                endpoint.service.service.is_some_and(|of| of.offers(EndpointType::Gateway));
            let inbound_only = if with_gateway { endpoint.inbound_only() } else { Tri::No };
            Tri::all([
                endpoint.is_type(EndpointType::Interface),
                endpoint.private_dns.is,
                !inbound_only,
            ])
            .is_yes()
        })
        .collect()
}

/// Whether one of the servers is an address that is written for an inbound resolver endpoint, which knows names as its VPC does.
fn asks_inbound_endpoint(network: &Network<'_>, options: &DhcpOptions<'_>) -> bool {
    let servers = options.servers.value.as_elements().unwrap_or_default();
    let inbound = network.resolver_endpoints.iter().filter(|endpoint| !endpoint.inbound.is_no());
    inbound.flat_map(|endpoint| endpoint.instance.body.nested("ip_address")).any(|block| {
        let ip = block.body.get("ip").unwrap_or(&Value::Null);
        servers.iter().any(|server| server.equals(ip).is_yes())
    })
}

fn report(cx: &Cx<'_>, options: &DhcpOptions<'_>, vpc: &Vpc<'_>, endpoints: &[&Endpoint<'_>]) {
    let span = options.servers.span.unwrap_or(options.instance.header);
    let server = options.servers.value.as_elements().and_then(|all| all.first()?.as_str());
    let message = format!(
        "clients in `{}` ask `{}`, which knows the private names of {} only if it forwards them",
        vpc.instance.address,
        server.unwrap_or("another name server"),
        services(endpoints),
    );
    let mut report = cx
        .report(options.instance, span, message)
        .label("not the VPC's own resolver")
        .help("use `AmazonProvidedDNS` with Route 53 Resolver rules for the other names, or let the servers forward `amazonaws.com` to the VPC's resolver")
        .confidence(Confidence::Possible);
    if let Some(member) = vpc.dhcp.items.first() {
        report = report.evidence(member.span, "gives them to the VPC");
    }
    if let Some(endpoint) = endpoints.first() {
        let span = endpoint.private_dns.span.unwrap_or(endpoint.instance.header);
        report = report.evidence(span, "its names are private");
    }
    drop(report);
}
