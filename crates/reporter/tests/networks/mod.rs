//! A network with nine subnets in three zones and ten endpoints, as a diagram and as ways; and one in which every text is hostile.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail, in its helpers too"
)]
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses its own part")]

use privatelint_diagnostics::diagram::{Diagram, Edge, EdgeKind, Mark, Node, NodeKind, Way};
use privatelint_diagnostics::paths::{
    Cell, Explanation, Matrix, Named, Need, NetworkMatrix, Remark, RootMatrix, Row, Sign, Step,
    Workload,
};
use privatelint_diagnostics::{
    FileId, Files, Problem, ProblemKind, Report, Severity, SourceFile, Span,
};

const TEXT: &str = "resource \"aws_vpc\" \"main\" {}\nresource \"aws_subnet\" \"private\" {}\nresource \"aws_route_table\" \"db\" {}\n";

/// What a tree may say to break out of whatever shows it.
pub(crate) const HOSTILE: &str =
    "x\"]-->y</title></script><script>alert(1)</script>&lt;\u{1b}[31m\u{202e}'`;|\\\nend";

pub(crate) fn report() -> Report {
    let files = Files::new(vec![SourceFile::new("live/net/main.tf", TEXT)]);
    let problem = Problem::in_path(ProblemKind::Evaluation, "live/net", "something is not known");
    Report { files, problems: vec![problem], ..Report::default() }
}

/// The n-th line of the file.
fn line(number: usize) -> Option<Span> {
    let start: usize = TEXT.lines().take(number - 1).map(|line| line.len() + 1).sum();
    let end = start + TEXT.lines().nth(number - 1).unwrap().len();
    Some(Span::new(FileId(0), u32::try_from(start).unwrap(), u32::try_from(end).unwrap()))
}

fn named(name: impl Into<String>, at: usize) -> Named {
    Named { name: name.into(), span: line(at) }
}

fn cell(sign: Sign, word: &str) -> Cell {
    let word = word.to_owned();
    Cell { sign, word, perhaps: None, inspected: false, blocker: None, remark: None }
}

fn remark(because: &str, help: &str, at: usize) -> Remark {
    Remark { because: because.into(), help: help.into(), span: line(at) }
}

fn blocked() -> Cell {
    Cell {
        blocker: Some("no route".into()),
        remark: Some(remark(
            "`aws_route_table.db` sends `0.0.0.0/0` nowhere",
            "add `aws_route_table.db.id` to `route_table_ids` of `aws_vpc_endpoint.s3`",
            3,
        )),
        ..cell(Sign::Blocked, "none")
    }
}

fn undecided() -> Cell {
    Cell {
        perhaps: Some("nat".into()),
        remark: Some(remark(
            "variable `nat` has no value",
            "pass its value with `--var` or `--var-file`",
            2,
        )),
        ..cell(Sign::Undecided, "unknown")
    }
}

pub(crate) const SERVICES: [&str; 10] = [
    "s3",
    "dynamodb",
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
];

fn cells(tier: &str) -> Vec<Cell> {
    let interface = || cell(Sign::Private, "interface endpoint");
    let of = |at: usize| match (tier, at) {
        ("public", 0) => cell(Sign::Private, "gateway endpoint"),
        ("public", 1) => cell(Sign::Public, "internet"),
        ("private", 0) => cell(Sign::Private, "gateway endpoint"),
        ("private", 1) => undecided(),
        ("db", 0) => blocked(),
        ("db", 1) => Cell { inspected: true, ..cell(Sign::Elsewhere, "hub") },
        _ => interface(),
    };
    (0..SERVICES.len()).map(of).collect()
}

pub(crate) fn matrix() -> Matrix {
    let tiers = ["public", "private", "db"];
    let rows = tiers.iter().flat_map(|tier| {
        (0..3).map(move |at| Row {
            subnet: named(format!("aws_subnet.{tier}[{at}]"), 2),
            cells: cells(tier),
        })
    });
    let needs = vec![
        Need {
            service: "ecr.api".into(),
            why: "the image is in Amazon ECR".into(),
            required: true,
            cell: cell(Sign::Private, "interface endpoint"),
            from: Some("aws_subnet.db[0]".into()),
        },
        Need {
            service: "s3".into(),
            why: "the layers of an image in Amazon ECR are in Amazon S3".into(),
            required: true,
            cell: blocked(),
            from: Some("aws_subnet.db[0]".into()),
        },
        Need {
            service: "dynamodb".into(),
            why: "its role may read tables".into(),
            required: false,
            cell: undecided(),
            from: None,
        },
    ];
    let main = NetworkMatrix {
        network: named("aws_vpc.main", 1),
        detail: "10.0.0.0/16".into(),
        services: SERVICES.map(Into::into).to_vec(),
        rows: rows.collect(),
        workloads: vec![Workload {
            resource: named("aws_ecs_service.api", 3),
            needs,
            remarks: vec![remark("variable `subnets` has no value", "", 3)],
        }],
    };
    let empty = NetworkMatrix {
        network: named("module.other.aws_vpc.this[0]", 1),
        detail: String::new(),
        services: Vec::new(),
        rows: vec![Row { subnet: named("module.other.aws_subnet.a", 2), cells: Vec::new() }],
        workloads: Vec::new(),
    };
    Matrix { roots: vec![RootMatrix { root: "live/net".into(), networks: vec![main, empty] }] }
}

