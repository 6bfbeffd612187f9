//! A Terragrunt file to a module.

use std::sync::Arc;

use privatelint_diagnostics::Span;
use smol_str::{SmolStr, format_smolstr};

use super::names::{
    BACKEND, BACKEND_CONFIG, DEPENDENCY, FUNCTION, INCLUDE, INCLUDE_PATH, INPUT, INPUTS, LOCAL,
    SOURCE,
};
use super::{Include, Merge, TerragruntFile};
use crate::module::{Mode, Module, Output, ResourceKey};
use crate::syntax::{
    Attribute, Block, Body, Call, Conditional, Expr, ExprKind, ForExpr, Ident, ObjectItem, Splat,
    Step, TemplatePart,
};

/// The functions that Terragrunt adds to Terraform's.
const FUNCTIONS: [&str; 29] = [
    "find_in_parent_folders",
    "get_aws_account_alias",
    "get_aws_account_id",
    "get_aws_caller_identity_arn",
    "get_aws_caller_identity_user_id",
    "get_default_retryable_errors",
    "get_env",
    "get_original_terragrunt_dir",
    "get_parent_terragrunt_dir",
    "get_path_from_repo_root",
    "get_path_to_repo_root",
    "get_platform",
    "get_repo_root",
    "get_terraform_cli_args",
    "get_terraform_command",
    "get_terraform_commands_that_need_input",
    "get_terraform_commands_that_need_locking",
    "get_terraform_commands_that_need_parallelism",
    "get_terraform_commands_that_need_vars",
    "get_terragrunt_dir",
    "get_terragrunt_source_cli_flag",
    "get_working_dir",
    "mark_as_read",
    "path_relative_from_include",
    "path_relative_to_include",
    "read_terragrunt_config",
    "read_tfvars_file",
    "run_cmd",
    "sops_decrypt_file",
];

/// What a file says, and the module that it becomes.
pub(super) fn file(body: Body) -> (TerragruntFile, Module) {
    let mut translator = Translator::default();
    translator.body(body);
    (translator.file, translator.module)
}

#[derive(Default)]
struct Translator {
    file: TerragruntFile,
    module: Module,
    /// How many calls of Terragrunt's functions there were.
    calls: usize,
}

