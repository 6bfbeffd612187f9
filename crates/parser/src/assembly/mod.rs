//! The files of a directory, put together to a module as Terraform does it.

mod declarations;
mod overrides;
mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use privatelint_diagnostics::{FileId, Problem, ProblemKind, Span};
use smol_str::SmolStr;

use crate::discovery::is_local;
use crate::module::{
    Module, ModuleCall, Origin, Output, ProviderConfig, ResourceKey, Source, Variable,
};
use crate::syntax::{Attribute, Block, Body, Expr, ExprKind, Ident};
use declarations::Declarations;

/// A file of a module.
pub(crate) struct ModuleFile {
    pub(crate) id: FileId,
    /// The file's name, which says whether it overrides others.
    pub(crate) name: String,
    pub(crate) body: Body,
}

/// Puts the files of one directory together.
///
/// The sources of local calls are left as they are written, in [`Source::MissingLocal`]: only the caller knows
/// which directories there are.
pub(crate) fn assemble(mut files: Vec<ModuleFile>) -> (Module, Vec<Problem>) {
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let ids = files.iter().map(|file| file.id).collect();
    let (overriding, primary): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| is_override(&file.name));
    let mut declarations = Declarations::default();
    let mut problems = Vec::new();
    for file in primary {
        declarations.add(file.body, &mut problems);
    }
    for file in overriding {
        overrides::apply(&mut declarations, file.body, &mut problems);
    }
    let module = Module {
        dir: Utf8Path::new("").to_owned(),
        files: ids,
        variables: map(declarations.variables, variable),
        locals: map(declarations.locals, Arc::new),
        outputs: map(declarations.outputs, output),
        resources: map(declarations.resources, Arc::new),
        calls: map(declarations.calls, call),
        providers: declarations.providers.into_iter().filter_map(provider).collect(),
        checks: map(declarations.checks, Arc::new),
        settings: declarations.settings,
        origin: Origin::Repository,
    };
    (module, problems)
}

/// What is said about a local call that leads nowhere.
pub(crate) fn missing_module(place: Span, dir: &Utf8Path, is_outside: bool) -> Problem {
    if is_outside {
        let message = format!("the module in {dir} is outside of the repository, and is not read");
        return Problem::at(ProblemKind::Module, place, message).help(
            "what depends on it stays unknown; without a `.git` directory the working directory is taken for the repository: run in one that holds both",
        );
    }
    Problem::at(ProblemKind::Module, place, format!("no Terraform module was found in {dir}"))
        .help("what depends on it stays unknown; directories outside the repository are never read")
}

fn is_override(name: &str) -> bool {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    let stem = stem.strip_suffix(".tf").or(stem.strip_suffix(".tofu")).unwrap_or(stem);
    stem == "override" || stem.ends_with("_override")
}

fn map<K: Ord, A, B>(from: BTreeMap<K, A>, convert: impl Fn(A) -> B) -> BTreeMap<K, B> {
    from.into_iter().map(|(key, value)| (key, convert(value))).collect()
}

fn variable(block: Block) -> Variable {
    let value =
        |name| block.body.attribute(name).map(|attribute: &Attribute| attribute.value.clone());
    let nullable = !matches!(value("nullable"), Some(Expr { kind: ExprKind::Bool(false), .. }));
    Variable {
        name: name(&block),
        type_constraint: value("type"),
        default: value("default"),
        nullable,
        block: Arc::new(block),
    }
}

fn output(block: Block) -> Output {
    let value = block.body.attribute("value").map(|attribute| attribute.value.clone());
    Output { name: name(&block), value, block: Arc::new(block) }
}

fn call(block: Block) -> ModuleCall {
    let source = block.body.attribute("source").map(|attribute| &attribute.value);
    let (source, source_span) = match source {
        Some(value) => match literal(value) {
            Some(text) if is_local(&text) => (Source::MissingLocal(text), value.span),
            Some(text) => (Source::Remote(text), value.span),
            None => (Source::Unknown, value.span),
        },
        None => (Source::Unknown, block.header),
    };
    let version = block.body.attribute("version").and_then(|attribute| literal(&attribute.value));
    ModuleCall { name: name(&block), source, source_span, version, block: Arc::new(block) }
}

fn provider(block: Block) -> Option<ProviderConfig> {
    let name = block.labels.first()?.clone();
    let alias = block.body.attribute("alias").and_then(|attribute| literal(&attribute.value));
    Some(ProviderConfig { name, alias, block: Arc::new(block) })
}

/// The last label, which is the name of whatever the block declares.
fn name(block: &Block) -> Ident {
    block.labels.last().unwrap_or(&block.kind).clone()
}

/// The text of a string without interpolation.
fn literal(expr: &Expr) -> Option<SmolStr> {
    match &expr.kind {
        ExprKind::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// What names the resource that a block with two labels declares.
fn resource_key(block: &Block) -> Option<ResourceKey> {
    let [kind, name] = block.labels.as_slice() else { return None };
    let mode = if block.kind.text == "data" {
        crate::module::Mode::Data
    } else {
        crate::module::Mode::Managed
    };
    Some(ResourceKey { mode, kind: kind.text.clone(), name: name.text.clone() })
}

#[cfg(test)]
mod tests;
