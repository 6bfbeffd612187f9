//! Functions on IP address ranges.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::FunctionError;
use super::limits::check_elements;
use super::signature::{Args, Function, NUMBER, STRING};
use crate::{Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    // OpenTofu's.
    Function::new("cidrcontains", &[STRING, STRING], cidrcontains),
    Function::new("cidrhost", &[STRING, NUMBER], cidrhost),
    Function::new("cidrnetmask", &[STRING], cidrnetmask),
    Function::new("cidrsubnet", &[STRING, NUMBER, NUMBER], cidrsubnet),
    Function::variadic("cidrsubnets", &[STRING], NUMBER, cidrsubnets),
];

/// A range of addresses: the bits of the first one, right-aligned.
#[derive(Clone, Copy)]
struct Range {
    first: u128,
    prefix: u32,
    /// 32 or 128.
    width: u32,
}

impl Range {
    fn parse(args: Args<'_>) -> Result<Self, FunctionError> {
        Self::parse_text(args.text(0)?, 0)
    }

    fn parse_text(text: &str, at: usize) -> Result<Self, FunctionError> {
        let wrong = || {
            FunctionError::at(at, format!("{text:?} is no address range such as \"10.0.0.0/16\""))
        };
        let (address, prefix) = text.split_once('/').ok_or_else(wrong)?;
        if prefix.is_empty() || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let prefix: u32 = prefix.parse().map_err(|_| wrong())?;
        let (bits, width) = match parse_address(address).ok_or_else(wrong)? {
            IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32),
            IpAddr::V6(v6) => (u128::from(v6), 128),
        };
        if prefix > width {
            return Err(wrong());
        }
        let host = low_bits(width - prefix);
        Ok(Self { first: bits & !host, prefix, width })
    }

    /// Whether it is a range of IPv4 addresses written as IPv6: Terraform computes with these wrongly.
    fn is_mapped(self) -> bool {
        self.width == 128 && self.first >> 32 == 0xffff
    }

    fn address(self, bits: u128) -> IpAddr {
        match u32::try_from(bits) {
            Ok(v4) if self.width == 32 => Ipv4Addr::from(v4).into(),
            _ => Ipv6Addr::from(bits).into(),
        }
    }

    fn show(self) -> Value {
        Value::string(format!("{}/{}", self.address(self.first), self.prefix))
    }
}

/// Leading zeros of an octet are decimal here, as they have always been in Terraform.
fn parse_address(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok();
    }
    let octets: Vec<u8> = text
        .split('.')
        .map(|octet| {
            let digits = !octet.is_empty() && octet.bytes().all(|b| b.is_ascii_digit());
            if digits { octet.parse().ok() } else { None }
        })
        .collect::<Option<_>>()?;
    let octets: [u8; 4] = octets.try_into().ok()?;
    Some(Ipv4Addr::from(octets).into())
}

fn low_bits(count: u32) -> u128 {
    match count {
        0 => 0,
        count => u128::MAX.checked_shr(128 - count).unwrap_or(0),
    }
}

/// Whether an address, or all of a range, is in a range.
fn cidrcontains(args: Args<'_>) -> Result<Value, FunctionError> {
    let outer = Range::parse(args)?;
    let text = args.text(1)?;
    let inner = match parse_address(text) {
        Some(IpAddr::V4(v4)) => Range { first: u128::from(u32::from(v4)), prefix: 32, width: 32 },
        Some(IpAddr::V6(v6)) => Range { first: u128::from(v6), prefix: 128, width: 128 },
        None => Range::parse_text(text, 1)?,
    };
    if outer.width != inner.width {
        return Err(FunctionError::at(1, "both must be of the same version of IP"));
    }
    let host = low_bits(outer.width - outer.prefix);
    Ok(Value::Bool(inner.prefix >= outer.prefix && inner.first & !host == outer.first))
}

