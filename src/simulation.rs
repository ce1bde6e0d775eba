//! The simulation: plays a scenario event by event, as a check on the theory and as the picture of what
//! happens.
//!
//! A run is a pure function of an [`Experiment`], whose scenario contains the seed: time in whole
//! nanoseconds, ties in the order of insertion, a named generator with one stream for each source of
//! randomness, and only arithmetic that is the same on every machine.
//!
//! ```
//! use waiting_line::{scenario::Scenario, simulation::{EndCondition, Experiment, Simulation}};
//! let shop = Scenario::online_shop();
//! let experiment = Experiment::new(&shop).with_end(EndCondition::Orders(20_000));
//! let mut run = Simulation::new(&experiment).expect("ten users are few");
//! run.run_to_end();
//! let report = run.report();
//! let response = report.response_time.expect("orders were answered");
//! assert!((response.value.seconds() - 1.05).abs() < 0.03, "1.05 s without any queue");
//! assert!(report.little.holds);
//! ```

mod clock;
mod engine;
mod experiment;
mod history;
mod in_flight;
mod playback;
mod random;
mod report;
mod scaling;
mod statistics;
mod trace;

pub use clock::{Instant, Span};
pub use engine::{Simulation, StopReason};
pub use experiment::{
    BreakerRule, BrokerRule, ClientRetries, Discipline, EndCondition, Experiment, ExperimentError, Fault,
    FaultKind, Jitter, Limits, LoadPattern, Patience, QueueRule, Redelivery, Replay, RetryBudget, StepRule,
    Tail,
};
pub use history::{Gauges, IntervalStats, StepGauges, StepIntervalStats};
pub use in_flight::{InFlightItem, Location};
pub use playback::Playback;
pub use report::{
    EffectReport, LittleCheck, OrderCounts, Percentiles, Report, StationReport, StepCounts, StepReport,
};
pub use scaling::{PermanentQueue, ScaledPool, ScaledSystem};
pub use statistics::confidence::Estimate;
pub use trace::{Recorder, Trace, TraceEvent, TraceRecord};

/// Returns a digest of the trace records of the first `events` events. It is equal on all machines on which
/// the runs are equal.
///
/// # Errors
/// Returns an error if the experiment needs more partitions than a run can hold.
///
/// ```
/// use waiting_line::{scenario::Scenario, simulation::{Experiment, trace_digest}};
/// let shop = Scenario::online_shop();
/// let other = Scenario { seed: shop.seed + 1, ..shop.clone() };
/// let digest = |scenario| trace_digest(&Experiment::new(scenario), 1_000).expect("ten users are few");
/// assert_eq!(digest(&shop), digest(&shop));
/// assert_ne!(digest(&shop), digest(&other));
/// ```
pub fn trace_digest(experiment: &Experiment<'_>, events: u64) -> Result<u64, ExperimentError> {
    let mut run = Simulation::new(experiment)?;
    run.recorder = Recorder::EMPTY_DIGEST;
    run.run(events);
    match run.recorder {
        Recorder::Digest(digest) => Ok(digest),
        _ => Ok(0),
    }
}