impl Translator {
    fn body(&mut self, body: Body) {
        for attribute in body.attributes {
            if attribute.name.text == "inputs" {
                self.object(INPUTS, INPUT, attribute.value);
            } else if attribute.name.text == "generate" {
                self.file.generates = true;
            }
        }
        for block in body.blocks {
            match block.kind.text.as_str() {
                "locals" => block.body.attributes.into_iter().for_each(|local| self.local(local)),
                "include" => self.include(block),
                "dependency" => {
                    self.data(DEPENDENCY, block, &["config_path", "enabled", "skip_outputs"])
                }
                "terraform" => self.terraform(block),
                "generate" => self.file.generates = true,
                "remote_state" => {
                    for attribute in block.body.attributes {
                        match attribute.name.text.as_str() {
                            "backend" => self.output(BACKEND.into(), attribute.value),
                            "config" => self.output(BACKEND_CONFIG.into(), attribute.value),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn terraform(&mut self, block: Block) {
        self.file.has_extra_arguments |= block.body.blocks_of("extra_arguments").next().is_some();
        for attribute in block.body.attributes {
            if attribute.name.text == "source" {
                self.file.has_source = true;
                self.output(SOURCE.into(), attribute.value);
            }
        }
    }

    fn local(&mut self, attribute: Attribute) {
        let Attribute { name, value } = attribute;
        let span = value.span;
        let root = Expr { kind: ExprKind::Variable("local".into()), span };
        let reference = Expr { kind: ExprKind::GetAttr(Box::new(root), name.clone()), span };
        self.output(format_smolstr!("{LOCAL}{}", name.text), reference);
        let value = self.expr(value);
        self.module.locals.insert(name.text.clone(), Arc::new(Attribute { name, value }));
    }

    fn include(&mut self, block: Block) {
        let name = match block.labels.first() {
            Some(label) => label.clone(),
            None => Ident { text: SmolStr::default(), span: block.header },
        };
        let literal = block.body.attribute("merge_strategy").map(|attribute| &attribute.value.kind);
        let merge = match literal {
            None => Merge::Shallow,
            Some(ExprKind::String(text)) if text == "shallow" => Merge::Shallow,
            Some(ExprKind::String(text)) if text == "no_merge" => Merge::None,
            Some(_) => Merge::Deep,
        };
        let path = block.body.attribute("path").map(|attribute| attribute.value.clone());
        let path = path.unwrap_or(Expr { kind: ExprKind::Invalid, span: block.header });
        self.output(format_smolstr!("{INCLUDE_PATH}{}", name.text), path);
        self.file.includes.push(Include { name, merge });
        self.data(INCLUDE, block, &["path"]);
    }

    /// One output for each item of an object, so that what is wrong in one does no harm to the others; else one for all.
    fn object(&mut self, name: &str, prefix: &str, value: Expr) {
        let items = match value.kind {
            ExprKind::Object(items)
                if items.iter().all(|item| matches!(item.key.kind, ExprKind::String(_))) =>
            {
                items
            }
            kind => return self.output(name.into(), Expr { kind, span: value.span }),
        };
        for item in items {
            if let ExprKind::String(key) = &item.key.kind {
                self.output(format_smolstr!("{prefix}{key}"), item.value);
            }
        }
    }

    fn output(&mut self, text: SmolStr, value: Expr) {
        let span = value.span;
        let name = Ident { text: text.clone(), span };
        let value = Some(self.expr(value));
        let block = Arc::new(block("output", span, Vec::new()));
        self.module.outputs.insert(text, Output { name, value, block });
    }

    /// A block as a data source with some of its arguments.
    fn data(&mut self, kind: &str, mut block: Block, arguments: &[&str]) {
        let name = block.labels.first().map(|label| label.text.clone()).unwrap_or_default();
        block.body.blocks.clear();
        block.body.attributes.retain(|argument| arguments.contains(&argument.name.text.as_str()));
        for attribute in &mut block.body.attributes {
            let value = Expr { kind: ExprKind::Invalid, span: attribute.value.span };
            let value = std::mem::replace(&mut attribute.value, value);
            attribute.value = self.expr(value);
        }
        self.insert(kind, name, block);
    }

    fn insert(&mut self, kind: &str, name: SmolStr, block: Block) {
        let key = ResourceKey { mode: Mode::Data, kind: kind.into(), name };
        self.module.resources.insert(key, Arc::new(block));
    }

    fn function(&mut self, call: Call, span: Span) -> Expr {
        let name = format_smolstr!("{}_{}", call.name.text, self.calls);
        self.calls += 1;
        let mut arguments = vec![argument(
            "function".into(),
            Expr { kind: ExprKind::String(call.name.text), span },
        )];
        for (at, value) in call.args.into_iter().enumerate() {
            let value = self.expr(value);
            arguments.push(argument(format_smolstr!("argument_{at}"), value));
        }
        self.insert(FUNCTION, name.clone(), block("data", span, arguments));
        let data = data_reference(FUNCTION, Ident { text: name, span }, span);
        Expr { kind: ExprKind::GetAttr(data.into(), Ident { text: "result".into(), span }), span }
    }

    fn expr(&mut self, expr: Expr) -> Expr {
        let Expr { kind, span } = expr;
        let kind = match kind {
            ExprKind::GetAttr(inner, name) => match inner.kind {
                ExprKind::Variable(root) if root == "dependency" => {
                    return data_reference(DEPENDENCY, name, span);
                }
                ExprKind::Variable(root) if root == "include" => {
                    return data_reference(INCLUDE, name, span);
                }
                _ => ExprKind::GetAttr(self.boxed(*inner), name),
            },
            ExprKind::Call(call) if FUNCTIONS.contains(&call.name.text.as_str()) => {
                return self.function(*call, span);
            }
            ExprKind::Call(call) => {
                let Call { name, args, expand_last } = *call;
                ExprKind::Call(Box::new(Call { name, args: self.all(args), expand_last }))
            }
            ExprKind::Template(parts) => ExprKind::Template(self.template(parts)),
            ExprKind::Tuple(elements) => ExprKind::Tuple(self.all(elements)),
            ExprKind::Object(items) => {
                let items = items.into_iter().map(|item| ObjectItem {
                    key: self.expr(item.key),
                    value: self.expr(item.value),
                });
                ExprKind::Object(items.collect())
            }
            ExprKind::Index(source, key) => ExprKind::Index(self.boxed(*source), self.boxed(*key)),
            ExprKind::Splat(splat) => {
                let Splat { source, kind, steps } = *splat;
                let source = self.expr(source);
                ExprKind::Splat(Box::new(Splat { source, kind, steps: self.steps(steps) }))
            }
            ExprKind::Unary(op, operand) => ExprKind::Unary(op, self.boxed(*operand)),
            ExprKind::Binary(op, left, right) => {
                ExprKind::Binary(op, self.boxed(*left), self.boxed(*right))
            }
            ExprKind::Conditional(conditional) => {
                let Conditional { condition, then, otherwise } = *conditional;
                ExprKind::Conditional(Box::new(Conditional {
                    condition: self.expr(condition),
                    then: self.expr(then),
                    otherwise: self.expr(otherwise),
                }))
            }
            ExprKind::For(for_expr) => {
                let for_expr = *for_expr;
                ExprKind::For(Box::new(ForExpr {
                    collection: self.expr(for_expr.collection),
                    key: for_expr.key.map(|key| self.expr(key)),
                    value: self.expr(for_expr.value),
                    condition: for_expr.condition.map(|condition| self.expr(condition)),
                    ..for_expr
                }))
            }
            ExprKind::Parens(inner) => ExprKind::Parens(self.boxed(*inner)),
            kind @ (ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::Variable(_)
            | ExprKind::Invalid) => kind,
        };
        Expr { kind, span }
    }

    fn boxed(&mut self, expr: Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    fn all(&mut self, exprs: Vec<Expr>) -> Vec<Expr> {
        exprs.into_iter().map(|expr| self.expr(expr)).collect()
    }

    fn steps(&mut self, steps: Vec<Step>) -> Vec<Step> {
        let steps = steps.into_iter().map(|step| match step {
            Step::Attr(name) => Step::Attr(name),
            Step::Index(key) => Step::Index(self.expr(key)),
            Step::Splat(inner) => Step::Splat(self.steps(inner)),
        });
        steps.collect()
    }

    fn template(&mut self, parts: Vec<TemplatePart>) -> Vec<TemplatePart> {
        let parts = parts.into_iter().map(|part| match part {
            TemplatePart::Literal(text) => TemplatePart::Literal(text),
            TemplatePart::Interpolation(inner) => TemplatePart::Interpolation(self.expr(inner)),
            TemplatePart::If { condition, then, otherwise } => TemplatePart::If {
                condition: self.expr(condition),
                then: self.template(then),
                otherwise: self.template(otherwise),
            },
            TemplatePart::For { key, value, collection, body } => TemplatePart::For {
                key,
                value,
                collection: self.expr(collection),
                body: self.template(body),
            },
        });
        parts.collect()
    }
}

/// `data.kind.name`.
fn data_reference(kind: &str, name: Ident, span: Span) -> Expr {
    let data = Expr { kind: ExprKind::Variable("data".into()), span };
    let kind = Ident { text: kind.into(), span };
    let of_kind = Expr { kind: ExprKind::GetAttr(Box::new(data), kind), span };
    Expr { kind: ExprKind::GetAttr(Box::new(of_kind), name), span }
}

fn argument(name: SmolStr, value: Expr) -> Attribute {
    Attribute { name: Ident { text: name, span: value.span }, value }
}

fn block(kind: &str, span: Span, attributes: Vec<Attribute>) -> Block {
    let kind = Ident { text: kind.into(), span };
    let body = Body { attributes, blocks: Vec::new() };
    Block { kind, labels: Vec::new(), body, header: span, span }
}
