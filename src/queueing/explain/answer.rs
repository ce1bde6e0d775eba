//! Explanations of the values before the answer: response time, throughput and their bounds.

use super::{Accuracy, ExplainedValue, Explainer, number, rate, time};
use crate::queueing::evaluation::{Completion, Effect, EffectState, Outcome, ResourceState, SolutionMethod};
use crate::queueing::explain::Law;
use crate::scenario::Workload;
use crate::units::format::{self, percent, significant};
use crate::units::{Probability, Rate};

impl Explainer<'_> {
    pub(super) fn unloaded(&self) -> (Law, String, Accuracy) {
        let steps = |group: &Vec<usize>| {
            let times: Vec<String> =
                group.iter().map(|&step| time(self.evaluation.resources[step + 1].demand)).collect();
            if times.len() > 1 { format!("E max({})", times.join(", ")) } else { times.concat() }
        };
        let mut parts: Vec<String> = self.scenario.synchronous_groups().iter().map(steps).collect();
        let publishing = self.evaluation.work.publishing;
        if !publishing.is_zero() {
            parts.push(time(publishing));
        }
        let formula = format!("R₀ = {} = {}", parts.join(" + "), time(self.evaluation.bounds.unloaded));
        let any_parallel = self.scenario.synchronous_groups().iter().any(|group| group.len() > 1);
        (if any_parallel { Law::SlowestOfGroup } else { Law::SumOfSteps }, formula, Accuracy::Exact)
    }

    pub(super) fn response_time(&self) -> Option<(Law, String, Accuracy)> {
        let steady = self.steady()?;
        let (throughput, response) = (rate(steady.throughput), time(steady.response_time));
        let (law, formula) = match self.scenario.workload {
            Workload::Closed { users, think_time } => (
                Law::ResponseTime,
                format!(
                    "R = N / X − Z = {} / {throughput} − {} = {response}",
                    format::count(users.count()),
                    time(think_time)
                ),
            ),
            Workload::Open { .. } => {
                let inside = steady.response_time - steady.pool_wait;
                (
                    Law::SumOfSteps,
                    format!("R = W + R₁ = {} + {} = {response}", time(steady.pool_wait), time(inside)),
                )
            }
        };
        Some((law, formula, self.chain_accuracy()))
    }

    pub(super) fn queueing_time(&self) -> Option<(Law, String, Accuracy)> {
        let (response, work) = (self.steady()?.response_time, self.evaluation.bounds.unloaded);
        let formula = format!("R − R₀ = {} − {} = {}", time(response), time(work), time(response - work));
        Some((Law::SumOfSteps, formula, self.chain_accuracy()))
    }

    pub(super) fn timeout_exceeded(&self) -> Option<(Law, String, Accuracy)> {
        let (law, formula, accuracy) = self.response_time()?;
        Some((
            law,
            format!("{formula} > {}", format::configured_time(self.scenario.client.timeout)),
            accuracy,
        ))
    }

    /// Explains why a value is unbounded by the queue that grows, if one does.
    pub(super) fn explain_unbounded(&self, value: ExplainedValue) -> Option<(Law, String, Accuracy)> {
        let falls_behind = |effect: &&Effect| matches!(effect.state, EffectState::FallingBehind { .. });
        let mut lagging = self.evaluation.effects.iter().filter(falls_behind);
        let effect = match value {
            ExplainedValue::Completion => lagging.next(),
            ExplainedValue::Waiting(index) | ExplainedValue::WaitingTime(index) => {
                lagging.find(|effect| effect.step + 1 == index)
            }
            ExplainedValue::ResponseTime
            | ExplainedValue::QueueingTime
            | ExplainedValue::TimeoutExceeded
            | ExplainedValue::Percentiles
            | ExplainedValue::TailRatio
            | ExplainedValue::ShareWithin(_)
            | ExplainedValue::PoolWait => None,
            _ => return None,
        };
        let (law, formula, accuracy) =
            effect.map_or_else(|| self.growth(), |effect| self.staleness(effect))?;
        Some((law, format!("no end, for the line grows: {formula} > 0"), accuracy))
    }

    pub(super) fn tail_ratio(&self) -> Option<(Law, String, Accuracy)> {
        let p = self.steady()?.percentiles;
        let ratio = significant(p.p95 / p.p50, 2);
        let formula = format!("p95 / p50 = {} / {} = {ratio}", time(p.p95), time(p.p50));
        Some((Law::Ratio, formula, self.percentile_accuracy()))
    }

    pub(super) fn percentiles(&self) -> Option<(Law, String, Accuracy)> {
        let p = self.steady()?.percentiles;
        let formula = format!(
            "P(R ≤ {}) = 50 %, P(R ≤ {}) = 95 %, P(R ≤ {}) = 99 %",
            time(p.p50),
            time(p.p95),
            time(p.p99)
        );
        Some((Law::SumOfDistributions, formula, self.percentile_accuracy()))
    }

    pub(super) fn share_within(&self, index: usize) -> Option<(Law, String, Accuracy)> {
        let steady = self.steady()?;
        let point = self.evaluation.distribution.as_ref()?.points.get(index)?;
        let (at, share) = (time(point.time), percent(point.cumulative.value()));
        let formula = format!("P(W + Σ (Wᵢ + Sᵢ) ≤ {at}) = {share}, mean R = {}", time(steady.response_time));
        Some((Law::SumOfDistributions, formula, self.percentile_accuracy()))
    }

    pub(super) fn pool_wait(&self) -> Option<(Law, String, Accuracy)> {
        let steady = self.steady()?;
        let ResourceState::Steady { waiting, .. } = self.evaluation.resources[0].state else { return None };
        let formula = format!(
            "W = L / X = {} / {} = {}",
            number(waiting),
            rate(steady.throughput),
            time(steady.pool_wait)
        );
        let accuracy = match self.chain_accuracy() {
            Accuracy::Approximation { .. } if waiting > 0.0 => Accuracy::Approximation { error: 0.18 },
            accuracy => accuracy,
        };
        Some((Law::Little, formula, accuracy))
    }

    pub(super) fn throughput(&self) -> Option<(Law, String, Accuracy)> {
        let throughput = self.evaluation.outcome.throughput();
        match (self.scenario.workload, self.steady()) {
            (Workload::Closed { users, think_time }, Some(steady)) => {
                let (users, response) = (format::count(users.count()), time(steady.response_time));
                let formula = format!(
                    "X = N / (R + Z) = {users} / ({response} + {}) = {}",
                    time(think_time),
                    rate(throughput)
                );
                let law = match self.evaluation.engine {
                    SolutionMethod::FixedPopulationMean => Law::FixedPopulationMean,
                    _ => Law::WorkerPool,
                };
                Some((law, formula, self.chain_accuracy()))
            }
            (Workload::Open { .. }, Some(_)) => {
                Some((Law::FlowBalance, format!("X = λ = {}", rate(throughput)), Accuracy::Exact))
            }
            (_, None) if throughput.is_zero() => None,
            (_, None) => Some(self.saturation_throughput()),
        }
    }

    pub(super) fn goodput(&self) -> Option<(Law, String, Accuracy)> {
        if let Outcome::Overloaded { growth, .. } = self.evaluation.outcome {
            let timeout = time(self.scenario.client.timeout);
            let formula = format!("P(R ≤ {timeout}) = 0 in the end, for the line grows by {}", rate(growth));
            return Some((Law::FlowBalance, formula, self.chain_accuracy()));
        }
        let steady = self.steady()?;
        let formula = format!(
            "X · P(R ≤ {}) · P = {} · {} · {} = {}",
            time(self.scenario.client.timeout),
            rate(steady.throughput),
            percent(steady.in_time.value()),
            percent(self.evaluation.success.value()),
            rate(steady.goodput),
        );
        Some((Law::SumOfDistributions, formula, self.percentile_accuracy()))
    }

    pub(super) fn growth(&self) -> Option<(Law, String, Accuracy)> {
        let Outcome::Overloaded { arrival_rate, capacity, growth } = self.evaluation.outcome else {
            return None;
        };
        let formula = format!("λ − X = {} − {} = {}", rate(arrival_rate), rate(capacity), rate(growth));
        Some((Law::FlowBalance, formula, self.chain_accuracy()))
    }

    pub(super) fn knee(&self) -> Option<(Law, String, Accuracy)> {
        let Workload::Closed { think_time, .. } = self.scenario.workload else {
            let formula =
                "N* = (R₀ + Z) / D is a number of users; orders that come by themselves have none".to_owned();
            return Some((Law::AsymptoticBounds, formula, Accuracy::Exact));
        };
        let bounds = self.evaluation.bounds;
        let formula = format!(
            "N* = (R₀ + Z) / D = ({} + {}) / {} = {}",
            time(bounds.unloaded),
            time(think_time),
            time(bounds.largest_demand),
            number(bounds.knee?),
        );
        Some((Law::AsymptoticBounds, formula, Accuracy::Exact))
    }

    pub(super) fn saturation_throughput(&self) -> (Law, String, Accuracy) {
        let bounds = self.evaluation.bounds;
        let bound = Rate::per_second(1.0 / bounds.largest_demand.seconds());
        let workers = format::count(self.scenario.workers.count());
        let formula =
            format!("X({workers}) = {} ≤ 1 / D = {}", rate(bounds.saturation_throughput), rate(bound));
        (Law::WorkerPool, formula, self.chain_accuracy())
    }

    pub(super) fn completion(&self) -> Option<(Law, String, Accuracy)> {
        let completed = match self.evaluation.completion {
            Completion::WithAnswer => return self.response_time(),
            Completion::After(completed) => completed,
            Completion::Unbounded => return None,
        };
        let answered = self.steady()?.response_time;
        let formula =
            format!("R + E max = {} + {} = {}", time(answered), time(completed - answered), time(completed));
        Some((Law::SlowestOfGroup, formula, Accuracy::Approximation { error: 0.11 }))
    }

    pub(super) fn work(&self) -> (Law, String, Accuracy) {
        let work = self.evaluation.work;
        let formula = format!(
            "Σ D = {} + {} + {} = {}",
            time(work.before),
            time(work.publishing),
            time(work.after),
            time(work.total())
        );
        (Law::SumOfSteps, formula, Accuracy::Exact)
    }

    pub(super) fn amplification(&self, index: usize) -> Option<(Law, String, Accuracy)> {
        let outlook = self.evaluation.retries.get(index)?;
        let retries = self.scenario.steps[outlook.step].attempts.retries;
        let failure = failure_of_one_attempt(outlook.error, retries);
        let formula = format!(
            "A = 1 + p + … + p^{retries} = {}, p = {}",
            significant(outlook.amplification, 4),
            percent(failure)
        );
        Some((Law::Retries, formula, Accuracy::Assumption))
    }

    pub(super) fn success(&self) -> (Law, String, Accuracy) {
        let formula = format!("Π (1 − p^(r+1)) = {}", percent(self.evaluation.success.value()));
        (Law::SeriesAvailability, formula, Accuracy::Assumption)
    }
}

/// Returns the failure probability of one attempt, from that of all attempts.
fn failure_of_one_attempt(error: Probability, retries: u8) -> f64 {
    error.value().powf(1.0 / (f64::from(retries) + 1.0))
}
