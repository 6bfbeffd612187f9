//! Tokens outside of strings.

use super::{Context, Refusal, Scanner, is_identifier_char};
use crate::native::keys::{Keys, MAX_KEYS};

impl<'t> Scanner<'t> {
    /// Passes one token outside of strings; says whether it was more than blank.
    pub(super) fn code(&mut self, byte: u8) -> bool {
        match byte {
            b' ' | b'\t' => self.position += 1,
            b'\n' => self.line_break(),
            b'\r' if self.peek(1) == Some(b'\n') => {
                if !self.line_breaks_count() {
                    self.blank(self.position..self.position + 1);
                }
                self.position += 1;
            }
            b'#' => self.line_comment(),
            b'/' if self.peek(1) == Some(b'/') => self.line_comment(),
            b'/' if self.peek(1) == Some(b'*') => return self.block_comment(),
            _ => {
                self.begin_key();
                let (before, depth) = (self.position, self.contexts.len());
                self.token(byte);
                self.after_operand = match byte {
                    // What a string, a bracket or a sequence begins, its end decides about.
                    _ if self.contexts.len() > depth => false,
                    b')' | b']' | b'}' | b'0'..=b'9' => true,
                    b'*' => self
                        .bytes
                        .get(before.wrapping_sub(1))
                        .is_some_and(|byte| matches!(byte, b'.' | b'[')),
                    _ if byte.is_ascii_punctuation() && byte != b'_' => false,
                    _ => {
                        !matches!(self.source.get(before..self.position), Some("if" | "in" | "for"))
                    }
                };
                return true;
            }
        }
        false
    }

    fn token(&mut self, byte: u8) {
        match byte {
            b'"' => self.open(Context::Quote { at: self.position }, 1),
            b'(' => self.open(Context::Free { at: self.position, close: b')' }, 1),
            b'[' => self.open(Context::Free { at: self.position, close: b']' }, 1),
            b'{' => self.open_brace(),
            b')' | b']' | b'}' => self.close(byte),
            b'~' if self.peek(1) == Some(b'}')
                && matches!(self.contexts.last(), Some(Context::Sequence)) =>
            {
                self.position += 1;
            }
            b'=' => self.equals(),
            b':' if self.peek(1) == Some(b':') => self.position += 2,
            b':' => {
                self.end_key();
                self.position += 1;
            }
            b',' => {
                self.next_key();
                self.position += 1;
            }
            b'<' if self.peek(1) == Some(b'<') => self.open_heredoc(),
            b'<' | b'>' if !self.after_operand => {
                self.refuse_character(byte as char, Some("a value is missing in front of it"));
            }
            b'!' | b'<' | b'>' if self.peek(1) == Some(b'=') => self.position += 2,
            b'!' if self.after_operand => self.refuse_character('!', Some("did you mean `!=`?")),
            b'.' => self.dot(),
            b'&' | b'|' if self.peek(1) == Some(byte) => self.position += 2,
            b'&' | b'|' => {
                self.refuse_character(byte as char, Some("there are only `&&` and `||`"))
            }
            b'\'' => self.refuse_character('\'', Some("strings are put in double quotes")),
            b'^' | b'~' | b';' | b'`' | b'@' | b'$' | b'\\' => {
                self.refuse_character(byte as char, None)
            }
            b'!' | b'<' | b'>' | b'?' | b'+' | b'-' | b'*' | b'/' | b'%' => self.position += 1,
            b'0'..=b'9' => self.number(),
            _ => self.identifier(),
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.position + ahead).copied()
    }

    pub(super) fn open(&mut self, context: Context<'t>, length: usize) {
        self.contexts.push(context);
        self.position += length;
    }

    fn open_brace(&mut self) {
        let at = self.position;
        let context = if self.is_in_body() && !self.assigned {
            Context::Block { at }
        } else if self.is_for_behind(at + 1) {
            Context::Free { at, close: b'}' }
        } else {
            Context::Object { at, keys: Keys::default(), key_start: None, in_key: true }
        };
        self.open(context, 1);
    }

