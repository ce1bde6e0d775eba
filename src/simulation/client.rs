//! Clients: they send orders, wait for the answer, lose patience, send again.

use super::agenda::Event;
use super::blueprint::{Retries, Source};
use super::clock::Span;
use super::deadlines::Deadline;
use super::engine::{Simulation, backoff};
use super::order::{Order, Request, RequestStage};
use super::slab::{NONE, Slab};
use super::station::Admission;
use super::trace::Mark;

impl Simulation {
    /// So many users come to a closed workload, and first think.
    pub(super) fn users_come(&mut self, count: u32) {
        let Source::Closed { think, .. } = self.plan.source else { return };
        self.clients.users += count;
        if self.plan.slice.counts_thinkers {
            let is_first = self.clients.crowd == 0;
            self.clients.crowd += count;
            if is_first {
                self.expect_crowd(think);
            }
        } else {
            (0..count).for_each(|_| self.think(think));
        }
        self.expect_user();
    }

    /// So many users are there who have sent an order before the start.
    pub(super) fn users_are_in_line(&mut self, count: u32) {
        self.clients.users += count;
        (0..count).for_each(|_| self.submit());
    }

    /// The load asks for one user more, unless it has changed since.
    pub(super) fn user_joins(&mut self) {
        self.clients.joining = false;
        let lacking = self.clients.users < self.wanted_users();
        self.users_come(u32::from(lacking));
    }

    fn expect_user(&mut self) {
        let Source::Closed { users: usual, .. } = self.plan.source else { return };
        if self.clients.joining {
            return;
        }
        if let Some(at) = self.plan.load.next_joining(self.now, usual, self.clients.users) {
            self.clients.joining = true;
            self.agenda.put(at, Event::UsersJoin);
        }
    }

    /// How many users the load asks for now.
    fn wanted_users(&self) -> u32 {
        match self.plan.source {
            Source::Closed { users, .. } => {
                (f64::from(users) * self.plan.load.factor(self.now)).round() as u32
            }
            Source::Open { .. } => 0,
        }
    }

    /// A user begins to think. One who would think longer than the first of the crowd needs no moment of its own: from then
    /// on it is one of the crowd, for exponential times do not remember how long they have lasted.
    fn think(&mut self, mean: f64) {
        let until = self.now + Span::rounded(mean * self.clients.thinking.exponential());
        if until < self.clients.crowd_stirs || self.clients.crowd == 0 {
            self.agenda.put(until, Event::ThinkingEnds);
        } else {
            self.clients.crowd += 1;
        }
    }

    /// The first of n who think has thought enough after the n-th part of the time of one.
    fn expect_crowd(&mut self, mean: f64) {
        if self.clients.crowd > 0 {
            let time = mean * self.clients.thinking.exponential() / f64::from(self.clients.crowd);
            self.clients.crowd_stirs = self.now + Span::rounded(time);
            self.agenda.put(self.clients.crowd_stirs, Event::CrowdStirs);
        }
    }

    /// One of the crowd has thought enough.
    pub(super) fn crowd_stirs(&mut self) {
        let Source::Closed { think, .. } = self.plan.source else { return };
        self.clients.crowd -= 1;
        self.expect_crowd(think);
        self.thinking_ends();
    }

    /// A user has thought enough: sends an order, or leaves when there are more users than the load asks for.
    pub(super) fn thinking_ends(&mut self) {
        if self.clients.users > self.wanted_users() {
            self.clients.users -= 1;
            self.expect_user();
        } else {
            self.submit();
        }
    }

    /// An order of an open workload comes; the next one is expected.
    pub(super) fn arrives(&mut self) {
        self.submit();
        self.expect_arrival();
    }

    /// Puts the next arrival of an open workload on the agenda.
    pub(super) fn expect_arrival(&mut self) {
        let Source::Open { rate } = self.plan.source else { return };
        let draw = self.clients.arrivals.exponential();
        if let Some(at) = self.plan.load.next_arrival(self.now, rate, draw) {
            self.agenda.put(at, Event::Arrives);
        }
    }

    /// A client sends a new order.
    fn submit(&mut self) {
        let partition = self.draw_partition();
        let order = self.orders.insert(Order {
            number: self.clients.next_number,
            submitted: self.now,
            awaited: NONE,
            references: 1,
            done: 0,
            partition,
            attempt: 0,
            published: false,
        });
        self.clients.next_number = self.clients.next_number.wrapping_add(1);
        self.totals.orders.submitted += 1;
        self.in_system.rise(self.now);
        self.submissions += u128::from(self.now.nanos());
        if let Some((earned, most)) = self.plan.patience.and_then(|retries| retries.budget) {
            self.clients.budget = (self.clients.budget + earned).min(most);
        }
        self.send(order);
    }

    fn draw_partition(&mut self) -> u16 {
        let broker = self.plan.broker;
        if broker.partitions == 0 || self.clients.keys.happens(broker.hot_key) {
            0
        } else {
            self.clients.keys.one_of(broker.partitions) as u16
        }
    }

