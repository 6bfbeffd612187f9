//! Questions without an answer.

use crate::Span;

/// The kind of thing that stands in the way of an answer: what decides what the user can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Cause {
    /// A variable has no value.
    Variable,
    /// The code of a module is not there.
    Module,
    /// It is declared in code that was not read.
    Elsewhere,
    /// A data source is read from outside.
    Data,
    /// A `count` or `for_each` is not known.
    Count,
    /// A condition is not known.
    Condition,
    /// A function is not evaluated.
    Function,
    /// A file was not read.
    File,
    /// Whoever runs Terraform decides it: the region, the workspace.
    Run,
    /// It is computed by the apply.
    Apply,
    /// An expression is wrong.
    Error,
    /// The code does not say it.
    #[default]
    Unwritten,
}

impl Cause {
    /// What to call it above all that has it.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Variable => "variables without a value",
            Self::Module => "modules whose code is not there",
            Self::Elsewhere => "declared in code that was not read",
            Self::Data => "read from outside by data sources",
            Self::Count => "`count` or `for_each` not known",
            Self::Condition => "conditions not known",
            Self::Function => "functions not evaluated",
            Self::File => "files not read",
            Self::Run => "decided when Terraform runs",
            Self::Apply => "known only after the apply",
            Self::Error => "expressions with an error",
            Self::Unwritten => "not written in the code",
        }
    }
}

/// A question that could not be decided, with what would decide it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// What was asked.
    pub question: String,
    /// Why there is no answer.
    pub because: String,
    /// What the user can do to get one.
    pub resolve: String,
    /// How many times the same was asked.
    pub count: usize,
    /// The first place, in the order of paths and positions.
    pub span: Option<Span>,
    /// The kind of the reason.
    pub cause: Cause,
    /// What the reason is about, if that is no longer an argument: the address that stands for all instances of a block, or that of a data
    /// source.
    pub about: Option<String>,
    /// The place of what is not known.
    pub at: Option<Span>,
    /// Each time that it was asked.
    pub asked: Vec<Asked>,
}

/// One time that a question was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The place that it is about.
    pub span: Option<Span>,
    /// The rule that asked.
    pub rule: &'static str,
    /// The address of the resource that it is about.
    pub resource: Option<String>,
}
