//! Names of module and resource instances, as Terraform prints them.

use std::fmt;
use std::sync::Arc;

pub use privatelint_parser::module::Mode;
use smol_str::SmolStr;

/// Which of several instances of one block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceKey {
    /// The block has neither `count` nor `for_each`.
    None,
    /// By `count`.
    Int(i64),
    /// By `for_each`.
    String(SmolStr),
    /// The block has `count` or `for_each`, and what it says is not known: stands for zero or more instances.
    Unknown,
}

impl fmt::Display for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Int(index) => write!(f, "[{index}]"),
            Self::String(key) => write!(f, "[{}]", Quoted(key)),
            Self::Unknown => f.write_str("[*]"),
        }
    }
}

/// A string as Terraform quotes it in an address.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c => write!(f, "{c}")?,
            }
        }
        f.write_str("\"")
    }
}

/// A module instance: the calls that lead to it from the root module, which has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ModuleAddress(pub Arc<[(SmolStr, InstanceKey)]>);

impl ModuleAddress {
    /// The instance of a module that this one calls.
    #[must_use]
    pub fn child(&self, name: SmolStr, key: InstanceKey) -> Self {
        Self(self.0.iter().cloned().chain([(name, key)]).collect())
    }

    /// Whether it is the root module.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The same module as another root module sees it, which `root` names to it.
    ///
    /// What is in it is never something of the root module that is evaluated.
    #[must_use]
    pub fn in_other_root(&self, root: &str) -> Self {
        let step = (format!("{OTHER_ROOT}{root})").into(), InstanceKey::None);
        Self([step].into_iter().chain(self.0.iter().cloned()).collect())
    }

    /// The other root module that it belongs to, if it does.
    #[must_use]
    pub fn other_root(&self) -> Option<&str> {
        let (name, _) = self.0.first()?;
        name.strip_prefix(OTHER_ROOT)?.strip_suffix(')')
    }

    /// The same module as its own root module sees it.
    #[must_use]
    pub fn in_its_root(&self) -> Self {
        let steps = usize::from(self.other_root().is_some());
        Self(self.0.iter().skip(steps).cloned().collect())
    }
}

/// What the step begins with that stands for another root module: no module call has such a name.
const OTHER_ROOT: &str = "root(";

impl fmt::Display for ModuleAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, key)) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            let module = if name.starts_with(OTHER_ROOT) { "" } else { "module." };
            write!(f, "{dot}{module}{name}{key}")?;
        }
        Ok(())
    }
}

/// A resource instance.
///
/// Ordered by module, mode, type, name and key, which is the order in which instances are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The module instance it is in.
    pub module: ModuleAddress,
    /// Managed or data.
    pub mode: Mode,
    /// The resource type.
    pub kind: SmolStr,
    /// The name.
    pub name: SmolStr,
    /// Which instance.
    pub key: InstanceKey,
}

impl Address {
    /// The same without the module that it is in: as the module's own code writes it.
    #[must_use]
    pub fn within_module(&self) -> Self {
        Self { module: ModuleAddress::default(), ..self.clone() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.module.is_root() {
            write!(f, "{}.", self.module)?;
        }
        if self.mode == Mode::Data {
            f.write_str("data.")?;
        }
        write!(f, "{}.{}{}", self.kind, self.name, self.key)
    }
}
