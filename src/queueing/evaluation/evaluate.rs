//! The entry points of the theory: the evaluation of a scenario, and its curves over the load.

use super::results::{
    Bounds, Completion, CurvePoint, Effect, EffectState, Evaluation, Limit, Outcome, PercentilePoint,
    Residence, Resource, ResourceKind, ResourceState, RetryOutlook, SteadyOutcome, WorkPerOrder,
    steady_resource,
};
use crate::queueing::evaluation::distribution::TimeDistribution;
use crate::queueing::evaluation::effects::{ConsumerOutcome, Consumers};
use crate::queueing::evaluation::response;
use crate::queueing::evaluation::scenario_error::ScenarioError;
use crate::queueing::evaluation::system::{LoadState, System, SystemState};
use crate::queueing::stations::max_of_independent::moments_of_max;
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::queueing::stations::wait::Wait;
use crate::scenario::{Placement, Scenario, Workload};
use crate::units::{OfferedLoad, Probability, Rate, Time};

/// Evaluates a scenario: everything that the theory says of it at its load.
///
/// ```
/// use waiting_line::{queueing::{Outcome, evaluate}, scenario::Scenario};
/// let Outcome::Steady(steady) = evaluate(&Scenario::online_shop())?.outcome else { unreachable!() };
/// assert_eq!(steady.response_time.millis().round(), 1050.0);
/// assert_eq!(steady.percentiles.p99.millis().round(), 2804.0);
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
///
/// # Errors
/// If a value of the scenario has no meaning.
pub fn evaluate(scenario: &Scenario) -> Result<Evaluation, ScenarioError> {
    Ok(System::new(scenario)?.evaluation())
}

/// Returns mean response time and throughput at each of the loads: users of a closed workload, orders per
/// second of an open one. Loads without a steady state are left out. All loads share one convolution.
///
/// # Errors
///
/// If a value of the scenario has no meaning.
pub fn response_curve(scenario: &Scenario, loads: &[f64]) -> Result<Vec<CurvePoint>, ScenarioError> {
    let system = System::new(scenario)?;
    let point = |(load, _, state): (f64, Workload, SystemState)| CurvePoint {
        load,
        response_time: state.pool_wait() + state.holding_time(),
        throughput: state.throughput,
    };
    Ok(system.sweep(loads).map(point).collect())
}

/// Returns the curve with percentiles and goodput, which cost much more for each load than
/// [`response_curve`].
///
/// # Errors
///
/// If a value of the scenario has no meaning.
pub fn percentile_curve(scenario: &Scenario, loads: &[f64]) -> Result<Vec<PercentilePoint>, ScenarioError> {
    let system = System::new(scenario)?;
    let point = |(load, workload, state): (f64, Workload, SystemState)| {
        let distribution = response::distribution(&system, workload, &state, &system.waits(&state));
        let steady = system.steady(&state, &distribution);
        PercentilePoint {
            load,
            response_time: steady.response_time,
            percentiles: steady.percentiles,
            throughput: steady.throughput,
            goodput: steady.goodput,
        }
    };
    Ok(system.sweep(loads).map(point).collect())
}

