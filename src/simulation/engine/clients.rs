//! Event handlers of the clients: think, submit orders, wait for the answer, time out, retry.

use super::compiled_experiment::{ArrivalSource, RetryPolicy};
use super::deadlines::Deadline;
use super::entities::{Order, Request, RequestStage};
use super::event_queue::Event;
use super::slab::{NONE, Slab};
use super::station::Admission;
use super::{Simulation, backoff};
use crate::simulation::clock::Span;
use crate::simulation::trace::TraceEvent;

impl Simulation {
    /// Adds users to a closed workload, who begin by thinking.
    pub(crate) fn add_users(&mut self, count: u32) {
        let ArrivalSource::Closed { think, .. } = self.config.source else { return };
        self.clients.users += count;
        if self.config.scaled_system.counts_thinkers {
            let is_first = self.clients.counted_thinkers == 0;
            self.clients.counted_thinkers += count;
            if is_first {
                self.schedule_next_thinker(think);
            }
        } else {
            (0..count).for_each(|_| self.start_thinking(think));
        }
        self.schedule_user_arrival();
    }

    /// Adds users who submit their first order at the start.
    pub(crate) fn add_queued_users(&mut self, count: u32) {
        self.clients.users += count;
        (0..count).for_each(|_| self.submit_order());
    }

    /// Adds one user if the load profile still asks for one.
    pub(crate) fn handle_user_arrival(&mut self) {
        self.clients.is_user_arrival_scheduled = false;
        let is_short = self.clients.users < self.target_users();
        self.add_users(u32::from(is_short));
    }

    fn schedule_user_arrival(&mut self) {
        let ArrivalSource::Closed { users: usual_users, .. } = self.config.source else { return };
        if self.clients.is_user_arrival_scheduled {
            return;
        }
        if let Some(at) = self.config.load.next_user_arrival(self.now, usual_users, self.clients.users) {
            self.clients.is_user_arrival_scheduled = true;
            self.event_queue.schedule(at, Event::UserArrival);
        }
    }

    /// Returns the number of users that the load profile asks for now.
    fn target_users(&self) -> u32 {
        match self.config.source {
            ArrivalSource::Closed { users, .. } => {
                (f64::from(users) * self.config.load.factor(self.now)).round() as u32
            }
            ArrivalSource::Open { .. } => 0,
        }
    }

    /// Starts the think time of a user. If it would end after the next counted thinker is done, the user only
    /// joins the counted thinkers: exponential times are memoryless.
    fn start_thinking(&mut self, mean: f64) {
        let until = self.now + Span::rounded(mean * self.clients.thinking.exponential());
        if until < self.clients.next_thinker_done || self.clients.counted_thinkers == 0 {
            self.event_queue.schedule(until, Event::ThinkingDone);
        } else {
            self.clients.counted_thinkers += 1;
        }
    }

    /// Schedules the end of the first of n exponential think times, which has the mean Z / n.
    fn schedule_next_thinker(&mut self, mean: f64) {
        if self.clients.counted_thinkers > 0 {
            let time = mean * self.clients.thinking.exponential() / f64::from(self.clients.counted_thinkers);
            self.clients.next_thinker_done = self.now + Span::rounded(time);
            self.event_queue.schedule(self.clients.next_thinker_done, Event::NextThinkerDone);
        }
    }

    pub(crate) fn handle_next_thinker_done(&mut self) {
        let ArrivalSource::Closed { think, .. } = self.config.source else { return };
        self.clients.counted_thinkers -= 1;
        self.schedule_next_thinker(think);
        self.handle_thinking_done();
    }

    /// Ends a think time: the user submits an order, or leaves if the load profile asks for fewer users.
    pub(crate) fn handle_thinking_done(&mut self) {
        if self.clients.users > self.target_users() {
            self.clients.users -= 1;
            self.schedule_user_arrival();
        } else {
            self.submit_order();
        }
    }

    pub(crate) fn handle_order_arrival(&mut self) {
        self.submit_order();
        self.schedule_arrival();
    }

    pub(crate) fn schedule_arrival(&mut self) {
        let ArrivalSource::Open { rate } = self.config.source else { return };
        let exponential = self.clients.arrivals.exponential();
        if let Some(at) = self.config.load.next_arrival(self.now, rate, exponential) {
            self.event_queue.schedule(at, Event::OrderArrival);
        }
    }

    fn submit_order(&mut self) {
        let partition = self.draw_partition();
        let order = self.orders.insert(Order {
            number: self.clients.next_order_number,
            submitted: self.now,
            awaited_request: NONE,
            reference_count: 1,
            completed_steps: 0,
            partition,
            attempt: 0,
            is_published: false,
        });
        self.clients.next_order_number = self.clients.next_order_number.wrapping_add(1);
        self.counters.orders.submitted += 1;
        self.in_system.increment(self.now);
        self.submission_time_sum += u128::from(self.now.nanos());
        if let Some((earned, limit)) = self.config.retries.and_then(|retries| retries.budget) {
            self.clients.retry_budget = (self.clients.retry_budget + earned).min(limit);
        }
        self.send_request(order);
    }

    fn draw_partition(&mut self) -> u16 {
        let broker = self.config.broker;
        if broker.partitions == 0 || self.clients.keys.bernoulli(broker.hot_key_share) {
            0
        } else {
            self.clients.keys.choose(broker.partitions) as u16
        }
    }

