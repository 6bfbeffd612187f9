//! Where everything is in a picture.
//!
//! Four layers from left to right: subnets in their zones, route tables, endpoints and gateways at the border of the network, and
//! outside of it services and other networks. A line leads from one layer to the next, so that few cross. A network is as high as its
//! highest layer, and networks stand below each other. Boxes of a layer stand beside what they are connected to.

use privatelint_diagnostics::diagram::{Diagram, EdgeKind, NodeKind};

use super::spread::{Wish, spread};

/// The space between boxes of a layer.
const GAP: i32 = 10;

/// The space inside a frame, beside its boxes.
const PADDING: i32 = 14;

/// The height of a frame's title.
const TITLE: i32 = 30;

/// The width that lines have between two layers.
const LANE: i32 = 84;

/// The space for lines beside a layer, between two of its boxes.
const BESIDE: i32 = 18;

/// The space between networks.
const BETWEEN_NETWORKS: i32 = 28;

/// The height of a line of a route table.
pub(super) const ROUTE: i32 = 17;

/// The height of a box with a label and a detail.
const BOX: i32 = 42;

/// The width of one number at a subnet, and the height of a line of numbers.
pub(super) const BADGE: i32 = 19;

const SUBNET_WIDTH: i32 = 250;
const TABLE_WIDTH: i32 = 210;
const EXIT_WIDTH: i32 = 230;
const OUTSIDE_WIDTH: i32 = 200;

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Area {
    pub(super) fn right(self) -> i32 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> i32 {
        self.y + self.height
    }

    pub(super) fn middle(self) -> i32 {
        self.y + self.height / 2
    }
}

/// A layer, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    Subnets,
    Tables,
    Exits,
    Outside,
}

/// The places of all nodes, and how large the whole is.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// In the order of the nodes.
    pub(super) areas: Vec<Area>,
    pub(super) width: i32,
    pub(super) height: i32,
    /// The numbers of endpoints and gateways that are in subnets, in the order of the nodes.
    pub(super) numbers: Vec<Option<usize>>,
}

impl Layout {
    pub(super) fn area(&self, node: usize) -> Area {
        self.areas.get(node).copied().unwrap_or_default()
    }

    pub(super) fn number(&self, node: usize) -> Option<usize> {
        self.numbers.get(node).copied().flatten()
    }
}

/// The layer of a box; none for a frame.
pub(super) fn layer(diagram: &Diagram, node: usize) -> Option<Layer> {
    let node = diagram.nodes.get(node)?;
    // What is in no network is outside of all of them.
    let within = |layer| if node.parent.is_some() { layer } else { Layer::Outside };
    match node.kind {
        NodeKind::Network | NodeKind::Zone => None,
        NodeKind::Subnet => Some(within(Layer::Subnets)),
        NodeKind::RouteTable => Some(within(Layer::Tables)),
        NodeKind::GatewayEndpoint | NodeKind::InterfaceEndpoint | NodeKind::Gateway => {
            Some(within(Layer::Exits))
        }
        NodeKind::Outside | NodeKind::Service => Some(Layer::Outside),
    }
}

/// Places everything, with `x` and `y` from nought.
pub(super) fn layout(diagram: &Diagram) -> Layout {
    let mut layout = Layout {
        areas: vec![Area::default(); diagram.nodes.len()],
        numbers: numbers(diagram),
        ..Layout::default()
    };
    for node in 0..diagram.nodes.len() {
        let (width, height) = size(diagram, node);
        set(&mut layout, node, |area| (area.width, area.height) = (width, height));
    }
    let mut top = 0;
    let networks = with_kind(diagram, NodeKind::Network);
    for network in networks.iter().copied() {
        place_network(diagram, &mut layout, network, top);
        top = layout.area(network).bottom() + BETWEEN_NETWORKS;
    }
    let right = networks.iter().map(|it| layout.area(*it).right()).max();
    place_outside(diagram, &mut layout, right.map_or(0, |right| right + LANE));
    layout.width = layout.areas.iter().map(|area| area.right()).max().unwrap_or(0);
    layout.height = layout.areas.iter().map(|area| area.bottom()).max().unwrap_or(0);
    layout
}

fn set(layout: &mut Layout, node: usize, change: impl FnOnce(&mut Area)) {
    if let Some(area) = layout.areas.get_mut(node) {
        change(area);
    }
}

fn with_kind(diagram: &Diagram, kind: NodeKind) -> Vec<usize> {
    let nodes = diagram.nodes.iter().enumerate();
    nodes.filter(|(_, node)| node.kind == kind).map(|(at, _)| at).collect()
}

