//! Terragrunt: which module a unit applies, and with which inputs.
//!
//! Nothing is run, and nothing outside of the scanned tree is read. What is not understood is unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_evaluator::{
    DataResolver, DataSource, Defaults, Evaluation, FileAccess, Inputs, Object, Request, Unknown,
    Value, evaluate,
};
use privatelint_parser::shown_path;
use privatelint_parser::terragrunt::{Merge, Terragrunt, TerragruntFile, names};
use smol_str::SmolStr;

use super::Reader;
use super::state::below;

/// How often files may be evaluated for one unit: files may include and read each other in a circle.
const MOST_EVALUATIONS: usize = 200;

/// The name of a unit's file, and of a parent's in older projects.
const DEFAULT_NAME: &str = "terragrunt.hcl";

/// What the files of a unit say.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// The module's directory, absolute; `None` if it is nowhere in this tree, or not known.
    pub(super) source: Option<Utf8PathBuf>,
    /// Whether there is a source, whatever it is.
    pub(super) has_source: bool,
    pub(super) inputs: BTreeMap<SmolStr, Value>,
    /// Whether there may be more inputs than these.
    pub(super) is_open: bool,
    /// The name of the backend and its configuration.
    pub(super) backend: Option<(Value, Value)>,
    /// Whether arguments are added to Terraform's command line.
    pub(super) has_extra_arguments: bool,
    /// Whether files are written beside the module's own.
    pub(super) generates: bool,
}

/// What a unit says. `reader` answers what it reads from others.
pub(super) fn unit(terragrunt: &Terragrunt, reader: &Reader<'_>, file: &Utf8Path) -> Unit {
    let evaluations = AtomicUsize::new(0);
    let config = Config {
        terragrunt,
        reader,
        files: reader.stacks.files,
        unit: file,
        base: file,
        included: false,
        file,
        evaluations: &evaluations,
    };
    // A panic is a fault of ours: the unit is as one that is not understood.
    catch_unwind(AssertUnwindSafe(|| config.unit())).unwrap_or_default()
}

/// The evaluation of one file for a unit; answers what only Terragrunt knows.
struct Config<'a> {
    terragrunt: &'a Terragrunt,
    reader: &'a Reader<'a>,
    files: &'a dyn FileAccess,
    /// The unit's file.
    unit: &'a Utf8Path,
    /// The file that relative paths and functions start from: the file itself, and for an included one the one that includes it.
    base: &'a Utf8Path,
    /// Whether `file` is included in `base`.
    included: bool,
    file: &'a Utf8Path,
    evaluations: &'a AtomicUsize,
}

