//! From byte offsets to lines and columns.

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// How long a byte order mark is in UTF-8.
const BOM_BYTES: usize = 3;

/// Where each line of a text begins. `\n`, and therefore `\r\n`, ends a line.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// The line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX)
    }

    /// The position of a byte offset in the text that this index was made from. An offset past the end
    /// counts as the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_start(line) as usize;
        let end = (offset as usize).clamp(start.min(text.len()), text.len());
        // A byte order mark is no character of the text.
        let start =
            if start == 0 && text.starts_with('\u{feff}') { BOM_BYTES.min(end) } else { start };
        let column = text.get(start..end).map_or(0, |before| before.chars().count());
        Position { line, column: u32::try_from(column + 1).unwrap_or(u32::MAX) }
    }

    /// The byte offset at which a line (from 1) begins; the last line's beginning for a line past the end.
    #[must_use]
    pub fn line_start(&self, line: u32) -> u32 {
        let at = (line.max(1) - 1) as usize;
        self.starts.get(at).or(self.starts.last()).copied().unwrap_or(0)
    }

    /// The number of lines; a final line break opens a last, empty line.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: u32, line: u32, column: u32) {
        assert_eq!(LineIndex::new(text).position(text, offset), Position { line, column });
    }

    #[test]
    fn columns_count_characters_and_lines_end_at_line_feeds() {
        check("", 0, 1, 1);
        check("ab\r\ncd", 4, 2, 1);
        check("ä€x", 5, 1, 3);
        check("a\nb", 99, 2, 2);
        check("\u{feff}ab", 3, 1, 1);
        check("\u{feff}ab", 4, 1, 2);
        check("\u{feff}ab", 0, 1, 1);
    }
}