/// Numbers for what is in subnets: the lines to them would cover everything else.
fn numbers(diagram: &Diagram) -> Vec<Option<usize>> {
    let mut next = 0;
    let is_in = |node: usize| {
        let mut edges = diagram.edges.iter();
        edges.any(|edge| edge.from == node && is_inside(edge.kind))
    };
    let number = |node: usize| {
        is_in(node).then(|| {
            next += 1;
            next
        })
    };
    (0..diagram.nodes.len()).map(number).collect()
}

/// Whether an edge is drawn as a number in a subnet.
pub(super) fn is_inside(kind: EdgeKind) -> bool {
    matches!(kind, EdgeKind::InterfaceIn | EdgeKind::In)
}

/// The numbers in a subnet, in their order, each with its node.
pub(super) fn badges(diagram: &Diagram, layout: &Layout, subnet: usize) -> Vec<(usize, usize)> {
    let edges = diagram.edges.iter().filter(|edge| edge.to == subnet && is_inside(edge.kind));
    let mut badges: Vec<(usize, usize)> =
        edges.filter_map(|edge| Some((layout.number(edge.from)?, edge.from))).collect();
    badges.sort_unstable();
    badges.dedup();
    badges
}

/// How many numbers have room beside each other in a subnet.
pub(super) fn badges_in_line() -> usize {
    usize::try_from((SUBNET_WIDTH - 2 * PADDING) / BADGE).unwrap_or(1).max(1)
}

/// The routes of a table, as edges, in their order.
pub(super) fn routes(diagram: &Diagram, table: usize) -> impl Iterator<Item = usize> {
    let edges = diagram.edges.iter().enumerate();
    edges
        .filter(move |(_, edge)| edge.from == table && edge.kind == EdgeKind::Route)
        .map(|(at, _)| at)
}

fn size(diagram: &Diagram, node: usize) -> (i32, i32) {
    let Some(it) = diagram.nodes.get(node) else { return (0, 0) };
    match it.kind {
        NodeKind::Network | NodeKind::Zone => (0, 0),
        NodeKind::Subnet => {
            let edges = diagram.edges.iter();
            let inside = edges.filter(|edge| edge.to == node && is_inside(edge.kind)).count();
            let lines = i32::try_from(inside.div_ceil(badges_in_line())).unwrap_or(0);
            (SUBNET_WIDTH, BOX + lines * BADGE)
        }
        NodeKind::RouteTable => {
            let routes = i32::try_from(routes(diagram, node).count()).unwrap_or(0);
            let detail = if it.detail.is_empty() { 0 } else { 14 };
            (TABLE_WIDTH, 28 + detail + routes * ROUTE + if routes > 0 { 4 } else { 0 })
        }
        NodeKind::GatewayEndpoint | NodeKind::InterfaceEndpoint | NodeKind::Gateway => {
            (EXIT_WIDTH, BOX)
        }
        NodeKind::Outside | NodeKind::Service => {
            (OUTSIDE_WIDTH, if it.detail.is_empty() { 30 } else { BOX })
        }
    }
}

fn place_network(diagram: &Diagram, layout: &mut Layout, network: usize, top: i32) {
    let x = PADDING;
    let first = top + TITLE;
    let (right, bottom) = place_subnets(diagram, layout, network, x, first);
    let mut end = Area { x: 0, y: top, width: right + PADDING, height: bottom - top };
    let mut x = right;
    for layer in [Layer::Tables, Layer::Exits] {
        let members = members(diagram, network, layer);
        if members.is_empty() {
            continue;
        }
        x += LANE;
        place_layer(diagram, layout, &members, x, (first, bottom));
        let areas = members.iter().map(|it| layout.area(*it));
        x = areas.clone().map(Area::right).max().unwrap_or(x);
        end.width = x + PADDING + if layer == Layer::Exits { BESIDE } else { 0 };
        let bottom = areas.map(Area::bottom).max().unwrap_or(0);
        end.height = end.height.max(bottom - top);
    }
    end.height += PADDING;
    set(layout, network, |area| *area = end);
}

/// The boxes of a layer inside a network.
fn members(diagram: &Diagram, network: usize, of: Layer) -> Vec<usize> {
    let inside = |node: &usize| {
        let parent = diagram.nodes.get(*node).and_then(|node| node.parent);
        layer(diagram, *node) == Some(of) && parent == Some(network)
    };
    (0..diagram.nodes.len()).filter(inside).collect()
}

