//! Averages over the intervals of a run, and its current gauges.

use super::clock::{Instant, Span};
use super::engine::Simulation;
use super::engine::breaker::CircuitBreaker;
use super::scaling::ScaledPool;
use super::statistics::counters::Counters;
use crate::units::{Rate, Time};

/// Averages over an interval of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalStats {
    pub start: Instant,
    pub end: Instant,
    pub arrival_rate: Rate,
    /// Requests sent, retries included.
    pub attempts: Rate,
    pub throughput: Rate,
    /// Orders answered within the client timeout.
    pub goodput: Rate,
    /// Orders given up.
    pub errors: Rate,
    /// Mean response time of the orders answered in the interval.
    pub response_time: Option<Time>,
    /// 95th percentile of these response times.
    pub response_p95: Option<Time>,
    /// Mean number of orders in the system.
    pub in_system: f64,
    /// Mean number of requests in the queue for a worker.
    pub pool_waiting: f64,
    /// In the order of the scenario.
    pub steps: Vec<StepIntervalStats>,
}

/// Averages over an interval at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepIntervalStats {
    /// Mean number of busy connections or consumers.
    pub busy: f64,
    /// Mean queue length.
    pub waiting: f64,
    /// Mean number of events published and not done.
    pub lag: f64,
    pub effects: Rate,
}

/// The state of a run at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gauges {
    pub now: Instant,
    pub in_system: u32,
    pub workers_busy: u32,
    pub workers_waiting: u32,
    /// In the order of the scenario.
    pub steps: Vec<StepGauges>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepGauges {
    pub busy: u32,
    pub waiting: u32,
    /// Events published and not done.
    pub lag: u32,
    pub dead_letters: u64,
    pub is_breaker_open: bool,
}

impl Simulation {
    /// Returns the averages over intervals of equal length: 32 to 64 of them once the run is long enough.
    pub fn history(&self) -> Vec<IntervalStats> {
        let start = Counters::new(self.steps.len());
        let rows = self.counter_history.rows();
        let starts = std::iter::once(&start).chain(rows);
        let permanent_queue_delay = self.permanent_queue_delay();
        starts.zip(rows).map(|(start, end)| self.interval_stats(start, end, permanent_queue_delay)).collect()
    }

    fn interval_stats(&self, start: &Counters, end: &Counters, permanent_queue_delay: Span) -> IntervalStats {
        let scale = self.config.scaled_system.divisor as f64;
        let permanent_queue = self.config.scaled_system.permanent_queue;
        let full_size = |users: u32| f64::from(users) * scale;
        let length = (end.at - start.at).nanos() as f64;
        let level = |integral: u128| integral as f64 / length * scale;
        let rate = |count: u64| Rate::per_second(count as f64 / length * 1e9 * scale);
        let answered = end.orders.answered - start.orders.answered;
        let response_time = (end.orders.response_time - start.orders.response_time) as f64;
        let response_times = end.response_times.since(&start.response_times);
        IntervalStats {
            start: start.at,
            end: end.at,
            arrival_rate: rate(end.orders.submitted - start.orders.submitted),
            attempts: rate(end.orders.attempts - start.orders.attempts),
            throughput: rate(answered),
            goodput: rate(end.orders.in_time - start.orders.in_time),
            errors: rate(end.orders.failed - start.orders.failed),
            response_time: (answered > 0).then(|| {
                Time::from_seconds(response_time / answered as f64 / 1e9) + permanent_queue_delay.time()
            }),
            response_p95: response_times.quantile(0.95).map(|p95| (p95 + permanent_queue_delay).time()),
            in_system: level(end.orders.in_system - start.orders.in_system)
                + full_size(permanent_queue.count()),
            pool_waiting: level(end.orders.waiting - start.orders.waiting)
                + full_size(permanent_queue.for_worker),
            steps: start
                .steps
                .iter()
                .zip(&end.steps)
                .enumerate()
                .map(|(step, (start, end))| StepIntervalStats {
                    busy: level(end.busy - start.busy),
                    waiting: level(end.waiting - start.waiting)
                        + full_size(self.permanently_waiting_at(step)),
                    lag: level(end.lag - start.lag),
                    effects: rate(end.effects - start.effects),
                })
                .collect(),
        }
    }

    /// Returns the users of the permanent queue before a step, in the scaled system.
    pub(super) fn permanently_waiting_at(&self, step: usize) -> u32 {
        let permanent_queue = self.config.scaled_system.permanent_queue;
        if permanent_queue.step == step { permanent_queue.at_step } else { 0 }
    }

    /// Returns the current state, scaled to full size.
    pub fn gauges(&self) -> Gauges {
        let scaled_system = &self.config.scaled_system;
        let permanent_queue = scaled_system.permanent_queue;
        let divisor = u32::try_from(scaled_system.divisor).unwrap_or(u32::MAX);
        let full_size = |count: u32| count.saturating_mul(divisor);
        let steps = self.steps.iter().enumerate().map(|(step, state)| {
            let first = self.config.steps[step].first_station as usize;
            let stations = &self.stations[first..first + self.config.steps[step].stations as usize];
            let busy = stations.iter().map(|station| station.busy.level()).sum();
            let waiting = stations.iter().map(|station| station.waiting.level()).sum::<u32>();
            StepGauges {
                busy: scaled_system.steps[step].to_full_size(busy),
                waiting: full_size(waiting + self.permanently_waiting_at(step)),
                lag: full_size(state.lag.level()),
                dead_letters: self.counters.steps[step].dead_letters * scaled_system.divisor,
                is_breaker_open: state.breaker.as_ref().is_some_and(CircuitBreaker::is_open),
            }
        });
        let simulated_workers = self.config.workers + permanent_queue.at_step;
        let workers = ScaledPool { simulated: simulated_workers, ..scaled_system.workers };
        Gauges {
            now: self.now,
            in_system: full_size(self.in_system.level() + permanent_queue.count()),
            workers_busy: workers.to_full_size(self.pool.busy.level() + permanent_queue.at_step),
            workers_waiting: full_size(self.pool.waiting.level() + permanent_queue.for_worker),
            steps: steps.collect(),
        }
    }
}
