//! How much a call may make. A scanned tree is untrusted: a short expression must not fill the memory.

use super::FunctionError;

/// Elements of a `range`. Terraform's own limit.
pub(super) const MOST_RANGE: usize = 1024;

/// Elements of one collection that a function makes.
pub(super) const MOST_ELEMENTS: usize = 1_000_000;

/// Bytes of one string that a function makes.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// How deep a document that a function reads or writes may be nested.
pub(super) const MOST_NESTING: usize = 120;

/// How many results are kept apart where several arguments have alternatives.
pub(super) const MOST_COMBINATIONS: usize = 8;

/// Refuses a collection of too many elements.
pub(super) fn check_elements(count: usize) -> Result<(), FunctionError> {
    if count > MOST_ELEMENTS {
        return Err(FunctionError::new(format!(
            "the result has more than {MOST_ELEMENTS} elements: it is not computed"
        )));
    }
    Ok(())
}

/// Refuses a string that is too long.
pub(super) fn check_bytes(count: usize) -> Result<(), FunctionError> {
    if count > MOST_BYTES {
        return Err(FunctionError::new(format!(
            "the result is longer than {} MiB: it is not computed",
            MOST_BYTES >> 20
        )));
    }
    Ok(())
}
