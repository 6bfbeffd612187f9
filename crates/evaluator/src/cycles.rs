//! What depends on itself: Terraform refuses it, whether or not anything asks for it.
//!
//! The objects of a module are nodes, and what their expressions name are edges. A call is looked through: one of its outputs needs those inputs
//! that lead there inside the called module.

mod search;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Problem, ProblemKind, Span};
use privatelint_parser::module::{Mode, Module, ModuleCall, ResourceKey, Source};
use privatelint_parser::syntax::{Block, Expr, ExprKind};
use smol_str::SmolStr;

use self::search::{reached, shortest_cycles};
use crate::eval::CALL_ARGUMENTS;
use crate::references::NOT_VALUES;
use crate::scoped::{self, Bound};

/// How deep calls are looked through.
const DEEPEST: usize = 64;

/// The most cycles that one module is told of.
const MOST_CYCLES: usize = 20;

/// The most steps of a cycle's way that are named.
const MOST_STEPS: usize = 12;

/// What the message of every cycle says.
const MESSAGE: &str = "depends on itself";

/// The blocks of a resource that may name the resource itself.
const MAY_NAME_ITSELF: [&str; 3] = ["lifecycle", "provisioner", "connection"];

/// What the objects of a module refer to.
#[derive(Debug)]
pub struct References<'m> {
    module: &'m Module,
    nodes: Vec<Node>,
    positions: HashMap<Node, usize>,
    edges: Edges,
}

/// For each node what it refers to, with the place of the reference.
type Edges = Vec<Vec<(usize, Span)>>;

/// For each output of a module the variables that it needs.
type Flows = BTreeMap<SmolStr, BTreeSet<SmolStr>>;

/// An object of a module.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Local(SmolStr),
    Variable(SmolStr),
    Output(SmolStr),
    Resource(ResourceKey),
    /// The `count` or `for_each` of a call.
    Call(SmolStr),
    /// An input of a call.
    Input(SmolStr, SmolStr),
    /// An output of a call.
    OutputOf(SmolStr, SmolStr),
    /// All outputs of a call.
    Outputs(SmolStr),
}

/// An object whose expressions are walked: a node as soon as it refers to something.
struct From {
    node: Node,
    at: Option<usize>,
}

impl From {
    fn new(node: Node) -> Self {
        Self { node, at: None }
    }
}

/// Whether a problem is that something depends on itself.
#[must_use]
pub fn is_cycle(problem: &Problem) -> bool {
    problem.kind == ProblemKind::Module && problem.message.contains(MESSAGE)
}

/// What depends on itself in the user's modules, once each, by place. The references are those of all modules that these call, too.
#[must_use]
pub fn cycles(modules: &BTreeMap<&Utf8Path, References<'_>>) -> Vec<Problem> {
    let mut all = All { modules, flows: HashMap::new() };
    let mut problems = Vec::new();
    for references in modules.values().filter(|references| !references.module.is_foreign()) {
        let edges = all.edges(references, DEEPEST);
        let found = shortest_cycles(&edges, MOST_CYCLES);
        problems.extend(found.iter().filter_map(|way| references.problem(way)));
    }
    problems.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    problems.dedup();
    problems
}

struct All<'a> {
    modules: &'a BTreeMap<&'a Utf8Path, References<'a>>,
    /// By directory; `None` while they are looked for.
    flows: HashMap<&'a Utf8Path, Option<Flows>>,
}

impl<'a> All<'a> {
    /// The edges of a module, with those that lead through its calls.
    fn edges(&mut self, references: &'a References<'a>, depth: usize) -> Edges {
        let mut edges = references.edges.clone();
        for (at, node) in references.nodes.iter().enumerate() {
            let (call, output) = match node {
                Node::OutputOf(call, output) => (call, Some(output)),
                Node::Outputs(call) => (call, None),
                _ => continue,
            };
            let Some(declared) = references.module.calls.get(call) else { continue };
            let mut inputs: BTreeSet<SmolStr> = BTreeSet::new();
            if let Some(flows) = self.flows_of(&declared.source, depth) {
                match output {
                    Some(output) => inputs.extend(flows.get(output).into_iter().flatten().cloned()),
                    None => inputs.extend(flows.values().flatten().cloned()),
                }
            }
            let needed = inputs.into_iter().map(|input| Node::Input(call.clone(), input));
            let needed = needed.chain([Node::Call(call.clone())]);
            let place = declared.block.header;
            if let Some(edges) = edges.get_mut(at) {
                let known = needed.filter_map(|node| references.positions.get(&node));
                edges.extend(known.map(|to| (*to, place)));
            }
        }
        edges
    }

