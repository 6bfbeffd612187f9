//! Why a value is not known.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::{Address, Listed, ModuleAddress, Value};

/// The most alternatives that one unknown value keeps apart.
const MOST_ALTERNATIVES: usize = 8;

/// The most parts that a partly known string keeps apart.
const MOST_TEXT_PARTS: usize = 1_000;

/// The longest text that the parts of a string have in all.
const MOST_TEXT_BYTES: usize = 4 << 20;

/// The nodes of a value that is kept as one of several.
const MOST_COMPARED_NODES: usize = 20_000;

/// How deep it may be.
const MOST_COMPARED_LEVELS: usize = 64;

/// The nodes of a cause that is remembered as it is.
const MOST_CAUSE_NODES: usize = 256;

/// The most causes that one derived unknown remembers.
const MOST_CAUSES: usize = 4;

/// Why a value is not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Unknown {
    /// Known after apply: an attribute of a managed resource instance that the code does not write. Two of the same instance and path
    /// are equal; this is the edge of the graph.
    Computed(Arc<Attribute>),
    /// An attribute of a data source that has no answer here.
    Data(Arc<Attribute>),
    /// A variable of the root module without a value.
    Variable(SmolStr),
    /// An output of a module whose code is not there.
    ModuleMissing(Arc<ModuleOutput>),
    /// A string of which parts are known.
    Text(Arc<Vec<TextPart>>),
    /// One of several values, because the condition that chooses is not known.
    OneOf(Arc<Vec<Value>>),
    /// Computed from unknown values.
    Derived(Arc<Vec<Unknown>>),
    /// The result of a function that is not evaluated: an impure one, or one that is not built yet.
    Function(SmolStr),
    /// A file that is not read: which one and why, as a sentence without a full stop.
    File(SmolStr),
    /// Which instance is meant is not known: `count.index`, `each.key` and `each.value` under an unknown `count` or `for_each`.
    Instance(Arc<Address>),
    /// It depends on itself; reported.
    Cycle,
    /// The expression is wrong; reported.
    Error,
    /// Something that a run of Terraform decides, such as the workspace: its name.
    Environment(SmolStr),
}

/// An attribute of a resource instance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attribute {
    /// The instance.
    pub of: Address,
    /// The path below it as it is written: `id`, `subnet_mapping[0].subnet_id`. Empty for the whole instance.
    pub path: SmolStr,
    /// Set if it is known to be a list of different elements, or to stand in one.
    pub listed: Option<Listed>,
}

/// An output of a module that is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleOutput {
    /// The module instance.
    pub module: ModuleAddress,
    /// The path below it: the output's name and what follows. Empty for the whole module.
    pub path: SmolStr,
}

/// A part of a partly known string.
#[derive(Debug, Clone, PartialEq)]
pub enum TextPart {
    /// Known text.
    Known(SmolStr),
    /// Text that is not known.
    Unknown(Unknown),
}

impl Unknown {
    /// An attribute of a managed instance or of a data source, by the instance's mode.
    #[must_use]
    pub fn attribute(of: Address, path: impl Into<SmolStr>) -> Self {
        Self::of_attribute(Attribute { of, path: path.into(), listed: None })
    }

    pub(crate) fn of_attribute(attribute: Attribute) -> Self {
        match attribute.of.mode {
            crate::Mode::Managed => Self::Computed(Arc::new(attribute)),
            crate::Mode::Data => Self::Data(Arc::new(attribute)),
        }
    }

