//! What the model says of a scenario.

use crate::units::{OfferedLoad, Probability, Rate, Time, Utilization};

/// Everything that the model says of one scenario at its load.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// How the figures were computed.
    pub engine: SolutionMethod,
    /// Response time and throughput, or why there are none.
    pub outcome: Outcome,
    /// How the response time is spread; none without a steady state.
    pub distribution: Option<Distribution>,
    /// Every resource: the API workers first, then each step in the order of the scenario.
    pub resources: Vec<Resource>,
    /// What each group of steps takes that the caller waits for, in the order of
    /// [`crate::scenario::Scenario::synchronous_groups`]. With the wait for a worker before them and the publishing after
    /// them they add up to the response time.
    pub groups: Vec<Time>,
    /// What happens to the published events: one for each asynchronous step, in the order of the scenario.
    pub effects: Vec<Effect>,
    /// When the last effect of an order is done.
    pub completion: Completion,
    /// What no load can exceed.
    pub bounds: Bounds,
    /// What each resource can carry, the tightest first: the first bottleneck, the next one, and so on. Resources whose work
    /// takes no time limit nothing.
    pub limits: Vec<Limit>,
    /// The work that one order makes.
    pub work: WorkPerOrder,
    /// Where failing or slow steps are tried again.
    pub retries: Vec<RetryOutlook>,
    /// How often every step that the caller waits for succeeds.
    pub success: Probability,
}

/// How the figures were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SolutionMethod {
    /// The chain inside the pool by convolution, the users around it as a birth–death process (closed).
    WorkerPoolClosed,
    /// The same chain under a stream of orders that does not react (open).
    WorkerPoolOpen,
    /// The population held at its mean: for pools too large to convolve.
    FixedPopulationMean,
}

/// Whether there is a steady state, and what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Nobody is there.
    Idle,
    /// What comes in goes out.
    Steady(SteadyOutcome),
    /// More orders come than can be answered: the queue grows for as long as that lasts.
    Overloaded {
        /// Orders offered.
        arrival_rate: Rate,
        /// Orders that can be answered.
        capacity: Rate,
        /// By how much the line of unanswered orders grows.
        growth: Rate,
    },
}

impl Outcome {
    /// Orders answered per second.
    pub fn throughput(&self) -> Rate {
        match self {
            Self::Idle => Rate::ZERO,
            Self::Steady(steady) => steady.throughput,
            Self::Overloaded { capacity, .. } => *capacity,
        }
    }

    /// Orders answered per second, successfully and before the client gives up. None in the long run where more come than
    /// can be answered: the line grows until everybody gives up before the answer.
    pub fn goodput(&self) -> Rate {
        match self {
            Self::Idle | Self::Overloaded { .. } => Rate::ZERO,
            Self::Steady(steady) => steady.goodput,
        }
    }
}

/// The steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteadyOutcome {
    /// Orders answered per second.
    pub throughput: Rate,
    /// Orders answered per second, successfully and before the client gives up.
    pub goodput: Rate,
    /// From an order to its answer: the wait for a worker, the waits and the work of every synchronous step, and publishing.
    pub response_time: Time,
    /// The wait for an API worker, which comes first.
    pub pool_wait: Time,
    /// How the response time is spread.
    pub percentiles: Percentiles,
    /// How often the answer comes before the client gives up.
    pub in_time: Probability,
}

/// The times that half, nearly all, and all but a few do not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Percentiles {
    /// The median.
    pub p50: Time,
    /// Exceeded by one in twenty.
    pub p95: Time,
    /// Exceeded by one in a hundred.
    pub p99: Time,
}

/// How a time is spread, as a curve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distribution {
    /// Points at even distances, from the shortest time to beyond the 99.5th percentile.
    pub points: Vec<DistributionPoint>,
}

/// One point of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistributionPoint {
    /// The time.
    pub time: Time,
    /// The share of all orders per second of time around it.
    pub density: f64,
    /// The share of all orders that take no longer.
    pub cumulative: Probability,
}

/// One thing of which there is a limited number.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Which it is.
    pub kind: ResourceKind,
    /// How many of it there are.
    pub servers: u64,
    /// How long one order holds one of them, without waiting for anything inside.
    pub demand: Time,
    /// What is offered to it, in erlangs.
    pub offered: OfferedLoad,
    /// How it copes.
    pub state: ResourceState,
}

/// Which resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceKind {
    /// The API workers.
    ApiPool,
    /// The connections of the step at this index of the scenario, which the caller waits for.
    Step(usize),
    /// The consumers of the asynchronous step at this index.
    Consumers(usize),
}

/// What one resource can carry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Which: an index into [`Evaluation::resources`].
    pub resource: usize,
    /// Orders per second at which it is full.
    pub capacity: Rate,
}

