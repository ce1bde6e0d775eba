//! The transient of a whole scenario from its first moment on: all orders as a fluid.
//!
//! Users who think, the queue for a worker, every step with its connections, and the published events are
//! tanks. Over a short tick each takes in an even stream and lets out what [`FluidStation`] says, exactly; a
//! worker is free for the next order when one is answered. The response time is read horizontally: from the
//! time when as many orders had been sent as have been answered now.
//!
//! The rate of orders that are begun does not exceed the saturation throughput of the evaluation: where
//! workers and full steps interfere, that is less than either would do alone.
//!
//! Valid for what many orders do together: the growth of a queue, the lag of events, the throughput of a full
//! system. A fluid has no randomness, and so no waiting below the capacity.
//!
//! Source: G. F. Newell, “Applications of Queueing Theory”, 1982.

use crate::queueing::evaluation::effects::Consumers;
use crate::queueing::evaluation::step_work::StepWork;
use crate::queueing::transients::fluid::{FluidStation, Phase};
use crate::scenario::{Placement, Scenario, Workload};
use crate::units::{Rate, Servers, Time};

/// The state of the users at the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitialState {
    /// All users think; nothing is in progress.
    Empty,
    /// As many users think as in saturation; all others queue for a worker.
    Queued,
}

/// The state of a scenario at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FluidTransientPoint {
    pub time: Time,
    /// The response time of the orders that are answered now; `None` before the first answer.
    pub response_time: Option<Time>,
    /// Orders in the queues for a worker or a step.
    pub waiting: f64,
    /// Events published and not yet handled.
    pub lag: f64,
}

/// Returns the transient of a scenario from its beginning to the `end`, at evenly spaced times.
/// `saturation_throughput` is that of the scenario's evaluation.
///
/// ```
/// use waiting_line::queueing::{evaluate, transients::fluid_transient::{InitialState, fluid_transient}};
/// use waiting_line::{scenario::{Scenario, Workload}, units::{Time, Users}};
/// // 500 users of the shop, whose 20 workers do 18.96 orders a second: R = 500 / 18.96 − 1 s.
/// let workload = Workload::Closed { users: Users::new(500), think_time: Time::from_whole_seconds(1) };
/// let shop = Scenario { workload, ..Scenario::online_shop() };
/// let saturation_throughput = evaluate(&shop)?.bounds.saturation_throughput;
/// let end = Time::from_whole_seconds(300);
/// let points = fluid_transient(&shop, saturation_throughput, InitialState::Empty, end, 60);
/// let last = points.last().and_then(|point| point.response_time).unwrap();
/// assert!((last.seconds() - 25.37).abs() < 0.05, "{}", last.seconds());
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn fluid_transient(
    scenario: &Scenario,
    saturation_throughput: Rate,
    start: InitialState,
    end: Time,
    points: u32,
) -> Vec<FluidTransientPoint> {
    /// Bounds the cost when a service is very short.
    const MAX_TICKS: f64 = 20_000.0;
    let mut flow = Flow::new(scenario, saturation_throughput, start);
    let stretch = end.seconds() / f64::from(points.max(1));
    let tick = (flow.unloaded / 20.0).max(end.seconds() / MAX_TICKS).min(stretch);
    let ticks = (stretch / tick).ceil().max(1.0) as u32;
    let tick = stretch / f64::from(ticks);
    flow.deduct_tick_from_think_time(tick);
    (1..=points)
        .map(|_| {
            (0..ticks).for_each(|_| flow.advance(tick));
            flow.point()
        })
        .collect()
}

/// A place that orders flow through.
#[derive(Debug, Clone)]
struct Tank {
    station: FluidStation,
    content: f64,
    departed: f64,
}

impl Tank {
    fn new(service_time: Time, servers: Servers) -> Self {
        let station = FluidStation { service_time, servers, initial_content: 0.0, phases: Vec::new() };
        Self { station, content: 0.0, departed: 0.0 }
    }

    /// Takes in the `inflow` during a tick and returns the outflow.
    fn advance(&mut self, inflow: f64, tick: f64) -> f64 {
        let all = self.content + inflow;
        if self.station.service_time.is_zero() {
            self.content = 0.0;
        } else {
            let arrival_rate = Rate::per_second(inflow / tick);
            let phase = Phase { start: Time::ZERO, arrival_rate, speed: 1.0 };
            self.content = self.station.content_after(self.content, &phase, tick).clamp(0.0, all.max(0.0));
        }
        self.departed += all - self.content;
        all - self.content
    }

    fn waiting(&self) -> f64 {
        (self.content - self.station.servers.as_f64()).max(0.0)
    }
}

/// The state of the whole flow. Times are in seconds.
struct Flow {
    source: Source,
    now: f64,
    /// The orders sent up to each time; times do not fall.
    sent: Vec<(f64, f64)>,
    /// The index of the first entry of `sent` that may still be answered.
    oldest: usize,
    answered: f64,
    in_line: f64,
    in_progress: f64,
    /// Orders answered in the latest tick.
    latest: f64,
    workers: f64,
    /// Orders per second.
    saturation_throughput: f64,
    /// The synchronous groups one after the other; the tanks of a group are parallel.
    groups: Vec<Vec<Tank>>,
    /// The consumers of published events, with the share of the events that each tank gets.
    events: Vec<(Tank, f64)>,
    /// The response time without any queue, in seconds.
    unloaded: f64,
}

