//! The engine: takes the next event off the agenda and lets it happen.

use super::agenda::{Agenda, Event};
use super::area::Area;
use super::blueprint::{Blueprint, Retries, Source as Origin};
use super::breaker::Breaker;
use super::clock::{Instant, Span};
use super::deadlines::Deadlines;
use super::experiment::{Experiment, Jitter, Until};
use super::faults::Damage;
use super::generator::{Source, Stream};
use super::histogram::Histogram;
use super::order::{Call, Order, Request};
use super::slab::{Line, Slab};
use super::slice::TooLarge;
use super::station::Station;
use super::totals::{Ledger, Totals};
use super::trace::{Mark, Record, Recorder};

/// One run: its whole state, so that a copy of it is a snapshot to come back to.
#[derive(Debug, Clone)]
pub struct Simulation {
    pub(super) plan: Blueprint,
    pub(super) now: Instant,
    pub(super) events: u64,
    pub(super) stop: Option<Stop>,
    pub(super) agenda: Agenda,
    pub(super) orders: Slab<Order>,
    pub(super) requests: Slab<Request>,
    pub(super) calls: Slab<Call>,
    pub(super) clients: Clients,
    pub(super) pool: Station,
    pub(super) stations: Vec<Station>,
    pub(super) steps: Vec<StepState>,
    pub(super) broker: BrokerState,
    pub(super) in_system: Area,
    /// When the orders that are there were submitted, added up.
    pub(super) submissions: u128,
    pub(super) totals: Totals,
    pub(super) ledger: Ledger,
    /// What is kept of the course of orders; may be exchanged at any time.
    pub recorder: Recorder,
}

/// The clients, together.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub(super) users: u32,
    /// Those who think and are counted, and when the first of them has thought enough.
    pub(super) crowd: u32,
    /// See `crowd`.
    pub(super) crowd_stirs: Instant,
    /// Whether the next joining is on the agenda.
    pub(super) joining: bool,
    pub(super) next_number: u32,
    /// What may be spent on retries, in thousandths of one.
    pub(super) budget: u64,
    pub(super) deadlines: Deadlines,
    pub(super) arrivals: Stream,
    pub(super) thinking: Stream,
    pub(super) keys: Stream,
    pub(super) jitter: Stream,
}

/// What changes about a step.
#[derive(Debug, Clone)]
pub(super) struct StepState {
    pub(super) damage: Damage,
    pub(super) breaker: Option<Breaker>,
    pub(super) callers: u32,
    pub(super) deadlines: Deadlines,
    pub(super) lag: Area,
    /// From the publication to the first effect, over the whole run, where the broker carries the calls.
    pub(super) staleness: Option<Histogram>,
    pub(super) dead: Line,
    pub(super) service: Stream,
    pub(super) failure: Stream,
    pub(super) acknowledgement: Stream,
    pub(super) poison: Stream,
    pub(super) jitter: Stream,
}

/// What changes about the broker.
#[derive(Debug, Clone, Default)]
pub(super) struct BrokerState {
    pub(super) down: bool,
    pub(super) outbox: Line,
}

/// Why a run is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// It has reached its end.
    Complete,
    /// Nothing is left that could happen.
    NothingLeft,
    /// It has handled as many events as it may.
    EventLimit,
    /// More is in flight than it may hold: the system is overloaded.
    InFlightLimit,
}

