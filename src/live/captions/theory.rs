//! The theory to compare a run with: the mean response time, and the fluid model's transient.

use crate::live::protocol::RUN_LENGTH;
use crate::queueing::transients::fluid_transient::{FluidTransientPoint, InitialState, fluid_transient};
use crate::queueing::{Outcome, evaluate};
use crate::scenario::Scenario;
use crate::simulation::ScaledSystem;
use crate::units::Time;

#[derive(Debug)]
pub(in crate::live) struct Theory {
    /// The mean response time; `None` if there is no steady state, or the model rejects the scenario.
    pub(in crate::live) response_time: Option<Time>,
    /// The fluid model at equal intervals of the whole run.
    fluid: Vec<FluidTransientPoint>,
}

/// A quantity of the fluid model.
pub(in crate::live) type FluidQuantity = fn(&FluidTransientPoint) -> Option<f64>;

impl Theory {
    /// The number of intervals of the fluid model.
    const INTERVALS: u32 = 1_200;
    /// The number of intervals that are drawn.
    const DRAWN_INTERVALS: u32 = 60;

    /// Returns the theory of a scenario that is simulated as this scaled system: the fluid begins as the run
    /// does.
    pub(in crate::live) fn new(scenario: &Scenario, scaled_system: &ScaledSystem) -> Self {
        let Ok(evaluation) = evaluate(scenario) else {
            return Self { response_time: None, fluid: Vec::new() };
        };
        let response_time = match evaluation.outcome {
            Outcome::Steady(steady) => Some(steady.response_time),
            Outcome::Idle | Outcome::Overloaded { .. } => None,
        };
        let start =
            if scaled_system.starts_with_queue() { InitialState::Queued } else { InitialState::Empty };
        let saturation = evaluation.bounds.saturation_throughput;
        let fluid = fluid_transient(scenario, saturation, start, RUN_LENGTH, Self::INTERVALS);
        Self { response_time, fluid }
    }

    /// Returns a quantity of the fluid model at a moment in seconds.
    pub(in crate::live) fn at(&self, quantity: FluidQuantity, seconds: f64) -> Option<f64> {
        let spacing = RUN_LENGTH.seconds() / f64::from(Self::INTERVALS);
        let index = (seconds / spacing - 1.0).max(0.0);
        let before = self.fluid.get(index as usize)?;
        let after = self.fluid.get(index as usize + 1).unwrap_or(before);
        let (from, to) = (quantity(before)?, quantity(after)?);
        Some(from + (to - from) * index.fract())
    }

    /// Returns the line of a quantity of the fluid model up to a moment, both in seconds.
    pub(in crate::live) fn line(&self, quantity: FluidQuantity, until: f64) -> Vec<(f64, f64)> {
        let moments = (0..=Self::DRAWN_INTERVALS)
            .map(|index| until * f64::from(index) / f64::from(Self::DRAWN_INTERVALS));
        moments.filter_map(|moment| Some((moment, self.at(quantity, moment)?))).collect()
    }
}
