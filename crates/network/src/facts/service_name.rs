//! Names of endpoint services.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use privatelint_evaluator::{TextPart, Tri, Unknown, Value};
use smol_str::SmolStr;

use super::partitions::{is_region, partition_of};
use super::services::{
    ENDPOINT_SERVICE_ID, REGION, Service, name_prefixes, partition_names, service, services,
};
use super::suggestions::{Suggestion, suggestions};

/// What a value tells of the endpoint service that it names.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceName {
    /// What kind of name it is.
    pub form: NameForm,
    /// The region in the name, if it has one and it is known.
    pub region: Option<SmolStr>,
    /// What follows the region, as written, if that can be told: `s3`.
    pub tail: Option<SmolStr>,
    /// The row of the service, if the name is one of the table.
    pub service: Option<&'static Service>,
    /// The value.
    pub value: Value,
    /// The services that it may name; `None` for any.
    candidates: Option<Vec<&'static Service>>,
}

/// The kinds of service names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    /// An AWS service in a region, known or not.
    Regional,
    /// An AWS service without a region in its name: `com.amazonaws.iam`.
    Global,
    /// Somebody's endpoint service: `com.amazonaws.vpce.<region>.vpce-svc-…`.
    EndpointService,
    /// A name that looks like an AWS service and is none of the table.
    Unlisted,
    /// A name of no known form.
    Malformed,
    /// The argument is left out.
    Absent,
    /// Not known.
    Unknown,
}

/// The resource type whose instances are endpoint services, and the attribute that holds their names.
const ENDPOINT_SERVICE: (&str, &str) = ("aws_vpc_endpoint_service", "service_name");

impl ServiceName {
    /// Reads a service name, of which parts may be unknown: `com.amazonaws.<unknown>.s3` names S3 whatever the region.
    #[must_use]
    pub fn parse(value: &Value) -> Self {
        match value {
            Value::Null => Self::of(NameForm::Absent, value, Some(Vec::new())),
            Value::String(text) => Self { value: value.clone(), ..parse_text(text) },
            Value::Unknown(Unknown::Text(parts)) => parse_parts(parts, value),
            Value::Unknown(Unknown::OneOf(arms)) => either(arms, value),
            Value::Unknown(Unknown::Computed(attribute))
                if (attribute.of.kind.as_str(), attribute.path.as_str()) == ENDPOINT_SERVICE =>
            {
                let service = service(ENDPOINT_SERVICE_ID);
                Self {
                    service,
                    ..Self::of(
                        NameForm::EndpointService,
                        value,
                        Some(service.into_iter().collect()),
                    )
                }
            }
            _ => Self::of(NameForm::Unknown, value, None),
        }
    }

    /// The short name of the service, if it is known: `s3`.
    #[must_use]
    pub fn short_name(&self) -> Option<&'static str> {
        self.service.map(|service| service.short_name.as_str())
    }

    /// Whether it is the service with that short name.
    #[must_use]
    pub fn is(&self, short_name: &str) -> Tri {
        if let Some(service) = self.service {
            return (service.short_name == short_name).into();
        }
        match &self.candidates {
            None => Tri::Unknown,
            Some(candidates) if candidates.iter().any(|s| s.short_name == short_name) => {
                Tri::Unknown
            }
            Some(_) => Tri::No,
        }
    }

    /// What it may have been meant to be, if it is [`NameForm::Unlisted`] or [`NameForm::Malformed`].
    #[must_use]
    pub fn suggestions(&self) -> Vec<Suggestion> {
        match (self.form, &self.tail) {
            (NameForm::Unlisted, Some(tail)) => suggestions(tail, self.region.as_deref()),
            (NameForm::Unlisted | NameForm::Malformed, None) => match &self.value {
                Value::String(text) => suggestions(
                    text.rsplit_once("amazonaws.").map_or(text.as_str(), |(_, tail)| tail),
                    None,
                ),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn of(form: NameForm, value: &Value, candidates: Option<Vec<&'static Service>>) -> Self {
        Self { form, region: None, tail: None, service: None, value: value.clone(), candidates }
    }

    fn named(form: NameForm, service: &'static Service) -> Self {
        Self { service: Some(service), ..Self::of(form, &Value::Null, Some(vec![service])) }
    }
}

/// The services by their names: without a region by the whole name, the others by what stands before and after the region.
struct Index {
    global: BTreeMap<&'static str, &'static Service>,
    regional: BTreeMap<(&'static str, &'static str), &'static Service>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index { global: BTreeMap::new(), regional: BTreeMap::new() };
        for service in services() {
            match service.pattern.split_once(REGION) {
                None => {
                    index.global.insert(&service.pattern, service);
                }
                Some((before, after)) => {
                    let key = (before.trim_end_matches('.'), after.trim_start_matches('.'));
                    index.regional.insert(key, service);
                }
            }
        }
        index
    })
}