    pub(super) fn is_in_body(&self) -> bool {
        matches!(self.contexts.last(), None | Some(Context::Block { .. }))
    }

    /// Whether the next word is `for`, blanks, line breaks and comments passed over.
    fn is_for_behind(&self, position: usize) -> bool {
        let mut rest = self.source.get(position..).unwrap_or_default();
        loop {
            rest = rest.trim_start();
            let comment_end = if rest.starts_with('#') || rest.starts_with("//") {
                rest.find('\n')
            } else if rest.starts_with("/*") {
                rest.find("*/").map(|end| end + 2)
            } else {
                break;
            };
            rest = comment_end.and_then(|end| rest.get(end..)).unwrap_or_default();
        }
        let rest = rest.strip_prefix("for");
        rest.is_some_and(|rest| !rest.starts_with(is_identifier_char))
    }

    /// Closes the innermost context that the bracket fits. A misfit is left to hcl-edit, which sees it too.
    fn close(&mut self, byte: u8) {
        self.position += 1;
        match self.contexts.last() {
            Some(Context::Free { close, .. }) if *close == byte => drop(self.contexts.pop()),
            Some(Context::Sequence | Context::Object { .. }) if byte == b'}' => {
                drop(self.contexts.pop())
            }
            Some(Context::Block { .. }) if byte == b'}' => {
                self.contexts.pop();
                self.assigned = false;
            }
            Some(Context::Free { .. }) if byte == b'}' => {
                // `[` or `(` is not closed: the brace belongs to what is around it.
                while matches!(self.contexts.last(), Some(Context::Free { close, .. }) if *close != b'}')
                {
                    self.contexts.pop();
                }
                if self
                    .contexts
                    .pop()
                    .is_some_and(|context| matches!(context, Context::Block { .. }))
                {
                    self.assigned = false;
                }
            }
            _ => {}
        }
    }

    fn equals(&mut self) {
        if matches!(self.peek(1), Some(b'=' | b'>')) {
            self.position += 2;
            return;
        }
        match self.contexts.last() {
            None | Some(Context::Block { .. }) => self.assigned = true,
            _ => self.end_key(),
        }
        self.position += 1;
    }

    /// Whether Terraform sees line breaks at this place.
    fn line_breaks_count(&self) -> bool {
        !matches!(self.contexts.last(), Some(Context::Free { .. } | Context::Sequence))
    }

    fn line_break(&mut self) {
        match self.contexts.last() {
            None | Some(Context::Block { .. }) => {
                self.assigned = false;
                self.after_operand = false;
            }
            Some(Context::Object { .. }) => {
                self.next_key();
                self.after_operand = false;
            }
            _ => self.blank(self.position..self.position + 1),
        }
        self.position += 1;
    }

    fn line_comment(&mut self) {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        self.comment(length);
    }

    /// Says whether it was no comment after all.
    fn block_comment(&mut self) -> bool {
        let inner = self.source.get(self.position + 2..).unwrap_or_default();
        match inner.find("*/") {
            Some(length) => self.comment(length + 4),
            None => {
                let start = self.position;
                self.refuse(start..start + 2, "this comment is never closed", None);
                self.position = self.bytes.len();
                return true;
            }
        }
        false
    }

    fn comment(&mut self, length: usize) {
        let range = self.position..self.position + length;
        self.position = range.end;
        self.blank(range.clone());
        self.comments.push(range);
    }

