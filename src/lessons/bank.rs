//! The questions, topic by topic. The model computes the figures in them, and the typical mistakes offered as wrong
//! options too.

mod capacity;
mod choosing;
mod failure;
mod hybrid;
mod interview;
mod mistakes;
mod operating;
mod order_flow;
mod scale;
mod trade_offs;
mod under_load;
mod walls;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::words::{list, mid_sentence};
use super::{Choice, PresetId, Proof, Question, Topic};
use crate::queueing::{Outcome, evaluate};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users, format};

/// Returns every question, in the order of the material. The first call computes them.
pub fn questions() -> &'static [Question] {
    static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(compute);
    &QUESTIONS
}

fn compute() -> Vec<Question> {
    [
        order_flow::questions(),
        under_load::questions(),
        walls::questions(),
        mistakes::questions(),
        hybrid::questions(),
        choosing::questions(),
        trade_offs::questions(),
        failure::questions(),
        operating::questions(),
        scale::questions(),
        capacity::questions(),
        interview::questions(),
    ]
    .concat()
}

/// An option, marked where the question is written.
struct Answer {
    choice: Choice,
    right: bool,
}

fn right(text: impl Into<Cow<'static, str>>, explanation: impl Into<Cow<'static, str>>) -> Answer {
    Answer { choice: Choice { text: text.into(), explanation: explanation.into() }, right: true }
}

fn wrong(text: impl Into<Cow<'static, str>>, explanation: impl Into<Cow<'static, str>>) -> Answer {
    Answer { choice: Choice { text: text.into(), explanation: explanation.into() }, right: false }
}

/// A question; exactly one of the answers is the right one, as a test makes sure of.
fn question(
    id: &'static str,
    topic: Topic,
    facts: &'static [&'static str],
    prompt: impl Into<Cow<'static, str>>,
    answers: [Answer; 4],
) -> Question {
    let right = answers.iter().position(|answer| answer.right).unwrap_or(answers.len());
    let choices = answers.map(|answer| answer.choice);
    Question { id, topic, facts: facts.to_vec(), prompt: prompt.into(), choices, right, proof: None }
}

impl Question {
    fn shown_by(self, proof: Proof) -> Self {
        Self { proof: Some(proof), ..self }
    }
}

/// A preset with a change, to be opened in Explore.
fn proof(preset: PresetId, change: fn(&mut Scenario), look_at: impl Into<Cow<'static, str>>) -> Proof {
    let mut scenario = preset.scenario();
    change(&mut scenario);
    Proof { scenario, look_at: look_at.into() }
}

/// The steps with their times, as a sentence lists them: "payment 300 ms, inventory 200 ms and email 400 ms".
fn steps_in_words(scenario: &Scenario) -> String {
    let named: Vec<String> = scenario
        .steps
        .iter()
        .map(|step| format!("{} {}", mid_sentence(&step.name), format::time(step.service_time)))
        .collect();
    list(&named)
}

/// Users who wait for their answer, and then think.
fn users(users: u64, think_time: Time) -> Workload {
    Workload::Closed { users: Users::new(users), think_time }
}

/// A stream of orders that does not react to the wait.
fn stream(per_second: f64) -> Workload {
    Workload::Open { arrival_rate: Rate::per_second(per_second) }
}

/// The mean time to an answer; nothing where there is no steady state.
fn mean_answer(scenario: &Scenario) -> Time {
    match evaluate(scenario).map(|evaluation| evaluation.outcome) {
        Ok(Outcome::Steady(steady)) => steady.response_time,
        _ => Time::ZERO,
    }
}

/// A time as an option shows it.
fn ms(millis: f64) -> String {
    format::time(Time::from_millis(millis))
}

#[cfg(test)]
mod tests;
