//! What a run says, in means, percentiles and margins.

use super::blueprint::StepPlan;
use super::clock::Instant;
use super::engine::{Simulation, Stop};
use super::estimate::{Estimate, quantile};
use super::histogram::Histogram;
use super::slice::Slice;
use super::totals::{StepTotals, Totals};
use super::warm_up;
use crate::units::{Rate, Time, Utilization};

/// What a run says of its scenario. Averages leave the warm-up out; counts are of the whole run, as it was played. Averages
/// of a slice are given for the whole.
#[derive(Debug, Clone)]
pub struct Report {
    /// Why the run was over, if it was.
    pub stopped: Option<Stop>,
    /// How many events happened.
    pub events: u64,
    /// Up to when the run got.
    pub simulated: Time,
    /// Which part of the system was played.
    pub slice: Slice,
    /// How long the warm-up was that the averages leave out.
    pub warm_up: Time,
    /// Whether what followed was steady; if not, averages and margins describe no state that lasts.
    pub settled: bool,
    /// Orders of the whole run.
    pub orders: OrderCounts,
    /// Orders answered per second.
    pub throughput: Estimate<Rate>,
    /// Orders answered per second within the client's timeout.
    pub goodput: Estimate<Rate>,
    /// Requests sent per second: orders and their repetitions.
    pub attempts: Estimate<Rate>,
    /// From an order to its answer.
    pub response_time: Option<Estimate<Time>>,
    /// Its percentiles.
    pub percentiles: Option<Percentiles>,
    /// Orders that are there, on average.
    pub in_system: Estimate<f64>,
    /// Little's law, as a check on the run itself.
    pub little: Little,
    /// The API workers.
    pub pool: StationReport,
    /// The steps, in the order of the scenario.
    pub steps: Vec<StepReport>,
}

/// Orders counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderCounts {
    /// That came.
    pub submitted: u64,
    /// That were answered.
    pub answered: u64,
    /// Of these, within the client's timeout.
    pub in_time: u64,
    /// That ended without an answer.
    pub failed: u64,
    /// Requests sent for them.
    pub attempts: u64,
    /// Requests that got no worker.
    pub refused: u64,
    /// Answers that nobody waited for any more.
    pub unwanted: u64,
    /// Events that were lost because the broker was down.
    pub events_lost: u64,
}

/// Percentiles of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentiles {
    /// The median.
    pub p50: Estimate<Time>,
    /// 95 of 100 are not longer.
    pub p95: Estimate<Time>,
    /// 99 of 100 are not longer.
    pub p99: Estimate<Time>,
    /// 999 of 1,000 are not longer.
    pub p999: Estimate<Time>,
}

/// Little's law in a run: the time average of the orders present equals the time that they spent there, divided by
/// the length. Both are counted apart, in whole numbers, and must be equal to the last nanosecond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Little {
    /// Orders present, as the area under their number.
    pub by_area: f64,
    /// Orders present, as the time that all of them spent.
    pub by_stays: f64,
    /// Whether the two are equal.
    pub holds: bool,
    /// Throughput × response time, which differs a little because orders are in progress at both ends.
    pub by_law: f64,
}

/// How a station was used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StationReport {
    /// The share of its servers that was busy.
    pub utilization: Estimate<Utilization>,
    /// Servers busy, on average.
    pub busy: Estimate<f64>,
    /// How many waited, on average.
    pub waiting: Estimate<f64>,
    /// How long a visit waited, on average.
    pub waiting_time: Option<Estimate<Time>>,
}

/// How a step did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Its connections or consumers.
    pub station: StationReport,
    /// What was counted over the whole run.
    pub counts: StepCounts,
    /// What became of its events, where the broker carries them.
    pub effect: Option<EffectReport>,
}

/// What was counted at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepCounts {
    /// Attempts and deliveries whose work was begun.
    pub started: u64,
    /// Attempts that failed.
    pub failures: u64,
    /// Attempts that were refused without work.
    pub refused: u64,
    /// Attempts that their caller gave up.
    pub timed_out: u64,
    /// Effects.
    pub effects: u64,
    /// Of these, more than once for an order.
    pub duplicates: u64,
    /// Effects that were overtaken by that of a later order.
    pub reordered: u64,
    /// Deliveries that the consumer knew already and skipped.
    pub skipped: u64,
    /// Events published for it.
    pub published: u64,
    /// Deliveries after the first.
    pub redelivered: u64,
    /// Events that became dead letters.
    pub dead: u64,
}

/// What became of a step's events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectReport {
    /// Events published and not done, on average.
    pub lag: Estimate<f64>,
    /// Whether that number shows no trend.
    pub keeps_up: bool,
    /// From the publication to the first effect.
    pub staleness: Option<Estimate<Time>>,
    /// The staleness that 99 of 100 events did not exceed, over the whole run.
    pub staleness_p99: Option<Time>,
}

