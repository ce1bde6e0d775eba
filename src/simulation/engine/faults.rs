//! Event handlers of faults.

use super::Simulation;
use super::event_queue::Event;
use super::fault_effects::{FaultEffects, is_active};
use crate::simulation::clock::Instant;
use crate::simulation::experiment::FaultKind;

impl Simulation {
    pub(crate) fn schedule_fault_change(&mut self) {
        let moments = self.config.faults.iter().flat_map(|fault| [fault.from, fault.until]).map(Instant::at);
        let is_start = self.events == 0;
        let next = moments.filter(|&at| at > self.now || (is_start && at == self.now)).min();
        if let Some(at) = next {
            self.event_queue.schedule(at, Event::FaultChange);
        }
    }

    pub(crate) fn handle_fault_change(&mut self) {
        let was_down = self.broker.is_down;
        let mut active = self.config.faults.iter().filter(|fault| is_active(fault, self.now));
        self.broker.is_down = active.any(|fault| fault.kind == FaultKind::BrokerDown);
        if was_down && !self.broker.is_down {
            self.flush_outbox();
        }
        for step in 0..self.steps.len() {
            let before = self.steps[step].faults;
            let effects = FaultEffects::active(&self.config.faults, step, self.now);
            self.steps[step].faults = effects;
            if (before.is_down, before.is_stopped) != (effects.is_down, effects.is_stopped) {
                self.apply_faults_to_stations(step, effects);
            }
        }
        self.schedule_fault_change();
    }

    fn apply_faults_to_stations(&mut self, step: usize, effects: FaultEffects) {
        let first = self.config.steps[step].first_station;
        for station in first..first + self.config.steps[step].stations {
            self.stations[station as usize].is_stopped = effects.is_stopped;
            if effects.is_down {
                self.reject_all(station);
            }
            self.serve_queue(station);
        }
    }
}
