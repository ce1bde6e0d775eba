//! Event handlers of requests: their groups of steps, calls, retries, timeouts and cancellation.

use super::deadlines::Deadline;
use super::entities::{Call, CallStage, RequestStage};
use super::event_queue::Event;
use super::slab::{NONE, Slab};
use super::{Simulation, backoff};
use crate::simulation::clock::Instant;
use crate::simulation::trace::TraceEvent;

impl Simulation {
    pub(crate) fn start_request(&mut self, request: u32) {
        self.counters.orders.started += 1;
        let entry = &mut self.requests[request];
        entry.stage = RequestStage::Running;
        let order = entry.order;
        self.record_event(order, TraceEvent::WorkerAssigned, None, self.orders[order].attempt);
        self.start_group(request, 0);
    }

    /// Starts all steps of a group. Publishes the events of the request if no group is left.
    fn start_group(&mut self, request: u32, group: usize) {
        if group >= self.config.group_ends.len() {
            self.publish_events(request);
            return;
        }
        let steps = self.config.group(group);
        let entry = &mut self.requests[request];
        (entry.group, entry.pending) = (group as u8, steps.len() as u8);
        let order = entry.order;
        for index in steps {
            let step = self.config.group_steps[index];
            if self.config.idempotency_key && self.has_effect(order, step) {
                self.record_event(order, TraceEvent::Skipped, Some(step), self.orders[order].attempt);
                self.complete_step(request, true);
            } else {
                let call = self.new_call(order, step);
                self.attach_call(request, call);
                self.attempt_call(call);
            }
        }
    }

    /// Counts a step of the group as done or failed. With the last one the request continues or ends.
    pub(crate) fn complete_step(&mut self, request: u32, succeeded: bool) {
        let entry = &mut self.requests[request];
        entry.pending -= 1;
        entry.has_failed |= !succeeded;
        if entry.pending > 0 {
            return;
        }
        if entry.has_failed {
            self.finish_request(request, false);
        } else {
            let next = usize::from(entry.group) + 1;
            self.start_group(request, next);
        }
    }

    pub(crate) fn finish_request(&mut self, request: u32, succeeded: bool) {
        self.pool.release_server(self.now);
        self.end_request(request, succeeded);
    }

    pub(crate) fn new_call(&mut self, order: u32, step: u8) -> u32 {
        let config = &self.config.steps[usize::from(step)];
        let entry = &mut self.orders[order];
        entry.reference_count += 1;
        self.calls.insert(Call {
            order,
            request: NONE,
            sibling: NONE,
            station: config.first_station + u32::from(entry.partition) % config.stations,
            arrived_at: self.now,
            published_at: Instant::NEVER,
            step,
            attempt: 1,
            delivery: 1,
            stage: CallStage::Scheduled,
            is_active_caller: false,
            is_poison: false,
            is_recognised: false,
        })
    }

    /// Attempts a call, unless the bulkhead or the breaker rejects it.
    fn attempt_call(&mut self, call: u32) {
        let step = self.calls[call].step;
        let config = &self.config.steps[usize::from(step)];
        let state = &mut self.steps[usize::from(step)];
        let is_full = state.active_callers >= config.bulkhead;
        if is_full || state.breaker.as_mut().is_some_and(|breaker| !breaker.permits(self.now)) {
            self.reject_call(call);
            return;
        }
        state.active_callers += 1;
        self.calls[call].is_active_caller = true;
        if let Some(timeout) = config.timeout {
            let time = self.now + timeout;
            let entry = (call, self.calls.generation(call));
            let event = Event::CallerTimeout(u32::from(step));
            state.deadlines.set(time, entry, &mut self.event_queue, event, caller_waits(&self.calls));
        }
        if config.uses_broker {
            self.publish_call(call);
        } else {
            self.arrive_at_station(call);
        }
    }

    /// Rejects a call. The caller learns of it through an event at the same moment, so that calls cannot
    /// recurse without end.
    pub(crate) fn reject_call(&mut self, call: u32) {
        let Call { order, step, attempt, .. } = self.calls[call];
        self.calls[call].stage = CallStage::Scheduled;
        self.counters.steps[usize::from(step)].rejected += 1;
        self.record_event(order, TraceEvent::Rejected, Some(step), attempt);
        self.event_queue.schedule(self.now, Event::CallRejection(call));
    }

    pub(crate) fn handle_call_rejection(&mut self, call: u32) {
        let entry = &self.calls[call];
        if entry.stage == CallStage::Cancelled {
            self.remove_call(call);
        } else if entry.is_event() {
            self.redeliver_or_dead_letter(call);
        } else {
            self.fail_attempt(call);
        }
    }

