//! An error inside an expression, until it is caught by `try` or becomes a problem.

use privatelint_diagnostics::{Problem, ProblemKind, Span};

use crate::Unknown;

/// Why an expression has no value: what Terraform would say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EvalError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    span: Span,
    message: String,
    help: Option<String>,
    reported: bool,
    /// Whether it stands only as long as nothing makes a file.
    missing_file: bool,
    /// Whether nothing is left to spend, so that everything else fails in the same way.
    spent: bool,
    kind: ProblemKind,
}

impl EvalError {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            span,
            message: message.into(),
            help: None,
            reported: false,
            missing_file: false,
            spent: false,
            kind: ProblemKind::Evaluation,
        }))
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// An error of the configuration's structure: it stands whatever the variables are.
    pub(crate) fn structural(mut self) -> Self {
        self.0.kind = ProblemKind::Module;
        self
    }

    /// No error of the configuration: it is larger or deeper than what is looked at.
    pub(crate) fn limit(mut self) -> Self {
        self.0.kind = ProblemKind::Limit;
        self
    }

    /// A limit of the whole root module, after which nothing more is evaluated.
    pub(crate) fn spent(mut self) -> Self {
        self.0.spent = true;
        self.limit()
    }

    pub(crate) fn is_spent_budget(&self) -> bool {
        self.0.spent
    }

    /// An error that another pass reports: the syntax check, or the check of references.
    pub(crate) fn reported_elsewhere(span: Span) -> Self {
        let mut error = Self::new(span, "");
        error.0.reported = true;
        error
    }

    /// An error that holds only until a build makes a file, or somebody puts one there that is not committed: `try` catches it, and nobody is told.
    pub(crate) fn missing_file(mut self) -> Self {
        self.0.missing_file = true;
        self
    }

    /// Whether it is worth telling.
    pub(crate) fn is_silent(&self) -> bool {
        self.0.missing_file
    }

    /// What stands for a value that is not there because of it.
    pub(crate) fn unknown(&self) -> Unknown {
        if self.0.missing_file {
            Unknown::File(self.0.message.as_str().into())
        } else {
            Unknown::Error
        }
    }

    /// The same error at another place, behind some words about where it was.
    pub(crate) fn moved(mut self, span: Span, before: &str) -> Self {
        self.0.span = span;
        self.0.message.insert_str(0, before);
        self
    }

    /// Whether Terraform would see an error here too, which `try` and `can` catch. Our own limits and what could not be
    /// understood are none.
    pub(crate) fn is_caught(&self) -> bool {
        !self.0.reported && self.0.kind == ProblemKind::Evaluation
    }

    /// The problem to report, unless somebody else does.
    pub(crate) fn into_problem(self) -> Option<Problem> {
        if self.0.reported {
            return None;
        }
        let problem = Problem::at(self.0.kind, self.0.span, self.0.message);
        Some(match self.0.help {
            Some(help) => problem.help(help),
            None => problem,
        })
    }
}

/// The value of an expression.
pub(crate) type Evaluated<T = crate::Value> = Result<T, EvalError>;
