//! Everything from paths to modules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{FileId, Files, Problem, ProblemKind, SourceFile};
use rayon::prelude::*;

use crate::assembly::{self, ModuleFile};
use crate::discovery::{self, Discovered, FoundFile, Role};
use crate::filesystem::FileSystem;
use crate::module::{Module, Origin, Source};
use crate::parse::{Parsed, parse_file};
use crate::paths::{absolute, shown_path};
use crate::remote::{self, Description, Descriptions, Stub};
use crate::roots;
use crate::syntax::Block;
use crate::terragrunt;
use crate::workspace::{VarFile, Workspace};

/// The directory of what `terraform init` brings.
const DOWNLOADS: &str = ".terraform";

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct LoadRequest {
    /// The directory that paths are relative to, in the request and in reports; absolute.
    pub working_dir: Utf8PathBuf,
    /// Files and directories to analyse.
    pub paths: Vec<Utf8PathBuf>,
    /// Files with variables that the user names.
    pub var_files: Vec<Utf8PathBuf>,
    /// Directories with the user's descriptions of modules.
    pub stub_dirs: Vec<Utf8PathBuf>,
    /// Descriptions of modules that stand for those that are not here. The user's own come before them.
    pub stubs: Vec<Stub>,
    /// Other texts that problems may point into, by their paths as reports show them.
    pub texts: Vec<(Utf8PathBuf, String)>,
}

/// Finds, reads and parses the files, and puts them together.
///
/// [`Workspace::modules`] is empty if there is no Terraform file.
#[must_use]
pub fn load(fs: &dyn FileSystem, request: &LoadRequest) -> Workspace {
    let working_dir = request.working_dir.as_path();
    let mut found = discovery::discover(fs, working_dir, &request.paths, &request.stub_dirs);
    let given = read_given(fs, request, &mut found);
    let shown = |path: &Utf8Path| shown_path(working_dir, path);

    // Ids follow the order of the paths as they are shown, so that ids order output.
    let mut sources: Vec<(Utf8PathBuf, FoundFile)> = std::mem::take(&mut found.files)
        .into_iter()
        .map(|file| (shown(&file.path), file))
        .collect();
    sources.extend(request.texts.iter().map(|(path, text)| {
        let path = absolute(working_dir, path);
        (shown(&path), FoundFile { path, text: text.clone(), role: Role::None })
    }));
    sources.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut files: Vec<SourceFile> = sources
        .iter()
        .map(|(shown, file)| SourceFile::new(shown.clone(), file.text.as_str()))
        .collect();
    let parsed: Vec<Parsed> = (0u32..)
        .zip(files.iter().zip(&sources))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(id, (file, (_, found)))| match found.role {
            Role::None => Parsed::default(),
            _ => parse_file(FileId(id), file.path(), file.text()),
        })
        .collect();

    let mut workspace = Workspace {
        problems: std::mem::take(&mut found.problems),
        terragrunt: terragrunt::load(fs, working_dir, &found.terragrunt),
        ..Workspace::default()
    };
    let is_installed = |path: &Utf8Path| is_installed(working_dir, path, &request.paths);
    workspace.problems.retain(|problem| {
        let path = problem.path.as_ref().map(|path| absolute(working_dir, path));
        !path.is_some_and(|path| is_installed(&path))
    });
    // By text: to compare paths is slow.
    let mut modules: BTreeMap<String, Vec<ModuleFile>> = BTreeMap::new();
    let mut variables: BTreeMap<Utf8PathBuf, VarFile> = BTreeMap::new();
    for ((id, (shown_path, file)), parsed) in (0u32..).zip(sources).zip(parsed) {
        if file.role == Role::None {
            continue;
        }
        if is_installed(&file.path) {
            workspace.foreign.insert(FileId(id));
        } else {
            workspace.problems.extend(parsed.problems);
            workspace.suppressions.extend(parsed.suppressions);
        }
        let (dir, name) = match (file.path.parent(), file.path.file_name()) {
            (Some(dir), Some(name)) => (dir, name.to_owned()),
            _ => continue,
        };
        if file.role == Role::Configuration {
            let file = ModuleFile { id: FileId(id), name, body: parsed.body };
            match modules.get_mut(dir.as_str()) {
                Some(files) => files.push(file),
                None => drop(modules.insert(dir.as_str().to_owned(), vec![file])),
            }
            continue;
        }
        if !workspace.foreign.contains(&FileId(id)) {
            workspace.problems.extend(parsed.body.blocks.iter().map(block_among_variables));
        }
        let variable_file = VarFile { path: shown_path, body: Arc::new(parsed.body) };
        if file.role == Role::Variables {
            workspace.var_files.entry(shown(dir)).or_default().push(variable_file.clone());
        }
        variables.insert(file.path, variable_file);
    }
    for (dir, files) in modules {
        let (mut module, problems) = assembly::assemble(files);
        if is_installed(Utf8Path::new(&dir)) {
            module.origin = Origin::Installed;
        } else {
            workspace.problems.extend(problems);
        }
        module.dir = shown(Utf8Path::new(&dir));
        workspace.modules.insert(module.dir.clone(), Arc::new(module));
    }
    let target = |dir: &Utf8Path, source: &str| {
        let target = absolute(working_dir, &dir.join(source));
        let target = found.aliases.get(&target).unwrap_or(&target);
        (shown(target), found.outside.contains(target))
    };
    let problems = resolve_calls(&mut workspace.modules, target);
    workspace.problems.extend(problems);
    let installed = std::mem::take(&mut found.installed).into_iter();
    let installed = installed.map(|(root, entries)| {
        let entries = entries.into_iter().map(|(dir, entry)| (shown(&dir), entry));
        (shown(&root), entries.collect())
    });
    remote::resolve(&mut workspace.modules, &installed.collect());
    let descriptions = Descriptions::new(&request.stubs, std::mem::take(&mut found.descriptions));
    describe_missing(&mut workspace, &mut files, &descriptions);
    workspace.files = Files::new(files);

    for files in workspace.var_files.values_mut() {
        files.sort_by_key(|file| precedence(&file.path));
    }
    for (asked, path) in given {
        if let Some(file) = variables.get(&path) {
            workspace.given_var_files.insert(asked, file.clone());
        }
    }
    let with_variables = found.with_variables.iter().map(|dir| shown(dir)).collect();
    workspace.roots = roots::roots(&workspace.modules, &with_variables);
    sort_problems(&mut workspace);
    workspace
}

