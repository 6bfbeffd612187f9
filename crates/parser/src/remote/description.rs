//! Stubs: Terraform that describes what a public module makes, where its own code is not at hand.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use privatelint_diagnostics::{Problem, ProblemKind};

use super::address::{ModuleName, Package};
use super::version::Version;
use crate::paths::shown_path;

/// A description that is built in.
#[derive(Debug, Clone, Copy)]
pub struct Stub {
    /// The module: `namespace__name__provider`, and `__submodule`.
    pub module: &'static str,
    /// The first version that it describes: `v5`, `v5.1`.
    pub since: &'static str,
    /// Names and texts of its files.
    pub files: &'static [(&'static str, &'static str)],
}

/// A description of a module from one version on.
#[derive(Debug, Clone)]
pub(crate) struct Description {
    pub(crate) module: ModuleName,
    pub(crate) since: Version,
    /// Its directory, as reports would name it.
    pub(crate) dir: Utf8PathBuf,
    /// How a report names it.
    pub(crate) title: String,
    /// Names and texts of its files.
    pub(crate) files: Vec<(String, Cow<'static, str>)>,
}

/// The descriptions that a run has.
#[derive(Debug, Default)]
pub(crate) struct Descriptions {
    /// The user's own.
    own: BTreeMap<(ModuleName, Version), Description>,
    built_in: BTreeMap<(ModuleName, Version), Description>,
}

impl Descriptions {
    pub(crate) fn new(built_in: &[Stub], own: Vec<Description>) -> Self {
        let index = |all: Vec<Description>| {
            all.into_iter().map(|one| ((one.module.clone(), one.since), one)).collect()
        };
        Self { own: index(own), built_in: index(built_in.iter().filter_map(described).collect()) }
    }

    /// The description that a call's source and version lead to: the newest of those that hold for a version that is wanted. The user's
    /// own come first; those that are built in describe what is public.
    pub(crate) fn of_call(&self, source: &str, version: Option<&str>) -> Option<&Description> {
        let package = Package::parse(source)?;
        let module = package.module()?;
        let wanted = package.wanted(version)?;
        let holds = |since| wanted.reaches(since);
        let public = Some(&self.built_in).filter(|_| package.is_public());
        newest(&self.own, &module, &holds).or_else(|| newest(public?, &module, &holds))
    }

    /// The description that a path in another description leads to: of the same version or the last before it.
    pub(crate) fn beside(&self, from: &Description, source: &str) -> Option<&Description> {
        let module = from.module.relative(source)?;
        let holds = |since| since <= from.since;
        newest(&self.own, &module, &holds).or_else(|| newest(&self.built_in, &module, &holds))
    }
}

fn newest<'d>(
    all: &'d BTreeMap<(ModuleName, Version), Description>,
    module: &ModuleName,
    holds: &dyn Fn(Version) -> bool,
) -> Option<&'d Description> {
    let mut newest_first = all.values().rev();
    newest_first.find(|one| one.module == *module && holds(one.since))
}

fn described(stub: &Stub) -> Option<Description> {
    let module = ModuleName::from_directory(stub.module)?;
    let since = Version::parse(stub.since)?;
    let files = stub.files.iter();
    Some(Description {
        dir: format!("<stub {module} {}>", since.short()).into(),
        title: format!("the built-in description of {module} from version {} on", since.short()),
        module,
        since,
        files: files.map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text))).collect(),
    })
}

/// Puts the files of a directory of stubs together: each is in `namespace__name__provider[__submodule]` or in
/// `namespace/name/provider[/modules/submodule]`, and there, or right below the provider, in a directory that names the version.
pub(crate) fn of_files(
    working_dir: &Utf8Path,
    dir: &Utf8Path,
    files: Vec<(Utf8PathBuf, String)>,
    problems: &mut Vec<Problem>,
) -> Vec<Description> {
    let mut found: BTreeMap<Utf8PathBuf, Description> = BTreeMap::new();
    for (path, text) in files {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { continue };
        let shown = shown_path(working_dir, parent);
        let way: Vec<&str> = parent
            .strip_prefix(dir)
            .unwrap_or(parent)
            .components()
            .map(|part| part.as_str())
            .collect();
        let Some((module, since)) = place(&way) else {
            let message = format!("{shown} is not where a stub is looked for");
            problems.push(
                Problem::in_path(ProblemKind::Module, &shown, message)
                    .help("move it to `namespace__name__provider/v1`"),
            );
            continue;
        };
        let description = found.entry(shown.clone()).or_insert_with(|| Description {
            title: format!("the description of {module} in {shown}"),
            module,
            since,
            dir: shown,
            files: Vec::new(),
        });
        description.files.push((name.to_owned(), text.into()));
    }
    problems.dedup();
    found.into_values().collect()
}

