//! What stood in the way of analysing something.

use camino::Utf8PathBuf;

use crate::Span;

/// The kind of a [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A file or directory could not be read.
    Read,
    /// A file is not what Terraform would parse.
    Syntax,
    /// A rule or another part of the linter failed.
    Internal,
    /// A module call that leads nowhere.
    Module,
    /// Something valid that is larger or deeper than what is looked at.
    Limit,
    /// An expression that Terraform would reject.
    Evaluation,
    /// A setting that means nothing in what was read.
    Setting,
}

impl ProblemKind {
    /// Whether the run cannot be called clean: input that could not be read or parsed, or a fault of ours.
    #[must_use]
    pub fn is_fatal(self) -> bool {
        matches!(self, Self::Read | Self::Syntax | Self::Internal)
    }

    /// The word that machine formats print.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Syntax => "syntax",
            Self::Internal => "internal",
            Self::Module => "module",
            Self::Limit => "limit",
            Self::Evaluation => "evaluation",
            Self::Setting => "setting",
        }
    }
}

/// Something that could not be read, parsed or evaluated. Not a finding: the rest was analysed all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind it is.
    pub kind: ProblemKind,
    /// What is wrong, without a full stop at the end.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The place, if the text could be read.
    pub span: Option<Span>,
    /// The file or directory, if there is no span.
    pub path: Option<Utf8PathBuf>,
}

impl Problem {
    /// A problem at a place.
    #[must_use]
    pub fn at(kind: ProblemKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None, span: Some(span), path: None }
    }

    /// A problem with a whole file or directory.
    #[must_use]
    pub fn in_path(
        kind: ProblemKind,
        path: impl Into<Utf8PathBuf>,
        message: impl Into<String>,
    ) -> Self {
        Self { kind, message: message.into(), help: None, span: None, path: Some(path.into()) }
    }

    /// The same with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
