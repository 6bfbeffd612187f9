//! A way in the making: the hops so far, and how it ends.

use privatelint_diagnostics::{Annotation, Span};
use privatelint_evaluator::{Address, Instance};

use super::{Blocked, Blocker, Hop, Kind, Path};
use crate::Doubt;
use crate::answer::tidy;

/// The hops so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    pub(super) hops: Vec<Hop>,
    pub(super) inspected: bool,
    pub(super) doubts: Vec<Doubt>,
}

/// What stops a way, before it is known which kind of thing it is.
pub(super) struct Stop {
    pub(super) by: Blocker,
    pub(super) because: String,
    pub(super) address: Option<Address>,
    pub(super) span: Option<Span>,
    pub(super) open_by: String,
}

impl Way {
    /// Adds a step that a resource makes.
    pub(super) fn step(&mut self, what: impl Into<String>, by: &Instance, span: Option<Span>) {
        let span = span.unwrap_or(by.header);
        self.hops.push(Hop::new(what, Some(by.address.clone()), Some(span)));
    }

    /// Adds a step that no resource makes.
    pub(super) fn note(&mut self, what: impl Into<String>, span: Option<Span>) {
        self.hops.push(Hop::new(what, None, span));
    }

    /// Adds the places that made an answer so.
    pub(super) fn evidence(&mut self, evidence: &[Annotation]) {
        for place in evidence.iter().filter(|place| !place.message.is_empty()) {
            self.note(place.message.clone(), Some(place.span));
        }
    }

    /// The way leads to the service like this; not certainly, if anything on it is not known.
    pub(super) fn ends(self, kind: Kind) -> Path {
        let path = Path {
            kind,
            perhaps: None,
            inspected: self.inspected,
            hops: self.hops,
            blocked: None,
            doubts: Vec::new(),
        };
        path.unless(self.doubts)
    }

    /// The way leads on through something that the code does not show, and there is no reason to think that it ends there.
    pub(super) fn ends_out_of_sight(self, kind: Kind, doubt: Doubt) -> Path {
        let mut path = self.ends(kind);
        path.doubts.push(doubt);
        path.doubts = tidy(path.doubts);
        path
    }

    /// The way is stopped; not certainly, if anything on it is not known.
    pub(super) fn stopped(self, stop: Stop) -> Path {
        let Stop { by, because, address, span, open_by } = stop;
        let path = Path {
            kind: Kind::None,
            perhaps: None,
            inspected: self.inspected,
            hops: self.hops,
            blocked: Some(Box::new(Blocked { by, because, address, span, open_by })),
            doubts: Vec::new(),
        };
        path.unless(self.doubts)
    }

    /// Nothing more can be said of the way.
    pub(super) fn lost(mut self, doubts: impl IntoIterator<Item = Doubt>) -> Path {
        self.doubts.extend(doubts);
        Path {
            kind: Kind::Unknown,
            perhaps: None,
            inspected: self.inspected,
            hops: self.hops,
            blocked: None,
            doubts: tidy(self.doubts),
        }
    }
}

impl Stop {
    /// Something that a resource does.
    pub(super) fn of(
        by: Blocker,
        instance: &Instance,
        because: impl Into<String>,
        open_by: impl Into<String>,
    ) -> Self {
        Self {
            by,
            because: because.into(),
            address: Some(instance.address.clone()),
            span: Some(instance.header),
            open_by: open_by.into(),
        }
    }

    /// The same at another place of it.
    pub(super) fn at(self, span: Option<Span>) -> Self {
        Self { span: span.or(self.span), ..self }
    }
}

impl Path {
    /// The path of a packet that something took over, as a NAT gateway does: its kind is that of what took it over.
    pub(super) fn behind(mut self, kind: Kind) -> Self {
        let leads =
            |found: Kind| matches!(found, Kind::Internet | Kind::Nat | Kind::GatewayEndpoint);
        if leads(self.kind) {
            self.kind = kind;
        }
        if self.perhaps.is_some_and(leads) {
            self.perhaps = Some(kind);
        }
        self
    }

    /// The path, unless these doubts make it another one.
    pub(super) fn unless(mut self, doubts: Vec<Doubt>) -> Self {
        if doubts.is_empty() {
            return self;
        }
        if self.kind != Kind::Unknown {
            self.perhaps = Some(self.kind);
            self.kind = Kind::Unknown;
            self.blocked = None;
        }
        self.doubts.extend(doubts);
        self.doubts = tidy(self.doubts);
        self
    }
}
