//! The results of an evaluation.

use crate::units::{OfferedLoad, Probability, Rate, Time, Utilization};

/// The evaluation of one scenario at its load.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The method that computed it.
    pub engine: SolutionMethod,
    pub outcome: Outcome,
    /// The distribution of the response time; `None` without a steady state.
    pub distribution: Option<Distribution>,
    /// The API workers first, then each step in the order of the scenario.
    pub resources: Vec<Resource>,
    /// The mean time of each synchronous group of steps, in the order of
    /// [`crate::scenario::Scenario::synchronous_groups`]. With the wait for a worker before them and the
    /// publishing after them they add up to the response time.
    pub groups: Vec<Time>,
    /// An entry for each asynchronous step, in the order of the scenario.
    pub effects: Vec<Effect>,
    pub completion: Completion,
    pub bounds: Bounds,
    /// The capacity of each resource in ascending order: the first bottleneck, the next one, and so on.
    /// Resources whose work takes no time limit nothing.
    pub limits: Vec<Limit>,
    pub work: WorkPerOrder,
    /// The steps that are retried when they fail or are slow.
    pub retries: Vec<RetryOutlook>,
    /// The probability that all synchronous steps succeed.
    pub success: Probability,
}

/// The method by which a scenario is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SolutionMethod {
    /// Convolution for the chain inside the pool, a birth–death process for the users around it (closed).
    WorkerPoolClosed,
    /// Convolution for the chain under a stream of orders that does not react (open).
    WorkerPoolOpen,
    /// The population held at its mean, for pools too large to convolve.
    FixedPopulationMean,
}

/// The state that a load leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// No users, or no orders.
    Idle,
    Steady(SteadyOutcome),
    /// More orders arrive than can be answered: the queue grows for as long as that lasts.
    Overloaded {
        /// Orders offered per second.
        arrival_rate: Rate,
        /// The maximum throughput.
        capacity: Rate,
        /// The growth of the queue of unanswered orders.
        growth: Rate,
    },
}

impl Outcome {
    /// Returns the orders answered per second.
    pub fn throughput(&self) -> Rate {
        match self {
            Self::Idle => Rate::ZERO,
            Self::Steady(steady) => steady.throughput,
            Self::Overloaded { capacity, .. } => *capacity,
        }
    }

    /// Returns the orders answered successfully and within the client's timeout, per second. Zero in
    /// overload: in the long run the queue is so long that every client gives up before the answer.
    pub fn goodput(&self) -> Rate {
        match self {
            Self::Idle | Self::Overloaded { .. } => Rate::ZERO,
            Self::Steady(steady) => steady.goodput,
        }
    }
}

/// The steady state of the whole system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteadyOutcome {
    /// Orders answered per second.
    pub throughput: Rate,
    /// Orders answered successfully and within the client's timeout, per second.
    pub goodput: Rate,
    /// The mean time from an order to its answer: the wait for a worker, the waits and the work of every
    /// synchronous step, and publishing.
    pub response_time: Time,
    /// The mean wait for an API worker, which comes first.
    pub pool_wait: Time,
    pub percentiles: Percentiles,
    /// The probability that the answer comes within the client's timeout.
    pub in_time: Probability,
}

/// Percentiles of a time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Percentiles {
    /// The median.
    pub p50: Time,
    /// Exceeded by one in twenty.
    pub p95: Time,
    /// Exceeded by one in a hundred.
    pub p99: Time,
}

/// A distribution of a time, as a curve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    /// Points at even distances, from the shortest time to beyond the 99.5th percentile.
    pub points: Vec<DistributionPoint>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistributionPoint {
    pub time: Time,
    /// The probability density, per second.
    pub density: f64,
    /// The share of all orders that take no longer.
    pub cumulative: Probability,
}

/// A resource with a limited number of servers.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    pub kind: ResourceKind,
    pub servers: u64,
    /// The mean time that one order holds a server. For the API workers, without waiting for anything inside.
    pub demand: Time,
    pub offered: OfferedLoad,
    pub state: ResourceState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceKind {
    ApiPool,
    /// The connections of the synchronous step at this index of the scenario.
    Step(usize),
    /// The consumers of the asynchronous step at this index of the scenario.
    Consumers(usize),
}

/// The capacity of one resource.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// An index into [`Evaluation::resources`].
    pub resource: usize,
    /// The orders per second at which it is full.
    pub capacity: Rate,
}

