//! Event handlers of the broker: publication, delivery, redelivery and dead letters.

use super::entities::{Call, CallStage, RequestStage};
use super::event_queue::Event;
use super::slab::NONE;
use super::{Simulation, backoff};
use crate::simulation::clock::Instant;
use crate::simulation::trace::TraceEvent;

impl Simulation {
    /// Publishes the events of a request whose steps are all done, and then answers it.
    pub(crate) fn publish_events(&mut self, request: u32) {
        let order = self.requests[request].order;
        let is_published = self.config.idempotency_key && self.orders[order].is_published;
        let is_done = self.config.async_steps.is_empty() || is_published;
        if is_done
            || self.config.broker.uses_outbox
            || self.broker.is_down
            || self.config.broker.publish_latency.nanos() == 0
        {
            if !is_done {
                self.emit_events(order);
            }
            self.finish_request(request, true);
        } else {
            self.requests[request].stage = RequestStage::Publishing;
            let time = self.now + self.config.broker.publish_latency;
            self.event_queue.schedule(time, Event::PublishAcknowledged(request));
        }
    }

    pub(crate) fn handle_publish_acknowledged(&mut self, request: u32) {
        let order = self.requests[request].order;
        if self.requests[request].stage == RequestStage::Cancelled {
            self.requests.remove(request);
            self.release_order(order);
        } else {
            self.emit_events(order);
            self.finish_request(request, true);
        }
    }

    /// Sends an event to every step after the answer. Without an outbox the events are lost while the broker
    /// is down.
    fn emit_events(&mut self, order: u32) {
        let attempt = self.orders[order].attempt;
        if self.broker.is_down && !self.config.broker.uses_outbox {
            self.counters.orders.events_lost += self.config.async_steps.len() as u64;
            self.record_event(order, TraceEvent::EventsLost, None, attempt);
            return;
        }
        self.orders[order].is_published = true;
        self.record_event(order, TraceEvent::Published, None, attempt);
        for index in 0..self.config.async_steps.len() {
            let call = self.new_call(order, self.config.async_steps[index]);
            self.mark_published(call, self.now);
            if self.broker.is_down {
                self.calls[call].stage = CallStage::InOutbox;
                self.broker.outbox.push_back(&mut self.calls, call);
            } else if self.config.broker.uses_outbox {
                self.send_from_outbox(call);
            } else {
                self.deliver(call);
            }
        }
    }

    pub(crate) fn publish_call(&mut self, call: u32) {
        if self.broker.is_down {
            self.reject_call(call);
            return;
        }
        let broker = self.config.broker;
        let published_at = self.now + broker.publish_latency;
        self.mark_published(call, published_at);
        self.event_queue.schedule(published_at + broker.delivery_latency, Event::CallArrival(call));
    }

    /// Turns a call into an event of the broker, to which its delivery rules apply from now on.
    fn mark_published(&mut self, call: u32, published_at: Instant) {
        let entry = &mut self.calls[call];
        let step = usize::from(entry.step);
        let state = &mut self.steps[step];
        entry.published_at = published_at;
        entry.is_poison = state.poison.bernoulli(state.faults.poison);
        state.lag.increment(self.now);
        self.counters.steps[step].published += 1;
    }

    fn deliver(&mut self, call: u32) {
        if self.config.broker.delivery_latency.nanos() == 0 {
            self.arrive_at_station(call);
        } else {
            let time = self.now + self.config.broker.delivery_latency;
            self.event_queue.schedule(time, Event::CallArrival(call));
        }
    }

    fn send_from_outbox(&mut self, call: u32) {
        let broker = self.config.broker;
        self.calls[call].stage = CallStage::Scheduled;
        let time = self.now + broker.publish_latency + broker.delivery_latency;
        self.event_queue.schedule(time, Event::CallArrival(call));
    }

    /// Sends what was stored in the outbox while the broker was down, in order.
    pub(crate) fn flush_outbox(&mut self) {
        while let Some(call) = self.broker.outbox.pop_front(&mut self.calls) {
            self.send_from_outbox(call);
        }
    }

    /// Acknowledges a handled event. If the acknowledgement is lost, the broker delivers the event again.
    pub(crate) fn acknowledge(&mut self, call: u32) {
        let Call { order, step, .. } = self.calls[call];
        let state = &mut self.steps[usize::from(step)];
        if state.acknowledgement.bernoulli(self.config.broker.acknowledgement_loss) {
            self.record_event(
                order,
                TraceEvent::AcknowledgementLost,
                Some(step),
                self.calls[call].attempt_number(),
            );
            self.redeliver_or_dead_letter(call);
        } else {
            state.lag.decrement(self.now);
            self.remove_call(call);
        }
    }

    /// Delivers an unacknowledged event again, or moves it to the dead letters if its deliveries are used up.
    pub(crate) fn redeliver_or_dead_letter(&mut self, call: u32) {
        let Call { order, step, delivery, .. } = self.calls[call];
        if delivery >= self.config.broker.max_deliveries {
            self.dead_letter(call);
            return;
        }
        let retries = self.config.steps[usize::from(step)].retries;
        let wait = backoff(retries, delivery, &mut self.steps[usize::from(step)].jitter);
        let entry = &mut self.calls[call];
        entry.delivery += 1;
        entry.stage = CallStage::Scheduled;
        self.counters.steps[usize::from(step)].redelivered += 1;
        self.record_event(order, TraceEvent::Redelivered, Some(step), delivery + 1);
        self.event_queue.schedule(self.now + wait, Event::CallArrival(call));
    }

    /// Moves an event to the dead letters. A caller that waits for it gets a failure.
    fn dead_letter(&mut self, call: u32) {
        let Call { order, request, step, attempt, .. } = self.calls[call];
        let state = &mut self.steps[usize::from(step)];
        state.lag.decrement(self.now);
        self.counters.steps[usize::from(step)].dead_letters += 1;
        self.record_event(order, TraceEvent::DeadLettered, Some(step), self.calls[call].attempt_number());
        self.detach_call(call, true);
        if self.config.steps[usize::from(step)].keeps_dead_letters {
            self.calls[call].stage = CallStage::DeadLettered;
            self.steps[usize::from(step)].dead_letters.push_back(&mut self.calls, call);
        } else {
            self.remove_call(call);
        }
        if request != NONE {
            self.retry_call_or_fail(request, step, attempt);
        }
    }

    pub(crate) fn handle_dead_letter_replay(&mut self, replay: usize) {
        let step = self.config.replays[replay].step;
        let Some(state) = self.steps.get_mut(step) else { return };
        while let Some(call) = state.dead_letters.pop_front(&mut self.calls) {
            state.lag.increment(self.now);
            let entry = &mut self.calls[call];
            entry.delivery = 1;
            entry.stage = CallStage::Scheduled;
            let time = self.now + self.config.broker.delivery_latency;
            self.event_queue.schedule(time, Event::CallArrival(call));
        }
    }
}
