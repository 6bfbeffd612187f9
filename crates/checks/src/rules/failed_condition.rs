//! `failed-condition`.

use privatelint_diagnostics::{Confidence, Severity};
use privatelint_evaluator::{Condition, ConditionKind, Conditions, Multiplicity};
use privatelint_network::Doubt;

use crate::context::Cx;
use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Evaluates the conditions that authors of modules write: `validation` of variables, `precondition` and `postcondition` of resources, data sources and outputs, `assert` in `check` blocks. Finds those that are false.
    ///
    /// With `--plan`, these are the ones that the plan says have failed, where the code beside it writes them.
    ///
    /// ## Why is this bad
    ///
    /// The plan fails, with the author's message. Only a `check` block lets the apply go on, with a warning.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// variable "availability_zones" {
    ///   type = list(string)
    ///
    ///   validation {
    ///     condition     = length(var.availability_zones) >= 2
    ///     error_message = "Give at least two zones."
    ///   }
    /// }
    ///
    /// # file: terraform.tfvars
    /// availability_zones = ["eu-west-1a"]
    /// ```
    ///
    /// An argument of a module call:
    ///
    /// ```hcl,fires
    /// provider "aws" {
    ///   region = "eu-west-1"
    /// }
    ///
    /// module "network" {
    ///   source = "./network"
    ///   cidr   = "10.0.0.0/29"
    /// }
    ///
    /// # file: network/main.tf
    /// variable "cidr" {
    ///   type = string
    ///
    ///   validation {
    ///     condition     = tonumber(split("/", var.cidr)[1]) <= 28
    ///     error_message = "A VPC has at least 16 addresses."
    ///   }
    /// }
    /// ```
    ///
    /// Instead:
    ///
    /// ```hcl,silent
    /// variable "availability_zones" {
    ///   type = list(string)
    ///
    ///   validation {
    ///     condition     = length(var.availability_zones) >= 2
    ///     error_message = "Give at least two zones."
    ///   }
    /// }
    ///
    /// # file: terraform.tfvars
    /// availability_zones = ["eu-west-1a", "eu-west-1b"]
    /// ```
    ///
    /// What the condition is about is not known:
    ///
    /// ```hcl,silent
    /// variable "availability_zones" {
    ///   type = list(string)
    ///
    ///   validation {
    ///     condition     = length(var.availability_zones) >= 2
    ///     error_message = "Give at least two zones."
    ///   }
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// Where a value in the condition is not known and decides. Where the condition itself has an error in it: Terraform reports that. For a module that nothing calls here and that is not applied as it is: what its defaults alone would fail is for its callers to give.
    ///
    /// A comparison of two collections, or of values that differ only in their type, such as `"443"` and `443`, counts as not known: the provider may convert what is written.
    ///
    /// What holds only with the defaults of the root module's variables is *likely*. It is *possible* where such a default fails its own validation, which may be there to make sure that a value is given, and where another variable of the root module has no value here: then values come from elsewhere.
    ///
    /// ## References
    ///
    /// - <https://developer.hashicorp.com/terraform/language/expressions/custom-conditions>
    /// - <https://developer.hashicorp.com/terraform/language/block/check>
    pub(crate) static FAILED_CONDITION = {
        name: "failed-condition",
        summary: "A condition that the author of a module wrote is false",
        category: Correctness,
        severity: Error,
        since: "0.2.0",
        check: Check::Conditions(check),
    }
}

fn check(cx: &Cx<'_>, conditions: &Conditions) {
    for condition in &conditions.failed {
        let may_be_given = condition.is_default || conditions.inputs_are_missing;
        report(cx, condition, may_be_given);
    }
    for (condition, unknown) in &conditions.undecided {
        let doubt = Doubt::of_unknown(unknown, Some(condition.span));
        cx.undecided(condition.place, "does the author's condition hold?", doubt);
    }
}

/// `may_be_given` says that what has a default here has perhaps another value when the module is applied.
fn report(cx: &Cx<'_>, condition: &Condition, may_be_given: bool) {
    let Condition { kind, subject, place, .. } = condition;
    let failed = match kind {
        ConditionKind::Validation => format!("{subject} fails its validation"),
        ConditionKind::Precondition => format!("a precondition of {subject} fails"),
        ConditionKind::Postcondition => format!("a postcondition of {subject} fails"),
        ConditionKind::Check => format!("{subject} fails"),
    };
    let message = match &condition.message {
        Some(quoted) => format!("{failed}: {quoted}"),
        None => failed,
    };
    let report = match &condition.instance {
        Some(instance) => cx.report(instance, *place, message),
        None => cx.report_in_module(*place, message),
    };
    let report = match condition.multiplicity {
        Multiplicity::One => report,
        Multiplicity::Unknown => report.confidence(Confidence::Likely),
    };
    let report = match kind {
        ConditionKind::Check => report.severity(Severity::Warning),
        _ => report,
    };
    let report = if may_be_given { report.unless_given_elsewhere() } else { report };
    let report = if condition.span == *place {
        report.label("false")
    } else {
        report.evidence(condition.span, "this is false")
    };
    let report = match condition.calls.first() {
        // The way of the value leads out of the module by itself, and the pipeline shows the call of an instance.
        Some(call) if condition.instance.is_none() && condition.way.is_empty() && call != place => {
            report.evidence(*call, "made through this call")
        }
        _ => report,
    };
    report.trace(condition.way.clone()).help(match kind {
        ConditionKind::Validation => "give a value that meets the condition",
        _ => "change what the condition looks at, or the condition",
    });
}