/// The work that one order makes: what the user waits for, and what the system does all the same. Making steps asynchronous
/// moves work from one to the other and adds the publishing; it removes none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkPerOrder {
    /// Server time of the steps before the answer, over all attempts.
    pub before: Time,
    /// Publishing, which the caller pays.
    pub publishing: Time,
    /// Consumer time after the answer, over all deliveries.
    pub after: Time,
}

impl WorkPerOrder {
    /// All of it.
    pub fn total(&self) -> Time {
        self.before + self.publishing + self.after
    }
}

/// When everything that an order sets off is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Completion {
    /// With the answer: nothing is published.
    WithAnswer,
    /// So long after the order was sent, on average.
    After(Time),
    /// Ever later, because an effect falls behind or orders are not answered.
    Unbounded,
}

/// What trying again does to one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryOutlook {
    /// The step's index in the scenario.
    pub step: usize,
    /// Attempts per order, without queueing.
    pub amplification: f64,
    /// How often the step fails in the end.
    pub error: Probability,
}

/// How a resource copes with its load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResourceState {
    /// It keeps up.
    Steady {
        /// The share of its servers that is busy.
        utilization: Utilization,
        /// Orders being served: throughput × service time, by Little's law.
        in_service: f64,
        /// Orders waiting for it.
        waiting: f64,
        /// What each visit waits before it is served.
        residence: Residence,
    },
    /// More comes than it can do: its backlog grows for as long as that lasts.
    Growing {
        /// By how much the backlog grows.
        growth: Rate,
        /// What it can do.
        capacity: Rate,
    },
}

/// A resource that keeps up: so many servers busy, so many orders waiting.
pub(crate) fn steady_resource(servers: f64, busy: f64, waiting: f64, residence: Residence) -> ResourceState {
    ResourceState::Steady {
        utilization: Utilization::from_share(busy / servers),
        in_service: busy,
        waiting,
        residence,
    }
}

/// What one visit to a resource takes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Residence {
    /// Standing in line.
    pub waiting: Time,
    /// Being served.
    pub service: Time,
}

impl Residence {
    /// Both together.
    pub fn total(self) -> Time {
        self.waiting + self.service
    }
}

/// What becomes of the events of one asynchronous step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The step's index in the scenario.
    pub step: usize,
    /// Events arriving per second.
    pub arrival_rate: Rate,
    /// Whether the consumers keep up.
    pub state: EffectState,
    /// Deliveries per event.
    pub deliveries: f64,
    /// Effects that happen again although they had happened, per second, where consumers do not notice repetitions.
    pub duplicates: Rate,
    /// Events that end in the dead-letter queue, per second.
    pub dead_letters: Rate,
    /// Events that never have an effect, per second.
    pub lost: Rate,
    /// Where the topic has partitions: how the busiest consumer and the others are loaded.
    pub partitions: Option<PartitionLoad>,
}

/// How the consumers of a partitioned topic are loaded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartitionLoad {
    /// Consumers that have something to do.
    pub useful_consumers: u64,
    /// What is offered to the busiest consumer, in erlangs: it keeps up below one.
    pub busiest: OfferedLoad,
    /// What is offered to the idlest of the useful ones.
    pub idlest: OfferedLoad,
}

/// Whether the consumers of an event keep up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EffectState {
    /// They do.
    Stable {
        /// Mean time from the publication to the effect.
        staleness: Time,
        /// Events published and not yet handled, on average.
        lag: f64,
        /// How that time is spread.
        percentiles: Percentiles,
    },
    /// They do not: the lag grows, and with it the staleness.
    FallingBehind {
        /// By how much the lag grows.
        growth: Rate,
        /// Events that they can handle.
        capacity: Rate,
    },
}

/// What no load can exceed, from the operational laws, and the pool's true wall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The answer's time when nobody else is there (R₀).
    pub unloaded: Time,
    /// The largest demand per server (D max): one over it bounds the throughput.
    pub largest_demand: Time,
    /// Which resource has it: an index into [`Evaluation::resources`].
    pub bottleneck: usize,
    /// The throughput that the chain inside the pool really reaches with all workers busy, a little below 1 / D max.
    pub saturation_throughput: Rate,
    /// Where the asymptotes meet (N*), for a closed workload.
    pub knee: Option<f64>,
}

/// One point of the response-time curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// The load: users of a closed workload, orders per second of an open one.
    pub load: f64,
    /// Mean response time.
    pub response_time: Time,
    /// Orders answered per second.
    pub throughput: Rate,
}

/// One point of the curve of percentiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PercentilePoint {
    /// The load: users of a closed workload, orders per second of an open one.
    pub load: f64,
    /// Mean response time.
    pub response_time: Time,
    /// How it is spread.
    pub percentiles: Percentiles,
    /// Orders answered per second.
    pub throughput: Rate,
    /// Orders answered per second, successfully and before the client gives up.
    pub goodput: Rate,
}
