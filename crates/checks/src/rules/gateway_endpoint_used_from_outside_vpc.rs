//! `gateway-endpoint-used-from-outside-vpc`.

use privatelint_diagnostics::Confidence;
use privatelint_evaluator::{Multiplicity, Value};
use privatelint_network::resources::{
    AttachmentKind, Endpoint, EndpointType, RouteTable, TransitGatewayAttachment,
    TransitGatewayRoute,
};
use privatelint_network::{Network, Ref};

use crate::context::Cx;
use crate::endpoint::services;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds gateway endpoints in the route tables through which other networks' traffic to the internet enters a VPC from a transit gateway.
    ///
    /// ## Why is this bad
    ///
    /// A gateway endpoint is for its own VPC: AWS says that connections through it cannot be extended out of the VPC, and that resources on the other side of a transit gateway, a VPN or a peering connection cannot use it. Its route is more specific than the default route, so that requests of other VPCs to S3 or DynamoDB are sent to the endpoint and not to the NAT gateway or firewall beside it.
    ///
    /// For clients outside the VPC there are interface endpoints; or the traffic goes on to the NAT gateway, whose own subnet may use the gateway endpoint.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "egress" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "transit" {
    ///   vpc_id     = aws_vpc.egress.id
    ///   cidr_block = "10.0.0.0/28"
    /// }
    ///
    /// resource "aws_route_table" "transit" {
    ///   vpc_id = aws_vpc.egress.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = "nat-0a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route_table_association" "transit" {
    ///   subnet_id      = aws_subnet.transit.id
    ///   route_table_id = aws_route_table.transit.id
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_vpc_attachment" "egress" {
    ///   transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
    ///   vpc_id             = aws_vpc.egress.id
    ///   subnet_ids         = [aws_subnet.transit.id]
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_route" "default" {
    ///   destination_cidr_block         = "0.0.0.0/0"
    ///   transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.egress.id
    ///   transit_gateway_route_table_id = "tgw-rtb-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.egress.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.transit.id]
    /// }
    /// ```
    ///
    /// A module puts the endpoints into all of its tables:
    ///
    /// ```hcl,fires
    /// module "egress" {
    ///   source = "./modules/egress"
    /// }
    ///
    /// resource "aws_ec2_transit_gateway" "main" {}
    ///
    /// resource "aws_ec2_transit_gateway_vpc_attachment" "egress" {
    ///   transit_gateway_id = aws_ec2_transit_gateway.main.id
    ///   vpc_id             = module.egress.vpc_id
    ///   subnet_ids         = module.egress.transit_subnet_ids
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_route" "default" {
    ///   destination_cidr_block         = "0.0.0.0/0"
    ///   transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.egress.id
    ///   transit_gateway_route_table_id = aws_ec2_transit_gateway.main.association_default_route_table_id
    /// }
    ///
    /// # file: modules/egress/main.tf
    /// locals {
    ///   subnets = { transit = "10.0.0.0/28", public = "10.0.1.0/24" }
    /// }
    ///
    /// resource "aws_vpc" "this" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "this" {
    ///   for_each = local.subnets
    ///
    ///   vpc_id     = aws_vpc.this.id
    ///   cidr_block = each.value
    /// }
    ///
    /// resource "aws_route_table" "this" {
    ///   for_each = local.subnets
    ///
    ///   vpc_id = aws_vpc.this.id
    /// }
    ///
    /// resource "aws_route_table_association" "this" {
    ///   for_each = local.subnets
    ///
    ///   subnet_id      = aws_subnet.this[each.key].id
    ///   route_table_id = aws_route_table.this[each.key].id
    /// }
    ///
    /// resource "aws_vpc_endpoint" "gateway" {
    ///   for_each = toset(["s3", "dynamodb"])
    ///
    ///   vpc_id          = aws_vpc.this.id
    ///   service_name    = "com.amazonaws.eu-west-1.${each.key}"
    ///   route_table_ids = [for table in aws_route_table.this : table.id]
    /// }
    ///
    /// output "vpc_id" {
    ///   value = aws_vpc.this.id
    /// }
    ///
    /// output "transit_subnet_ids" {
    ///   value = [aws_subnet.this["transit"].id]
    /// }
    /// ```
    ///
    /// Instead, leave it out of the tables of the attachment's subnets:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "egress" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "transit" {
    ///   vpc_id     = aws_vpc.egress.id
    ///   cidr_block = "10.0.0.0/28"
    /// }
    ///
    /// resource "aws_subnet" "public" {
    ///   vpc_id     = aws_vpc.egress.id
    ///   cidr_block = "10.0.1.0/24"
    /// }
    ///
    /// resource "aws_route_table" "transit" {
    ///   vpc_id = aws_vpc.egress.id
    ///
    ///   route {
    ///     cidr_block     = "0.0.0.0/0"
    ///     nat_gateway_id = "nat-0a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route_table" "public" {
    ///   vpc_id = aws_vpc.egress.id
    /// }
    ///
    /// resource "aws_route_table_association" "transit" {
    ///   subnet_id      = aws_subnet.transit.id
    ///   route_table_id = aws_route_table.transit.id
    /// }
    ///
    /// resource "aws_route_table_association" "public" {
    ///   subnet_id      = aws_subnet.public.id
    ///   route_table_id = aws_route_table.public.id
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_vpc_attachment" "egress" {
    ///   transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
    ///   vpc_id             = aws_vpc.egress.id
    ///   subnet_ids         = [aws_subnet.transit.id]
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_route" "default" {
    ///   destination_cidr_block         = "0.0.0.0/0"
    ///   transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.egress.id
    ///   transit_gateway_route_table_id = "tgw-rtb-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.egress.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.public.id]
    /// }
    /// ```
    ///
    /// What the transit gateway sends to the VPC is not known:
    ///
    /// ```hcl,silent
    /// variable "routes" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "egress" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "transit" {
    ///   vpc_id     = aws_vpc.egress.id
    ///   cidr_block = "10.0.0.0/28"
    /// }
    ///
    /// resource "aws_route_table" "transit" {
    ///   vpc_id = aws_vpc.egress.id
    /// }
    ///
    /// resource "aws_route_table_association" "transit" {
    ///   subnet_id      = aws_subnet.transit.id
    ///   route_table_id = aws_route_table.transit.id
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_vpc_attachment" "egress" {
    ///   transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
    ///   vpc_id             = aws_vpc.egress.id
    ///   subnet_ids         = [aws_subnet.transit.id]
    /// }
    ///
    /// resource "aws_ec2_transit_gateway_route" "all" {
    ///   for_each = toset(var.routes)
    ///
    ///   destination_cidr_block         = each.key
    ///   transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.egress.id
    ///   transit_gateway_route_table_id = "tgw-rtb-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = aws_vpc.egress.id
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = [aws_route_table.transit.id]
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Unless a route of a transit gateway certainly sends everything (`0.0.0.0/0`) to the VPC. That a VPC with a gateway endpoint is connected to others, or to on premises, is no fault: its own traffic uses the endpoint. Where the attachment's subnets, their tables or the endpoint's tables are not known. What exactly becomes of the traffic AWS does not say, so findings are *likely* and never *certain*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
    pub(crate) static GATEWAY_ENDPOINT_USED_FROM_OUTSIDE_VPC = {
        name: "gateway-endpoint-used-from-outside-vpc",
        summary: "A gateway endpoint is in the way of traffic that comes from outside its VPC, which cannot use it",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The destination that is everywhere.
const EVERYWHERE: &str = "0.0.0.0/0";

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for attachment in &network.transit_gateway_attachments {
        let is_certain = attachment.instance.multiplicity == Multiplicity::One;
        if attachment.kind != AttachmentKind::Vpc || !is_certain {
            continue;
        }
        let Some(route) = route_for_everything(network, attachment) else { continue };
        let certain = attachment.subnets.items.iter().filter(|member| member.there.is_yes());
        let subnets = certain.filter_map(|member| member.target.managed());
        let found = subnets.filter_map(|subnet| {
            let of = network.table_of(subnet);
            let table =
                network.route_table(of.table.managed()?).filter(|_| of.doubts.is_empty())?;
            let endpoints = gateway_endpoints(network, table);
            (!endpoints.is_empty()).then_some((table, endpoints))
        });
        // Each table of the attachment has the same endpoints, or lacks them for another reason: one finding.
        if let Some((table, endpoints)) = found.into_iter().next() {
            report(cx, attachment, route, table, &endpoints);
        }
    }
}

