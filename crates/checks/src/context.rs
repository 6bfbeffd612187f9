//! How a rule says what it found.

use std::cell::RefCell;

use privatelint_diagnostics::{
    Annotation, Asked, Confidence, Diagnostic, Problem, Severity, Span, Undecided,
};
use privatelint_evaluator::{Instance, Multiplicity};

use privatelint_network::Doubt;

use crate::Rule;

/// The rule that runs, and what it has said so far.
#[derive(Debug)]
pub struct Cx<'r> {
    rule: &'r Rule,
    outcome: RefCell<Outcome>,
}

/// What a rule said.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What it found.
    pub findings: Vec<Finding>,
    /// What it could not decide.
    pub undecided: Vec<Undecided>,
    /// What went wrong in it.
    pub problems: Vec<Problem>,
    /// The patterns of expectations that mean something in the network, by their places.
    pub meant: Vec<Span>,
}

/// A finding, with the instance whose values the way of the decisive value is to be traced in.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The finding. Its root, environments, trace and fingerprint are filled in by the caller.
    pub diagnostic: Diagnostic,
    /// The instance that it is about.
    pub instance: Option<Box<Instance>>,
    /// Whether other code could complete the instance, if it is handed on to it: then the finding is at most *possible*.
    pub is_completable: bool,
    /// Whether it rests on what is not attached to the instance, whatever the variables' defaults: other code may attach it, if the instance
    /// is handed on to it. Then the finding is at most *possible*.
    pub rests_on_absence: bool,
    /// Whether it holds only because of what a description says of a module whose code is not here. Filled in by the caller.
    pub rests_on_description: bool,
}

impl<'r> Cx<'r> {
    pub(crate) fn new(rule: &'r Rule) -> Self {
        Self { rule, outcome: RefCell::default() }
    }

    pub(crate) fn finish(self) -> Outcome {
        self.outcome.into_inner()
    }

    /// Begins a finding about an instance, at the place to edit: one of its attributes, or its header. It is recorded when the guard is
    /// dropped.
    ///
    /// The message says what is wrong and for whom, without a full stop. The finding is *certain* until [`Report::confidence`]
    /// says otherwise; about an instance of which it is not known whether there is one it is at most *likely*.
    pub(crate) fn report(
        &self,
        instance: &Instance,
        span: Span,
        message: impl Into<String>,
    ) -> Report<'_> {
        let diagnostic = Diagnostic {
            message: message.into(),
            resource: Some(instance.address.to_string()),
            ..new_diagnostic(self.rule, span)
        };
        let finding = Finding {
            diagnostic,
            instance: Some(Box::new(instance.clone())),
            is_completable: false,
            rests_on_absence: false,
            rests_on_description: false,
        };
        let report = Report { outcome: &self.outcome, finding: Some(finding) };
        match instance.multiplicity {
            Multiplicity::One => report,
            Multiplicity::Unknown => report.confidence(Confidence::Likely),
        }
    }

    /// Begins a finding that is not about one instance.
    pub(crate) fn report_in_module(&self, span: Span, message: impl Into<String>) -> Report<'_> {
        let diagnostic = Diagnostic { message: message.into(), ..new_diagnostic(self.rule, span) };
        let finding = Finding {
            diagnostic,
            instance: None,
            is_completable: false,
            rests_on_absence: false,
            rests_on_description: false,
        };
        Report { outcome: &self.outcome, finding: Some(finding) }
    }

    /// Says that a pattern of an expectation means something in the network.
    pub(crate) fn means_something(&self, pattern: Span) {
        self.outcome.borrow_mut().meant.push(pattern);
    }

    /// Says that a question about the thing at a place could not be decided, why, and what would decide it.
    pub(crate) fn undecided(&self, span: Span, question: impl Into<String>, doubt: Doubt) {
        let asked = Asked { span: Some(span), rule: self.rule.name, resource: None };
        self.outcome.borrow_mut().undecided.push(Undecided {
            question: question.into(),
            because: doubt.because,
            resolve: doubt.resolve,
            count: 1,
            span: Some(span),
            cause: doubt.cause,
            about: doubt.about,
            at: doubt.span,
            asked: vec![asked],
        });
    }
}

