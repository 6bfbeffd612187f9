//! Bodies: attributes, nested blocks, `dynamic` blocks.

use privatelint_parser::syntax::{Block, Body};
use smol_str::SmolStr;

use crate::eval::engine::Engine;
use crate::eval::error::{EvalError, Evaluated};
use crate::eval::expression::iterate;
use crate::eval::scope::{Binding, Scope};
use crate::{AttributeValue, BlockValue, BodyValue, Multiplicity, Unknown, Value};

impl Engine<'_> {
    /// The values in a body, without the arguments and blocks that are named in `skip`.
    pub(super) fn body(&mut self, body: &Body, skip: &[&str], scope: Scope<'_>) -> BodyValue {
        let mut result = BodyValue::default();
        for attribute in &body.attributes {
            if skip.contains(&attribute.name.text.as_str()) {
                continue;
            }
            let evaluated = self.evaluate(&attribute.value, scope);
            let value = AttributeValue {
                value: self.settle(evaluated, attribute.value.span),
                span: attribute.span(),
            };
            result.attributes.insert(attribute.name.text.clone(), value);
        }
        for block in &body.blocks {
            match (block.kind.text.as_str(), block.labels.first()) {
                ("dynamic", Some(kind)) => {
                    self.dynamic(block, &kind.text, scope, &mut result.blocks)
                }
                (kind, _) if skip.contains(&kind) => {}
                _ => result.blocks.push(BlockValue {
                    kind: block.kind.text.clone(),
                    labels: block
                        .labels
                        .iter()
                        .map(|label| Value::String(label.text.clone()))
                        .collect(),
                    span: block.header,
                    multiplicity: Multiplicity::One,
                    body: self.body(&block.body, &[], scope),
                }),
            }
        }
        result
    }

    fn dynamic(
        &mut self,
        block: &Block,
        kind: &SmolStr,
        scope: Scope<'_>,
        blocks: &mut Vec<BlockValue>,
    ) {
        let before = blocks.len();
        if let Err(error) = self.expand_dynamic(block, kind, scope, blocks) {
            self.report(error);
            blocks.truncate(before);
            blocks.push(BlockValue {
                kind: kind.clone(),
                labels: Vec::new(),
                span: block.header,
                multiplicity: Multiplicity::Unknown,
                body: BodyValue::default(),
            });
        }
    }

    fn expand_dynamic(
        &mut self,
        block: &Block,
        kind: &SmolStr,
        scope: Scope<'_>,
        blocks: &mut Vec<BlockValue>,
    ) -> Evaluated<()> {
        let Some(for_each) = block.body.attribute("for_each") else {
            return Err(
                EvalError::new(block.header, "a `dynamic` block needs `for_each`").structural()
            );
        };
        let iterator = match block.body.attribute("iterator").map(|attribute| &attribute.value.kind)
        {
            Some(privatelint_parser::syntax::ExprKind::Variable(name)) => name.clone(),
            _ => kind.clone(),
        };
        let collection = self.evaluate(&for_each.value, scope)?;
        let arms = collection.alternatives();
        // With several alternatives it is not known which of their blocks there are.
        let certain = if arms.len() == 1 { Multiplicity::One } else { Multiplicity::Unknown };
        for arm in arms {
            // An alternative that cannot be iterated over is an error only if it is the one that is taken.
            let items = match iterate(arm, for_each.value.span) {
                Err(_) if arms.len() > 1 => continue,
                items => items?,
            };
            let Some(items) = items else {
                let any = Value::Unknown(Unknown::derived([arm]));
                self.content(
                    block,
                    kind,
                    &iterator,
                    (any.clone(), any),
                    Multiplicity::Unknown,
                    scope,
                    blocks,
                );
                continue;
            };
            self.budget.blocks(items.len(), for_each.value.span)?;
            for item in items {
                self.content(block, kind, &iterator, item, certain, scope, blocks);
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one block needs all of it, and only here")]
    fn content(
        &mut self,
        block: &Block,
        kind: &SmolStr,
        iterator: &str,
        (key, value): (Value, Value),
        multiplicity: Multiplicity,
        scope: Scope<'_>,
        blocks: &mut Vec<BlockValue>,
    ) {
        let item = Value::object([("key".into(), key), ("value".into(), value)].into());
        let bound = Binding { name: iterator, value: item, outer: scope.bindings };
        let doubtful = self.doubtful || multiplicity == Multiplicity::Unknown;
        for content in block.body.blocks_of("content") {
            let there = if doubtful { Multiplicity::Unknown } else { Multiplicity::One };
            let (labels, body) = self.within(there, |engine| {
                let scope = scope.with_bindings(&bound);
                (engine.dynamic_labels(block, scope), engine.body(&content.body, &[], scope))
            });
            let (kind, span) = (kind.clone(), block.header);
            blocks.push(BlockValue { kind, labels, span, multiplicity, body });
        }
    }

    /// The labels that a `dynamic` block gives to what it makes.
    fn dynamic_labels(&mut self, block: &Block, scope: Scope<'_>) -> Vec<Value> {
        let Some(labels) = block.body.attribute("labels") else { return Vec::new() };
        let evaluated = self.evaluate(&labels.value, scope);
        let labels = self.settle(evaluated, labels.value.span);
        labels.as_elements().map_or_else(|| vec![labels.clone()], <[Value]>::to_vec)
    }
}
