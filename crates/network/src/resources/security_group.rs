//! Security groups with their rules, inline and standalone.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{
    BodyValue, Instance, InstanceKey, Multiplicity, Number, Tri, Unknown, Value,
};

use super::{SecurityGroupId, VpcId};
use crate::answer::tidy;
use crate::argument::agree;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Flag, Ref, Written};

/// `aws_security_group` or `aws_default_security_group`.
#[derive(Debug)]
pub struct SecurityGroup<'a> {
    /// Its id in the network.
    pub id: SecurityGroupId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// Its VPC.
    pub vpc: Ref<VpcId>,
    /// Its rules, inline ones first.
    pub rules: Vec<Rule<'a>>,
    /// Why there may be more rules; empty if these are all.
    pub doubts: Vec<Doubt>,
    /// Those of them that are about rules of one direction only.
    sided: Vec<(Direction, Doubt)>,
}

/// A rule of a security group.
#[derive(Debug, Clone)]
pub struct Rule<'a> {
    /// Whether it is certainly a rule of this group.
    pub there: Tri,
    /// Which way; `None` if that is not known.
    pub direction: Option<Direction>,
    /// The protocol as written: `tcp`, `6`, `-1`, `all`.
    pub protocol: Value,
    /// The first port.
    pub from_port: Value,
    /// The last port.
    pub to_port: Value,
    /// From where, or to where.
    pub sources: Vec<Source>,
    /// How it is written.
    pub written: Written,
    /// The nested block, or the header of the rule's resource.
    pub span: Span,
    /// The resource instance that writes it.
    pub by: &'a Instance,
}

/// Which way a rule lets traffic through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Into the members of the group.
    Ingress,
    /// Out of them.
    Egress,
}

/// The other side of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// An IPv4 or IPv6 range.
    Cidr(Value),
    /// A prefix list.
    PrefixList(Value),
    /// The members of a group.
    Group(Ref<SecurityGroupId>),
    /// The members of the same group.
    Itself,
    /// Not known, and perhaps nobody.
    Unknown(Value),
}

pub(crate) fn security_groups<'a>(graph: &Graph<'a>) -> Vec<SecurityGroup<'a>> {
    let rules = graph.with_role(Role::SecurityGroupRule).iter().copied();
    let rules = ByOwner::new(graph, rules, "security_group_id");
    let instances = graph.with_role(Role::SecurityGroup).iter().enumerate();
    instances
        .map(|(at, instance)| security_group(graph, SecurityGroupId::at(at), instance, &rules))
        .collect()
}

fn security_group<'a>(
    graph: &Graph<'a>,
    id: SecurityGroupId,
    instance: &'a Instance,
    standalone_rules: &ByOwner<'a, SecurityGroupId>,
) -> SecurityGroup<'a> {
    let mut rules = Vec::new();
    let mut doubts = Vec::new();
    let mut sided = Vec::new();
    for (kind, direction) in [("ingress", Direction::Ingress), ("egress", Direction::Egress)] {
        for block in instance.body.nested(kind) {
            let whole = block.multiplicity == Multiplicity::One;
            if !whole && block.body.attributes.is_empty() {
                let unknown = instance.body.get(kind).and_then(Value::first_unknown);
                let doubt = match unknown {
                    Some(unknown) => Doubt::of_unknown(unknown, Some(block.span)),
                    None => Doubt::new(
                        "its rules are not known",
                        "give the variables in them a value",
                        Some(block.span),
                    ),
                };
                sided.push((direction, doubt));
                continue;
            }
            if !whole {
                let unknown = block
                    .body
                    .attributes
                    .values()
                    .find_map(|attribute| attribute.value.first_unknown());
                let doubt = Doubt::new(
                    "how many rules there are is not known",
                    "give the variables in `for_each` a value",
                    Some(block.span),
                );
                let doubt =
                    unknown.map_or(doubt, |unknown| Doubt::of_unknown(unknown, Some(block.span)));
                sided.push((direction, doubt));
            }
            rules.push(Rule {
                there: if whole { Tri::Yes } else { Tri::Unknown },
                direction: Some(direction),
                protocol: Argument::of(&block.body, "protocol").value,
                from_port: Argument::of(&block.body, "from_port").value,
                to_port: Argument::of(&block.body, "to_port").value,
                sources: sources(graph, &block.body),
                written: Written::Inline,
                span: block.span,
                by: instance,
            });
        }
    }
    for (by, linked) in standalone_rules.of(graph, id) {
        let rule = standalone(graph, by, linked.there);
        match (rule.direction, linked.doubt.flatten()) {
            (Some(direction), Some(doubt)) => sided.push((direction, doubt)),
            (None, doubt) => doubts.extend(doubt),
            (Some(_), None) => {}
        }
        rules.push(rule);
    }
    let modules = graph.missing.iter().filter(|module| module.is_given(&instance.address));
    doubts.extend(modules.map(|module| module.doubt()));
    let both_sided: Vec<Doubt> = tidy(doubts);
    let all = both_sided.iter().chain(sided.iter().map(|(_, doubt)| doubt)).cloned();
    let doubts = tidy(all.collect());
    sided.retain(|(_, doubt)| !both_sided.contains(doubt));
    SecurityGroup { id, instance, vpc: graph.vpc_of(instance), rules, doubts, sided }
}

