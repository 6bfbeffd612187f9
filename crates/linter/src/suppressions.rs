//! Suppression comments: what they hide, and those that hide nothing.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use privatelint_checks::{Check, Finding, suppression_finding};
use privatelint_diagnostics::{Problem, Span};
use privatelint_parser::Workspace;
use privatelint_parser::suppression::Suppression;

use crate::scope::directory;
use crate::selection::{Selection, nearest_rule};

/// What is known when suppressions are applied.
pub(crate) struct Context<'a> {
    pub(crate) workspace: &'a Workspace,
    /// The directories of the modules that were analysed.
    pub(crate) reached: &'a BTreeSet<Utf8PathBuf>,
    /// The rules that could not decide something, with the place.
    pub(crate) doubts: &'a [(&'static str, Span)],
    pub(crate) problems: &'a [Problem],
    /// Whether other runs see what this one does not, so that nothing can be said of what a suppression has to hide.
    pub(crate) is_partial: bool,
    pub(crate) selection: &'a Selection,
    pub(crate) today: &'a str,
}

/// Takes suppressed findings out and adds one for each suppression that is of no use. Returns how many were suppressed.
pub(crate) fn apply(context: &Context<'_>, findings: &mut Vec<Finding>) -> usize {
    let Context { workspace, selection, today, .. } = *context;
    let mut used: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut suppressed = BTreeSet::new();
    findings.retain(|finding| {
        let mut hidden = false;
        for (at, suppression) in workspace.suppressions.iter().enumerate() {
            if expired(suppression, today) || !covers(suppression, finding) {
                continue;
            }
            let named =
                suppression.rules.iter().position(|(rule, _)| rule == finding.diagnostic.rule);
            if let Some(nth) = named {
                used.insert((at, nth));
                hidden = true;
            }
        }
        if hidden {
            suppressed.insert((finding.diagnostic.primary.span, finding.diagnostic.rule));
        }
        !hidden
    });
    for (at, suppression) in workspace.suppressions.iter().enumerate() {
        // Whoever wants to keep a suppression that may be of no use names this rule in it.
        if suppression.rules.iter().any(|(rule, _)| is_about_suppressions(rule)) {
            continue;
        }
        for (nth, (rule, span)) in suppression.rules.iter().enumerate() {
            if used.contains(&(at, nth)) || context.is_undecided(suppression, rule) {
                continue;
            }
            let finding = useless(suppression, rule, *span, selection, today);
            findings.extend(finding.map(|mut finding| {
                let dir = workspace
                    .files
                    .get(span.file)
                    .path()
                    .parent()
                    .map_or(".", |dir| directory(dir).as_str());
                dir.clone_into(&mut finding.diagnostic.root);
                finding
            }));
        }
    }
    suppressed.len()
}

impl Context<'_> {
    /// Whether it was not looked at, or could not be decided, if the suppression has something to hide.
    fn is_undecided(&self, suppression: &Suppression, rule: &str) -> bool {
        let file = suppression.comment.file;
        let dir = self.workspace.files.get(file).path().parent().map(directory);
        let is_broken = |problem: &Problem| {
            problem.kind.is_fatal()
                && problem.span.is_none_or(|span| {
                    self.workspace.files.get(span.file).path().parent().map(directory) == dir
                })
        };
        let in_doubt = |(doubting, place): &(&'static str, Span)| {
            *doubting == rule
                && (suppression.module_call.is_some() || is_inside(suppression, *place))
        };
        self.is_partial && !expired(suppression, self.today) && is_rule(rule)
            || !dir.is_some_and(|dir| self.reached.contains(dir))
            || self.workspace.problems.iter().chain(self.problems).any(is_broken)
            || self.doubts.iter().any(in_doubt)
    }
}

fn is_inside(suppression: &Suppression, span: Span) -> bool {
    let covered = suppression.covers;
    span.file == covered.file
        && covered.start <= span.start
        && span.start < covered.end.max(covered.start + 1)
}

fn covers(suppression: &Suppression, finding: &Finding) -> bool {
    let inside = |span: Span| is_inside(suppression, span);
    let calls = finding.instance.as_ref().filter(|_| suppression.module_call.is_some());
    inside(finding.diagnostic.primary.span)
        || calls.is_some_and(|instance| instance.calls.iter().any(|call| inside(*call)))
}

fn expired(suppression: &Suppression, today: &str) -> bool {
    suppression.until.as_deref().is_some_and(|until| until < today)
}

/// What there is to say of a suppression of a rule that hid nothing.
fn useless(
    suppression: &Suppression,
    rule: &str,
    span: Span,
    selection: &Selection,
    today: &str,
) -> Option<Finding> {
    let (message, help) = if !is_rule(rule) {
        let help = match nearest_rule(rule) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`privatelint rules` lists the names".to_owned(),
        };
        (format!("this suppression names `{rule}`, which is no rule"), help)
    } else if expired(suppression, today) {
        let until = suppression.until.as_deref().unwrap_or_default();
        (
            format!("this suppression of `{rule}` held until {until} and hides nothing any more"),
            "mend the finding, or move the date if the reason still holds".to_owned(),
        )
    } else if selection.contains(rule) {
        (
            format!("this suppression of `{rule}` hides nothing"),
            "remove it: what it was written for is gone".to_owned(),
        )
    } else {
        // The rule did not run: whether the suppression is needed was not looked at.
        return None;
    };
    let meta = selection.rules().find(|rule| matches!(rule.check, Check::Suppressions))?;
    Some(suppression_finding(meta, span, message, help))
}

fn is_rule(name: &str) -> bool {
    privatelint_checks::rules().iter().any(|rule| rule.name == name)
}

fn is_about_suppressions(name: &str) -> bool {
    let mut rules = privatelint_checks::rules().iter();
    rules.any(|rule| rule.name == name && matches!(rule.check, Check::Suppressions))
}
