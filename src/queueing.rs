//! The theory: what the laws of queueing say about a scenario.
//!
//! One entry point, [`evaluate`], takes a scenario and returns an [`Evaluation`]; [`response_curve`] sweeps the load.

pub mod availability;
pub mod bounds;
pub mod capacity;
pub mod course;
pub mod delivery;
pub mod erlang;
pub mod fan_out;
pub mod filling;
pub mod finite_source;
pub mod fluid;
pub mod laws;
pub mod metastable;
pub mod partitions;
pub mod pollaczek_khinchine;
pub mod provenance;
pub mod retries;
pub mod retry_storm;
pub mod station;
pub mod usl;

mod chain;
mod complex;
mod effects;
mod evaluate;
mod evaluation;
mod fork_join;
mod inner;
mod large_pool;
mod law;
mod normal;
mod poisson;
mod pool_wait;
mod population;
mod rejection;
mod response;
mod root;
mod service_law;
mod slowest;
mod spread;
mod step_work;
mod system;
mod wait;
mod worker_pool;

pub use evaluate::{evaluate, percentile_curve, response_curve};
pub use evaluation::{
    Bounds, Completion, CurvePoint, Distribution, DistributionPoint, Effect, EffectState, Engine, Evaluation,
    Limit, Outcome, PartitionLoad, PercentilePoint, Percentiles, Residence, Resource, ResourceKind,
    ResourceState, RetryOutlook, Steady, WorkPerOrder,
};
pub use law::Law;
pub use rejection::{Field, Rejection};
