//! What a report needs to know of a rule.

use crate::Severity;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The apply fails, or AWS rejects it.
    Correctness,
    /// It applies, and traffic does not flow.
    Connectivity,
    /// It costs more than it needs to.
    Cost,
    /// It lets more through than it needs to.
    Security,
    /// It fails when one zone fails.
    Resilience,
    /// Left-overs and deprecated forms.
    Hygiene,
}

impl Category {
    /// The word that users read.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Connectivity => "connectivity",
            Self::Cost => "cost",
            Self::Security => "security",
            Self::Resilience => "resilience",
            Self::Hygiene => "hygiene",
        }
    }
}

/// A rule as reports show it.
#[derive(Debug, Clone)]
pub struct RuleInfo {
    /// Its name, in kebab case.
    pub name: &'static str,
    /// One sentence without a full stop.
    pub summary: &'static str,
    /// What it is about.
    pub category: Category,
    /// The severity that its findings have unless configured otherwise.
    pub severity: Severity,
    /// Whether it runs only for those who ask for it by name.
    pub opt_in: bool,
    /// The page, in Markdown.
    pub page: String,
    /// Where the page is on the web.
    pub url: String,
}
