//! `format` and `formatlist`: Go's verbs on Terraform's values.

use super::FunctionError;
use super::limits::{MOST_BYTES, check_bytes, check_elements};
use super::signature::{ANY, Args, Function, STRING};
use super::string::graphemes;
use crate::convert::convert;
use crate::types::Type;
use crate::{Number, TextPart, Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::variadic("format", &[STRING], ANY.nullable().unknown(), |args| {
        let values: Vec<&Value> = args.from(1).iter().collect();
        Ok(Unknown::text(format(args.text(0)?, &values)?))
    }),
    Function::variadic("formatlist", &[STRING], ANY.nullable().unknown(), formatlist),
];

/// The number as `%g` prints it with so many digits.
pub(crate) fn number_in_general_form(number: Number, digits: usize) -> String {
    general(number, Some(digits), 'e')
}

/// One verb of a format string: `%[2]-08.3f`.
#[derive(Debug, Clone, Copy, Default)]
struct Verb {
    mode: char,
    zero: bool,
    sharp: bool,
    plus: bool,
    minus: bool,
    space: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// Given as `[n]`, from 1.
    argument: Option<usize>,
}

fn formatlist(args: Args<'_>) -> Result<Value, FunctionError> {
    let pattern = args.text(0)?;
    let values = args.from(1);
    if values.iter().any(
        |value| matches!(value, Value::Unknown(unknown) if !matches!(unknown, Unknown::Text(_))),
    ) {
        // It may be a list or a single value.
        return Ok(args.derived());
    }
    let mut length = None;
    for (at, value) in values.iter().enumerate() {
        let Some(elements) = value.as_elements() else { continue };
        if matches!(value, Value::Set(_)) && elements.len() > 1 && !value.is_wholly_known() {
            return Ok(args.derived());
        }
        let known = *length.get_or_insert(elements.len());
        if known != elements.len() {
            let message = format!("this list has {} elements, another {known}", elements.len());
            return Err(FunctionError::at(at + 1, message));
        }
    }
    let length = length.unwrap_or(1);
    check_elements(length)?;
    let mut results = Vec::new();
    let mut bytes = 0;
    for round in 0..length {
        let row: Vec<&Value> = values
            .iter()
            .map(|value| value.as_elements().map_or(Some(value), |elements| elements.get(round)))
            .map(|value| value.unwrap_or(&Value::Null))
            .collect();
        let parts = format(pattern, &row)?;
        bytes = parts.iter().fold(bytes, |bytes: usize, part| match part {
            TextPart::Known(known) => bytes.saturating_add(known.len()),
            TextPart::Unknown(_) => bytes,
        });
        check_bytes(bytes)?;
        results.push(Unknown::text(parts));
    }
    Ok(Value::list(results))
}

/// The result in parts: an argument that is not known is an unknown part.
fn format(pattern: &str, values: &[&Value]) -> Result<Vec<TextPart>, FunctionError> {
    let mut parts = Vec::new();
    let mut known = String::new();
    let mut rest = pattern;
    let (mut next, mut used) = (0, 0);
    while let Some((before, after)) = rest.split_once('%') {
        known.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            known.push('%');
            rest = after;
            continue;
        }
        let (verb, after) = parse_verb(after)?;
        rest = after;
        let at = verb.argument.map_or(next, |given| given.saturating_sub(1));
        next = at + 1;
        used = used.max(next);
        let Some(value) = values.get(at) else {
            let message = format!(
                "the format string needs {} further arguments, {} given",
                at + 1,
                values.len()
            );
            return Err(FunctionError::at(0, message));
        };
        if value.is_wholly_known() {
            known.push_str(
                &verb.apply(value).map_err(|message| FunctionError::at(at + 1, message))?,
            );
            check_bytes(known.len())?;
        } else {
            parts.push(TextPart::Known(std::mem::take(&mut known).into()));
            parts.push(TextPart::Unknown(verb.unknown(value)));
        }
    }
    if used < values.len() {
        let message = format!("the format string uses only {used} further arguments");
        return Err(FunctionError::at(used + 1, message));
    }
    known.push_str(rest);
    parts.push(TextPart::Known(known.into()));
    Ok(parts)
}

fn parse_verb(after: &str) -> Result<(Verb, &str), FunctionError> {
    let mut verb = Verb::default();
    let mut rest = after;
    loop {
        let Some(c) = rest.chars().next() else {
            return Err(FunctionError::at(0, "the format string ends inside a verb"));
        };
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '0' if verb.width.is_none() && verb.precision.is_none() => {
                // Behind a `-`, zeros on the right would change the number.
                verb.zero = !verb.minus;
            }
            '#' => verb.sharp = true,
            '+' => verb.plus = true,
            ' ' => verb.space = true,
            '-' => (verb.minus, verb.zero) = (true, false),
            '1'..='9' => {
                let (number, after) = digits(rest)?;
                verb.width = Some(number);
                rest = after;
                continue;
            }
            '.' => {
                let (number, after) = digits(after)?;
                verb.precision = Some(number);
                rest = after;
                continue;
            }
            '[' => {
                let (number, after) = digits(after)?;
                let Some(after) = after.strip_prefix(']').filter(|_| number > 0) else {
                    return Err(FunctionError::at(0, "an argument's index is written `[1]`"));
                };
                verb.argument = Some(number);
                rest = after;
                continue;
            }
            mode => {
                if !"vtbdoxXeEfgGsq".contains(mode) {
                    let message = format!("the format string has an unknown verb `%{mode}`");
                    return Err(FunctionError::at(0, message));
                }
                verb.mode = mode;
                return Ok((verb, after));
            }
        }
        rest = after;
    }
}

