//! An experiment in the engine's own terms: whole numbers, indices, laws.

use super::arrivals::Load;
use super::breaker::Breaker;
use super::clock::{Instant, Span};
use super::experiment::{
    ClientRetries, Experiment, Fault, Jitter, Limits, Patience, QueueRule, Redelivery, Replay, Until,
};
use super::service::Law;
use super::slice::{Part, Slice, TooLarge};
use crate::scenario::{Attempts, Placement, Workload};
use crate::units::Time;

/// What the engine never changes.
#[derive(Debug, Clone)]
pub(super) struct Blueprint {
    pub(super) seed: u32,
    pub(super) slice: Slice,
    pub(super) until: Until,
    pub(super) end: Instant,
    pub(super) limits: Limits,
    pub(super) source: Source,
    pub(super) load: Load,
    pub(super) timeout: Span,
    pub(super) patience: Option<Retries>,
    pub(super) cancels: bool,
    pub(super) idempotency_key: bool,
    pub(super) workers: u32,
    pub(super) pool: Queue,
    pub(super) steps: Vec<StepPlan>,
    /// The steps in groups that run side by side; a group ends where the next begins.
    pub(super) group_steps: Vec<u8>,
    pub(super) group_ends: Vec<usize>,
    /// The steps that happen after the answer.
    pub(super) reactions: Vec<u8>,
    pub(super) broker: Carrier,
    pub(super) faults: Vec<Fault>,
    pub(super) replays: Vec<Replay>,
}

/// Who sends orders.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// So many users who think for so long, in nanoseconds.
    Closed { users: u32, think: f64 },
    /// So many orders per nanosecond.
    Open { rate: f64 },
}

/// How somebody tries again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Retries {
    pub(super) most: u8,
    pub(super) backoff: Span,
    pub(super) jitter: Jitter,
    /// What each first attempt earns and what can be saved up, in thousandths of a retry.
    pub(super) budget: Option<(u64, u64)>,
}

impl Retries {
    /// The wait before the retry after this attempt, without jitter: doubled each time.
    pub(super) fn wait(self, attempt: u8) -> Span {
        let doublings = u32::from(attempt.saturating_sub(1));
        Span::from_nanos(self.backoff.nanos().saturating_mul(1 << doublings.min(40)))
    }

    fn of_client(rule: ClientRetries) -> Self {
        let budget = rule.budget.map(|budget| {
            ((budget.share.value() * 1e3).round() as u64, u64::from(budget.reserve) * Self::RETRY)
        });
        Self {
            most: rule.retries.min(Attempts::MAX_RETRIES),
            backoff: Span::of(rule.backoff),
            jitter: rule.jitter,
            budget,
        }
    }

    /// What a retry costs.
    pub(super) const RETRY: u64 = 1_000;
}

/// How a line is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Queue {
    pub(super) rule: QueueRule,
    pub(super) room: u32,
    pub(super) shed_after: Option<Span>,
}

impl Queue {
    fn new(rule: QueueRule, slice: &Slice) -> Self {
        Self {
            rule,
            room: rule.room.map_or(u32::MAX, |room| slice.part(u64::from(room))),
            shed_after: rule.shed_after.map(Span::of),
        }
    }
}

/// A step.
#[derive(Debug, Clone)]
pub(super) struct StepPlan {
    pub(super) law: Law,
    pub(super) failure: f64,
    pub(super) timeout: Option<Span>,
    pub(super) retries: Retries,
    /// Whether its calls go through the broker.
    pub(super) carried: bool,
    /// Its stations: one with all its servers, or one for each consumer of a partitioned topic.
    pub(super) first_station: u32,
    pub(super) stations: u32,
    pub(super) servers: u32,
    pub(super) queue: Queue,
    pub(super) bulkhead: u32,
    pub(super) breaker: Option<Breaker>,
    pub(super) idempotent: bool,
    /// Whether its dead letters are kept for a replay.
    pub(super) keeps_dead: bool,
}

/// The broker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carrier {
    pub(super) publish: Span,
    pub(super) deliver: Span,
    pub(super) outbox: bool,
    pub(super) redelivery: Redelivery,
    pub(super) partitions: u32,
    pub(super) hot_key: f64,
    pub(super) deliveries: u8,
    pub(super) acknowledgement_loss: f64,
}

impl Blueprint {
    /// The most stations of all steps together.
    const MOST_STATIONS: u64 = 50_000;

