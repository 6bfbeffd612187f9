//! Code with labels, for people.

mod code;
mod drawing;
mod excerpt;
pub(crate) mod prose;

use std::collections::BTreeMap;
use std::io;

use privatelint_diagnostics::{Confidence, Diagnostic, Problem, ProblemKind, Report, Severity};

use self::code::{Label, draw};
use self::prose::Footer;
use crate::place::{Place, problem_path};
use crate::style::{Palette, paint};
use crate::summary::painted;
use crate::{Options, concise, problem_severity, text, write_coverage};

/// More labels than this make the code unreadable; how many are left out is said.
const LABEL_LIMIT: usize = 8;

/// More problems of one kind than this are counted.
const PROBLEM_LIMIT: usize = 5;

/// More steps than this in the way of a value are left out in the middle.
const TRACE_LIMIT: usize = 12;

pub(crate) fn write(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write_problems(report, options, out)?;
    for finding in &report.findings {
        writeln!(out, "{}", finding_text(report, finding, options))?;
    }
    if options.coverage {
        write_coverage(report, options, out)?;
    }
    if options.summary {
        writeln!(out, "{}", painted(report, Palette::new(options.color)))?;
    }
    Ok(())
}

/// Every problem that makes the run unclean, and the first few of each other kind: a tree without its modules has one for
/// each call, and nobody would find the findings.
fn write_problems(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut counts: BTreeMap<ProblemKind, usize> = BTreeMap::new();
    for problem in &report.problems {
        let number = counts.entry(problem.kind).or_insert(0);
        *number += 1;
        if problem.kind.is_fatal() || *number <= PROBLEM_LIMIT {
            writeln!(out, "{}", problem_text(report, problem, options))?;
        }
    }
    for (kind, number) in counts {
        if !kind.is_fatal() && number > PROBLEM_LIMIT {
            let more = text::count(number - PROBLEM_LIMIT, "more problem");
            let message = format!("{more} like these: `--format concise` lists them all");
            writeln!(
                out,
                "{}",
                prose::header(Severity::Warning, kind.as_str(), &message, options)
            )?;
        }
    }
    Ok(())
}

fn finding_text(report: &Report, finding: &Diagnostic, options: &Options) -> String {
    let mut text = prose::header(finding.severity, finding.rule, &finding.message, options);
    let mut labels = vec![Label::primary(&finding.primary)];
    labels.extend(finding.evidence.iter().take(LABEL_LIMIT).map(Label::secondary));
    text.push_str(&draw(&report.files, &labels, finding.severity, options));
    let mut footer = Footer::new(options);
    if let Some(left_out) = finding.evidence.len().checked_sub(LABEL_LIMIT).filter(|&n| n > 0) {
        footer.line("note", &format!("and {} like these", text::count(left_out, "more place")));
    }
    footer.list("from", &trace(report, finding, options));
    if let Some(help) = &finding.help {
        footer.line("help", help);
    }
    for note in notes(finding) {
        footer.line("note", &note);
    }
    footer.docs(finding.rule, report.rule(finding.rule).map(|rule| rule.url.as_str()));
    text + &footer.finish()
}

fn problem_text(report: &Report, problem: &Problem, options: &Options) -> String {
    let severity = problem_severity(problem);
    let mut text = prose::header(severity, problem.kind.as_str(), &problem.message, options);
    let mut footer = Footer::new(options);
    match problem.span {
        Some(span) => {
            text.push_str(&draw(&report.files, &[Label::bare(span)], severity, options));
        }
        None => {
            if let Some(path) = problem_path(&report.files, problem) {
                footer.place("file", &text::path(path, options.unicode));
            }
        }
    }
    if let Some(help) = &problem.help {
        footer.line("help", help);
    }
    text + &footer.finish()
}

/// What else a reader needs to know to judge the finding.
fn notes(finding: &Diagnostic) -> Vec<String> {
    let mut notes = Vec::new();
    match finding.confidence {
        Confidence::Certain => {}
        Confidence::Likely => {
            notes
                .push("likely: right unless something outside this code says otherwise".to_owned());
        }
        Confidence::Possible => {
            notes.push("possible: it depends on values that this code does not show".to_owned());
        }
    }
    // An instance is worth naming where the code shows a block that stands for several.
    let instance = |address: &&String| {
        (address.contains('[') || address.starts_with("module."))
            && !finding.message.contains(address.as_str())
    };
    if let Some(address) = finding.resource.as_ref().filter(instance) {
        notes.push(format!("about `{address}`"));
    }
    match finding.environments.as_slice() {
        [] => {}
        [one] => notes.push(format!("in the environment {one}")),
        several => notes.push(format!("in the environments {}", several.join(", "))),
    }
    notes
}

/// The way of the decisive value, as `path:line:column` and what happens there.
fn trace(report: &Report, finding: &Diagnostic, options: &Options) -> Vec<(String, String)> {
    let step = |it: &privatelint_diagnostics::Annotation| {
        let place = Place::new(&report.files, it.span);
        (concise::position(place, options), it.message.clone())
    };
    let steps: Vec<_> = finding.trace.iter().map(step).collect();
    if steps.len() <= TRACE_LIMIT {
        return steps;
    }
    let (head, tail) = (TRACE_LIMIT / 2, TRACE_LIMIT - TRACE_LIMIT / 2 - 1);
    let left_out = steps.len() - head - tail;
    let middle = (String::new(), format!("and {}", text::count(left_out, "more step")));
    let end = steps.iter().skip(head + left_out).cloned();
    steps.iter().take(head).cloned().chain([middle]).chain(end).collect()
}

/// The word before a rule's name.
pub(crate) fn severity_word(severity: Severity, palette: Palette) -> String {
    paint(severity.as_str(), palette.severity(severity))
}
