//! Keys of an object that repeat.
//!
//! Terraform lets a later item with the same key win; hcl-edit refuses it. A repeated key is therefore hidden from
//! hcl-edit behind another one of the same length, and read from the source when the tree is converted.

use std::collections::HashSet;

/// How many keys are searched one by one before a hash set pays.
const FEW: usize = 16;

/// How many keys an object may have: hcl-edit compares each with all before it.
pub(super) const MAX_KEYS: usize = 20_000;

/// The keys of one object, as they are written.
#[derive(Debug, Default)]
pub(super) struct Keys<'t> {
    pub(super) count: usize,
    few: Vec<&'t str>,
    many: HashSet<&'t str>,
    stand_ins: HashSet<String>,
}

impl<'t> Keys<'t> {
    /// Adds a key; returns the one to show instead if there was such a key before.
    pub(super) fn add(&mut self, key: &'t str) -> Option<String> {
        self.count += 1;
        if self.contains(key) {
            return self.stand_in(key.len());
        }
        if self.few.len() < FEW {
            self.few.push(key);
        } else {
            if self.many.is_empty() {
                self.many.extend(&self.few);
            }
            self.many.insert(key);
        }
        None
    }

    fn contains(&self, key: &str) -> bool {
        let known =
            if self.many.is_empty() { self.few.contains(&key) } else { self.many.contains(key) };
        known || self.stand_ins.contains(key)
    }

    /// An identifier of that length that is no key; there may be none if the length is one.
    fn stand_in(&mut self, length: usize) -> Option<String> {
        let free = (self.stand_ins.len()..self.stand_ins.len() + 64)
            .map(|number| identifier(number, length))
            .find(|candidate| !self.contains(candidate))?;
        self.stand_ins.insert(free.clone());
        Some(free)
    }
}

/// The identifier with that number among those of a length, as far as they differ.
fn identifier(mut number: usize, length: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut identifier = String::with_capacity(length);
    for _ in 0..length {
        identifier.extend(LETTERS.get(number % LETTERS.len()).map(|letter| char::from(*letter)));
        number /= LETTERS.len();
    }
    identifier
}