impl Config<'_> {
    fn unit(&self) -> Unit {
        let Some(own) = self.terragrunt.files.get(self.file) else { return Unit::default() };
        let mut unit = self.alone(own).unwrap_or_default();
        let mut inherited: BTreeMap<SmolStr, Value> = BTreeMap::new();
        let mut sources = BTreeSet::new();
        for include in &own.includes {
            let parent = self.include_path(&include.name.text);
            let parent =
                parent.as_deref().and_then(|path| Some((path, self.terragrunt.files.get(path)?)));
            let said = parent.and_then(|(path, file)| {
                // An included file that includes others is an error.
                let config = Config { included: true, file: path, ..*self };
                file.includes.is_empty().then(|| config.alone(file))?
            });
            let Some(said) = said else {
                unit.is_open |= include.merge != Merge::None;
                unit.generates = true;
                continue;
            };
            sources.extend(said.source);
            unit.backend = unit.backend.or(said.backend);
            unit.has_source |= said.has_source;
            unit.generates |= said.generates;
            unit.has_extra_arguments |= said.has_extra_arguments;
            if include.merge == Merge::None {
                continue;
            }
            unit.is_open |= said.is_open;
            for (name, value) in said.inputs {
                let agree = |other: &Value| other.equals(&value).is_yes();
                if include.merge == Merge::Deep
                    && unit.inputs.get(&name).is_some_and(|own| !agree(own))
                {
                    unit.inputs.insert(name.clone(), Value::Unknown(Unknown::Variable(name)));
                    continue;
                }
                let before = inherited.get(&name).is_none_or(agree);
                let unknown = Value::Unknown(Unknown::Variable(name.clone()));
                inherited.insert(name, if before { value } else { unknown });
            }
        }
        for (name, value) in inherited {
            unit.inputs.entry(name).or_insert(value);
        }
        if unit.source.is_none() && !own.has_source {
            // Without a source, the module is where the unit is.
            let has_source = |name: &SmolStr| {
                let path = self.include_path(name);
                let file = path.and_then(|path| self.terragrunt.files.get(&path));
                file.is_none_or(|file| file.has_source)
            };
            let may_inherit = own.includes.iter().any(|include| has_source(&include.name.text));
            unit.source = match (sources.len(), may_inherit) {
                (1, _) => sources.pop_first(),
                (0, false) => Some(self.absolute(self.directory(self.file))),
                _ => None,
            };
        }
        unit
    }

    /// What a file says without those that it includes.
    fn alone(&self, file: &TerragruntFile) -> Option<Unit> {
        self.evaluated(|evaluation| {
            let mut unit = Unit {
                has_source: file.has_source,
                has_extra_arguments: file.has_extra_arguments,
                generates: file.generates,
                ..Unit::default()
            };
            let source = evaluation.output(names::SOURCE).unwrap_or(Value::Null);
            // What is chosen between a directory and another version of it from elsewhere is looked at here.
            let sources = source.alternatives().iter().filter_map(Value::as_str);
            let mut local: BTreeSet<_> =
                sources.filter_map(|source| self.local_source(source)).collect();
            unit.source = local.pop_first().filter(|_| local.is_empty());
            (unit.inputs, unit.is_open) = self.inputs(evaluation);
            let backend = evaluation.output(names::BACKEND);
            let config = evaluation.output(names::BACKEND_CONFIG);
            unit.backend = backend.zip(config);
            unit
        })
    }

    fn inputs(&self, evaluation: &mut Evaluation<'_>) -> (BTreeMap<SmolStr, Value>, bool) {
        let mut inputs = self.named(evaluation, names::INPUT);
        let is_open = match evaluation.output(names::INPUTS) {
            None => false,
            Some(Value::Map(entries)) => {
                let all = entries.iter().map(|(name, value)| (name.clone(), self.seen(value)));
                inputs.extend(all);
                false
            }
            Some(Value::Object(object)) => {
                let all =
                    object.attributes.iter().map(|(name, value)| (name.clone(), self.seen(value)));
                inputs.extend(all);
                object.rest.is_some()
            }
            Some(Value::Null) => false,
            Some(_) => true,
        };
        (inputs, is_open)
    }

    /// The outputs whose names begin with a prefix, by what follows.
    fn named(&self, evaluation: &mut Evaluation<'_>, prefix: &str) -> BTreeMap<SmolStr, Value> {
        let module = self.terragrunt.code.modules.get(self.file);
        let outputs = module.into_iter().flat_map(|module| module.outputs.keys());
        let named = outputs.filter_map(|output| {
            let name = output.strip_prefix(prefix)?;
            Some((name.into(), self.seen(&evaluation.output(output)?)))
        });
        named.collect()
    }

    fn evaluated<T>(&self, read: impl FnOnce(&mut Evaluation<'_>) -> T) -> Option<T> {
        self.terragrunt.files.get(self.file)?;
        if self.evaluations.fetch_add(1, Ordering::Relaxed) >= MOST_EVALUATIONS {
            return None;
        }
        let inputs = Inputs::default();
        let mut evaluation = evaluate(Request {
            workspace: &self.terragrunt.code,
            root: self.file,
            inputs: &inputs,
            defaults: Defaults::Taken,
            resolver: self,
            files: self.files,
            wants: &|_, _| false,
        });
        Some(read(&mut evaluation))
    }

    /// A value of this file as another one sees it.
    fn seen(&self, value: &Value) -> Value {
        let unit = self.directory(self.unit);
        let own = if self.file == self.unit {
            unit.to_string()
        } else {
            format!("{} for {unit}", self.file)
        };
        value.of_other_root(&own, "")
    }

    /// The path of an included file as it is shown.
    fn include_path(&self, name: &str) -> Option<Utf8PathBuf> {
        let own = Config { included: false, file: self.base, ..*self };
        let path = own.evaluated(|evaluation| {
            evaluation.output(&format!("{}{name}", names::INCLUDE_PATH))
        })??;
        let path = path.as_str()?;
        Some(self.shown(&self.absolute(self.directory(self.base)).join(path)))
    }

    /// The path of the included file that a function means: the one that is evaluated, or the named or only one of this file.
    fn meant_include(&self, name: Option<&str>) -> Option<Utf8PathBuf> {
        match (name, self.included) {
            (None, true) => Some(self.file.to_owned()),
            (Some(name), _) => self.include_path(name),
            (None, false) => match self.terragrunt.files.get(self.file)?.includes.as_slice() {
                [include] => self.include_path(&include.name.text),
                _ => None,
            },
        }
    }

    /// A source that is a directory, absolute.
    fn local_source(&self, source: &str) -> Option<Utf8PathBuf> {
        let (path, _) = source.split_once('?').unwrap_or((source, ""));
        let is_remote = path.contains("::")
            || path.contains("://")
            || path.starts_with("git@")
            || path.is_empty();
        if is_remote {
            return None;
        }
        let path = path.replacen("//", "/", 1);
        Some(below(&self.absolute(self.directory(self.base)), &path))
    }

    /// The result of a function of Terragrunt; `None` if it is not known.
    fn function(&self, name: &str, arguments: &[&Value]) -> Option<Value> {
        let text = |at: usize| arguments.get(at).copied().and_then(Value::as_str);
        // An argument that is there and not known is not as one that is not there.
        let named = |at: usize| match arguments.get(at) {
            None => Some(None),
            Some(_) => text(at).map(Some),
        };
        let dir = self.directory(self.base);
        let path = |path: Utf8PathBuf| Some(Value::string(path.as_str()));
        match name {
            "find_in_parent_folders" => {
                let name = named(0)?.unwrap_or(DEFAULT_NAME);
                path(self.absolute(&self.in_parents(dir, name)?))
            }
            "get_terragrunt_dir" => path(self.absolute(dir)),
            "get_original_terragrunt_dir" => path(self.absolute(self.directory(self.unit))),
            "get_parent_terragrunt_dir" => {
                let parent = self.meant_include(named(0)?)?;
                path(self.absolute(self.directory(&parent)))
            }
            "path_relative_to_include" => {
                let parent = self.meant_include(named(0)?)?;
                path(self.relative(self.directory(&parent), dir))
            }
            "path_relative_from_include" => {
                let parent = self.meant_include(named(0)?)?;
                path(self.relative(dir, self.directory(&parent)))
            }
            "get_repo_root" => path(self.terragrunt.repository.clone()?),
            "get_path_from_repo_root" => {
                let repository = self.terragrunt.repository.as_deref()?;
                path(shown_path(repository, &self.absolute(dir)))
            }
            "get_path_to_repo_root" => {
                let repository = self.terragrunt.repository.as_deref()?;
                path(shown_path(&self.absolute(dir), repository))
            }
            "read_terragrunt_config" => {
                let file = self.shown(&self.absolute(dir).join(text(0)?));
                let config = Config { base: &file, included: false, file: &file, ..*self };
                let (locals, inputs, is_open) = config.evaluated(|evaluation| {
                    let locals = config.named(evaluation, names::LOCAL);
                    let (inputs, is_open) = config.inputs(evaluation);
                    (locals, inputs, is_open)
                })?;
                // What it includes may add inputs.
                let includes = self.terragrunt.files.get(&file).map(|file| file.includes.len());
                let is_open = is_open || includes != Some(0);
                let unknown = || Unknown::Function(name.into());
                let inputs = object(inputs, is_open.then(unknown));
                let attributes =
                    [("locals".into(), object(locals, None)), ("inputs".into(), inputs)];
                Some(object(attributes.into(), Some(unknown())))
            }
            _ => None,
        }
    }

    /// The path of a Terragrunt file in the closest directory above `dir` that has one of that name.
    fn in_parents(&self, dir: &Utf8Path, name: &str) -> Option<Utf8PathBuf> {
        // Another kind of file may be there without having been looked for.
        if !name.ends_with(".hcl") || name.contains('/') {
            return None;
        }
        let mut dirs = dir.ancestors().skip(1).filter(|dir| !dir.as_str().is_empty());
        let below_working_dir = !dir.starts_with("..");
        let root = (below_working_dir && dir != ".").then(|| Utf8Path::new("."));
        dirs.by_ref()
            .chain(root)
            .map(|dir| below(dir, name))
            .find(|path| self.terragrunt.files.contains_key(path))
    }

    fn directory<'p>(&self, file: &'p Utf8Path) -> &'p Utf8Path {
        file.parent().map_or(Utf8Path::new("."), crate::scope::directory)
    }

    fn absolute(&self, shown: &Utf8Path) -> Utf8PathBuf {
        below(&self.terragrunt.working_dir, shown.as_str())
    }

    fn shown(&self, path: &Utf8Path) -> Utf8PathBuf {
        shown_path(&self.terragrunt.working_dir, path)
    }

    fn relative(&self, from: &Utf8Path, to: &Utf8Path) -> Utf8PathBuf {
        shown_path(&self.absolute(from), &self.absolute(to))
    }

    fn include(&self, data: &DataSource<'_>) -> Option<BTreeMap<SmolStr, Value>> {
        let path = data.body.get("path")?.as_str()?;
        let file = self.shown(&self.absolute(self.directory(self.base)).join(path));
        let config = Config { included: true, file: &file, ..*self };
        config.evaluated(|evaluation| {
            let locals = config.named(evaluation, names::LOCAL);
            let (inputs, is_open) = config.inputs(evaluation);
            let unknown = is_open.then(|| Unknown::Function("include".into()));
            let attributes = [
                ("locals".into(), object(locals, None)),
                ("inputs".into(), object(inputs, unknown)),
            ];
            attributes.into()
        })
    }

    fn dependency(&self, data: &DataSource<'_>) -> Option<BTreeMap<SmolStr, Value>> {
        let is = |name: &str, otherwise: bool| match data.body.get(name) {
            None => Some(otherwise),
            Some(value) => value.as_bool(),
        };
        // Otherwise its mocks are the outputs.
        if is("skip_outputs", false)? || !is("enabled", true)? {
            return None;
        }
        let path = data.body.get("config_path")?.as_str()?;
        let unit = self.shown(&self.absolute(self.directory(self.base)).join(path));
        let outputs = self.reader.outputs_of_unit(&unit)?;
        let rest = Unknown::attribute(data.address.clone(), "outputs");
        Some([("outputs".into(), object(outputs, Some(rest)))].into())
    }
}

impl DataResolver for Config<'_> {
    fn resolve(&self, data: &DataSource<'_>) -> BTreeMap<SmolStr, Value> {
        match data.address.kind.as_str() {
            names::FUNCTION => {
                let Some(name) = data.body.get("function").and_then(Value::as_str) else {
                    return BTreeMap::new();
                };
                let arguments: Vec<&Value> =
                    (0..).map_while(|at: usize| data.body.get(&format!("argument_{at}"))).collect();
                let result = self.function(name, &arguments);
                let result = result.unwrap_or(Value::Unknown(Unknown::Function(name.into())));
                [("result".into(), result)].into()
            }
            names::INCLUDE => self.include(data).unwrap_or_default(),
            names::DEPENDENCY => self.dependency(data).unwrap_or_default(),
            _ => BTreeMap::new(),
        }
    }
}

fn object(attributes: BTreeMap<SmolStr, Value>, rest: Option<Unknown>) -> Value {
    Value::Object(Object { attributes, rest }.into())
}
