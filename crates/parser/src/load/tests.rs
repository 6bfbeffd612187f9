use camino::Utf8Path;

use super::LoadRequest;
use crate::module::Source;
use crate::{MemoryFileSystem, Workspace, load};

/// `--- path` lines begin files; the first line `> path …` says what is linted (`.` if there is none).
fn workspace(fixture: &str) -> Workspace {
    let (paths, files) = match fixture.strip_prefix("> ") {
        Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
        None => (".", fixture),
    };
    let files = files.split("--- ").filter_map(|file| file.split_once('\n'));
    let fs = MemoryFileSystem::new(files.map(|(path, text)| (format!("/repo/work/{path}"), text)));
    let request = LoadRequest {
        working_dir: "/repo/work".into(),
        paths: paths.split(' ').map(Into::into).collect(),
        var_files: vec!["given.tfvars".into(), "missing.tfvars".into()],
        ..LoadRequest::default()
    };
    load(&fs, &request)
}

#[track_caller]
fn files(fixture: &str, expected: &[&str]) {
    let workspace = workspace(fixture);
    let found: Vec<&str> = workspace.files.iter().map(|(_, file)| file.path().as_str()).collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn roots(fixture: &str, expected: &[&str]) {
    assert_eq!(workspace(fixture).roots, expected);
}

#[track_caller]
fn problems(fixture: &str, expected: &[&str]) {
    let workspace = workspace(fixture);
    let found = workspace.problems.iter().map(|problem| {
        let place = problem.span.map(|span| workspace.files.snippet(span).to_owned());
        format!("{}: {}", place.unwrap_or_default(), problem.message)
    });
    let found: Vec<String> = found
        .filter(|problem| !problem.contains("missing.tfvars") && !problem.contains("given.tfvars"))
        .collect();
    assert_eq!(found, expected);
}

const CALL: &str = "module \"m\" {\n  source = ";

#[test]
fn terraform_files_are_found() {
    files(
        "--- b.tf\n--- a.tf.json\n{}\n--- c.tofu\n--- d/e.tofu.json\n{}\n--- README.md\n",
        &["a.tf.json", "b.tf", "c.tofu", "d/e.tofu.json"],
    );
    files(
        "--- .terraform/m/a.tf\n--- .hidden/a.tf\n--- node_modules/x/a.tf\n--- a/.x.tf\n--- a.tf~\n--- #a.tf#\n",
        &[],
    );
    files(
        "--- terraform.tfvars\n--- a.auto.tfvars\n--- prod.tfvars\n",
        &["a.auto.tfvars", "terraform.tfvars"],
    );
    files("> a b\n--- a/a.tf\n--- b/b.tf\n--- c/c.tf\n", &["a/a.tf", "b/b.tf"]);
    files("> a a/b\n--- a/b/b.tf\n", &["a/b/b.tf"]);
}

#[test]
fn tofu_beats_tf_of_the_same_name() {
    files(
        "--- a.tf\n--- a.tofu\n--- b.tf.json\n{}\n--- b.tofu.json\n{}\n--- c.tf\n",
        &["a.tofu", "b.tofu.json", "c.tf"],
    );
}

#[test]
fn called_modules_beside_the_path_are_read() {
    let fixture = format!(
        "> live/prod\n--- live/prod/main.tf\n{CALL}\"../../modules/a\"\n}}\n\
         --- modules/a/main.tf\n{CALL}\"../b\"\n}}\n--- modules/b/main.tf.json\n{{}}\n--- modules/c/main.tf\n"
    );
    files(&fixture, &["live/prod/main.tf", "modules/a/main.tf", "modules/b/main.tf.json"]);
    roots(&fixture, &["live/prod"]);
    problems(&fixture, &[]);
    let workspace = workspace(&fixture);
    let calls = &workspace.modules[Utf8Path::new("live/prod")].calls;
    assert_eq!(calls["m"].source, Source::Local("modules/a".into()));
}

#[test]
fn nothing_outside_the_boundary_is_read() {
    // There is no repository: the working directory is the boundary.
    let fixture = format!("--- main.tf\n{CALL}\"../outside\"\n}}\n--- ../outside/main.tf\n");
    files(&fixture, &["main.tf"]);
    problems(
        &fixture,
        &["\"../outside\": the module in ../outside is outside of the repository, and is not read"],
    );
    let nowhere = format!("--- main.tf\n{CALL}\"../nowhere\"\n}}\n");
    problems(&nowhere, &["\"../nowhere\": no Terraform module was found in ../nowhere"]);
    // With a repository around the working directory, that one is.
    files(&format!("{fixture}--- ../.git/HEAD\n"), &["../outside/main.tf", "main.tf"]);
}

#[test]
fn a_file_stands_for_its_repository() {
    let fixture = "> modules/a/main.tf\n--- modules/a/main.tf\n--- live/main.tf\nmodule \"m\" {\n  source = \"../modules/a\"\n}\n";
    files(fixture, &["live/main.tf", "modules/a/main.tf"]);
    roots(fixture, &["live"]);
}

#[test]
fn roots_are_what_nobody_calls_and_where_terraform_is_run() {
    let call = |source: &str| format!("{CALL}\"{source}\"\n}}\n");
    roots(&format!("--- main.tf\n{}--- a/main.tf\n--- b/main.tf\n", call("./a")), &[".", "b"]);
    for text in [
        "terraform {\n  backend \"s3\" {}\n}\n",
        "terraform {\n  cloud {}\n}\n",
        "provider \"aws\" {}\n",
        "--- a/any.tfvars\n",
    ] {
        roots(&format!("--- main.tf\n{}--- a/main.tf\n{text}", call("./a")), &[".", "a"]);
    }
    // A circle is entered somewhere.
    roots(&format!("--- a/main.tf\n{}--- b/main.tf\n{}", call("../b"), call("../a")), &["a"]);
    roots(&format!("--- a/main.tf\n{}", call("./")), &["a"]);
}

#[test]
fn variable_files_come_in_terraforms_order() {
    let fixture = "--- z.auto.tfvars\n--- a.auto.tfvars.json\n{}\n--- terraform.tfvars.json\n{}\n--- terraform.tfvars\nx = 1\n\
                   --- other.tfvars\n--- given.tfvars\ny = 2\n--- main.tf\n";
    let workspace = workspace(fixture);
    let files = &workspace.var_files[Utf8Path::new(".")];
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        names,
        ["terraform.tfvars", "terraform.tfvars.json", "a.auto.tfvars.json", "z.auto.tfvars"]
    );
    let given = &workspace.given_var_files[Utf8Path::new("given.tfvars")];
    assert_eq!(crate::show::body(&given.body), "y = 2");
    let span = given.body.attributes[0].name.span;
    assert_eq!(workspace.files.get(span.file).path(), "given.tfvars");
    assert!(
        workspace
            .problems
            .iter()
            .any(|problem| problem.message.starts_with("missing.tfvars cannot be read"))
    );
}

