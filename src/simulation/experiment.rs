//! What a run is told beyond the scenario: how long, how the load changes, who loses patience, what breaks, what helps.

use serde::{Deserialize, Serialize};

use super::service::Tail;
use super::slice::Slice;
use crate::scenario::Scenario;
use crate::units::{Probability, Time};

/// A scenario and everything else that a run depends on. Two runs of equal experiments are equal, event by event.
#[derive(Debug, Clone)]
pub struct Experiment<'a> {
    /// What is simulated, seed included.
    pub scenario: &'a Scenario,
    /// When the run is over.
    pub until: Until,
    /// What no run exceeds.
    pub limits: Limits,
    /// Up to so many users of a closed workload everybody is played; of more a [`Slice`] is.
    pub all_played: u64,
    /// How the load changes over time.
    pub pattern: Pattern,
    /// Whether clients stop waiting.
    pub patience: Patience,
    /// Whether the API drops the work of a client, and a step the work of a caller, that no longer waits for it.
    pub cancels: bool,
    /// Whether a client marks its repeated orders as the same one, so that the API repeats nothing that was done.
    pub idempotency_key: bool,
    /// The line for an API worker.
    pub pool: QueueRule,
    /// How each step behaves, in the order of the scenario.
    pub steps: Vec<StepRule>,
    /// What the broker does beyond the scenario's.
    pub broker: BrokerRule,
    /// What breaks, and when.
    pub faults: Vec<Fault>,
    /// When dead letters are delivered again.
    pub replays: Vec<Replay>,
}

impl<'a> Experiment<'a> {
    /// The plain experiment: a steady load, clients who wait however long it takes, nothing broken, nothing added, ten
    /// minutes of it. This is what the theory describes.
    pub fn new(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            until: Until::Time(Time::from_whole_seconds(600)),
            limits: Limits::default(),
            all_played: Slice::MOST_USERS,
            pattern: Pattern::Steady,
            patience: Patience::Endures,
            cancels: false,
            idempotency_key: false,
            pool: QueueRule::default(),
            steps: vec![StepRule::default(); scenario.steps.len()],
            broker: BrokerRule::default(),
            faults: Vec::new(),
            replays: Vec::new(),
        }
    }

    /// The same with another end.
    #[must_use]
    pub fn until(self, until: Until) -> Self {
        Self { until, ..self }
    }
}

/// When a run is over.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Until {
    /// After this much simulated time.
    Time(Time),
    /// After so many orders were answered or given up.
    Orders(u64),
}

/// What no run exceeds: past it the run stops and says which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Events handled.
    pub events: u64,
    /// Orders, requests and calls in existence at once, together; a few hundred bytes at most for three of them.
    pub in_flight: u32,
}

impl Limits {
    /// The most that can be in flight, whatever the limits say.
    pub const MAX_IN_FLIGHT: u32 = 1 << 23;
}

/// Ten million events and 400,000 things in flight, which stay below 64 MiB.
impl Default for Limits {
    fn default() -> Self {
        Self { events: 10_000_000, in_flight: 400_000 }
    }
}

/// How the load changes over time: the arrival rate of an open workload, the number of users of a closed one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Pattern {
    /// It stays.
    Steady,
    /// From one moment to another it is a multiple.
    Spike {
        /// When it jumps.
        from: Time,
        /// When it falls back.
        until: Time,
        /// To how many times the usual.
        factor: f64,
    },
    /// From one moment to another it changes evenly to a multiple, and stays there.
    Ramp {
        /// When it starts to change.
        from: Time,
        /// When it has arrived.
        until: Time,
        /// At how many times the usual.
        factor: f64,
    },
}

/// Whether clients stop waiting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Patience {
    /// They wait however long it takes; an answer after the client's timeout counts as late.
    Endures,
    /// They give an attempt up at the client's timeout, and may send the order again.
    GivesUp(ClientRetries),
}