fn parse_text(text: &str) -> ServiceName {
    let name = |form| ServiceName::of(form, &Value::Null, Some(Vec::new()));
    if let Some(service) = index().global.get(text) {
        return ServiceName::named(NameForm::Global, service);
    }
    let Some((before, region, tail)) = split_at_region(text) else {
        let known_prefix = name_prefixes().iter().any(|prefix| {
            text.strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.starts_with('.') && rest.len() > 1)
        });
        return name(if known_prefix { NameForm::Unlisted } else { NameForm::Malformed });
    };
    let parsed = match regional(before, region, tail) {
        Some(service) if service.is_endpoint_service() => {
            ServiceName::named(NameForm::EndpointService, service)
        }
        Some(service) => ServiceName::named(NameForm::Regional, service),
        None if name_prefixes().iter().any(|prefix| prefix == before) => name(NameForm::Unlisted),
        None => name(NameForm::Malformed),
    };
    ServiceName { region: Some(region.into()), tail: Some(tail.into()), ..parsed }
}

/// What stands before the first region in a name, the region, and what stands after it.
fn split_at_region(text: &str) -> Option<(&str, &str, &str)> {
    let mut start = 0;
    for segment in text.split('.') {
        let end = start + segment.len();
        if is_region(segment) {
            let before = text.get(..start)?.trim_end_matches('.');
            return Some((before, segment, text.get(end..)?.strip_prefix('.')?));
        }
        start = end + 1;
    }
    None
}

/// The service of a name with a region in it.
fn regional(before: &str, region: &str, tail: &str) -> Option<&'static Service> {
    if let Some(service) = in_partition(before, region, tail) {
        return Some(service);
    }
    let by_pattern = |before| {
        let exact = index().regional.get(&(before, tail)).copied();
        exact.or_else(|| with_placeholder(before, tail))
    };
    if let Some(service) = by_pattern(before) {
        // Where the partition has a name of its own for the service, the common one is none.
        let exception = partition_names().get(&(region.to_owned(), service.short_name.clone()));
        return exception.is_none_or(|exception| exception.common_name_too).then_some(service);
    }
    // Services come to a partition before they come to the table.
    let partition = partition_of(region)?;
    if before != partition.reverse_dns_prefix {
        return None;
    }
    services().iter().find(|service| service.short_name == tail)
}

/// The service whose name in the region is an exception, and is this one.
fn in_partition(before: &str, region: &str, tail: &str) -> Option<&'static Service> {
    let whole = format!("{before}.{region}.{tail}");
    let ((_, short_name), _) = partition_names()
        .range((region.to_owned(), String::new())..)
        .take_while(|((of, _), _)| of == region)
        .find(|(_, exception)| exception.name == whole)?;
    service(short_name)
}

/// The service whose pattern has another placeholder than the region in its tail: an endpoint service's id, a cell.
fn with_placeholder(before: &str, tail: &str) -> Option<&'static Service> {
    let matching = index().regional.iter().find(|((prefix, pattern), _)| {
        *prefix == before
            && pattern.split_once('{').is_some_and(|(start, rest)| {
                let (placeholder, end) = rest.split_once('}').unwrap_or((rest, ""));
                let id = tail.strip_prefix(start).and_then(|tail| tail.strip_suffix(end));
                id.is_some_and(|id| is_id(id, placeholder))
            })
    });
    matching.map(|(_, service)| *service)
}

