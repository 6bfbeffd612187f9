//! `nat-without-free-gateway-endpoint`.

use std::collections::BTreeSet;

use privatelint_diagnostics::{Cause, Confidence, Severity, Span};
use privatelint_evaluator::{Address, Multiplicity, Tri, Unknown, Value};
use privatelint_network::path::{From, Kind};
use privatelint_network::policy::{self, Reading};
use privatelint_network::resources::{
    EndpointType, RemoteKind, RemoteSide, RouteTable, Vpc, VpcId,
};
use privatelint_network::{Doubt, NatRoute, Network, Ref, facts};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds VPCs that send their traffic to a NAT gateway and have no gateway endpoint for S3 or for DynamoDB.
    ///
    /// DynamoDB alone is an *info*; it counts as S3 does if the configuration has a DynamoDB table or an IAM policy that allows `dynamodb:` actions.
    ///
    /// ## Why is this bad
    ///
    /// A NAT gateway bills every gigabyte that goes through it. Gateway endpoints for S3 and DynamoDB cost nothing, neither by the hour nor by the gigabyte, and S3 alone is often most of the traffic: container image layers, packages, logs, backups. The path is also private, and has no connection limit of the NAT gateway in it.
    ///
    /// ## Examples
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
    /// resource "aws_subnet" "public" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_nat_gateway" "main" {
    ///   allocation_id = "eipalloc-0a1b2c3d4e5f60718"
    ///   subnet_id     = aws_subnet.public.id
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = aws_nat_gateway.main.id
    ///   }
    /// }
    /// ```
    ///
    /// A NAT gateway in every zone, in a module of its own:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// module "network" {
    ///   source = "./modules/network"
    ///
    ///   zones = ["eu-west-1a", "eu-west-1b"]
    /// }
    ///
    /// # file: modules/network/main.tf
    /// variable "zones" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   count = length(var.zones)
    ///
    ///   vpc_id            = aws_vpc.this.id
    ///   availability_zone = var.zones[count.index]
    ///   cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
    /// }
    ///
    /// resource "aws_eip" "nat" {
    ///   count = length(var.zones)
    ///
    ///   domain = "vpc"
    /// }
    ///
    /// resource "aws_nat_gateway" "this" {
    ///   count = length(var.zones)
    ///
    ///   allocation_id = aws_eip.nat[count.index].id
    ///   subnet_id     = aws_subnet.public[count.index].id
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   count = length(var.zones)
    ///
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route" "nat" {
    ///   count = length(var.zones)
    ///
    ///   route_table_id         = aws_route_table.private[count.index].id
    ///   destination_cidr_block = "0.0.0.0/0"
    ///   nat_gateway_id         = aws_nat_gateway.this[count.index].id
    /// }
    /// ```
    ///
    /// Instead, two more resources:
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
    /// resource "aws_subnet" "public" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_nat_gateway" "main" {
    ///   allocation_id = "eipalloc-0a1b2c3d4e5f60718"
    ///   subnet_id     = aws_subnet.public.id
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = aws_nat_gateway.main.id
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "gateway" {
    ///   for_each = toset(["s3", "dynamodb"])
    ///
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.${each.key}"
    ///   route_table_ids = [aws_route_table.private.id]
    /// }
    /// ```
    ///
    /// What endpoints a VPC that is made elsewhere has cannot be seen:
    ///
    /// ```hcl,silent
    /// data "aws_vpc" "shared" {
    ///   tags = { Name = "shared" }
    /// }
    ///
    /// resource "aws_nat_gateway" "main" {
    ///   allocation_id = "eipalloc-0a1b2c3d4e5f60718"
    ///   subnet_id     = "subnet-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   vpc_id = data.aws_vpc.shared.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = aws_nat_gateway.main.id
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// In VPCs that are not declared here, for NAT gateways that are private or have no way to the internet themselves, and where the endpoint, the route or the gateway is perhaps there because something is not known. In a central VPC whose NAT gateway serves other VPCs over a transit gateway or Cloud WAN: a gateway endpoint does not serve those. It counts as one if no subnet but those of the attachment sends its traffic to the NAT gateway. Where an interface endpoint with private DNS takes the traffic of the VPC itself: what that costs is another rule's matter.
    ///
    /// An endpoint that another configuration makes cannot be seen, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-ddb.html>
    pub(crate) static NAT_WITHOUT_FREE_GATEWAY_ENDPOINT = {
        name: "nat-without-free-gateway-endpoint",
        summary: "A VPC with a NAT gateway has no gateway endpoint for S3 or DynamoDB, which are free",
        category: Cost,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// A service whose gateway endpoint saves money.
struct Saving {
    /// Its short name.
    service: &'static str,
    /// How it is called in a sentence.
    title: &'static str,
    /// What shows that it is used here; `None` if nearly everybody uses it.
    users: Option<Users>,
}

/// What shows that a service is used.
struct Users {
    /// The type of the resources that it is made of.
    kind: &'static str,
    /// How the actions on them begin.
    actions: &'static str,
}

const SAVINGS: [Saving; 2] = [
    Saving { service: "s3", title: "S3", users: None },
    Saving {
        service: "dynamodb",
        title: "DynamoDB",
        users: Some(Users { kind: "aws_dynamodb_table", actions: "dynamodb:" }),
    },
];

/// The most routes to show: there is one for every zone, and they are alike.
const MOST_ROUTES: usize = 3;

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for vpc in &network.vpcs {
        let routes = network.nat_default_routes(&Ref::Managed(vpc.id));
        if !routes.is_empty() {
            check_vpc(cx, network, vpc, &routes);
        }
    }
}

fn check_vpc(cx: &Cx<'_>, network: &Network<'_>, vpc: &Vpc<'_>, routes: &[NatRoute]) {
    let has_route = Tri::any(routes.iter().map(|route| route.there));
    let own_traffic = has_traffic_of_its_own(network, vpc.id, routes);
    let leads_out = leads_out(network, routes);
    let mut paying = Vec::new();
    for saving in &SAVINGS {
        let here = Ref::Managed(vpc.id);
        let endpoint = network.has_endpoint(&here, saving.service, EndpointType::Gateway);
        let taken = network.uses_interface_endpoint(&here, saving.service);
        let pays = Tri::all([has_route, leads_out, own_traffic, !endpoint.is, !taken]);
        if pays.is_yes() {
            paying.push(saving);
        } else if pays.is_unknown() {
            let question =
                format!("does the VPC pay for {} traffic that could be free?", saving.title);
            let doubts = endpoint
                .doubts
                .into_iter()
                .chain(has_route.is_unknown().then(|| perhaps_no_route(network, routes)))
                .chain(leads_out.is_unknown().then(perhaps_dead_end))
                .chain(own_traffic.is_unknown().then(perhaps_central))
                .chain(taken.is_unknown().then(perhaps_taken));
            doubt::undecided(cx, vpc.instance.header, &question, doubts);
        }
    }
    if !paying.is_empty() {
        report(cx, network, vpc, routes, &paying);
    }
}

/// One finding for a VPC: its services have one cause and one cure. A service that nothing shows to be used is left out where another one is.
fn report(
    cx: &Cx<'_>,
    network: &Network<'_>,
    vpc: &Vpc<'_>,
    routes: &[NatRoute],
    paying: &[&Saving],
) {
    let place_of_use =
        |saving: &Saving| saving.users.as_ref().and_then(|users| user(network, users));
    let (used, unused): (Vec<&Saving>, Vec<&Saving>) =
        paying.iter().partition(|saving| saving.users.is_none() || place_of_use(saving).is_some());
    let severity = if used.is_empty() { Severity::Info } else { Severity::Warning };
    let services = if used.is_empty() { unused } else { used };
    let titles = services.iter().map(|saving| saving.title).collect::<Vec<_>>().join(" and ");
    let are = if services.len() == 1 { "a gateway endpoint is" } else { "gateway endpoints are" };
    let names: Vec<String> = services.iter().map(|saving| name(network, vpc, saving)).collect();
    let message = format!(
        "{titles} traffic through the VPC's NAT gateway is billed by the gigabyte; {are} free"
    );
    let help = format!(
        "add an `aws_vpc_endpoint` {} with the private route tables in `route_table_ids`",
        names.join(" and another ")
    );
    let mut report = cx
        .report(vpc.instance, vpc.instance.header, message)
        .label(format!("no gateway endpoint for {titles} in this VPC"))
        .help(help)
        .severity(severity)
        .confidence(Confidence::Likely);
    let mut spans: Vec<Span> =
        routes.iter().filter(|route| route.there.is_yes()).map(|route| route.span).collect();
    spans.sort_unstable();
    spans.dedup();
    for span in spans.into_iter().take(MOST_ROUTES) {
        report = report.evidence(span, "default route to a NAT gateway");
    }
    for saving in services {
        if let Some(span) = place_of_use(saving) {
            report = report.evidence(span, format!("uses {}", saving.title));
        }
    }
    drop(report);
}

fn name(network: &Network<'_>, vpc: &Vpc<'_>, saving: &Saving) -> String {
    let region = network.region_of(vpc.instance);
    match region.known().zip(facts::service(saving.service)) {
        Some((region, service)) => format!("for `{}`", service.name_in(region)),
        None => format!("for {}", saving.title),
    }
}

/// A place that shows that a service is used.
fn user(network: &Network<'_>, users: &Users) -> Option<Span> {
    let certain =
        network.instances.iter().filter(|instance| instance.multiplicity == Multiplicity::One);
    certain
        .filter(|instance| {
            instance.address.kind == users.kind
                || instance.body.get("policy").is_some_and(|policy| allows(policy, users.actions))
        })
        .map(|instance| instance.header)
        .next()
}

/// Whether a policy certainly allows an action that begins like this.
fn allows(policy: &Value, actions: &str) -> bool {
    let Reading::Policy(policy) = policy::read(policy) else { return false };
    policy.statements.iter().any(|statement| {
        statement.allows.is_yes()
            && !statement.not_action
            && statement
                .actions
                .iter()
                .any(|action| action.to_ascii_lowercase().starts_with(actions))
    })
}

/// Whether something in the VPC itself sends traffic to the NAT gateway. A central VPC's NAT gateway may be there for other VPCs
/// only: then all that is routed to it is the attachment's subnets, in which the traffic of those arrives.
fn has_traffic_of_its_own(network: &Network<'_>, vpc: VpcId, routes: &[NatRoute]) -> Tri {
    let attachments: Vec<_> = network
        .remote_sides
        .iter()
        .filter(|side| is_hub(side) && !network.is_vpc(&side.vpc, vpc).is_no())
        .collect();
    if attachments.is_empty() {
        return Tri::Yes;
    }
    let Some(attached) = attached_subnets(&attachments) else { return Tri::Unknown };
    let tables = routes.iter().filter(|route| route.there.is_yes());
    let tables = tables.filter_map(|route| network.route_table(route.route_table));
    if tables.into_iter().any(|table| has_other_subnet(network, table, &attached)) {
        Tri::Yes
    } else {
        Tri::Unknown
    }
}

/// Whether the NAT gateways take the traffic of a subnet out: one that is in a subnet without a way to the internet does not. Of tables
/// whose subnets cannot be seen it is taken that they do.
fn leads_out(network: &Network<'_>, routes: &[NatRoute]) -> Tri {
    let tables = routes.iter().filter_map(|route| network.route_table(route.route_table));
    let mut associations = tables.flat_map(|table| &table.associations).peekable();
    if associations.peek().is_none() {
        return Tri::Yes;
    }
    Tri::any(associations.map(|association| {
        let subnet = association.subnet.managed();
        let Some(from) = subnet.and_then(|subnet| From::subnet(network, subnet)) else {
            return Tri::Unknown;
        };
        let path = network.path_to_internet(&from);
        if path.is_decided() { (path.kind != Kind::None).into() } else { Tri::Unknown }
    }))
}

fn is_hub(side: &RemoteSide<'_>) -> bool {
    matches!(side.kind, RemoteKind::TransitGateway | RemoteKind::CloudWan)
}

/// The addresses of the subnets of attachments, if all are known.
fn attached_subnets(attachments: &[&RemoteSide<'_>]) -> Option<BTreeSet<Address>> {
    let mut subnets = BTreeSet::new();
    for side in attachments {
        let lists = ["subnet_ids", "subnet_arns"];
        let list = lists.iter().find_map(|name| side.instance.body.get(name))?;
        for element in list.as_elements()? {
            match element {
                Value::Unknown(Unknown::Computed(attribute)) => {
                    subnets.insert(attribute.of.clone())
                }
                Value::String(_) => continue,
                _ => return None,
            };
        }
    }
    Some(subnets)
}

fn has_other_subnet(
    network: &Network<'_>,
    table: &RouteTable<'_>,
    attached: &BTreeSet<Address>,
) -> bool {
    table.associations.iter().filter(|association| association.there.is_yes()).any(|association| {
        let subnet = association.subnet.managed().and_then(|subnet| network.subnet(subnet));
        subnet.is_some_and(|subnet| !attached.contains(&subnet.instance.address))
    })
}

/// Why no route is certainly one to a NAT gateway.
fn perhaps_no_route(network: &Network<'_>, routes: &[NatRoute]) -> Doubt {
    let of_route = |route: &NatRoute| {
        let nat =
            route.nat.managed().and_then(|nat| network.nat_gateway(nat)).map(|nat| nat.instance);
        let table = network.route_table(route.route_table);
        let by = table
            .and_then(|table| table.routes.iter().find(|own| own.span == route.span))
            .map(|own| own.by);
        let instances = [table.map(|table| table.instance), by, nat];
        let perhaps =
            instances.into_iter().flatten().find(|one| one.multiplicity == Multiplicity::Unknown);
        perhaps
            .map(Doubt::of_multiplicity)
            .or_else(|| Some(Doubt::of_unknown(route.nat.unknown()?, Some(route.span))))
    };
    routes.iter().find_map(of_route).unwrap_or_else(|| {
        Doubt::new(
            "whether a route leads to a public NAT gateway is not known",
            "give the variables in the route and the gateway a value with `--var-file`",
            None,
        )
    })
}

fn perhaps_dead_end() -> Doubt {
    Doubt::new(
        "whether the NAT gateway has a way to the internet is not known",
        "`privatelint paths` shows what is not known of it",
        None,
    )
}

fn perhaps_taken() -> Doubt {
    Doubt::new(
        "an interface endpoint with private DNS may take the traffic",
        "give the variables of that endpoint a value with `--var-file`",
        None,
    )
}

fn perhaps_central() -> Doubt {
    Doubt::new(
        "its NAT gateway may be there for the VPCs behind its transit gateway only",
        "lint it together with the code that routes its subnets",
        None,
    )
    .of_kind(Cause::Elsewhere)
}
