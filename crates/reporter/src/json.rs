//! The documented JSON document, version 1.
//!
//! Every key is always there, `null` when there is nothing to say, so that readers need no case for its absence. A change
//! that takes a key away or changes what one means is a new version.

use std::io;

use privatelint_diagnostics::{
    Annotation, Diagnostic, Edit, Files, Fix, Position, Problem, Report, Safety, Severity, Span,
    Undecided,
};
use serde::Serialize;

use crate::escape;
use crate::place::{Place, problem_path};

pub(crate) const VERSION: u32 = 1;

pub(crate) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    write_document(&document(report), out)
}

/// Writes a document for people to read and programs to parse, safe to print.
pub(crate) fn write_document(document: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    writeln!(out, "{}", escape::json_document(&text))
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    findings: Vec<Finding<'a>>,
    errors: Vec<Error<'a>>,
    undecided: Vec<Question<'a>>,
    summary: Summary,
}

/// Who wrote a document.
#[derive(Serialize)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    pub(crate) const SELF: Self = Self { name: "privatelint", version: env!("CARGO_PKG_VERSION") };
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    confidence: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    resource: Option<&'a str>,
    root: &'a str,
    environments: &'a [String],
    location: Location<'a>,
    evidence: Vec<Note<'a>>,
    trace: Vec<Note<'a>>,
    fix: Option<Mend<'a>>,
    docs: Option<&'a str>,
    fingerprint: &'a str,
}

/// A place. Something that could not be read has a path only.
#[derive(Serialize)]
pub(crate) struct Location<'a> {
    path: &'a str,
    start: Option<Point>,
    end: Option<Point>,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Note<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    location: Location<'a>,
    replacement: &'a str,
}

/// Something that could not be read, parsed or evaluated.
#[derive(Serialize)]
pub(crate) struct Error<'a> {
    kind: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct Question<'a> {
    question: &'a str,
    because: &'a str,
    resolve: &'a str,
    count: usize,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    roots: usize,
    endpoints: usize,
    error: usize,
    warning: usize,
    info: usize,
    suppressed: usize,
    undecided: usize,
}

fn document(report: &Report) -> Document<'_> {
    let files = &report.files;
    Document {
        version: VERSION,
        tool: Tool::SELF,
        findings: report.findings.iter().map(|it| finding(report, it)).collect(),
        errors: report.problems.iter().map(|it| error(files, it)).collect(),
        undecided: report.undecided.iter().map(|it| question(files, it)).collect(),
        summary: summary(report),
    }
}

fn finding<'a>(report: &'a Report, finding: &'a Diagnostic) -> Finding<'a> {
    let files = &report.files;
    Finding {
        rule: finding.rule,
        severity: finding.severity.as_str(),
        confidence: finding.confidence.as_str(),
        message: &finding.message,
        help: finding.help.as_deref(),
        resource: finding.resource.as_deref(),
        root: &finding.root,
        environments: &finding.environments,
        location: location(files, finding.primary.span),
        evidence: notes(files, &finding.evidence),
        trace: notes(files, &finding.trace),
        fix: finding.fix.as_ref().map(|it| mend(files, it)),
        docs: report.rule(finding.rule).map(|rule| rule.url.as_str()),
        fingerprint: &finding.fingerprint,
    }
}

/// The place of a span.
pub(crate) fn location(files: &Files, span: Span) -> Location<'_> {
    let place = Place::new(files, span);
    Location { path: place.path, start: Some(point(place.start)), end: Some(point(place.end)) }
}

fn point(position: Position) -> Point {
    Point { line: position.line, column: position.column }
}

fn notes<'a>(files: &'a Files, annotations: &'a [Annotation]) -> Vec<Note<'a>> {
    let note =
        |it: &'a Annotation| Note { message: &it.message, location: location(files, it.span) };
    annotations.iter().map(note).collect()
}

fn mend<'a>(files: &'a Files, fix: &'a Fix) -> Mend<'a> {
    let edit = |it: &'a Edit| Replacement {
        location: location(files, it.span),
        replacement: &it.replacement,
    };
    let safety = match fix.safety {
        Safety::Safe => "safe",
        Safety::Unsafe => "unsafe",
    };
    Mend { title: &fix.title, safety, edits: fix.edits.iter().map(edit).collect() }
}

/// A problem as documents show it.
pub(crate) fn error<'a>(files: &'a Files, problem: &'a Problem) -> Error<'a> {
    let only_path = || {
        let path = problem_path(files, problem)?;
        Some(Location { path, start: None, end: None })
    };
    Error {
        kind: problem.kind.as_str(),
        message: &problem.message,
        help: problem.help.as_deref(),
        location: problem.span.map(|span| location(files, span)).or_else(only_path),
    }
}

fn question<'a>(files: &'a Files, undecided: &'a Undecided) -> Question<'a> {
    Question {
        question: &undecided.question,
        because: &undecided.because,
        resolve: &undecided.resolve,
        count: undecided.count,
        location: undecided.span.map(|span| location(files, span)),
    }
}

fn summary(report: &Report) -> Summary {
    let summary = &report.summary;
    Summary {
        files: summary.files,
        roots: summary.roots,
        endpoints: summary.endpoints,
        error: report.count(Severity::Error),
        warning: report.count(Severity::Warning),
        info: report.count(Severity::Info),
        suppressed: summary.suppressed,
        undecided: summary.undecided,
    }
}
