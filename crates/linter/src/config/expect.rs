//! `expect` blocks: how traffic is to reach services.

use std::collections::BTreeSet;

use privatelint_checks::{Expectation, Place, Way};
use privatelint_diagnostics::{Files, Problem, ProblemKind, Span};
use privatelint_network::facts;
use privatelint_parser::syntax::{Block, Expr, ExprKind};

use super::Config;
use super::read::nearest;

const ATTRIBUTES: [&str; 3] = ["from", "path", "to"];

/// An expectation as it is written: its places are in the text of the configuration.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    name: String,
    from: Vec<(String, Span)>,
    to: Vec<String>,
    ways: Vec<Way>,
    header: Span,
}

impl Config {
    /// Reads an `expect` block.
    pub(super) fn expect(&mut self, block: &Block) {
        let [label] = block.labels.as_slice() else {
            self.wrong(block.header, "an `expect` block has one label: a name", None);
            return;
        };
        for attribute in &block.body.attributes {
            if !ATTRIBUTES.contains(&attribute.name.text.as_str()) {
                self.unknown_key(attribute, &ATTRIBUTES);
            }
        }
        for inner in &block.body.blocks {
            let message = format!("an `expect` block has no `{}` in it", inner.kind.text);
            self.wrong(inner.header, message, None);
        }
        if self.expected.iter().any(|other| other.name == label.text) {
            let message = format!("there is another expectation `{}`", label.text);
            self.wrong(label.span, message, None);
            return;
        }
        let from = self.texts_of(block, "from");
        let to = self.texts_of(block, "to");
        let path = self.texts_of(block, "path");
        let (Some(from), Some(to), Some(path)) = (from, to, path) else { return };
        for (service, span) in &to {
            if facts::service(service).is_none() {
                let names: Vec<_> =
                    facts::services().iter().map(|service| service.short_name.as_str()).collect();
                let message = format!("there is no service `{service}` with endpoints");
                self.wrong(*span, message, nearest(service, &names));
                return;
            }
        }
        let mut ways = Vec::new();
        for (word, span) in &path {
            match Way::WORDS.iter().find(|(name, _)| name == word) {
                Some((_, way)) => ways.push(*way),
                None => {
                    let words = Way::WORDS.map(|(word, _)| word);
                    let message = format!("this is one of {}", words.join(", "));
                    self.wrong(*span, message, nearest(word, &words));
                    return;
                }
            }
        }
        let to = to.into_iter().map(|(service, _)| service).collect();
        let name = label.text.to_string();
        self.expected.push(Expected { name, from, to, ways, header: block.header });
    }

    /// The texts that an attribute lists, with their places; `None` if that is not what it does.
    fn texts_of(&mut self, block: &Block, name: &'static str) -> Option<Vec<(String, Span)>> {
        let Some(attribute) = block.body.attributes.iter().find(|it| it.name.text == name) else {
            self.wrong(block.header, format!("`{name}` is missing: a list of strings"), None);
            return None;
        };
        let elements: &[Expr] = match &attribute.value.kind {
            ExprKind::Tuple(elements) if elements.is_empty() => {
                self.wrong(attribute.value.span, format!("`{name}` lists nothing"), None);
                return None;
            }
            ExprKind::Tuple(elements) => elements,
            _ => {
                self.wrong(attribute.value.span, format!("`{name}` is a list of strings"), None);
                return None;
            }
        };
        let mut texts = Vec::new();
        for element in elements {
            match &element.kind {
                ExprKind::String(text) if !text.is_empty() => {
                    texts.push((text.to_string(), element.span));
                }
                _ => {
                    self.wrong(element.span, format!("`{name}` is a list of strings"), None);
                    return None;
                }
            }
        }
        Some(texts)
    }

    /// What is expected of paths, with places among the files of the run.
    pub(crate) fn expectations(&self, files: &Files) -> Vec<Expectation> {
        let Some(file) = self.file(files) else { return Vec::new() };
        let here = |span: Span| Span { file, ..span };
        let expected = self.expected.iter();
        expected
            .map(|expected| Expectation {
                name: expected.name.clone(),
                from: expected
                    .from
                    .iter()
                    .map(|(pattern, span)| Place { pattern: pattern.clone(), span: here(*span) })
                    .collect(),
                to: expected.to.clone(),
                ways: expected.ways.clone(),
                span: here(expected.header),
            })
            .collect()
    }
}

/// Says of patterns that mean no subnet and no workload anywhere: what they expect was not checked.
pub(crate) fn without_meaning(
    expectations: &[Expectation],
    meant: &BTreeSet<Span>,
) -> Vec<Problem> {
    let places = expectations.iter().flat_map(|expectation| &expectation.from);
    places
        .filter(|place| !meant.contains(&place.span))
        .map(|place| {
            let message =
                format!("no subnet and no workload has an address like `{}`", place.pattern);
            Problem::at(ProblemKind::Setting, place.span, message)
                .help("write it as `privatelint paths` shows it; `*` stands for any text")
        })
        .collect()
}