/// Reads the variable files that the user names and that were not read already: as named, and absolute.
fn read_given(
    fs: &dyn FileSystem,
    request: &LoadRequest,
    found: &mut Discovered,
) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let mut given = Vec::with_capacity(request.var_files.len());
    for asked in &request.var_files {
        let path = absolute(&request.working_dir, asked);
        if !found.files.iter().any(|file| file.path == path) {
            match discovery::read(fs, &request.working_dir, &path) {
                Ok(text) => {
                    let role = Role::OtherVariables;
                    found.files.push(FoundFile { path: path.clone(), text, role });
                }
                Err(problem) => found.problems.push(problem),
            }
        }
        given.push((asked.clone(), path));
    }
    given
}

/// Terraform's order: `terraform.tfvars`, `terraform.tfvars.json`, then the automatic ones by name; the last wins.
fn precedence(path: &Utf8Path) -> (u8, String) {
    let name = path.file_name().unwrap_or_default();
    let group = match name {
        "terraform.tfvars" => 0,
        "terraform.tfvars.json" => 1,
        _ => 2,
    };
    (group, name.to_owned())
}

/// Turns the paths of local calls into directories that were loaded. A target comes with whether it is out of the repository.
fn resolve_calls(
    modules: &mut BTreeMap<Utf8PathBuf, Arc<Module>>,
    target: impl Fn(&Utf8Path, &str) -> (Utf8PathBuf, bool),
) -> Vec<Problem> {
    let known: BTreeSet<Utf8PathBuf> = modules.keys().cloned().collect();
    let mut problems = Vec::new();
    for module in modules.values_mut().filter_map(Arc::get_mut) {
        for call in module.calls.values_mut() {
            let Source::MissingLocal(source) = &call.source else { continue };
            let (dir, is_outside) = target(&module.dir, source);
            if known.contains(&dir) {
                call.source = Source::Local(dir);
            } else if module.origin == Origin::Repository {
                problems.push(assembly::missing_module(call.source_span, &dir, is_outside));
            }
        }
    }
    problems
}

