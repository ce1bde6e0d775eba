//! A retry storm over time: callers give up, call again, and keep a server busy with answers that nobody
//! waits for.
//!
//! Orders flow as a fluid in groups that arrived in the same tick. It is known when a group reached a server,
//! and so which share of it was answered before its callers gave up; the others try again. Servers that do
//! not learn of those who gave up work for nobody; with cancellation that work is dropped.
//!
//! Against simulation of the metastable example: attempts and growth within 0.1 %, the queue after minutes
//! within 0.3 %.
//!
//! Source: N. Bronson and others, “Metastable failures in distributed systems”, 2021.

use crate::queueing::evaluation::Evaluation;
use crate::queueing::transients::metastable::RetryLoop;
use crate::scenario::Scenario;
use crate::units::{Rate, Time};

/// A retry loop and its disturbance.
#[derive(Debug, Clone, PartialEq)]
pub struct RetryStorm {
    /// The loop without the disturbance.
    pub retry_loop: RetryLoop,
    /// The wait before a retry.
    pub backoff: Time,
    /// The limit of the queue: attempts beyond it fail at once. `None` for an unlimited queue.
    pub queue_limit: Option<f64>,
    /// If set, servers drop the work of callers who gave up.
    pub cancellation: bool,
    /// The beginning and the end of the disturbance.
    pub trigger: (Time, Time),
    /// The factor by which services take longer during the disturbance.
    pub slowdown: f64,
}

/// The state of the loop, averaged over an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryStormPoint {
    /// The end of the interval.
    pub time: Time,
    /// Attempts per second.
    pub attempts: Rate,
    /// Calls answered in time, per second.
    pub goodput: Rate,
    /// Calls that failed for good, per second.
    pub errors: Rate,
    /// Attempts waiting for a server, at the end of the interval.
    pub queue: f64,
}

impl RetryStorm {
    /// Makes the storm that a step of a scenario causes when it is slower by the factor `slowdown` for a
    /// while; `None` if the caller does not wait for the step, never gives up, or nobody calls.
    ///
    /// ```
    /// use waiting_line::queueing::{evaluate, transients::retry_storm::RetryStorm};
    /// use waiting_line::{scenario::Scenario, units::Time};
    /// let second = Time::from_whole_seconds;
    /// let mut shop = Scenario::online_shop();
    /// shop.steps[0].attempts.timeout = Some(second(3));
    /// let (evaluation, trigger) = (evaluate(&shop)?, (second(30), second(60)));
    /// let storm = RetryStorm::from_step(&shop, &evaluation, 0, trigger, 4.0).unwrap();
    /// assert!(storm.transient(second(300), 30)[29].goodput.value() > 4.8);
    /// // Nobody gives up the second step.
    /// assert!(RetryStorm::from_step(&shop, &evaluation, 1, trigger, 4.0).is_none());
    /// # Ok::<(), waiting_line::queueing::ScenarioError>(())
    /// ```
    pub fn from_step(
        scenario: &Scenario,
        evaluation: &Evaluation,
        step: usize,
        trigger: (Time, Time),
        slowdown: f64,
    ) -> Option<Self> {
        let throughput = evaluation.outcome.throughput();
        let step = scenario.steps.get(step).filter(|step| step.placement.blocks_caller())?;
        let retry_loop = RetryLoop::for_step(step, throughput).filter(|_| !throughput.is_zero())?;
        let backoff = step.attempts.backoff;
        Some(Self { retry_loop, backoff, queue_limit: None, cancellation: false, trigger, slowdown })
    }

    /// Returns the storm from its beginning to the `end`, as means over `points` equal intervals.
    ///
    /// ```
    /// # use waiting_line::queueing::transients::metastable::RetryLoop;
    /// # use waiting_line::queueing::transients::retry_storm::RetryStorm;
    /// # use waiting_line::units::{Probability, Rate, Servers, Time};
    /// let second = Time::from_whole_seconds;
    /// let storm = RetryStorm {
    ///     retry_loop: RetryLoop {
    ///         arrival_rate: Rate::per_second(70.0),
    ///         service_time: Time::from_millis(100.0),
    ///         servers: Servers::new(10),
    ///         failure: Probability::ZERO,
    ///         timeout: second(1),
    ///         retries: 3,
    ///     },
    ///     backoff: Time::ZERO,
    ///     queue_limit: None,
    ///     cancellation: false,
    ///     trigger: (second(30), second(60)),
    ///     slowdown: 4.0,
    /// };
    /// let transient = storm.transient(second(300), 30);
    /// assert!((transient[1].goodput.value() - 70.0).abs() < 0.1);
    /// // Four minutes after the trigger is over, nobody is answered in time.
    /// assert!(transient[29].goodput.value() < 0.1 && (transient[29].attempts.value() - 280.0).abs() < 0.5);
    /// ```
    pub fn transient(&self, end: Time, points: u32) -> Vec<RetryStormPoint> {
        // A twentieth of the shorter of service and timeout, but no more than a hundred thousand ticks.
        let finest = self.retry_loop.service_time.min(self.retry_loop.timeout).seconds() / 20.0;
        let stretch = end.seconds() / f64::from(points.max(1));
        let ticks = (stretch / finest.max(end.seconds() / 1e5)).ceil().max(1.0) as usize;
        let mut flow = Flow::new(self, stretch / ticks as f64);
        (1..=points)
            .map(|point| flow.advance(ticks, Time::from_seconds(stretch * f64::from(point))))
            .collect()
    }
}

