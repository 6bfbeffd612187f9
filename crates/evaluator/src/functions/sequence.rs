//! Functions on lists and tuples.

use super::FunctionError;
use super::limits::{MOST_RANGE, check_elements};
use super::signature::{ANY, Args, Function, LIST, NUMBER, STRINGS};
use crate::convert::{kind, text, unified};
use crate::listed::in_order;
use crate::{Number, Tri, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("chunklist", &[LIST.with_unknown_elements(), NUMBER], chunklist),
    Function::variadic("coalescelist", &[], ANY.nullable().unknown(), coalescelist),
    Function::new("compact", &[STRINGS.with_unknown_elements()], compact),
    Function::variadic("concat", &[], ANY.unknown(), concat),
    Function::new("distinct", &[LIST.with_unknown_elements()], distinct),
    Function::new("element", &[ANY.unknown(), NUMBER.unknown()], element),
    Function::new("flatten", &[ANY.with_unknown_elements()], flatten),
    Function::new("index", &[ANY.with_unknown_elements(), ANY.unknown()], index),
    Function::new("matchkeys", &[LIST.with_unknown_elements(), LIST, LIST], matchkeys),
    Function::variadic("range", &[], NUMBER, range),
    Function::new("reverse", &[ANY.with_unknown_elements()], reverse),
    Function::new("slice", &[ANY.unknown(), NUMBER.unknown(), NUMBER.unknown()], slice),
    Function::new("sort", &[STRINGS.unknown()], sort),
];

/// The elements of a list or tuple. A set has no order, and is none.
fn sequence(value: &Value, at: usize) -> Result<&[Value], FunctionError> {
    match value {
        Value::List(elements) | Value::Tuple(elements) => Ok(elements),
        other => {
            let message = format!("a list or a tuple is required, not {}", kind(other));
            Err(FunctionError::at(at, message))
        }
    }
}

/// A list or a tuple as the other value is one.
fn like(value: &Value, elements: Vec<Value>) -> Value {
    if matches!(value, Value::Tuple(_)) { Value::tuple(elements) } else { Value::list(elements) }
}

fn chunklist(args: Args<'_>) -> Result<Value, FunctionError> {
    let elements = args.elements(0)?;
    let size = args.size(1)?;
    if elements.is_empty() {
        return Ok(Value::list(Vec::new()));
    }
    if size == 0 {
        return Ok(Value::list(vec![args.value(0)?.clone()]));
    }
    Ok(Value::list(elements.chunks(size).map(|chunk| Value::list(chunk.to_vec())).collect()))
}

fn coalescelist(args: Args<'_>) -> Result<Value, FunctionError> {
    let mut first = None;
    for (at, value) in args.all().iter().enumerate() {
        match value {
            Value::Null => {}
            Value::Unknown(_) => first = first.or_else(|| Some(args.derived())),
            value => {
                if !sequence(value, at)?.is_empty() {
                    first = first.or_else(|| Some(value.clone()));
                }
            }
        }
    }
    first.ok_or_else(|| FunctionError::new("none of the lists has an element"))
}

fn compact(args: Args<'_>) -> Result<Value, FunctionError> {
    let elements = args.elements(0)?;
    if elements.iter().any(|element| !element.is_known() && !is_never_empty(element)) {
        return Ok(args.derived());
    }
    let full = |element: &&Value| !element.is_null() && element.as_str() != Some("");
    Ok(Value::list(elements.iter().filter(full).cloned().collect()))
}

/// A string with a known part has that part, whatever the rest is. The `id` of an instance that is there is never empty.
fn is_never_empty(value: &Value) -> bool {
    match value {
        Value::Unknown(Unknown::Text(_)) => true,
        Value::Unknown(Unknown::Computed(attribute)) => {
            matches!(attribute.path.as_str(), "id" | "arn")
                && attribute.of.key != crate::InstanceKey::Unknown
        }
        _ => false,
    }
}

fn concat(args: Args<'_>) -> Result<Value, FunctionError> {
    if args.all().is_empty() {
        return Err(FunctionError::new("an argument is required"));
    }
    let mut known = true;
    let mut lists = true;
    let mut count = 0;
    for (at, value) in args.all().iter().enumerate() {
        if !value.is_known() {
            known = false;
            continue;
        }
        count += sequence(value, at)?.len();
        lists &= matches!(value, Value::List(_));
    }
    check_elements(count)?;
    if !known {
        return Ok(args.derived());
    }
    let all: Vec<Value> =
        args.all().iter().filter_map(Value::as_elements).flatten().cloned().collect();
    if lists && let Ok(unified) = unified(&all) {
        return Ok(Value::list(unified));
    }
    Ok(Value::tuple(all))
}

