//! What of Terraform's own schemas JSON syntax needs: which keys are blocks, and how strings are read.

/// How the strings in an attribute's value are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As templates: `"${var.a}-b"`.
    Template,
    /// As expressions that are written into a string: `"aws_vpc.main"`.
    Reference,
    /// As they are.
    Literal,
}

/// What may stand in a body.
#[derive(Debug)]
pub(super) struct Shape {
    blocks: &'static [BlockShape],
    /// Attributes whose strings are references.
    references: &'static [&'static str],
    /// Attributes whose strings are what they are.
    literals: &'static [&'static str],
    /// How the strings of all other attributes are read.
    default: Reading,
}

/// A type of block.
#[derive(Debug)]
pub(super) struct BlockShape {
    name: &'static str,
    pub(super) labels: usize,
    pub(super) body: &'static Shape,
}

impl Shape {
    pub(super) fn block(&self, name: &str) -> Option<&'static BlockShape> {
        self.blocks.iter().find(|block| block.name == name)
    }

    pub(super) fn reading(&self, attribute: &str) -> Reading {
        if self.references.contains(&attribute) {
            Reading::Reference
        } else if self.literals.contains(&attribute) {
            Reading::Literal
        } else {
            self.default
        }
    }
}

const fn block(name: &'static str, labels: usize, body: &'static Shape) -> BlockShape {
    BlockShape { name, labels, body }
}

const fn shape(
    blocks: &'static [BlockShape],
    references: &'static [&'static str],
    literals: &'static [&'static str],
) -> Shape {
    Shape { blocks, references, literals, default: Reading::Template }
}

/// A configuration file.
pub(super) static ROOT: Shape = shape(
    &[
        block("terraform", 0, &TERRAFORM),
        block("variable", 1, &VARIABLE),
        block("locals", 0, &PLAIN),
        block("output", 1, &OUTPUT),
        block("module", 1, &MODULE),
        block("resource", 2, &RESOURCE),
        block("data", 2, &RESOURCE),
        block("ephemeral", 2, &RESOURCE),
        block("provider", 1, &PROVIDER),
        block("moved", 0, &MOVED),
        block("removed", 0, &MOVED),
        block("import", 0, &MOVED),
        block("check", 1, &CHECK),
    ],
    &[],
    &[],
);

/// A file of variables: values without references.
pub(super) static VARIABLES: Shape =
    Shape { blocks: &[], references: &[], literals: &[], default: Reading::Literal };

static LITERAL: Shape =
    Shape { blocks: &[], references: &[], literals: &[], default: Reading::Literal };

static PLAIN: Shape = shape(&[], &[], &[]);

static TERRAFORM: Shape = Shape {
    blocks: &[
        block("backend", 1, &LITERAL),
        block("cloud", 0, &CLOUD),
        block("required_providers", 0, &LITERAL),
        block("provider_meta", 1, &PLAIN),
    ],
    references: &[],
    literals: &[],
    default: Reading::Literal,
};

static CLOUD: Shape = Shape {
    blocks: &[block("workspaces", 0, &LITERAL)],
    references: &[],
    literals: &[],
    default: Reading::Literal,
};

static VARIABLE: Shape = shape(
    &[block("validation", 0, &PLAIN)],
    &["type"],
    &["default", "description", "nullable", "sensitive", "ephemeral"],
);

static OUTPUT: Shape =
    shape(&[block("precondition", 0, &PLAIN)], &["depends_on"], &["description"]);

static MODULE: Shape = shape(&[], &["depends_on", "providers"], &["source", "version"]);

static PROVIDER: Shape = shape(&[], &[], &["alias", "version"]);

static RESOURCE: Shape = shape(
    &[
        block("lifecycle", 0, &LIFECYCLE),
        block("dynamic", 1, &DYNAMIC),
        block("provisioner", 1, &PROVISIONER),
        block("connection", 0, &PLAIN),
    ],
    &["depends_on", "provider"],
    &[],
);

static LIFECYCLE: Shape = shape(
    &[block("precondition", 0, &PLAIN), block("postcondition", 0, &PLAIN)],
    &["ignore_changes", "replace_triggered_by"],
    &[],
);

static DYNAMIC: Shape = shape(&[block("content", 0, &CONTENT)], &["iterator"], &[]);

static CONTENT: Shape = shape(&[block("dynamic", 1, &DYNAMIC)], &[], &[]);

static PROVISIONER: Shape = shape(&[block("connection", 0, &PLAIN)], &["when", "on_failure"], &[]);

static MOVED: Shape = shape(&[block("lifecycle", 0, &PLAIN)], &["from", "to", "provider"], &[]);

static CHECK: Shape = shape(&[block("data", 2, &RESOURCE), block("assert", 0, &PLAIN)], &[], &[]);