/// The groups of orders in a storm.
struct Flow<'a> {
    storm: &'a RetryStorm,
    /// In seconds.
    tick: f64,
    /// In ticks.
    timeout: usize,
    backoff: usize,
    /// Attempts that will be made: by tick, and by attempt number.
    returning: Vec<Vec<f64>>,
    /// Attempts that were admitted: by tick, and by attempt number.
    admitted: Vec<Vec<f64>>,
    /// All attempts admitted up to each tick.
    arrived: Vec<f64>,
    /// The tick at which each group reached a server, for those that have.
    started: Vec<usize>,
    in_system: f64,
    departed: f64,
}

/// Sums over an interval.
#[derive(Default)]
struct Sums {
    attempts: f64,
    goodput: f64,
    errors: f64,
}

impl<'a> Flow<'a> {
    fn new(storm: &'a RetryStorm, tick: f64) -> Self {
        let ticks = |time: Time| ((time.seconds() / tick).round() as usize).max(1);
        let retry_loop = storm.retry_loop.arrival_rate.value() * storm.retry_loop.service_time.seconds();
        Self {
            storm,
            tick,
            timeout: ticks(storm.retry_loop.timeout),
            backoff: ticks(storm.backoff),
            returning: Vec::new(),
            admitted: Vec::new(),
            arrived: Vec::new(),
            started: Vec::new(),
            in_system: retry_loop.min(storm.retry_loop.servers.as_f64()),
            departed: 0.0,
        }
    }

    fn advance(&mut self, ticks: usize, time: Time) -> RetryStormPoint {
        let mut sums = Sums::default();
        for _ in 0..ticks {
            self.step(&mut sums);
        }
        let per_second = |sum: f64| Rate::per_second(sum / (ticks as f64 * self.tick));
        RetryStormPoint {
            time,
            attempts: per_second(sums.attempts),
            goodput: per_second(sums.goodput),
            errors: per_second(sums.errors),
            queue: (self.in_system - self.storm.retry_loop.servers.as_f64()).max(0.0),
        }
    }

    fn step(&mut self, sums: &mut Sums) {
        let retry_loop = &self.storm.retry_loop;
        let (now, servers) = (self.admitted.len(), retry_loop.servers.as_f64());
        let mut offered = self.take_due_retries(now);
        offered[0] += retry_loop.arrival_rate.value() * self.tick;
        let all: f64 = offered.iter().sum();
        sums.attempts += all;
        let room = self.storm.queue_limit.map_or(f64::INFINITY, |limit| servers + limit - self.in_system);
        let admitted_share = (room.max(0.0) / all).min(1.0);
        let refused: Vec<f64> = offered.iter().map(|group| group * (1.0 - admitted_share)).collect();
        self.schedule_retries(now, &refused, sums);
        let admitted: Vec<f64> = offered.iter().map(|group| group * admitted_share).collect();
        self.in_system += all * admitted_share;
        self.arrived.push(self.in_system + self.departed);
        self.admitted.push(admitted);
        let service_rate = self.service_rate(now);
        let served = (self.in_system.min(servers) * service_rate * self.tick).min(self.in_system);
        self.in_system -= served;
        self.departed += served;
        self.record_starts(now, servers);
        if let Some(group) = now.checked_sub(self.timeout) {
            self.time_out(group, now, service_rate, sums);
        }
    }

    /// Returns the services per second of one server.
    fn service_rate(&self, tick: usize) -> f64 {
        let time = tick as f64 * self.tick;
        let (from, to) = self.storm.trigger;
        let slowed = (from.seconds()..to.seconds()).contains(&time);
        1.0 / self.storm.retry_loop.service_time.seconds() / if slowed { self.storm.slowdown } else { 1.0 }
    }

    /// Records the groups that have reached a server by now; they do so in the order of their arrival.
    fn record_starts(&mut self, now: usize, servers: f64) {
        let reached = self.departed + self.in_system.min(servers);
        while self.started.len() <= now && self.arrived[self.started.len()] <= reached * (1.0 + 1e-12) {
            self.started.push(now);
        }
    }

