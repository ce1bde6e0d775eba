//! The order flow on a time axis: where each wait and each piece of work starts and ends, and where the line
//! stands.

use crate::queueing::{Effect, EffectState, Evaluation, Outcome, Residence, ResourceKind, ResourceState};
use crate::scenario::{Placement, Scenario, StepId};
use crate::units::format::AxisUnit;
use crate::units::{Rate, Time};

/// The order flow of one scenario at its load, laid out in time from the sending of the order.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The wait for an API worker, which comes first.
    pub queue: Queue,
    /// A lane for each step, in the order of the scenario.
    pub lanes: Vec<Lane>,
    /// The start of publishing, which ends at the answer.
    pub publish_from: Time,
    /// `true` if anything is published that nobody waits for.
    pub publishes: bool,
    /// `true` if anything goes through the broker at all: a step may be published and waited for.
    pub uses_broker: bool,
    /// The line: when the user has the answer.
    pub answer: Time,
    /// The index of the lane before which the lane of the broker belongs.
    pub broker_before: usize,
}

/// The wait for an API worker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Queue {
    /// This long on average.
    Wait(Time),
    /// Longer and longer: the line grows.
    Growing(Rate),
}

/// A step on the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lane {
    /// The step.
    pub id: StepId,
    /// On which side of the line it runs.
    pub placement: Placement,
    /// The moment at which it could start.
    pub from: Time,
    /// Its wait and its work from then on.
    pub residence: Residence,
    /// By how much its backlog grows, where its consumers cannot keep up.
    pub growth: Option<Rate>,
}

impl Lane {
    /// The moment at which its service starts.
    pub fn served_from(&self) -> Time {
        self.from + self.residence.waiting
    }

    /// The moment at which it is done.
    pub fn done(&self) -> Time {
        self.from + self.residence.total()
    }
}

impl Timeline {
    /// Lays a scenario out, with the waits that the model found; without any where it rejects the scenario.
    pub fn new(scenario: &Scenario, evaluation: Option<&Evaluation>) -> Self {
        let queue = match evaluation.map(|evaluation| evaluation.outcome) {
            Some(Outcome::Steady(steady)) => Queue::Wait(steady.pool_wait),
            Some(Outcome::Overloaded { growth, .. }) => Queue::Growing(growth),
            Some(Outcome::Idle) | None => Queue::Wait(Time::ZERO),
        };
        let mut now = match queue {
            Queue::Wait(wait) => wait,
            Queue::Growing(_) => Time::ZERO,
        };
        let mut starts = vec![Time::ZERO; scenario.steps.len()];
        for (number, group) in scenario.synchronous_groups().into_iter().enumerate() {
            let mut longest = Time::ZERO;
            for index in group {
                let step = &scenario.steps[index];
                let published = scenario.caller_time(step) - step.service_time;
                starts[index] = now + published;
                longest = longest.max(published + residence(scenario, evaluation, index).total());
            }
            // The slowest of several takes longer on average than the one that is slowest on average; and
            // tries wait.
            now += evaluation.and_then(|it| it.groups.get(number).copied()).unwrap_or(longest);
        }
        let publishes = scenario.publishes();
        let publish_from = now;
        let answer = if publishes { now + scenario.broker.publish_latency } else { now };
        let lanes = scenario
            .steps
            .iter()
            .enumerate()
            .map(|(index, step)| Lane {
                id: step.id,
                placement: step.placement,
                from: if step.placement == Placement::Async { answer } else { starts[index] },
                residence: residence(scenario, evaluation, index),
                growth: growth(evaluation, index),
            })
            .collect();
        let broker_before = scenario
            .steps
            .iter()
            .position(|step| step.placement == Placement::Async)
            .unwrap_or(scenario.steps.len());
        let uses_broker = scenario
            .steps
            .iter()
            .any(|step| matches!(step.placement, Placement::Async | Placement::PublishAndWait));
        Self { queue, lanes, publish_from, publishes, uses_broker, answer, broker_before }
    }

    /// The end of the last block drawn.
    fn last(&self) -> Time {
        self.lanes.iter().map(Lane::done).fold(self.answer, Time::max)
    }

    /// The axis that shows everything with room to drag into.
    pub fn axis(&self) -> Axis {
        Axis::covering(self.last())
    }
}

/// The wait and the work of one step.
fn residence(scenario: &Scenario, evaluation: Option<&Evaluation>, index: usize) -> Residence {
    evaluation
        .into_iter()
        .flat_map(|evaluation| &evaluation.resources)
        .find_map(|resource| match (resource.kind, resource.state) {
            (
                ResourceKind::Step(at) | ResourceKind::Consumers(at),
                ResourceState::Steady { residence, .. },
            ) if at == index => Some(residence),
            _ => None,
        })
        .unwrap_or(Residence { waiting: Time::ZERO, service: scenario.steps[index].service_time })
}

/// By how much the backlog of a published step grows.
fn growth(evaluation: Option<&Evaluation>, index: usize) -> Option<Rate> {
    evaluation?.effects.iter().find(|effect| effect.step == index).and_then(|effect: &Effect| {
        match effect.state {
            EffectState::FallingBehind { growth, .. } => Some(growth),
            EffectState::Stable { .. } => None,
        }
    })
}

/// A time axis from zero to a round end, with ticks at round places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Its end.
    pub end: Time,
    /// From one tick to the next.
    pub step: Time,
    /// In which all its numbers are.
    pub unit: AxisUnit,
}