/// A negative number counts from the end.
fn cidrhost(args: Args<'_>) -> Result<Value, FunctionError> {
    let range = Range::parse(args)?;
    if range.is_mapped() {
        return Ok(Value::Unknown(Unknown::Function("cidrhost".into())));
    }
    let wanted = args
        .number(1)?
        .as_i128()
        .ok_or_else(|| FunctionError::at(1, "a whole number is required"))?;
    let last = low_bits(range.width - range.prefix);
    let back = wanted.unsigned_abs();
    let offset = match wanted < 0 {
        false => (back <= last).then_some(back),
        true => last.checked_sub(back.saturating_sub(1)),
    };
    match offset {
        Some(offset) => Ok(Value::string(range.address(range.first | offset).to_string())),
        None => {
            let message = format!("a range with the prefix /{} has no host {wanted}", range.prefix);
            Err(FunctionError::at(1, message))
        }
    }
}

fn cidrnetmask(args: Args<'_>) -> Result<Value, FunctionError> {
    let range = Range::parse(args)?;
    if range.width != 32 {
        return Err(FunctionError::at(0, "a range of IPv6 addresses has no netmask"));
    }
    let mask = !low_bits(32 - range.prefix) & low_bits(32);
    Ok(Value::string(range.address(mask).to_string()))
}

fn cidrsubnet(args: Args<'_>) -> Result<Value, FunctionError> {
    let range = Range::parse(args)?;
    if range.is_mapped() {
        return Ok(Value::Unknown(Unknown::Function("cidrsubnet".into())));
    }
    let (new_bits, number) = (args.integer(1)?, args.number(2)?.as_i128());
    let number = number.ok_or_else(|| FunctionError::at(2, "a whole number is required"))?;
    let free = range.width - range.prefix;
    if number < 0 || new_bits < 0 {
        // Terraform computes something, but no subnet of the range.
        return Ok(Value::Unknown(Unknown::Function("cidrsubnet".into())));
    }
    let Some(new_bits) = u32::try_from(new_bits).ok().filter(|bits| *bits <= free) else {
        let message = format!("a /{} can be extended by 0 to {free} bits", range.prefix);
        return Err(FunctionError::at(1, message));
    };
    let most = low_bits(new_bits);
    let Some(number) = u128::try_from(number).ok().filter(|number| *number <= most) else {
        let message = format!("{new_bits} further bits number the subnets 0 to {most}");
        return Err(FunctionError::at(2, message));
    };
    let shifted = number.checked_shl(free - new_bits).unwrap_or(0);
    let prefix = range.prefix + new_bits;
    Ok(Range { first: range.first | shifted, prefix, ..range }.show())
}

/// Subnets of these sizes one behind the other, each at the next place where its size fits.
fn cidrsubnets(args: Args<'_>) -> Result<Value, FunctionError> {
    let range = Range::parse(args)?;
    if range.is_mapped() {
        return Ok(Value::Unknown(Unknown::Function("cidrsubnets".into())));
    }
    check_elements(args.all().len())?;
    let last = range.first | low_bits(range.width - range.prefix);
    let mut next = Some(range.first);
    let mut subnets = Vec::new();
    for at in 1..args.all().len() {
        let new_bits = args.integer(at)?;
        let free = range.width - range.prefix;
        let Some(new_bits) =
            u32::try_from(new_bits).ok().filter(|bits| (1..=free.min(32)).contains(bits))
        else {
            let message =
                format!("a /{} can be extended by 1 to {} bits", range.prefix, free.min(32));
            return Err(FunctionError::at(at, message));
        };
        let prefix = range.prefix + new_bits;
        let size = low_bits(range.width - prefix);
        let first = next.and_then(|next| next.checked_add(size)).map(|end| end & !size);
        let Some(first) = first.filter(|first| *first <= last) else {
            let message = format!("there is no space left for a /{prefix}");
            return Err(FunctionError::at(at, message));
        };
        subnets.push(Range { first, prefix, ..range }.show());
        next = (first | size).checked_add(1);
    }
    Ok(Value::list(subnets))
}