    fn number(&mut self) {
        self.digits();
        if self.peek(0) == Some(b'.') && self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
            self.digits();
        }
        let sign = usize::from(matches!(self.peek(1), Some(b'+' | b'-')));
        if matches!(self.peek(0), Some(b'e' | b'E'))
            && self.peek(1 + sign).is_some_and(|byte| byte.is_ascii_digit())
        {
            self.position += 1 + sign;
            self.digits();
        }
    }

    fn digits(&mut self) {
        while self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
    }

    fn identifier(&mut self) {
        let start = self.position;
        while self
            .peek(0)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        {
            self.position += 1;
        }
        if self.peek(0).is_some_and(|byte| !byte.is_ascii()) {
            let rest = self.source.get(self.position..).unwrap_or_default();
            let other = rest.find(|char| !is_identifier_char(char)).unwrap_or(rest.len());
            self.position += other;
        }
        if self.position == start {
            let char = self.source.get(start..).and_then(|rest| rest.chars().next());
            self.refuse_character(char.unwrap_or_default(), None);
        }
    }

    fn dot(&mut self) {
        let start = self.position;
        if self.peek(1) == Some(b'.') {
            self.position += if self.peek(2) == Some(b'.') { 3 } else { 2 };
            return;
        }
        self.position += 1;
        let rest = self.source.get(self.position..).unwrap_or_default();
        let next = rest.trim_start_matches([' ', '\t']);
        self.position += rest.len() - next.len();
        match next.bytes().next() {
            Some(b'0'..=b'9') => {
                let at = self.position;
                self.number();
                if self.source.get(at..self.position).is_some_and(|number| number.contains('.')) {
                    let help = Some("write the indexes in brackets: `[0][1]`");
                    self.refuse(at..self.position, "two indexes with dots in a row", help);
                }
            }
            Some(b'*') if has_second_splat(next) => {
                let help = Some("use `[*]`");
                self.refuse(start..self.position + 1, "a `.*` within a `.*`", help);
                self.position += 1;
            }
            None | Some(b'\n' | b'\r' | b'#') if self.line_breaks_count() => {
                self.refuse(start..start + 1, "an attribute name must follow the dot", None);
            }
            _ => {}
        }
    }

    /// A token where an object's key may begin.
    fn begin_key(&mut self) {
        if let Some(Context::Object { key_start: start @ None, in_key: true, .. }) =
            self.contexts.last_mut()
        {
            *start = Some(self.position);
        }
    }

    fn next_key(&mut self) {
        if let Some(Context::Object { key_start, in_key, .. }) = self.contexts.last_mut() {
            *key_start = None;
            *in_key = true;
        }
    }

    /// `=` or `:` behind an object's key.
    fn end_key(&mut self) {
        let Some(Context::Object { keys, key_start, in_key, .. }) = self.contexts.last_mut() else {
            return;
        };
        if !std::mem::take(in_key) {
            return;
        }
        let Some(start) = key_start.take() else { return };
        let key = self.source.get(start..self.position).unwrap_or_default().trim_end();
        let stand_in = keys.add(key);
        let has_too_many = keys.count > MAX_KEYS;
        if has_too_many {
            let message = format!("an object with more than {MAX_KEYS} items");
            let range = start..start + key.len();
            self.refusal = Some(Refusal { range, message, help: None, is_limit: true });
        }
        if let Some(stand_in) = stand_in
            && let Some(out) = self.out.get_mut(start..start + key.len())
            && out.len() == stand_in.len()
        {
            out.copy_from_slice(stand_in.as_bytes());
            self.hidden_keys.push(start..start + key.len());
        }
    }
}

/// Whether another `.*` follows one at the beginning of the text, with only attributes between them.
fn has_second_splat(text: &str) -> bool {
    let mut rest = text.get(1..).unwrap_or_default();
    loop {
        let Some(behind) = rest.trim_start_matches([' ', '\t']).strip_prefix('.') else {
            return false;
        };
        let step = behind.trim_start_matches([' ', '\t']);
        if step.starts_with('*') {
            return true;
        }
        let length = step.find(|char| !is_identifier_char(char)).unwrap_or(step.len());
        if length == 0 {
            return false;
        }
        rest = step.get(length..).unwrap_or_default();
    }
}
