//! The theory: what the laws of queueing say about a scenario.
//!
//! One entry point, [`evaluate`], takes a scenario and returns an [`Evaluation`]; [`response_curve`] sweeps the load.

pub mod erlang;
pub mod laws;
pub mod station;

mod chain;
mod evaluate;
mod evaluation;
mod fixed_population_mean;
mod population;
mod rejection;
mod root;
mod service_law;
mod worker_pool;

pub use evaluate::{evaluate, response_curve};
pub use evaluation::{
    Bounds, CurvePoint, Effect, EffectState, Engine, Evaluation, Outcome, Residence, Resource, ResourceKind,
    ResourceState, Steady,
};
pub use rejection::{Field, Rejection};
