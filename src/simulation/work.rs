//! The work of steps: calls reach their station, wait, are served, have their effect.

use super::agenda::Event;
use super::engine::{Simulation, backoff};
use super::experiment::Redelivery;
use super::order::{Call, CallStage};
use super::slab::NONE;
use super::station::Admission;
use super::trace::Mark;

impl Simulation {
    /// A call has come to its station.
    pub(super) fn reach(&mut self, call: u32) {
        let entry = &mut self.calls[call];
        entry.since = self.now;
        let Call { order, station, step, .. } = *entry;
        if self.steps[usize::from(step)].damage.down {
            self.refuse(call);
            return;
        }
        match self.stations[station as usize].arrive(&mut self.calls, call, self.now) {
            Admission::Starts => self.start(call),
            Admission::Waits => {
                self.calls[call].stage = CallStage::Waiting;
                self.note(order, Mark::Enqueued, Some(step), self.calls[call].turn());
            }
            Admission::Refused => self.refuse(call),
        }
    }

    /// The next in line at a station are served, as many as servers are free; who waited too long is refused.
    pub(super) fn serve(&mut self, station: u32) {
        while self.stations[station as usize].can_serve() {
            let next = self.stations[station as usize].call_next(&mut self.calls, self.now);
            let Some(call) = next else { return };
            let Call { step, since, .. } = self.calls[call];
            let shed_after = self.plan.steps[usize::from(step)].queue.shed_after;
            if shed_after.is_some_and(|most| self.now - since > most) {
                self.refuse(call);
            } else {
                self.stations[station as usize].occupy(self.now);
                self.start(call);
            }
        }
    }

    /// Everybody in line at a station is refused.
    pub(super) fn turn_away(&mut self, station: u32) {
        while let Some(call) = self.stations[station as usize].call_next(&mut self.calls, self.now) {
            self.refuse(call);
        }
    }

    /// The work of a call begins.
    fn start(&mut self, call: u32) {
        let Call { order, step, .. } = self.calls[call];
        let carried = self.calls[call].carried();
        let plan = &self.plan.steps[usize::from(step)];
        let known = carried && plan.idempotent && self.has_done(order, step);
        let state = &mut self.steps[usize::from(step)];
        let entry = &mut self.calls[call];
        entry.stage = CallStage::InService;
        entry.skipped = known;
        let turn = entry.turn();
        let end =
            if known { self.now } else { self.now + plan.law.draw(&mut state.service, state.damage.factor) };
        self.agenda.put(end, Event::CallEnds(call));
        self.totals.steps[usize::from(step)].started += 1;
        self.note(order, Mark::Started, Some(step), turn);
    }

    /// The work of a call is done: the server is free, and the call has had its effect or has failed.
    pub(super) fn call_ends(&mut self, call: u32) {
        let Call { order, request, station, step, stage, skipped, .. } = self.calls[call];
        let carried = self.calls[call].carried();
        if stage == CallStage::Dropped {
            self.free_call(call);
            return;
        }
        let failed = !skipped && self.fails(call);
        if failed && carried && self.tries_in_place(call) {
            return;
        }
        self.calls[call].stage = CallStage::Due;
        self.stations[station as usize].release(self.now);
        self.serve(station);
        if failed {
            self.totals.steps[usize::from(step)].failures += 1;
            self.note(order, Mark::Failed, Some(step), self.calls[call].turn());
            if carried {
                self.delivery_failed(call);
            } else {
                self.attempt_failed(call);
            }
            return;
        }
        self.note(order, Mark::Ended, Some(step), self.calls[call].turn());
        if skipped {
            self.totals.steps[usize::from(step)].skipped += 1;
            self.note(order, Mark::Skipped, Some(step), self.calls[call].turn());
        } else {
            self.take_effect(call);
        }
        self.detach(call, false);
        if carried {
            self.acknowledge(call);
        } else {
            self.free_call(call);
        }
        if request != NONE {
            self.join(request, true);
        }
    }

    /// Whether the work that ends now has failed.
    fn fails(&mut self, call: u32) -> bool {
        let Call { step, poison, .. } = self.calls[call];
        let state = &mut self.steps[usize::from(step)];
        let own = self.plan.steps[usize::from(step)].failure;
        let share = own + (1.0 - own) * state.damage.errors;
        state.failure.happens(share) || state.damage.down || (poison && state.damage.poison > 0.0)
    }

    /// A consumer that keeps a failed event tries it again without serving another; false when it may not.
    fn tries_in_place(&mut self, call: u32) -> bool {
        let Call { order, step, delivery, .. } = self.calls[call];
        let plan = &self.plan.steps[usize::from(step)];
        if self.plan.broker.redelivery != Redelivery::InPlace || delivery >= self.plan.broker.deliveries {
            return false;
        }
        let state = &mut self.steps[usize::from(step)];
        let wait = backoff(plan.retries, delivery, &mut state.jitter);
        let service = plan.law.draw(&mut state.service, state.damage.factor);
        self.calls[call].delivery += 1;
        self.agenda.put(self.now + wait + service, Event::CallEnds(call));
        let totals = &mut self.totals.steps[usize::from(step)];
        totals.failures += 1;
        totals.redelivered += 1;
        self.note(order, Mark::Failed, Some(step), delivery);
        self.note(order, Mark::DeliveredAgain, Some(step), delivery + 1);
        true
    }

    /// The effect of a step happens, once more if it has happened before.
    fn take_effect(&mut self, call: u32) {
        let entry = self.calls[call];
        let order = &mut self.orders[entry.order];
        let bit = 1 << entry.step;
        let again = order.done & bit != 0;
        order.done |= bit;
        let station = &mut self.stations[entry.station as usize];
        let overtaken = order.number < station.latest;
        station.latest = station.latest.max(order.number);
        let totals = &mut self.totals.steps[usize::from(entry.step)];
        totals.effects += 1;
        totals.duplicates += u64::from(again);
        totals.reordered += u64::from(overtaken);
        if entry.carried() && !again {
            totals.staleness += u128::from((self.now - entry.published).nanos());
            totals.fresh += 1;
            if let Some(histogram) = &mut self.steps[usize::from(entry.step)].staleness {
                histogram.record(self.now - entry.published);
            }
        }
        let mark = if again { Mark::DuplicateEffect } else { Mark::Effect };
        self.note(entry.order, mark, Some(entry.step), entry.turn());
    }

    /// Whether a step has had its effect on an order.
    pub(super) fn has_done(&self, order: u32, step: u8) -> bool {
        self.orders[order].done & 1 << step != 0
    }

    /// Nobody wants a call any more, which the broker does not carry: it leaves the line, or frees its server.
    pub(super) fn drop_call(&mut self, call: u32) {
        let Call { station, stage, .. } = self.calls[call];
        match stage {
            CallStage::Waiting => {
                self.stations[station as usize].abandon(&mut self.calls, call, self.now);
                self.free_call(call);
            }
            CallStage::InService => {
                self.calls[call].stage = CallStage::Dropped;
                self.stations[station as usize].release(self.now);
                self.serve(station);
            }
            CallStage::Due => self.calls[call].stage = CallStage::Dropped,
            CallStage::Dropped | CallStage::InOutbox | CallStage::Dead => {}
        }
    }

    /// A call is over.
    pub(super) fn free_call(&mut self, call: u32) {
        let order = self.calls.remove(call).order;
        self.release_order(order);
    }
}
