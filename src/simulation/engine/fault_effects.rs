//! The effects of active faults on a step.

use crate::simulation::clock::Instant;
use crate::simulation::experiment::{Fault, FaultKind};

/// Combined effect of the active faults on a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FaultEffects {
    /// Factor on the service times that are drawn.
    pub(crate) service_time_factor: f64,
    /// Probability of failure on top of the step's own.
    pub(crate) failure: f64,
    /// Share of the events published that cannot be handled.
    pub(crate) poison: f64,
    pub(crate) is_down: bool,
    pub(crate) is_stopped: bool,
}

impl Default for FaultEffects {
    fn default() -> Self {
        Self { service_time_factor: 1.0, failure: 0.0, poison: 0.0, is_down: false, is_stopped: false }
    }
}

impl FaultEffects {
    /// Combines the faults that are active at a moment. Factors of several faults multiply.
    pub(crate) fn active(faults: &[Fault], step: usize, now: Instant) -> Self {
        let mut effects = Self::default();
        for fault in faults.iter().filter(|fault| is_active(fault, now)) {
            match fault.kind {
                FaultKind::StepSlow { step: faulty, factor } if faulty == step => {
                    effects.service_time_factor *= factor.clamp(0.0, MAX_FACTOR);
                }
                FaultKind::StepErrors { step: faulty, share } if faulty == step => {
                    effects.failure += (1.0 - effects.failure) * share.value();
                }
                FaultKind::Poison { step: faulty, share } if faulty == step => {
                    effects.poison += (1.0 - effects.poison) * share.value();
                }
                FaultKind::StepDown { step: faulty } if faulty == step => effects.is_down = true,
                FaultKind::ConsumersStopped { step: faulty } if faulty == step => effects.is_stopped = true,
                _ => {}
            }
        }
        effects
    }
}

const MAX_FACTOR: f64 = 1e6;

pub(crate) fn is_active(fault: &Fault, now: Instant) -> bool {
    (Instant::at(fault.from)..Instant::at(fault.until)).contains(&now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Probability, Time};

    #[test]
    fn faults_act_from_their_start_to_just_before_their_end_and_add_up() {
        let second = Time::from_whole_seconds;
        let fault = |kind, from, until| Fault { kind, from: second(from), until: second(until) };
        let faults = [
            fault(FaultKind::StepSlow { step: 0, factor: 4.0 }, 10, 20),
            fault(FaultKind::StepSlow { step: 0, factor: 2.0 }, 15, 30),
            fault(FaultKind::StepErrors { step: 1, share: Probability::new(0.5) }, 0, 40),
            fault(FaultKind::StepErrors { step: 1, share: Probability::new(0.5) }, 20, 40),
            fault(FaultKind::StepDown { step: 2 }, 1, 2),
        ];
        let check = |step, at, expected: FaultEffects| {
            assert_eq!(
                FaultEffects::active(&faults, step, Instant::at(second(at))),
                expected,
                "{step} at {at} s"
            );
        };
        let slow = |factor| FaultEffects { service_time_factor: factor, ..FaultEffects::default() };
        check(0, 9, slow(1.0));
        check(0, 10, slow(4.0));
        check(0, 15, slow(8.0));
        check(0, 20, slow(2.0));
        check(0, 30, slow(1.0));
        check(1, 20, FaultEffects { failure: 0.75, ..FaultEffects::default() });
        check(2, 1, FaultEffects { is_down: true, ..FaultEffects::default() });
        check(2, 2, FaultEffects::default());
    }
}
