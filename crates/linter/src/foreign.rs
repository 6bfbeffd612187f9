//! Modules that the user does not edit: what is found in them is said at the call that leads there.
//!
//! These are the copies that `terraform init` made, and the descriptions that stand for modules whose code is not here.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_checks::Finding;
use privatelint_diagnostics::{Annotation, Asked, Cause, Confidence, FileId, Span, Undecided};
use privatelint_parser::Workspace;
use privatelint_parser::module::{Module, ModuleCall, Source};

use crate::outcome::Outcome;
use crate::scope::{directory, reachable};

/// The most descriptions that a finding names where it is not known on which it rests.
const MOST_NAMED: usize = 3;

/// The same modules without the descriptions.
pub(crate) fn undescribed(workspace: &Workspace) -> Workspace {
    let written = workspace.modules.iter().filter(|(_, module)| module.description().is_none());
    Workspace {
        modules: written.map(|(dir, module)| (dir.clone(), module.clone())).collect(),
        ..Workspace::default()
    }
}

/// Says at a place that the user can edit what was found in modules that the user does not edit: all that was found from one root module, in
/// whose code the place then is.
pub(crate) fn bring_home(workspace: &Workspace, root: &Utf8Path, outcome: &mut Outcome) {
    if workspace.foreign.is_empty() {
        return;
    }
    let map = Map::new(workspace, &reachable(workspace, &[root.to_owned()]));
    outcome.findings.retain_mut(|finding| map.finding(finding));
    outcome.problems.retain(|problem| problem.span.is_none_or(|span| !map.is_foreign(span)));
    outcome.undecided.retain_mut(|Undecided { span, asked, .. }| {
        asked.retain_mut(|asked| asked.span.as_mut().is_none_or(|place| map.place(place)));
        span.as_mut().is_none_or(|place| map.place(place))
    });
    outcome.doubts.retain_mut(|(_, place)| map.place(place));
    outcome.missing.retain(|(_, span)| !map.is_foreign(*span));
}

/// The place that the user can edit for one in the code that was read from a root module; none if no code of the user leads there.
pub(crate) fn homeward<'w>(
    workspace: &'w Workspace,
    root: &Utf8Path,
) -> impl Fn(Span) -> Option<Span> + Sync + 'w {
    let is_needed = !workspace.foreign.is_empty();
    let map = is_needed.then(|| Map::new(workspace, &reachable(workspace, &[root.to_owned()])));
    move |span| {
        let mut place = span;
        map.as_ref().is_none_or(|map| map.place(&mut place)).then_some(place)
    }
}

/// Which call leads where.
struct Map<'w> {
    workspace: &'w Workspace,
    /// The modules that the user does not edit, by file.
    modules: BTreeMap<FileId, &'w Module>,
    /// The user's calls that lead to such modules, by the place of their headers.
    calls: BTreeMap<Span, (&'w ModuleCall, &'w Utf8Path)>,
    /// The first of these calls through which such a module is reached.
    entries: BTreeMap<Utf8PathBuf, Span>,
}

impl<'w> Map<'w> {
    fn new(workspace: &'w Workspace, reached: &BTreeSet<Utf8PathBuf>) -> Self {
        let foreign = workspace.modules.values().filter(|module| module.is_foreign());
        let modules: BTreeMap<FileId, &Module> = foreign
            .flat_map(|module| module.files.iter().map(move |file| (*file, module.as_ref())))
            .collect();
        let mut calls = BTreeMap::new();
        let own = reached.iter().filter_map(|dir| workspace.modules.get(dir));
        for call in own.filter(|module| !module.is_foreign()).flat_map(|own| own.calls.values()) {
            if let Source::Local(dir) = &call.source
                && workspace.modules.get(dir).is_some_and(|module| module.is_foreign())
            {
                calls.insert(call.block.header, (call, dir.as_path()));
            }
        }
        let mut entries = BTreeMap::new();
        for (header, (_, dir)) in &calls {
            for inner in reachable(workspace, &[(*dir).to_owned()]) {
                entries.entry(inner).or_insert(*header);
            }
        }
        Self { workspace, modules, calls, entries }
    }