    /// A client sends an order, for the first time or again.
    pub(super) fn send(&mut self, order: u32) {
        let request = self.requests.insert(Request {
            order,
            calls: NONE,
            since: self.now,
            group: 0,
            pending: 0,
            failed: false,
            stage: RequestStage::Waiting,
        });
        let entry = &mut self.orders[order];
        entry.attempt += 1;
        entry.awaited = request;
        entry.references += 1;
        let attempt = entry.attempt;
        self.totals.orders.attempts += 1;
        self.note(order, Mark::Submitted, None, attempt);
        if self.plan.patience.is_some() {
            let due = (self.now + self.plan.timeout, request, self.requests.generation(request));
            let matters = waits(&self.requests, &self.orders);
            self.clients.deadlines.set(due, &mut self.agenda, Event::ClientGivesUp, matters);
        }
        match self.pool.arrive(&mut self.requests, request, self.now) {
            Admission::Starts => self.begin(request),
            Admission::Waits => self.note(order, Mark::WaitsForWorker, None, attempt),
            Admission::Refused => self.refuse_worker(request),
        }
    }

    /// The next request in line gets a worker, unless it has waited too long.
    pub(super) fn grant_worker(&mut self) {
        let Some(request) = self.pool.call_next(&mut self.requests, self.now) else { return };
        let waited = self.now - self.requests[request].since;
        if self.plan.pool.shed_after.is_some_and(|most| waited > most) {
            self.refuse_worker(request);
        } else {
            self.pool.occupy(self.now);
            self.begin(request);
        }
    }

    /// A request gets no worker: its client hears so at once.
    fn refuse_worker(&mut self, request: u32) {
        self.totals.orders.refused += 1;
        let order = self.requests[request].order;
        self.note(order, Mark::Refused, None, self.orders[order].attempt);
        self.end_request(request, false);
    }

    /// A request is over, with an answer or with an error; the client hears of it if it still waits.
    pub(super) fn end_request(&mut self, request: u32, succeeded: bool) {
        let order = self.requests.remove(request).order;
        if self.orders[order].awaited == request {
            self.orders[order].awaited = NONE;
            if succeeded {
                self.settle(order, true);
            } else {
                self.try_again(order);
            }
        } else if succeeded {
            self.totals.orders.unwanted += 1;
            self.note(order, Mark::AnsweredTooLate, None, self.orders[order].attempt);
        }
        self.release_order(order);
    }

    /// The earliest client that still waits gives its attempt up.
    pub(super) fn client_gives_up(&mut self) {
        let matters = waits(&self.requests, &self.orders);
        let due = self.clients.deadlines.run_out(&mut self.agenda, Event::ClientGivesUp, matters);
        let Some(Deadline { place: request, .. }) = due else { return };
        let order = self.requests[request].order;
        self.orders[order].awaited = NONE;
        self.note(order, Mark::ClientTimedOut, None, self.orders[order].attempt);
        if self.plan.cancels {
            self.cancel(request);
        }
        self.try_again(order);
    }

    /// A client whose attempt failed sends the order again, or gives it up.
    fn try_again(&mut self, order: u32) {
        let attempt = self.orders[order].attempt;
        let left = self.plan.patience.filter(|retries| attempt <= retries.most);
        match left.filter(|retries| self.pay_for_retry(*retries)) {
            Some(retries) => {
                let wait = backoff(retries, attempt, &mut self.clients.jitter);
                self.agenda.put(self.now + wait, Event::Resends(order));
            }
            None => self.settle(order, false),
        }
    }

    fn pay_for_retry(&mut self, retries: Retries) -> bool {
        if retries.budget.is_none() {
            return true;
        }
        let left = self.clients.budget.checked_sub(Retries::RETRY);
        self.clients.budget = left.unwrap_or(self.clients.budget);
        left.is_some()
    }

    /// The client is done with an order.
    fn settle(&mut self, order: u32, answered: bool) {
        let Order { submitted, attempt, .. } = self.orders[order];
        let stay = self.now - submitted;
        self.in_system.fall(self.now);
        self.submissions -= u128::from(submitted.nanos());
        self.totals.orders.stays += u128::from(stay.nanos());
        if answered {
            self.totals.orders.answered += 1;
            let stay_of_all = stay + self.held_time();
            self.totals.orders.in_time +=
                u64::from(stay_of_all <= self.plan.timeout || self.plan.patience.is_some());
            self.totals.orders.response += u128::from(stay.nanos());
            self.totals.times.record(stay);
            self.note(order, Mark::Answered, None, attempt);
        } else {
            self.totals.orders.failed += 1;
            self.note(order, Mark::GivenUp, None, attempt);
        }
        self.check_orders();
        if let Source::Closed { think, .. } = self.plan.source {
            self.think(think);
        }
        self.release_order(order);
    }
}

/// Whether a client still waits for the request of a deadline.
fn waits(requests: &Slab<Request>, orders: &Slab<Order>) -> impl Fn(Deadline) -> bool {
    |deadline| {
        requests.generation(deadline.place) == deadline.generation
            && orders[requests[deadline.place].order].awaited == deadline.place
    }
}
