//! Published events during a disturbance: lag and staleness over time.
//!
//! The consumers of each effect are a fluid station ([`FluidStation`]): events arrive at a rate that the
//! disturbance changes, and are handled at the rate of the consumers. The random wait at the usual load is
//! added as in the steady state. While a backlog is large that is exact in the mean; in equilibrium it is as
//! good as the steady state.

use crate::queueing::evaluation::effects::Consumers;
use crate::queueing::evaluation::evaluate::evaluate;
use crate::queueing::evaluation::step_work::StepWork;
use crate::queueing::evaluation::{Effect, EffectState, Evaluation, Outcome};
use crate::queueing::transients::fluid::{FluidStation, Phase};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Disturbance {
    Nothing,
    /// No consumer works during the disturbance.
    ConsumersStop,
    /// The users or orders are multiplied by this factor during the disturbance.
    Spike(f64),
}

/// The beginning of every disturbance.
pub const START: Time = Time::from_whole_seconds(30);
/// The end of every disturbance.
pub const END: Time = Time::from_whole_seconds(90);

/// The events of every asynchronous step over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Transient {
    /// The end of the period that is computed.
    pub end: Time,
    /// An entry for each effect, in the order of the evaluation.
    pub effects: Vec<EffectTransient>,
}

/// The events of one asynchronous step over time.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectTransient {
    /// The step's index in the scenario.
    pub step: usize,
    /// In ascending order: at even distances, and at the beginning and the end of the disturbance.
    pub points: Vec<TransientPoint>,
    /// The time from which on no event waits; `None` if it is after the period, or no event ever waited.
    pub drained_at: Option<Time>,
}

/// The events at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TransientPoint {
    /// The time since the beginning of the period.
    pub time: Time,
    /// Events published and not yet handled.
    pub lag: f64,
    /// The time until an event that is published now has its effect; with the busiest consumer, if the topic
    /// has partitions.
    pub staleness: Time,
    /// Events arrived by now, including those that were there at the beginning: all of them are handled
    /// before one that arrives now. Those of the busiest consumers, if the topic has partitions.
    pub arrived: f64,
    /// The time until all of these are handled: the staleness without random waits.
    pub drain_time: Time,
}

impl EffectTransient {
    /// Returns the point with the longest staleness.
    pub fn worst(&self) -> Option<TransientPoint> {
        self.points
            .iter()
            .copied()
            .reduce(|worst, point| if point.staleness > worst.staleness { point } else { worst })
    }
}

/// Follows the events of a scenario through a disturbance; `None` if the scenario has no steady state before
/// it.
///
/// ```
/// use waiting_line::queueing::{transients::disturbance::{Disturbance, transient}, evaluate};
/// use waiting_line::lessons::PresetId;
/// let hybrid = PresetId::Hybrid.scenario();
/// let transient = transient(&hybrid, &evaluate(&hybrid)?, Disturbance::ConsumersStop).unwrap();
/// let worst = transient.effects[0].worst().unwrap();
/// // Whoever orders as the consumers stop waits out their minute.
/// assert!((worst.staleness.seconds() - 60.4).abs() < 0.5, "{}", worst.staleness.seconds());
/// # Ok::<(), waiting_line::queueing::ScenarioError>(())
/// ```
pub fn transient(
    scenario: &Scenario,
    evaluation: &Evaluation,
    disturbance: Disturbance,
) -> Option<Transient> {
    const POINTS: u32 = 180;
    let Outcome::Steady(steady) = &evaluation.outcome else { return None };
    let orders = orders(scenario, steady.throughput, evaluation.bounds.saturation_throughput, disturbance);
    let stations: Vec<(&Effect, Vec<FluidStation>)> = evaluation
        .effects
        .iter()
        .map(|effect| (effect, stations(scenario, effect, &orders, disturbance)))
        .filter(|(_, stations)| !stations.is_empty())
        .collect();
    let all_drained = |stations: &[FluidStation]| {
        let drained_at = stations.iter().map(|station| station.drained_at(END, MAX_DURATION));
        drained_at.reduce(|a, b| Some(a?.max(b?))).flatten()
    };
    let drained_at: Vec<Option<Time>> = stations.iter().map(|(_, stations)| all_drained(stations)).collect();
    let last = drained_at.iter().flatten().copied().fold(END, Time::max);
    let all_drain = drained_at.iter().all(Option::is_some);
    let end = if all_drain {
        (last * 1.25).max(MIN_DURATION).min(MAX_DURATION)
    } else {
        MAX_DURATION.min(MIN_DURATION * 3.0)
    };
    let mut times: Vec<Time> =
        (0..=POINTS).map(|index| end * (f64::from(index) / f64::from(POINTS))).chain([START, END]).collect();
    times.sort_by(|a, b| a.seconds().total_cmp(&b.seconds()));
    let effects = stations.iter().zip(drained_at).map(|((effect, stations), drained_at)| {
        let extra_time = extra_time(effect, &stations[0]);
        let point = |time: Time| {
            // The busiest consumers come first.
            let fluid = stations[0].response_time(time, PATIENCE).unwrap_or(PATIENCE);
            let staleness = Time::from_seconds(fluid.seconds() + extra_time);
            let lag = stations.iter().map(|station| station.state_at(time).in_system).sum();
            let arrived = stations[0].initial_content + stations[0].state_at(time).arrived;
            TransientPoint { time, lag, staleness, arrived, drain_time: fluid }
        };
        let points = times.iter().map(|time| point(*time));
        EffectTransient {
            step: effect.step,
            points: points.collect(),
            drained_at: drained_at.filter(|drained_at| *drained_at > END && *drained_at <= end),
        }
    });
    Some(Transient { end, effects: effects.collect() })
}

