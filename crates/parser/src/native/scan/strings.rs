//! Quoted strings, heredocs, and the templates in them.

use std::ops::Range;

use super::{Context, Scanner, is_identifier_char};

impl<'t> Scanner<'t> {
    pub(super) fn open_heredoc(&mut self) {
        let rest = self.source.get(self.position + 2..).unwrap_or_default();
        let flush = usize::from(rest.starts_with('-'));
        let rest = rest.get(flush..).unwrap_or_default();
        let length = rest.find(|char| !is_identifier_char(char)).unwrap_or(rest.len());
        let (marker, behind) = rest.split_at_checked(length).unwrap_or_default();
        let line_break =
            if behind.starts_with("\r\n") { 2 } else { usize::from(behind.starts_with('\n')) };
        let length = 2 + flush + marker.len();
        let is_value = !self.after_operand && (self.assigned || !self.is_in_body());
        if marker.is_empty() || line_break == 0 || !is_value {
            let help = Some("write `<<MARKER`, and the text from the next line on");
            self.refuse(self.position..self.position + 2, "this begins no heredoc", help);
            self.position += 2;
        } else {
            let heredoc = Context::Heredoc { at: self.position, marker, line_start: true };
            self.open(heredoc, length + line_break);
        }
    }

    pub(super) fn heredoc(&mut self, byte: u8, at: usize, marker: &'t str, line_start: bool) {
        if line_start {
            let rest = self.source.get(self.position..).unwrap_or_default();
            let line = rest.split_inclusive('\n').next().unwrap_or_default();
            let text = line.trim_start_matches([' ', '\t']);
            if let Some(behind) = text.strip_prefix(marker) {
                let marker_start = self.position + line.len() - text.len();
                if behind.ends_with('\n') && behind.trim().is_empty() {
                    let is_empty = self
                        .source
                        .get(at..self.position)
                        .is_some_and(|text| text.lines().count() == 1);
                    self.contexts.pop();
                    self.position = marker_start + marker.len();
                    self.after_operand = true;
                    if is_empty {
                        self.hide_empty_heredoc(at..self.position);
                    }
                    return;
                }
                self.hide_marker(marker_start);
            }
        }
        let next_is_line_start = byte == b'\n';
        if self.in_template(byte) {
            return;
        }
        if let Some(Context::Heredoc { line_start, .. }) = self.contexts.last_mut() {
            *line_start = next_is_line_start;
        }
        self.position += 1;
        if !next_is_line_start {
            // Text up to the next byte that may mean something.
            let rest = self.bytes.get(self.position..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'\n' | b'$' | b'%'));
            self.position += plain.unwrap_or(rest.len());
        }
    }

    /// hcl-edit takes the marker of a heredoc without text for its text.
    fn hide_empty_heredoc(&mut self, range: Range<usize>) {
        let start = range.start;
        self.blank(range);
        if let Some(quotes) = self.out.get_mut(start..start + 2) {
            quotes.fill(b'"');
        }
    }

    /// A line of a heredoc that begins with the marker and goes on: hcl-edit would take it for the end.
    fn hide_marker(&mut self, at: usize) {
        if let Some(byte) = self.out.get_mut(at)
            && byte.is_ascii()
        {
            *byte = b'~';
        }
    }

    pub(super) fn quoted(&mut self, byte: u8, at: usize) {
        match byte {
            b'"' => {
                self.contexts.pop();
                self.position += 1;
                self.after_operand = true;
            }
            b'\\' if !matches!(self.peek(1), Some(b'\n' | b'\r')) => self.position += 2,
            b'\n' | b'\r' => {
                let help = Some("write `\\n`, or use a heredoc");
                self.refuse(
                    self.position..self.position,
                    "a string in quotes must end in its line",
                    help,
                );
                if let Some(refusal) = &mut self.refusal
                    && refusal.range.end == self.position
                {
                    let line = self.source.get(..self.position).and_then(|text| text.rfind('\n'));
                    refusal.range.start = at.max(line.map_or(0, |line| line + 1));
                }
                self.contexts.pop();
            }
            _ if self.in_template(byte) => {}
            _ => {
                self.position += 1;
                let rest = self.bytes.get(self.position..).unwrap_or_default();
                let special =
                    |byte: &u8| matches!(byte, b'"' | b'\\' | b'\n' | b'\r' | b'$' | b'%');
                self.position += rest.iter().position(special).unwrap_or(rest.len());
            }
        }
    }

    /// Passes `${`, `%{` and their escaped forms; says whether there was one.
    fn in_template(&mut self, byte: u8) -> bool {
        if !matches!(byte, b'$' | b'%') {
            return false;
        }
        if self.peek(1) == Some(byte) && self.peek(2) == Some(b'{') {
            self.leave_line_start();
            self.position += 3;
            return true;
        }
        if self.peek(1) == Some(b'{') {
            self.leave_line_start();
            let strip = usize::from(self.peek(2) == Some(b'~'));
            self.open(Context::Sequence, 2 + strip);
            if byte == b'%' {
                self.directive();
            }
            return true;
        }
        false
    }

    /// hcl-edit reads `%{ format }` as `%{ for mat }`.
    fn directive(&mut self) {
        let rest = self.source.get(self.position..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let length = trimmed.find(|char| !is_identifier_char(char)).unwrap_or(trimmed.len());
        let word = trimmed.get(..length).unwrap_or_default();
        if !matches!(word, "if" | "else" | "endif" | "for" | "endfor")
            && !trimmed.starts_with(['#', '/'])
        {
            let start = self.position + rest.len() - trimmed.len();
            let help = Some("there are `if`, `else`, `endif`, `for` and `endfor`");
            self.refuse(start..start + length, format!("`{word}` is no template directive"), help);
        }
    }

    fn leave_line_start(&mut self) {
        if let Some(Context::Heredoc { line_start, .. }) = self.contexts.last_mut() {
            *line_start = false;
        }
    }
}
