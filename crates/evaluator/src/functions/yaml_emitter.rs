//! Values as YAML, laid out as Terraform lays it out: the way of libyaml, with every string in quotes or in a literal block.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::FunctionError;
use super::limits::{MOST_NESTING, check_bytes};
use crate::Value;

/// A quoted string is broken at spaces behind this column.
const WIDTH: usize = 80;

/// A key that is longer is written behind a `?`.
const LONGEST_SIMPLE_KEY: usize = 128;

/// A known value as a document.
pub(super) fn encode(value: &Value) -> Result<String, FunctionError> {
    let mut emitter = Emitter { out: String::new(), column: 0, whitespace: true, indention: true };
    emitter.node(value, None, Context::Root, 0)?;
    if !emitter.out.ends_with('\n') {
        emitter.out.push('\n');
    }
    // A scalar without quotes would go on in the next line.
    if matches!(value, Value::Null | Value::Bool(_) | Value::Number(_)) {
        emitter.out.push_str("...\n");
    }
    Ok(emitter.out)
}

/// What a value is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Root,
    Sequence,
    Mapping,
    SimpleKey,
}

struct Emitter {
    out: String,
    column: usize,
    /// Whether the last character was white space.
    whitespace: bool,
    /// Whether there are only indentation and indicators in the line.
    indention: bool,
}

impl Emitter {
    /// `indent` is that of the collection around the value.
    fn node(
        &mut self,
        value: &Value,
        indent: Option<usize>,
        context: Context,
        depth: usize,
    ) -> Result<(), FunctionError> {
        if depth > MOST_NESTING {
            return Err(FunctionError::at(0, "the value is nested too deeply"));
        }
        check_bytes(self.out.len())?;
        match value {
            Value::Null => self.plain("null"),
            Value::Bool(bool) => self.plain(if *bool { "true" } else { "false" }),
            Value::Number(number) => self.plain(&number.to_string()),
            Value::String(text) => {
                let indent = indent.map_or(2, |indent| indent + 2);
                if context != Context::SimpleKey && text.contains('\n') && can_be_literal(text) {
                    self.literal(text, indent);
                } else {
                    self.quoted(text, indent, context != Context::SimpleKey);
                }
            }
            Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
                self.sequence(elements, indent, context, depth)?;
            }
            Value::Map(entries) => self.mapping(entries, indent, depth)?,
            Value::Object(object) => self.mapping(&object.attributes, indent, depth)?,
            Value::Unknown(_) => return Err(FunctionError::at(0, "the value is not known")),
        }
        Ok(())
    }

    fn sequence(
        &mut self,
        elements: &[Value],
        indent: Option<usize>,
        context: Context,
        depth: usize,
    ) -> Result<(), FunctionError> {
        if elements.is_empty() {
            self.plain("[]");
            return Ok(());
        }
        let indentless = context == Context::Mapping && !self.indention;
        let indent = match indent {
            None => 0,
            Some(indent) if indentless => indent,
            Some(indent) => indent + 2,
        };
        for element in elements {
            self.new_line(indent);
            self.indicator("-");
            self.node(element, Some(indent), Context::Sequence, depth + 1)?;
        }
        Ok(())
    }

    fn mapping(
        &mut self,
        entries: &BTreeMap<SmolStr, Value>,
        indent: Option<usize>,
        depth: usize,
    ) -> Result<(), FunctionError> {
        if entries.is_empty() {
            self.plain("{}");
            return Ok(());
        }
        let indent = indent.map_or(0, |indent| indent + 2);
        for (key, value) in entries {
            self.new_line(indent);
            let simple = !key.contains(is_break) && key.len() <= LONGEST_SIMPLE_KEY;
            if simple {
                self.quoted(key, indent + 2, false);
                self.put(":");
                self.whitespace = false;
                self.indention = false;
            } else {
                self.indicator("?");
                self.node(&Value::String(key.clone()), Some(indent), Context::Mapping, depth + 1)?;
                self.new_line(indent);
                self.indicator(":");
            }
            self.node(value, Some(indent), Context::Mapping, depth + 1)?;
        }
        Ok(())
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn new_line(&mut self, indent: usize) {
        if !self.indention || self.column > indent || self.column == indent && !self.whitespace {
            self.out.push('\n');
            self.column = 0;
        }
        while self.column < indent {
            self.put(" ");
        }
        self.whitespace = true;
        self.indention = true;
    }

    /// A space unless there is one, and a sign that only structures.
    fn indicator(&mut self, sign: &str) {
        self.space();
        self.put(sign);
        self.put(" ");
        self.whitespace = true;
    }

    fn space(&mut self) {
        if !self.whitespace {
            self.put(" ");
            self.whitespace = true;
        }
    }

    fn plain(&mut self, text: &str) {
        self.space();
        self.put(text);
        self.whitespace = false;
        self.indention = false;
    }

    fn quoted(&mut self, text: &str, indent: usize, may_break: bool) {
        self.space();
        self.put("\"");
        let mut after_space = false;
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            if c == ' ' {
                let next = chars.peek().map(|(_, next)| *next);
                if may_break && !after_space && self.column > WIDTH && at > 0 && next.is_some() {
                    self.indention = false;
                    self.new_line(indent);
                    if next == Some(' ') {
                        self.put("\\");
                    }
                } else {
                    self.put(" ");
                }
                after_space = true;
                continue;
            }
            after_space = false;
            match escape(c) {
                Some(escaped) => self.put(&escaped),
                None => {
                    self.out.push(c);
                    self.column += 1;
                }
            }
        }
        self.put("\"");
        self.whitespace = false;
        self.indention = false;
    }

    fn literal(&mut self, text: &str, indent: usize) {
        self.space();
        self.put("|");
        if text.starts_with([' ', '\n']) {
            self.put("2");
        }
        if !text.ends_with('\n') {
            self.put("-");
        } else if text == "\n" || text.ends_with("\n\n") {
            self.put("+");
        }
        let last = text.matches('\n').count();
        for (at, line) in text.split('\n').enumerate() {
            let is_last = at == last;
            if at == 0 || !is_last || !line.is_empty() {
                self.out.push('\n');
            }
            if !line.is_empty() {
                self.out.extend(std::iter::repeat_n(' ', indent));
                self.out.push_str(line);
            }
        }
        if text.ends_with('\n') {
            self.out.push('\n');
            self.column = 0;
            self.whitespace = true;
            self.indention = true;
        } else {
            self.column = 1;
            self.whitespace = false;
            self.indention = false;
        }
    }
}

/// Whether a string can stand in a block as it is.
fn can_be_literal(text: &str) -> bool {
    !text.ends_with(' ')
        && !text.contains(" \n")
        && text.chars().all(|c| c == '\n' || is_printable(c))
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && c != '\u{feff}'
}

fn escape(c: char) -> Option<String> {
    let sign = match c {
        '\0' => "0",
        '\u{7}' => "a",
        '\u{8}' => "b",
        '\t' => "t",
        '\n' => "n",
        '\u{b}' => "v",
        '\u{c}' => "f",
        '\r' => "r",
        '\u{1b}' => "e",
        '"' => "\"",
        '\\' => "\\",
        '\u{85}' => "N",
        '\u{2028}' => "L",
        '\u{2029}' => "P",
        c if is_printable(c) => return None,
        c => {
            let code = u32::from(c);
            return Some(match code {
                0..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            });
        }
    };
    Some(format!("\\{sign}"))
}
