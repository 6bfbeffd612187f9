//! What can be asked of a network, one question a file.

pub(crate) mod endpoints;
pub(crate) mod inbound;
pub(crate) mod nat;
pub(crate) mod region;
pub(crate) mod remote;
pub(crate) mod same;
pub(crate) mod unseen;
pub(crate) mod zones;