#[test]
fn problems_are_sorted_by_path_and_position() {
    problems(
        "--- b.tf\na = 'x'\n--- a.tf\nresourc \"x\" \"y\" {}\n\nb = \n",
        &[
            "resourc \"x\" \"y\": Terraform has no block of type `resourc` here",
            ": a value is expected here",
            "': `'` means nothing here",
        ],
    );
    problems(
        "--- terraform.tfvars\nvariable \"a\" {}\n",
        &["variable \"a\": a variable file holds no blocks"],
    );
    problems("> nowhere\n", &[": nowhere cannot be read: entity not found"]);
}

#[test]
fn texts_make_a_workspace() {
    let workspace = Workspace::from_texts(&[("main.tf", "locals {\n  a = 1\n}\n"), ("m/a.tf", "")]);
    assert_eq!(workspace.roots, [".", "m"]);
    assert!(workspace.modules[Utf8Path::new(".")].locals.contains_key("a"));
    assert!(Workspace::from_texts(&[("a.txt", "")]).modules.is_empty());
}

const MANIFEST: &str = r#"--- .terraform/modules/modules.json
{"Modules":[{"Key":"","Source":"","Dir":"."},
{"Key":"m","Source":"registry.terraform.io/a/b/c","Version":"1.2.0","Dir":".terraform/modules/m"},
{"Key":"m.sub","Source":"./sub","Dir":".terraform/modules/m/sub"},
{"Key":"m.far","Source":"git::https://github.com/x/y.git","Dir":".terraform/modules/m.far"},
{"Key":"out","Source":"a/b/c","Dir":"../../outside"}]}
--- .terraform/modules/m/m.tf
module "sub" {
  source = "./sub"
}
module "far" {
  source = "github.com/x/y"
}
--- .terraform/modules/m/sub/sub.tf
nonsense = (
--- .terraform/modules/m.far/far.tf
module "gone" {
  source = "./gone"
}
--- ../../outside/out.tf
"#;

/// The way from a directory through calls, as directories.
#[track_caller]
fn leads(fixture: &str, from: &str, calls: &[&str], expected: &str) {
    let workspace = workspace(fixture);
    let mut dir = camino::Utf8PathBuf::from(from);
    for call in calls {
        match &workspace.modules[&dir].calls[*call].source {
            Source::Local(next) => dir.clone_from(next),
            other => return assert_eq!(format!("{other:?}"), expected),
        }
    }
    assert_eq!(dir, expected);
}

#[test]
fn installed_modules_are_read_and_not_reported() {
    let fixture = |source: &str, version: &str| {
        format!("--- main.tf\n{CALL}\"{source}\"\n{version}}}\n{MANIFEST}")
    };
    let installed = ".terraform/modules/m";
    leads(&fixture("a/b/c", "  version = \"~> 1.0\"\n"), ".", &["m"], installed);
    leads(
        &fixture("registry.terraform.io/a/b/c", ""),
        ".",
        &["m", "sub"],
        ".terraform/modules/m/sub",
    );
    leads(&fixture("a/b/c", ""), ".", &["m", "far"], ".terraform/modules/m.far");
    leads(&fixture("a/b/c", "  version = \"~> 2.0\"\n"), ".", &["m"], "Remote(\"a/b/c\")");
    leads(&fixture("a/b/other", ""), ".", &["m"], "Remote(\"a/b/other\")");
    leads(&fixture("a/b/c//sub", ""), ".", &["m"], "Remote(\"a/b/c//sub\")");
    let fixture = fixture("a/b/c", "");
    problems(&fixture, &[]);
    roots(&fixture, &["."]);
    let workspace = workspace(&fixture);
    let foreign: Vec<bool> =
        workspace.files.iter().map(|(id, _)| workspace.foreign.contains(&id)).collect();
    assert_eq!(foreign, [true, true, true, false]);
}

/// Who asks for what is installed wants to see what is in it.
#[test]
fn an_installed_module_may_be_asked_for() {
    let fixture = format!("> .terraform/modules/m/sub\n--- main.tf\n{MANIFEST}");
    let workspace = workspace(&fixture);
    assert_eq!(workspace.roots, [".terraform/modules/m/sub"]);
    assert!(workspace.foreign.is_empty());
}

#[test]
fn blocks_that_only_concern_the_state_are_understood() {
    problems(
        "--- a.tf\nmoved {\n  from = aws_a.b\n  to   = module.c.aws_a.b\n}\nremoved {\n  from = module.gone\n  lifecycle {\n    destroy = false\n  }\n}\nimport {\n  for_each = { a = 1 }\n  to       = aws_a.c[each.key]\n  id       = each.value\n  provider = aws.b\n}\ncheck \"x\" {\n  data \"aws_a\" \"b\" {}\n  assert {\n    condition     = data.aws_a.b.id != \"\"\n    error_message = \"no\"\n  }\n}\n",
        &[],
    );
}
