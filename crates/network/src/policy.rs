//! Policy documents as far as they can be read.

use privatelint_evaluator::{TextPart, Tri, Unknown, Value};
use serde_json::Value as Json;

use crate::facts::perimeter_key;

/// What a policy argument says.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// There is no policy: AWS allows everything.
    Absent,
    /// It is read. Where text in it was not known, stands [`UNKNOWN`].
    Policy(Policy),
    /// It is not JSON, or not a policy: why.
    Invalid(String),
    /// It is not known.
    Unknown,
}

/// A policy document.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its statements.
    pub statements: Vec<Statement>,
}

/// A statement of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// `Sid`.
    pub sid: Option<String>,
    /// Whether it allows: `Effect` is `Allow`.
    pub allows: Tri,
    /// `Principal` as type and id: `("*", "*")` for anybody, `("AWS", "arn:…")`. Empty if there is none.
    pub principals: Vec<(String, String)>,
    /// Whether it is `NotPrincipal`.
    pub not_principal: bool,
    /// `Action`.
    pub actions: Vec<String>,
    /// Whether it is `NotAction`.
    pub not_action: bool,
    /// `Resource`.
    pub resources: Vec<String>,
    /// Whether it is `NotResource`.
    pub not_resource: bool,
    /// `Condition`; a condition with the key [`UNKNOWN`] stands for what could not be read.
    pub conditions: Vec<Condition>,
}

/// A condition of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The operator: `StringEquals`.
    pub operator: String,
    /// The key: `aws:PrincipalOrgID`.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

/// Stands in a read policy for text, or a whole value, that is not known.
pub const UNKNOWN: &str = "\u{fffd}";

/// Reads the value of a policy argument.
#[must_use]
pub fn read(value: &Value) -> Reading {
    match value {
        Value::Null => Reading::Absent,
        Value::String(text) if text.trim().is_empty() => Reading::Absent,
        Value::String(text) => match serde_json::from_str(text) {
            Ok(json) => policy(&json),
            Err(error) => Reading::Invalid(format!("it is not JSON: {error}")),
        },
        Value::Unknown(Unknown::Text(parts)) => read_parts(parts),
        Value::Unknown(_) => Reading::Unknown,
        _ => Reading::Invalid("it is not a string".into()),
    }
}

impl Policy {
    /// The statements that allow anybody every action on every resource, without a condition on who asks or whose the resource is: their
    /// positions, and whether each certainly is one. Never no.
    #[must_use]
    pub fn unrestricted(&self) -> Vec<(usize, Tri)> {
        let statements = self.statements.iter().map(Statement::is_unrestricted).enumerate();
        statements.filter(|(_, is)| !is.is_no()).collect()
    }
}

impl Statement {
    /// Whether it allows anybody every action on every resource, without a condition on who asks or whose the resource is.
    #[must_use]
    pub fn is_unrestricted(&self) -> Tri {
        let negated = self.not_principal || self.not_action || self.not_resource;
        let anybody = Tri::any(self.principals.iter().map(|(kind, id)| {
            // Services and federated users are never anybody.
            is_star(kind).or(may_be(kind, "AWS")).and(is_star(id))
        }));
        let every_action =
            Tri::any(self.actions.iter().map(|action| match action.split_once(':') {
                Some((_, name)) => is_star(name),
                None => is_star(action),
            }));
        let every_resource = Tri::any(self.resources.iter().map(|resource| is_star(resource)));
        let limited = Tri::any(self.conditions.iter().map(|condition| {
            if condition.key.contains(UNKNOWN) {
                return Tri::Unknown;
            }
            perimeter_key(&condition.key).is_some().into()
        }));
        Tri::all([self.allows, (!negated).into(), anybody, every_action, every_resource, !limited])
    }
}

/// Whether text is `*`, as far as it is known.
fn is_star(text: &str) -> Tri {
    may_be(text, "*")
}

/// Whether text that may have unknown parts is this text.
fn may_be(text: &str, wanted: &str) -> Tri {
    if text == wanted {
        return Tri::Yes;
    }
    let mut rest = wanted;
    for known in text.split(UNKNOWN) {
        match rest.find(known) {
            Some(at) => rest = rest.get(at + known.len()..).unwrap_or_default(),
            None => return Tri::No,
        }
    }
    if text.contains(UNKNOWN) { Tri::Unknown } else { Tri::No }
}

