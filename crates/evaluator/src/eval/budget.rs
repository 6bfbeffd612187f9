//! How much work one root module may cause.

use crate::eval::error::EvalError;
use privatelint_diagnostics::Span;

/// Expressions evaluated for one root. A large public root needs some hundred thousand.
const MOST_STEPS: u64 = 20_000_000;

/// Expressions evaluated inside each other, across references. Terraform has no limit but its stack; ours grows.
const MOST_DEPTH: u32 = 1_500;

/// Instances of one block.
pub(super) const MOST_INSTANCES: usize = 10_000;

/// Instances of all blocks.
const MOST_INSTANCES_IN_ALL: usize = 50_000;

/// Instances of modules.
const MOST_MODULES: usize = 10_000;

/// Blocks that `dynamic` blocks make.
const MOST_BLOCKS: usize = 200_000;

/// Bytes of one string made by a template.
pub(super) const MOST_TEXT_BYTES: usize = 4 << 20;

/// Elements that collections made by expressions may have in all.
const MOST_ELEMENTS: u64 = 20_000_000;

/// The stack that must be left when an expression is entered: more than one level needs in a build without optimisation.
pub(super) const STACK_LEFT_BYTES: usize = 128 << 10;

/// By how much the stack grows when less is left.
pub(super) const STACK_STEP_BYTES: usize = 2 << 20;

/// What is left to spend.
#[derive(Debug)]
pub(super) struct Budget {
    steps: u64,
    elements: u64,
    depth: u32,
    instances: usize,
    modules: usize,
    blocks: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: MOST_STEPS,
            elements: MOST_ELEMENTS,
            depth: MOST_DEPTH,
            instances: MOST_INSTANCES_IN_ALL,
            modules: MOST_MODULES,
            blocks: MOST_BLOCKS,
        }
    }
}

impl Budget {
    /// Enters an expression; every success is paired with [`Self::leave`].
    pub(super) fn enter(&mut self, span: Span) -> Result<(), EvalError> {
        let Some(steps) = self.steps.checked_sub(1) else {
            return Err(EvalError::new(span, "evaluating this configuration takes too many steps")
                .help("the rest of the root module is treated as unknown")
                .spent());
        };
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(EvalError::new(span, "references are nested too deeply to be evaluated")
                .help("the value is treated as unknown")
                .limit());
        };
        self.steps = steps;
        self.depth = depth;
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth += 1;
    }

    /// Pays for the elements of a collection.
    pub(super) fn elements(&mut self, count: usize, span: Span) -> Result<(), EvalError> {
        match self.elements.checked_sub(count as u64) {
            Some(left) => {
                self.elements = left;
                Ok(())
            }
            None => Err(EvalError::new(
                span,
                "the collections of this configuration have too many elements",
            )
            .help("the value is treated as unknown")
            .limit()),
        }
    }

    /// Pays for instances of a block; `false` if there are too many.
    pub(super) fn instances(&mut self, count: usize) -> bool {
        match self.instances.checked_sub(count) {
            Some(left) if count <= MOST_INSTANCES => {
                self.instances = left;
                true
            }
            _ => false,
        }
    }

    /// Pays for instances of a module; `false` if there are too many.
    pub(super) fn modules(&mut self, count: usize) -> bool {
        spend(&mut self.modules, count)
    }

    /// Pays for blocks that a `dynamic` block makes.
    pub(super) fn blocks(&mut self, count: usize, span: Span) -> Result<(), EvalError> {
        if spend(&mut self.blocks, count) {
            return Ok(());
        }
        Err(EvalError::new(span, "the `dynamic` blocks of this configuration make too many blocks")
            .help("these are treated as unknown")
            .limit())
    }
}

fn spend(left: &mut usize, count: usize) -> bool {
    match left.checked_sub(count) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}
