//! What could not be decided, by cause, and what would decide it.

use std::collections::BTreeMap;
use std::io;

use privatelint_diagnostics::{Asked, Cause, Report, Undecided};

use crate::human::prose::{Footer, title};
use crate::place::Place;
use crate::style::{Palette, paint};
use crate::{Options, concise, text};

/// More names than this in one line are counted.
const MOST_NAMES: usize = 4;

/// More questions than this of one cause are counted.
const MOST_QUESTIONS: usize = 6;

/// More places than this of one cause are counted.
const MOST_PLACES: usize = 3;

/// Writes the questions that a run could not decide, by cause: what decides most of them comes first.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_coverage(
    report: &Report,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let palette = Palette::new(options.color);
    for (cause, reasons) in by_cause(&report.undecided) {
        let number = reasons.iter().map(Reason::count).sum();
        let heading = format!("{}: {}", cause.heading(), text::count(number, "question"));
        writeln!(out, "{}\n", paint(&heading, palette.key()))?;
        for reason in &reasons {
            writeln!(out, "{}", reason.text(report, options))?;
        }
    }
    let number = report.undecided.iter().map(|it| it.count).sum();
    match number {
        0 => writeln!(out, "every question could be decided"),
        _ => writeln!(out, "{} undecided", text::count(number, "question")),
    }
}

/// One thing that stands in the way, with all that it stands in the way of.
struct Reason<'r> {
    because: &'r str,
    /// The ways out; usually one.
    resolve: Vec<&'r str>,
    questions: Vec<&'r Undecided>,
}

/// The reasons of each kind, and the kinds themselves, those first that stand in the way of most questions.
fn by_cause(undecided: &[Undecided]) -> Vec<(Cause, Vec<Reason<'_>>)> {
    let mut causes: BTreeMap<Cause, BTreeMap<&str, Reason<'_>>> = BTreeMap::new();
    for question in undecided {
        let reasons = causes.entry(question.cause).or_default();
        let reason = reasons.entry(&question.because).or_insert_with(|| Reason {
            because: &question.because,
            resolve: Vec::new(),
            questions: Vec::new(),
        });
        if !reason.resolve.contains(&question.resolve.as_str()) {
            reason.resolve.push(&question.resolve);
        }
        reason.questions.push(question);
    }
    let mut causes: Vec<(Cause, Vec<Reason<'_>>)> = causes
        .into_iter()
        .map(|(cause, reasons)| {
            let mut reasons: Vec<_> = reasons.into_values().collect();
            reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count()));
            (cause, reasons)
        })
        .collect();
    let total = |reasons: &[Reason<'_>]| reasons.iter().map(Reason::count).sum::<usize>();
    causes.sort_by_key(|(_, reasons)| std::cmp::Reverse(total(reasons)));
    causes
}

impl Reason<'_> {
    fn count(&self) -> usize {
        self.questions.iter().map(|question| question.count).sum()
    }

    fn text(&self, report: &Report, options: &Options) -> String {
        let number = text::count(self.count(), "question");
        let title = title(&format!("{} ({number})", self.because), options);
        let mut footer = Footer::new(options);
        for question in self.questions.iter().take(MOST_QUESTIONS) {
            let times = match question.count {
                0 | 1 => String::new(),
                several => format!(" ({several} times)"),
            };
            footer.line("asks", &format!("{}{times}", question.question));
        }
        let more = self.questions.iter().skip(MOST_QUESTIONS).map(|question| question.count).sum();
        if more > 0 {
            footer.line("asks", &format!("and {}", text::count(more, "more question")));
        }
        let asked = || self.questions.iter().flat_map(|question| &question.asked);
        let rules = sorted(asked().map(|asked| asked.rule).filter(|rule| !rule.is_empty()));
        if !rules.is_empty() {
            footer.line("rule", &rules.join(", "));
        }
        let resources = sorted(asked().filter_map(|asked| asked.resource.as_deref()));
        if !resources.is_empty() {
            footer.line("with", &listed(&resources));
        }
        for place in self.places(report, options) {
            footer.place("code", &place);
        }
        for resolve in &self.resolve {
            footer.line("help", resolve);
        }
        title + &footer.finish()
    }

    /// The first few places.
    fn places(&self, report: &Report, options: &Options) -> Vec<String> {
        let of_question = |question: &&Undecided| {
            let asked = question.asked.iter().filter_map(|Asked { span, .. }| *span);
            asked.chain(question.span).collect::<Vec<_>>()
        };
        let spans = sorted(self.questions.iter().flat_map(of_question));
        let position = |span: &_| concise::position(Place::new(&report.files, *span), options);
        let mut shown: Vec<String> = spans.iter().take(MOST_PLACES).map(position).collect();
        if let Some(last) = shown.last_mut()
            && let Some(more) = spans.len().checked_sub(MOST_PLACES).filter(|more| *more > 0)
        {
            last.push_str(&format!(" and {}", text::count(more, "more place")));
        }
        shown
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items.dedup();
    items
}

/// The first few names, and how many more there are.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(MOST_NAMES).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", shown.join(", ")),
        None => shown.join(", "),
    }
}