/// Reads a document of which parts are unknown: inside a string they are unknown text, elsewhere unknown values.
fn read_parts(parts: &[TextPart]) -> Reading {
    let mut text = String::new();
    let mut in_string = false;
    for part in parts {
        match part {
            TextPart::Known(known) => {
                let mut escaped = false;
                for c in known.chars() {
                    match c {
                        '"' if !escaped => in_string = !in_string,
                        '\\' if in_string && !escaped => {
                            escaped = true;
                            continue;
                        }
                        _ => {}
                    }
                    escaped = false;
                }
                text.push_str(known);
            }
            TextPart::Unknown(_) if in_string => text.push_str(UNKNOWN),
            TextPart::Unknown(_) => {
                text.push('"');
                text.push_str(UNKNOWN);
                text.push('"');
            }
        }
    }
    // What cannot be read with the unknown parts taken for text may be read with what they are.
    serde_json::from_str(&text).map_or(Reading::Unknown, |json| policy(&json))
}

fn policy(json: &Json) -> Reading {
    let Json::Object(document) = json else {
        return if is_unknown(json) {
            Reading::Unknown
        } else {
            Reading::Invalid("it is not an object".into())
        };
    };
    let statements = match document.get("Statement") {
        Some(Json::Array(statements)) => statements.as_slice(),
        Some(statement @ Json::Object(_)) => std::slice::from_ref(statement),
        Some(other) if is_unknown(other) => return Reading::Unknown,
        Some(_) | None => return Reading::Invalid("it has no `Statement`".into()),
    };
    let mut read = Vec::with_capacity(statements.len());
    for json in statements {
        match json {
            Json::Object(object) => read.push(statement(object)),
            // A statement that is not known may be any number of them.
            other if is_unknown(other) => return Reading::Unknown,
            _ => return Reading::Invalid("a statement is not an object".into()),
        }
    }
    Reading::Policy(Policy { statements: read })
}

fn is_unknown(json: &Json) -> bool {
    json.as_str() == Some(UNKNOWN)
}

