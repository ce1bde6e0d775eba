//! Predictions: a change to the scenario, and three guesses at the new response time. The model decides which
//! is right.

use crate::lessons::narrative::{Sentence, ValueOrigin};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Outcome, evaluate};
use crate::scenario::{Placement, Scenario, Step, Workload};
use crate::units::{Time, Users, format};

#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    pub prompt: String,
    /// In ascending order.
    pub guesses: [String; 3],
    /// Index of the guess that the model confirms.
    pub right: usize,
    pub outcome: Sentence,
    /// Scenario after the change.
    pub scenario: Scenario,
}

/// Response times count as different from this factor on.
const NOTICEABLE_FACTOR: f64 = 1.1;
/// Queueing dominates if the response time exceeds the one without queueing by this factor.
const QUEUEING_FACTOR: f64 = 1.15;

impl Prediction {
    /// Creates the prediction for a round; the kinds of change take turns. Returns `None` if this kind of
    /// change is not possible, or if there is no steady state before or after it.
    pub fn for_round(scenario: &Scenario, round: usize) -> Option<Self> {
        let before = mean_response_time(scenario)?;
        let (prompt, scenario, added) = match round % 3 {
            0 => slow_down_step(scenario)?,
            1 => increase_users_tenfold(scenario)?,
            _ => move_before_answer(scenario)?,
        };
        let after = mean_response_time(&scenario)?;
        let without_queueing = before + added;
        let right = if after.seconds() < before.seconds() * NOTICEABLE_FACTOR {
            0
        } else if !added.is_zero() && after.seconds() < without_queueing.seconds() * QUEUEING_FACTOR {
            1
        } else {
            2
        };
        let middle =
            if added.is_zero() { "a little longer".to_owned() } else { format!("+ {}", format::time(added)) };
        let outcome = Sentence::default()
            .plain("It goes from ")
            .number(format::time(before), ValueOrigin::Current(ExplainedValue::ResponseTime))
            .plain(" to ")
            .number(format::time(after), ValueOrigin::AfterChange(ExplainedValue::ResponseTime))
            .plain(".");
        Some(Self {
            prompt,
            guesses: ["no longer".to_owned(), middle, "far more".to_owned()],
            right,
            outcome,
            scenario,
        })
    }
}

/// Returns `None` without a steady state.
fn mean_response_time(scenario: &Scenario) -> Option<Time> {
    match evaluate(scenario).ok()?.outcome {
        Outcome::Steady(steady) => Some(steady.response_time),
        _ => None,
    }
}

/// Lets the longest step take 3 s. The added time is zero if the caller does not wait for that step.
fn slow_down_step(scenario: &Scenario) -> Option<(String, Scenario, Time)> {
    const SLOW_TIME: Time = Time::from_whole_seconds(3);
    let step = longest_step(scenario.steps.iter().filter(|step| step.service_time < SLOW_TIME))?;
    let mut after = scenario.clone();
    after.step_mut(step.id)?.service_time = SLOW_TIME;
    let added = after.synchronous_work() - scenario.synchronous_work();
    let prompt = format!(
        "{} slows to {}. How much longer is the \
                 wait?",
        step.name.subject(),
        format::configured_time(SLOW_TIME)
    );
    Some((prompt, after, added))
}

fn increase_users_tenfold(scenario: &Scenario) -> Option<(String, Scenario, Time)> {
    let Workload::Closed { users, think_time } = scenario.workload else { return None };
    let more = Users::new(users.count() * 10);
    let after = Scenario { workload: Workload::Closed { users: more, think_time }, ..scenario.clone() };
    let prompt = format!(
        "{} users in place of {}. How much longer is the wait?",
        format::count(more.count()),
        format::count(users.count())
    );
    (more > users).then_some((prompt, after, Time::ZERO))
}

/// Makes the longest asynchronous step synchronous.
fn move_before_answer(scenario: &Scenario) -> Option<(String, Scenario, Time)> {
    let step = longest_step(scenario.steps.iter().filter(|step| step.placement == Placement::Async))?;
    let mut after = scenario.clone();
    after.step_mut(step.id)?.placement = Placement::Sync;
    let added = after.synchronous_work() - scenario.synchronous_work();
    let prompt =
        format!("{} moves back before the answer. How much longer is the wait?", step.name.subject());
    Some((prompt, after, added))
}

fn longest_step<'a>(steps: impl Iterator<Item = &'a Step>) -> Option<&'a Step> {
    steps.max_by(|a, b| a.service_time.seconds().total_cmp(&b.service_time.seconds()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;

    fn with_users(preset: PresetId, users: u64) -> Scenario {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        Scenario { workload, ..preset.scenario() }
    }

    #[test]
    fn the_model_confirms_one_guess() {
        let check = |preset, users, round, right: usize| {
            let prediction = Prediction::for_round(&with_users(preset, users), round).unwrap();
            assert_eq!(prediction.right, right, "{prediction:?}");
        };
        // A slow synchronous step costs its own time while workers are free, and far more at saturation.
        check(PresetId::AllSync, 1, 0, 1);
        check(PresetId::AllSync, 100, 0, 2);
        // A slow asynchronous step costs the user nothing.
        check(PresetId::Hybrid, 10, 0, 0);
        // Ten times the users make no difference below the knee, and a large one above it.
        check(PresetId::AllSync, 1, 1, 0);
        check(PresetId::AllSync, 100, 1, 2);
        check(PresetId::Hybrid, 1, 2, 1);
    }

    #[test]
    fn nothing_is_asked_where_nothing_can_change() {
        assert_eq!(Prediction::for_round(&with_users(PresetId::AllSync, 10), 2), None);
        assert_eq!(Prediction::for_round(&with_users(PresetId::AllSync, 100_000_000), 1), None);
    }
}
