//! What a rule's file says, read as text.

use std::path::{Path, PathBuf};

/// A rule, as its file declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RuleFile {
    /// The file's stem: the module.
    pub(crate) module: String,
    /// The static's name.
    pub(crate) ident: String,
    pub(crate) name: String,
    pub(crate) summary: String,
    pub(crate) category: String,
    pub(crate) severity: String,
    pub(crate) opt_in: bool,
    /// The doc comment.
    pub(crate) page: String,
}

/// The rules of the checks crate, by name.
pub(crate) fn read_all(root: &Path) -> Result<Vec<RuleFile>, String> {
    let dir = root.join("crates/checks/src/rules");
    let entries = std::fs::read_dir(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", dir.display()))?.path();
        let is_rule = path.extension().is_some_and(|extension| extension == "rs");
        if is_rule && path.file_stem().is_some_and(|stem| stem != "mod") {
            paths.push(path);
        }
    }
    let mut rules = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let module = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        rules.push(parse(module, &text).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(rules)
}

fn parse(module: &str, text: &str) -> Result<RuleFile, String> {
    let (_, declaration) = text.split_once("declare_rule! {").ok_or("declares no rule")?;
    let page: String = declaration
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with("///"))
        .map_while(|line| line.strip_prefix("///"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    let (_, after) = declaration.split_once(" static ").ok_or("has no static")?;
    let (ident, _) = after.split_once(" = {").ok_or("has no static")?;
    let quoted = |field: &str| {
        let (_, value) = after.split_once(&format!("{field}: \""))?;
        value.split_once('"').map(|(value, _)| value.to_owned())
    };
    let word = |field: &str| {
        let (_, value) = after.split_once(&format!("{field}: "))?;
        value.split_once(',').map(|(value, _)| value.to_lowercase())
    };
    Ok(RuleFile {
        module: module.to_owned(),
        ident: ident.trim().to_owned(),
        name: quoted("name").ok_or("has no name")?,
        summary: quoted("summary").ok_or("has no summary")?,
        category: word("category").ok_or("has no category")?,
        severity: word("severity").ok_or("has no severity")?,
        opt_in: word("opt_in").is_some_and(|word| word == "true"),
        page,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_read() {
        let text = "//! x\ndeclare_rule! {\n    /// ## What\n    ///\n    /// It is.\n    pub(crate) static A_B = {\n        name: \"a-b\",\n        summary: \"S\",\n        category: Cost,\n        severity: Error,\n        since: \"0.1.0\",\n    }\n}\n";
        let rule = parse("a_b", text).unwrap();
        assert_eq!((rule.name.as_str(), rule.ident.as_str()), ("a-b", "A_B"));
        assert_eq!((rule.category.as_str(), rule.severity.as_str()), ("cost", "error"));
        assert_eq!(rule.page, "## What\n\nIt is.\n");
        assert!(parse("a", "nothing").is_err());
    }
}
