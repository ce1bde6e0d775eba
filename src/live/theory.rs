//! What is known of a run before it: the theory's response time, and the course of the fluid.

use crate::queueing::transients::fluid_transient::{FluidTransientPoint, InitialState, fluid_transient};
use crate::queueing::{Outcome, evaluate};
use crate::scenario::Scenario;
use crate::simulation::Slice;
use crate::units::Time;

use super::player::Player;

/// The theory of one scenario.
#[derive(Debug)]
pub(super) struct Theory {
    /// The mean response time; none where there is no steady state, or the model rejects the scenario.
    pub(super) response_time: Option<Time>,
    /// The fluid, at even moments of the whole run.
    fluid: Vec<FluidTransientPoint>,
}

/// What is read of the fluid at a moment.
pub(super) type Fluid = fn(&FluidTransientPoint) -> Option<f64>;

impl Theory {
    /// Moments of the fluid's course.
    const MOMENTS: u32 = 1_200;
    /// Of which so many are drawn.
    const DRAWN: u32 = 60;

    /// The theory of a scenario of which a slice is played: the fluid begins as the run does.
    pub(super) fn of(scenario: &Scenario, slice: &Slice) -> Self {
        let Ok(evaluation) = evaluate(scenario) else {
            return Self { response_time: None, fluid: Vec::new() };
        };
        let response_time = match evaluation.outcome {
            Outcome::Steady(steady) => Some(steady.response_time),
            Outcome::Idle | Outcome::Overloaded { .. } => None,
        };
        let start = if slice.begins_in_line() { InitialState::Queued } else { InitialState::Empty };
        let fluid = fluid_transient(
            scenario,
            evaluation.bounds.saturation_throughput,
            start,
            Player::LENGTH,
            Self::MOMENTS,
        );
        Self { response_time, fluid }
    }

    /// What the fluid says at a moment, in seconds.
    pub(super) fn at(&self, read: Fluid, seconds: f64) -> Option<f64> {
        let spacing = Player::LENGTH.seconds() / f64::from(Self::MOMENTS);
        let place = (seconds / spacing - 1.0).max(0.0);
        let before = self.fluid.get(place as usize)?;
        let after = self.fluid.get(place as usize + 1).unwrap_or(before);
        let (from, to) = (read(before)?, read(after)?);
        Some(from + (to - from) * place.fract())
    }

    /// The fluid's line up to a moment.
    pub(super) fn line(&self, read: Fluid, until: f64) -> Vec<(f64, f64)> {
        let moments = (0..=Self::DRAWN).map(|index| until * f64::from(index) / f64::from(Self::DRAWN));
        moments.filter_map(|moment| Some((moment, self.at(read, moment)?))).collect()
    }
}
