//! Functions on sets.

use super::FunctionError;
use super::limits::check_elements;
use super::signature::{ANY, Args, Function, SET};
use crate::convert::{kind, set, unified};
use crate::{Tri, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::variadic("setintersection", &[SET], SET, |args| {
        combine(args, |element, others| others.iter().all(|other| has(other, element)))
    }),
    Function::variadic("setproduct", &[], ANY.with_unknown_elements(), setproduct),
    Function::new("setsubtract", &[SET, SET], |args| {
        combine(args, |element, others| !others.iter().any(|other| has(other, element)))
    }),
    Function::variadic(
        "setunion",
        &[SET.with_unknown_elements()],
        SET.with_unknown_elements(),
        |args| {
            let all: Vec<Value> =
                args.all().iter().filter_map(Value::as_elements).flatten().cloned().collect();
            check_elements(all.len())?;
            Ok(set(one_type(&all)?))
        },
    ),
];

fn one_type(values: &[Value]) -> Result<Vec<Value>, FunctionError> {
    unified(values).map_err(|_| FunctionError::new("the sets must have elements of one type"))
}

fn has(elements: &[Value], element: &Value) -> bool {
    match element {
        // Elements of a set are sorted, and strings are what large sets are of.
        Value::String(text) => {
            elements.binary_search_by(|other| other.as_str().unwrap_or_default().cmp(text)).is_ok()
        }
        _ => elements.iter().any(|other| other.equals(element) == Tri::Yes),
    }
}

/// The elements of the first set that are to be kept, given the other sets.
fn combine(
    args: Args<'_>,
    keep: impl Fn(&Value, &[Vec<Value>]) -> bool,
) -> Result<Value, FunctionError> {
    let all: Vec<Value> =
        args.all().iter().filter_map(Value::as_elements).flatten().cloned().collect();
    let mut all = one_type(&all)?.into_iter();
    let mut sets: Vec<Vec<Value>> = Vec::new();
    for arg in args.all() {
        let count = arg.as_elements().map_or(0, <[Value]>::len);
        let converted = set(all.by_ref().take(count).collect());
        sets.push(converted.as_elements().unwrap_or_default().to_vec());
    }
    let Some((first, others)) = sets.split_first() else { return Ok(set(Vec::new())) };
    Ok(set(first.iter().filter(|element| keep(element, others)).cloned().collect()))
}

/// All combinations of elements: a set if one of the arguments is one, otherwise a list in the order of the arguments.
fn setproduct(args: Args<'_>) -> Result<Value, FunctionError> {
    if args.all().len() < 2 {
        return Err(FunctionError::new("at least two arguments are required"));
    }
    let mut total: usize = 1;
    let mut sets = false;
    let mut factors = Vec::new();
    for (at, arg) in args.all().iter().enumerate() {
        let Some(elements) = arg.as_elements() else {
            let message = format!("a set or a list is required, not {}", kind(arg));
            return Err(FunctionError::at(at, message));
        };
        let Ok(elements) = unified(elements) else {
            return Err(FunctionError::at(at, "all elements must be of the same type"));
        };
        if matches!(arg, Value::Set(_)) {
            sets = true;
            if elements.len() > 1 && !arg.is_wholly_known() {
                return Ok(args.derived());
            }
        }
        total = total.saturating_mul(elements.len());
        factors.push(elements);
    }
    check_elements(total.saturating_mul(factors.len()))?;
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for factor in &factors {
        let longer = |row: &Vec<Value>| {
            let row = row.clone();
            factor.iter().map(move |element| {
                let mut row = row.clone();
                row.push(element.clone());
                row
            })
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    let tuples: Vec<Value> = rows.into_iter().map(Value::tuple).collect();
    Ok(if sets { set(tuples) } else { Value::list(tuples) })
}
