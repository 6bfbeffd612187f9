//! AWS facts: tables with a source and a date per row, compiled in.

mod partitions;
mod perimeter;
mod service_name;
mod services;
mod suggestions;
mod table;

pub use partitions::{Partition, is_region, partition_of};
pub use perimeter::{Limits, perimeter_key};
pub use service_name::{NameForm, ServiceName};
pub use services::{Service, service, services};
pub use suggestions::{Suggestion, suggestions};