/// The route by which a transit gateway certainly sends everything to an attachment.
fn route_for_everything<'n, 'a>(
    network: &'n Network<'a>,
    attachment: &TransitGatewayAttachment<'_>,
) -> Option<&'n TransitGatewayRoute<'a>> {
    let tables = network.transit_gateway_route_tables.iter().flat_map(|table| &table.routes);
    tables.chain(&network.other_transit_gateway_routes).find(|route| {
        route.there.is_yes()
            && route.blackhole.is_no()
            && route.attachment == Ref::Managed(attachment.id)
            && route.destination.equals(&Value::string(EVERYWHERE)).is_yes()
    })
}

/// The gateway endpoints that a table certainly has a route to.
fn gateway_endpoints<'n, 'a>(
    network: &'n Network<'a>,
    table: &RouteTable<'_>,
) -> Vec<&'n Endpoint<'a>> {
    let found = network.gateway_endpoints_of(table.id).into_iter();
    let certain = found.filter(|found| found.there.is_yes());
    let endpoints = certain.filter_map(|found| network.endpoint(found.endpoint));
    endpoints.filter(|endpoint| endpoint.is_type(EndpointType::Gateway).is_yes()).collect()
}

fn report(
    cx: &Cx<'_>,
    attachment: &TransitGatewayAttachment<'_>,
    route: &TransitGatewayRoute<'_>,
    table: &RouteTable<'_>,
    endpoints: &[&Endpoint<'_>],
) {
    let Some(first) = endpoints.first() else { return };
    let span = first.route_tables.span.unwrap_or(first.instance.header);
    let message = format!(
        "traffic of other networks enters through `{}` and meets the gateway endpoints for {}, which only their own VPC can use",
        attachment.instance.address,
        services(endpoints),
    );
    cx.report(first.instance, span, message)
        .label("in the route table of the attachment's subnet too")
        .evidence(table.instance.header, "routes what comes from the transit gateway")
        .evidence(route.span, "sends everything here")
        .help(format!(
            "take `{}` out of the endpoint's route tables, and use an interface endpoint for clients outside the VPC",
            table.instance.address.within_module()
        ))
        .confidence(Confidence::Likely);
}