/// The parts of a run that averages and margins are made of.
struct Batches<'a>(Vec<&'a Totals>);

impl Batches<'_> {
    /// How many at most: few enough that neighbours hardly depend on each other.
    const MOST: usize = 16;
    /// How many at least: fewer have no margin.
    const LEAST: usize = 3;
    /// How often those who are there leave and others come in each, at least: one order holds the next ones up, so that
    /// shorter batches resemble each other, and would promise more than they know.
    const TURNS: f64 = 2.0;

    /// How many a run is cut into in which those who are there have changed so often.
    fn count(turns: f64) -> usize {
        ((turns / Self::TURNS) as usize).clamp(Self::LEAST, Self::MOST)
    }

    fn ratio(&self, pick: impl Fn(&Totals) -> (f64, f64)) -> Option<Estimate<f64>> {
        let sums: Vec<(f64, f64)> = self.0.iter().map(|totals| pick(totals)).collect();
        let batches: Vec<(f64, f64)> =
            sums.windows(2).map(|pair| (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1)).collect();
        Estimate::ratio(&batches)
    }

    fn per_time(&self, pick: impl Fn(&Totals) -> f64) -> Estimate<f64> {
        let nothing = Estimate { value: 0.0, margin: 0.0, wide_margin: 0.0 };
        self.ratio(|totals| (pick(totals), totals.at.nanos() as f64)).unwrap_or(nothing)
    }

    /// The average level in each part, from the area under it.
    fn levels(&self, area: impl Fn(&Totals) -> u128) -> Vec<f64> {
        let level = |pair: &[&Totals]| {
            (area(pair[1]) - area(pair[0])) as f64 / (pair[1].at - pair[0].at).nanos() as f64
        };
        self.0.windows(2).map(level).collect()
    }

    /// The percentiles of the response times; so many are held all the time, whose line every order goes through.
    fn percentiles(&self, held: u32) -> Option<Percentiles> {
        let beside =
            self.ratio(|totals| (spent(held, totals.at) as f64, totals.orders.answered as f64))?.nanos();
        let parts: Vec<Histogram> =
            self.0.windows(2).map(|pair| pair[1].times.since(&pair[0].times)).collect();
        let all = self.0.last()?.times.since(&self.0.first()?.times);
        let at = |share| {
            quantile(share, &all, &parts).map(|played| Estimate {
                value: played.value + beside.value,
                margin: played.margin + beside.margin,
                wide_margin: played.wide_margin + beside.wide_margin,
            })
        };
        Some(Percentiles { p50: at(0.5)?, p95: at(0.95)?, p99: at(0.99)?, p999: at(0.999)? })
    }
}

impl Simulation {
    /// What the run says so far.
    pub fn report(&mut self) -> Report {
        self.measure(self.now);
        let nothing = Totals::new(self.steps.len());
        let marks = self.marks(&nothing);
        let marks = Batches(marks);
        let warm_up = warm_up::detect(&marks.levels(|totals| totals.orders.in_system));
        let rest = &marks.0[warm_up.left_out.min(marks.0.len() - 1)..];
        let slots = rest.len() - 1;
        let turns = turns(rest);
        let count = slots.min(Batches::count(turns));
        let batches = Batches((0..=count).map(|batch| rest[batch * slots / count.max(1)]).collect());
        let scale = self.plan.slice.one_in as f64;
        let scaled = |estimate: Estimate<f64>| estimate.map(|value| value * scale);
        let per_time = |pick: fn(&Totals) -> f64| scaled(batches.per_time(pick));
        let held = self.plan.slice.held;
        let in_system = per_time(|totals| totals.orders.in_system as f64);
        Report {
            stopped: self.stop,
            events: self.events,
            simulated: self.now.time(),
            slice: self.plan.slice.clone(),
            warm_up: rest[0].at.time(),
            settled: warm_up.settled && turns >= Batches::TURNS,
            orders: self.order_counts(),
            throughput: per_time(|totals| totals.orders.answered as f64).per_nano(),
            goodput: per_time(|totals| totals.orders.in_time as f64).per_nano(),
            attempts: per_time(|totals| totals.orders.attempts as f64).per_nano(),
            response_time: batches
                .ratio(|totals| {
                    let spent = totals.orders.response + spent(held.count(), totals.at);
                    (spent as f64, totals.orders.answered as f64)
                })
                .map(Estimate::nanos),
            percentiles: batches.percentiles(held.count()),
            in_system: Estimate { value: in_system.value + f64::from(held.count()) * scale, ..in_system },
            little: little(rest[0], &self.totals),
            pool: station(&batches, scale, f64::from(self.plan.workers + held.at_step), |totals| {
                let working = totals.orders.working + spent(held.at_step, totals.at);
                let queueing = totals.orders.queueing + spent(held.for_worker, totals.at);
                (working, queueing, totals.orders.granted)
            }),
            steps: (0..self.steps.len()).map(|step| self.step_report(step, &batches, scale)).collect(),
        }
    }