enum Source {
    Users { think: Tank },
    Stream { per_second: f64 },
}

impl Flow {
    fn new(scenario: &Scenario, saturation_throughput: Rate, start: InitialState) -> Self {
        // With as many servers as there can be orders, nobody ever queues.
        let unlimited = |time| Tank::new(time, Servers::MAX);
        let step_works: Vec<StepWork> =
            scenario.steps.iter().map(|step| StepWork::new(step, &scenario.broker)).collect();
        let mut groups: Vec<Vec<Tank>> = Vec::new();
        let mut unloaded = 0.0;
        for group in scenario.synchronous_groups() {
            let tanks =
                group.iter().map(|&step| Tank::new(step_works[step].demand, step_works[step].servers));
            groups.push(tanks.collect());
            let delay = group.iter().map(|&step| step_works[step].delay).fold(Time::ZERO, Time::max);
            groups.push(vec![unlimited(delay)]);
            let longest = group.iter().map(|&step| step_works[step].demand).fold(Time::ZERO, Time::max);
            unloaded += (longest + delay).seconds();
        }
        if scenario.publishes() {
            groups.push(vec![unlimited(scenario.broker.publish_latency)]);
            unloaded += scenario.broker.publish_latency.seconds();
        }
        let is_async = |step: &usize| scenario.steps[*step].placement == Placement::Async;
        let events = (0..scenario.steps.len()).filter(is_async).flat_map(|step| {
            let consumers =
                Consumers { step, work: &step_works[step], broker: &scenario.broker, events: Rate::ZERO };
            consumers.classes()
        });
        let events = events.map(|(servers, share, time)| (Tank::new(time, servers), share)).collect();
        let mut flow = Self {
            source: Source::Stream { per_second: 0.0 },
            now: 0.0,
            sent: Vec::new(),
            oldest: 0,
            answered: 0.0,
            in_line: 0.0,
            in_progress: 0.0,
            latest: 0.0,
            workers: scenario.workers.as_f64(),
            saturation_throughput: saturation_throughput.value(),
            groups,
            events,
            unloaded,
        };
        match scenario.workload {
            Workload::Open { arrival_rate } => {
                flow.source = Source::Stream { per_second: arrival_rate.value() };
            }
            Workload::Closed { users, think_time } => {
                let all = users.as_f64();
                let mut think = unlimited(think_time);
                let thinking = (flow.saturation_throughput * think_time.seconds()).min(all);
                think.content = if start == InitialState::Empty { all } else { thinking };
                flow.in_line = all - think.content;
                // Those in the queue have come at the rate at which it moves.
                flow.sent.push((-flow.in_line / flow.saturation_throughput.max(1e-9), 0.0));
                flow.source = Source::Users { think };
            }
        }
        flow.sent.push((0.0, flow.in_line));
        flow
    }

    /// The tick in which an answer comes back to its user is a part of thinking.
    fn deduct_tick_from_think_time(&mut self, tick: f64) {
        if let Source::Users { think } = &mut self.source {
            think.station.service_time = think.station.service_time - Time::from_seconds(tick);
        }
    }

    /// Advances the flow by one tick.
    fn advance(&mut self, tick: f64) {
        let sent = match &mut self.source {
            Source::Users { think } => think.advance(self.latest, tick),
            Source::Stream { per_second } => *per_second * tick,
        };
        self.now += tick;
        let before = self.sent.last().map_or(0.0, |last| last.1);
        self.sent.push((self.now, before + sent));
        self.in_line += sent;
        // Orders that are answered in this tick leave a worker to the next.
        let free = (self.workers - self.in_progress + self.latest).max(0.0);
        let begun = self.in_line.min(free).min(self.saturation_throughput * tick);
        self.in_line -= begun;
        let mut stream = begun;
        for group in &mut self.groups {
            let done = |group: &[Tank]| group.iter().map(|tank| tank.departed).fold(f64::INFINITY, f64::min);
            let before = done(group);
            for tank in group.iter_mut() {
                tank.advance(stream, tick);
            }
            stream = done(group) - before;
        }
        for (tank, share) in &mut self.events {
            tank.advance(stream * *share, tick);
        }
        self.in_progress = (self.in_progress + begun - stream).max(0.0);
        self.answered += stream;
        self.latest = stream;
        while self.sent.get(self.oldest + 1).is_some_and(|next| next.1 <= self.answered) {
            self.oldest += 1;
        }
    }

    fn point(&self) -> FluidTransientPoint {
        let steps = self.groups.iter().flatten().map(Tank::waiting).sum::<f64>();
        let events = self.events.iter().map(|(tank, _)| tank.waiting()).sum::<f64>();
        FluidTransientPoint {
            time: Time::from_seconds(self.now),
            response_time: (self.answered > 1e-3).then(|| Time::from_seconds(self.now - self.sent_at())),
            waiting: self.in_line + steps + events,
            lag: self.events.iter().map(|(tank, _)| tank.content).sum(),
        }
    }