    fn is_foreign(&self, span: Span) -> bool {
        self.workspace.foreign.contains(&span.file)
    }

    /// The first call that leads to a place that the user does not edit.
    fn entry(&self, span: Span) -> Option<Span> {
        let dir = self.workspace.files.get(span.file).path().parent().map(directory)?;
        self.entries.get(dir).copied()
    }

    /// Moves a place to where the user can edit something; `false` if there is nothing.
    fn place(&self, place: &mut Span) -> bool {
        if self.is_foreign(*place) {
            match self.entry(*place) {
                Some(call) => *place = call,
                None => return false,
            }
        }
        true
    }

    /// Moves a finding to where the user can edit something; `false` if there is nothing.
    fn finding(&self, finding: &mut Finding) -> bool {
        let Finding { diagnostic, instance, rests_on_description, .. } = finding;
        let places = diagnostic.evidence.iter().chain(&diagnostic.trace);
        let places = places.chain([&diagnostic.primary]).map(|place| place.span);
        let touched: BTreeSet<Span> = places.filter(|span| self.is_foreign(*span)).collect();
        let mut through = BTreeSet::new();
        if self.is_foreign(diagnostic.primary.span) {
            let calls = instance.iter().flat_map(|instance| &instance.calls).rev();
            let mut own = calls.copied().filter(|call| !self.is_foreign(*call));
            let Some(call) = own.next().or_else(|| self.entry(diagnostic.primary.span)) else {
                return false;
            };
            *rests_on_description |= self.description(diagnostic.primary.span).is_some();
            through.insert(call);
            diagnostic.primary = Annotation::new(call, "made through this call");
            diagnostic.evidence.retain(|place| place.span != call);
        }
        let is_own = |place: &Annotation| !self.is_foreign(place.span);
        diagnostic.evidence.retain(is_own);
        diagnostic.trace.retain(is_own);
        if diagnostic
            .fix
            .as_ref()
            .is_some_and(|fix| fix.edits.iter().any(|edit| self.is_foreign(edit.span)))
        {
            diagnostic.fix = None;
        }
        if *rests_on_description {
            diagnostic.confidence = diagnostic.confidence.min(Confidence::Likely);
            let named = self.descriptions(through, &touched);
            diagnostic.evidence.extend(named);
        }
        true
    }

    fn description(&self, span: Span) -> Option<&'w str> {
        self.modules.get(&span.file)?.description()
    }

    /// The descriptions on which a finding rests, at the calls that lead to them: those in which something was found, or else those that it could be.
    fn descriptions(
        &self,
        mut through: BTreeSet<Span>,
        touched: &BTreeSet<Span>,
    ) -> Vec<Annotation> {
        through.extend(touched.iter().filter_map(|place| self.entry(*place)));
        if through.is_empty() {
            through.extend(self.calls.keys().take(MOST_NAMED));
        }
        let calls = through.iter().filter_map(|header| self.calls.get(header));
        let named = calls.filter_map(|(call, dir)| {
            let title = self.workspace.modules.get(*dir)?.description()?;
            Some(Annotation::new(call.source_span, format!("from {title}")))
        });
        named.collect()
    }
}

/// What is said of modules whose code is not here: each once, with the number of calls.
pub(crate) fn missing(calls: &BTreeSet<(String, Span)>) -> impl Iterator<Item = Undecided> + '_ {
    calls.iter().filter(|(source, _)| !source.is_empty() && !source.starts_with('.')).map(
        |(source, span)| Undecided {
            question: format!("what does the module `{source}` make?"),
            because: "its code is not here, and nothing describes it".to_owned(),
            resolve: "run `terraform init`, or describe it (`stubs` in `.privatelint.hcl`)"
                .to_owned(),
            count: 1,
            span: Some(*span),
            cause: Cause::Module,
            asked: vec![Asked { span: Some(*span), ..Asked::default() }],
            ..Undecided::default()
        },
    )
}
