//! `resolver-rule-direction`.

use privatelint_diagnostics::{Confidence, Severity};
use privatelint_evaluator::{Multiplicity, Tri};
use privatelint_network::{Argument, Network};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Route 53 Resolver rules that forward queries through an inbound resolver endpoint, and those that forward them to the addresses of an outbound one.
    ///
    /// ## Why is this bad
    ///
    /// A rule of the type `FORWARD` sends queries out of the VPC, for which it needs an outbound endpoint. An inbound endpoint only takes queries in: Route 53 Resolver refuses the rule. `terraform plan` is clean, because the endpoint is named by its id.
    ///
    /// An outbound endpoint answers nobody: queries that are forwarded to its addresses are lost.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_route53_resolver_endpoint" "in" {
    ///   direction          = "INBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = aws_route53_resolver_endpoint.in.id
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    /// ```
    ///
    /// One block makes both endpoints, and the rules take the wrong one:
    ///
    /// ```hcl,fires
    /// resource "aws_route53_resolver_endpoint" "this" {
    ///   for_each = toset(["INBOUND", "OUTBOUND"])
    ///
    ///   direction          = each.key
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "office" {
    ///   for_each = toset(["office.example.com", "lab.example.com"])
    ///
    ///   domain_name          = each.key
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = aws_route53_resolver_endpoint.this["INBOUND"].id
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    /// ```
    ///
    /// The targets are those of the outbound endpoint itself:
    ///
    /// ```hcl,fires
    /// resource "aws_route53_resolver_endpoint" "out" {
    ///   direction          = "OUTBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "internal" {
    ///   domain_name          = "internal.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = aws_route53_resolver_endpoint.out.id
    ///
    ///   dynamic "target_ip" {
    ///     for_each = aws_route53_resolver_endpoint.out.ip_address
    ///
    ///     content {
    ///       ip = target_ip.value.ip
    ///     }
    ///   }
    /// }
    /// ```
    ///
    /// Instead, forward through an outbound endpoint:
    ///
    /// ```hcl,silent
    /// resource "aws_route53_resolver_endpoint" "out" {
    ///   direction          = "OUTBOUND"
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = aws_route53_resolver_endpoint.out.id
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    /// ```
    ///
    /// The direction is not known:
    ///
    /// ```hcl,silent
    /// variable "direction" {
    ///   type = string
    /// }
    ///
    /// resource "aws_route53_resolver_endpoint" "this" {
    ///   direction          = var.direction
    ///   security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-0a1b2c3d4e5f60718"
    ///   }
    ///
    ///   ip_address {
    ///     subnet_id = "subnet-1a1b2c3d4e5f60718"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = aws_route53_resolver_endpoint.this.id
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For rules of the type `SYSTEM`, which need no endpoint. Where the endpoint, its direction or the type of the rule is not known. Targets are looked at only where the code reads them from the outbound endpoint; those findings are warnings and *likely*.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html>
    /// - <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-forwarding-outbound-queries.html>
    pub(crate) static RESOLVER_RULE_DIRECTION = {
        name: "resolver-rule-direction",
        summary: "A resolver rule forwards through an inbound endpoint, or to an outbound one",
        category: Correctness,
        severity: Error,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The directions of endpoints that only take queries in.
const INBOUND: [&str; 2] = ["INBOUND", "INBOUND_DELEGATION"];

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    check_endpoints(cx, network);
    check_targets(cx, network);
}

/// The rules that forward to addresses of an outbound endpoint.
fn check_targets(cx: &Cx<'_>, network: &Network<'_>) {
    let mut seen = Vec::new();
    for rule in network.resolver_rules.iter().filter(|rule| rule.forwards.is_yes()) {
        for block in rule.instance.body.nested("target_ip") {
            let target = Argument::of(&block.body, "ip");
            let mut named = Vec::new();
            target.value.for_each_address(&mut |address| named.push(address.clone()));
            let outbound = network.resolver_endpoints.iter().find(|endpoint| {
                let direction = Argument::of(&endpoint.instance.body, "direction");
                direction.is("OUTBOUND").is_yes()
                    && !named.is_empty()
                    && named.iter().all(|address| *address == endpoint.instance.address)
            });
            let span = target.span.unwrap_or(block.span);
            let Some(outbound) = outbound.filter(|_| !seen.contains(&span)) else { continue };
            seen.push(span);
            let message = format!(
                "`{}` forwards queries to the outbound endpoint `{}`, which answers nobody",
                rule.instance.address, outbound.instance.address,
            );
            cx.report(rule.instance, span, message)
                .label("an address of an outbound endpoint")
                .evidence(outbound.instance.header, "sends queries out")
                .help("forward to name servers, or to an endpoint with `direction = \"INBOUND\"` in another VPC")
                .severity(Severity::Warning)
                .confidence(Confidence::Likely);
        }
    }
}

/// The rules that forward through an inbound endpoint.
fn check_endpoints(cx: &Cx<'_>, network: &Network<'_>) {
    let mut seen = Vec::new();
    for rule in &network.resolver_rules {
        let endpoint = rule.endpoint.managed().and_then(|id| network.resolver_endpoint(id));
        let Some(endpoint) = endpoint.filter(|_| !rule.forwards.is_no()) else { continue };
        let named = Argument::of(&rule.instance.body, "resolver_endpoint_id");
        let span = named.span.unwrap_or(rule.instance.header);
        // The instances of one block are one finding.
        if seen.contains(&span) {
            continue;
        }
        let direction = Argument::of(&endpoint.instance.body, "direction");
        let inbound = Tri::any(INBOUND.iter().map(|name| direction.is(name)));
        match inbound.and(rule.forwards) {
            Tri::Yes => {}
            Tri::Unknown => {
                let kind = Argument::of(&rule.instance.body, "rule_type");
                let doubts = [
                    doubt::of_argument(inbound, &direction),
                    doubt::of_argument(rule.forwards, &kind),
                ];
                let question = "does the rule forward through an outbound endpoint?";
                doubt::undecided(cx, span, question, doubts.into_iter().flatten());
                continue;
            }
            Tri::No => continue,
        }
        seen.push(span);
        let message = format!(
            "`{}` forwards queries through the inbound endpoint `{}`: the apply fails",
            rule.instance.address, endpoint.instance.address,
        );
        let report = cx
            .report(rule.instance, span, message)
            .label("an inbound endpoint")
            .evidence(direction.span.unwrap_or(endpoint.instance.header), "takes queries in");
        let outbound = network.resolver_endpoints.iter().find(|other| {
            Argument::of(&other.instance.body, "direction").is("OUTBOUND").is_yes()
                && other.instance.multiplicity == Multiplicity::One
        });
        drop(report.help(match outbound {
            Some(outbound) => format!("name the outbound endpoint `{}`", outbound.instance.address),
            None => "name an endpoint with `direction = \"OUTBOUND\"`".to_owned(),
        }));
    }
}
