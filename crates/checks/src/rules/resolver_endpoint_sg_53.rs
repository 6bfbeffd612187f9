//! `resolver-endpoint-sg-53`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Multiplicity, Tri, Value};
use privatelint_network::resources::{Direction, ResolverEndpoint, Rule, SecurityGroup};
use privatelint_network::{Argument, Doubt, Network, Ref, Written};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Route 53 Resolver endpoints whose security groups do not let DNS through: port 53 with UDP and TCP, in for an inbound endpoint, out for an outbound one.
    ///
    /// ## Why is this bad
    ///
    /// AWS asks for rules for both protocols. Without UDP no query gets through. Without TCP, answers that do not fit into one packet are lost, so that only some names fail. The plan and the apply are clean.
    ///
    /// ## Examples
    ///
    /// A group without rules lets nothing out, because Terraform removes the rule that AWS makes:
    ///
    /// ```hcl,fires
    /// resource "aws_security_group" "dns" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    ///
    ///   ingress {
    ///     from_port   = 53
    ///     to_port     = 53
    ///     protocol    = "udp"
    ///     cidr_blocks = ["10.0.0.0/8"]
    ///   }
    ///
    ///   ingress {
    ///     from_port   = 53
    ///     to_port     = 53
    ///     protocol    = "tcp"
    ///     cidr_blocks = ["10.0.0.0/8"]
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "out" {
    ///   direction          = "OUTBOUND"
    ///   security_group_ids = [aws_security_group.dns.id]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    /// ```
    ///
    /// Only UDP is let in:
    ///
    /// ```hcl,fires
    /// resource "aws_security_group" "dns" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_security_group_ingress_rule" "dns" {
    ///   for_each = toset(["10.0.0.0/8", "192.168.0.0/16"])
    ///
    ///   security_group_id = aws_security_group.dns.id
    ///   from_port         = 53
    ///   to_port           = 53
    ///   ip_protocol       = "udp"
    ///   cidr_ipv4         = each.key
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = [aws_security_group.dns.id]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    /// ```
    ///
    /// Instead, let both protocols through:
    ///
    /// ```hcl,silent
    /// resource "aws_security_group" "dns" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_security_group_ingress_rule" "dns" {
    ///   for_each = toset(["tcp", "udp"])
    ///
    ///   security_group_id = aws_security_group.dns.id
    ///   from_port         = 53
    ///   to_port           = 53
    ///   ip_protocol       = each.key
    ///   cidr_ipv4         = "10.0.0.0/8"
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = [aws_security_group.dns.id]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    /// ```
    ///
    /// The protocol is not known:
    ///
    /// ```hcl,silent
    /// variable "protocols" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_security_group" "dns" {
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    /// }
    ///
    /// resource "aws_vpc_security_group_ingress_rule" "dns" {
    ///   for_each = toset(var.protocols)
    ///
    ///   security_group_id = aws_security_group.dns.id
    ///   from_port         = 53
    ///   to_port           = 53
    ///   ip_protocol       = each.key
    ///   cidr_ipv4         = "10.0.0.0/8"
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = [aws_security_group.dns.id]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For an endpoint that speaks DNS over HTTPS (`protocols`). For an outbound one with a rule that forwards to a port other than 53. Where a group is not declared here, a rule is not known or a module that was not read is given the group. A finding about a group without inline rules is *likely* and not *certain*: another configuration can add rules to it.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverEndpoint.html>
    /// - <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-resolver-endpoint-scaling.html>
    pub(crate) static RESOLVER_ENDPOINT_SG_53 = {
        name: "resolver-endpoint-sg-53",
        summary: "The security groups of a resolver endpoint do not let DNS through",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

const DNS: u16 = 53;

/// The protocol of an endpoint that says nothing else.
const PLAIN: &str = "Do53";

/// What the groups of an endpoint lack.
#[derive(Clone, Copy)]
struct Lack {
    udp: Tri,
    tcp: Tri,
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for endpoint in &network.resolver_endpoints {
        let direction = match Argument::of(&endpoint.instance.body, "direction").value.as_str() {
            Some("INBOUND" | "INBOUND_DELEGATION") => Direction::Ingress,
            Some("OUTBOUND") => Direction::Egress,
            _ => continue,
        };
        if !speaks_plain_dns(network, endpoint, direction) {
            continue;
        }
        let span = endpoint.security_groups.span.unwrap_or(endpoint.instance.header);
        let mut doubts = doubt::of_members(&endpoint.security_groups);
        let groups = groups(network, endpoint, &mut doubts);
        let lack = lack(&groups, direction, &doubts);
        if lack.udp.is_yes() || lack.tcp.is_yes() {
            report(cx, endpoint, &groups, direction, lack);
        } else if lack.udp.is_unknown() || lack.tcp.is_unknown() {
            let of_groups = groups.iter().flat_map(|group| group.doubts_about(direction).cloned());
            let doubts = doubts.into_iter().chain(of_groups);
            let question = "do the security groups of the resolver endpoint let DNS through?";
            doubt::undecided(cx, span, question, doubts);
        }
    }
}

/// Whether an endpoint certainly speaks DNS on its own port.
fn speaks_plain_dns(
    network: &Network<'_>,
    endpoint: &ResolverEndpoint<'_>,
    direction: Direction,
) -> bool {
    let protocols = Argument::of(&endpoint.instance.body, "protocols").value;
    let is_plain = match &protocols {
        Value::Null => true,
        protocols => protocols
            .as_elements()
            .is_some_and(|all| all.iter().any(|one| one.equals(&Value::string(PLAIN)).is_yes())),
    };
    if direction == Direction::Ingress {
        return is_plain;
    }
    // Where its rules forward to decides about the port.
    let own = network.resolver_rules.iter().filter(|rule| match &rule.endpoint {
        Ref::Managed(id) => *id == endpoint.id,
        Ref::OneOf(_) | Ref::Maybe(_) => true,
        Ref::External(_) | Ref::Absent => false,
    });
    let mut ports = own
        .flat_map(|rule| rule.instance.body.nested("target_ip"))
        .map(|block| Argument::of(&block.body, "port").value);
    is_plain
        && ports.all(|port| port.is_null() || port.equals(&Value::number(i64::from(DNS))).is_yes())
}

/// The security groups of an endpoint that are declared here; one that is not is a doubt.
fn groups<'n, 'a>(
    network: &'n Network<'a>,
    endpoint: &ResolverEndpoint<'_>,
    doubts: &mut Vec<Doubt>,
) -> Vec<&'n SecurityGroup<'a>> {
    let mut found: Vec<&SecurityGroup<'_>> = Vec::new();
    for member in &endpoint.security_groups.items {
        match member.target.managed().and_then(|id| network.security_group(id)) {
            Some(group) if found.iter().any(|other| other.id == group.id) => {}
            Some(group) => found.push(group),
            None => doubts.push(match member.value.first_unknown() {
                Some(unknown) => Doubt::of_unknown(unknown, Some(member.span)),
                None => Doubt::new(
                    "the security group is not declared here",
                    "lint it together with the code that declares it",
                    Some(member.span),
                ),
            }),
        }
    }
    found
}

fn lack(groups: &[&SecurityGroup<'_>], direction: Direction, doubts: &[Doubt]) -> Lack {
    let rules = || groups.iter().flat_map(|group| &group.rules);
    let is_closed = |lets: &dyn Fn(&Rule<'_>) -> Tri| {
        let lets_through = Tri::any(rules().map(lets));
        let all_seen = doubts.is_empty()
            && !groups.is_empty()
            && groups.iter().all(|group| group.doubts_about(direction).next().is_none());
        if all_seen { !lets_through } else { (!lets_through).and(Tri::Unknown) }
    };
    Lack {
        udp: is_closed(&|rule| rule.lets_udp_through(direction, DNS)),
        tcp: is_closed(&|rule| rule.lets_tcp_through(direction, DNS)),
    }
}

fn report(
    cx: &Cx<'_>,
    endpoint: &ResolverEndpoint<'_>,
    groups: &[&SecurityGroup<'_>],
    direction: Direction,
    lack: Lack,
) {
    let Some(first) = groups.first() else { return };
    let way = if direction == Direction::Ingress { "in" } else { "out" };
    let (lacks, effect) = match (lack.udp, lack.tcp) {
        (Tri::Yes, Tri::Yes) => ("no DNS", "no name is resolved through it"),
        (Tri::Yes, _) => ("no DNS over UDP", "no name is resolved through it"),
        _ => ("no DNS over TCP", "answers that do not fit into one packet are lost"),
    };
    let message = format!(
        "the security group of the resolver endpoint `{}` lets {lacks} {way}: {effect}",
        endpoint.instance.address,
    );
    let (kind, peers) = match direction {
        Direction::Ingress => ("ingress", "from the networks that ask"),
        Direction::Egress => ("egress", "to the name servers"),
    };
    let span = first.instance.header;
    let used: Span = endpoint.security_groups.span.unwrap_or(endpoint.instance.header);
    let mut report = cx
        .report(first.instance, span, message)
        .label(format!("{lacks} {way}"))
        .evidence(used, "guarded by this group")
        .help(format!("add {kind} rules for UDP and TCP port {DNS} {peers}"));
    for group in groups.iter().skip(1) {
        report = report.evidence(group.instance.header, "nor does this group");
    }
    let is_inline = |group: &&SecurityGroup<'_>| {
        group
            .rules
            .iter()
            .any(|rule| rule.written == Written::Inline && rule.direction == Some(direction))
    };
    let is_there = endpoint.instance.multiplicity == Multiplicity::One;
    if !is_there || !groups.iter().all(is_inline) {
        report.unless_completed_elsewhere();
    }
}
