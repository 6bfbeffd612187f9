//! Domain names of which parts are not known, and which of them are inside others.

use std::fmt;

use privatelint_evaluator::{TextPart, Tri, Unknown, Value};

use crate::facts::{self, is_region, partition_of};

/// The placeholder of the region in a service's private names.
const REGION: &str = "{region}";

/// What host names of AWS end with in the partition whose names the table has.
const COMMON_SUFFIX: &str = "amazonaws.com";

/// The default name of a service in a region.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// From the left.
    labels: Vec<Label>,
}

/// A part of a name between dots.
#[derive(Debug, Clone, PartialEq)]
enum Label {
    Known(String),
    /// Any one label: that of a registry, of a bucket.
    Any,
    /// A value that is not known, alone between dots.
    Value(Value),
    /// Not known, and perhaps more than one label.
    Open,
}

/// Whether a name is inside another, and how many labels both have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) is: Tri,
    pub(super) depth: usize,
}

impl Name {
    /// The default name of a service, by its short name, in a region.
    pub(super) fn of_service(service: &str, region: &Value) -> Self {
        let listed = facts::service(service).and_then(|row| row.private_dns_names.first());
        // A service without a private name of its own still has its public one, which nearly all form alike.
        let pattern =
            listed.cloned().unwrap_or_else(|| format!("{service}.{REGION}.{COMMON_SUFFIX}"));
        Self::of_pattern(&pattern, region)
    }

    /// The name in a region that a pattern of the table makes.
    pub(super) fn of_pattern(pattern: &str, region: &Value) -> Self {
        let pattern = pattern.to_owned();
        let pattern = match region.as_str().and_then(partition_of) {
            Some(partition) => match pattern.strip_suffix(COMMON_SUFFIX) {
                Some(start) => format!("{start}{}", partition.dns_suffix),
                None => pattern,
            },
            None => pattern,
        };
        let label = |label: &str| match label {
            "*" => Label::Any,
            REGION => match region {
                Value::String(region) => Label::Known(region.to_ascii_lowercase()),
                region => Label::Value(region.clone()),
            },
            // A pattern may hold the region inside a label.
            label if label.contains('{') => match region.as_str() {
                Some(region) => Label::Known(label.replace(REGION, region)),
                None => Label::Value(Value::Unknown(Unknown::derived([region]))),
            },
            label => Label::Known(label.to_ascii_lowercase()),
        };
        Self { labels: pattern.split('.').map(label).collect() }
    }

    /// How many labels it has.
    pub(super) fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether it is inside a domain.
    pub(super) fn fit(&self, domain: &Value) -> Fit {
        let mut fits = domain.alternatives().iter().map(|domain| self.fit_one(domain));
        let unknown = Fit { is: Tri::Unknown, depth: self.len() };
        let Some(first) = fits.next() else { return unknown };
        if fits.all(|fit| fit == first) { first } else { unknown }
    }

    fn fit_one(&self, domain: &Value) -> Fit {
        let Some(domain) = labels(domain) else {
            return Fit { is: Tri::Unknown, depth: self.len() };
        };
        let is = self.is_inside(&domain);
        // The more labels it may turn out to have, the more it may know of the name.
        let depth = if is.is_unknown() { self.len() } else { domain.len() };
        Fit { is, depth }
    }

    fn is_inside(&self, domain: &[Label]) -> Tri {
        let mut is = Tri::Yes;
        let mut own = self.labels.as_slice();
        let mut domain = domain;
        while let [left @ .., label] = domain {
            let Some((own_label, own_left)) = own.split_last() else { return Tri::No };
            let same = same_label(label, own_label);
            // What is not known may have dots in it: from here on it is not known which labels face each other.
            if *label == Label::Open || (matches!(label, Label::Value(_)) && !same.is_yes()) {
                return if can_be_among(left, own) { Tri::Unknown } else { Tri::No };
            }
            is = is.and(same);
            if is.is_no() {
                return is;
            }
            (domain, own) = (left, own_left);
        }
        is
    }

