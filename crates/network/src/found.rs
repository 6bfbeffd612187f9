//! Data sources that look for something by its tags or by what else it is like: is that something which this code makes?
//!
//! That it matches does not make it certain: something else in the account may match too, or the code may have been applied elsewhere.
//! Whoever takes a link for true says so.

use std::collections::BTreeMap;

use privatelint_evaluator::{
    Address, BodyValue, Instance, InstanceKey, MissingModule, Mode, Multiplicity, Provider, Tri,
    Unknown, Value,
};
use smol_str::SmolStr;
use wildmatch::WildMatch;

use crate::Argument;
use crate::facts::{FoundBy, found_by, reads_by_id};
use crate::graph::any_unknown;
use crate::questions::region::region_value;

/// How often data sources are looked at again that are given what others found.
const MOST_ROUNDS: usize = 4;

/// The arguments of a data source that do not say what it looks for.
const OTHER_ARGUMENTS: [&str; 3] = ["region", "tags", "timeouts"];

/// What decides the account in which a provider works, besides the environment.
const ACCOUNT_ARGUMENTS: [&str; 3] = ["access_key", "allowed_account_ids", "profile"];

/// What a root module looks for, and what it makes that may be looked for.
#[derive(Debug, Default)]
pub struct Declared {
    /// The data sources that look for something.
    sought: Vec<Instance>,
    /// What is made, by resource type.
    made: BTreeMap<SmolStr, Vec<Instance>>,
    /// Whether all that is made can be seen.
    is_complete: bool,
}

/// A data source that matches something which code makes.
#[derive(Debug, Clone)]
pub struct Found {
    /// The data source.
    pub data: Instance,
    /// The root module that makes it: its position in what [`found`] was given.
    pub root: usize,
    /// What it matches, by address: one, unless it lists all that it finds.
    pub made: Vec<Instance>,
    /// By what: "tags".
    pub by: &'static str,
}

impl Declared {
    /// What these instances look for and make.
    #[must_use]
    pub fn of(instances: &[Instance], missing: &[MissingModule]) -> Self {
        let mut declared = Self { is_complete: missing.is_empty(), ..Self::default() };
        for instance in instances {
            let kind = &instance.address.kind;
            match instance.address.mode {
                Mode::Data if found_by(kind).is_some() => declared.sought.push(instance.clone()),
                Mode::Managed if is_sought(kind) => {
                    declared.made.entry(kind.clone()).or_default().push(instance.clone());
                }
                _ => {}
            }
        }
        declared
    }
}

/// Whether instances of this type look for something by what it is like.
#[must_use]
pub fn seeks(mode: Mode, kind: &str) -> bool {
    mode == Mode::Data && found_by(kind).is_some()
}

fn is_sought(kind: &str) -> bool {
    const SEEKERS: [&str; 4] = ["aws_vpc", "aws_subnet", "aws_route_table", "aws_security_group"];
    SEEKERS
        .iter()
        .filter_map(|seeker| found_by(seeker))
        .any(|found| found.resources.iter().any(|resource| resource == kind))
}

/// The data sources of the root module at a position that match something in one root module of the tree, in their order.
///
/// One thing must match, and for no other thing of its own root module may it be open whether it does. What matches in several root modules is not
/// found: they are perhaps applied to the same account.
#[must_use]
pub fn found(own: usize, roots: &[Declared]) -> Vec<Found> {
    let Some(declared) = roots.get(own) else { return Vec::new() };
    let mut found: BTreeMap<Address, Found> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let known = links_of(own, found.values());
        let waiting = declared.sought.iter().filter(|data| !found.contains_key(&data.address));
        let more: Vec<Found> = waiting.filter_map(|data| find(data, own, roots, &known)).collect();
        if more.is_empty() {
            break;
        }
        found.extend(more.into_iter().map(|one| (one.data.address.clone(), one)));
    }
    found.into_values().collect()
}

/// The attributes of the data sources that found something in the root module itself, with the values that they then have.
#[must_use]
pub fn answers(found: &Found) -> BTreeMap<SmolStr, Value> {
    let kind = found.data.address.kind.as_str();
    let mut answers = BTreeMap::new();
    let id = |made: &Instance| Value::Unknown(Unknown::attribute(made.address.clone(), "id"));
    if let Some(ids) = found_by(kind).and_then(|by| by.ids.as_deref()) {
        answers.insert(ids.into(), Value::list(found.made.iter().map(id).collect()));
        return answers;
    }
    let [made] = found.made.as_slice() else { return answers };
    let attributes = reads_by_id().get(kind).into_iter().flat_map(|reads| &reads.attributes);
    for (name, there) in attributes {
        let written = made.body.get(there).filter(|value| !may_be_null(value)).cloned();
        let computed = || Value::Unknown(Unknown::attribute(made.address.clone(), there.as_str()));
        answers.insert(name.into(), written.unwrap_or_else(computed));
    }
    answers.insert("id".into(), id(made));
    answers
}

fn may_be_null(value: &Value) -> bool {
    value.alternatives().iter().any(Value::is_null)
}

/// What the ids of data sources are that found one thing in their own root module.
type Links = BTreeMap<Address, Address>;

