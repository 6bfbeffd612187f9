//! Which object a value refers to.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use crate::Doubt;

/// The object that an argument names by its id.
#[derive(Debug, Clone, PartialEq)]
pub enum Ref<I> {
    /// Declared in the code that was read.
    Managed(I),
    /// Exists apart from this code: an id written in it, or a data source that is read before anything here is made.
    External(Value),
    /// One of these, because a condition is not known.
    OneOf(Vec<Ref<I>>),
    /// Any object at all: not known which.
    Maybe(Unknown),
    /// The argument is left out.
    Absent,
}

/// The form in which something is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As an argument or nested block of the resource itself.
    Inline,
    /// As a resource of its own: an association, a standalone route or rule.
    Standalone,
}

/// One of the things that an argument and the association resources attach.
#[derive(Debug, Clone)]
pub struct Member<'a, I> {
    /// What is attached.
    pub target: Ref<I>,
    /// The value that names it.
    pub value: Value,
    /// Whether it is certainly attached: unknown for an association that perhaps is not there, or perhaps belongs to another one.
    pub there: Tri,
    /// How it is written.
    pub written: Written,
    /// The argument, or the header of the association.
    pub span: Span,
    /// The resource instance that writes it.
    pub by: &'a Instance,
}

/// What an argument and the association resources attach.
#[derive(Debug, Clone)]
pub struct Members<'a, I> {
    /// All that can be seen, inline ones first.
    pub items: Vec<Member<'a, I>>,
    /// Why there may be more; empty if these are all.
    pub doubts: Vec<Doubt>,
    /// The inline argument, if the code writes it, empty or not.
    pub span: Option<Span>,
}

impl<I: Copy + PartialEq> Ref<I> {
    /// The declared object, if it is certainly that one.
    #[must_use]
    pub fn managed(&self) -> Option<I> {
        match self {
            Self::Managed(id) => Some(*id),
            _ => None,
        }
    }

    /// Every declared object that it may be; all of them may be meant if [`Ref::Maybe`] is inside, which is not listed.
    #[must_use]
    pub fn candidates(&self) -> Vec<I> {
        match self {
            Self::Managed(id) => vec![*id],
            Self::OneOf(arms) => arms.iter().flat_map(Self::candidates).collect(),
            _ => Vec::new(),
        }
    }

    /// Why it is not known, if it is not.
    #[must_use]
    pub fn unknown(&self) -> Option<&Unknown> {
        match self {
            Self::Maybe(unknown) => Some(unknown),
            Self::OneOf(arms) => arms.iter().find_map(Self::unknown),
            _ => None,
        }
    }
}

impl<I> Members<'_, I> {
    /// Whether there is none: no if one is certainly there, unknown if there may be.
    #[must_use]
    pub fn is_empty(&self) -> Tri {
        let any = Tri::any(self.items.iter().map(|item| item.there));
        if self.doubts.is_empty() { !any } else { !any.or(Tri::Unknown) }
    }

    /// Whether these are all that there are, each certainly.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.doubts.is_empty() && self.items.iter().all(|item| item.there.is_yes())
    }
}
