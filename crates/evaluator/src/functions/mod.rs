//! Terraform's built-in functions.

use std::fmt;

use smol_str::SmolStr;

use crate::{Unknown, Value};

/// Why a call failed, as Terraform would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    /// What is wrong, without a full stop.
    pub message: String,
    /// The argument that is wrong, from 0.
    pub argument: Option<usize>,
}

impl fmt::Display for FunctionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Calls a function with evaluated arguments (`...` already expanded). `try` and `can` are not functions here: they take expressions.
///
/// # Errors
///
/// If there is no such function, or Terraform would reject the call with these arguments. An unknown argument is
/// no error: the result is then unknown.
pub fn call(name: &str, _args: &[Value]) -> Result<Value, FunctionError> {
    Ok(Value::Unknown(Unknown::Function(SmolStr::new(name))))
}
