//! `interface-endpoint-default-security-group`.

use privatelint_diagnostics::{Severity, Span};
use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::facts::HTTPS;
use privatelint_network::resources::{Direction, Endpoint, EndpointType, SecurityGroup, Source};
use privatelint_network::{DefaultGroup, Network, Ref};

use crate::context::Cx;
use crate::doubt;
use crate::endpoint::{SamePlace, faulty};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds interface endpoints without a security group of their own. AWS then gives them the default security group of the VPC.
    ///
    /// ## Why is this bad
    ///
    /// The default security group lets in its own members only, and many accounts empty it, as security standards ask. A client with any other security group times out. The plan and the apply are clean.
    ///
    /// If the configuration takes the default group over (`aws_default_security_group`) without a rule that lets HTTPS in, nobody reaches the endpoint, and the finding is an error.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [aws_subnet.private.id]
    /// }
    /// ```
    ///
    /// One block makes two endpoints, and the default group is emptied:
    ///
    /// ```hcl,fires
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_default_security_group" "main" {
    ///   vpc_id = aws_vpc.main.id
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "ecr" {
    ///   for_each = toset(["ecr.api", "ecr.dkr"])
    ///
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [aws_subnet.private.id]
    /// }
    /// ```
    ///
    /// Instead, give it one:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_security_group" "endpoints" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = aws_vpc.main.id
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   subnet_ids         = [aws_subnet.private.id]
    ///   security_group_ids = [aws_security_group.endpoints.id]
    /// }
    /// ```
    ///
    /// The default group is taken over and lets the VPC in:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_default_security_group" "main" {
    ///   vpc_id = aws_vpc.main.id
    ///
    ///   ingress {
    ///     from_port   = 443
    ///     to_port     = 443
    ///     protocol    = "tcp"
    ///     cidr_blocks = [aws_vpc.main.cidr_block]
    ///   }
    /// }
    ///
    /// resource "aws_subnet" "private" {
    ///   vpc_id     = aws_vpc.main.id
    ///   cidr_block = "10.0.0.0/24"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id            = aws_vpc.main.id
    ///   service_name      = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = [aws_subnet.private.id]
    /// }
    /// ```
    ///
    /// Which groups it has is not known:
    ///
    /// ```hcl,silent
    /// variable "security_group_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_vpc" "main" {
    ///   cidr_block = "10.0.0.0/16"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "kms" {
    ///   vpc_id             = aws_vpc.main.id
    ///   service_name       = "com.amazonaws.eu-west-1.kms"
    ///   vpc_endpoint_type  = "Interface"
    ///   security_group_ids = var.security_group_ids
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For endpoints without subnets, which `interface-endpoint-without-subnets` reports: they have no network interface that a group could guard. Where an association resource, or a module that was not read and is given the endpoint, may add a group. For a VPC that the configuration does not declare, whose default group may be anything. Where the default group is taken over and a rule lets HTTPS in from more than its own members, or may. Where the type is not known.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
    /// - <https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html>
    pub(crate) static INTERFACE_ENDPOINT_DEFAULT_SECURITY_GROUP = {
        name: "interface-endpoint-default-security-group",
        summary: "An interface endpoint has only the VPC's default security group, which lets in its own members only",
        category: Connectivity,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let places = faulty(network, |endpoint| lacks_group(cx, endpoint));
    for place in &places {
        match network.default_group(&place.first.vpc) {
            DefaultGroup::OfAws => report(cx, place, None),
            DefaultGroup::Adopted(id) => {
                let emptied = network.security_group(id);
                if emptied.is_some_and(|group| lets_strangers_in(group).is_no()) {
                    report(cx, place, emptied);
                }
            }
            DefaultGroup::Unknown(doubts) => {
                let question = "whom does the VPC's default security group let in?";
                doubt::undecided(cx, place.span, question, doubts);
            }
        }
    }
}

/// The place to edit, if an endpoint with network interfaces certainly has no security group of its own.
fn lacks_group(cx: &Cx<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let interface = endpoint.is_type(EndpointType::Interface);
    let bare =
        Tri::all([interface, !endpoint.subnets.is_empty(), endpoint.security_groups.is_empty()]);
    let span = endpoint.security_groups.span.unwrap_or(endpoint.instance.header);
    if bare.is_unknown() {
        let doubts = doubt::of_argument(interface, &endpoint.endpoint_type)
            .into_iter()
            .chain(doubt::of_members(&endpoint.subnets))
            .chain(doubt::of_members(&endpoint.security_groups));
        doubt::undecided(cx, span, "has the endpoint a security group of its own?", doubts);
    }
    bare.is_yes().then_some(span)
}

/// Whether a group lets HTTPS in from anybody but its own members.
fn lets_strangers_in(group: &SecurityGroup<'_>) -> Tri {
    let of_rules = Tri::any(group.rules.iter().map(|rule| {
        let stranger = Tri::any(rule.sources.iter().map(|source| match source {
            Source::Itself => Tri::No,
            Source::Group(Ref::Managed(id)) => (*id != group.id).into(),
            Source::Unknown(_) => Tri::Unknown,
            Source::Cidr(_) | Source::PrefixList(_) | Source::Group(_) => Tri::Yes,
        }));
        rule.lets_tcp_through(Direction::Ingress, HTTPS).and(stranger)
    }));
    if group.doubts.is_empty() && group.instance.multiplicity == Multiplicity::One {
        of_rules
    } else {
        of_rules.or(Tri::Unknown)
    }
}

fn report(cx: &Cx<'_>, place: &SamePlace<'_, '_>, emptied: Option<&SecurityGroup<'_>>) {
    let (whom, severity) = match emptied {
        Some(_) => ("lets nobody else in: clients time out", Severity::Error),
        None => ("lets in its own members only: other clients time out", Severity::Warning),
    };
    let message = format!(
        "{} {} only the VPC's default security group, which {whom}",
        place.describe(),
        place.verb("has", "have"),
    );
    let mut report = cx
        .report(place.instance(), place.span, message)
        .label("no security group of its own")
        .help("set `security_group_ids` to a group that lets TCP port 443 in from the clients")
        .severity(severity);
    if let Some(group) = emptied {
        report =
            report.evidence(group.instance.header, "the default group, without a rule for them");
    }
    report.unless_completed_elsewhere();
}