fn is_id(id: &str, placeholder: &str) -> bool {
    // A placeholder that ends in `-id` is named like the ids that it stands for.
    let prefix =
        placeholder.strip_suffix("-id").map(|prefix| format!("{prefix}-")).unwrap_or_default();
    id.strip_prefix(prefix.as_str()).is_some_and(|id| {
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// A name of which parts are unknown: the services that it can name decide.
fn parse_parts(parts: &[TextPart], value: &Value) -> ServiceName {
    let mut found: Vec<&'static Service> = Vec::new();
    for service in services() {
        if can_name(parts, service) {
            found.push(service);
        }
    }
    let region = region_in(parts);
    let tail = tail_of(parts);
    let form = |service: &Service| {
        if service.is_endpoint_service() {
            NameForm::EndpointService
        } else if service.pattern.contains(REGION) {
            NameForm::Regional
        } else {
            NameForm::Global
        }
    };
    let parsed = match found.as_slice() {
        [] => ServiceName::of(NameForm::Unlisted, value, Some(Vec::new())),
        [only] => ServiceName {
            service: Some(only),
            ..ServiceName::of(form(only), value, Some(found.clone()))
        },
        [first, rest @ ..] if rest.iter().all(|other| other.short_name == first.short_name) => {
            ServiceName {
                service: Some(first),
                ..ServiceName::of(form(first), value, Some(found.clone()))
            }
        }
        _ => ServiceName::of(NameForm::Unknown, value, Some(found)),
    };
    ServiceName { region, tail, ..parsed }
}

/// Whether a partly known name can turn out to be a name of this service.
fn can_name(parts: &[TextPart], service: &Service) -> bool {
    let Some((before, after)) = service.pattern.split_once(REGION) else {
        return overlaps(parts, &service.pattern);
    };
    // A partition's own prefix can take the place of the common one.
    let own = before.trim_end_matches('.');
    name_prefixes().iter().any(|prefix| {
        let is_partition =
            super::partitions::partitions().iter().any(|p| p.reverse_dns_prefix == *prefix);
        let own_is_common =
            super::partitions::partitions().iter().any(|p| p.reverse_dns_prefix == own);
        (prefix == own || (is_partition && own_is_common))
            && overlaps(parts, &format!("{prefix}.{REGION}{after}"))
    })
}

/// A character of a text in which some runs are not known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Char(char),
    /// Any text.
    Any,
    /// Any text without a dot, and not empty.
    Segment,
}

/// Whether a partly known text and a pattern with placeholders can be the same text.
fn overlaps(parts: &[TextPart], pattern: &str) -> bool {
    // What is known at the two ends rules nearly every service out.
    let begins = pattern.split('{').next().unwrap_or_default();
    let ends = pattern.rsplit('}').next().unwrap_or_default();
    let fits_start = match parts.first() {
        Some(TextPart::Known(known)) => {
            known.starts_with(begins) || begins.starts_with(known.as_str())
        }
        _ => true,
    };
    let fits_end = match parts.last() {
        Some(TextPart::Known(known)) => known.ends_with(ends) || ends.ends_with(known.as_str()),
        _ => true,
    };
    if !fits_start || !fits_end {
        return false;
    }
    let mut text = Vec::new();
    for part in parts {
        match part {
            TextPart::Known(known) => text.extend(known.chars().map(Piece::Char)),
            TextPart::Unknown(_) => text.push(Piece::Any),
        }
    }
    let mut wanted = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        wanted.extend(before.chars().map(Piece::Char));
        let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some(prefix) = placeholder.strip_suffix("-id") {
            wanted.extend(prefix.chars().chain(['-']).map(Piece::Char));
        }
        wanted.push(Piece::Segment);
        rest = after;
    }
    wanted.extend(rest.chars().map(Piece::Char));
    can_meet(&text, &wanted)
}

/// Whether two sequences of pieces have a text in common: every pair of positions once.
fn can_meet(a: &[Piece], b: &[Piece]) -> bool {
    // `reached[j]` says whether what is before `i` in `a` can be the same as what is before `j` in `b`.
    let mut reached = vec![false; b.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for piece in a {
        let mut next = vec![false; b.len() + 1];
        for (j, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            match piece {
                // Anything: every later position can be reached, and staying put too.
                Piece::Any => next.iter_mut().skip(j).for_each(|slot| *slot = true),
                Piece::Segment | Piece::Char(_) => match (piece, b.get(j)) {
                    (Piece::Char(c), Some(Piece::Char(d))) if c == d => set(&mut next, j + 1),
                    (Piece::Char(c), Some(Piece::Segment)) if *c != '.' => {
                        // The segment takes the character, and may take more.
                        set(&mut next, j);
                        set(&mut next, j + 1);
                    }
                    _ => {}
                },
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn set(slots: &mut [bool], at: usize) {
    if let Some(slot) = slots.get_mut(at) {
        *slot = true;
    }
}

/// The region in a partly known name, if it stands whole between dots.
fn region_in(parts: &[TextPart]) -> Option<SmolStr> {
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter().enumerate() {
        let TextPart::Known(known) = part else { continue };
        let segments: Vec<_> = known.split('.').collect();
        for (position, segment) in segments.iter().enumerate() {
            let begins = position > 0 || at == 0;
            let ends = position + 1 < segments.len() || at == last;
            if begins && ends && is_region(segment) {
                return Some((*segment).into());
            }
        }
    }
    None
}

/// What follows the region in a partly known name: after the region if it is known, after the unknown part that stands in its
/// place otherwise.
fn tail_of(parts: &[TextPart]) -> Option<SmolStr> {
    match parts {
        [.., TextPart::Unknown(_), TextPart::Known(known)] => {
            known.strip_prefix('.').filter(|tail| !tail.is_empty()).map(Into::into)
        }
        _ => None,
    }
}

/// A name that is one of several: what they agree on.
fn either(arms: &[Value], value: &Value) -> ServiceName {
    let names: Vec<_> = arms.iter().map(ServiceName::parse).collect();
    let Some((first, rest)) = names.split_first() else {
        return ServiceName::of(NameForm::Unknown, value, None);
    };
    let candidates =
        names.iter().map(|name| name.candidates.as_deref()).collect::<Option<Vec<_>>>();
    let candidates = candidates.map(|sets| {
        let mut all: Vec<_> = sets.into_iter().flatten().copied().collect();
        all.sort_by(|a, b| a.pattern.cmp(&b.pattern));
        all.dedup_by(|a, b| a.pattern == b.pattern);
        all
    });
    let same_form = rest.iter().all(|name| name.form == first.form);
    let same_service = rest.iter().all(|name| name.service == first.service);
    let same = |agree: bool, what: &Option<SmolStr>| what.clone().filter(|_| agree);
    ServiceName {
        form: if same_form && same_service { first.form } else { NameForm::Unknown },
        region: same(rest.iter().all(|name| name.region == first.region), &first.region),
        tail: same(rest.iter().all(|name| name.tail == first.tail), &first.tail),
        service: first.service.filter(|_| same_service),
        value: value.clone(),
        candidates,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a name in which `?` stands for an unknown part.
    fn parse(text: &str) -> ServiceName {
        let mut parts = Vec::new();
        for (at, known) in text.split('?').enumerate() {
            if at > 0 {
                parts.push(TextPart::Unknown(Unknown::Variable("x".into())));
            }
            parts.push(TextPart::Known(known.into()));
        }
        ServiceName::parse(&Unknown::text(parts))
    }

    #[track_caller]
    fn check(text: &str, form: NameForm, region: &str, service: &str) {
        let name = parse(text);
        let found =
            (name.form, name.region.as_deref().unwrap_or(""), name.short_name().unwrap_or(""));
        assert_eq!(found, (form, region, service), "{text}");
    }

    #[test]
    fn whole_names() {
        use NameForm::{EndpointService, Global, Malformed, Regional, Unlisted};
        check("com.amazonaws.eu-west-1.s3", Regional, "eu-west-1", "s3");
        check("com.amazonaws.us-gov-west-1.ecr.api", Regional, "us-gov-west-1", "ecr.api");
        check("com.amazonaws.us-east-1.s3express", Regional, "us-east-1", "s3express");
        check("com.amazonaws.iam", Global, "", "iam");
        check("com.amazonaws.s3-global.accesspoint", Global, "", "s3-global.accesspoint");
        check("aws.sagemaker.us-east-1.notebook", Regional, "us-east-1", "sagemaker.notebook");
        check("aws.api.us-east-1.freetier", Regional, "us-east-1", "freetier");
        check(
            "com.amazonaws.us-east-1.timestream.query-cell1",
            Regional,
            "us-east-1",
            "timestream.query-{cell}",
        );
        check(
            "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b",
            EndpointService,
            "us-east-1",
            "{vpce-svc-id}",
        );
        check("com.amazonaws.us-east-1.secretmanager", Unlisted, "us-east-1", "");
        check("com.amazonaws.vpce.us-east-1.something", Unlisted, "us-east-1", "");
        check("com.amazonaws.s3", Unlisted, "", "");
        check("us-east-1.s3", Malformed, "us-east-1", "");
        check("s3", Malformed, "", "");
        check("", Malformed, "", "");
    }

    #[test]
    fn names_in_other_partitions() {
        use NameForm::{Regional, Unlisted};
        check("cn.com.amazonaws.cn-north-1.ecr.api", Regional, "cn-north-1", "ecr.api");
        check("com.amazonaws.cn-north-1.ecr.api", Unlisted, "cn-north-1", "");
        check("com.amazonaws.cn-north-1.s3", Regional, "cn-north-1", "s3");
        check("cn.com.amazonaws.cn-north-1.s3", Regional, "cn-north-1", "s3");
        check("com.amazonaws.cn-north-1.logs", Regional, "cn-north-1", "logs");
        check("cn.com.amazonaws.cn-north-1.transcribe.cn", Regional, "cn-north-1", "transcribe");
        check("gov.ic.c2s.us-iso-east-1.ec2", Regional, "us-iso-east-1", "ec2");
        check("gov.ic.c2s.us-iso-east-1.logs", Regional, "us-iso-east-1", "logs");
        check("eu.amazonaws.eusc-de-east-1.ecr.dkr", Regional, "eusc-de-east-1", "ecr.dkr");
        check("cn.com.amazonaws.us-east-1.ecr.api", Unlisted, "us-east-1", "");
    }

    #[test]
    fn partly_known_names() {
        use NameForm::{EndpointService, Regional, Unknown, Unlisted};
        check("com.amazonaws.?.s3", Regional, "", "s3");
        check("?.?.s3", Regional, "", "s3");
        check("?.s3", Regional, "", "s3");
        check("cn.com.amazonaws.?.ecr.api", Regional, "", "ecr.api");
        check("com.amazonaws.?.?", Unknown, "", "");
        check("com.amazonaws.eu-west-1.?", Unknown, "eu-west-1", "");
        check("com.amazonaws.?.api", Unknown, "", "");
        check("com.amazonaws.?.secretmanager", Unlisted, "", "");
        check("com.amazonaws.vpce.?.vpce-svc-?", EndpointService, "", "{vpce-svc-id}");
        check("com.amazonaws.us-?.s3", Regional, "", "s3");
    }

    #[test]
    fn a_partly_known_name_excludes_services() {
        let is = |text: &str, service: &str| parse(text).is(service);
        assert_eq!(is("com.amazonaws.?.?", "s3"), Tri::Unknown);
        assert_eq!(is("com.amazonaws.?.ecr.?", "s3"), Tri::No);
        assert_eq!(is("com.amazonaws.?.ecr.?", "ecr.api"), Tri::Unknown);
        assert_eq!(is("com.amazonaws.?.s3", "s3"), Tri::Yes);
        assert_eq!(is("com.amazonaws.?.s3", "s3express"), Tri::No);
    }

    #[test]
    fn a_name_that_is_one_of_two_is_what_they_agree_on() {
        let either = |a: &str, b: &str| ServiceName::parse(&Unknown::one_of([a.into(), b.into()]));
        let regions = either("com.amazonaws.eu-west-1.s3", "com.amazonaws.eu-west-2.s3");
        assert_eq!((regions.short_name(), regions.region), (Some("s3"), None));
        let services = either("com.amazonaws.eu-west-1.s3", "com.amazonaws.eu-west-1.sts");
        assert_eq!(services.form, NameForm::Unknown);
        assert_eq!(services.is("s3"), Tri::Unknown);
        assert_eq!(services.is("ec2"), Tri::No);
    }
}
