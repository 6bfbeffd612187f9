//! Which state a root module writes, and which one a data source reads.
//!
//! Two states are the same if all that identifies them is written, and equal. What is written only in part, as for
//! `terraform init -backend-config`, is like no state.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use privatelint_evaluator::{BodyValue, DataSource, Unknown, Value};
use privatelint_parser::module::Module;
use privatelint_parser::syntax::{Body, ExprKind};
use smol_str::SmolStr;

/// What identifies a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    S3 { bucket: SmolStr, key: SmolStr },
    Gcs { bucket: SmolStr, prefix: SmolStr },
    Azure { account: SmolStr, container: SmolStr, key: SmolStr },
    Local { path: Utf8PathBuf },
    Cloud { host: SmolStr, organization: SmolStr, workspace: SmolStr },
}

/// Which of a root module's workspaces a state belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// The one that there is without naming any.
    Default,
    /// A named one, or the one in which the reader runs. Its variables may have any values.
    Workspace(SmolStr),
}

/// The file that Terraform writes where nothing says otherwise.
const LOCAL_STATE: &str = "terraform.tfstate";

/// The host of HCP Terraform.
const CLOUD_HOST: &str = "app.terraform.io";

/// The workspace that there is without naming any.
const DEFAULT_WORKSPACE: &str = "default";

/// The state that a root module writes.
pub(super) fn of_root(module: &Module) -> Option<State> {
    let Some(block) = &module.settings.backend else {
        let is_local = !module.settings.has_backend;
        return is_local.then(|| State::Local { path: below(&module.dir, LOCAL_STATE) });
    };
    let backend = match (block.kind.text.as_str(), block.labels.as_slice()) {
        ("cloud", []) => "cloud",
        ("backend", [label]) => label.text.as_str(),
        _ => return None,
    };
    let workspaces = block.body.blocks_of("workspaces").next().map(|block| &block.body);
    let configuration = Configuration {
        text: &|name| literal(&block.body, name),
        workspace: &|name| workspaces.map_or(Text::Absent, |body| literal(body, name)),
    };
    configuration.state(backend, Some(&module.dir))
}

/// The state that a `terraform_remote_state` or `tfe_outputs` reads. `dir` is where the root module runs, if it runs where it is written.
pub(super) fn of_data(data: &DataSource<'_>, dir: Option<&Utf8Path>) -> Option<(State, Run)> {
    let argument = |name: &str| data.body.get(name).map_or(Text::Absent, text);
    if data.address.kind == "tfe_outputs" {
        let configuration =
            Configuration { text: &argument, workspace: &|_| argument("workspace") };
        return Some((configuration.state("cloud", None)?, Run::Default));
    }
    let config = data.body.get("config").and_then(Value::as_entries);
    let entry = |name: &str| match config {
        Some(config) => config.get(name).map_or(Text::Absent, text),
        None => Text::Unknown,
    };
    let workspace = |name: &str| {
        let entries = config.and_then(|config| config.get("workspaces")?.as_entries());
        entries.and_then(|entries| entries.get(name)).map_or(Text::Absent, text)
    };
    let configuration = Configuration { text: &entry, workspace: &workspace };
    let state = configuration.state(data.body.get("backend")?.as_str()?, dir)?;
    Some((state, run(data.body)?))
}

/// The state that a Terragrunt unit writes, by its `remote_state`.
pub(super) fn of_unit(backend: &str, config: &Value) -> Option<State> {
    let config = config.as_entries()?;
    let configuration = Configuration {
        text: &|name| config.get(name).map_or(Text::Absent, text),
        workspace: &|_| Text::Unknown,
    };
    configuration.state(backend, None)
}

fn run(body: &BodyValue) -> Option<Run> {
    match body.get("workspace").unwrap_or(&Value::Null) {
        Value::Null => Some(Run::Default),
        Value::String(name) if name == DEFAULT_WORKSPACE => Some(Run::Default),
        Value::String(name) => Some(Run::Workspace(name.clone())),
        Value::Unknown(Unknown::Environment(name)) => Some(Run::Workspace(name.clone())),
        _ => None,
    }
}

/// What is written for an argument.
enum Text {
    Absent,
    Known(SmolStr),
    Unknown,
}

impl Text {
    fn known(self) -> Option<SmolStr> {
        match self {
            Self::Known(text) => Some(text),
            Self::Absent | Self::Unknown => None,
        }
    }

    fn or(self, default: &str) -> Option<SmolStr> {
        match self {
            Self::Absent => Some(default.into()),
            other => other.known(),
        }
    }
}

/// The arguments of a backend.
struct Configuration<'a> {
    text: &'a dyn Fn(&str) -> Text,
    /// Those of `workspaces`.
    workspace: &'a dyn Fn(&str) -> Text,
}

impl Configuration<'_> {
    fn state(&self, backend: &str, dir: Option<&Utf8Path>) -> Option<State> {
        let known = |name: &str| (self.text)(name).known().filter(|text| !text.is_empty());
        Some(match backend {
            "s3" => State::S3 { bucket: known("bucket")?, key: known("key")? },
            "gcs" => {
                let prefix = known("prefix")?.trim_matches('/').into();
                State::Gcs { bucket: known("bucket")?, prefix }
            }
            "azurerm" => State::Azure {
                account: known("storage_account_name")?,
                container: known("container_name")?,
                key: known("key")?,
            },
            "local" => State::Local { path: below(dir?, &known("path")?) },
            "remote" | "cloud" => State::Cloud {
                host: (self.text)("hostname").or(CLOUD_HOST)?,
                organization: known("organization")?,
                workspace: (self.workspace)("name").known()?,
            },
            _ => return None,
        })
    }
}

fn text(value: &Value) -> Text {
    match value {
        Value::Null => Text::Absent,
        Value::String(text) => Text::Known(text.clone()),
        _ => Text::Unknown,
    }
}

fn literal(body: &Body, name: &str) -> Text {
    match body.attribute(name).map(|attribute| &attribute.value.kind) {
        None | Some(ExprKind::Null) => Text::Absent,
        Some(ExprKind::String(text)) => Text::Known(text.clone()),
        Some(_) => Text::Unknown,
    }
}

/// A path as it is shown, seen from a directory as it is shown.
pub(super) fn below(dir: &Utf8Path, path: &str) -> Utf8PathBuf {
    let mut steps: Vec<&str> = Vec::new();
    let joined = dir.join(path);
    for component in joined.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            other => steps.push(other.as_str()),
        }
    }
    if steps.is_empty() { ".".into() } else { steps.iter().collect() }
}
