//! Files that functions read: inside of the repository only.

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_evaluator::{
    Defaults, FileAccess, FileError, Inputs, NoAnswers, RepositoryFiles, Request, Unknown, Value,
    evaluate,
};
use privatelint_parser::{FileSystem, LoadRequest, MemoryFileSystem, load, parse_expression};

const FILES: &[(&str, &str)] = &[
    ("etc/passwd", "root"),
    ("repository/.git/HEAD", ""),
    ("repository/shared/text.txt", "shared"),
    ("repository/root/main.tf", "module \"a\" {\n  source = \"../modules/a\"\n}\n"),
    ("repository/root/.terraform/modules/modules.txt", ""),
    (
        "repository/modules/a/main.tf",
        "output \"text\" {\n  value = templatefile(\"${path.module}/t.tftpl\", { who = \"a\" })\n}\n",
    ),
    ("repository/modules/a/t.tftpl", "for ${who}"),
];

/// What an expression is in `repository/root`.
#[track_caller]
fn check(source: &str, expected: &str) {
    let fs = MemoryFileSystem::new(FILES.iter().copied());
    let request = LoadRequest {
        working_dir: "/repository/root".into(),
        paths: vec![".".into()],
        ..LoadRequest::default()
    };
    let workspace = load(&fs, &request);
    let files = RepositoryFiles::new(&fs, &request.working_dir, &request.paths);
    let inputs = Inputs::default();
    let mut evaluation = evaluate(Request {
        workspace: &workspace,
        root: Utf8Path::new("."),
        inputs: &inputs,
        defaults: Defaults::Taken,
        resolver: &NoAnswers,
        files: &files,
        wants: &|_, _| false,
    });
    let shown = match evaluation.value_of(&parse_expression(source).0) {
        Ok(Value::String(text)) => text.to_string(),
        Ok(Value::Unknown(Unknown::File(why))) => format!("unknown: {why}"),
        Ok(other) => format!("{other:?}"),
        Err(problem) => format!("error: {}", problem.message),
    };
    assert_eq!(shown, expected, "{source}");
}

#[test]
fn files_of_the_repository_are_read_relative_to_the_root_module() {
    check(r#"file("../shared/text.txt")"#, "shared");
    check(r#"file("/repository/shared/text.txt")"#, "shared");
    check("module.a.text", "for a");
    check(r#"file("../shared/nothing")"#, "error: `file`: there is no file `../shared/nothing`");
    check(r#"join(",", fileset("..", "**.txt"))"#, "");
    check(r#"join(",", fileset("..", "**/*.txt"))"#, "shared/text.txt");
}

#[test]
fn nothing_outside_of_the_repository_is_read_or_told() {
    for path in ["/etc/passwd", "../../etc/passwd", "/etc/nothing", "../../nothing"] {
        let why = format!("unknown: `{path}` lies outside of the repository");
        for function in ["file", "filemd5", "fileexists"] {
            check(&format!("{function}(\"{path}\")"), &why);
        }
        check(&format!("templatefile(\"{path}\", {{}})"), &why);
    }
    check(r#"fileset("/", "**")"#, "unknown: `/` lies outside of the repository");
    check(r#"fileset("..", "../etc/*")"#, "unknown: `../../etc` lies outside of the repository");
}

#[test]
fn errors_in_a_template_name_it() {
    check(
        r#"templatefile("../modules/a/t.tftpl", { who = [] })"#,
        "error: in `../modules/a/t.tftpl`: a collection cannot be part of a string",
    );
    check(
        r#"templatefile("../modules/a/t.tftpl", {})"#,
        "error: `templatefile`: `../modules/a/t.tftpl` needs `who`, which is not given",
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_outside_is_not_followed() {
    use std::fs;
    use std::os::unix::fs::symlink;

    let dir = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("files");
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(dir.join("repository/.git")).unwrap();
    fs::write(dir.join("secret.txt"), "secret").unwrap();
    fs::write(dir.join("repository/inside.txt"), "inside").unwrap();
    fs::write(dir.join("repository/large.txt"), "x".repeat((4 << 20) + 1)).unwrap();
    symlink("../secret.txt", dir.join("repository/out.txt")).unwrap();
    symlink("inside.txt", dir.join("repository/in.txt")).unwrap();
    let working_dir = dir.join("repository");
    let paths: Vec<Utf8PathBuf> = vec![".".into()];
    let fs: &dyn FileSystem = &privatelint_parser::OsFileSystem;
    let files = RepositoryFiles::new(fs, &working_dir, &paths);
    let outside = FileError::NotRead("lies outside of the repository".into());
    assert_eq!(files.read("out.txt".into()), Err(outside));
    assert_eq!(files.read("in.txt".into()).as_deref(), Ok(b"inside".as_slice()));
    assert_eq!(files.exists("nothing.txt".into()), Ok(false));
    assert_eq!(files.exists(".git".into()), Err(FileError::NoFile));
    let too_large = FileError::NotRead("is larger than 4 MiB and is not read".into());
    assert_eq!(files.read("large.txt".into()), Err(too_large));
}
