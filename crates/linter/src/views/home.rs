//! Places in modules that the user does not edit become those of the calls that lead there.

use privatelint_diagnostics::Span;
use privatelint_diagnostics::diagram::Diagram;
use privatelint_diagnostics::paths::{Cell, Explanation, Remark, RootMatrix};

use crate::networks::RootNetwork;

/// Brings all places of the ways of a root home.
pub(super) fn matrix(root: &RootNetwork<'_, '_>, matrix: &mut RootMatrix) {
    for network in &mut matrix.networks {
        place(root, &mut network.network.span);
        for row in &mut network.rows {
            place(root, &mut row.subnet.span);
            row.cells.iter_mut().for_each(|it| cell(root, it));
        }
        for workload in &mut network.workloads {
            place(root, &mut workload.resource.span);
            workload.needs.iter_mut().for_each(|need| cell(root, &mut need.cell));
            workload.remarks.iter_mut().for_each(|it| remark(root, it));
        }
    }
}

/// Brings all places of a way home.
pub(super) fn explanation(root: &RootNetwork<'_, '_>, explanation: &mut Explanation) {
    cell(root, &mut explanation.cell);
    explanation.steps.iter_mut().for_each(|step| place(root, &mut step.span));
    explanation.doubts.iter_mut().for_each(|it| remark(root, it));
}

/// Brings all places of a picture home.
pub(super) fn diagram(root: &RootNetwork<'_, '_>, diagram: &mut Diagram) {
    diagram.nodes.iter_mut().for_each(|node| place(root, &mut node.span));
    diagram.edges.iter_mut().for_each(|edge| place(root, &mut edge.span));
    for way in &mut diagram.ways {
        way.steps.iter_mut().for_each(|(_, span)| place(root, span));
    }
}

fn cell(root: &RootNetwork<'_, '_>, cell: &mut Cell) {
    if let Some(it) = &mut cell.remark {
        remark(root, it);
    }
}

fn remark(root: &RootNetwork<'_, '_>, remark: &mut Remark) {
    place(root, &mut remark.span);
}

fn place(root: &RootNetwork<'_, '_>, span: &mut Option<Span>) {
    *span = span.and_then(|span| (root.home)(span));
}