    /// What is computed from these values: their unknowns are the causes.
    #[must_use]
    pub fn derived<'a>(from: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut causes: Vec<Self> = Vec::new();
        let mut add = |unknown: &Self| {
            if causes.len() < MOST_CAUSES && !causes.contains(unknown) {
                causes.push(unknown.clone());
            }
        };
        for value in from {
            match value.first_unknown() {
                Some(Self::Derived(inner)) => inner.iter().for_each(&mut add),
                Some(unknown) => add(&unknown.as_cause()),
                None => {}
            }
        }
        if causes.is_empty() { Self::Error } else { Self::Derived(Arc::new(causes)) }
    }

    /// The same without what makes it large: a cause is compared and kept wherever something is computed from it.
    fn as_cause(&self) -> Self {
        if Value::Unknown(self.clone()).is_within(MOST_CAUSE_NODES, MOST_COMPARED_LEVELS) {
            return self.clone();
        }
        match self {
            // That a condition decides is all that matters then.
            Self::OneOf(_) => Self::OneOf(Arc::default()),
            Self::Text(parts) => Self::of_parts(parts),
            Self::Derived(_) => Self::Derived(Arc::default()),
            simple => simple.clone(),
        }
    }

    /// One of these values. Equal ones count once; too many to keep apart are one derived unknown.
    #[must_use]
    pub fn one_of(values: impl IntoIterator<Item = Value>) -> Value {
        let values: Vec<Value> = values.into_iter().collect();
        let mut arms: Vec<Value> = Vec::new();
        // Nor are large ones compared: what is shared inside them is walked each time.
        if !values.iter().all(|value| value.is_within(MOST_COMPARED_NODES, MOST_COMPARED_LEVELS)) {
            return Value::Unknown(Self::derived(&values));
        }
        for arm in values.iter().flat_map(Value::alternatives) {
            if arms.contains(arm) {
                continue;
            }
            // To compare further ones with each other would cost their number squared.
            if arms.len() == MOST_ALTERNATIVES {
                return Value::Unknown(Self::derived(&values));
            }
            arms.push(arm.clone());
        }
        match arms.len() {
            1 => arms.swap_remove(0),
            0 => Value::Unknown(Self::Error),
            _ => Value::Unknown(Self::OneOf(Arc::new(arms))),
        }
    }

    /// A string from its parts; known if all of them are. One of too many parts to keep, or too long, is wholly unknown.
    #[must_use]
    pub fn text(parts: impl IntoIterator<Item = TextPart>) -> Value {
        let mut merged: Vec<TextPart> = Vec::new();
        let mut bytes = 0_usize;
        for part in parts {
            let inner = match part {
                TextPart::Unknown(Self::Text(inner)) => inner.as_ref().clone(),
                part => vec![part],
            };
            for part in inner {
                if let TextPart::Known(text) = &part {
                    bytes = bytes.saturating_add(text.len());
                }
                if merged.len() > MOST_TEXT_PARTS || bytes > MOST_TEXT_BYTES {
                    return Value::Unknown(Self::of_parts(&merged));
                }
                match (merged.last_mut(), part) {
                    (_, TextPart::Known(text)) if text.is_empty() => {}
                    (Some(TextPart::Known(before)), TextPart::Known(text)) => {
                        *before = format!("{before}{text}").into();
                    }
                    (_, part) => merged.push(part),
                }
            }
        }
        match merged.as_slice() {
            [] => Value::String(SmolStr::default()),
            [TextPart::Known(text)] => Value::String(text.clone()),
            [TextPart::Unknown(unknown)] => Value::Unknown(unknown.clone()),
            _ => Value::Unknown(Self::Text(Arc::new(merged))),
        }
    }

    /// What a text of these parts is computed from.
    fn of_parts(parts: &[TextPart]) -> Self {
        let unknown = parts.iter().filter_map(|part| match part {
            TextPart::Known(_) => None,
            TextPart::Unknown(unknown) => Some(Value::Unknown(unknown.clone())),
        });
        Self::derived(&unknown.take(MOST_CAUSES).collect::<Vec<_>>())
    }

    /// Whether both are the same value, whatever it is.
    #[must_use]
    pub fn certainly_equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Computed(a), Self::Computed(b)) | (Self::Data(a), Self::Data(b)) => {
                a == b && a.is_one_value()
            }
            (Self::Variable(a), Self::Variable(b))
            | (Self::Environment(a), Self::Environment(b)) => a == b,
            (Self::ModuleMissing(a), Self::ModuleMissing(b)) => a == b && !a.path.is_empty(),
            (Self::Text(a), Self::Text(b)) => {
                a.len() == b.len()
                    && a.iter().zip(b.iter()).all(|(a, b)| match (a, b) {
                        (TextPart::Known(a), TextPart::Known(b)) => a == b,
                        (TextPart::Unknown(a), TextPart::Unknown(b)) => a.certainly_equals(b),
                        _ => false,
                    })
            }
            _ => false,
        }
    }

    /// What an attribute or element of this unknown value is.
    #[must_use]
    pub fn step(&self, step: &str) -> Self {
        match self {
            Self::Computed(attribute) | Self::Data(attribute) => {
                Self::of_attribute(attribute.step(step))
            }
            Self::ModuleMissing(output) => Self::ModuleMissing(Arc::new(ModuleOutput {
                module: output.module.clone(),
                path: join(&output.path, step),
            })),
            Self::Derived(_) | Self::Cycle | Self::Error => self.clone(),
            other => Self::Derived(Arc::new(vec![other.clone()])),
        }
    }

    /// Every resource instance that this value may be computed from.
    pub fn for_each_address(&self, visit: &mut dyn FnMut(&Address)) {
        match self {
            Self::Computed(attribute) | Self::Data(attribute) => visit(&attribute.of),
            Self::Instance(address) => visit(address),
            Self::Text(parts) => {
                for part in parts.iter() {
                    if let TextPart::Unknown(unknown) = part {
                        unknown.for_each_address(visit);
                    }
                }
            }
            Self::OneOf(arms) => {
                for arm in arms.iter() {
                    arm.for_each_address(visit);
                }
            }
            Self::Derived(causes) => {
                for cause in causes.iter() {
                    cause.for_each_address(visit);
                }
            }
            Self::Variable(_)
            | Self::ModuleMissing(_)
            | Self::Function(_)
            | Self::File(_)
            | Self::Cycle
            | Self::Error
            | Self::Environment(_) => {}
        }
    }
}

