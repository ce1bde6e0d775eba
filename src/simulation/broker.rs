//! The broker: takes events, carries them to the consumers, delivers again, puts aside what cannot be handled.

use super::agenda::Event;
use super::clock::Instant;
use super::engine::{Simulation, backoff};
use super::order::{Call, CallStage, RequestStage};
use super::slab::NONE;
use super::trace::Mark;

impl Simulation {
    /// A request has been through all its steps: what is left to do after the answer is published, and then it is
    /// answered.
    pub(super) fn publish(&mut self, request: u32) {
        let order = self.requests[request].order;
        let known = self.plan.idempotency_key && self.orders[order].published;
        let nothing = self.plan.reactions.is_empty() || known;
        if nothing || self.plan.broker.outbox || self.broker.down || self.plan.broker.publish.nanos() == 0 {
            if !nothing {
                self.emit(order);
            }
            self.answer(request, true);
        } else {
            self.requests[request].stage = RequestStage::Publishing;
            self.agenda.put(self.now + self.plan.broker.publish, Event::Published(request));
        }
    }

    /// The broker's acknowledgement has come to a request.
    pub(super) fn published(&mut self, request: u32) {
        let order = self.requests[request].order;
        if self.requests[request].stage == RequestStage::Ended {
            self.requests.remove(request);
            self.release_order(order);
        } else {
            self.emit(order);
            self.answer(request, true);
        }
    }

    /// An event goes to every step that happens after the answer; without an outbox it is lost while the broker is
    /// down.
    fn emit(&mut self, order: u32) {
        let attempt = self.orders[order].attempt;
        if self.broker.down && !self.plan.broker.outbox {
            self.totals.orders.lost += self.plan.reactions.len() as u64;
            self.note(order, Mark::EventsLost, None, attempt);
            return;
        }
        self.orders[order].published = true;
        self.note(order, Mark::Published, None, attempt);
        for index in 0..self.plan.reactions.len() {
            let call = self.new_call(order, self.plan.reactions[index]);
            self.hand_over(call, self.now);
            if self.broker.down {
                self.calls[call].stage = CallStage::InOutbox;
                self.broker.outbox.join(&mut self.calls, call);
            } else if self.plan.broker.outbox {
                self.send_from_outbox(call);
            } else {
                self.deliver(call);
            }
        }
    }

    /// A caller publishes and waits.
    pub(super) fn publish_call(&mut self, call: u32) {
        if self.broker.down {
            self.refuse(call);
            return;
        }
        let broker = self.plan.broker;
        let published = self.now + broker.publish;
        self.hand_over(call, published);
        self.agenda.put(published + broker.deliver, Event::CallArrives(call));
    }

    /// From here on a call is an event of the broker's.
    fn hand_over(&mut self, call: u32, published: Instant) {
        let entry = &mut self.calls[call];
        let step = usize::from(entry.step);
        let state = &mut self.steps[step];
        entry.published = published;
        entry.poison = state.poison.happens(state.damage.poison);
        state.lag.rise(self.now);
        self.totals.steps[step].published += 1;
    }

    fn deliver(&mut self, call: u32) {
        if self.plan.broker.deliver.nanos() == 0 {
            self.reach(call);
        } else {
            self.agenda.put(self.now + self.plan.broker.deliver, Event::CallArrives(call));
        }
    }

    /// An event that was written down with its order is published, and delivered.
    fn send_from_outbox(&mut self, call: u32) {
        let broker = self.plan.broker;
        self.calls[call].stage = CallStage::Due;
        self.agenda.put(self.now + broker.publish + broker.deliver, Event::CallArrives(call));
    }

    /// The broker is back: what was written down meanwhile goes out, in order.
    pub(super) fn empty_outbox(&mut self) {
        while let Some(call) = self.broker.outbox.first() {
            self.broker.outbox.leave(&mut self.calls, call);
            self.send_from_outbox(call);
        }
    }

    /// An event has come to its consumers.
    pub(super) fn call_arrives(&mut self, call: u32) {
        self.reach(call);
    }

    /// An event was handled; if the broker does not hear of it, it delivers it again.
    pub(super) fn acknowledge(&mut self, call: u32) {
        let Call { order, step, .. } = self.calls[call];
        let state = &mut self.steps[usize::from(step)];
        if state.acknowledgement.happens(self.plan.broker.acknowledgement_loss) {
            self.note(order, Mark::AcknowledgementLost, Some(step), self.calls[call].turn());
            self.delivery_failed(call);
        } else {
            state.lag.fall(self.now);
            self.free_call(call);
        }
    }

    /// A delivery was not acknowledged: another one, or the dead-letter queue.
    pub(super) fn delivery_failed(&mut self, call: u32) {
        let Call { order, step, delivery, .. } = self.calls[call];
        if delivery >= self.plan.broker.deliveries {
            self.bury(call);
            return;
        }
        let retries = self.plan.steps[usize::from(step)].retries;
        let wait = backoff(retries, delivery, &mut self.steps[usize::from(step)].jitter);
        let entry = &mut self.calls[call];
        entry.delivery += 1;
        entry.stage = CallStage::Due;
        self.totals.steps[usize::from(step)].redelivered += 1;
        self.note(order, Mark::DeliveredAgain, Some(step), delivery + 1);
        self.agenda.put(self.now + wait, Event::CallArrives(call));
    }

    /// An event whose deliveries are used up becomes a dead letter; who waited for it hears of a failure.
    fn bury(&mut self, call: u32) {
        let Call { order, request, step, attempt, .. } = self.calls[call];
        let state = &mut self.steps[usize::from(step)];
        state.lag.fall(self.now);
        self.totals.steps[usize::from(step)].dead += 1;
        self.note(order, Mark::DeadLettered, Some(step), self.calls[call].turn());
        self.detach(call, true);
        if self.plan.steps[usize::from(step)].keeps_dead {
            self.calls[call].stage = CallStage::Dead;
            self.steps[usize::from(step)].dead.join(&mut self.calls, call);
        } else {
            self.free_call(call);
        }
        if request != NONE {
            self.attempt_over(request, step, attempt);
        }
    }

    /// All dead letters of a step are delivered again.
    pub(super) fn replays(&mut self, replay: usize) {
        let step = self.plan.replays[replay].step;
        while let Some(call) = self.steps.get(step).and_then(|state| state.dead.first()) {
            let state = &mut self.steps[step];
            state.dead.leave(&mut self.calls, call);
            state.lag.rise(self.now);
            let entry = &mut self.calls[call];
            entry.delivery = 1;
            entry.stage = CallStage::Due;
            self.agenda.put(self.now + self.plan.broker.deliver, Event::CallArrives(call));
        }
    }
}
