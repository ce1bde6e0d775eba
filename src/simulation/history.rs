//! How a run went, piece by piece, and how it stands.

use super::clock::{Instant, Span};
use super::engine::Simulation;
use super::slice::Part;
use super::totals::Totals;
use crate::units::{Rate, Time};

/// A stretch of a run, with its averages.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// When it began.
    pub from: Instant,
    /// When it ended.
    pub until: Instant,
    /// Orders that came, per second.
    pub arrival_rate: Rate,
    /// Requests sent, per second.
    pub attempts: Rate,
    /// Orders answered, per second.
    pub throughput: Rate,
    /// Orders answered within the client's timeout, per second.
    pub goodput: Rate,
    /// Orders that ended without an answer, per second.
    pub errors: Rate,
    /// The mean response time of the orders that were answered.
    pub response_time: Option<Time>,
    /// The response time that 95 of 100 of them did not exceed.
    pub response_p95: Option<Time>,
    /// Orders that were there.
    pub in_system: f64,
    /// How many of them waited for a worker.
    pub pool_waiting: f64,
    /// Each step, in the order of the scenario.
    pub steps: Vec<StepStretch>,
}

/// A stretch of a run at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepStretch {
    /// Connections or consumers that were busy.
    pub busy: f64,
    /// Calls in line.
    pub waiting: f64,
    /// Events published and not done.
    pub lag: f64,
    /// Effects per second.
    pub effects: Rate,
}

/// How a run stands at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gauges {
    /// When.
    pub now: Instant,
    /// Orders that are there.
    pub in_system: u32,
    /// Busy workers.
    pub workers_busy: u32,
    /// Requests in line for a worker.
    pub workers_waiting: u32,
    /// Each step, in the order of the scenario.
    pub steps: Vec<StepGauges>,
}

/// How a step stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepGauges {
    /// Busy connections or consumers.
    pub busy: u32,
    /// Calls in line.
    pub waiting: u32,
    /// Events published and not done.
    pub lag: u32,
    /// Dead letters so far.
    pub dead: u64,
    /// Whether its breaker refuses calls.
    pub breaker_open: bool,
}

impl Simulation {
    /// The run in evenly spaced stretches, between 32 and 64 of them once it is long enough.
    pub fn history(&self) -> Vec<Stretch> {
        let nothing = Totals::new(self.steps.len());
        let rows = self.ledger.rows();
        let starts = std::iter::once(&nothing).chain(rows);
        let held_time = self.held_time();
        starts.zip(rows).map(|(from, until)| self.stretch(from, until, held_time)).collect()
    }

    fn stretch(&self, from: &Totals, until: &Totals, held_time: Span) -> Stretch {
        let scale = self.plan.slice.one_in as f64;
        let held = self.plan.slice.held;
        let beside = |held: u32| f64::from(held) * scale;
        let length = (until.at - from.at).nanos() as f64;
        let level = |area: u128| area as f64 / length * scale;
        let rate = |count: u64| Rate::per_second(count as f64 / length * 1e9 * scale);
        let answered = until.orders.answered - from.orders.answered;
        let response = (until.orders.response - from.orders.response) as f64;
        Stretch {
            from: from.at,
            until: until.at,
            arrival_rate: rate(until.orders.submitted - from.orders.submitted),
            attempts: rate(until.orders.attempts - from.orders.attempts),
            throughput: rate(answered),
            goodput: rate(until.orders.in_time - from.orders.in_time),
            errors: rate(until.orders.failed - from.orders.failed),
            response_time: (answered > 0)
                .then(|| Time::from_seconds(response / answered as f64 / 1e9) + held_time.time()),
            response_p95: until
                .times
                .since(&from.times)
                .quantile(0.95)
                .map(|played| (played + held_time).time()),
            in_system: level(until.orders.in_system - from.orders.in_system) + beside(held.count()),
            pool_waiting: level(until.orders.queueing - from.orders.queueing) + beside(held.for_worker),
            steps: from
                .steps
                .iter()
                .zip(&until.steps)
                .enumerate()
                .map(|(step, (from, until))| StepStretch {
                    busy: level(until.busy - from.busy),
                    waiting: level(until.waiting - from.waiting) + beside(self.held_at(step)),
                    lag: level(until.lag - from.lag),
                    effects: rate(until.effects - from.effects),
                })
                .collect(),
        }
    }

    /// How many are held in line for a step, as a part of the slice.
    pub(super) fn held_at(&self, step: usize) -> u32 {
        let held = self.plan.slice.held;
        if held.step == step { held.at_step } else { 0 }
    }

    /// How the run stands; what is played in a slice is given for the whole.
    pub fn gauges(&self) -> Gauges {
        let slice = &self.plan.slice;
        let one_in = u32::try_from(slice.one_in).unwrap_or(u32::MAX);
        let scaled = |count: u32| count.saturating_mul(one_in);
        let steps = self.steps.iter().enumerate().map(|(step, state)| {
            let first = self.plan.steps[step].first_station as usize;
            let stations = &self.stations[first..first + self.plan.steps[step].stations as usize];
            let waiting = stations.iter().map(|station| station.waiting.level()).sum::<u32>();
            StepGauges {
                busy: slice.steps[step].of_whole(stations.iter().map(|station| station.busy.level()).sum()),
                waiting: scaled(waiting + self.held_at(step)),
                lag: scaled(state.lag.level()),
                dead: self.totals.steps[step].dead * slice.one_in,
                breaker_open: state.breaker.as_ref().is_some_and(super::breaker::Breaker::is_open),
            }
        });
        let workers = Part { played: self.plan.workers + slice.held.at_step, ..slice.workers };
        Gauges {
            now: self.now,
            in_system: scaled(self.in_system.level() + slice.held.count()),
            workers_busy: workers.of_whole(self.pool.busy.level() + slice.held.at_step),
            workers_waiting: scaled(self.pool.waiting.level() + slice.held.for_worker),
            steps: steps.collect(),
        }
    }
}
