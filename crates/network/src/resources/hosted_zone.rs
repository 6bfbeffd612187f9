//! Route 53 hosted zones with the VPCs that they answer in, and their records.

use privatelint_diagnostics::Span;
use privatelint_evaluator::{Instance, Multiplicity, Tri, Unknown, Value};

use super::{EndpointId, HostedZoneId, VpcId};
use crate::answer::tidy;
use crate::graph::Graph;
use crate::kinds::Role;
use crate::members::add_owned;
use crate::owners::ByOwner;
use crate::{Argument, Doubt, Member, Members, Ref, Written};

/// `aws_route53_zone`.
#[derive(Debug)]
pub struct HostedZone<'a> {
    /// Its id in the network.
    pub id: HostedZoneId,
    /// The resource instance.
    pub instance: &'a Instance,
    /// `name`.
    pub name: Argument,
    /// The VPCs in which it answers: `vpc` blocks and `aws_route53_zone_association`. A zone without any is public.
    pub vpcs: Members<'a, VpcId>,
    /// Its records.
    pub records: Vec<Record<'a>>,
    /// Why there may be more records; empty if these are all.
    pub record_doubts: Vec<Doubt>,
}

/// `aws_route53_record`.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// Whether it is certainly a record of this zone.
    pub there: Tri,
    /// `name`: with or without the zone's name at its end.
    pub name: Argument,
    /// `type`.
    pub kind: Argument,
    /// What its `alias` block names.
    pub alias: Option<Alias>,
    /// `records`.
    pub values: Argument,
    /// The endpoint that its alias or its only value leads to; absent if it does not lead to one.
    pub endpoint: Ref<EndpointId>,
    /// The header of the record.
    pub span: Span,
    /// The resource instance.
    pub by: &'a Instance,
}

/// The `alias` block of a record.
#[derive(Debug, Clone)]
pub struct Alias {
    /// `name`.
    pub name: Argument,
    /// `zone_id`.
    pub zone: Argument,
    /// The block's header.
    pub span: Span,
}

impl HostedZone<'_> {
    /// Whether it is private. It is if it is made with a VPC; one that is made without can have none later.
    #[must_use]
    pub fn is_private(&self) -> Tri {
        let inline = self.vpcs.items.iter().filter(|member| member.written == Written::Inline);
        match Tri::any(inline.map(|member| member.there)) {
            Tri::No if self.vpcs.span.is_some() => Tri::Unknown,
            private => private,
        }
    }
}

impl Record<'_> {
    /// Its whole name in a zone of that name, without a dot at its end, in lower case; `None` if one of them is not known.
    #[must_use]
    pub fn full_name(&self, zone: &HostedZone<'_>) -> Option<String> {
        let clean = |text: &str| text.trim_end_matches('.').to_ascii_lowercase();
        let zone = clean(zone.name.value.as_str()?);
        let name = match &self.name.value {
            Value::Null => return Some(zone),
            name => clean(name.as_str()?),
        };
        // The provider adds the zone's name to a name that does not end in it.
        let has_zone = name == zone || name.ends_with(&format!(".{zone}"));
        Some(match name.as_str() {
            "" => zone,
            _ if has_zone => name,
            name => format!("{name}.{zone}"),
        })
    }
}

pub(crate) fn hosted_zones<'a>(graph: &Graph<'a>) -> Vec<HostedZone<'a>> {
    let role = |role| graph.with_role(role).iter().copied();
    let records = ByOwner::new(graph, role(Role::Record), "zone_id");
    let associations = ByOwner::new(graph, role(Role::ZoneVpc), "zone_id");
    let instances = graph.with_role(Role::HostedZone).iter().enumerate();
    instances
        .map(|(at, instance)| {
            hosted_zone(graph, HostedZoneId::at(at), instance, &records, &associations)
        })
        .collect()
}

