//! The theory: what the laws of queueing say about a scenario.
//!
//! [`evaluate`] takes a scenario and returns an [`Evaluation`]; [`response_curve`] sweeps the load.
//!
//! Each folder may use those above it in this list:
//!
//! - `numerics`: root finding, the normal and the Poisson distribution
//! - [`laws`]: operational laws, bounds, capacity, retries, delivery, scalability
//! - [`stations`]: one queue by itself
//! - `network`: queues in a row inside a pool of workers
//! - [`evaluation`]: a whole scenario
//! - [`transients`]: what happens while something changes
//! - [`explain`]: the law, the formula and the accuracy behind each value

pub mod evaluation;
pub mod explain;
pub mod laws;
pub mod stations;
pub mod transients;

mod network;
mod numerics;

pub use evaluation::{
    Bounds, Completion, CurvePoint, Distribution, DistributionPoint, Effect, EffectState, Evaluation, Limit,
    Outcome, PartitionLoad, PercentilePoint, Percentiles, Residence, Resource, ResourceKind, ResourceState,
    RetryOutlook, ScenarioError, ScenarioField, SolutionMethod, SteadyOutcome, WorkPerOrder, evaluate,
    percentile_curve, response_curve,
};
pub use explain::Law;
