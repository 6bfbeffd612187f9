//! The AWS network that Terraform resources make, and the questions that rules ask of it.
//!
//! Sees no HCL: it is built from evaluated resource instances. Every AWS fact is a row of a table in `facts/`.
//! Every answer is [`Tri`](privatelint_evaluator::Tri): what is not known is never taken for absent.

pub mod addresses;
mod answer;
mod argument;
mod build;
pub mod data;
pub mod facts;
pub mod found;
mod graph;
mod kinds;
mod members;
mod owners;
pub mod path;
pub mod policy;
mod policy_reach;
mod questions;
mod reference;
pub mod resources;
mod workloads;

pub use answer::{Answer, Doubt};
pub use argument::{Argument, Flag};
pub use build::Network;
pub use data::AwsData;
pub use kinds::wants;
pub use questions::acl::ANSWER_PORTS;
pub use questions::dns::{NameAnswer, Resolved, SameName, ServiceInZone};
pub use questions::endpoints::EndpointIn;
pub use questions::inbound::{Client, Inbound};
pub use questions::nat::NatRoute;
pub use questions::region::Region;
pub use questions::routes::{How, Leads, NextHop, TableEndpoint, TableOf, To};
pub use questions::security::{DefaultGroup, End, Passage, Peer};
pub use questions::transit::{Behind, TransitHop};
pub use questions::zones::SharedZone;
pub use reference::{Member, Members, Ref, Written};
pub use workloads::{Certainty, Need, Workload};
