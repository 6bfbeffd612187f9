//! What a plan says of the conditions that authors of modules wrote.

use privatelint_parser::module::Mode;
use serde::Deserialize;
use serde_json::Value as Json;
use smol_str::SmolStr;

use super::{Plan, key, mode, names};
use crate::{Address, ModuleAddress};

/// An object whose conditions were looked at, with all its instances.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Check {
    #[serde(default)]
    address: CheckAddress,
    #[serde(default, deserialize_with = "super::document::or_default")]
    instances: Vec<CheckedInstance>,
}

#[derive(Debug, Default, Deserialize)]
struct CheckAddress {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    mode: String,
    #[serde(rename = "type", default)]
    resource: String,
    #[serde(default)]
    name: String,
}

#[derive(Debug, Default, Deserialize)]
struct CheckedInstance {
    #[serde(default)]
    address: InstanceAddress,
    #[serde(default)]
    status: String,
    #[serde(default, deserialize_with = "super::document::or_default")]
    problems: Vec<CheckProblem>,
}

#[derive(Debug, Default, Deserialize)]
struct InstanceAddress {
    #[serde(default)]
    module: String,
    #[serde(default)]
    instance_key: Json,
}

#[derive(Debug, Default, Deserialize)]
struct CheckProblem {
    #[serde(default)]
    message: String,
}

/// Something of which a condition was false when the plan was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failed {
    pub(crate) module: ModuleAddress,
    pub(crate) of: FailedOf,
    /// What the author says of each condition that was false.
    pub(crate) messages: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FailedOf {
    Variable(SmolStr),
    Output(SmolStr),
    Check(SmolStr),
    Resource(Address),
}

impl Plan {
    /// The conditions that were false, in the order of the plan.
    pub(crate) fn failed(&self) -> Vec<Failed> {
        let mut failed = Vec::new();
        for check in &self.document.checks {
            let Check { address: CheckAddress { kind, name, .. }, instances } = check;
            for instance in instances.iter().filter(|instance| instance.status == "fail") {
                let Some(module) = names::module(&instance.address.module) else { continue };
                let of = match kind.as_str() {
                    "input_variable" | "var" => FailedOf::Variable(name.into()),
                    "output_value" => FailedOf::Output(name.into()),
                    "check" => FailedOf::Check(name.into()),
                    "resource" => FailedOf::Resource(Address {
                        module: module.clone(),
                        mode: mode(&check.address.mode).unwrap_or(Mode::Managed),
                        kind: check.address.resource.as_str().into(),
                        name: name.into(),
                        key: key(&instance.address.instance_key),
                    }),
                    _ => continue,
                };
                let messages = instance.problems.iter().map(|problem| problem.message.clone());
                failed.push(Failed { module, of, messages: messages.collect() });
            }
        }
        failed
    }
}
