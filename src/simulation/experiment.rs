//! An experiment: a scenario with a duration, a load profile, clients' patience, faults and countermeasures.

use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;
use crate::units::{Probability, Time};

/// The reason why an experiment cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExperimentError {
    /// Each partition with a consumer is a station.
    #[error(
        "partitions with a consumer: {count} are more than the {limit} that a run can hold: \
         use fewer partitions or consumers"
    )]
    TooManyPartitions { count: u64, limit: u64 },
}

/// A scenario and everything else that a run depends on. Runs of equal experiments are equal, event by event.
#[derive(Debug, Clone)]
pub struct Experiment<'a> {
    pub scenario: &'a Scenario,
    pub end: EndCondition,
    pub limits: Limits,
    /// Users of a closed workload up to which all are simulated; larger systems are scaled down, see
    /// [`ScaledSystem`](super::ScaledSystem).
    pub max_full_size_users: u64,
    pub pattern: LoadPattern,
    pub patience: Patience,
    /// If `true`, the API stops the work of clients, and a step the work of callers, that no longer wait for
    /// it.
    pub cancels_abandoned_work: bool,
    /// If `true`, clients mark repeated orders as the same one, so that the API repeats nothing that was
    /// done.
    pub idempotency_key: bool,
    /// The queue for an API worker.
    pub pool: QueueRule,
    /// Rules of each step, in the order of the scenario; missing ones are the default.
    pub steps: Vec<StepRule>,
    pub broker: BrokerRule,
    pub faults: Vec<Fault>,
    pub replays: Vec<Replay>,
}

impl<'a> Experiment<'a> {
    /// Default of `max_full_size_users`.
    pub const MAX_FULL_SIZE_USERS: u64 = 10_000;

    /// Creates the plain experiment that the theory describes: ten minutes of steady load, clients with
    /// infinite patience, no faults and no countermeasures.
    pub fn new(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            end: EndCondition::Time(Time::from_whole_seconds(600)),
            limits: Limits::default(),
            max_full_size_users: Self::MAX_FULL_SIZE_USERS,
            pattern: LoadPattern::Steady,
            patience: Patience::Infinite,
            cancels_abandoned_work: false,
            idempotency_key: false,
            pool: QueueRule::default(),
            steps: vec![StepRule::default(); scenario.steps.len()],
            broker: BrokerRule::default(),
            faults: Vec::new(),
            replays: Vec::new(),
        }
    }

    #[must_use]
    pub fn with_end(self, end: EndCondition) -> Self {
        Self { end, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum EndCondition {
    /// Simulated time.
    Time(Time),
    /// Number of orders that were answered or given up.
    Orders(u64),
}

/// Limits of a run; a run that reaches one stops with the matching [`StopReason`](super::StopReason).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Number of handled events.
    pub events: u64,
    /// Orders, requests and calls that exist at the same time; three of them take a few hundred bytes at
    /// most.
    pub in_flight: u32,
}

impl Limits {
    /// Upper bound of `in_flight`.
    pub const MAX_IN_FLIGHT: u32 = 1 << 23;
}

/// Ten million events and 400,000 entries in flight, which stay below 64 MiB.
impl Default for Limits {
    fn default() -> Self {
        Self { events: 10_000_000, in_flight: 400_000 }
    }
}

/// The load over time, as a factor on the arrival rate of an open workload or the number of users of a closed
/// one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum LoadPattern {
    Steady,
    /// The factor applies between two moments.
    Spike {
        from: Time,
        until: Time,
        factor: f64,
    },
    /// The factor changes linearly from 1 between two moments, and stays.
    Ramp {
        from: Time,
        until: Time,
        factor: f64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Patience {
    /// Clients wait for every answer; one after the client timeout counts as late.
    Infinite,
    /// Clients give up an attempt at the client timeout, and may retry.
    Limited(ClientRetries),
}

/// Retries of clients after a failure or a timeout.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClientRetries {
    /// Maximum number of retries of an order; the limit of the scenario applies, too.
    pub retries: u8,
    /// Wait before the first retry; it doubles with each further one.
    pub backoff: Time,
    pub jitter: Jitter,
    /// Bound on the retries of all clients together.
    pub budget: Option<RetryBudget>,
}

/// Randomisation of the backoff, so that clients that failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Jitter {
    #[default]
    None,
    /// Uniform between zero and the full backoff.
    Full,
}

/// A retry budget: each first attempt earns a share of a retry, and each retry costs one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RetryBudget {
    /// Retries earned by each first attempt.
    pub share: Probability,
    /// Maximum of saved retries, and the budget at the start.
    pub reserve: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct QueueRule {
    pub discipline: Discipline,
    /// Maximum queue length; arrivals at a full queue are rejected.
    pub capacity: Option<u32>,
    /// Maximum waiting time; who has waited longer is rejected instead of served.
    pub shed_after: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Discipline {
    /// First come, first served.
    #[default]
    Fifo,
    /// Last come, first served: under overload some are still served in time.
    Lifo,
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct StepRule {
    pub tail: Tail,
    pub queue: QueueRule,
    /// Maximum number of callers in the step and its queue; further calls are rejected.
    pub bulkhead: Option<u32>,
    pub breaker: Option<BreakerRule>,
    pub jitter: Jitter,
    /// If `true`, the consumer recognises events that it has handled, and skips them.
    pub idempotent: bool,
}

/// The tail of the service time distribution of a step, where its mean and variability do not determine it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Tail {
    /// Determined by the variability: a gamma distribution below the exponential, a mixture of short and long
    /// services above it (hyperexponential with balanced means).
    #[default]
    ByVariability,
    /// A log-normal distribution with the same mean and variance, whose rare services are much longer.
    LogNormal,
}

/// A circuit breaker watches the latest calls and rejects all calls while too many have failed. After a while
/// it lets one call through as a probe, whose success closes it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BreakerRule {
    /// Number of latest calls that count, at most 64.
    pub window: u8,
    /// Share of failures at which the breaker opens.
    pub threshold: Probability,
    /// Time in the open state before a probe is let through.
    pub open_for: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct BrokerRule {
    /// Time from the broker to the consumer, without any queue.
    pub delivery_latency: Time,
    /// If `true`, events are stored together with the order and sent from there: the answer does not wait for
    /// the broker, and no event is lost while it is down.
    pub outbox: bool,
    pub redelivery: Redelivery,
}

/// Handling of an event after a failed delivery, while deliveries are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Redelivery {
    /// The event is queued again behind later ones: the order of events is lost.
    #[default]
    Later,
    /// The consumer keeps the event and retries: the order is kept, and later events wait.
    InPlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    pub kind: FaultKind,
    pub from: Time,
    pub until: Time,
}

/// The kind of a fault; a step is named by its index in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum FaultKind {
    /// Service times drawn during the fault are longer by the factor.
    StepSlow { step: usize, factor: f64 },
    /// The step is down: calls in service or in its queue fail, and so does every new one.
    StepDown { step: usize },
    /// Attempts at the step fail with this probability on top of their own.
    StepErrors { step: usize, share: Probability },
    /// The broker accepts nothing: published events are lost, unless there is an outbox.
    BrokerDown,
    /// The consumers of the step finish their current events and start no more.
    ConsumersStopped { step: usize },
    /// A share of the events published for the step cannot be handled while the fault lasts.
    Poison { step: usize, share: Probability },
}

/// Delivers all dead letters of a step again, with a delivery count of zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    pub step: usize,
    pub at: Time,
}
