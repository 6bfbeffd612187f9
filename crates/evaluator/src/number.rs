//! Terraform's one number type.

use std::cmp::Ordering;
use std::fmt;

/// A number: exact as an integer or a fraction of integers of up to 128 bits, otherwise a binary float of 64 bits.
///
/// Terraform computes with 512 bits, in which a decimal fraction such as 0.1 is as good as exact. The representation is
/// private so that it can change; account ids, ports, sizes, addresses and prices are exact in this one.
#[derive(Debug, Clone, Copy)]
pub struct Number(Repr);

#[derive(Debug, Clone, Copy)]
enum Repr {
    Int(i128),
    /// Reduced, with a positive denominator that is not 1.
    Ratio(i128, i128),
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
        let float: f64 = text.parse().ok()?;
        exact_decimal(text).or_else(|| Self::from_f64(float))
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

    /// An integer.
    #[must_use]
    pub fn from_i128(int: i128) -> Self {
        Self(Repr::Int(int))
    }

    /// The value as a float, rounded if need be.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self.0 {
            #[expect(clippy::cast_precision_loss, reason = "rounding is what the caller asked for")]
            Repr::Int(int) => int as f64,
            #[expect(clippy::cast_precision_loss, reason = "rounding is what the caller asked for")]
            Repr::Ratio(numerator, denominator) => numerator as f64 / denominator as f64,
            Repr::Float(float) => float,
        }
    }

    /// The value if it is whole and fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.as_i128().and_then(|int| i64::try_from(int).ok())
    }

    /// The value if it is whole and fits.
    #[must_use]
    pub fn as_i128(self) -> Option<i128> {
        match self.0 {
            Repr::Int(int) => Some(int),
            Repr::Ratio(..) | Repr::Float(_) => None,
        }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(self) -> bool {
        match self.0 {
            Repr::Int(_) => true,
            Repr::Ratio(..) => false,
            Repr::Float(float) => float.fract() == 0.0,
        }
    }

    /// `self + other`; `None` if it is out of range.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.combine(other, add, |a, b| a + b)
    }

    /// `self - other`; `None` if it is out of range.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.combine(other, |(a, b), (c, d)| add((a, b), (c.checked_neg()?, d)), |a, b| a - b)
    }

    /// `self * other`; `None` if it is out of range.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.combine(other, multiply, |a, b| a * b)
    }

    /// `self / other`; `None` for a division by zero.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.combine(other, |a, (c, d)| multiply(a, (d, c)), |a, b| a / b)
    }

    /// The remainder with the sign of `self`; `None` for a division by zero.
    #[must_use]
    pub fn checked_rem(self, other: Self) -> Option<Self> {
        let exact = |(a, b): Fraction, (c, d): Fraction| {
            let (left, right) = (a.checked_mul(d)?, c.checked_mul(b)?);
            Some((left.checked_rem(right)?, b.checked_mul(d)?))
        };
        self.combine(other, exact, |a, b| a % b)
    }

    /// `-self`.
    #[must_use]
    pub fn negated(self) -> Self {
        match self.0 {
            Repr::Int(int) => {
                int.checked_neg().map_or(Self(Repr::Float(-self.as_f64())), |n| Self(Repr::Int(n)))
            }
            Repr::Ratio(numerator, denominator) => match numerator.checked_neg() {
                Some(numerator) => Self(Repr::Ratio(numerator, denominator)),
                None => Self(Repr::Float(-self.as_f64())),
            },
            Repr::Float(float) => Self(Repr::Float(-float)),
        }
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub fn floor(self) -> Self {
        match self.0 {
            Repr::Int(_) => self,
            Repr::Ratio(numerator, denominator) => {
                Self(Repr::Int(numerator.div_euclid(denominator)))
            }
            Repr::Float(float) => Self::from_f64(float.floor()).unwrap_or(self),
        }
    }

    /// The least whole number that is not less.
    #[must_use]
    pub fn ceil(self) -> Self {
        self.negated().floor().negated()
    }

    fn combine(
        self,
        other: Self,
        exact: fn(Fraction, Fraction) -> Option<Fraction>,
        rounded: fn(f64, f64) -> f64,
    ) -> Option<Self> {
        if let (Some(a), Some(b)) = (self.fraction(), other.fraction())
            && let Some(result) = exact(a, b).and_then(reduced)
        {
            return Some(result);
        }
        Self::from_f64(rounded(self.as_f64(), other.as_f64()))
    }

    fn fraction(self) -> Option<Fraction> {
        match self.0 {
            Repr::Int(int) => Some((int, 1)),
            Repr::Ratio(numerator, denominator) => Some((numerator, denominator)),
            Repr::Float(_) => None,
        }
    }
}

/// A numerator and a denominator.
type Fraction = (i128, i128);

fn add((a, b): Fraction, (c, d): Fraction) -> Option<Fraction> {
    Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?))
}

fn multiply((a, b): Fraction, (c, d): Fraction) -> Option<Fraction> {
    // Reducing crosswise first keeps products small.
    let (left, right) = (gcd(a, d).max(1), gcd(c, b).max(1));
    Some(((a / left).checked_mul(c / right)?, (b / right).checked_mul(d / left)?))
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1)
}