pub(crate) fn explanations() -> Vec<Explanation> {
    let step = |what: &str, at| Step {
        what: what.into(),
        address: Some("aws_route_table.db".into()),
        span: at,
    };
    let explanation = |cell, doubts| Explanation {
        root: "live/net".into(),
        from: "aws_subnet.db[0]".into(),
        to: "s3".into(),
        cell,
        steps: vec![
            step("`aws_subnet.db[0]` uses `aws_route_table.db`", line(2)),
            step("no route of `aws_route_table.db` leads to Amazon S3", None),
        ],
        doubts,
    };
    let doubts = vec![remark("variable `nat` has no value", "pass its value with `--var`", 2)];
    vec![explanation(blocked(), Vec::new()), explanation(undecided(), doubts)]
}

fn address(kind: NodeKind, word: &str, label: &str) -> Option<String> {
    match kind {
        NodeKind::Network => Some(label.to_owned()),
        NodeKind::Zone | NodeKind::Outside | NodeKind::Service => None,
        NodeKind::GatewayEndpoint | NodeKind::InterfaceEndpoint => {
            Some(format!("aws_vpc_endpoint.{label}"))
        }
        _ => Some(format!("aws_{}.{label}", word.to_lowercase().replace(' ', "_"))),
    }
}

/// Builds nodes and edges.
#[derive(Default)]
struct Builder(Diagram);

impl Builder {
    fn node(&mut self, kind: NodeKind, word: &str, label: &str, parent: Option<usize>) -> usize {
        self.0.nodes.push(Node {
            kind,
            word: word.into(),
            label: label.into(),
            detail: String::new(),
            address: address(kind, word, label),
            span: line(2),
            parent,
            marks: Vec::new(),
            perhaps: false,
        });
        self.0.nodes.len() - 1
    }

    fn detail(&mut self, node: usize, detail: &str) {
        self.0.nodes[node].detail = detail.into();
    }

    fn edge(&mut self, kind: EdgeKind, from: usize, to: usize, label: &str) {
        let label = label.into();
        self.0.edges.push(Edge { from, to, kind, label, span: line(3), perhaps: false });
    }
}