    /// The start, the rows of the ledger, and now; a last piece that is too short goes with the one before.
    fn marks<'a>(&'a self, nothing: &'a Totals) -> Vec<&'a Totals> {
        let mut marks = vec![nothing];
        marks.extend(self.ledger.rows());
        if let [.., before, last] = marks[..] {
            let (width, left) = (last.at - before.at, self.totals.at - last.at);
            if left.nanos() < width.nanos() / 2 {
                marks.pop();
            }
        }
        if self.totals.at > Instant::START {
            marks.push(&self.totals);
        }
        marks
    }

    fn order_counts(&self) -> OrderCounts {
        let totals = &self.totals;
        OrderCounts {
            submitted: totals.orders.submitted,
            answered: totals.orders.answered,
            in_time: totals.orders.in_time,
            failed: totals.orders.failed,
            attempts: totals.orders.attempts,
            refused: totals.orders.refused,
            unwanted: totals.orders.unwanted,
            events_lost: totals.orders.lost,
        }
    }

    fn step_report(&self, step: usize, batches: &Batches<'_>, scale: f64) -> StepReport {
        let StepPlan { stations, servers, carried, .. } = self.plan.steps[step];
        let servers = f64::from(stations) * f64::from(servers);
        let of = |totals: &Totals| totals.steps[step];
        let state = &self.steps[step];
        StepReport {
            station: station(batches, scale, servers, |totals| {
                let waiting = of(totals).waiting + spent(self.held_at(step), totals.at);
                (of(totals).busy, waiting, of(totals).started)
            }),
            counts: counts(of(&self.totals)),
            effect: carried.then(|| EffectReport {
                lag: batches.per_time(|totals| of(totals).lag as f64).map(|lag| lag * scale),
                keeps_up: !warm_up::drifts(&batches.levels(|totals| of(totals).lag)),
                staleness: batches
                    .ratio(|totals| (of(totals).staleness as f64, of(totals).fresh as f64))
                    .map(Estimate::nanos),
                staleness_p99: state
                    .staleness
                    .as_ref()
                    .and_then(|times| times.quantile(0.99))
                    .map(super::clock::Span::time),
            }),
        }
    }
}

/// How often those who are there leave and others come within this part of a run: the number in line may stay while
/// everybody's wait still grows.
fn turns(rest: &[&Totals]) -> f64 {
    let (Some(from), Some(until)) = (rest.first(), rest.last()) else { return 0.0 };
    let left = (until.orders.answered + until.orders.failed) - (from.orders.answered + from.orders.failed);
    let present =
        (until.orders.in_system - from.orders.in_system) as f64 / (until.at - from.at).nanos() as f64;
    if present > 0.0 { left as f64 / present } else { f64::INFINITY }
}

/// The time that so many who stand still have spent in line up to a moment.
fn spent(held: u32, at: Instant) -> u128 {
    u128::from(held) * u128::from(at.nanos())
}

fn counts(totals: StepTotals) -> StepCounts {
    StepCounts {
        started: totals.started,
        failures: totals.failures,
        refused: totals.refused,
        timed_out: totals.timed_out,
        effects: totals.effects,
        duplicates: totals.duplicates,
        reordered: totals.reordered,
        skipped: totals.skipped,
        published: totals.published,
        redelivered: totals.redelivered,
        dead: totals.dead,
    }
}

fn station(
    batches: &Batches<'_>,
    scale: f64,
    servers: f64,
    pick: impl Fn(&Totals) -> (u128, u128, u64),
) -> StationReport {
    let busy = batches.per_time(|totals| pick(totals).0 as f64);
    let waiting = batches.per_time(|totals| pick(totals).1 as f64);
    StationReport {
        utilization: busy.of_servers(servers),
        busy: busy.map(|level| level * scale),
        waiting: waiting.map(|level| level * scale),
        waiting_time: batches
            .ratio(|totals| {
                let (_, waiting, visits) = pick(totals);
                (waiting as f64, visits as f64)
            })
            .map(Estimate::nanos),
    }
}

/// Little's law between two states of the totals.
fn little(from: &Totals, until: &Totals) -> Little {
    let length = (until.at - from.at).nanos() as f64;
    let area = until.orders.in_system - from.orders.in_system;
    let spent = until.orders.stays + until.orders.ages - from.orders.stays - from.orders.ages;
    let average = |sum: u128| if length > 0.0 { sum as f64 / length } else { 0.0 };
    Little {
        by_area: average(area),
        by_stays: average(spent),
        holds: area == spent,
        by_law: average(until.orders.stays - from.orders.stays),
    }
}
