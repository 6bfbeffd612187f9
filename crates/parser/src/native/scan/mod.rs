//! Cuts a file into its top-level items, and makes each into a text that hcl-edit reads as Terraform reads the source.
//!
//! The scanner knows strings, templates, heredocs, comments and brackets, and nothing of the grammar. The text that it
//! makes has the same length as the source, so that all offsets stay true. In it comments are blank, and so are line
//! breaks where Terraform does not see them; repeated object keys and heredoc lines that only look like the end are
//! hidden. What Terraform's own scanner refuses is refused here.

mod code;
mod strings;

use std::ops::Range;

use super::keys::Keys;

/// Which statements begin at the left margin of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Blocks: `.tf`.
    Configuration,
    /// Attributes: `.tfvars`.
    Variables,
}

/// A block type that begins a line is where the scanner goes on after an item that does not end.
const BLOCK_TYPES: [&str; 12] = [
    "terraform",
    "variable",
    "locals",
    "output",
    "module",
    "resource",
    "data",
    "provider",
    "moved",
    "import",
    "check",
    "removed",
];

/// A top-level attribute or block, or what stands in its place.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) range: Range<usize>,
    pub(super) state: ItemState,
}

/// What the scanner thinks of an item.
#[derive(Debug)]
pub(super) enum ItemState {
    /// hcl-edit decides.
    Balanced,
    /// Terraform's scanner refuses it.
    Refused(Refusal),
    /// It reaches to the end of the file because a bracket is not closed: the innermost one.
    Unclosed(Bracket),
}

/// Why Terraform's scanner refuses something.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
    /// Whether hcl-edit must not see the item: it would take too long.
    pub(super) is_limit: bool,
}

/// A bracket that is open.
#[derive(Debug)]
pub(super) struct Bracket {
    pub(super) at: usize,
    pub(super) is_block: bool,
}

