//! One queue by itself: its servers, its wait and the laws of its service times.

pub mod erlang;
pub mod finite_source;
pub mod partitions;
pub mod pollaczek_khinchine;

pub(super) mod max_of_independent;
pub(super) mod service_time_law;
pub(super) mod station;
pub(super) mod wait;

pub use station::{Station, SteadyState, allen_cunneen, several_servers};
