//! Which part of a large system is played out, and what is done about the rest.
//!
//! Up to a number of users ([`Experiment::all_played`]) everybody is played. Beyond that three things keep a run small, none of which changes what
//! the system does:
//!
//! - **Those who think are counted.** Think times are exponential, so a crowd of n thinkers sends an order after an
//!   exponential time of mean Z / n. That is exact, however many they are.
//! - **Those who always stand in line are held.** Before a place that is never idle a line may be shorter without anybody
//!   noticing: what leaves the place is the same, and so is everything behind it. Of N users only so many are played that
//!   this line is never empty; the others stand still at its end, as a fluid. By Little's law an order spends (number
//!   held) / (throughput) more time in the whole than in the run.
//! - **Where much goes on at once, one in k is played**: users, workers and connections divided by k. A step that does
//!   not divide gets the next whole number of connections, and its times are stretched so that its capacity is exactly the
//!   k-th part. Hundreds of orders are in progress, so that a step that takes much of their time has many connections, and
//!   its own is stretched by little: for each step by less than 0.2 % of the whole order.
//!
//! A slice waits a little more than the whole, because a small system has less to share.
//!
//! Source for the lines that may be cut: P. J. Denning and J. P. Buzen, “The operational analysis of queueing network
//! models”, 1978 (the throughput of a saturated system does not depend on the number waiting).

#[cfg(test)]
mod tests;

use std::fmt;

use super::experiment::{Experiment, Patience, Pattern, QueueRule};
use crate::scenario::{Placement, Scenario, Step, Workload};

/// What is played of a system, and what stands for the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// One order, and one of everything, out of so many.
    pub one_in: u64,
    /// Users of a closed workload who are played.
    pub users: u32,
    /// How many of these are in line at the start: a line that takes so long to form stands there already.
    pub(super) in_line: u32,
    /// Whether those who think are counted rather than played.
    pub(super) counts_thinkers: bool,
    /// Users who always stand in line, beside those who are played; as a part of the slice.
    pub held: Held,
    /// The partitions of the topic; none where it has none.
    pub(super) partitions: u32,
    /// The workers.
    pub workers: Part,
    /// Each step's connections or consumers.
    pub steps: Vec<Part>,
}

/// Users who stand still at the end of a line that is never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// In line for a worker.
    pub for_worker: u32,
    /// With a worker, in line for the fullest step.
    pub at_step: u32,
    /// Which step that is.
    pub step: usize,
}

impl Held {
    /// All of them.
    pub fn count(self) -> u32 {
        self.for_worker + self.at_step
    }
}

/// A part of some servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// How many there are.
    pub whole: u64,
    /// How many are played.
    pub played: u32,
    /// By which factor their services are stretched, so that those played can do what the part must.
    pub stretch: f64,
}

impl Part {
    /// One in so many, at least one.
    fn of(whole: u64, one_in: u64) -> Self {
        let played = part(whole, one_in).max(1);
        let stretch = f64::from(played) * one_in as f64 / whole.max(1) as f64;
        Self { whole, played, stretch }
    }

    /// So many of those played, as so many of the whole.
    pub(super) fn of_whole(self, played: u32) -> u32 {
        let whole = u64::from(played) * self.whole / u64::from(self.played.max(1));
        u32::try_from(whole).unwrap_or(u32::MAX)
    }
}

/// Why a scenario cannot be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TooLarge {
    /// More partitions with a consumer of their own than a run can hold.
    Partitions {
        /// How many there are, over all steps.
        found: u64,
        /// How many there may be.
        most: u64,
    },
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Partitions { found, most } = self;
        write!(
            f,
            "partitions with a consumer: {found} are more than the {most} that a run can hold: \
             use fewer partitions or consumers"
        )
    }
}

impl std::error::Error for TooLarge {}

impl Slice {
    /// The most users who are usually all played; of an open workload, the most orders in progress at once.
    pub const MOST_USERS: u64 = 10_000;
    /// The most orders in progress in a slice.
    const MOST_IN_PROGRESS: f64 = 2_500.0;
    /// The most orders per second in a slice, unless that leaves fewer than [`Self::FEW_IN_PROGRESS`] in progress.
    const MOST_PER_SECOND: f64 = 2_500.0;
    /// See [`Self::MOST_PER_SECOND`].
    const FEW_IN_PROGRESS: f64 = 250.0;
    /// Beyond so many workers the spare ones are held with the orders that they carry.
    const MANY_WORKERS: f64 = 10_000.0;

