//! The architecture: which crate may depend on which.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where its data is not as it must be"
)]

use std::path::Path;

/// Each may depend on those before it.
const CHAIN: [&str; 6] = ["diagnostics", "parser", "evaluator", "network", "checks", "linter"];

#[test]
fn dependencies_point_in_one_direction() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates");
    let mut seen = 0;
    for entry in std::fs::read_dir(&crates).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let allowed = allowed(&name);
        for dependency in dependencies(&path.join("Cargo.toml")) {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{name} must not depend on {dependency}"
            );
            seen += 1;
        }
    }
    assert!(seen >= CHAIN.len(), "the manifests were not read");
}

#[test]
fn xtask_depends_on_none_of_our_crates() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    assert!(dependencies(&manifest).is_empty());
}

#[test]
fn the_evaluator_names_nothing_of_aws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = vec![root.join("crates/evaluator/src")];
    let mut read = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let before_tests = code.take_while(|line| !line.starts_with("#[cfg(test)]"));
        for line in before_tests {
            assert!(!line.contains("\"aws_"), "{}: {line}", path.display());
        }
        read += 1;
    }
    assert!(read > 10, "the sources were not read");
}

fn allowed(name: &str) -> Vec<&'static str> {
    match name {
        "stubs" => vec![],
        "reporter" => vec!["diagnostics"],
        "linter" => CHAIN.into_iter().filter(|layer| *layer != "linter").chain(["stubs"]).collect(),
        "cli" | "lsp" => CHAIN.into_iter().chain(["reporter"]).collect(),
        name => {
            let at = CHAIN.iter().position(|layer| *layer == name);
            let at = at.unwrap_or_else(|| panic!("{name} has no place in the architecture"));
            CHAIN.into_iter().take(at).collect()
        }
    }
}

/// The workspace's own crates that a manifest names, for tests too.
fn dependencies(manifest: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(manifest).unwrap();
    let named = text.lines().filter_map(|line| line.strip_prefix("privatelint-"));
    named.filter_map(|rest| rest.split_once(" =")).map(|(name, _)| name.to_owned()).collect()
}
