//! Conditions that were false when a plan was made, at the places where the code writes them.

use privatelint_parser::module::ResourceKey;
use privatelint_parser::syntax::{Block, ExprKind, TemplatePart};

use crate::eval::conditions::{Condition, ConditionKind, Conditions, Subject, one_line};
use crate::eval::engine::Engine;
use crate::eval::modules::ModuleId;
use crate::eval::{Evaluation, Plan};
use crate::plan::{Failed, FailedOf};

impl Evaluation<'_> {
    /// The conditions that were false when the plan of this code was made. What the code no longer has is left out.
    pub fn planned_conditions(&mut self, plan: &Plan) -> Conditions {
        let problems = self.engine.problems.len();
        let failed = plan.failed();
        let failed = failed.iter().flat_map(|failed| self.engine.planned(failed)).collect();
        self.engine.problems.truncate(problems);
        Conditions { failed, ..Conditions::default() }
    }
}

impl<'w> Engine<'w> {
    fn planned(&mut self, failed: &Failed) -> Vec<Condition> {
        let at = self.modules.iter().position(|module| module.address == failed.module);
        let id = at.and_then(|at| u32::try_from(at).ok()).map(ModuleId);
        let Some((id, module)) = id.and_then(|id| Some((id, self.module(id).code?))) else {
            return Vec::new();
        };
        match &failed.of {
            FailedOf::Check(name) => {
                let Some(block) = module.checks.get(name) else { return Vec::new() };
                let name = self.within_module(id, format!("the check `{name}`"));
                let subject = self.subject(ConditionKind::Check, name, id, module);
                self.each_planned(failed, &[(block, "assert")], block, &subject)
            }
            FailedOf::Output(name) => {
                let Some(output) = module.outputs.get(name) else { return Vec::new() };
                let name = self.within_module(id, format!("the output `{name}`"));
                let subject = self.subject(ConditionKind::Precondition, name, id, module);
                self.each_planned(
                    failed,
                    &[(&output.block, "precondition")],
                    &output.block,
                    &subject,
                )
            }
            FailedOf::Variable(name) => {
                let Some(variable) = module.variables.get(name) else { return Vec::new() };
                let given = self.given(id, variable);
                let name = self.variable_name(id, variable);
                let subject = self.subject(ConditionKind::Validation, name, id, module);
                let subject = Subject { given: Some(given), ..subject };
                self.each_planned(
                    failed,
                    &[(&variable.block, "validation")],
                    &variable.block,
                    &subject,
                )
            }
            FailedOf::Resource(address) => {
                let key = ResourceKey {
                    mode: address.mode,
                    kind: address.kind.clone(),
                    name: address.name.clone(),
                };
                let Some((key, block)) = module.resources.get_key_value(&key) else {
                    return Vec::new();
                };
                let made = self.resource_instances(id, key, block, block.header).ok();
                let mut instances = made.iter().flat_map(|made| &made.instances);
                let instance = instances.find(|instance| instance.address == *address);
                let name = self.resource_name(id, key);
                let subject = self.subject(ConditionKind::Precondition, name, id, module);
                let subject = Subject { instance, ..subject };
                let lifecycles: Vec<&Block> = block.body.blocks_of("lifecycle").collect();
                let all = |kind| lifecycles.iter().map(move |block| (*block, kind));
                let kinds: Vec<_> = all("precondition").chain(all("postcondition")).collect();
                self.each_planned(failed, &kinds, block, &subject)
            }
        }
    }

    /// One condition for each message: that among the blocks which says it.
    fn each_planned(
        &self,
        failed: &Failed,
        within: &[(&'w Block, &str)],
        whole: &'w Block,
        subject: &Subject<'_, 'w>,
    ) -> Vec<Condition> {
        let blocks: Vec<(&Block, &str)> = within
            .iter()
            .flat_map(|(block, kind)| block.body.blocks_of(kind).map(move |inner| (inner, *kind)))
            .collect();
        let silent = [String::new()];
        let messages = if failed.messages.is_empty() { &silent[..] } else { &failed.messages };
        let mut conditions = Vec::with_capacity(messages.len());
        for message in messages {
            let saying = blocks.iter().find(|(block, _)| says(block, message));
            let only = if let [only] = blocks.as_slice() { Some(only) } else { None };
            let found = saying.or(only);
            let kind = match found {
                Some((_, "postcondition")) => ConditionKind::Postcondition,
                _ => subject.kind,
            };
            let expr = found.and_then(|(block, _)| block.body.attribute("condition"));
            let span = expr.map_or(whole.header, |condition| condition.value.span);
            let condition = self.condition(span, one_line(message), subject);
            conditions.push(Condition { kind, ..condition });
        }
        conditions
    }
}

/// Whether a block says a message, as far as its text is written out.
fn says(block: &Block, message: &str) -> bool {
    let Some(written) = block.body.attribute("error_message") else { return false };
    match &written.value.kind {
        ExprKind::String(text) => text.trim() == message.trim(),
        ExprKind::Template(parts) => {
            let mut rest = message;
            let mut any = false;
            let all = parts.iter().all(|part| {
                let TemplatePart::Literal(text) = part else { return true };
                let text = text.trim();
                any |= !text.is_empty();
                match rest.split_once(text) {
                    Some((_, after)) => {
                        rest = after;
                        true
                    }
                    None => false,
                }
            });
            any && all
        }
        _ => false,
    }
}
