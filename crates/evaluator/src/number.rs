//! Terraform's one number type.

use std::cmp::Ordering;
use std::fmt;

/// A number: exact as an integer of up to 128 bits, otherwise a binary float of 64 bits.
///
/// Terraform computes with 512 bits. The representation is private so that it can grow; account ids,
/// ports, sizes and addresses are exact in this one.
#[derive(Debug, Clone, Copy)]
pub struct Number(Repr);

#[derive(Debug, Clone, Copy)]
enum Repr {
    Int(i128),
    Float(f64),
}

impl Number {
    /// Reads a number as HCL and JSON write it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(int) = text.parse::<i128>() {
            return Some(Self(Repr::Int(int)));
        }
        // `f64` also reads `inf`, `nan` and `infinity`, which are not numbers here.
        if !text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
        {
            return None;
        }
        Self::from_f64(text.parse().ok()?)
    }

    /// A finite float; `None` for infinities and not-a-number.
    #[must_use]
    pub fn from_f64(float: f64) -> Option<Self> {
        if !float.is_finite() {
            return None;
        }
        // Up to 2^53 every whole float is the integer it looks like.
        if float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 53 bits")]
            return Some(Self(Repr::Int(float as i128)));
        }
        Some(Self(Repr::Float(float)))
    }

    /// The value as a float, rounded if need be.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self.0 {
            #[expect(clippy::cast_precision_loss, reason = "rounding is what the caller asked for")]
            Repr::Int(int) => int as f64,
            Repr::Float(float) => float,
        }
    }

    /// The value if it is whole and fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self.0 {
            Repr::Int(int) => i64::try_from(int).ok(),
            Repr::Float(_) => None,
        }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(self) -> bool {
        match self.0 {
            Repr::Int(_) => true,
            Repr::Float(float) => float.fract() == 0.0,
        }
    }

    fn combine(
        self,
        other: Self,
        exact: fn(i128, i128) -> Option<i128>,
        rounded: fn(f64, f64) -> f64,
    ) -> Option<Self> {
        if let (Repr::Int(a), Repr::Int(b)) = (self.0, other.0)
            && let Some(result) = exact(a, b)
        {
            return Some(Self(Repr::Int(result)));
        }
        Self::from_f64(rounded(self.as_f64(), other.as_f64()))
    }

    /// `self + other`; `None` if it is out of range.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.combine(other, i128::checked_add, |a, b| a + b)
    }

    /// `self - other`; `None` if it is out of range.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.combine(other, i128::checked_sub, |a, b| a - b)
    }

    /// `self * other`; `None` if it is out of range.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.combine(other, i128::checked_mul, |a, b| a * b)
    }

    /// `self / other`; `None` for a division by zero.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let exact = |a: i128, b: i128| {
            a.checked_rem(b).filter(|rest| *rest == 0).and_then(|_| a.checked_div(b))
        };
        self.combine(other, exact, |a, b| a / b)
    }

    /// The remainder with the sign of `self`; `None` for a division by zero.
    #[must_use]
    pub fn checked_rem(self, other: Self) -> Option<Self> {
        self.combine(other, i128::checked_rem, |a, b| a % b)
    }

    /// `-self`.
    #[must_use]
    pub fn negated(self) -> Self {
        match self.0 {
            Repr::Int(int) => {
                int.checked_neg().map_or(Self(Repr::Float(-self.as_f64())), |n| Self(Repr::Int(n)))
            }
            Repr::Float(float) => Self(Repr::Float(-float)),
        }
    }
}

impl From<i64> for Number {
    fn from(int: i64) -> Self {
        Self(Repr::Int(int.into()))
    }
}

impl From<usize> for Number {
    fn from(int: usize) -> Self {
        Self(Repr::Int(i128::try_from(int).unwrap_or(i128::MAX)))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0, other.0) {
            (Repr::Int(a), Repr::Int(b)) => a.cmp(&b),
            // Never not-a-number, and zero is always an integer, so the total order is the numeric one.
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Int(int) => write!(f, "{int}"),
            Repr::Float(float) => write!(f, "{float}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(Number::parse(text).map(|n| n.to_string()).as_deref(), Some(shown));
    }

    #[test]
    fn numbers_print_as_terraform_prints_them() {
        check("443", "443");
        check("1.50", "1.5");
        check("1e3", "1000");
        check("123456789012345678901", "123456789012345678901");
        assert!(Number::parse("inf").is_none());
        assert!(Number::parse("0x10").is_none());
    }

    #[test]
    fn arithmetic_stays_exact_where_it_can_and_refuses_division_by_zero() {
        let n = |text| Number::parse(text).unwrap();
        assert_eq!(n("10").checked_div(n("4")).unwrap().to_string(), "2.5");
        assert_eq!(n("10").checked_div(n("5")).unwrap().as_i64(), Some(2));
        assert!(n("1").checked_div(n("0")).is_none());
        assert!(n("1").checked_rem(n("0")).is_none());
        assert_eq!(n("-7").checked_rem(n("3")).unwrap().to_string(), "-1");
        assert_eq!(n("0.5").checked_add(n("0.5")).unwrap().as_i64(), Some(1));
    }
}
