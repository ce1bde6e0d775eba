//! The report of a run: means, percentiles and confidence intervals.

use super::clock::{Instant, Span};
use super::engine::compiled_experiment::StepConfig;
use super::engine::{Simulation, StopReason};
use super::scaling::ScaledSystem;
use super::statistics::confidence::{Estimate, quantile};
use super::statistics::counters::{Counters, StepCounters};
use super::statistics::histogram::Histogram;
use super::statistics::warm_up;
use crate::units::{Rate, Time, Utilization};

/// Results of a run. Averages exclude the warm-up and are scaled to full size; counts cover the whole run as
/// it was simulated.
#[derive(Debug, Clone)]
pub struct Report {
    pub stop_reason: Option<StopReason>,
    pub events: u64,
    /// Simulated time.
    pub simulated: Time,
    pub scaled_system: ScaledSystem,
    /// Length of the warm-up, which the averages exclude.
    pub warm_up: Time,
    /// `true` if the rest is steady; otherwise averages and margins describe no lasting state.
    pub is_steady: bool,
    pub orders: OrderCounts,
    pub throughput: Estimate<Rate>,
    /// Orders answered within the client timeout.
    pub goodput: Estimate<Rate>,
    /// Requests sent, retries included.
    pub attempts: Estimate<Rate>,
    /// From submission to answer.
    pub response_time: Option<Estimate<Time>>,
    pub percentiles: Option<Percentiles>,
    /// Mean number of orders in the system.
    pub in_system: Estimate<f64>,
    /// Little's law as a check on the run itself.
    pub little: LittleCheck,
    /// The API workers.
    pub pool: StationReport,
    /// In the order of the scenario.
    pub steps: Vec<StepReport>,
}

/// Numbers of orders over the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderCounts {
    pub submitted: u64,
    pub answered: u64,
    /// Answered within the client timeout.
    pub in_time: u64,
    /// Given up without an answer.
    pub failed: u64,
    /// Requests sent, retries included.
    pub attempts: u64,
    /// Requests that got no worker.
    pub rejected: u64,
    /// Answers after the client had stopped waiting.
    pub late_answers: u64,
    /// Events lost because the broker was down.
    pub events_lost: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentiles {
    pub p50: Estimate<Time>,
    pub p95: Estimate<Time>,
    pub p99: Estimate<Time>,
    pub p999: Estimate<Time>,
}

/// Little's law in a run: the mean number of orders in the system equals the sum of their residence times
/// divided by the length of the run. Both are counted separately, in whole nanoseconds, and must be equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LittleCheck {
    /// Mean number in the system, from the time integral of that number.
    pub by_integral: f64,
    /// Mean number in the system, from the residence times.
    pub by_residence_times: f64,
    pub holds: bool,
    /// Throughput × response time. Differs slightly, because orders are in progress at both ends.
    pub by_law: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StationReport {
    pub utilization: Estimate<Utilization>,
    /// Mean number of busy servers.
    pub busy: Estimate<f64>,
    /// Mean queue length.
    pub waiting: Estimate<f64>,
    /// Mean waiting time of a visit.
    pub waiting_time: Option<Estimate<Time>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// The connections or consumers of the step.
    pub station: StationReport,
    pub counts: StepCounts,
    /// Present for steps behind the broker.
    pub effect: Option<EffectReport>,
}

/// Numbers of events at a step over the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepCounts {
    /// Attempts and deliveries whose service has started.
    pub started: u64,
    /// Attempts that failed.
    pub failures: u64,
    /// Attempts rejected without service.
    pub rejected: u64,
    /// Attempts that their caller gave up.
    pub timed_out: u64,
    pub effects: u64,
    /// Effects after the first one on the same order.
    pub duplicates: u64,
    /// Effects that were overtaken by that of a later order.
    pub reordered: u64,
    /// Deliveries that an idempotent consumer skipped.
    pub skipped: u64,
    pub published: u64,
    /// Deliveries after the first.
    pub redelivered: u64,
    pub dead_letters: u64,
}

/// Lag and staleness of the events of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectReport {
    /// Mean number of events published and not done.
    pub lag: Estimate<f64>,
    /// `true` if the lag shows no trend.
    pub keeps_up: bool,
    /// From publication to first effect.
    pub staleness: Option<Estimate<Time>>,
    /// 99th percentile over the whole run.
    pub staleness_p99: Option<Time>,
}

/// Counters at the bounds of the batches that averages and margins are computed from.
struct Batches<'a>(Vec<&'a Counters>);

