//! `.terraform/modules/modules.json`: where `terraform init` put the modules that a root calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8PathBuf;
use serde::Deserialize;

use super::address::Package;
use super::version::{Constraint, Version};
use crate::module::{Module, ModuleCall, Source};

/// What the file says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Manifest {
    #[serde(rename = "Modules", default)]
    pub(crate) modules: Vec<Installed>,
}

/// A module that is there.
#[derive(Debug, Deserialize)]
pub(crate) struct Installed {
    /// The names of the calls that lead to it, with dots between.
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Source", default)]
    source: String,
    #[serde(rename = "Version", default)]
    version: Option<String>,
    /// Relative to the root.
    #[serde(rename = "Dir")]
    pub(crate) dir: String,
}

/// Leads the remote calls below each root to what is installed for it, if that is what they ask for.
///
/// `roots` says for each root's directory what is installed, with the directories as `modules` has them.
pub(crate) fn resolve(
    modules: &mut BTreeMap<Utf8PathBuf, Arc<Module>>,
    roots: &BTreeMap<Utf8PathBuf, Vec<(Utf8PathBuf, Installed)>>,
) {
    for (root, installed) in roots {
        let by_key: BTreeMap<&str, &(Utf8PathBuf, Installed)> =
            installed.iter().map(|entry| (entry.1.key.as_str(), entry)).collect();
        let mut seen = BTreeSet::from([root.clone()]);
        let mut waiting = vec![(root.clone(), String::new())];
        while let Some((dir, prefix)) = waiting.pop() {
            let names: Vec<_> = match modules.get(&dir) {
                Some(module) => module.calls.keys().cloned().collect(),
                None => continue,
            };
            for name in names {
                let key = format!("{prefix}{name}");
                let entry = by_key.get(key.as_str());
                let target = entry.map(|(target, _)| target.clone());
                let is_loaded = target.as_ref().is_some_and(|target| modules.contains_key(target));
                let module = modules.get_mut(&dir).and_then(Arc::get_mut);
                let Some(call) = module.and_then(|module| module.calls.get_mut(&name)) else {
                    continue;
                };
                if let (Some((_, installed)), Some(target)) = (entry, target)
                    && is_loaded
                    && is_meant(call, installed)
                {
                    call.source = Source::Local(target);
                }
                if let Source::Local(next) = &call.source
                    && seen.insert(next.clone())
                {
                    waiting.push((next.clone(), format!("{key}.")));
                }
            }
        }
    }
}

/// Whether what is installed is what a call asks for: after an edit it may be what the call asked for before.
fn is_meant(call: &ModuleCall, installed: &Installed) -> bool {
    let Source::Remote(source) = &call.source else { return false };
    let is_same = match (Package::parse(source), Package::parse(&installed.source)) {
        (Some(asked), Some(there)) => asked == there,
        _ => *source == installed.source,
    };
    let version = installed.version.as_deref().filter(|version| !version.is_empty());
    let is_wanted = match (&call.version, version.and_then(Version::parse)) {
        (Some(wanted), Some(version)) => {
            Constraint::parse(wanted).is_some_and(|wanted| wanted.allows(version))
        }
        _ => true,
    };
    is_same && is_wanted
}