fn standalone<'a>(graph: &Graph<'a>, by: &'a Instance, there: Tri) -> Rule<'a> {
    let direction = match by.address.kind.as_str() {
        "aws_vpc_security_group_ingress_rule" => Some(Direction::Ingress),
        "aws_vpc_security_group_egress_rule" => Some(Direction::Egress),
        _ => match by.body.get("type").and_then(Value::as_str) {
            Some("ingress") => Some(Direction::Ingress),
            Some("egress") => Some(Direction::Egress),
            _ => None,
        },
    };
    let protocol = Argument::of(&by.body, "protocol");
    let protocol =
        if protocol.span.is_some() { protocol } else { Argument::of(&by.body, "ip_protocol") };
    Rule {
        there,
        direction,
        protocol: protocol.value,
        from_port: Argument::of(&by.body, "from_port").value,
        to_port: Argument::of(&by.body, "to_port").value,
        sources: sources(graph, &by.body),
        written: Written::Standalone,
        span: by.header,
        by,
    }
}

/// The arguments that name the other side of a rule, over all forms of rules. The lists are those of the older forms.
const CIDR: [&str; 4] = ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"];
const PREFIX_LIST: [&str; 2] = ["prefix_list_ids", "prefix_list_id"];
const GROUP: [&str; 3] =
    ["security_groups", "source_security_group_id", "referenced_security_group_id"];

fn sources(graph: &Graph<'_>, body: &BodyValue) -> Vec<Source> {
    let mut sources = Vec::new();
    for name in CIDR {
        add(&mut sources, body.get(name), Source::Cidr);
    }
    for name in PREFIX_LIST {
        add(&mut sources, body.get(name), Source::PrefixList);
    }
    for name in GROUP {
        add(&mut sources, body.get(name), |value| Source::Group(graph.resolve(&value)));
    }
    match Flag::of(body, "self", false).is {
        Tri::Yes => sources.push(Source::Itself),
        Tri::Unknown => sources.extend(body.get("self").cloned().map(Source::Unknown)),
        Tri::No => {}
    }
    sources
}

fn add(sources: &mut Vec<Source>, value: Option<&Value>, source: impl Fn(Value) -> Source) {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::List(elements) | Value::Set(elements) | Value::Tuple(elements)) => {
            sources
                .extend(elements.iter().filter(|element| !element.is_null()).cloned().map(source));
        }
        Some(Value::String(text)) if text.is_empty() => {}
        Some(value @ Value::String(_)) => sources.push(source(value.clone())),
        // The id of a resource or a data source is there; anything else that is not known may be an empty list.
        Some(value @ Value::Unknown(Unknown::Computed(attribute) | Unknown::Data(attribute)))
            if attribute.path == "id" && attribute.of.key != InstanceKey::Unknown =>
        {
            sources.push(source(value.clone()));
        }
        Some(value @ Value::Unknown(Unknown::Text(_))) => sources.push(source(value.clone())),
        Some(value) => sources.push(Source::Unknown(value.clone())),
    }
}

impl SecurityGroup<'_> {
    /// Why there may be more rules of a direction.
    pub fn doubts_about(&self, direction: Direction) -> impl Iterator<Item = &Doubt> {
        let is_about = move |doubt: &&Doubt| {
            let mut sided = self.sided.iter().filter(|(_, of)| of == *doubt).peekable();
            sided.peek().is_none() || sided.any(|(of, _)| *of == direction)
        };
        self.doubts.iter().filter(is_about)
    }
}

impl Rule<'_> {
    /// Whether it lets TCP to a port through, from anybody at all.
    #[must_use]
    pub fn lets_tcp_through(&self, direction: Direction, port: u16) -> Tri {
        let direction = self.direction.map_or(Tri::Unknown, |own| (own == direction).into());
        Tri::all([self.there, direction, self.covers(port), self.has_source()])
    }

    /// Whether it lets UDP to a port through, from anybody at all.
    #[must_use]
    pub fn lets_udp_through(&self, direction: Direction, port: u16) -> Tri {
        let direction = self.direction.map_or(Tri::Unknown, |own| (own == direction).into());
        let covers =
            self.is_protocol(EVERY_PROTOCOL).or(self.is_protocol(UDP).and(self.has_port(port)));
        Tri::all([self.there, direction, covers, self.has_source()])
    }

    /// Whether its protocol and ports cover TCP to a port.
    #[must_use]
    pub fn covers(&self, port: u16) -> Tri {
        let every_protocol = self.is_protocol(EVERY_PROTOCOL);
        let tcp = self.is_protocol(TCP);
        every_protocol.or(tcp.and(self.has_port(port)))
    }

    fn is_protocol(&self, names: [&str; 2]) -> Tri {
        agree(self.protocol.alternatives().iter().map(|protocol| match protocol {
            Value::Unknown(_) => Tri::Unknown,
            Value::Number(number) => names.contains(&number.to_string().as_str()).into(),
            Value::String(text) => names.contains(&text.to_ascii_lowercase().as_str()).into(),
            _ => Tri::No,
        }))
    }

    fn has_port(&self, port: u16) -> Tri {
        let port = Number::from(i64::from(port));
        let compare = |bound: &Value, holds: fn(&Number, &Number) -> bool| {
            agree(bound.alternatives().iter().map(|bound| match bound {
                Value::Unknown(_) => Tri::Unknown,
                bound => bound.as_number().is_some_and(|bound| holds(&bound, &port)).into(),
            }))
        };
        compare(&self.from_port, |from, port| from <= port)
            .and(compare(&self.to_port, |to, port| to >= port))
    }

    fn has_source(&self) -> Tri {
        Tri::any(self.sources.iter().map(|source| match source {
            Source::Unknown(_) => Tri::Unknown,
            _ => Tri::Yes,
        }))
    }
}

/// The names of every protocol, of TCP and of UDP.
const EVERY_PROTOCOL: [&str; 2] = ["-1", "all"];
const TCP: [&str; 2] = ["tcp", "6"];
const UDP: [&str; 2] = ["udp", "17"];