impl Batches<'_> {
    /// With more batches neighbours depend on each other too much.
    const MAX: usize = 16;
    /// Fewer batches have no margin.
    const MIN: usize = 3;
    /// Minimum number of times that the orders in the system are replaced within a batch. An order delays the
    /// next ones, so shorter batches are correlated and would give margins that are too small.
    const MIN_TURNOVERS: f64 = 2.0;

    /// Returns the number of batches for a run in which the orders in the system were replaced `turnovers`
    /// times.
    fn count(turnovers: f64) -> usize {
        ((turnovers / Self::MIN_TURNOVERS) as usize).clamp(Self::MIN, Self::MAX)
    }

    fn ratio(&self, select: impl Fn(&Counters) -> (f64, f64)) -> Option<Estimate<f64>> {
        let sums: Vec<(f64, f64)> = self.0.iter().map(|counters| select(counters)).collect();
        let batches: Vec<(f64, f64)> =
            sums.windows(2).map(|pair| (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1)).collect();
        Estimate::ratio(&batches)
    }

    fn per_time(&self, select: impl Fn(&Counters) -> f64) -> Estimate<f64> {
        let zero = Estimate { value: 0.0, margin: 0.0, wide_margin: 0.0 };
        self.ratio(|counters| (select(counters), counters.at.nanos() as f64)).unwrap_or(zero)
    }

    /// Returns the mean level in each batch, from its time integral.
    fn levels(&self, integral: impl Fn(&Counters) -> u128) -> Vec<f64> {
        let level = |pair: &[&Counters]| {
            (integral(pair[1]) - integral(pair[0])) as f64 / (pair[1].at - pair[0].at).nanos() as f64
        };
        self.0.windows(2).map(level).collect()
    }

    /// Computes the percentiles of the response times, and adds the delay of the permanent queue of this
    /// length.
    fn percentiles(&self, permanent_queue: u32) -> Option<Percentiles> {
        let delay = self
            .ratio(|counters| {
                (time_spent(permanent_queue, counters.at) as f64, counters.orders.answered as f64)
            })?
            .to_time();
        let batches: Vec<Histogram> =
            self.0.windows(2).map(|pair| pair[1].response_times.since(&pair[0].response_times)).collect();
        let all = self.0.last()?.response_times.since(&self.0.first()?.response_times);
        let percentile = |share| {
            quantile(share, &all, &batches).map(|simulated| Estimate {
                value: simulated.value + delay.value,
                margin: simulated.margin + delay.margin,
                wide_margin: simulated.wide_margin + delay.wide_margin,
            })
        };
        Some(Percentiles {
            p50: percentile(0.5)?,
            p95: percentile(0.95)?,
            p99: percentile(0.99)?,
            p999: percentile(0.999)?,
        })
    }
}

impl Simulation {
    /// Computes the report of the run so far.
    pub fn report(&mut self) -> Report {
        self.update_integrals(self.now);
        let start = Counters::new(self.steps.len());
        let intervals = Batches(self.interval_bounds(&start));
        let warm_up = warm_up::detect(&intervals.levels(|counters| counters.orders.in_system));
        let rest = &intervals.0[warm_up.discarded.min(intervals.0.len() - 1)..];
        let interval_count = rest.len() - 1;
        let turnovers = turnovers(rest);
        let count = interval_count.min(Batches::count(turnovers));
        let bounds = (0..=count).map(|batch| rest[batch * interval_count / count.max(1)]);
        let batches = Batches(bounds.collect());
        let scale = self.config.scaled_system.divisor as f64;
        let full_size = |estimate: Estimate<f64>| estimate.map(|value| value * scale);
        let per_time = |select: fn(&Counters) -> f64| full_size(batches.per_time(select));
        let permanent_queue = self.config.scaled_system.permanent_queue;
        let in_system = per_time(|counters| counters.orders.in_system as f64);
        Report {
            stop_reason: self.stop_reason,
            events: self.events,
            simulated: self.now.time(),
            scaled_system: self.config.scaled_system.clone(),
            warm_up: rest[0].at.time(),
            is_steady: warm_up.is_steady && turnovers >= Batches::MIN_TURNOVERS,
            orders: self.order_counts(),
            throughput: per_time(|counters| counters.orders.answered as f64).to_rate(),
            goodput: per_time(|counters| counters.orders.in_time as f64).to_rate(),
            attempts: per_time(|counters| counters.orders.attempts as f64).to_rate(),
            response_time: batches
                .ratio(|counters| {
                    let sum =
                        counters.orders.response_time + time_spent(permanent_queue.count(), counters.at);
                    (sum as f64, counters.orders.answered as f64)
                })
                .map(Estimate::to_time),
            percentiles: batches.percentiles(permanent_queue.count()),
            in_system: Estimate {
                value: in_system.value + f64::from(permanent_queue.count()) * scale,
                ..in_system
            },
            little: check_little(rest[0], &self.counters),
            pool: station_report(
                &batches,
                scale,
                f64::from(self.config.workers + permanent_queue.at_step),
                |counters| StationCounters {
                    busy: counters.orders.busy_workers + time_spent(permanent_queue.at_step, counters.at),
                    waiting: counters.orders.waiting + time_spent(permanent_queue.for_worker, counters.at),
                    visits: counters.orders.started,
                },
            ),
            steps: (0..self.steps.len()).map(|step| self.step_report(step, &batches, scale)).collect(),
        }
    }

