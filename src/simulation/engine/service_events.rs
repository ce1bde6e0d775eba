//! Event handlers of the steps: calls arrive at a station, queue, are served, and have their effect.

use super::entities::{Call, CallStage};
use super::event_queue::Event;
use super::slab::NONE;
use super::station::Admission;
use super::{Simulation, backoff};
use crate::simulation::experiment::Redelivery;
use crate::simulation::trace::TraceEvent;

impl Simulation {
    pub(crate) fn arrive_at_station(&mut self, call: u32) {
        let entry = &mut self.calls[call];
        entry.arrived_at = self.now;
        let Call { order, station, step, .. } = *entry;
        if self.steps[usize::from(step)].faults.is_down {
            self.reject_call(call);
            return;
        }
        match self.stations[station as usize].admit(&mut self.calls, call, self.now) {
            Admission::Started => self.start_service(call),
            Admission::Queued => {
                self.calls[call].stage = CallStage::Queued;
                self.record_event(order, TraceEvent::Enqueued, Some(step), self.calls[call].attempt_number());
            }
            Admission::Rejected => self.reject_call(call),
        }
    }

    /// Starts service of queued calls while servers are free. Rejects those that have waited too long.
    pub(crate) fn serve_queue(&mut self, station: u32) {
        while self.stations[station as usize].can_serve() {
            let next = self.stations[station as usize].pop_next(&mut self.calls, self.now);
            let Some(call) = next else { return };
            let Call { step, arrived_at, .. } = self.calls[call];
            let shed_after = self.config.steps[usize::from(step)].queue.shed_after;
            if shed_after.is_some_and(|limit| self.now - arrived_at > limit) {
                self.reject_call(call);
            } else {
                self.stations[station as usize].occupy_server(self.now);
                self.start_service(call);
            }
        }
    }

    pub(crate) fn reject_all(&mut self, station: u32) {
        while let Some(call) = self.stations[station as usize].pop_next(&mut self.calls, self.now) {
            self.reject_call(call);
        }
    }

    fn start_service(&mut self, call: u32) {
        let Call { order, step, .. } = self.calls[call];
        let config = &self.config.steps[usize::from(step)];
        let is_recognised = self.calls[call].is_event() && config.idempotent && self.has_effect(order, step);
        let state = &mut self.steps[usize::from(step)];
        let entry = &mut self.calls[call];
        entry.stage = CallStage::InService;
        entry.is_recognised = is_recognised;
        let attempt = entry.attempt_number();
        let end = if is_recognised {
            self.now
        } else {
            self.now + config.service_time.draw(&mut state.service, state.faults.service_time_factor)
        };
        self.event_queue.schedule(end, Event::ServiceDone(call));
        self.counters.steps[usize::from(step)].started += 1;
        self.record_event(order, TraceEvent::Started, Some(step), attempt);
    }

    /// Ends a service: frees the server, then the call has had its effect or has failed.
    pub(crate) fn handle_service_done(&mut self, call: u32) {
        let Call { order, request, station, step, stage, is_recognised, .. } = self.calls[call];
        let is_event = self.calls[call].is_event();
        if stage == CallStage::Cancelled {
            self.remove_call(call);
            return;
        }
        let has_failed = !is_recognised && self.draw_failure(call);
        if has_failed && is_event && self.retry_in_place(call) {
            return;
        }
        self.calls[call].stage = CallStage::Scheduled;
        self.stations[station as usize].release_server(self.now);
        self.serve_queue(station);
        if has_failed {
            self.counters.steps[usize::from(step)].failures += 1;
            self.record_event(order, TraceEvent::Failed, Some(step), self.calls[call].attempt_number());
            if is_event {
                self.redeliver_or_dead_letter(call);
            } else {
                self.fail_attempt(call);
            }
            return;
        }
        self.record_event(order, TraceEvent::Ended, Some(step), self.calls[call].attempt_number());
        if is_recognised {
            self.counters.steps[usize::from(step)].skipped += 1;
            self.record_event(order, TraceEvent::Skipped, Some(step), self.calls[call].attempt_number());
        } else {
            self.apply_effect(call);
        }
        self.detach_call(call, false);
        if is_event {
            self.acknowledge(call);
        } else {
            self.remove_call(call);
        }
        if request != NONE {
            self.complete_step(request, true);
        }
    }

