//! Functions that convert, and those that only mark.

use super::FunctionError;
use super::signature::{ANY, Args, Function};
use crate::Value;
use crate::convert::convert;
use crate::types::Type;

pub(super) static FUNCTIONS: &[Function] = &[
    // Nothing that is evaluated is ephemeral: such values are in no plan.
    Function::new("ephemeralasnull", &[ANY.nullable().unknown()], |args| {
        Ok(args.value(0)?.clone())
    }),
    // Sensitivity is not tracked: what is hidden from a terminal is the same value.
    Function::new("nonsensitive", &[ANY.nullable().unknown()], |args| Ok(args.value(0)?.clone())),
    Function::new("sensitive", &[ANY.nullable().unknown()], |args| Ok(args.value(0)?.clone())),
    Function::new("tobool", &[ANY.nullable().unknown()], |args| to(args, &Type::Bool)),
    Function::new("tolist", &[ANY.nullable().unknown()], |args| to(args, &Type::list(Type::Any))),
    Function::new("tomap", &[ANY.nullable().unknown()], |args| to(args, &Type::map(Type::Any))),
    Function::new("tonumber", &[ANY.nullable().unknown()], |args| to(args, &Type::Number)),
    Function::new("toset", &[ANY.nullable().unknown()], |args| to(args, &Type::set(Type::Any))),
    Function::new("tostring", &[ANY.nullable().unknown()], |args| to(args, &Type::String)),
];

fn to(args: Args<'_>, ty: &Type) -> Result<Value, FunctionError> {
    convert(args.value(0)?, ty).map_err(|error| FunctionError::at(0, error.to_string()))
}

/// The text of a primitive value.
pub(super) fn text(value: &Value) -> String {
    crate::convert::text(value).unwrap_or_default().into()
}