/// The number that a fraction is; `None` for a zero denominator and what does not fit.
fn reduced((numerator, denominator): Fraction) -> Option<Number> {
    let divisor = gcd(numerator, denominator);
    if denominator == 0 || divisor == 0 {
        return (denominator != 0).then_some(Number(Repr::Int(0)));
    }
    let (mut numerator, mut denominator) = (numerator / divisor, denominator / divisor);
    if denominator < 0 {
        (numerator, denominator) = (numerator.checked_neg()?, denominator.checked_neg()?);
    }
    Some(Number(match denominator {
        1 => Repr::Int(numerator),
        _ => Repr::Ratio(numerator, denominator),
    }))
}

/// A decimal number that `f64` can read, as an exact fraction if it fits.
fn exact_decimal(text: &str) -> Option<Number> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let scale = 10_i128.checked_pow(exponent.unsigned_abs())?;
    if exponent < 0 { reduced((digits, scale)) } else { reduced((digits.checked_mul(scale)?, 1)) }
}

/// The decimal digits of a fraction if they end and fit: the digits as an integer, and how many are behind the point.
fn ending_decimal(numerator: i128, denominator: i128) -> Option<(i128, usize)> {
    let (mut rest, mut twos, mut fives) = (denominator, 0_u32, 0_u32);
    while rest % 2 == 0 && rest > 0 {
        rest /= 2;
        twos += 1;
    }
    while rest % 5 == 0 && rest > 0 {
        rest /= 5;
        fives += 1;
    }
    if rest != 1 {
        return None;
    }
    let places = twos.max(fives);
    let factor =
        2_i128.checked_pow(places - twos)?.checked_mul(5_i128.checked_pow(places - fives)?)?;
    Some((numerator.checked_mul(factor)?, usize::try_from(places).ok()?))
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
        if let (Some((a, b)), Some((c, d))) = (self.fraction(), other.fraction()) {
            if (a, b) == (c, d) {
                return Ordering::Equal;
            }
            if let (Some(left), Some(right)) = (a.checked_mul(d), c.checked_mul(b)) {
                return left.cmp(&right);
            }
        }
        // Never not-a-number, and zero is always an integer, so the total order is the numeric one.
        self.as_f64().total_cmp(&other.as_f64())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Int(int) => write!(f, "{int}"),
            Repr::Ratio(numerator, denominator) => match ending_decimal(numerator, denominator) {
                Some((digits, places)) => {
                    let sign = if digits < 0 { "-" } else { "" };
                    let digits = format!("{:0>1$}", digits.unsigned_abs(), places + 1);
                    let (whole, fraction) = digits.split_at(digits.len() - places);
                    write!(f, "{sign}{whole}.{fraction}")
                }
                None => write!(f, "{}", self.as_f64()),
            },
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
        check("1e-10", "0.0000000001");
        check("-0.05", "-0.05");
        check("0.0", "0");
        check("123456789012345678901", "123456789012345678901");
        assert!(Number::parse("inf").is_none());
        assert!(Number::parse("0x10").is_none());
        assert!(Number::parse("1e999999999999").is_none());
        assert!(Number::parse("-").is_none());
    }

    #[test]
    fn arithmetic_stays_exact_where_it_can_and_refuses_division_by_zero() {
        let n = |text| Number::parse(text).unwrap();
        assert_eq!(n("10").checked_div(n("4")).unwrap().to_string(), "2.5");
        assert_eq!(n("10").checked_div(n("5")).unwrap().as_i64(), Some(2));
        assert!(n("1").checked_div(n("0")).is_none());
        assert!(n("0").checked_div(n("0")).is_none());
        assert!(n("1").checked_rem(n("0")).is_none());
        assert_eq!(n("-7").checked_rem(n("3")).unwrap().to_string(), "-1");
        assert_eq!(n("0.5").checked_add(n("0.5")).unwrap().as_i64(), Some(1));
        assert_eq!(n("0.1").checked_add(n("0.2")).unwrap(), n("0.3"));
        assert_eq!(n("7").checked_div(n("3")).unwrap().checked_mul(n("3")).unwrap(), n("7"));
        assert_eq!(n("5.5").checked_rem(n("2")).unwrap().to_string(), "1.5");
    }

    #[test]
    fn rounding_goes_down_and_up() {
        let n = |text| Number::parse(text).unwrap();
        assert_eq!(n("-0.5").floor(), n("-1"));
        assert_eq!(n("-0.5").ceil(), n("0"));
        assert_eq!(n("2.1").ceil(), n("3"));
        assert_eq!(n("2").floor(), n("2"));
    }

    #[test]
    fn too_large_for_128_bits_is_a_float() {
        let large = Number::parse("1e100").unwrap();
        assert!(large.is_integer());
        assert_eq!(large.as_i128(), None);
        assert_eq!(large.to_string(), format!("1{}", "0".repeat(100)));
        assert!(large > Number::parse("1e38").unwrap());
        assert_eq!(Number::from_i128(i128::MIN).negated().to_string().len(), 39);
    }
}
