//! The discrete-event engine: pops the next event off the event queue and handles it.

pub(super) mod breaker;
mod broker;
mod clients;
pub(super) mod compiled_experiment;
mod deadlines;
pub(super) mod entities;
mod event_queue;
mod fault_effects;
mod faults;
mod linked_queue;
mod requests;
mod service_events;
pub(super) mod slab;
mod station;

use self::breaker::CircuitBreaker;
use self::compiled_experiment::{ArrivalSource, CompiledExperiment, RetryPolicy};
use self::deadlines::Deadlines;
use self::entities::{Call, Order, Request};
use self::event_queue::{Event, EventQueue};
use self::fault_effects::FaultEffects;
use self::linked_queue::LinkedQueue;
use self::slab::Slab;
use self::station::Station;
use super::clock::{Instant, Span};
use super::experiment::{EndCondition, Experiment, ExperimentError, Jitter};
use super::random::streams::{RandomSource, RandomStream};
use super::scaling::ScaledSystem;
use super::statistics::counters::{CounterHistory, Counters};
use super::statistics::histogram::Histogram;
use super::statistics::time_average::TimeWeightedAverage;
use super::trace::{Recorder, TraceEvent, TraceRecord};

/// A run with its whole state, so that a clone is a snapshot to return to.
#[derive(Debug, Clone)]
pub struct Simulation {
    pub(super) config: CompiledExperiment,
    pub(super) now: Instant,
    pub(super) events: u64,
    pub(super) stop_reason: Option<StopReason>,
    pub(super) event_queue: EventQueue,
    pub(super) orders: Slab<Order>,
    pub(super) requests: Slab<Request>,
    pub(super) calls: Slab<Call>,
    pub(super) clients: Clients,
    pub(super) pool: Station,
    pub(super) stations: Vec<Station>,
    pub(super) steps: Vec<StepState>,
    pub(super) broker: BrokerState,
    pub(super) in_system: TimeWeightedAverage,
    /// Sum of the submission times of the orders in the system, in nanoseconds.
    pub(super) submission_time_sum: u128,
    pub(super) counters: Counters,
    pub(super) counter_history: CounterHistory,
    /// Recorder of trace records; may be replaced at any time.
    pub recorder: Recorder,
}

#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub(super) users: u32,
    /// Thinking users who are only counted, see [`ScaledSystem::counts_thinkers`].
    pub(super) counted_thinkers: u32,
    pub(super) next_thinker_done: Instant,
    pub(super) is_user_arrival_scheduled: bool,
    pub(super) next_order_number: u32,
    /// Saved retry budget, in thousandths of a retry.
    pub(super) retry_budget: u64,
    pub(super) deadlines: Deadlines,
    pub(super) arrivals: RandomStream,
    pub(super) thinking: RandomStream,
    pub(super) keys: RandomStream,
    pub(super) jitter: RandomStream,
}

/// The state of one step.
#[derive(Debug, Clone)]
pub(super) struct StepState {
    pub(super) faults: FaultEffects,
    pub(super) breaker: Option<CircuitBreaker>,
    pub(super) active_callers: u32,
    pub(super) deadlines: Deadlines,
    pub(super) lag: TimeWeightedAverage,
    /// Times from publication to first effect over the whole run; only for steps behind the broker.
    pub(super) staleness: Option<Histogram>,
    pub(super) dead_letters: LinkedQueue,
    pub(super) service: RandomStream,
    pub(super) failure: RandomStream,
    pub(super) acknowledgement: RandomStream,
    pub(super) poison: RandomStream,
    pub(super) jitter: RandomStream,
}

#[derive(Debug, Clone, Default)]
pub(super) struct BrokerState {
    pub(super) is_down: bool,
    pub(super) outbox: LinkedQueue,
}

/// The reason why a run is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The end condition of the experiment is met.
    Complete,
    /// No event is left, so that nothing can happen any more.
    EmptyEventList,
    /// The run has handled the most events that its limits allow.
    EventLimit,
    /// More orders, requests and calls are in flight than the limits allow: the system is overloaded.
    InFlightLimit,
}

