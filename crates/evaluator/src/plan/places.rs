//! Where a plan's text names its instances.

use std::collections::HashMap;

use privatelint_diagnostics::{FileId, Span};

const KEY: &str = "\"address\":";

/// The first place of every address: that in the planned values.
#[derive(Debug, Default)]
pub(super) struct Places {
    of: HashMap<String, (u32, u32)>,
}

impl Places {
    /// Finds them.
    pub(super) fn of(text: &str) -> Self {
        let mut of = HashMap::new();
        for (at, _) in text.match_indices(KEY) {
            let Some(rest) = text.get(at + KEY.len()..) else { continue };
            let value = rest.trim_start();
            let mut strings = serde_json::Deserializer::from_str(value).into_iter::<String>();
            let Some(Ok(address)) = strings.next() else { continue };
            let end = at + KEY.len() + (rest.len() - value.len()) + strings.byte_offset();
            // A text that is longer than a span can say has places in its first part only.
            if let (Ok(start), Ok(end)) = (u32::try_from(at), u32::try_from(end)) {
                of.entry(address).or_insert((start, end));
            }
        }
        Self { of }
    }

    /// The place of an address; the beginning of the file if it has none.
    pub(super) fn of_address(&self, address: &str, file: FileId) -> Span {
        let (start, end) = self.of.get(address).copied().unwrap_or_default();
        Span::new(file, start, end)
    }
}