fn statement(object: &serde_json::Map<String, Json>) -> Statement {
    // The names of the elements are case-insensitive; AWS keeps the usual case.
    let get = |name: &str| {
        object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let either = |plain: &str, negated: &str| match (get(plain), get(negated)) {
        (None, Some(value)) => (Some(value), true),
        (value, _) => (value, false),
    };
    let (principal, not_principal) = either("Principal", "NotPrincipal");
    let (action, not_action) = either("Action", "NotAction");
    let (resource, not_resource) = either("Resource", "NotResource");
    Statement {
        sid: get("Sid").and_then(Json::as_str).map(Into::into),
        allows: get("Effect")
            .and_then(Json::as_str)
            .map_or(Tri::No, |effect| may_be(effect, "Allow")),
        principals: principal.map(principals).unwrap_or_default(),
        not_principal,
        actions: action.map(strings).unwrap_or_default(),
        not_action,
        resources: resource.map(strings).unwrap_or_default(),
        not_resource,
        conditions: get("Condition").map(conditions).unwrap_or_default(),
    }
}

fn principals(json: &Json) -> Vec<(String, String)> {
    match json {
        Json::String(text) => vec![(text.clone(), text.clone())],
        Json::Object(by_type) => by_type
            .iter()
            .flat_map(|(kind, ids)| strings(ids).into_iter().map(move |id| (kind.clone(), id)))
            .collect(),
        _ => Vec::new(),
    }
}

fn conditions(json: &Json) -> Vec<Condition> {
    let unreadable = |operator: &str| Condition {
        operator: operator.into(),
        key: UNKNOWN.into(),
        values: vec![UNKNOWN.into()],
    };
    let Json::Object(operators) = json else {
        return if is_unknown(json) { vec![unreadable(UNKNOWN)] } else { Vec::new() };
    };
    let of_operator = |(operator, keys): (&String, &Json)| match keys {
        Json::Object(keys) => keys
            .iter()
            .map(|(key, values)| Condition {
                operator: operator.clone(),
                key: key.clone(),
                values: strings(values),
            })
            .collect(),
        other if is_unknown(other) => vec![unreadable(operator)],
        _ => Vec::new(),
    };
    operators.iter().flat_map(of_operator).collect()
}

fn strings(json: &Json) -> Vec<String> {
    match json {
        Json::String(text) => vec![text.clone()],
        Json::Array(elements) => elements.iter().flat_map(strings).collect(),
        Json::Bool(bool) => vec![bool.to_string()],
        Json::Number(number) => vec![number.to_string()],
        Json::Null | Json::Object(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a policy in which `?` stands for an unknown part.
    fn parse(text: &str) -> Reading {
        let mut parts = Vec::new();
        for (at, known) in text.split('?').enumerate() {
            if at > 0 {
                parts.push(TextPart::Unknown(Unknown::Variable("x".into())));
            }
            parts.push(TextPart::Known(known.into()));
        }
        read(&Unknown::text(parts))
    }

    #[track_caller]
    fn check(statement: &str, unrestricted: Tri) {
        let Reading::Policy(policy) = parse(&format!(r#"{{"Statement": [{statement}]}}"#)) else {
            panic!("not read: {statement}");
        };
        let found = policy.unrestricted().first().map_or(Tri::No, |(_, is)| *is);
        assert_eq!(found, unrestricted, "{statement}");
    }

    #[test]
    fn everything_for_everybody_is_unrestricted() {
        check(r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#, Tri::Yes);
        check(
            r#"{"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["s3:*"], "Resource": ["*"]}"#,
            Tri::Yes,
        );
        check(r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#, Tri::No);
        check(
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#,
            Tri::No,
        );
        check(
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::b/*"}"#,
            Tri::No,
        );
        check(
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "*", "Resource": "*"}"#,
            Tri::No,
        );
        check(
            r#"{"Effect": "Allow", "Principal": {"Service": "*"}, "Action": "*", "Resource": "*"}"#,
            Tri::No,
        );
        check(
            r#"{"Effect": "Allow", "NotPrincipal": "*", "Action": "*", "Resource": "*"}"#,
            Tri::No,
        );
    }

    #[test]
    fn a_condition_on_account_or_organization_restricts() {
        let with = |condition: &str| {
            format!(
                r#"{{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {condition}}}"#
            )
        };
        check(&with(r#"{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}"#), Tri::No);
        check(&with(r#"{"StringEquals": {"AWS:principalaccount": ["1"]}}"#), Tri::No);
        check(&with(r#"{"Bool": {"aws:SecureTransport": "true"}}"#), Tri::Yes);
        check(&with(r#"{"StringEquals": ?}"#), Tri::Unknown);
        check(&with("?"), Tri::Unknown);
        check(&with(r#"{"StringEquals": {"?": "x"}}"#), Tri::Unknown);
    }

    #[test]
    fn what_is_not_known_is_neither() {
        check(r#"{"Effect": "?", "Principal": "*", "Action": "*", "Resource": "*"}"#, Tri::Unknown);
        check(
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "?"}"#,
            Tri::Unknown,
        );
        check(
            r#"{"Effect": "Allow", "Principal": "*", "Action": ?, "Resource": "*"}"#,
            Tri::Unknown,
        );
        check(
            r#"{"Effect": "Allow", "Principal": {"AWS": "arn:?:root"}, "Action": "*", "Resource": "*"}"#,
            Tri::No,
        );
        check(
            r#"{"Effect": "Allow", "Principal": "*", "Action": "?:*", "Resource": "*"}"#,
            Tri::Yes,
        );
        check(
            r#"{"Effect": "Allow", "Principal": ?, "Action": "*", "Resource": "*"}"#,
            Tri::Unknown,
        );
    }

    #[test]
    fn what_is_no_policy_says_why() {
        assert_eq!(read(&Value::Null), Reading::Absent);
        assert_eq!(parse("{?"), Reading::Unknown);
        assert_eq!(parse(r#"{"Statement": [?]}"#), Reading::Unknown);
        assert!(matches!(parse("{"), Reading::Invalid(_)));
        assert!(matches!(parse("[]"), Reading::Invalid(_)));
        assert!(matches!(parse("{}"), Reading::Invalid(_)));
    }
}
