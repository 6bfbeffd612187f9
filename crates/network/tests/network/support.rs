//! What the tests of the network share.

use camino::Utf8Path;
use privatelint_evaluator::{Defaults, Inputs, NoFiles, Request, Tri, evaluate};
use privatelint_network::resources::{Endpoint, EndpointId, VpcId};
use privatelint_network::{AwsData, Network, Ref, wants};
use privatelint_parser::Workspace;

/// A VPC, so that most tests are about something else.
pub(crate) const VPC: &str = r#"
provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
"#;

/// Builds the network of a root module and hands it to a closure.
pub(crate) fn with<T>(files: &[(&str, &str)], look: impl FnOnce(&Network<'_>) -> T) -> T {
    let workspace = Workspace::from_texts(files);
    assert!(workspace.problems.is_empty(), "{:#?}", workspace.problems);
    let inputs = Inputs::default();
    let evaluation = evaluate(Request {
        workspace: &workspace,
        root: Utf8Path::new("."),
        inputs: &inputs,
        defaults: Defaults::Taken,
        resolver: &AwsData,
        files: &NoFiles,
        wants: &wants,
    });
    look(&Network::build(&evaluation.instances, &evaluation.missing_modules))
}

/// The same for one file, after [`VPC`].
pub(crate) fn in_vpc<T>(text: &str, look: impl FnOnce(&Network<'_>) -> T) -> T {
    with(&[("main.tf", &format!("{VPC}{text}"))], look)
}

/// The VPC of [`VPC`].
pub(crate) fn main_vpc(network: &Network<'_>) -> Ref<VpcId> {
    let main = network.vpcs.iter().find(|vpc| vpc.instance.address.name == "main");
    Ref::Managed(main.expect("there is a VPC `main`").id)
}

/// The endpoint of that name.
pub(crate) fn endpoint<'n, 'a>(network: &'n Network<'a>, name: &str) -> &'n Endpoint<'a> {
    let mut found =
        network.endpoints.iter().filter(|endpoint| endpoint.instance.address.name == name);
    found.next().unwrap_or_else(|| panic!("there is no endpoint `{name}`"))
}

/// The id of the endpoint of that name.
pub(crate) fn endpoint_id(network: &Network<'_>, name: &str) -> EndpointId {
    endpoint(network, name).id
}

pub(crate) const YES: Tri = Tri::Yes;
pub(crate) const NO: Tri = Tri::No;
pub(crate) const UNKNOWN: Tri = Tri::Unknown;
