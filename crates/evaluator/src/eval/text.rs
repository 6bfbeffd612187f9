//! Values as text.

use smol_str::{SmolStr, ToSmolStr};

use crate::Value;

/// A known string, number or bool as a string, as Terraform converts it.
pub(super) fn as_text(value: &Value) -> Option<SmolStr> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_smolstr()),
        Value::Bool(bool) => Some(bool.to_smolstr()),
        _ => None,
    }
}
