//! AWS facts: tables with a source and a date per row, compiled in.

mod argument_types;
mod attach;
mod aws_buckets;
mod conditions;
mod data_sources;
mod found_by;
mod partitions;
mod perimeter;
mod runs_code;
mod service_name;
mod services;
mod suggestions;
mod table;
mod workloads;

pub(crate) use argument_types::argument_type;
pub(crate) use attach::{Attachment, Is, Names, Otherwise, attachment};
pub use aws_buckets::{AwsBucket, aws_buckets};
pub(crate) use conditions::{
    Condition, Default as Unset, Fits, Pattern, Step, Test, condition, deciding_types,
};
pub(crate) use data_sources::{distinct_lists, reads_by_id};
pub(crate) use found_by::{FoundBy, found_by};
pub use partitions::{Partition, description_of, is_region, partition_of};
pub use perimeter::{Limits, perimeter_key};
pub use runs_code::RunsAs;
pub(crate) use runs_code::runs_as;
pub use service_name::{NameForm, ServiceName};
pub use services::{HTTPS, Service, service, services};
pub use suggestions::{Suggestion, suggestions};
pub use workloads::INTERNET;
pub(crate) use workloads::{NeedOf, needs_of};
