//! Where a figure comes from, and how far it may be trusted.
//!
//! Every figure of an [`Evaluation`] can be asked: [`explain`] answers with the law, the formula with the current values in it,
//! its source, and a mark of trust. Where a line grows, a figure has no end, and the answer says by how much it grows.

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

/// How far a figure may be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Accuracy {
    /// It follows from the scenario without any approximation.
    Exact,
    /// It comes from an approximation, which differs from the truth by up to this share of it.
    Approximation {
        /// The largest error known from simulations and exact solutions, as a share.
        error: f64,
    },
    /// It rests on something that is assumed and not computed.
    Assumption,
    /// It was measured in a simulated run: the truth lies within the margin in 95 of 100 runs.
    Measured,
}

/// A figure of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainedValue {
    /// The response time when nobody else is there.
    Unloaded,
    /// The mean response time.
    ResponseTime,
    /// What of the mean response time is spent in line, for a worker or at a step.
    QueueingTime,
    /// That the mean response time is longer than clients wait.
    TimeoutExceeded,
    /// The percentiles of the response time.
    Percentiles,
    /// How many times the median the 95th percentile is.
    TailRatio,
    /// The share of the answers that come within the time of the point of this index in [`Evaluation::distribution`].
    ShareWithin(usize),
    /// The wait for an API worker.
    PoolWait,
    /// Orders answered per second.
    Throughput,
    /// Orders answered in time and successfully.
    Goodput,
    /// By how much the line of unanswered orders grows.
    Growth,
    /// The knee.
    Knee,
    /// The throughput with all workers busy.
    SaturationThroughput,
    /// What the resource of this index can carry.
    Limit(usize),
    /// How long one order holds the resource of this index.
    Demand(usize),
    /// The utilization of the resource of this index.
    Utilization(usize),
    /// The orders in service at the resource of this index.
    InService(usize),
    /// The orders waiting for the resource of this index.
    Waiting(usize),
    /// The wait at the resource of this index.
    WaitingTime(usize),
    /// The staleness of the effect of this index, or by how much it falls behind.
    Staleness(usize),
    /// The lag of the effect of this index.
    Lag(usize),
    /// Deliveries per event of the effect of this index.
    Deliveries(usize),
    /// When everything that an order sets off is done.
    Completion,
    /// The work that one order makes.
    Work,
    /// Attempts per order at the entry of this index in [`Evaluation::retries`].
    Amplification(usize),
    /// How often every step succeeds that the caller waits for.
    Success,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// The law.
    pub law: Law,
    /// The formula with the current values in it.
    pub formula: String,
    /// How far the result may be trusted.
    pub accuracy: Accuracy,
}

/// Where a figure of a scenario's evaluation comes from; `None` where there is no such figure in that state.
///
/// ```
/// use waiting_line::{queueing::{evaluate, explain::{ExplainedValue, Accuracy, explain}}, scenario::Scenario};
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

/// A time as it stands in a formula: to three digits at least. What is shorter than a nanosecond counts as nothing.
fn time(time: Time) -> String {
    match time.millis() {
        millis if millis < 1e-6 => format::time(Time::ZERO),
        millis if millis < 99.95 => format!("{} ms", significant(millis, 3)),
        _ => format::time(time),
    }
}

fn rate(rate: Rate) -> String {
    format!("{}/s", format::fine_rate(rate))
}

/// A number as it stands in a formula. Less than a billionth, such as the line before servers that are hardly ever all busy, counts as
/// nothing.
fn number(number: f64) -> String {
    match number {
        _ if number < 1e-9 => significant(0.0, 1),
        _ if number < 999.5 => significant(number, 3),
        _ => format::compact(number),
    }
}