fn distinct(args: Args<'_>) -> Result<Value, FunctionError> {
    let elements = args.elements(0)?;
    let mut kept: Vec<&Value> = Vec::new();
    let mut texts = std::collections::BTreeSet::new();
    for element in elements {
        // Strings are what is long: these are not compared one by one.
        if let Value::String(text) = element {
            if texts.insert(text.as_str()) {
                kept.push(element);
            }
            continue;
        }
        let equal = Tri::any(kept.iter().map(|other| other.equals(element)));
        match equal {
            Tri::Yes => {}
            Tri::No => kept.push(element),
            Tri::Unknown => return Ok(args.derived()),
        }
    }
    // A string behind an unknown element was not compared with it.
    let unknown = elements.iter().any(|element| !element.is_wholly_known());
    let decided = |value: &&Value| {
        value.is_wholly_known()
            || kept
                .iter()
                .all(|other| std::ptr::eq(*other, *value) || other.equals(value) == Tri::No)
    };
    if unknown && !kept.iter().all(decided) {
        return Ok(args.derived());
    }
    Ok(Value::list(kept.into_iter().cloned().collect()))
}

fn element(args: Args<'_>) -> Result<Value, FunctionError> {
    if let Value::Unknown(list) = args.value(0)? {
        let at = args.value(1)?.is_known().then(|| args.integer(1)).transpose()?;
        let element = at.and_then(|at| list.wrapping_element(usize::try_from(at).ok()?));
        return Ok(element.unwrap_or_else(|| args.derived()));
    }
    let elements = sequence(args.value(0)?, 0)?;
    if elements.is_empty() {
        return Err(FunctionError::at(0, "an empty list has no element"));
    }
    if !args.value(1)?.is_known() {
        return Ok(Unknown::one_of(elements.iter().cloned()));
    }
    let count = i64::try_from(elements.len()).unwrap_or(i64::MAX);
    // Counting from the end is an error up to Terraform 1.11, and none in later versions.
    match usize::try_from(args.integer(1)?.wrapping_rem(count)) {
        Ok(at) => Ok(elements.get(at).cloned().unwrap_or(Value::Null)),
        Err(_) => Ok(Value::Unknown(Unknown::Function("element".into()))),
    }
}

fn flatten(args: Args<'_>) -> Result<Value, FunctionError> {
    let mut out = Vec::new();
    args.elements(0)?;
    if !args.value(0)?.is_walkable() {
        return Err(FunctionError::at(0, "the value has too many elements"));
    }
    Ok(match flatten_into(args.value(0)?, &mut out)? {
        Flat::All => Value::tuple(out),
        Flat::Unknown => args.derived(),
    })
}

enum Flat {
    All,
    /// It is not known whether an element is a list, or how many elements it has.
    Unknown,
}

fn flatten_into(value: &Value, out: &mut Vec<Value>) -> Result<Flat, FunctionError> {
    let Some(elements) = value.as_elements() else {
        out.push(value.clone());
        check_elements(out.len())?;
        return Ok(match value {
            // A string is no list, whatever its unknown parts are; nor is an `id`.
            Value::Unknown(Unknown::Text(_)) => Flat::All,
            Value::Unknown(_) if is_never_empty(value) => Flat::All,
            Value::Unknown(_) => Flat::Unknown,
            _ => Flat::All,
        });
    };
    if matches!(value, Value::Set(_)) && elements.len() > 1 && !value.is_wholly_known() {
        return Ok(Flat::Unknown);
    }
    for element in elements {
        if let Flat::Unknown = flatten_into(element, out)? {
            return Ok(Flat::Unknown);
        }
    }
    Ok(Flat::All)
}

fn index(args: Args<'_>) -> Result<Value, FunctionError> {
    let elements = sequence(args.value(0)?, 0)?;
    let wanted = args.value(1)?;
    for (at, element) in elements.iter().enumerate() {
        match element.equals(wanted) {
            Tri::Yes => return Ok(Value::number(at)),
            Tri::No => {}
            Tri::Unknown => return Ok(args.derived()),
        }
    }
    match elements {
        [] => Err(FunctionError::at(0, "an empty list has no element")),
        _ => Err(FunctionError::at(1, "no element is equal to it")),
    }
}

