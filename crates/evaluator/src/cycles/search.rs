//! Finding cycles in a graph. Nothing here recurses: a chain of references may be as long as a file.

use std::collections::{BTreeSet, VecDeque};

use privatelint_diagnostics::Span;

/// Everything that can be reached from a node, itself only if it is on a cycle.
pub(super) fn reached(edges: &[Vec<(usize, Span)>], from: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(at) = waiting.pop() {
        for (to, _) in edges.get(at).into_iter().flatten() {
            if seen.insert(*to) {
                waiting.push(*to);
            }
        }
    }
    seen
}

/// A shortest cycle of each group of nodes that all need each other: its nodes, each with the place where it names the next.
pub(super) fn shortest_cycles(
    edges: &[Vec<(usize, Span)>],
    most: usize,
) -> Vec<Vec<(usize, Span)>> {
    let mut found = Vec::new();
    let back = reversed(edges);
    let leading = without_end(edges, &back);
    if leading.is_empty() {
        return found;
    }
    let led_to: BTreeSet<usize> = without_end(&back, edges).into_iter().collect();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for start in leading.into_iter().filter(|at| led_to.contains(at)) {
        if found.len() == most {
            break;
        }
        if done.contains(&start) {
            continue;
        }
        if let Some(way) = shortest(edges, start) {
            let before = reached(&back, start);
            done.extend(reached(edges, start).intersection(&before));
            found.push(way);
        }
    }
    found
}

fn reversed(edges: &[Vec<(usize, Span)>]) -> Vec<Vec<(usize, Span)>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, all) in edges.iter().enumerate() {
        for (to, place) in all {
            if let Some(edges) = reversed.get_mut(*to) {
                edges.push((from, *place));
            }
        }
    }
    reversed
}

/// The nodes from which there is a way without an end. All others are on no cycle.
fn without_end(edges: &[Vec<(usize, Span)>], back: &[Vec<(usize, Span)>]) -> Vec<usize> {
    let mut open: Vec<usize> = edges.iter().map(Vec::len).collect();
    let ends = open.iter().enumerate().filter(|(_, open)| **open == 0);
    let mut waiting: Vec<usize> = ends.map(|(at, _)| at).collect();
    while let Some(at) = waiting.pop() {
        for (from, _) in back.get(at).into_iter().flatten() {
            let Some(open) = open.get_mut(*from) else { continue };
            *open = open.saturating_sub(1);
            if *open == 0 {
                waiting.push(*from);
            }
        }
    }
    open.iter().enumerate().filter(|(_, open)| **open > 0).map(|(at, _)| at).collect()
}

/// The shortest way from a node back to itself.
fn shortest(edges: &[Vec<(usize, Span)>], start: usize) -> Option<Vec<(usize, Span)>> {
    let mut from: Vec<Option<(usize, Span)>> = vec![None; edges.len()];
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        for (to, place) in edges.get(at).into_iter().flatten() {
            if *to == start {
                let mut way = vec![(at, *place)];
                let mut last = at;
                while last != start {
                    let (before, place) = (*from.get(last)?)?;
                    way.push((before, place));
                    last = before;
                }
                way.reverse();
                return Some(way);
            }
            if let Some(known @ None) = from.get_mut(*to) {
                *known = Some((at, *place));
                waiting.push_back(*to);
            }
        }
    }
    None
}
