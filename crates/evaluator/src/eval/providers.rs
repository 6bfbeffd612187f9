//! Which provider configuration a resource uses.

use std::sync::Arc;

use privatelint_parser::module::ProviderConfig;
use privatelint_parser::syntax::{Block, Expr, ExprKind, ObjectItem};
use smol_str::SmolStr;

use crate::Provider;
use crate::eval::engine::{Engine, Slot};
use crate::eval::modules::ModuleId;
use crate::eval::scope::Scope;

/// The arguments of a `provider` block that are Terraform's own.
const META_ARGUMENTS: [&str; 2] = ["alias", "version"];

impl Engine<'_> {
    /// The provider configuration that a block of a module uses.
    pub(super) fn provider_of(
        &mut self,
        block: &Block,
        kind: &str,
        module: ModuleId,
    ) -> Arc<Provider> {
        let (name, alias) = block
            .body
            .attribute("provider")
            .and_then(|attribute| provider_reference(&attribute.value))
            .unwrap_or_else(|| (default_provider(kind), None));
        self.provider(module, name, alias)
    }

    fn provider(
        &mut self,
        module: ModuleId,
        name: SmolStr,
        alias: Option<SmolStr>,
    ) -> Arc<Provider> {
        let key = (module, name.clone(), alias.clone());
        match Slot::begin(self.providers.entry(key.clone())) {
            Ok(Some(provider)) => return provider,
            Ok(None) => {}
            // A provider whose configuration needs a resource of its own: what it says is not known.
            Err(_) => return Arc::new(self.unconfigured(name, alias)),
        }
        let provider = self.find_provider(module, name, alias);
        self.providers.insert(key, Slot::Done(Arc::clone(&provider)));
        provider
    }

    fn find_provider(
        &mut self,
        module: ModuleId,
        name: SmolStr,
        alias: Option<SmolStr>,
    ) -> Arc<Provider> {
        let instance = self.module(module);
        let address = instance.address.clone();
        let own = instance.code.and_then(|code| {
            code.providers
                .iter()
                .find(|provider| provider.name.text == name && provider.alias == alias)
        });
        // A block without arguments in a called module is how older modules say that they are given the configuration.
        let is_proxy = |own: &&ProviderConfig| {
            let mut names =
                own.block.body.attributes.iter().map(|attribute| attribute.name.text.as_str());
            instance.caller.is_some() && names.all(|name| META_ARGUMENTS.contains(&name))
        };
        if let Some(own) = own.filter(|own| !is_proxy(own)) {
            let body = self.body(&own.block.body, &META_ARGUMENTS, Scope::of_module(module));
            let span = Some(own.block.header);
            return Arc::new(Provider { name, module: address, alias, body: Some(body), span });
        }
        let Some(caller) = instance.caller.clone() else {
            return Arc::new(self.unconfigured(name, alias));
        };
        match caller.call.block.body.attribute("providers") {
            Some(providers) => match passed_provider(&providers.value, &name, alias.as_deref()) {
                Some((name, alias)) => self.provider(caller.module, name, alias),
                // With `providers`, the default configuration is still inherited unless it is named.
                None if alias.is_none() => self.provider(caller.module, name, None),
                None => Arc::new(self.unconfigured(name, alias)),
            },
            None if alias.is_none() => self.provider(caller.module, name, None),
            None => Arc::new(self.unconfigured(name, alias)),
        }
    }

    fn unconfigured(&self, name: SmolStr, alias: Option<SmolStr>) -> Provider {
        Provider { name, alias, ..Provider::default() }
    }
}

/// The provider of a resource type that names none: the type's first word.
fn default_provider(kind: &str) -> SmolStr {
    kind.split('_').next().unwrap_or(kind).into()
}

/// `aws` or `aws.alias`, also as a string.
fn provider_reference(expr: &Expr) -> Option<(SmolStr, Option<SmolStr>)> {
    match &expr.kind {
        ExprKind::Variable(name) => Some((name.clone(), None)),
        ExprKind::GetAttr(source, alias) => match &source.kind {
            ExprKind::Variable(name) => Some((name.clone(), Some(alias.text.clone()))),
            _ => None,
        },
        ExprKind::String(text) => Some(match text.split_once('.') {
            Some((name, alias)) => (name.into(), Some(alias.into())),
            None => (text.clone(), None),
        }),
        _ => None,
    }
}

/// What the `providers` argument of a call passes for a name of the called module.
fn passed_provider(
    expr: &Expr,
    name: &str,
    alias: Option<&str>,
) -> Option<(SmolStr, Option<SmolStr>)> {
    let ExprKind::Object(items) = &expr.kind else { return None };
    let names = |item: &&ObjectItem| {
        provider_reference(&item.key)
            .is_some_and(|(key, key_alias)| key == name && key_alias.as_deref() == alias)
    };
    items.iter().rev().find(names).and_then(|item| provider_reference(&item.value))
}
