//! `path-expectation-broken`.

use privatelint_evaluator::Address;
use privatelint_network::Network;
use privatelint_network::path::{From, Kind, Path};

use crate::context::Cx;
use crate::doubt;
use crate::expectation::Expectation;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds subnets and workloads whose traffic to a service goes another way than an `expect` block of `.privatelint.hcl` says:
    ///
    /// ```text
    /// expect "private" {
    ///   from = ["aws_subnet.app*"]
    ///   to   = ["s3", "kms"]
    ///   path = ["gateway", "interface"]
    /// }
    /// ```
    ///
    /// Ways are `gateway`, `interface`, `hub`, `nat`, `internet`, `inspection` (a firewall is passed) and `none`. `privatelint paths` shows the ways that the code has now.
    ///
    /// ## Why is this bad
    ///
    /// The code no longer does what its authors said it must. A route or an endpoint that is lost does not fail the plan: traffic moves to the NAT gateway, or stops.
    ///
    /// ## Examples
    ///
    /// With this `.privatelint.hcl` the subnet's traffic to S3 must take a gateway endpoint; nothing routes it there:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// # file: .privatelint.hcl
    /// expect "private" {
    ///   from = ["aws_subnet.app"]
    ///   to   = ["s3"]
    ///   path = ["gateway"]
    /// }
    /// ```
    ///
    /// A module makes the subnets, and one of its route tables is missing in the list:
    ///
    /// ```hcl,fires
    /// module "network" {
    ///   source = "./modules/network"
    /// }
    ///
    /// # file: modules/network/main.tf
    /// resource "aws_vpc" "this" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   count = 2
    ///
    ///   vpc_id     = aws_vpc.this.id
    ///   cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 8, count.index)
    /// }
    ///
    /// resource "aws_route_table" "private" {
    ///   count = 2
    ///
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route_table_association" "private" {
    ///   count = 2
    ///
    ///   subnet_id      = aws_subnet.private[count.index].id
    ///   route_table_id = aws_route_table.private[count.index].id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.this.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.private[0].id]
    /// }
    ///
    /// # file: .privatelint.hcl
    /// expect "private" {
    ///   from = ["aws_subnet.private*"]
    ///   to   = ["s3"]
    ///   path = ["gateway"]
    /// }
    /// ```
    ///
    /// The traffic goes as it is expected to:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_route_table" "app" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = aws_route_table.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.main.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.app.id]
    /// }
    ///
    /// # file: .privatelint.hcl
    /// expect "private" {
    ///   from = ["aws_subnet.app"]
    ///   to   = ["s3"]
    ///   path = ["gateway"]
    /// }
    /// ```
    ///
    /// Which route table the subnet has is not known:
    ///
    /// ```hcl,silent
    /// variable "route_table_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "app" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_route_table_association" "app" {
    ///   subnet_id      = aws_subnet.app.id
    ///   route_table_id = var.route_table_id
    /// }
    ///
    /// # file: .privatelint.hcl
    /// expect "private" {
    ///   from = ["aws_subnet.app"]
    ///   to   = ["s3"]
    ///   path = ["gateway"]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the code does not decide the way: that is listed by `--coverage`. Without an `expect` block. A pattern that means no subnet and no workload is a note.
    ///
    /// ## References
    ///
    /// - [The configuration file](../configuration.md)
    pub(crate) static PATH_EXPECTATION_BROKEN = {
        name: "path-expectation-broken",
        summary: "Traffic to a service goes another way than the repository expects",
        category: Connectivity,
        severity: Error,
        since: "0.1.0",
        check: Check::Expectations(check),
    }
}

/// The most hops that a finding shows.
const MOST_HOPS: usize = 4;

fn check(cx: &Cx<'_>, network: &Network<'_>, expectations: &[Expectation]) {
    for expectation in expectations {
        for from in places(cx, network, expectation) {
            check_place(cx, network, expectation, &from);
        }
    }
}

