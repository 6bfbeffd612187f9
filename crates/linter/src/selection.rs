//! Which rules run.

use std::collections::BTreeSet;

use privatelint_checks::Rule;

use crate::UsageError;

/// The rules of a run, by name.
#[derive(Debug)]
pub struct Selection {
    rules: Vec<&'static Rule>,
}

impl Selection {
    /// The rules that `select` names (all if it names none) without those that `ignore` names. Both name rules and categories.
    ///
    /// # Errors
    ///
    /// If a name is neither.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, UsageError> {
        let all = privatelint_checks::rules();
        let selected = resolve(all, select)?;
        let ignored = resolve(all, ignore)?;
        let rules = all.iter().copied().filter(|rule| {
            (select.is_empty() || selected.contains(rule.name)) && !ignored.contains(rule.name)
        });
        Ok(Self { rules: rules.collect() })
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
