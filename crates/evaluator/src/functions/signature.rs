//! What all functions have in common: how a call's arguments become what the function's code expects.

use super::FunctionError;
use super::limits::{MOST_COMBINATIONS, check_bytes};
use crate::convert::convert;
use crate::files::Files;
use crate::types::Type;
use crate::{Number, Unknown, Value};

/// A function: its name, its parameters and its code.
pub(super) struct Function {
    pub(super) name: &'static str,
    params: &'static [Param],
    /// The parameter that takes all further arguments.
    rest: Option<Param>,
    run: Run,
}

/// The code of a function. It sees as many arguments as it has parameters or more, each converted.
pub(super) type Run = fn(Args<'_>) -> Result<Value, FunctionError>;

/// A parameter.
#[derive(Clone, Copy)]
pub(super) struct Param {
    kind: Kind,
    nullable: bool,
    needs: Needs,
}

/// The type that an argument is converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Any,
    Number,
    String,
    Bools,
    Strings,
    List,
    Set,
    StringLists,
}

/// How much of an argument has to be known. If it is not, the result is unknown and the code does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// All of it, at any depth.
    All,
    /// That it is there; its elements may be unknown.
    Itself,
    /// Nothing: the code copes with what is unknown.
    Nothing,
}

/// `any`.
pub(super) const ANY: Param = Param::new(Kind::Any);
/// `list(bool)`.
pub(super) const BOOLS: Param = Param::new(Kind::Bools);
/// `number`.
pub(super) const NUMBER: Param = Param::new(Kind::Number);
/// `string`.
pub(super) const STRING: Param = Param::new(Kind::String);
/// `list(string)`.
pub(super) const STRINGS: Param = Param::new(Kind::Strings);
/// `list(any)`.
pub(super) const LIST: Param = Param::new(Kind::List);
/// `set(any)`.
pub(super) const SET: Param = Param::new(Kind::Set);
/// `map(list(string))`.
pub(super) const STRING_LISTS: Param = Param::new(Kind::StringLists);

impl Param {
    const fn new(kind: Kind) -> Self {
        Self { kind, nullable: false, needs: Needs::All }
    }

    /// `null` is an argument like any other.
    pub(super) const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// Elements of the argument may be unknown.
    pub(super) const fn with_unknown_elements(self) -> Self {
        Self { needs: Needs::Itself, ..self }
    }

    /// The argument may be unknown.
    pub(super) const fn unknown(self) -> Self {
        Self { needs: Needs::Nothing, ..self }
    }

    fn ty(self) -> Type {
        match self.kind {
            Kind::Any => Type::Any,
            Kind::Number => Type::Number,
            Kind::String => Type::String,
            Kind::Bools => Type::list(Type::Bool),
            Kind::Strings => Type::list(Type::String),
            Kind::List => Type::list(Type::Any),
            Kind::Set => Type::set(Type::Any),
            Kind::StringLists => Type::map(Type::list(Type::String)),
        }
    }

    fn is_met_by(self, value: &Value) -> bool {
        match self.needs {
            Needs::All => value.is_wholly_known(),
            Needs::Itself => value.is_known(),
            Needs::Nothing => true,
        }
    }
}

impl Function {
    /// A function with these parameters.
    pub(super) const fn new(name: &'static str, params: &'static [Param], run: Run) -> Self {
        Self { name, params, rest: None, run }
    }

    /// A function that also takes any number of further arguments.
    pub(super) const fn variadic(
        name: &'static str,
        params: &'static [Param],
        rest: Param,
        run: Run,
    ) -> Self {
        Self { name, params, rest: Some(rest), run }
    }

    pub(super) fn call(&self, args: &[Value], files: &Files<'_>) -> Result<Value, FunctionError> {
        self.check_arity(args.len())?;
        match self.alternatives(args) {
            Some(at) => self.call_each(args, at, files),
            None => self.call_one(args, files),
        }
    }

    fn check_arity(&self, given: usize) -> Result<(), FunctionError> {
        let least = self.params.len();
        if given < least || (given > least && self.rest.is_none()) {
            let few = if self.rest.is_some() { "at least " } else { "" };
            let noun = if least == 1 { "argument" } else { "arguments" };
            return Err(FunctionError::new(format!("{few}{least} {noun} expected, {given} given")));
        }
        Ok(())
    }

