//! `# privatelint: ignore[…]` comments.

use privatelint_diagnostics::Span;
use smol_str::SmolStr;

/// A suppression comment, understood.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The comment.
    pub comment: Span,
    /// The rules it names, each with its place.
    pub rules: Vec<(SmolStr, Span)>,
    /// What it covers: a line, an attribute or block with everything in it, or the whole file.
    pub covers: Span,
    /// Whether it stands on a `module` block, and therefore covers what the called module contains too: the block's name.
    pub module_call: Option<SmolStr>,
    /// `until=YYYY-MM-DD`: the last day on which it holds.
    pub until: Option<SmolStr>,
    /// The reason given.
    pub reason: String,
}
