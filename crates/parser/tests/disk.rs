//! Symbolic links, special files and encodings on a real disk.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_parser::module::Source;
use privatelint_parser::{LoadRequest, OsFileSystem, Workspace, load};

/// A fresh directory of that name.
fn directory(name: &str) -> Utf8PathBuf {
    let dir = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn write(dir: &Utf8Path, path: &str, text: impl AsRef<[u8]>) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn lint(working_dir: &Utf8Path, path: &str) -> Workspace {
    let request = LoadRequest {
        working_dir: working_dir.to_owned(),
        paths: vec![path.into()],
        ..LoadRequest::default()
    };
    load(&OsFileSystem, &request)
}

#[track_caller]
fn check(workspace: &Workspace, files: &[&str], problems: &[&str]) {
    let found: Vec<&str> = workspace.files.iter().map(|(_, file)| file.path().as_str()).collect();
    assert_eq!(found, files);
    let found: Vec<&str> =
        workspace.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(found, problems);
}

#[test]
fn links_within_the_repository_are_followed_and_loops_end() {
    let dir = directory("links");
    write(&dir, "repo/.git/HEAD", "");
    write(&dir, "repo/common/providers.tf", "");
    write(&dir, "repo/modules/net/main.tf", "");
    write(&dir, "repo/live/main.tf", "module \"net\" {\n  source = \"./modules/net\"\n}\n");
    symlink("../common/providers.tf", dir.join("repo/live/providers.tf")).unwrap();
    symlink("../modules", dir.join("repo/live/modules")).unwrap();
    symlink("..", dir.join("repo/live/up")).unwrap();
    symlink("loop", dir.join("repo/live/loop")).unwrap();
    let workspace = lint(&dir.join("repo"), ".");
    let files = ["common/providers.tf", "live/main.tf", "live/providers.tf", "modules/net/main.tf"];
    check(&workspace, &files, &[]);
    let call = &workspace.modules[Utf8Path::new("live")].calls["net"];
    assert_eq!(call.source, Source::Local("modules/net".into()));
    assert_eq!(workspace.roots, ["common", "live"]);
}

#[test]
fn links_out_of_the_repository_are_not_followed() {
    let dir = directory("escape");
    write(&dir, "secret/secret.tf", "locals {\n  secret = 1\n}\n");
    write(&dir, "repo/.git/HEAD", "");
    write(&dir, "repo/main.tf", "module \"a\" {\n  source = \"./out\"\n}\n");
    symlink(dir.join("secret"), dir.join("repo/out")).unwrap();
    symlink(dir.join("secret/secret.tf"), dir.join("repo/link.tf")).unwrap();
    check(
        &lint(&dir.join("repo"), "."),
        &["main.tf"],
        &[
            "link.tf leads out of the repository and is not read",
            "the module in out is outside of the repository, and is not read",
        ],
    );
}

#[test]
fn a_linked_directory_may_be_linted() {
    let dir = directory("linked_path");
    write(&dir, "real/main.tf", "module \"a\" {\n  source = \"./sub\"\n}\n");
    write(&dir, "real/sub/main.tf", "");
    symlink("real", dir.join("link")).unwrap();
    let workspace = lint(&dir, "link");
    check(&workspace, &["link/main.tf", "link/sub/main.tf"], &[]);
    assert_eq!(workspace.roots, ["link"]);
}

#[test]
fn what_is_no_text_is_a_problem() {
    let dir = directory("encoding");
    write(&dir, "a.tf", b"a = 1\n# \xff\n");
    write(&dir, "b.tf", "locals {}\n");
    write(&dir, "big.tf", vec![b' '; 16 * 1024 * 1024 + 1]);
    fs::create_dir(dir.join("directory.tf")).unwrap();
    check(
        &lint(&dir, "."),
        &["b.tf"],
        &["a.tf is not UTF-8 (line 2)", "big.tf is larger than 16 MiB and is not read"],
    );
}

#[test]
fn a_file_in_a_hidden_directory_may_be_named() {
    let dir = directory("hidden");
    write(&dir, ".git/HEAD", "");
    write(&dir, ".ci/main.tf", "");
    write(&dir, "other.tf", "");
    check(&lint(&dir, "."), &["other.tf"], &[]);
    check(&lint(&dir, ".ci/main.tf"), &[".ci/main.tf", "other.tf"], &[]);
}
