//! Which modules are analysed on their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::module::{Module, Source};

/// The directories of the user's code that nobody calls, or that look like ones where Terraform is run: with a backend, a
/// provider's configuration or variable files. Sorted.
pub(crate) fn roots(
    modules: &BTreeMap<Utf8PathBuf, Arc<Module>>,
    with_variables: &BTreeSet<Utf8PathBuf>,
) -> Vec<Utf8PathBuf> {
    let mut called = BTreeSet::new();
    for (dir, module) in modules {
        called.extend(callees(module).filter(|callee| *callee != dir.as_path()));
    }
    let is_root = |dir: &Utf8PathBuf, module: &Module| {
        !module.is_foreign()
            && (!called.contains(dir.as_path())
                || module.settings.has_backend
                || !module.providers.is_empty()
                || with_variables.contains(dir))
    };
    let mut roots: BTreeSet<&Utf8Path> = modules
        .iter()
        .filter(|(dir, module)| is_root(dir, module))
        .map(|(dir, _)| dir.as_path())
        .collect();

    // Modules that only call each other in a circle would be reached by nobody.
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&Utf8Path> = roots.iter().copied().collect();
    let mut rest =
        modules.iter().filter(|(_, module)| !module.is_foreign()).map(|(dir, _)| dir.as_path());
    loop {
        while let Some(dir) = waiting.pop() {
            if reached.insert(dir) {
                waiting.extend(modules.get(dir).into_iter().flat_map(|module| callees(module)));
            }
        }
        match rest.find(|dir| !reached.contains(dir)) {
            Some(dir) => {
                roots.insert(dir);
                waiting.push(dir);
            }
            None => return roots.into_iter().map(Utf8Path::to_owned).collect(),
        }
    }
}

fn callees(module: &Module) -> impl Iterator<Item = &Utf8Path> {
    module.calls.values().filter_map(|call| match &call.source {
        Source::Local(dir) => Some(dir.as_path()),
        _ => None,
    })
}
