//! From a scenario to its evaluation: every figure that the theory gives for it.

pub(super) mod effects;
pub(super) mod evaluate;
pub(super) mod step_work;

mod distribution;
mod response;
mod results;
mod scenario_error;
mod system;

pub use evaluate::{evaluate, percentile_curve, response_curve};
pub use results::{
    Bounds, Completion, CurvePoint, Distribution, DistributionPoint, Effect, EffectState, Evaluation, Limit,
    Outcome, PartitionLoad, PercentilePoint, Percentiles, Residence, Resource, ResourceKind, ResourceState,
    RetryOutlook, SolutionMethod, SteadyOutcome, WorkPerOrder,
};
pub use scenario_error::{ScenarioError, ScenarioField};
