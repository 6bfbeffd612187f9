//! `unknown-service-name`.

use std::collections::BTreeSet;

use privatelint_diagnostics::{Confidence, Severity};
use privatelint_evaluator::{TextPart, Unknown, Value};
use privatelint_network::Network;
use privatelint_network::facts::{NameForm, ServiceName, Suggestion};
use privatelint_network::resources::Endpoint;

use crate::context::Cx;
use crate::rule::{Check, declare_rule};
use crate::{doubt, endpoint, service};

declare_rule! {
    /// ## What it does
    ///
    /// Finds service names that AWS does not have: misspelled ones, and those of a product where the service goes by another name, such as `cloudwatch` for `monitoring`. In the partitions of China and others, names with the wrong prefix too.
    ///
    /// ## Why is this bad
    ///
    /// The plan is clean, and the apply fails:
    ///
    /// > InvalidServiceName: The Vpc Endpoint Service '...' does not exist
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "secrets" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.secretmanager"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// One of a list:
    ///
    /// ```hcl,fires
    /// variable "region" {
    ///   type = string
    /// }
    ///
    /// locals {
    ///   services = ["logs", "cloudwatch", "sqs"]
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   for_each = toset(local.services)
    ///
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.${var.region}.${each.key}"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// Instead:
    ///
    /// ```hcl,silent
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// resource "aws_vpc_endpoint" "secrets" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.secretsmanager"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// The name is not known:
    ///
    /// ```hcl,silent
    /// variable "service" {
    ///   type = string
    /// }
    ///
    /// resource "aws_vpc_endpoint" "this" {
    ///   vpc_id            = "vpc-0a1b2c3d4e5f60718"
    ///   service_name      = "com.amazonaws.eu-west-1.${var.service}"
    ///   vpc_endpoint_type = "Interface"
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where the name is not known, or not enough of it. For endpoint services, whose ids only AWS can check. Where the name has the wrong region in it: that is to be mended first.
    ///
    /// AWS gets new services all the time, and privatelint's table is from a certain day. A name that resembles none of the table is a warning and *likely*; one that is a character away from a service, or a known mistake, is an error.
    ///
    /// ## References
    ///
    /// - <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>
    /// - <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    pub(crate) static UNKNOWN_SERVICE_NAME = {
        name: "unknown-service-name",
        summary: "The service name of an endpoint is none that AWS has",
        category: Correctness,
        severity: Warning,
        since: "0.1.0",
        check: Check::Network(check),
    }
}

fn check(cx: &Cx<'_>, network: &Network<'_>) {
    let mut unlisted = Vec::new();
    for endpoint in &network.endpoints {
        let span = endpoint.service_name.span.unwrap_or(endpoint.instance.header);
        match endpoint.service.form {
            NameForm::Unlisted | NameForm::Malformed
                // The empty text is sent as little as one that is left out.
                if endpoint.service_name.is("").is_no()
                    && !service::is_of_another_region(network, endpoint).is.is_yes() =>
            {
                unlisted.push((span, endpoint));
            }
            NameForm::Unknown if !is_one_of_known(endpoint) => {
                let unknown = doubt::of_argument(endpoint.service_name.is(""), &endpoint.service_name);
                doubt::undecided(cx, span, "is the service name one that AWS has?", unknown);
            }
            _ => {}
        }
    }
    for place in endpoint::by_place(unlisted) {
        let mut names = BTreeSet::new();
        for endpoint in &place.endpoints {
            if names.insert(name(endpoint)) {
                report(cx, endpoint);
            }
        }
    }
}

/// Whether it is one of several names, because a condition is not known, and AWS has each of them.
fn is_one_of_known(endpoint: &Endpoint<'_>) -> bool {
    endpoint.service_name.value.alternatives().iter().all(|name| {
        !matches!(
            ServiceName::parse(name).form,
            NameForm::Unknown | NameForm::Unlisted | NameForm::Malformed
        )
    })
}

fn report(cx: &Cx<'_>, endpoint: &Endpoint<'_>) {
    let span = endpoint.service_name.span.unwrap_or(endpoint.instance.header);
    let suggestions = endpoint.service.suggestions();
    let nearest = suggestions.iter().map(|suggestion| suggestion.distance).min();
    let report = cx
        .report(
            endpoint.instance,
            span,
            format!("AWS has no endpoint service `{}`", name(endpoint)),
        )
        .label("not a known service");
    let report = match nearest {
        Some(0) => report.severity(Severity::Error),
        Some(1) => report.severity(Severity::Error).confidence(Confidence::Likely),
        _ => report.confidence(Confidence::Likely),
    };
    report.help(help(&suggestions));
}

fn help(suggestions: &[Suggestion]) -> String {
    let names: Vec<_> =
        suggestions.iter().map(|suggestion| format!("`{}`", suggestion.name)).collect();
    match names.as_slice() {
        [] => "look the name up in the list of services that this rule's page links to".to_owned(),
        [only] => format!("write {only}"),
        [before @ .., last] => format!("write {} or {last}, whichever is meant", before.join(", ")),
    }
}

/// The name as far as it is known: `com.amazonaws.{…}.cloudwatch`.
fn name(endpoint: &Endpoint<'_>) -> String {
    match &endpoint.service_name.value {
        Value::String(text) => text.to_string(),
        Value::Unknown(Unknown::Text(parts)) => parts
            .iter()
            .map(|part| match part {
                TextPart::Known(text) => text.as_str(),
                TextPart::Unknown(_) => "{…}",
            })
            .collect(),
        _ => endpoint.instance.address.to_string(),
    }
}
