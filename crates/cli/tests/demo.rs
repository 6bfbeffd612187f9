//! The README's first command, and its picture.

use std::path::Path;
use std::process::Command;

/// `UPDATE_GOLDEN=1` draws the picture anew.
#[test]
fn the_picture_in_the_readme_is_what_the_command_prints() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_privatelint"))
        .args(["lint", "fixtures/demo", "--color", "always", "--format", "human"])
        .current_dir(repository)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    let picture = privatelint_reporter::ansi_to_svg(&printed, "privatelint lint fixtures/demo");
    let path = repository.join("docs/images/demo.svg");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &picture).unwrap();
    }
    let drawn = privatelint_parser::FileSystem::read(
        &privatelint_parser::OsFileSystem,
        camino::Utf8Path::from_path(&path).unwrap(),
        u64::MAX,
    );
    assert!(
        drawn.unwrap() == picture.as_bytes(),
        "run with UPDATE_GOLDEN=1 and look at the picture"
    );
}
