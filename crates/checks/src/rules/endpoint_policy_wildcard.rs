//! `endpoint-policy-wildcard`.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri};
use privatelint_network::Network;
use privatelint_network::facts::perimeter_key;
use privatelint_network::policy::{self, Policy, Reading, Statement};
use privatelint_network::resources::Endpoint;

use crate::context::Cx;
use crate::doubt;
use crate::endpoint::{self, SamePlace};
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds endpoint policies with a statement that allows everybody (`Principal` `*`) every action (`*`, or `s3:*` and the like) on every resource, without a condition that ties the caller or the resource to an account or an organisation.
    ///
    /// ## Why is this bad
    ///
    /// An endpoint policy is the one place where the network decides which identities and which resources may be used through it. A statement like this one decides nothing: it is what AWS does without a policy, but reads as if somebody had restricted something. Whoever runs code in the VPC can send data to a bucket or a queue of a foreign account with credentials of that account, and the endpoint carries it.
    ///
    /// `Principal` `*` by itself is fine, and is what AWS recommends, together with such a condition.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    ///
    ///   policy = jsonencode({
    ///     Version = "2012-10-17"
    ///     Statement = [{
    ///       Effect    = "Allow"
    ///       Principal = "*"
    ///       Action    = "*"
    ///       Resource  = "*"
    ///     }]
    ///   })
    /// }
    /// ```
    ///
    /// In a policy document, for several endpoints:
    ///
    /// ```hcl,fires
    /// data "aws_iam_policy_document" "queues" {
    ///   statement {
    ///     actions   = ["sqs:*", "sns:*"]
    ///     resources = ["*"]
    ///
    ///     principals {
    ///       type        = "AWS"
    ///       identifiers = ["*"]
    ///     }
    ///   }
    /// }
    ///
    /// resource "aws_vpc_endpoint" "messaging" {
    ///   for_each = toset(["sqs", "sns"])
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.${each.key}"
    ///   vpc_endpoint_type = "Interface"
    ///   subnet_ids        = ["subnet-0a1b2c3d4e5f60718"]
    ///   policy            = data.aws_iam_policy_document.queues.json
    /// }
    /// ```
    ///
    /// Instead, say whose identities and whose resources:
    ///
    /// ```hcl,silent
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    ///
    ///   policy = jsonencode({
    ///     Version = "2012-10-17"
    ///     Statement = [{
    ///       Effect    = "Allow"
    ///       Principal = "*"
    ///       Action    = "*"
    ///       Resource  = "*"
    ///       Condition = {
    ///         StringEquals = {
    ///           "aws:PrincipalOrgID" = "o-a1b2c3d4e5"
    ///           "aws:ResourceOrgID"  = "o-a1b2c3d4e5"
    ///         }
    ///       }
    ///     }]
    ///   })
    /// }
    /// ```
    ///
    /// What this document says is not known:
    ///
    /// ```hcl,silent
    /// variable "policy" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    ///   policy          = var.policy
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For endpoints without a policy. Where another statement denies everybody outside an account or an organisation. Where the policy, or what decides in it, is not known; text that is not known inside a statement is not taken for a wildcard.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    /// - <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html>
    pub(crate) static ENDPOINT_POLICY_WILDCARD = {
        name: "endpoint-policy-wildcard",
        summary: "An endpoint policy allows everybody everything",
        category: Security,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    for place in endpoint::faulty(network, |endpoint| fault(cx, endpoint)) {
        report(cx, network, &place);
    }
}

/// The place to edit, if the policy certainly allows everybody everything.
fn fault(cx: &Cx<'_>, endpoint: &Endpoint<'_>) -> Option<Span> {
    let span = endpoint.policy.span?;
    let open = match policy::read(&endpoint.policy.value) {
        Reading::Policy(policy) => Tri::any(policy.unrestricted().iter().map(|(_, is)| *is))
            .and(!denies_strangers(&policy)),
        Reading::Unknown => Tri::Unknown,
        // AWS rejects what is no policy; that is another fault.
        Reading::Absent | Reading::Invalid(_) => Tri::No,
    };
    if open.is_unknown() {
        let doubts = doubt::of_argument(open, &endpoint.policy);
        doubt::undecided(cx, span, "does the endpoint policy allow everybody everything?", doubts);
    }
    open.is_yes().then_some(span)
}

fn report(cx: &Cx<'_>, network: &Network<'_>, place: &SamePlace<'_, '_>) {
    let first = place.first;
    let by_itself = !first.instance.span.contains(place.span);
    let writer = if by_itself {
        policy_resource(network, first, place.span)
    } else {
        Some(place.instance())
    };
    let Some(instance) = writer else { return };
    let message = format!("the policy of {} allows everybody everything", place.describe());
    let report = cx
        .report(instance, place.span, message)
        .label(format!("{} ties neither the caller nor the resource to an account", statement(first)))
        .help("add a condition on `aws:PrincipalOrgID` and `aws:ResourceOrgID`, or name the resources");
    if by_itself {
        report.evidence(first.instance.header, "the policy of this endpoint");
    }
}

/// What the first statement that allows everything is called.
fn statement(endpoint: &Endpoint<'_>) -> String {
    let Reading::Policy(policy) = policy::read(&endpoint.policy.value) else { return "it".into() };
    let Some((at, _)) = policy.unrestricted().into_iter().find(|(_, is)| is.is_yes()) else {
        return "it".into();
    };
    match policy.statements.get(at).and_then(|statement| statement.sid.as_deref()) {
        Some(sid) => format!("statement `{sid}`"),
        None => format!("statement {}", at.saturating_add(1)),
    }
}

/// The instance that sets the policy of an endpoint in its stead.
fn policy_resource<'n>(
    network: &Network<'n>,
    endpoint: &Endpoint<'n>,
    span: Span,
) -> Option<&'n Instance> {
    let writes = |instance: &&Instance| {
        instance.body.span_of("policy") == Some(span)
            && instance.body.get("policy") == Some(&endpoint.policy.value)
    };
    network.instances.iter().find(writes).or(Some(endpoint.instance))
}

/// Whether some statement denies those outside an account or an organization what another one allows.
fn denies_strangers(policy: &Policy) -> Tri {
    let narrows = |statement: &&Statement| {
        let broad =
            statement.not_action || statement.actions.iter().any(|action| action.ends_with('*'));
        broad
            && statement.conditions.iter().any(|condition| perimeter_key(&condition.key).is_some())
    };
    Tri::any(policy.statements.iter().filter(narrows).map(|statement| !statement.allows))
}
