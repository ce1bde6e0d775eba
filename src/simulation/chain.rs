//! The synchronous part: a request goes through its groups of steps, calls them, tries again, joins.

use super::agenda::Event;
use super::clock::Instant;
use super::deadlines::Deadline;
use super::engine::{Simulation, backoff};
use super::order::{Call, CallStage, RequestStage};
use super::slab::{NONE, Slab};
use super::trace::Mark;

impl Simulation {
    /// A request has its worker and starts with the first group.
    pub(super) fn begin(&mut self, request: u32) {
        self.totals.orders.granted += 1;
        let entry = &mut self.requests[request];
        entry.stage = RequestStage::Running;
        let order = entry.order;
        self.note(order, Mark::WorkerTaken, None, self.orders[order].attempt);
        self.enter_group(request, 0);
    }

    /// A request starts all steps of a group, or, when no group is left, publishes.
    fn enter_group(&mut self, request: u32, group: usize) {
        if group >= self.plan.group_ends.len() {
            self.publish(request);
            return;
        }
        let steps = self.plan.group(group);
        let entry = &mut self.requests[request];
        (entry.group, entry.pending) = (group as u8, steps.len() as u8);
        let order = entry.order;
        for index in steps {
            let step = self.plan.group_steps[index];
            if self.plan.idempotency_key && self.has_done(order, step) {
                self.note(order, Mark::Skipped, Some(step), self.orders[order].attempt);
                self.join(request, true);
            } else {
                let call = self.new_call(order, step);
                self.attach(request, call);
                self.make_call(call);
            }
        }
    }

    /// A step of the group is done, or failed for good; when it was the last one the request goes on, or ends.
    pub(super) fn join(&mut self, request: u32, succeeded: bool) {
        let entry = &mut self.requests[request];
        entry.pending -= 1;
        entry.failed |= !succeeded;
        if entry.pending > 0 {
            return;
        }
        if entry.failed {
            self.answer(request, false);
        } else {
            let next = usize::from(entry.group) + 1;
            self.enter_group(request, next);
        }
    }

    /// A request is answered, and its worker free.
    pub(super) fn answer(&mut self, request: u32, succeeded: bool) {
        self.pool.release(self.now);
        self.end_request(request, succeeded);
    }

    /// A call that does nothing yet.
    pub(super) fn new_call(&mut self, order: u32, step: u8) -> u32 {
        let plan = &self.plan.steps[usize::from(step)];
        let entry = &mut self.orders[order];
        entry.references += 1;
        self.calls.insert(Call {
            order,
            request: NONE,
            sibling: NONE,
            station: plan.first_station + u32::from(entry.partition) % plan.stations,
            since: self.now,
            published: Instant::NEVER,
            step,
            attempt: 1,
            delivery: 1,
            stage: CallStage::Due,
            admitted: false,
            poison: false,
            skipped: false,
        })
    }

    /// A caller attempts a step, unless its bulkhead or its breaker forbids.
    fn make_call(&mut self, call: u32) {
        let step = self.calls[call].step;
        let plan = &self.plan.steps[usize::from(step)];
        let state = &mut self.steps[usize::from(step)];
        let full = state.callers >= plan.bulkhead;
        if full || state.breaker.as_mut().is_some_and(|breaker| !breaker.permits(self.now)) {
            self.refuse(call);
            return;
        }
        state.callers += 1;
        self.calls[call].admitted = true;
        if let Some(timeout) = plan.timeout {
            let due = (self.now + timeout, call, self.calls.generation(call));
            let event = Event::CallerGivesUp(u32::from(step));
            state.deadlines.set(due, &mut self.agenda, event, waits(&self.calls));
        }
        if plan.carried {
            self.publish_call(call);
        } else {
            self.reach(call);
        }
    }

    /// A call is not accepted. Its caller hears so by an event of its own at the same moment, so that nothing that
    /// refuses can call itself without end.
    pub(super) fn refuse(&mut self, call: u32) {
        let Call { order, step, attempt, .. } = self.calls[call];
        self.calls[call].stage = CallStage::Due;
        self.totals.steps[usize::from(step)].refused += 1;
        self.note(order, Mark::Refused, Some(step), attempt);
        self.agenda.put(self.now, Event::CallRefused(call));
    }