/// The module and version that the way from the directory of stubs names. Without a version it holds for all.
fn place(way: &[&str]) -> Option<(ModuleName, Version)> {
    let version = |part: &str| Version::parse(part).filter(|_| part.starts_with('v'));
    let any = Version::parse("0")?;
    match way {
        [module] if module.contains("__") => Some((ModuleName::from_directory(module)?, any)),
        [module, since] if module.contains("__") => {
            Some((ModuleName::from_directory(module)?, version(since)?))
        }
        [namespace, name, provider, rest @ ..] => {
            let (since, rest) = match rest {
                [since, rest @ ..] if version(since).is_some() => (version(since)?, rest),
                _ => (any, rest),
            };
            let module = ModuleName::from_parts(&[namespace, name, provider], &rest.join("/"))?;
            Some((module, since))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUBS: [Stub; 5] = [
        Stub { module: "a__vpc__aws", since: "v2", files: &[] },
        Stub { module: "a__vpc__aws", since: "v5", files: &[] },
        Stub { module: "a__vpc__aws", since: "v6.2", files: &[] },
        Stub { module: "a__vpc__aws__vpc-endpoints", since: "v5", files: &[] },
        Stub { module: "other__vpc__aws", since: "v9", files: &[] },
    ];

    #[track_caller]
    fn check(source: &str, version: Option<&str>, dir: &str) {
        let descriptions = Descriptions::new(&STUBS, Vec::new());
        let found = descriptions.of_call(source, version);
        assert_eq!(found.map_or("none", |found| found.dir.as_str()), dir);
    }

    #[test]
    fn the_newest_that_a_wanted_version_has_is_taken() {
        check("a/vpc/aws", None, "<stub a/vpc/aws 6.2>");
        check("a/vpc/aws", Some(">= 3"), "<stub a/vpc/aws 6.2>");
        check("a/vpc/aws", Some("~> 5.1"), "<stub a/vpc/aws 5>");
        check("a/vpc/aws", Some("6.1.0"), "<stub a/vpc/aws 5>");
        check("a/vpc/aws", Some("~> 2.0"), "<stub a/vpc/aws 2>");
        check("a/vpc/aws", Some("1.0"), "none");
        check("a/vpc/aws", Some("newest"), "none");
        check(
            "a/vpc/aws//modules/vpc-endpoints",
            None,
            "<stub a/vpc/aws//modules/vpc-endpoints 5>",
        );
        check("a/vpc/aws//modules/flow-log", None, "none");
        check("github.com/a/terraform-aws-vpc?ref=v5.9.1", None, "<stub a/vpc/aws 5>");
        check("github.com/a/terraform-aws-vpc?ref=main", None, "<stub a/vpc/aws 6.2>");
        check("github.com/a/terraform-aws-vpc?ref=0123abc", None, "<stub a/vpc/aws 6.2>");
        check("app.terraform.io/a/vpc/aws", None, "none");
    }

    #[test]
    fn a_users_own_come_first_and_describe_private_modules_too() {
        let files = ["a__vpc__aws/main.tf", "acme/net/aws/v2/modules/x/main.tf", "stray/main.tf"];
        let files = files.map(|path| (format!("/w/stubs/{path}").into(), String::new()));
        let mut problems = Vec::new();
        let own = of_files("/w".into(), "/w/stubs".into(), files.to_vec(), &mut problems);
        let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["stubs/stray is not where a stub is looked for"]);
        let descriptions = Descriptions::new(&STUBS, own);
        let dir = |source: &str| descriptions.of_call(source, None).map(|found| found.dir.as_str());
        assert_eq!(dir("a/vpc/aws"), Some("stubs/a__vpc__aws"));
        assert_eq!(
            dir("app.terraform.io/acme/net/aws//modules/x"),
            Some("stubs/acme/net/aws/v2/modules/x")
        );
        assert_eq!(dir("acme/net/aws"), None);
    }

    #[test]
    fn a_description_may_call_others_of_its_package() {
        let descriptions = Descriptions::new(&STUBS, Vec::new());
        let from = descriptions.of_call("a/vpc/aws", None).unwrap();
        let found = descriptions.beside(from, "./modules/vpc-endpoints").unwrap();
        assert_eq!(found.dir, "<stub a/vpc/aws//modules/vpc-endpoints 5>");
        assert!(descriptions.beside(from, "../x").is_none());
    }
}
