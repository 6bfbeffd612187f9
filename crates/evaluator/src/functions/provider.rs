//! Functions of providers that only rewrite their arguments.

use std::collections::BTreeMap;

use super::FunctionError;
use super::signature::{Args, Function, STRING};
use crate::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("provider::aws::arn_build", &[STRING, STRING, STRING, STRING, STRING], |args| {
        let parts: Result<Vec<&str>, _> = (0..5).map(|at| args.text(at)).collect();
        Ok(Value::string(format!("arn:{}", parts?.join(":"))))
    }),
    Function::new("provider::aws::arn_parse", &[STRING], |args| {
        let names = ["partition", "service", "region", "account_id", "resource"];
        let parts = names.into_iter().zip(arn(args)?);
        let attributes: BTreeMap<_, _> =
            parts.map(|(name, part)| (name.into(), Value::string(part))).collect();
        Ok(Value::object(attributes))
    }),
    Function::new("provider::aws::trim_iam_role_path", &[STRING], |args| {
        let [partition, service, region, account, resource] = arn(args)?;
        if service != "iam" {
            return Err(FunctionError::at(0, "the service must be `iam`"));
        }
        if !region.is_empty() {
            return Err(FunctionError::at(0, "the region must be empty"));
        }
        let Some(role) = resource.strip_prefix("role/") else {
            return Err(FunctionError::at(0, "the resource must be a role"));
        };
        let name = role.rsplit('/').next().unwrap_or_default();
        Ok(Value::string(format!("arn:{partition}:iam::{account}:role/{name}")))
    }),
];

/// The parts of an ARN behind its first one.
fn arn(args: Args<'_>) -> Result<[&str; 5], FunctionError> {
    let text = args.text(0)?;
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", partition, service, region, account, resource] => {
            Ok([partition, service, region, account, resource])
        }
        _ => Err(FunctionError::at(0, format!("{text:?} is no ARN"))),
    }
}