/// Zones below each other, then the subnets that are in none. The right and the lower end.
fn place_subnets(
    diagram: &Diagram,
    layout: &mut Layout,
    network: usize,
    x: i32,
    top: i32,
) -> (i32, i32) {
    let children = |parent: usize, kind: NodeKind| {
        let nodes = diagram.nodes.iter().enumerate();
        let of = nodes.filter(move |(_, node)| node.parent == Some(parent) && node.kind == kind);
        of.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let (mut y, mut right) = (top, x);
    for zone in children(network, NodeKind::Zone) {
        let start = y;
        y += TITLE - 6;
        for subnet in children(zone, NodeKind::Subnet) {
            y = put(layout, subnet, x + PADDING, y);
        }
        let width = SUBNET_WIDTH + 2 * PADDING;
        let area = Area { x, y: start, width, height: y - GAP + PADDING - start };
        set(layout, zone, |it| *it = area);
        right = right.max(area.right());
        y = area.bottom() + GAP;
    }
    for subnet in children(network, NodeKind::Subnet) {
        let indent = if right > x { PADDING } else { 0 };
        y = put(layout, subnet, x + indent, y);
        right = right.max(layout.area(subnet).right());
    }
    (right, if y > top { y - GAP } else { y })
}

/// Puts a box at a place; where the next one may begin.
fn put(layout: &mut Layout, node: usize, x: i32, y: i32) -> i32 {
    set(layout, node, |area| (area.x, area.y) = (x, y));
    layout.area(node).bottom() + GAP
}

/// Boxes beside what they are connected to. Those that are connected to nothing come last, in their order.
fn place_layer(
    diagram: &Diagram,
    layout: &mut Layout,
    members: &[usize],
    x: i32,
    (top, bottom): (i32, i32),
) {
    let mut wishes: Vec<(Option<i32>, usize)> =
        members.iter().map(|node| (wish(diagram, layout, *node), *node)).collect();
    wishes.sort_by_key(|(wish, node)| (wish.is_none(), *wish, *node));
    let mut lowest = top;
    let wishes: Vec<(Wish, usize)> = wishes
        .into_iter()
        .map(|(middle, node)| {
            let height = layout.area(node).height;
            let middle = middle.unwrap_or(lowest + height / 2);
            lowest = lowest.max(middle + height / 2);
            (Wish { middle, height }, node)
        })
        .collect();
    let places: Vec<Wish> = wishes.iter().map(|(wish, _)| *wish).collect();
    for ((_, node), y) in wishes.iter().zip(spread(&places, GAP, top, bottom)) {
        set(layout, *node, |area| (area.x, area.y) = (x, y));
    }
}

/// The mean of the middles of what leads to a node from layers that are placed.
fn wish(diagram: &Diagram, layout: &Layout, node: usize) -> Option<i32> {
    let own = layer(diagram, node)?;
    let mut middles = Vec::new();
    for (at, edge) in diagram.edges.iter().enumerate() {
        if edge.to == node && !is_inside(edge.kind) && layer(diagram, edge.from) < Some(own) {
            middles.push(start(diagram, layout, at).1);
        }
    }
    let count = i32::try_from(middles.len()).ok().filter(|count| *count > 0)?;
    Some(middles.iter().sum::<i32>() / count)
}

/// Where an edge begins: a route at its line of the table.
pub(super) fn start(diagram: &Diagram, layout: &Layout, edge: usize) -> (i32, i32) {
    let Some(it) = diagram.edges.get(edge) else { return (0, 0) };
    let area = layout.area(it.from);
    let line = routes(diagram, it.from).position(|route| route == edge);
    match line.and_then(|line| i32::try_from(line).ok()) {
        Some(line) => (area.right(), route_line(diagram, it.from, area, line)),
        None => (area.right(), area.middle()),
    }
}

/// The middle of a line of a route table.
pub(super) fn route_line(diagram: &Diagram, table: usize, area: Area, line: i32) -> i32 {
    let lines = i32::try_from(routes(diagram, table).count()).unwrap_or(0);
    area.bottom() - 4 - (lines - line) * ROUTE + ROUTE / 2
}

/// Services and other networks, to the right of all networks.
fn place_outside(diagram: &Diagram, layout: &mut Layout, x: i32) {
    let outside = |node: &usize| layer(diagram, *node) == Some(Layer::Outside);
    let members: Vec<usize> = (0..diagram.nodes.len()).filter(outside).collect();
    place_layer(diagram, layout, &members, x, (TITLE, i32::MAX / 2));
}
