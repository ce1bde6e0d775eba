//! Quiz questions by topic. The queueing model computes the numbers in them, those of the wrong options too:
//! each is the result of a typical mistake.

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

use super::grammar::{join_list, subject_in_sentence};
use super::{Choice, PresetId, Proof, Question, Topic};
use crate::queueing::{Outcome, evaluate};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users, format};

/// Returns all questions in the order of the material. The first call computes them.
pub fn questions() -> &'static [Question] {
    static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(build_questions);
    &QUESTIONS
}

fn build_questions() -> Vec<Question> {
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

struct QuizOption {
    choice: Choice,
    is_right: bool,
}

fn right(text: impl Into<Cow<'static, str>>, explanation: impl Into<Cow<'static, str>>) -> QuizOption {
    QuizOption { choice: Choice { text: text.into(), explanation: explanation.into() }, is_right: true }
}

fn wrong(text: impl Into<Cow<'static, str>>, explanation: impl Into<Cow<'static, str>>) -> QuizOption {
    QuizOption { choice: Choice { text: text.into(), explanation: explanation.into() }, is_right: false }
}

/// Creates a question. Exactly one option must be right; a test checks it.
fn question(
    id: &'static str,
    topic: Topic,
    findings: &'static [&'static str],
    prompt: impl Into<Cow<'static, str>>,
    options: [QuizOption; 4],
) -> Question {
    let right = options.iter().position(|option| option.is_right).unwrap_or(options.len());
    let choices = options.map(|option| option.choice);
    Question { id, topic, findings: findings.to_vec(), prompt: prompt.into(), choices, right, proof: None }
}

impl Question {
    fn with_proof(self, proof: Proof) -> Self {
        Self { proof: Some(proof), ..self }
    }
}

/// Creates a scenario to open in Explore from a preset and a change to it.
fn proof(preset: PresetId, change: fn(&mut Scenario), hint: impl Into<Cow<'static, str>>) -> Proof {
    let mut scenario = preset.scenario();
    change(&mut scenario);
    Proof { scenario, hint: hint.into() }
}

/// Lists the steps with their service times: "payment 300 ms, inventory 200 ms and email 400 ms".
fn list_steps(scenario: &Scenario) -> String {
    let steps: Vec<String> = scenario
        .steps
        .iter()
        .map(|step| format!("{} {}", subject_in_sentence(&step.name), format::time(step.service_time)))
        .collect();
    join_list(&steps)
}

fn closed_workload(users: u64, think_time: Time) -> Workload {
    Workload::Closed { users: Users::new(users), think_time }
}

fn open_workload(per_second: f64) -> Workload {
    Workload::Open { arrival_rate: Rate::per_second(per_second) }
}

/// Returns the mean response time, or zero without a steady state.
fn mean_response_time(scenario: &Scenario) -> Time {
    match evaluate(scenario).map(|evaluation| evaluation.outcome) {
        Ok(Outcome::Steady(steady)) => steady.response_time,
        _ => Time::ZERO,
    }
}

fn format_millis(millis: f64) -> String {
    format::time(Time::from_millis(millis))
}

#[cfg(test)]
mod tests;
