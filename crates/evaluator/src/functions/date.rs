//! Functions on dates. What the time is now is not known here.

use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::FunctionError;
use super::limits::check_bytes;
use super::signature::{Args, Function, STRING};
use crate::{Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("formatdate", &[STRING, STRING], |args| {
        let time = timestamp(args, 1)?;
        format(args.text(0)?, time).map(Value::string)
    }),
    Function::new("timeadd", &[STRING, STRING], |args| {
        let time = timestamp(args, 0)?;
        let Some(nanoseconds) = duration(args.text(1)?) else {
            let message = format!("{:?} is no duration such as \"1h30m\"", args.text(1)?);
            return Err(FunctionError::at(1, message));
        };
        // Terraform also writes years of five digits.
        let Some(sum) = time.checked_add(Duration::nanoseconds(nanoseconds)) else {
            return Ok(Value::Unknown(Unknown::Function("timeadd".into())));
        };
        format("YYYY-MM-DD'T'hh:mm:ssZ", sum).map(Value::string)
    }),
    Function::new("timecmp", &[STRING, STRING], |args| {
        Ok(Value::number(timestamp(args, 0)?.cmp(&timestamp(args, 1)?) as i64))
    }),
];

fn timestamp(args: Args<'_>, at: usize) -> Result<OffsetDateTime, FunctionError> {
    let text = args.text(at)?;
    parse(text).ok_or_else(|| {
        let message = format!("{text:?} is no time such as \"2006-01-02T15:04:05Z\"");
        FunctionError::at(at, message)
    })
}

/// Reads RFC 3339, with capital letters.
pub(super) fn parse(text: &str) -> Option<OffsetDateTime> {
    let (date, rest) = text.split_once('T')?;
    let at = rest.find(['Z', '+', '-'])?;
    let (clock, zone) = rest.split_at_checked(at)?;
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(a, b)| (a, Some(b)));
    let [hour, minute, second] = fields(clock, ':', [2, 2, 2])?;
    let nanosecond = match fraction {
        None => 0,
        Some(digits) if digits.is_empty() || !is_digits(digits) => return None,
        Some(digits) => {
            digits.chars().chain("000000000".chars()).take(9).collect::<String>().parse().ok()?
        }
    };
    let offset = match zone.strip_prefix(['+', '-']) {
        None if zone == "Z" => UtcOffset::UTC,
        None => return None,
        Some(written) => {
            let [hours, minutes] = fields(written, ':', [2, 2])?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            let seconds = if zone.starts_with('-') { -seconds } else { seconds };
            UtcOffset::from_whole_seconds(seconds).ok()?
        }
    };
    let small = |number: u32| u8::try_from(number).ok();
    let month = Month::try_from(small(month)?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, small(day)?).ok()?;
    let clock =
        Time::from_hms_nano(small(hour)?, small(minute)?, small(second)?, nanosecond).ok()?;
    Some(PrimitiveDateTime::new(date, clock).assume_offset(offset))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Numbers of so many digits each, with a separator between them.
fn fields<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(separator);
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next().filter(|part| part.len() == width && is_digits(part))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// The nanoseconds of a duration as Go writes it: `-1.5h`, `1h30m`.
fn duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (if text.starts_with('-') { -1 } else { 1 }, rest),
        None => (1, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i128 = 0;
    while !rest.is_empty() || text.is_empty() {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = rest.strip_suffix(after)?;
        let next = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, remaining) = after.split_at_checked(next)?;
        rest = remaining;
        let unit: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || !is_digits(fraction) {
            return None;
        }
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        // More digits than these are less than a nanosecond of an hour.
        let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(16).collect();
        let part = fraction.parse::<i128>().ok()?.checked_mul(unit)? / 10_i128.pow(16);
        total = total.checked_add(whole.checked_mul(unit)?)?.checked_add(part)?;
    }
    i64::try_from(sign * total).ok()
}

/// A date in the form that a pattern of letters describes.
fn format(pattern: &str, time: OffsetDateTime) -> Result<String, FunctionError> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        check_bytes(out.len())?;
        if c == '\'' {
            rest = quoted(rest, &mut out)?;
            continue;
        }
        if !c.is_ascii_alphabetic() {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        let after = rest.trim_start_matches(c);
        let verb = rest.strip_suffix(after).unwrap_or_default();
        match field(verb, time) {
            Some(text) => out.push_str(&text),
            None => {
                let message = format!("`{verb}` stands for no part of a date");
                return Err(FunctionError::at(0, message));
            }
        }
        rest = after;
    }
    Ok(out)
}

/// Text between quotes stands for itself; two quotes are one.
fn quoted<'p>(pattern: &'p str, out: &mut String) -> Result<&'p str, FunctionError> {
    if let Some(rest) = pattern.strip_prefix("''") {
        out.push('\'');
        return Ok(rest);
    }
    let mut rest = pattern.strip_prefix('\'').unwrap_or(pattern);
    loop {
        let Some((text, after)) = rest.split_once('\'') else {
            return Err(FunctionError::at(0, "a quote is not closed"));
        };
        out.push_str(text);
        match after.strip_prefix('\'') {
            Some(further) => {
                out.push('\'');
                rest = further;
            }
            None => return Ok(after),
        }
    }
}

fn field(verb: &str, time: OffsetDateTime) -> Option<String> {
    let twelve = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let month = u8::from(time.month());
    let offset = |colon: &str| {
        let (hours, minutes, _) = time.offset().as_hms();
        let sign = if time.offset().is_negative() { '-' } else { '+' };
        format!("{sign}{:02}{colon}{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
    };
    Some(match verb {
        "YYYY" => format!("{:04}", time.year()),
        "YY" => format!("{:02}", time.year().rem_euclid(100)),
        "MMMM" => time.month().to_string(),
        "MMM" => time.month().to_string().chars().take(3).collect(),
        "MM" => format!("{month:02}"),
        "M" => month.to_string(),
        "DD" => format!("{:02}", time.day()),
        "D" => time.day().to_string(),
        "EEEE" => time.weekday().to_string(),
        "EEE" => time.weekday().to_string().chars().take(3).collect(),
        "hh" => format!("{:02}", time.hour()),
        "h" => time.hour().to_string(),
        "HH" => format!("{twelve:02}"),
        "H" => twelve.to_string(),
        "AA" => half.to_ascii_uppercase(),
        "aa" => half.into(),
        "mm" => format!("{:02}", time.minute()),
        "m" => time.minute().to_string(),
        "ss" => format!("{:02}", time.second()),
        "s" => time.second().to_string(),
        "Z" if time.offset().is_utc() => "Z".into(),
        "ZZZ" if time.offset().is_utc() => "UTC".into(),
        "ZZZ" | "ZZZZ" => offset(""),
        "Z" | "ZZZZZ" => offset(":"),
        _ => return None,
    })
}
