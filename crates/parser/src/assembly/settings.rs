//! `terraform` blocks.

use std::sync::Arc;

use privatelint_diagnostics::Span;
use smol_str::{SmolStr, ToSmolStr as _, format_smolstr};

use super::literal;
use crate::module::{RequiredProvider, Settings};
use crate::syntax::{Block, Expr, ExprKind};

/// Adds what a `terraform` block says; what it says again, it replaces.
pub(super) fn merge(settings: &mut Settings, block: &Block) {
    for nested in &block.body.blocks {
        match nested.kind.text.as_str() {
            "backend" | "cloud" | "state_store" => {
                settings.has_backend = true;
                settings.backend = Some(Arc::new(nested.clone()));
            }
            "required_providers" => {
                for attribute in &nested.body.attributes {
                    let provider = required_provider(&attribute.value, attribute.span());
                    settings.required_providers.insert(attribute.name.text.clone(), provider);
                }
            }
            _ => {}
        }
    }
}

fn required_provider(value: &Expr, span: Span) -> RequiredProvider {
    let mut provider =
        RequiredProvider { source: None, version: None, configuration_aliases: Vec::new(), span };
    match &value.kind {
        // The form of Terraform 0.12: a version alone.
        ExprKind::String(version) => provider.version = Some(version.clone()),
        ExprKind::Object(items) => {
            for item in items {
                match literal(&item.key).as_deref() {
                    Some("source") => provider.source = literal(&item.value),
                    Some("version") => provider.version = literal(&item.value),
                    Some("configuration_aliases") => {
                        if let ExprKind::Tuple(aliases) = &item.value.kind {
                            provider.configuration_aliases =
                                aliases.iter().filter_map(alias).collect();
                        }
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
    provider
}

/// `aws.peer`, as a traversal or, in JSON syntax, as a string.
fn alias(expr: &Expr) -> Option<SmolStr> {
    match &expr.kind {
        ExprKind::GetAttr(base, name) => match &base.kind {
            ExprKind::Variable(provider) => Some(format_smolstr!("{provider}.{}", name.text)),
            _ => None,
        },
        ExprKind::Variable(provider) => Some(provider.to_smolstr()),
        ExprKind::String(text) => Some(text.clone()),
        _ => None,
    }
}