fn matchkeys(args: Args<'_>) -> Result<Value, FunctionError> {
    let (values, keys, wanted) = (args.elements(0)?, args.elements(1)?, args.elements(2)?);
    if values.len() != keys.len() {
        return Err(FunctionError::at(1, "there must be as many keys as values"));
    }
    let all: Vec<Value> = keys.iter().chain(wanted).cloned().collect();
    let Ok(all) = unified(&all) else {
        return Err(FunctionError::at(
            2,
            "the keys and what they are searched in have no type in common",
        ));
    };
    let (keys, wanted) = all.split_at_checked(keys.len()).unwrap_or_default();
    let found = |key: &Value| wanted.iter().any(|other| other.equals(key) == Tri::Yes);
    let kept = values.iter().zip(keys).filter(|(_, key)| found(key));
    Ok(Value::list(kept.map(|(value, _)| value.clone()).collect()))
}

fn range(args: Args<'_>) -> Result<Value, FunctionError> {
    let zero = Number::from(0_i64);
    let (start, end, step) = match args.all().len() {
        1 => (zero, args.number(0)?, None),
        2 => (args.number(0)?, args.number(1)?, None),
        3 => (args.number(0)?, args.number(1)?, Some(args.number(2)?)),
        _ => return Err(FunctionError::new("one, two or three arguments are required")),
    };
    let step = step.unwrap_or_else(|| Number::from(if end < start { -1_i64 } else { 1 }));
    if step == zero {
        return Err(FunctionError::at(2, "the step must not be zero"));
    }
    let down = step < zero;
    if (down && end > start) || (!down && end < start) {
        return Err(FunctionError::at(2, "the step leads away from the end"));
    }
    let mut values = Vec::new();
    let mut at = start;
    while if down { at > end } else { at < end } {
        if values.len() >= MOST_RANGE {
            let message = format!("the range has more than {MOST_RANGE} values");
            return Err(FunctionError::new(message));
        }
        values.push(Value::Number(at));
        at = at.checked_add(step).ok_or_else(|| FunctionError::new("the numbers are too large"))?;
    }
    Ok(Value::list(values))
}

fn reverse(args: Args<'_>) -> Result<Value, FunctionError> {
    let value = args.value(0)?;
    let elements = args.elements(0)?;
    if matches!(value, Value::Set(_)) && elements.len() > 1 && !value.is_wholly_known() {
        return Ok(args.derived());
    }
    Ok(like(value, elements.iter().rev().cloned().collect()))
}

fn slice(args: Args<'_>) -> Result<Value, FunctionError> {
    let value = args.value(0)?;
    let known = |at: usize| -> Result<Option<usize>, FunctionError> {
        args.value(at)?.is_known().then(|| args.size(at)).transpose()
    };
    if let Value::Unknown(list) = value {
        let part = match (known(1)?, known(2)?) {
            (Some(start), Some(end)) if start > end => {
                return Err(FunctionError::at(1, "the start is behind the end"));
            }
            (Some(start), end) => list.slice(start, end),
            (None, _) => None,
        };
        return Ok(part.unwrap_or_else(|| args.derived()));
    }
    if known(1)?.is_none() || known(2)?.is_none() {
        return Ok(args.derived());
    }
    let elements = sequence(value, 0)?;
    let (start, end) = (args.size(1)?, args.size(2)?);
    if end > elements.len() {
        let message = format!("the end is behind the list, which has {} elements", elements.len());
        return Err(FunctionError::at(2, message));
    }
    match elements.get(start..end) {
        Some(part) => Ok(like(value, part.to_vec())),
        None => Err(FunctionError::at(1, "the start is behind the end")),
    }
}

fn sort(args: Args<'_>) -> Result<Value, FunctionError> {
    match args.value(0)? {
        Value::Unknown(list) if list.is_sorted_list() => return Ok(args.value(0)?.clone()),
        Value::Unknown(_) => return Ok(args.derived()),
        value if !value.is_wholly_known() => {
            let sorted = value.as_elements().and_then(in_order);
            return Ok(sorted.map_or_else(|| args.derived(), Value::list));
        }
        _ => {}
    }
    let elements = args.elements(0)?;
    if elements.iter().any(Value::is_null) {
        return Err(FunctionError::at(0, "`null` cannot be sorted"));
    }
    let mut sorted = elements.to_vec();
    sorted.sort_by_key(text);
    Ok(Value::list(sorted))
}
