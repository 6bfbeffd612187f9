//! What can be asked of a network, one question a file.

pub(crate) mod acl;
pub(crate) mod addresses;
pub(crate) mod dns;
pub(crate) mod endpoints;
pub(crate) mod inbound;
pub(crate) mod nat;
pub(crate) mod readers;
pub(crate) mod region;
pub(crate) mod remote;
pub(crate) mod routes;
pub(crate) mod same;
pub(crate) mod security;
pub(crate) mod transit;
pub(crate) mod unseen;
pub(crate) mod zones;