    fn flows_of(&mut self, source: &Source, depth: usize) -> Option<&Flows> {
        let Source::Local(dir) = source else { return None };
        let (dir, references): (&'a Utf8Path, _) =
            self.modules.get_key_value(Utf8PathBuf::as_path(dir)).map(|(dir, it)| (*dir, it))?;
        // A description need not say how outputs come about.
        if references.module.description().is_some() {
            return None;
        }
        if !self.flows.contains_key(dir) {
            let depth = depth.checked_sub(1)?;
            // A module that calls itself is reported elsewhere.
            self.flows.insert(dir, None);
            let edges = self.edges(references, depth);
            self.flows.insert(dir, Some(references.flows(&edges)));
        }
        self.flows.get(dir)?.as_ref()
    }
}

impl<'m> References<'m> {
    /// Walks the expressions of a module.
    #[must_use]
    pub fn of(module: &'m Module) -> Self {
        let mut references =
            Self { module, nodes: Vec::new(), positions: HashMap::new(), edges: Vec::new() };
        for (name, local) in &module.locals {
            references.expr(&mut From::new(Node::Local(name.clone())), &local.value);
        }
        for (name, output) in &module.outputs {
            let mut from = From::new(Node::Output(name.clone()));
            output.value.iter().for_each(|value| references.expr(&mut from, value));
        }
        for (key, block) in &module.resources {
            references.resource(key, block);
        }
        for (name, call) in &module.calls {
            references.call(name, call);
        }
        references
    }

    fn resource(&mut self, key: &ResourceKey, block: &Block) {
        let mut from = From::new(Node::Resource(key.clone()));
        for attribute in &block.body.attributes {
            match attribute.name.text.as_str() {
                "depends_on" => self.depends_on(&mut from, &attribute.value),
                name if NOT_VALUES.contains(&name) => {}
                _ => self.expr(&mut from, &attribute.value),
            }
        }
        for inner in &block.body.blocks {
            if !MAY_NAME_ITSELF.contains(&inner.kind.text.as_str()) {
                let visit =
                    &mut |expr: &Expr, bound: &Bound| self.reference(&mut from, expr, bound);
                scoped::walk_block(inner, &NOT_VALUES, &mut Bound::default(), visit);
            }
        }
    }

    fn call(&mut self, name: &SmolStr, call: &ModuleCall) {
        let whole = Node::Call(name.clone());
        let mut from = From::new(whole.clone());
        for attribute in ["count", "for_each"] {
            let attribute = call.block.body.attribute(attribute);
            attribute.into_iter().for_each(|it| self.expr(&mut from, &it.value));
        }
        let repeats = from.at.is_some();
        for argument in &call.block.body.attributes {
            let input = &argument.name.text;
            if CALL_ARGUMENTS.contains(&input.as_str()) {
                continue;
            }
            let mut from = From::new(Node::Input(name.clone(), input.clone()));
            self.expr(&mut from, &argument.value);
            if repeats {
                self.edge(&mut from, whole.clone(), call.block.header);
            }
        }
    }

    fn expr(&mut self, from: &mut From, expr: &Expr) {
        let visit = &mut |expr: &Expr, bound: &Bound| self.reference(from, expr, bound);
        scoped::walk(expr, &mut Bound::default(), visit);
    }

    /// The resources in it: a module in it stands for all that it makes, which is not looked at.
    fn depends_on(&mut self, from: &mut From, expr: &Expr) {
        let ExprKind::Tuple(elements) = &expr.kind else { return };
        for element in elements {
            if !scoped::free_names(element).contains("module") {
                self.expr(from, element);
            }
        }
    }