impl Simulation {
    /// A run before its first event.
    ///
    /// # Errors
    /// When there are more partitions than can be played.
    pub fn new(experiment: &Experiment<'_>) -> Result<Self, TooLarge> {
        let plan = Blueprint::new(experiment)?;
        let stream = |source| Stream::new(plan.seed, source);
        let steps = (0..plan.steps.len()).map(|step| StepState {
            damage: Damage::default(),
            breaker: plan.steps[step].breaker.clone(),
            callers: 0,
            deadlines: Deadlines::default(),
            lag: Area::default(),
            staleness: plan.steps[step].carried.then(Histogram::default),
            dead: Line::default(),
            service: stream(Source::Service(step)),
            failure: stream(Source::Failure(step)),
            acknowledgement: stream(Source::Acknowledgement(step)),
            poison: stream(Source::Poison(step)),
            jitter: stream(Source::StepJitter(step)),
        });
        let stations = plan.steps.iter().flat_map(|step| {
            let station = Station::new(step.servers, step.queue.room, step.queue.rule.discipline);
            std::iter::repeat_n(station, step.stations as usize)
        });
        let mut simulation = Self {
            now: Instant::START,
            events: 0,
            stop: None,
            agenda: Agenda::default(),
            orders: Slab::default(),
            requests: Slab::default(),
            calls: Slab::default(),
            clients: Clients {
                users: 0,
                crowd: 0,
                crowd_stirs: Instant::NEVER,
                joining: false,
                next_number: 1,
                budget: plan.patience.and_then(|retries| retries.budget).map_or(0, |(_, most)| most),
                deadlines: Deadlines::default(),
                arrivals: stream(Source::Arrivals),
                thinking: stream(Source::Thinking),
                keys: stream(Source::Keys),
                jitter: stream(Source::ClientJitter),
            },
            pool: Station::new(plan.workers, plan.pool.room, plan.pool.rule.discipline),
            stations: stations.collect(),
            steps: steps.collect(),
            broker: BrokerState::default(),
            in_system: Area::default(),
            submissions: 0,
            totals: Totals::new(plan.steps.len()),
            ledger: Ledger::new(plan.steps.len(), plan.first_width()),
            recorder: Recorder::Off,
            plan,
        };
        simulation.open();
        Ok(simulation)
    }

    /// Puts on the agenda what sets everything off.
    fn open(&mut self) {
        self.expect_faults();
        match self.plan.source {
            Origin::Closed { users, .. } => {
                let in_line = self.plan.slice.in_line;
                self.users_are_in_line(in_line);
                self.users_come(users - in_line);
            }
            Origin::Open { .. } => self.expect_arrival(),
        }
        for (index, replay) in self.plan.replays.iter().enumerate() {
            self.agenda.put(Instant::at(replay.at), Event::Replays(index as u32));
        }
    }

    /// Lets the next event happen; false when the run is over.
    pub fn step(&mut self) -> bool {
        if self.stop.is_some() {
            return false;
        }
        let at = self.agenda.next_at().unwrap_or(Instant::NEVER);
        if at > self.plan.end || at == Instant::NEVER {
            self.end();
            return false;
        }
        if self.events >= self.plan.limits.events {
            self.stop = Some(Stop::EventLimit);
            return false;
        }
        if at >= self.ledger.next() {
            self.pass_to(at);
        }
        let Some((_, event)) = self.agenda.take() else { return false };
        self.now = at;
        self.events += 1;
        self.happen(event);
        while self.pool.can_serve() {
            self.grant_worker();
        }
        if self.orders.len() + self.requests.len() + self.calls.len() > self.plan.limits.in_flight {
            self.stop = Some(Stop::InFlightLimit);
        }
        true
    }

    /// Nothing more happens before the end: the clock moves there, if there is one.
    fn end(&mut self) {
        if self.plan.end == Instant::NEVER {
            self.stop = Some(Stop::NothingLeft);
        } else {
            self.pass_to(self.plan.end);
            self.now = self.plan.end;
            self.stop = Some(Stop::Complete);
        }
    }

    /// Lets so many events happen, or fewer when the run is over before.
    pub fn run(&mut self, events: u64) -> Option<Stop> {
        for _ in 0..events {
            if !self.step() {
                break;
            }
        }
        self.stop
    }

    /// Runs to the end and says why it ended.
    pub fn finish(&mut self) -> Stop {
        loop {
            if let Some(stop) = self.run(u64::MAX) {
                return stop;
            }
        }
    }