/// The work that one order makes. Making steps asynchronous moves work from before to after the answer and
/// adds the publishing; it removes none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkPerOrder {
    /// Server time of the steps before the answer, over all attempts.
    pub before: Time,
    /// The time for which the caller waits for the broker.
    pub publishing: Time,
    /// Consumer time after the answer, over all deliveries.
    pub after: Time,
}

impl WorkPerOrder {
    pub fn total(&self) -> Time {
        self.before + self.publishing + self.after
    }
}

/// The time at which everything that an order causes is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Completion {
    /// With the answer: nothing is published.
    WithAnswer,
    /// The mean time after the order was sent.
    After(Time),
    /// Later and later, because an effect falls behind or orders are not answered.
    Unbounded,
}

/// The effect of retries on one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryOutlook {
    /// The step's index in the scenario.
    pub step: usize,
    /// Attempts per order, without queueing.
    pub amplification: f64,
    /// The probability that the step fails in spite of its retries.
    pub error: Probability,
}

/// The state of a resource under its load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResourceState {
    /// It keeps up.
    Steady {
        /// The busy share of its servers.
        utilization: Utilization,
        /// The mean number of orders in service: throughput × service time, by Little's law.
        in_service: f64,
        /// The mean number of orders waiting.
        waiting: f64,
        /// The mean time of one visit.
        residence: Residence,
    },
    /// More work arrives than it can do: its backlog grows for as long as that lasts.
    Growing {
        /// The growth of the backlog.
        growth: Rate,
        /// The maximum throughput.
        capacity: Rate,
    },
}

/// Returns the state of a resource that keeps up, with that many servers busy and orders waiting.
pub(crate) fn steady_resource(servers: f64, busy: f64, waiting: f64, residence: Residence) -> ResourceState {
    ResourceState::Steady {
        utilization: Utilization::from_share(busy / servers),
        in_service: busy,
        waiting,
        residence,
    }
}

/// The mean time of one visit to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Residence {
    /// Time in the queue.
    pub waiting: Time,
    /// Time in service.
    pub service: Time,
}

impl Residence {
    pub fn total(self) -> Time {
        self.waiting + self.service
    }
}

/// The effect of one asynchronous step: the fate of its events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The step's index in the scenario.
    pub step: usize,
    /// Events arriving per second.
    pub arrival_rate: Rate,
    pub state: EffectState,
    /// Deliveries per event.
    pub deliveries: f64,
    /// Repeated effects per second, if consumers do not recognise repetitions.
    pub duplicates: Rate,
    /// Events per second that end in the dead-letter queue.
    pub dead_letters: Rate,
    /// Events per second that never have an effect.
    pub lost: Rate,
    /// The load of the consumers, if the topic has partitions.
    pub partitions: Option<PartitionLoad>,
}

/// The load of the consumers of a partitioned topic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartitionLoad {
    /// The number of consumers that have a partition.
    pub useful_consumers: u64,
    /// The load offered to the busiest consumer, in erlangs: it keeps up below one.
    pub busiest: OfferedLoad,
    /// The load offered to the idlest consumer with a partition.
    pub idlest: OfferedLoad,
}

/// The state of the consumers of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EffectState {
    /// They keep up.
    Stable {
        /// The mean time from the publication to the effect.
        staleness: Time,
        /// The mean number of events published and not yet handled.
        lag: f64,
        /// Percentiles of the staleness.
        percentiles: Percentiles,
    },
    /// The lag grows, and with it the staleness.
    FallingBehind {
        /// The growth of the lag.
        growth: Rate,
        /// The maximum number of events handled per second.
        capacity: Rate,
    },
}

/// Bounds from the operational laws, and the pool's true saturation throughput.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The response time with nobody else there (R₀).
    pub unloaded: Time,
    /// The largest demand per server (D max); its inverse bounds the throughput.
    pub largest_demand: Time,
    /// The resource with the largest demand: an index into [`Evaluation::resources`].
    pub bottleneck: usize,
    /// The throughput that the chain inside the pool reaches with all workers busy, a little below 1 / D max.
    pub saturation_throughput: Rate,
    /// The number of users at which the asymptotes meet (N*), for a closed workload.
    pub knee: Option<f64>,
}

/// A point of the response-time curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Users of a closed workload, or orders per second of an open one.
    pub load: f64,
    pub response_time: Time,
    pub throughput: Rate,
}

/// A point of the curve of percentiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PercentilePoint {
    /// Users of a closed workload, or orders per second of an open one.
    pub load: f64,
    /// The mean.
    pub response_time: Time,
    pub percentiles: Percentiles,
    pub throughput: Rate,
    /// Orders answered successfully and within the client's timeout, per second.
    pub goodput: Rate,
}
