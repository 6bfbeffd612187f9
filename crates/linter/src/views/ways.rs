//! Ways as the reporter shows them.

use privatelint_diagnostics::paths::{Cell, Remark, Sign, Step};
use privatelint_network::path::{From, Kind, Path};
use privatelint_network::resources::Subnet;
use privatelint_network::{Doubt, Network, Workload};

/// The way from a subnet to a service.
pub(super) fn of_subnet<'a>(network: &Network<'a>, subnet: &Subnet<'a>, service: &str) -> Path {
    let from = From::subnet(network, subnet.id);
    from.map_or_else(lost, |from| network.path(&from, service))
}

/// The way from a workload in one of its subnets to a service.
pub(super) fn of_workload<'a>(
    network: &Network<'a>,
    workload: &Workload<'a>,
    subnet: &Subnet<'a>,
    service: &str,
) -> Path {
    let from = From::workload(network, workload, subnet.id);
    from.map_or_else(lost, |from| network.path(&from, service))
}

/// The way from a place that is not in the network, of which nothing is known.
fn lost() -> Path {
    Path {
        kind: Kind::Unknown,
        perhaps: None,
        inspected: false,
        hops: Vec::new(),
        blocked: None,
        doubts: Vec::new(),
    }
}

/// A way at first sight.
pub(super) fn cell(path: &Path) -> Cell {
    let undecided = !path.is_decided();
    let sign = if undecided { Sign::Undecided } else { sign(path.kind) };
    let remark = match &path.blocked {
        Some(blocked) => Some(Remark {
            because: blocked.because.clone(),
            help: blocked.open_by.clone(),
            span: blocked.span,
        }),
        None if undecided => path.doubts.first().map(remark),
        None => None,
    };
    Cell {
        sign,
        word: path.kind.as_str().to_owned(),
        perhaps: path.perhaps.map(|kind| kind.as_str().to_owned()),
        inspected: path.inspected,
        blocker: path.blocked.as_ref().map(|blocked| blocked.by.as_str().to_owned()),
        remark,
    }
}

fn sign(kind: Kind) -> Sign {
    match kind {
        Kind::GatewayEndpoint | Kind::InterfaceEndpoint => Sign::Private,
        Kind::Hub => Sign::Elsewhere,
        Kind::Nat | Kind::Internet => Sign::Public,
        Kind::None => Sign::Blocked,
        Kind::Unknown => Sign::Undecided,
    }
}

/// The steps of a way.
pub(super) fn steps(path: &Path) -> Vec<Step> {
    let steps = path.hops.iter().map(|hop| Step {
        what: hop.what.clone(),
        address: hop.address.as_ref().map(ToString::to_string),
        span: hop.span,
    });
    steps.collect()
}

/// A reason that something is not decided.
pub(super) fn remark(doubt: &Doubt) -> Remark {
    Remark { because: doubt.because.clone(), help: doubt.resolve.clone(), span: doubt.span }
}

/// How bad it is, for the worst of several: what certainly fails is worse than what may, and both than what works.
pub(super) fn badness(sign: Sign) -> u8 {
    match sign {
        Sign::Private => 0,
        Sign::Elsewhere => 1,
        Sign::Public => 2,
        Sign::Undecided => 3,
        Sign::Blocked => 4,
    }
}

/// The way from a workload that is in no subnet that is declared here.
pub(super) fn nowhere(workload: &Workload<'_>) -> Cell {
    let doubt = workload.subnets.doubts.first().map(remark);
    let remark = doubt.unwrap_or_else(|| Remark {
        because: "its subnets are not declared here".to_owned(),
        help: "look at it together with the code that declares them".to_owned(),
        span: Some(workload.instance.header),
    });
    Cell {
        sign: Sign::Undecided,
        word: "unknown".to_owned(),
        perhaps: None,
        inspected: false,
        blocker: None,
        remark: Some(remark),
    }
}
