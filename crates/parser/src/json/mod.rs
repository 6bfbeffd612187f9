//! JSON syntax: `.tf.json`, `.tofu.json`, `.tfvars.json`.
//!
//! JSON does not say what is a block and what an expression. Terraform knows it from its schemas; `shape` knows as much of
//! them as can be known without providers. In a resource's body everything else is an attribute.

mod expression;
mod shape;

use std::collections::HashSet;

use camino::Utf8Path;
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use privatelint_diagnostics::{FileId, Problem, ProblemKind, Span};
use smol_str::SmolStr;

use crate::parse::Parsed;
use crate::suppression::{self, Suppression, Target};
use crate::syntax::{Attribute, Block, Body, Ident};
pub(crate) use expression::MAX_DEPTH;
use shape::{BlockShape, Shape};

/// Terraform is strict about JSON.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
};

/// Parses a file.
pub(crate) fn parse_file(file: FileId, path: &Utf8Path, text: &str) -> Parsed {
    let (shape, kind) = if path.as_str().ends_with(".tfvars.json") {
        (&shape::VARIABLES, "variables")
    } else {
        (&shape::ROOT, "blocks")
    };
    // The parser has no place for a byte order mark; Terraform has.
    let base = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let json = text.get(base..).unwrap_or_default();
    let mut reader = Reader { file, text, base, suppressions: Vec::new(), problems: Vec::new() };
    let mut body = Body::default();
    match jsonc_parser::parse_to_ast(json, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => match &parsed.value {
            Some(value) => {
                let whole = reader.span(value);
                let found = reader.objects(value, &format!("a file of {kind} is an object"));
                for object in found {
                    reader.body(object, shape, whole, None, &mut body);
                }
            }
            None => {
                reader.problem(reader.whole(), "the file is empty; there must be at least `{}`")
            }
        },
        Err(error) => {
            let place = reader.place(error.range().start, error.range().end);
            reader.problem(place, &error.kind().to_string());
        }
    }
    Parsed { body, suppressions: reader.suppressions, problems: reader.problems }
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    /// What the parser's offsets begin at.
    base: usize,
    suppressions: Vec<Suppression>,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    /// Adds what an object says to a body. `block` is the header of the block whose body it is.
    fn body(
        &mut self,
        object: &Object<'t>,
        shape: &'static Shape,
        place: Span,
        block: Option<&Block>,
        into: &mut Body,
    ) {
        let mut names: HashSet<SmolStr> =
            into.attributes.iter().map(|attribute| attribute.name.text.clone()).collect();
        for property in &object.properties {
            let name = self.name(property);
            if name.text == "//" {
                let target = match block {
                    Some(block) => suppression::of_block(block),
                    None => Target { covers: place, module_call: None },
                };
                self.comment(&property.value, &target);
            } else if let Some(block) = shape.block(&name.text) {
                self.blocks(block, &name, &property.value, &mut Vec::new(), &mut into.blocks);
            } else if names.insert(name.text.clone()) {
                let reading = shape.reading(&name.text);
                let value = self.expr(&property.value, reading, 0);
                into.attributes.push(Attribute { name, value });
            } else {
                self.problem(name.span, &format!("`{}` is set a second time", name.text));
            }
        }
    }

    /// Goes down through a block's labels to its bodies.
    fn blocks(
        &mut self,
        shape: &'static BlockShape,
        kind: &Ident,
        value: &Value<'t>,
        labels: &mut Vec<Ident>,
        into: &mut Vec<Block>,
    ) {
        let what = format!("`{}` is an object or an array of objects", kind.text);
        for object in self.objects(value, &what) {
            if labels.len() < shape.labels {
                for property in &object.properties {
                    let label = self.name(property);
                    if label.text != "//" {
                        labels.push(label);
                        self.blocks(shape, kind, &property.value, labels, into);
                        labels.pop();
                    }
                }
                continue;
            }
            // The header is one place that a finding can point at: in JSON, the last key.
            let header = labels.last().map_or(kind.span, |label| label.span);
            let span = header.to(self.span(object));
            let mut block = Block {
                kind: kind.clone(),
                labels: labels.clone(),
                body: Body::default(),
                header,
                span,
            };
            let mut body = Body::default();
            self.body(object, shape.body, span, Some(&block), &mut body);
            block.body = body;
            into.push(block);
        }
    }

    /// The value itself if it is an object, its elements if it is an array of them, nothing for `null`.
    fn objects<'v>(&mut self, value: &'v Value<'t>, expected: &str) -> Vec<&'v Object<'t>> {
        match value {
            Value::Object(object) => vec![object],
            Value::NullKeyword(_) => Vec::new(),
            Value::Array(array) => {
                let mut objects = Vec::with_capacity(array.elements.len());
                for element in &array.elements {
                    match element {
                        Value::Object(object) => objects.push(object),
                        Value::NullKeyword(_) => {}
                        other => self.problem(self.span(other), expected),
                    }
                }
                objects
            }
            other => {
                self.problem(self.span(other), expected);
                Vec::new()
            }
        }
    }

    /// `"//"`: a string or several.
    fn comment(&mut self, value: &Value<'t>, target: &Target) {
        match value {
            Value::StringLit(string) => {
                let span = self.span(string);
                let inner = Span::new(span.file, span.start + 1, span.end.saturating_sub(1));
                let found = suppression::in_string(
                    &string.value,
                    inner,
                    target.clone(),
                    &mut self.problems,
                );
                self.suppressions.extend(found);
            }
            Value::Array(array) => {
                for element in &array.elements {
                    if matches!(element, Value::StringLit(_)) {
                        self.comment(element, target);
                    }
                }
            }
            _ => {}
        }
    }

    fn name(&self, property: &ObjectProp<'t>) -> Ident {
        Ident { text: property.name.as_str().into(), span: self.span(&property.name) }
    }

    fn problem(&mut self, place: Span, message: &str) {
        self.problems.push(Problem::at(ProblemKind::Syntax, place, message));
    }

    fn whole(&self) -> Span {
        self.place(0, self.text.len())
    }

    fn span(&self, node: &impl Ranged) -> Span {
        self.place(node.start(), node.end())
    }

    fn place(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| {
            // An error's range may point between the bytes of a character, or behind the end.
            let at = self.text.floor_char_boundary(self.base.saturating_add(at));
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        Span::new(self.file, offset(start), offset(end))
    }
}

#[cfg(test)]
mod tests;
