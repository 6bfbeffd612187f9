//! Versions, and Terraform's way to say which are wanted.

/// A version; what follows a `-` or `+` does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u64; 3]);

impl Version {
    /// `5`, `5.1`, `v5.1.0`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        written(text).map(|(version, _)| version)
    }

    /// As short as it can be written: `5`, `5.1`.
    pub(crate) fn short(self) -> String {
        match self.0 {
            [major, 0, 0] => major.to_string(),
            [major, minor, 0] => format!("{major}.{minor}"),
            [major, minor, patch] => format!("{major}.{minor}.{patch}"),
        }
    }
}

/// A version and how many of its numbers are written.
fn written(text: &str) -> Option<(Version, usize)> {
    let text = text.trim();
    let text = text.strip_prefix('v').unwrap_or(text);
    let (text, _) = text.split_once(['-', '+']).unwrap_or((text, ""));
    let mut numbers = [0; 3];
    let mut written = 0;
    for part in text.split('.') {
        *numbers.get_mut(written)? = part.parse().ok()?;
        written += 1;
    }
    Some((Version(numbers), written))
}

/// What the `version` argument of a call wants: `~> 5.1`, `>= 3.0, < 5.0`. Without any condition: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Constraint(Vec<Condition>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Equal(Version),
    NotEqual(Version),
    AtLeast(Version),
    MoreThan(Version),
    AtMost(Version),
    Below(Version),
}

impl Constraint {
    /// The conditions, separated by commas; nothing if one of them is none that Terraform knows.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut conditions = Vec::new();
        for part in text.split(',') {
            let part = part.trim();
            let version = part.trim_start_matches(['=', '!', '<', '>', '~']);
            let operator = part.strip_suffix(version).unwrap_or_default();
            let (version, numbers) = written(version)?;
            match operator {
                "" | "=" => conditions.push(Condition::Equal(version)),
                "!=" => conditions.push(Condition::NotEqual(version)),
                ">=" => conditions.push(Condition::AtLeast(version)),
                ">" => conditions.push(Condition::MoreThan(version)),
                "<=" => conditions.push(Condition::AtMost(version)),
                "<" => conditions.push(Condition::Below(version)),
                "~>" => {
                    conditions.push(Condition::AtLeast(version));
                    conditions.extend(last_may_grow(version, numbers).map(Condition::Below));
                }
                _ => return None,
            }
        }
        Some(Self(conditions))
    }

    /// Exactly this version.
    pub(crate) fn exactly(version: Version) -> Self {
        Self(vec![Condition::Equal(version)])
    }

    /// Whether it wants a version.
    pub(crate) fn allows(&self, version: Version) -> bool {
        self.0.iter().all(|condition| match *condition {
            Condition::Equal(other) => version == other,
            Condition::NotEqual(other) => version != other,
            Condition::AtLeast(other) => version >= other,
            Condition::MoreThan(other) => version > other,
            Condition::AtMost(other) => version <= other,
            Condition::Below(other) => version < other,
        })
    }

    /// Whether it wants some version that is not before this one.
    pub(crate) fn reaches(&self, since: Version) -> bool {
        self.0.iter().all(|condition| match *condition {
            Condition::Equal(most) | Condition::AtMost(most) => since <= most,
            Condition::Below(end) => since < end,
            Condition::NotEqual(_) | Condition::AtLeast(_) | Condition::MoreThan(_) => true,
        })
    }
}

/// The first version that `~>` does not want: only the last number that is written may grow. With one number there is none.
fn last_may_grow(version: Version, numbers: usize) -> Option<Version> {
    let Version([major, minor, _]) = version;
    match numbers {
        2 => Some(Version([major.checked_add(1)?, 0, 0])),
        3 => Some(Version([major, minor.checked_add(1)?, 0])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Constraint, Version};

    #[track_caller]
    fn check(constraint: &str, allowed: &[&str], refused: &[&str]) {
        let constraint = Constraint::parse(constraint).unwrap();
        for version in allowed {
            assert!(constraint.allows(Version::parse(version).unwrap()), "{version}");
        }
        for version in refused {
            assert!(!constraint.allows(Version::parse(version).unwrap()), "{version}");
        }
    }

    #[test]
    fn conditions_are_terraforms() {
        check("5.1.2", &["5.1.2", "v5.1.2"], &["5.1.3", "5.1"]);
        check("= 5.1", &["5.1.0"], &["5.1.1"]);
        check("~> 5.1", &["5.1", "5.99"], &["5.0.9", "6.0"]);
        check("~>5.1.2", &["5.1.2", "5.1.9"], &["5.1.1", "5.2"]);
        check("~> 5", &["5.0", "6.0"], &["4.9"]);
        check(">= 3.0, < 5.0, != 4.1", &["3.0", "4.99.1"], &["2.9", "5.0", "4.1"]);
        check("> 3, <= 4", &["3.0.1", "4"], &["3.0.0", "4.0.1"]);
    }

    #[test]
    fn what_is_no_constraint_is_none() {
        for text in ["", "latest", "=> 5", "5.x", "~> ", "1.2.3.4", "> 99999999999999999999"] {
            assert_eq!(Constraint::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_constraint_reaches_what_is_not_before_all_it_wants() {
        let reaches = |constraint: &str, since: &str| {
            Constraint::parse(constraint).unwrap().reaches(Version::parse(since).unwrap())
        };
        assert!(reaches("~> 5.1", "v5"));
        assert!(reaches(">= 3", "v6"));
        assert!(reaches("~> 5", "v6"));
        assert!(reaches("2.77.0", "v2"));
        assert!(!reaches("~> 5.1", "v6"));
        assert!(!reaches("< 5.0", "v5"));
        assert!(!reaches("2.77.0", "v2.78"));
    }

    #[test]
    fn versions_are_shown_short() {
        let short = |text: &str| Version::parse(text).unwrap().short();
        assert_eq!([short("v6"), short("5.1.0"), short("5.0.3")], ["6", "5.1", "5.0.3"]);
    }
}
