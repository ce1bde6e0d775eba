//! The simulation: the same scenario played out, event by event, as the check on the theory and the picture of what
//! happens.
//!
//! A run is a pure function of an [`Experiment`], whose scenario bears the seed: whole nanoseconds, ties in the order
//! of insertion, a named generator with a stream for every source of chance, and only arithmetic that is the same on
//! every machine.
//!
//! ```
//! use waiting_line::{scenario::Scenario, sim::{Experiment, Simulation, Until}};
//! let shop = Scenario::online_shop();
//! let mut run = Simulation::new(&Experiment::new(&shop).until(Until::Orders(20_000))).expect("ten users are few");
//! run.finish();
//! let report = run.report();
//! let response = report.response_time.expect("orders were answered");
//! assert!((response.value.seconds() - 1.05).abs() < 0.03, "1.05 s without any queue");
//! assert!(report.little.holds);
//! ```

mod agenda;
mod area;
mod arrivals;
mod blueprint;
mod breaker;
mod broker;
mod chain;
mod client;
mod clock;
mod deadlines;
mod engine;
mod estimate;
mod experiment;
mod faults;
mod generator;
mod histogram;
mod history;
mod order;
mod report;
mod service;
mod slab;
mod slice;
mod snapshot;
mod station;
mod totals;
mod trace;
mod warm_up;
mod whereabouts;
mod work;

pub use clock::{Instant, Span};
pub use engine::{Simulation, Stop};
pub use estimate::Estimate;
pub use experiment::{
    BreakerRule, BrokerRule, ClientRetries, Discipline, Experiment, Fault, FaultKind, Jitter, Limits,
    Patience, Pattern, QueueRule, Redelivery, Replay, RetryBudget, StepRule, Until,
};
pub use history::{Gauges, StepGauges, StepStretch, Stretch};
pub use report::{
    EffectReport, Little, OrderCounts, Percentiles, Report, StationReport, StepCounts, StepReport,
};
pub use service::Tail;
pub use slice::{Held, Part, Slice, TooLarge};
pub use snapshot::Playback;
pub use trace::{Mark, Record, Recorder, Trace};
pub use whereabouts::{Place, Sighting};

/// A number that depends on every record of the first events of a run and on their order: equal on every machine on
/// which the runs are equal.
///
/// # Errors
/// When there are more partitions than can be played.
///
/// ```
/// use waiting_line::{scenario::Scenario, sim::{Experiment, trace_digest}};
/// let shop = Scenario::online_shop();
/// let other = Scenario { seed: shop.seed + 1, ..shop.clone() };
/// let digest = |scenario| trace_digest(&Experiment::new(scenario), 1_000).expect("ten users are few");
/// assert_eq!(digest(&shop), digest(&shop));
/// assert_ne!(digest(&shop), digest(&other));
/// ```
pub fn trace_digest(experiment: &Experiment<'_>, events: u64) -> Result<u64, TooLarge> {
    let mut run = Simulation::new(experiment)?;
    run.recorder = Recorder::DIGEST;
    run.run(events);
    match run.recorder {
        Recorder::Digest(digest) => Ok(digest),
        _ => Ok(0),
    }
}

/// The course of one order through a run: all that happened to the one with this correlation id, which are counted
/// from 1.
///
/// # Errors
/// When there are more partitions than can be played.
pub fn trace_order(experiment: &Experiment<'_>, number: u32) -> Result<Vec<Record>, TooLarge> {
    let mut run = Simulation::new(experiment)?;
    run.recorder = Recorder::Order { number, records: Vec::new() };
    while run.run(1_000).is_none() && !run.has_forgotten(number) {}
    match run.recorder {
        Recorder::Order { records, .. } => Ok(records),
        _ => Ok(Vec::new()),
    }
}
