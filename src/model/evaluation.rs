//! What the model says of a scenario.

use crate::units::{OfferedLoad, Rate, Time, Utilization};

/// Everything that the model says of one scenario at its load.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// How the figures were computed.
    pub engine: Engine,
    /// Response time and throughput, or why there are none.
    pub outcome: Outcome,
    /// Every resource: the API workers first, then each step in the order of the scenario.
    pub resources: Vec<Resource>,
    /// What each group of steps takes that the caller waits for, in the order of
    /// [`crate::scenario::Scenario::synchronous_groups`]. With the wait for a worker before them and the publishing after
    /// them they add up to the response time.
    pub groups: Vec<Time>,
    /// What happens to the published events: one for each asynchronous step, in the order of the scenario.
    pub effects: Vec<Effect>,
    /// What no load can exceed.
    pub bounds: Bounds,
}

/// How the figures were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
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
    Steady(Steady),
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
}

/// The steady state, in means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steady {
    /// Orders answered per second.
    pub throughput: Rate,
    /// From an order to its answer: the wait for a worker, the waits and the work of every synchronous step, and publishing.
    pub response_time: Time,
    /// The wait for an API worker, which comes first.
    pub pool_wait: Time,
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
}

/// Whether the consumers of an event keep up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EffectState {
    /// They do.
    Keeping {
        /// Mean time from the publication to the effect.
        staleness: Time,
        /// Events published and not yet handled, on average.
        lag: f64,
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
    pub wall: Rate,
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