/// Whether a path leads into what `terraform init` brought, and is not itself asked for.
fn is_installed(working_dir: &Utf8Path, path: &Utf8Path, asked: &[Utf8PathBuf]) -> bool {
    let has_downloads = |path: &Utf8Path| path.components().any(|part| part.as_str() == DOWNLOADS);
    if !path.as_str().contains(DOWNLOADS) || !has_downloads(path) {
        return false;
    }
    let below = asked.iter().filter_map(|asked| {
        let asked = absolute(working_dir, asked);
        path.strip_prefix(&asked).ok().map(|rest| rest.to_owned())
    });
    below.min_by_key(|rest| rest.as_str().len()).is_none_or(|rest| has_downloads(&rest))
}

/// Leads the remote calls whose modules are not here to what describes them. A description is parsed when it is first called.
fn describe_missing(
    workspace: &mut Workspace,
    files: &mut Vec<SourceFile>,
    descriptions: &Descriptions,
) {
    let mut waiting: Vec<(Utf8PathBuf, Option<Description>)> =
        workspace.modules.keys().map(|dir| (dir.clone(), None)).collect();
    while let Some((dir, from)) = waiting.pop() {
        let module = workspace.modules.get_mut(&dir).and_then(Arc::get_mut);
        let mut called = Vec::new();
        for call in module.into_iter().flat_map(|module| module.calls.values_mut()) {
            let description = match (&call.source, &from) {
                (Source::Remote(source), _) => {
                    descriptions.of_call(source, call.version.as_deref())
                }
                (Source::MissingLocal(source), Some(from)) => descriptions.beside(from, source),
                _ => None,
            };
            if let Some(description) = description {
                call.source = Source::Local(description.dir.clone());
                called.push(description);
            }
        }
        for description in called {
            if workspace.modules.contains_key(&description.dir) {
                continue;
            }
            let module = parse_description(description, files, &mut workspace.foreign);
            workspace.modules.insert(description.dir.clone(), Arc::new(module));
            waiting.push((description.dir.clone(), Some(description.clone())));
        }
    }
}

fn parse_description(
    description: &Description,
    files: &mut Vec<SourceFile>,
    foreign: &mut BTreeSet<FileId>,
) -> Module {
    let mut parsed = Vec::with_capacity(description.files.len());
    for (name, text) in &description.files {
        let id = FileId(u32::try_from(files.len()).unwrap_or(u32::MAX));
        let path = description.dir.join(name);
        let body = parse_file(id, &path, text).body;
        files.push(SourceFile::new(path, text.as_ref()));
        foreign.insert(id);
        parsed.push(ModuleFile { id, name: name.clone(), body });
    }
    let (mut module, _) = assembly::assemble(parsed);
    module.dir.clone_from(&description.dir);
    module.origin = Origin::Described { title: description.title.as_str().into() };
    module
}

fn block_among_variables(block: &Block) -> Problem {
    Problem::at(ProblemKind::Syntax, block.header, "a variable file holds no blocks")
        .help("write `name = value`; declarations belong into a `.tf` file")
}

fn sort_problems(workspace: &mut Workspace) {
    let Workspace { files, problems, .. } = workspace;
    problems.sort_by(|a, b| {
        let key = |problem: &Problem| {
            let path = match (problem.span, &problem.path) {
                (Some(span), _) => files.get(span.file).path().to_owned(),
                (None, path) => path.clone().unwrap_or_default(),
            };
            (path, problem.span.map_or((0, 0), |span| (span.start, span.end)))
        };
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    problems.dedup();
}

impl Workspace {
    /// A workspace from files in memory: paths, relative to the working directory, and texts. All of it is analysed.
    #[must_use]
    pub fn from_texts(files: &[(&str, &str)]) -> Self {
        let fs = crate::MemoryFileSystem::new(files.iter().copied());
        let request = LoadRequest {
            working_dir: "/".into(),
            paths: vec![".".into()],
            ..LoadRequest::default()
        };
        load(&fs, &request)
    }
}

#[cfg(test)]
mod tests;