impl Simulation {
    /// Creates a run before its first event.
    ///
    /// # Errors
    /// Returns an error if the experiment needs more partitions than a run can hold.
    pub fn new(experiment: &Experiment<'_>) -> Result<Self, ExperimentError> {
        let config = CompiledExperiment::new(experiment)?;
        let stream = |source| RandomStream::new(config.seed, source);
        let steps = (0..config.steps.len()).map(|step| StepState {
            faults: FaultEffects::default(),
            breaker: config.steps[step].breaker.clone(),
            active_callers: 0,
            deadlines: Deadlines::default(),
            lag: TimeWeightedAverage::default(),
            staleness: config.steps[step].uses_broker.then(Histogram::default),
            dead_letters: LinkedQueue::default(),
            service: stream(RandomSource::Service(step)),
            failure: stream(RandomSource::Failure(step)),
            acknowledgement: stream(RandomSource::Acknowledgement(step)),
            poison: stream(RandomSource::Poison(step)),
            jitter: stream(RandomSource::StepJitter(step)),
        });
        let stations = config.steps.iter().flat_map(|step| {
            let station = Station::new(step.servers, step.queue.capacity, step.queue.rule.discipline);
            std::iter::repeat_n(station, step.stations as usize)
        });
        let mut simulation = Self {
            now: Instant::START,
            events: 0,
            stop_reason: None,
            event_queue: EventQueue::default(),
            orders: Slab::default(),
            requests: Slab::default(),
            calls: Slab::default(),
            clients: Clients {
                users: 0,
                counted_thinkers: 0,
                next_thinker_done: Instant::NEVER,
                is_user_arrival_scheduled: false,
                next_order_number: 1,
                retry_budget: config.retries.and_then(|retries| retries.budget).map_or(0, |(_, limit)| limit),
                deadlines: Deadlines::default(),
                arrivals: stream(RandomSource::Arrivals),
                thinking: stream(RandomSource::Thinking),
                keys: stream(RandomSource::Keys),
                jitter: stream(RandomSource::ClientJitter),
            },
            pool: Station::new(config.workers, config.pool.capacity, config.pool.rule.discipline),
            stations: stations.collect(),
            steps: steps.collect(),
            broker: BrokerState::default(),
            in_system: TimeWeightedAverage::default(),
            submission_time_sum: 0,
            counters: Counters::new(config.steps.len()),
            counter_history: CounterHistory::new(config.steps.len(), config.first_history_spacing()),
            recorder: Recorder::Off,
            config,
        };
        simulation.schedule_first_events();
        Ok(simulation)
    }

    fn schedule_first_events(&mut self) {
        self.schedule_fault_change();
        match self.config.source {
            ArrivalSource::Closed { users, .. } => {
                let queued = self.config.scaled_system.initial_queue;
                self.add_queued_users(queued);
                self.add_users(users - queued);
            }
            ArrivalSource::Open { .. } => self.schedule_arrival(),
        }
        for (index, replay) in self.config.replays.iter().enumerate() {
            self.event_queue.schedule(Instant::at(replay.at), Event::DeadLetterReplay(index as u32));
        }
    }

    /// Handles the next event. Returns `false` if the run is over.
    pub fn step(&mut self) -> bool {
        if self.stop_reason.is_some() {
            return false;
        }
        let time = self.event_queue.next_time().unwrap_or(Instant::NEVER);
        if time > self.config.end_time || time == Instant::NEVER {
            self.finish_at_end();
            return false;
        }
        if self.events >= self.config.limits.events {
            self.stop_reason = Some(StopReason::EventLimit);
            return false;
        }
        if time >= self.counter_history.next_time() {
            self.record_history_until(time);
        }
        let Some((_, event)) = self.event_queue.pop_next() else { return false };
        self.now = time;
        self.events += 1;
        self.handle(event);
        while self.pool.can_serve() {
            self.assign_worker();
        }
        if self.orders.len() + self.requests.len() + self.calls.len() > self.config.limits.in_flight {
            self.stop_reason = Some(StopReason::InFlightLimit);
        }
        true
    }

    /// Ends a run without further events: the clock moves to the end time, if there is one.
    fn finish_at_end(&mut self) {
        if self.config.end_time == Instant::NEVER {
            self.stop_reason = Some(StopReason::EmptyEventList);
        } else {
            self.record_history_until(self.config.end_time);
            self.now = self.config.end_time;
            self.stop_reason = Some(StopReason::Complete);
        }
    }

    /// Handles up to `events` events, fewer if the run ends before. Returns the reason if it has ended.
    pub fn run(&mut self, events: u64) -> Option<StopReason> {
        for _ in 0..events {
            if !self.step() {
                break;
            }
        }
        self.stop_reason
    }

    /// Runs to the end condition or to a limit, and returns the reason why the run ended. For tests and
    /// benchmarks; the page plays a run in pieces.
    pub fn run_to_end(&mut self) -> StopReason {
        loop {
            if let Some(stop_reason) = self.run(u64::MAX) {
                return stop_reason;
            }
        }
    }

