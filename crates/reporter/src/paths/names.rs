//! Several addresses in few words.

/// More keys of one block than this are counted.
const MOST_KEYS: usize = 6;

/// Addresses with those of one block put together: `aws_subnet.private[0, 1, 2]`. Blocks keep the order of their first instances.
pub(super) fn together<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in names {
        let (block, key) = split(name);
        match blocks.iter_mut().find(|(of, keys)| *of == block && !keys.is_empty()) {
            Some((_, keys)) if key.is_some() => keys.extend(key),
            _ => blocks.push((block, key.into_iter().collect())),
        }
    }
    blocks.into_iter().map(|(block, keys)| joined(block, &keys)).collect()
}

fn joined(block: &str, keys: &[&str]) -> String {
    if keys.is_empty() {
        return block.to_owned();
    }
    let shown: Vec<&str> = keys.iter().take(MOST_KEYS).copied().collect();
    match keys.len().checked_sub(MOST_KEYS).filter(|more| *more > 0) {
        Some(more) => format!("{block}[{}, and {more} more]", shown.join(", ")),
        None => format!("{block}[{}]", shown.join(", ")),
    }
}

/// A block's address and the key of its instance.
fn split(name: &str) -> (&str, Option<&str>) {
    // A key may have brackets in it, and the name before it may not.
    let is_key = |at: usize| name.get(..at).is_some_and(|before| !before.ends_with(']'));
    let resource = name.rfind("aws_").unwrap_or(0);
    let open = name.get(resource..).and_then(|rest| rest.find('[')).map(|at| at + resource);
    match (open.filter(|at| is_key(*at)), name.strip_suffix(']')) {
        (Some(open), Some(inner)) => match (name.get(..open), inner.get(open + 1..)) {
            (Some(block), Some(key)) => (block, Some(key)),
            _ => (name, None),
        },
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], shown: &[&str]) {
        assert_eq!(together(names.iter().copied()), shown);
    }

    #[test]
    fn instances_of_a_block_are_together() {
        check(
            &["aws_subnet.a[0]", "aws_subnet.b", "aws_subnet.a[1]", "aws_subnet.a[2]"],
            &["aws_subnet.a[0, 1, 2]", "aws_subnet.b"],
        );
        check(
            &["module.m[\"x\"].aws_subnet.a[\"k[0]\"]", "module.m[\"y\"].aws_subnet.a[\"k\"]"],
            &["module.m[\"x\"].aws_subnet.a[\"k[0]\"]", "module.m[\"y\"].aws_subnet.a[\"k\"]"],
        );
        let many: Vec<String> = (0..9).map(|n| format!("aws_subnet.a[{n}]")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check(&many, &["aws_subnet.a[0, 1, 2, 3, 4, 5, and 3 more]"]);
    }

    #[test]
    fn odd_names_stay() {
        for name in ["", "[", "]", "[]", "a]", "aws_subnet.a[", "é[é]", "aws_]["] {
            let shown = together([name]);
            assert_eq!(shown, [name]);
        }
    }
}
