//! Boxes above each other, each as near as possible to where it wants to be.

/// A box with its height, and where its middle wants to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) middle: i32,
    pub(super) height: i32,
}

/// A run of boxes that touch: their tops relative to the first, and where its top wants to be.
struct Run {
    first: usize,
    len: i32,
    /// The sum, over its boxes, of where the run's top would have to be.
    tops: i64,
    height: i32,
}

impl Run {
    fn top(&self) -> i32 {
        i32::try_from(self.tops / i64::from(self.len.max(1))).unwrap_or(0)
    }
}

/// The tops of the boxes in the order given, at least `gap` apart, none above `from`, and none below `to` if they have room. Of all
/// such places, about those with the least squared distance from the wishes: runs of touching boxes are merged as long as they
/// overlap.
pub(super) fn spread(wishes: &[Wish], gap: i32, from: i32, to: i32) -> Vec<i32> {
    let mut tops = beside_wishes(wishes, gap);
    let mut end = to;
    for (top, wish) in tops.iter_mut().zip(wishes).rev() {
        *top = (*top).min(end - wish.height);
        end = *top - gap;
    }
    let mut free = from;
    for (top, wish) in tops.iter_mut().zip(wishes) {
        *top = (*top).max(free);
        free = *top + wish.height + gap;
    }
    tops
}

fn beside_wishes(wishes: &[Wish], gap: i32) -> Vec<i32> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, wish) in wishes.iter().enumerate() {
        let top = wish.middle - wish.height / 2;
        let mut run = Run { first: at, len: 1, tops: i64::from(top), height: wish.height };
        while let Some(before) =
            runs.pop_if(|before| before.top() + before.height + gap > run.top())
        {
            let offset = before.height + gap;
            run = Run {
                first: before.first,
                len: before.len + run.len,
                tops: before.tops + run.tops - i64::from(offset) * i64::from(run.len),
                height: offset + run.height,
            };
        }
        runs.push(run);
    }
    let mut tops = Vec::with_capacity(wishes.len());
    for (at, run) in runs.iter().enumerate() {
        let end = runs.get(at + 1).map_or(wishes.len(), |next| next.first);
        let mut top = run.top();
        for wish in wishes.get(run.first..end).unwrap_or_default() {
            tops.push(top);
            top += wish.height + gap;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(middles: &[i32], tops: &[i32]) {
        let wishes: Vec<Wish> = middles.iter().map(|&middle| Wish { middle, height: 10 }).collect();
        assert_eq!(spread(&wishes, 2, 0, 200), tops);
    }

    #[test]
    fn boxes_stay_where_they_want_to_be_if_they_can() {
        check(&[], &[]);
        check(&[20, 40], &[15, 35]);
        check(&[20, 20], &[9, 21]);
        check(&[50, 50, 50], &[33, 45, 57]);
        check(&[0, 100, 100], &[0, 89, 101]);
        check(&[30, 33, 60], &[20, 32, 55]);
        check(&[300, 300, 100], &[166, 178, 190]);
    }

    #[test]
    fn nothing_overlaps_and_nothing_is_above_the_beginning() {
        for seed in 0..200i32 {
            let wishes: Vec<Wish> = (0..20)
                .map(|at| Wish {
                    middle: (seed * 37 + at * at * 13) % 200,
                    height: 5 + (seed + at * 7) % 30,
                })
                .collect();
            let tops = spread(&wishes, 3, 10, 400 + seed);
            assert!(tops.first().is_some_and(|top| *top >= 10));
            for at in 1..tops.len() {
                assert!(tops[at] >= tops[at - 1] + wishes[at - 1].height + 3, "{seed} {tops:?}");
            }
        }
    }
}
