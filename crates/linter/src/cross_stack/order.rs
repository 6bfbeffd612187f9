//! Which roots may wait for the outputs of which others.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

/// For each root, the roots whose outputs its own outputs are made from.
///
/// Roots that read each other in a circle do not wait for each other, so that evaluation ends, and says the same wherever it begins.
#[derive(Debug, Default)]
pub(super) struct Order(BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>>);

impl Order {
    pub(super) fn new(mut reads: BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>>) -> Self {
        let circles: BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>> = reads
            .iter()
            .map(|(reader, read)| {
                let in_circle = |other: &&Utf8PathBuf| reaches(&reads, other, reader);
                (reader.clone(), read.iter().filter(in_circle).cloned().collect())
            })
            .collect();
        for (reader, read) in &mut reads {
            read.retain(|other| !circles.get(reader).is_some_and(|circle| circle.contains(other)));
        }
        Self(reads)
    }

    pub(super) fn may_wait(&self, reader: &Utf8Path, other: &Utf8Path) -> bool {
        self.0.get(reader).is_some_and(|read| read.contains(other))
    }
}

fn reaches(
    reads: &BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>>,
    from: &Utf8PathBuf,
    to: &Utf8PathBuf,
) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(root) = waiting.pop() {
        if root == to {
            return true;
        }
        waiting.extend(reads.get(root).into_iter().flatten().filter(|next| seen.insert(next)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reads: &[(&str, &str)], reader: &str, other: &str, may_wait: bool) {
        let mut map: BTreeMap<Utf8PathBuf, BTreeSet<Utf8PathBuf>> = BTreeMap::new();
        for (reader, read) in reads {
            map.entry((*reader).into()).or_default().insert((*read).into());
        }
        let order = Order::new(map);
        assert_eq!(order.may_wait(Utf8Path::new(reader), Utf8Path::new(other)), may_wait);
    }

    #[test]
    fn only_a_circle_is_broken() {
        check(&[("app", "net")], "app", "net", true);
        check(&[("app", "net")], "net", "app", false);
        check(&[("app", "net"), ("net", "app")], "app", "net", false);
        check(&[("app", "app")], "app", "app", false);
        check(&[("app", "net"), ("net", "dns"), ("dns", "net")], "app", "net", true);
        check(&[("app", "net"), ("net", "dns"), ("dns", "net")], "net", "dns", false);
    }
}