fn digits(text: &str) -> Result<(usize, &str), FunctionError> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.strip_suffix(rest).unwrap_or_default();
    if digits.is_empty() {
        return Ok((0, rest));
    }
    match digits.parse() {
        Ok(number) if number <= MOST_BYTES => Ok((number, rest)),
        _ => Err(FunctionError::at(0, "a width or precision is too large")),
    }
}

impl Verb {
    /// What is left open by an argument that is not known.
    fn unknown(self, value: &Value) -> Unknown {
        let verbatim = matches!(self.mode, 's' | 'v' | 'd' | 't')
            && self.width.is_none()
            && self.precision.is_none()
            && !(self.plus || self.sharp || self.space);
        match value {
            Value::Unknown(unknown) if verbatim && !matches!(unknown, Unknown::OneOf(_)) => {
                unknown.clone()
            }
            value => Unknown::derived([value]),
        }
    }

    fn apply(self, value: &Value) -> Result<String, String> {
        if value.is_null() && self.mode != 'v' {
            return Err(format!("`null` cannot be formatted with `%{}`", self.mode));
        }
        let converted =
            |ty: &Type| convert(value, ty).map_err(|error| format!("`%{}`: {error}", self.mode));
        match self.mode {
            'v' => match value {
                Value::String(text) if !self.sharp => Ok(self.pad(text)),
                Value::Number(number) if !self.sharp => Ok(self.pad(&general(*number, None, 'e'))),
                value => Ok(self.pad(&json(value)?)),
            },
            't' => Ok(super::conversion::text(&converted(&Type::Bool)?)),
            's' | 'q' => {
                let text = super::conversion::text(&converted(&Type::String)?);
                let text = match self.precision {
                    Some(most) if most > 0 => graphemes(&text).take(most).collect(),
                    _ => text,
                };
                Ok(self.pad(&if self.mode == 'q' { json(&Value::string(text))? } else { text }))
            }
            mode => match converted(&Type::Number)? {
                Value::Number(number) if matches!(mode, 'b' | 'd' | 'o' | 'x' | 'X') => {
                    self.integer(number)
                }
                Value::Number(number) => Ok(self.float(number)),
                _ => Err("a number is required".into()),
            },
        }
    }

    fn integer(self, number: Number) -> Result<String, String> {
        let Some(int) = number.as_i128() else {
            return Err(format!("a whole number is required for `%{}`", self.mode));
        };
        let magnitude = int.unsigned_abs();
        let mut digits = match self.mode {
            'b' => format!("{magnitude:b}"),
            'o' => format!("{magnitude:o}"),
            'x' => format!("{magnitude:x}"),
            'X' => format!("{magnitude:X}"),
            _ => magnitude.to_string(),
        };
        if let Some(least) = self.precision {
            digits = format!("{digits:0>least$}");
        }
        let prefix = match (self.sharp, self.mode) {
            (true, 'b') => "0b",
            (true, 'o') => "0",
            (true, 'x') => "0x",
            (true, 'X') => "0X",
            _ => "",
        };
        let zeros = self.zero && self.precision.is_none();
        Ok(self.signed(int < 0, prefix, &digits, zeros))
    }

    fn float(self, number: Number) -> String {
        let negative = number < Number::from(0_i64);
        let magnitude = if negative { number.negated() } else { number };
        let digits = match self.mode {
            'f' => fixed(magnitude, self.precision.unwrap_or(6)),
            'e' | 'E' => scientific(magnitude, Some(self.precision.unwrap_or(6)), self.mode),
            mode => general(magnitude, self.precision, if mode == 'G' { 'E' } else { 'e' }),
        };
        self.signed(negative, "", &digits, self.zero)
    }

    fn signed(self, negative: bool, prefix: &str, digits: &str, zeros: bool) -> String {
        let sign = match (negative, self.plus, self.space) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        };
        let width = self.width.unwrap_or(0);
        if zeros {
            let width = width.saturating_sub(sign.len() + prefix.len());
            return format!("{sign}{prefix}{digits:0>width$}");
        }
        let whole = format!("{sign}{prefix}{digits}");
        if self.minus { format!("{whole:<width$}") } else { format!("{whole:>width$}") }
    }

    fn pad(self, text: &str) -> String {
        let missing = self.width.unwrap_or(0).saturating_sub(graphemes(text).count());
        let fill = if self.zero { "0" } else { " " }.repeat(missing);
        if self.minus { format!("{text}{fill}") } else { format!("{fill}{text}") }
    }
}

