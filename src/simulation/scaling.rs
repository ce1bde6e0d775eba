//! Scaling: which part of a large system is simulated, and what represents the rest.
//!
//! Up to [`Experiment::max_full_size_users`] users everybody is simulated. Beyond that three things keep a
//! run small, none of which changes what the system does:
//!
//! - **Thinking users are counted.** Think times are exponential, so n thinking users submit an order after
//!   an exponential time of mean Z / n. That is exact for any n.
//! - **Users in a permanent queue stand still.** The queue before a place that is never idle may be shorter
//!   without any effect: departures are the same, and so is everything behind it. Of N users only enough are
//!   simulated that this queue is never empty; the others stand at its end, as a fluid. By Little's law an
//!   order spends (length of the permanent queue) / (throughput) more time in the full system than in the
//!   run.
//! - **Where much is in progress, one in k is simulated**: users, workers and connections are divided by k. A
//!   step that does not divide gets the next whole number of connections, and its service times are stretched
//!   so that its capacity is exactly the k-th part. Hundreds of orders are in progress, so a step that takes
//!   much of their time has many connections, and its stretch is small: less than 0.2 % of the whole order
//!   for each step.
//!
//! A scaled system waits a little longer than the full one, because a small system shares less.
//!
//! Source for the queues that may be cut: P. J. Denning and J. P. Buzen, “The operational analysis of
//! queueing network models”, 1978 (the throughput of a saturated system does not depend on the number
//! waiting).

#[cfg(test)]
mod tests;

use super::experiment::{Experiment, LoadPattern, Patience, QueueRule};
use crate::scenario::{Placement, Scenario, Step, Workload};

/// The simulated part of a system, and what represents the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaledSystem {
    /// The k of the scaled system: one order out of k is simulated, and a k-th part of everything else.
    pub divisor: u64,
    /// Simulated users of a closed workload.
    pub users: u32,
    /// Simulated users who are in the queue at the start: a queue that takes long to form is there already.
    pub(super) initial_queue: u32,
    /// `true` if thinking users are only counted, see the module documentation.
    pub(super) counts_thinkers: bool,
    /// Users who always stand in a queue, beside the simulated ones; in the scaled system.
    pub permanent_queue: PermanentQueue,
    /// Partitions of the topic; zero without partitions.
    pub(super) partitions: u32,
    pub workers: ScaledPool,
    pub steps: Vec<ScaledPool>,
}

/// Users who stand still at the end of a queue that is never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PermanentQueue {
    /// In the queue for a worker.
    pub for_worker: u32,
    /// With a worker, in the queue of the fullest step.
    pub at_step: u32,
    /// Index of the fullest step.
    pub step: usize,
}

impl PermanentQueue {
    pub fn count(self) -> u32 {
        self.for_worker + self.at_step
    }
}

/// Scaled servers of a station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaledPool {
    pub full: u64,
    pub simulated: u32,
    /// Factor on the service times with which the simulated servers have exactly their part of the capacity.
    pub service_time_factor: f64,
}

impl ScaledPool {
    fn new(full: u64, divisor: u64) -> Self {
        let simulated = divide(full, divisor).max(1);
        let service_time_factor = f64::from(simulated) * divisor as f64 / full.max(1) as f64;
        Self { full, simulated, service_time_factor }
    }

    /// Scales a number of simulated servers to full size.
    pub(super) fn to_full_size(self, simulated: u32) -> u32 {
        let full = u64::from(simulated) * self.full / u64::from(self.simulated.max(1));
        u32::try_from(full).unwrap_or(u32::MAX)
    }
}

impl ScaledSystem {
    /// Orders in progress of an open workload up to which all are simulated.
    const MAX_FULL_SIZE_IN_PROGRESS: f64 = 10_000.0;
    const MAX_IN_PROGRESS: f64 = 2_500.0;
    /// Limit on orders per second, unless that leaves fewer than [`Self::MIN_IN_PROGRESS`] in progress.
    const MAX_PER_SECOND: f64 = 2_500.0;
    const MIN_IN_PROGRESS: f64 = 250.0;
    /// Number of workers beyond which spare ones join the permanent queue with the orders that they carry.
    const MANY_WORKERS: f64 = 10_000.0;