    /// Returns the time at which the order was sent that is answered now.
    fn sent_at(&self) -> f64 {
        match (self.sent.get(self.oldest), self.sent.get(self.oldest + 1)) {
            (Some(&from), Some(&to)) if to.1 > from.1 => {
                from.0 + (to.0 - from.0) * (self.answered - from.1) / (to.1 - from.1)
            }
            (Some(&from), _) => from.0,
            _ => self.now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{EffectState, evaluate};
    use crate::units::Users;

    fn shop(users: u64) -> Scenario {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        Scenario { workload, ..Scenario::online_shop() }
    }

    fn saturation_throughput(scenario: &Scenario) -> Rate {
        evaluate(scenario).map_or(Rate::per_second(1e9), |evaluation| evaluation.bounds.saturation_throughput)
    }

    fn last(scenario: &Scenario, start: InitialState) -> FluidTransientPoint {
        *fluid_transient(scenario, saturation_throughput(scenario), start, Time::from_whole_seconds(600), 100)
            .last()
            .unwrap()
    }

    #[test]
    fn few_users_take_what_the_steps_take() {
        let point = last(&shop(10), InitialState::Empty);
        assert!((point.response_time.unwrap().seconds() - 1.05).abs() < 0.02, "{point:?}");
        assert!(point.waiting < 1e-6 && point.lag.abs() < 1e-12);
    }

    #[test]
    fn users_beyond_the_knee_stand_in_line() {
        for users in [200, 1_000, 100_000, 100_000_000] {
            let point = last(&shop(users), InitialState::Queued);
            let most = saturation_throughput(&shop(users)).value();
            let truth = users as f64 / most - 1.0;
            let actual = point.response_time.unwrap().seconds();
            assert!((actual / truth - 1.0).abs() < 5e-3, "{users}: {actual}, not {truth}");
            assert!((point.waiting / (users as f64 - most - 20.0) - 1.0).abs() < 5e-3, "{users} {point:?}");
        }
    }

    #[test]
    fn a_line_forms_from_nothing_as_it_would_have_stood_there() {
        let (from_nothing, stood) =
            (last(&shop(500), InitialState::Empty), last(&shop(500), InitialState::Queued));
        let seconds = |point: FluidTransientPoint| point.response_time.unwrap().seconds();
        assert!((seconds(from_nothing) / seconds(stood) - 1.0).abs() < 1e-3, "{from_nothing:?} {stood:?}");
    }

    #[test]
    fn events_fall_behind_at_the_rate_of_the_evaluation() {
        let mut scenario = shop(100);
        for step in scenario.steps.iter_mut().skip(2) {
            step.placement = Placement::Async;
        }
        let EffectState::FallingBehind { growth, .. } = evaluate(&scenario).unwrap().effects[0].state else {
            panic!("email is slow")
        };
        let points = fluid_transient(
            &scenario,
            saturation_throughput(&scenario),
            InitialState::Empty,
            Time::from_whole_seconds(600),
            100,
        );
        let slope = (points[99].lag - points[49].lag) / (points[99].time - points[49].time).seconds();
        assert!((slope / growth.value() - 1.0).abs() < 0.05, "{slope} instead of {growth:?}");
    }

    #[test]
    fn an_overloaded_stream_waits_ever_longer() {
        let workload = Workload::Open { arrival_rate: Rate::per_second(40.0) };
        let scenario = Scenario { workload, ..Scenario::online_shop() };
        let point = last(&scenario, InitialState::Empty);
        let most = saturation_throughput(&scenario).value();
        assert!((point.waiting / ((40.0 - most) * 600.0) - 1.0).abs() < 0.01, "{point:?}");
        let truth = 600.0 * (1.0 - most / 40.0);
        assert!((point.response_time.unwrap().seconds() / truth - 1.0).abs() < 0.01, "{point:?}");
    }

    #[test]
    fn nothing_is_ever_negative_or_without_end() {
        for users in [1, 7, 100_000_000] {
            for millis in [0.0, 0.001, 10_000.0] {
                for think in [0.0, 3_600.0] {
                    let mut scenario = shop(users);
                    scenario.workload =
                        Workload::Closed { users: Users::new(users), think_time: Time::from_seconds(think) };
                    for (index, step) in scenario.steps.iter_mut().enumerate() {
                        step.service_time = Time::from_millis(millis);
                        step.placement = if index % 2 == 0 { Placement::Sync } else { Placement::Async };
                    }
                    for start in [InitialState::Empty, InitialState::Queued] {
                        for point in fluid_transient(
                            &scenario,
                            saturation_throughput(&scenario),
                            start,
                            Time::from_whole_seconds(60),
                            20,
                        ) {
                            let numbers =
                                [point.waiting, point.lag, point.response_time.map_or(0.0, Time::seconds)];
                            let sound = numbers.iter().all(|number| number.is_finite() && *number >= 0.0);
                            assert!(sound, "{users} users, {millis} ms, {think} s: {point:?}");
                        }
                    }
                }
            }
        }
    }
}
