//! `useless-suppression`.

use crate::rule::{Check, declare_rule};

declare_rule! {
    /// ## What it does
    ///
    /// Finds suppression comments that hide nothing: the rule they name does not fire there (any more), there is no such rule, or the date after `until=` has passed.
    ///
    /// ## Why is this bad
    ///
    /// A suppression that is left behind hides the next finding in the same place, which nobody has looked at. One with a misspelt name never worked.
    ///
    /// ## Examples
    ///
    /// ```hcl,fires
    /// # privatelint: ignore[gateway-endpoint-without-route-tables] associated by the network team
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// ```hcl,fires
    /// resource "aws_vpc_endpoint" "s3" { # privatelint: ignore[gateway-endpoint-without-routes]
    ///   vpc_id          = "vpc-0a1b2c3d4e5f60718"
    ///   service_name    = "com.amazonaws.eu-west-1.s3"
    ///   route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
    /// }
    /// ```
    ///
    /// Instead: remove the comment, or keep one that hides something:
    ///
    /// ```hcl,silent
    /// # privatelint: ignore[gateway-endpoint-without-route-tables] associated by the network team
    /// resource "aws_vpc_endpoint" "s3" {
    ///   vpc_id       = "vpc-0a1b2c3d4e5f60718"
    ///   service_name = "com.amazonaws.eu-west-1.s3"
    /// }
    /// ```
    ///
    /// ## When it stays silent
    ///
    /// For rules that did not run, because of `--select` or `--ignore`: whether their suppressions are needed was not looked at.
    ///
    /// ## References
    ///
    /// - <https://github.com/privatelint/privatelint#suppressing-findings>
    pub(crate) static USELESS_SUPPRESSION = {
        name: "useless-suppression",
        summary: "A suppression comment hides nothing, names no rule, or has expired",
        category: Hygiene,
        severity: Warning,
        since: "0.1.0",
        check: Check::Suppressions,
    }
}