    /// Whether a record of a zone is the record of the name. The depth is how many of its labels it says.
    pub(super) fn fit_record(&self, record: &Value, zone: &Value) -> Fit {
        let none = Fit { is: Tri::No, depth: 0 };
        let unknown = Fit { is: Tri::Unknown, depth: 0 };
        let (Some(own), Some(zone_labels)) = (labels(record), labels(zone)) else {
            let is_zone = record.equals(zone).is_yes() || record.is_null();
            return if is_zone { self.fit_one(zone) } else { unknown };
        };
        let is_apex = own.is_empty() || record.equals(zone).is_yes();
        let full = if is_apex {
            zone_labels
        } else if ends_with(&own, &zone_labels) {
            own
        } else {
            own.into_iter().chain(zone_labels).collect()
        };
        let (full, is_wildcard) = match full.split_first() {
            Some((Label::Known(first), rest)) if first == "*" => (rest.to_vec(), true),
            _ => (full, false),
        };
        let inside = self.is_inside(&full);
        match (full.len().cmp(&self.len()), is_wildcard) {
            _ if inside.is_no() => none,
            _ if full.contains(&Label::Open) => unknown,
            (std::cmp::Ordering::Equal, false) => Fit { is: inside, depth: full.len() },
            (std::cmp::Ordering::Less, true) => Fit { is: inside, depth: full.len() },
            _ => none,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, label) in self.labels.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match label {
                Label::Known(text) => write!(f, "{dot}{text}")?,
                Label::Any => write!(f, "{dot}*")?,
                Label::Value(_) | Label::Open => write!(f, "{dot}<region>")?,
            }
        }
        Ok(())
    }
}

/// Whether labels can be among those of a name, in their order.
fn can_be_among(labels: &[Label], name: &[Label]) -> bool {
    let mut own = name.iter();
    labels.iter().all(|label| match label {
        Label::Known(_) => own.any(|own| !same_label(label, own).is_no()),
        _ => true,
    })
}

fn ends_with(name: &[Label], end: &[Label]) -> bool {
    let start = name.len().checked_sub(end.len());
    start
        .and_then(|start| name.get(start..))
        .is_some_and(|tail| tail.iter().zip(end).all(|(a, b)| same_label(a, b).is_yes()))
}

/// Whether a label of a domain is that label of a name.
fn same_label(domain: &Label, own: &Label) -> Tri {
    match (domain, own) {
        (Label::Known(a), Label::Known(b)) => (a == b).into(),
        (Label::Value(a), Label::Value(b)) => a.equals(b).or(Tri::Unknown),
        // Only a region can stand in a region's place.
        (Label::Known(known), Label::Value(_)) if !is_region(known) => Tri::No,
        (Label::Any, Label::Any) => Tri::Yes,
        _ => Tri::Unknown,
    }
}

/// The labels of a domain name, without the dot at its end. The root has none. `None` if nothing of it is known.
fn labels(name: &Value) -> Option<Vec<Label>> {
    let parts = match name {
        Value::Null => return Some(Vec::new()),
        Value::String(text) => return Some(split(text)),
        Value::Unknown(Unknown::Text(parts)) => parts,
        _ => return None,
    };
    // Known text, with a mark where something is not known.
    let mut found: Vec<Label> = Vec::new();
    let mut pieces: Vec<&TextPart> = Vec::new();
    let mut flush = |pieces: &mut Vec<&TextPart>| {
        let label = match pieces.as_slice() {
            [] => return,
            [TextPart::Unknown(unknown)] => Label::Value(Value::Unknown(unknown.clone())),
            [TextPart::Known(text)] => Label::Known(text.to_ascii_lowercase()),
            _ => Label::Open,
        };
        found.push(label);
        pieces.clear();
    };
    let mut owned: Vec<TextPart> = Vec::new();
    for part in parts.iter() {
        match part {
            TextPart::Known(text) => {
                for (at, label) in text.split('.').enumerate() {
                    if at > 0 {
                        owned.push(TextPart::Known(".".into()));
                    }
                    if !label.is_empty() {
                        owned.push(TextPart::Known(label.into()));
                    }
                }
            }
            unknown => owned.push(unknown.clone()),
        }
    }
    for part in &owned {
        match part {
            TextPart::Known(text) if text == "." => flush(&mut pieces),
            part => pieces.push(part),
        }
    }
    flush(&mut pieces);
    Some(found)
}

fn split(text: &str) -> Vec<Label> {
    let text = text.trim_end_matches('.');
    if text.is_empty() {
        return Vec::new();
    }
    text.split('.').map(|label| Label::Known(label.to_ascii_lowercase())).collect()
}
