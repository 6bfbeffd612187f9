//! Does an endpoint's security group let clients in?

use privatelint_diagnostics::{Annotation, Cause, Span};
use privatelint_evaluator::{Instance, Tri, Unknown, Value};

use crate::answer::tidy;
use crate::resources::{Direction, EndpointId, Rule, SecurityGroup, SecurityGroupId, Source};
use crate::{Answer, Doubt, Network, Ref};

/// Who can reach a port of an endpoint.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// Whether anybody can.
    pub allowed: Answer,
    /// Who can, certainly or perhaps, in the order of the rules.
    pub peers: Vec<Client>,
}

/// Someone who can reach a port.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Who.
    pub source: Source,
    /// Whether it certainly can.
    pub there: Tri,
    /// The rule.
    pub span: Span,
}

impl Network<'_> {
    /// Whether the security groups of an endpoint let TCP to a port in, from anybody.
    ///
    /// No only if every group is declared here and every rule of each can be seen. An endpoint without a group of its own has the VPC's
    /// default one, about which nothing is said here.
    #[must_use]
    pub fn inbound(&self, endpoint: EndpointId, port: u16) -> Inbound {
        let mut inbound = Inbound { allowed: Answer::unknown(Vec::new()), peers: Vec::new() };
        let Some(endpoint) = self.endpoint(endpoint) else { return inbound };
        let groups = &endpoint.security_groups;
        let mut doubts = groups.doubts.clone();
        let mut letting = Vec::new();
        let mut closed = Vec::new();
        for member in &groups.items {
            for group in self.groups(&member.target, member.span, &mut doubts) {
                let mut may_let_in = false;
                for rule in &group.rules {
                    let lets = rule.lets_tcp_through(Direction::Ingress, port);
                    if lets.is_no() {
                        continue;
                    }
                    may_let_in = true;
                    let there = lets.and(member.there);
                    match there {
                        Tri::Yes => letting.push(Annotation::new(rule.span, "lets clients in")),
                        _ => doubts.push(doubt_about(rule)),
                    }
                    inbound.peers.extend(rule.sources.iter().map(|source| Client {
                        source: source.clone(),
                        there: if matches!(source, Source::Unknown(_)) {
                            Tri::Unknown
                        } else {
                            there
                        },
                        span: rule.span,
                    }));
                }
                doubts.extend(group.doubts_about(Direction::Ingress).cloned());
                if !may_let_in {
                    let message =
                        format!("no rule of `{}` lets TCP {port} in", group.instance.address);
                    closed.push(Annotation::new(group.instance.header, message));
                }
            }
        }
        if !groups.is_empty().is_no() {
            doubts.push(Doubt::new(
                "without a security group of its own, an endpoint has the VPC's default one",
                "give it one with `security_group_ids`",
                Some(endpoint.instance.header),
            ));
        }
        inbound.allowed = if !letting.is_empty() {
            Answer::yes(letting)
        } else if doubts.is_empty() {
            Answer::no(closed)
        } else {
            Answer::unknown(tidy(doubts))
        };
        inbound
    }

    /// The declared groups that a reference may mean; a group that it may mean and that is not declared here is a doubt.
    fn groups(
        &self,
        reference: &Ref<SecurityGroupId>,
        span: Span,
        doubts: &mut Vec<Doubt>,
    ) -> Vec<&SecurityGroup<'_>> {
        match reference {
            Ref::Managed(id) => self.security_group(*id).into_iter().collect(),
            Ref::OneOf(arms) => {
                doubts.push(
                    Doubt::new(
                        "which security group is used depends on a condition that is not known",
                        "give the variables in it a value with `--var` or `--var-file`",
                        Some(span),
                    )
                    .of_kind(Cause::Condition),
                );
                arms.iter().flat_map(|arm| self.groups(arm, span, doubts)).collect()
            }
            Ref::Maybe(unknown) => {
                doubts.push(Doubt::of_unknown(unknown, Some(span)));
                Vec::new()
            }
            Ref::External(_) => {
                doubts.push(
                    Doubt::new(
                        "the security group is not declared here",
                        "lint it together with the code that declares it",
                        Some(span),
                    )
                    .of_kind(Cause::Elsewhere),
                );
                Vec::new()
            }
            Ref::Absent => Vec::new(),
        }
    }
}

/// Why it is not known whether a rule lets something through.
pub(super) fn doubt_about(rule: &Rule<'_>) -> Doubt {
    let sources = rule.sources.iter().filter_map(|source| match source {
        Source::Unknown(value) => Some(value),
        _ => None,
    });
    let fields = [&rule.protocol, &rule.from_port, &rule.to_port];
    doubt_of(rule.by, rule.span, fields.into_iter().chain(sources))
}

/// Why it is not known what a rule does: what it is made of, and if that is known, what it belongs to.
pub(super) fn doubt_of<'v>(
    by: &Instance,
    span: Span,
    fields: impl Iterator<Item = &'v Value>,
) -> Doubt {
    if by.multiplicity_unknown.is_some() {
        return Doubt::of_multiplicity(by);
    }
    let attributes = by.body.attributes.values().map(|attribute| &attribute.value);
    // An id that the apply computes is no reason: it is known what it is the id of.
    let is_reason = |unknown: &&Unknown| !matches!(unknown, Unknown::Computed(_));
    let unknown = fields.filter_map(Value::first_unknown).next();
    let unknown = unknown.or_else(|| attributes.filter_map(Value::first_unknown).find(is_reason));
    match unknown {
        Some(unknown) => Doubt::of_unknown(unknown, Some(span)),
        None => Doubt::new("a rule is not known", "give the variables in it a value", Some(span)),
    }
}
