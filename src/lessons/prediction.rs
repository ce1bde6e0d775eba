//! Predict first: a change, three guesses at what it does to the wait, and the model's word on which is right.

use crate::lessons::narrative::{Origin, Sentence};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Outcome, evaluate};
use crate::scenario::{Placement, Scenario, Step, Workload};
use crate::units::{Time, Users, format};

/// One prediction to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// What changes, as a question.
    pub prompt: String,
    /// Three guesses, the mildest first.
    pub guesses: [String; 3],
    /// Which of them the model confirms.
    pub right: usize,
    /// What happens, in a sentence.
    pub outcome: Sentence,
    /// The scenario after the change.
    pub scenario: Scenario,
}

/// From this factor on a wait has changed.
const NOTICED: f64 = 1.1;
/// From this factor of the plain sum on, it is queueing that speaks.
const BEYOND: f64 = 1.15;

impl Prediction {
    /// The prediction of that turn about a scenario; none where no change of its kind is possible or the model has no
    /// steady answer before it.
    pub fn of(scenario: &Scenario, turn: usize) -> Option<Self> {
        let before = wait(scenario)?;
        let (prompt, scenario, added) = match turn % 3 {
            0 => slowed(scenario)?,
            1 => crowded(scenario)?,
            _ => published(scenario)?,
        };
        let after = wait(&scenario)?;
        let plain = before + added;
        let right = if after.seconds() < before.seconds() * NOTICED {
            0
        } else if !added.is_zero() && after.seconds() < plain.seconds() * BEYOND {
            1
        } else {
            2
        };
        let middle =
            if added.is_zero() { "a little longer".to_owned() } else { format!("+ {}", format::time(added)) };
        let outcome = Sentence::default()
            .plain("It goes from ")
            .number(format::time(before), Origin::Here(ExplainedValue::ResponseTime))
            .plain(" to ")
            .number(format::time(after), Origin::Changed(ExplainedValue::ResponseTime))
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

/// The mean response time, where there is one.
fn wait(scenario: &Scenario) -> Option<Time> {
    match evaluate(scenario).ok()?.outcome {
        Outcome::Steady(steady) => Some(steady.response_time),
        _ => None,
    }
}

/// A step that slows down; what it adds is paid only by a caller who waits for it.
fn slowed(scenario: &Scenario) -> Option<(String, Scenario, Time)> {
    const SLOW: Time = Time::from_whole_seconds(3);
    let step = longest(scenario.steps.iter().filter(|step| step.service_time < SLOW))?;
    let mut after = scenario.clone();
    after.step_mut(step.id)?.service_time = SLOW;
    let added = after.synchronous_work() - scenario.synchronous_work();
    let prompt = format!(
        "{} slows to {}. How much longer is the wait?",
        step.name.subject(),
        format::configured_time(SLOW)
    );
    Some((prompt, after, added))
}

/// Ten times the users.
fn crowded(scenario: &Scenario) -> Option<(String, Scenario, Time)> {
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

/// A step moved back before the answer.
fn published(scenario: &Scenario) -> Option<(String, Scenario, Time)> {
    let step = longest(scenario.steps.iter().filter(|step| step.placement == Placement::Async))?;
    let mut after = scenario.clone();
    after.step_mut(step.id)?.placement = Placement::Sync;
    let added = after.synchronous_work() - scenario.synchronous_work();
    let prompt =
        format!("{} moves back before the answer. How much longer is the wait?", step.name.subject());
    Some((prompt, after, added))
}

/// The step that takes longest.
fn longest<'a>(steps: impl Iterator<Item = &'a Step>) -> Option<&'a Step> {
    steps.max_by(|a, b| a.service_time.seconds().total_cmp(&b.service_time.seconds()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;

    fn at(preset: PresetId, users: u64) -> Scenario {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        Scenario { workload, ..preset.scenario() }
    }

    #[test]
    fn the_model_confirms_one_guess() {
        let check = |preset, users, turn, right: usize| {
            let prediction = Prediction::of(&at(preset, users), turn).unwrap();
            assert_eq!(prediction.right, right, "{prediction:?}");
        };
        // A slow step that is waited for costs what it takes while there is room, and far more when there is none.
        check(PresetId::AllSync, 1, 0, 1);
        check(PresetId::AllSync, 100, 0, 2);
        // One that nobody waits for costs the user nothing.
        check(PresetId::Hybrid, 10, 0, 0);
        // Ten times as many users are not noticed below the knee, and very much above it.
        check(PresetId::AllSync, 1, 1, 0);
        check(PresetId::AllSync, 100, 1, 2);
        check(PresetId::Hybrid, 1, 2, 1);
    }

    #[test]
    fn nothing_is_asked_where_nothing_can_change() {
        assert_eq!(Prediction::of(&at(PresetId::AllSync, 10), 2), None);
        assert_eq!(Prediction::of(&at(PresetId::AllSync, 100_000_000), 1), None);
    }
}
