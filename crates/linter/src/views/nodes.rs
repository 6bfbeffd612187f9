//! The nodes of a picture while it is made.

use std::collections::BTreeMap;

use privatelint_diagnostics::diagram::{Diagram, Edge, EdgeKind, Mark, Node, NodeKind};
use privatelint_diagnostics::{Diagnostic, Span};
use privatelint_evaluator::{Address, Instance, ModuleAddress, Multiplicity, Tri};

/// A picture, and which node each resource is.
pub(super) struct Canvas<'f> {
    pub(super) diagram: Diagram,
    by_address: BTreeMap<Address, usize>,
    findings: BTreeMap<&'f str, Vec<&'f Diagnostic>>,
}

impl<'f> Canvas<'f> {
    /// An empty picture of a root, with the findings in it.
    pub(super) fn new(root: &str, findings: &'f [Diagnostic]) -> Self {
        let mut by_resource: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.root == root) {
            if let Some(resource) = &finding.resource {
                by_resource.entry(resource).or_default().push(finding);
            }
        }
        Self {
            diagram: Diagram { title: root.to_owned(), ..Diagram::default() },
            by_address: BTreeMap::new(),
            findings: by_resource,
        }
    }

    /// The node of a resource, if it has one.
    pub(super) fn of(&self, address: &Address) -> Option<usize> {
        self.by_address.get(address).copied()
    }

    /// Draws a resource.
    pub(super) fn resource(
        &mut self,
        kind: NodeKind,
        word: &str,
        instance: &Instance,
        parent: Option<usize>,
    ) -> usize {
        if let Some(node) = self.of(&instance.address) {
            return node;
        }
        let within = parent.and_then(|parent| self.module_of(parent));
        let address = instance.address.to_string();
        let findings = self.findings.get(address.as_str()).into_iter().flatten();
        let marks = findings.map(|finding| Mark {
            rule: finding.rule.to_owned(),
            severity: finding.severity,
            message: finding.message.clone(),
        });
        let node = Node {
            kind,
            word: word.to_owned(),
            label: label(&instance.address, within.as_ref()),
            detail: String::new(),
            marks: marks.collect(),
            address: Some(address),
            span: Some(instance.header),
            parent,
            perhaps: instance.multiplicity == Multiplicity::Unknown,
        };
        let node = self.push(node);
        self.by_address.insert(instance.address.clone(), node);
        node
    }

    /// Draws something that is no resource.
    pub(super) fn other(
        &mut self,
        kind: NodeKind,
        word: &str,
        label: &str,
        parent: Option<usize>,
    ) -> usize {
        self.push(Node {
            kind,
            word: word.to_owned(),
            label: label.to_owned(),
            detail: String::new(),
            address: None,
            span: None,
            parent,
            marks: Vec::new(),
            perhaps: false,
        })
    }

    fn push(&mut self, node: Node) -> usize {
        self.diagram.nodes.push(node);
        self.diagram.nodes.len() - 1
    }

    /// The node of that kind and label that is no resource, drawn if it is not there yet.
    pub(super) fn shared(&mut self, kind: NodeKind, word: &str, label: &str) -> usize {
        let nodes = self.diagram.nodes.iter();
        let found = nodes
            .enumerate()
            .find(|(_, it)| it.kind == kind && it.label == label && it.address.is_none())
            .map(|(at, _)| at);
        found.unwrap_or_else(|| self.other(kind, word, label, None))
    }

    /// The same inside a frame.
    pub(super) fn other_in(
        &mut self,
        kind: NodeKind,
        word: &str,
        label: &str,
        frame: usize,
    ) -> usize {
        let nodes = self.diagram.nodes.iter();
        let found = nodes
            .enumerate()
            .find(|(_, it)| it.parent == Some(frame) && it.word == word && it.label == label)
            .map(|(at, _)| at);
        found.unwrap_or_else(|| self.other(kind, word, label, Some(frame)))
    }

    /// What is written below a node's label.
    pub(super) fn detail(&mut self, node: usize, detail: impl Into<String>) {
        if let Some(node) = self.diagram.nodes.get_mut(node) {
            node.detail = detail.into();
        }
    }

    /// Draws a line, once. Of two of which one is certain, that one.
    pub(super) fn edge(
        &mut self,
        kind: EdgeKind,
        (from, to): (usize, usize),
        label: &str,
        span: Option<Span>,
        there: Tri,
    ) {
        let perhaps = there != Tri::Yes;
        let same = |edge: &&mut Edge| {
            edge.kind == kind && edge.from == from && edge.to == to && edge.label == label
        };
        match self.diagram.edges.iter_mut().find(same) {
            Some(edge) => edge.perhaps &= perhaps,
            None => self.diagram.edges.push(Edge {
                from,
                to,
                kind,
                label: label.to_owned(),
                span,
                perhaps,
            }),
        }
    }

    /// The module of the resource that a frame stands for.
    fn module_of(&self, node: usize) -> Option<ModuleAddress> {
        let of = self.by_address.iter().find(|(_, at)| **at == node);
        let module = of.map(|(address, _)| address.module.clone());
        module.or_else(|| {
            let parent = self.diagram.nodes.get(node).and_then(|node| node.parent)?;
            self.module_of(parent)
        })
    }
}

/// A name that is short: what the kind of the node and the frame around it say is left out.
fn label(address: &Address, within: Option<&ModuleAddress>) -> String {
    let own = format!("{}{}", address.name, address.key);
    if within.is_none() {
        return address.to_string();
    }
    match address.module.0.last() {
        Some((name, key)) if within != Some(&address.module) => format!("{name}{key}.{own}"),
        _ => own,
    }
}
