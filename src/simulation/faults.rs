//! What breaks, from a start to an end.

use super::agenda::Event;
use super::clock::Instant;
use super::engine::Simulation;
use super::experiment::{Fault, FaultKind};

/// What is wrong with a step at the moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Damage {
    /// Work that starts takes so many times as long.
    pub(super) factor: f64,
    /// Attempts fail so often, on top of their own failures.
    pub(super) errors: f64,
    /// The share of events published now that cannot be handled.
    pub(super) poison: f64,
    /// Nothing works.
    pub(super) down: bool,
    /// Its consumers start nothing.
    pub(super) stopped: bool,
}

impl Default for Damage {
    fn default() -> Self {
        Self { factor: 1.0, errors: 0.0, poison: 0.0, down: false, stopped: false }
    }
}

impl Damage {
    /// What the faults that act at a moment do to a step; two that slow it both do.
    fn of(faults: &[Fault], step: usize, now: Instant) -> Self {
        let mut damage = Self::default();
        for fault in faults.iter().filter(|fault| acts(fault, now)) {
            match fault.kind {
                FaultKind::StepSlow { step: which, factor } if which == step => {
                    damage.factor *= factor.clamp(0.0, MOST_FACTOR);
                }
                FaultKind::StepErrors { step: which, share } if which == step => {
                    damage.errors += (1.0 - damage.errors) * share.value();
                }
                FaultKind::Poison { step: which, share } if which == step => {
                    damage.poison += (1.0 - damage.poison) * share.value();
                }
                FaultKind::StepDown { step: which } if which == step => damage.down = true,
                FaultKind::ConsumersStopped { step: which } if which == step => damage.stopped = true,
                _ => {}
            }
        }
        damage
    }
}

/// The most by which one fault can slow a step.
const MOST_FACTOR: f64 = 1e6;

fn acts(fault: &Fault, now: Instant) -> bool {
    (Instant::at(fault.from)..Instant::at(fault.until)).contains(&now)
}

impl Simulation {
    /// Puts the next moment at which a fault starts or ends on the agenda.
    pub(super) fn expect_faults(&mut self) {
        let moments = self.plan.faults.iter().flat_map(|fault| [fault.from, fault.until]).map(Instant::at);
        let first = self.events == 0;
        let next = moments.filter(|&at| at > self.now || (first && at == self.now)).min();
        if let Some(at) = next {
            self.agenda.put(at, Event::FaultsChange);
        }
    }

    /// A fault starts or ends.
    pub(super) fn faults_change(&mut self) {
        let was_down = self.broker.down;
        let acting = self.plan.faults.iter().filter(|fault| acts(fault, self.now));
        self.broker.down = acting.clone().any(|fault| fault.kind == FaultKind::BrokerDown);
        if was_down && !self.broker.down {
            self.empty_outbox();
        }
        for step in 0..self.steps.len() {
            let before = self.steps[step].damage;
            let damage = Damage::of(&self.plan.faults, step, self.now);
            self.steps[step].damage = damage;
            if (before.down, before.stopped) != (damage.down, damage.stopped) {
                self.stations_change(step, damage);
            }
        }
        self.expect_faults();
    }

    fn stations_change(&mut self, step: usize, damage: Damage) {
        let first = self.plan.steps[step].first_station;
        for station in first..first + self.plan.steps[step].stations {
            self.stations[station as usize].stopped = damage.stopped;
            if damage.down {
                self.turn_away(station);
            }
            self.serve(station);
        }
    }
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
        let check = |step, at, expected: Damage| {
            assert_eq!(Damage::of(&faults, step, Instant::at(second(at))), expected, "{step} at {at} s");
        };
        let slow = |factor| Damage { factor, ..Damage::default() };
        check(0, 9, slow(1.0));
        check(0, 10, slow(4.0));
        check(0, 15, slow(8.0));
        check(0, 20, slow(2.0));
        check(0, 30, slow(1.0));
        check(1, 20, Damage { errors: 0.75, ..Damage::default() });
        check(2, 1, Damage { down: true, ..Damage::default() });
        check(2, 2, Damage::default());
    }
}
