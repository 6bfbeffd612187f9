//! The AWS network that Terraform resources make, and the questions that rules ask of it.
//!
//! Sees no HCL: it is built from evaluated resource instances. Every AWS fact is a row of a table in `facts/`.
//! Every answer is [`Tri`](privatelint_evaluator::Tri): what is not known is never taken for absent.

mod answer;
mod argument;
mod build;
pub mod data;
pub mod facts;
mod graph;
mod kinds;
mod members;
pub mod policy;
mod questions;
mod reference;
pub mod resources;

pub use answer::{Answer, Doubt};
pub use argument::{Argument, Flag};
pub use build::Network;
pub use data::AwsData;
pub use kinds::wants;
pub use questions::endpoints::EndpointIn;
pub use questions::inbound::{Inbound, Peer};
pub use questions::nat::NatRoute;
pub use questions::region::Region;
pub use questions::zones::SharedZone;
pub use reference::{Member, Members, Ref, Written};