    /// Sends an order as a request, for the first time or as a retry.
    pub(crate) fn send_request(&mut self, order: u32) {
        let request = self.requests.insert(Request {
            order,
            first_call: NONE,
            arrived_at: self.now,
            group: 0,
            pending: 0,
            has_failed: false,
            stage: RequestStage::Waiting,
        });
        let entry = &mut self.orders[order];
        entry.attempt += 1;
        entry.awaited_request = request;
        entry.reference_count += 1;
        let attempt = entry.attempt;
        self.counters.orders.attempts += 1;
        self.record_event(order, TraceEvent::Submitted, None, attempt);
        if self.config.retries.is_some() {
            let time = self.now + self.config.timeout;
            let entry = (request, self.requests.generation(request));
            let is_due = client_waits(&self.requests, &self.orders);
            self.clients.deadlines.set(time, entry, &mut self.event_queue, Event::ClientTimeout, is_due);
        }
        match self.pool.admit(&mut self.requests, request, self.now) {
            Admission::Started => self.start_request(request),
            Admission::Queued => self.record_event(order, TraceEvent::QueuedForWorker, None, attempt),
            Admission::Rejected => self.reject_request(request),
        }
    }

    /// Gives a free worker to the next request in the queue, unless that has waited too long.
    pub(crate) fn assign_worker(&mut self) {
        let Some(request) = self.pool.pop_next(&mut self.requests, self.now) else { return };
        let waited = self.now - self.requests[request].arrived_at;
        if self.config.pool.shed_after.is_some_and(|limit| waited > limit) {
            self.reject_request(request);
        } else {
            self.pool.occupy_server(self.now);
            self.start_request(request);
        }
    }

    fn reject_request(&mut self, request: u32) {
        self.counters.orders.rejected += 1;
        let order = self.requests[request].order;
        self.record_event(order, TraceEvent::Rejected, None, self.orders[order].attempt);
        self.end_request(request, false);
    }

    /// Ends a request. The client learns the result if it still waits for this request.
    pub(crate) fn end_request(&mut self, request: u32, succeeded: bool) {
        let order = self.requests.remove(request).order;
        if self.orders[order].awaited_request == request {
            self.orders[order].awaited_request = NONE;
            if succeeded {
                self.close_order(order, true);
            } else {
                self.retry_or_give_up(order);
            }
        } else if succeeded {
            self.counters.orders.late_answers += 1;
            self.record_event(order, TraceEvent::AnsweredLate, None, self.orders[order].attempt);
        }
        self.release_order(order);
    }

    /// Handles the earliest client timeout that is still due.
    pub(crate) fn handle_client_timeout(&mut self) {
        let is_due = client_waits(&self.requests, &self.orders);
        let expired = self.clients.deadlines.expire(&mut self.event_queue, Event::ClientTimeout, is_due);
        let Some(Deadline { key: request, .. }) = expired else { return };
        let order = self.requests[request].order;
        self.orders[order].awaited_request = NONE;
        self.record_event(order, TraceEvent::ClientTimedOut, None, self.orders[order].attempt);
        if self.config.cancels_abandoned_work {
            self.cancel_request(request);
        }
        self.retry_or_give_up(order);
    }

    /// Schedules a retry of a failed order, or gives the order up.
    fn retry_or_give_up(&mut self, order: u32) {
        let attempt = self.orders[order].attempt;
        let retries = self.config.retries.filter(|retries| attempt <= retries.max_retries);
        match retries.filter(|retries| self.spend_retry_budget(*retries)) {
            Some(retries) => {
                let wait = backoff(retries, attempt, &mut self.clients.jitter);
                self.event_queue.schedule(self.now + wait, Event::OrderRetry(order));
            }
            None => self.close_order(order, false),
        }
    }

    fn spend_retry_budget(&mut self, retries: RetryPolicy) -> bool {
        if retries.budget.is_none() {
            return true;
        }
        let remaining = self.clients.retry_budget.checked_sub(RetryPolicy::COST);
        self.clients.retry_budget = remaining.unwrap_or(self.clients.retry_budget);
        remaining.is_some()
    }

    /// Closes an order for its client, who goes on to think in a closed workload.
    fn close_order(&mut self, order: u32, is_answered: bool) {
        let Order { submitted, attempt, .. } = self.orders[order];
        let residence_time = self.now - submitted;
        self.in_system.decrement(self.now);
        self.submission_time_sum -= u128::from(submitted.nanos());
        self.counters.orders.residence_time += u128::from(residence_time.nanos());
        if is_answered {
            self.counters.orders.answered += 1;
            let response_time = residence_time + self.permanent_queue_delay();
            self.counters.orders.in_time +=
                u64::from(response_time <= self.config.timeout || self.config.retries.is_some());
            self.counters.orders.response_time += u128::from(residence_time.nanos());
            self.counters.response_times.record(residence_time);
            self.record_event(order, TraceEvent::Answered, None, attempt);
        } else {
            self.counters.orders.failed += 1;
            self.record_event(order, TraceEvent::GivenUp, None, attempt);
        }
        self.check_end_condition();
        if let ArrivalSource::Closed { think, .. } = self.config.source {
            self.start_thinking(think);
        }
        self.release_order(order);
    }
}

/// Returns a predicate: does a client still wait for the request of a deadline?
fn client_waits(requests: &Slab<Request>, orders: &Slab<Order>) -> impl Fn(Deadline) -> bool {
    |deadline| {
        requests
            .get(deadline.key, deadline.generation)
            .is_some_and(|request| orders[request.order].awaited_request == deadline.key)
    }
}