    /// The experiment in the engine's terms.
    ///
    /// # Errors
    /// When there are more partitions than can be played.
    pub(super) fn new(experiment: &Experiment<'_>) -> Result<Self, TooLarge> {
        let scenario = experiment.scenario;
        let slice = Slice::of(experiment);
        let steps = steps(experiment, &slice)?;
        let groups = scenario.synchronous_groups();
        let retries = match experiment.patience {
            Patience::Endures => None,
            Patience::GivesUp(rule) => Some(Retries::of_client(rule)),
        };
        let Limits { events, in_flight } = experiment.limits;
        Ok(Self {
            seed: scenario.seed,
            until: experiment.until,
            end: match experiment.until {
                Until::Time(time) => Instant::at(time),
                Until::Orders(_) => Instant::NEVER,
            },
            limits: Limits { events, in_flight: in_flight.min(Limits::MAX_IN_FLIGHT) },
            source: match scenario.workload {
                Workload::Closed { think_time, .. } => {
                    Source::Closed { users: slice.users, think: think_time.seconds() * 1e9 }
                }
                Workload::Open { arrival_rate } => {
                    Source::Open { rate: arrival_rate.value() / slice.one_in as f64 / 1e9 }
                }
            },
            load: Load::new(experiment.pattern),
            timeout: Span::of(scenario.client.timeout),
            patience: retries,
            cancels: experiment.cancels,
            idempotency_key: experiment.idempotency_key,
            workers: slice.workers.played,
            pool: Queue::new(experiment.pool, &slice),
            steps,
            group_ends: groups
                .iter()
                .scan(0, |end, group| {
                    *end += group.len();
                    Some(*end)
                })
                .collect(),
            group_steps: groups.into_iter().flatten().map(|step| step as u8).collect(),
            reactions: (0..scenario.steps.len())
                .filter(|&step| !scenario.steps[step].placement.blocks_caller())
                .map(|step| step as u8)
                .collect(),
            broker: Carrier {
                publish: Span::of(scenario.broker.publish_latency),
                deliver: Span::of(experiment.broker.delivery_latency),
                outbox: experiment.broker.outbox,
                redelivery: experiment.broker.redelivery,
                partitions: slice.partitions,
                hot_key: scenario.broker.hot_key_share.value(),
                deliveries: scenario.broker.max_deliveries.max(1),
                acknowledgement_loss: scenario.broker.ack_loss.value(),
            },
            faults: experiment.faults.clone(),
            replays: experiment.replays.clone(),
            slice,
        })
    }

    /// The steps of a group.
    pub(super) fn group(&self, group: usize) -> std::ops::Range<usize> {
        let start = group.checked_sub(1).map_or(0, |before| self.group_ends[before]);
        start..self.group_ends[group]
    }

    /// How far apart the rows of the ledger lie at first.
    pub(super) fn first_width(&self) -> Span {
        match self.until {
            Until::Time(time) => {
                Span::from_nanos(Span::of(time).nanos().div_ceil(super::totals::Ledger::ROWS as u64))
            }
            Until::Orders(_) => Span::of(Time::from_millis(1.0)),
        }
    }
}

fn steps(experiment: &Experiment<'_>, slice: &Slice) -> Result<Vec<StepPlan>, TooLarge> {
    let mut stations = 0_u64;
    let mut plans = Vec::with_capacity(experiment.scenario.steps.len());
    for (index, step) in experiment.scenario.steps.iter().enumerate() {
        let rule = experiment.steps.get(index).copied().unwrap_or_default();
        let Part { played: servers, stretch, .. } = slice.steps[index];
        let carried = matches!(step.placement, Placement::Async | Placement::PublishAndWait);
        let is_partitioned = carried && slice.partitions > 0;
        let count = if is_partitioned { servers.min(slice.partitions) } else { 1 };
        plans.push(StepPlan {
            law: Law::new(step.service_time * stretch, step.variability, rule.tail),
            failure: step.attempts.failure.value(),
            timeout: step.attempts.timeout.map(Span::of),
            retries: Retries {
                most: step.attempts.retries.min(Attempts::MAX_RETRIES),
                backoff: Span::of(step.attempts.backoff),
                jitter: rule.jitter,
                budget: None,
            },
            carried,
            first_station: stations as u32,
            stations: count,
            servers: if is_partitioned { 1 } else { servers },
            queue: Queue::new(rule.queue, slice),
            bulkhead: rule.bulkhead.map_or(u32::MAX, |most| slice.part(u64::from(most)).max(1)),
            breaker: rule.breaker.map(Breaker::new),
            idempotent: rule.idempotent,
            keeps_dead: experiment.replays.iter().any(|replay| replay.step == index),
        });
        stations += u64::from(count);
    }
    if stations > Blueprint::MOST_STATIONS {
        return Err(TooLarge::Partitions { found: stations, most: Blueprint::MOST_STATIONS });
    }
    Ok(plans)
}
