//! Explanations of values: the law a value follows from, and its accuracy.
//!
//! Every value of an [`Evaluation`] can be explained: [`explain`] returns the law, the formula with the
//! current values in it, its source, and its accuracy. A value that is unbounded because a queue grows is
//! explained by the growth.

mod accuracy;
mod answer;
mod law;
mod moment;
mod resource;
#[cfg(test)]
mod tests;

use crate::queueing::evaluation::{Effect, Evaluation, Outcome, Resource, SteadyOutcome};
use crate::scenario::Scenario;
use crate::units::format::{self, significant};
use crate::units::{Rate, Time};

pub use law::Law;
pub use moment::{explain_catching_up, explain_change, explain_moment, explain_run};

/// The accuracy of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Accuracy {
    /// It follows from the scenario without any approximation.
    Exact,
    /// It comes from an approximation, which differs from the truth by up to `error`.
    Approximation {
        /// The largest error known from simulations and exact solutions, relative to the value.
        error: f64,
    },
    /// It rests on an assumption.
    Assumption,
    /// It was measured in a simulated run: the truth lies within the margin in 95 of 100 runs.
    Measured,
}

/// A value of an evaluation that can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainedValue {
    /// The response time with nobody else there.
    Unloaded,
    /// The mean response time.
    ResponseTime,
    /// The part of the mean response time that is spent in queues.
    QueueingTime,
    /// The mean response time where it exceeds the client's timeout.
    TimeoutExceeded,
    Percentiles,
    /// The ratio of the 95th percentile to the median.
    TailRatio,
    /// The share of the answers within the time of the point at this index of [`Evaluation::distribution`].
    ShareWithin(usize),
    /// The mean wait for an API worker.
    PoolWait,
    Throughput,
    Goodput,
    /// The growth of the queue of unanswered orders.
    Growth,
    Knee,
    SaturationThroughput,
    /// The capacity of the resource at this index.
    Limit(usize),
    /// The demand of one order at the resource at this index.
    Demand(usize),
    /// The utilization of the resource at this index.
    Utilization(usize),
    /// The orders in service at the resource at this index.
    InService(usize),
    /// The orders waiting for the resource at this index.
    Waiting(usize),
    /// The mean wait at the resource at this index.
    WaitingTime(usize),
    /// The staleness of the effect at this index, or the growth of its lag.
    Staleness(usize),
    /// The lag of the effect at this index.
    Lag(usize),
    /// Deliveries per event of the effect at this index.
    Deliveries(usize),
    /// The time at which everything that an order causes is done.
    Completion,
    /// The work that one order makes.
    Work,
    /// Attempts per order, for the entry at this index of [`Evaluation::retries`].
    Amplification(usize),
    /// The probability that all synchronous steps succeed.
    Success,
}

/// The derivation of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    pub law: Law,
    /// The formula with the current values in it.
    pub formula: String,
    pub accuracy: Accuracy,
}

/// Explains a value of a scenario's evaluation; `None` if the evaluation has no such value.
///
/// ```
/// use waiting_line::queueing::{evaluate, explain::{ExplainedValue, Accuracy, explain}};
/// use waiting_line::scenario::Scenario;
/// let shop = Scenario::online_shop();
/// let knee = explain(&shop, &evaluate(&shop)?, ExplainedValue::Knee).unwrap();
/// assert_eq!(knee.formula, "N* = (R₀ + Z) / D = (1,050 ms + 1,000 ms) / 52.5 ms = 39.0");
/// assert_eq!(knee.accuracy, Accuracy::Exact);
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn explain(scenario: &Scenario, evaluation: &Evaluation, value: ExplainedValue) -> Option<Derivation> {
    Explainer { scenario, evaluation }.explain(value)
}

struct Explainer<'a> {
    scenario: &'a Scenario,
    evaluation: &'a Evaluation,
}

impl Explainer<'_> {
    fn explain(&self, value: ExplainedValue) -> Option<Derivation> {
        let (law, formula, accuracy) = self.derive(value).or_else(|| self.explain_unbounded(value))?;
        Some(Derivation { law, formula, accuracy })
    }

    fn derive(&self, value: ExplainedValue) -> Option<(Law, String, Accuracy)> {
        Some(match value {
            ExplainedValue::Unloaded => self.unloaded(),
            ExplainedValue::ResponseTime => self.response_time()?,
            ExplainedValue::QueueingTime => self.queueing_time()?,
            ExplainedValue::TimeoutExceeded => self.timeout_exceeded()?,
            ExplainedValue::Percentiles => self.percentiles()?,
            ExplainedValue::TailRatio => self.tail_ratio()?,
            ExplainedValue::ShareWithin(index) => self.share_within(index)?,
            ExplainedValue::PoolWait => self.pool_wait()?,
            ExplainedValue::Throughput => self.throughput()?,
            ExplainedValue::Goodput => self.goodput()?,
            ExplainedValue::Growth => self.growth()?,
            ExplainedValue::Knee => self.knee()?,
            ExplainedValue::SaturationThroughput => self.saturation_throughput(),
            ExplainedValue::Limit(index) => self.limit(self.resource(index)?)?,
            ExplainedValue::Demand(index) => self.demand(self.resource(index)?),
            ExplainedValue::Utilization(index) => self.utilization(self.resource(index)?),
            ExplainedValue::InService(index) => self.in_service(self.resource(index)?),
            ExplainedValue::Waiting(index) => self.waiting(self.resource(index)?)?,
            ExplainedValue::WaitingTime(index) => self.waiting_time(self.resource(index)?)?,
            ExplainedValue::Staleness(index) => self.staleness(self.effect(index)?)?,
            ExplainedValue::Lag(index) => self.lag(self.effect(index)?)?,
            ExplainedValue::Deliveries(index) => self.deliveries(self.effect(index)?),
            ExplainedValue::Completion => self.completion()?,
            ExplainedValue::Work => self.work(),
            ExplainedValue::Amplification(index) => self.amplification(index)?,
            ExplainedValue::Success => self.success(),
        })
    }

    fn steady(&self) -> Option<&SteadyOutcome> {
        match &self.evaluation.outcome {
            Outcome::Steady(steady) => Some(steady),
            Outcome::Idle | Outcome::Overloaded { .. } => None,
        }
    }

    fn resource(&self, index: usize) -> Option<&Resource> {
        self.evaluation.resources.get(index)
    }

    fn effect(&self, index: usize) -> Option<&Effect> {
        self.evaluation.effects.get(index)
    }
}

/// Formats a time for a formula, with at least three digits. Less than a nanosecond counts as zero.
fn time(time: Time) -> String {
    match time.millis() {
        millis if millis < 1e-6 => format::time(Time::ZERO),
        millis if millis < 99.95 => format!("{} ms", significant(millis, 3)),
        _ => format::time(time),
    }
}

fn rate(rate: Rate) -> String {
    format!("{}/s", format::precise_rate(rate))
}

/// Formats a number for a formula. Less than a billionth, such as the queue before servers that are hardly
/// ever all busy, counts as zero.
fn number(number: f64) -> String {
    match number {
        _ if number < 1e-9 => significant(0.0, 1),
        _ if number < 999.5 => significant(number, 3),
        _ => format::compact(number),
    }
}
