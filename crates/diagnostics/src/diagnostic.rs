//! A finding: plain data, drawn by the reporter.

use crate::Span;

/// How much a finding matters if it is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Costs money, safety or resilience, or fails in some cases.
    Warning,
    /// The apply fails, or traffic certainly does not flow.
    Error,
}

impl Severity {
    /// The word that users type and read.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure a finding is, apart from how much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Some value of what is unknown makes it right.
    Possible,
    /// Right unless something outside the code that was read makes it wrong.
    Likely,
    /// Right whatever the unknown values turn out to be.
    Certain,
}

impl Confidence {
    /// The word that users type and read.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// A place with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The place.
    pub span: Span,
    /// A short sentence without a full stop; may be empty.
    pub message: String,
}

impl Annotation {
    /// A labelled place.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}

/// Whether a fix keeps what the configuration means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Applied by `--fix`.
    Safe,
    /// Applied only when asked for: it changes what is built in a way that the author may not want.
    Unsafe,
}

/// One replacement in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// Edits that make a finding go away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the edits do, as an order to the reader.
    pub title: String,
    /// Whether it may be applied unasked.
    pub safety: Safety,
    /// Edits that do not overlap.
    pub edits: Vec<Edit>,
}

/// A finding of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is wrong and for whom, without a full stop at the end.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The line to edit.
    pub primary: Annotation,
    /// The other places that make the finding true.
    pub evidence: Vec<Annotation>,
    /// The way of the decisive value, from where it was written to where it is used.
    pub trace: Vec<Annotation>,
    /// Edits that mend it.
    pub fix: Option<Fix>,
    /// The Terraform address of the resource instance that it is about.
    pub resource: Option<String>,
    /// The directory of the root module in which it was found, relative, `.` for the working directory.
    pub root: String,
    /// The named environments in which it was found.
    pub environments: Vec<String>,
    /// Names the finding across edits elsewhere in the file: it depends on the rule, the resource and the root, never on a line number.
    pub fingerprint: String,
}
