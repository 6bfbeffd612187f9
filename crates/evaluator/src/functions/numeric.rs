//! Functions on numbers.

use super::FunctionError;
use super::signature::{ANY, Args, Function, NUMBER};
use crate::convert::{convert, kind};
use crate::types::Type;
use crate::{Number, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("abs", &[NUMBER], |args| {
        let number = args.number(0)?;
        Ok(Value::Number(if number < zero() { number.negated() } else { number }))
    }),
    Function::new("ceil", &[NUMBER], |args| Ok(Value::Number(args.number(0)?.ceil()))),
    Function::new("floor", &[NUMBER], |args| Ok(Value::Number(args.number(0)?.floor()))),
    Function::new("log", &[NUMBER, NUMBER], |args| {
        let (number, base) = (args.number(0)?.as_f64(), args.number(1)?.as_f64());
        finite(number.ln() / base.ln())
    }),
    Function::variadic("max", &[], NUMBER, |args| extreme(args, Number::max)),
    Function::variadic("min", &[], NUMBER, |args| extreme(args, Number::min)),
    Function::new("parseint", &[ANY, NUMBER], parseint),
    Function::new("pow", &[NUMBER, NUMBER], |args| {
        let (number, power) = (args.number(0)?.as_f64(), args.number(1)?.as_f64());
        finite(number.powf(power))
    }),
    Function::new("signum", &[NUMBER], |args| Ok(Value::number(args.integer(0)?.signum()))),
    Function::new("sum", &[ANY], sum),
];

fn zero() -> Number {
    Number::from(0_i64)
}

fn finite(result: f64) -> Result<Value, FunctionError> {
    match Number::from_f64(result) {
        Some(number) => Ok(Value::Number(number)),
        None => Err(FunctionError::new("the result is no number, or too large")),
    }
}

fn extreme(args: Args<'_>, better: fn(Number, Number) -> Number) -> Result<Value, FunctionError> {
    let mut best = args.number(0).map_err(|_| FunctionError::new("an argument is required"))?;
    for at in 1..args.all().len() {
        best = better(best, args.number(at)?);
    }
    Ok(Value::Number(best))
}

fn parseint(args: Args<'_>) -> Result<Value, FunctionError> {
    let written = match args.value(0)? {
        Value::String(text) => text,
        other => {
            return Err(FunctionError::at(0, format!("a string is required, not {}", kind(other))));
        }
    };
    let base = args.integer(1)?;
    let base = u32::try_from(base)
        .ok()
        .filter(|base| (2..=62).contains(base))
        .ok_or_else(|| FunctionError::at(1, "the base must be a whole number from 2 to 62"))?;
    let wrong = || FunctionError::at(0, format!("{written:?} is no whole number in base {base}"));
    let (negative, digits) = match written.strip_prefix(['-', '+']) {
        Some(digits) => (written.starts_with('-'), digits),
        None => (false, written.as_str()),
    };
    if digits.is_empty() {
        return Err(wrong());
    }
    let mut value: i128 = 0;
    for c in digits.chars() {
        let digit = digit(c, base).ok_or_else(wrong)?;
        value = value
            .checked_mul(i128::from(base))
            .and_then(|value| value.checked_add(i128::from(digit)))
            .ok_or_else(|| FunctionError::at(0, "the number is too large"))?;
    }
    Ok(Value::Number(Number::from_i128(if negative { -value } else { value })))
}

/// Upper case stands for the same digits as lower case up to base 36, and for further digits above.
fn digit(c: char, base: u32) -> Option<u32> {
    let digit = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        'a'..='z' => u32::from(c) - u32::from('a') + 10,
        'A'..='Z' if base <= 36 => u32::from(c) - u32::from('A') + 10,
        'A'..='Z' => u32::from(c) - u32::from('A') + 36,
        _ => return None,
    };
    (digit < base).then_some(digit)
}

fn sum(args: Args<'_>) -> Result<Value, FunctionError> {
    let elements = args.elements(0)?;
    if elements.is_empty() {
        return Err(FunctionError::at(0, "an empty list has no sum"));
    }
    let mut total = zero();
    for element in elements {
        let Ok(Value::Number(number)) = convert(element, &Type::Number) else {
            return Err(FunctionError::at(0, "all elements must be numbers"));
        };
        total = total
            .checked_add(number)
            .ok_or_else(|| FunctionError::new("the result is too large a number"))?;
    }
    Ok(Value::Number(total))
}