/// A finding about a suppression comment, in the name of the rule whose [`Check`](crate::Check) is the suppressions.
#[must_use]
pub fn suppression_finding(rule: &Rule, span: Span, message: String, help: String) -> Finding {
    let diagnostic = Diagnostic { message, help: Some(help), ..new_diagnostic(rule, span) };
    Finding {
        diagnostic,
        instance: None,
        is_completable: false,
        rests_on_absence: false,
        rests_on_description: false,
    }
}

fn new_diagnostic(rule: &Rule, span: Span) -> Diagnostic {
    Diagnostic {
        rule: rule.name,
        severity: rule.severity,
        confidence: Confidence::Certain,
        message: String::new(),
        help: None,
        primary: Annotation::new(span, ""),
        evidence: Vec::new(),
        trace: Vec::new(),
        fix: None,
        resource: None,
        root: String::new(),
        environments: Vec::new(),
        fingerprint: String::new(),
    }
}

/// A finding in the making.
pub(crate) struct Report<'c> {
    outcome: &'c RefCell<Outcome>,
    finding: Option<Finding>,
}

impl Report<'_> {
    fn edit(mut self, edit: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(finding) = &mut self.finding {
            edit(&mut finding.diagnostic);
        }
        self
    }

    /// What to say at the primary place.
    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        self.edit(|diagnostic| diagnostic.primary.message = label.into())
    }

    /// Another place that makes the finding true.
    pub(crate) fn evidence(self, span: Span, message: impl Into<String>) -> Self {
        self.edit(|diagnostic| diagnostic.evidence.push(Annotation::new(span, message)))
    }

    /// Another place that makes the finding true, unless it is shown already.
    pub(crate) fn evidence_once(self, span: Span, message: impl Into<String>) -> Self {
        self.edit(|diagnostic| {
            let is_shown = |place: &Annotation| place.span == span;
            if !is_shown(&diagnostic.primary) && !diagnostic.evidence.iter().any(is_shown) {
                diagnostic.evidence.push(Annotation::new(span, message));
            }
        })
    }

    /// What to do, as an order.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.edit(|diagnostic| diagnostic.help = Some(help.into()))
    }

    /// At most as sure as this.
    pub(crate) fn confidence(self, confidence: Confidence) -> Self {
        self.edit(|diagnostic| diagnostic.confidence = diagnostic.confidence.min(confidence))
    }

    /// The way of the decisive value, where the rule knows it.
    pub(crate) fn trace(self, trace: Vec<Annotation>) -> Self {
        self.edit(|diagnostic| diagnostic.trace = trace)
    }

    /// At most possible if it holds only with the defaults of the root's variables: they are perhaps not meant to be used.
    pub(crate) fn unless_given_elsewhere(mut self) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.is_completable = true;
        }
        self
    }

    /// At most likely, because other code could attach to the instance what it lacks.
    pub(crate) fn unless_completed_elsewhere(mut self) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.is_completable = true;
        }
        self.confidence(Confidence::Likely)
    }

    /// At most likely, because other code could attach to the instance what it lacks. Unlike [`Report::unless_completed_elsewhere`] it is
    /// no sign against the finding that it needs the defaults of variables: they say where things are, not what is attached.
    pub(crate) fn unless_attached_elsewhere(mut self) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.rests_on_absence = true;
        }
        self.confidence(Confidence::Likely)
    }

    /// Another severity than the rule's.
    pub(crate) fn severity(self, severity: Severity) -> Self {
        self.edit(|diagnostic| diagnostic.severity = severity)
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        self.outcome.borrow_mut().findings.extend(self.finding.take());
    }
}