fn links_of<'f>(own: usize, found: impl Iterator<Item = &'f Found>) -> Links {
    let one = |one: &'f Found| match one.made.as_slice() {
        [made] if one.root == own && found_by(&one.data.address.kind)?.ids.is_none() => {
            Some((one.data.address.clone(), made.address.clone()))
        }
        _ => None,
    };
    found.filter_map(one).collect()
}

fn find(data: &Instance, own: usize, roots: &[Declared], links: &Links) -> Option<Found> {
    let is_one = data.multiplicity == Multiplicity::One && data.address.key != InstanceKey::Unknown;
    let wanted = is_one.then(|| Wanted::of(data))??;
    let mut found: Option<(usize, Vec<Instance>)> = None;
    for (at, root) in roots.iter().enumerate() {
        let is_own = at == own;
        let mut matching = Vec::new();
        for kind in &wanted.found_by.resources {
            for made in root.made.get(kind.as_str()).into_iter().flatten() {
                match wanted.matches(made, is_own, links) {
                    Tri::No => {}
                    Tri::Yes if is_certain(made) => matching.push(made.clone()),
                    // It may be this one, or not: then it is not known which one it is.
                    Tri::Yes | Tri::Unknown if is_own => return None,
                    Tri::Yes | Tri::Unknown => {}
                }
            }
        }
        let is_list = wanted.found_by.ids.is_some();
        // A list may hold more than can be seen; one thing is the only one, or reading it fails.
        if matching.is_empty() || (is_list && !root.is_complete) {
            continue;
        }
        if found.is_some() || (!is_list && matching.len() > 1) {
            return None;
        }
        matching.sort_by(|a, b| a.address.cmp(&b.address));
        found = Some((at, matching));
    }
    let (root, made) = found?;
    Some(Found { data: data.clone(), root, made, by: wanted.by() })
}

fn is_certain(made: &Instance) -> bool {
    let mut keys = made.address.module.0.iter().map(|(_, key)| key).chain([&made.address.key]);
    made.multiplicity == Multiplicity::One && keys.all(|key| *key != InstanceKey::Unknown)
}

/// What a data source looks for.
struct Wanted<'d> {
    data: &'d Instance,
    found_by: &'static FoundBy,
    criteria: Vec<Criterion>,
}

/// One thing that must be as a data source says.
struct Criterion {
    of: Compared,
    /// One of these, which may have wildcards.
    values: Vec<Value>,
}

enum Compared {
    Tag(SmolStr),
    /// An attribute, and its value where the code does not write it.
    Attribute(&'static str, Option<&'static str>),
    /// The same for all that code makes.
    Constant(&'static str),
}

impl<'d> Wanted<'d> {
    /// `None` if it is not known what it looks for, or if that is nothing by which one thing is told from others.
    fn of(data: &'d Instance) -> Option<Self> {
        let found_by = found_by(&data.address.kind)?;
        let compared = |name: &str| {
            Some(match found_by.criterion(name)? {
                ("", Some(constant)) => Compared::Constant(constant),
                (attribute, default) => Compared::Attribute(attribute, default),
            })
        };
        let mut criteria = Vec::new();
        for (name, attribute) in &data.body.attributes {
            if OTHER_ARGUMENTS.contains(&name.as_str())
                || attribute.value.is_null()
                || name == "filter"
            {
                continue;
            }
            criteria.push(Criterion { of: compared(name)?, values: vec![attribute.value.clone()] });
        }
        if let Some(tags) = data.body.get("tags") {
            for (key, value) in closed_entries(tags)? {
                let of = Compared::Tag(key.clone());
                criteria.push(Criterion { of, values: vec![value.clone()] });
            }
        }
        for filter in data.body.nested("filter") {
            if filter.multiplicity != Multiplicity::One {
                return None;
            }
            let name = filter.body.get("name")?.as_str()?;
            let of = match name.strip_prefix("tag:") {
                Some(key) => Compared::Tag(key.into()),
                None => compared(&format!("filter:{name}"))?,
            };
            let values = filter.body.get("values")?.as_elements()?.to_vec();
            criteria.push(Criterion { of, values });
        }
        let has_tag = criteria.iter().any(|one| matches!(one.of, Compared::Tag(_)));
        let tells = |one: &Criterion| !matches!(one.of, Compared::Constant(_));
        let is_enough = if found_by.needs_tag { has_tag } else { criteria.iter().any(tells) };
        is_enough.then_some(Self { data, found_by, criteria })
    }

    fn by(&self) -> &'static str {
        let has_tag = self.criteria.iter().any(|one| matches!(one.of, Compared::Tag(_)));
        match (has_tag, self.data.body.nested("filter").is_empty()) {
            (true, _) => "tags",
            (false, false) => "filters",
            (false, true) => "arguments",
        }
    }

    fn matches(&self, made: &Instance, is_own: bool, links: &Links) -> Tri {
        let place =
            if is_own { same_provider(self.data, made) } else { same_account(self.data, made) };
        let criteria = self.criteria.iter().map(|one| one.matches(made, is_own, links));
        place.and(Tri::all(criteria))
    }
}