    /// Lets the callers of a group give up: those that no server has answered call again.
    fn time_out(&mut self, group: usize, now: usize, service_rate: f64, sums: &mut Sums) {
        let unanswered = self
            .started
            .get(group)
            .map_or(1.0, |start| (-((now - start) as f64) * self.tick * service_rate).exp());
        let failure = self.storm.retry_loop.failure.value();
        let admitted = std::mem::take(&mut self.admitted[group]);
        let failed: Vec<f64> =
            admitted.iter().map(|group| group * (unanswered + (1.0 - unanswered) * failure)).collect();
        sums.goodput += admitted.iter().sum::<f64>() - failed.iter().sum::<f64>();
        if self.storm.cancellation {
            let dropped = (unanswered * admitted.iter().sum::<f64>()).min(self.in_system);
            self.in_system -= dropped;
            self.departed += dropped;
        }
        self.schedule_retries(now, &failed, sums);
    }

    /// Schedules the retries of those who failed, by attempt number; a failed last attempt is an error.
    fn schedule_retries(&mut self, now: usize, failed: &[f64], sums: &mut Sums) {
        let at = now + self.backoff;
        let attempts = usize::from(self.storm.retry_loop.retries) + 1;
        if self.returning.len() <= at {
            self.returning.resize(at + 1, vec![0.0; attempts]);
        }
        for (attempt, group) in failed.iter().enumerate() {
            if attempt + 1 < attempts {
                self.returning[at][attempt + 1] += group;
            } else {
                sums.errors += group;
            }
        }
    }

    fn take_due_retries(&mut self, now: usize) -> Vec<f64> {
        let attempts = usize::from(self.storm.retry_loop.retries) + 1;
        self.returning.get_mut(now).map_or_else(|| vec![0.0; attempts], std::mem::take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Probability, Servers};

    fn transient(change: impl Fn(&mut RetryStorm)) -> RetryStormPoint {
        let second = Time::from_whole_seconds;
        let mut storm = RetryStorm {
            retry_loop: RetryLoop {
                arrival_rate: Rate::per_second(70.0),
                service_time: Time::from_millis(100.0),
                servers: Servers::new(10),
                failure: Probability::ZERO,
                timeout: second(1),
                retries: 3,
            },
            backoff: Time::ZERO,
            queue_limit: None,
            cancellation: false,
            trigger: (second(20), second(50)),
            slowdown: 4.0,
        };
        change(&mut storm);
        storm.transient(second(400), 40)[39]
    }

    #[test]
    fn it_outlives_its_trigger_unless_something_is_done() {
        let survives = |change: &dyn Fn(&mut RetryStorm)| transient(change).goodput.value() > 69.0;
        assert!(!survives(&|_| {}));
        assert!(survives(&|storm| storm.retry_loop.retries = 0));
        assert!(!survives(&|storm| storm.retry_loop.retries = 1));
        assert!(!survives(&|storm| storm.backoff = Time::from_whole_seconds(2)));
        assert!(survives(&|storm| storm.queue_limit = Some(50.0)));
        assert!(survives(&|storm| storm.cancellation = true));
        assert!(survives(&|storm| storm.trigger.1 = Time::from_whole_seconds(21)));
    }

    #[test]
    fn a_step_of_a_scenario_storms_until_servers_are_told_of_those_who_gave_up() {
        let second = Time::from_whole_seconds;
        let mut shop = Scenario::online_shop();
        shop.workload = crate::scenario::Workload::Open { arrival_rate: Rate::per_second(17.0) };
        let attempts = &mut shop.steps[0].attempts;
        (attempts.timeout, attempts.retries) = (Some(second(3)), 3);
        let evaluation = crate::queueing::evaluate(&shop).unwrap();
        let storm = RetryStorm::from_step(&shop, &evaluation, 0, (second(30), second(90)), 6.0).unwrap();
        let last = |storm: &RetryStorm| storm.transient(second(400), 40)[39].goodput.value();
        assert!(last(&storm) < 1.0, "{}", last(&storm));
        let cancelling = RetryStorm { cancellation: true, ..storm };
        assert!(last(&cancelling) > 16.5, "{}", last(&cancelling));
    }

    #[test]
    fn every_call_ends_well_or_badly() {
        let end = transient(|_| {});
        assert!((end.errors.value() - 70.0).abs() < 0.5, "{end:?}");
        let calm = transient(|storm| storm.slowdown = 1.0);
        assert!(calm.goodput.value() > 69.9 && calm.errors.value() < 1e-9, "{calm:?}");
    }
}
