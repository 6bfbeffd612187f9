//! The document that `terraform show -json` prints for a plan, as far as it is read, and what else people pass instead of it.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};

use super::checks::Check;

/// What a binary plan begins with: it is a ZIP archive.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// How to make what is wanted.
const HOW: &str = "run `terraform plan -out=tfplan`, then `terraform show -json tfplan > plan.json`, and pass that";

/// Something that is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPlan {
    /// What it is, or why it cannot be read; without a full stop.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl NotAPlan {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: HOW.into() }
    }
}

/// A plan. What is not read is left out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Document {
    format_version: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) variables: BTreeMap<String, VariableValue>,
    pub(super) planned_values: Option<Values>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) resource_changes: Vec<ResourceChange>,
    pub(super) prior_state: Option<State>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) configuration: Configuration,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) checks: Vec<Check>,
    /// Whether applying it reaches what the configuration says: not so with `-target`, for example.
    pub(super) complete: Option<bool>,
    /// Whether planning stopped at an error.
    pub(super) errored: Option<bool>,
    /// Only in states.
    values: Option<IgnoredAny>,
    /// Only in state files.
    lineage: Option<IgnoredAny>,
    serial: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct VariableValue {
    #[serde(default)]
    pub(super) value: Json,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct State {
    pub(super) values: Option<Values>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Values {
    pub(super) root_module: Option<ModuleValues>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ModuleValues {
    #[serde(default)]
    pub(super) address: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) resources: Vec<ResourceValues>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) child_modules: Vec<ModuleValues>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ResourceValues {
    pub(super) address: String,
    pub(super) mode: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) index: Json,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) values: Map<String, Json>,
    #[serde(default)]
    pub(super) sensitive_values: Json,
}

#[derive(Debug, Deserialize)]
pub(super) struct ResourceChange {
    pub(super) address: String,
    /// Present for an object that is left over from a replacement: it is only deleted.
    #[serde(default)]
    pub(super) deposed: Option<IgnoredAny>,
    pub(super) change: Change,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    pub(super) before: Option<IgnoredAny>,
    #[serde(default)]
    pub(super) after: Json,
    #[serde(default)]
    pub(super) after_unknown: Json,
    #[serde(default)]
    pub(super) after_sensitive: Json,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Configuration {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) provider_config: BTreeMap<String, ProviderConfig>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) root_module: ModuleConfig,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ProviderConfig {
    #[serde(default)]
    pub(super) name: String,
    pub(super) alias: Option<String>,
    #[serde(default)]
    pub(super) module_address: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) expressions: Map<String, Json>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ModuleConfig {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) resources: Vec<ResourceConfig>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) module_calls: BTreeMap<String, ModuleCall>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) outputs: BTreeMap<String, OutputConfig>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ResourceConfig {
    #[serde(default)]
    pub(super) mode: String,
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) name: String,
    pub(super) provider_config_key: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) expressions: Map<String, Json>,
    #[serde(default)]
    pub(super) for_each_expression: Json,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) depends_on: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ModuleCall {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) expressions: Map<String, Json>,
    #[serde(default)]
    pub(super) for_each_expression: Json,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) module: ModuleConfig,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct OutputConfig {
    #[serde(default)]
    pub(super) expression: Json,
}

/// `null` where Terraform usually leaves the key out.
pub(super) fn or_default<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// The text of what was passed as a plan.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, NotAPlan> {
    if bytes.starts_with(ARCHIVE) {
        let message = "this is the plan as Terraform keeps it for itself: a binary file, not JSON";
        let help = "run `terraform show -json` on it, write that to a file, and pass the file";
        return Err(NotAPlan { message: message.into(), help: help.into() });
    }
    // What PowerShell's `>` writes.
    let wide = |bytes: &[u8], from: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(from);
        String::from_utf16(&units.collect::<Vec<_>>()).ok()
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| NotAPlan::new("this is not JSON: it is not text"))
}

/// Reads the document.
pub(super) fn read(text: &str) -> Result<Document, NotAPlan> {
    if text.trim().is_empty() {
        return Err(NotAPlan::new("this is empty: there is no plan in it"));
    }
    if text.trim_start().starts_with(r#"{"@level""#) {
        let message = "this is what `terraform plan -json` says while it works, not the plan";
        return Err(NotAPlan::new(message));
    }
    let document: Document = serde_json::from_str(text).map_err(|error| {
        let is_json = error.classify() == serde_json::error::Category::Data;
        let what = if is_json { "this is JSON, but not a plan" } else { "this is not JSON" };
        NotAPlan::new(format!("{what}: {error}"))
    })?;
    if document.lineage.is_some() || document.serial.is_some() {
        return Err(NotAPlan::new("this is a state file, not a plan"));
    }
    let Some(version) = document.format_version.as_deref() else {
        return Err(NotAPlan::new("this is JSON, but not a plan: it has no `format_version`"));
    };
    if document.planned_values.is_none() && document.resource_changes.is_empty() {
        let is_state = document.values.is_some();
        let what = if is_state { "this is a state, not a plan" } else { "there is no plan in it" };
        return Err(NotAPlan::new(what));
    }
    match version.split('.').next() {
        Some("0" | "1") => Ok(document),
        _ => Err(NotAPlan {
            message: format!("this plan has the format version {version}; those up to 1 are known"),
            help: "use a newer privatelint, or an older Terraform to print the plan".into(),
        }),
    }
}
