//! What a plan and the code beside it do not have in common.

use std::collections::BTreeSet;

use camino::Utf8Path;
use privatelint_parser::Workspace;
use privatelint_parser::module::{Mode, Module, ResourceKey, Source};

use super::document::ModuleConfig;
use super::{Plan, mode};

/// How deep calls are followed.
const DEEPEST: usize = 64;

/// Blocks that only one of a plan and the code beside it has, by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Those that only the plan has.
    pub only_planned: BTreeSet<String>,
    /// Those that only the code has.
    pub only_written: BTreeSet<String>,
}

impl Plan {
    /// What the configuration in the plan and the code of a root module do not have in common. Modules whose code is not here are passed over.
    #[must_use]
    pub fn difference(&self, workspace: &Workspace, root: &Utf8Path) -> Difference {
        let mut difference = Difference::default();
        let planned = &self.document.configuration.root_module;
        let is_stripped = planned.resources.is_empty() && planned.module_calls.is_empty();
        if let (false, Some(module)) = (is_stripped, workspace.modules.get(root)) {
            difference.compare(workspace, planned, module, "", DEEPEST);
        }
        difference
    }
}

impl Difference {
    fn compare(
        &mut self,
        workspace: &Workspace,
        planned: &ModuleConfig,
        module: &Module,
        prefix: &str,
        depth: usize,
    ) {
        let resources = planned.resources.iter().filter_map(|resource| {
            let mode = mode(&resource.mode)?;
            let (kind, name) = (resource.kind.as_str().into(), resource.name.as_str().into());
            Some(ResourceKey { mode, kind, name })
        });
        let resources: BTreeSet<ResourceKey> = resources.collect();
        let address = |key: &ResourceKey| {
            let data = if key.mode == Mode::Data { "data." } else { "" };
            format!("{prefix}{data}{}.{}", key.kind, key.name)
        };
        // A data source inside a `check` block belongs to that.
        let is_in_check = |key: &ResourceKey| {
            let mut blocks = module.checks.values().flat_map(|check| check.body.blocks_of("data"));
            blocks.any(|block| {
                let mut labels = block.labels.iter().map(|label| &label.text);
                labels.next() == Some(&key.kind) && labels.next() == Some(&key.name)
            })
        };
        let only_planned = resources
            .iter()
            .filter(|key| !module.resources.contains_key(*key) && !is_in_check(key));
        self.only_planned.extend(only_planned.map(address));
        let only_written = module.resources.keys().filter(|key| !resources.contains(*key));
        self.only_written.extend(only_written.map(address));
        for name in
            module.calls.keys().filter(|name| !planned.module_calls.contains_key(name.as_str()))
        {
            self.only_written.insert(format!("{prefix}module.{name}"));
        }
        for (name, planned) in &planned.module_calls {
            let Some(call) = module.calls.get(name.as_str()) else {
                self.only_planned.insert(format!("{prefix}module.{name}"));
                continue;
            };
            let Source::Local(dir) = &call.source else { continue };
            let Some(called) = workspace.modules.get(dir) else { continue };
            if let (false, Some(depth)) = (called.is_foreign(), depth.checked_sub(1)) {
                let prefix = format!("{prefix}module.{name}.");
                self.compare(workspace, &planned.module, called, &prefix, depth);
            }
        }
    }
}