    /// A refusal has come back.
    pub(super) fn call_refused(&mut self, call: u32) {
        let entry = &self.calls[call];
        if entry.stage == CallStage::Dropped {
            self.free_call(call);
        } else if entry.carried() {
            self.delivery_failed(call);
        } else {
            self.attempt_failed(call);
        }
    }

    /// A wait before a retry is over.
    pub(super) fn call_retries(&mut self, call: u32) {
        if self.calls[call].stage == CallStage::Dropped {
            self.free_call(call);
        } else {
            self.make_call(call);
        }
    }

    /// An attempt has failed; the call is gone, and its caller, if there still is one, goes on without.
    pub(super) fn attempt_failed(&mut self, call: u32) {
        let Call { request, step, attempt, .. } = self.calls[call];
        self.detach(call, true);
        self.free_call(call);
        if request != NONE {
            self.attempt_over(request, step, attempt);
        }
    }

    /// A caller whose attempt failed tries again, or has failed for good.
    pub(super) fn attempt_over(&mut self, request: u32, step: u8, attempt: u8) {
        let retries = self.plan.steps[usize::from(step)].retries;
        if attempt > retries.most {
            self.join(request, false);
            return;
        }
        let call = self.new_call(self.requests[request].order, step);
        self.calls[call].attempt = attempt + 1;
        self.attach(request, call);
        let wait = backoff(retries, attempt, &mut self.steps[usize::from(step)].jitter);
        self.agenda.put(self.now + wait, Event::CallRetries(call));
    }

    /// The earliest caller of a step that still waits gives its attempt up.
    pub(super) fn caller_gives_up(&mut self, step: usize) {
        let event = Event::CallerGivesUp(step as u32);
        let deadlines = &mut self.steps[step].deadlines;
        let due = deadlines.run_out(&mut self.agenda, event, waits(&self.calls));
        let Some(Deadline { place: call, .. }) = due else { return };
        let Call { order, request, step, attempt, .. } = self.calls[call];
        self.totals.steps[usize::from(step)].timed_out += 1;
        self.note(order, Mark::TimedOut, Some(step), attempt);
        self.detach(call, true);
        if self.plan.cancels && !self.calls[call].carried() {
            self.drop_call(call);
        }
        self.attempt_over(request, step, attempt);
    }

    /// A request is dropped with everything that it waits for; what the broker has taken goes on.
    pub(super) fn cancel(&mut self, request: u32) {
        let entry = &mut self.requests[request];
        let (stage, order) = (entry.stage, entry.order);
        match stage {
            RequestStage::Waiting => self.pool.abandon(&mut self.requests, request, self.now),
            RequestStage::Publishing => entry.stage = RequestStage::Ended,
            RequestStage::Running => {
                while self.requests[request].calls != NONE {
                    let call = self.requests[request].calls;
                    self.detach(call, true);
                    if !self.calls[call].carried() {
                        self.drop_call(call);
                    }
                }
            }
            RequestStage::Ended => return,
        }
        if stage != RequestStage::Waiting {
            self.pool.release(self.now);
        }
        if stage != RequestStage::Publishing {
            self.requests.remove(request);
            self.release_order(order);
        }
    }

    /// A request waits for a call.
    fn attach(&mut self, request: u32, call: u32) {
        let entry = &mut self.requests[request];
        (self.calls[call].request, self.calls[call].sibling) = (request, entry.calls);
        entry.calls = call;
    }

    /// Whoever waited for a call does so no longer; the breaker learns how it went.
    pub(super) fn detach(&mut self, call: u32, failed: bool) {
        let entry = &mut self.calls[call];
        let (request, sibling) = (entry.request, entry.sibling);
        if request == NONE {
            return;
        }
        (entry.request, entry.sibling) = (NONE, NONE);
        if entry.admitted {
            entry.admitted = false;
            let state = &mut self.steps[usize::from(entry.step)];
            state.callers -= 1;
            if let Some(breaker) = &mut state.breaker {
                breaker.note(failed, self.now);
            }
        }
        let mut before = self.requests[request].calls;
        if before == call {
            self.requests[request].calls = sibling;
            return;
        }
        while self.calls[before].sibling != call {
            before = self.calls[before].sibling;
        }
        self.calls[before].sibling = sibling;
    }
}

/// Whether a caller still waits for the call of a deadline.
fn waits(calls: &Slab<Call>) -> impl Fn(Deadline) -> bool {
    |deadline| {
        calls.generation(deadline.place) == deadline.generation && calls[deadline.place].request != NONE
    }
}
