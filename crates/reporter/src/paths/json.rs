//! The ways as a document, version 1. Every key is always there.

use std::io;

use privatelint_diagnostics::paths::{
    Cell, Explanation, Matrix, Named, Need, NetworkMatrix, Remark, RootMatrix, Row, Step, Workload,
};
use privatelint_diagnostics::{Files, Report};
use serde::Serialize;

use crate::json::{Error, Location, Tool, VERSION, error, location, write_document};

pub(super) fn write(matrix: &Matrix, report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let files = &report.files;
    let document = Document {
        version: VERSION,
        tool: Tool::SELF,
        roots: matrix.roots.iter().map(|it| root(files, it)).collect(),
        errors: report.problems.iter().map(|it| error(files, it)).collect(),
    };
    write_document(&document, out)
}

pub(super) fn write_explanations(
    explanations: &[Explanation],
    report: &Report,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let files = &report.files;
    let document = Explained {
        version: VERSION,
        tool: Tool::SELF,
        paths: explanations.iter().map(|it| explained(files, it)).collect(),
        errors: report.problems.iter().map(|it| error(files, it)).collect(),
    };
    write_document(&document, out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    roots: Vec<RootJson<'a>>,
    errors: Vec<Error<'a>>,
}

#[derive(Serialize)]
struct RootJson<'a> {
    path: &'a str,
    vpcs: Vec<VpcJson<'a>>,
}

#[derive(Serialize)]
struct VpcJson<'a> {
    address: &'a str,
    location: Option<Location<'a>>,
    services: &'a [String],
    subnets: Vec<SubnetJson<'a>>,
    workloads: Vec<WorkloadJson<'a>>,
}

#[derive(Serialize)]
struct SubnetJson<'a> {
    address: &'a str,
    location: Option<Location<'a>>,
    paths: Vec<PathJson<'a>>,
}

#[derive(Serialize)]
struct PathJson<'a> {
    service: &'a str,
    #[serde(flatten)]
    cell: CellJson<'a>,
}

#[derive(Serialize)]
struct CellJson<'a> {
    path: &'a str,
    perhaps: Option<&'a str>,
    inspected: bool,
    blocked_by: Option<&'a str>,
    reason: Option<RemarkJson<'a>>,
}

#[derive(Serialize)]
struct RemarkJson<'a> {
    because: &'a str,
    resolve: &'a str,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct WorkloadJson<'a> {
    address: &'a str,
    location: Option<Location<'a>>,
    needs: Vec<NeedJson<'a>>,
    undecided: Vec<RemarkJson<'a>>,
}

#[derive(Serialize)]
struct NeedJson<'a> {
    service: &'a str,
    required: bool,
    why: &'a str,
    from: Option<&'a str>,
    #[serde(flatten)]
    cell: CellJson<'a>,
}

#[derive(Serialize)]
struct Explained<'a> {
    version: u32,
    tool: Tool,
    paths: Vec<ExplanationJson<'a>>,
    errors: Vec<Error<'a>>,
}

#[derive(Serialize)]
struct ExplanationJson<'a> {
    root: &'a str,
    from: &'a str,
    service: &'a str,
    #[serde(flatten)]
    cell: CellJson<'a>,
    hops: Vec<HopJson<'a>>,
    undecided: Vec<RemarkJson<'a>>,
}

#[derive(Serialize)]
struct HopJson<'a> {
    what: &'a str,
    address: Option<&'a str>,
    location: Option<Location<'a>>,
}

fn root<'a>(files: &'a Files, root: &'a RootMatrix) -> RootJson<'a> {
    RootJson {
        path: &root.root,
        vpcs: root.networks.iter().map(|network| vpc(files, network)).collect(),
    }
}

fn vpc<'a>(files: &'a Files, network: &'a NetworkMatrix) -> VpcJson<'a> {
    let subnet = |row: &'a Row| SubnetJson {
        address: &row.subnet.name,
        location: place(files, &row.subnet),
        paths: network
            .services
            .iter()
            .zip(&row.cells)
            .map(|(service, it)| PathJson { service, cell: cell(files, it) })
            .collect(),
    };
    VpcJson {
        address: &network.network.name,
        location: place(files, &network.network),
        services: &network.services,
        subnets: network.rows.iter().map(subnet).collect(),
        workloads: network.workloads.iter().map(|it| workload(files, it)).collect(),
    }
}

fn workload<'a>(files: &'a Files, workload: &'a Workload) -> WorkloadJson<'a> {
    let need = |need: &'a Need| NeedJson {
        service: &need.service,
        required: need.required,
        why: &need.why,
        from: need.from.as_deref(),
        cell: cell(files, &need.cell),
    };
    WorkloadJson {
        address: &workload.resource.name,
        location: place(files, &workload.resource),
        needs: workload.needs.iter().map(need).collect(),
        undecided: remarks(files, &workload.remarks),
    }
}

fn explained<'a>(files: &'a Files, explanation: &'a Explanation) -> ExplanationJson<'a> {
    let hop = |step: &'a Step| HopJson {
        what: &step.what,
        address: step.address.as_deref(),
        location: step.span.map(|span| location(files, span)),
    };
    ExplanationJson {
        root: &explanation.root,
        from: &explanation.from,
        service: &explanation.to,
        cell: cell(files, &explanation.cell),
        hops: explanation.steps.iter().map(hop).collect(),
        undecided: remarks(files, &explanation.doubts),
    }
}

fn cell<'a>(files: &'a Files, cell: &'a Cell) -> CellJson<'a> {
    CellJson {
        path: &cell.word,
        perhaps: cell.perhaps.as_deref(),
        inspected: cell.inspected,
        blocked_by: cell.blocker.as_deref(),
        reason: cell.remark.as_ref().map(|it| remark(files, it)),
    }
}

fn remarks<'a>(files: &'a Files, remarks: &'a [Remark]) -> Vec<RemarkJson<'a>> {
    remarks.iter().map(|it| remark(files, it)).collect()
}

fn remark<'a>(files: &'a Files, remark: &'a Remark) -> RemarkJson<'a> {
    RemarkJson {
        because: &remark.because,
        resolve: &remark.help,
        location: remark.span.map(|span| location(files, span)),
    }
}

fn place<'a>(files: &'a Files, named: &Named) -> Option<Location<'a>> {
    named.span.map(|span| location(files, span))
}
