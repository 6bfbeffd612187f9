//! The text of templates: escapes in heredocs, indentation, and strip markers.
//!
//! Terraform trims line by line: a strip marker takes blanks from the line that it touches, and only from that one,
//! and a heredoc's common indentation is counted after that. Therefore all literals of a template are worked out
//! together, in source order, before its tree is converted.

use std::vec::IntoIter;

use hcl_edit::Span as _;
use hcl_edit::template::{Directive, Element, Strip, Template};
use smol_str::{SmolStr, SmolStrBuilder};

/// The literals of a template in source order.
pub(super) struct Literals {
    texts: IntoIter<SmolStr>,
}

impl Literals {
    /// Those of a quoted template.
    pub(super) fn of_quoted(template: &Template) -> Self {
        let mut pieces =
            Pieces { heredoc: None, pieces: Vec::new(), literals: 0, strip_next: false };
        pieces.template(template);
        pieces.into_literals()
    }

    /// Those of a heredoc in `text`; `flush` says that it began with `<<-`.
    pub(super) fn of_heredoc(template: &Template, text: &str, flush: bool) -> Self {
        let mut pieces =
            Pieces { heredoc: Some(text), pieces: Vec::new(), literals: 0, strip_next: false };
        pieces.template(template);
        if flush {
            strip_indentation(&mut pieces.pieces);
        }
        pieces.into_literals()
    }

    /// The next one.
    pub(super) fn next(&mut self) -> SmolStr {
        self.texts.next().unwrap_or_default()
    }
}

/// What a template is made of, flat.
enum Piece {
    /// A line of the literal with that number, with its line break.
    Line { literal: usize, text: String },
    /// `${…}` or `%{…}`.
    Sequence,
}

struct Pieces<'t> {
    /// The source text, if the template is a heredoc.
    heredoc: Option<&'t str>,
    pieces: Vec<Piece>,
    literals: usize,
    /// Whether the sequence just passed ended in `~}`.
    strip_next: bool,
}

impl Pieces<'_> {
    fn template(&mut self, template: &Template) {
        for element in template {
            match element {
                Element::Literal(literal) => {
                    let source = self.heredoc.zip(literal.span());
                    match source.and_then(|(text, span)| text.get(span)) {
                        Some(source) => self.lines(&unescape_markers(source)),
                        None => self.line(literal.as_str().to_owned()),
                    }
                    self.strip_next = false;
                    self.literals += 1;
                }
                Element::Interpolation(interpolation) => self.sequence(interpolation.strip),
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(directive) => {
                        self.sequence(directive.if_expr.strip);
                        self.template(&directive.if_expr.template);
                        if let Some(branch) = &directive.else_expr {
                            self.sequence(branch.strip);
                            self.template(&branch.template);
                        }
                        self.sequence(directive.endif_expr.strip);
                    }
                    Directive::For(directive) => {
                        self.sequence(directive.for_expr.strip);
                        self.template(&directive.for_expr.template);
                        self.sequence(directive.endfor_expr.strip);
                    }
                },
            }
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.line(line.to_owned());
        }
    }

    fn line(&mut self, mut text: String) {
        if std::mem::take(&mut self.strip_next) {
            text.drain(..text.len() - text.trim_start().len());
        }
        self.pieces.push(Piece::Line { literal: self.literals, text });
    }

    fn sequence(&mut self, strip: Strip) {
        if strip.strip_start()
            && let Some(Piece::Line { text, .. }) = self.pieces.last_mut()
        {
            text.truncate(text.trim_end().len());
        }
        self.pieces.push(Piece::Sequence);
        self.strip_next = strip.strip_end();
    }

    fn into_literals(self) -> Literals {
        let mut texts: Vec<SmolStrBuilder> = Vec::new();
        texts.resize_with(self.literals, SmolStrBuilder::new);
        for piece in &self.pieces {
            if let Piece::Line { literal, text } = piece
                && let Some(whole) = texts.get_mut(*literal)
            {
                whole.push_str(text);
            }
        }
        let texts: Vec<SmolStr> = texts.into_iter().map(|text| text.finish()).collect();
        Literals { texts: texts.into_iter() }
    }
}

/// Takes the indentation that all lines share. Blank lines neither count nor change.
fn strip_indentation(pieces: &mut [Piece]) {
    let mut shared = usize::MAX;
    let mut at_line_start = true;
    let mut starts = vec![false; pieces.len()];
    for (piece, start) in pieces.iter().zip(&mut starts) {
        match piece {
            Piece::Line { text, .. } => {
                if at_line_start && !(text.trim_start().is_empty() && text.ends_with('\n')) {
                    *start = true;
                    shared = shared.min(indentation(text).count());
                }
                at_line_start = text.ends_with('\n');
            }
            Piece::Sequence => {
                if std::mem::take(&mut at_line_start) {
                    shared = 0;
                }
            }
        }
    }
    for (piece, start) in pieces.iter_mut().zip(starts) {
        if let (Piece::Line { text, .. }, true) = (piece, start) {
            let bytes: usize = indentation(text).take(shared).map(char::len_utf8).sum();
            text.drain(..bytes);
        }
    }
}

fn indentation(line: &str) -> impl Iterator<Item = char> {
    line.chars().take_while(|char| char.is_whitespace())
}

/// A heredoc has no escapes but `$${` and `%%{`.
fn unescape_markers(text: &str) -> String {
    if text.contains("$${") || text.contains("%%{") {
        text.replace("$${", "${").replace("%%{", "%{")
    } else {
        text.to_owned()
    }
}