/// What surrounds the scanner's position.
#[derive(Debug)]
enum Context<'t> {
    /// The braces of a block.
    Block { at: usize },
    /// The braces of an object.
    Object { at: usize, keys: Keys<'t>, key_start: Option<usize>, in_key: bool },
    /// `(`, `[`, `{ for`: brackets in which line breaks mean nothing.
    Free { at: usize, close: u8 },
    /// `${` or `%{`.
    Sequence,
    /// A quoted string.
    Quote { at: usize },
    /// A heredoc.
    Heredoc { at: usize, marker: &'t str, line_start: bool },
}

/// Walks through a file.
pub(super) struct Scanner<'t> {
    source: &'t str,
    bytes: &'t [u8],
    kind: FileKind,
    /// What hcl-edit is to see.
    out: Vec<u8>,
    position: usize,
    contexts: Vec<Context<'t>>,
    /// Whether `=` was passed in the statement of the innermost body: a brace then opens an object.
    assigned: bool,
    /// Whether the token before was the end of an operand, so that an operator may follow.
    after_operand: bool,
    refusal: Option<Refusal>,
    comments: Vec<Range<usize>>,
    hidden_keys: Vec<Range<usize>>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(source: &'t str, kind: FileKind) -> Self {
        let mut scanner = Self {
            source,
            bytes: source.as_bytes(),
            kind,
            out: source.as_bytes().to_vec(),
            position: 0,
            contexts: Vec::new(),
            assigned: false,
            after_operand: false,
            refusal: None,
            comments: Vec::new(),
            hidden_keys: Vec::new(),
        };
        if source.starts_with('\u{feff}') {
            scanner.blank(0..3);
            scanner.position = 3;
        }
        scanner
    }

    /// The comments passed so far, in source order.
    pub(super) fn into_comments(self) -> Vec<Range<usize>> {
        self.comments
    }

    /// How far the file was read.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// Whether the key at that place was hidden.
    pub(super) fn is_hidden_key(&self, start: usize) -> bool {
        self.hidden_keys.binary_search_by_key(&start, |range| range.start).is_ok()
    }

    /// What hcl-edit is to see of a range.
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        // Only whole characters are ever replaced.
        self.out.get(range).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The next item.
    pub(super) fn next_item(&mut self) -> Option<Item> {
        self.contexts.clear();
        self.assigned = false;
        self.after_operand = false;
        self.refusal = None;
        let mut start = None;
        while let Some(&byte) = self.bytes.get(self.position) {
            match self.contexts.last() {
                Some(Context::Quote { at }) => {
                    let at = *at;
                    self.quoted(byte, at);
                }
                Some(Context::Heredoc { at, marker, line_start }) => {
                    let (at, marker, line_start) = (*at, *marker, *line_start);
                    self.heredoc(byte, at, marker, line_start);
                }
                None if byte == b'\n' && start.is_some() => {
                    self.position += 1;
                    break;
                }
                _ => {
                    let at = self.position;
                    if self.code(byte) && start.is_none() {
                        start = Some(at);
                    }
                }
            }
        }
        let range = start?..self.position;
        let state = match (self.refusal.take(), self.unclosed()) {
            (Some(refusal), _) => ItemState::Refused(refusal),
            (None, Some(Ok(bracket))) => ItemState::Unclosed(bracket),
            (None, Some(Err(refusal))) => ItemState::Refused(refusal),
            (None, None) => ItemState::Balanced,
        };
        Some(Item { range, state })
    }

    /// Whether the last item was ended by the end of the file only.
    pub(super) fn is_open(&self) -> bool {
        !self.contexts.is_empty()
    }

    /// Goes on at the first line behind `position` that begins like a top-level item; returns where that is.
    pub(super) fn resume_behind(&mut self, position: usize) -> usize {
        let rest = self.source.get(position..).unwrap_or_default();
        let mut at = position;
        let mut lines = rest.split_inclusive('\n');
        at += lines.next().map_or(0, str::len);
        for line in lines {
            if begins_item(line, self.kind) {
                break;
            }
            at += line.len();
        }
        let at = at.min(self.bytes.len());
        if let (Some(out), Some(source)) = (self.out.get_mut(at..), self.bytes.get(at..)) {
            out.copy_from_slice(source);
        }
        self.comments.retain(|comment| comment.start < at);
        self.hidden_keys.retain(|key| key.start < at);
        self.position = at;
        at
    }

    /// What is open at the end of the file.
    fn unclosed(&self) -> Option<Result<Bracket, Refusal>> {
        let end = self.bytes.len();
        match self.contexts.last()? {
            Context::Block { at } => Some(Ok(Bracket { at: *at, is_block: true })),
            Context::Object { at, .. } | Context::Free { at, .. } => {
                Some(Ok(Bracket { at: *at, is_block: false }))
            }
            Context::Sequence => {
                Some(Err(refusal(end..end, "the file ends within `${…}` or `%{…}`")))
            }
            Context::Quote { at } => {
                Some(Err(refusal(*at..end, "this string has no closing quote")))
            }
            Context::Heredoc { at, marker, .. } => {
                let line = self.source.get(..*at).map_or(1, |before| before.split('\n').count());
                let message =
                    format!("the heredoc of line {line} never ends: no line says `{marker}` alone");
                let help = Some(
                    "the closing marker must stand alone in its line, and a line break must follow",
                );
                Some(Err(Refusal { range: end..end, message, help, is_limit: false }))
            }
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        if let Some(bytes) = self.out.get_mut(range) {
            bytes.fill(b' ');
        }
    }

    fn refuse_character(&mut self, char: char, help: Option<&'static str>) {
        let range = self.position..self.position + char.len_utf8();
        self.position = range.end;
        let message = if char.is_control() || char.is_whitespace() {
            format!("the character U+{:04X} means nothing here", u32::from(char))
        } else {
            format!("`{char}` means nothing here")
        };
        self.refuse(range, message, help);
    }

    /// Only the first one of an item is kept: the others follow from it.
    fn refuse(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: Option<&'static str>,
    ) {
        if self.refusal.is_none() {
            self.refusal = Some(Refusal { range, message: message.into(), help, is_limit: false });
        }
    }
}

fn refusal(range: Range<usize>, message: &str) -> Refusal {
    Refusal { range, message: message.to_owned(), help: None, is_limit: false }
}

fn is_identifier_char(char: char) -> bool {
    char.is_alphanumeric()
        || matches!(char, '_' | '-')
        || (!char.is_ascii() && !char.is_whitespace() && !char.is_control())
}

/// Whether a line looks like the beginning of a top-level item.
fn begins_item(line: &str, kind: FileKind) -> bool {
    let length = line.find(|char| !is_identifier_char(char)).unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(length).unwrap_or_default();
    let rest = rest.trim_start();
    match kind {
        FileKind::Configuration => BLOCK_TYPES.contains(&word) && rest.starts_with(['"', '{']),
        FileKind::Variables => !word.is_empty() && rest.starts_with('=') && !rest.starts_with("=="),
    }
}

/// Whether something that begins at `start` does so at the left margin and with a name.
pub(super) fn is_at_margin(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let rest = text.get(start..).unwrap_or_default();
    (before.is_empty() || before.ends_with('\n')) && rest.starts_with(is_identifier_char)
}
