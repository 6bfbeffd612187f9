//! `security-group-or-subnet-of-other-vpc`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Mode, Value};
use privatelint_network::resources::{Endpoint, SecurityGroupId, VpcId};
use privatelint_network::{Members, Network, Ref};

use crate::context::Cx;
use crate::endpoint;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds endpoints with a subnet, a security group or a route table that is in another VPC than the endpoint.
    ///
    /// ## Why is this bad
    ///
    /// The plan is clean, and the apply fails with `InvalidParameter`: an endpoint's network interfaces and routes are in its own VPC. It happens where two VPCs are made side by side, and one line names the other one.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "app" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_vpc" "data" {
    ///   cidr_block = "10.1.0.0/16"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.data.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = aws_vpc.app.id
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   security_group_ids = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// One module makes both networks, and the subnets are those of the other call:
    ///
    /// ```hcl,fires
    /// module "app" {
    ///   source = "./modules/network"
    ///   cidr   = "10.0.0.0/16"
    /// }
    ///
    /// module "data" {
    ///   source = "./modules/network"
    ///   cidr   = "10.1.0.0/16"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = module.app.vpc_id
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = module.data.subnet_ids
    /// }
    ///
    /// # file: modules/network/main.tf
    /// variable "cidr" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block = var.cidr
    /// }
    ///
    /// resource "aws_subnet" "this" {
    ///   count = 2
    ///
    ///   vpc_id     = aws_vpc.this.id
    ///   cidr_block = cidrsubnet(var.cidr, 8, count.index)
    /// }
    ///
    /// output "vpc_id" {
    ///   value = aws_vpc.this.id
    /// }
    ///
    /// output "subnet_ids" {
    ///   value = aws_subnet.this[*].id
    /// }
    /// ```
    ///
    /// Instead, take all from one VPC:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "app" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = aws_vpc.app.id
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   security_group_ids = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// In which VPC the group is, is not known:
    ///
    /// ```hcl,silent
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc" "app" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = var.vpc_id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = aws_vpc.app.id
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   security_group_ids = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// The group is shared with the endpoint's VPC:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "app" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_vpc" "data" {
    ///   cidr_block = "10.1.0.0/16"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.data.id
    /// }
    ///
    /// resource "aws_vpc_security_group_vpc_association" "app" {
    ///   security_group_id = aws_security_group.endpoints.id
    ///   vpc_id            = aws_vpc.app.id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = aws_vpc.app.id
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   security_group_ids = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Unless both VPCs are declared in the configuration and certainly two. For a security group that is associated with another VPC, to which `aws_vpc_security_group_vpc_association` may share it.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html>
    pub(crate) static SECURITY_GROUP_OR_SUBNET_OF_OTHER_VPC = {
        name: "security-group-or-subnet-of-other-vpc",
        summary: "An endpoint has a subnet, security group or route table of another VPC",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// Something attached to an endpoint that is in another VPC.
struct Stranger<'n, 'a> {
    endpoint: &'n Endpoint<'a>,
    /// What it is: `subnet`.
    what: &'static str,
    instance: &'n Instance,
    vpc: VpcId,
    own: VpcId,
    /// The argument or association that attaches it.
    span: Span,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut said: Vec<(Span, &'static str)> = Vec::new();
    for endpoint in &network.endpoints {
        let Some(own) = endpoint.vpc.managed() else { continue };
        for stranger in strangers(network, endpoint, own) {
            // The instances of a block, and the elements of a list, have one place to edit.
            if !said.contains(&(stranger.span, stranger.what)) {
                said.push((stranger.span, stranger.what));
                report(cx, network, &stranger);
            }
        }
    }
}

fn strangers<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &'n Endpoint<'a>,
    own: VpcId,
) -> Vec<Stranger<'n, 'a>> {
    let is_elsewhere = |vpc: &Ref<VpcId>| network.is_vpc(vpc, own).is_no();
    let subnets = certain(&endpoint.subnets, "subnet", |id| {
        let subnet = network.subnet(id)?;
        is_elsewhere(&subnet.vpc).then_some((subnet.instance, subnet.vpc.managed()?))
    });
    let tables = certain(&endpoint.route_tables, "route table", |id| {
        let table = network.route_table(id)?;
        is_elsewhere(&table.vpc).then_some((table.instance, table.vpc.managed()?))
    });
    let groups = certain(&endpoint.security_groups, "security group", |id| {
        let group = network.security_group(id)?;
        let found = is_elsewhere(&group.vpc) && !may_be_shared(network, id);
        found.then_some((group.instance, group.vpc.managed()?))
    });
    let found = subnets.into_iter().chain(tables).chain(groups);
    found
        .map(|(what, instance, vpc, span)| Stranger { endpoint, what, instance, vpc, own, span })
        .collect()
}

/// The members that are certainly attached and of which `elsewhere` finds that they are in another VPC.
fn certain<'a, I: Copy + PartialEq>(
    members: &Members<'_, I>,
    what: &'static str,
    elsewhere: impl Fn(I) -> Option<(&'a Instance, VpcId)>,
) -> Vec<(&'static str, &'a Instance, VpcId, Span)> {
    let items = members.items.iter().filter(|member| member.there.is_yes());
    items
        .filter_map(|member| {
            let (instance, vpc) = elsewhere(member.target.managed()?)?;
            Some((what, instance, vpc, member.span))
        })
        .collect()
}

/// Whether a resource may share a group with another VPC.
fn may_be_shared(network: &Network<'_>, group: SecurityGroupId) -> bool {
    let associations = network.instances.iter().filter(|instance| {
        instance.address.mode == Mode::Managed
            && instance.address.kind == "aws_vpc_security_group_vpc_association"
    });
    associations.into_iter().any(|association| {
        let named = association.body.get("security_group_id").unwrap_or(&Value::Null);
        !network.names_security_group(named, group).is_no()
    })
}

fn report(cx: &Cx<'_>, network: &Network<'_>, stranger: &Stranger<'_, '_>) {
    let (Some(own), Some(other)) = (network.vpc(stranger.own), network.vpc(stranger.vpc)) else {
        return;
    };
    let message = format!(
        "the {} is in `{}`, and its {} `{}` is in `{}`: the apply fails",
        endpoint::describe(stranger.endpoint),
        own.instance.address,
        stranger.what,
        stranger.instance.address,
        other.instance.address,
    );
    let report = cx
        .report(stranger.endpoint.instance, stranger.span, message)
        .label(format!("a {} of another VPC", stranger.what))
        .evidence(stranger.instance.header, format!("in `{}`", other.instance.address))
        .help(format!("name a {} of `{}`", stranger.what, own.instance.address));
    match stranger.endpoint.vpc_id.span {
        Some(span) => drop(report.evidence(span, format!("in `{}`", own.instance.address))),
        None => drop(report),
    }
}