    fn draw_failure(&mut self, call: u32) -> bool {
        let Call { step, is_poison, .. } = self.calls[call];
        let state = &mut self.steps[usize::from(step)];
        let base = self.config.steps[usize::from(step)].failure;
        let probability = base + (1.0 - base) * state.faults.failure;
        state.failure.bernoulli(probability)
            || state.faults.is_down
            || (is_poison && state.faults.poison > 0.0)
    }

    /// Retries a failed event in place, without freeing the consumer. Returns `false` if that is not allowed.
    fn retry_in_place(&mut self, call: u32) -> bool {
        let Call { order, step, delivery, .. } = self.calls[call];
        let config = &self.config.steps[usize::from(step)];
        if self.config.broker.redelivery != Redelivery::InPlace
            || delivery >= self.config.broker.max_deliveries
        {
            return false;
        }
        let state = &mut self.steps[usize::from(step)];
        let wait = backoff(config.retries, delivery, &mut state.jitter);
        let service = config.service_time.draw(&mut state.service, state.faults.service_time_factor);
        self.calls[call].delivery += 1;
        self.event_queue.schedule(self.now + wait + service, Event::ServiceDone(call));
        let counters = &mut self.counters.steps[usize::from(step)];
        counters.failures += 1;
        counters.redelivered += 1;
        self.record_event(order, TraceEvent::Failed, Some(step), delivery);
        self.record_event(order, TraceEvent::Redelivered, Some(step), delivery + 1);
        true
    }

    /// Applies the effect of a step to its order, and counts repeated and overtaken effects.
    fn apply_effect(&mut self, call: u32) {
        let entry = self.calls[call];
        let order = &mut self.orders[entry.order];
        let bit = 1 << entry.step;
        let is_duplicate = order.completed_steps & bit != 0;
        order.completed_steps |= bit;
        let station = &mut self.stations[entry.station as usize];
        let is_overtaken = order.number < station.latest_order;
        station.latest_order = station.latest_order.max(order.number);
        let counters = &mut self.counters.steps[usize::from(entry.step)];
        counters.effects += 1;
        counters.duplicates += u64::from(is_duplicate);
        counters.reordered += u64::from(is_overtaken);
        if entry.is_event() && !is_duplicate {
            counters.staleness += u128::from((self.now - entry.published_at).nanos());
            counters.first_effects += 1;
            if let Some(histogram) = &mut self.steps[usize::from(entry.step)].staleness {
                histogram.record(self.now - entry.published_at);
            }
        }
        let event = if is_duplicate { TraceEvent::DuplicateEffect } else { TraceEvent::Effect };
        self.record_event(entry.order, event, Some(entry.step), entry.attempt_number());
    }

    pub(crate) fn has_effect(&self, order: u32, step: u8) -> bool {
        self.orders[order].completed_steps & 1 << step != 0
    }

    /// Cancels a direct call: it leaves the queue or frees its server.
    pub(crate) fn cancel_call(&mut self, call: u32) {
        let Call { station, stage, .. } = self.calls[call];
        match stage {
            CallStage::Queued => {
                self.stations[station as usize].leave_queue(&mut self.calls, call, self.now);
                self.remove_call(call);
            }
            CallStage::InService => {
                self.calls[call].stage = CallStage::Cancelled;
                self.stations[station as usize].release_server(self.now);
                self.serve_queue(station);
            }
            CallStage::Scheduled => self.calls[call].stage = CallStage::Cancelled,
            CallStage::Cancelled | CallStage::InOutbox | CallStage::DeadLettered => {}
        }
    }

    pub(crate) fn remove_call(&mut self, call: u32) {
        let order = self.calls.remove(call).order;
        self.release_order(order);
    }
}