    /// Returns the counters at the start, in the rows of the history, and now. A last interval that is too
    /// short is merged with the one before.
    fn interval_bounds<'a>(&'a self, start: &'a Counters) -> Vec<&'a Counters> {
        let mut bounds = vec![start];
        bounds.extend(self.counter_history.rows());
        if let [.., previous, last] = bounds[..] {
            let (spacing, rest) = (last.at - previous.at, self.counters.at - last.at);
            if rest.nanos() < spacing.nanos() / 2 {
                bounds.pop();
            }
        }
        if self.counters.at > Instant::START {
            bounds.push(&self.counters);
        }
        bounds
    }

    fn order_counts(&self) -> OrderCounts {
        let counters = &self.counters;
        OrderCounts {
            submitted: counters.orders.submitted,
            answered: counters.orders.answered,
            in_time: counters.orders.in_time,
            failed: counters.orders.failed,
            attempts: counters.orders.attempts,
            rejected: counters.orders.rejected,
            late_answers: counters.orders.late_answers,
            events_lost: counters.orders.events_lost,
        }
    }

    fn step_report(&self, step: usize, batches: &Batches<'_>, scale: f64) -> StepReport {
        let StepConfig { stations, servers, uses_broker, .. } = self.config.steps[step];
        let servers = f64::from(stations) * f64::from(servers);
        let of_step = |counters: &Counters| counters.steps[step];
        let permanent_queue = self.permanently_waiting_at(step);
        StepReport {
            station: station_report(batches, scale, servers, |counters| StationCounters {
                busy: of_step(counters).busy,
                waiting: of_step(counters).waiting + time_spent(permanent_queue, counters.at),
                visits: of_step(counters).started,
            }),
            counts: step_counts(of_step(&self.counters)),
            effect: uses_broker.then(|| EffectReport {
                lag: batches.per_time(|counters| of_step(counters).lag as f64).map(|lag| lag * scale),
                keeps_up: !warm_up::drifts(&batches.levels(|counters| of_step(counters).lag)),
                staleness: batches
                    .ratio(|counters| {
                        (of_step(counters).staleness as f64, of_step(counters).first_effects as f64)
                    })
                    .map(Estimate::to_time),
                staleness_p99: self.steps[step]
                    .staleness
                    .as_ref()
                    .and_then(|staleness| staleness.quantile(0.99))
                    .map(Span::time),
            }),
        }
    }
}

/// Returns how many times the orders in the system are replaced within this part of a run. The queue length
/// may be constant while waiting times still grow.
fn turnovers(part: &[&Counters]) -> f64 {
    let (Some(start), Some(end)) = (part.first(), part.last()) else { return 0.0 };
    let ended = (end.orders.answered + end.orders.failed) - (start.orders.answered + start.orders.failed);
    let in_system =
        (end.orders.in_system - start.orders.in_system) as f64 / (end.at - start.at).nanos() as f64;
    if in_system > 0.0 { ended as f64 / in_system } else { f64::INFINITY }
}

/// Returns the time that the users of a permanent queue have spent in it up to a moment, in nanoseconds.
fn time_spent(permanent_queue: u32, at: Instant) -> u128 {
    u128::from(permanent_queue) * u128::from(at.nanos())
}

fn step_counts(counters: StepCounters) -> StepCounts {
    StepCounts {
        started: counters.started,
        failures: counters.failures,
        rejected: counters.rejected,
        timed_out: counters.timed_out,
        effects: counters.effects,
        duplicates: counters.duplicates,
        reordered: counters.reordered,
        skipped: counters.skipped,
        published: counters.published,
        redelivered: counters.redelivered,
        dead_letters: counters.dead_letters,
    }
}

struct StationCounters {
    /// Time integral of the number of busy servers.
    busy: u128,
    /// Time integral of the queue length.
    waiting: u128,
    visits: u64,
}

fn station_report(
    batches: &Batches<'_>,
    scale: f64,
    servers: f64,
    select: impl Fn(&Counters) -> StationCounters,
) -> StationReport {
    let busy = batches.per_time(|counters| select(counters).busy as f64);
    let waiting = batches.per_time(|counters| select(counters).waiting as f64);
    StationReport {
        utilization: busy.to_utilization(servers),
        busy: busy.map(|level| level * scale),
        waiting: waiting.map(|level| level * scale),
        waiting_time: batches
            .ratio(|counters| {
                let StationCounters { waiting, visits, .. } = select(counters);
                (waiting as f64, visits as f64)
            })
            .map(Estimate::to_time),
    }
}

fn check_little(start: &Counters, end: &Counters) -> LittleCheck {
    let length = (end.at - start.at).nanos() as f64;
    let average = |sum: u128| if length > 0.0 { sum as f64 / length } else { 0.0 };
    let integral = end.orders.in_system - start.orders.in_system;
    let residence_time = end.orders.residence_time - start.orders.residence_time;
    let total_residence_time = residence_time + end.orders.age - start.orders.age;
    LittleCheck {
        by_integral: average(integral),
        by_residence_times: average(total_residence_time),
        holds: integral == total_residence_time,
        by_law: average(residence_time),
    }
}