const MIN_DURATION: Time = Time::from_whole_seconds(180);
const MAX_DURATION: Time = Time::from_whole_seconds(3_600);
/// A bound on the staleness within [`MAX_DURATION`].
const PATIENCE: Time = Time::from_whole_seconds(10_000_000);

/// Returns the orders answered per second, each rate with the time from which on it holds.
fn orders(
    scenario: &Scenario,
    usual: Rate,
    saturation_throughput: Rate,
    disturbance: Disturbance,
) -> Vec<(Time, Rate)> {
    let Disturbance::Spike(factor) = disturbance else {
        return vec![(Time::ZERO, usual), (START, usual), (END, usual)];
    };
    match scenario.workload {
        Workload::Closed { users, think_time } => {
            let users = Users::new((users.as_f64() * factor).round() as u64);
            let more = Scenario { workload: Workload::Closed { users, think_time }, ..scenario.clone() };
            let throughput = evaluate(&more).map_or(usual, |more| more.outcome.throughput());
            vec![(Time::ZERO, usual), (START, throughput), (END, usual)]
        }
        Workload::Open { .. } => {
            let offered = usual * factor;
            let answered = offered.min(saturation_throughput);
            // Orders not answered in time are answered afterwards, as fast as the saturation throughput
            // allows.
            let unanswered = (offered.value() - answered.value()) * (END - START).seconds();
            let catching_up =
                Time::from_seconds(unanswered / (saturation_throughput.value() - usual.value()).max(1e-9));
            let catches_up = if unanswered > 0.0 { saturation_throughput } else { usual };
            vec![(Time::ZERO, usual), (START, answered), (END, catches_up), (END + catching_up, usual)]
        }
    }
}

/// Returns the consumers of an effect by their load, the busiest first. Empty if their work takes no time.
fn stations(
    scenario: &Scenario,
    effect: &Effect,
    orders: &[(Time, Rate)],
    disturbance: Disturbance,
) -> Vec<FluidStation> {
    let work = StepWork::new(&scenario.steps[effect.step], &scenario.broker);
    let consumers =
        Consumers { step: effect.step, work: &work, broker: &scenario.broker, events: effect.arrival_rate };
    let is_down = |from: Time| disturbance == Disturbance::ConsumersStop && (START..END).contains(&from);
    let station = |(servers, share, service_time)| {
        let phase = |&(from, orders): &(Time, Rate)| Phase {
            start: from,
            arrival_rate: orders * share,
            speed: if is_down(from) { 0.0 } else { 1.0 },
        };
        FluidStation::in_equilibrium(service_time, servers, orders.iter().map(phase).collect())
    };
    consumers.classes().into_iter().map(station).collect()
}