impl Value {
    /// Every resource instance that this value, at any depth, refers to or may be computed from.
    pub fn for_each_address(&self, visit: &mut dyn FnMut(&Address)) {
        match self {
            Self::Unknown(unknown) => unknown.for_each_address(visit),
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => {
                for element in elements.iter() {
                    element.for_each_address(visit);
                }
            }
            Self::Map(entries) => {
                for value in entries.values() {
                    value.for_each_address(visit);
                }
            }
            Self::Object(object) => {
                for value in object.attributes.values() {
                    value.for_each_address(visit);
                }
                if let Some(rest) = &object.rest {
                    rest.for_each_address(visit);
                }
            }
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => {}
        }
    }
}

pub(crate) fn join(path: &str, step: &str) -> SmolStr {
    if path.is_empty() || step.starts_with('[') {
        return format!("{path}{step}").into();
    }
    format!("{path}.{step}").into()
}

/// Whether a partly known string can turn out to be `text`.
pub(crate) fn can_be(parts: &[TextPart], text: &str) -> bool {
    let mut rest = text;
    let mut anchored = true;
    for (at, part) in parts.iter().enumerate() {
        match part {
            TextPart::Unknown(_) => anchored = false,
            TextPart::Known(known) if at + 1 == parts.len() && !anchored => {
                return rest.ends_with(known.as_str());
            }
            TextPart::Known(known) => {
                let found = if anchored {
                    rest.starts_with(known.as_str()).then_some(0)
                } else {
                    rest.find(known.as_str())
                };
                let Some(after) = found.and_then(|at| rest.get(at + known.len()..)) else {
                    return false;
                };
                rest = after;
                anchored = true;
            }
        }
    }
    !anchored || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[&str], text: &str, possible: bool) {
        let parts: Vec<_> = parts
            .iter()
            .map(|part| match *part {
                "?" => TextPart::Unknown(Unknown::Variable("x".into())),
                known => TextPart::Known(known.into()),
            })
            .collect();
        assert_eq!(can_be(&parts, text), possible, "{parts:?} {text}");
    }

    #[test]
    fn a_partly_known_string_excludes_what_it_cannot_be() {
        check(&["com.amazonaws.", "?", ".s3"], "com.amazonaws.eu-west-1.s3", true);
        check(&["com.amazonaws.", "?", ".s3"], "com.amazonaws.eu-west-1.ec2", false);
        check(&["com.amazonaws.", "?", ".s3"], "cn.com.amazonaws.cn-north-1.s3", false);
        check(&["?", "-a"], "x-a-a", true);
        check(&["a-", "?"], "a-", true);
        check(&["a", "?", "b", "?"], "axbx", true);
        check(&["a", "?", "b", "?"], "axx", false);
    }

    #[test]
    fn text_of_known_parts_is_known() {
        let known = |text: &str| TextPart::Known(text.into());
        assert_eq!(Unknown::text([known("a"), known(""), known("b")]), Value::string("ab"));
    }
}
