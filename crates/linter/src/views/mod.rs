//! What `paths` and `graph` show: from the network of each root to plain data that a reporter draws.

mod diagram;
mod exits;
mod explain;
mod home;
mod matrix;
mod nodes;
mod places;
mod services;
mod ways;

use privatelint_diagnostics::Report;
use privatelint_diagnostics::diagram::Diagram;
use privatelint_diagnostics::paths::{Explanation, Matrix};
use privatelint_parser::FileSystem;

use crate::{Options, UsageError, lint, networks};

/// How traffic gets from each subnet to each service: those that a VPC has an endpoint for, those that something in it needs, and the
/// services asked for. The report has no findings, only what stood in the way.
///
/// # Errors
///
/// When a service asked for does not exist.
pub fn paths(
    fs: &dyn FileSystem,
    options: &Options,
    services: &[String],
) -> Result<(Matrix, Report), UsageError> {
    let asked = services::asked(services)?;
    let (roots, report) = networks(fs, options, |root| {
        let mut matrix = matrix::root(root.root.as_str(), root.network, &asked);
        home::matrix(root, &mut matrix);
        matrix
    });
    Ok((Matrix { roots }, report))
}

/// How traffic gets from a subnet or a workload to a service, step by step; several answers if the address stands for several instances
/// or is in several roots.
///
/// # Errors
///
/// When there is no such subnet or workload, or no such service.
pub fn explain_path(
    fs: &dyn FileSystem,
    options: &Options,
    from: &str,
    to: &str,
) -> Result<(Vec<Explanation>, Report), UsageError> {
    let service = services::named(to)?;
    let (found, report) = networks(fs, options, |root| {
        let (mut found, known) = explain::root(root.root.as_str(), root.network, from, service);
        found.iter_mut().for_each(|it| home::explanation(root, it));
        (found, known)
    });
    let (explanations, known): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let explanations: Vec<Explanation> = explanations.into_iter().flatten().collect();
    let nothing_read = known.is_empty() || report.problems.iter().any(|it| it.kind.is_fatal());
    if explanations.is_empty() && !nothing_read {
        let known: Vec<String> = known.into_iter().flatten().collect();
        return Err(UsageError::NoSuchPlace {
            name: from.to_owned(),
            nearest: places::nearest(from, &known),
        });
    }
    Ok((explanations, report))
}

/// The networks of each root as pictures with the findings of all rules in them. The report is that of the rules.
///
/// # Errors
///
/// When a service asked for does not exist.
pub fn diagrams(
    fs: &dyn FileSystem,
    options: &Options,
    services: &[String],
) -> Result<(Vec<Diagram>, Report), UsageError> {
    let asked = services::asked(services)?;
    let report = lint(fs, options)?;
    let (diagrams, _) = networks(fs, options, |root| {
        let name = root.root.as_str();
        let mut diagram = diagram::root(name, root.network, &report.findings, &asked);
        home::diagram(root, &mut diagram);
        diagram
    });
    let is_drawn = |diagram: &Diagram| !diagram.nodes.is_empty();
    Ok((diagrams.into_iter().filter(is_drawn).collect(), report))
}