    /// Lets everything happen up to a moment, that included, and moves the clock there.
    pub fn run_until(&mut self, moment: Instant) -> Option<Stop> {
        while self.stop.is_none() && self.agenda.next_at().is_some_and(|at| at <= moment) {
            self.step();
        }
        if self.stop.is_none() {
            if moment >= self.plan.end {
                self.end();
            } else if moment > self.now {
                self.pass_to(moment);
                self.now = moment;
            }
        }
        self.stop
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Arrives => self.arrives(),
            Event::ThinkingEnds => self.thinking_ends(),
            Event::CrowdStirs => self.crowd_stirs(),
            Event::UsersJoin => self.user_joins(),
            Event::CallEnds(call) => self.call_ends(call),
            Event::CallArrives(call) => self.call_arrives(call),
            Event::CallRetries(call) => self.call_retries(call),
            Event::CallRefused(call) => self.call_refused(call),
            Event::Published(request) => self.published(request),
            Event::Resends(order) => self.send(order),
            Event::ClientGivesUp => self.client_gives_up(),
            Event::CallerGivesUp(step) => self.caller_gives_up(step as usize),
            Event::FaultsChange => self.faults_change(),
            Event::Replays(replay) => self.replays(replay as usize),
        }
    }

    /// Writes the rows of the ledger that are due before a moment.
    fn pass_to(&mut self, moment: Instant) {
        while self.ledger.next() <= moment {
            let at = self.ledger.next();
            self.measure(at);
            self.ledger.write(&self.totals);
        }
    }

    /// Brings the areas of the totals up to a moment that nothing lies before.
    pub(super) fn measure(&mut self, at: Instant) {
        let present = u128::from(self.in_system.level());
        self.totals.at = at;
        self.totals.orders.ages = present * u128::from(at.nanos()) - self.submissions;
        self.totals.orders.in_system = self.in_system.total(at);
        self.totals.orders.working = self.pool.busy.total(at);
        self.totals.orders.queueing = self.pool.waiting.total(at);
        for (step, (totals, plan)) in self.totals.steps.iter_mut().zip(&self.plan.steps).enumerate() {
            let first = plan.first_station as usize;
            let stations = &self.stations[first..first + plan.stations as usize];
            totals.busy = stations.iter().map(|station| station.busy.total(at)).sum();
            totals.waiting = stations.iter().map(|station| station.waiting.total(at)).sum();
            totals.lag = self.steps[step].lag.total(at);
        }
    }

    /// Whether so many orders have ended that the run is over.
    pub(super) fn check_orders(&mut self) {
        if let Until::Orders(orders) = self.plan.until
            && self.totals.orders.answered + self.totals.orders.failed >= orders
        {
            self.stop = Some(Stop::Complete);
        }
    }

    /// Keeps a record of what happens to an order now.
    pub(super) fn note(&mut self, order: u32, mark: Mark, step: Option<u8>, attempt: u8) {
        if !matches!(self.recorder, Recorder::Off) {
            let order = self.orders[order].number;
            self.recorder.note(Record { at: self.now, order, mark, step, attempt });
        }
    }

    /// One that referred to an order does so no longer.
    pub(super) fn release_order(&mut self, order: u32) {
        let entry = &mut self.orders[order];
        entry.references -= 1;
        if entry.references == 0 {
            self.orders.remove(order);
        }
    }

    /// The moment of the latest event.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// How many events have happened.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Why the run is over, if it is.
    pub fn stopped(&self) -> Option<Stop> {
        self.stop
    }

    /// When the next event happens, if any does.
    pub fn next_moment(&self) -> Option<Instant> {
        self.agenda.next_at()
    }

    /// Which part of the system is played.
    pub fn slice(&self) -> &super::slice::Slice {
        &self.plan.slice
    }

    /// How long an order stands among those who are held, at the throughput so far without the first eighth of the run.
    pub fn held_time(&self) -> Span {
        let held = self.plan.slice.held.count();
        if held == 0 {
            return Span::ZERO;
        }
        let rows = self.ledger.rows();
        let (from, before) =
            rows.get(rows.len() / 8).map_or((Instant::START, 0), |row| (row.at, row.orders.answered));
        let answered = u128::from((self.totals.orders.answered - before).max(1));
        let nanos = u128::from(held) * u128::from((self.now - from).nanos()) / answered;
        Span::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// How many orders have come; the latest has this number.
    pub fn orders_so_far(&self) -> u32 {
        self.clients.next_number - 1
    }

    /// Whether the order of this number has come and nothing refers to it any more.
    pub(super) fn has_forgotten(&self, number: u32) -> bool {
        self.clients.next_number > number && self.orders.iter().all(|(_, order)| order.number != number)
    }

    /// The bytes that the run has taken, about.
    pub fn bytes(&self) -> usize {
        let deadlines = self.steps.iter().map(|step| step.deadlines.bytes()).sum::<usize>();
        self.agenda.bytes()
            + self.orders.bytes()
            + self.requests.bytes()
            + self.calls.bytes()
            + self.clients.deadlines.bytes()
            + deadlines
            + self.ledger.bytes()
            + self.stations.capacity() * size_of::<Station>()
            + self.steps.capacity() * size_of::<StepState>()
    }
}

/// The wait before a retry.
pub(super) fn backoff(retries: Retries, attempt: u8, stream: &mut Stream) -> Span {
    let wait = retries.wait(attempt);
    match retries.jitter {
        Jitter::None => wait,
        Jitter::Full => Span::rounded(wait.nanos() as f64 * stream.unit()),
    }
}