impl System<'_> {
    /// Iterates over the loads that have a steady state.
    fn sweep(&self, loads: &[f64]) -> impl Iterator<Item = (f64, Workload, SystemState)> {
        loads.iter().filter_map(|&load| {
            let workload = self.scenario.workload.with_load(load);
            match self.solve(workload) {
                LoadState::Steady(state) => Some((load, workload, state)),
                LoadState::Idle | LoadState::Overloaded { .. } => None,
            }
        })
    }

    /// Returns the time for which the caller waits for the broker at the end.
    pub(crate) fn publishing(&self) -> Time {
        if self.scenario.publishes() { self.scenario.broker.publish_latency } else { Time::ZERO }
    }

    /// Returns the probability that all synchronous steps succeed.
    fn success(&self) -> Probability {
        let waited_for = self.groups.iter().flat_map(|group| &group.members);
        let successes: Vec<Probability> = waited_for.map(|&step| self.step_works[step].success).collect();
        crate::queueing::laws::availability::in_series(&successes)
    }

    fn steady(&self, state: &SystemState, distribution: &TimeDistribution) -> SteadyOutcome {
        let in_time = Probability::new(distribution.cdf(self.scenario.client.timeout.seconds()));
        SteadyOutcome {
            throughput: state.throughput,
            goodput: state.throughput * (in_time.value() * self.success().value()),
            response_time: state.pool_wait() + state.holding_time(),
            pool_wait: state.pool_wait(),
            percentiles: response::percentiles(distribution),
            in_time,
        }
    }

    fn evaluation(&self) -> Evaluation {
        let workload = self.scenario.workload;
        match self.solve(workload) {
            LoadState::Idle => {
                let state = SystemState::empty();
                self.combine(Outcome::Idle, None, &state, &self.waits(&state), None)
            }
            LoadState::Steady(state) => {
                let waits = self.waits(&state);
                let distribution = response::distribution(self, workload, &state, &waits);
                let outcome = Outcome::Steady(self.steady(&state, &distribution));
                self.combine(outcome, None, &state, &waits, Some(&distribution))
            }
            LoadState::Overloaded { arrival_rate, saturated } => {
                let growth = arrival_rate - self.saturation_throughput;
                let outcome =
                    Outcome::Overloaded { arrival_rate, capacity: self.saturation_throughput, growth };
                let pool = ResourceState::Growing { growth, capacity: self.saturation_throughput };
                self.combine(outcome, Some(pool), &saturated, &self.waits(&saturated), None)
            }
        }
    }

    /// Combines all parts of the evaluation in a state of the system; `pool` overrides the state of the
    /// worker pool.
    fn combine(
        &self,
        outcome: Outcome,
        pool: Option<ResourceState>,
        state: &SystemState,
        waits: &[Wait],
        distribution: Option<&TimeDistribution>,
    ) -> Evaluation {
        let workers = self.scenario.workers.as_f64();
        let unloaded = self.chain.unloaded();
        let residence = if state.throughput.is_zero() {
            Residence { waiting: Time::ZERO, service: unloaded }
        } else {
            Residence { waiting: state.pool_wait(), service: state.holding_time() }
        };
        let pool = pool.unwrap_or_else(|| steady_resource(workers, state.busy, state.queue, residence));
        let offered = match outcome {
            Outcome::Overloaded { arrival_rate, .. } => arrival_rate * unloaded,
            Outcome::Idle | Outcome::Steady(_) => OfferedLoad::from_erlangs(state.busy),
        };
        let mut resources = vec![Resource {
            kind: ResourceKind::ApiPool,
            servers: self.scenario.workers.count(),
            demand: unloaded,
            offered,
            state: pool,
        }];
        let mut effects = Vec::new();
        for step in 0..self.step_works.len() {
            let (resource, effect) = self.step(step, state.throughput, waits);
            resources.push(resource);
            effects.extend(effect);
        }
        let synchronization_delays = self.synchronization_delays(state, waits);
        let groups = self.groups.iter().map(|group| {
            let own = group
                .representative
                .map_or(Time::ZERO, |(step, place)| waits[place].mean_time() + self.step_works[step].demand);
            own + group.join.map_or(Time::ZERO, |join| synchronization_delays[join]) + group.delay
        });
        Evaluation {
            engine: self.engine(),
            outcome,
            distribution: distribution.map(response::to_curve),
            groups: groups.collect(),
            completion: self.completion(&outcome, &effects),
            bounds: self.bounds(),
            limits: self.limits(),
            work: self.work(),
            retries: self.retries(),
            success: self.success(),
            resources,
            effects,
        }
    }

    /// Returns one step as a resource, and the effect of its events if it is asynchronous.
    fn step(&self, step: usize, throughput: Rate, waits: &[Wait]) -> (Resource, Option<Effect>) {
        let work = &self.step_works[step];
        let resource = |kind, state| Resource {
            kind,
            servers: work.servers.count(),
            demand: work.demand,
            offered: throughput * work.demand,
            state,
        };
        if self.scenario.steps[step].placement == Placement::Async {
            let ConsumerOutcome { resource: state, effect } = self.consumers(step, throughput).outcome();
            return (resource(ResourceKind::Consumers(step), state), Some(effect));
        }
        let representative =
            self.groups.iter().filter_map(|group| group.representative).find(|(own, _)| *own == step);
        let waiting = match representative {
            Some((_, place)) => waits[place].mean_time(),
            None => self.parallel_wait(step, throughput),
        };
        let residence = Residence { waiting, service: work.demand };
        let busy = throughput.value() * work.demand.seconds();
        let state =
            steady_resource(work.servers.as_f64(), busy, throughput.value() * waiting.seconds(), residence);
        (resource(ResourceKind::Step(step), state), None)
    }

    pub(crate) fn consumers(&self, step: usize, events: Rate) -> Consumers<'_> {
        Consumers { step, work: &self.step_works[step], broker: &self.scenario.broker, events }
    }

    /// Returns the mean wait at a parallel step that does not represent its group.
    fn parallel_wait(&self, step: usize, throughput: Rate) -> Time {
        let work = &self.step_works[step];
        crate::queueing::evaluation::system::station(work)
            .steady_state(throughput)
            .map_or(Time::ZERO, |steady| steady.waiting_time)
    }

    /// Returns the time at which the last effect of an order is done: the effects run in parallel after the
    /// answer.
    fn completion(&self, outcome: &Outcome, effects: &[Effect]) -> Completion {
        let answered = match outcome {
            Outcome::Overloaded { .. } => return Completion::Unbounded,
            Outcome::Idle => self.chain.unloaded(),
            Outcome::Steady(steady) => steady.response_time,
        };
        if effects.is_empty() {
            return Completion::WithAnswer;
        }
        let mut laws = Vec::new();
        for effect in effects {
            let EffectState::Stable { staleness, .. } = effect.state else { return Completion::Unbounded };
            let squared = self.step_works[effect.step].visit_variability.squared();
            laws.push(ServiceTimeLaw::fit(0.0, staleness.seconds(), squared).into());
        }
        Completion::After(answered + Time::from_seconds(moments_of_max(&laws).0))
    }

    fn bounds(&self) -> Bounds {
        let unloaded = self.chain.unloaded();
        let mut largest = (0, unloaded / self.scenario.workers.as_f64());
        for &step in self.groups.iter().flat_map(|group| &group.members) {
            let demand = self.step_works[step].demand_per_server();
            if demand > largest.1 {
                largest = (step + 1, demand);
            }
        }
        let knee = match self.scenario.workload {
            Workload::Closed { think_time, .. } => {
                Some(crate::queueing::laws::bounds::knee(unloaded, think_time, largest.1))
            }
            Workload::Open { .. } => None,
        };
        Bounds {
            unloaded,
            largest_demand: largest.1,
            bottleneck: largest.0,
            saturation_throughput: self.saturation_throughput,
            knee,
        }
    }

    /// Returns the capacity of each resource, in ascending order.
    fn limits(&self) -> Vec<Limit> {
        let pool = self.scenario.workers.as_f64() / self.chain.unloaded().seconds();
        let mut limits = vec![Limit { resource: 0, capacity: Rate::per_second(pool) }];
        for (step, work) in self.step_works.iter().enumerate() {
            let capacity = if self.scenario.steps[step].placement == Placement::Async {
                self.consumers(step, Rate::ZERO).capacity()
            } else {
                (!work.demand.is_zero()).then(|| Rate::per_second(1.0 / work.demand_per_server().seconds()))
            };
            limits.extend(capacity.map(|capacity| Limit { resource: step + 1, capacity }));
        }
        limits.sort_by(|a, b| a.capacity.value().total_cmp(&b.capacity.value()));
        limits
    }

    fn work(&self) -> WorkPerOrder {
        let sum = |waited_for: bool| {
            let steps = self.scenario.steps.iter().zip(&self.step_works);
            steps
                .filter(|(step, _)| step.placement.blocks_caller() == waited_for)
                .map(|(_, work)| work.demand)
                .sum()
        };
        let waits =
            self.scenario.steps.iter().filter(|step| step.placement == Placement::PublishAndWait).count();
        let publishing = self.publishing() + self.scenario.broker.publish_latency * waits as f64;
        WorkPerOrder { before: sum(true), publishing, after: sum(false) }
    }

    /// Returns the outlook of the synchronous steps whose attempts can fail.
    fn retries(&self) -> Vec<RetryOutlook> {
        let outlook = |(index, work): (usize, &crate::queueing::evaluation::step_work::StepWork)| {
            let step = &self.scenario.steps[index];
            let error = work.success.complement();
            let can_fail = step.attempts.timeout.is_some() || error.value() > 0.0 || work.visits > 1.0;
            if step.placement == Placement::Async || !can_fail {
                return None;
            }
            Some(RetryOutlook { step: index, amplification: work.visits, error })
        };
        self.step_works.iter().enumerate().filter_map(outlook).collect()
    }
}

#[cfg(test)]
mod tests;
