//! The network of each root, for those who ask about it: `paths`, `graph`, tests.

use camino::Utf8Path;
use privatelint_diagnostics::{Report, Span};
use privatelint_evaluator::Evaluation;
use privatelint_network::Network;
use privatelint_parser::FileSystem;

use crate::each_root::{Wanted, each_root};
use crate::foreign;
use crate::options::Options;

/// A root module whose network is looked at.
pub struct RootNetwork<'n, 'a> {
    /// The root's directory.
    pub root: &'n Utf8Path,
    /// Its network.
    pub network: &'n Network<'a>,
    /// Its evaluation, from which the way of a value is traced.
    pub evaluation: &'n Evaluation<'n>,
    /// The place that the user can edit for one in the code that was read; none if no code of the user leads there.
    pub home: &'n (dyn Fn(Span) -> Option<Span> + Sync),
}

/// Reads and evaluates everything under the paths, and looks at the network of each root. The answers are in the order of the roots. The
/// report has no findings, only what stood in the way.
pub fn networks<T: Send>(
    fs: &dyn FileSystem,
    options: &Options,
    look: impl Fn(&RootNetwork<'_, '_>) -> T + Sync,
) -> (Vec<T>, Report) {
    let wanted = Wanted { wants: privatelint_network::wants, takes_defaults: false };
    each_root(fs, options, &wanted, |workspace, root, evaluation| {
        let network = Network::build(&evaluation.instances, &evaluation.missing_modules);
        let home = foreign::homeward(workspace, &root.module);
        look(&RootNetwork { root: &root.name, network: &network, evaluation, home: &home })
    })
}