/// Returns the time of an event that the fluid does not know, in seconds: the random wait, and repetitions.
fn extra_time(effect: &Effect, station: &FluidStation) -> f64 {
    match effect.state {
        EffectState::Stable { staleness, .. } => staleness.seconds() - station.service_time.seconds(),
        EffectState::FallingBehind { .. } => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Placement;

    /// The shop with published email and analytics.
    fn hybrid(workload: Workload) -> Scenario {
        let mut scenario = Scenario { workload, ..Scenario::online_shop() };
        for step in scenario.steps.iter_mut().skip(2) {
            step.placement = Placement::Async;
        }
        scenario
    }

    fn follow(users: u64, disturbance: Disturbance) -> (Evaluation, Transient) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let scenario = hybrid(workload);
        let evaluation = evaluate(&scenario).unwrap();
        let transient = transient(&scenario, &evaluation, disturbance).unwrap();
        (evaluation, transient)
    }

    #[test]
    fn undisturbed_events_take_what_the_steady_state_says() {
        let (evaluation, transient) = follow(10, Disturbance::Nothing);
        for (effect, transient) in evaluation.effects.iter().zip(&transient.effects) {
            let EffectState::Stable { staleness, .. } = effect.state else { panic!("ten users are few") };
            for point in &transient.points {
                assert!((point.staleness.seconds() - staleness.seconds()).abs() < 1e-4, "{point:?}");
            }
        }
    }

    #[test]
    fn a_minute_without_consumers_is_worked_off_at_what_they_can_do_beyond_the_usual() {
        let (evaluation, transient) = follow(10, Disturbance::ConsumersStop);
        let (effect, email) = (&evaluation.effects[0], &transient.effects[0]);
        let rate = effect.arrival_rate.value();
        let most = email.points.iter().map(|point| point.lag).fold(0.0, f64::max);
        assert!((most / (rate * 60.0) - 1.0).abs() < 0.1, "{most}");
        // 12 connections of 400 ms do 30 events a second; of the backlog all but what they hold must go
        // first.
        let expected = 90.0 + (rate * (60.0 + 0.4) - 12.0) / (30.0 - rate);
        assert!((email.drained_at.unwrap().seconds() - expected).abs() < 0.5, "{:?}", email.drained_at);
        let last = email.points.last().unwrap();
        assert!(last.staleness.seconds() < 1.0, "{last:?}");
    }

    #[test]
    fn who_falls_behind_does_so_at_the_rate_of_the_evaluation() {
        let (evaluation, transient) = follow(100, Disturbance::Nothing);
        let EffectState::FallingBehind { growth, .. } = evaluation.effects[0].state else {
            panic!("email is slow")
        };
        let points = &transient.effects[0].points;
        let (first, last) = (points[points.len() / 2], points[points.len() - 1]);
        let slope = (last.lag - first.lag) / (last.time - first.time).seconds();
        assert!((slope / growth.value() - 1.0).abs() < 1e-3, "{slope}");
        assert_eq!(transient.effects[0].drained_at, None);
    }

    #[test]
    fn a_spike_of_orders_is_held_back_by_the_wall_and_caught_up_with() {
        let scenario = hybrid(Workload::Open { arrival_rate: Rate::per_second(12.0) });
        let evaluation = evaluate(&scenario).unwrap();
        let transient = transient(&scenario, &evaluation, Disturbance::Spike(3.0)).unwrap();
        let saturation_throughput = evaluation.bounds.saturation_throughput.value();
        // 36 orders a second exceed the saturation throughput of about 32: email's 30 a second fall behind by
        // 2 during the disturbance, and a little longer.
        let email = &transient.effects[0];
        let at_end = email.points.iter().map(|point| point.lag).fold(0.0, f64::max);
        let catching_up = 60.0 * (36.0 - saturation_throughput) / (saturation_throughput - 12.0);
        let expected = 12.0 + (60.0 + catching_up) * (saturation_throughput - 30.0);
        assert!((at_end / expected - 1.0).abs() < 0.1, "{at_end} instead of {expected}");
        assert!(email.drained_at.is_some());
    }

    #[test]
    fn a_hot_key_piles_up_at_its_own_consumer_alone() {
        let workload = Workload::Open { arrival_rate: Rate::per_second(20.0) };
        let mut scenario = hybrid(workload);
        scenario.broker.partitions = Some(12);
        scenario.broker.hot_key_share = crate::units::Probability::new(0.5);
        let evaluation = evaluate(&scenario).unwrap();
        let EffectState::FallingBehind { growth, .. } = evaluation.effects[0].state else {
            panic!("it is hot")
        };
        // The hot consumer gets half of 20/s and a twelfth of the rest, and does 2.5/s.
        assert!((growth.value() - (20.0 * (0.5 + 0.5 / 12.0) - 2.5)).abs() < 1e-9, "{growth:?}");
        let transient = transient(&scenario, &evaluation, Disturbance::Nothing).unwrap();
        let points = &transient.effects[0].points;
        let (first, last) = (points[points.len() / 2], points[points.len() - 1]);
        let slope = (last.lag - first.lag) / (last.time - first.time).seconds();
        assert!((slope / growth.value() - 1.0).abs() < 1e-3, "{slope}");
    }

    #[test]
    fn nothing_is_ever_negative_or_without_end() {
        for users in [1, 10, 100, 10_000, 100_000_000] {
            for disturbance in [Disturbance::Nothing, Disturbance::ConsumersStop, Disturbance::Spike(3.0)] {
                let (_, transient) = follow(users, disturbance);
                for point in transient.effects.iter().flat_map(|effect| &effect.points) {
                    assert!(point.lag >= 0.0 && point.lag.is_finite(), "{users} {point:?}");
                    assert!(point.staleness < PATIENCE, "{users} {point:?}");
                }
            }
        }
    }
}