    /// Handles all events up to and including `moment`, and moves the clock there.
    pub fn run_until(&mut self, moment: Instant) -> Option<StopReason> {
        while self.stop_reason.is_none() && self.event_queue.next_time().is_some_and(|at| at <= moment) {
            self.step();
        }
        if self.stop_reason.is_none() {
            if moment >= self.config.end_time {
                self.finish_at_end();
            } else if moment > self.now {
                self.record_history_until(moment);
                self.now = moment;
            }
        }
        self.stop_reason
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::OrderArrival => self.handle_order_arrival(),
            Event::ThinkingDone => self.handle_thinking_done(),
            Event::NextThinkerDone => self.handle_next_thinker_done(),
            Event::UserArrival => self.handle_user_arrival(),
            Event::ServiceDone(call) => self.handle_service_done(call),
            Event::CallArrival(call) => self.arrive_at_station(call),
            Event::CallRetry(call) => self.handle_call_retry(call),
            Event::CallRejection(call) => self.handle_call_rejection(call),
            Event::PublishAcknowledged(request) => self.handle_publish_acknowledged(request),
            Event::OrderRetry(order) => self.send_request(order),
            Event::ClientTimeout => self.handle_client_timeout(),
            Event::CallerTimeout(step) => self.handle_caller_timeout(step as usize),
            Event::FaultChange => self.handle_fault_change(),
            Event::DeadLetterReplay(replay) => self.handle_dead_letter_replay(replay as usize),
        }
    }

    /// Writes the rows of the counter history that are due up to `moment`.
    fn record_history_until(&mut self, moment: Instant) {
        while self.counter_history.next_time() <= moment {
            let at = self.counter_history.next_time();
            self.update_integrals(at);
            self.counter_history.write(&self.counters);
        }
    }

    /// Updates the time integrals of the counters to `at`, which must not lie before any event handled so
    /// far.
    pub(super) fn update_integrals(&mut self, at: Instant) {
        let in_system = u128::from(self.in_system.level());
        self.counters.at = at;
        self.counters.orders.age = in_system * u128::from(at.nanos()) - self.submission_time_sum;
        self.counters.orders.in_system = self.in_system.integral(at);
        self.counters.orders.busy_workers = self.pool.busy.integral(at);
        self.counters.orders.waiting = self.pool.waiting.integral(at);
        for (step, (counters, config)) in self.counters.steps.iter_mut().zip(&self.config.steps).enumerate() {
            let first = config.first_station as usize;
            let stations = &self.stations[first..first + config.stations as usize];
            counters.busy = stations.iter().map(|station| station.busy.integral(at)).sum();
            counters.waiting = stations.iter().map(|station| station.waiting.integral(at)).sum();
            counters.lag = self.steps[step].lag.integral(at);
        }
    }

    pub(super) fn check_end_condition(&mut self) {
        if let EndCondition::Orders(orders) = self.config.end_condition
            && self.counters.orders.answered + self.counters.orders.failed >= orders
        {
            self.stop_reason = Some(StopReason::Complete);
        }
    }

    pub(super) fn record_event(&mut self, order: u32, event: TraceEvent, step: Option<u8>, attempt: u8) {
        if !matches!(self.recorder, Recorder::Off) {
            let order = self.orders[order].number;
            self.recorder.record(TraceRecord { at: self.now, order, event, step, attempt });
        }
    }

    /// Drops one reference to an order, and the order with its last reference.
    pub(super) fn release_order(&mut self, order: u32) {
        let entry = &mut self.orders[order];
        entry.reference_count -= 1;
        if entry.reference_count == 0 {
            self.orders.remove(order);
        }
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn events(&self) -> u64 {
        self.events
    }

    pub fn stop_reason(&self) -> Option<StopReason> {
        self.stop_reason
    }

    pub fn next_event_time(&self) -> Option<Instant> {
        self.event_queue.next_time()
    }

    pub fn scaled_system(&self) -> &ScaledSystem {
        &self.config.scaled_system
    }

    /// Returns the time that an order spends in the permanent queue, by Little's law: its length divided by
    /// the throughput so far, without the first eighth of the run.
    pub fn permanent_queue_delay(&self) -> Span {
        let length = self.config.scaled_system.permanent_queue.count();
        if length == 0 {
            return Span::ZERO;
        }
        let rows = self.counter_history.rows();
        let (from, before) =
            rows.get(rows.len() / 8).map_or((Instant::START, 0), |row| (row.at, row.orders.answered));
        let answered = u128::from((self.counters.orders.answered - before).max(1));
        let nanos = u128::from(length) * u128::from((self.now - from).nanos()) / answered;
        Span::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// Returns the number of orders submitted so far, which is also the number of the latest order.
    pub fn order_count(&self) -> u32 {
        self.clients.next_order_number - 1
    }

    /// Returns `true` if the order with this number was submitted and nothing refers to it any more.
    pub(super) fn is_order_gone(&self, number: u32) -> bool {
        self.clients.next_order_number > number && self.orders.iter().all(|(_, order)| order.number != number)
    }

    /// Returns the approximate memory that the run has allocated, in bytes.
    pub fn bytes(&self) -> usize {
        let deadlines = self.steps.iter().map(|step| step.deadlines.bytes()).sum::<usize>();
        self.event_queue.bytes()
            + self.orders.bytes()
            + self.requests.bytes()
            + self.calls.bytes()
            + self.clients.deadlines.bytes()
            + deadlines
            + self.counter_history.bytes()
            + self.stations.capacity() * size_of::<Station>()
            + self.steps.capacity() * size_of::<StepState>()
    }
}

pub(super) fn backoff(retries: RetryPolicy, attempt: u8, stream: &mut RandomStream) -> Span {
    let wait = retries.backoff_after(attempt);
    match retries.jitter {
        Jitter::None => wait,
        Jitter::Full => Span::rounded(wait.nanos() as f64 * stream.uniform()),
    }
}
