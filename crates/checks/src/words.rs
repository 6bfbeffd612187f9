//! Lists of names in messages.

/// `a, b and c`; `a, b and 4 more` if there are more than `most`.
pub(crate) fn listed(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] if names.len() <= most => format!("{} and {last}", first.join(", ")),
        names => {
            // "and 1 more" is longer than most names.
            let shown = most.saturating_sub(1).max(1);
            let more = names.len().saturating_sub(shown);
            let names: Vec<_> = names.iter().take(shown).cloned().collect();
            format!("{} and {more} more", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &str, expected: &str) {
        let names: Vec<_> = names.split_whitespace().map(String::from).collect();
        assert_eq!(listed(&names, 3), expected);
    }

    #[test]
    fn names_beyond_the_most_are_counted() {
        check("", "");
        check("a", "a");
        check("a b", "a and b");
        check("a b c", "a, b and c");
        check("a b c d", "a, b and 2 more");
    }
}
