//! `resolver-rule-without-association`.

use privatelint_evaluator::{Address, Mode, Value};
use privatelint_network::resources::ResolverRule;
use privatelint_network::{Network, Ref};

use crate::context::Cx;
use crate::doubt;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds Route 53 Resolver rules that forward names and are associated with no VPC, in no Route 53 Profile and shared with nobody.
    ///
    /// ## Why is this bad
    ///
    /// A rule holds only in the VPCs that it is associated with. Without one it does nothing: the names that it is for are still looked up in public, and do not resolve.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    /// ```
    ///
    /// A module makes two rules, and one of them is associated:
    ///
    /// ```hcl,fires
    /// module "dns" {
    ///   source = "./modules/dns"
    ///   vpc_id = "vpc-0a1b2c3d4e5f60718"
    /// }
    ///
    /// # file: modules/dns/main.tf
    /// variable "vpc_id" {
    ///   type = string
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "forward" {
    ///   for_each = toset(["office.example.com", "lab.example.com"])
    ///
    ///   domain_name          = each.key
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "office" {
    ///   resolver_rule_id = aws_route53_resolver_rule.forward["office.example.com"].id
    ///   vpc_id           = var.vpc_id
    /// }
    /// ```
    ///
    /// Instead, associate it with the VPCs that ask for the names:
    ///
    /// ```hcl,silent
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "office" {
    ///   resolver_rule_id = aws_route53_resolver_rule.office.id
    ///   vpc_id           = "vpc-0a1b2c3d4e5f60718"
    /// }
    /// ```
    ///
    /// It is shared with other accounts, which associate it with their VPCs:
    ///
    /// ```hcl,silent
    /// variable "share_arn" {
    ///   type = string
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    ///
    /// resource "aws_ram_resource_association" "office" {
    ///   resource_arn       = aws_route53_resolver_rule.office.arn
    ///   resource_share_arn = var.share_arn
    /// }
    /// ```
    ///
    /// With which VPCs it is associated is not known:
    ///
    /// ```hcl,silent
    /// variable "vpc_ids" {
    ///   type = list(string)
    /// }
    ///
    /// resource "aws_route53_resolver_rule" "office" {
    ///   domain_name          = "office.example.com"
    ///   rule_type            = "FORWARD"
    ///   resolver_endpoint_id = "rslvr-out-0a1b2c3d4e5f60718"
    ///
    ///   target_ip {
    ///     ip = "192.168.10.10"
    ///   }
    /// }
    ///
    /// resource "aws_route53_resolver_rule_association" "office" {
    ///   for_each = toset(var.vpc_ids)
    ///
    ///   resolver_rule_id = aws_route53_resolver_rule.office.id
    ///   vpc_id           = each.key
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For rules of the type `SYSTEM`. Where an association, a profile or a share of AWS RAM names the rule, or may, and where a module that was not read is given it. Where something else reads the rule's id or ARN. Another configuration can associate the rule, so findings are *likely* and never *certain*, and *possible* if the configuration hands the rule on as an output.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-rules-managing.html>
    /// - <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateResolverRule.html>
    pub(crate) static RESOLVER_RULE_WITHOUT_ASSOCIATION = {
        name: "resolver-rule-without-association",
        summary: "A resolver rule is associated with no VPC and does nothing",
        category: Hygiene,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

/// The attributes by which something may carry the rule elsewhere.
const HANDLES: [&str; 2] = ["id", "arn"];

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let alone: Vec<&ResolverRule<'_>> = network
        .resolver_rules
        .iter()
        .filter(|rule| rule.forwards.is_yes() && is_alone(cx, network, rule))
        .collect();
    if alone.is_empty() {
        return;
    }
    let handed_on = network.read_by(&HANDLES);
    let mut seen: Vec<&Address> = Vec::new();
    for rule in alone.iter().filter(|rule| !handed_on.contains(&rule.instance.address)) {
        let address = &rule.instance.address;
        // The instances of one block are one finding.
        let is_same =
            |other: &&Address| (&other.module, &other.name) == (&address.module, &address.name);
        if seen.iter().any(is_same) {
            continue;
        }
        seen.push(address);
        report(cx, rule);
    }
}

/// Whether no association, profile or share certainly or perhaps has the rule.
fn is_alone(cx: &Cx<'_>, network: &Network<'_>, rule: &ResolverRule<'_>) -> bool {
    let unassociated = rule.vpcs.is_empty();
    if unassociated.is_unknown() {
        let doubts = doubt::of_members(&rule.vpcs);
        let question = "is the rule associated with a VPC?";
        doubt::undecided(cx, rule.instance.header, question, doubts);
    }
    unassociated.is_yes() && !is_in_profile(network, rule) && !is_shared(network, rule)
}

fn is_in_profile(network: &Network<'_>, rule: &ResolverRule<'_>) -> bool {
    let mut parts = network.profiles.iter().flat_map(|profile| &profile.parts);
    parts.any(|part| match &part.rule {
        Ref::Managed(id) => *id == rule.id,
        Ref::Absent => false,
        _ => true,
    })
}

/// Whether a share of AWS RAM has the rule, or something that is not known.
fn is_shared(network: &Network<'_>, rule: &ResolverRule<'_>) -> bool {
    let shares = network.instances.iter().filter(|instance| {
        instance.address.mode == Mode::Managed
            && instance.address.kind == "aws_ram_resource_association"
    });
    shares.into_iter().any(|share| {
        let shared = share.body.get("resource_arn").unwrap_or(&Value::Null);
        let mut named = Vec::new();
        shared.for_each_address(&mut |address| named.push(address.clone()));
        named.contains(&rule.instance.address) || (named.is_empty() && !shared.is_known())
    })
}

fn report(cx: &Cx<'_>, rule: &ResolverRule<'_>) {
    let address = &rule.instance.address;
    let domain = rule.domain_name.value.as_str();
    let what = domain.map_or_else(String::new, |domain| format!(" for `{domain}`"));
    let message = format!("the resolver rule `{address}`{what} is in no VPC: it forwards nothing");
    cx.report(rule.instance, rule.instance.header, message)
        .label("no association names it")
        .help(
            "add an `aws_route53_resolver_rule_association` for each VPC that asks for these names",
        )
        .unless_completed_elsewhere();
}
