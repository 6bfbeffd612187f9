//! `subnet-bypasses-gateway-endpoint`.

use std::collections::BTreeMap;

use privatelint_diagnostics::{Confidence, Severity, Span};
use privatelint_evaluator::{Address, Instance, InstanceKey, Multiplicity, Tri};
use privatelint_network::resources::{Endpoint, EndpointType, RouteTable, SubnetId};
use privatelint_network::{Doubt, Network, Ref};

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::way_out::{Parts, WayOut, subnets_by_table, way_out};
use crate::words::listed;
use crate::{doubt, endpoint};

declare_rule! {
    /// ## What it does
    ///
    /// Finds gateway endpoints that are not in a route table which private subnets of the same VPC use: one table of a block with `count` or `for_each` was named, and the others were not, or a table whose default route is a NAT gateway was left out.
    ///
    /// ## Why is this bad
    ///
    /// A gateway endpoint is a route. Subnets whose table does not have it go on using their default route: the traffic of those zones is billed by the gigabyte at the NAT gateway, and without a NAT gateway the service cannot be reached at all. Nobody notices, because the other zones are fine.
    ///
    /// ## Examples
    ///
    /// The first of several tables:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// locals {
    ///   zones = ["eu-west-1a", "eu-west-1b"]
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = local.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   count = length(local.zones)
    ///
    ///   subnet_id      = aws_subnet.private[count.index].id
    ///   route_table_id = aws_route_table.private[count.index].id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private[0].id]
    /// }
    /// ```
    ///
    /// A table that was not handed to the module with the endpoint:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_subnet" "batch" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.2.0/24"
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route_table" "batch" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = "nat-0a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_route_table_association" "batch" {
    ///   subnet_id      = aws_subnet.batch.id
    ///   route_table_id = aws_route_table.batch.id
    /// }
    ///
    /// module "endpoints" {
    ///   source = "./modules/endpoints"
    ///
    ///   vpc_id          = aws_vpc.main.id
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    ///
    /// # file: modules/endpoints/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// variable "route_table_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = var.vpc_id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = var.route_table_ids
    /// }
    /// ```
    ///
    /// Instead, every one of them:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// locals {
    ///   zones = ["eu-west-1a", "eu-west-1b"]
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   availability_zone = local.zones[count.index]
    ///   cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   count = length(local.zones)
    ///
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   count = length(local.zones)
    ///
    ///   subnet_id      = aws_subnet.private[count.index].id
    ///   route_table_id = aws_route_table.private[count.index].id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = aws_route_table.private[*].id
    /// }
    /// ```
    ///
    /// Public subnets reach S3 without a NAT gateway, at no cost:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_internet_gateway" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_route_table" "public" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block = "0.0.0.0/0"
    ///     gateway_id = aws_internet_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "public" {
    ///   subnet_id      = aws_subnet.public.id
    ///   route_table_id = aws_route_table.public.id
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private.id]
    /// }
    /// ```
    ///
    /// Which tables the endpoint is in is not known:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// variable "route_table_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = "nat-0a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   subnet_id      = aws_subnet.private.id
    ///   route_table_id = aws_route_table.private.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = var.route_table_ids
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For tables whose default route is an internet gateway, which costs nothing. For tables without a default route, unless another table of the same block has the endpoint: a tier that reaches nothing is often meant so, and what a workload in it needs is another rule's matter. For tables that serve only the subnets of firewalls, Gateway Load Balancer endpoints, transit gateway attachments and NAT gateways: what arrives there comes from elsewhere. For an endpoint that is in no table at all, which another rule reports. Where an interface endpoint with private DNS takes the traffic. Where the tables of the endpoint or of the subnets are not known.
    ///
    /// An endpoint that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
    pub(crate) static SUBNET_BYPASSES_GATEWAY_ENDPOINT = {
        name: "subnet-bypasses-gateway-endpoint",
        summary: "A gateway endpoint is not in a route table that private subnets of its VPC use",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The most tables that a message names, and that are shown.
const MOST_TABLES: usize = 3;

/// A route table that a gateway endpoint is not in.
struct Bypass<'n, 'a> {
    table: &'n RouteTable<'a>,
    way: WayOut,
    /// The default route.
    route: Option<Span>,
    /// A subnet that uses the table.
    subnet: SubnetId,
    /// Whether the endpoint is in another table of the same block.
    has_sibling: bool,
}

/// Endpoints that one block of code makes and that are not in these tables.
#[derive(Default)]
struct Place<'n, 'a> {
    endpoints: Vec<&'n Endpoint<'a>>,
    bypasses: Vec<Bypass<'n, 'a>>,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let candidates: Vec<_> = network
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.is_type(EndpointType::Gateway).is_yes())
        .filter(|endpoint| endpoint.instance.multiplicity == Multiplicity::One)
        .filter(|endpoint| endpoint.vpc.managed().is_some() && endpoint.service.service.is_some())
        .collect();
    if candidates.is_empty() {
        return;
    }
    let parts = Parts::of(network);
    let mut open: Vec<(&RouteTable<'_>, Doubt)> = Vec::new();
    let tables: Vec<_> = subnets_by_table(network)
        .into_iter()
        .filter_map(|(table, subnets)| {
            let (way, route) = way_out(network, table);
            let table = network.route_table(table).filter(|_| way != WayOut::Internet)?;
            let client = subnets.iter().find(|subnet| !parts.may_be_in(**subnet));
            if client.is_none() {
                // Whether clients are in any of its subnets is not known.
                let doubt = subnets.iter().find_map(|subnet| parts.doubt_about(*subnet));
                open.extend(doubt.map(|doubt| (table, doubt.clone())));
            }
            Some((table, way, route, *client?))
        })
        .collect();
    let mut places: BTreeMap<(Span, Vec<Address>), Place<'_, '_>> = BTreeMap::new();
    for endpoint in candidates {
        let perhaps = open.iter().find(|(table, _)| lacks(network, endpoint, table));
        if let Some((_, doubt)) = perhaps {
            let question = "do clients in private subnets bypass the gateway endpoint?";
            doubt::undecided(cx, endpoint.instance.header, question, [doubt.clone()]);
        }
        let missing = tables
            .iter()
            .filter(|(table, ..)| lacks(network, endpoint, table))
            .map(|(table, way, route, subnet)| Bypass {
                table,
                way: *way,
                route: *route,
                subnet: *subnet,
                has_sibling: has_sibling(network, endpoint, table, *way),
            })
            .filter(|bypass| bypass.way == WayOut::Nat || bypass.has_sibling);
        let bypasses: Vec<_> = missing.collect();
        if bypasses.is_empty() {
            continue;
        }
        let span = endpoint.route_tables.span.unwrap_or(endpoint.instance.header);
        if !endpoint.route_tables.is_complete() {
            let doubts = doubt::of_members(&endpoint.route_tables);
            let question = "is the gateway endpoint in the route tables of all private subnets?";
            doubt::undecided(cx, span, question, doubts);
            continue;
        }
        let addresses =
            bypasses.iter().map(|bypass| bypass.table.instance.address.clone()).collect();
        let place = places.entry((span, addresses)).or_default();
        place.endpoints.push(endpoint);
        place.bypasses = bypasses;
    }
    for ((span, _), place) in &places {
        report(cx, network, *span, place);
    }
}

/// Whether the traffic of a table's subnets to the endpoint's service certainly finds no endpoint, as far as the tables that are listed
/// for endpoints tell.
fn lacks(network: &Network<'_>, endpoint: &Endpoint<'_>, table: &RouteTable<'_>) -> bool {
    let Some(service) = endpoint.service.service else { return false };
    let service = service.short_name.as_str();
    if !network.same_vpc(&endpoint.vpc, &table.vpc).is_yes()
        || !endpoint.route_tables.is_empty().is_no()
        || !network.uses_interface_endpoint(&endpoint.vpc, service).is_no()
    {
        return false;
    }
    // The endpoint itself may be in it, as far as its list is not known; nobody else's may.
    let mut having = network.gateway_endpoints_of(table.id).into_iter();
    !having.any(|found| {
        let is_certainly_listed = found.there.is_yes();
        network.endpoint(found.endpoint).is_some_and(|other| {
            (other.id != endpoint.id || is_certainly_listed) && !other.service.is(service).is_no()
        })
    })
}

/// Whether an endpoint is in another table of the block that makes this one, with the same way out: one block may make the tables of tiers
/// that differ.
fn has_sibling(
    network: &Network<'_>,
    endpoint: &Endpoint<'_>,
    table: &RouteTable<'_>,
    way: WayOut,
) -> bool {
    if table.instance.address.key == InstanceKey::None {
        return false;
    }
    endpoint.route_tables.items.iter().filter(|member| member.there == Tri::Yes).any(|member| {
        let Ref::Managed(id) = member.target else { return false };
        network.route_table(id).is_some_and(|other| {
            is_of_block(&other.instance.address, &table.instance.address)
                && way_out(network, id).0 == way
        })
    })
}

/// Whether two instances are of one block.
fn is_of_block(one: &Address, other: &Address) -> bool {
    (&one.module, &one.kind, &one.name) == (&other.module, &other.kind, &other.name)
}

fn report(cx: &Cx<'_>, network: &Network<'_>, span: Span, place: &Place<'_, '_>) {
    let Some(first) = place.endpoints.first() else { return };
    let names = names(&place.bypasses);
    let is_counted = place.bypasses.iter().any(|bypass| bypass.has_sibling);
    let ways: Vec<WayOut> = place.bypasses.iter().map(|bypass| bypass.way).collect();
    let outcome = if ways.contains(&WayOut::Nat) {
        "goes through the NAT gateway"
    } else if ways.iter().all(|way| *way == WayOut::Nothing) {
        "has no way to the service"
    } else {
        "goes past it"
    };
    let what = match place.endpoints.as_slice() {
        [endpoint] => endpoint::describe(endpoint),
        endpoints => format!("gateway endpoint for {}", endpoint::services(endpoints)),
    };
    let (tables, their) = match place.bypasses.as_slice() {
        [_] => ("route table", "its"),
        _ => ("route tables", "their"),
    };
    let message = format!(
        "the {what} is not in the {tables} {}: the traffic of {their} subnets {outcome}",
        listed(&names, MOST_TABLES),
    );
    let label = if is_counted { "not every table of the block" } else { "not every private table" };
    let help = if is_counted {
        let block = place.bypasses.iter().find(|bypass| bypass.has_sibling);
        block.map(|bypass| all_of_block(bypass.table.instance)).unwrap_or_default()
    } else {
        format!("add {} to `route_table_ids`", listed(&names, MOST_TABLES))
    };
    // Numbers tell zones apart; keys may tell tiers apart that are meant to differ.
    let is_number = |bypass: &Bypass<'_, '_>| {
        bypass.has_sibling && matches!(bypass.table.instance.address.key, InstanceKey::Int(_))
    };
    let is_sure = place.bypasses.iter().any(is_number);
    let severity = if is_sure { Severity::Error } else { Severity::Warning };
    let mut report = cx
        .report(first.instance, span, message)
        .label(label)
        .help(help)
        .severity(severity)
        .confidence(Confidence::Likely);
    for bypass in place.bypasses.iter().take(MOST_TABLES) {
        let subnet = network.subnet(bypass.subnet).map(|subnet| subnet.instance);
        let evidence = [
            Some((bypass.table.instance.header, "this table has no route to the endpoint")),
            bypass.route.map(|route| (route, "where the traffic goes instead")),
            subnet.map(|subnet| (subnet.header, "uses that table")),
        ];
        for (span, message) in evidence.into_iter().flatten() {
            report = report.evidence_once(span, message);
        }
    }
    report.unless_attached_elsewhere();
}

/// What the tables are called: those of one block by the block, if there are several of it.
fn names(bypasses: &[Bypass<'_, '_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for bypass in bypasses {
        let address = &bypass.table.instance.address;
        let of_block =
            bypasses.iter().filter(|other| is_of_block(&other.table.instance.address, address));
        let name = match of_block.count() {
            0 | 1 => format!("`{}`", address.within_module()),
            _ => format!("`{}.{}`", address.kind, address.name),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// How to name every table of a block.
fn all_of_block(table: &Instance) -> String {
    let address = &table.address;
    let all = match address.key {
        InstanceKey::String(_) => {
            format!("[for table in {}.{} : table.id]", address.kind, address.name)
        }
        _ => format!("{}.{}[*].id", address.kind, address.name),
    };
    format!("name every table of the block: `route_table_ids = {all}`")
}
