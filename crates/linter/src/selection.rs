//! Which rules run.

use std::collections::{BTreeMap, BTreeSet};

use privatelint_checks::{Expectation, Rule};
use privatelint_diagnostics::{RuleInfo, Severity};

use crate::{Level, Options, UsageError};

/// The rules of a run, by name.
#[derive(Debug)]
pub struct Selection {
    rules: Vec<&'static Rule>,
    /// The severities that the configuration gives to rules, by name.
    severities: BTreeMap<String, Severity>,
    /// What the configuration expects of paths.
    expectations: Vec<Expectation>,
}

impl Selection {
    /// The rules that `select` names (all if it names none) without those that `ignore` names. Both name rules and categories. A rule that is
    /// opt-in runs only if its own name is among those selected.
    ///
    /// # Errors
    ///
    /// If a name is neither.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, UsageError> {
        let all = privatelint_checks::rules();
        let selected = resolve(all, select)?;
        let ignored = resolve(all, ignore)?;
        let rules = all.iter().copied().filter(|rule| {
            let is_named = select.iter().any(|name| name == rule.name);
            let is_selected = select.is_empty() || selected.contains(rule.name);
            is_selected && (is_named || !rule.opt_in) && !ignored.contains(rule.name)
        });
        Ok(Self { rules: rules.collect(), severities: BTreeMap::new(), expectations: Vec::new() })
    }

    /// The rules that the options ask for, as the configuration has them. Who names a rule on the command line wants it to run.
    pub(crate) fn of(options: &Options) -> Result<Self, UsageError> {
        let mut selection = Self::new(&options.select, &options.ignore)?;
        for (name, level) in &options.config.rules {
            match level {
                Level::Severity(severity) => {
                    selection.severities.insert(name.clone(), *severity);
                    if options.select.is_empty() && !options.ignore.contains(name) {
                        selection.ask_for(name);
                    }
                }
                Level::Off if options.select.contains(name) => {}
                Level::Off => selection.rules.retain(|rule| rule.name != name),
            }
        }
        Ok(selection)
    }

    /// Lets an opt-in rule run that the configuration gives a severity.
    fn ask_for(&mut self, name: &str) {
        let all = privatelint_checks::rules().iter().copied();
        let asked = all.filter(|rule| rule.opt_in && rule.name == name);
        self.rules.extend(asked);
        self.rules.sort_by_key(|rule| rule.name);
        self.rules.dedup_by_key(|rule| rule.name);
    }

    /// The same, with what is expected of paths.
    pub(crate) fn expecting(self, expectations: Vec<Expectation>) -> Self {
        Self { expectations, ..self }
    }

    /// What the configuration expects of paths.
    pub(crate) fn expectations(&self) -> &[Expectation] {
        &self.expectations
    }

    /// The severity that the configuration gives to a rule.
    pub(crate) fn severity(&self, name: &str) -> Option<Severity> {
        self.severities.get(name).copied()
    }

    /// The rules as reports show them.
    pub(crate) fn infos(&self) -> Vec<RuleInfo> {
        let info = |rule: &&'static Rule| {
            let info = rule.info();
            RuleInfo { severity: self.severity(rule.name).unwrap_or(info.severity), ..info }
        };
        self.rules.iter().map(info).collect()
    }

    /// The rules, by name.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.rules.iter().copied()
    }

    /// Whether a rule runs.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.name == name)
    }
}

fn resolve(all: &[&'static Rule], names: &[String]) -> Result<BTreeSet<&'static str>, UsageError> {
    let mut resolved = BTreeSet::new();
    for name in names {
        let named = all.iter().filter(|rule| rule.name == name || rule.category.as_str() == name);
        let before = resolved.len();
        let mut any = false;
        for rule in named {
            any = true;
            resolved.insert(rule.name);
        }
        if !any && resolved.len() == before {
            return Err(UsageError::UnknownRule {
                name: name.clone(),
                nearest: nearest_rule(name),
            });
        }
    }
    Ok(resolved)
}

/// The rule whose name is most like a name that is none.
#[must_use]
pub fn nearest_rule(name: &str) -> Option<String> {
    let rules = privatelint_checks::rules().iter().map(|rule| rule.name);
    let close = rules.map(|rule| (strsim::damerau_levenshtein(name, rule), rule)).min()?;
    (close.0 <= close.1.len() / 3).then(|| close.1.to_owned())
}
