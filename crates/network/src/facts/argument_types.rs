//! The types that the provider gives to arguments.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use privatelint_evaluator::types::Type;

use super::table::rows;

/// The type of a resource's argument, if it is one of those that are listed.
pub(crate) fn argument_type(resource: &str, argument: &str) -> Option<&'static Type> {
    static TYPES: OnceLock<BTreeMap<String, BTreeMap<String, Type>>> = OnceLock::new();
    let types = TYPES.get_or_init(|| {
        rows(include_str!("../../facts/argument_types.csv"))
            .map(|row| {
                let types = row.list("types").filter_map(|argument| {
                    let (name, text) = argument.split_once('=')?;
                    Some((name.to_owned(), of_text(text)?))
                });
                (row.get("resource").to_owned(), types.collect())
            })
            .collect()
    });
    types.get(resource)?.get(argument)
}

/// A type as Terraform writes it; objects are not among the listed ones.
fn of_text(text: &str) -> Option<Type> {
    let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix(')').and_then(of_text);
    match text {
        "bool" => Some(Type::Bool),
        "number" => Some(Type::Number),
        "string" => Some(Type::String),
        _ => inner("list(")
            .map(Type::list)
            .or_else(|| inner("set(").map(Type::set))
            .or_else(|| inner("map(").map(Type::map)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_table_is_understood() {
        let mut count = 0;
        for row in rows(include_str!("../../facts/argument_types.csv")) {
            for argument in row.list("types") {
                let (name, text) = argument.split_once('=').unwrap();
                let found = argument_type(row.get("resource"), name);
                assert_eq!(found.map(ToString::to_string).as_deref(), Some(text), "{argument}");
                count += 1;
            }
        }
        assert!(count > 1_000, "{count}");
    }
}