    /// Returns the part of the system that a run of this experiment simulates.
    pub fn new(experiment: &Experiment<'_>) -> Self {
        let scenario = experiment.scenario;
        match scenario.workload {
            Workload::Closed { users, think_time } => {
                let users = users.count();
                if users <= experiment.max_full_size_users {
                    return Self::with_divisor(scenario, 1, users);
                }
                Self::with_many_users(experiment, users, think_time.seconds())
            }
            Workload::Open { arrival_rate } => {
                let work = scenario.synchronous_work() + scenario.asynchronous_work();
                let in_progress = (arrival_rate * work).erlangs().ceil();
                if in_progress <= Self::MAX_FULL_SIZE_IN_PROGRESS {
                    return Self::with_divisor(scenario, 1, 0);
                }
                let unloaded_time = scenario.synchronous_work().seconds();
                let divisor = required_divisor(in_progress, arrival_rate.value(), unloaded_time);
                Self::with_divisor(scenario, divisor, 0)
            }
        }
    }

    fn with_many_users(experiment: &Experiment<'_>, users: u64, think_time: f64) -> Self {
        let scenario = experiment.scenario;
        let bounds = FlowBounds::new(scenario);
        let (all, workers) = (users as f64, scenario.workers.as_f64());
        let may_cut_queues = is_steady(experiment) && is_patient(experiment);
        // With this many orders in progress the bottleneck is busy at all times in spite of random
        // fluctuations.
        let enough = (1.05 * bounds.max_rate * bounds.total_work).ceil() + 2_000.0;
        let (in_progress_needed, bottleneck) = match bounds.bottleneck {
            Some(step) if may_cut_queues && workers > Self::MANY_WORKERS && enough < workers => {
                (enough, step)
            }
            _ => (workers, 0),
        };
        let thinking = (bounds.max_rate * think_time).min(all);
        let rate = bounds.rate(all, think_time);
        let behind_broker = (rate * scenario.asynchronous_work().seconds()).min(all);
        let cuts_queue = may_cut_queues && in_progress_needed + thinking + spare_users(thinking) < all;
        let in_progress = if cuts_queue {
            in_progress_needed
        } else {
            all - thinking.min(all * bounds.thinking_share(think_time))
        };
        let divisor = required_divisor(in_progress + behind_broker, rate, bounds.unloaded_time);
        let mut system = Self::with_divisor(scenario, divisor, users);
        system.counts_thinkers = is_steady(experiment);
        if may_cut_queues && all > thinking + in_progress_needed {
            system.initial_queue = system.users - divide(thinking as u64, divisor).min(system.users);
        }
        if cuts_queue {
            let scaled_users = system.users;
            let thinking = divide(thinking as u64, divisor);
            let queued = divide(in_progress_needed as u64, divisor) + spare_users(f64::from(thinking)) as u32;
            system.users = (thinking + queued).min(scaled_users);
            system.initial_queue = system.users.min(queued);
            if in_progress_needed < workers {
                system.workers.simulated = divide(in_progress_needed as u64, divisor).max(1);
            }
            let permanent = scaled_users - system.users;
            let spare_workers = divide(system.workers.full, divisor).saturating_sub(system.workers.simulated);
            let at_step = spare_workers.min(permanent);
            system.permanent_queue =
                PermanentQueue { for_worker: permanent - at_step, at_step, step: bottleneck };
        }
        system
    }

    fn with_divisor(scenario: &Scenario, divisor: u64, users: u64) -> Self {
        let keeps_partitions = keeps_partitions(scenario, divisor);
        let scale_step = |step: &Step| {
            let servers = usable_servers(scenario, step);
            if keeps_partitions && uses_broker(step) {
                return ScaledPool {
                    full: servers,
                    simulated: servers as u32,
                    service_time_factor: divisor as f64,
                };
            }
            ScaledPool::new(servers, divisor)
        };
        let partitions = scenario.broker.partitions.map_or(0, u64::from);
        Self {
            divisor,
            users: divide(users, divisor),
            initial_queue: 0,
            counts_thinkers: false,
            permanent_queue: PermanentQueue::default(),
            workers: ScaledPool {
                service_time_factor: 1.0,
                ..ScaledPool::new(scenario.workers.count(), divisor)
            },
            steps: scenario.steps.iter().map(scale_step).collect(),
            partitions: match (partitions, keeps_partitions) {
                (0, _) => 0,
                (all, true) => all as u32,
                (all, false) => divide(all, divisor).max(1),
            },
        }
    }

    /// Returns `true` if everybody is simulated.
    pub fn is_full_size(&self) -> bool {
        self.divisor == 1 && self.permanent_queue.count() == 0
    }

    /// Returns `true` if a queue exists at the start.
    pub fn starts_with_queue(&self) -> bool {
        self.initial_queue > 0
    }

    pub(super) fn scale_down(&self, number: u64) -> u32 {
        divide(number, self.divisor)
    }
}