/// How a client sends an order again that failed or took too long.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClientRetries {
    /// How often at most; the scenario's bound on retries holds.
    pub retries: u8,
    /// The wait before the first; each later one is twice as long.
    pub backoff: Time,
    /// How that wait is spread.
    pub jitter: Jitter,
    /// What all clients together may spend on retries, if that is bounded.
    pub budget: Option<RetryBudget>,
}

/// How the wait before a retry is spread, so that those who failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Jitter {
    /// Not at all.
    #[default]
    None,
    /// Anywhere between nothing and the full wait.
    Full,
}

/// A bound on retries: each first attempt earns a share of a retry, each retry costs one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RetryBudget {
    /// Retries earned by each first attempt.
    pub share: Probability,
    /// The most that can be saved up, and what there is at the start.
    pub reserve: u32,
}

/// How a line is kept.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct QueueRule {
    /// Who is next.
    pub discipline: Discipline,
    /// How many may wait; who finds it full is refused at once.
    pub room: Option<u32>,
    /// How old a wait may be: who waited longer is refused when its turn comes.
    pub shed_after: Option<Time>,
}

/// Who is next in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Discipline {
    /// First come, first served.
    #[default]
    Fifo,
    /// Last come, first served: under overload some are still served in time.
    Lifo,
}

/// How a step behaves beyond the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct StepRule {
    /// The shape of its service times.
    pub tail: Tail,
    /// The line before it.
    pub queue: QueueRule,
    /// How many callers may be in it or in line for it; further ones are refused before they get there.
    pub bulkhead: Option<u32>,
    /// What stops calls to it when they fail.
    pub breaker: Option<BreakerRule>,
    /// How the wait before its retries is spread.
    pub jitter: Jitter,
    /// Whether its consumer knows an event that it has handled, and skips it.
    pub idempotent: bool,
}

/// When a circuit breaker opens: it watches the last calls and refuses all when too many of them failed; after a
/// while it lets one through as a probe, whose success closes it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BreakerRule {
    /// How many of the last calls it remembers, at most 64.
    pub window: u8,
    /// The share of failures among them at which it opens.
    pub threshold: Probability,
    /// How long it stays open before it probes.
    pub open_for: Time,
}

/// What the broker does beyond the scenario's.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct BrokerRule {
    /// From the broker to the consumer, without any line.
    pub delivery_latency: Time,
    /// Whether events are written together with the order and sent from there: the answer no longer waits for the
    /// broker, and no event is lost while it is down.
    pub outbox: bool,
    /// What becomes of an event whose delivery failed.
    pub redelivery: Redelivery,
}

/// What becomes of an event whose delivery failed, until its deliveries are used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Redelivery {
    /// It comes again later, behind what has come since: order is lost.
    #[default]
    Later,
    /// The consumer keeps it and tries again: order stays, and whatever is behind it waits.
    InPlace,
}

/// Something that breaks, from a start to an end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// From when.
    pub from: Time,
    /// Until when.
    pub until: Time,
}

/// What can break; a step is named by its index in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum FaultKind {
    /// Work that starts in a step takes so many times as long.
    StepSlow {
        /// Which step.
        step: usize,
        /// How many times.
        factor: f64,
    },
    /// A step is down: what is in it or in line for it fails, and so does every call.
    StepDown {
        /// Which step.
        step: usize,
    },
    /// Attempts at a step fail with this probability on top of their own.
    StepErrors {
        /// Which step.
        step: usize,
        /// How often.
        share: Probability,
    },
    /// The broker takes nothing: what is published is lost, unless there is an outbox.
    BrokerDown,
    /// The consumers of a step finish what they do and start nothing more.
    ConsumersStopped {
        /// Which step.
        step: usize,
    },
    /// A share of the events published for a step can never be handled, as long as this lasts.
    Poison {
        /// Which step.
        step: usize,
        /// Which share.
        share: Probability,
    },
}

/// All dead letters of a step are delivered again, with their count at nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// The step at this index of the scenario.
    pub step: usize,
    /// When.
    pub at: Time,
}