impl Axis {
    /// The axis that shows a span and some room behind it.
    ///
    /// ```
    /// use waiting_line::charts::timeline::Axis;
    /// use waiting_line::units::Time;
    /// let axis = Axis::covering(Time::from_millis(1_050.0));
    /// assert_eq!((axis.end.millis().round(), axis.step.millis().round()), (1_400.0, 200.0));
    /// ```
    pub fn covering(span: Time) -> Self {
        let wanted = span.max(Time::from_millis(40.0)) * 1.25;
        let unit = AxisUnit::for_longest(wanted);
        let wanted = wanted / unit.length();
        let rough = wanted / 7.0;
        let decade = 10_f64.powi(rough.log10().floor() as i32);
        let step =
            [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|nice| nice * decade).find(|nice| *nice >= rough);
        let step = step.unwrap_or(10.0 * decade);
        Self { end: unit.length() * ((wanted / step).ceil() * step), step: unit.length() * step, unit }
    }

    /// Returns the position of a time, from 0 at the start of the axis to 1 at its end.
    pub fn place(self, moment: Time) -> f64 {
        moment / self.end
    }

    /// The moments that bear a label; not the end itself, which bears the unit.
    pub fn ticks(self) -> Vec<Time> {
        let count = (self.end / self.step).round() as u32;
        (0..count).map(|tick| self.step * f64::from(tick)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::evaluate;
    use crate::units::{Probability, Users};

    fn laid_out(change: impl FnOnce(&mut Scenario)) -> Timeline {
        let mut scenario = Scenario::online_shop();
        change(&mut scenario);
        Timeline::new(&scenario, evaluate(&scenario).as_ref().ok())
    }

    fn publish_email_and_analytics(scenario: &mut Scenario) {
        for step in &mut scenario.steps[2..] {
            step.placement = Placement::Async;
        }
    }

    fn users(scenario: &mut Scenario, users: u64) {
        scenario.workload = crate::scenario::Workload::Closed {
            users: Users::new(users),
            think_time: Time::from_whole_seconds(1),
        };
    }

    #[test]
    fn the_line_stands_where_the_model_says_that_the_answer_comes() {
        let mut scenarios = Vec::new();
        for placement in [Placement::Sync, Placement::Parallel, Placement::Async, Placement::PublishAndWait] {
            let mut scenario = Scenario::online_shop();
            scenario.steps[2].placement = placement;
            scenario.broker.publish_latency = Time::from_millis(3.0);
            scenarios.push(scenario.clone());
            scenario.steps[2].attempts.failure = Probability::new(0.2);
            scenario.steps[2].attempts.retries = 2;
            scenario.steps[2].attempts.backoff = Time::from_millis(100.0);
            scenarios.push(scenario);
        }
        for (scenario, count) in scenarios.iter().flat_map(|it| [(it, 10), (it, 100), (it, 500)]) {
            let mut scenario = scenario.clone();
            users(&mut scenario, count);
            let evaluation = evaluate(&scenario).unwrap();
            let Outcome::Steady(steady) = evaluation.outcome else {
                panic!("a closed system has a steady state")
            };
            let timeline = Timeline::new(&scenario, Some(&evaluation));
            let gap = (timeline.answer.seconds() - steady.response_time.seconds()).abs();
            assert!(gap < 1e-6 * steady.response_time.seconds(), "{count} users: {gap} s apart");
        }
    }

    #[test]
    fn published_steps_start_at_the_line_and_the_broker_s_lane_comes_before_them() {
        let timeline = laid_out(publish_email_and_analytics);
        assert_eq!(timeline.broker_before, 2);
        assert!(timeline.lanes[2..].iter().all(|lane| lane.from == timeline.answer));
    }

    #[test]
    fn parallel_steps_start_together() {
        let timeline = laid_out(|scenario| scenario.steps[1].placement = Placement::Parallel);
        assert_eq!(timeline.lanes[0].from, timeline.lanes[1].from);
        assert!(timeline.lanes[2].from > timeline.lanes[1].from);
    }

    #[test]
    fn an_axis_has_three_to_eight_ticks_and_room_behind_its_span() {
        for millis in [0.0, 3.0, 41.0, 500.0, 1_050.0, 2_520.0, 25_400.0, 79_900.0, 800_000.0, 5e6, 9e7, 5e9]
        {
            let axis = Axis::covering(Time::from_millis(millis));
            assert!((3..=8).contains(&axis.ticks().len()), "{millis}: {}", axis.ticks().len());
            assert!(axis.end.millis() >= 1.25 * millis);
        }
    }

    #[test]
    fn an_axis_counts_in_a_unit_that_reads() {
        let ticks = |millis: f64| {
            let axis = Axis::covering(Time::from_millis(millis));
            let numbers: Vec<String> =
                axis.ticks().into_iter().map(|moment| axis.unit.number(moment)).collect();
            [numbers.join(" "), axis.unit.symbol().to_owned()].join(" ")
        };
        assert_eq!(ticks(1_050.0), "0 200 400 600 800 1,000 1,200 ms");
        assert_eq!(ticks(25_368.0), "0 5,000 10,000 15,000 20,000 25,000 30,000 ms");
        assert_eq!(ticks(200_000.0), "0 50 100 150 200 s");
        assert_eq!(ticks(1.2e6), "0 5 10 15 20 min");
        assert_eq!(ticks(5.27e9), "0 20 40 60 days");
    }
}