    pub(crate) fn handle_call_retry(&mut self, call: u32) {
        if self.calls[call].stage == CallStage::Cancelled {
            self.remove_call(call);
        } else {
            self.attempt_call(call);
        }
    }

    /// Removes a failed call; its caller retries, if one still waits.
    pub(crate) fn fail_attempt(&mut self, call: u32) {
        let Call { request, step, attempt, .. } = self.calls[call];
        self.detach_call(call, true);
        self.remove_call(call);
        if request != NONE {
            self.retry_call_or_fail(request, step, attempt);
        }
    }

    /// Schedules a retry of a step, or counts the step as failed if no attempt is left.
    pub(crate) fn retry_call_or_fail(&mut self, request: u32, step: u8, attempt: u8) {
        let retries = self.config.steps[usize::from(step)].retries;
        if attempt > retries.max_retries {
            self.complete_step(request, false);
            return;
        }
        let call = self.new_call(self.requests[request].order, step);
        self.calls[call].attempt = attempt + 1;
        self.attach_call(request, call);
        let wait = backoff(retries, attempt, &mut self.steps[usize::from(step)].jitter);
        self.event_queue.schedule(self.now + wait, Event::CallRetry(call));
    }

    /// Handles the earliest caller timeout of a step that is still due.
    pub(crate) fn handle_caller_timeout(&mut self, step: usize) {
        let event = Event::CallerTimeout(step as u32);
        let deadlines = &mut self.steps[step].deadlines;
        let expired = deadlines.expire(&mut self.event_queue, event, caller_waits(&self.calls));
        let Some(Deadline { key: call, .. }) = expired else { return };
        let Call { order, request, step, attempt, .. } = self.calls[call];
        self.counters.steps[usize::from(step)].timed_out += 1;
        self.record_event(order, TraceEvent::TimedOut, Some(step), attempt);
        self.detach_call(call, true);
        if self.config.cancels_abandoned_work && !self.calls[call].is_event() {
            self.cancel_call(call);
        }
        self.retry_call_or_fail(request, step, attempt);
    }

    /// Cancels a request and its direct calls. Events that the broker has accepted continue.
    pub(crate) fn cancel_request(&mut self, request: u32) {
        let entry = &mut self.requests[request];
        let (stage, order) = (entry.stage, entry.order);
        match stage {
            RequestStage::Waiting => self.pool.leave_queue(&mut self.requests, request, self.now),
            RequestStage::Publishing => entry.stage = RequestStage::Cancelled,
            RequestStage::Running => {
                while self.requests[request].first_call != NONE {
                    let call = self.requests[request].first_call;
                    self.detach_call(call, true);
                    if !self.calls[call].is_event() {
                        self.cancel_call(call);
                    }
                }
            }
            RequestStage::Cancelled => return,
        }
        if stage != RequestStage::Waiting {
            self.pool.release_server(self.now);
        }
        if stage != RequestStage::Publishing {
            self.requests.remove(request);
            self.release_order(order);
        }
    }

    fn attach_call(&mut self, request: u32, call: u32) {
        let entry = &mut self.requests[request];
        (self.calls[call].request, self.calls[call].sibling) = (request, entry.first_call);
        entry.first_call = call;
    }

    /// Separates a call from the request that waited for it, and reports the result to the breaker.
    pub(crate) fn detach_call(&mut self, call: u32, failed: bool) {
        let entry = &mut self.calls[call];
        let (request, sibling) = (entry.request, entry.sibling);
        if request == NONE {
            return;
        }
        (entry.request, entry.sibling) = (NONE, NONE);
        if entry.is_active_caller {
            entry.is_active_caller = false;
            let state = &mut self.steps[usize::from(entry.step)];
            state.active_callers -= 1;
            if let Some(breaker) = &mut state.breaker {
                breaker.record(failed, self.now);
            }
        }
        let mut previous = self.requests[request].first_call;
        if previous == call {
            self.requests[request].first_call = sibling;
            return;
        }
        while self.calls[previous].sibling != call {
            previous = self.calls[previous].sibling;
        }
        self.calls[previous].sibling = sibling;
    }
}

/// Returns a predicate: does a caller still wait for the call of a deadline?
fn caller_waits(calls: &Slab<Call>) -> impl Fn(Deadline) -> bool {
    |deadline| calls.get(deadline.key, deadline.generation).is_some_and(|call| call.request != NONE)
}