    /// What a run of this experiment plays.
    pub fn of(experiment: &Experiment<'_>) -> Self {
        let scenario = experiment.scenario;
        match scenario.workload {
            Workload::Closed { users, think_time } => {
                let (users, think) = (users.count(), think_time.seconds());
                if users <= experiment.all_played {
                    return Self::one_in(scenario, 1, users);
                }
                Self::of_users(experiment, users, think)
            }
            Workload::Open { arrival_rate } => {
                let work = scenario.synchronous_work() + scenario.asynchronous_work();
                let in_progress = (arrival_rate * work).erlangs().ceil();
                if in_progress <= Self::MOST_USERS as f64 {
                    return Self::one_in(scenario, 1, 0);
                }
                let unloaded = scenario.synchronous_work().seconds();
                Self::one_in(scenario, divisor(in_progress, arrival_rate.value(), unloaded), 0)
            }
        }
    }

    fn of_users(experiment: &Experiment<'_>, users: u64, think: f64) -> Self {
        let scenario = experiment.scenario;
        let flow = Flow::of(scenario);
        let (all, workers) = (users as f64, scenario.workers.as_f64());
        let may_hold = is_steady(experiment) && is_patient(experiment);
        // So many orders in progress keep the fullest place busy whatever chance does.
        let enough = (1.05 * flow.most * flow.work).ceil() + 2_000.0;
        let (needed, step) = match flow.fullest {
            Some(step) if may_hold && workers > Self::MANY_WORKERS && enough < workers => (enough, step),
            _ => (workers, 0),
        };
        let thinking = (flow.most * think).min(all);
        let rate = flow.rate(all, think);
        let behind = (rate * scenario.asynchronous_work().seconds()).min(all);
        let holds = may_hold && needed + thinking + spare(thinking) < all;
        let in_progress = if holds { needed } else { all - thinking.min(all * flow.thinking_share(think)) };
        let one_in = divisor(in_progress + behind, rate, flow.unloaded);
        let mut slice = Self::one_in(scenario, one_in, users);
        slice.counts_thinkers = is_steady(experiment);
        if may_hold && all > thinking + needed {
            slice.in_line = slice.users - part(thinking as u64, one_in).min(slice.users);
        }
        if holds {
            let everybody = slice.users;
            let thinking = part(thinking as u64, one_in);
            let in_line = part(needed as u64, one_in) + spare(f64::from(thinking)) as u32;
            slice.users = (thinking + in_line).min(everybody);
            slice.in_line = slice.users.min(in_line);
            if needed < workers {
                slice.workers.played = part(needed as u64, one_in).max(1);
            }
            let held = everybody - slice.users;
            let spare_workers = part(slice.workers.whole, one_in).saturating_sub(slice.workers.played);
            let at_step = spare_workers.min(held);
            slice.held = Held { for_worker: held - at_step, at_step, step };
        }
        slice
    }

    /// One in so many of everything.
    fn one_in(scenario: &Scenario, one_in: u64, users: u64) -> Self {
        let keeps_partitions = keeps_partitions(scenario, one_in);
        let part_of_step = |step: &Step| {
            let servers = useful(scenario, step);
            if keeps_partitions && is_carried(step) {
                return Part { whole: servers, played: servers as u32, stretch: one_in as f64 };
            }
            Part::of(servers, one_in)
        };
        let partitions = scenario.broker.partitions.map_or(0, u64::from);
        Self {
            one_in,
            users: part(users, one_in),
            in_line: 0,
            counts_thinkers: false,
            held: Held::default(),
            workers: Part { stretch: 1.0, ..Part::of(scenario.workers.count(), one_in) },
            steps: scenario.steps.iter().map(part_of_step).collect(),
            partitions: match (partitions, keeps_partitions) {
                (0, _) => 0,
                (all, true) => all as u32,
                (all, false) => part(all, one_in).max(1),
            },
        }
    }

    /// Whether everybody is played.
    pub fn is_whole(&self) -> bool {
        self.one_in == 1 && self.held.count() == 0
    }

    /// Whether a line stands there from the start.
    pub fn begins_in_line(&self) -> bool {
        self.in_line > 0
    }

