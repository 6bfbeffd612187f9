//! Checksums.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::FunctionError;
use super::signature::{Args, Function, STRING};
use crate::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("base64sha256", &[STRING], base64::<Sha256>),
    Function::new("base64sha512", &[STRING], base64::<Sha512>),
    Function::new("md5", &[STRING], hex::<Md5>),
    Function::new("sha1", &[STRING], hex::<Sha1>),
    Function::new("sha256", &[STRING], hex::<Sha256>),
    Function::new("sha512", &[STRING], hex::<Sha512>),
    Function::new("uuidv5", &[STRING, STRING], uuidv5),
];

fn hex<D: Digest>(args: Args<'_>) -> Result<Value, FunctionError> {
    let digest = D::digest(args.text(0)?);
    Ok(Value::string(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

fn base64<D: Digest>(args: Args<'_>) -> Result<Value, FunctionError> {
    Ok(Value::string(STANDARD.encode(D::digest(args.text(0)?))))
}

/// The namespaces that have names, by the last digit of their first group: the rest is the same for all.
fn namespace(name: &str) -> Option<u128> {
    const DNS: u128 = 0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8;
    let offset = match name {
        "dns" => 0,
        "url" => 1,
        "oid" => 2,
        "x500" => 4,
        written => {
            let digits = written.replace('-', "");
            let right = written.len() == 36 && digits.len() == 32;
            return right.then(|| u128::from_str_radix(&digits, 16).ok()).flatten();
        }
    };
    Some(DNS + (offset << 96))
}

fn uuidv5(args: Args<'_>) -> Result<Value, FunctionError> {
    let Some(namespace) = namespace(args.text(0)?) else {
        return Err(FunctionError::at(0, "a UUID, or `dns`, `url`, `oid` or `x500`, is required"));
    };
    let digest =
        Sha1::new().chain_update(namespace.to_be_bytes()).chain_update(args.text(1)?).finalize();
    let mut bits: u128 =
        digest.iter().take(16).fold(0, |bits, byte| (bits << 8) | u128::from(*byte));
    bits = (bits & !(0xF << 76)) | (5 << 76);
    bits = (bits & !(0x3 << 62)) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let mut out = String::new();
    for (at, c) in hex.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(c);
    }
    Ok(Value::string(out))
}
