//! The ways from all subnets to all services of interest.

use std::collections::BTreeSet;

use privatelint_diagnostics::paths::{
    Named, Need as Needed, NetworkMatrix, RootMatrix, Row, Workload as Shown,
};
use privatelint_evaluator::Instance;
use privatelint_network::facts::INTERNET;
use privatelint_network::{Certainty, Need, Network, Workload};

use super::places::{Place, places, subnets_of};
use super::{services, ways};

pub(super) fn root(
    name: &str,
    network: &Network<'_>,
    asked: &BTreeSet<&'static str>,
) -> RootMatrix {
    let places = places(network);
    let networks = places
        .iter()
        .map(|place| of_place(network, place, asked))
        .filter(|matrix| !matrix.rows.is_empty() || !matrix.workloads.is_empty());
    RootMatrix { root: name.to_owned(), networks: networks.collect() }
}

fn of_place(
    network: &Network<'_>,
    place: &Place<'_, '_>,
    asked: &BTreeSet<&'static str>,
) -> NetworkMatrix {
    let mut services = services::of_interest(network, place);
    services.extend(asked);
    let rows = place.subnets.iter().map(|subnet| {
        let cell = |service: &&str| ways::cell(&ways::of_subnet(network, subnet, service));
        let cells = services.iter().map(cell);
        Row { subnet: named(subnet.instance), cells: cells.collect() }
    });
    let workloads = place.workloads(network).into_iter().map(|it| workload(network, it));
    NetworkMatrix {
        network: Named { name: place.name.clone(), span: place.span() },
        detail: place.detail(),
        services: services.iter().map(|service| (*service).to_owned()).collect(),
        rows: rows.collect(),
        workloads: workloads.filter(|workload| !workload.needs.is_empty()).collect(),
    }
}

fn named(instance: &Instance) -> Named {
    Named { name: instance.address.to_string(), span: Some(instance.header) }
}

fn workload<'a>(network: &Network<'a>, workload: &Workload<'a>) -> Shown {
    let needs = workload.needs(network);
    let needs = needs.iter().filter(|need| need.service != INTERNET);
    Shown {
        resource: named(workload.instance),
        needs: needs.map(|need| needed(network, workload, need)).collect(),
        remarks: workload.subnets.doubts.iter().map(ways::remark).collect(),
    }
}

/// A need with the worst of the ways from the workload's subnets.
fn needed<'a>(network: &Network<'a>, workload: &Workload<'a>, need: &Need) -> Needed {
    let ways = subnets_of(network, workload).into_iter().map(|subnet| {
        let path = ways::of_workload(network, workload, subnet, need.service);
        (ways::cell(&path), subnet.instance.address.to_string())
    });
    // Of several that are equally bad, the first.
    let worst = ways.reduce(|worst, other| {
        if ways::badness(other.0.sign) > ways::badness(worst.0.sign) { other } else { worst }
    });
    let (cell, from) = match worst {
        Some((cell, from)) => (cell, Some(from)),
        None => (ways::nowhere(workload), None),
    };
    Needed {
        service: need.service.to_owned(),
        why: need.why.clone(),
        required: need.certainty == Certainty::Required,
        cell,
        from,
    }
}
