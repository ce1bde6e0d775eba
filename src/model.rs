//! The theory: what the laws of queueing say about a scenario.
//!
//! One entry point, [`evaluate`], takes a scenario and returns an [`Evaluation`]; [`response_curve`] sweeps the load.

mod evaluation;

pub use evaluation::{
    Bounds, CurvePoint, Effect, EffectState, Engine, Evaluation, Outcome, Residence, Resource, ResourceKind,
    ResourceState, Steady,
};