fn hosted_zone<'a>(
    graph: &Graph<'a>,
    id: HostedZoneId,
    instance: &'a Instance,
    records: &ByOwner<'a, HostedZoneId>,
    associations: &ByOwner<'a, HostedZoneId>,
) -> HostedZone<'a> {
    let mut vpcs = Members { items: Vec::new(), doubts: Vec::new(), span: None };
    for block in instance.body.nested("vpc") {
        let value = Argument::of(&block.body, "vpc_id").value;
        let whole = block.multiplicity == Multiplicity::One;
        vpcs.span = vpcs.span.or(Some(block.span));
        if !whole {
            let unknown = instance.body.get("vpc").and_then(Value::first_unknown);
            let unknown = unknown.or(value.first_unknown());
            let doubt = || {
                Doubt::new(
                    "in how many VPCs it answers is not known",
                    "give the variables in `for_each` a value",
                    Some(block.span),
                )
            };
            vpcs.doubts.push(
                unknown.map_or_else(doubt, |unknown| Doubt::of_unknown(unknown, Some(block.span))),
            );
            if value.is_null() {
                continue;
            }
        }
        vpcs.items.push(Member {
            target: graph.resolve(&value),
            value,
            there: if whole { Tri::Yes } else { Tri::Unknown },
            written: Written::Inline,
            span: block.span,
            by: instance,
        });
    }
    add_owned(&mut vpcs, graph, associations, "vpc_id", id);
    let given = graph.missing.iter().filter(|module| module.is_given(&instance.address));
    let given: Vec<Doubt> = given.map(|module| module.doubt()).collect();
    vpcs.doubts.extend(given.iter().cloned());

    let mut record_doubts = given;
    let records = records.of(graph, id).into_iter().map(|(by, linked)| {
        record_doubts.extend(linked.doubt.flatten());
        record(graph, by, linked.there)
    });
    HostedZone {
        id,
        instance,
        name: Argument::of(&instance.body, "name"),
        vpcs,
        records: records.collect(),
        record_doubts: tidy(record_doubts),
    }
}

fn record<'a>(graph: &Graph<'a>, by: &'a Instance, there: Tri) -> Record<'a> {
    let alias = by.body.nested("alias").into_iter().next().map(|block| Alias {
        name: Argument::of(&block.body, "name"),
        zone: Argument::of(&block.body, "zone_id"),
        span: block.span,
    });
    let values = Argument::of(&by.body, "records");
    let only = match values.value.as_elements() {
        Some([only]) => Some(only),
        _ => None,
    };
    let leads_to = alias.as_ref().map(|alias| &alias.name.value).or(only);
    Record {
        there,
        name: Argument::of(&by.body, "name"),
        kind: Argument::of(&by.body, "type"),
        endpoint: leads_to.map_or(Ref::Absent, |name| endpoint_named(graph, name)),
        alias,
        values,
        span: by.header,
        by,
    }
}

/// The endpoint that a DNS name is of: `aws_vpc_endpoint.s3.dns_entry[0].dns_name`.
fn endpoint_named(graph: &Graph<'_>, name: &Value) -> Ref<EndpointId> {
    match name {
        Value::Null => Ref::Absent,
        // What AWS names an endpoint from elsewhere.
        Value::String(text) if text.starts_with("vpce-") || text.starts_with("*.vpce-") => {
            Ref::External(name.clone())
        }
        Value::Unknown(Unknown::OneOf(arms)) => {
            Ref::OneOf(arms.iter().map(|arm| endpoint_named(graph, arm)).collect())
        }
        Value::Unknown(unknown @ (Unknown::Computed(_) | Unknown::Derived(_))) => {
            // A name that is picked from the list, or that loses the wildcard before it, is computed from it.
            let mut found = Vec::new();
            crate::graph::any_unknown(name, &mut |unknown| {
                if let Unknown::Computed(attribute) = unknown
                    && attribute.path.starts_with("dns_entry")
                    && let Some(endpoint) = graph.managed(&attribute.of)
                    && !found.contains(&endpoint)
                {
                    found.push(endpoint);
                }
                false
            });
            match (found.as_slice(), unknown) {
                ([only], _) => Ref::Managed(*only),
                ([], Unknown::Computed(_)) => Ref::Absent,
                _ => Ref::Maybe(unknown.clone()),
            }
        }
        Value::Unknown(unknown) => Ref::Maybe(unknown.clone()),
        _ => Ref::Absent,
    }
}