fn json(value: &Value) -> Result<String, String> {
    if !value.is_walkable() {
        return Err("this value has too many elements".into());
    }
    super::json::encode(value).map_err(|error| error.message)
}

/// Digits and exponent of a positive number, `0.d1d2d3… × 10^exponent`.
fn decimal(number: Number) -> (String, i32) {
    let shown = number.to_string();
    let (whole, fraction) = shown.split_once('.').unwrap_or((&shown, ""));
    let whole = whole.trim_start_matches(['-', '0']);
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    let leading = i32::try_from(all.len() - digits.len()).unwrap_or(i32::MAX);
    let exponent = i32::try_from(whole.len()).unwrap_or(i32::MAX).saturating_sub(leading);
    match digits.trim_end_matches('0') {
        "" => (String::new(), 1),
        digits => (digits.into(), exponent),
    }
}

/// Rounds digits to a count; to even where both neighbours are equally near.
fn round(digits: &str, exponent: i32, count: usize) -> (String, i32) {
    let (kept, cut) = digits.split_at_checked(count).unwrap_or((digits, ""));
    let last_is_odd = kept.bytes().last().is_some_and(|digit| digit % 2 == 1);
    let up = match cut.as_bytes() {
        [] => false,
        [b'5'] => last_is_odd,
        [first, ..] => *first >= b'5',
    };
    if !up {
        return (kept.into(), exponent);
    }
    let mut bytes = kept.as_bytes().to_vec();
    for byte in bytes.iter_mut().rev() {
        if *byte == b'9' {
            *byte = b'0';
        } else {
            *byte += 1;
            return (String::from_utf8(bytes).unwrap_or_default(), exponent);
        }
    }
    let zeros = String::from_utf8(bytes).unwrap_or_default();
    (format!("1{zeros}").chars().take(count.max(1)).collect(), exponent.saturating_add(1))
}

fn fixed(number: Number, places: usize) -> String {
    let (digits, exponent) = decimal(number);
    let keep = exponent.saturating_add(i32::try_from(places).unwrap_or(i32::MAX));
    let (digits, exponent) = match usize::try_from(keep) {
        Ok(keep) => round(&digits, exponent, keep),
        Err(_) => (String::new(), exponent),
    };
    let before = usize::try_from(exponent).unwrap_or(0);
    let zeros = usize::try_from(exponent.min(0).unsigned_abs()).unwrap_or(0);
    let whole: String = digits.chars().chain(std::iter::repeat('0')).take(before).collect();
    let fraction: String = std::iter::repeat_n('0', zeros)
        .chain(digits.chars().skip(before))
        .chain(std::iter::repeat('0'))
        .take(places)
        .collect();
    let whole = if whole.is_empty() { "0" } else { &whole };
    if places == 0 { whole.into() } else { format!("{whole}.{fraction}") }
}

/// With so many digits behind the point, or as many as there are.
fn scientific(number: Number, places: Option<usize>, mark: char) -> String {
    let (mut digits, mut exponent) = decimal(number);
    if let Some(places) = places {
        (digits, exponent) = round(&digits, exponent, places.saturating_add(1));
        let count = places.saturating_add(1);
        digits = format!("{digits:0<count$}");
    }
    with_exponent(&digits, exponent, mark)
}

/// The shorter way to print a number, as `%g` chooses it: with an exponent for what is very small, or has more digits before the
/// point than the precision, which is 6 without one.
fn general(number: Number, precision: Option<usize>, mark: char) -> String {
    let (sign, number) = match number < Number::from(0_i64) {
        true => ("-", number.negated()),
        false => ("", number),
    };
    let (digits, exponent) = decimal(number);
    let (digits, exponent) = match precision {
        Some(count) => round(&digits, exponent, count.max(1)),
        None => (digits, exponent),
    };
    let digits = digits.trim_end_matches('0');
    let before = usize::try_from(exponent).unwrap_or(0);
    let most = match precision {
        None => 6,
        Some(count) if count > digits.len() && digits.len() >= before => digits.len(),
        Some(count) => count.max(1),
    };
    let shown = exponent.saturating_sub(1);
    if shown < -4 || usize::try_from(shown).is_ok_and(|shown| shown >= most) {
        return format!("{sign}{}", with_exponent(digits, exponent, mark));
    }
    let whole: String = digits.chars().chain(std::iter::repeat('0')).take(before).collect();
    let whole = if whole.is_empty() { "0" } else { &whole };
    let zeros = "0".repeat(usize::try_from(exponent.min(0).unsigned_abs()).unwrap_or(0));
    match digits.get(before..) {
        None | Some("") => format!("{sign}{whole}"),
        Some(fraction) => format!("{sign}{whole}.{zeros}{fraction}"),
    }
}

fn with_exponent(digits: &str, exponent: i32, mark: char) -> String {
    let (first, rest) = digits.split_at_checked(1).unwrap_or(("0", ""));
    let point = if rest.is_empty() { "" } else { "." };
    let exponent = exponent.saturating_sub(1);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{rest}{mark}{sign}{:02}", exponent.unsigned_abs())
}