/// Returns the divisor for a system with this many orders in progress and orders per second.
fn required_divisor(in_progress: f64, per_second: f64, unloaded_time: f64) -> u64 {
    const MAX_PER_SECOND_WITHOUT_WORK: f64 = 50_000.0;
    let max_per_second = (ScaledSystem::MIN_IN_PROGRESS / unloaded_time)
        .clamp(ScaledSystem::MAX_PER_SECOND, MAX_PER_SECOND_WITHOUT_WORK);
    let by_rate = per_second / max_per_second;
    (in_progress / ScaledSystem::MAX_IN_PROGRESS).max(by_rate).ceil().max(1.0) as u64
}

/// Returns how many users keep a queue from running empty, beyond those needed, while `thinking` others
/// think.
fn spare_users(thinking: f64) -> f64 {
    (6.0 * thinking.sqrt()).ceil() + 100.0
}

fn divide(number: u64, divisor: u64) -> u32 {
    u32::try_from((number + divisor / 2) / divisor).unwrap_or(u32::MAX)
}

/// Returns the servers of a step that can be busy: each partition has one active consumer at most.
fn usable_servers(scenario: &Scenario, step: &Step) -> u64 {
    let partitions = scenario.broker.partitions.filter(|_| uses_broker(step)).map_or(u64::MAX, u64::from);
    step.servers.count().min(partitions)
}

fn uses_broker(step: &Step) -> bool {
    matches!(step.placement, Placement::Async | Placement::PublishAndWait)
}

/// Returns `true` if partitions cannot be divided because few consumers share them unevenly. Then each
/// consumer does the k-th part, and takes k times as long for it.
fn keeps_partitions(scenario: &Scenario, divisor: u64) -> bool {
    const FEW_CONSUMERS: u64 = 20;
    const MAX_PARTITIONS: u64 = 1_000;
    let partitions = scenario.broker.partitions.map_or(0, u64::from);
    let is_uneven = |consumers: u64| {
        scenario.broker.hot_key_share.value() > 0.0 || !partitions.is_multiple_of(consumers.max(1))
    };
    let mut consumers =
        scenario.steps.iter().filter(|step| uses_broker(step)).map(|step| usable_servers(scenario, step));
    divisor > 1
        && (1..=MAX_PARTITIONS).contains(&partitions)
        && consumers.any(|consumers| is_uneven(consumers) && consumers / divisor < FEW_CONSUMERS)
}

fn is_steady(experiment: &Experiment<'_>) -> bool {
    experiment.pattern == LoadPattern::Steady && experiment.faults.is_empty()
}

/// Returns `true` if nobody leaves a queue without service.
fn is_patient(experiment: &Experiment<'_>) -> bool {
    let default = QueueRule::default();
    experiment.patience == Patience::Infinite
        && experiment.pool == default
        && experiment.steps.iter().all(|step| step.queue == default && step.bulkhead.is_none())
}

/// Upper bounds of a flow, which hold for all service time distributions.
struct FlowBounds {
    /// In orders per second.
    max_rate: f64,
    /// The step that limits the rate, unless the workers do.
    bottleneck: Option<usize>,
    /// Time to the answer without any queue, in seconds.
    unloaded_time: f64,
    /// Work that an order is waited for, and its publication, in seconds.
    total_work: f64,
}

impl FlowBounds {
    fn new(scenario: &Scenario) -> Self {
        let unloaded_time = scenario.synchronous_work().seconds();
        let max_rate = |step: &Step| usable_servers(scenario, step) as f64 / step.service_time.seconds();
        let max_rate_of_workers = scenario.workers.as_f64() / unloaded_time;
        let bottleneck = scenario
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.placement.blocks_caller())
            .map(|(index, step)| (index, max_rate(step)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, rate)| *rate < max_rate_of_workers);
        Self {
            max_rate: bottleneck.map_or(max_rate_of_workers, |(_, rate)| rate),
            bottleneck: bottleneck.map(|(index, _)| index),
            unloaded_time,
            total_work: (scenario.blocking_work() + scenario.broker.publish_latency).seconds(),
        }
    }

    /// Returns the share of time for which users would think if nobody waited.
    fn thinking_share(&self, think_time: f64) -> f64 {
        let cycle = think_time + self.unloaded_time;
        if cycle > 0.0 { think_time / cycle } else { 0.0 }
    }

    /// Returns an upper bound on the orders per second of this many users.
    fn rate(&self, users: f64, think_time: f64) -> f64 {
        self.max_rate.min(users / (self.unloaded_time + think_time).max(1e-6))
    }
}