pub(crate) fn diagram() -> Diagram {
    let mut it = Builder::default();
    it.0.title = "live/net".into();
    let vpc = it.node(NodeKind::Network, "VPC", "aws_vpc.main", None);
    it.detail(vpc, "10.0.0.0/16");
    let mut subnets: Vec<[usize; 3]> = Vec::new();
    for (at, zone) in ["eu-central-1a", "eu-central-1b", "eu-central-1c"].iter().enumerate() {
        let frame = it.node(NodeKind::Zone, "availability zone", zone, Some(vpc));
        subnets.push(["public", "private", "db"].map(|tier| {
            let label = format!("{tier}[{at}]");
            let subnet = it.node(NodeKind::Subnet, "subnet", &label, Some(frame));
            it.detail(subnet, &format!("10.0.{}{at}.0/24", tier.len()));
            subnet
        }));
    }
    let public = it.node(NodeKind::RouteTable, "route table", "public", Some(vpc));
    let private: Vec<usize> = (0..3)
        .map(|at| {
            it.node(NodeKind::RouteTable, "route table", &format!("private[{at}]"), Some(vpc))
        })
        .collect();
    let db = it.node(NodeKind::RouteTable, "route table", "db", Some(vpc));
    let internet_gateway = it.node(NodeKind::Gateway, "internet gateway", "main", Some(vpc));
    it.detail(internet_gateway, "internet gateway");
    let nats: Vec<usize> = (0..3)
        .map(|at| it.node(NodeKind::Gateway, "NAT gateway", &format!("nat[{at}]"), Some(vpc)))
        .collect();
    let internet = it.node(NodeKind::Outside, "the internet", "internet", None);
    let mut endpoints = Vec::new();
    for (at, service) in SERVICES.iter().enumerate() {
        let kind = if at < 2 { NodeKind::GatewayEndpoint } else { NodeKind::InterfaceEndpoint };
        let word = if at < 2 { "gateway endpoint" } else { "interface endpoint" };
        let endpoint = it.node(kind, word, &service.replace('.', "_"), Some(vpc));
        it.detail(endpoint, word);
        let end = it.node(NodeKind::Service, "service", service, None);
        it.edge(EdgeKind::LeadsTo, endpoint, end, "");
        endpoints.push((endpoint, end));
    }
    for (at, zone) in subnets.iter().enumerate() {
        it.edge(EdgeKind::Uses, zone[0], public, "");
        it.edge(EdgeKind::Uses, zone[1], private[at], "");
        it.edge(EdgeKind::Uses, zone[2], db, "");
        it.detail(nats[at], "NAT gateway");
        it.edge(EdgeKind::In, nats[at], zone[0], "");
        it.edge(EdgeKind::Route, private[at], nats[at], "0.0.0.0/0");
        it.edge(EdgeKind::LeadsTo, nats[at], internet_gateway, "");
        for (endpoint, _) in endpoints.iter().skip(2) {
            it.edge(EdgeKind::InterfaceIn, *endpoint, zone[1], "");
        }
        it.edge(EdgeKind::Route, private[at], endpoints[0].0, "s3");
    }
    it.edge(EdgeKind::Route, public, internet_gateway, "0.0.0.0/0");
    it.edge(EdgeKind::Route, public, endpoints[0].0, "s3");
    it.edge(EdgeKind::Route, db, endpoints[1].0, "dynamodb");
    it.edge(EdgeKind::LeadsTo, internet_gateway, internet, "");
    it.0.edges.last_mut().unwrap().perhaps = true;
    let mark = |severity, rule: &str| Mark {
        rule: rule.into(),
        severity,
        message: "it is so, and should not be".into(),
    };
    it.0.nodes[endpoints[0].0].marks =
        vec![mark(Severity::Error, "gateway-endpoint-without-route-tables")];
    it.0.nodes[endpoints[4].0].marks = vec![
        mark(Severity::Warning, "interface-endpoint-single-az"),
        mark(Severity::Info, "private-dns-unset"),
    ];
    it.0.nodes[nats[2]].perhaps = true;
    it.0.ways = vec![
        Way {
            from: subnets[1][1],
            to: endpoints[0].1,
            word: "gateway endpoint".into(),
            open: true,
            nodes: vec![subnets[1][1], private[1], endpoints[0].0, endpoints[0].1],
            steps: vec![("`private[1]` sends it to `s3`".into(), line(3))],
        },
        Way {
            from: subnets[2][2],
            to: endpoints[5].1,
            word: "interface endpoint".into(),
            open: true,
            nodes: vec![subnets[2][2], endpoints[5].0, endpoints[5].1],
            steps: vec![("its name is that of `logs`".into(), line(3))],
        },
        Way {
            from: subnets[2][2],
            to: endpoints[0].1,
            word: "none (no route)".into(),
            open: false,
            nodes: vec![subnets[2][2], db],
            steps: vec![("`db` has no route".into(), line(3))],
        },
    ];
    it.0
}

/// Every text is hostile, and everything is connected with everything, itself included.
pub(crate) fn hostile() -> Diagram {
    let mut it = Builder::default();
    it.0.title = HOSTILE.into();
    let kinds = [
        NodeKind::Network,
        NodeKind::Zone,
        NodeKind::Subnet,
        NodeKind::RouteTable,
        NodeKind::GatewayEndpoint,
        NodeKind::InterfaceEndpoint,
        NodeKind::Gateway,
        NodeKind::Outside,
        NodeKind::Service,
    ];
    for (at, kind) in kinds.into_iter().enumerate() {
        let node = it.node(kind, HOSTILE, HOSTILE, at.checked_sub(1).map(|_| 0));
        it.0.nodes[node].detail = HOSTILE.into();
        it.0.nodes[node].address = Some(HOSTILE.into());
        it.0.nodes[node].marks = vec![Mark {
            rule: HOSTILE.into(),
            severity: Severity::Warning,
            message: HOSTILE.into(),
        }];
    }
    let edges =
        [EdgeKind::Uses, EdgeKind::Route, EdgeKind::InterfaceIn, EdgeKind::In, EdgeKind::LeadsTo];
    for from in 0..kinds.len() {
        for to in 0..kinds.len() {
            it.edge(edges[(from + to) % edges.len()], from, to, HOSTILE);
        }
    }
    it.0.ways = vec![Way {
        from: 2,
        to: 8,
        word: HOSTILE.into(),
        open: true,
        nodes: vec![2, 8],
        steps: vec![(HOSTILE.into(), line(1))],
    }];
    it.0
}
