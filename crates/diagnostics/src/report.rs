//! The result of a run, which every output format shows in its own way.

use crate::{Diagnostic, Files, Problem, RuleInfo, Severity, Undecided};

/// The counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Terraform files that were read.
    pub files: usize,
    /// Root modules that were analysed.
    pub roots: usize,
    /// VPC endpoints in them.
    pub endpoints: usize,
    /// Findings that a comment in the code suppressed.
    pub suppressed: usize,
    /// Questions that could not be decided.
    pub undecided: usize,
}

/// All that a run has to say, in its final order.
#[derive(Debug, Default)]
pub struct Report {
    /// The texts that spans point into.
    pub files: Files,
    /// The findings, by path and position.
    pub findings: Vec<Diagnostic>,
    /// What could not be read, parsed or evaluated, by path and position.
    pub problems: Vec<Problem>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
    /// The counts.
    pub summary: Summary,
    /// Every rule that was active, by name.
    pub rules: Vec<RuleInfo>,
}

impl Report {
    /// How many findings have that severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The rule of a finding.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&RuleInfo> {
        self.rules.iter().find(|rule| rule.name == name)
    }
}