impl Criterion {
    fn matches(&self, made: &Instance, is_own: bool, links: &Links) -> Tri {
        let computed = |name: &str| Value::Unknown(Unknown::attribute(made.address.clone(), name));
        let have = match &self.of {
            Compared::Constant(constant) => Value::string(*constant),
            Compared::Tag(key) => match tag(made, key) {
                Some(tag) => tag,
                None => return Tri::No,
            },
            Compared::Attribute("id", _) => computed("id"),
            Compared::Attribute(name, default) => {
                let written = made.body.get(name).cloned();
                written.or(default.map(Value::string)).unwrap_or_else(|| computed(name))
            }
        };
        // What an address means in another root module is something else.
        if !is_own && !have.is_known() {
            return Tri::Unknown;
        }
        Tri::any(self.values.iter().map(|wanted| is_like(&have, wanted, links)))
    }
}

/// Whether a value is one that may have wildcards.
fn is_like(have: &Value, wanted: &Value, links: &Links) -> Tri {
    let (have, wanted) = (linked(have, links), linked(wanted, links));
    if let (Some(have), Some(wanted)) = (text(&have), text(&wanted)) {
        return WildMatch::new(&wanted).matches(&have).into();
    }
    match (&have, &wanted) {
        (Value::Unknown(Unknown::Computed(a)), Value::Unknown(Unknown::Computed(b)))
            if a.path == "id" && b.path == "id" && a.of != b.of =>
        {
            // What adopts something that AWS made may adopt the same.
            let may_be_same = |of: &Address| {
                of.key == InstanceKey::Unknown || of.kind.starts_with("aws_default_")
            };
            if may_be_same(&a.of) || may_be_same(&b.of) { Tri::Unknown } else { Tri::No }
        }
        _ => have.equals(&wanted),
    }
}

/// The id of what a data source found, in the place of the data source's.
fn linked(value: &Value, links: &Links) -> Value {
    match value {
        Value::Unknown(Unknown::Data(attribute)) if attribute.path == "id" => {
            links.get(&attribute.of).map_or_else(
                || value.clone(),
                |made| Value::Unknown(Unknown::attribute(made.clone(), "id")),
            )
        }
        other => other.clone(),
    }
}

/// As text, which the filters of the API compare.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Bool(bool) => Some(bool.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The value of a tag, the provider's own included; `None` if there certainly is none.
fn tag(made: &Instance, key: &str) -> Option<Value> {
    let unknown = || Value::Unknown(Unknown::attribute(made.address.clone(), "tags_all"));
    let entry = |tags: &Value| match tags {
        Value::Map(entries) => entries.get(key).cloned(),
        Value::Object(object) => {
            let open = || object.rest.as_ref().map(|_| unknown());
            object.attributes.get(key).cloned().or_else(open)
        }
        Value::Null => None,
        _ => Some(unknown()),
    };
    let own = made.body.get("tags").and_then(entry);
    own.or_else(|| {
        let blocks = made.provider.body.as_ref()?.nested("default_tags");
        blocks.iter().find_map(|block| {
            let tags = block.body.get("tags");
            if block.multiplicity == Multiplicity::One { entry(tags?) } else { Some(unknown()) }
        })
    })
}

/// The entries of a value of which all keys are known.
fn closed_entries(value: &Value) -> Option<&BTreeMap<SmolStr, Value>> {
    match value {
        Value::Object(object) if object.rest.is_some() => None,
        other => other.as_entries(),
    }
}

/// Whether both use one provider configuration, in one region.
fn same_provider(a: &Instance, b: &Instance) -> Tri {
    let configuration = |provider: &Provider| (provider.module.clone(), provider.alias.clone());
    let region = |instance: &Instance| Argument::of(&instance.body, "region").value;
    let is_same = configuration(&a.provider) == configuration(&b.provider);
    Tri::from(is_same).and(region(a).equals(&region(b)))
}

/// Whether providers of two root modules work in one region, and say the same of the account.
fn same_account(a: &Instance, b: &Instance) -> Tri {
    let region = |instance: &Instance| region_value(&instance.body, &instance.provider);
    let nothing = BodyValue::default();
    let (Some(here), Some(there)) = (&a.provider.body, &b.provider.body) else {
        return Tri::Unknown;
    };
    let (first, second) = (region(a), region(b));
    if !first.is_known() || !second.is_known() {
        return Tri::Unknown;
    }
    let arguments = ACCOUNT_ARGUMENTS
        .iter()
        .map(|name| same_value(&Argument::of(here, name).value, &Argument::of(there, name).value));
    let role = |body: &BodyValue| {
        let roles = body.nested("assume_role");
        let role = roles.first().map_or(&nothing, |role| &role.body);
        Argument::of(role, "role_arn").value
    };
    Tri::all(arguments.chain([first.equals(&second), same_value(&role(here), &role(there))]))
}

/// Whether two values are known and equal: a variable of another root module has another value.
fn same_value(a: &Value, b: &Value) -> Tri {
    let is_open = |value: &Value| any_unknown(value, &mut |_| true);
    if is_open(a) || is_open(b) { Tri::Unknown } else { a.equals(b) }
}
