//! What a statement of a policy is about: which actions on which resources.

use privatelint_evaluator::Tri;

use crate::policy::{Statement, UNKNOWN};

impl Statement {
    /// Whether it is about an action on a resource, whoever asks and whatever its conditions say.
    #[must_use]
    pub fn covers(&self, action: &str, resource: &str) -> Tri {
        let actions = Tri::any(self.actions.iter().map(|own| fits(own, action, true)));
        let resources = Tri::any(self.resources.iter().map(|own| fits(own, resource, false)));
        let negated = |is: Tri, not: bool| if not { !is } else { is };
        negated(actions, self.not_action).and(negated(resources, self.not_resource))
    }
}

/// Whether text fits a pattern with `*` and `?`, parts of which may be unknown.
fn fits(pattern: &str, text: &str, ignores_case: bool) -> Tri {
    let (pattern, text) = if ignores_case {
        (pattern.to_ascii_lowercase(), text.to_ascii_lowercase())
    } else {
        (pattern.to_owned(), text.to_owned())
    };
    if matches(&pattern, &text) {
        return Tri::Yes;
    }
    if pattern.contains(UNKNOWN) && matches(&pattern.replace(UNKNOWN, "*"), &text) {
        return Tri::Unknown;
    }
    Tri::No
}

fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where to go on if what follows the last star does not fit.
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = text.get(t) {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(own) if *own == '?' || own == c => {
                p += 1;
                t += 1;
            }
            _ => match &mut star {
                Some((at, taken)) => {
                    *taken += 1;
                    p = *at + 1;
                    t = *taken;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: Tri) {
        assert_eq!(fits(&pattern.replace('#', UNKNOWN), text, true), expected, "{pattern} {text}");
    }

    #[test]
    fn patterns_fit_as_in_policies() {
        check("*", "s3:GetObject", Tri::Yes);
        check("s3:*", "s3:GetObject", Tri::Yes);
        check("S3:get*", "s3:GetObject", Tri::Yes);
        check("s3:G?tObject", "s3:GetObject", Tri::Yes);
        check("s3:Put*", "s3:GetObject", Tri::No);
        check("arn:aws:s3:::prod-*-bucket/*", "arn:aws:s3:::prod-eu-west-1-bucket/key", Tri::Yes);
        check("arn:aws:s3:::prod-*-bucket", "arn:aws:s3:::prod-eu-west-1-bucket/key", Tri::No);
        check("", "x", Tri::No);
    }

    #[test]
    fn unknown_parts_may_fit() {
        check("#", "anything", Tri::Unknown);
        check("arn:aws:s3:::#/*", "arn:aws:s3:::bucket/key", Tri::Unknown);
        check("arn:aws:s3:::#-logs/*", "arn:aws:s3:::bucket/key", Tri::No);
    }
}