    /// The slice's part of a number, to the nearest.
    pub(super) fn part(&self, number: u64) -> u32 {
        part(number, self.one_in)
    }
}

/// In how many a system is to be divided, in which so much is in progress at so many orders per second.
fn divisor(in_progress: f64, per_second: f64, unloaded: f64) -> u64 {
    let most = (Slice::FEW_IN_PROGRESS / unloaded).clamp(Slice::MOST_PER_SECOND, 50_000.0);
    let by_rate = if unloaded > 0.0 { per_second / most } else { per_second / 50_000.0 };
    (in_progress / Slice::MOST_IN_PROGRESS).max(by_rate).ceil().max(1.0) as u64
}

/// So many more in line than are needed keep it from ever being empty, while about so many think.
fn spare(thinking: f64) -> f64 {
    (6.0 * thinking.sqrt()).ceil() + 100.0
}

fn part(number: u64, one_in: u64) -> u32 {
    u32::try_from((number + one_in / 2) / one_in).unwrap_or(u32::MAX)
}

/// The servers of a step that can be busy: of the consumers of a topic with partitions no more than there are partitions.
fn useful(scenario: &Scenario, step: &Step) -> u64 {
    let partitions = scenario.broker.partitions.filter(|_| is_carried(step)).map_or(u64::MAX, u64::from);
    step.servers.count().min(partitions)
}

/// Whether the broker carries the calls of a step.
fn is_carried(step: &Step) -> bool {
    matches!(step.placement, Placement::Async | Placement::PublishAndWait)
}

/// Whether partitions cannot be divided, because few consumers share them unevenly: then each consumer does the part, and
/// takes so many times as long for it.
fn keeps_partitions(scenario: &Scenario, one_in: u64) -> bool {
    const FEW: u64 = 20;
    const MOST: u64 = 1_000;
    let partitions = scenario.broker.partitions.map_or(0, u64::from);
    let is_uneven = |consumers: u64| {
        scenario.broker.hot_key_share.value() > 0.0 || !partitions.is_multiple_of(consumers.max(1))
    };
    let mut carried =
        scenario.steps.iter().filter(|step| is_carried(step)).map(|step| useful(scenario, step));
    one_in > 1
        && (1..=MOST).contains(&partitions)
        && carried.any(|consumers| is_uneven(consumers) && consumers / one_in < FEW)
}

/// Whether the load stays.
fn is_steady(experiment: &Experiment<'_>) -> bool {
    experiment.pattern == Pattern::Steady && experiment.faults.is_empty()
}

/// Whether nobody leaves a line before its turn.
fn is_patient(experiment: &Experiment<'_>) -> bool {
    let plain = QueueRule::default();
    experiment.patience == Patience::Endures
        && experiment.pool == plain
        && experiment.steps.iter().all(|step| step.queue == plain && step.bulkhead.is_none())
}

/// What limits a flow, in plain bounds: none of them can be exceeded, whatever the laws are.
struct Flow {
    /// The most orders per second.
    most: f64,
    /// The step that allows no more, unless the workers allow less.
    fullest: Option<usize>,
    /// What an order takes before its answer, and all work of it added up, in seconds.
    unloaded: f64,
    work: f64,
}

impl Flow {
    fn of(scenario: &Scenario) -> Self {
        let unloaded = scenario.synchronous_work().seconds();
        let rate = |step: &Step| useful(scenario, step) as f64 / step.service_time.seconds();
        let awaited = scenario.steps.iter().enumerate().filter(|(_, step)| step.placement.blocks_caller());
        let fullest = awaited
            .map(|(index, step)| (index, rate(step)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, rate)| *rate < scenario.workers.as_f64() / unloaded);
        let by_workers = scenario.workers.as_f64() / unloaded;
        Self {
            most: fullest.map_or(by_workers, |(_, rate)| rate),
            fullest: fullest.map(|(index, _)| index),
            unloaded,
            work: (scenario.blocking_work() + scenario.broker.publish_latency).seconds(),
        }
    }

    /// The share of their time for which so many users would think if nobody waited.
    fn thinking_share(&self, think: f64) -> f64 {
        if think + self.unloaded > 0.0 { think / (think + self.unloaded) } else { 0.0 }
    }

    /// At most so many orders per second come from so many users.
    fn rate(&self, users: f64, think: f64) -> f64 {
        self.most.min(users / (self.unloaded + think).max(1e-6))
    }
}
