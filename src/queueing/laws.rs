//! Laws that hold without a model of a queue, each as a function.

pub mod availability;
pub mod bounds;
pub mod capacity;
pub mod delivery;
pub mod fan_out;
pub mod retries;
pub mod scalability;

mod operational;

pub use operational::{little, offered_load, response_time_law, utilization_law};
