//! What the `source` of a call names, if it is no path.

use super::version::{Constraint, Version};

/// The registry that an address without a host is in.
const REGISTRY: &str = "registry.terraform.io";

/// A package, and a directory in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    /// `registry.terraform.io`, `github.com`; in lower case.
    pub(crate) host: String,
    /// The way to the package on its host, without `.git`.
    pub(crate) path: Vec<String>,
    /// The directory in it, behind `//`.
    pub(crate) directory: String,
    /// `?ref=`.
    pub(crate) reference: Option<String>,
    is_registry: bool,
}

impl Package {
    /// A registry address, or a git address in one of its forms. Archives and buckets are none.
    pub(crate) fn parse(source: &str) -> Option<Self> {
        let (forced, rest) = match source.split_once("::") {
            Some(("git", rest)) => (true, rest),
            Some(_) => return None,
            None => (false, source),
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let reference = query.split('&').find_map(|pair| pair.strip_prefix("ref="));
        let (scheme, rest) = match rest.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, rest),
        };
        let (place, directory) = rest.split_once("//").unwrap_or((rest, ""));
        let place = place.trim_end_matches('/');
        let is_remote_shell = scheme.is_none() && place.contains('@') && place.contains(':');
        let is_git = forced || scheme.is_some() || is_remote_shell || is_git_host(place);
        let (host, path) = if !is_git {
            match place.split_once('/') {
                Some((host, path)) if path.matches('/').count() == 2 && host.contains('.') => {
                    (host, path)
                }
                _ if place.matches('/').count() == 2 => (REGISTRY, place),
                _ => return None,
            }
        } else {
            let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
            let at = place.find(if is_remote_shell { ':' } else { '/' })?;
            (place.get(..at)?, place.get(at + 1..)?)
        };
        let path = path.strip_suffix(".git").unwrap_or(path);
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        let is_empty = |part: &String| part.is_empty() || part == "." || part == "..";
        if host.is_empty() || path.len() < 2 || path.iter().any(is_empty) {
            return None;
        }
        let (host, _) = host.split_once(':').unwrap_or((host, ""));
        Some(Self {
            host: host.to_lowercase(),
            path,
            directory: directory.trim_matches('/').to_owned(),
            reference: reference.map(str::to_owned),
            is_registry: !is_git,
        })
    }

    /// The name that a registry has, or would have, for it.
    pub(crate) fn module(&self) -> Option<ModuleName> {
        let [.., last] = self.path.as_slice() else { return None };
        let submodule = submodule(&self.directory);
        match self.path.as_slice() {
            [namespace, name, provider] if self.is_registry => {
                Some(ModuleName::new(namespace, name, provider, submodule))
            }
            // Repositories of the public registry are named by their provider and name.
            [.., namespace, _] if !self.is_registry => {
                let (provider, name) = last.strip_prefix("terraform-")?.split_once('-')?;
                Some(ModuleName::new(namespace, name, provider, submodule))
            }
            _ => None,
        }
    }

    /// Whether it is in a place where the name of a public module means that module.
    pub(crate) fn is_public(&self) -> bool {
        matches!(self.host.as_str(), REGISTRY | "registry.opentofu.org" | "github.com")
    }

    /// The versions that a call wants of it: what `version` says, or the tag of a git address. A constraint that is none
    /// wants nothing that could be known.
    pub(crate) fn wanted(&self, version: Option<&str>) -> Option<Constraint> {
        if let Some(version) = version {
            return Constraint::parse(version);
        }
        let reference = self.reference.as_deref().unwrap_or_default();
        let tag = reference.strip_prefix("refs/").unwrap_or(reference);
        let tag = tag.strip_prefix("tags/").unwrap_or(tag);
        // A branch is what it is today.
        let version = Version::parse(tag).filter(|_| tag.contains('.') || tag.starts_with('v'));
        Some(version.map(Constraint::exactly).unwrap_or_default())
    }
}

fn is_git_host(place: &str) -> bool {
    let host = place.split('/').next().unwrap_or_default();
    matches!(host, "github.com" | "bitbucket.org" | "gitlab.com") && place.matches('/').count() >= 2
}

/// The name of a directory in a package: what is in `modules` is named without it.
fn submodule(directory: &str) -> &str {
    directory.strip_prefix("modules/").unwrap_or(directory)
}

/// A module by the names of a registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ModuleName {
    namespace: String,
    name: String,
    provider: String,
    /// Empty for the module of the package itself.
    submodule: String,
}

