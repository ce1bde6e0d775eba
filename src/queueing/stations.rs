//! Single queues: their servers, their waits and the laws of their service times.

pub mod erlang;
pub mod finite_source;
pub mod partitions;
pub mod pollaczek_khinchine;

pub(super) mod max_of_independent;
pub(super) mod service_time_law;
pub(super) mod station;
pub(super) mod wait;

pub use station::{Station, SteadyState, allen_cunneen, several_servers};
