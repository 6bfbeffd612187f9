//! Addresses and references as plans write them.

use privatelint_parser::module::Mode;
use smol_str::SmolStr;

use crate::{InstanceKey, ModuleAddress};

/// A step of a written reference or address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Name(SmolStr),
    Index(InstanceKey),
}

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    /// An instance or all of a block's, and a path below it.
    Resource { mode: Mode, kind: SmolStr, name: SmolStr, key: Option<InstanceKey>, path: Vec<Step> },
    /// An output of a called module; without a name all of them.
    Module { name: SmolStr, key: Option<InstanceKey>, output: Option<SmolStr> },
    /// A variable.
    Variable(SmolStr),
    /// `each.value`: what the block's `for_each` says.
    Each,
    /// A local value, of which a plan says nothing.
    Local,
    /// Something that Terraform knows while it plans.
    Known,
}

impl Reference {
    /// Reads a reference; what is none is known.
    pub(super) fn parse(text: &str) -> Self {
        let steps = steps(text);
        let mut rest = steps.into_iter().peekable();
        let mut name = || match rest.next() {
            Some(Step::Name(name)) => Some(name),
            _ => None,
        };
        let Some(first) = name() else { return Self::Known };
        let (mode, kind) = match first.as_str() {
            "var" => return name().map_or(Self::Known, Self::Variable),
            "local" => return Self::Local,
            "each" => return Self::Each,
            "count" | "path" | "terraform" | "self" => return Self::Known,
            "module" => {
                let Some(module) = name() else { return Self::Known };
                let key = match rest.peek() {
                    Some(Step::Index(key)) => Some(key.clone()),
                    _ => None,
                };
                if key.is_some() {
                    rest.next();
                }
                let output = match rest.next() {
                    Some(Step::Name(output)) => Some(output),
                    _ => None,
                };
                return Self::Module { name: module, key, output };
            }
            "data" => match name() {
                Some(kind) => (Mode::Data, kind),
                None => return Self::Known,
            },
            "resource" => match name() {
                Some(kind) => (Mode::Managed, kind),
                None => return Self::Known,
            },
            _ => (Mode::Managed, first),
        };
        let Some(name) = name() else { return Self::Known };
        let key = match rest.peek() {
            Some(Step::Index(key)) => Some(key.clone()),
            _ => None,
        };
        if key.is_some() {
            rest.next();
        }
        Self::Resource { mode, kind, name, key, path: rest.collect() }
    }
}

/// The references of an expression without those that another one continues: a plan names every prefix too.
pub(super) fn longest<'t>(references: &[&'t str]) -> Vec<&'t str> {
    let continues = |longer: &str, shorter: &str| {
        longer.strip_prefix(shorter).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let mut longest: Vec<&str> = references
        .iter()
        .copied()
        .filter(|one| !references.iter().any(|other| continues(other, one)))
        .collect();
    longest.dedup();
    longest
}

/// `module.a[0].module.b`; `None` if it is something else.
pub(super) fn module(address: &str) -> Option<ModuleAddress> {
    let mut calls = Vec::new();
    let mut rest = steps(address).into_iter().peekable();
    while let Some(step) = rest.next() {
        let (Step::Name(word), Some(Step::Name(name))) = (step, rest.next()) else { return None };
        if word != "module" {
            return None;
        }
        let key = match rest.peek() {
            Some(Step::Index(key)) => key.clone(),
            _ => InstanceKey::None,
        };
        if key != InstanceKey::None {
            rest.next();
        }
        calls.push((name, key));
    }
    Some(ModuleAddress(calls.into()))
}

/// A path as an unknown value names it: `id`, `subnet_mapping[0].subnet_id`.
pub(super) fn path(steps: &[Step]) -> SmolStr {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Index(key) => text.push_str(&key.to_string()),
        }
    }
    text.into()
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (key, after) = match inside.strip_prefix('"') {
                Some(quoted) => {
                    let (key, after) = unquoted(quoted);
                    (InstanceKey::String(key), after)
                }
                None => {
                    let end = inside.find(']').unwrap_or(inside.len());
                    let (number, after) = inside.split_at(end);
                    (number.parse().map_or(InstanceKey::Unknown, InstanceKey::Int), after)
                }
            };
            steps.push(Step::Index(key));
            rest = after.strip_prefix(']').unwrap_or("");
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() && after.is_empty() {
                break;
            }
            steps.push(Step::Name(name.into()));
            rest = after;
        }
    }
    steps
}

/// The text up to the closing quote, and what follows that.
fn unquoted(text: &str) -> (SmolStr, &str) {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (key.into(), text.get(at + 1..).unwrap_or("")),
            '\\' => match chars.next() {
                Some((_, 'n')) => key.push('\n'),
                Some((_, 'r')) => key.push('\r'),
                Some((_, 't')) => key.push('\t'),
                Some((_, other)) => key.push(other),
                None => break,
            },
            c => key.push(c),
        }
    }
    (key.into(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_module(text: &str) {
        let address = module(text).unwrap();
        assert_eq!(address.to_string(), text);
    }

    #[test]
    fn module_addresses_are_read_as_they_print() {
        check_module("");
        check_module("module.a");
        check_module(r#"module.a[0].module.b["x.y[\"z\"]"].module.c"#);
        assert_eq!(module("aws_vpc.a"), None);
    }

    #[track_caller]
    fn check(text: &str, expected: Reference) {
        assert_eq!(Reference::parse(text), expected, "{text}");
    }

    #[test]
    fn references_are_taken_apart() {
        let resource = |mode, key, path: &[Step]| Reference::Resource {
            mode,
            kind: "aws_vpc".into(),
            name: "a".into(),
            key,
            path: path.to_vec(),
        };
        let id = [Step::Name("id".into())];
        check("aws_vpc.a.id", resource(Mode::Managed, None, &id));
        check("aws_vpc.a[0].id", resource(Mode::Managed, Some(InstanceKey::Int(0)), &id));
        check(
            r#"data.aws_vpc.a["x"]"#,
            resource(Mode::Data, Some(InstanceKey::String("x".into())), &[]),
        );
        check("var.x.y", Reference::Variable("x".into()));
        check("each.value.id", Reference::Each);
        check("count.index", Reference::Known);
        check(
            "module.net[0].vpc_id",
            Reference::Module {
                name: "net".into(),
                key: Some(InstanceKey::Int(0)),
                output: Some("vpc_id".into()),
            },
        );
        for broken in ["", ".", "[", "module", "data.", "aws_vpc", "a[", r#"a.b["#] {
            let _ = Reference::parse(broken);
        }
    }

    #[test]
    fn prefixes_are_not_references_of_their_own() {
        assert_eq!(
            longest(&["aws_vpc.a[0].id", "aws_vpc.a[0]", "aws_vpc.a", "aws_vpc.ab", "var.x"]),
            ["aws_vpc.a[0].id", "aws_vpc.ab", "var.x"]
        );
    }
}