impl ModuleName {
    fn new(namespace: &str, name: &str, provider: &str, submodule: &str) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            provider: provider.to_owned(),
            submodule: submodule.to_owned(),
        }
    }

    /// From the name of a directory: `terraform-aws-modules__vpc__aws__vpc-endpoints`.
    pub(crate) fn from_directory(name: &str) -> Option<Self> {
        let mut parts = name.splitn(4, "__");
        let (namespace, name, provider) = (parts.next()?, parts.next()?, parts.next()?);
        Self::from_parts(
            &[namespace, name, provider],
            &parts.next().unwrap_or("").replace("__", "/"),
        )
    }

    /// From directories in each other, `namespace/name/provider`, and the way to a submodule.
    pub(crate) fn from_parts(names: &[&str], directory: &str) -> Option<Self> {
        let [namespace, name, provider] = names else { return None };
        let named = [namespace, name, provider].iter().all(|part| !part.is_empty());
        named.then(|| Self::new(namespace, name, provider, submodule(directory)))
    }

    /// The module that a path in this one leads to, if it stays in the package.
    pub(crate) fn relative(&self, source: &str) -> Option<Self> {
        let mut way: Vec<&str> = match self.submodule.as_str() {
            "" => Vec::new(),
            submodule => ["modules"].into_iter().chain(submodule.split('/')).collect(),
        };
        for step in source.split('/') {
            match step {
                "" | "." => {}
                ".." => drop(way.pop()?),
                step => way.push(step),
            }
        }
        Some(Self::new(&self.namespace, &self.name, &self.provider, submodule(&way.join("/"))))
    }
}

impl std::fmt::Display for ModuleName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.namespace, self.name, self.provider)?;
        if self.submodule.is_empty() { Ok(()) } else { write!(f, "//modules/{}", self.submodule) }
    }
}

#[cfg(test)]
mod tests {
    use super::{ModuleName, Package};

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let package = Package::parse(source);
        let module = package.as_ref().and_then(Package::module);
        let shown = module.map(|module| match &package.unwrap().reference {
            Some(reference) => format!("{module} {reference}"),
            None => module.to_string(),
        });
        assert_eq!(shown.as_deref().unwrap_or("none"), expected);
    }

    #[test]
    fn all_forms_of_an_address_name_the_module() {
        check("terraform-aws-modules/vpc/aws", "terraform-aws-modules/vpc/aws");
        check("registry.terraform.io/cloudposse/vpc/aws", "cloudposse/vpc/aws");
        check("a/vpc/aws//modules/vpc-endpoints", "a/vpc/aws//modules/vpc-endpoints");
        check("a/vpc/aws//wrappers/vpc-endpoints/", "a/vpc/aws//modules/wrappers/vpc-endpoints");
        let endpoints = "a/vpc/aws//modules/vpc-endpoints v5.1.0";
        for git in [
            "git::https://github.com/a/terraform-aws-vpc.git//modules/vpc-endpoints?ref=v5.1.0",
            "git::https://x@github.com/a/terraform-aws-vpc//modules/vpc-endpoints?depth=1&ref=v5.1.0",
            "git::ssh://git@github.com/a/terraform-aws-vpc.git//modules/vpc-endpoints?ref=v5.1.0",
            "git::ssh://git@github.com:22/a/terraform-aws-vpc//modules/vpc-endpoints?ref=v5.1.0",
            "git@github.com:a/terraform-aws-vpc.git//modules/vpc-endpoints?ref=v5.1.0",
            "git::git@github.com:a/terraform-aws-vpc.git//modules/vpc-endpoints?ref=v5.1.0",
            "github.com/a/terraform-aws-vpc//modules/vpc-endpoints?ref=v5.1.0",
            "git::https://git.example.org/x/a/terraform-aws-vpc.git//modules/vpc-endpoints?ref=v5.1.0",
        ] {
            check(git, endpoints);
        }
    }

    #[test]
    fn what_names_no_module_is_none() {
        for source in [
            "",
            "vpc",
            "a/b",
            "a/b/c/d/e",
            "//a/b/c",
            "a//b",
            "a/../c",
            "s3::https://s3.amazonaws.com/a/b/terraform-aws-vpc.zip",
            "git::https://github.com/a/infrastructure.git//vpc",
            "git@github.com:terraform-aws-vpc.git",
            "git::",
            "::",
            "/absolute/path/x",
            "https://",
        ] {
            check(source, "none");
        }
    }

    #[test]
    fn only_public_places_mean_public_modules() {
        let public = |source: &str| Package::parse(source).unwrap().is_public();
        assert!(public("a/vpc/aws"));
        assert!(public("git@GitHub.com:a/terraform-aws-vpc.git"));
        assert!(!public("app.terraform.io/a/vpc/aws"));
        assert!(!public("git::https://github.com.example.org/a/terraform-aws-vpc"));
    }

    #[test]
    fn paths_within_a_package_name_its_modules() {
        let from = |directory: &str, source: &str| {
            let module = ModuleName::from_directory(directory).unwrap();
            module.relative(source).map(|module| module.to_string())
        };
        assert_eq!(from("a__b__c", "./modules/x").as_deref(), Some("a/b/c//modules/x"));
        assert_eq!(from("a__b__c__x", "../../").as_deref(), Some("a/b/c"));
        assert_eq!(from("a__b__c__x", "../y").as_deref(), Some("a/b/c//modules/y"));
        assert_eq!(from("a__b__c", "../out"), None);
        assert_eq!(ModuleName::from_directory("a__b"), None);
    }
}
