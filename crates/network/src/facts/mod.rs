//! AWS facts: tables with a source and a date per row, compiled in.

mod argument_types;
mod data_sources;
mod partitions;
mod perimeter;
mod service_name;
mod services;
mod suggestions;
mod table;

pub(crate) use argument_types::argument_type;
pub(crate) use data_sources::{distinct_lists, reads_by_id};
pub use partitions::{Partition, description_of, is_region, partition_of};
pub use perimeter::{Limits, perimeter_key};
pub use service_name::{NameForm, ServiceName};
pub use services::{Service, service, services};
pub use suggestions::{Suggestion, suggestions};
