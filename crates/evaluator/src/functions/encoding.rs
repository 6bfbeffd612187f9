//! Functions that write text in another way: Base64, URLs, CSV.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::MultiGzDecoder;

use super::FunctionError;
use super::limits::{MOST_BYTES, check_bytes, check_elements};
use super::signature::{Args, Function, STRING};
use crate::{Unknown, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("base64decode", &[STRING], |args| {
        match String::from_utf8(decode(args.text(0)?)?) {
            Ok(text) => Ok(Value::string(text)),
            Err(_) => Err(FunctionError::at(0, "the decoded bytes are no UTF-8")),
        }
    }),
    // OpenTofu's.
    Function::new("base64gunzip", &[STRING], |args| {
        let bytes = decode(args.text(0)?)?;
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        let mut text = Vec::new();
        MultiGzDecoder::new(bytes.as_slice())
            .take(most)
            .read_to_end(&mut text)
            .map_err(|error| FunctionError::at(0, format!("this is not compressed: {error}")))?;
        check_bytes(text.len())?;
        match String::from_utf8(text) {
            Ok(text) => Ok(Value::string(text)),
            Err(_) => Err(FunctionError::at(0, "the decompressed bytes are no UTF-8")),
        }
    }),
    Function::new("base64encode", &[STRING], |args| {
        check_bytes(args.text(0)?.len())?;
        Ok(Value::string(STANDARD.encode(args.text(0)?)))
    }),
    Function::new("csvdecode", &[STRING], csvdecode),
    Function::new("textdecodebase64", &[STRING, STRING], |args| {
        let bytes = decode(args.text(0)?)?;
        let text = match Encoding::named(args.text(1)?) {
            Some(Encoding::Utf8) => String::from_utf8(bytes).ok(),
            Some(Encoding::Utf16(_)) if bytes.len() % 2 == 1 => None,
            Some(Encoding::Utf16(order)) => {
                let units: Vec<u16> = bytes
                    .chunks(2)
                    .map(|unit| match unit {
                        [a, b] if order == Order::Little => u16::from_le_bytes([*a, *b]),
                        [a, b] => u16::from_be_bytes([*a, *b]),
                        _ => 0xFFFD,
                    })
                    .collect();
                String::from_utf16(&units).ok()
            }
            None => return Ok(not_evaluated("textdecodebase64")),
        };
        text.map(Value::string)
            .ok_or_else(|| FunctionError::at(0, "the decoded bytes are no text in this encoding"))
    }),
    Function::new("textencodebase64", &[STRING, STRING], |args| {
        let text = args.text(0)?;
        check_bytes(text.len())?;
        let bytes = match Encoding::named(args.text(1)?) {
            Some(Encoding::Utf8) => text.as_bytes().to_vec(),
            Some(Encoding::Utf16(Order::Little)) => {
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            }
            Some(Encoding::Utf16(Order::Big)) => {
                text.encode_utf16().flat_map(u16::to_be_bytes).collect()
            }
            None => return Ok(not_evaluated("textencodebase64")),
        };
        Ok(Value::string(STANDARD.encode(bytes)))
    }),
    // OpenTofu's.
    Function::new("urldecode", &[STRING], urldecode),
    Function::new("urlencode", &[STRING], urlencode),
];

/// The encodings that are used with Terraform: of the many that it knows, the others give an unknown value.
enum Encoding {
    Utf8,
    Utf16(Order),
}

#[derive(PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

impl Encoding {
    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "UTF-8" => Some(Self::Utf8),
            "UTF-16LE" => Some(Self::Utf16(Order::Little)),
            "UTF-16BE" => Some(Self::Utf16(Order::Big)),
            _ => None,
        }
    }
}

fn not_evaluated(function: &str) -> Value {
    Value::Unknown(Unknown::Function(function.into()))
}

fn decode(text: &str) -> Result<Vec<u8>, FunctionError> {
    // Line breaks are skipped, as MIME writes them.
    let text: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    STANDARD.decode(text).map_err(|_| FunctionError::at(0, "this is no Base64"))
}

fn urlencode(args: Args<'_>) -> Result<Value, FunctionError> {
    let text = args.text(0)?;
    check_bytes(text.len().saturating_mul(3))?;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(Value::string(out))
}

fn urldecode(args: Args<'_>) -> Result<Value, FunctionError> {
    let wrong = || FunctionError::at(0, "a `%` must be followed by two hexadecimal digits");
    let mut out = Vec::new();
    let mut bytes = args.text(0)?.bytes();
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let high = digit(bytes.next()).ok_or_else(wrong)?;
                let low = digit(bytes.next()).ok_or_else(wrong)?;
                out.push(u8::try_from(high * 16 + low).map_err(|_| wrong())?);
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8(out)
        .map(Value::string)
        .map_err(|_| FunctionError::at(0, "the decoded bytes are no UTF-8"))
}

/// The first line names the columns; each further line is an object.
fn csvdecode(args: Args<'_>) -> Result<Value, FunctionError> {
    let mut reader = csv::Reader::from_reader(args.text(0)?.as_bytes());
    let wrong = |error: csv::Error| FunctionError::at(0, format!("this is no CSV: {error}"));
    let names = reader.headers().map_err(wrong)?.clone();
    for (at, name) in names.iter().enumerate() {
        if names.iter().take(at).any(|other| other == name) {
            return Err(FunctionError::at(0, format!("two columns are named {name:?}")));
        }
    }
    if names.is_empty() {
        return Err(FunctionError::at(0, "the line that names the columns is missing"));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let cells =
            names.iter().zip(&record).map(|(name, cell)| (name.into(), Value::string(cell)));
        rows.push(Value::object(cells.collect()));
        check_elements(rows.len().saturating_mul(names.len()))?;
    }
    Ok(Value::list(rows))
}
