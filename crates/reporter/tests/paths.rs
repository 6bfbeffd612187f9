//! The ways in networks, compared with files byte by byte.

#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

mod networks;

use std::path::Path;
use std::{env, fs};

use privatelint_diagnostics::paths::Matrix;
use privatelint_reporter::{Options, PathsFormat, paths};

#[track_caller]
fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    #[expect(clippy::disallowed_methods, reason = "a test reads its own golden file")]
    let golden = fs::read_to_string(&path).unwrap();
    assert!(text == golden, "{name} differs; this is what was written:\n{text}");
}

fn matrix(matrix: &Matrix, format: PathsFormat, options: &Options) -> String {
    let mut out = Vec::new();
    paths::write(matrix, &networks::report(), format, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn explanations(format: PathsFormat, options: &Options) -> String {
    let mut out = Vec::new();
    let all = networks::explanations();
    paths::write_explanations(&all, &networks::report(), format, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn human() {
    let options = Options { width: 120, ..Options::default() };
    let text = matrix(&networks::matrix(), PathsFormat::Human, &options);
    assert!(!text.contains('\u{1b}'));
    check("paths.txt", &text);
}

#[test]
fn human_in_colour() {
    let options = Options { color: true, ..Options::default() };
    check("paths-colour.txt", &matrix(&networks::matrix(), PathsFormat::Human, &options));
}

#[test]
fn human_in_ascii_and_narrow() {
    let options = Options { unicode: false, width: 60, ..Options::default() };
    let text = matrix(&networks::matrix(), PathsFormat::Human, &options);
    assert!(text.is_ascii());
    check("paths-ascii.txt", &text);
}

#[test]
fn json() {
    let options = Options::default();
    check("paths.json", &matrix(&networks::matrix(), PathsFormat::Json, &options));
}

#[test]
fn one_way() {
    check("paths-explained.txt", &explanations(PathsFormat::Human, &Options::default()));
    check("paths-explained.json", &explanations(PathsFormat::Json, &Options::default()));
}

#[test]
fn nothing_at_all() {
    let text = matrix(&Matrix::default(), PathsFormat::Human, &Options::default());
    assert_eq!(text, "0 subnets and 0 paths in 0 VPCs\n");
}

#[test]
fn nothing_hostile_gets_through() {
    let mut all = networks::matrix();
    for network in all.roots.iter_mut().flat_map(|root| &mut root.networks) {
        network.network.name = networks::HOSTILE.into();
        network.detail = networks::HOSTILE.into();
        for service in &mut network.services {
            *service = networks::HOSTILE.into();
        }
        for row in &mut network.rows {
            row.subnet.name = networks::HOSTILE.into();
        }
        for workload in &mut network.workloads {
            workload.resource.name = networks::HOSTILE.into();
            for need in &mut workload.needs {
                need.why = networks::HOSTILE.into();
                need.service = networks::HOSTILE.into();
            }
        }
    }
    for root in &mut all.roots {
        root.root = networks::HOSTILE.into();
    }
    for format in PathsFormat::ALL {
        let text = matrix(&all, format, &Options::default());
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}
