//! An experiment compiled for the engine: whole nanoseconds, indices, distributions.

use super::breaker::CircuitBreaker;
use crate::scenario::{Attempts, Placement, Workload};
use crate::simulation::clock::{Instant, Span};
use crate::simulation::experiment::{
    ClientRetries, EndCondition, Experiment, ExperimentError, Fault, Jitter, Limits, Patience, QueueRule,
    Redelivery, Replay,
};
use crate::simulation::random::arrivals::LoadProfile;
use crate::simulation::random::service_time::ServiceTimeDistribution;
use crate::simulation::scaling::{ScaledPool, ScaledSystem};
use crate::simulation::statistics::counters::CounterHistory;
use crate::units::Time;

/// The immutable input of a run.
#[derive(Debug, Clone)]
pub(crate) struct CompiledExperiment {
    pub(crate) seed: u32,
    pub(crate) scaled_system: ScaledSystem,
    pub(crate) end_condition: EndCondition,
    /// [`Instant::NEVER`] without an end time.
    pub(crate) end_time: Instant,
    pub(crate) limits: Limits,
    pub(crate) source: ArrivalSource,
    pub(crate) load: LoadProfile,
    pub(crate) timeout: Span,
    /// `None` for clients with infinite patience.
    pub(crate) retries: Option<RetryPolicy>,
    pub(crate) cancels_abandoned_work: bool,
    pub(crate) idempotency_key: bool,
    pub(crate) workers: u32,
    pub(crate) pool: QueueConfig,
    pub(crate) steps: Vec<StepConfig>,
    /// Step indices, ordered by the groups that run side by side; `group_ends` holds the end of each group.
    pub(crate) group_steps: Vec<u8>,
    pub(crate) group_ends: Vec<usize>,
    pub(crate) async_steps: Vec<u8>,
    pub(crate) broker: BrokerConfig,
    pub(crate) faults: Vec<Fault>,
    pub(crate) replays: Vec<Replay>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum ArrivalSource {
    /// Number of users and mean think time in nanoseconds.
    Closed { users: u32, think: f64 },
    /// Arrivals per nanosecond.
    Open { rate: f64 },
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RetryPolicy {
    pub(crate) max_retries: u8,
    pub(crate) backoff: Span,
    pub(crate) jitter: Jitter,
    /// Earned by each first attempt, and the most that can be saved, both in thousandths of a retry.
    pub(crate) budget: Option<(u64, u64)>,
}

impl RetryPolicy {
    /// Returns the backoff after an attempt, without jitter: it doubles with each attempt.
    pub(crate) fn backoff_after(self, attempt: u8) -> Span {
        let doublings = u32::from(attempt.saturating_sub(1));
        Span::from_nanos(self.backoff.nanos().saturating_mul(1 << doublings.min(40)))
    }

    fn from_client_rule(rule: ClientRetries) -> Self {
        let budget = rule.budget.map(|budget| {
            ((budget.share.value() * 1e3).round() as u64, u64::from(budget.reserve) * Self::COST)
        });
        Self {
            max_retries: rule.retries.min(Attempts::MAX_RETRIES),
            backoff: Span::of(rule.backoff),
            jitter: rule.jitter,
            budget,
        }
    }

    /// Cost of a retry in the unit of the budget.
    pub(crate) const COST: u64 = 1_000;
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct QueueConfig {
    pub(crate) rule: QueueRule,
    pub(crate) capacity: u32,
    pub(crate) shed_after: Option<Span>,
}

impl QueueConfig {
    fn new(rule: QueueRule, scaled_system: &ScaledSystem) -> Self {
        Self {
            rule,
            capacity: rule.capacity.map_or(u32::MAX, |capacity| scaled_system.scale_down(capacity.into())),
            shed_after: rule.shed_after.map(Span::of),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct StepConfig {
    pub(crate) service_time: ServiceTimeDistribution,
    pub(crate) failure: f64,
    pub(crate) timeout: Option<Span>,
    pub(crate) retries: RetryPolicy,
    /// `true` for steps whose calls go through the broker.
    pub(crate) uses_broker: bool,
    /// A step has one station with all its servers, or one for each consumer of a partitioned topic.
    pub(crate) first_station: u32,
    pub(crate) stations: u32,
    pub(crate) servers: u32,
    pub(crate) queue: QueueConfig,
    pub(crate) bulkhead: u32,
    pub(crate) breaker: Option<CircuitBreaker>,
    pub(crate) idempotent: bool,
    pub(crate) keeps_dead_letters: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct BrokerConfig {
    pub(crate) publish_latency: Span,
    pub(crate) delivery_latency: Span,
    pub(crate) uses_outbox: bool,
    pub(crate) redelivery: Redelivery,
    pub(crate) partitions: u32,
    pub(crate) hot_key_share: f64,
    pub(crate) max_deliveries: u8,
    pub(crate) acknowledgement_loss: f64,
}

impl CompiledExperiment {
    /// Limit on the stations of all steps together.
    const MAX_STATIONS: u64 = 50_000;

    /// Compiles an experiment.
    ///
    /// # Errors
    /// Returns an error if the experiment needs more partitions than a run can hold.
    pub(crate) fn new(experiment: &Experiment<'_>) -> Result<Self, ExperimentError> {
        let scenario = experiment.scenario;
        let scaled_system = ScaledSystem::new(experiment);
        let steps = compile_steps(experiment, &scaled_system)?;
        let groups = scenario.synchronous_groups();
        let retries = match experiment.patience {
            Patience::Infinite => None,
            Patience::Limited(rule) => Some(RetryPolicy::from_client_rule(rule)),
        };
        let Limits { events, in_flight } = experiment.limits;
        Ok(Self {
            seed: scenario.seed,
            end_condition: experiment.end,
            end_time: match experiment.end {
                EndCondition::Time(time) => Instant::at(time),
                EndCondition::Orders(_) => Instant::NEVER,
            },
            limits: Limits { events, in_flight: in_flight.min(Limits::MAX_IN_FLIGHT) },
            source: match scenario.workload {
                Workload::Closed { think_time, .. } => {
                    ArrivalSource::Closed { users: scaled_system.users, think: think_time.seconds() * 1e9 }
                }
                Workload::Open { arrival_rate } => {
                    ArrivalSource::Open { rate: arrival_rate.value() / scaled_system.divisor as f64 / 1e9 }
                }
            },
            load: LoadProfile::new(experiment.pattern),
            timeout: Span::of(scenario.client.timeout),
            retries,
            cancels_abandoned_work: experiment.cancels_abandoned_work,
            idempotency_key: experiment.idempotency_key,
            workers: scaled_system.workers.simulated,
            pool: QueueConfig::new(experiment.pool, &scaled_system),
            steps,
            group_ends: groups
                .iter()
                .scan(0, |end, group| {
                    *end += group.len();
                    Some(*end)
                })
                .collect(),
            group_steps: groups.into_iter().flatten().map(|step| step as u8).collect(),
            async_steps: (0..scenario.steps.len())
                .filter(|&step| !scenario.steps[step].placement.blocks_caller())
                .map(|step| step as u8)
                .collect(),
            broker: BrokerConfig {
                publish_latency: Span::of(scenario.broker.publish_latency),
                delivery_latency: Span::of(experiment.broker.delivery_latency),
                uses_outbox: experiment.broker.outbox,
                redelivery: experiment.broker.redelivery,
                partitions: scaled_system.partitions,
                hot_key_share: scenario.broker.hot_key_share.value(),
                max_deliveries: scenario.broker.max_deliveries.max(1),
                acknowledgement_loss: scenario.broker.ack_loss.value(),
            },
            faults: experiment.faults.clone(),
            replays: experiment.replays.clone(),
            scaled_system,
        })
    }

    /// Returns the range of a group in `group_steps`.
    pub(crate) fn group(&self, group: usize) -> std::ops::Range<usize> {
        let start = group.checked_sub(1).map_or(0, |before| self.group_ends[before]);
        start..self.group_ends[group]
    }

    /// Returns the initial spacing of the rows of the counter history.
    pub(crate) fn first_history_spacing(&self) -> Span {
        match self.end_condition {
            EndCondition::Time(time) => {
                Span::from_nanos(Span::of(time).nanos().div_ceil(CounterHistory::ROWS as u64))
            }
            EndCondition::Orders(_) => Span::of(Time::from_millis(1.0)),
        }
    }
}

fn compile_steps(
    experiment: &Experiment<'_>,
    scaled_system: &ScaledSystem,
) -> Result<Vec<StepConfig>, ExperimentError> {
    let mut stations = 0_u64;
    let mut configs = Vec::with_capacity(experiment.scenario.steps.len());
    for (index, step) in experiment.scenario.steps.iter().enumerate() {
        let rule = experiment.steps.get(index).copied().unwrap_or_default();
        let ScaledPool { simulated: servers, service_time_factor, .. } = scaled_system.steps[index];
        let uses_broker = matches!(step.placement, Placement::Async | Placement::PublishAndWait);
        let is_partitioned = uses_broker && scaled_system.partitions > 0;
        let count = if is_partitioned { servers.min(scaled_system.partitions) } else { 1 };
        configs.push(StepConfig {
            service_time: ServiceTimeDistribution::new(
                step.service_time * service_time_factor,
                step.variability,
                rule.tail,
            ),
            failure: step.attempts.failure.value(),
            timeout: step.attempts.timeout.map(Span::of),
            retries: RetryPolicy {
                max_retries: step.attempts.retries.min(Attempts::MAX_RETRIES),
                backoff: Span::of(step.attempts.backoff),
                jitter: rule.jitter,
                budget: None,
            },
            uses_broker,
            first_station: stations as u32,
            stations: count,
            servers: if is_partitioned { 1 } else { servers },
            queue: QueueConfig::new(rule.queue, scaled_system),
            bulkhead: rule.bulkhead.map_or(u32::MAX, |limit| scaled_system.scale_down(limit.into()).max(1)),
            breaker: rule.breaker.map(CircuitBreaker::new),
            idempotent: rule.idempotent,
            keeps_dead_letters: experiment.replays.iter().any(|replay| replay.step == index),
        });
        stations += u64::from(count);
    }
    if stations > CompiledExperiment::MAX_STATIONS {
        return Err(ExperimentError::TooManyPartitions {
            count: stations,
            limit: CompiledExperiment::MAX_STATIONS,
        });
    }
    Ok(configs)
}
