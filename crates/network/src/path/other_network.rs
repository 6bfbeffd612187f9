//! The way through another network: a transit gateway to a VPC behind it, or a peering connection.

use privatelint_diagnostics::Span;

use super::gateways::out_of_sight;
use super::public::Packet;
use super::way::{Stop, Way};
use super::{Blocker, Kind, Path, Question};
use crate::Ref;
use crate::addresses::{Addresses, Family};
use crate::questions::routes::{Leads, To};
use crate::questions::transit::Behind;
use crate::resources::{
    AttachmentKind, Endpoint, RouteTable, SubnetId, Target, TransitGatewayAttachment,
    TransitGatewayId, VpcId,
};

impl<'n, 'a> Question<'_, 'n, 'a> {
    /// Through a transit gateway towards the internet: its routes decide which VPC is behind it.
    pub(super) fn by_transit_gateway(
        &self,
        packet: Packet,
        gateway: &Ref<TransitGatewayId>,
        span: Span,
    ) -> Path {
        let beyond = out_of_sight("the transit gateway", span);
        let Some(gateway) = gateway.managed() else {
            return packet.way.ends_out_of_sight(Kind::Hub, beyond);
        };
        let last = packet.passed.last().copied();
        let Some(from) = last.and_then(|subnet| self.attachment_of(subnet, gateway)) else {
            return packet.way.ends_out_of_sight(Kind::Hub, beyond);
        };
        let next = self.network.transit_hop(from.id, &Addresses::public(Family::V4));
        let mut packet = packet;
        if let Some(by) = next.by {
            packet.way.step(format!("`{}` decides where it goes on to", by.address), by, next.span);
        }
        let to = match next.target {
            Behind::Attachment(id) => self.network.transit_gateway_attachment(id),
            Behind::Dropped | Behind::Nothing => {
                let by = next.by.unwrap_or(from.instance);
                let stop = Stop::of(
                    Blocker::NoRoute,
                    by,
                    "the transit gateway has no route to the internet",
                    "add a route for 0.0.0.0/0 to its route table",
                );
                return packet.way.stopped(stop).behind(Kind::Hub).unless(next.doubts);
            }
            Behind::Elsewhere | Behind::Unknown => None,
        };
        let Some(to) = to else {
            packet.way.doubts.extend(next.doubts);
            return packet.way.ends_out_of_sight(Kind::Hub, beyond);
        };
        if to.kind != AttachmentKind::Vpc || to.vpc.managed().is_none() {
            return packet.way.ends_out_of_sight(Kind::Hub, beyond);
        }
        packet.way.step(
            format!("`{}` takes it into another VPC", to.instance.address),
            to.instance,
            None,
        );
        packet.is_at_home = false;
        let path = self.onward(packet, &to.subnets, to.instance);
        path.behind(Kind::Hub).unless(next.doubts)
    }

    /// The attachment of a subnet's VPC to a transit gateway, if there is certainly one.
    fn attachment_of(
        &self,
        subnet: SubnetId,
        gateway: TransitGatewayId,
    ) -> Option<&'n TransitGatewayAttachment<'a>> {
        let vpc = &self.network.subnet(subnet)?.vpc;
        let mut own = self.network.transit_gateway_attachments.iter().filter(|attachment| {
            attachment.kind == AttachmentKind::Vpc
                && attachment.gateway == Ref::Managed(gateway)
                && self.network.same_vpc(&attachment.vpc, vpc).is_yes()
        });
        own.next()
    }

    /// The way to an interface endpoint of another VPC, there and back.
    pub(super) fn to_endpoint_of_other_vpc(&self, way: Way, endpoint: &'n Endpoint<'a>) -> Path {
        let Some(hub) = endpoint.vpc.managed() else {
            return way.lost([out_of_sight("the endpoint's VPC", endpoint.instance.header)]);
        };
        let of = self.network.table_of(self.from.subnet);
        let Some(table) = of.table.managed().and_then(|id| self.network.route_table(id)) else {
            return way.lost(of.doubts);
        };
        let there = match self.route_to_vpc(way, table, hub, "the endpoint's VPC") {
            Ok(way) => way,
            Err(path) => return path.unless(of.doubts),
        };
        let back = match self.routes_back(there, endpoint) {
            Ok(way) => way,
            Err(path) => return path.unless(of.doubts),
        };
        self.by_endpoint(back, endpoint, Kind::Hub).unless(of.doubts)
    }

    /// Follows a table's route to the addresses of a VPC.
    fn route_to_vpc(
        &self,
        mut way: Way,
        table: &'n RouteTable<'a>,
        vpc: VpcId,
        what: &str,
    ) -> Result<Way, Path> {
        let addresses = self.network.addresses_of_vpc(vpc, Family::V4);
        let next = self.network.next_hop(table.id, &To::Addresses(addresses));
        let address = &table.instance.address;
        match next.target {
            Leads::Route(route) => {
                let leads = matches!(
                    route.target,
                    Target::TransitGateway(_)
                        | Target::Peering(_)
                        | Target::CoreNetwork(_)
                        | Target::VpnGateway(_)
                );
                way.step(
                    format!("`{address}` sends it to {} towards {what}", route.target.as_str()),
                    route.by,
                    Some(route.span),
                );
                way.doubts.extend(next.doubts);
                if leads || !next.others.is_empty() {
                    return Ok(way);
                }
                let stop = Stop::of(
                    Blocker::NoRoute,
                    table.instance,
                    format!(
                        "`{address}` sends the addresses of {what} to {}",
                        route.target.as_str()
                    ),
                    format!(
                        "route them to a transit gateway or a peering connection in `{address}`"
                    ),
                );
                Err(way.stopped(stop.at(Some(route.span))))
            }
            Leads::Nothing | Leads::Local | Leads::GatewayEndpoint(_) => {
                let stop = Stop::of(
                    Blocker::NoRoute,
                    table.instance,
                    format!("`{address}` has no route to {what}"),
                    format!(
                        "add a route to a transit gateway or a peering connection to `{address}`"
                    ),
                );
                Err(way.stopped(stop).unless(next.doubts))
            }
            Leads::Propagated(_) => {
                way.doubts.extend(next.doubts);
                Ok(way)
            }
        }
    }

    /// Whether a subnet of the endpoint has a route back to the client. One that has is enough.
    fn routes_back(&self, way: Way, endpoint: &'n Endpoint<'a>) -> Result<Way, Path> {
        let Some(home) = self.from.vpc.managed() else { return Ok(way) };
        let mut stopped = None;
        let subnets = endpoint.subnets.items.iter().filter_map(|member| member.target.managed());
        for subnet in subnets {
            let of = self.network.table_of(subnet);
            let Some(table) = of.table.managed().and_then(|id| self.network.route_table(id)) else {
                return Ok(way);
            };
            match self.route_to_vpc(way.clone(), table, home, "the client's VPC") {
                Ok(mut way) => {
                    way.doubts.extend(of.doubts);
                    return Ok(way);
                }
                Err(path) => stopped = stopped.or(Some(path.unless(of.doubts))),
            }
        }
        stopped.map_or(Ok(way), Err)
    }
}