    /// Notes a reference; `false` if the expression is none as a whole.
    fn reference(&mut self, from: &mut From, expr: &Expr, bound: &Bound) -> bool {
        let ExprKind::GetAttr(source, name) = &expr.kind else { return false };
        let name = &name.text;
        let free = |expr: &Expr| match &expr.kind {
            ExprKind::Variable(root) if !bound.contains(root) => Some(root.clone()),
            _ => None,
        };
        let resource = |mode, kind: &str| {
            Node::Resource(ResourceKey { mode, kind: kind.into(), name: name.clone() })
        };
        let node = match &source.kind {
            ExprKind::Variable(_) => {
                let Some(root) = free(source) else { return false };
                match root.as_str() {
                    "var" => Node::Variable(name.clone()),
                    "local" => Node::Local(name.clone()),
                    "module" => Node::Outputs(name.clone()),
                    kind => resource(Mode::Managed, kind),
                }
            }
            ExprKind::GetAttr(inner, kind) => match free(inner).as_deref() {
                Some("data") => resource(Mode::Data, &kind.text),
                Some("resource") => resource(Mode::Managed, &kind.text),
                Some("module") => Node::OutputOf(kind.text.clone(), name.clone()),
                _ => return false,
            },
            // With an index that is not written out it is the whole module that is meant.
            ExprKind::Index(call, index) => match (&call.kind, &index.kind) {
                (ExprKind::GetAttr(inner, call), ExprKind::String(_) | ExprKind::Number(_))
                    if free(inner).is_some_and(|root| root == "module") =>
                {
                    Node::OutputOf(call.text.clone(), name.clone())
                }
                _ => return false,
            },
            _ => return false,
        };
        if self.declares(&node) {
            self.edge(from, node, expr.span);
        }
        true
    }

    fn declares(&self, node: &Node) -> bool {
        let module = self.module;
        match node {
            Node::Local(name) => module.locals.contains_key(name),
            Node::Variable(name) => module.variables.contains_key(name),
            Node::Output(name) => module.outputs.contains_key(name),
            Node::Resource(key) => module.resources.contains_key(key),
            Node::Call(call)
            | Node::Input(call, _)
            | Node::OutputOf(call, _)
            | Node::Outputs(call) => module.calls.contains_key(call),
        }
    }

    fn node(&mut self, node: Node) -> usize {
        if let Some(at) = self.positions.get(&node) {
            return *at;
        }
        let at = self.nodes.len();
        self.nodes.push(node.clone());
        self.positions.insert(node, at);
        self.edges.push(Vec::new());
        at
    }

    fn edge(&mut self, from: &mut From, to: Node, place: Span) {
        let to = self.node(to);
        let from = *from.at.get_or_insert_with(|| self.node(from.node.clone()));
        if let Some(edges) = self.edges.get_mut(from) {
            edges.push((to, place));
        }
    }

    /// For each output of the module the variables that it needs.
    fn flows(&self, edges: &Edges) -> Flows {
        let mut flows = Flows::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Node::Output(name) = node else { continue };
            let needed = reached(edges, at).into_iter().filter_map(|to| match self.nodes.get(to) {
                Some(Node::Variable(name)) => Some(name.clone()),
                _ => None,
            });
            flows.insert(name.clone(), needed.collect());
        }
        flows
    }

    /// What to say of a cycle: its steps, each with the place where it names the next.
    fn problem(&self, way: &[(usize, Span)]) -> Option<Problem> {
        // Wherever the search began, it is told from its first place on that names the next one itself.
        let key = |(at, place): &(usize, Span)| {
            let is_output = |node| matches!(node, &Node::OutputOf(..) | &Node::Outputs(_));
            (self.nodes.get(*at).is_some_and(is_output), *place)
        };
        let first = way.iter().enumerate().min_by_key(|(_, step)| key(step))?.0;
        let steps = way.iter().cycle().skip(first).take(way.len());
        let steps: Vec<&(usize, Span)> = steps.collect();
        let (start, place) = steps.first()?;
        let name = |at: usize| self.nodes.get(at).map(ToString::to_string).unwrap_or_default();
        let mut names: Vec<String> =
            steps.iter().take(MOST_STEPS).map(|(at, _)| name(*at)).collect();
        if steps.len() > MOST_STEPS {
            names.push("…".to_owned());
        }
        names.push(name(*start));
        let message = format!("{} {MESSAGE}: {}", name(*start), names.join(" → "));
        let problem = Problem::at(ProblemKind::Module, *place, message);
        Some(problem.help("break the cycle: Terraform refuses this configuration"))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(name) => write!(f, "`local.{name}`"),
            Self::Variable(name) => write!(f, "`var.{name}`"),
            Self::Output(name) => write!(f, "output `{name}`"),
            Self::Resource(ResourceKey { mode, kind, name }) => {
                let data = if *mode == Mode::Data { "data." } else { "" };
                write!(f, "`{data}{kind}.{name}`")
            }
            Self::Call(call) | Self::Outputs(call) => write!(f, "`module.{call}`"),
            Self::Input(call, name) => write!(f, "input `{name}` of `module.{call}`"),
            Self::OutputOf(call, name) => write!(f, "`module.{call}.{name}`"),
        }
    }
}
