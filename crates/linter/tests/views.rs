//! From code to what `paths` and `graph` show.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use std::fmt::Write as _;

use camino::Utf8Path;
use privatelint_diagnostics::diagram::{Diagram, EdgeKind};
use privatelint_linter::{Options, UsageError, diagrams, explain_path, paths};
use privatelint_parser::MemoryFileSystem;

const NETWORK: &str = r#"
provider "aws" {
  region = "eu-west-1"
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1${count.index}.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
}
"#;

fn project(text: &str) -> (MemoryFileSystem, Options) {
    let root = Utf8Path::new("/project");
    let fs = MemoryFileSystem::new([(root.join("main.tf"), text.to_owned())]);
    (fs, Options::everything(root.to_owned(), vec![".".into()], "2026-01-15"))
}

#[track_caller]
fn check_paths(text: &str, services: &[&str], shown: &[&str]) {
    let (fs, options) = project(text);
    let services: Vec<String> = services.iter().map(|name| (*name).to_owned()).collect();
    let (matrix, _) = paths(&fs, &options, &services).unwrap();
    let mut lines = Vec::new();
    for network in matrix.roots.iter().flat_map(|root| &root.networks) {
        lines.push(format!("{} {}", network.network.name, network.services.join(" ")));
        for row in &network.rows {
            let mut line = row.subnet.name.clone();
            for cell in &row.cells {
                let perhaps = cell.perhaps.as_ref().map(|it| format!("?{it}")).unwrap_or_default();
                let _ = write!(line, ", {}{perhaps}", cell.word);
            }
            lines.push(line);
        }
    }
    assert_eq!(lines, shown);
}

#[test]
fn every_subnet_has_a_path_to_every_service() {
    check_paths(
        NETWORK,
        &["sts"],
        &[
            "aws_vpc.main s3 sts",
            "aws_subnet.private[0], gateway endpoint, none",
            "aws_subnet.private[1], gateway endpoint, none",
            "aws_subnet.public, internet, internet",
        ],
    );
}

#[test]
fn subnets_of_a_vpc_of_other_code_stand_apart() {
    let text = format!(
        "{NETWORK}\ndata \"aws_vpc\" \"other\" {{\n  id = \"vpc-0a1b2c3d4e5f60718\"\n}}\nresource \"aws_subnet\" \"other\" {{\n  vpc_id     = data.aws_vpc.other.id\n  cidr_block = \"10.1.0.0/24\"\n}}\n"
    );
    let (fs, options) = project(&text);
    let (matrix, _) = paths(&fs, &options, &[]).unwrap();
    let networks: Vec<_> = matrix.roots.iter().flat_map(|root| &root.networks).collect();
    assert_eq!(networks.len(), 2);
    let other = networks.last().unwrap();
    assert_eq!(other.rows.len(), 1);
    assert_ne!(other.network.name, "aws_vpc.main");
    // It has no endpoint of its own: what others have one for is of interest.
    assert_eq!(other.services, ["s3"]);
    assert_ne!(other.rows.first().unwrap().cells.first().unwrap().word, "none");
}

#[test]
fn an_address_without_an_index_means_all_instances() {
    let (fs, options) = project(NETWORK);
    let (ways, _) = explain_path(&fs, &options, "aws_subnet.private", "s3").unwrap();
    let from: Vec<&str> = ways.iter().map(|way| way.from.as_str()).collect();
    assert_eq!(from, ["aws_subnet.private[0]", "aws_subnet.private[1]"]);
    assert!(ways.iter().all(|way| !way.steps.is_empty()));
    let full = explain_path(&fs, &options, "aws_subnet.private[1]", "com.amazonaws.eu-west-1.s3");
    assert_eq!(full.unwrap().0.len(), 1);
}

#[test]
fn what_does_not_exist_is_an_error_with_a_hint() {
    let (fs, options) = project(NETWORK);
    let place = explain_path(&fs, &options, "aws_subnet.publik", "s3").unwrap_err();
    let (name, nearest) = ("aws_subnet.publik".into(), Some("aws_subnet.public".into()));
    assert_eq!(place, UsageError::NoSuchPlace { name, nearest });
    let service = explain_path(&fs, &options, "aws_subnet.public", "s33").unwrap_err();
    let (name, nearest) = ("s33".into(), Some("s3".into()));
    assert_eq!(service, UsageError::UnknownService { name, nearest });
    assert!(paths(&fs, &options, &["no such".into()]).is_err());
}

fn edges(diagram: &Diagram, kind: EdgeKind) -> Vec<String> {
    let label = |node: usize| diagram.nodes.get(node).map_or("", |node| node.label.as_str());
    let edges = diagram.edges.iter().filter(|edge| edge.kind == kind);
    edges.map(|it| format!("{} {} {}", label(it.from), it.label, label(it.to))).collect()
}

#[test]
fn a_picture_shows_tables_routes_and_findings() {
    let text = format!(
        "{NETWORK}\nresource \"aws_vpc_endpoint\" \"alone\" {{\n  vpc_id       = aws_vpc.main.id\n  service_name = \"com.amazonaws.eu-west-1.dynamodb\"\n}}\n"
    );
    let (fs, options) = project(&text);
    let (all, _) = diagrams(&fs, &options, &[]).unwrap();
    let diagram = all.first().unwrap();
    assert_eq!(
        edges(diagram, EdgeKind::Uses),
        ["private[0]  private", "private[1]  private", "public  public"]
    );
    assert_eq!(edges(diagram, EdgeKind::Route), ["public 0.0.0.0/0 main", "private s3 s3"]);
    let marked: Vec<_> = diagram.nodes.iter().filter(|node| !node.marks.is_empty()).collect();
    assert!(marked.iter().any(|node| node.address.as_deref() == Some("aws_vpc_endpoint.alone")));
    // Whatever a node is in stands before it, and everything that is named is there.
    for (at, node) in diagram.nodes.iter().enumerate() {
        assert!(node.parent.is_none_or(|parent| parent < at));
    }
    let count = diagram.nodes.len();
    assert!(diagram.ways.iter().all(|way| way.nodes.iter().all(|node| *node < count)));
    // Three subnets and two services.
    assert_eq!(diagram.ways.len(), 6);
}

#[test]
fn nothing_is_drawn_where_nothing_is_declared() {
    let (fs, options) = project("locals {\n  a = 1\n}\n");
    assert_eq!(diagrams(&fs, &options, &[]).unwrap().0, []);
    assert!(paths(&fs, &options, &[]).unwrap().0.roots.iter().all(|it| it.networks.is_empty()));
}