    /// The first argument of which the alternatives are known, unless all arguments together have too many.
    fn alternatives(&self, args: &[Value]) -> Option<usize> {
        let combinations =
            args.iter().fold(1, |all: usize, arg| all.saturating_mul(arg.alternatives().len()));
        if combinations > MOST_COMBINATIONS {
            return None;
        }
        args.iter().position(|arg| matches!(arg, Value::Unknown(Unknown::OneOf(_))))
    }

    /// The result for each alternative of one argument. Which it is decides whether the call fails: it certainly does only if it
    /// does for all of them.
    fn call_each(
        &self,
        args: &[Value],
        at: usize,
        files: &Files<'_>,
    ) -> Result<Value, FunctionError> {
        let mut each = args.to_vec();
        let mut results = Vec::new();
        let mut failed = None;
        for arm in args.get(at).map(Value::alternatives).unwrap_or_default() {
            if let Some(place) = each.get_mut(at) {
                *place = arm.clone();
            }
            match self.call(&each, files) {
                Ok(value) => results.push(value),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        match failed {
            Some(error) if results.is_empty() => Err(error),
            Some(_) => {
                Ok(Unknown::one_of(results.into_iter().chain([Value::Unknown(Unknown::Error)])))
            }
            None => Ok(Unknown::one_of(results)),
        }
    }

    fn call_one(&self, args: &[Value], files: &Files<'_>) -> Result<Value, FunctionError> {
        let mut converted = Vec::with_capacity(args.len());
        let mut known = true;
        let params = self.params.iter().copied().chain(std::iter::repeat_n(
            self.rest.unwrap_or(ANY),
            args.len().saturating_sub(self.params.len()),
        ));
        for (at, (arg, param)) in args.iter().zip(params).enumerate() {
            if arg.is_null() && !param.nullable {
                return Err(FunctionError::at(at, "the argument must not be `null`"));
            }
            let value = match param.kind {
                Kind::Any => arg.clone(),
                _ => convert(arg, &param.ty())
                    .map_err(|error| FunctionError::at(at, error.to_string()))?,
            };
            if param.needs == Needs::All && !value.is_walkable() {
                return Err(FunctionError::at(at, "the value has too many elements"));
            }
            known &= param.is_met_by(&value);
            converted.push(value);
        }
        if !known {
            return Ok(Args { values: args, files }.derived());
        }
        let result = (self.run)(Args { values: &converted, files })?;
        // What is longer would be doubled by the next call.
        if let Value::String(text) = &result {
            check_bytes(text.len())?;
        }
        Ok(result)
    }
}

/// The arguments of a call, converted to the types of their parameters.
///
/// The accessors return errors where a table and its code disagree about a parameter.
#[derive(Clone, Copy)]
pub(super) struct Args<'a> {
    values: &'a [Value],
    files: &'a Files<'a>,
}

impl<'a> Args<'a> {
    /// The files that may be read.
    pub(super) fn files(self) -> &'a Files<'a> {
        self.files
    }

    pub(super) fn all(self) -> &'a [Value] {
        self.values
    }

    /// The arguments from one on.
    pub(super) fn from(self, at: usize) -> &'a [Value] {
        self.values.get(at..).unwrap_or_default()
    }

    pub(super) fn value(self, at: usize) -> Result<&'a Value, FunctionError> {
        self.values.get(at).ok_or_else(|| FunctionError::new("an argument is missing"))
    }

    pub(super) fn text(self, at: usize) -> Result<&'a str, FunctionError> {
        self.value(at)?.as_str().ok_or_else(|| FunctionError::at(at, "a string is required"))
    }

    pub(super) fn number(self, at: usize) -> Result<Number, FunctionError> {
        match self.value(at)? {
            Value::Number(number) => Ok(*number),
            _ => Err(FunctionError::at(at, "a number is required")),
        }
    }

    /// A whole number.
    pub(super) fn integer(self, at: usize) -> Result<i64, FunctionError> {
        self.number(at)?.as_i64().ok_or_else(|| FunctionError::at(at, "a whole number is required"))
    }

    /// A whole number that is not negative.
    pub(super) fn size(self, at: usize) -> Result<usize, FunctionError> {
        usize::try_from(self.integer(at)?)
            .map_err(|_| FunctionError::at(at, "the number must not be negative"))
    }

    pub(super) fn elements(self, at: usize) -> Result<&'a [Value], FunctionError> {
        self.value(at)?
            .as_elements()
            .ok_or_else(|| FunctionError::at(at, "a list, a set or a tuple is required"))
    }

    /// What is not known because these arguments are not.
    pub(super) fn derived(self) -> Value {
        Value::Unknown(Unknown::derived(self.values.iter().filter(|value| value.is_walkable())))
    }
}