/// The places in the network that an expectation means, subnets first.
fn places<'n, 'a>(
    cx: &Cx<'_>,
    network: &'n Network<'a>,
    expectation: &Expectation,
) -> Vec<From<'n, 'a>> {
    let mut found = Vec::new();
    let means = |address: &Address| {
        let whole = address.to_string();
        let within_module = address.within_module().to_string();
        let meaning = expectation.from.iter().filter(|place| place.means(&whole, &within_module));
        let mut any = false;
        for place in meaning {
            any = true;
            cx.means_something(place.span);
        }
        any
    };
    for subnet in &network.subnets {
        if means(&subnet.instance.address) {
            found.extend(From::subnet(network, subnet.id));
        }
    }
    for workload in network.workloads() {
        if means(&workload.instance.address) {
            let subnets = workload.subnets.items.iter().filter(|member| member.there.is_yes());
            let subnets = subnets.filter_map(|member| member.target.managed());
            found.extend(subnets.filter_map(|subnet| From::workload(network, workload, subnet)));
        }
    }
    found
}

fn check_place(cx: &Cx<'_>, network: &Network<'_>, expectation: &Expectation, from: &From<'_, '_>) {
    // One finding for all services that go the same wrong way.
    let mut broken: Vec<(Path, Vec<&str>)> = Vec::new();
    for service in &expectation.to {
        let path = network.path(from, service);
        if !path.is_decided() {
            let question =
                format!("does traffic to `{service}` go as `{}` says?", expectation.name);
            doubt::undecided(cx, from.instance.header, &question, path.doubts);
        } else if !expectation.allows(&path) {
            let same = |other: &Path| (other.kind, other.inspected) == (path.kind, path.inspected);
            match broken.iter_mut().find(|(other, _)| same(other)) {
                Some((_, services)) => services.push(service),
                None => broken.push((path, vec![service])),
            }
        }
    }
    for (path, services) in &broken {
        report(cx, expectation, from, path, services);
    }
}

fn report(
    cx: &Cx<'_>,
    expectation: &Expectation,
    from: &From<'_, '_>,
    path: &Path,
    services: &[&str],
) {
    let services: Vec<_> = services.iter().map(|service| format!("`{service}`")).collect();
    let expected: Vec<_> = expectation.ways.iter().map(|way| way.as_str()).collect();
    let message = format!(
        "`{}` {}, and `{}` expects {}",
        from.instance.address,
        reaches(path, &services.join(", ")),
        expectation.name,
        expected.join(" or "),
    );
    let mut report = cx
        .report(from.instance, from.instance.header, message)
        .evidence(expectation.span, "expected here")
        .help(match &path.blocked {
            Some(blocked) => blocked.open_by.clone(),
            None => "change what leads it there, or the expectation".to_owned(),
        });
    let hops = path.hops.iter().filter_map(|hop| Some((hop.span?, hop.what.as_str())));
    for (span, what) in hops.take(MOST_HOPS) {
        report = report.evidence(span, what);
    }
    if let Some(blocked) = &path.blocked
        && let Some(span) = blocked.span
    {
        report = report.evidence(span, blocked.because.clone());
    }
    drop(report);
}

/// How a path goes, as the middle of a sentence.
fn reaches(path: &Path, services: &str) -> String {
    let inspected = if path.inspected { " after inspection" } else { "" };
    match path.kind {
        Kind::None => format!("does not reach {services}"),
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => {
            let article = if path.kind == Kind::GatewayEndpoint { "a" } else { "an" };
            format!("reaches {services} through {article} {}{inspected}", path.kind.as_str())
        }
        Kind::Nat => format!("reaches {services} through a NAT gateway{inspected}"),
        Kind::Internet => format!("reaches {services} through an internet gateway{inspected}"),
        Kind::Hub => format!("reaches {services} through another network{inspected}"),
        Kind::Unknown => format!("reaches {services} on a way that is not known"),
    }
}
